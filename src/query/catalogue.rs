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
pub const BUILTIN: [(&str, &str); 29] = files![
    "agreements-by-year",
    "agreements-in-sector",
    "agreements-of-country",
    "agreements-of-dyad",
    "agreements-of-encounter",
    "articles-of-country",
    "conflicting-reports",
    "conflicts-between",
    "country-network",
    "decisions",
    "evidence-of-event",
    "graph-of-dyad",
    "history-of-events",
    "leaders-of-country",
    "meetings-of-leader",
    "most-reported-events",
    "office-holders-on-day",
    "offices-of-leader",
    "organization-summits",
    "partners-of-country",
    "planned-not-held",
    "sanctions",
    "sectors-of-country",
    "signed-after-meeting",
    "support-for-country",
    "timeline-of-dyad",
    "visits-of-leader",
    "who-said-so",
    "who-visited-country",
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
    }

    #[test]
    fn an_unknown_name_has_a_nearest_one() {
        assert_eq!(Catalogue::nearest("agreement-of-country"), Some("agreements-of-country"));
        assert_eq!(Catalogue::nearest("network"), Some("country-network"));
        assert_eq!(Catalogue::nearest("x"), None);
    }
}
