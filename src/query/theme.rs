//! What the questions of the catalogue are about: a closed list, in the order in which it is shown.

use serde::Serialize;

/// A theme of the catalogue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Theme {
    /// One country and its partners.
    Country,
    /// Two countries over time.
    Dyad,
    /// Leaders: offices, meetings, travels.
    Leaders,
    /// Agreements by sector, type and status.
    Agreements,
    /// What was announced and did not come, or did not last.
    Promises,
    /// Conflicts and sanctions, and support and aid.
    Conflicts,
    /// Gatherings of many.
    Gatherings,
    /// Sentences, articles and outlets behind the facts.
    Evidence,
    /// Facts to be looked at by a person.
    Quality,
}

impl Theme {
    /// Every theme, in order.
    pub const ALL: &'static [Self] = &[
        Self::Country,
        Self::Dyad,
        Self::Leaders,
        Self::Agreements,
        Self::Promises,
        Self::Conflicts,
        Self::Gatherings,
        Self::Evidence,
        Self::Quality,
    ];

    /// Its name in headers and on the command line.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Country => "country",
            Self::Dyad => "dyad",
            Self::Leaders => "leaders",
            Self::Agreements => "agreements",
            Self::Promises => "promises",
            Self::Conflicts => "conflicts",
            Self::Gatherings => "gatherings",
            Self::Evidence => "evidence",
            Self::Quality => "quality",
        }
    }

    /// Its heading.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Country => "Ties of a country",
            Self::Dyad => "Two countries over time",
            Self::Leaders => "Leaders and their travels",
            Self::Agreements => "Agreements by sector, type and status",
            Self::Promises => "Promises never kept",
            Self::Conflicts => "Conflict and sanctions, support and aid",
            Self::Gatherings => "Multilateral gatherings",
            Self::Evidence => "Evidence and sources",
            Self::Quality => "Data quality",
        }
    }

    /// The theme of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|theme| theme.as_str() == name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_theme_has_a_name_of_its_own_that_is_the_one_in_json() {
        for (at, theme) in Theme::ALL.iter().enumerate() {
            assert_eq!(Theme::named(theme.as_str()), Some(*theme));
            assert_eq!(serde_json::to_string(theme).unwrap(), format!("\"{}\"", theme.as_str()));
            assert!(at == 0 || Theme::ALL[at - 1] < *theme, "the list is in order");
        }
        assert_eq!(Theme::named("themes"), None);
    }
}
