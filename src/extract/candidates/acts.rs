//! Act frames: who does what to whom.

use super::{ActCandidate, Place, actor_features, loose, parties_of};
use crate::extract::actors::{self, Actor, How};
use crate::extract::factuality::{self, Reality};
use crate::extract::names::Party;
use crate::extract::scene::At;
use crate::extract::syntax::Tree;
use crate::knowledge::NameKind;
use crate::knowledge::lexicon::FrameKind;
use crate::knowledge::vocab::ActType;
use crate::nlp::Deprel;

/// Recipients with the construction that names them.
type Recipients = (&'static str, Vec<Actor>);

/// Reads the acts that a trigger tells: by its frame's roles, and loosely between any two parties of the sentence.
pub(super) fn read(at: &Place<'_, '_>, kind: ActType, out: &mut Vec<ActCandidate>) {
    // "lifted its embargo", "eased the sanctions" is the end of one.
    if kind == ActType::Sanction && !at.verb && governor(at.tree, at.i).is_some_and(|v| undoes(at.tree.lemma(v))) {
        return;
    }
    if kind == ActType::Request && asks_nobody(at) {
        return;
    }
    let kind = if kind == ActType::Request && pays_a_call(at) { ActType::Consult } else { kind };
    let first = out.len();
    if at.has_needed() {
        let reality = factuality::of(at.tree, at.i);
        by_roles(at, kind, reality, out);
        // "Warned Oman not to close the strait": it asks so, whatever it threatens.
        let told = |k: usize| at.tree.verbal(k) && at.tree.infinitive(k);
        if at.verb && at.tree.lemma(at.i) == "warn" && at.tree.kids_by(at.i, &[Deprel::Xcomp, Deprel::Ccomp]).any(told)
        {
            by_roles(at, ActType::Request, reality, out);
        }
        // "Oman would not recognize the accord": who does not is who rejects.
        if at.verb
            && reality == Reality::Negated
            && matches!(kind, ActType::Support | ActType::Agree | ActType::Concede)
            && refuses(at)
        {
            by_roles(at, ActType::Reject, Reality::Present, out);
        }
    }
    let read: Vec<(Party, Party)> = out[first..].iter().map(|c| (c.actor, c.recipient)).collect();
    loose::read(at, kind, &read, out);
}

/// Whether a negated verb refuses something: "would not accept", and not "does not plan", "is not obliged to accept".
fn refuses(at: &Place<'_, '_>) -> bool {
    let (tree, v) = (at.tree, at.i);
    let means = !matches!(
        tree.lemma(v),
        "intend" | "plan" | "hope" | "look" | "decide" | "propose" | "seek" | "aim" | "work" | "resolve" | "volunteer"
    );
    let free = |h: usize| {
        matches!(
            tree.lemma(h),
            "oblige" | "require" | "expect" | "likely" | "intend" | "plan" | "need" | "able" | "bind"
        )
    };
    means && !tree.head(v).is_some_and(|h| tree.tok(v).deprel == Deprel::Xcomp && free(h))
}

/// Reads loosely only: where the clause's own roles are not those of the act.
pub(super) fn loosely(at: &Place<'_, '_>, kind: ActType, out: &mut Vec<ActCandidate>) {
    loose::read(at, kind, &[], out);
}

/// "To meet domestic demand", "must press forward": nobody is asked.
fn asks_nobody(at: &Place<'_, '_>) -> bool {
    let (tree, i) = (at.tree, at.i);
    if at.verb {
        return matches!(tree.lemma(i), "press" | "push")
            && tree
                .kids(i)
                .any(|k| matches!(tree.lemma(k), "forward" | "ahead" | "on" | "back" | "out") && k == i + 1);
    }
    tree.lemma(i) == "demand"
        && tree.kids_by(i, &[Deprel::Amod, Deprel::Compound]).any(|k| {
            matches!(
                tree.lemma(k),
                "domestic"
                    | "consumer"
                    | "import"
                    | "export"
                    | "energy"
                    | "oil"
                    | "grain"
                    | "strong"
                    | "heavy"
                    | "weak"
                    | "world"
                    | "global"
                    | "foreign"
                    | "internal"
                    | "market"
                    | "economic"
            )
        })
}

/// "Called on the prime minister at his office" is a visit; "called on the prime minister to resign" is none.
fn pays_a_call(at: &Place<'_, '_>) -> bool {
    let (tree, v) = (at.tree, at.i);
    if !at.verb || tree.lemma(v) != "call" {
        return false;
    }
    let host = tree.obliques(v).into_iter().find(|(p, _)| matches!(*p, "on" | "upon")).map(|o| o.1);
    let person = |h: usize| matches!(at.scene.at(at.s, h), Some(At::Person(_) | At::Title(_)));
    let asked = |h: usize| (h..tree.len()).any(|k| tree.verbal(k) && tree.infinitive(k) && tree.dominates(v, k));
    host.is_some_and(|h| person(h) && !asked(h))
}

fn undoes(lemma: &str) -> bool {
    matches!(
        lemma,
        "lift"
            | "ease"
            | "remove"
            | "drop"
            | "end"
            | "waive"
            | "relax"
            | "scrap"
            | "eliminate"
            | "cut"
            | "reduce"
            | "rescind"
            | "abolish"
            | "loosen"
            | "revoke"
    )
}

fn by_roles(at: &Place<'_, '_>, kind: ActType, reality: Reality, out: &mut Vec<ActCandidate>) {
    let (tree, s, i) = (at.tree, at.s, at.i);
    let holders = if at.frame.of_recipient { holders(at) } else { Vec::new() };
    let agents = match (at.verb, at.frame.of_recipient) {
        (true, _) => actors::of_phrases(at.scene, s, &tree.agents(i)),
        (_, true) => blaming(at, &holders),
        _ => noun_agents(at),
    };
    // "Ten million dollars will be given to Chad": the home of the press release gives them.
    let given = agents.is_empty() && at.verb && kind == ActType::Aid && tree.passive(i);
    let agents = match at.scene.home.filter(|_| given) {
        Some(party) => vec![Actor { party, person: None, how: How::Collective }],
        None => agents,
    };
    if agents.is_empty() {
        return;
    }
    let (path, recipients) = match (at.verb, at.frame.of_recipient) {
        (true, _) => verb_recipients(at, &agents),
        (_, true) => ("held", holders),
        _ => noun_recipients(at, &agents),
    };
    if unlikely(at, kind, path) {
        return;
    }
    let mutual = kind.is_mutual() && parties_of(&agents).len() > 1;
    let pairs: Vec<(Actor, Actor, &str)> = if each_other(at) {
        // "Oman and Chad accused each other of …": each did it to the other.
        let others = |a: &Actor| agents.iter().filter(|b| b.party != a.party).copied().collect::<Vec<_>>();
        let once = |a: &Actor, b: &Actor| !kind.is_mutual() || a.party < b.party;
        agents
            .iter()
            .flat_map(|a| {
                others(a).into_iter().filter(|b| once(a, b)).map(|b| (*a, b, "each-other")).collect::<Vec<_>>()
            })
            .collect()
    } else if recipients.is_empty() && mutual {
        agents
            .iter()
            .enumerate()
            .flat_map(|(k, a)| agents[k + 1..].iter().map(move |b| (*a, *b, "each-other")))
            .collect()
    } else {
        agents.iter().flat_map(|a| recipients.iter().map(move |b| (*a, *b, path))).collect()
    };
    let mut stands = super::pairing::Stands::default();
    for (a, b, path) in pairs {
        if a.party == b.party || pairs_too_many(&agents, &recipients) {
            continue;
        }
        let mut f = at.features(reality);
        f.put(format_args!("type={kind}"));
        f.put(format_args!("path={path}"));
        f.put(format_args!("type+path={kind}+{path}"));
        f.put(format_args!("frame+path={}+{path}", at.frame.name));
        f.put(format_args!("how={}+{}", a.how.as_str(), b.how.as_str()));
        f.put(format_args!("agents={}", agents.len().min(4)));
        if given {
            f.add("given-by-home");
        }
        f.put(format_args!("recipients={}", recipients.len().min(4)));
        actor_features(at.scene, "actor", &a, &mut f);
        actor_features(at.scene, "recipient", &b, &mut f);
        super::explicit_features(at, &[a.party, b.party], &mut f);
        super::context::add(at, kind.as_str(), &[("actor", a.party), ("recipient", b.party)], &mut f);
        super::pairing::add(at, kind, (a.party, b.party), &mut stands, &mut f);
        if (a.how == How::Other || b.how == How::Other) && super::pairing::private(kind, &f) {
            continue;
        }
        let construction = if at.verb || at.frame.of_recipient { path } else { "nominal" };
        out.push(ActCandidate {
            actor: a.party,
            recipient: b.party,
            kind,
            reality,
            date: at.scene.date_for(s, i).copied(),
            source: at.source(construction),
            features: f,
        });
    }
}

/// Verbs for what somebody means to do, which need not be a promise to anybody.
pub(super) fn purposes(lemma: &str) -> bool {
    matches!(
        lemma,
        "hope" | "plan" | "intend" | "aim" | "seek" | "decide" | "resolve" | "look" | "work" | "propose" | "guarantee"
    )
}

/// Whether what the verb itself acts on says that the other side, which its clause does not name, is not meant.
fn unlikely(at: &Place<'_, '_>, kind: ActType, path: &str) -> bool {
    let beside = matches!(path, "dyad-beside-object" | "heaviest");
    if !at.verb || !beside && path != "dyad" {
        return false;
    }
    let lemma = at.tree.lemma(at.i);
    match kind {
        // "Oman plans a refinery": whom the clause does not name is promised nothing by it.
        ActType::Agree => beside || purposes(lemma),
        // "detained forty people", "lifted a ban on rice": it names whom it strikes.
        ActType::Coerce | ActType::Assault | ActType::Concede | ActType::Sanction => beside,
        // "urged the banks to lend", "thanked the nurses": it names whom it asks or thanks.
        ActType::Request | ActType::Support => {
            beside && addresses(lemma) || matches!(lemma, "have" | "need" | "want" | "must" | "should")
        }
        // "shipped sugar", "approved licences": trade and leave, unless somebody is named who gets it.
        ActType::Aid => {
            beside && matches!(lemma, "ship" | "pay" | "transport" | "approve" | "authorize" | "grant" | "invest")
        }
        _ => false,
    }
}

/// Verbs whose object is whom they speak to.
fn addresses(lemma: &str) -> bool {
    matches!(
        lemma,
        "urge"
            | "ask"
            | "press"
            | "pressure"
            | "push"
            | "encourage"
            | "invite"
            | "beg"
            | "implore"
            | "exhort"
            | "remind"
            | "lobby"
            | "require"
            | "summon"
            | "thank"
            | "congratulate"
            | "commend"
            | "salute"
            | "mourn"
            | "reassure"
    )
}

/// Tokens that name no recipient: cities where it happens, whom a condemned attack struck, where prisoners are held.
fn beside_roles(at: &Place<'_, '_>, k: usize) -> bool {
    let (tree, s) = (at.tree, at.s);
    let FrameKind::Act(kind) = at.frame.kind else { return false };
    let place = matches!(tree.case_of(k), Some("in" | "at" | "near" | "outside" | "on" | "for"));
    match kind {
        ActType::Coerce => place && matches!(at.scene.at(s, k), Some(At::Party(_))),
        ActType::Accuse if struck_in(tree).contains(&k) => true,
        _ => is_place(at, kind, k),
    }
}

/// "said in Oslo that": a city where another act than a talk or an attack happens.
pub(super) fn is_place(at: &Place<'_, '_>, kind: ActType, k: usize) -> bool {
    let told = matches!(
        kind,
        ActType::Agree
            | ActType::Support
            | ActType::Request
            | ActType::Accuse
            | ActType::Cooperate
            | ActType::Reject
            | ActType::Threaten
            | ActType::Sanction
            | ActType::Concede
    );
    let city = |m: usize| matches!(at.scene.parties[m].kind, NameKind::Capital | NameKind::City);
    told && matches!(at.tree.case_of(k), Some("in" | "at" | "near" | "outside"))
        && matches!(at.scene.at(at.s, k), Some(At::Party(m)) if city(m))
}

/// The tokens of a sentence that name whom an attack struck.
pub(super) fn struck_in(tree: &Tree<'_>) -> Vec<usize> {
    (0..tree.len()).filter(|k| tree.nominal(*k)).flat_map(|k| actors::struck(tree, k)).collect()
}

fn each_other(at: &Place<'_, '_>) -> bool {
    let tree = at.tree;
    (at.i + 1..(at.i + 6).min(tree.len())).any(|k| {
        let next = tree.form((k + 1).min(tree.len() - 1));
        matches!((tree.form(k), next), ("each", "other") | ("one", "another")) && tree.dominates(at.i, k)
    })
}

fn pairs_too_many(agents: &[Actor], recipients: &[Actor]) -> bool {
    agents.len() * recipients.len().max(1) > 12
}

fn noun_agents(at: &Place<'_, '_>) -> Vec<Actor> {
    let (tree, s, n) = (at.tree, at.s, at.i);
    let mut out: Vec<Actor> = Vec::new();
    for h in tree.kids_by(n, &[Deprel::NmodPoss, Deprel::Compound, Deprel::Amod, Deprel::NmodUnmarked]) {
        out.extend(actors::of_phrase(at.scene, s, h));
        if let "his" | "her" | "its" | "their" | "our" | "he" | "she" | "it" | "they" | "we" = tree.lemma(h) {
            out.extend(pronoun_holder(at, h));
        }
    }
    if out.is_empty() {
        let by: Vec<usize> =
            tree.obliques(n).into_iter().filter(|(p, _)| matches!(*p, "by" | "from")).map(|o| o.1).collect();
        out.extend(actors::of_phrases(at.scene, s, &by));
    }
    if out.is_empty()
        && let Some(v) = governor(tree, n)
    {
        out.extend(actors::of_phrases(at.scene, s, &tree.agents(v)));
    }
    out
}

/// Whose the noun is: "Japan's violation", "violations by Japan", "the Japanese failure".
fn holders(at: &Place<'_, '_>) -> Vec<Actor> {
    let mut heads = at.tree.holders(at.i);
    let from = at.tree.obliques(at.i).into_iter().filter(|(p, _)| at.frame.to.iter().any(|t| t == p)).map(|o| o.1);
    heads.extend(from.filter(|h| at.tree.dominates(at.i, *h)).collect::<Vec<_>>());
    // "the invasion of Oman" is not Oman's.
    let struck = actors::struck(at.tree, at.i);
    heads.retain(|h| !struck.contains(h));
    actors::of_phrases(at.scene, at.s, &heads)
}

/// Who speaks of what others did: the nearest subject above the noun that is not one of them.
fn blaming(at: &Place<'_, '_>, holders: &[Actor]) -> Vec<Actor> {
    let held = parties_of(holders);
    let mut up = at.tree.head(at.i);
    for _ in 0..8 {
        let Some(k) = up else { break };
        if at.tree.verbal(k) {
            let mut found = actors::of_phrases(at.scene, at.s, &at.tree.agents(k));
            found.retain(|a| !held.contains(&a.party));
            if !found.is_empty() {
                return found;
            }
        }
        up = at.tree.head(k);
    }
    Vec::new()
}

/// "its support", "his commitment": the subject of the verb that governs the clause.
fn pronoun_holder(at: &Place<'_, '_>, h: usize) -> Vec<Actor> {
    let mut up = at.tree.head(h);
    for _ in 0..8 {
        let Some(k) = up else { break };
        if at.tree.verbal(k) {
            let found = actors::of_phrases(at.scene, at.s, &at.tree.agents(k));
            if !found.is_empty() {
                return found;
            }
        }
        up = at.tree.head(k);
    }
    Vec::new()
}

/// The verb above a noun, through coordination and "of" chains.
pub(super) fn governor(tree: &Tree<'_>, n: usize) -> Option<usize> {
    let mut k = n;
    for _ in 0..4 {
        k = tree.head(k)?;
        if tree.verbal(k) {
            return Some(k);
        }
    }
    None
}

fn verb_recipients(at: &Place<'_, '_>, agents: &[Actor]) -> Recipients {
    let (scene, tree, s, v) = (at.scene, at.tree, at.s, at.i);
    let own: Vec<_> = parties_of(agents);
    let others = |list: Vec<Actor>| -> Vec<Actor> {
        let mut seen = Vec::new();
        list.into_iter()
            .filter(|a| !(own.len() == 1 && own.contains(&a.party)))
            .filter(|a| {
                let fresh = !seen.contains(&a.party);
                seen.push(a.party);
                fresh
            })
            .collect()
    };
    let patients = tree.patients(v);
    let direct = others(actors::of_phrases(scene, s, &patients).into_iter().filter(|a| a.how != How::Other).collect());
    if !direct.is_empty() {
        return ("obj", direct);
    }
    let aside: Vec<usize> = (0..tree.len()).filter(|k| beside_roles(at, *k)).collect();
    let below = |h: usize| actors::in_subtree_but(scene, tree, s, h, &|k| aside.contains(&k));
    let mut obliques = tree.obliques(v);
    for p in &patients {
        obliques.extend(tree.obliques(*p));
    }
    obliques.retain(|o| !aside.contains(&o.1));
    for prep in &at.frame.to {
        let heads: Vec<usize> = obliques.iter().filter(|(p, _)| p == prep).map(|o| o.1).collect();
        let found = others(actors::of_phrases(scene, s, &heads));
        if !found.is_empty() {
            return ("to", found);
        }
    }
    let sub = others(patients.iter().flat_map(|p| below(*p)).collect());
    if !sub.is_empty() {
        return ("obj-sub", sub);
    }
    for prep in &at.frame.to {
        let found = others(obliques.iter().filter(|(p, _)| p == prep).flat_map(|o| below(o.1)).collect());
        if !found.is_empty() {
            return ("to-sub", found);
        }
    }
    let clauses: Vec<usize> = tree.kids_by(v, &[Deprel::Ccomp, Deprel::Xcomp]).collect();
    for c in &clauses {
        let subjects: Vec<usize> = tree.kids_by(*c, &[Deprel::Nsubj, Deprel::NsubjPass]).collect();
        let found = others(actors::of_phrases(scene, s, &subjects));
        if !found.is_empty() {
            return ("clause-subject", found);
        }
    }
    let inside = others(clauses.iter().flat_map(|c| below(*c)).collect());
    if !inside.is_empty() {
        return ("clause", inside);
    }
    // What stands beside the verb is another's: its subject, and the clauses that are coordinated with it.
    let own_clause = tree.kids(v).filter(|c| match tree.tok(*c).deprel {
        Deprel::Nsubj => false,
        Deprel::Conj | Deprel::Parataxis => !tree.verbal(*c),
        _ => true,
    });
    let found = others(own_clause.flat_map(below).collect());
    if !found.is_empty() {
        return ("below", found);
    }
    match partner(at, agents) {
        found if found.is_empty() => ("heaviest", heaviest(at, agents)),
        // Whom it names is somebody else.
        found if !patients.is_empty() => ("dyad-beside-object", found),
        found => ("dyad", found),
    }
}

/// Where the clause names no recipient: the other side of the article's main dyad.
fn partner(at: &Place<'_, '_>, agents: &[Actor]) -> Vec<Actor> {
    match (agents, at.scene.main_dyad()) {
        ([only], Some((a, b))) if only.party == a || only.party == b => {
            let party = if only.party == a { b } else { a };
            vec![Actor { party, person: None, how: How::Collective }]
        }
        _ => Vec::new(),
    }
}

/// Where that dyad is not the agents': the party of which the article speaks most but for them.
fn heaviest(at: &Place<'_, '_>, agents: &[Actor]) -> Vec<Actor> {
    let own = parties_of(agents);
    let most = at.scene.weights.iter().map(|w| w.0).take(3).find(|p| !own.contains(p)).filter(|_| own.len() <= 3);
    most.map(|party| Actor { party, person: None, how: How::Collective }).into_iter().collect()
}

fn noun_recipients(at: &Place<'_, '_>, agents: &[Actor]) -> Recipients {
    let (scene, tree, s, n) = (at.scene, at.tree, at.s, at.i);
    let own = parties_of(agents);
    let others = |list: Vec<Actor>| -> Vec<Actor> { list.into_iter().filter(|a| !own.contains(&a.party)).collect() };
    let aside: Vec<usize> = (0..tree.len()).filter(|k| beside_roles(at, *k)).collect();
    let within = |h: usize| actors::in_subtree_but(scene, tree, s, h, &|k| aside.contains(&k));
    let mut obliques = tree.obliques(n);
    if let Some(v) = governor(tree, n) {
        obliques.extend(tree.obliques(v));
        obliques.retain(|o| !aside.contains(&o.1));
        if tree.tok(n).deprel == Deprel::Obj {
            let iobj: Vec<usize> = tree.kids_by(v, &[Deprel::Iobj]).collect();
            let found = others(actors::of_phrases(scene, s, &iobj));
            if !found.is_empty() {
                return ("iobj", found);
            }
        }
    }
    for prep in &at.frame.to {
        let heads: Vec<usize> = obliques.iter().filter(|(p, _)| p == prep).map(|o| o.1).collect();
        let found = others(actors::of_phrases(scene, s, &heads));
        if !found.is_empty() {
            return ("to", found);
        }
        let found = others(heads.iter().flat_map(|h| within(*h)).collect());
        if !found.is_empty() {
            return ("to-sub", found);
        }
    }
    let found = others(within(n));
    if found.is_empty() { ("dyad", partner(at, agents)) } else { ("below", found) }
}
