//! Date expressions and realities → dates with their basis.

use super::drafts::When;
use crate::extract::dates::DateMention;
use crate::extract::factuality::Reality;
use crate::knowledge::PartialDate;
use chrono::{Days, NaiveDate};

/// The date of an event of that reality: the future reading for what is planned, the past one otherwise.
pub(super) fn of(date: Option<&DateMention>, reality: Reality, _published: Option<NaiveDate>) -> When {
    let d = date?;
    let chosen = if matches!(reality, Reality::Planned | Reality::Hypothetical) { d.future } else { d.past };
    Some((chosen, d.basis))
}

/// Whether two dates can mean one day.
pub(super) fn compatible(a: PartialDate, b: PartialDate) -> bool {
    a.year == b.year
        && (a.month == 0
            || b.month == 0
            || (a.month == b.month && (a.day == 0 || b.day == 0 || a.day.abs_diff(b.day) <= 1)))
}

/// Whether the date lies so far before the publication day that it is history.
pub(super) fn long_past(date: PartialDate, published: Option<NaiveDate>) -> bool {
    match (date.latest(), published) {
        (Some(last), Some(day)) => last < day.checked_sub_days(Days::new(60)).unwrap_or(day),
        _ => false,
    }
}
