//! Whether two tellings are of one event, and how alike they are: the rules of identity across articles.
//!
//! Two tellings are **compatible** where nothing in them speaks against one event and enough speaks for it; they
//! **contradict** each other where they can never be one, whatever a third article says. Two facts of one article always
//! contradict each other: an article that tells two things means two.

use super::names;
use super::rows::EventKind;
use super::telling::Telling;
use super::topics::Topic;
use chrono::{Days, NaiveDate};
use std::collections::BTreeSet;

/// Days between two tellings of one event whose dates rest on words of the text.
const TOLD_DAYS: i64 = 1;
/// The same where a date is only that of the publication, or of another event.
const VAGUE_DAYS: i64 = 3;
/// Days between two told dates of an agreement whose topics are the same in several words: one report errs.
const ERRED_DAYS: i64 = 5;
/// Days of one journey: reports of a visit name its first day, or another.
const VISIT_DAYS: i64 = 3;
/// Days from what was planned, with a day, to what was done.
const PLANNED_DAYS: i64 = 7;
/// Days from what was planned, without a day, to what was done.
const PLAN_DAYS: i64 = 45;
/// Days from negotiations to the signing, from the signing to the entry into force or the end, of one agreement.
const LIFE_DAYS: i64 = 5 * 366;

/// Words of a text that tells of many things.
const LONG_TEXT: usize = 60;

/// A telling with what the comparison needs to know of it.
#[derive(Debug, Clone)]
pub(super) struct Item<'t> {
    pub(super) telling: &'t Telling,
    pub(super) topic: Topic,
    /// What its sentences are about.
    pub(super) words: Topic,
    /// The first and last day that its date can mean; of news without a date, the day of publication.
    pub(super) days: Option<(NaiveDate, NaiveDate)>,
    /// Whether the days rest on no word of the text.
    pub(super) vague: bool,
    /// In lower case.
    pub(super) place: Option<String>,
}

impl<'t> Item<'t> {
    pub(super) fn new(telling: &'t Telling, topic: Topic, words: Topic) -> Self {
        let place = telling.place.as_ref().map(|p| p.to_lowercase());
        let told = telling.days();
        let news = telling.article.published.filter(|_| !telling.background).map(|day| (day, day));
        let vague = told.is_none() || matches!(telling.basis.as_deref(), Some("inherited" | "publication"));
        Self { telling, topic, words, days: told.or(news), vague, place }
    }

    fn is_planned(&self) -> bool {
        matches!(self.telling.status.as_deref(), Some("planned" | "negotiating"))
    }

    fn is_agreement(&self) -> bool {
        self.telling.kind == Some(EventKind::Agreement)
    }

    /// Whether it is one day.
    fn is_day(&self) -> bool {
        self.days.is_some_and(|(first, last)| first == last)
    }

    /// Whether the date is only a year.
    fn is_long(&self) -> bool {
        self.days.is_some_and(|(first, last)| (last - first).num_days() > 31)
    }

    /// Whether two parties seldom have more than one of its type.
    fn is_singular(&self) -> bool {
        matches!(self.telling.event_type.as_str(), "fta" | "treaty")
    }

    /// Whether it is an instrument that was made on a day that is told: such are few.
    fn is_firm(&self) -> bool {
        let loose = |t: &str| matches!(t, "commitment" | "declaration" | "partnership" | "plan" | "loan");
        !self.vague && !self.is_planned() && !loose(&self.telling.event_type)
    }

    /// Those who take part, each with the side.
    fn sides(&self) -> Vec<(&str, &str)> {
        let side = |who: &'t String| self.telling.article.sides.get(who).map(|side| (side.as_str(), who.as_str()));
        self.telling.participants.iter().filter_map(side).collect()
    }

    fn name<'s>(&'s self, who: &'s str) -> &'s str {
        self.telling.article.names.get(who).map_or(who, String::as_str)
    }
}

/// Whether two tellings can never be of one event.
pub(super) fn contradict(a: &Item<'_>, b: &Item<'_>) -> bool {
    CHECKS.iter().any(|(_, fits)| !fits(a, b))
}

/// What speaks against one event, so that nothing can speak for it. [`Objection::Date`] and [`Objection::Type`] alone are
/// such that a person might see it otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Objection {
    /// One article tells both.
    OneArticle,
    /// Other parties, or other roles.
    Parties,
    /// One took place and the other did not.
    Status,
    /// "3rd" and "4th", 2024 and 2025.
    Number,
    /// Others met, or others came.
    People,
    /// Kinds that are not one.
    Type,
    /// Too far apart.
    Date,
}

impl Objection {
    /// For people.
    pub(super) fn text(self) -> &'static str {
        match self {
            Self::OneArticle => "one article tells both",
            Self::Parties => "other parties",
            Self::Status => "one took place, the other did not",
            Self::Number => "other numbers",
            Self::People => "other people",
            Self::Type => "another type",
            Self::Date => "dates too far apart",
        }
    }
}

/// Whether two tellings fit in one way.
type Fits = fn(&Item<'_>, &Item<'_>) -> bool;

/// What must fit, the cheapest first.
const CHECKS: [(Objection, Fits); 7] = [
    (Objection::Parties, roles_fit),
    (Objection::OneArticle, articles_fit),
    (Objection::Date, dates_fit),
    (Objection::Number, numbers_fit),
    (Objection::Status, statuses_fit),
    (Objection::People, people_fit),
    (Objection::Type, types_fit),
];

/// All that speaks against one event.
pub(super) fn objections(a: &Item<'_>, b: &Item<'_>) -> Vec<Objection> {
    CHECKS.iter().filter(|(_, fits)| !fits(a, b)).map(|(what, _)| *what).collect()
}

fn articles_fit(a: &Item<'_>, b: &Item<'_>) -> bool {
    a.telling.article.id != b.telling.article.id
}

fn numbers_fit(a: &Item<'_>, b: &Item<'_>) -> bool {
    let loans = [a, b].iter().all(|item| item.telling.event_type == "loan") && a.topic.amounts_differ(&b.topic);
    !loans && !a.topic.numbers_differ(&b.topic) && !a.words.series_differ(&b.words)
}

/// How alike two tellings are that may be of one event, higher is more; nothing where too little speaks for it.
pub(super) fn likeness(a: &Item<'_>, b: &Item<'_>) -> Option<i64> {
    if contradict(a, b) {
        return None;
    }
    let far = distance(a, b).is_none_or(|days| days > VAGUE_DAYS) || a.is_long() || b.is_long();
    let enough = match a.telling.kind {
        Some(EventKind::Agreement) if distance(a, b).is_some_and(|days| days > PLAN_DAYS) => same_agreement(a, b),
        Some(EventKind::Agreement) => topics_fit(a, b, far) && named_alike(a, b),
        Some(EventKind::Encounter) => encounters_fit(a, b),
        _ => acts_fit(a, b),
    };
    enough.then(|| score(a, b))
}

/// How much speaks for one event.
pub(super) fn score(a: &Item<'_>, b: &Item<'_>) -> i64 {
    let same = |yes: bool, points: i64| if yes { points } else { 0 };
    a.topic.likeness(&b.topic)
        + a.words.likeness(&b.words) / 2
        + same(a.telling.event_type == b.telling.event_type, 300)
        + same(a.place.is_some() && a.place == b.place, 100)
        + same(a.telling.status == b.telling.status, 50)
        + same(!a.telling.participants.is_disjoint(&b.telling.participants), 100)
        + same(a.telling.background == b.telling.background, 20)
        - 10 * distance(a, b).unwrap_or(0)
}

/// Days between the nearest days that two dates can mean.
pub(super) fn distance(a: &Item<'_>, b: &Item<'_>) -> Option<i64> {
    let ((a1, a2), (b1, b2)) = (a.days?, b.days?);
    Some((b1 - a2).num_days().max((a1 - b2).num_days()).max(0))
}

/// Kinds of instruments that two reports may call by either name.
fn types_fit(a: &Item<'_>, b: &Item<'_>) -> bool {
    let (x, y) = (a.telling.event_type.as_str(), b.telling.event_type.as_str());
    if x == y {
        return true;
    }
    if !a.is_agreement() {
        return false;
    }
    // "An agreement" is the general word; a commitment may be written down in a declaration.
    let general = |t: &str| matches!(t, "agreement" | "commitment");
    let loose = |t: &str| matches!(t, "commitment" | "declaration" | "partnership" | "plan");
    let bare = a.topic.is_empty() || b.topic.is_empty();
    ((general(x) || general(y)) || (loose(x) && loose(y))) && (bare || a.topic.shares(&b.topic) || one_sentence(a, b))
}

/// Where one report has a general word for the instrument, the topics must say more.
fn named_alike(a: &Item<'_>, b: &Item<'_>) -> bool {
    a.telling.event_type == b.telling.event_type || one_topic(a, b)
}

/// What took place and what was called off are two things; what was planned may have become either, and what was signed may
/// have been broken later.
fn statuses_fit(a: &Item<'_>, b: &Item<'_>) -> bool {
    let ended = |i: &Item<'_>| matches!(i.telling.status.as_deref(), Some("broken" | "cancelled"));
    match (ended(a), ended(b)) {
        (true, false) => b.is_planned() || (a.is_agreement() && in_turn(b, a) && related(a, b)),
        (false, true) => a.is_planned() || (a.is_agreement() && in_turn(a, b) && related(a, b)),
        _ => true,
    }
}

/// Whether what `one` tells may have come before what `other` tells, by their days.
fn in_turn(one: &Item<'_>, other: &Item<'_>) -> bool {
    one.days.zip(other.days).is_some_and(|((first, _), (_, last))| first <= last)
}

/// The topics are the same in most of their words, and not only in words that many have.
fn same_agreement(a: &Item<'_>, b: &Item<'_>) -> bool {
    let alike = a.topic.overlap(&b.topic);
    let named = a.telling.event_type == b.telling.event_type && a.is_singular();
    (alike >= 600 && a.topic.telling_words(&b.topic) > 0) || (alike >= 900 && named)
}

/// The topics have something in common that speaks for one agreement, though far apart in time.
fn related(a: &Item<'_>, b: &Item<'_>) -> bool {
    let named = a.telling.event_type == b.telling.event_type && a.is_singular();
    a.topic.telling_words(&b.topic) > 0 || (named && a.topic.overlap(&b.topic) >= 600)
}

fn dates_fit(a: &Item<'_>, b: &Item<'_>) -> bool {
    let (Some((a1, a2)), Some((b1, b2))) = (a.days, b.days) else {
        // What has no date is compared only with its like, of articles of the same days.
        let published = a.telling.article.published.zip(b.telling.article.published);
        let together = published.is_some_and(|(x, y)| (x - y).num_days().abs() <= VAGUE_DAYS);
        return a.days.is_none() && b.days.is_none() && together;
    };
    let apart = distance(a, b).unwrap_or(0);
    if follows(a, b) || follows(b, a) {
        return true;
    }
    let plan = match (a.is_planned(), b.is_planned()) {
        (true, false) => Some((a, b2)),
        (false, true) => Some((b, a2)),
        _ => None,
    };
    let long = a.is_long() || b.is_long();
    if let Some((plan, last)) = plan.filter(|_| a.is_agreement() || !long) {
        // What is still planned afterwards is something else.
        let afterwards = plan.telling.article.published.is_some_and(|day| (day - last).num_days() > TOLD_DAYS);
        return !afterwards && apart <= days_of_plan(plan);
    }
    if is_over(a, b) || is_over(b, a) {
        return false;
    }
    if a.is_day() && b.is_day() {
        let told = !a.vague && !b.vague;
        // "Today", and "today" in the next day's paper: two.
        if told && apart > 0 && !a.is_agreement() && a.telling.event_type != "visit" && is_news(a) && is_news(b) {
            return false;
        }
        let erred = a.is_agreement() && same_agreement(a, b) && a.topic.telling_words(&b.topic) > 1;
        let most = match a.telling.kind {
            _ if a.telling.event_type == "visit" => VISIT_DAYS,
            _ if told && erred => ERRED_DAYS,
            // An act is nothing but its day.
            Some(EventKind::Act) => TOLD_DAYS,
            _ if told => TOLD_DAYS,
            _ => VAGUE_DAYS,
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

/// Stages of the life of one agreement that lie long apart: negotiated, agreed, signed, in force, broken.
fn follows(earlier: &Item<'_>, later: &Item<'_>) -> bool {
    let stage = |i: &Item<'_>| match i.telling.status.as_deref() {
        Some("negotiating" | "planned") => 0,
        Some("agreed") => 1,
        Some("signed") => 2,
        Some("in-force") => 3,
        Some("broken") => 4,
        _ => 9,
    };
    let (x, y) = (stage(earlier), stage(later));
    // A signing that was planned is looked for near the plan; what came of it later, later.
    let planned = earlier.telling.status.as_deref() == Some("planned") && y < 3;
    let singular = earlier.is_singular() && later.is_singular();
    // Papers speak of all that is ever negotiated, and of old agreements as if they were new: the day must be told, and what
    // is negotiated must be such that there is only one.
    let told = !later.vague && if x == 0 { singular } else { !earlier.vague };
    let vows = |i: &Item<'_>| matches!(i.telling.event_type.as_str(), "commitment" | "declaration" | "plan");
    earlier.is_agreement()
        && x < y
        && y < 9
        && !planned
        && told
        && !vows(earlier)
        && !vows(later)
        && in_turn(earlier, later)
        && distance(earlier, later).is_some_and(|days| days <= LIFE_DAYS)
        && related(earlier, later)
        && !(x == 0 && earlier.telling.article.published > later.telling.article.published)
}

/// Whether the day that an article tells is that on which it appeared.
fn is_news(item: &Item<'_>) -> bool {
    item.telling.article.published.is_some_and(|day| item.days == Some((day, day)))
}

/// Whether an encounter that is still planned, without a day, was planned after the day of the other.
fn is_over(plan: &Item<'_>, other: &Item<'_>) -> bool {
    let last = other.days.filter(|_| !other.vague && !plan.is_agreement() && plan.is_planned() && plan.vague);
    plan.telling.article.published.zip(last).is_some_and(|(told, (_, last))| (told - last).num_days() > TOLD_DAYS)
}

/// How long before the deed a plan may be told.
fn days_of_plan(plan: &Item<'_>) -> i64 {
    if plan.is_day() && !plan.vague { PLANNED_DAYS } else { PLAN_DAYS }
}

fn roles_fit(a: &Item<'_>, b: &Item<'_>) -> bool {
    let gathering = a.telling.event_type == "gathering";
    let (x, y) = (&a.telling.parties, &b.telling.parties);
    a.telling.actor == b.telling.actor
        && a.telling.recipient == b.telling.recipient
        && (x == y || (gathering && (x.is_subset(y) || y.is_subset(x) || !x.is_disjoint(y))))
}

/// The presidents met, and so did their ministers: not one meeting. Whoever comes for one side in one telling comes in the
/// other too, where that names anybody for this side; and where the two name nobody of one side, they name people of a rank.
fn people_fit(a: &Item<'_>, b: &Item<'_>) -> bool {
    if a.telling.kind != Some(EventKind::Encounter) || a.telling.event_type == "gathering" {
        return true;
    }
    let (x, y) = (a.sides(), b.sides());
    let one = |p: &str, q: &str| p == q || names::may_be_one(a.name(p), b.name(q));
    if a.telling.event_type == "visit" && !x.is_empty() && !y.is_empty() {
        // The visitors: a visit from Seoul to Singapore is not one from Singapore to Seoul.
        let common = x.iter().any(|(side, _)| y.iter().any(|(other, _)| side == other));
        if !common {
            return false;
        }
    }
    let sides_fit = x.iter().all(|(side, _)| {
        let (ours, theirs) = (x.iter().filter(|(s, _)| s == side), y.iter().filter(|(s, _)| s == side));
        let theirs: Vec<&str> = theirs.map(|(_, who)| *who).collect();
        theirs.is_empty() || ours.into_iter().any(|(_, who)| theirs.iter().any(|other| one(who, other)))
    });
    let shared = x.iter().any(|(_, who)| y.iter().any(|(_, other)| one(who, other)));
    sides_fit && (shared || ranks_fit(a, b))
}

fn ranks_fit(a: &Item<'_>, b: &Item<'_>) -> bool {
    let ranks = |i: &Item<'_>| -> Vec<&'static str> {
        i.telling.participants.iter().filter_map(|who| i.telling.article.ranks.get(who).copied()).collect()
    };
    let (x, y) = (ranks(a), ranks(b));
    x.is_empty() || y.is_empty() || x.iter().any(|rank| y.contains(rank))
}

/// Whether the topics are mostly the same, or the sentences are.
fn one_topic(a: &Item<'_>, b: &Item<'_>) -> bool {
    let sectors = !a.telling.sectors.is_disjoint(&b.telling.sectors);
    let (overlap, telling) = (a.topic.overlap(&b.topic), a.topic.telling_words(&b.topic));
    let common = a.topic.is_empty() || b.topic.is_empty() || a.topic.shares(&b.topic);
    let sure = sectors && a.is_firm() && b.is_firm();
    // "Aid" and "aid for schools" may be two; "trade" and "trade" not.
    (overlap >= 600 && (telling > 0 || sure || a.topic.likeness(&b.topic) >= 600))
        || (overlap >= 400 && telling > 0 && (sure || one_sentence(a, b) || (telling > 1 && sectors)))
        || (common && a.words.overlap(&b.words) >= 600 && a.words.telling_words(&b.words) >= 4)
}

/// Whether two sentences say about the same.
fn one_sentence(a: &Item<'_>, b: &Item<'_>) -> bool {
    a.words.overlap(&b.words) >= 400 && a.words.telling_words(&b.words) >= 2
}

/// Two agreements of the same parties and day: their topics tell whether they are one.
fn topics_fit(a: &Item<'_>, b: &Item<'_>, far: bool) -> bool {
    let told = !a.vague && !b.vague;
    let vow = |i: &Item<'_>| matches!(i.telling.event_type.as_str(), "commitment" | "declaration" | "plan");
    let plans = a.is_planned() != b.is_planned();
    let (telling, singular) = (a.topic.telling_words(&b.topic), a.is_singular() && b.is_singular());
    // "In 2022 it gave aid", and what it gave on one day of it.
    if a.is_long() != b.is_long() && telling < 2 && !singular {
        return false;
    }
    // What is talked about is seldom all of what is agreed on, and hardly after weeks.
    let far_on = distance(a, b).is_some_and(|days| days > PLANNED_DAYS) && telling < 2;
    let part = !a.topic.is_empty() && !b.topic.is_empty() && a.topic.likeness(&b.topic) < 250;
    if plans && !singular && (far_on || part) {
        return false;
    }
    // What is vowed, or only planned, is told in the same words every day.
    if !told && (vow(a) || vow(b) || plans) {
        let near = distance(a, b).is_some_and(|days| days <= TOLD_DAYS) || (plans && !vow(a) && !vow(b));
        let company = one_text(a, b) || same_company(a, b);
        let much = telling > 1 || (singular && a.topic.overlap(&b.topic) >= 900);
        return near && company && one_topic(a, b) && (much || one_text(a, b));
    }
    // What two states avow to each other they avow at every meeting.
    let loose = |i: &Item<'_>| vow(i) || i.telling.event_type == "partnership" || i.is_planned();
    if loose(a) && loose(b) && !(same_company(a, b) && one_occasion(a, b)) && !share_sentence(a, b) {
        return false;
    }
    if one_topic(a, b) {
        return true;
    }
    let (empty, sectors) = (a.topic.is_empty() || b.topic.is_empty(), !a.telling.sectors.is_empty());
    let same_type = a.telling.event_type == b.telling.event_type;
    let same_sectors = sectors && a.telling.sectors == b.telling.sectors;
    let bare = empty && same_type && (told || says_enough(a, b)) && mentions(a, b) && mentions(b, a);
    !far && (bare || (same_sectors && one_sentence(a, b)))
}

/// Whether the sentences of what has no topic are about the topic of the other, or too short to tell.
fn mentions(bare: &Item<'_>, other: &Item<'_>) -> bool {
    !bare.topic.is_empty()
        || other.topic.is_empty()
        || bare.words.len() < 4
        || bare.words.telling_words(&other.topic) > 0
}

/// Whether the sentences are alike, or too short to tell.
fn says_enough(a: &Item<'_>, b: &Item<'_>) -> bool {
    a.words.len().min(b.words.len()) < 3 || one_sentence(a, b)
}

/// Whether two articles have almost the same words: an agency's report in two papers. Of two long texts of one subject, most
/// words are the same; then a sentence must be.
fn one_text(a: &Item<'_>, b: &Item<'_>) -> bool {
    let long = a.words.len().min(b.words.len()) > LONG_TEXT;
    a.words.overlap(&b.words) >= 800 && a.words.telling_words(&b.words) >= 5 && (!long || share_sentence(a, b))
}

fn share_sentence(a: &Item<'_>, b: &Item<'_>) -> bool {
    !a.telling.quotes.is_disjoint(&b.telling.quotes)
}

/// What is said of a third party at one meeting is said at the next: where two articles name people, most of those whom the
/// one of fewer names must be in the other.
fn one_occasion(a: &Item<'_>, b: &Item<'_>) -> bool {
    let (x, y) = (&a.telling.article.sides, &b.telling.article.sides);
    let (few, many) = if x.len() <= y.len() { ((a, x), (b, y)) } else { ((b, y), (a, x)) };
    let here = |who: &&String| {
        let name = few.0.name(who);
        many.1.contains_key(*who) || many.1.keys().any(|other| names::may_be_one(name, many.0.name(other)))
    };
    few.1.is_empty() || few.1.keys().filter(here).count() * 2 > few.1.len()
}

/// Acts have no topic: the sentences must be about the same, and on a day that is told at least as a day.
fn acts_fit(a: &Item<'_>, b: &Item<'_>) -> bool {
    // What a person asserts has no sentence: the day must do.
    let asserted = [a, b].map(|item| item.telling.article.decision);
    if asserted.contains(&true) {
        return a.days == b.days && (a.is_day() || asserted == [true, true]);
    }
    let few = a.words.len().min(b.words.len());
    if few < 3 {
        let told = !a.vague || !b.vague;
        return a.words == b.words || (told && a.days == b.days && a.words.overlap(&b.words) >= 500);
    }
    if a.days != b.days || !a.is_day() {
        return one_text(a, b);
    }
    // Where no word of a text tells the day, two statements of one day in like words may be two: what is said of a war, or to
    // each guest, is said every time.
    let (least, needed) = match (a.vague || b.vague, few < 6) {
        (true, true) => (700, 3),
        (true, false) => (600, 4),
        (false, true) => (350, 1),
        (false, false) => (350, 3),
    };
    let alike = a.words.overlap(&b.words) >= least && a.words.telling_words(&b.words) >= needed;
    alike && ((same_company(a, b) && one_occasion(a, b)) || share_sentence(a, b))
}

/// What leaders say to each other is said alike in one meeting and the next: where two articles name people of one party,
/// they must name one whom both name.
fn same_company<'t>(a: &Item<'t>, b: &Item<'t>) -> bool {
    let of = |item: &Item<'t>, party: &str| -> Vec<&'t str> {
        let sides = item.telling.article.sides.iter().filter(|(_, side)| *side == party);
        sides.map(|(who, _)| who.as_str()).collect()
    };
    a.telling.parties.iter().all(|party| {
        let (ours, theirs) = (of(a, party), of(b, party));
        let one = |who: &&str| theirs.iter().any(|o| *who == *o || names::may_be_one(a.name(who), b.name(o)));
        ours.is_empty() || theirs.is_empty() || ours.iter().any(one)
    })
}

/// Beside the day, something must speak for one encounter where a day is not told: somebody who is there, the place, the
/// words.
fn is_borne_out(a: &Item<'_>, b: &Item<'_>) -> bool {
    let sides = |i: &Item<'_>| i.telling.participants.iter().any(|who| i.telling.article.sides.contains_key(who));
    let one = |who: &str, other: &str| who == other || names::may_be_one(a.name(who), b.name(other));
    let theirs = b.sides();
    let shared: BTreeSet<&str> = a
        .sides()
        .into_iter()
        .filter(|(_, who)| theirs.iter().any(|(_, other)| one(who, other)))
        .map(|(side, _)| side)
        .collect();
    let place = a.place.is_some() && a.place == b.place;
    // Days before, that one of them meets somebody is not enough.
    if distance(a, b).is_some_and(|days| days > VAGUE_DAYS) {
        let visits = a.telling.event_type == "visit";
        return place || shared.len() > 1 || (!shared.is_empty() && (visits || one_sentence(a, b)));
    }
    let nothing = !sides(a) && !sides(b) && a.words.len().min(b.words.len()) < 3;
    !shared.is_empty() || place || nothing || one_sentence(a, b)
}

fn encounters_fit(a: &Item<'_>, b: &Item<'_>) -> bool {
    let told = !a.vague && !b.vague && a.is_day() && b.is_day();
    if !told && !is_borne_out(a, b) {
        return false;
    }
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
    let named = subset || !a.telling.participants.is_disjoint(&b.telling.participants);
    // Some organizations meet every day.
    let daily = a.telling.parties.iter().all(|party| {
        let code = super::mint::code_of(party);
        code.is_none_or(|(code, country)| country || matches!(code.as_str(), "UN" | "EU" | "UNSC"))
    });
    same_place != Some(false)
        && (organization || same_place == Some(true))
        && (named || (organization && !daily) || (same_place == Some(true) && one_sentence(a, b)))
}

/// Whether a telling of which only the days and the topic are known may be alike to another; both of one kind, or of buckets
/// that people joined. Whatever [`likeness`] may find alike is near.
pub(super) fn is_near(kind: Option<EventKind>, a: &Outline, b: &Outline) -> bool {
    let ((Some((a1, a2)), Some((b1, b2))), agreement) = ((a.days, b.days), kind == Some(EventKind::Agreement)) else {
        let both = a.days.is_none() && b.days.is_none();
        return both && a.published.zip(b.published).is_some_and(|(x, y)| (x - y).num_days().abs() <= VAGUE_DAYS);
    };
    let days = (b1 - a2).num_days().max((a1 - b2).num_days()).max(0);
    let near = if kind == Some(EventKind::Act) { TOLD_DAYS } else { PLAN_DAYS };
    days <= near
        || (agreement && days <= LIFE_DAYS && (a.topic.telling_words(&b.topic) > 0 || a.topic.overlap(&b.topic) >= 600))
}

/// What is known of a telling at a glance.
#[derive(Debug, Default)]
pub(super) struct Outline {
    /// As in [`Item`].
    pub(super) days: Option<(NaiveDate, NaiveDate)>,
    /// Of the article, where `days` tells nothing.
    pub(super) published: Option<NaiveDate>,
    /// Of an agreement.
    pub(super) topic: Topic,
}

/// The last day on which what is compared with an item may begin.
pub(super) fn horizon(item: &Item<'_>, last: NaiveDate) -> NaiveDate {
    let days = if item.is_agreement() { LIFE_DAYS } else { PLAN_DAYS };
    last.checked_add_days(Days::new(days.unsigned_abs())).unwrap_or(NaiveDate::MAX)
}
