//! Encounter candidates of one article → encounters, each once.

use super::drafts::{EncounterDraft, Told, When};
use super::{parts, when};
use crate::extract::candidates::{EncounterCandidate, Features};
use crate::extract::factuality::Reality;
use crate::extract::scene::{Scene, date_case};
use crate::knowledge::vocab::{EncounterStatus, EncounterType};
use chrono::NaiveDate;
use std::collections::BTreeSet;

struct Cluster<'c> {
    members: Vec<&'c EncounterCandidate>,
    /// Of what is only read loosely: the kind of the encounter that a frame has read between the same parties, if any.
    beside: Option<Option<EncounterType>>,
}

/// Merges the candidates that tell of one encounter.
pub(super) fn merge(
    scene: &Scene<'_>,
    candidates: &[EncounterCandidate],
    published: Option<NaiveDate>,
) -> Vec<EncounterDraft> {
    let mut clusters: Vec<Cluster<'_>> = Vec::new();
    let (loose, strong): (Vec<_>, Vec<_>) = one_reading(candidates)
        .into_iter()
        .filter(|c| c.reality != Reality::Negated)
        .partition(|c| c.features.contains("loose"));
    for c in strong {
        let best = (0..clusters.len())
            .filter_map(|k| affinity(scene, &clusters[k], c, published).map(|a| (a, std::cmp::Reverse(k))))
            .max();
        match best {
            Some((_, std::cmp::Reverse(k))) => clusters[k].members.push(c),
            None => clusters.push(Cluster { members: vec![c], beside: None }),
        }
    }
    // What is read loosely adds an encounter only where no frame has read one of its kind between its parties.
    let read = clusters.len();
    for c in loose {
        let parties: BTreeSet<_> = c.parties.iter().copied().collect();
        let told = |k: &Cluster<'_>| {
            let theirs = best_parties(k);
            theirs.is_subset(&parties) || parties.is_subset(&theirs)
        };
        if clusters[..read].iter().any(|k| k.members[0].kind == c.kind && told(k)) {
            continue;
        }
        let beside = clusters[..read].iter().find(|k| told(k)).map(|k| k.members[0].kind);
        match clusters[read..].iter_mut().find(|k| k.members[0].kind == c.kind && k.members[0].parties == c.parties) {
            Some(k) => k.members.push(c),
            None => clusters.push(Cluster { members: vec![c], beside: Some(beside) }),
        }
    }
    let mut drafts: Vec<EncounterDraft> = Vec::new();
    for at in 0..clusters.len() {
        let mut d = draft(scene, &clusters, at, published);
        let before = drafts.iter().filter(|o| o.kind == d.kind && o.parties == d.parties).count();
        d.features.put(format_args!("nth={}", before.min(3)));
        let others = drafts.iter().filter(|o| o.kind != d.kind && o.parties == d.parties).count();
        d.features.put(format_args!("other-kinds={}", others.min(2)));
        drafts.push(d);
    }
    drafts
}

/// A gathering and a meeting read from one phrase ("attended the APEC summit", "chaired the talks") are one encounter: a
/// gathering where an organization or more than two parties take part.
fn one_reading(candidates: &[EncounterCandidate]) -> Vec<&EncounterCandidate> {
    let verbs = ["attend", "participate", "take", "chair", "co-chair", "convene", "address", "preside", "join"];
    let phrase = |a: &EncounterCandidate, b: &EncounterCandidate| {
        a.source.sent == b.source.sent && a.source.tok.abs_diff(b.source.tok) <= 8 && a.parties == b.parties
    };
    let by_verb = |c: &EncounterCandidate| {
        c.kind == EncounterType::Gathering
            && verbs.iter().any(|v| c.features.contains(format!("trigger=gather={v}").as_str()))
    };
    let many = |c: &EncounterCandidate| {
        c.parties.len() > 2 || c.parties.iter().any(|p| matches!(p, crate::extract::names::Party::Organization(_)))
    };
    candidates
        .iter()
        .filter(|c| {
            let mates = candidates.iter().filter(|o| phrase(o, c));
            match c.kind {
                EncounterType::Gathering if by_verb(c) && !many(c) => {
                    !mates.into_iter().any(|o| o.kind == EncounterType::Meeting)
                }
                EncounterType::Meeting if many(c) => !mates.into_iter().any(|o| o.kind == EncounterType::Gathering),
                _ => true,
            }
        })
        .collect()
}

/// Fills in what another event of the same parties tells: the day, where a held or agreed one has it; the place of the
/// meetings of two states, where all that is told lies in one place.
pub(super) fn inherit(encounters: &mut [EncounterDraft], agreements: &mut [super::drafts::AgreementDraft]) {
    use crate::knowledge::vocab::{AgreementStatus, DateBasis};
    let held = |s: EncounterStatus| matches!(s, EncounterStatus::Held | EncounterStatus::Ongoing);
    let done = |s: AgreementStatus| matches!(s, AgreementStatus::Signed | AgreementStatus::Agreed);
    let mut days: std::collections::BTreeMap<Vec<crate::extract::names::Party>, BTreeSet<_>> = Default::default();
    let dated = encounters
        .iter()
        .filter(|e| held(e.status) && !e.background && e.kind != EncounterType::Visit)
        .map(|e| (&e.parties, e.when))
        .chain(agreements.iter().filter(|a| done(a.status) && !a.background).map(|a| (&a.parties, a.when)));
    for (parties, when) in dated {
        if let Some((date, _)) = when.filter(|w| w.0.day > 0) {
            days.entry(parties.clone()).or_default().insert(date);
        }
    }
    // Where two days are told nothing says which of them is meant.
    let only = |parties: &Vec<_>| days.get(parties).filter(|d| d.len() == 1).and_then(|d| d.first().copied());
    let inherited =
        |when: When, parties: &Vec<_>| when.or_else(|| only(parties).map(|date| (date, DateBasis::Inherited)));
    for e in encounters.iter_mut().filter(|e| held(e.status) && !e.background) {
        e.when = inherited(e.when, &e.parties);
    }
    for a in agreements.iter_mut().filter(|a| done(a.status) && !a.background) {
        a.when = inherited(a.when, &a.parties);
    }
    let same_days = |a: &EncounterDraft, b: &EncounterDraft| match (a.when, b.when) {
        (Some(a), Some(b)) => when::compatible(a.0, b.0),
        _ => true,
    };
    for i in 0..encounters.len() {
        if encounters[i].place.is_some() || !held(encounters[i].status) || encounters[i].kind == EncounterType::Call {
            continue;
        }
        let mine = &encounters[i];
        let places: BTreeSet<&String> = encounters
            .iter()
            .filter(|o| o.parties == mine.parties && held(o.status) && same_days(o, mine))
            .filter_map(|o| o.place.as_ref())
            .collect();
        if let (1, Some(place)) = (places.len(), places.first()) {
            let place = (*place).clone();
            encounters[i].place = Some(place);
        }
    }
}

/// How well a candidate fits a cluster; `None` = another encounter.
fn affinity(
    scene: &Scene<'_>,
    cluster: &Cluster<'_>,
    c: &EncounterCandidate,
    published: Option<NaiveDate>,
) -> Option<u32> {
    let first = cluster.members.first()?;
    if first.kind != c.kind {
        return None;
    }
    let parties: BTreeSet<_> = cluster.members.iter().flat_map(|m| &m.parties).collect();
    let mine: BTreeSet<_> = c.parties.iter().collect();
    let nested = mine.is_subset(&parties) || parties.is_subset(&mine);
    if !nested {
        return None;
    }
    // Of a visit only the visitors tell it from another; the hosts may be told in one sentence and not in the next.
    let side = if c.kind == EncounterType::Visit { visiting_side(scene, cluster, c) } else { None };
    let counts = |p: &&usize| side.is_none_or(|party| scene.people.persons[**p].party == Some(party));
    let persons: BTreeSet<_> = cluster.members.iter().flat_map(|m| &m.persons).filter(counts).collect();
    let who: BTreeSet<_> = c.persons.iter().filter(counts).collect();
    let shared = persons.intersection(&who).count();
    if !persons.is_empty() && !who.is_empty() {
        let subset = who.is_subset(&persons) || persons.is_subset(&who);
        if shared == 0
            || (!subset && c.kind != EncounterType::Gathering && first.source.sent != c.source.sent && shared < 2)
        {
            return None;
        }
    }
    let dates: Vec<_> = cluster.members.iter().filter_map(|m| resolved(m, published)).collect();
    if let Some(mine) = resolved(c, published)
        && !dates.is_empty()
        && !dates.iter().any(|d| when::compatible(*d, mine))
    {
        return None;
    }
    // "in separate meetings": each is one of its own.
    let apart = |m: &&EncounterCandidate| {
        m.source == c.source && m.persons != c.persons && m.features.contains("construction=verb-with-each")
    };
    if cluster.members.iter().any(apart) {
        return None;
    }
    // "postponed to Friday" tells of the day that was and of the day that will be.
    if cluster.members.iter().any(|m| m.source == c.source && m.reality != c.reality) {
        return None;
    }
    // "the next meeting" is none that was held.
    let next = |m: &EncounterCandidate| m.features.contains("next-one");
    if next(c) != cluster.members.iter().any(|m| next(m)) && cluster.members.iter().any(|m| m.reality == Reality::Held)
        || next(c) != cluster.members.iter().any(|m| next(m)) && c.reality == Reality::Held
    {
        return None;
    }
    let planned = |r: Reality| matches!(r, Reality::Planned | Reality::Hypothetical);
    let mixed = cluster.members.iter().all(|m| m.reality == Reality::Held) && planned(c.reality)
        || cluster.members.iter().all(|m| planned(m.reality)) && c.reality == Reality::Held;
    if mixed && shared == 0 {
        return None;
    }
    Some(1 + u32::try_from(shared).unwrap_or(0) * 2 + u32::from(parties == mine))
}

/// The party whose persons both readings of a visit name: the visitors.
fn visiting_side(
    scene: &Scene<'_>,
    cluster: &Cluster<'_>,
    c: &EncounterCandidate,
) -> Option<crate::extract::names::Party> {
    let party = |p: &usize| scene.people.persons[*p].party;
    let theirs: BTreeSet<_> = cluster.members.iter().flat_map(|m| &m.persons).filter_map(party).collect();
    c.persons.iter().filter_map(party).find(|p| theirs.contains(p))
}

fn resolved(c: &EncounterCandidate, published: Option<NaiveDate>) -> Option<crate::knowledge::PartialDate> {
    when::of(c.date.as_ref(), c.reality, published).map(|w| w.0)
}

fn draft(scene: &Scene<'_>, clusters: &[Cluster<'_>], at: usize, published: Option<NaiveDate>) -> EncounterDraft {
    let cluster = &clusters[at];
    let members = &cluster.members;
    let others: Vec<&[&EncounterCandidate]> =
        clusters.iter().enumerate().filter(|(o, _)| *o != at).map(|(_, c)| c.members.as_slice()).collect();
    let kind = members.first().map_or(EncounterType::Meeting, |m| m.kind);
    let parties: BTreeSet<_> = best_parties(cluster);
    let persons: BTreeSet<usize> = members.iter().flat_map(|m| m.persons.iter().copied()).collect();
    let when: When = members
        .iter()
        .filter_map(|m| when::of(m.date.as_ref(), m.reality, published))
        .max_by_key(|w| (w.0.day > 0, w.0.month > 0));
    let since = members.iter().any(|m| began_on(scene, m));
    let status = status(cluster, when, published, since);
    // A day to come is not that of what was held.
    let when = when.filter(|w| status != EncounterStatus::Held || !lies_ahead(w.0, published));
    let mut features = Features::new();
    let mut readings: Vec<Features> = members.iter().map(|m| m.features.clone()).collect();
    if let Some(beside) = cluster.beside {
        let beside = beside.map_or("none", |k| k.as_str());
        readings = readings.iter().map(loose).collect();
        features.add("only-loose");
        features.put(format_args!("~type+beside={kind}+{beside}"));
        features.put(format_args!("~type={kind}"));
    }
    features.put(format_args!("members={}", members.len().min(4)));
    features.put(format_args!("status={status}"));
    features.put(format_args!("type+status={kind}+{status}"));
    features.put(format_args!("any-person={}", !persons.is_empty()));
    features.put(format_args!("type+any-person={kind}+{}", !persons.is_empty()));
    // Of a visit whose visitors are named, the hosts are no participants.
    let visitors: BTreeSet<_> = members
        .iter()
        .filter(|m| kind == EncounterType::Visit && !m.features.contains("loose"))
        .flat_map(|m| m.persons.iter().filter_map(|p| scene.people.persons[*p].party))
        .collect();
    let host = host(members).filter(|_| kind == EncounterType::Visit && parties.len() == 2);
    let participants = (0..scene.people.persons.len())
        .filter(|p| super::leaders::eligible(&scene.people.persons[*p]))
        .filter(|p| scene.people.persons[*p].party.is_some_and(|party| parties.contains(&party)))
        .filter(|p| {
            visitors.len() != 1 || scene.people.persons[*p].party.is_some_and(|party| visitors.contains(&party))
        })
        .filter(|p| host.is_none() || scene.people.persons[*p].party != host)
        .filter(|p| !elsewhere_apart(members, &others, *p))
        .map(|p| (p, parts::features(scene, members, &others, status, p)))
        .collect();
    EncounterDraft {
        kind,
        parties: parties.into_iter().collect(),
        participants,
        place: members.iter().find_map(|m| m.place.clone()),
        // Talks "since last June" go on.
        background: !(since && status == EncounterStatus::Ongoing)
            && (when.is_some_and(|w| when::long_past(w.0, published))
                || members.iter().all(|m| recalled(scene, m, published))),
        when,
        status,
        sources: members.iter().map(|m| m.source.clone()).collect(),
        features,
        members: (readings.into_iter().zip(members))
            .map(|(features, m)| Told { features, sources: vec![m.source.clone()] })
            .collect(),
    }
}

/// Whether a person sat in another one of several separate sittings that one clause tells of, and not in this one.
fn elsewhere_apart(members: &[&EncounterCandidate], others: &[&[&EncounterCandidate]], person: usize) -> bool {
    let each = |m: &&&EncounterCandidate| m.features.contains("construction=verb-with-each");
    let mine: Vec<_> = members.iter().filter(each).collect();
    let there = |o: &&EncounterCandidate| o.persons.contains(&person) && mine.iter().any(|m| m.source == o.source);
    !mine.is_empty()
        && !members.iter().any(|m| m.persons.contains(&person))
        && others.iter().flat_map(|o| o.iter()).filter(each).any(there)
}

/// The state or organization that is visited, as the members tell it, where they agree.
fn host(members: &[&EncounterCandidate]) -> Option<crate::extract::names::Party> {
    let told: BTreeSet<_> = members.iter().filter_map(|m| m.host).collect();
    told.first().copied().filter(|_| told.len() == 1)
}

/// The features of a loose reading, told from those of a frame's.
pub(super) fn loose(features: &Features) -> Features {
    features.behind("~", |f| f.starts_with("c:") || f.starts_with("p:") || f.starts_with('~'))
}

/// The parties that most members agree on; the first member's where none repeats.
fn best_parties(cluster: &Cluster<'_>) -> BTreeSet<crate::extract::names::Party> {
    let rank = |m: &&EncounterCandidate| {
        let votes = cluster.members.iter().filter(|o| o.parties == m.parties).count();
        (votes, usize::from(!m.features.iter().any(|f| f.starts_with("completed"))))
    };
    let best = cluster.members.iter().rev().max_by_key(|m| rank(m));
    best.map(|m| m.parties.iter().copied().collect()).unwrap_or_default()
}

/// "A met B": what is said to have been done is not undone by what is to come.
fn done(m: &EncounterCandidate) -> bool {
    m.reality == Reality::Held
        && m.features.contains("tense=past")
        && m.features.contains("construction=verb-with")
        && m.persons.len() > 1
}

fn lies_ahead(date: crate::knowledge::PartialDate, published: Option<NaiveDate>) -> bool {
    matches!((date.earliest(), published), (Some(first), Some(day)) if first > day)
}

/// Whether a date lies so far back that what took place on it is over.
fn over(date: crate::knowledge::PartialDate, published: Option<NaiveDate>) -> bool {
    let limit = published.and_then(|day| day.checked_sub_days(chrono::Days::new(OVER)));
    matches!((date.latest(), limit), (Some(last), Some(limit)) if last < limit)
}

/// "rates agreed at last month's meeting in Oslo": another deed is told, the meeting of weeks ago only recalled.
fn recalled(scene: &Scene<'_>, m: &EncounterCandidate, published: Option<NaiveDate>) -> bool {
    let Some(tree) = scene.trees.get(m.source.sent).and_then(Option::as_ref) else { return false };
    let noun = m.source.tok;
    let aside = !tree.verbal(noun) && matches!(tree.case_of(noun), Some("at" | "since" | "following" | "after"));
    let when = when::of(m.date.as_ref(), m.reality, published);
    aside && when.is_some_and(|w| when::past_by(WEEKS, w.0, published))
}

/// Days after which what a clause mentions by the way is no news.
const WEEKS: u64 = 21;

/// Days after which what began on a day is held to be over.
const OVER: u64 = 14;

/// Whether the date of a reading is that on which it began: "since June".
fn began_on(scene: &Scene<'_>, m: &EncounterCandidate) -> bool {
    let tree = scene.trees.get(m.source.sent).and_then(Option::as_ref);
    tree.zip(m.date.as_ref()).is_some_and(|(t, d)| date_case(t, d) == Some("since"))
}

fn status(cluster: &Cluster<'_>, when: When, published: Option<NaiveDate>, since: bool) -> EncounterStatus {
    let count = |r: Reality| cluster.members.iter().filter(|m| m.reality == r).count();
    if count(Reality::Cancelled) > 0 && count(Reality::Cancelled) >= count(Reality::Held) {
        return EncounterStatus::Cancelled;
    }
    if when.is_some_and(|w| lies_ahead(w.0, published)) && !cluster.members.iter().any(|m| done(m)) {
        return EncounterStatus::Planned;
    }
    let planned = count(Reality::Planned) + count(Reality::Hypothetical);
    if count(Reality::Held) >= planned.max(1) || cluster.members.iter().any(|m| done(m)) {
        EncounterStatus::Held
    } else if planned > 0 {
        EncounterStatus::Planned
    } else if !since && when.is_some_and(|w| over(w.0, published)) {
        EncounterStatus::Held
    } else {
        EncounterStatus::Ongoing
    }
}
