//! Instruments and what is done with them; joint commitments without an instrument.

use super::acts::governor;
use super::{AgreementCandidate, Features, Place, actor_features, parties_of};
use crate::extract::actors::{self, Actor, How};
use crate::extract::factuality::{self, Reality};
use crate::extract::names::Party;
use crate::extract::scene::Scene;
use crate::knowledge::lexicon::{FrameKind, Lexicon};
use crate::knowledge::vocab::{AgreementStatus, AgreementType};
use crate::nlp::{Deprel, Upos};
use compact_str::{CompactString, format_compact};
use std::collections::BTreeSet;

/// An instrument noun with its parties, governor and topic.
pub(super) fn instrument(
    at: &Place<'_, '_>,
    kind: AgreementType,
    lexicon: &Lexicon,
    out: &mut Vec<AgreementCandidate>,
) {
    let (scene, tree, s, n) = (at.scene, at.tree, at.s, at.i);
    let mut sides: Vec<Actor> = Vec::new();
    let mut construction = "bare";
    for (prep, head) in phrases(at, n) {
        if matches!(prep, "between" | "with" | "among" | "by" | "of") {
            let found: Vec<Actor> =
                actors::of_phrase(scene, s, head).into_iter().filter(|a| a.how != How::Other).collect();
            if !found.is_empty() {
                construction = match prep {
                    "between" | "among" => "between",
                    "with" => "with",
                    _ => "of",
                };
                sides.extend(found);
            }
        }
    }
    for h in tree.kids_by(n, &[Deprel::NmodPoss, Deprel::Compound, Deprel::Amod, Deprel::NmodUnmarked]) {
        let found = actors::of_phrase(scene, s, h);
        if !found.is_empty() && construction == "bare" {
            construction = "modified";
        }
        sides.extend(found);
    }
    let gov = governor(tree, n);
    let (rule, status, teller) = governing(at, gov, lexicon);
    let governed = teller.is_some();
    if let Some(t) = teller.filter(|t| !tree.verbal(*t)) {
        sides.extend(holders(at, t));
    }
    if parties_of(&sides).len() < 2
        && let Some(g) = gov
    {
        let agents: Vec<Actor> =
            actors::of_phrases(scene, s, &tree.agents(g)).into_iter().filter(|a| a.how != How::Other).collect();
        let with: Vec<usize> = tree
            .obliques(g)
            .into_iter()
            .filter(|(p, h)| matches!(*p, "with" | "between") && *h != n)
            .map(|o| o.1)
            .collect();
        if !agents.is_empty() && governed {
            construction = if construction == "bare" { "governor" } else { "governor-and" };
        }
        if governed || !agents.is_empty() && construction == "with" {
            sides.extend(agents);
            sides.extend(actors::of_phrases(scene, s, &with));
        }
    }
    if construction == "with" && !beside(at, gov, &mut sides) {
        return;
    }
    let mut parties = parties_of(&sides);
    let mut completed = false;
    if parties.len() < 2 {
        // "a deal with Cambodia", in a release of the Australian government.
        let home = at.scene.home.filter(|h| construction == "with" && !parties.contains(h));
        let pair = match (home, parties.as_slice()) {
            (Some(home), [one]) => Some((home, *one)),
            _ => complete(at, &parties),
        };
        let Some((a, b)) = pair else { return };
        // "announced grants": whoever is named far off is no party to them.
        if !governed && construction == "bare" && !(near(at, a) && near(at, b)) {
            return;
        }
        parties = vec![a.min(b), a.max(b)];
        completed = true;
    }
    if parties.len() > 8 || is_order(at, n) {
        return;
    }
    // "signed trade agreements with Oman and with Qatar": each has its own.
    if let [first, .., last] = sides.as_slice()
        && construction == "with"
        && parties.len() == 3
        && plural(at, n)
        && parties_of(&with_side(at, n)).len() == 2
    {
        let home = if parties_of(&with_side(at, n)).contains(&first.party) { last.party } else { first.party };
        for other in parties.iter().filter(|p| **p != home) {
            let pair = vec![home.min(*other), home.max(*other)];
            tell(
                at,
                kind,
                &Read { gov, rule: &rule, status, teller, construction, sides: &sides, completed },
                &pair,
                out,
            );
        }
        return;
    }
    let read = Read { gov, rule: &rule, status, teller, construction, sides: &sides, completed };
    tell(at, kind, &read, &parties, out);
}

/// Who does what a noun above the instrument tells: "Turkey's conclusion of a deal", "the signing by Oman and Kenya of a pact".
fn holders(at: &Place<'_, '_>, noun: usize) -> Vec<Actor> {
    let tree = at.tree;
    let own = tree.kids_by(noun, &[Deprel::NmodPoss, Deprel::Compound, Deprel::Amod]);
    let by = tree.obliques(noun).into_iter().filter(|(p, h)| matches!(*p, "between" | "by" | "with") && *h != at.i);
    let heads: Vec<usize> = own.chain(by.map(|o| o.1)).collect();
    actors::of_phrases(at.scene, at.s, &heads).into_iter().filter(|a| a.how != How::Other).collect()
}

/// "Biden welcomed the signing of a pact": a noun tells of the signing, and whoever is told to speak of it need not have signed.
fn only_spoken_of(at: &Place<'_, '_>, gov: Option<usize>, teller: Option<usize>) -> bool {
    let (Some(g), Some(t)) = (gov, teller) else { return false };
    let performs = matches!(
        at.tree.lemma(g),
        "announce" | "hold" | "complete" | "make" | "begin" | "finish" | "finalize" | "reach"
    );
    g != t && !at.tree.verbal(t) && !performs && holders(at, t).is_empty()
}

/// What was read of an instrument before its parties were settled.
struct Read<'r> {
    gov: Option<usize>,
    rule: &'r CompactString,
    status: AgreementStatus,
    /// The word that gives the status.
    teller: Option<usize>,
    construction: &'r str,
    sides: &'r [Actor],
    completed: bool,
}

/// The candidate of an instrument between these parties, or one for each of its subjects.
fn tell(
    at: &Place<'_, '_>,
    kind: AgreementType,
    read: &Read<'_>,
    parties: &[Party],
    out: &mut Vec<AgreementCandidate>,
) {
    let (scene, tree, s, n) = (at.scene, at.tree, at.s, at.i);
    let Read { gov, rule, teller, construction, sides, completed, .. } = *read;
    let governed = teller.is_some();
    let reality = match (gov, teller) {
        // "welcomed the upcoming signing": the welcome is held, the signing is not.
        (_, Some(t)) if !tree.verbal(t) && is_to_come(at, t) => Reality::Planned,
        (Some(g), _) => factuality::of(tree, g),
        (None, _) => factuality::of(tree, n),
    };
    let status = settle(read.status, reality, governed);
    let (topic, words, own_words) = topic(at, n);
    let mut f = shared(at, kind, status, reality, construction, sides, completed, parties);
    f.insert(format_compact!("governor={}", gov.map_or("none", |g| tree.lemma(g))));
    f.insert(format_compact!("governed={rule}"));
    f.insert(format_compact!("kind+governed={kind}+{rule}"));
    f.insert(format_compact!("construction+governed={construction}+{rule}"));
    f.insert(format_compact!("role={}", tree.tok(n).deprel.as_str()));
    if tree.kids_by(n, &[Deprel::Det]).any(|d| tree.lemma(d) == "the" || tree.lemma(d) == "this") {
        f.insert("definite".into());
    }
    if tree.tok(n).pos == Upos::Propn {
        f.insert("named".into());
    }
    f.insert(format_compact!("topic-words={}", own_words.min(4)));
    if gov.is_some_and(|g| super::unresolved_agent(at, g)) {
        f.insert("unresolved-agent".into());
        f.insert(format_compact!("unresolved-agent+{rule}"));
    }
    super::explicit_features(at, parties, &mut f);
    surround(at, kind, parties, &mut f);
    signer_features(at, gov, rule, &mut f);
    if only_spoken_of(at, gov, teller) {
        f.insert("only-spoken-of".into());
        f.insert(format_compact!("only-spoken-of+{construction}"));
    }
    let signatories: BTreeSet<usize> = if status == AgreementStatus::Signed {
        // "The two sides signed" does not say who held the pen.
        sides.iter().filter(|a| !matches!(a.how, How::Collective | How::We)).filter_map(|a| a.person).collect()
    } else {
        BTreeSet::new()
    };
    let one = AgreementCandidate {
        kind,
        parties: parties.to_vec(),
        signatories: signatories.into_iter().collect(),
        status,
        topic,
        words,
        own_words,
        reality,
        date: (teller.filter(|t| Some(*t) != gov).into_iter().chain(gov).chain([n]))
            .find_map(|k| scene.date_for(s, k))
            .copied(),
        source: super::Source { sent: s, tok: n, rule: format_compact!("{rule}/{construction}") },
        features: f,
    };
    let subjects = subjects(at, n);
    if subjects.is_empty() {
        out.push(one);
        return;
    }
    for (first, last) in subjects {
        let span = tree.tok(first).span.join(tree.tok(last).span);
        let words: Vec<CompactString> = (first..=last).map(|k| tree.lemma(k).to_lowercase().into()).collect();
        let mut c = one.clone();
        c.topic = span.of(tree.text).split_whitespace().collect::<Vec<_>>().join(" ");
        c.own_words = words.len();
        c.words = words;
        c.source.tok = first;
        c.features.insert("one-of-several".into());
        out.push(c);
    }
}

/// The prepositional phrases of an instrument: its own, and those that hang on a part of its name ("memorandum of understanding
/// | between Oman and Kenya").
fn phrases<'s>(at: &Place<'_, 's>, n: usize) -> Vec<(&'s str, usize)> {
    let tree = at.tree;
    let part = |h: usize| {
        let lemma = tree.lemma(h).to_lowercase();
        matches!(lemma.as_str(), "understanding" | "understandings" | "cooperation" | "intent" | "arrangement")
    };
    let own = tree.obliques(n);
    let parts: Vec<usize> = own.iter().filter(|(p, h)| *p == "of" && part(*h)).map(|o| o.1).collect();
    own.into_iter().chain(parts.into_iter().flat_map(|h| tree.obliques(h))).collect()
}

/// The parties of the phrases "with …" below the instrument.
fn with_side(at: &Place<'_, '_>, n: usize) -> Vec<Actor> {
    let with = phrases(at, n).into_iter().filter(|(prep, _)| *prep == "with");
    with.flat_map(|(_, head)| actors::of_phrase(at.scene, at.s, head)).filter(|a| a.how != How::Other).collect()
}

/// "a deal with Oman and Qatar" has a third party: whoever made it. False where it is not known who that is.
fn beside(at: &Place<'_, '_>, gov: Option<usize>, sides: &mut Vec<Actor>) -> bool {
    let others = parties_of(&with_side(at, at.i));
    if others.len() < 2 || parties_of(sides).len() > others.len() {
        return true;
    }
    let agents: Vec<Actor> = gov
        .map(|g| actors::of_phrases(at.scene, at.s, &at.tree.agents(g)))
        .unwrap_or_default()
        .into_iter()
        .filter(|a| a.how != How::Other && !others.contains(&a.party))
        .collect();
    if !agents.is_empty() {
        sides.extend(agents);
        return true;
    }
    let Some(party) = at.scene.home.filter(|h| !others.contains(h)) else { return false };
    sides.push(Actor { party, person: None, how: How::We });
    true
}

/// Whether the text speaks of a party nearby: in the sentence, in one of the two before or in the next; or in its headline or
/// first sentence; or it is the home of the text, which needs no naming.
fn near(at: &Place<'_, '_>, party: Party) -> bool {
    let (scene, s) = (at.scene, at.s);
    scene.home == Some(party)
        || (0..2)
            .chain(s.saturating_sub(2)..=s + 1)
            .filter_map(|k| Some((k, scene.trees.get(k)?.as_ref()?)))
            .any(|(k, tree)| (0..tree.len()).any(|tok| scene.party_at(k, tok) == Some(party)))
}

fn plural(at: &Place<'_, '_>, n: usize) -> bool {
    at.tree.form(n).ends_with('s') || at.tree.form(n).ends_with("da") && at.tree.lemma(n) != "agenda"
}

/// "signed a memorandum directing his ministers": an order of one government to itself.
fn is_order(at: &Place<'_, '_>, n: usize) -> bool {
    let tree = at.tree;
    if !matches!(tree.lemma(n).to_lowercase().as_str(), "memorandum" | "memorandums" | "memoranda") {
        return false;
    }
    let next = tree.sent.tokens.get(n + 1).map(|_| tree.lemma(n + 1).to_lowercase()).unwrap_or_default();
    let presidential = n > 0
        && ["presidential", "security", "policy", "executive"].contains(&tree.lemma(n - 1).to_lowercase().as_str());
    let directs = ["directing", "instructing", "ordering", "requiring", "calling"].contains(&next.as_str())
        || ["direct", "instruct", "order", "require"].contains(&next.as_str());
    presidential || directs || next == "to" && tree.sent.tokens.get(n + 2).is_some_and(|_| tree.lemma(n + 2) == "the")
}

/// "the upcoming signing", "a future signature".
fn is_to_come(at: &Place<'_, '_>, noun: usize) -> bool {
    const WORDS: [&str; 11] = [
        "upcoming",
        "future",
        "forthcoming",
        "planned",
        "expected",
        "imminent",
        "early",
        "swift",
        "prompt",
        "eventual",
        "possible",
    ];
    at.tree.kids_by(noun, &[Deprel::Amod]).any(|k| WORDS.iter().any(|w| at.tree.form(k).eq_ignore_ascii_case(w)))
}

/// Who holds the pen, where it is neither a state nor an organization of states.
fn signer_features(at: &Place<'_, '_>, gov: Option<usize>, rule: &str, f: &mut Features) {
    let named = phrases(at, at.i).into_iter().filter(|(prep, _)| matches!(*prep, "between" | "by")).map(|o| o.1);
    for agent in gov.into_iter().flat_map(|g| at.tree.agents(g)).chain(named) {
        let private = at.tree.with_conjuncts(agent).into_iter().any(|h| {
            is_private(&at.tree.lemma(h).to_lowercase())
                || at.tree.kids(h).any(|k| is_private(&at.tree.lemma(k).to_lowercase()))
        });
        // "The two firms said they have signed": whom "they" means is told by the sentences around.
        let firms = |s: usize| at.scene.firms.get(s).is_some_and(|n| *n > 0);
        let collective = || {
            let told = actors::of_phrase(at.scene, at.s, agent);
            !told.is_empty() && told.iter().all(|a| matches!(a.how, How::Collective | How::We))
        };
        if private || (firms(at.s) || firms(at.s.saturating_sub(1)) || firms(0)) && collective() {
            f.insert("private-agent".into());
            f.insert(format_compact!("private-agent+{rule}"));
        }
    }
}

/// Nouns of firms, universities and other bodies that do not bind a state.
fn is_private(lemma: &str) -> bool {
    matches!(
        lemma,
        "company"
            | "firm"
            | "corporation"
            | "corp"
            | "corp."
            | "inc"
            | "inc."
            | "ltd"
            | "ltd."
            | "limited"
            | "llc"
            | "plc"
            | "gmbh"
            | "co"
            | "co."
            | "unit"
            | "subsidiary"
            | "businessman"
            | "business"
            | "exporter"
            | "importer"
            | "producer"
            | "refiner"
            | "manufacturer"
            | "maker"
            | "trader"
            | "miner"
            | "airline"
            | "group"
            | "consortium"
            | "conglomerate"
            | "contractor"
            | "university"
            | "institute"
            | "college"
            | "school"
            | "foundation"
            | "chamber"
            | "union"
            | "association"
            | "federation"
            | "club"
            | "industries"
            | "industry"
            | "holdings"
            | "partners"
            | "investor"
            | "startup"
            | "party"
            | "opposition"
            | "coalition"
            | "exchange"
            | "bank"
            | "builder"
            | "shipbuilder"
            | "supplier"
    )
}

/// The governor frame above the instrument: its name, the status it gives, and the word that gives it.
fn governing(
    at: &Place<'_, '_>,
    gov: Option<usize>,
    lexicon: &Lexicon,
) -> (CompactString, AgreementStatus, Option<usize>) {
    let tree = at.tree;
    // A governing noun right above: "the signing of an agreement", "talks on a deal".
    let mut k = at.i;
    for _ in 0..3 {
        let Some(h) = tree.head(k) else { break };
        if tree.verbal(h) {
            break;
        }
        for t in lexicon.noun_triggers(&tree.lemma(h).to_lowercase()) {
            if let FrameKind::Governor(status) = lexicon.frames[t.frame].kind
                && t.rest.is_empty()
            {
                return (lexicon.frames[t.frame].name.clone(), status, Some(h));
            }
        }
        k = h;
    }
    if let Some(g) = gov {
        for t in lexicon.verb_triggers(tree.lemma(g)) {
            if let FrameKind::Governor(status) = lexicon.frames[t.frame].kind
                && super::follows(tree, g, &t.rest)
            {
                return (lexicon.frames[t.frame].name.clone(), status, Some(g));
            }
        }
    }
    for c in tree.kids(at.i) {
        for t in lexicon.verb_triggers(tree.lemma(c)) {
            if let FrameKind::Governor(status) = lexicon.frames[t.frame].kind
                && matches!(tree.tok(c).deprel, Deprel::Acl | Deprel::AclRelcl | Deprel::Amod)
            {
                return (lexicon.frames[t.frame].name.clone(), status, Some(c));
            }
        }
    }
    ("mention".into(), AgreementStatus::InForce, None)
}

/// The status that reality leaves of the governor's: what will be signed is planned, what was not reached is being negotiated.
fn settle(status: AgreementStatus, reality: Reality, governed: bool) -> AgreementStatus {
    use AgreementStatus::{Agreed, Broken, InForce, Negotiating, Planned, Signed};
    match (status, reality) {
        (Signed, Reality::Planned) => Planned,
        (Agreed, Reality::Planned) => Negotiating,
        (Signed | Agreed, Reality::Hypothetical | Reality::Negated) => Negotiating,
        (Signed | Agreed, Reality::Cancelled) => Broken,
        (InForce, Reality::Hypothetical | Reality::Planned) if !governed => Negotiating,
        (Broken, Reality::Hypothetical | Reality::Negated | Reality::Planned) => InForce,
        (other, _) => other,
    }
}

/// The article's main dyad, where one side or none is said.
fn complete(at: &Place<'_, '_>, parties: &[Party]) -> Option<(Party, Party)> {
    let (a, b) = at.scene.dyad_at(at.s, at.i)?;
    match parties {
        [] => Some((a, b)),
        [one] if *one == a || *one == b => Some((a, b)),
        [one] => {
            let (a, b) = at.scene.main_dyad()?;
            if *one == a || *one == b { Some((a, b)) } else { Some((*one, a)) }
        }
        _ => None,
    }
}

#[expect(clippy::too_many_arguments, reason = "the features draw on everything that was read")]
pub(super) fn shared(
    at: &Place<'_, '_>,
    kind: AgreementType,
    status: AgreementStatus,
    reality: Reality,
    construction: &str,
    sides: &[Actor],
    completed: bool,
    parties: &[Party],
) -> Features {
    let mut f = at.features(reality);
    f.insert(format_compact!("kind={kind}"));
    f.insert(format_compact!("status={status}"));
    f.insert(format_compact!("kind+status={kind}+{status}"));
    f.insert(format_compact!("construction={construction}"));
    f.insert(format_compact!("parties={}", parties.len().min(5)));
    if completed {
        f.insert("completed".into());
    }
    for (role, a) in ["first", "second"].iter().zip(sides) {
        actor_features(at.scene, role, a, &mut f);
    }
    let worst = parties.iter().map(|p| at.scene.rank(*p)).max().unwrap_or(0).min(5);
    f.insert(format_compact!("worst-rank={worst}"));
    f
}

/// The words around, and how the first parties stand to the trigger.
pub(super) fn surround(at: &Place<'_, '_>, kind: AgreementType, parties: &[Party], f: &mut Features) {
    let slots: Vec<(&str, Party)> = parties.iter().take(4).map(|p| ("side", *p)).collect();
    super::context::add(at, kind.as_str(), &slots, f);
}

/// The declaration that a text headed "Joint Statement …" is: between the parties of its headline, on what it speaks of.
pub(super) fn statement(scene: &Scene<'_>, lexicon: &Lexicon, out: &mut Vec<AgreementCandidate>) {
    let Some((s, sent)) = scene.doc.sentences.iter().enumerate().next() else { return };
    let Some(tree) = scene.trees[s].as_ref() else { return };
    let Some(frame) = lexicon.frames.iter().find(|f| f.name == "instrument/declaration") else { return };
    let joint = (0..tree.len().saturating_sub(1)).find(|i| {
        tree.form(*i).eq_ignore_ascii_case("joint")
            && ["statement", "communique", "communiqué", "declaration"]
                .iter()
                .any(|w| tree.form(i + 1).eq_ignore_ascii_case(w))
    });
    let Some(joint) = joint.filter(|_| sent.tokens.len() < 40) else { return };
    let at = Place { scene, tree, s, i: joint + 1, frame, lexicon, verb: false };
    let mut parties: Vec<Party> = Vec::new();
    for k in 0..tree.len() {
        if let Some(p) = scene.party_at(s, k).filter(|p| !parties.contains(p)) {
            parties.push(p);
        }
    }
    if parties.len() < 2 {
        let Some((a, b)) = scene.main_dyad() else { return };
        parties = vec![a, b];
    }
    parties.sort_unstable();
    let topic = crate::text::Span::new(tree.tok(joint).span.start, tree.tok(tree.len() - 1).span.end)
        .of(tree.text)
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ");
    let own: Vec<CompactString> = (0..tree.len()).map(|k| tree.lemma(k).to_lowercase().into()).collect();
    let own_words = own.len();
    let rest = scene.doc.sentences.iter().skip(1).flat_map(|s| &s.tokens).map(|t| t.lemma.to_lowercase());
    let mut f = shared(
        &at,
        AgreementType::Declaration,
        AgreementStatus::Agreed,
        Reality::Held,
        "headline-statement",
        &[],
        false,
        &parties,
    );
    f.insert("headline-statement".into());
    out.push(AgreementCandidate {
        kind: AgreementType::Declaration,
        parties,
        signatories: Vec::new(),
        status: AgreementStatus::Agreed,
        topic,
        words: own.into_iter().chain(rest).collect(),
        own_words,
        reality: Reality::Held,
        date: None,
        source: at.source("headline"),
        features: f,
    });
}

fn scene_has_no_date(at: &Place<'_, '_>, k: usize) -> bool {
    !at.scene.dates.iter().any(|d| d.sent == at.s && d.first <= k && k <= d.last)
}

/// The subjects of several instruments named in one word: "memorandums of understanding on energy, trade and health" are three.
/// Each as the tokens from its first to its last.
fn subjects(at: &Place<'_, '_>, n: usize) -> Vec<(usize, usize)> {
    let tree = at.tree;
    let plural = tree.form(n).ends_with('s') || tree.form(n).ends_with("da") && tree.lemma(n) != "agenda";
    if !plural {
        return Vec::new();
    }
    // Right of the noun, past "of understanding".
    let Some(prep) =
        (n + 1..(n + 5).min(tree.len())).find(|k| matches!(tree.lemma(*k), "on" | "covering" | "concerning" | "in"))
    else {
        return Vec::new();
    };
    let mut items: Vec<(usize, usize)> = Vec::new();
    let mut first = prep + 1;
    let mut k = first;
    let stop = |k: usize| {
        k >= tree.len()
            || tree.verbal(k) && !tree.form(k).ends_with("ing")
            || matches!(
                tree.form(k),
                "." | ";"
                    | ":"
                    | "("
                    | "that"
                    | "which"
                    | "who"
                    | "after"
                    | "during"
                    | "as"
                    | "with"
                    | "between"
                    | "at"
                    | "while"
                    | "—"
                    | "–"
            )
            || !scene_has_no_date(at, k)
    };
    while !stop(k) {
        if tree.form(k) == "," {
            items.push((first, k));
            first = k + 1;
            if tree.sent.tokens.get(first).is_some() && tree.lemma(first) == "and" {
                first += 1;
            }
        }
        k += 1;
    }
    items.push((first, k));
    // "energy, trade and health": where no other item has an "and" of its own, the last one's parts two.
    let and = |(a, b): &(usize, usize)| (*a..*b).find(|k| tree.lemma(*k) == "and");
    let joined = items.iter().filter(|i| and(i).is_some()).count();
    if joined == 1
        && let Some(last) = items.last().copied()
        && let Some(k) = and(&last)
    {
        items.pop();
        items.push((last.0, k));
        items.push((k + 1, last.1));
    }
    items.retain(|(a, b)| a < b && b - a <= 8);
    if items.len() < 2 {
        return Vec::new();
    }
    items.into_iter().map(|(a, b)| (a, b - 1)).collect()
}

/// The phrase that names the thing: the noun with its modifiers and its "on …", "for …", "to …" complement; with the lemmas of
/// the phrase, then of the rest of its clause.
pub(super) fn topic(at: &Place<'_, '_>, head: usize) -> (String, Vec<CompactString>, usize) {
    let tree = at.tree;
    let under = tree.subtree(head);
    // The contiguous run around the head, without relative clauses.
    let skip: BTreeSet<usize> = tree
        .kids(head)
        .filter(|c| {
            matches!(
                tree.tok(*c).deprel,
                Deprel::AclRelcl | Deprel::Appos | Deprel::Parataxis | Deprel::Advcl | Deprel::Punct
            ) && *c > head
        })
        .flat_map(|c| tree.subtree(c))
        .collect();
    let mut first = head;
    let mut last = head;
    for k in under.iter().copied().filter(|k| !skip.contains(k)) {
        if k < head && head - k <= 10 {
            first = first.min(k);
        }
        if k > head && k - head <= 24 {
            last = last.max(k);
        }
    }
    // "reached their first agreement | on the export of beef": the phrase that follows tells the content, whatever the parser
    // has hung it on.
    if !tree.verbal(head)
        && let Some(prep) = tree.sent.tokens.get(last + 1).map(|_| last + 1)
        && matches!(
            tree.lemma(prep),
            "on" | "for" | "in" | "to" | "across" | "about" | "over" | "against" | "covering" | "of"
        )
        && let Some(noun) = tree.head(prep).filter(|n| *n > prep)
        && !crate::extract::dates::is_calendar_word(tree.form(noun))
        && scene_has_no_date(at, noun)
        && (tree.lemma(prep) != "in" && tree.lemma(prep) != "to"
            || at.scene.at(at.s, noun).is_none() && tree.tok(noun).pos != Upos::Propn)
    {
        last = tree.subtree(noun).into_iter().filter(|k| *k > last && *k - head <= 24).max().unwrap_or(last);
    }
    // "on Monday", "in 2025" are no part of the name.
    if let Some(d) =
        at.scene.dates.iter().filter(|d| d.sent == at.s && d.first > head && d.first <= last).min_by_key(|d| d.first)
        && !tree.verbal(head)
    {
        last = d.first.saturating_sub(1).max(head);
        while last > head && matches!(tree.tok(last).pos, Upos::Adp | Upos::Punct | Upos::Det) {
            last -= 1;
        }
    }
    let leading = |k: usize| {
        matches!(
            tree.tok(k).pos,
            Upos::Det | Upos::Punct | Upos::Cconj | Upos::Adp | Upos::Part | Upos::Sconj | Upos::Pron
        ) || matches!(tree.lemma(k), "first" | "several" | "their" | "its" | "our" | "both")
            // "five memoranda" are not "six memoranda"; "the two countries' plan" counts no plans.
            || tree.tok(k).pos == Upos::Num && !(plural(at, head) && tree.head(k) == Some(head))
    };
    while first < head && leading(first) {
        first += 1;
    }
    while last > head && matches!(tree.tok(last).pos, Upos::Det | Upos::Punct | Upos::Cconj | Upos::Adp | Upos::Sconj) {
        last -= 1;
    }
    let text =
        tree.tok(first).span.join(tree.tok(last).span).of(tree.text).split_whitespace().collect::<Vec<_>>().join(" ");
    let mut words: Vec<CompactString> = (first..=last).map(|k| tree.lemma(k).to_lowercase().into()).collect();
    let own = words.len();
    // A verb has its own clause; a noun stands in its governor's.
    let clause = if at.verb { at.i } else { governor(tree, at.i).unwrap_or(at.i) };
    // What a coordinated verb tells is another matter: "reached a deal on pork and agreed to deepen defense ties".
    let others: BTreeSet<usize> = tree
        .kids_by(clause, &[Deprel::Conj])
        .filter(|c| tree.verbal(*c) && *c != head && !tree.dominates(*c, at.i))
        .flat_map(|c| tree.subtree(c))
        .collect();
    words.extend(
        tree.subtree(clause)
            .into_iter()
            .filter(|k| (*k < first || *k > last) && !others.contains(k))
            .map(|k| CompactString::from(tree.lemma(k).to_lowercase())),
    );
    (text, words, own)
}
