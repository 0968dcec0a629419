//! Gazetteer forms → an index that finds the longest form at a place in a text.
//!
//! Matching works on the text itself, not on tokens, so that "U.S.-led", "SEOUL" and "Republic of Korea" need no agreement
//! about token borders. Case counts, except that text in capitals matches any form ("U.S., CHINA SIGN PACT").

use crate::knowledge::{Gazetteer, NameKind};
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;

/// A state or an intergovernmental organization: whoever can be bound by an agreement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Party {
    /// Index into [`Gazetteer::countries`].
    Country(u16),
    /// Index into [`Gazetteer::organizations`].
    Organization(u16),
}

impl Party {
    /// ISO 3166-1 alpha-3 code or acronym.
    #[must_use]
    pub fn code(self, gazetteer: &Gazetteer) -> &str {
        match self {
            Self::Country(i) => gazetteer.countries.get(i as usize).map_or("", |c| c.id.as_str()),
            Self::Organization(i) => gazetteer.organizations.get(i as usize).map_or("", |o| o.id.as_str()),
        }
    }
}

/// What a form stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// States (indexes into [`Gazetteer::countries`]) and organizations of that name; the context chooses.
    Party(Vec<(Party, NameKind)>),
    /// Indexes into [`Gazetteer::leaders`]: the terms of people of that name.
    Leader(Vec<u32>),
    /// A phrase that contains a country's name and is none ("Latin America").
    Trap,
}

/// One surface form.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Form {
    text: Box<str>,
    target: Target,
    ambiguous: bool,
}

/// A form found in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Found<'i> {
    /// Its length in bytes.
    pub len: usize,
    /// What it stands for.
    pub target: &'i Target,
    /// Whether it needs context.
    pub ambiguous: bool,
    /// Whether it matched only by ignoring case.
    pub folded: bool,
}

/// The index. Build once, share freely.
#[derive(Debug, Clone, Default)]
pub struct NameIndex {
    forms: Vec<Form>,
    /// Hash of the lower-cased first word → forms, longest first.
    by_word: FxHashMap<u64, Vec<u32>>,
    /// Surname (lower case) → leader terms.
    by_surname: FxHashMap<Box<str>, Vec<u32>>,
}

impl NameIndex {
    /// Indexes every form of the gazetteer, with `traps` (phrases that are no country).
    #[must_use]
    pub fn new<'t>(gazetteer: &Gazetteer, traps: impl IntoIterator<Item = &'t str>) -> Self {
        let mut index = Self::default();
        for phrase in traps {
            index.add(phrase, Target::Trap, false);
        }
        let mut parties = PartyForms::new();
        for (i, country) in gazetteer.countries.iter().enumerate() {
            let party = Party::Country(u16::try_from(i).unwrap_or(u16::MAX));
            for form in &country.forms {
                note(&mut parties, &form.text, party, form.kind, form.ambiguous);
            }
        }
        for (i, organization) in gazetteer.organizations.iter().enumerate() {
            let party = Party::Organization(u16::try_from(i).unwrap_or(u16::MAX));
            note(&mut parties, &organization.name, party, NameKind::Name, false);
            for form in &organization.forms {
                note(&mut parties, &form.text, party, form.kind, form.ambiguous);
            }
        }
        for (text, (list, ambiguous)) in parties {
            index.add(text, Target::Party(list), ambiguous);
        }
        index.add_leaders(gazetteer);
        index.sort();
        index
    }

    fn add_leaders(&mut self, gazetteer: &Gazetteer) {
        let mut by_name: BTreeMap<&str, Vec<u32>> = BTreeMap::new();
        for (i, term) in gazetteer.leaders.iter().enumerate() {
            let id = u32::try_from(i).unwrap_or(u32::MAX);
            for name in std::iter::once(&term.name).chain(&term.aliases) {
                if name.contains(' ') {
                    by_name.entry(name).or_default().push(id);
                }
            }
            if !term.surname.is_empty() {
                self.by_surname.entry(term.surname.to_lowercase().into()).or_default().push(id);
            }
        }
        for (name, ids) in by_name {
            self.add(name, Target::Leader(ids), false);
        }
    }

    /// Adds a form, and the same with typographic apostrophes: "People’s Republic of China" is not the "Republic of China".
    fn add(&mut self, text: &str, target: Target, ambiguous: bool) {
        if text.contains('\'') {
            self.add_as_written(&text.replace('\'', "’"), target.clone(), ambiguous);
        }
        self.add_as_written(text, target, ambiguous);
    }

    fn add_as_written(&mut self, text: &str, target: Target, ambiguous: bool) {
        let Some(key) = first_word_key(text) else { return };
        let id = u32::try_from(self.forms.len()).unwrap_or(u32::MAX);
        self.forms.push(Form { text: text.into(), target, ambiguous });
        self.by_word.entry(key).or_default().push(id);
    }

    fn sort(&mut self) {
        let forms = &self.forms;
        #[expect(clippy::iter_over_hash_type, reason = "each list is sorted by itself")]
        for list in self.by_word.values_mut() {
            list.sort_by_key(|i| (std::cmp::Reverse(forms[*i as usize].text.len()), *i));
        }
    }

    /// The longest form that begins at byte `at` of `text` and ends at a word's end.
    ///
    /// `fold` allows text in capitals to match any form.
    #[must_use]
    pub fn longest_at(&self, text: &str, at: usize, fold: bool) -> Option<Found<'_>> {
        let rest = text.get(at..)?;
        let list = self.by_word.get(&first_word_key(rest)?)?;
        list.iter().find_map(|i| {
            let form = &self.forms[*i as usize];
            let folded = match match_form(rest, &form.text, fold) {
                Some(folded) => folded,
                None => return None,
            };
            ends_word(&rest[form.text.len()..]).then_some(Found {
                len: form.text.len(),
                target: &form.target,
                ambiguous: form.ambiguous,
                folded,
            })
        })
    }

    /// Leader terms with that surname (any case).
    #[must_use]
    pub fn terms_of_surname(&self, surname: &str) -> &[u32] {
        self.by_surname.get(surname.to_lowercase().as_str()).map_or(&[], Vec::as_slice)
    }
}

type PartyForms<'g> = BTreeMap<&'g str, (Vec<(Party, NameKind)>, bool)>;

fn note<'g>(forms: &mut PartyForms<'g>, text: &'g str, party: Party, kind: NameKind, ambiguous: bool) {
    let entry = forms.entry(text).or_default();
    if !entry.0.contains(&(party, kind)) {
        entry.0.push((party, kind));
    }
    entry.1 |= ambiguous;
}

/// `Some(false)` for an exact match, `Some(true)` for one in capitals.
fn match_form(rest: &str, form: &str, fold: bool) -> Option<bool> {
    let head = rest.get(..form.len())?;
    if head == form {
        return Some(false);
    }
    let capitals = fold && head.eq_ignore_ascii_case(form) && !head.bytes().any(|b| b.is_ascii_lowercase());
    capitals.then_some(true)
}

/// Whether a word ends in front of `rest`.
fn ends_word(rest: &str) -> bool {
    rest.chars().next().is_none_or(|c| !c.is_alphanumeric())
}

/// Hash of the lower-cased run of letters and digits that `text` begins with.
pub(super) fn first_word_key(text: &str) -> Option<u64> {
    use std::hash::Hasher;
    let mut hasher = rustc_hash::FxHasher::default();
    let mut length = 0;
    for c in text.chars().take_while(|c| c.is_alphanumeric()).take(32) {
        hasher.write_u32(u32::from(c.to_ascii_lowercase()));
        length += 1;
    }
    (length > 0).then(|| hasher.finish())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::knowledge::{Country, NameForm};

    fn index() -> NameIndex {
        let form = |text: &str, ambiguous| NameForm { text: text.into(), kind: NameKind::Name, ambiguous };
        let country = |id: &str, forms| Country {
            id: id.into(),
            iso2: "".into(),
            name: id.into(),
            forms,
            cow: None,
            gw: None,
            wikidata: None,
            region: String::new(),
            since: None,
            until: None,
            successors: vec![],
        };
        let gazetteer = Gazetteer {
            countries: vec![
                country("KOR", vec![form("Republic of Korea", false), form("Korea", true)]),
                country("USA", vec![form("US", false), form("U.S.", false)]),
            ],
            ..Gazetteer::default()
        };
        NameIndex::new(&gazetteer, ["Bank of Korea"])
    }

    #[track_caller]
    fn check(text: &str, fold: bool, expected: Option<usize>) {
        assert_eq!(index().longest_at(text, 0, fold).map(|f| f.len), expected, "{text}");
    }

    #[test]
    fn the_longest_form_wins_and_ends_at_a_word() {
        check("Republic of Korea's envoy", false, Some(17));
        check("Korean", false, None);
        check("Korea-Japan", false, Some(5));
        check("U.S.-led", false, Some(4));
    }

    #[test]
    fn us_is_no_country() {
        check("us", false, None);
        check("us", true, None);
        check("US", false, Some(2));
        check("KOREA", false, None);
        check("KOREA", true, Some(5));
    }
}
