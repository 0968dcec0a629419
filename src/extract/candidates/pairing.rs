//! How the two parties of an act stand to its trigger, told alike for every type: a subject and an object show who did it to
//! whom whatever the verb. What is learned of the common types so serves the rare ones.

use super::{Features, Place, loose};
use crate::extract::actors;
use crate::extract::names::Party;
use crate::extract::scene::{At, Scene};
use crate::extract::syntax::Tree;
use crate::knowledge::NameKind;
use crate::knowledge::lexicon::FrameKind;
use crate::knowledge::vocab::ActType;
use crate::nlp::Deprel;
use compact_str::{CompactString, format_compact};
use std::collections::{BTreeMap, BTreeSet};

/// Steps up a parse, at most.
const MOST_STEPS: usize = 14;

/// Other parties that are counted, at most.
const MOST_OTHERS: usize = 3;

/// The feature of a reading in which both parties stand where the act's own construction wants them.
pub(crate) const EXACT: &str = "p:exact=both";

/// One party's best mention.
#[derive(Clone)]
struct Stand {
    rank: u8,
    role: CompactString,
    tok: usize,
    bearing: &'static str,
    /// The other act whose trigger lies between.
    crossed: Option<ActType>,
}

/// How the parties of a sentence stand to one trigger, each found when it is first asked for: long sentences have many pairs.
#[derive(Default)]
pub(super) struct Stands(BTreeMap<Party, Option<Stand>>);

impl Stands {
    fn of(&mut self, at: &Place<'_, '_>, party: Party) -> Option<Stand> {
        self.0.entry(party).or_insert_with(|| stand(at, party)).clone()
    }
}

/// Adds what the constructions say. `stands` is of the trigger at `at`, and is kept from pair to pair.
pub(super) fn add(
    at: &Place<'_, '_>,
    kind: ActType,
    (actor, recipient): (Party, Party),
    stands: &mut Stands,
    f: &mut Features,
) {
    let class = kind.quad_class().as_str();
    let voice = match (at.verb, at.verb && at.tree.passive(at.i)) {
        (false, _) => "noun",
        (_, true) => "passive",
        _ => "active",
    };
    let (a, b) = (stands.of(at, actor), stands.of(at, recipient));
    let role = |s: &Option<Stand>| s.as_ref().map_or_else(|| "absent".into(), |s| s.role.clone());
    let bearing = |s: &Option<Stand>| s.as_ref().map_or("absent", |s| s.bearing);
    f.put(format_args!("p:roles={voice}+{}+{}", role(&a), role(&b)));
    f.put(format_args!("p:roles={class}+{voice}+{}+{}", role(&a), role(&b)));
    f.put(format_args!("p:bearings={}+{}", bearing(&a), bearing(&b)));
    for (slot, s) in [("actor", &a), ("recipient", &b)] {
        f.put(format_args!("p:{slot}={class}+{}+{}", role(s), bearing(s)));
        f.put(format_args!("p:{slot}={voice}+{}+{}", role(s), bearing(s)));
        let Some(s) = s else { continue };
        if let Some(At::Party(m)) = at.scene.at(at.s, s.tok) {
            let name = at.scene.parties[m].kind;
            f.put(format_args!("p:{slot}-name={class}+{name:?}+{}", s.role));
            f.put(format_args!("p:{slot}-name={kind}+{name:?}"));
        }
        f.put(format_args!("p:{slot}-bears={kind}+{}", s.bearing));
        match s.crossed {
            Some(other) if other == kind => {
                f.put(format_args!("p:{slot}-crosses=same"));
            }
            Some(other) => {
                f.put(format_args!("p:{slot}-crosses=other"));
                f.put(format_args!("p:{slot}-crosses={class}+{other}"));
                f.put(format_args!("p:{slot}-crosses={kind}+{other}"));
            }
            None => {
                f.put(format_args!("p:{slot}-crosses=none"));
            }
        }
    }
    let acts = a.as_ref().is_some_and(|s| does(at, s));
    let bears = b.as_ref().is_some_and(|s| suffers(at, s));
    let exact = match (acts, bears) {
        (true, true) => "both",
        (true, false) => "actor",
        (false, true) => "recipient",
        _ => "none",
    };
    f.put(format_args!("p:exact={exact}"));
    f.put(format_args!("p:exact={class}+{exact}"));
    f.put(format_args!("p:exact={kind}+{exact}"));
    f.put(format_args!("p:exact={voice}+{exact}"));
    f.put(format_args!("p:exact={}+{exact}", at.tree.lemma(at.i)));
    agents(at, class, &mut *f);
    nearness(at, class, [("actor", &a), ("recipient", &b)], f);
    let teller = teller(at, actor, recipient);
    f.put(format_args!("p:told-by={teller}"));
    f.put(format_args!("p:told-by={class}+{teller}"));
    f.put(format_args!("p:told-by={kind}+{teller}"));
}

/// Whether those who would do it are firms or people who do not act for their state, by the features that `add` has written; of
/// what two do together, whether either are.
pub(super) fn private(kind: ActType, f: &Features) -> bool {
    let bears = |slot: &str, what: &str| f.contains(format_compact!("p:{slot}-bears={kind}+{what}").as_str());
    let of = |slot: &str| bears(slot, "firm") || kind != ActType::Protest && bears(slot, "people");
    of("actor") || kind.is_mutual() && of("recipient")
}

/// How near the two stand to the trigger, and whether others stand nearer.
fn nearness(at: &Place<'_, '_>, class: &str, slots: [(&str, &Option<Stand>); 2], f: &mut Features) {
    for (slot, s) in slots {
        let Some(s) = s else { continue };
        let side = if s.tok < at.i { "before" } else { "after" };
        let (from, to) = if s.tok < at.i { (s.tok + 1, at.i) } else { (at.i + 1, s.tok) };
        let own = at.scene.party_at(at.s, s.tok);
        let mut others: BTreeSet<Party> = BTreeSet::new();
        for p in (from..to).filter_map(|k| at.scene.party_at(at.s, k)).filter(|p| Some(*p) != own) {
            others.insert(p);
            if others.len() == MOST_OTHERS {
                break;
            }
        }
        let span = match to.saturating_sub(from) {
            0..=1 => "0",
            2..=4 => "2",
            5..=9 => "5",
            10..=19 => "10",
            _ => "20",
        };
        f.put(format_args!("p:{slot}-near={side}+{span}"));
        f.put(format_args!("p:{slot}-near={class}+{side}+{span}"));
        f.put(format_args!("p:{slot}-between={side}+{}", others.len()));
        f.put(format_args!("p:{slot}-between={class}+{side}+{}", others.len()));
    }
}

/// Who the trigger's own clause says does it, party or not: "the newspaper", "critics", "it".
fn agents(at: &Place<'_, '_>, class: &str, f: &mut Features) {
    let tree = at.tree;
    let verb = if at.verb { Some(at.i) } else { super::acts::governor(tree, at.i) };
    let heads = verb.map(|v| tree.agents(v)).unwrap_or_default();
    if heads.is_empty() {
        f.put(format_args!("p:agent={class}+none"));
    }
    for h in heads {
        let word = match at.scene.at(at.s, h) {
            Some(At::Party(_)) => "PARTY",
            Some(At::Person(_)) => "PERSON",
            Some(At::Title(_)) => "TITLE",
            None => tree.lemma(h),
        };
        f.put(format_args!("p:agent={word}"));
        f.put(format_args!("p:agent={class}+{word}"));
        for k in tree.subtree(h).into_iter().filter(|k| partisan(&tree.lemma(*k).to_lowercase())) {
            f.add("p:agent-partisan");
            f.put(format_args!("p:agent-partisan={}", tree.lemma(k)));
        }
    }
}

/// Words for those who speak in a state without speaking for it.
fn partisan(lemma: &str) -> bool {
    matches!(
        lemma,
        "opposition"
            | "shadow"
            | "greens"
            | "democrats"
            | "democrat"
            | "republican"
            | "republicans"
            | "coalition"
            | "backbencher"
            | "lawmaker"
            | "legislator"
            | "congressman"
            | "senator"
            | "senate"
            | "house"
            | "congress"
            | "committee"
            | "union"
            | "association"
            | "institute"
            | "economist"
            | "analyst"
            | "critic"
            | "activist"
            | "campaigner"
            | "charity"
            | "newspaper"
            | "group"
            | "party"
    )
}

/// Whether a party stands where the doer of the trigger stands, and for itself.
fn does(at: &Place<'_, '_>, s: &Stand) -> bool {
    let place = matches!(
        s.role.as_str(),
        "subject"
            | "agent"
            | "inherited-subject"
            | "modifier"
            | "by"
            | "subject-sub"
            | "agent-sub"
            | "inherited-subject-sub"
    );
    let place = place || at.frame.of_recipient && s.role == "upper-subject";
    place && matches!(s.bearing, "self" | "official" | "person")
}

/// Whether a party stands where the trigger's frame wants the other side.
fn suffers(at: &Place<'_, '_>, s: &Stand) -> bool {
    let role = s.role.strip_suffix("-sub").unwrap_or(&s.role);
    let place = matches!(role, "object" | "passive-subject") || at.frame.to.iter().any(|p| p == role);
    let place = place || at.frame.of_recipient && role == "modifier";
    place && matches!(s.bearing, "self" | "official" | "person")
}

fn stand(at: &Place<'_, '_>, party: Party) -> Option<Stand> {
    let (scene, tree, s) = (at.scene, at.tree, at.s);
    let mut best: Option<Stand> = None;
    for k in (0..tree.len()).filter(|k| scene.party_at(s, *k) == Some(party)) {
        let (rank, role) = loose::role(tree, at.i, k);
        let bearing = bearing(scene, tree, s, k, at.i);
        let better = |b: &Stand| {
            (rank, bearing == "people" || bearing == "thing") < (b.rank, b.bearing == "people" || b.bearing == "thing")
        };
        if best.as_ref().is_none_or(better) {
            best = Some(Stand { rank, role, tok: k, bearing, crossed: None });
        }
    }
    best.map(|s| Stand { crossed: crossed(at, s.tok), ..s })
}

/// What of the party the phrase is about: itself, those who speak for it, its people, its firms, its things.
fn bearing(scene: &Scene<'_>, tree: &Tree<'_>, s: usize, k: usize, i: usize) -> &'static str {
    let person = matches!(scene.at(s, k), Some(At::Person(_) | At::Title(_)));
    // "Talks in Paris", "the Paris accord" are none of France's.
    let official = |h: usize| actors::speaks_for_state(&tree.lemma(h).to_lowercase());
    let placed = |k: usize| {
        matches!(tree.case_of(k), Some("in" | "at" | "near" | "outside"))
            || modifies(tree, k) && !tree.head(k).is_some_and(official)
    };
    if let Some(At::Party(m)) = scene.at(s, k)
        && matches!(scene.parties[m].kind, NameKind::Capital | NameKind::City)
        && placed(k)
    {
        return "place";
    }
    let mut at = k;
    for _ in 0..4 {
        let below = modifies(tree, at)
            || tree.tok(at).deprel == Deprel::Nmod && matches!(tree.case_of(at), Some("of" | "from" | "in"));
        let Some(h) = tree.head(at).filter(|h| below && *h != i) else { break };
        if scene.party_at(s, h) != scene.party_at(s, k) {
            let lemma = tree.lemma(h).to_lowercase();
            let body = matches!(scene.at(s, k), Some(At::Party(m)) if matches!(scene.parties[m].party, Party::Organization(_)));
            return if body
                && matches!(lemma.as_str(), "ally" | "member" | "partner" | "presidency" | "membership" | "chair")
            {
                "member"
            } else if people(&lemma) {
                "people"
            } else if lemma == "bank" {
                "bank"
            } else if firm(&lemma) {
                "firm"
            } else if person {
                "person"
            } else if tree.verbal(h) {
                break;
            } else if actors::speaks_for_state(&lemma) {
                "official"
            } else {
                "thing"
            };
        }
        at = h;
    }
    if person { "person" } else { "self" }
}

fn modifies(tree: &Tree<'_>, k: usize) -> bool {
    matches!(
        tree.tok(k).deprel,
        Deprel::Amod | Deprel::Compound | Deprel::NmodPoss | Deprel::Flat | Deprel::NmodUnmarked
    )
}

/// Those who are of a state and do not act for it.
pub(super) fn people(lemma: &str) -> bool {
    matches!(
        lemma,
        "refugee"
            | "migrant"
            | "immigrant"
            | "seeker"
            | "asylum"
            | "evacuee"
            | "exile"
            | "expatriate"
            | "detainee"
            | "victim"
            | "civilian"
            | "passenger"
            | "arrival"
            | "tourist"
            | "visitor"
            | "student"
            | "worker"
            | "resident"
            | "family"
            | "child"
            | "woman"
            | "man"
            | "girl"
            | "boy"
            | "youth"
            | "voter"
            | "consumer"
            | "farmer"
            | "fisherman"
            | "journalist"
            | "reporter"
            | "artist"
            | "athlete"
            | "player"
            | "community"
            | "descent"
            | "minority"
            | "protester"
            | "activist"
            | "dissident"
            | "opposition"
            | "rebel"
            | "militant"
            | "smuggler"
            | "survivor"
            | "tribe"
            | "executive"
            | "entrepreneur"
            | "citizen"
            | "national"
    )
}

/// Those who trade under a state's name.
fn firm(lemma: &str) -> bool {
    matches!(
        lemma,
        "firm"
            | "company"
            | "corporation"
            | "group"
            | "airline"
            | "carrier"
            | "maker"
            | "manufacturer"
            | "producer"
            | "exporter"
            | "importer"
            | "refiner"
            | "trader"
            | "investor"
            | "industry"
            | "business"
            | "businessman"
            | "retailer"
            | "unit"
            | "subsidiary"
            | "market"
            | "stock"
            | "share"
            | "analyst"
            | "economist"
            | "lobby"
            | "union"
            | "association"
            | "newspaper"
            | "media"
            | "university"
            | "broadcaster"
    )
}

/// The type of the first other act whose trigger lies between a party and the trigger.
fn crossed(at: &Place<'_, '_>, k: usize) -> Option<ActType> {
    let tree = at.tree;
    let mut up = tree.head(k);
    for _ in 0..MOST_STEPS {
        let u = up.filter(|u| *u != at.i)?;
        if tree.dominates(u, at.i) {
            return None;
        }
        let lemma = tree.lemma(u);
        let triggers = if tree.verbal(u) { at.lexicon.verb_triggers(lemma) } else { at.lexicon.noun_triggers(lemma) };
        let act = triggers.iter().filter(|t| t.rest.is_empty()).find_map(|t| match at.lexicon.frames[t.frame].kind {
            FrameKind::Act(kind) => Some(kind),
            _ => None,
        });
        if act.is_some() {
            return act;
        }
        up = tree.head(u);
    }
    None
}

/// Who says that it is so, where the clause hangs on a word of saying: one of the two, a third party, somebody else.
fn teller(at: &Place<'_, '_>, actor: Party, recipient: Party) -> &'static str {
    let tree = at.tree;
    let mut k = at.i;
    for _ in 0..MOST_STEPS {
        let Some(h) = tree.head(k) else { break };
        // "…, he said": the parser hangs the saying below the said.
        if tree.verbal(h) && says(tree.lemma(h)) && matches!(tree.tok(k).deprel, Deprel::Ccomp | Deprel::Parataxis) {
            return told_by(at, h, actor, recipient);
        }
        k = h;
    }
    let below = tree.kids_by(k, &[Deprel::Parataxis]).find(|c| tree.verbal(*c) && says(tree.lemma(*c)));
    below.map_or("nobody", |c| told_by(at, c, actor, recipient))
}

fn told_by(at: &Place<'_, '_>, verb: usize, actor: Party, recipient: Party) -> &'static str {
    let agents = at.tree.agents(verb);
    let tellers = actors::of_phrases(at.scene, at.s, &agents);
    let is = |p: Party| tellers.iter().any(|t| t.party == p);
    match (is(actor), is(recipient)) {
        (true, _) => "actor",
        (_, true) => "recipient",
        _ if !tellers.is_empty() => "third",
        _ => "other",
    }
}

/// Words of saying.
fn says(lemma: &str) -> bool {
    matches!(
        lemma,
        "say"
            | "tell"
            | "claim"
            | "allege"
            | "announce"
            | "report"
            | "add"
            | "note"
            | "state"
            | "declare"
            | "insist"
            | "argue"
            | "warn"
            | "accuse"
            | "believe"
            | "think"
            | "deny"
            | "confirm"
            | "stress"
            | "suggest"
            | "explain"
            | "write"
            | "point"
            | "complain"
    )
}
