//! Acts read loosely: a trigger and two parties of its sentence, wherever they stand. What frames over syntax miss is
//! proposed here, with features that say where each party stands; the judge decides.

use super::{ActCandidate, Features, Place, actor_features, acts, context};
use crate::extract::actors::{Actor, How};
use crate::extract::factuality;
use crate::extract::names::Party;
use crate::extract::scene::{At, Scene};
use crate::extract::syntax::Tree;
use crate::knowledge::lexicon::FrameKind;
use crate::knowledge::vocab::ActType;
use crate::nlp::{Deprel, SentenceKind};
use compact_str::{CompactString, format_compact};

/// Parties of one sentence that are paired, at most.
const MOST: usize = 6;

/// A party and where it stands with respect to the trigger.
pub(super) struct Standing {
    pub(super) party: Party,
    pub(super) role: CompactString,
    pub(super) how: How,
    /// Its token, of those that are named.
    pub(super) tok: Option<usize>,
}

/// Proposes every pair of parties but those that the frame's roles have given already.
pub(super) fn read(at: &Place<'_, '_>, kind: ActType, done: &[(Party, Party)], out: &mut Vec<ActCandidate>) {
    let list = standings(at);
    if list.len() < 2 {
        return;
    }
    let reality = factuality::of(at.tree, at.i);
    let needed = at.has_needed();
    let mut stands = super::pairing::Stands::default();
    let struck = if kind == ActType::Accuse { acts::struck_in(at.tree) } else { Vec::new() };
    let purpose = kind == ActType::Agree && at.verb && acts::purposes(at.tree.lemma(at.i));
    // What all pairs have in common, and what each party has in its slot, is written once.
    let mut common = at.features(reality);
    common.add("loose");
    common.put(format_args!("type={kind}"));
    common.put(format_args!("named={}", list.iter().filter(|l| !l.role.starts_with("absent")).count().min(4)));
    if !needed {
        common.add("needs-missing");
    }
    context::around(at, kind.as_str(), &mut common);
    let slots = |slot: &str| -> Vec<Features> { list.iter().map(|l| in_slot(at, kind, slot, l)).collect() };
    let (actors, recipients) = (slots("actor"), slots("recipient"));
    for (x, a) in list.iter().enumerate() {
        for (y, b) in list.iter().enumerate() {
            let twice = kind.is_mutual() && x > y;
            if x == y
                || twice
                || done.contains(&(a.party, b.party))
                || a.role.starts_with("absent") && b.role.starts_with("absent")
                || purpose && (a.role.starts_with("absent") || b.role.starts_with("absent"))
                || b.tok.is_some_and(|k| struck.contains(&k))
            {
                continue;
            }
            let mut f = Features::roomy();
            f.append(&common);
            f.append(&actors[x]);
            f.append(&recipients[y]);
            f.put(format_args!("roles={}+{}", a.role, b.role));
            f.put(format_args!("type+roles={kind}+{}+{}", a.role, b.role));
            f.put(format_args!("order={}", if x < y { "actor-first" } else { "recipient-first" }));
            // What the clause's own roles have told of one of the two speaks for or against the other.
            let beside = match (done.iter().any(|d| d.0 == a.party), done.iter().any(|d| d.1 == b.party)) {
                _ if done.is_empty() => "none",
                (true, true) => "both",
                (true, false) => "actor",
                (false, true) => "recipient",
                _ => "others",
            };
            f.put(format_args!("beside={beside}"));
            f.put(format_args!("beside={kind}+{beside}"));
            super::pairing::add(at, kind, (a.party, b.party), &mut stands, &mut f);
            if super::pairing::private(kind, &f) {
                continue;
            }
            out.push(ActCandidate {
                actor: a.party,
                recipient: b.party,
                kind,
                reality,
                date: at.scene.date_for(at.s, at.i).copied(),
                source: at.source("loose"),
                features: f,
            });
        }
    }
}

/// What holds of a party as actor or recipient, whoever the other is.
fn in_slot(at: &Place<'_, '_>, kind: ActType, slot: &str, l: &Standing) -> Features {
    let mut f = Features::new();
    f.put(format_args!("{slot}-role={}", l.role));
    actor_features(at.scene, slot, &Actor { party: l.party, person: None, how: l.how }, &mut f);
    context::stand(at, kind.as_str(), slot, l.party, &mut f);
    f
}

/// The parties of the sentence in order, each at its best mention; then those that the text has in mind without a name.
pub(super) fn standings(at: &Place<'_, '_>) -> Vec<Standing> {
    let (scene, tree, s) = (at.scene, at.tree, at.s);
    let mut list: Vec<(u8, Standing)> = Vec::new();
    for k in 0..tree.len() {
        let (party, how) = match scene.at(s, k) {
            Some(At::Party(m)) => (scene.parties[m].party, How::Name),
            Some(At::Person(m)) => match scene.people.persons[scene.people.mentions[m].person].party {
                Some(party) => (party, How::Person),
                None => continue,
            },
            _ => continue,
        };
        if matches!(at.frame.kind, FrameKind::Act(kind) if acts::is_place(at, kind, k)) {
            continue;
        }
        let (rank, role) = role(tree, at.i, k);
        let tok = Some(k);
        match list.iter_mut().find(|l| l.1.party == party) {
            Some(known) if known.0 <= rank => {}
            Some(known) => *known = (rank, Standing { party, role, how, tok }),
            None => list.push((rank, Standing { party, role, how, tok })),
        }
    }
    let mut out: Vec<Standing> = list.into_iter().map(|l| l.1).take(MOST).collect();
    for (party, role) in unnamed(scene, s) {
        if !out.iter().any(|o| o.party == party) {
            out.push(Standing { party, role: role.into(), how: How::Other, tok: None });
        }
    }
    out
}

/// Whom a sentence can mean without naming: the home of a press release, the subject of the sentence before, the headline's
/// first parties.
fn unnamed(scene: &Scene<'_>, s: usize) -> Vec<(Party, &'static str)> {
    let mut out = Vec::new();
    if let Some(home) = scene.home {
        out.push((home, "absent-home"));
    }
    let speaker = (s.saturating_sub(2)..s)
        .rev()
        .filter(|p| scene.doc.sentences[*p].kind != SentenceKind::Headline)
        .find_map(|p| {
            let tree = scene.trees[p].as_ref()?;
            (0..tree.len())
                .filter(|k| matches!(tree.tok(*k).deprel, Deprel::Nsubj | Deprel::NsubjPass))
                .find_map(|k| scene.party_at(p, k))
        });
    out.extend(speaker.map(|p| (p, "absent-speaker")));
    if let Some((a, b)) = scene.main_dyad() {
        out.push((a, "absent-main"));
        out.push((b, "absent-main"));
    }
    out
}

/// Where the token at `k` stands with respect to the trigger at `i`, the clearest roles ranked first.
pub(super) fn role(tree: &Tree<'_>, i: usize, k: usize) -> (u8, CompactString) {
    if k == i {
        return (9, "itself".into());
    }
    if let Some(child) = child_towards(tree, i, k) {
        let depth = if child == k { "" } else { "-sub" };
        return match tree.tok(child).deprel {
            Deprel::Nsubj | Deprel::NsubjOuter | Deprel::Csubj => (0, format_compact!("subject{depth}")),
            Deprel::OblAgent => (0, format_compact!("agent{depth}")),
            Deprel::Obj | Deprel::Iobj => (1, format_compact!("object{depth}")),
            Deprel::NsubjPass => (1, format_compact!("passive-subject{depth}")),
            Deprel::Obl | Deprel::Nmod => (2, format_compact!("{}{depth}", tree.case_of(child).unwrap_or("bare"))),
            Deprel::NmodPoss | Deprel::Amod | Deprel::Compound | Deprel::NmodUnmarked => {
                (2, format_compact!("modifier{depth}"))
            }
            Deprel::Ccomp | Deprel::Xcomp => (3, "complement".into()),
            Deprel::Advcl | Deprel::Acl | Deprel::AclRelcl => (4, "clause".into()),
            Deprel::Conj => (5, "coordinated".into()),
            _ => (5, "below".into()),
        };
    }
    if tree.agents(i).iter().any(|a| tree.dominates(*a, k)) {
        return (0, if tree.agents(i).contains(&k) { "inherited-subject" } else { "inherited-subject-sub" }.into());
    }
    let mut up = tree.head(i);
    for _ in 0..12 {
        let Some(u) = up else { break };
        if u == k {
            return (5, "above".into());
        }
        if let Some(child) = child_towards(tree, u, k) {
            let what = match tree.tok(child).deprel {
                Deprel::Nsubj | Deprel::NsubjPass | Deprel::OblAgent => "upper-subject",
                Deprel::Obj | Deprel::Iobj => "upper-object",
                Deprel::Obl | Deprel::Nmod => "upper-oblique",
                Deprel::NmodPoss | Deprel::Amod | Deprel::Compound => "upper-modifier",
                _ => "upper-clause",
            };
            return (6, what.into());
        }
        up = tree.head(u);
    }
    (8, if k < i { "before" } else { "after" }.into())
}

/// The child of `top` that is `k` or stands above it.
fn child_towards(tree: &Tree<'_>, top: usize, k: usize) -> Option<usize> {
    let mut at = k;
    for _ in 0..tree.len() {
        let head = tree.head(at)?;
        if head == top {
            return Some(at);
        }
        at = head;
    }
    None
}
