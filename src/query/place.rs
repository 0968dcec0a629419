//! What a person calls a country or organization → its code.

use super::error::ValueError;
use crate::knowledge::{Country, Gazetteer, NameForm, NameKind, Organization};

/// How many names an unknown one is compared with in a message.
const SHOWN: usize = 3;

/// Which parties are meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Among {
    Countries,
    Organizations,
    Both,
}

impl Among {
    fn kind(self) -> &'static str {
        match self {
            Self::Countries => "country",
            Self::Organizations => "organization",
            Self::Both => "country or organization",
        }
    }
}

/// A party as this module looks at it.
struct Candidate<'g> {
    code: &'g str,
    name: &'g str,
    iso2: &'g str,
    forms: &'g [NameForm],
}

impl<'g> Candidate<'g> {
    fn country(country: &'g Country) -> Self {
        Self { code: &country.id, name: &country.name, iso2: &country.iso2, forms: &country.forms }
    }

    fn organization(organization: &'g Organization) -> Self {
        Self { code: &organization.id, name: &organization.name, iso2: "", forms: &organization.forms }
    }

    /// Names and demonyms; a capital is no name of its country here.
    fn names(&self) -> impl Iterator<Item = &'g str> + use<'g> {
        let forms =
            self.forms.iter().filter(|f| matches!(f.kind, NameKind::Name | NameKind::Adjective | NameKind::Noun));
        std::iter::once(self.name).chain(forms.map(|f| f.text.as_str()))
    }

    fn shown(&self) -> String {
        format!("{} ({})", self.code, self.name)
    }
}

/// The codes and usual names of all countries and organizations, for completions and messages: countries first, by code.
pub fn parties(gazetteer: &Gazetteer) -> impl Iterator<Item = (&str, &str)> {
    candidates(Among::Both, gazetteer).map(|c| (c.code, c.name))
}

fn candidates(among: Among, gazetteer: &Gazetteer) -> impl Iterator<Item = Candidate<'_>> {
    let countries = gazetteer.countries.iter().map(Candidate::country);
    let organizations = gazetteer.organizations.iter().map(Candidate::organization);
    countries
        .filter(move |_| among != Among::Organizations)
        .chain(organizations.filter(move |_| among != Among::Countries))
}

/// The code of what `value` names. What fits better goes before: the code, the usual name, the code of two letters, then
/// other names and demonyms; case matters only where several fit equally well.
pub(super) fn code(value: &str, among: Among, gazetteer: &Gazetteer) -> Result<String, ValueError> {
    let value = value.trim();
    let wanted = value.to_lowercase();
    let equal = |name: &str| name == value || name.to_lowercase() == wanted;
    let rules: [&dyn Fn(&Candidate<'_>) -> bool; 5] = [
        &|c| c.code == value,
        &|c| equal(c.code),
        &|c| equal(c.name),
        &|c| !c.iso2.is_empty() && equal(c.iso2),
        &|c| c.names().any(equal),
    ];
    for fits in rules {
        let found: Vec<Candidate<'_>> = candidates(among, gazetteer).filter(|c| fits(c)).collect();
        match found.as_slice() {
            [] => {}
            [one] => return Ok(one.code.to_owned()),
            several => {
                let candidates = several.iter().map(Candidate::shown).collect();
                return Err(ValueError::Ambiguous { value: value.to_owned(), candidates });
            }
        }
    }
    Err(ValueError::Unknown {
        value: value.to_owned(),
        kind: among.kind(),
        nearest: closest(&wanted, among, gazetteer),
    })
}

/// The names that differ least from `wanted` (in lower case), one a party.
fn closest(wanted: &str, among: Among, gazetteer: &Gazetteer) -> Vec<String> {
    let length = wanted.chars().count();
    let limit = (length / 3).max(1);
    // Names of other lengths differ by as much at least; comparing all of them with a long value would take seconds.
    let may_be_near = |name: &&str| name.chars().count().abs_diff(length) <= limit;
    let mut found: Vec<(usize, &str, &str)> = candidates(among, gazetteer)
        .filter_map(|c| {
            let near = |name: &'_ str| strsim::damerau_levenshtein(wanted, &name.to_lowercase());
            let (distance, name) = c.names().filter(may_be_near).map(|n| (near(n), n)).min()?;
            (distance <= limit).then_some((distance, c.code, name))
        })
        .collect();
    found.sort_unstable();
    let best = found.first().map_or(0, |f| f.0);
    found.iter().take_while(|f| f.0 <= best + 1).take(SHOWN).map(|f| f.2.to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::LazyLock;

    static GAZETTEER: LazyLock<Gazetteer> = LazyLock::new(|| Gazetteer::builtin().unwrap());

    #[test]
    fn a_long_value_is_refused_at_once() {
        let started = std::time::Instant::now();
        let value = "ab".repeat(100_000);
        assert!(matches!(code(&value, Among::Both, &GAZETTEER), Err(ValueError::Unknown { .. })));
        assert!(started.elapsed() < std::time::Duration::from_secs(2), "{:?}", started.elapsed());
    }

    #[track_caller]
    fn check(value: &str, among: Among, expected: &str) {
        assert_eq!(code(value, among, &GAZETTEER).as_deref(), Ok(expected), "{value}");
    }

    #[test]
    fn a_party_has_many_names() {
        for value in ["KOR", "kor", "KR", "South Korea", "south korea", "ROK", "South Korean"] {
            check(value, Among::Countries, "KOR");
        }
        check("Georgia", Among::Countries, "GEO");
        check("Chad", Among::Countries, "TCD");
        check("Soviet Union", Among::Countries, "SUN");
        check("European Union", Among::Both, "EU");
        check("AU", Among::Countries, "AUS");
        check("AU", Among::Both, "AU");
        check("APEC", Among::Organizations, "APEC");
    }

    #[test]
    fn an_unknown_name_is_told_with_the_nearest_ones() {
        let error = code("Sngapore", Among::Countries, &GAZETTEER).unwrap_err();
        assert_eq!(error.to_string(), "`Sngapore` is no country known here; did you mean `Singapore`?");
        let error = code("Nowhere-in-Particular", Among::Both, &GAZETTEER).unwrap_err();
        assert_eq!(error.to_string(), "`Nowhere-in-Particular` is no country or organization known here");
        let error = code("} DROP ALL", Among::Countries, &GAZETTEER).unwrap_err();
        assert!(matches!(error, ValueError::Unknown { .. }));
    }

    #[test]
    fn a_name_of_several_is_refused() {
        let error = code("Korean", Among::Countries, &GAZETTEER).unwrap_err().to_string();
        assert_eq!(error, "`Korean` may stand for KOR (South Korea) or PRK (North Korea)");
    }
}
