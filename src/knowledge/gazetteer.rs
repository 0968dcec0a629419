//! `seeds/gazetteer/*.csv` → [`Gazetteer`], built in or overlaid by files of the same names in a directory.
//!
//! Every row is checked: known columns, one row an id, offices of the closed vocabulary, dates of the calendar, country
//! codes that exist. In an overlay a country or organization replaces the built-in one of its id; leaders, places and traps
//! are added, and a leader's terms replace the built-in ones of the same country, name and office.

use super::error::KnowledgeError;
use super::table::{Row, each_row};
use super::types::{
    Country, Gazetteer, LeaderTerm, NameForm, NameKind, Organization, PartialDate, Place, PlaceKind, Trap,
};
use super::vocab::nearest;
use compact_str::CompactString;
use std::collections::BTreeSet;
use std::path::Path;

const COUNTRIES: &str = "countries.csv";
const ORGANIZATIONS: &str = "organizations.csv";
const LEADERS: &str = "leaders.csv";
const LEADERS_BY_HAND: &str = "leaders-by-hand.csv";
const NUMERICS: &str = "iso-numeric.csv";
const PLACES: &str = "places.csv";
const TRAPS: &str = "traps.csv";

/// The built-in files, by name, in the order in which they are read.
pub(super) const BUILTIN: [(&str, &str); 7] = [
    (COUNTRIES, include_str!("../../seeds/gazetteer/countries.csv")),
    (NUMERICS, include_str!("../../seeds/gazetteer/iso-numeric.csv")),
    (ORGANIZATIONS, include_str!("../../seeds/gazetteer/organizations.csv")),
    (LEADERS, include_str!("../../seeds/gazetteer/leaders.csv")),
    (LEADERS_BY_HAND, include_str!("../../seeds/gazetteer/leaders-by-hand.csv")),
    (PLACES, include_str!("../../seeds/gazetteer/places.csv")),
    (TRAPS, include_str!("../../seeds/gazetteer/traps.csv")),
];

const COUNTRY_COLUMNS: [&str; 16] = [
    "id",
    "iso2",
    "name",
    "cow",
    "gw",
    "wikidata",
    "region",
    "since",
    "until",
    "successors",
    "names",
    "adjectives",
    "nouns",
    "capitals",
    "cities",
    "seats",
];
const NUMERIC_COLUMNS: [&str; 2] = ["id", "numeric"];
const ORGANIZATION_COLUMNS: [&str; 5] = ["id", "name", "wikidata", "forms", "members"];
const LEADER_COLUMNS: [&str; 9] =
    ["country", "name", "aliases", "surname", "office", "title", "start", "end", "wikidata"];
const PLACE_COLUMNS: [&str; 4] = ["country", "cities", "regions", "venues"];
const TRAP_COLUMNS: [&str; 2] = ["phrase", "kind"];
const TRAP_KINDS: [&str; 10] = ["region", "sea", "place", "event", "text", "body", "firm", "team", "person", "thing"];

/// Columns of `countries.csv` that hold forms, with what the forms are.
const FORM_COLUMNS: [(usize, NameKind); 6] = [
    (10, NameKind::Name),
    (11, NameKind::Adjective),
    (12, NameKind::Noun),
    (13, NameKind::Capital),
    (14, NameKind::City),
    (15, NameKind::Seat),
];

impl Gazetteer {
    /// The built-in gazetteers.
    ///
    /// # Errors
    /// Only where the files shipped with the program are broken, which a test rules out.
    pub fn builtin() -> Result<Self, KnowledgeError> {
        let mut gazetteer = Self::default();
        for (file, text) in BUILTIN {
            gazetteer.add(file, file, text)?;
        }
        gazetteer.sort();
        gazetteer.check()?;
        Ok(gazetteer)
    }

    /// The built-in gazetteers with the files of `dir` laid over them. `dir` need not hold every file.
    ///
    /// # Errors
    /// A file that cannot be read or has a row that does not fit; the error names file, line and value.
    pub fn with_overlay(dir: &Path) -> Result<Self, KnowledgeError> {
        let mut gazetteer = Self::builtin()?;
        for (file, _) in BUILTIN {
            let path = dir.join(file);
            if path.is_file() {
                let text = std::fs::read_to_string(&path)
                    .map_err(|source| KnowledgeError::Read { path: path.clone(), source })?;
                let mut overlay = Self::default();
                overlay.add(file, &path.display().to_string(), &text)?;
                gazetteer.lay_over(overlay);
            }
        }
        gazetteer.sort();
        gazetteer.check()?;
        Ok(gazetteer)
    }

    /// The country of this code.
    #[must_use]
    pub fn country(&self, id: &str) -> Option<&Country> {
        self.countries.binary_search_by(|c| c.id.as_str().cmp(id)).ok().and_then(|at| self.countries.get(at))
    }

    /// The ISO 3166-1 numeric code of a country, of three digits ("004", "410").
    #[must_use]
    pub fn iso_numeric(&self, id: &str) -> Option<&str> {
        self.numerics.get(id).map(CompactString::as_str)
    }

    /// The organization of this acronym.
    #[must_use]
    pub fn organization(&self, id: &str) -> Option<&Organization> {
        self.organizations.binary_search_by(|o| o.id.as_str().cmp(id)).ok().and_then(|at| self.organizations.get(at))
    }

    /// The terms of office in one state or organization, by name and start.
    #[must_use]
    pub fn leaders_of(&self, country: &str) -> &[LeaderTerm] {
        let from = self.leaders.partition_point(|t| t.country.as_str() < country);
        let to = self.leaders.partition_point(|t| t.country.as_str() <= country);
        self.leaders.get(from..to).unwrap_or_default()
    }

    /// The places of this name, one for each state in which there is one.
    #[must_use]
    pub fn places_named(&self, name: &str) -> &[Place] {
        let from = self.places.partition_point(|p| p.name.as_str() < name);
        let to = self.places.partition_point(|p| p.name.as_str() <= name);
        self.places.get(from..to).unwrap_or_default()
    }

    fn add(&mut self, file: &str, shown: &str, text: &str) -> Result<(), KnowledgeError> {
        match file {
            COUNTRIES => self.add_countries(shown, text),
            ORGANIZATIONS => self.add_organizations(shown, text),
            NUMERICS => self.add_numerics(shown, text),
            LEADERS | LEADERS_BY_HAND => self.add_leaders(shown, text),
            PLACES => self.add_places(shown, text),
            _ => self.add_traps(shown, text),
        }
    }

    fn add_countries(&mut self, file: &str, text: &str) -> Result<(), KnowledgeError> {
        let mut ids = BTreeSet::new();
        each_row(file, text, &COUNTRY_COLUMNS, |row| {
            let country = country(row)?;
            if !ids.insert(country.id.clone()) {
                return Err(row.duplicate(&country.id));
            }
            self.countries.push(country);
            Ok(())
        })
    }

    fn add_numerics(&mut self, file: &str, text: &str) -> Result<(), KnowledgeError> {
        each_row(file, text, &NUMERIC_COLUMNS, |row| {
            let (id, code) = (row.filled(0, "country code")?, row.cell(1));
            if code.len() != 3 || !code.bytes().all(|b| b.is_ascii_digit()) {
                return Err(row.value(code, "numeric code (three digits)", None));
            }
            let again = self.numerics.insert(id.into(), code.into()).is_some();
            if again { Err(row.duplicate(id)) } else { Ok(()) }
        })
    }

    fn add_organizations(&mut self, file: &str, text: &str) -> Result<(), KnowledgeError> {
        let mut ids = BTreeSet::new();
        each_row(file, text, &ORGANIZATION_COLUMNS, |row| {
            let id = row.filled(0, "acronym")?;
            if !ids.insert(CompactString::from(id)) {
                return Err(row.duplicate(id));
            }
            let mut forms = Vec::new();
            row.forms(3, NameKind::Name, &mut forms);
            self.organizations.push(Organization {
                id: id.into(),
                name: row.filled(1, "name")?.to_owned(),
                forms,
                members: row.list(4).map(CompactString::from).collect(),
                wikidata: optional(row.cell(2)),
            });
            Ok(())
        })
    }

    fn add_leaders(&mut self, file: &str, text: &str) -> Result<(), KnowledgeError> {
        self.leaders.reserve(text.len() / 100);
        each_row(file, text, &LEADER_COLUMNS, |row| {
            self.leaders.push(leader(row)?);
            Ok(())
        })
    }

    fn add_places(&mut self, file: &str, text: &str) -> Result<(), KnowledgeError> {
        each_row(file, text, &PLACE_COLUMNS, |row| {
            let country = CompactString::from(row.filled(0, "country code")?);
            for (column, kind) in [(1, PlaceKind::City), (2, PlaceKind::Region), (3, PlaceKind::Venue)] {
                self.places.extend(row.list(column).map(|part| {
                    let marked = part.strip_suffix('?');
                    Place {
                        name: marked.unwrap_or(part).to_owned(),
                        country: country.clone(),
                        kind,
                        ambiguous: marked.is_some(),
                    }
                }));
            }
            Ok(())
        })
    }

    fn add_traps(&mut self, file: &str, text: &str) -> Result<(), KnowledgeError> {
        each_row(file, text, &TRAP_COLUMNS, |row| {
            let kind = row.cell(1);
            if !TRAP_KINDS.contains(&kind) {
                return Err(row.value(kind, "kind of phrase", nearest(kind, TRAP_KINDS).map(str::to_owned)));
            }
            self.traps.push(Trap { phrase: row.filled(0, "phrase")?.to_owned(), kind: kind.into() });
            Ok(())
        })
    }

    fn lay_over(&mut self, overlay: Self) {
        self.countries.retain(|old| overlay.countries.iter().all(|new| new.id != old.id));
        self.countries.extend(overlay.countries);
        self.organizations.retain(|old| overlay.organizations.iter().all(|new| new.id != old.id));
        self.organizations.extend(overlay.organizations);
        let key = |term: &LeaderTerm| (term.country.clone(), term.name.clone(), term.office);
        let replaced: BTreeSet<_> = overlay.leaders.iter().map(key).collect();
        self.leaders.retain(|old| !replaced.contains(&key(old)));
        self.leaders.extend(overlay.leaders);
        self.numerics.extend(overlay.numerics);
        self.places.extend(overlay.places);
        self.traps.extend(overlay.traps);
    }

    fn sort(&mut self) {
        self.countries.sort_by(|a, b| a.id.cmp(&b.id));
        self.organizations.sort_by(|a, b| a.id.cmp(&b.id));
        self.leaders.sort_by(|a, b| {
            (a.country.as_str(), a.name.as_str(), a.start, a.office).cmp(&(
                b.country.as_str(),
                b.name.as_str(),
                b.start,
                b.office,
            ))
        });
        self.places.sort_by(|a, b| (&a.name, &a.country, a.kind).cmp(&(&b.name, &b.country, b.kind)));
        self.places.dedup_by(|a, b| a.name == b.name && a.country == b.country);
        self.traps.sort_by(|a, b| a.phrase.cmp(&b.phrase));
        self.traps.dedup_by(|a, b| a.phrase == b.phrase);
    }

    /// Codes that refer to rows of other files must exist there, and mean one party.
    fn check(&self) -> Result<(), KnowledgeError> {
        let unknown = |file: &str, code: &str, of: &str| {
            let known = self.countries.iter().map(|c| c.id.as_str());
            KnowledgeError::Code {
                file: file.to_owned(),
                code: code.to_owned(),
                of: of.to_owned(),
                nearest: nearest(code, known).map(str::to_owned),
            }
        };
        for country in &self.countries {
            if let Some(code) = country.successors.iter().find(|c| self.country(c).is_none()) {
                return Err(unknown(COUNTRIES, code, &country.id));
            }
        }
        for organization in &self.organizations {
            if self.country(&organization.id).is_some() {
                return Err(KnowledgeError::Taken { file: ORGANIZATIONS.into(), code: organization.id.to_string() });
            }
            if let Some(code) = organization.members.iter().find(|c| self.country(c).is_none()) {
                return Err(unknown(ORGANIZATIONS, code, &organization.id));
            }
        }
        if let Some((code, numeric)) = self.numerics.iter().find(|(code, _)| self.country(code).is_none()) {
            return Err(unknown(NUMERICS, code, numeric));
        }
        let mut last = "";
        for term in &self.leaders {
            let code = term.country.as_str();
            if code != last && self.country(code).is_none() && self.organization(code).is_none() {
                return Err(unknown(LEADERS, code, &term.name));
            }
            last = code;
        }
        match self.places.iter().find(|p| self.country(&p.country).is_none()) {
            Some(place) => Err(unknown(PLACES, &place.country, &place.name)),
            None => Ok(()),
        }
    }
}

fn country(row: &Row<'_>) -> Result<Country, KnowledgeError> {
    let id = row.filled(0, "country code")?;
    if id.len() != 3 || !id.bytes().all(|b| b.is_ascii_uppercase()) {
        return Err(row.value(id, "country code (three capitals)", None));
    }
    let mut forms = Vec::new();
    for (column, kind) in FORM_COLUMNS {
        row.forms(column, kind, &mut forms);
    }
    Ok(Country {
        id: id.into(),
        iso2: row.cell(1).into(),
        name: row.filled(2, "name")?.to_owned(),
        forms: without_repeats(forms),
        cow: row.number(3)?,
        gw: row.number(4)?,
        wikidata: optional(row.cell(5)),
        region: row.cell(6).to_owned(),
        since: row.date(7)?,
        until: row.date(8)?,
        successors: row.list(9).map(CompactString::from).collect(),
    })
}

/// "Singapore" is a name before it is an adjective: the first kind of a form counts.
fn without_repeats(forms: Vec<NameForm>) -> Vec<NameForm> {
    let mut kept: Vec<NameForm> = Vec::with_capacity(forms.len());
    for form in forms {
        if kept.iter().all(|k| k.text != form.text) {
            kept.push(form);
        }
    }
    kept
}

fn leader(row: &Row<'_>) -> Result<LeaderTerm, KnowledgeError> {
    let (start, end) = (row.cell(6), row.cell(7));
    let (first, last) = (start.strip_prefix(".."), end.strip_suffix(".."));
    let term = LeaderTerm {
        country: row.filled(0, "country code or acronym")?.into(),
        name: row.filled(1, "name")?.to_owned(),
        aliases: row.list(2).map(str::to_owned).collect(),
        surname: row.filled(3, "surname")?.to_owned(),
        office: row.term(4, "office")?,
        title: row.cell(5).to_owned(),
        start: row.parse_date(first.unwrap_or(start))?,
        start_open: first.is_some(),
        end: row.parse_date(last.unwrap_or(end))?,
        end_open: last.is_some(),
        wikidata: optional(row.cell(8)),
    };
    match (term.start.and_then(PartialDate::earliest), term.end.and_then(PartialDate::latest)) {
        (Some(from), Some(to)) if to < from => Err(row.value(end, "date after the start of the term", None)),
        _ => Ok(term),
    }
}

fn optional(cell: &str) -> Option<String> {
    Some(cell).filter(|c| !c.is_empty()).map(str::to_owned)
}

#[cfg(test)]
mod tests;
