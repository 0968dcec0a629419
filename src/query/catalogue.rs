//! The questions that come with the program: `queries/*.rq`, by name.

use super::error::QuestionFileError;
use super::question::Question;
use crate::knowledge::Gazetteer;
use crate::knowledge::vocab::nearest;

macro_rules! files {
    ($($name:literal,)+) => {
        [$(($name, include_str!(concat!("../../queries/", $name, ".rq"))),)+]
    };
}

/// The files, by name without `.rq`, sorted.
pub const BUILTIN: [(&str, &str); 68] = files![
    "agreement-types-by-decade",
    "agreements-by-year",
    "agreements-in-sector",
    "agreements-not-in-force",
    "agreements-of-country",
    "agreements-of-dyad",
    "agreements-of-encounter",
    "agreements-of-leader",
    "agreements-without-sector",
    "answered-acts",
    "articles-of-country",
    "broken-agreements",
    "cancelled-encounters",
    "ceasefires",
    "common-partners",
    "conflicting-reports",
    "conflicts-between",
    "country-network",
    "coverage-of-country",
    "dated-by-publication",
    "decisions",
    "events-on-day",
    "evidence-of-event",
    "facts-of-article",
    "first-contacts-of-country",
    "flows-of-acts",
    "gatherings-of-country",
    "graph-of-dyad",
    "history-of-events",
    "hosts-of-visits",
    "leaders-not-listed",
    "leaders-of-country",
    "mediators-of-dyad",
    "meeting-places-of-country",
    "meetings-of-leader",
    "meetings-of-two-leaders",
    "most-active-dyads",
    "most-hostile-dyads",
    "most-reported-events",
    "most-travelled-leaders",
    "multilateral-agreements",
    "office-holders-on-day",
    "offices-of-leader",
    "organization-summits",
    "outlets-on-country",
    "partners-gained-and-lost",
    "partners-of-country",
    "planned-not-held",
    "quotes-with-words",
    "sanctions",
    "sanctions-between-blocs",
    "sectors-compared",
    "sectors-of-country",
    "sideline-meetings",
    "signed-after-meeting",
    "silences-of-dyad",
    "single-source-events",
    "stalled-negotiations",
    "summit-attendance",
    "support-for-country",
    "timeline-of-dyad",
    "tone-of-dyad",
    "unsure-events",
    "visits-not-returned",
    "visits-of-leader",
    "who-said-so",
    "who-visited-country",
    "years-of-country",
];

/// The questions that come with the program.
#[derive(Debug, Clone, Copy, Default)]
pub struct Catalogue;

impl Catalogue {
    /// The names, sorted.
    pub fn names() -> impl Iterator<Item = &'static str> {
        BUILTIN.iter().map(|(name, _)| *name)
    }

    /// The question of this name.
    ///
    /// # Errors
    /// Only where the program was built with a broken file; a test guards that.
    pub fn get(name: &str, gazetteer: &Gazetteer) -> Result<Option<Question>, QuestionFileError> {
        let found = BUILTIN.iter().find(|(known, _)| *known == name);
        found.map(|(name, text)| Question::parse(name, &format!("queries/{name}.rq"), text, gazetteer)).transpose()
    }

    /// All questions, by name.
    ///
    /// # Errors
    /// As [`Self::get`].
    pub fn all(gazetteer: &Gazetteer) -> Result<Vec<Question>, QuestionFileError> {
        BUILTIN
            .iter()
            .map(|(name, text)| Question::parse(name, &format!("queries/{name}.rq"), text, gazetteer))
            .collect()
    }

    /// The name closest to one that is unknown, where one is close: by letters, or because one holds the other.
    #[must_use]
    pub fn nearest(name: &str) -> Option<&'static str> {
        let part = || Self::names().find(|known| name.len() > 3 && known.contains(name));
        nearest(name, Self::names()).or_else(part)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::Theme;
    use std::collections::BTreeSet;

    #[test]
    fn every_file_is_built_in_and_sound() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/queries");
        let mut files: Vec<String> = std::fs::read_dir(folder)
            .unwrap()
            .map(|e| e.unwrap().file_name().into_string().unwrap())
            .filter_map(|name| name.strip_suffix(".rq").map(str::to_owned))
            .collect();
        files.sort();
        assert_eq!(Catalogue::names().collect::<Vec<_>>(), files);
        let questions = Catalogue::all(&Gazetteer::builtin().unwrap()).unwrap_or_else(|e| panic!("{e}"));
        assert_eq!(questions.len(), files.len());
        let used: BTreeSet<Theme> = questions.iter().filter_map(|q| q.header.theme).collect();
        assert_eq!(used.into_iter().collect::<Vec<_>>(), Theme::ALL);
        let without: Vec<&str> =
            questions.iter().filter(|q| q.header.theme.is_none()).map(|q| q.name.as_str()).collect();
        assert!(without.is_empty(), "of no theme: {without:?}");
    }

    #[test]
    fn an_unknown_name_has_a_nearest_one() {
        assert_eq!(Catalogue::nearest("agreement-of-country"), Some("agreements-of-country"));
        assert_eq!(Catalogue::nearest("network"), Some("country-network"));
        assert_eq!(Catalogue::nearest("x"), None);
    }
}
