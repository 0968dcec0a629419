//! Days of publication: metadata values and the lines with which pages and files date themselves.

use chrono::{DateTime, NaiveDate};
use serde_json::Value;

/// How far down an article says when it was published.
const OPENING: usize = 1500;

/// The day of a metadata value: ISO 8601, RFC 2822, or written out in English. The day is the one written, in the zone
/// written with it.
pub(super) fn parse(text: &str) -> Option<NaiveDate> {
    let text = text.trim();
    compact(text).or_else(|| find(text)).or_else(|| epoch(text.parse().ok()?))
}

/// The day of a JSON value: a string, or seconds or milliseconds since 1970.
pub(super) fn of_json(value: &Value) -> Option<NaiveDate> {
    match value {
        Value::String(text) => parse(text),
        Value::Number(number) => epoch(number.as_f64()? as i64),
        _ => None,
    }
}

fn epoch(number: i64) -> Option<NaiveDate> {
    // A year (2025) or a compact day (20251102) is no time since 1970; news is younger than 1973.
    let seconds = if number > 100_000_000_000 { number / 1000 } else { number };
    (seconds > 100_000_000).then(|| DateTime::from_timestamp(seconds, 0)).flatten().map(|t| t.date_naive())
}

/// `20251102`, alone or before a time.
fn compact(text: &str) -> Option<NaiveDate> {
    let digits = text.get(..8).filter(|d| d.bytes().all(|b| b.is_ascii_digit()))?;
    if text[8..].starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    day(digits[..4].parse().ok()?, digits[4..6].parse().ok()?, digits[6..].parse().ok()?)
}

/// The first full date (day, month and year) in `text`.
pub(super) fn find(text: &str) -> Option<NaiveDate> {
    let words: Vec<&str> = text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).take(400).collect();
    (0..words.len()).find_map(|i| date_at(&words[i..]))
}

/// A date that opens the words: `2025 11 02`, `2 Nov 2025`, `2nd of November 2025`, `Nov 2 2025`.
fn date_at(words: &[&str]) -> Option<NaiveDate> {
    let first = words.first()?;
    // The time follows the day without a gap in `2025-11-02T14:39`.
    let third = |w: &&str| w.split(['T', 't']).next().unwrap_or_default().to_owned();
    if let (Some(y), Some(m), Some(d)) = (year(first), words.get(1), words.get(2).map(third)) {
        let m = month(m).or_else(|| m.parse().ok().filter(|_| m.len() <= 2))?;
        return day(y, m, ordinal(&d)?);
    }
    if let Some(m) = month(first) {
        return day(year(words.get(2)?)?, m, ordinal(words.get(1)?)?);
    }
    let d = ordinal(first)?;
    let after = if words.get(1)?.eq_ignore_ascii_case("of") { &words[2..] } else { &words[1..] };
    match (month(after.first()?), year(after.get(1)?)) {
        (Some(m), Some(y)) => day(y, m, d),
        // 25/12/2025 can be read in one way only; 02/11/2025 can not.
        (None, Some(y)) => match after[0].parse().ok()? {
            m @ 1..=12 if d > 12 => day(y, m, d),
            other @ 13..=31 if d <= 12 => day(y, d, other),
            same if same == d => day(y, d, d),
            _ => None,
        },
        _ => None,
    }
}

fn day(year: i32, month: u32, day: u32) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(year, month, day).filter(|_| (1800..=2199).contains(&year))
}

fn year(word: &str) -> Option<i32> {
    (word.len() == 4).then(|| word.parse().ok()).flatten().filter(|y| (1800..=2199).contains(y))
}

/// `2`, `02`, `2nd`.
fn ordinal(word: &str) -> Option<u32> {
    let digits = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let suffix = &word[digits.len()..];
    if !matches!(suffix.to_ascii_lowercase().as_str(), "" | "st" | "nd" | "rd" | "th") || digits.len() > 2 {
        return None;
    }
    digits.parse().ok().filter(|d| (1..=31).contains(d))
}

fn month(word: &str) -> Option<u32> {
    const MONTHS: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let word = word.to_ascii_lowercase();
    if word == "sept" {
        return Some(9);
    }
    let index = MONTHS.iter().position(|m| *m == word || (word.len() == 3 && m.starts_with(&word)))?;
    u32::try_from(index + 1).ok()
}

/// The day on which a text says near its top that it was published: a line "Published: 02 Nov. 2025, 14:39" or the like, or a
/// line that is a date and little else. A date within a sentence does not count.
pub(super) fn in_opening(text: &str) -> Option<NaiveDate> {
    let end = text.char_indices().nth(OPENING).map_or(text.len(), |(i, _)| i);
    let lines = || text[..end].lines().map(str::trim).filter(|l| !l.is_empty()).take(20);
    let labelled = |label: &[&str]| lines().filter(|l| l.chars().count() < 120).find_map(|l| after_label(l, label));
    labelled(&["published", "posted", "publication date", "first published", "release date", "date"])
        .or_else(|| labelled(&["updated", "last updated", "modified", "last modified"]))
        .or_else(|| lines().filter(|l| is_date_line(l)).find_map(find))
        .or_else(|| lines().find_map(in_dateline))
}

/// The date after "Published:", "Posted on" and the like.
fn after_label(line: &str, labels: &[&str]) -> Option<NaiveDate> {
    let lower = line.to_ascii_lowercase();
    labels.iter().find_map(|label| {
        let rest = lower.strip_prefix(label)?;
        let rest = rest.trim_start();
        (rest.starts_with(':') || rest.starts_with("on ") || rest.starts_with(|c: char| c.is_ascii_digit()))
            .then(|| find(rest))
            .flatten()
    })
}

/// Whether a line is a date with at most a weekday, a time and a zone around it.
fn is_date_line(line: &str) -> bool {
    line.chars().count() <= 48
        && line.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).all(|word| {
            let lower = word.to_ascii_lowercase();
            month(word).is_some()
                || word.starts_with(|c: char| c.is_ascii_digit())
                || lower.ends_with("day")
                || (word.len() <= 4 && word.chars().all(|c| c.is_ascii_uppercase()))
                || matches!(
                    lower.as_str(),
                    "mon" | "tue" | "tues" | "wed" | "thu" | "thur" | "thurs" | "fri" | "sat" | "sun"
                )
                || matches!(lower.as_str(), "at" | "am" | "pm" | "of")
        })
}

/// The date of an agency's dateline, where it has a year: `COLOMBO, March 18, 2019 (Agency) --`.
fn in_dateline(line: &str) -> Option<NaiveDate> {
    let end = ["--", "—", "–", " - "].iter().filter_map(|dash| line.find(dash)).min()?;
    let head = &line[..end];
    let place = head.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    let in_capitals = place.chars().count() > 2 && place.chars().all(char::is_uppercase);
    (head.chars().count() <= 70 && in_capitals).then(|| find(head)).flatten()
}

/// The date that a file's stem or an address holds: `2025-11-02-summit`, `/2025/11/02/summit`.
pub(super) fn in_name(name: &str) -> Option<NaiveDate> {
    let parts: Vec<&str> = name.split(|c: char| !c.is_alphanumeric()).collect();
    parts.windows(3).find_map(|w| {
        if w[1].len() == 2 && w[2].len() == 2 { day(year(w[0])?, w[1].parse().ok()?, w[2].parse().ok()?) } else { None }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(read: impl Fn(&str) -> Option<NaiveDate>, text: &str, expected: &str) {
        assert_eq!(read(text).map(|d| d.to_string()).unwrap_or_default(), expected, "in {text:?}");
    }

    #[test]
    fn metadata_dates_of_every_kind() {
        for text in [
            "2025-11-02",
            "2025-11-02T23:39:00+09:00",
            "2025-11-02 14:39:00",
            "20251102T143900Z",
            "20251102",
            "2025/11/2",
            "Sun, 02 Nov 2025 05:39:00 GMT",
            "02 Nov. 2025, 14:39",
            "November 2, 2025",
            "Nov. 2nd, 2025 3:00 p.m.",
            "2nd of November 2025",
            "Sunday 2 November 2025",
            "1762041600",
            "1762041600000",
        ] {
            check(parse, text, "2025-11-02");
        }
        check(parse, "25/12/2024", "2024-12-25");
        check(parse, "12/25/2024", "2024-12-25");
        for text in ["", "2025", "02/11/2025", "2025-13-40", "soon", "31 February 2025", "99999999999999999999"] {
            check(parse, text, "");
        }
    }

    #[test]
    fn a_text_dates_itself_by_a_line_and_not_by_a_sentence() {
        check(in_opening, "Headline\n\nPublished: 02 Nov. 2025, 14:39\nBody", "2025-11-02");
        check(in_opening, "Headline\n\nPosted on March 3, 2021\nBody", "2021-03-03");
        check(in_opening, "Headline\n\nWednesday 7 August 2013\n\nBody", "2013-08-07");
        check(in_opening, "Updated: 3 May 2020\nPublished: 1 May 2020\n", "2020-05-01");
        check(in_opening, "COLOMBO, March 18, 2019 (Agency) -- The two ministers met.", "2019-03-18");
        check(in_opening, "The treaty of 2 May 1998 was praised - by all.", "");
        check(in_opening, "SEOUL, Nov. 2 (Agency) -- Two ministers met.", "");
        check(in_opening, "Date palms grow on 3 May 2020 acres", "");
    }

    #[test]
    fn names_hold_dates() {
        check(in_name, "2025-11-02-korea-singapore", "2025-11-02");
        check(in_name, "https://example.org/2025/11/02/summit.html", "2025-11-02");
        check(in_name, "reuters21578-reut-00001", "");
    }
}
