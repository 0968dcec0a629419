//! Events → rows in the columns of the POLECAT event data, with more at the end: sentence, article and event IRI; ISO
//! numeric codes of both sides and Wikidata items of their leaders.
//!
//! An id ends with the pair and is never given twice. Columns that this program does not know (coordinates, GeoNames) stay
//! empty.

use super::coding::Coded;
use super::events::Lookup;
use super::sheet::flat;
use super::{Cells, text};
use crate::graph::{ClaimRow, EventRow, LeaderRow};
use crate::knowledge::vocab::QuadClass;
use std::collections::BTreeMap;

pub(super) const COLUMNS: [&str; 47] = [
    "Event ID",
    "Event Date",
    "Event Type",
    "Event Mode",
    "Intensity",
    "Quad Code",
    "Contexts",
    "Actor Name",
    "Actor Country",
    "Actor COW",
    "Primary Actor Sector",
    "Actor Sectors",
    "Actor Title",
    "Actor Name Raw",
    "Wikipedia Actor ID",
    "Recipient Name",
    "Recipient Country",
    "Recipient COW",
    "Primary Recipient Sector",
    "Recipient Sectors",
    "Recipient Title",
    "Recipient Name Raw",
    "Wikipedia Recipient ID",
    "Placename",
    "City",
    "District",
    "Province",
    "Country",
    "Latitude",
    "Longitude",
    "GeoNames ID",
    "Raw Placename",
    "Feature Type",
    "Source",
    "Publication Date",
    "Story People",
    "Story Organizations",
    "Story Locations",
    "Language",
    "Version",
    "Sentence",
    "Article",
    "Event IRI",
    "Actor ISO Numeric",
    "Recipient ISO Numeric",
    "Actor Wikidata",
    "Recipient Wikidata",
];

pub(super) fn row(event: &EventRow, coded: &Coded<'_>, claim: Option<&ClaimRow>, look: &Lookup<'_>) -> Cells {
    let row = cells(event, coded, claim, look);
    COLUMNS.iter().map(|column| row.get(column).and_then(|cell| text(flat(cell)))).collect()
}

fn cells(
    event: &EventRow,
    coded: &Coded<'_>,
    claim: Option<&ClaimRow>,
    look: &Lookup<'_>,
) -> BTreeMap<&'static str, String> {
    let Coded { day, act, mode, actor, recipient } = *coded;
    let short = event.iri.rsplit('/').next().unwrap_or(&event.iri);
    let mut row = BTreeMap::from([
        ("Event ID", format!("{short}-{actor}-{recipient}")),
        ("Event Date", day.to_string()),
        ("Event Type", act.to_string()),
        ("Event Mode", mode.to_owned()),
        ("Contexts", event.sectors.join(";")),
        ("Placename", event.place.clone().unwrap_or_default()),
        ("Raw Placename", event.place.clone().unwrap_or_default()),
        ("Story People", people(event, None, |l| &l.name)),
        ("Language", "en".to_owned()),
        ("Version", concat!("entente ", env!("CARGO_PKG_VERSION")).to_owned()),
        ("Event IRI", event.iri.clone()),
    ]);
    if let Some(code) = look.knowledge.acts.of(act) {
        row.insert("Intensity", format!("{:.1}", code.score_of(mode)));
        row.insert("Quad Code", quad(code.quad).to_owned());
    }
    let actor_columns =
        ["Actor Name", "Actor Country", "Actor COW", "Primary Actor Sector", "Actor Sectors", "Actor Title"];
    let recipient_columns = [
        "Recipient Name",
        "Recipient Country",
        "Recipient COW",
        "Primary Recipient Sector",
        "Recipient Sectors",
        "Recipient Title",
    ];
    for (code, columns) in [(actor, actor_columns), (recipient, recipient_columns)] {
        for (column, cell) in columns.into_iter().zip(side(event, code, look)) {
            row.insert(column, cell);
        }
    }
    for (code, numeric, items) in
        [(actor, "Actor ISO Numeric", "Actor Wikidata"), (recipient, "Recipient ISO Numeric", "Recipient Wikidata")]
    {
        row.insert(numeric, look.iso_numeric(code).unwrap_or_default().to_owned());
        row.insert(items, people(event, Some(code), |l| l.wikidata.as_deref().unwrap_or_default()));
    }
    row.insert("Actor Name Raw", people(event, Some(actor), |l| &l.name));
    row.insert("Recipient Name Raw", people(event, Some(recipient), |l| &l.name));
    if let Some(claim) = claim {
        row.insert("Source", claim.source.clone().unwrap_or_default());
        row.insert("Publication Date", claim.published.map(|d| d.to_string()).unwrap_or_default());
        row.insert("Sentence", claim.quote.clone());
        row.insert("Article", claim.article.clone());
    }
    row
}

/// Name, country, COW number, sector (twice), titles of its leaders.
fn side(event: &EventRow, code: &str, look: &Lookup<'_>) -> [String; 6] {
    let titles = people(event, Some(code), |l| l.title.as_deref().unwrap_or_default());
    let party = look.party(code);
    let (country, sector) = match party {
        Some(party) if party.country => (code.to_owned(), "GOV"),
        _ => (String::new(), "IGO"),
    };
    let cow = party.and_then(|p| p.codes.cow).map(|n| n.to_string()).unwrap_or_default();
    [look.name(code), country, cow, sector.to_owned(), sector.to_owned(), titles]
}

/// What `show` says of the event's leaders (of one party), each once.
pub(super) fn people<'e>(event: &'e EventRow, party: Option<&str>, show: impl Fn(&'e LeaderRow) -> &'e str) -> String {
    let mut shown: Vec<&str> = Vec::new();
    for leader in event.participants.iter().chain(&event.signatories) {
        let text = show(leader);
        if (party.is_none() || leader.party.as_deref() == party) && !text.is_empty() && !shown.contains(&text) {
            shown.push(text);
        }
    }
    shown.join(";")
}

pub(super) fn quad(class: QuadClass) -> &'static str {
    match class {
        QuadClass::VerbalCooperation => "V-COOP",
        QuadClass::MaterialCooperation => "M-COOP",
        QuadClass::VerbalConflict => "V-CONF",
        QuadClass::MaterialConflict => "M-CONF",
    }
}
