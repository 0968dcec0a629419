//! Date expressions and realities → dates with their basis.

use super::drafts::When;
use crate::extract::dates::DateMention;
use crate::extract::factuality::Reality;
use crate::knowledge::PartialDate;
use chrono::{Days, NaiveDate};

/// The date of an event of that reality: the future reading for what is planned, the past one otherwise. What is called off was
/// to come, most often; of its two readings the one that is to come is taken, unless it lies much farther off.
pub(super) fn of(date: Option<&DateMention>, reality: Reality, published: Option<NaiveDate>) -> When {
    let d = date?;
    let to_come = match reality {
        Reality::Planned | Reality::Hypothetical => true,
        Reality::Cancelled => lies_nearer(d.future, d.past, published),
        Reality::Held | Reality::Present | Reality::Negated => false,
    };
    Some((if to_come { d.future } else { d.past }, d.basis))
}

/// Whether the day of publication is at most three months farther from the first date than from the second.
fn lies_nearer(first: PartialDate, second: PartialDate, published: Option<NaiveDate>) -> bool {
    let off = |date: PartialDate| Some((date.earliest()? - published?).num_days().abs());
    match (off(first), off(second)) {
        (Some(a), Some(b)) => a <= b + 92,
        _ => true,
    }
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
    past_by(60, date, published)
}

/// Whether the date lies more than so many days before the publication day.
pub(super) fn past_by(days: u64, date: PartialDate, published: Option<NaiveDate>) -> bool {
    match (date.latest(), published) {
        (Some(last), Some(day)) => last < day.checked_sub_days(Days::new(days)).unwrap_or(day),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::knowledge::vocab::DateBasis;

    #[track_caller]
    fn check(past: &str, future: &str, reality: Reality, expected: &str) {
        let day = |text: &str| PartialDate::parse(text).unwrap();
        let basis = DateBasis::Explicit;
        let date = DateMention { sent: 0, first: 0, last: 0, past: day(past), future: day(future), basis };
        let told = of(Some(&date), reality, NaiveDate::from_ymd_opt(2025, 11, 2));
        assert_eq!(told, Some((day(expected), basis)));
    }

    #[test]
    fn what_is_called_off_was_to_come() {
        check("2024-11-20", "2025-11-20", Reality::Cancelled, "2025-11-20");
        check("2025-05", "2026-05", Reality::Cancelled, "2026-05");
        check("2025-10-30", "2026-10-30", Reality::Cancelled, "2025-10-30");
        check("2024-11-20", "2025-11-20", Reality::Held, "2024-11-20");
        check("2024-11-20", "2025-11-20", Reality::Planned, "2025-11-20");
    }
}
