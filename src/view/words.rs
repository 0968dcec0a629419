//! Codes of the graph → English words, as labels and dossiers show them.

use crate::graph::{EventKind, EventRow};
use chrono::NaiveDate;

/// Cooperation or conflict.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Tone {
    /// Agreements, encounters, help.
    Cooperation,
    /// Accusations, sanctions, force.
    Conflict,
}

impl Tone {
    /// The tone of a quad class such as `verbal-conflict`.
    #[must_use]
    pub fn of(quad_class: &str) -> Self {
        if quad_class.ends_with("conflict") { Self::Conflict } else { Self::Cooperation }
    }

    /// `cooperation` or `conflict`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Cooperation => "cooperation",
            Self::Conflict => "conflict",
        }
    }
}

/// (kind of tie, one of it, several of it), in the order in which equal counts are listed.
const COUNTED: [(&str, &str, &str); 21] = [
    ("agreement", "agreement", "agreements"),
    ("meeting", "meeting", "meetings"),
    ("visit", "visit", "visits"),
    ("call", "call", "calls"),
    ("gathering", "gathering", "gatherings"),
    ("AGREE", "pledge", "pledges"),
    ("CONSULT", "consultation", "consultations"),
    ("SUPPORT", "act of support", "acts of support"),
    ("CONCEDE", "concession", "concessions"),
    ("COOPERATE", "joint action", "joint actions"),
    ("AID", "act of aid", "acts of aid"),
    ("RETREAT", "withdrawal", "withdrawals"),
    ("REQUEST", "demand", "demands"),
    ("ACCUSE", "accusation", "accusations"),
    ("REJECT", "refusal", "refusals"),
    ("THREATEN", "threat", "threats"),
    ("PROTEST", "protest", "protests"),
    ("SANCTION", "sanction", "sanctions"),
    ("MOBILIZE", "show of force", "shows of force"),
    ("COERCE", "coercion", "coercions"),
    ("ASSAULT", "attack", "attacks"),
];

/// `3 meetings`; a kind that is not known is shown as it is written.
#[must_use]
pub fn counted(kind: &str, count: usize) -> String {
    match COUNTED.iter().find(|(code, ..)| *code == kind) {
        Some((_, one, _)) if count == 1 => format!("1 {one}"),
        Some((_, _, several)) => format!("{count} {several}"),
        None => format!("{count} {kind}"),
    }
}

/// Place of a kind in lists; unknown kinds come last.
#[must_use]
pub fn order_of(kind: &str) -> usize {
    COUNTED.iter().position(|(code, ..)| *code == kind).unwrap_or(COUNTED.len())
}

/// `1 article`, `1,234 articles`.
#[must_use]
pub fn number_of(count: usize, one: &str) -> String {
    match (count, one.strip_suffix('y')) {
        (1, _) => format!("1 {one}"),
        (_, Some(stem)) => format!("{} {stem}ies", grouped(count)),
        (_, None) => format!("{} {one}s", grouped(count)),
    }
}

/// Digits in groups of three.
#[must_use]
pub fn grouped(count: usize) -> String {
    let digits = count.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// What an event is, as a title: "Memorandum of understanding", "Meeting", "Accusation".
#[must_use]
pub fn type_title(event_type: &str) -> String {
    match event_type {
        "mou" => "Memorandum of understanding".to_owned(),
        "fta" => "Free trade agreement".to_owned(),
        "plan" => "Joint plan".to_owned(),
        "loan" => "Loan or grant".to_owned(),
        "commitment" => "Joint commitment".to_owned(),
        code => match COUNTED.iter().find(|(known, ..)| *known == code) {
            Some((_, one, _)) => capitalized(one),
            None => capitalized(code),
        },
    }
}

/// What an act did, between actor and recipient: "South Korea *supported* Singapore".
#[must_use]
pub fn act_verb(event_type: &str) -> &'static str {
    match event_type {
        "AGREE" => "made a pledge to",
        "CONSULT" => "consulted",
        "SUPPORT" => "supported",
        "CONCEDE" => "made a concession to",
        "COOPERATE" => "acted together with",
        "AID" => "gave aid to",
        "RETREAT" => "yielded ground to",
        "REQUEST" => "made a demand of",
        "ACCUSE" => "accused",
        "REJECT" => "turned down",
        "THREATEN" => "threatened",
        "PROTEST" => "protested against",
        "SANCTION" => "sanctioned",
        "MOBILIZE" => "made a show of force against",
        "COERCE" => "used coercion against",
        "ASSAULT" => "attacked",
        _ => "acted towards",
    }
}

/// The text with its first letter in upper case.
#[must_use]
pub fn capitalized(text: &str) -> String {
    let mut chars = text.chars();
    match chars.next() {
        Some(first) => first.to_uppercase().chain(chars).collect(),
        None => String::new(),
    }
}

/// How an event stands: did it come about?
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Standing {
    /// It came about, or is under way.
    Done,
    /// It is to come, or is being negotiated.
    Planned,
    /// It was called off, or no longer holds.
    Cancelled,
}

impl Standing {
    /// What the status of an event says.
    #[must_use]
    pub fn of(event: &EventRow) -> Self {
        match event.status.as_deref() {
            Some("planned" | "negotiating") => Self::Planned,
            Some("cancelled" | "broken") => Self::Cancelled,
            _ => Self::Done,
        }
    }
}

/// "2 November 2025", "November 2025", "2025"; "undated" where nothing is known.
#[must_use]
pub fn date(date: Option<&str>) -> String {
    let Some(text) = date else { return "undated".to_owned() };
    let day = NaiveDate::parse_from_str(text, "%Y-%m-%d").map(|d| d.format("%-d %B %Y").to_string());
    let month = || NaiveDate::parse_from_str(&format!("{text}-01"), "%Y-%m-%d").map(|d| d.format("%B %Y").to_string());
    day.or_else(|_| month()).unwrap_or_else(|_| text.to_owned())
}

/// "2 November 2025".
#[must_use]
pub fn day(day: NaiveDate) -> String {
    day.format("%-d %B %Y").to_string()
}

/// The text in one line, without control characters and without the marks that turn the direction of what follows: what an
/// article says can neither speak to a terminal nor rearrange the words around it.
#[must_use]
pub fn visible(text: &str) -> String {
    let turns =
        |c: char| matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let kept = |c: &char| c.is_whitespace() || !(c.is_control() || turns(*c));
    let text: String = text.chars().filter(kept).collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// "A", "A and B", "A, B and C".
#[must_use]
pub fn listed(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

/// The kind of tie that an event counts for: `agreement`, or its own type.
#[must_use]
pub fn tie_kind(event: &EventRow) -> &str {
    if event.kind == EventKind::Agreement { "agreement" } else { &event.event_type }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_agree_with_their_nouns() {
        assert_eq!(counted("meeting", 1), "1 meeting");
        assert_eq!(counted("SUPPORT", 2), "2 acts of support");
        assert_eq!(counted("parley", 3), "3 parley");
        assert_eq!(number_of(1234, "article"), "1,234 articles");
        assert_eq!(number_of(1, "country"), "1 country");
        assert_eq!(number_of(30, "country"), "30 countries");
    }

    #[test]
    fn what_cannot_be_seen_is_left_out() {
        assert_eq!(visible("a\n b\u{1b}[31m\u{202e}c\u{2069}\td"), "a b[31mc d");
    }

    #[test]
    fn dates_are_as_precise_as_the_graph() {
        assert_eq!(date(Some("2025-11-02")), "2 November 2025");
        assert_eq!(date(Some("2025-11")), "November 2025");
        assert_eq!(date(Some("2025")), "2025");
        assert_eq!(date(None), "undated");
    }

    #[test]
    fn every_type_of_the_contract_has_words() {
        use crate::knowledge::vocab::{ActType, AgreementType, EncounterType, QuadClass};
        for act in ActType::ALL {
            assert!(order_of(act.as_str()) < COUNTED.len(), "{act}");
            assert_ne!(act_verb(act.as_str()), act_verb("?"), "{act}");
        }
        for encounter in EncounterType::ALL {
            assert!(order_of(encounter.as_str()) < COUNTED.len(), "{encounter}");
        }
        for agreement in AgreementType::ALL {
            assert!(type_title(agreement.as_str()).starts_with(char::is_uppercase), "{agreement}");
        }
        for quad in QuadClass::ALL {
            assert_eq!(Tone::of(quad.as_str()) == Tone::Conflict, quad.is_conflict(), "{quad}");
        }
    }
}
