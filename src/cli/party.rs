//! What a person calls a country, organization or sector → its code.

use crate::knowledge::vocab::SECTORS;
use crate::knowledge::{Gazetteer, Knowledge, NameForm, NameKind};
use std::collections::BTreeSet;

/// How many names an error proposes.
const PROPOSED: usize = 3;

/// A name that stands for no party, or for several.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub(super) enum UnknownParty {
    /// Nobody is called so.
    #[error("no country or organization is called `{name}`{}", proposal(.nearest))]
    Nobody {
        /// The name as written.
        name: String,
        /// The names closest to it, each with its code.
        nearest: Vec<String>,
    },
    /// More than one is called so.
    #[error("`{name}` may be {}", .meant.join(" or "))]
    Several {
        /// The name as written.
        name: String,
        /// Those who are called so, each with its code.
        meant: Vec<String>,
    },
    /// No sector is called so.
    #[error("`{name}` is no sector; the sectors are {}", SECTORS.join(", "))]
    Sector {
        /// The name as written.
        name: String,
    },
}

fn proposal(nearest: &[String]) -> String {
    if nearest.is_empty() { String::new() } else { format!("; did you mean {}?", nearest.join(" or ")) }
}

/// One party: code, usual name, every form.
struct Party<'g> {
    code: &'g str,
    iso2: &'g str,
    name: &'g str,
    forms: &'g [NameForm],
    former: bool,
}

fn parties(gazetteer: &Gazetteer) -> impl Iterator<Item = Party<'_>> {
    let countries = gazetteer.countries.iter().map(|c| Party {
        code: &c.id,
        iso2: &c.iso2,
        name: &c.name,
        forms: &c.forms,
        former: c.until.is_some(),
    });
    let organizations = gazetteer.organizations.iter().map(|o| Party {
        code: &o.id,
        iso2: "",
        name: &o.name,
        forms: &o.forms,
        former: false,
    });
    countries.chain(organizations)
}

/// The code of the party that `name` stands for: a code, a name, or what its people are called. Capitals do not matter.
///
/// # Errors
/// Where nobody is called so (with the nearest names), or several are.
pub(super) fn code_of(gazetteer: &Gazetteer, name: &str) -> Result<String, UnknownParty> {
    let wanted = name.trim().to_lowercase();
    let wanted = wanted.strip_prefix("the ").unwrap_or(&wanted);
    let is = |text: &str| text.to_lowercase() == wanted;
    let named = |party: &Party<'_>, kinds: &[NameKind]| {
        party.forms.iter().any(|form| kinds.contains(&form.kind) && is(&form.text))
    };
    let ways: [&dyn Fn(&Party<'_>) -> bool; 5] =
        [&|p| is(p.code), &|p| is(p.iso2), &|p| is(p.name), &|p| named(p, &[NameKind::Name]), &|p| {
            named(p, &[NameKind::Adjective, NameKind::Noun])
        }];
    for way in ways {
        let mut found: Vec<Party<'_>> = parties(gazetteer).filter(|p| !wanted.is_empty() && way(p)).collect();
        // A state that exists is meant rather than one that does not.
        if found.iter().any(|p| !p.former) {
            found.retain(|p| !p.former);
        }
        match found.as_slice() {
            [] => {}
            [one] => return Ok(one.code.to_owned()),
            several => {
                let meant = several.iter().map(shown).collect();
                return Err(UnknownParty::Several { name: name.to_owned(), meant });
            }
        }
    }
    Err(UnknownParty::Nobody { name: name.to_owned(), nearest: nearest(gazetteer, wanted) })
}

fn shown(party: &Party<'_>) -> String {
    format!("{} ({})", party.name, party.code)
}

/// The parties with the names closest to `wanted`, at most a third of which may differ.
fn nearest(gazetteer: &Gazetteer, wanted: &str) -> Vec<String> {
    let limit = (wanted.chars().count() / 3).max(1);
    let mut close: BTreeSet<(usize, String)> = BTreeSet::new();
    for party in parties(gazetteer) {
        let forms = party.forms.iter().filter(|f| f.kind <= NameKind::Noun).map(|f| f.text.as_str());
        let texts = forms.chain([party.name, party.code]);
        let distance = texts.map(|t| strsim::damerau_levenshtein(wanted, &t.to_lowercase())).min();
        close.extend(distance.filter(|d| *d <= limit).map(|d| (d, shown(&party))));
    }
    close.into_iter().take(PROPOSED).map(|(_, shown)| shown).collect()
}

/// The slug of a sector, by slug or label.
///
/// # Errors
/// Where no sector is called so.
pub(super) fn sector_of(knowledge: &Knowledge, name: &str) -> Result<String, UnknownParty> {
    let is = |text: &str| text.eq_ignore_ascii_case(name.trim());
    let slug = SECTORS.iter().find(|slug| is(slug)).copied();
    let labelled = || knowledge.sectors.labels().find(|(_, label)| is(label)).map(|(slug, _)| slug);
    slug.or_else(labelled).map(str::to_owned).ok_or_else(|| UnknownParty::Sector { name: name.to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(names: &[&str], code: &str) {
        let gazetteer = Gazetteer::builtin().unwrap();
        for name in names {
            assert_eq!(code_of(&gazetteer, name).as_deref(), Ok(code), "{name}");
        }
    }

    #[test]
    fn codes_names_and_peoples_are_understood() {
        check(&["KOR", "kor", "KR", "South Korea", "south korea", "ROK", "Republic of Korea", "South Korean"], "KOR");
        check(&["the United States", "USA", "US", "american", "Americans"], "USA");
        check(&["Georgia", "GEO", "Georgian"], "GEO");
        check(&["APEC", "apec"], "APEC");
        check(&["Soviet Union"], "SUN");
    }

    #[test]
    fn an_unknown_name_proposes_the_nearest() {
        let gazetteer = Gazetteer::builtin().unwrap();
        let error = code_of(&gazetteer, "Sinagpore").unwrap_err().to_string();
        assert_eq!(error, "no country or organization is called `Sinagpore`; did you mean Singapore (SGP)?");
        let error = code_of(&gazetteer, "Atlantis by the sea").unwrap_err().to_string();
        assert_eq!(error, "no country or organization is called `Atlantis by the sea`");
        assert!(code_of(&gazetteer, "").is_err());
    }

    #[test]
    fn what_stands_for_several_is_not_guessed() {
        let gazetteer = Gazetteer::builtin().unwrap();
        let error = code_of(&gazetteer, "Korean").unwrap_err().to_string();
        assert!(error.contains("North Korea (PRK)") && error.contains("South Korea (KOR)"), "{error}");
    }

    #[test]
    fn sectors_have_slugs_and_labels() {
        let knowledge = Knowledge::builtin().unwrap();
        assert_eq!(sector_of(&knowledge, "Trade").as_deref(), Ok("trade"));
        for (slug, label) in knowledge.sectors.labels() {
            assert_eq!(sector_of(&knowledge, label).as_deref(), Ok(slug));
        }
        assert!(sector_of(&knowledge, "cheese").unwrap_err().to_string().contains("the sectors are defence"));
    }
}
