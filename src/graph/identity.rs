//! Whether two tellings are of one event, and how alike they are: the rules of identity across articles.
//!
//! Two tellings are **compatible** where nothing in them speaks against one event and enough speaks for it; they
//! **contradict** each other where they can never be one, whatever a third article says. Two facts of one article always
//! contradict each other: an article that tells two things means two.

use super::rows::EventKind;
use super::telling::Telling;
use super::topics::Topic;
use chrono::{Days, NaiveDate};

/// Days between two tellings of one event whose dates rest on words of the text.
const TOLD_DAYS: i64 = 1;
/// The same where a date is only that of the publication, or of another event.
const VAGUE_DAYS: i64 = 3;
/// Days of one journey: reports of a visit name its first day, or another.
const VISIT_DAYS: i64 = 3;
/// Days from what was planned, with a day, to what was done.
const PLANNED_DAYS: i64 = 7;
/// Days from what was planned, without a day, to what was done; the furthest that two tellings may lie apart.
pub(super) const PLAN_DAYS: i64 = 60;

/// A telling with what the comparison needs to know of it.
#[derive(Debug)]
pub(super) struct Item<'t> {
    pub(super) telling: &'t Telling,
    pub(super) topic: Topic,
    /// The first and last day that its date can mean; of news without a date, the day of publication.
    pub(super) days: Option<(NaiveDate, NaiveDate)>,
    /// Whether the days rest on no word of the text.
    vague: bool,
    place: Option<String>,
}

impl<'t> Item<'t> {
    pub(super) fn new(telling: &'t Telling, topic: Topic) -> Self {
        let place = telling.place.as_ref().map(|p| p.to_lowercase());
        let told = telling.days();
        let news = telling.article.published.filter(|_| !telling.background).map(|day| (day, day));
        let vague = told.is_none() || matches!(telling.basis.as_deref(), Some("inherited" | "publication"));
        Self { telling, topic, days: told.or(news), vague, place }
    }

    fn is_planned(&self) -> bool {
        matches!(self.telling.status.as_deref(), Some("planned" | "negotiating"))
    }

    /// Whether it is one day.
    fn is_day(&self) -> bool {
        self.days.is_some_and(|(first, last)| first == last)
    }

    /// Whether the date is only a year.
    fn is_long(&self) -> bool {
        self.days.is_some_and(|(first, last)| (last - first).num_days() > 31)
    }
}

/// Whether two tellings can never be of one event.
pub(super) fn contradict(a: &Item<'_>, b: &Item<'_>) -> bool {
    a.telling.article.id == b.telling.article.id
        || !types_fit(a, b)
        || !statuses_fit(a, b)
        || !dates_fit(a, b)
        || !people_fit(a, b)
        || a.topic.numbers_differ(&b.topic)
        || !roles_fit(a, b)
}

/// How alike two tellings are that may be of one event, higher is more; nothing where too little speaks for it.
pub(super) fn likeness(a: &Item<'_>, b: &Item<'_>) -> Option<i64> {
    if contradict(a, b) {
        return None;
    }
    let far = distance(a, b).is_none_or(|days| days > VAGUE_DAYS) || a.is_long() || b.is_long();
    let enough = match a.telling.kind {
        Some(EventKind::Agreement) => topics_fit(a, b, far),
        Some(EventKind::Encounter) => encounters_fit(a, b),
        _ => true,
    };
    enough.then(|| {
        let same = |yes: bool, points: i64| if yes { points } else { 0 };
        a.topic.likeness(&b.topic)
            + same(a.telling.event_type == b.telling.event_type, 300)
            + same(a.place.is_some() && a.place == b.place, 100)
            + same(a.telling.status == b.telling.status, 50)
            + same(!a.telling.participants.is_disjoint(&b.telling.participants), 100)
            + same(a.telling.background == b.telling.background, 20)
            - 10 * distance(a, b).unwrap_or(0)
    })
}

/// Days between the nearest days that two dates can mean.
fn distance(a: &Item<'_>, b: &Item<'_>) -> Option<i64> {
    let ((a1, a2), (b1, b2)) = (a.days?, b.days?);
    Some((b1 - a2).num_days().max((a1 - b2).num_days()).max(0))
}

/// Kinds of instruments that two reports may call by either name.
fn types_fit(a: &Item<'_>, b: &Item<'_>) -> bool {
    let (x, y) = (a.telling.event_type.as_str(), b.telling.event_type.as_str());
    if x == y {
        return true;
    }
    if a.telling.kind != Some(EventKind::Agreement) {
        return false;
    }
    // "An agreement" is the general word; a commitment may be written down in a declaration.
    let general = |t: &str| matches!(t, "agreement" | "commitment");
    let loose = |t: &str| matches!(t, "commitment" | "declaration");
    ((general(x) || general(y)) || (loose(x) && loose(y))) && a.topic.shares(&b.topic)
}

/// What took place and what was called off are two things; what was planned may have become either.
fn statuses_fit(a: &Item<'_>, b: &Item<'_>) -> bool {
    let ended = |i: &Item<'_>| matches!(i.telling.status.as_deref(), Some("broken" | "cancelled"));
    match (ended(a), ended(b)) {
        (true, false) => b.is_planned(),
        (false, true) => a.is_planned(),
        _ => true,
    }
}

fn dates_fit(a: &Item<'_>, b: &Item<'_>) -> bool {
    let (Some((a1, a2)), Some((b1, b2))) = (a.days, b.days) else {
        // What has no date is compared only with its like, of articles of the same days.
        let published = a.telling.article.published.zip(b.telling.article.published);
        let together = published.is_some_and(|(x, y)| (x - y).num_days().abs() <= VAGUE_DAYS);
        return a.days.is_none() && b.days.is_none() && together;
    };
    let act = a.telling.kind == Some(EventKind::Act);
    let plan = match (a.is_planned(), b.is_planned()) {
        (true, false) => Some((a, b2)),
        (false, true) => Some((b, a2)),
        _ => None,
    };
    let apart = distance(a, b).unwrap_or(0);
    if let Some((plan, done)) = plan {
        // What is still planned afterwards is something else.
        let afterwards = plan.telling.article.published.is_some_and(|day| (day - done).num_days() > TOLD_DAYS);
        return !afterwards && apart <= if plan.is_day() && !plan.vague { PLANNED_DAYS } else { PLAN_DAYS };
    }
    if a.is_day() && b.is_day() {
        let told = !a.vague && !b.vague;
        let most = match (act, told) {
            _ if a.telling.event_type == "visit" => VISIT_DAYS,
            (true, _) | (false, true) => TOLD_DAYS,
            (false, false) => VAGUE_DAYS,
        };
        return apart <= most;
    }
    let equal = a.days == b.days;
    match a.telling.kind {
        // "In 2025 they supported …" and what they did on one day of it may be two.
        Some(EventKind::Act) => equal,
        Some(EventKind::Encounter) if a.is_long() || b.is_long() => equal,
        _ => (a1 <= b1 && b2 <= a2) || (b1 <= a1 && a2 <= b2),
    }
}

fn roles_fit(a: &Item<'_>, b: &Item<'_>) -> bool {
    let gathering = a.telling.event_type == "gathering";
    let (x, y) = (&a.telling.parties, &b.telling.parties);
    a.telling.actor == b.telling.actor
        && a.telling.recipient == b.telling.recipient
        && (x == y || (gathering && (x.is_subset(y) || y.is_subset(x) || !x.is_disjoint(y))))
}

/// The presidents met, and so did their ministers: not one meeting. Whoever comes for one side in one telling comes in the
/// other too, where that names anybody for this side.
fn people_fit(a: &Item<'_>, b: &Item<'_>) -> bool {
    if a.telling.kind != Some(EventKind::Encounter) || a.telling.event_type == "gathering" {
        return true;
    }
    let sides = |i: &Item<'_>| -> Vec<(String, String)> {
        let side = |who: &String| i.telling.article.sides.get(who).map(|side| (side.clone(), who.clone()));
        i.telling.participants.iter().filter_map(side).collect()
    };
    let (x, y) = (sides(a), sides(b));
    if a.telling.event_type == "visit" && !x.is_empty() && !y.is_empty() {
        // The visitors: a visit from Seoul to Singapore is not one from Singapore to Seoul.
        return x.iter().any(|(side, _)| y.iter().any(|(other, _)| side == other)) && sides_fit(&x, &y);
    }
    sides_fit(&x, &y)
}

fn sides_fit(x: &[(String, String)], y: &[(String, String)]) -> bool {
    x.iter().all(|(side, _)| {
        let both = y.iter().any(|(other, _)| other == side);
        !both || x.iter().filter(|(s, _)| s == side).any(|one| y.contains(one))
    })
}

/// Two agreements of the same parties and day: their topics tell whether they are one.
fn topics_fit(a: &Item<'_>, b: &Item<'_>, far: bool) -> bool {
    if a.topic.shares(&b.topic) {
        return true;
    }
    let sectors = !a.telling.sectors.is_empty() && a.telling.sectors == b.telling.sectors;
    !far && (a.topic.is_empty() || b.topic.is_empty() || sectors)
}

fn encounters_fit(a: &Item<'_>, b: &Item<'_>) -> bool {
    let same_place = match (&a.place, &b.place) {
        (Some(x), Some(y)) => Some(x == y || x.contains(y.as_str()) || y.contains(x.as_str())),
        _ => None,
    };
    if a.telling.parties == b.telling.parties {
        // A second city of one journey is the same journey.
        return a.telling.event_type == "visit" || same_place != Some(false);
    }
    // A gathering of which one report names fewer who came.
    let organization = a
        .telling
        .parties
        .intersection(&b.telling.parties)
        .any(|party| super::mint::code_of(party).is_some_and(|(_, country)| !country));
    let subset = a.telling.parties.is_subset(&b.telling.parties) || b.telling.parties.is_subset(&a.telling.parties);
    same_place != Some(false)
        && (organization || same_place == Some(true))
        && (subset || !a.telling.participants.is_disjoint(&b.telling.participants))
}

/// The last day on which what is compared with an item may begin.
pub(super) fn horizon(last: NaiveDate) -> NaiveDate {
    last.checked_add_days(Days::new(PLAN_DAYS.unsigned_abs())).unwrap_or(NaiveDate::MAX)
}

/// Why two tellings of one event are held to be one, for people.
pub(super) fn reasons(a: &Item<'_>, b: &Item<'_>) -> Vec<String> {
    let mut reasons = Vec::new();
    let codes = |i: &Item<'_>| i.telling.parties.iter().map(|p| super::mint::code(p)).collect::<Vec<_>>().join("–");
    reasons.push(if a.telling.parties == b.telling.parties {
        format!("the same parties ({})", codes(a))
    } else {
        format!("parties of one gathering ({}; {})", codes(a), codes(b))
    });
    reasons.push(if a.telling.event_type == b.telling.event_type {
        format!("the same type ({})", a.telling.event_type)
    } else {
        format!("types that may mean one thing ({}, {})", a.telling.event_type, b.telling.event_type)
    });
    if a.telling.status != b.telling.status {
        let status = |i: &Item<'_>| i.telling.status.clone().unwrap_or_default();
        reasons.push(format!("one came of the other ({}, {})", status(a), status(b)));
    }
    let told = |i: &Item<'_>| match (i.telling.date, i.telling.article.published) {
        (Some(date), _) => date.to_string(),
        (None, Some(day)) => format!("no date, published {day}"),
        (None, None) => "no date".to_owned(),
    };
    reasons.push(match distance(a, b) {
        Some(0) => format!("dates that agree ({}; {})", told(a), told(b)),
        Some(days) => format!("dates {days} days apart ({}; {})", told(a), told(b)),
        None => "recalled without a date by articles of the same days".to_owned(),
    });
    let words = a.topic.shared(&b.topic);
    if !words.is_empty() {
        reasons.push(format!("topics that share: {}", words.join(", ")));
    }
    if a.place.is_some() && a.place == b.place {
        reasons.push(format!("the same place ({})", a.telling.place.as_deref().unwrap_or_default()));
    }
    reasons
}
