//! Events → rows: one an event with its best sentence, or one a coded pair in the columns of POLECAT or ICEWS.

use super::coding::{Codings, kind};
use super::{Cells, Column, Kind, icews, polecat, text};
use crate::graph::{ClaimRow, EventRow, LeaderRow, PartyRow};
use crate::knowledge::Knowledge;
use crate::view::network::Value;
use std::collections::BTreeMap;

/// A table of events.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EventTable {
    /// One row an event, whatever became of it.
    Events,
    /// The 40 columns of POLECAT, and what they lack.
    Polecat,
    /// The 20 columns of ICEWS, and what they lack.
    Icews,
}

/// Where the rows look up names and codes.
#[derive(Debug)]
pub struct Lookup<'a> {
    /// Gazetteers and act codes.
    pub knowledge: &'a Knowledge,
    parties: BTreeMap<&'a str, &'a PartyRow>,
}

impl<'a> Lookup<'a> {
    /// Looks parties up among those of the store.
    #[must_use]
    pub fn new(knowledge: &'a Knowledge, parties: &'a [PartyRow]) -> Self {
        Self { knowledge, parties: parties.iter().map(|p| (p.code.as_str(), p)).collect() }
    }

    /// A party of the store.
    #[must_use]
    pub fn party(&self, code: &str) -> Option<&'a PartyRow> {
        self.parties.get(code).copied()
    }

    /// The usual name of a party, or its code.
    pub(super) fn name(&self, code: &str) -> String {
        self.party(code).map_or_else(|| code.to_owned(), |p| p.name.clone())
    }

    pub(super) fn cow(&self, code: &str) -> Option<u16> {
        self.party(code)?.codes.cow
    }

    pub(super) fn iso_numeric(&self, code: &str) -> Option<&'a str> {
        self.party(code)?.codes.iso_numeric.as_deref()
    }
}

impl EventTable {
    /// Its headings.
    #[must_use]
    pub fn columns(self) -> Vec<Column> {
        match self {
            Self::Events => EVENT_COLUMNS.iter().map(|(name, kind)| Column { name, kind: *kind }).collect(),
            Self::Polecat => polecat::COLUMNS.iter().map(|name| Column { name, kind: Kind::Text }).collect(),
            Self::Icews => icews::COLUMNS.iter().map(|name| Column { name, kind: Kind::Text }).collect(),
        }
    }

    /// The rows of an event, of whose claims the surest is quoted.
    #[must_use]
    pub fn rows(self, event: &EventRow, codings: &Codings<'_>, claims: &[ClaimRow], look: &Lookup<'_>) -> Vec<Cells> {
        let claim = surest(claims);
        let coded = codings.get(event).iter();
        match self {
            Self::Events => vec![row(event, claim, look)],
            Self::Polecat => coded.map(|c| polecat::row(event, c, claim, look)).collect(),
            Self::Icews => coded.map(|c| icews::row(event, c, claim, look)).collect(),
        }
    }
}

/// The claim to quote where there is room for one.
fn surest(claims: &[ClaimRow]) -> Option<&ClaimRow> {
    claims.iter().reduce(|best, claim| if claim.confidence > best.confidence { claim } else { best })
}

const EVENT_COLUMNS: [(&str, Kind); 38] = [
    ("event", Kind::Text),
    ("kind", Kind::Text),
    ("type", Kind::Text),
    ("status", Kind::Text),
    ("date", Kind::Text),
    ("date_basis", Kind::Text),
    ("earliest", Kind::Day),
    ("latest", Kind::Day),
    ("parties", Kind::Text),
    ("actor", Kind::Text),
    ("recipient", Kind::Text),
    ("participants", Kind::Text),
    ("signatories", Kind::Text),
    ("topic", Kind::Text),
    ("sectors", Kind::Text),
    ("place", Kind::Text),
    ("background", Kind::Flag),
    ("quad_class", Kind::Text),
    ("confidence", Kind::Real),
    ("articles", Kind::Text),
    ("sentence", Kind::Text),
    ("url", Kind::Text),
    ("article_count", Kind::Count),
    ("headline", Kind::Text),
    ("source", Kind::Text),
    ("published", Kind::Day),
    ("party_names", Kind::Text),
    ("party_iso_numerics", Kind::Text),
    ("party_cows", Kind::Text),
    ("party_gws", Kind::Text),
    ("actor_cow", Kind::Count),
    ("recipient_cow", Kind::Count),
    ("participants_wikidata", Kind::Text),
    ("signatories_wikidata", Kind::Text),
    ("plover_type", Kind::Text),
    ("plover_mode", Kind::Text),
    ("plover_score", Kind::Real),
    ("cameo", Kind::Text),
];

fn row(event: &EventRow, claim: Option<&ClaimRow>, look: &Lookup<'_>) -> Cells {
    let maybe = |t: Option<&String>| t.cloned().map(Value::Text);
    let of_parties = |show: &dyn Fn(&str) -> String| list(event.parties.iter().map(|code| show(code)));
    let number = |n: Option<u16>| n.map(|n| n.to_string()).unwrap_or_default();
    let cow = |code: Option<&String>| code.and_then(|c| look.cow(c)).map(|n| Value::Count(n.into()));
    let (act, mode) = kind(event).unzip();
    let (mode, codes) = (mode.unwrap_or_default(), act.and_then(|act| look.knowledge.acts.of(act)));
    vec![
        text(&*event.iri),
        text(event.kind.as_str()),
        text(&*event.event_type),
        maybe(event.status.as_ref()),
        maybe(event.date.as_ref()),
        maybe(event.date_basis.as_ref()),
        event.earliest.map(Value::Day),
        event.latest.map(Value::Day),
        list(event.parties.iter().cloned()),
        maybe(event.actor.as_ref()),
        maybe(event.recipient.as_ref()),
        list(event.participants.iter().map(|l| l.name.clone())),
        list(event.signatories.iter().map(|l| l.name.clone())),
        maybe(event.topic.as_ref()),
        list(event.sectors.iter().cloned()),
        maybe(event.place.as_ref()),
        Some(Value::Flag(event.background)),
        text(&*event.quad_class),
        Some(Value::Real((event.confidence * 1000.0).round() / 1000.0)),
        list(event.articles.iter().cloned()),
        claim.and_then(|c| text(&*c.quote)),
        claim.and_then(|c| c.url.clone()).map(Value::Text),
        Some(Value::Count(event.articles.len())),
        claim.and_then(|c| text(&*c.title)),
        claim.and_then(|c| c.source.clone()).map(Value::Text),
        claim.and_then(|c| c.published).map(Value::Day),
        of_parties(&|code| look.name(code)),
        of_parties(&|code| look.iso_numeric(code).unwrap_or_default().to_owned()),
        of_parties(&|code| number(look.cow(code))),
        of_parties(&|code| number(look.party(code).and_then(|p| p.codes.gw))),
        cow(event.actor.as_ref()),
        cow(event.recipient.as_ref()),
        items(&event.participants),
        items(&event.signatories),
        act.and_then(|act| text(act.to_string())),
        text(mode),
        codes.map(|c| Value::Real(c.score_of(mode))),
        codes.and_then(|c| c.cameo_of(mode)).map(Value::Text),
    ]
}

/// The Wikidata items of leaders, in their order; an empty place where none is known.
fn items(leaders: &[LeaderRow]) -> Option<Value> {
    list(leaders.iter().map(|l| l.wikidata.clone().unwrap_or_default()))
}

/// A list in one cell, parted by semicolons; those within an item become commas. A list of nothing but gaps is empty.
fn list(items: impl Iterator<Item = String>) -> Option<Value> {
    let items: Vec<String> = items.map(|item| item.replace(';', ",")).collect();
    if items.iter().all(String::is_empty) { None } else { text(items.join(";")) }
}
