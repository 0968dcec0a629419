//! The network that every exporter writes: a petgraph graph whose nodes and edges know their attributes, each with a type.

use super::words::{self, Tone};
use crate::graph::{EventRow, LeaderRow, PartyRow};
use chrono::NaiveDate;
use petgraph::graph::DiGraph;
use std::collections::{BTreeMap, BTreeSet};

/// What a network shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum View {
    /// Parties; one edge a pair and tone.
    Ties,
    /// Events, their parties and their leaders.
    Events,
    /// Agreements and their parties (bipartite).
    Agreements,
    /// Encounters and the leaders who took part (bipartite).
    Encounters,
    /// Parties; one edge a pair, with totals.
    Dyads,
    /// Some parties and what ties others to them; edges as in `Ties`.
    Ego,
}

/// A network and what a reader must know of it.
#[derive(Debug, Clone)]
pub struct Network {
    /// What it shows.
    pub view: View,
    /// Nodes in the order of their ids; edges in the order of their ends.
    pub graph: DiGraph<Node, Link>,
    /// What it counts, for titles and legends.
    pub caption: Caption,
}

impl Network {
    /// Whether the direction of edges means something (event → party); otherwise edges run from the first code to the second.
    #[must_use]
    pub fn directed(&self) -> bool {
        matches!(self.view, View::Events | View::Agreements | View::Encounters)
    }
}

/// What stands over and under a picture.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Caption {
    /// Headline.
    pub title: String,
    /// First and last day of the dated events.
    pub period: Option<(NaiveDate, NaiveDate)>,
    /// Events behind the network.
    pub events: usize,
    /// Articles behind the events.
    pub articles: usize,
    /// What was left out on demand, such as "at least 2 events".
    pub filters: Vec<String>,
}

impl Caption {
    /// "12 August 1978 – 2 November 2025 · 134 events in 96 articles · at least 2 events".
    #[must_use]
    pub fn line(&self) -> String {
        let mut parts = Vec::new();
        match self.period {
            Some((first, last)) if first == last => parts.push(words::day(first)),
            Some((first, last)) => parts.push(format!("{} – {}", words::day(first), words::day(last))),
            None => {}
        }
        let articles = words::number_of(self.articles, "article");
        parts.push(format!("{} in {articles}", words::number_of(self.events, "event")));
        parts.extend(self.filters.iter().cloned());
        parts.join(" · ")
    }
}

/// A node.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// Code of a party; IRI of an event or leader.
    pub id: String,
    /// What a picture writes on it.
    pub label: String,
    /// What it stands for.
    pub kind: NodeKind,
    /// Neighbors, each counted once.
    pub degree: usize,
    /// Events of all its edges together.
    pub weighted_degree: usize,
    /// Which connected part of the network it lies in: 1 is the biggest.
    pub component: usize,
    /// Which community it belongs to (Louvain's method over cooperation): 1 is the biggest.
    pub community: usize,
    /// The biggest k such that the node lies in a part where everyone has k neighbors (core number).
    pub core: usize,
    /// Share of the shortest paths between others that lead through it (Freeman's betweenness), 0–1; not in networks of
    /// more than [`crate::view::BETWEENNESS_NODES`] nodes.
    pub betweenness: Option<f64>,
    /// Eigenvector centrality by events, 0–1: strongly tied to those who are strongly tied.
    pub eigenvector: Option<f64>,
    /// Whether the network falls apart without it (articulation point).
    pub articulation: bool,
}

/// What a node stands for.
#[derive(Debug, Clone, PartialEq)]
pub enum NodeKind {
    /// A country or organization.
    Party(PartyRow),
    /// A leader.
    Leader(LeaderRow),
    /// An event.
    Event(Box<EventRow>),
}

/// An edge.
#[derive(Debug, Clone, PartialEq)]
pub enum Link {
    /// What binds (or divides) two parties.
    Tie(Tie),
    /// Everything between two parties.
    Dyad(DyadTotal),
    /// The part that the target has in the event: `party`, `actor`, `recipient`, `participant`, `signatory`.
    Role(&'static str),
}

/// The events of one tone between two parties.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tie {
    /// Cooperation or conflict.
    pub tone: Tone,
    /// Events by kind (`agreement`, `meeting`, `ACCUSE` …).
    pub kinds: BTreeMap<String, usize>,
    /// Acts of the first party (in the order of codes) upon the second.
    pub forward: usize,
    /// Acts of the second upon the first.
    pub backward: usize,
    /// IRIs of the events.
    pub events: BTreeSet<String>,
    /// Ids of the articles.
    pub articles: BTreeSet<String>,
    /// First day of its dated events.
    pub first: Option<NaiveDate>,
    /// Last day of its dated events.
    pub last: Option<NaiveDate>,
    /// First and last day of each of its dated events.
    pub spells: BTreeSet<(NaiveDate, NaiveDate)>,
    /// Whether the network falls apart without what is between these two.
    pub bridge: bool,
}

impl Tie {
    /// A tie of no events yet.
    pub(super) fn empty(tone: Tone) -> Self {
        Self {
            tone,
            kinds: BTreeMap::new(),
            forward: 0,
            backward: 0,
            events: BTreeSet::new(),
            articles: BTreeSet::new(),
            first: None,
            last: None,
            spells: BTreeSet::new(),
            bridge: false,
        }
    }

    /// (kind, count), most frequent first.
    #[must_use]
    pub fn by_count(&self) -> Vec<(&str, usize)> {
        let mut kinds: Vec<(&str, usize)> = self.kinds.iter().map(|(k, n)| (k.as_str(), *n)).collect();
        kinds.sort_by_key(|(kind, count)| (usize::MAX - count, words::order_of(kind), *kind));
        kinds
    }

    /// "3 meetings, 2 agreements".
    #[must_use]
    pub fn label(&self) -> String {
        self.by_count().iter().map(|(kind, count)| words::counted(kind, *count)).collect::<Vec<_>>().join(", ")
    }
}

/// Everything between two parties, in numbers.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DyadTotal {
    /// Events of cooperation.
    pub cooperation: usize,
    /// Events of conflict.
    pub conflict: usize,
    /// Agreements among them.
    pub agreements: usize,
    /// Encounters among them.
    pub encounters: usize,
    /// Acts among them.
    pub acts: usize,
    /// Ids of the articles.
    pub articles: BTreeSet<String>,
    /// First day of its dated events.
    pub first: Option<NaiveDate>,
    /// Last day of its dated events.
    pub last: Option<NaiveDate>,
    /// First and last day of each of its dated events.
    pub spells: BTreeSet<(NaiveDate, NaiveDate)>,
    /// Whether the network falls apart without what is between these two.
    pub bridge: bool,
}

/// The value of an attribute, with the type that GraphML, GEXF and JSON give it.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// Text.
    Text(String),
    /// A count.
    Count(usize),
    /// A probability or measure.
    Real(f64),
    /// Yes or no.
    Flag(bool),
    /// A day.
    Day(NaiveDate),
}

impl std::fmt::Display for Value {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Text(text) => f.write_str(text),
            Self::Count(count) => count.fmt(f),
            Self::Real(real) => real.fmt(f),
            Self::Flag(flag) => flag.fmt(f),
            Self::Day(day) => day.fmt(f),
        }
    }
}

/// Named attributes in the order in which tables show them; what is not known is left out.
pub(super) type Attributes = Vec<(&'static str, Value)>;

fn put(to: &mut Attributes, name: &'static str, text: Option<impl ToString>) {
    to.extend(text.map(|t| (name, Value::Text(t.to_string()))));
}

impl Node {
    /// A node that knows nothing of its network yet.
    pub(super) fn new(id: impl Into<String>, label: impl Into<String>, kind: NodeKind) -> Self {
        Self {
            id: id.into(),
            label: label.into(),
            kind,
            degree: 0,
            weighted_degree: 0,
            component: 0,
            community: 0,
            core: 0,
            betweenness: None,
            eigenvector: None,
            articulation: false,
        }
    }

    /// `country`, `organization`, `leader`, `agreement`, `encounter` or `act`.
    #[must_use]
    pub fn class(&self) -> &'static str {
        match &self.kind {
            NodeKind::Party(party) if party.country => "country",
            NodeKind::Party(_) => "organization",
            NodeKind::Leader(_) => "leader",
            NodeKind::Event(event) => event.kind.as_str(),
        }
    }

    /// Attributes besides id and label.
    pub(super) fn attributes(&self) -> Attributes {
        let mut to = vec![("class", Value::Text(self.class().to_owned()))];
        match &self.kind {
            NodeKind::Party(party) => party_attributes(party, &mut to),
            NodeKind::Leader(leader) => {
                put(&mut to, "party", leader.party.as_ref());
                put(&mut to, "office", leader.office.as_ref());
                put(&mut to, "title", leader.title.as_ref());
                put(&mut to, "wikidata", leader.wikidata.as_ref());
            }
            NodeKind::Event(event) => event_attributes(event, &mut to),
        }
        to.push(("degree", Value::Count(self.degree)));
        to.push(("weighted_degree", Value::Count(self.weighted_degree)));
        to.push(("component", Value::Count(self.component)));
        to.push(("community", Value::Count(self.community)));
        to.push(("core", Value::Count(self.core)));
        to.extend(self.betweenness.map(|b| ("betweenness", Value::Real(b))));
        to.extend(self.eigenvector.map(|e| ("eigenvector", Value::Real(e))));
        to.push(("articulation", Value::Flag(self.articulation)));
        to
    }
}

fn party_attributes(party: &PartyRow, to: &mut Attributes) {
    put(to, "region", party.region.as_ref());
    put(to, "iso3", party.country.then_some(&party.code));
    put(to, "iso2", party.codes.iso2.as_ref());
    put(to, "iso_numeric", party.codes.iso_numeric.as_ref());
    to.extend(party.codes.cow.map(|n| ("cow", Value::Count(n.into()))));
    to.extend(party.codes.gw.map(|n| ("gw", Value::Count(n.into()))));
    put(to, "wikidata", party.codes.wikidata.as_ref());
}

fn event_attributes(event: &EventRow, to: &mut Attributes) {
    put(to, "type", Some(&event.event_type));
    put(to, "status", event.status.as_ref());
    put(to, "topic", event.topic.as_ref());
    put(to, "sectors", Some(event.sectors.join(";")).filter(|s| !s.is_empty()));
    put(to, "place", event.place.as_ref());
    put(to, "date", event.date.as_ref());
    put(to, "date_basis", event.date_basis.as_ref());
    put(to, "quad_class", Some(&event.quad_class));
    to.push(("background", Value::Flag(event.background)));
    to.push(("confidence", Value::Real(event.confidence)));
    to.push(("articles", Value::Count(event.articles.len())));
}

impl Link {
    /// How many events of cooperation it stands for; a role counts as one.
    #[must_use]
    pub fn cooperation(&self) -> usize {
        match self {
            Self::Tie(tie) if tie.tone == Tone::Conflict => 0,
            Self::Dyad(total) => total.cooperation,
            other => other.weight(),
        }
    }

    /// Notes that the network falls apart without it.
    pub(super) fn set_bridge(&mut self) {
        match self {
            Self::Tie(tie) => tie.bridge = true,
            Self::Dyad(total) => total.bridge = true,
            Self::Role(_) => {}
        }
    }

    /// How much it weighs: its events; a role weighs one.
    #[must_use]
    pub fn weight(&self) -> usize {
        match self {
            Self::Tie(tie) => tie.events.len(),
            Self::Dyad(total) => total.cooperation + total.conflict,
            Self::Role(_) => 1,
        }
    }

    /// What a picture writes on it.
    #[must_use]
    pub fn label(&self) -> String {
        match self {
            Self::Tie(tie) => tie.label(),
            Self::Dyad(total) => [(total.cooperation, "cooperation"), (total.conflict, "conflict")]
                .iter()
                .filter(|(count, _)| *count > 0)
                .map(|(count, tone)| format!("{count} {tone}"))
                .collect::<Vec<_>>()
                .join(", "),
            Self::Role(role) => (*role).to_owned(),
        }
    }

    /// First and last day of each of its dated events, in order; a role has those of its event, which the network knows.
    #[must_use]
    pub fn spells(&self) -> Vec<(NaiveDate, NaiveDate)> {
        match self {
            Self::Tie(tie) => tie.spells.iter().copied().collect(),
            Self::Dyad(total) => total.spells.iter().copied().collect(),
            Self::Role(_) => Vec::new(),
        }
    }

    /// Attributes besides ends, weight and label.
    pub(super) fn attributes(&self) -> Attributes {
        let mut to = Attributes::new();
        match self {
            Self::Tie(tie) => {
                put(&mut to, "tone", Some(tie.tone.as_str()));
                let kinds = tie.by_count().iter().map(|(k, n)| format!("{k}:{n}")).collect::<Vec<_>>().join(";");
                put(&mut to, "kinds", Some(kinds));
                to.push(("acts_forward", Value::Count(tie.forward)));
                to.push(("acts_backward", Value::Count(tie.backward)));
                to.push(("articles", Value::Count(tie.articles.len())));
                to.extend(tie.first.map(|day| ("first", Value::Day(day))));
                to.extend(tie.last.map(|day| ("last", Value::Day(day))));
                to.push(("bridge", Value::Flag(tie.bridge)));
            }
            Self::Dyad(total) => {
                to.push(("cooperation", Value::Count(total.cooperation)));
                to.push(("conflict", Value::Count(total.conflict)));
                to.push(("agreements", Value::Count(total.agreements)));
                to.push(("encounters", Value::Count(total.encounters)));
                to.push(("acts", Value::Count(total.acts)));
                to.push(("articles", Value::Count(total.articles.len())));
                to.extend(total.first.map(|day| ("first", Value::Day(day))));
                to.extend(total.last.map(|day| ("last", Value::Day(day))));
                to.push(("bridge", Value::Flag(total.bridge)));
            }
            Self::Role(role) => put(&mut to, "role", Some(*role)),
        }
        to
    }
}
