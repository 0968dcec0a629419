//! The values of the gazetteers.

use super::vocab::Office;
use chrono::{Months, NaiveDate};
use compact_str::CompactString;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Countries, leaders and organizations, as curated in `seeds/gazetteer`.
#[derive(Debug, Clone, Default)]
pub struct Gazetteer {
    /// States and territories, former ones too, sorted by id.
    pub countries: Vec<Country>,
    /// ISO 3166-1 numeric codes, three digits, by country; of former states those of ISO 3166-3.
    pub numerics: BTreeMap<CompactString, CompactString>,
    /// Terms of office, sorted by country, name, start.
    pub leaders: Vec<LeaderTerm>,
    /// Intergovernmental organizations, sorted by id.
    pub organizations: Vec<Organization>,
    /// Cities, regions and venues by state, sorted by name; a name may lie in several states.
    pub places: Vec<Place>,
    /// Phrases that hold the name of a state or city but do not stand for it, sorted by phrase.
    pub traps: Vec<Trap>,
}

/// A city, region or venue: where encounters take place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// Usual English name.
    pub name: String,
    /// ISO3 of the state in which it lies.
    pub country: CompactString,
    /// What it is.
    pub kind: PlaceKind,
    /// Often means something else (Victoria, Phoenix, Nice): needs context before it may count.
    pub ambiguous: bool,
}

/// What a place is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PlaceKind {
    /// City, town, island town.
    City,
    /// Province, federal state, island, region.
    Region,
    /// Palace, base, hall, facility.
    Venue,
}

/// A phrase within which the name of a state or city is no mention of it ("South China Sea", "Michael Jordan").
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trap {
    /// The phrase, with its capitals.
    pub phrase: String,
    /// What it is: region, sea, place, event, text, body, firm, team, person or thing.
    pub kind: CompactString,
}

/// A state or territory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Country {
    /// ISO 3166-1 alpha-3; `XKX` Kosovo; former states by their old codes (`SUN`, `YUG`, `CSK`, `DDR` …).
    pub id: CompactString,
    /// ISO 3166-1 alpha-2, empty for former states.
    pub iso2: CompactString,
    /// Common English name in news ("South Korea", not "Korea, Republic of").
    pub name: String,
    /// Every surface form that stands for the state.
    pub forms: Vec<NameForm>,
    /// Correlates of War number.
    pub cow: Option<u16>,
    /// Gleditsch–Ward number.
    pub gw: Option<u16>,
    /// Wikidata id.
    pub wikidata: Option<String>,
    /// UN region and sub-region.
    pub region: String,
    /// First and last day of a former or young state's life (`None` = open).
    pub since: Option<PartialDate>,
    /// See `since`.
    pub until: Option<PartialDate>,
    /// Codes of the states that succeeded a former one.
    pub successors: Vec<CompactString>,
}

/// One surface form of a country's name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NameForm {
    /// The form as written, with its usual capitals.
    pub text: String,
    /// What it is.
    pub kind: NameKind,
    /// Needs context before it may count (Georgia, Jordan, Chad, Turkey, Guinea, Congo, Washington, "Korean" …).
    pub ambiguous: bool,
}

/// What a surface form is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NameKind {
    /// Name of the state ("Singapore", "Republic of Korea", "ROK", "U.S.").
    Name,
    /// Demonym adjective ("Singaporean").
    Adjective,
    /// Demonym noun ("Singaporeans", "a Finn").
    Noun,
    /// Capital city, which may stand for the government ("Seoul said").
    Capital,
    /// Another city of government or diplomacy that may stand for it ("The Hague", "Islamabad" is a capital, "Brussels" is not).
    City,
    /// Building or institution that stands for the government ("the Kremlin", "the White House", "Downing Street", "Foggy Bottom").
    Seat,
}

/// One term of one person in one office.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeaderTerm {
    /// ISO3 of the state, or an organization's acronym.
    pub country: CompactString,
    /// Usual English name, family name where the language puts it.
    pub name: String,
    /// Other spellings and orders.
    pub aliases: Vec<String>,
    /// The family name, as newspapers use it alone ("Wong", "Lee", "Kishida", "bin Salman").
    pub surname: String,
    /// Office by the closed vocabulary.
    pub office: Office,
    /// The office's title in English ("Prime Minister", "Minister for Foreign Affairs").
    pub title: String,
    /// First day known.
    pub start: Option<PartialDate>,
    /// The sources begin at `start`: the term may be older.
    pub start_open: bool,
    /// Last day known; `None` = in office when the list was made.
    pub end: Option<PartialDate>,
    /// The sources end at `end`: the term may have run on.
    pub end_open: bool,
    /// Wikidata id.
    pub wikidata: Option<String>,
}

/// An intergovernmental organization.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Organization {
    /// Usual acronym (`APEC`, `EU`, `AL`).
    pub id: CompactString,
    /// Full English name.
    pub name: String,
    /// Other names and acronyms ("European Commission" and "Brussels" for the EU; `ambiguous` forms need context).
    pub forms: Vec<NameForm>,
    /// ISO3 codes of the members.
    pub members: Vec<CompactString>,
    /// Wikidata id.
    pub wikidata: Option<String>,
}

/// Whether a term of office covers a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tenure {
    /// The day lies before the term.
    Before,
    /// The day lies after the term.
    After,
    /// The day lies within three years of a bound at which the sources break off.
    Perhaps,
    /// The day lies within the term.
    Holds,
}

impl LeaderTerm {
    /// Whether the office is held on `day`. A day on a bound counts as held.
    #[must_use]
    pub fn tenure(&self, day: NaiveDate) -> Tenure {
        let slack = Months::new(36);
        if let Some(first) = self.start.and_then(PartialDate::earliest)
            && day < first
        {
            let perhaps = self.start_open && first.checked_sub_months(slack).is_some_and(|earliest| day >= earliest);
            return if perhaps { Tenure::Perhaps } else { Tenure::Before };
        }
        if let Some(last) = self.end.and_then(PartialDate::latest)
            && day > last
        {
            let perhaps = self.end_open && last.checked_add_months(slack).is_some_and(|latest| day <= latest);
            return if perhaps { Tenure::Perhaps } else { Tenure::After };
        }
        Tenure::Holds
    }
}

/// A date of which only the year, or only year and month, may be known. Its text, in JSON too, is `YYYY`, `YYYY-MM` or
/// `YYYY-MM-DD`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct PartialDate {
    /// Year.
    pub year: i16,
    /// Month 1–12, 0 where unknown.
    pub month: u8,
    /// Day 1–31, 0 where unknown.
    pub day: u8,
}

impl PartialDate {
    /// Reads `YYYY`, `YYYY-MM` or `YYYY-MM-DD`; anything else, or a day that is not in the calendar, is `None`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.splitn(3, '-');
        let year = parts.next().filter(|y| y.len() == 4)?.parse().ok()?;
        let month = parts.next().map_or(Some(0), |m| m.parse().ok().filter(|m| (1..=12).contains(m)))?;
        let day = match parts.next() {
            None => 0,
            Some(d) => {
                let day: u8 = d.parse().ok()?;
                NaiveDate::from_ymd_opt(i32::from(year), u32::from(month), u32::from(day))?;
                day
            }
        };
        Some(Self { year, month, day })
    }

    /// The earliest day that it can mean.
    #[must_use]
    pub fn earliest(self) -> Option<NaiveDate> {
        NaiveDate::from_ymd_opt(i32::from(self.year), u32::from(self.month.max(1)), u32::from(self.day.max(1)))
    }

    /// The latest day that it can mean.
    #[must_use]
    pub fn latest(self) -> Option<NaiveDate> {
        if self.day > 0 {
            return self.earliest();
        }
        let (year, month) =
            if self.month == 0 || self.month == 12 { (self.year + 1, 1) } else { (self.year, self.month + 1) };
        NaiveDate::from_ymd_opt(i32::from(year), u32::from(month), 1)?.pred_opt()
    }
}

impl From<PartialDate> for String {
    fn from(date: PartialDate) -> Self {
        date.to_string()
    }
}

impl TryFrom<String> for PartialDate {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        Self::parse(&text).ok_or_else(|| format!("`{text}` is no date"))
    }
}

impl From<NaiveDate> for PartialDate {
    fn from(date: NaiveDate) -> Self {
        use chrono::Datelike;
        Self {
            year: i16::try_from(date.year()).unwrap_or(i16::MAX),
            month: u8::try_from(date.month()).unwrap_or(0),
            day: u8::try_from(date.day()).unwrap_or(0),
        }
    }
}

impl std::fmt::Display for PartialDate {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match (self.month, self.day) {
            (0, _) => write!(f, "{:04}", self.year),
            (m, 0) => write!(f, "{:04}-{m:02}", self.year),
            (m, d) => write!(f, "{:04}-{m:02}-{d:02}", self.year),
        }
    }
}
