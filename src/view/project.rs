//! Rows → networks: which parties, events and ties stand in a view, and how they are joined.

use super::analytics;
use super::network::{Caption, DyadTotal, Link, Network, Node, NodeKind, Tie, View};
use super::words::{self, Tone};
use crate::graph::{EventKind, EventRow, LeaderRow, PartyRow, TieRow};
use chrono::NaiveDate;
use petgraph::graph::{DiGraph, NodeIndex};
use std::collections::{BTreeMap, BTreeSet};

/// What the store says, for one filter.
#[derive(Debug, Clone, Copy)]
pub struct Rows<'a> {
    /// Events that match the filter.
    pub events: &'a [EventRow],
    /// Ties; of each only the events among [`Self::events`] count.
    pub ties: &'a [TieRow],
    /// Parties; those that nothing refers to are left out of every view.
    pub parties: &'a [PartyRow],
}

/// What of it to show.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Selection {
    /// Codes: only ties (or dyads, or events) that touch one of these; of an ego view its centers. Empty: all.
    pub countries: Vec<String>,
    /// Leave out edges between parties with fewer events.
    pub min_count: usize,
    /// Only ties of this tone.
    pub tone: Option<Tone>,
    /// Of an ego view: also the ties between those who are tied to its centers.
    pub alters: bool,
    /// What the caption is to say about the store's filter.
    pub filters: Vec<String>,
}

impl Selection {
    fn touches(&self, one: &str, other: &str) -> bool {
        self.countries.is_empty() || self.countries.iter().any(|c| c == one || c == other)
    }

    fn sounds(&self, tie: &TieRow) -> bool {
        self.tone.is_none_or(|tone| tone == Tone::of(&tie.quad_class))
    }
}

/// The network of a view. An ego view without a center is empty.
#[must_use]
pub fn project(view: View, rows: Rows<'_>, selection: &Selection) -> Network {
    let mut network = match view {
        View::Events | View::Agreements | View::Encounters => events(view, rows, selection),
        View::Ties | View::Dyads => between_parties(view, rows, selection),
        View::Ego if selection.countries.is_empty() => empty(View::Ego),
        View::Ego => between_parties(view, rows, selection),
    };
    network.caption.title = title(view, rows.parties, selection);
    network.caption.filters = filters(selection);
    analytics::measure(&mut network);
    network
}

fn empty(view: View) -> Network {
    Network { view, graph: DiGraph::new(), caption: Caption::default() }
}

fn title(view: View, parties: &[PartyRow], selection: &Selection) -> String {
    let names: Vec<String> = selection.countries.iter().map(|c| name_of(parties, c)).collect();
    let of = words::listed(&names);
    match (view, names.is_empty()) {
        (View::Ties, true) => "Ties between countries".to_owned(),
        (View::Dyads, true) => "Pairs of countries".to_owned(),
        (View::Events, true) => "Events and those who took part".to_owned(),
        (View::Agreements, true) => "Agreements and their parties".to_owned(),
        (View::Encounters, true) => "Encounters and the leaders who took part".to_owned(),
        (View::Ties | View::Ego, _) => format!("Ties of {of}"),
        (View::Dyads, false) => format!("Pairs with {of}"),
        (View::Events, false) => format!("Events of {of}"),
        (View::Agreements, false) => format!("Agreements of {of}"),
        (View::Encounters, false) => format!("Encounters of {of}"),
    }
}

fn filters(selection: &Selection) -> Vec<String> {
    let least = format!("ties of at least {} events", selection.min_count);
    let tone = selection.tone.map(|tone| format!("{} only", tone.as_str()));
    selection.filters.iter().cloned().chain(tone).chain((selection.min_count > 1).then_some(least)).collect()
}

fn name_of(parties: &[PartyRow], code: &str) -> String {
    parties.iter().find(|p| p.code == code).map_or_else(|| code.to_owned(), |p| p.name.clone())
}

/// Nodes by id, so that each stands in the network once.
#[derive(Default)]
struct Builder {
    graph: DiGraph<Node, Link>,
    at: BTreeMap<String, NodeIndex>,
}

impl Builder {
    fn node(&mut self, id: &str, make: impl FnOnce() -> Node) -> NodeIndex {
        if let Some(index) = self.at.get(id) {
            return *index;
        }
        let index = self.graph.add_node(make());
        self.at.insert(id.to_owned(), index);
        index
    }

    /// A party; one that the store does not describe is a country with its code for a name.
    fn party(&mut self, code: &str, parties: &BTreeMap<&str, &PartyRow>) -> NodeIndex {
        self.node(code, || {
            let row = parties.get(code).map_or_else(|| PartyRow::undescribed(code), |p| (*p).clone());
            Node::new(code, row.name.clone(), NodeKind::Party(row))
        })
    }

    fn leader(&mut self, leader: &LeaderRow) -> NodeIndex {
        self.node(&leader.iri, || Node::new(&leader.iri, &leader.name, NodeKind::Leader(leader.clone())))
    }
}

fn by_code(parties: &[PartyRow]) -> BTreeMap<&str, &PartyRow> {
    parties.iter().map(|p| (p.code.as_str(), p)).collect()
}

/// Edges between parties, by pair (codes in order) and tone.
pub(super) type Ties = BTreeMap<(String, String, Tone), Tie>;

fn between_parties(view: View, rows: Rows<'_>, selection: &Selection) -> Network {
    let known: BTreeMap<&str, &EventRow> = rows.events.iter().map(|e| (e.iri.as_str(), e)).collect();
    let around = around(view, rows.ties, &known, selection);
    let shows = |t: &TieRow| match &around {
        Some(circle) => circle.contains(t.from.as_str()) && circle.contains(t.to.as_str()),
        None => selection.touches(&t.from, &t.to),
    };
    let mut ties = collect(rows.ties.iter().filter(|t| selection.sounds(t) && shows(t)), &known);
    let mut totals = BTreeMap::new();
    if view == View::Dyads {
        totals = total(&ties, &known);
        totals.retain(|_, t| t.cooperation + t.conflict >= selection.min_count);
        ties.retain(|(a, b, _), _| totals.contains_key(&(a.clone(), b.clone())));
    } else {
        ties.retain(|_, tie| tie.events.len() >= selection.min_count);
    }
    let shown: BTreeSet<&str> = ties.values().flat_map(|t| t.events.iter().map(String::as_str)).collect();
    let caption = caption(shown.iter().filter_map(|iri| known.get(iri).copied()));
    let parties = by_code(rows.parties);
    let mut builder = Builder::default();
    let codes: BTreeSet<String> = ties.keys().flat_map(|(a, b, _)| [a.clone(), b.clone()]).collect();
    for code in codes.iter().chain(selection.countries.iter().filter(|_| view == View::Ego)) {
        builder.party(code, &parties);
    }
    if view == View::Dyads {
        for ((a, b), total) in totals {
            let (from, to) = (builder.party(&a, &parties), builder.party(&b, &parties));
            builder.graph.add_edge(from, to, Link::Dyad(total));
        }
    } else {
        for ((a, b, _), tie) in ties {
            let (from, to) = (builder.party(&a, &parties), builder.party(&b, &parties));
            builder.graph.add_edge(from, to, Link::Tie(tie));
        }
    }
    Network { view, graph: builder.graph, caption }
}

/// The centers of an ego view and everyone tied to them, where the ties between these are wanted too.
fn around<'r>(
    view: View,
    ties: &'r [TieRow],
    known: &BTreeMap<&str, &EventRow>,
    selection: &'r Selection,
) -> Option<BTreeSet<&'r str>> {
    let wanted = view == View::Ego && selection.alters;
    let told = |t: &&TieRow| t.events.iter().any(|iri| known.contains_key(iri.as_str()));
    let close = |t: &&TieRow| selection.touches(&t.from, &t.to) && selection.sounds(t);
    let tied = ties.iter().filter(close).filter(told).flat_map(|t| [t.from.as_str(), t.to.as_str()]);
    wanted.then(|| tied.chain(selection.countries.iter().map(String::as_str)).collect())
}

/// Ties by pair and tone, from the rows of those that are to be shown.
pub(super) fn collect<'r>(ties: impl Iterator<Item = &'r TieRow>, known: &BTreeMap<&str, &EventRow>) -> Ties {
    let mut out = Ties::new();
    for row in ties.filter(|t| t.from != t.to) {
        let forward = row.from < row.to;
        let (a, b) = if forward { (&row.from, &row.to) } else { (&row.to, &row.from) };
        let tone = Tone::of(&row.quad_class);
        let events: Vec<&EventRow> = row.events.iter().filter_map(|iri| known.get(iri.as_str()).copied()).collect();
        if events.is_empty() {
            continue;
        }
        let tie = out.entry((a.clone(), b.clone(), tone)).or_insert_with(|| Tie::empty(tone));
        for event in events {
            if !tie.events.insert(event.iri.clone()) {
                continue;
            }
            *tie.kinds.entry(row.kind.clone()).or_default() += 1;
            if row.directed {
                *(if forward { &mut tie.forward } else { &mut tie.backward }) += 1;
            }
            tie.articles.extend(event.articles.iter().cloned());
            tie.first = earlier(tie.first, event.earliest);
            tie.last = later(tie.last, event.latest);
            tie.spells.extend(event.earliest.zip(event.latest));
        }
    }
    out
}

pub(super) fn total(ties: &Ties, known: &BTreeMap<&str, &EventRow>) -> BTreeMap<(String, String), DyadTotal> {
    let mut out: BTreeMap<(String, String), DyadTotal> = BTreeMap::new();
    for ((a, b, tone), tie) in ties {
        let total = out.entry((a.clone(), b.clone())).or_default();
        *(if *tone == Tone::Conflict { &mut total.conflict } else { &mut total.cooperation }) += tie.events.len();
        for event in tie.events.iter().filter_map(|iri| known.get(iri.as_str())) {
            match event.kind {
                EventKind::Agreement => total.agreements += 1,
                EventKind::Encounter => total.encounters += 1,
                EventKind::Act => total.acts += 1,
            }
        }
        total.articles.extend(tie.articles.iter().cloned());
        total.first = earlier(total.first, tie.first);
        total.last = later(total.last, tie.last);
        total.spells.extend(&tie.spells);
    }
    out
}

/// The earlier of two days, as far as they are known.
fn earlier(a: Option<NaiveDate>, b: Option<NaiveDate>) -> Option<NaiveDate> {
    a.into_iter().chain(b).min()
}

/// The later of two days, as far as they are known.
fn later(a: Option<NaiveDate>, b: Option<NaiveDate>) -> Option<NaiveDate> {
    a.max(b)
}

/// The period, events and articles of what is shown.
fn caption<'e>(events: impl Iterator<Item = &'e EventRow>) -> Caption {
    let events: Vec<&EventRow> = events.collect();
    let articles: BTreeSet<&str> = events.iter().flat_map(|e| e.articles.iter().map(String::as_str)).collect();
    Caption { events: events.len(), articles: articles.len(), period: period(&events), ..Caption::default() }
}

/// First and last day of the events. Where some have a day, a mere "2025" does not widen the period to New Year's Eve.
pub(super) fn period(events: &[&EventRow]) -> Option<(NaiveDate, NaiveDate)> {
    let span = |e: &&EventRow| e.earliest.zip(e.latest);
    let days: Vec<_> = events.iter().filter_map(span).filter(|(first, last)| first == last).collect();
    let spans = if days.is_empty() { events.iter().filter_map(span).collect() } else { days };
    spans.iter().map(|s| s.0).min().zip(spans.iter().map(|s| s.1).max())
}

fn events(view: View, rows: Rows<'_>, selection: &Selection) -> Network {
    let touched =
        |e: &&EventRow| selection.countries.is_empty() || e.parties.iter().any(|p| selection.countries.contains(p));
    let of_view = |e: &&EventRow| match view {
        View::Agreements => e.kind == EventKind::Agreement,
        View::Encounters => e.kind == EventKind::Encounter && !e.participants.is_empty(),
        _ => true,
    };
    let sounds = |e: &&EventRow| selection.tone.is_none_or(|tone| tone == Tone::of(&e.quad_class));
    let mut events: Vec<&EventRow> = rows.events.iter().filter(touched).filter(of_view).filter(sounds).collect();
    events.sort_by(|a, b| (a.earliest, &a.iri).cmp(&(b.earliest, &b.iri)));
    let parties = by_code(rows.parties);
    let mut builder = Builder::default();
    for event in &events {
        let at = builder.node(&event.iri, || {
            Node::new(&event.iri, event_label(event), NodeKind::Event(Box::new((*event).clone())))
        });
        for code in event.parties.iter().filter(|_| view != View::Encounters) {
            let to = builder.party(code, &parties);
            builder.graph.add_edge(at, to, Link::Role(role_of(event, code)));
        }
        for leader in event.participants.iter().filter(|_| view != View::Agreements) {
            let to = builder.leader(leader);
            builder.graph.add_edge(at, to, Link::Role("participant"));
        }
        for leader in event.signatories.iter().filter(|_| view == View::Events) {
            let to = builder.leader(leader);
            builder.graph.add_edge(at, to, Link::Role("signatory"));
        }
    }
    Network { view, graph: builder.graph, caption: caption(events.into_iter()) }
}

fn role_of(event: &EventRow, code: &str) -> &'static str {
    match () {
        () if event.actor.as_deref() == Some(code) => "actor",
        () if event.recipient.as_deref() == Some(code) => "recipient",
        () => "party",
    }
}

fn event_label(event: &EventRow) -> String {
    let what = words::type_title(&event.event_type);
    event.date.as_ref().map_or_else(|| what.clone(), |date| format!("{what} {date}"))
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;
    use petgraph::visit::EdgeRef;

    /// The edges as `FROM–TO label`.
    fn edges(network: &Network) -> Vec<String> {
        let id = |at: NodeIndex| network.graph[at].id.clone();
        let show = |e: petgraph::graph::EdgeReference<'_, Link>| {
            format!("{}–{} {}", id(e.source()), id(e.target()), e.weight().label())
        };
        network.graph.edge_references().map(show).collect()
    }

    fn shown(view: View, selection: &Selection) -> Network {
        let sample = sample::rows();
        project(view, sample.rows(), selection)
    }

    #[test]
    fn ties_have_one_edge_a_pair_and_tone() {
        let network = shown(View::Ties, &Selection::default());
        assert_eq!(
            edges(&network),
            [
                "JPN–KOR 1 meeting",
                "KOR–PRK 1 meeting",
                "KOR–PRK 2 accusations, 1 attack",
                "KOR–SGP 2 agreements, 1 meeting, 1 act of support",
            ]
        );
        let caption = network.caption.line();
        assert_eq!(caption, "1 January 2018 – 2 November 2025 · 9 events in 5 articles");
    }

    #[test]
    fn acts_know_which_way_they_went() {
        let network = shown(View::Ties, &Selection::default());
        let tie = |at: usize| match network.graph.edge_weights().nth(at).unwrap() {
            Link::Tie(tie) => (tie.forward, tie.backward),
            _ => unreachable!(),
        };
        assert_eq!(tie(2), (1, 2));
        assert_eq!(tie(3), (0, 1));
    }

    #[test]
    fn small_ties_are_left_out_on_demand() {
        let network = shown(View::Ties, &Selection { min_count: 3, ..Selection::default() });
        assert_eq!(edges(&network).len(), 2);
        assert!(network.caption.line().ends_with("ties of at least 3 events"));
        assert!(network.graph.node_weights().all(|n| n.id != "JPN"));
    }

    #[test]
    fn an_ego_view_has_a_center() {
        let network = shown(View::Ego, &Selection { countries: vec!["SGP".to_owned()], ..Selection::default() });
        assert_eq!(edges(&network), ["KOR–SGP 2 agreements, 1 meeting, 1 act of support"]);
        assert_eq!(network.caption.title, "Ties of Singapore");
        assert_eq!(shown(View::Ego, &Selection::default()).graph.node_count(), 0);
    }

    #[test]
    fn an_ego_view_may_show_the_ties_between_the_others() {
        let with = |alters| Selection { countries: vec!["JPN".to_owned()], alters, ..Selection::default() };
        let mut sample = sample::rows();
        sample.events.push(sample::event(12, EventKind::Encounter, "meeting", "held", "2024-01-01", &["JPN", "SGP"]));
        sample.ties = sample::ties(&sample.events);
        let count = |alters| project(View::Ego, sample.rows(), &with(alters)).graph.edge_count();
        assert_eq!((count(false), count(true)), (2, 3));
    }

    #[test]
    fn one_tone_may_be_shown_alone() {
        let network = shown(View::Ties, &Selection { tone: Some(Tone::Conflict), ..Selection::default() });
        assert_eq!(edges(&network), ["KOR–PRK 2 accusations, 1 attack"]);
        assert!(network.caption.line().ends_with("conflict only"));
    }

    #[test]
    fn bipartite_views_join_leaders_to_encounters_and_parties_to_agreements() {
        let classes = |view| {
            let network = shown(view, &Selection::default());
            network.graph.node_weights().map(Node::class).collect::<BTreeSet<_>>().into_iter().collect::<Vec<_>>()
        };
        assert_eq!(classes(View::Encounters), ["encounter", "leader"]);
        assert_eq!(classes(View::Agreements), ["agreement", "country", "organization"]);
    }

    #[test]
    fn dyads_add_up() {
        let network = shown(View::Dyads, &Selection::default());
        assert_eq!(
            edges(&network),
            ["JPN–KOR 1 cooperation", "KOR–PRK 1 cooperation, 3 conflict", "KOR–SGP 4 cooperation"]
        );
    }

    #[test]
    fn events_are_joined_to_parties_and_leaders() {
        let network = shown(View::Events, &Selection { countries: vec!["SGP".to_owned()], ..Selection::default() });
        let roles: BTreeSet<String> = network.graph.edge_weights().map(Link::label).collect();
        assert_eq!(roles.into_iter().collect::<Vec<_>>(), ["actor", "participant", "party", "recipient", "signatory"]);
        assert!(network.graph.node_weights().any(|n| n.class() == "leader" && n.label == "Lawrence Wong"));
    }

    #[test]
    fn nodes_are_measured() {
        let network = shown(View::Ties, &Selection::default());
        let korea = network.graph.node_weights().find(|n| n.id == "KOR").unwrap();
        assert_eq!((korea.degree, korea.weighted_degree, korea.component), (3, 9, 1));
    }
}
