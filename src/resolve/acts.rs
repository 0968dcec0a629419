//! Act candidates of one article → acts, each (actor, recipient, type) once; with those that agreements and encounters imply.

use super::among::Context;
use super::drafts::{ActDraft, AgreementDraft, Basis, EncounterDraft, Told};
use super::when;
use crate::extract::candidates::{ActCandidate, Features, Source};
use crate::extract::factuality::Reality;
use crate::extract::names::Party;
use crate::extract::scene::Scene;
use crate::extract::territories;
use crate::knowledge::vocab::{ActType, AgreementStatus, EncounterStatus, EncounterType};
use chrono::NaiveDate;
use compact_str::format_compact;
use std::collections::{BTreeMap, BTreeSet};

pub(super) type Key = (Party, Party, ActType);

#[derive(Default)]
struct Gathered {
    readings: Vec<Told>,
    loose: Vec<Told>,
    sources: Vec<Source>,
    loose_sources: Vec<Source>,
    when: super::drafts::When,
    foreground: usize,
    members: usize,
    loose_members: usize,
    rests: Vec<Basis>,
}

/// Merges the candidates and adds the implied acts.
pub(super) fn merge(
    scene: &Scene<'_>,
    candidates: &[ActCandidate],
    agreements: &[AgreementDraft],
    encounters: &[EncounterDraft],
    published: Option<NaiveDate>,
) -> Vec<ActDraft> {
    let mut all: BTreeMap<Key, Gathered> = BTreeMap::new();
    for c in candidates.iter().filter(|c| c.reality != Reality::Negated && c.reality != Reality::Cancelled) {
        let when = when::of(c.date.as_ref(), c.reality, published);
        let past = when.is_some_and(|w| when::long_past(w.0, published));
        let mut kinds = vec![c.kind];
        // What is announced for the future is the promise or the threat that it is.
        if c.reality == Reality::Planned {
            match c.kind {
                ActType::Consult | ActType::Cooperate | ActType::Support => kinds.push(ActType::Agree),
                ActType::Sanction | ActType::Assault | ActType::Coerce => kinds.push(ActType::Threaten),
                _ => {}
            }
        }
        for kind in kinds {
            let entry = all.entry(key(scene, c.actor, c.recipient, kind)).or_default();
            if c.features.contains("loose") {
                let mut features = super::encounters::loose(&c.features);
                if kind != c.kind {
                    features.put(format_args!("~turned={}", c.kind));
                }
                entry.loose.push(Told { features, sources: vec![c.source.clone()] });
                entry.loose_members += 1;
                entry.loose_sources.push(c.source.clone());
                if entry.when.is_none() {
                    entry.when = when;
                }
                continue;
            }
            let mut reading = c.features.clone();
            if kind != c.kind {
                reading.put(format_args!("turned={}", c.kind));
            } else if c.reality == Reality::Planned {
                reading.put(format_args!("planned={kind}"));
            }
            entry.readings.push(Told { features: reading, sources: vec![c.source.clone()] });
            note(entry, std::slice::from_ref(&c.source), when, past);
        }
    }
    for (i, a) in agreements.iter().enumerate() {
        for (x, y) in pairs(&a.parties) {
            // A gift of one side binds the other to nothing.
            let gift = |f: &str| f == "frame=aid/give";
            if a.members.iter().all(|m| m.features.iter().any(gift)) {
                continue;
            }
            let mut kinds = vec![ActType::Agree];
            if matches!(a.status, AgreementStatus::Signed | AgreementStatus::InForce) {
                kinds.push(ActType::Support);
            }
            if a.status == AgreementStatus::Negotiating {
                kinds.push(ActType::Consult);
            }
            for kind in kinds {
                let entry = all.entry(key(scene, x, y, kind)).or_default();
                let mut reading: Features = a
                    .members
                    .iter()
                    .flat_map(|m| m.features.iter())
                    .filter(|f| {
                        f.starts_with("governed=")
                            || f.starts_with("frame=")
                            || f.starts_with("construction=")
                            || f.starts_with("completed")
                    })
                    .map(|f| format_compact!("from-agreement-{f}"))
                    .collect();
                reading.put(format_args!("from-agreement={}+{}", a.kind, a.status));
                reading.put(format_args!("type+from-status={kind}+{}", a.status));
                reading.put(format_args!("type={kind}"));
                entry.readings.push(Told { features: reading, sources: a.sources.clone() });
                entry.rests.push(Basis::Agreement(i));
                note(entry, &a.sources, a.when, a.background);
            }
        }
    }
    for (i, e) in encounters.iter().enumerate() {
        let kind = match e.status {
            EncounterStatus::Held | EncounterStatus::Ongoing => ActType::Consult,
            EncounterStatus::Planned => ActType::Agree,
            EncounterStatus::Cancelled => continue,
        };
        // Who attends the summit of an organization has not consulted the organization.
        let body = |p: &Party| matches!(p, Party::Organization(_));
        if e.kind == EncounterType::Gathering && e.parties.iter().any(body) {
            continue;
        }
        for (x, y) in pairs(&e.parties) {
            let entry = all.entry(key(scene, x, y, kind)).or_default();
            let mut reading: Features = e
                .members
                .iter()
                .flat_map(|m| m.features.iter())
                .filter(|f| {
                    f.starts_with("frame=")
                        || f.starts_with("construction=")
                        || f.starts_with("completed")
                        || f.starts_with("type+any")
                })
                .map(|f| format_compact!("from-encounter-{f}"))
                .collect();
            reading.put(format_args!("from-encounter={}+{}", e.kind, e.status));
            reading.put(format_args!("type={kind}"));
            entry.readings.push(Told { features: reading, sources: e.sources.clone() });
            entry.rests.push(Basis::Encounter(i));
            note(entry, &e.sources, e.when, e.background);
        }
    }
    all.retain(|k, _| !territories::within_one(scene.gazetteer, k.0, k.1));
    let context = Context::new(scene, candidates, agreements, encounters);
    all.into_iter().map(|(k, g)| draft(scene, &context, k, g)).collect()
}

fn note(entry: &mut Gathered, sources: &[Source], when: super::drafts::When, past: bool) {
    for s in sources {
        if !entry.sources.contains(s) {
            entry.sources.push(s.clone());
        }
    }
    entry.members += 1;
    entry.foreground += usize::from(!past);
    if entry.when.is_none() {
        entry.when = when;
    }
}

/// Mutual acts stand with the alphabetically first code in front.
pub(super) fn key(scene: &Scene<'_>, a: Party, b: Party, kind: ActType) -> Key {
    let g = scene.gazetteer;
    if kind.is_mutual() && a.code(g) > b.code(g) { (b, a, kind) } else { (a, b, kind) }
}

/// All pairs of up to four parties; of larger groups none.
fn pairs(parties: &[Party]) -> Vec<(Party, Party)> {
    if parties.len() > 4 {
        return Vec::new();
    }
    parties.iter().enumerate().flat_map(|(i, a)| parties[i + 1..].iter().map(move |b| (*a, *b))).collect()
}

/// By which frames the readings tell it that are more than loose; and whether a promise is told by nothing but its gift.
fn told_by(kind: ActType, readings: &[Told], loose: &[Told], f: &mut Features) {
    let frame = |t: &Told| {
        let named = |p: &str| t.features.iter().find_map(|f| f.strip_prefix(p).map(str::to_owned));
        named("frame=").or_else(|| named("from-agreement-frame=")).or_else(|| named("from-encounter-frame="))
    };
    let frames: BTreeSet<String> = readings.iter().filter_map(frame).collect();
    f.extend(frames.iter().map(|frame| format_compact!("w:frame={kind}+{frame}")));
    let turned = |t: &&Told| {
        t.features
            .iter()
            .any(|f| f.starts_with("turned=") || f.starts_with("~turned=") || f == "from-agreement-frame=aid/give")
    };
    let how = match readings.iter().filter(turned).count() {
        0 => "none",
        n if n == readings.len() => "all",
        _ => "some",
    };
    let plain = loose.iter().any(|t| !turned(&t));
    f.put(format_args!("w:turned={kind}+{how}+{plain}"));
    f.put(format_args!("w:frames={kind}+{}", frames.len().min(3)));
}

fn draft(scene: &Scene<'_>, context: &Context, (actor, recipient, kind): Key, g: Gathered) -> ActDraft {
    // What the roles of a frame or a fact have told speaks for itself; the loose readings speak where nothing else does.
    let mut features = Features::new();
    let only_loose = g.members == 0;
    features.put(format_args!("only-loose={only_loose}"));
    features.put(format_args!("loose-members={}+{only_loose}", g.loose_members.min(4)));
    features.put(format_args!("type+only-loose={kind}+{only_loose}"));
    told_by(kind, &g.readings, &g.loose, &mut features);
    let mut members = g.readings;
    members.extend(g.loose);
    features.put(format_args!("members={}", g.members.min(4)));
    features.put(format_args!("type+members={kind}+{}", g.members.min(3)));
    let rank = |p: Party| scene.rank(p).min(4);
    features.put(format_args!("ranks={}-{}", rank(actor).min(3), rank(recipient).min(3)));
    features.put(format_args!("type+worst-rank={kind}+{}", rank(actor).max(rank(recipient))));
    let spread = match scene.weights.len() {
        0..=2 => "two",
        3..=5 => "few",
        6..=10 => "some",
        _ => "many",
    };
    features.put(format_args!("spread={spread}"));
    context.add(scene, &(actor, recipient, kind), &mut features);
    let mut sources = if only_loose { g.loose_sources } else { g.sources };
    sources.sort_by_key(|s| (s.sent, s.tok));
    ActDraft {
        actor,
        recipient,
        kind,
        beside: context.beside(actor, recipient, &g.rests),
        rests: g.rests,
        when: g.when,
        background: !only_loose && g.foreground == 0,
        sources,
        features,
        members,
    }
}
