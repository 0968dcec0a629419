//! For which state or organization an outlet speaks: a ministry's press releases leave its own state unnamed.

use super::names::Party;
use super::persons::party_of_code;
use crate::knowledge::lexicon::Outlet;
use crate::knowledge::{Gazetteer, NameKind};

/// Labels below which governments publish, before the letters of a country: `mfa.gov.sg`.
const GOVERNMENTS: [&str; 6] = ["gov", "govt", "gob", "gouv", "gub", "mil"];

/// Countries whose governments publish below `go`.
const GO: [&str; 8] = ["jp", "kr", "th", "id", "ke", "tz", "ug", "cr"];

/// Words of names that only governments bear.
const OFFICES: [&str; 9] = [
    "ministry",
    "minister",
    "government",
    "embassy",
    "president",
    "presidency",
    "department",
    "cabinet",
    "chancellery",
];

/// The outlets that are known to speak for somebody.
#[derive(Debug, Clone, Default)]
pub struct Outlets {
    rows: Vec<Outlet>,
}

impl Outlets {
    /// Those of the lexicon.
    #[must_use]
    pub fn new(rows: &[Outlet]) -> Self {
        Self { rows: rows.to_vec() }
    }

    /// The party for which an outlet of this name, or of this address, speaks; none where it is a paper like others.
    #[must_use]
    pub fn speaks_for(&self, source: Option<&str>, url: Option<&str>, g: &Gazetteer) -> Option<Party> {
        let of_source = source.and_then(|source| {
            let is_host = source.contains('.') && !source.trim().contains(char::is_whitespace);
            is_host.then(|| self.of_host(source, g)).flatten().or_else(|| self.of_name(source, g))
        });
        of_source.or_else(|| url.and_then(host).and_then(|host| self.of_host(host, g)))
    }

    fn of_name(&self, source: &str, g: &Gazetteer) -> Option<Party> {
        let name = plain(source);
        let name = name.strip_prefix("the ").unwrap_or(&name);
        if let Some(row) = self.rows.iter().find(|row| row.names.iter().any(|known| known == name)) {
            return party_of_code(g, &row.country);
        }
        if !name.split(' ').any(|word| OFFICES.contains(&word)) {
            return None;
        }
        // "Ministry of Foreign Affairs of Japan", "Norwegian Government".
        let padded = format!(" {name} ");
        let names = |kind: NameKind| matches!(kind, NameKind::Name | NameKind::Adjective);
        let longest = |country: &crate::knowledge::Country| {
            let forms = country.forms.iter().filter(|form| names(form.kind) && !form.ambiguous);
            forms
                .map(|form| plain(&form.text))
                .filter(|form| padded.contains(&format!(" {form} ")))
                .map(|f| f.len())
                .max()
        };
        let found = g.countries.iter().filter(|country| country.until.is_none());
        let best = found.filter_map(|country| Some((longest(country)?, country))).max_by_key(|(length, _)| *length)?;
        party_of_code(g, &best.1.id)
    }

    fn of_host(&self, host: &str, g: &Gazetteer) -> Option<Party> {
        let host = host.trim().to_ascii_lowercase();
        let below = |domain: &str| host.strip_suffix(domain).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'));
        if let Some(row) = self.rows.iter().find(|row| row.domains.iter().any(|domain| below(domain))) {
            return party_of_code(g, &row.country);
        }
        let mut labels = host.rsplit('.');
        let (top, second) = (labels.next()?, labels.next()?);
        let governs = GOVERNMENTS.contains(&second) || second == "go" && GO.contains(&top);
        let iso2 = if top == "uk" { "gb" } else { top };
        let country = g.countries.iter().find(|country| country.iso2.eq_ignore_ascii_case(iso2));
        country.filter(|_| governs && top.len() == 2).and_then(|country| party_of_code(g, &country.id))
    }
}

/// Small letters, digits and single spaces: "U.S. Department of State" → "us department of state".
fn plain(text: &str) -> String {
    let letters: String = (text.to_lowercase().chars().filter(|c| *c != '.'))
        .map(|c| if c.is_alphanumeric() { c } else { ' ' })
        .collect();
    letters.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The host of a web address.
fn host(url: &str) -> Option<&str> {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let authority = rest.split(['/', '?', '#']).next()?;
    let host = authority.rsplit('@').next()?;
    Some(host.split(':').next().unwrap_or(host)).filter(|host| !host.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::knowledge::Knowledge;

    fn told(source: Option<&str>, url: Option<&str>) -> Option<String> {
        let knowledge = Knowledge::builtin().unwrap();
        let party = Outlets::new(&knowledge.lexicon.outlets).speaks_for(source, url, &knowledge.gazetteer)?;
        Some(party.code(&knowledge.gazetteer).to_owned())
    }

    #[test]
    fn ministries_and_offices_speak_for_their_state() {
        for (source, code) in [
            ("The White House", "USA"),
            ("U.S. Department of State", "USA"),
            ("state_dept", "USA"),
            ("Ministry of Foreign Affairs of Japan", "JPN"),
            ("Norwegian Government", "NOR"),
            ("Prime Minister of New Zealand", "NZL"),
            ("www.mofa.go.kr", "KOR"),
            ("European Commission", "EU"),
        ] {
            assert_eq!(told(Some(source), None).as_deref(), Some(code), "{source}");
        }
    }

    #[test]
    fn addresses_of_governments_tell_their_state() {
        for (url, code) in [
            ("https://www.state.gov/briefings/2024", "USA"),
            ("https://www.gov.uk/government/news/x", "GBR"),
            ("https://www.beehive.govt.nz/release", "NZL"),
            ("https://www.president.gov.ua/en/news", "UKR"),
            ("https://www.mofa.go.jp/press", "JPN"),
            ("http://pib.gov.in/PressRelease", "IND"),
            ("http://mfa.gov.sg:80/news?id=1", "SGP"),
            ("https://www.diplomatie.gouv.fr/fr", "FRA"),
            ("https://ec.europa.eu/a", "EU"),
        ] {
            assert_eq!(told(None, Some(url)).as_deref(), Some(code), "{url}");
        }
    }

    #[test]
    fn papers_speak_for_nobody() {
        for source in ["Reuters", "The Japan Times", "Korea Herald", "go.com", "notgov", "gov", "", "...", "Al Jazeera"]
        {
            assert_eq!(told(Some(source), None), None, "{source}");
        }
        for url in ["https://www.bbc.co.uk/news", "https://mygov.example.com", "ftp://", "not a url", "https://@:/"] {
            assert_eq!(told(None, Some(url)), None, "{url}");
        }
    }
}
