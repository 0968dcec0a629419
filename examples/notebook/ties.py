# %% [markdown]
# # Ties between countries, in pandas, networkx and rdflib
#
# Entente reads news and writes a graph of who agreed on what, met whom, supported or sanctioned whom, with the sentence that
# says so. This notebook builds that graph from the [seed articles](../../seeds/articles/README.md), exports it in three formats
# and draws one figure from each:
#
# 1. **Who is tied to whom**, from GraphML with networkx
# 2. **Agreements by sector**, from CSV with pandas
# 3. **The tone between two countries**, from RDF with rdflib and SPARQL
#
# To run it: `pip install -r examples/notebook/requirements.txt`, build the program (`make build`), and set `ENTENTE` to it if it
# is not on the `PATH`. Put your own articles in place of `ARTICLES` and everything below is about them.

# %%
import os
import subprocess
import tempfile
from pathlib import Path

import matplotlib.dates as mdates
import matplotlib.pyplot as plt
import networkx as nx
import numpy as np
import pandas as pd
import rdflib
from matplotlib.lines import Line2D

ENTENTE = os.environ.get("ENTENTE", "entente")
ARTICLES = os.environ.get("ARTICLES", "../../seeds/articles")
FIGURES = Path(os.environ.get("FIGURES", tempfile.mkdtemp()))
STORE = Path(tempfile.mkdtemp()) / "store"

# The palette of Okabe and Ito, which people who see few colors can tell apart.
BLUE, ORANGE, GREEN, PINK, SKY, INK, FAINT = "#0072b2", "#d55e00", "#009e73", "#cc79a7", "#56b4e9", "#1f2430", "#667085"

plt.rcParams.update({
    "figure.dpi": 90, "savefig.dpi": 130, "font.size": 10, "text.color": INK, "axes.titlesize": 13,
    "axes.titleweight": "bold", "axes.titlelocation": "left", "axes.edgecolor": FAINT, "axes.labelcolor": FAINT,
    "xtick.color": FAINT, "ytick.color": INK, "axes.spines.top": False, "axes.spines.right": False,
})


def entente(*arguments):
    """Runs the program on the store."""
    subprocess.run([ENTENTE, *map(str, arguments), "--store", str(STORE), "--quiet"], check=True)


def export(name, *arguments):
    """A file of the graph."""
    path = STORE.parent / name
    entente("export", *arguments, "--output", path)
    return path


# %% [markdown]
# ## The graph, and three exports of it

# %%
entente("build", ARTICLES)
graphml = export("ties.graphml", "--view", "ties", "--format", "graphml")
events_csv = export("events.csv", "--view", "events", "--format", "csv")
turtle = export("graph.ttl", "--format", "turtle")

events = pd.read_csv(events_csv)
print(f"{len(events)} events")
events.loc[:, ["date", "kind", "type", "status", "parties", "topic", "confidence"]].dropna().head()

# %% [markdown]
# ## 1. Who is tied to whom
#
# An edge of the GraphML is all events of one tone between two countries. Edges of both tones are kept apart; a node's size is
# the number of its events. Only the ties of three or more events are drawn, and only the countries that they connect.

# %%
network = nx.read_graphml(graphml)
strong = nx.MultiGraph()
for a, b, tie in network.edges(data=True):
    if tie["weight"] >= 3:
        strong.add_edge(a, b, **tie)
label = nx.get_node_attributes(network, "label")
degree = {n: sum(t["weight"] for _, _, t in strong.edges(n, data=True)) for n in strong}



def spread(part):
    """Places for the nodes of a connected part: as far from each other as they are steps apart (stress majorization)."""
    nodes = sorted(part)
    steps = dict(nx.all_pairs_shortest_path_length(nx.Graph(strong.subgraph(part))))
    wanted = np.array([[steps[a][b] for b in nodes] for a in nodes], dtype=float)
    weight = np.divide(1, wanted**2, where=wanted > 0, out=np.zeros_like(wanted))
    turn = np.linspace(0, 2 * np.pi, len(nodes), endpoint=False)
    at = np.column_stack([np.cos(turn), np.sin(turn)]) * len(nodes) ** 0.5
    for _ in range(400):
        apart = at[:, None, :] - at[None, :, :]
        length = np.maximum(np.linalg.norm(apart, axis=2), 1e-9)
        pulled = at[None, :, :] + apart * (wanted / length)[:, :, None]
        at = (weight[:, :, None] * pulled).sum(axis=1) / weight.sum(axis=1)[:, None]
    return dict(zip(nodes, at - at.mean(axis=0)))


# The largest part in the middle; the others, mostly pairs, in a column beside it.
parts = sorted(nx.connected_components(strong), key=lambda part: (-len(part), min(part)))
place = spread(parts[0])
(right, top), bottom = np.max(list(place.values()), axis=0), np.min(list(place.values()), axis=0)[1]
for number, part in enumerate(parts[1:]):
    y = top - (number + 0.5) * (top - bottom) / max(1, len(parts) - 1)
    for column, node in enumerate(sorted(part)):
        place[node] = (right + 1.0 + 1.5 * column, y)

figure, axes = plt.subplots(figsize=(12, 9))
for a, b, tie in strong.edges(data=True):
    color, dash = (BLUE, "solid") if tie["tone"] == "cooperation" else (ORANGE, (0, (3, 2)))
    (x0, y0), (x1, y1) = place[a], place[b]
    axes.plot([x0, x1], [y0, y1], color=color, linestyle=dash, linewidth=0.9 + 0.22 * tie["weight"], alpha=0.75, zorder=1)
for node, (x, y) in place.items():
    kind = "s" if network.nodes[node]["class"] == "organization" else "o"
    axes.scatter(x, y, s=24 + 6 * degree[node], marker=kind, color="white", edgecolor=INK, linewidth=1.1, zorder=2)
    axes.annotate(label[node], (x, y), xytext=(0, -4 - (24 + 6 * degree[node]) ** 0.5 / 2), textcoords="offset points",
                  ha="center", va="top", fontsize=7.5 + min(3.5, degree[node] / 16), zorder=3,
                  bbox={"boxstyle": "round,pad=0.05", "facecolor": "white", "edgecolor": "none", "alpha": 0.7})
axes.legend(handles=[
    Line2D([], [], color=BLUE, linewidth=2, label="cooperation"),
    Line2D([], [], color=ORANGE, linewidth=2, linestyle=(0, (3, 2)), label="conflict"),
    Line2D([], [], color="white", marker="o", markeredgecolor=INK, label="country"),
    Line2D([], [], color="white", marker="s", markeredgecolor=INK, label="organization"),
], loc="upper center", bbox_to_anchor=(0.5, 0.02), frameon=False, ncols=4)
axes.set_title(f"Who is tied to whom: {len(strong)} parties, {strong.number_of_edges()} ties of three or more events")
axes.set_axis_off()
figure.tight_layout()
figure.savefig(FIGURES / "network.png")
print(f"{len(strong)} parties, {strong.number_of_edges()} ties")
plt.show()

# %% [markdown]
# ## 2. Agreements by sector
#
# One dot is one agreement, however many articles report it; one of two sectors stands in both rows. Dates are as precise as the
# reports: a year stands at its first day. What is only planned or negotiated is hollow.

# %%
agreements = events[(events.kind == "agreement") & events.date.notna() & events.sectors.notna()].copy()
agreements["day"] = pd.to_datetime(agreements.earliest)
agreements["came"] = agreements.status.isin(["signed", "agreed", "in-force"])
by_sector = agreements.assign(sector=agreements.sectors.str.split(";")).explode("sector")
order = by_sector.groupby("sector").size().sort_values()
row = {sector: number for number, sector in enumerate(order.index)}

figure, axes = plt.subplots(figsize=(11, 6.6))
axes.hlines(range(len(row)), by_sector.day.min(), by_sector.day.max(), color="#e6e9ef", linewidth=0.8, zorder=0)
# Agreements of one day and sector stand above each other.
by_sector = by_sector.sort_values(["sector", "day", "event"])
above = by_sector.groupby(["sector", "day"]).cumcount()
share = by_sector.groupby(["sector", "day"]).event.transform("size")
height = by_sector.sector.map(row) + (above - (share - 1) / 2) * 0.16
sure = by_sector.came
axes.scatter(by_sector.day[sure], height[sure], s=26, color=BLUE, alpha=0.85, linewidth=0, label="signed, agreed or in force")
axes.scatter(by_sector.day[~sure], height[~sure], s=26, facecolor="white", edgecolor=ORANGE, label="planned, negotiated or broken")
axes.set_yticks(range(len(row)), [f"{sector.replace('-', ' ')}  {order[sector]}" for sector in row])
axes.xaxis.set_major_locator(mdates.YearLocator(5))
axes.tick_params(axis="y", length=0)
axes.spines["left"].set_visible(False)
axes.legend(loc="upper left", bbox_to_anchor=(0, -0.06), frameon=False, ncols=2)
axes.set_title(f"{len(agreements)} agreements by sector, {agreements.day.min():%Y} to {agreements.day.max():%Y}")
figure.tight_layout()
figure.savefig(FIGURES / "agreements.png")
print(f"{len(agreements)} agreements in {len(row)} sectors")
plt.show()

# %% [markdown]
# ## 3. The tone between two countries
#
# The RDF has everything: here the events of one pair, with the PLOVER score of each act (from −10, conflict, to 10, cooperation)
# and the day on which it was first reported. Encounters count as PLOVER's CONSULT, agreements that were signed as SUPPORT, others
# as AGREE; what is planned, cancelled or only recalled is left out. An event whose day no report tells stands at the day of its
# first report, and is hollow.

# %%
PAIR = ("PRK", "USA")

graph = rdflib.Graph().parse(turtle)
question = """
PREFIX ent: <https://w3id.org/entente/ontology#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT ?event ?kind ?type ?status ?earliest ?score ?class (MIN(?published) AS ?reported) (SAMPLE(?words) AS ?what)
WHERE {
  ?dyad ent:member/ent:code ?first, ?second .
  ?event ent:dyad ?dyad ; a ?class_ ; ent:eventType ?type ; ent:quadClass ?class ; ent:background false ;
         ent:reportedIn/ent:published ?published ; rdfs:label ?words .
  VALUES (?class_ ?kind) { (ent:Agreement "agreement") (ent:Encounter "encounter") (ent:Act "act") }
  OPTIONAL { ?event ent:status ?status }
  OPTIONAL { ?event ent:earliest ?earliest }
  OPTIONAL { ?event ent:actType/ent:score ?score }
}
GROUP BY ?event ?kind ?type ?status ?earliest ?score ?class
ORDER BY ?event
"""
first, second = map(rdflib.Literal, PAIR)
answer = graph.query(question, initBindings={"first": first, "second": second})
pair = pd.DataFrame([[cell.toPython() if cell is not None else None for cell in line] for line in answer],
                    columns=[str(variable) for variable in answer.vars])
scores = {str(code): float(score) for code, score in graph.query(
    "PREFIX ent: <https://w3id.org/entente/ontology#> SELECT ?code ?score { ?t a ent:ActType ; ent:code ?code ; ent:score ?score }")}

happened = pair[~pair.status.isin(["planned", "cancelled", "negotiating"])].copy()
stand_in = happened.kind.map({"encounter": "CONSULT", "agreement": "AGREE"})
stand_in = stand_in.mask(happened.status.isin(["signed", "in-force"]), "SUPPORT").mask(happened.status == "broken", "REJECT")
happened["tone"] = happened.score.astype(float).fillna(stand_in.map(scores))
happened["dated"] = happened.earliest.notna()
happened["day"] = pd.to_datetime(happened.earliest.fillna(happened.reported))
happened = happened.sort_values(["day", "tone", "event"])
by_month = happened.groupby(happened.day.dt.to_period("M")).tone.mean()

figure, axes = plt.subplots(figsize=(11, 5.4))
axes.axhspan(0, 10.5, color=BLUE, alpha=0.045, linewidth=0)
axes.axhspan(-10.5, 0, color=ORANGE, alpha=0.06, linewidth=0)
# A place for each month in which something happened; events of one month and tone stand beside each other.
slot = {month: number for number, month in enumerate(by_month.index)}
happened["slot"] = happened.day.dt.to_period("M").map(slot)
alike = happened.groupby(["slot", "tone"]).event
x = happened.slot + (alike.cumcount() - (alike.transform("size") - 1) / 2) * 0.075
axes.hlines(by_month, np.arange(len(slot)) - 0.42, np.arange(len(slot)) + 0.42, color=INK, linewidth=1.6, alpha=0.75, zorder=1)
axes.plot(range(len(slot)), by_month, color=INK, linewidth=0.9, alpha=0.35, zorder=1)
for kind, marker in [("act", "o"), ("agreement", "D"), ("encounter", "s")]:
    for dated in [True, False]:
        some = (happened.kind == kind) & (happened.dated == dated)
        color = list(happened.tone[some].lt(0).map({True: ORANGE, False: BLUE}))
        axes.scatter(x[some], happened.tone[some], marker=marker, s=38, facecolor=color if dated else "white", edgecolor=color,
                     linewidth=1.3, zorder=3)
names = [str(graph.value(rdflib.URIRef(f"https://w3id.org/entente/id/country/{code}"), rdflib.RDFS.label)) for code in PAIR]
axes.set_ylim(-6.5, 6.5)
axes.set_yticks([-6, -3, 0, 3, 6], ["−6", "−3", "0", "3", "6"])
axes.set_ylabel("PLOVER score: conflict ← → cooperation")
axes.set_xticks(range(len(slot)), [month.strftime("%B %Y") for month in slot])
axes.tick_params(axis="x", length=0)
axes.legend(handles=[
    *(Line2D([], [], color=FAINT, marker=m, linestyle="", label=k) for k, m in [("act", "o"), ("agreement", "D"), ("encounter", "s")]),
    Line2D([], [], color=BLUE, marker="o", linestyle="", label="score of 0 or more"),
    Line2D([], [], color=ORANGE, marker="o", linestyle="", label="below 0"),
    Line2D([], [], color=FAINT, marker="o", markerfacecolor="white", linestyle="", label="by day of report"),
    Line2D([], [], color=INK, linewidth=2, label="mean of the month"),
], loc="upper left", bbox_to_anchor=(0, -0.08), frameon=False, ncols=7, columnspacing=0.8, handletextpad=0.3, fontsize=9)
axes.set_title(f"{names[0]} and {names[1]}: {len(happened)} events and their tone by month")
figure.tight_layout()
figure.savefig(FIGURES / "tone.png")
print(f"{len(happened)} events of {names[0]} and {names[1]}, mean tone {happened.tone.mean():.1f}")
plt.show()
