//! Date expressions → dates resolved against the publication date, with what each rests on.
//!
//! A weekday or a month without a year can lie before or after the publication day; both readings are kept, and whoever
//! attaches the date to an event chooses by the event's status.

use crate::knowledge::PartialDate;
use crate::knowledge::vocab::DateBasis;
use crate::nlp::{Document, Sentence};
use chrono::{Datelike, Days, Months, NaiveDate, Weekday};

/// A date expression.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DateMention {
    /// Sentence index.
    pub sent: usize,
    /// First token.
    pub first: usize,
    /// Last token (inclusive).
    pub last: usize,
    /// The reading for what has happened.
    pub past: PartialDate,
    /// The reading for what is to come.
    pub future: PartialDate,
    /// Explicit or relative.
    pub basis: DateBasis,
}

/// Finds the date expressions of every sentence. Without a publication date only full dates are resolved.
#[must_use]
pub fn find(doc: &Document<'_>, published: Option<NaiveDate>) -> Vec<DateMention> {
    let mut out = Vec::new();
    for (s, sent) in doc.sentences.iter().enumerate() {
        let mut i = 0;
        while i < sent.tokens.len() {
            match read(doc.text, sent, i, published) {
                Some((last, past, future, basis)) => {
                    out.push(DateMention { sent: s, first: i, last, past, future, basis });
                    i = last + 1;
                }
                None => i += 1,
            }
        }
    }
    out
}

type Reading = (usize, PartialDate, PartialDate, DateBasis);

fn read(text: &str, sent: &Sentence, i: usize, published: Option<NaiveDate>) -> Option<Reading> {
    let form = |k: usize| sent.tokens.get(k).map_or("", |t| t.form(text));
    let word = form(i);
    let first = word.chars().next()?;
    if !first.is_alphanumeric() {
        return None;
    }
    let before = i.checked_sub(1).map_or(String::new(), |p| form(p).to_ascii_lowercase());
    if let Some(date) = iso(word) {
        return Some((i, date, date, DateBasis::Explicit));
    }
    if let Some(month) = month(word) {
        return month_first(&form, i, month, &before, published);
    }
    if let Some((day, at, m)) = day_first(&form, i) {
        if let Some((last, year)) = year_at(&form, at + 1, published) {
            let date = valid(year, m, day)?;
            return Some((last, date, date, DateBasis::Explicit));
        }
        return near(published?, m, day, &before).map(|(p, f)| (at, p, f, DateBasis::Explicit));
    }
    if let Some(y) = year(word) {
        let cued = matches!(
            before.as_str(),
            "in" | "since" | "from" | "of" | "by" | "until" | "during" | "late" | "early" | "mid" | "the" | "a"
        );
        let date = PartialDate { year: y, month: 0, day: 0 };
        return cued.then_some((i, date, date, DateBasis::Explicit));
    }
    let published = published?;
    let lower = word.to_ascii_lowercase();
    if first.is_uppercase()
        && let Some(day) = weekday(&lower)
    {
        let told = weekday_reading(&form, i, day, &before, published);
        return Some(day_behind(text, sent, told.0 + 1, day, published).unwrap_or(told));
    }
    relative(&form, i, &lower, published)
}

/// "4 May", "4th of May", "4 and 6 May": the first day, the token of the month, and the month.
fn day_first<'t>(form: &dyn Fn(usize) -> &'t str, i: usize) -> Option<(u8, usize, u8)> {
    let day = ordinal(form(i))?;
    let mut at = i + 1;
    if matches!(form(at), "-" | "–" | "to" | "and") && ordinal(form(at + 1)).is_some() {
        at += 2;
    }
    if form(at) == "of" {
        at += 1;
    }
    month(form(at)).map(|m| (day, at, m))
}

/// A year at a token: "2022", ", 2022", "of 2022", "this year", "of last year"; with its last token.
fn year_at<'t>(form: &dyn Fn(usize) -> &'t str, at: usize, published: Option<NaiveDate>) -> Option<(usize, i16)> {
    let at = if matches!(form(at), "," | "of") { at + 1 } else { at };
    if let Some(y) = year(form(at)) {
        return Some((at, y));
    }
    let off = match (form(at), form(at + 1)) {
        ("this", "year") => 0,
        ("last", "year") => -1,
        ("next", "year") => 1,
        _ => return None,
    };
    i16::try_from(published?.year()).ok().map(|y| (at + 1, y + off))
}

/// "June 21-22, 2022", "May 2022", "Nov. 2", "last June".
fn month_first<'t>(
    form: &dyn Fn(usize) -> &'t str,
    i: usize,
    month: u8,
    before: &str,
    published: Option<NaiveDate>,
) -> Option<Reading> {
    if let Some(day) = ordinal(form(i + 1)) {
        let mut at = i + 2;
        // a range: "21 - 22", "21 to 24", "21 and 22"
        if matches!(form(at), "-" | "–" | "to" | "and") && ordinal(form(at + 1)).is_some() {
            at += 2;
        }
        if let Some((last, y)) = year_at(form, at, published) {
            let date = valid(y, month, day)?;
            return Some((last, date, date, DateBasis::Explicit));
        }
        return near(published?, month, day, before).map(|(p, f)| (i + 1, p, f, DateBasis::Explicit));
    }
    if let Some((last, y)) = year_at(form, i + 1, published) {
        let date = PartialDate { year: y, month, day: 0 };
        return Some((last, date, date, DateBasis::Explicit));
    }
    // "may" and "march" are words too; a month by itself needs a cue.
    let cued = matches!(
        before,
        "in" | "since"
            | "last"
            | "next"
            | "this"
            | "by"
            | "until"
            | "from"
            | "early"
            | "late"
            | "mid"
            | "of"
            | "during"
            | "-"
            | "end-"
            | "for"
    );
    if !cued {
        return None;
    }
    near(published?, month, 0, before).map(|(p, f)| (i, p, f, DateBasis::Relative))
}

fn relative<'t>(form: &dyn Fn(usize) -> &'t str, i: usize, lower: &str, published: NaiveDate) -> Option<Reading> {
    let both = |last: usize, d: PartialDate| Some((last, d, d, DateBasis::Relative));
    let shift = |days: i64| {
        if days >= 0 {
            published.checked_add_days(Days::new(days.unsigned_abs()))
        } else {
            published.checked_sub_days(Days::new(days.unsigned_abs()))
        }
    };
    let month_of = |d: NaiveDate| PartialDate { day: 0, ..PartialDate::from(d) };
    match lower {
        "today" | "tonight" => return both(i, published.into()),
        "yesterday" => return both(i, shift(-1)?.into()),
        "tomorrow" => return both(i, shift(1)?.into()),
        _ => {}
    }
    let next = form(i + 1).to_ascii_lowercase();
    match (lower, next.as_str()) {
        ("this", "morning" | "afternoon" | "evening") => both(i + 1, published.into()),
        ("last", "night") => both(i + 1, shift(-1)?.into()),
        ("last", "week") => both(i + 1, month_of(shift(-7)?)),
        ("next", "week") => both(i + 1, month_of(shift(7)?)),
        ("this", "week") => both(i + 1, month_of(published)),
        ("this", "month") => both(i + 1, month_of(published)),
        ("last", "month") => both(i + 1, month_of(published.checked_sub_months(Months::new(1))?)),
        ("next", "month") => both(i + 1, month_of(published.checked_add_months(Months::new(1))?)),
        ("this", "year") => both(i + 1, PartialDate { year: i16::try_from(published.year()).ok()?, month: 0, day: 0 }),
        ("last", "year") => {
            both(i + 1, PartialDate { year: i16::try_from(published.year() - 1).ok()?, month: 0, day: 0 })
        }
        ("next", "year") => {
            both(i + 1, PartialDate { year: i16::try_from(published.year() + 1).ok()?, month: 0, day: 0 })
        }
        (_, "weekend") if matches!(lower, "the" | "last" | "this" | "next") => {
            let (past, future) = weekend(lower, published)?;
            Some((i + 1, past, future, DateBasis::Relative))
        }
        _ => ago(form, i, lower, &next, published),
    }
}

/// The Saturdays of the last weekend that has begun and of the next one.
fn weekend(which: &str, published: NaiveDate) -> Option<(PartialDate, PartialDate)> {
    let since = (published.weekday().num_days_from_monday() + 2) % 7;
    let past = published.checked_sub_days(Days::new(u64::from(since)))?;
    let future = if since < 2 && which != "next" { past } else { past.checked_add_days(Days::new(7))? };
    Some(match which {
        "last" => (past.into(), past.into()),
        "next" => (future.into(), future.into()),
        _ => (past.into(), future.into()),
    })
}

/// "two weeks ago", "three years ago", "a decade ago".
fn ago<'t>(
    form: &dyn Fn(usize) -> &'t str,
    i: usize,
    lower: &str,
    unit: &str,
    published: NaiveDate,
) -> Option<Reading> {
    if form(i + 2) != "ago" {
        return None;
    }
    let n = number(lower)?;
    let date = match unit.trim_end_matches('s') {
        "day" => published.checked_sub_days(Days::new(u64::from(n)))?.into(),
        "week" => PartialDate { day: 0, ..published.checked_sub_days(Days::new(7 * u64::from(n)))?.into() },
        "month" => PartialDate { day: 0, ..published.checked_sub_months(Months::new(n))?.into() },
        "year" => {
            PartialDate { month: 0, day: 0, ..published.checked_sub_months(Months::new(n.checked_mul(12)?))?.into() }
        }
        "decade" => {
            PartialDate { month: 0, day: 0, ..published.checked_sub_months(Months::new(n.checked_mul(120)?))?.into() }
        }
        _ => return None,
    };
    Some((i + 2, date, date, DateBasis::Relative))
}

fn number(word: &str) -> Option<u32> {
    const WORDS: [&str; 11] = ["a", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];
    match WORDS.iter().position(|w| *w == word) {
        Some(0) => Some(1),
        Some(n) => u32::try_from(n).ok(),
        None => word.parse().ok().filter(|n| *n < 200),
    }
}

fn weekday_reading<'t>(
    form: &dyn Fn(usize) -> &'t str,
    i: usize,
    day: Weekday,
    before: &str,
    published: NaiveDate,
) -> Reading {
    let back = (7 + i64::from(published.weekday().num_days_from_monday()) - i64::from(day.num_days_from_monday())) % 7;
    let past = published.checked_sub_days(Days::new(back.unsigned_abs())).unwrap_or(published);
    let forth = if back == 0 { 0 } else { 7 - back };
    let mut future = published.checked_add_days(Days::new(forth.unsigned_abs())).unwrap_or(published);
    let mut past = past;
    if before == "last" && back == 0 {
        past = past.checked_sub_days(Days::new(7)).unwrap_or(past);
    }
    if before == "next" && forth == 0 {
        future = future.checked_add_days(Days::new(7)).unwrap_or(future);
    }
    if before == "last" {
        future = past;
    }
    if before == "next" {
        past = future;
    }
    let last =
        if form(i + 1) == "night" || form(i + 1) == "evening" || form(i + 1) == "morning" || form(i + 1) == "afternoon"
        {
            i + 1
        } else {
            i
        };
    (last, past.into(), future.into(), DateBasis::Relative)
}

/// The day of a month that follows its weekday at token `i`: "Monday, 29 September", "Thursday (Aug 20)". It says more than the
/// weekday, which tells the year where none is named.
fn day_behind(text: &str, sent: &Sentence, i: usize, day: Weekday, published: NaiveDate) -> Option<Reading> {
    let form = |k: usize| sent.tokens.get(k).map_or("", |t| t.form(text));
    let at = if matches!(form(i), "," | "(") { i + 1 } else { i };
    if month(form(at)).is_none() && (ordinal(form(at)).is_none() || month(form(at + 1)).is_none()) {
        return None;
    }
    let (last, past, future, basis) = read(text, sent, at, Some(published)).filter(|told| told.1.day > 0)?;
    let falls = |date: PartialDate| date.earliest().is_some_and(|d| d.weekday() == day);
    Some(match (falls(past), falls(future)) {
        (true, false) => (last, past, past, basis),
        (false, true) => (last, future, future, basis),
        _ => (last, past, future, basis),
    })
}

/// The two readings of a day without a year: the latest one not after the publication day, the first one not before it.
fn near(published: NaiveDate, month: u8, day: u8, before: &str) -> Option<(PartialDate, PartialDate)> {
    let this = i16::try_from(published.year()).ok()?;
    let in_year = |y: i16| if day == 0 { Some(PartialDate { year: y, month, day: 0 }) } else { valid(y, month, day) };
    let today = PartialDate::from(published);
    let current = in_year(this)?;
    let days_off = |d: PartialDate| d.earliest().map_or(i64::MAX, |e| (e - published).num_days());
    let same_month = day == 0 && today.month == month;
    let past = if same_month && before != "last" || days_off(current) <= 0 { current } else { in_year(this - 1)? };
    let future = if same_month || days_off(current) >= 0 { current } else { in_year(this + 1)? };
    let past = if before == "last" && same_month { in_year(this - 1)? } else { past };
    Some(match before {
        "last" | "since" => (past, past),
        "next" => (future, future),
        _ => (past, future),
    })
}

fn valid(year: i16, month: u8, day: u8) -> Option<PartialDate> {
    NaiveDate::from_ymd_opt(i32::from(year), u32::from(month), u32::from(day)).map(PartialDate::from)
}

/// A date as `YYYY-MM-DD`.
fn iso(word: &str) -> Option<PartialDate> {
    (word.len() == 10 && word.as_bytes().get(4) == Some(&b'-')).then(|| PartialDate::parse(word)).flatten()
}

fn year(word: &str) -> Option<i16> {
    (word.len() == 4).then(|| word.parse().ok()).flatten().filter(|y| (1900..=2100).contains(y))
}

/// "2", "21st", "21-22" → the first day.
fn ordinal(word: &str) -> Option<u8> {
    let digits: String = word.chars().take_while(char::is_ascii_digit).collect();
    let rest = &word[digits.len()..];
    let fits = matches!(rest, "" | "st" | "nd" | "rd" | "th") || rest.starts_with('-') || rest.starts_with('–');
    (fits && digits.len() <= 2).then(|| digits.parse().ok()).flatten().filter(|d| (1..=31).contains(d))
}

fn month(word: &str) -> Option<u8> {
    if word.len() < 3 || !word.starts_with(char::is_uppercase) {
        return None;
    }
    const NAMES: [&str; 12] = [
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
    let lower = word.trim_end_matches('.').to_ascii_lowercase();
    let index = NAMES.iter().position(|m| {
        *m == lower
            || (lower.len() >= 3
                && lower.len() <= 4
                && m.starts_with(&lower)
                && (word.len() == 3 || word.ends_with('.') || lower == "sept"))
    })?;
    u8::try_from(index + 1).ok()
}

/// Whether a word names a month or a weekday.
#[must_use]
pub fn is_calendar_word(word: &str) -> bool {
    month(word).is_some() || weekday(&word.to_ascii_lowercase()).is_some()
}

fn weekday(lower: &str) -> Option<Weekday> {
    Some(match lower.trim_end_matches('.') {
        "monday" | "mon" => Weekday::Mon,
        "tuesday" | "tue" | "tues" => Weekday::Tue,
        "wednesday" | "wed" => Weekday::Wed,
        "thursday" | "thu" | "thurs" => Weekday::Thu,
        "friday" | "fri" => Weekday::Fri,
        "saturday" | "sat" => Weekday::Sat,
        "sunday" | "sun" => Weekday::Sun,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::nlp::{Deprel, SentenceKind, Token, Upos};
    use crate::text::Span;

    #[track_caller]
    fn check(published: &str, text: &str, past: &str, future: &str) {
        let mut tokens = Vec::new();
        let mut at = 0;
        for word in text.split(' ') {
            tokens.push(Token {
                span: Span::new(at, at + word.len()),
                lemma: word.into(),
                pos: Upos::X,
                head: 0,
                deprel: Deprel::Dep,
            });
            at += word.len() + 1;
        }
        let sentence = Sentence {
            span: Span::new(0, text.len()),
            dateline: None,
            paragraph: 0,
            kind: SentenceKind::Body,
            tokens,
            tagged: false,
            parsed: false,
        };
        let doc = Document { text, sentences: vec![sentence] };
        let found = find(&doc, NaiveDate::parse_from_str(published, "%Y-%m-%d").ok());
        assert_eq!(found.len(), 1, "{found:?}");
        assert_eq!(
            (found[0].past.to_string(), found[0].future.to_string()),
            (past.to_owned(), future.to_owned()),
            "{text}"
        );
    }

    #[test]
    fn weekdays_lie_within_a_week() {
        check("2025-11-02", "agreed Sunday to", "2025-11-02", "2025-11-02");
        check("2025-11-03", "agreed on Sunday", "2025-11-02", "2025-11-09");
        check("2025-11-02", "met last Friday", "2025-10-31", "2025-10-31");
    }

    #[test]
    fn the_day_behind_a_weekday_is_meant() {
        check("2025-11-02", "on Monday , 29 September 2025", "2025-09-29", "2025-09-29");
        check("2025-11-02", "on Monday 29 September", "2025-09-29", "2025-09-29");
        check("2025-11-02", "on Thursday ( Aug. 21 )", "2025-08-21", "2025-08-21");
        check("2025-11-02", "on Thursday , November 20 ,", "2025-11-20", "2025-11-20");
        check("2025-11-02", "on Monday , May said", "2025-10-27", "2025-11-03");
    }

    #[test]
    fn months_and_days_take_the_nearest_year() {
        check("2022-01-05", "signed on Dec. 30", "2021-12-30", "2022-12-30");
        check("2022-06-24", "from June 21 - 22 , 2022", "2022-06-21", "2022-06-21");
        check("2022-06-24", "in May", "2022-05", "2023-05");
        check("2022-06-24", "on 5 July 2019 ,", "2019-07-05", "2019-07-05");
        check("2022-06-24", "two weeks ago", "2022-06", "2022-06");
        check("2022-06-24", "a decade ago", "2012", "2012");
    }

    #[test]
    fn a_year_that_is_told_by_this_one() {
        check("1995-10-12", "In January this year ,", "1995-01", "1995-01");
        check("1995-10-12", "in May last year", "1994-05", "1994-05");
        check("1995-10-12", "on 3 March of last year", "1994-03-03", "1994-03-03");
        check("1995-10-12", "in November of 1993", "1993-11", "1993-11");
        check("1995-10-12", "on the 4th of May", "1995-05-04", "1996-05-04");
    }

    #[test]
    fn days_in_a_row_and_weekends_begin_with_the_first() {
        check("1995-10-12", "between 3 and 5 October", "1995-10-03", "1996-10-03");
        check("1995-10-12", "over the weekend", "1995-10-07", "1995-10-14");
        check("1995-10-15", "this weekend", "1995-10-14", "1995-10-14");
        check("1995-10-15", "next weekend", "1995-10-21", "1995-10-21");
    }
}
