//! One line of the notation → an [`Expectation`]; whatever does not fit is refused.

use crate::knowledge::vocab::{
    ActType, AgreementStatus, AgreementType, EncounterStatus, EncounterType, Office, SECTORS,
};
use std::str::FromStr;

/// Why a line is refused, for a person.
pub type Fault = String;

/// What must hold of an article's facts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expectation {
    /// The line as written.
    pub text: String,
    /// Whether nothing may agree.
    pub not: bool,
    /// What it is about.
    pub what: What,
}

/// A pattern for facts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    /// No agreement, encounter or act at all.
    Nothing,
    /// No agreement, encounter or act but those that the other lines expect.
    Only,
    /// An agreement or commitment.
    Agreement(Keys),
    /// A meeting, visit, call or gathering.
    Encounter(Keys),
    /// Actor, type, recipient; any act where absent.
    Act(Option<(String, ActType, String)>),
    /// A name, and where given country and office.
    Leader(String, Option<String>, Option<Office>),
}

/// The keys given; what is absent agrees with everything.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Keys {
    /// Type.
    pub kind: Option<String>,
    /// Status.
    pub status: Option<String>,
    /// `parties` or `countries`, sorted.
    pub parties: Option<Vec<String>>,
    /// Sectors, all of which must be there.
    pub sectors: Vec<String>,
    /// Names, all of which must be there.
    pub participants: Vec<String>,
    /// Place.
    pub place: Option<String>,
    /// Date, perhaps less precise than the fact's.
    pub date: Option<String>,
    /// Whether it is only recalled.
    pub background: Option<bool>,
}

impl FromStr for Expectation {
    type Err = Fault;

    fn from_str(line: &str) -> Result<Self, Fault> {
        let text = line.trim().to_owned();
        let (not, rest) = text.strip_prefix("not ").map_or((false, text.as_str()), |rest| (true, rest));
        let (head, keys) = rest.split_once(':').map_or((rest, None), |(head, keys)| (head, Some(keys.trim())));
        if keys.is_some_and(str::is_empty) {
            return Err("nothing after the colon".into());
        }
        if keys.is_none() && !not && !matches!(head, "none" | "only") {
            return Err(format!("`{head}` needs a colon and what is expected"));
        }
        let what = match head {
            "none" if !not && keys.is_none() => What::Nothing,
            "only" if !not && keys.is_none() => What::Only,
            "agreement" => What::Agreement(Keys::read::<AgreementType, AgreementStatus>(keys, &AGREEMENT_KEYS)?),
            "encounter" => What::Encounter(Keys::read::<EncounterType, EncounterStatus>(keys, &ENCOUNTER_KEYS)?),
            "act" => What::Act(keys.map(act).transpose()?),
            "leader" => leader(keys.ok_or("`leader` needs a name")?, not)?,
            other => return Err(format!("`{other}` is none of agreement, encounter, act, leader, none, only")),
        };
        if not && matches!(&what, What::Agreement(k) | What::Encounter(k) if k.background.is_some()) {
            return Err("`not` speaks of the news only; `background` has no place in it".into());
        }
        Ok(Self { text, not, what })
    }
}

impl Expectation {
    /// The codes of states and organizations that it names.
    pub fn codes(&self) -> Vec<&str> {
        match &self.what {
            What::Agreement(keys) | What::Encounter(keys) => {
                keys.parties.iter().flatten().map(String::as_str).collect()
            }
            What::Act(act) => act.iter().flat_map(|(a, _, r)| [a.as_str(), r.as_str()]).collect(),
            What::Leader(_, country, _) => country.iter().map(String::as_str).collect(),
            What::Nothing | What::Only => Vec::new(),
        }
    }
}

const AGREEMENT_KEYS: [&str; 6] = ["type", "parties", "status", "sectors", "date", "background"];
const ENCOUNTER_KEYS: [&str; 7] = ["type", "countries", "participants", "status", "place", "date", "background"];

impl Keys {
    fn read<T: FromStr, S: FromStr>(text: Option<&str>, allowed: &[&str]) -> Result<Self, Fault>
    where
        T::Err: ToString,
        S::Err: ToString,
    {
        let mut keys = Self::default();
        let mut seen = Vec::new();
        for (key, value) in pairs(text.unwrap_or_default())? {
            if !allowed.contains(&key) {
                return Err(format!("unknown key `{key}`; known here: {}", allowed.join(", ")));
            }
            if seen.contains(&key) {
                return Err(format!("`{key}` is given twice"));
            }
            seen.push(key);
            match key {
                "type" => keys.kind = Some(term::<T>(value)?),
                "status" => keys.status = Some(term::<S>(value)?),
                "parties" | "countries" => keys.parties = Some(codes(value)?),
                "sectors" => keys.sectors = sectors(value)?,
                "participants" => keys.participants = value.split(',').map(|n| n.trim().to_owned()).collect(),
                "place" => keys.place = Some(value.to_owned()),
                "date" => keys.date = Some(date(value)?),
                _ => keys.background = Some(value.parse().map_err(|_| format!("`{value}` is not true or false"))?),
            }
        }
        Ok(keys)
    }
}

/// `key=value` pairs; a value with spaces stands in quotation marks.
fn pairs(text: &str) -> Result<Vec<(&str, &str)>, Fault> {
    let mut pairs = Vec::new();
    let mut rest = text.trim();
    while !rest.is_empty() {
        let (key, after) = rest.split_once('=').ok_or_else(|| format!("`{rest}` is not key=value"))?;
        let (value, left) = match after.strip_prefix('"') {
            Some(quoted) => {
                quoted.split_once('"').ok_or_else(|| format!("the quotation mark after `{key}=` is not closed"))?
            }
            None => after.split_once(' ').unwrap_or((after, "")),
        };
        if key.contains(' ') || value.is_empty() {
            return Err(format!("`{rest}` is not key=value"));
        }
        pairs.push((key, value));
        rest = left.trim_start();
    }
    Ok(pairs)
}

fn term<T: FromStr>(value: &str) -> Result<String, Fault>
where
    T::Err: ToString,
{
    value.parse::<T>().map(|_| value.to_owned()).map_err(|e| e.to_string())
}

/// Codes, which must stand in alphabetical order.
fn codes(value: &str) -> Result<Vec<String>, Fault> {
    let codes: Vec<String> = value.split(',').map(code).collect::<Result<_, _>>()?;
    if codes.is_sorted_by(|a, b| a < b) { Ok(codes) } else { Err(format!("`{value}` is not in alphabetical order")) }
}

fn code(text: &str) -> Result<String, Fault> {
    let fits = text.len() >= 2 && text.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit());
    if fits { Ok(text.to_owned()) } else { Err(format!("`{text}` is no code of a state or organization")) }
}

fn sectors(value: &str) -> Result<Vec<String>, Fault> {
    let known = |s: &str| {
        if SECTORS.contains(&s) { Ok(s.to_owned()) } else { Err(format!("`{s}` is no sector")) }
    };
    value.split(',').map(known).collect()
}

/// `YYYY`, `YYYY-MM` or `YYYY-MM-DD`.
fn date(value: &str) -> Result<String, Fault> {
    let known = crate::knowledge::PartialDate::parse(value).is_some();
    if known { Ok(value.to_owned()) } else { Err(format!("`{value}` is no date")) }
}

/// `NOR AGREE KEN`.
fn act(text: &str) -> Result<(String, ActType, String), Fault> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let [actor, kind, recipient] = words.as_slice() else {
        return Err(format!("`{text}` is not ACTOR TYPE RECIPIENT"));
    };
    Ok((code(actor)?, kind.parse().map_err(|e: crate::knowledge::vocab::UnknownTerm| e.to_string())?, code(recipient)?))
}

/// `"Name"`, and unless negated the country, and perhaps the office.
fn leader(text: &str, not: bool) -> Result<What, Fault> {
    let (name, rest) = text
        .strip_prefix('"')
        .and_then(|t| t.split_once('"'))
        .filter(|(name, _)| !name.trim().is_empty())
        .ok_or("the name must stand in quotation marks")?;
    match (rest.split_whitespace().collect::<Vec<_>>().as_slice(), not) {
        ([], true) => Ok(What::Leader(name.to_owned(), None, None)),
        ([country], false) => Ok(What::Leader(name.to_owned(), Some(code(country)?), None)),
        ([country, office], false) => {
            let office = office.parse().map_err(|e: crate::knowledge::vocab::UnknownTerm| e.to_string())?;
            Ok(What::Leader(name.to_owned(), Some(code(country)?), Some(office)))
        }
        (_, true) => Err("`not leader` takes a name alone".into()),
        (_, false) => Err("expected \"Name\" COUNTRY [office]".into()),
    }
}
