//! Months → the periods of a plot: months, quarters or years, as many as one can read, those without events included.

use super::figures::Month;
use crate::view::tone::Mood;

/// At most so many periods stand in a plot.
const PERIODS: i32 = 40;

/// A period of a plot.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Period {
    /// `2025-11`, `2025-Q4`, `2025`; of several years `2020–2024`.
    pub(super) label: String,
    pub(super) mood: Mood,
}

/// The periods from the first month to the last.
pub(super) fn periods(months: &[Month]) -> Vec<Period> {
    let numbered: Vec<(i32, &Mood)> = months.iter().filter_map(|m| Some((number(&m.month)?, &m.mood))).collect();
    let Some((first, last)) = numbered.first().map(|f| f.0).zip(numbered.last().map(|l| l.0)) else {
        return Vec::new();
    };
    let size = [1, 3, 12, 24, 60, 120].into_iter().find(|size| (last - first) / size < PERIODS).unwrap_or(240);
    let bin = |month: i32| month.div_euclid(size);
    let of = |at: i32| {
        let moods = numbered.iter().filter(|(month, _)| bin(*month) == at).map(|(_, mood)| *mood);
        Period { label: label(at * size, size), mood: sum(moods) }
    };
    (bin(first)..=bin(last)).map(of).collect()
}

/// Months since the year 0.
fn number(month: &str) -> Option<i32> {
    let (year, month) = month.split_once('-')?;
    Some(year.parse::<i32>().ok()? * 12 + month.parse::<i32>().ok()? - 1)
}

fn label(first: i32, size: i32) -> String {
    let (year, month) = (first.div_euclid(12), first.rem_euclid(12));
    match size {
        1 => format!("{year:04}-{:02}", month + 1),
        3 => format!("{year:04}-Q{}", month / 3 + 1),
        12 => format!("{year:04}"),
        _ => format!("{year:04}–{:04}", year + size / 12 - 1),
    }
}

/// The moods together; the score weighs each by its events.
fn sum<'m>(moods: impl Iterator<Item = &'m Mood>) -> Mood {
    let mut all = Mood::default();
    let (mut scores, mut events) = (0.0, 0.0);
    for mood in moods {
        all.verbal_cooperation += mood.verbal_cooperation;
        all.material_cooperation += mood.material_cooperation;
        all.verbal_conflict += mood.verbal_conflict;
        all.material_conflict += mood.material_conflict;
        if let Some(score) = mood.score {
            (scores, events) = (scores + score * mood.events() as f64, events + mood.events() as f64);
        }
    }
    all.score = (events > 0.0).then(|| (scores / events * 100.0).round() / 100.0);
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    fn month(month: &str, cooperation: usize, score: f64) -> Month {
        let mood = Mood { verbal_cooperation: cooperation, score: Some(score), ..Mood::default() };
        Month { month: month.to_owned(), mood }
    }

    #[test]
    fn short_spans_have_months_long_ones_years() {
        let near = periods(&[month("2025-11", 1, 1.0), month("2026-02", 3, 5.0)]);
        let labels: Vec<&str> = near.iter().map(|p| p.label.as_str()).collect();
        assert_eq!(labels, ["2025-11", "2025-12", "2026-01", "2026-02"]);
        assert_eq!(near[1].mood, Mood::default());
        let far = periods(&[month("1990-03", 1, 1.0), month("1990-09", 3, 5.0), month("2024-01", 1, 0.0)]);
        assert_eq!((far.len(), far[0].label.as_str(), far[0].mood.score), (35, "1990", Some(4.0)));
        assert_eq!(periods(&[month("2019-01", 1, 1.0), month("2025-01", 1, 1.0)])[0].label, "2019-Q1");
        assert_eq!(periods(&[month("1951-01", 1, 1.0), month("2025-01", 1, 1.0)])[0].label, "1950–1951");
        assert!(periods(&[]).is_empty());
    }
}
