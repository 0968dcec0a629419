//! Events → rows in the columns of the ICEWS event data, with more at the end: codes of both sides, quad class, sentence,
//! event IRI.
//!
//! The intensity is PLOVER's score, which like that of ICEWS runs from −10 (conflict) to 10 (cooperation). The CAMEO code is
//! that of the mode, else the "not specified" code of the type. ICEWS numbers the sentences of a story; here the sentence
//! itself is given.

use super::coding::Coded;
use super::events::Lookup;
use super::polecat::quad;
use super::sheet::flat;
use super::{Cells, text};
use crate::graph::{ClaimRow, EventRow};
use crate::view::words;
use std::collections::BTreeMap;

pub(super) const COLUMNS: [&str; 30] = [
    "Event ID",
    "Event Date",
    "Source Name",
    "Source Sectors",
    "Source Country",
    "Event Text",
    "CAMEO Code",
    "Intensity",
    "Target Name",
    "Target Sectors",
    "Target Country",
    "Story ID",
    "Sentence Number",
    "Publisher",
    "City",
    "District",
    "Province",
    "Country",
    "Latitude",
    "Longitude",
    "Source ISO3",
    "Source ISO Numeric",
    "Source COW",
    "Target ISO3",
    "Target ISO Numeric",
    "Target COW",
    "PLOVER Type",
    "Quad Code",
    "Sentence",
    "Event IRI",
];

pub(super) fn row(event: &EventRow, coded: &Coded<'_>, claim: Option<&ClaimRow>, look: &Lookup<'_>) -> Cells {
    let Coded { day, act, mode, actor, recipient } = *coded;
    let short = event.iri.rsplit('/').next().unwrap_or(&event.iri);
    let mut row = BTreeMap::from([
        ("Event ID", format!("{short}-{actor}-{recipient}")),
        ("Event Date", day.to_string()),
        ("PLOVER Type", act.to_string()),
        ("City", event.place.clone().unwrap_or_default()),
        ("Event Text", words::type_title(&event.event_type)),
        ("Event IRI", event.iri.clone()),
    ]);
    if let Some(code) = look.knowledge.acts.of(act) {
        row.insert("CAMEO Code", code.cameo_of(mode).unwrap_or_default());
        row.insert("Intensity", format!("{:.1}", code.score_of(mode)));
        row.insert("Quad Code", quad(code.quad).to_owned());
    }
    let source = ["Source Name", "Source Sectors", "Source Country", "Source ISO3", "Source ISO Numeric", "Source COW"];
    let target = ["Target Name", "Target Sectors", "Target Country", "Target ISO3", "Target ISO Numeric", "Target COW"];
    for (code, columns) in [(actor, source), (recipient, target)] {
        row.extend(columns.into_iter().zip(side(code, look)));
    }
    if let Some(claim) = claim {
        row.insert("Story ID", claim.article.clone());
        row.insert("Publisher", claim.source.clone().unwrap_or_default());
        row.insert("Sentence", claim.quote.clone());
    }
    COLUMNS.iter().map(|column| row.get(column).and_then(|cell| text(flat(cell)))).collect()
}

/// Name, sector, name of the country, its codes: ISO alpha-3, ISO numeric, COW.
fn side(code: &str, look: &Lookup<'_>) -> [String; 6] {
    let name = look.name(code);
    match look.party(code) {
        Some(party) if party.country => {
            let numeric = party.codes.iso_numeric.clone().unwrap_or_default();
            let cow = party.codes.cow.map(|n| n.to_string()).unwrap_or_default();
            [name.clone(), "Government".to_owned(), name, code.to_owned(), numeric, cow]
        }
        _ => {
            let sector = "International Government Organization".to_owned();
            [name, sector, String::new(), String::new(), String::new(), String::new()]
        }
    }
}
