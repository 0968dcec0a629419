//! Events → rows in the columns of the POLECAT event data, tab separated, with three more at the end: sentence, article,
//! event IRI.
//!
//! Only what makes ties is coded: nothing planned, called off, under negotiation or merely recalled, nothing that is more
//! likely wrong than right; and nothing that has no date. An event of more than two parties gives one row a pair; an id ends with the pair and is never given twice. No field
//! holds a tab or line break. Columns that this program does not know (coordinates, GeoNames) stay empty.

use super::csv::{flat, surest};
use crate::graph::{ClaimRow, EventKind, EventRow, LeaderRow, TIE_CONFIDENCE};
use crate::knowledge::Knowledge;
use crate::knowledge::vocab::{ActType, QuadClass};
use crate::view::words::Standing;
use std::collections::BTreeMap;
use std::io::{self, Write};

const COLUMNS: [&str; 43] = [
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
];

/// Writes a header and the rows.
///
/// # Errors
/// What `out` reports.
pub fn write_polecat(
    out: &mut dyn Write,
    events: &[EventRow],
    claims: &BTreeMap<String, Vec<ClaimRow>>,
    knowledge: &Knowledge,
) -> io::Result<()> {
    let mut table = ::csv::WriterBuilder::new().delimiter(b'\t').quote_style(::csv::QuoteStyle::Never).from_writer(out);
    table.write_record(COLUMNS)?;
    for event in events.iter().filter(|e| came_about(e)) {
        // One day is wanted: the first that the date can mean.
        let Some(day) = event.earliest else { continue };
        let Some((act, mode)) = coded(event) else { continue };
        let claim = claims.get(&event.iri).and_then(|c| surest(c));
        for (actor, recipient) in pairs(event) {
            let row = row(event, &day.to_string(), (act, mode), (actor, recipient), claim, knowledge);
            table.write_record(COLUMNS.iter().map(|column| flat(row.get(column).map_or("", String::as_str))))?;
        }
    }
    table.flush()
}

fn came_about(event: &EventRow) -> bool {
    Standing::of(event) == Standing::Done && !event.background && event.confidence >= TIE_CONFIDENCE
}

/// PLOVER type and mode.
fn coded(event: &EventRow) -> Option<(ActType, &'static str)> {
    match (event.kind, event.event_type.as_str(), event.status.as_deref()) {
        (EventKind::Act, code, _) => code.parse().ok().map(|act| (act, "")),
        (EventKind::Agreement, _, Some("signed" | "in-force")) => Some((ActType::Support, "sign")),
        (EventKind::Agreement, ..) => Some((ActType::Agree, "")),
        (EventKind::Encounter, "visit", _) => Some((ActType::Consult, "visit")),
        (EventKind::Encounter, "call", _) => Some((ActType::Consult, "phone")),
        (EventKind::Encounter, "gathering", _) => Some((ActType::Consult, "multilateral")),
        (EventKind::Encounter, ..) => Some((ActType::Consult, "")),
    }
}

/// Who and whom: of an act as it is, otherwise each pair in the order of codes.
fn pairs(event: &EventRow) -> Vec<(&str, &str)> {
    if let (Some(actor), Some(recipient)) = (&event.actor, &event.recipient) {
        return vec![(actor, recipient)];
    }
    let parties = &event.parties;
    let others = |at: usize| parties.iter().skip(at + 1);
    parties.iter().enumerate().flat_map(|(at, a)| others(at).map(move |b| (a.as_str(), b.as_str()))).collect()
}

fn row(
    event: &EventRow,
    day: &str,
    (act, mode): (ActType, &str),
    (actor, recipient): (&str, &str),
    claim: Option<&ClaimRow>,
    knowledge: &Knowledge,
) -> BTreeMap<&'static str, String> {
    let short = event.iri.rsplit('/').next().unwrap_or(&event.iri);
    let mut row = BTreeMap::from([
        ("Event ID", format!("{short}-{actor}-{recipient}")),
        ("Event Date", day.to_owned()),
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
    if let Some(code) = knowledge.acts.of(act) {
        row.insert("Intensity", format!("{:.1}", code.score));
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
        for (column, cell) in columns.into_iter().zip(side(event, code, knowledge)) {
            row.insert(column, cell);
        }
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
fn side(event: &EventRow, code: &str, knowledge: &Knowledge) -> [String; 6] {
    let titles = people(event, Some(code), |l| l.title.as_deref().unwrap_or_default());
    if let Some(country) = knowledge.gazetteer.country(code) {
        let cow = country.cow.map(|n| n.to_string()).unwrap_or_default();
        return [country.name.clone(), code.to_owned(), cow, "GOV".to_owned(), "GOV".to_owned(), titles];
    }
    let name = knowledge.gazetteer.organization(code).map_or_else(|| code.to_owned(), |o| o.name.clone());
    [name, String::new(), String::new(), "IGO".to_owned(), "IGO".to_owned(), titles]
}

/// What `show` says of the event's leaders (of one party), each once.
fn people<'e>(event: &'e EventRow, party: Option<&str>, show: impl Fn(&'e LeaderRow) -> &'e str) -> String {
    let mut shown: Vec<&str> = Vec::new();
    for leader in event.participants.iter().chain(&event.signatories) {
        let text = show(leader);
        if (party.is_none() || leader.party.as_deref() == party) && !text.is_empty() && !shown.contains(&text) {
            shown.push(text);
        }
    }
    shown.join(";")
}

fn quad(class: QuadClass) -> &'static str {
    match class {
        QuadClass::VerbalCooperation => "V-COOP",
        QuadClass::MaterialCooperation => "M-COOP",
        QuadClass::VerbalConflict => "V-CONF",
        QuadClass::MaterialConflict => "M-CONF",
    }
}
