//! Neighborhoods of the graph: parties joined by what came about between them, leaders by whom they met.

use super::{Ask, Filter, Problem, Reply, json};
use super::{leaders, wire};
use crate::server::snapshot::{Entry, key_of};
use crate::view::words::Tone;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// Nodes and what joins them.
#[derive(Serialize)]
pub(super) struct Graph {
    nodes: Vec<Node>,
    links: Vec<Link>,
    /// Nodes that were left out.
    more: usize,
}

#[derive(Serialize)]
struct Node {
    /// Code of a party; `leader/ID`.
    id: String,
    /// `country`, `organization` or `leader`.
    r#type: &'static str,
    label: String,
    events: usize,
}

#[derive(Serialize)]
struct Link {
    source: String,
    target: String,
    /// `cooperation`, `conflict`; of leaders also `for` a party.
    kind: &'static str,
    count: usize,
    /// Mean conflict–cooperation score.
    score: Option<f64>,
}

/// Nodes where nothing is said, and at most.
const NODES: usize = 40;
const MOST_NODES: usize = 300;
/// Parties beyond which an event joins no two of them.
const CROWD: usize = 30;

/// `GET /graph?center=&depth=&limit=`.
pub(super) fn graph(ask: &Ask<'_>) -> Result<Reply, Problem> {
    let number = |name: &str, usual: usize, most: usize| -> Result<usize, Problem> {
        let Some(text) = ask.call.one(name).filter(|t| !t.is_empty()) else { return Ok(usual) };
        let number = text.parse().ok().filter(|n| (1..=most).contains(n));
        number.ok_or_else(|| Problem::bad(format!("`{name}` is a number from 1 to {most}")))
    };
    let (limit, depth) = (number("limit", NODES, MOST_NODES)?, number("depth", 1, 3)?);
    let filter = ask.filter()?;
    let graph = match ask.call.one("center").filter(|t| !t.is_empty()) {
        None => whole_network(ask, &filter, limit),
        Some(center) => {
            let center = center.strip_prefix("country/").or(center.strip_prefix("organization/")).unwrap_or(center);
            let center = match center.strip_prefix("leader/") {
                Some(leader) => format!("leader/{}", leaders::find(ask, leader)?.0),
                None if ask.now.by_party.contains_key(center) => center.to_owned(),
                None => return Err(Problem::missing(format!("nothing is known of `{center}`"))),
            };
            around(ask, &filter, &center, depth, limit)
        }
    };
    Ok(json(&graph))
}

/// What came about between two.
#[derive(Default)]
struct Tie {
    scores: [Vec<f64>; 2],
}

impl Tie {
    fn count(&self) -> usize {
        self.scores.iter().map(Vec::len).sum()
    }
}

/// Ties by the two that they tie, in order.
type Ties = BTreeMap<(String, String), Tie>;

/// The ties of events: of parties, or of leaders with each other and with the parties that others speak for.
fn ties<'e>(entries: impl Iterator<Item = &'e Entry>, leaders: bool) -> Ties {
    let mut ties = Ties::new();
    for entry in entries.filter(|e| e.row.parties.len() <= CROWD) {
        let Some(score) = entry.score else { continue };
        let tone = usize::from(Tone::of(&entry.row.quad_class) == Tone::Conflict);
        let ids: BTreeSet<String> = if leaders {
            let people = entry.row.participants.iter().chain(&entry.row.signatories);
            people.map(|l| format!("leader/{}", key_of(&l.iri))).collect()
        } else {
            entry.row.parties.iter().cloned().collect()
        };
        let ids: Vec<String> = ids.into_iter().collect();
        for (at, a) in ids.iter().enumerate() {
            for b in ids.iter().skip(at + 1) {
                let tie = ties.entry((a.clone(), b.clone())).or_default();
                if let Some(scores) = tie.scores.get_mut(tone) {
                    scores.push(score);
                }
            }
        }
    }
    ties
}

/// All parties, those with the most ties first.
pub(super) fn whole_network(ask: &Ask<'_>, filter: &Filter, limit: usize) -> Graph {
    let ties = ties(ask.now.events.iter().filter(|e| filter.passes(&e.row)), false);
    let mut weights: BTreeMap<&str, usize> = BTreeMap::new();
    for ((a, b), tie) in &ties {
        for id in [a, b] {
            *weights.entry(id).or_default() += tie.count();
        }
    }
    let mut ids: Vec<(&str, usize)> = weights.into_iter().collect();
    ids.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(b.0)));
    let more = ids.len().saturating_sub(limit);
    let shown: BTreeSet<&str> = ids.iter().take(limit).map(|(id, _)| *id).collect();
    draw(ask, &shown, &ties, more)
}

/// What is within `depth` steps of `center`, the closest and liveliest first.
fn around(ask: &Ask<'_>, filter: &Filter, center: &str, depth: usize, limit: usize) -> Graph {
    let of_leader = center.starts_with("leader/");
    let ties = ties(ask.now.events.iter().filter(|e| filter.passes(&e.row)), of_leader);
    let mut near: BTreeMap<&str, Vec<(&str, usize)>> = BTreeMap::new();
    for ((a, b), tie) in &ties {
        near.entry(a).or_default().push((b, tie.count()));
        near.entry(b).or_default().push((a, tie.count()));
    }
    let mut shown: BTreeSet<&str> = BTreeSet::from([center]);
    let (mut edge, mut more) = (vec![center], 0);
    for _ in 0..depth {
        let mut next: BTreeMap<&str, usize> = BTreeMap::new();
        for (other, count) in edge.iter().flat_map(|id| near.get(id).into_iter().flatten()) {
            if !shown.contains(other) {
                *next.entry(other).or_default() += count;
            }
        }
        let mut next: Vec<(&str, usize)> = next.into_iter().collect();
        next.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(b.0)));
        let room = limit.saturating_sub(shown.len());
        more += next.len().saturating_sub(room);
        edge = next.into_iter().take(room).map(|(id, _)| id).collect();
        shown.extend(edge.iter().copied());
    }
    draw(ask, &shown, &ties, more)
}

fn draw(ask: &Ask<'_>, shown: &BTreeSet<&str>, ties: &Ties, more: usize) -> Graph {
    let both = |((a, b), _): &(&(String, String), &Tie)| shown.contains(a.as_str()) && shown.contains(b.as_str());
    let links = ties.iter().filter(both).flat_map(|((a, b), tie)| {
        ["cooperation", "conflict"].into_iter().zip(&tie.scores).filter(|(_, scores)| !scores.is_empty()).map(
            move |(kind, scores)| Link {
                source: a.clone(),
                target: b.clone(),
                kind,
                count: scores.len(),
                score: wire::mean(scores),
            },
        )
    });
    Graph { nodes: shown.iter().map(|id| node(ask, id)).collect(), links: links.collect(), more }
}

fn node(ask: &Ask<'_>, id: &str) -> Node {
    if let Some(line) = id.strip_prefix("leader/").and_then(|local| ask.now.leaders.get(local)) {
        return Node { id: id.to_owned(), r#type: "leader", label: line.name.clone(), events: line.events.len() };
    }
    let organization = ask.now.parties.get(id).is_some_and(|party| !party.country);
    Node {
        id: id.to_owned(),
        r#type: if organization { "organization" } else { "country" },
        label: wire::party(ask.now, id).name,
        events: ask.now.by_party.get(id).map_or(0, Vec::len),
    }
}
