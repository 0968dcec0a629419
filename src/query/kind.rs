//! Types of parameters: what a person writes → the RDF term that it means.

use super::error::ValueError;
use super::place::{self, Among};
use crate::knowledge::Gazetteer;
use crate::knowledge::vocab::{
    ActType, AgreementStatus, AgreementType, EncounterStatus, EncounterType, Office, QuadClass, SECTORS, nearest,
};
use chrono::NaiveDate;
use oxrdf::vocab::xsd;
use oxrdf::{Literal, Term};
use serde::Serialize;

/// Namespace of events.
const EVENT: &str = "https://w3id.org/entente/id/event/";

/// The type of a parameter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// A state or territory: ISO 3166 code, English name or demonym. Becomes its `ent:code`.
    Country,
    /// An intergovernmental organization: acronym or name. Becomes its `ent:code`.
    Organization,
    /// A country or an organization.
    Party,
    /// Slug of a sector.
    Sector,
    /// Type of an act.
    Act,
    /// Type of an agreement.
    Agreement,
    /// Type of an encounter.
    Encounter,
    /// How far an agreement or encounter has come.
    Status,
    /// Class of an event: verbal or material, cooperation or conflict.
    Nature,
    /// Office of a leader.
    Office,
    /// A day, `YYYY-MM-DD`.
    Date,
    /// A year, `YYYY`.
    Year,
    /// A whole number.
    Integer,
    /// A decimal number.
    Decimal,
    /// Any text.
    Text,
    /// Id of an article.
    Article,
    /// An event: its IRI, or the beginning of its hash. Becomes the beginning of its IRI, as text.
    Event,
}

impl Kind {
    /// Every type.
    pub const ALL: &'static [Self] = &[
        Self::Country,
        Self::Organization,
        Self::Party,
        Self::Sector,
        Self::Act,
        Self::Agreement,
        Self::Encounter,
        Self::Status,
        Self::Nature,
        Self::Office,
        Self::Date,
        Self::Year,
        Self::Integer,
        Self::Decimal,
        Self::Text,
        Self::Article,
        Self::Event,
    ];

    /// Its name in headers.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Country => "country",
            Self::Organization => "organization",
            Self::Party => "party",
            Self::Sector => "sector",
            Self::Act => "act",
            Self::Agreement => "agreement",
            Self::Encounter => "encounter",
            Self::Status => "status",
            Self::Nature => "nature",
            Self::Office => "office",
            Self::Date => "date",
            Self::Year => "year",
            Self::Integer => "integer",
            Self::Decimal => "decimal",
            Self::Text => "text",
            Self::Article => "article",
            Self::Event => "event",
        }
    }

    /// The type of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|k| k.as_str() == name)
    }

    /// The term that `value` means.
    ///
    /// # Errors
    /// What is in no list (with what comes closest), stands for several, or has not the form of the type.
    pub fn term(self, value: &str, gazetteer: &Gazetteer) -> Result<Term, ValueError> {
        let form = |expected| ValueError::Form { value: value.to_owned(), kind: self.as_str(), expected };
        let literal = match self {
            Self::Country => text(place::code(value, Among::Countries, gazetteer)?),
            Self::Organization => text(place::code(value, Among::Organizations, gazetteer)?),
            Self::Party => text(place::code(value, Among::Both, gazetteer)?),
            Self::Act => text(self.listed(&value.to_uppercase())?),
            Self::Sector | Self::Agreement | Self::Encounter | Self::Status | Self::Nature | Self::Office => {
                text(self.listed(value)?)
            }
            Self::Text | Self::Article => text(value),
            Self::Date => {
                let shaped = value.len() == 10 && value.parse::<NaiveDate>().is_ok();
                Literal::new_typed_literal(
                    shaped.then_some(value).ok_or_else(|| form("a day of the calendar as YYYY-MM-DD"))?,
                    xsd::DATE,
                )
            }
            Self::Year => {
                let shaped = value.len() == 4 && value.bytes().all(|b| b.is_ascii_digit());
                shaped.then(|| value.parse::<i64>().ok()).flatten().map(Literal::from).ok_or_else(|| form("YYYY"))?
            }
            Self::Integer => value.parse::<i64>().map(Literal::from).map_err(|_| form("a whole number"))?,
            Self::Decimal => {
                let digits = value.strip_prefix('-').unwrap_or(value);
                let (whole, rest) = digits.split_once('.').unwrap_or((digits, "0"));
                let number = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
                let shaped = number(whole) && number(rest);
                Literal::new_typed_literal(
                    shaped.then_some(value).ok_or_else(|| form("a number such as 0.5"))?,
                    xsd::DECIMAL,
                )
            }
            Self::Event => text(event(value).ok_or_else(|| form("event/HASH or an event's IRI"))?),
        };
        Ok(literal.into())
    }

    /// The values there are, in the order of the vocabulary; none where values are not listed, or are places.
    #[must_use]
    pub fn values(self) -> Vec<&'static str> {
        match self {
            Self::Sector => SECTORS.to_vec(),
            Self::Act => ActType::ALL.iter().map(|v| v.as_str()).collect(),
            Self::Agreement => AgreementType::ALL.iter().map(|v| v.as_str()).collect(),
            Self::Encounter => EncounterType::ALL.iter().map(|v| v.as_str()).collect(),
            Self::Status => {
                let agreements = AgreementStatus::ALL.iter().map(|v| v.as_str());
                let encounters = EncounterStatus::ALL.iter().map(|v| v.as_str());
                agreements.chain(encounters.filter(|e| AgreementStatus::ALL.iter().all(|a| a.as_str() != *e))).collect()
            }
            Self::Nature => QuadClass::ALL.iter().map(|v| v.as_str()).collect(),
            Self::Office => Office::ALL.iter().map(|v| v.as_str()).collect(),
            _ => Vec::new(),
        }
    }

    fn listed(self, value: &str) -> Result<&'static str, ValueError> {
        let known = self.values();
        known.iter().copied().find(|k| *k == value).ok_or_else(|| ValueError::Unknown {
            value: value.to_owned(),
            kind: self.as_str(),
            nearest: nearest(value, known).map(str::to_owned).into_iter().collect(),
        })
    }
}

fn text(value: impl Into<String>) -> Literal {
    Literal::new_simple_literal(value)
}

/// The IRI, or its beginning, of an event given as IRI, `event/HASH` or `HASH`.
fn event(value: &str) -> Option<String> {
    let value = value.trim_start_matches('<').trim_end_matches(['>', '…']);
    let hash = value.strip_prefix(EVENT).or_else(|| value.strip_prefix("event/")).unwrap_or(value);
    let hash = hash.to_lowercase();
    (!hash.is_empty() && hash.bytes().all(|b| b.is_ascii_hexdigit())).then(|| format!("{EVENT}{hash}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::LazyLock;

    static GAZETTEER: LazyLock<Gazetteer> = LazyLock::new(|| Gazetteer::builtin().unwrap());

    #[track_caller]
    fn check(kind: Kind, value: &str, expected: &str) {
        assert_eq!(kind.term(value, &GAZETTEER).unwrap().to_string(), expected);
    }

    #[track_caller]
    fn check_refused(kind: Kind, value: &str, expected: &str) {
        assert_eq!(kind.term(value, &GAZETTEER).unwrap_err().to_string(), expected);
    }

    #[test]
    fn values_become_terms_of_their_type() {
        check(Kind::Country, "South Korea", "\"KOR\"");
        check(Kind::Organization, "apec", "\"APEC\"");
        check(Kind::Party, "Singaporean", "\"SGP\"");
        check(Kind::Sector, "trade", "\"trade\"");
        check(Kind::Act, "support", "\"SUPPORT\"");
        check(Kind::Office, "head-of-state", "\"head-of-state\"");
        check(Kind::Date, "2024-02-29", "\"2024-02-29\"^^<http://www.w3.org/2001/XMLSchema#date>");
        check(Kind::Year, "2024", "\"2024\"^^<http://www.w3.org/2001/XMLSchema#integer>");
        check(Kind::Integer, "-3", "\"-3\"^^<http://www.w3.org/2001/XMLSchema#integer>");
        check(Kind::Decimal, "0.5", "\"0.5\"^^<http://www.w3.org/2001/XMLSchema#decimal>");
        check(Kind::Status, "cancelled", "\"cancelled\"");
        check(Kind::Agreement, "mou", "\"mou\"");
        check(Kind::Encounter, "visit", "\"visit\"");
        check(Kind::Nature, "verbal-conflict", "\"verbal-conflict\"");
        check(Kind::Text, "a \"} DROP ALL", "\"a \\\"} DROP ALL\"");
        check(Kind::Article, "feed#3", "\"feed#3\"");
        check(Kind::Event, "event/1A2b…", "\"https://w3id.org/entente/id/event/1a2b\"");
        check(Kind::Event, "<https://w3id.org/entente/id/event/1a>", "\"https://w3id.org/entente/id/event/1a\"");
    }

    #[test]
    fn what_does_not_fit_is_refused() {
        check_refused(Kind::Sector, "trad", "`trad` is no sector known here; did you mean `trade`?");
        check_refused(Kind::Act, "suport", "`SUPORT` is no act known here; did you mean `SUPPORT`?");
        check_refused(
            Kind::Date,
            "2025-02-29",
            "`2025-02-29` is no date: expected a day of the calendar as YYYY-MM-DD",
        );
        check_refused(Kind::Date, "2025-2-9", "`2025-2-9` is no date: expected a day of the calendar as YYYY-MM-DD");
        check_refused(Kind::Year, "25", "`25` is no year: expected YYYY");
        check_refused(Kind::Integer, "1}", "`1}` is no integer: expected a whole number");
        check_refused(Kind::Decimal, "1.", "`1.` is no decimal: expected a number such as 0.5");
        check_refused(Kind::Status, "singed", "`singed` is no status known here; did you mean `signed`?");
        check_refused(Kind::Event, "event/", "`event/` is no event: expected event/HASH or an event's IRI");
    }
}
