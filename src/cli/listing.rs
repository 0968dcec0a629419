//! The facts of one article → lines for people: a listing with the sentences beside the facts, or one line a fact.

use super::report::flat;
use crate::facts::{ActFact, AgreementFact, EncounterFact, Evidence, Facts};
use anstyle::{AnsiColor, Style};
use std::io::{self, Write};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

const TITLE: Style = Style::new().bold();
const KIND: Style = AnsiColor::Cyan.on_default();
const QUOTE: Style = Style::new().dimmed();

/// One fact, ready to print.
struct Row {
    kind: &'static str,
    /// Type and status, such as `partnership, agreed`.
    what: String,
    /// Parties, `KOR–SGP`, or `SGP → KOR`.
    who: String,
    /// Topic, place, sectors, participants.
    about: String,
    date: String,
    confidence: f64,
    background: bool,
    evidence: Vec<Evidence>,
}

/// The article's facts, each with the sentences that say so.
pub(super) fn write_text(out: &mut dyn Write, facts: &Facts) -> io::Result<()> {
    let article = &facts.article;
    let title = if article.title.is_empty() { "(no headline)" } else { &article.title };
    writeln!(out, "{TITLE}{title}{TITLE:#}")?;
    let origin = [Some(&article.id), article.published.as_ref(), article.source.as_ref(), article.url.as_ref()];
    writeln!(out, "  {}", origin.into_iter().flatten().cloned().collect::<Vec<_>>().join(" · "))?;
    for (kind, names) in named(facts) {
        if !names.is_empty() {
            writeln!(out, "  {KIND}{kind:<13}{KIND:#} {}", names.join(", "))?;
        }
    }
    for row in rows(facts) {
        let what = [row.who, row.what, row.about, row.date].into_iter().filter(|p| !p.is_empty()).collect::<Vec<_>>();
        let background = if row.background { " (background)" } else { "" };
        writeln!(out, "  {KIND}{:<13}{KIND:#} {} · {:.2}{background}", row.kind, what.join(" · "), row.confidence)?;
        for evidence in row.evidence {
            writeln!(out, "  {:<13} {QUOTE}“{}” [{}]{QUOTE:#}", "", flat(&evidence.quote), evidence.rule)?;
        }
    }
    for diagnostic in &facts.diagnostics {
        writeln!(out, "  {:<13} {}: {}", "note", diagnostic.id, diagnostic.message)?;
    }
    writeln!(out)
}

/// One line a fact: date, kind, parties, type, confidence, subject, quote, article.
pub(super) fn write_table(out: &mut dyn Write, facts: &Facts) -> io::Result<()> {
    for row in rows(facts) {
        let quote = row.evidence.first().map(|e| flat(&e.quote)).unwrap_or_default();
        let cells = [
            fit(&row.date, 10),
            fit(row.kind, 9),
            fit(&row.who, 15),
            fit(&row.what, 24),
            format!("{:.2}", row.confidence),
            fit(&row.about, 32),
            fit(&quote, 60),
            facts.article.id.clone(),
        ];
        writeln!(out, "{}", cells.join("  ").trim_end())?;
    }
    Ok(())
}

fn named(facts: &Facts) -> [(&'static str, Vec<String>); 3] {
    [
        ("countries", facts.countries.iter().map(|c| format!("{} ({})", c.name, c.id)).collect()),
        ("organizations", facts.organizations.iter().map(|o| format!("{} ({})", o.name, o.id)).collect()),
        ("leaders", facts.leaders.iter().map(|l| format!("{} ({}, {})", l.name, l.country, l.office)).collect()),
    ]
}

fn rows(facts: &Facts) -> Vec<Row> {
    let name_of = |id: &String| {
        let leader = facts.leaders.iter().find(|l| l.id == *id);
        leader.map_or_else(|| id.clone(), |l| l.name.clone())
    };
    let people = |ids: &[String]| ids.iter().map(name_of).collect::<Vec<_>>().join(", ");
    let agreements = facts.agreements.iter().map(|a| agreement(a, &people(&a.signatories)));
    let encounters = facts.encounters.iter().map(|e| encounter(e, &people(&e.participants)));
    agreements.chain(encounters).chain(facts.acts.iter().map(act)).collect()
}

fn agreement(fact: &AgreementFact, signatories: &str) -> Row {
    Row {
        kind: "agreement",
        what: format!("{}, {}", fact.kind, fact.status),
        who: fact.parties.join("–"),
        about: joined(&[fact.topic.as_deref().unwrap_or_default(), &fact.sectors.join(", "), signatories]),
        date: fact.date.clone().unwrap_or_default(),
        confidence: fact.confidence,
        background: fact.background,
        evidence: fact.evidence.clone(),
    }
}

fn encounter(fact: &EncounterFact, participants: &str) -> Row {
    Row {
        kind: "encounter",
        what: format!("{}, {}", fact.kind, fact.status),
        who: fact.countries.join("–"),
        about: joined(&[participants, fact.place.as_deref().unwrap_or_default()]),
        date: fact.date.clone().unwrap_or_default(),
        confidence: fact.confidence,
        background: fact.background,
        evidence: fact.evidence.clone(),
    }
}

fn act(fact: &ActFact) -> Row {
    let arrow = if fact.kind.is_mutual() { "–" } else { " → " };
    Row {
        kind: "act",
        what: fact.kind.to_string(),
        who: format!("{}{arrow}{}", fact.actor, fact.recipient),
        about: String::new(),
        date: fact.date.clone().unwrap_or_default(),
        confidence: fact.confidence,
        background: fact.background,
        evidence: fact.evidence.clone(),
    }
}

fn joined(parts: &[&str]) -> String {
    parts.iter().filter(|p| !p.is_empty()).copied().collect::<Vec<_>>().join(" · ")
}

/// The text in exactly `width` columns, cut with an ellipsis or filled up with spaces.
fn fit(text: &str, width: usize) -> String {
    let mut used = text.width();
    if used <= width {
        return format!("{text}{}", " ".repeat(width - used));
    }
    let mut out = String::new();
    used = 0;
    for c in text.chars() {
        let columns = c.width().unwrap_or(0);
        if used + columns + 1 > width {
            break;
        }
        used += columns;
        out.push(c);
    }
    out.push('…');
    format!("{out}{}", " ".repeat(width - used - 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    const FACTS: &str = r#"{"article":{"id":"a","title":"Kenya and Oman meet","published":"2024-05-06","source":null,
        "language":"en","sha256":""},
        "countries":[{"id":"KEN","name":"Kenya","mentions":[]}],
        "leaders":[{"id":"asha-odera","name":"Asha Odera","country":"KEN","office":"foreign-minister","mentions":[]}],
        "agreements":[{"id":"a1","type":"mou","parties":["KEN","OMN"],"status":"signed","topic":"fisheries",
          "sectors":["agriculture"],"signatories":["asha-odera"],"date":"2024-05-06","background":false,"confidence":0.9,
          "evidence":[{"start":0,"end":9,"quote":"They\nsigned.","rule":"sign/active"}]}],
        "encounters":[],"acts":[{"actor":"KEN","recipient":"OMN","type":"SUPPORT","background":true,"confidence":0.5,
          "evidence":[]}]}"#;

    #[track_caller]
    fn check(write: impl Fn(&mut dyn Write, &Facts) -> io::Result<()>, expected: &str) {
        let mut out = anstream::StripStream::new(Vec::new());
        write(&mut out, &serde_json::from_str(FACTS).unwrap()).unwrap();
        assert_eq!(String::from_utf8(out.into_inner()).unwrap(), expected);
    }

    #[test]
    fn a_listing_shows_the_sentence_beside_the_fact() {
        check(
            |out, facts| write_text(out, facts),
            "Kenya and Oman meet\n  a · 2024-05-06\n  countries     Kenya (KEN)\n  leaders       Asha Odera (KEN, foreign-minister)\n  \
             agreement     KEN–OMN · mou, signed · fisheries · agriculture · Asha Odera · 2024-05-06 · 0.90\n                \
             “They signed.” [sign/active]\n  act           KEN → OMN · SUPPORT · 0.50 (background)\n\n",
        );
    }

    #[test]
    fn a_table_has_one_line_a_fact() {
        check(
            |out, facts| write_table(out, facts),
            "2024-05-06  agreement  KEN–OMN          mou, signed               0.90  fisheries · agriculture · Asha …  \
             They signed.                                                  a\n            act        KEN → OMN        \
             SUPPORT                   0.50                                                                                                  a\n",
        );
    }

    #[test]
    fn cells_have_their_width() {
        for text in ["", "abc", "a long text that does not fit", "이재명 대통령과 총리", "é"] {
            assert_eq!(fit(text, 9).width(), 9, "{text}");
        }
    }
}
