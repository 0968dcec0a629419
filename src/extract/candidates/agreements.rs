//! Instruments and what is done with them; joint commitments without an instrument.

use super::acts::governor;
use super::governors::{fails, governing, settle};
use super::instruments::{is_no_instrument, is_order, listed};
use super::timing;
use super::topics::{plural, subjects, topic_after};
use super::{AgreementCandidate, Features, Place, actor_features, parties_of};
use crate::extract::actors::{self, Actor, How};
use crate::extract::factuality::{self, Reality};
use crate::extract::names::Party;
use crate::extract::scene::Scene;
use crate::knowledge::lexicon::Lexicon;
use crate::knowledge::vocab::{AgreementStatus, AgreementType};
use crate::nlp::{Deprel, SentenceKind, Upos};
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
    if is_no_instrument(at, kind, lexicon) {
        return;
    }
    if let Some(list) = listed(at, lexicon) {
        let parties = parties_of(&list.sides);
        let rule = &lexicon.frames[list.frame].name;
        let read = Read {
            gov: Some(list.verb),
            rule,
            status: list.status,
            teller: Some(list.verb),
            construction: "governor",
            sides: &list.sides,
            completed: false,
            listed: true,
        };
        return tell(at, kind, &read, &parties, out);
    }
    let mut sides: Vec<Actor> = Vec::new();
    let mut construction = "bare";
    // "an agreement between a bank and an agency": it is theirs, whoever else the article tells of.
    let mut strangers = false;
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
            } else if prep == "between" && !matches!(tree.lemma(head), "they" | "them" | "side" | "country" | "two") {
                strangers = true;
            }
        }
    }
    // "the Oman-brokered truce between Kenya and Chad": those whom "between" names are its parties, and nobody else.
    let settled = construction == "between" && parties_of(&sides).len() > 1;
    let modifiers: Vec<Actor> = tree
        .kids_by(n, &[Deprel::NmodPoss, Deprel::Compound, Deprel::Amod, Deprel::NmodUnmarked])
        .filter(|_| !settled)
        .flat_map(|h| match tree.lemma(h).to_lowercase().as_str() {
            "our" | "we" => actors::ours(scene, s, h),
            _ => actors::of_phrase(scene, s, h),
        })
        .collect();
    // "the Paris accord": where it was made. "the Paris-Bonn accord": who made it.
    let seats = modifiers.iter().filter(|a| a.how == How::Capital).count();
    let place = (modifiers.len() == 1 && seats == 1 && construction == "bare").then(|| modifiers[0].party);
    if place.is_none() && !modifiers.is_empty() {
        if construction == "bare" {
            construction = "modified";
        }
        sides.extend(modifiers);
    }
    let gov = governor(tree, n);
    let (rule, status, teller) = governing(at, gov, lexicon);
    let governed = teller.is_some();
    if let Some(t) = teller.filter(|t| !settled && !tree.verbal(*t)) {
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
        // "hailed Oman's signing of a pact": not whoever hails it.
        let agents = if only_hailed(at, gov, teller) { Vec::new() } else { agents };
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
            _ if strangers || only_hailed(at, gov, teller) => None,
            (Some(home), [one]) => Some((home, *one)),
            _ => complete(at, &parties),
        };
        let Some((a, b)) = pair.filter(|(a, b)| place.is_none_or(|p| p != *a && p != *b)) else { return };
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
                &Read { gov, rule: &rule, status, teller, construction, sides: &sides, completed, listed: false },
                &pair,
                out,
            );
        }
        return;
    }
    let read = Read { gov, rule: &rule, status, teller, construction, sides: &sides, completed, listed: false };
    tell(at, kind, &read, &parties, out);
}

/// Who does what a noun above the instrument tells: "Turkey's conclusion of a deal", "the signing by Oman and Kenya of a pact".
fn holders(at: &Place<'_, '_>, noun: usize) -> Vec<Actor> {
    let tree = at.tree;
    let own = tree.kids_by(noun, &[Deprel::NmodPoss, Deprel::Compound, Deprel::Amod]);
    // "Oman and Kenya's signing", of which parsers make "Oman" and "signing".
    let joined = (tree.tok(noun).deprel == Deprel::Conj && tree.kids_by(noun, &[Deprel::NmodPoss]).next().is_some())
        .then(|| tree.head(noun))
        .flatten();
    let own = own.chain(joined);
    let by = tree.obliques(noun).into_iter().filter(|(p, h)| matches!(*p, "between" | "by" | "with") && *h != at.i);
    let heads: Vec<usize> = own.chain(by.map(|o| o.1)).collect();
    actors::of_phrases(at.scene, at.s, &heads).into_iter().filter(|a| a.how != How::Other).collect()
}

/// "hailed Oman's signing of a pact": whose signing it is, and that somebody speaks of it.
fn only_hailed(at: &Place<'_, '_>, gov: Option<usize>, teller: Option<usize>) -> bool {
    let (Some(g), Some(t)) = (gov, teller) else { return false };
    let hails = matches!(
        at.tree.lemma(g),
        "applaud"
            | "welcome"
            | "hail"
            | "praise"
            | "commend"
            | "note"
            | "congratulate"
            | "support"
            | "criticize"
            | "condemn"
    );
    g != t && hails && !at.tree.verbal(t) && !holders(at, t).is_empty()
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
    /// A headline in which the words' order alone tells it: parsers err there.
    listed: bool,
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
        (_, Some(_)) if read.listed && scene.doc.sentences[s].kind == SentenceKind::Headline => Reality::Held,
        // "is scheduled to be signed": the infinitive tells it.
        (Some(g), Some(t)) if g != t && tree.tok(t).deprel == Deprel::Xcomp => factuality::of(tree, t),
        // "failed to keep the pact": the failure is held.
        (_, Some(t)) if fails(tree.lemma(t)) => factuality::of(tree, t),
        (Some(g), _) => factuality::of(tree, g),
        (None, _) => factuality::of(tree, n),
    };
    let status = settle(read.status, reality, governed);
    // What stands before the verb of a headline is no part of the name.
    let least = gov.filter(|g| *g < n && teller == Some(*g)).map_or(0, |g| g + 1);
    let (topic, words, own_words) = topic_after(at, n, least);
    let mut f = shared(at, kind, status, reality, construction, sides, completed, parties);
    f.put(format_args!("governor={}", gov.map_or("none", |g| tree.lemma(g))));
    f.put(format_args!("governed={rule}"));
    f.put(format_args!("kind+governed={kind}+{rule}"));
    f.put(format_args!("construction+governed={construction}+{rule}"));
    f.put(format_args!("role={}", tree.tok(n).deprel.as_str()));
    if tree.kids_by(n, &[Deprel::Det]).any(|d| tree.lemma(d) == "the" || tree.lemma(d) == "this") {
        f.add("definite");
    }
    if plural(at, n) {
        f.add("plural");
    }
    if tree.tok(n).pos == Upos::Propn {
        f.add("named");
    }
    f.put(format_args!("topic-words={}", own_words.min(4)));
    if gov.is_some_and(|g| super::unresolved_agent(at, g)) {
        f.add("unresolved-agent");
        f.put(format_args!("unresolved-agent+{rule}"));
    }
    super::explicit_features(at, parties, &mut f);
    together(&mut f);
    surround(at, kind, parties, &mut f);
    signer_features(at, gov, rule, &mut f);
    if sides.iter().any(|a| matches!(a.how, How::Official | How::Title)) {
        f.add("state-agent");
        f.put(format_args!("state-agent+{}", if f.contains("private-agent") { "private" } else { "alone" }));
    }
    if only_spoken_of(at, gov, teller) {
        f.add("only-spoken-of");
        f.put(format_args!("only-spoken-of+{construction}"));
    }
    let ends = governed && status == AgreementStatus::Broken;
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
        // "broke the pact of 1986": that is no day of the breach.
        date: (teller.filter(|t| Some(*t) != gov).into_iter().chain(gov).chain((!ends).then_some(n)))
            .find_map(|k| scene.date_for(s, k))
            .copied(),
        recalled: teller.into_iter().chain(gov).any(|v| timing::recalls(tree, v)),
        source: super::Source { sent: s, tok: n, rule: format_compact!("{rule}/{construction}") },
        root: n,
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
        c.features.add("one-of-several");
        out.push(c);
    }
}

/// The prepositional phrases of an instrument: its own, and those that hang on a part of its name ("memorandum of understanding
/// | between Oman and Kenya").
pub(super) fn phrases<'s>(at: &Place<'_, 's>, n: usize) -> Vec<(&'s str, usize)> {
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
            f.add("private-agent");
            f.put(format_args!("private-agent+{rule}"));
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
    f.put(format_args!("kind={kind}"));
    f.put(format_args!("status={status}"));
    f.put(format_args!("kind+status={kind}+{status}"));
    f.put(format_args!("construction={construction}"));
    f.put(format_args!("parties={}", parties.len().min(5)));
    if completed {
        f.add("completed");
    }
    for (role, a) in ["first", "second"].iter().zip(sides) {
        actor_features(at.scene, role, a, &mut f);
    }
    let worst = parties.iter().map(|p| at.scene.rank(*p)).max().unwrap_or(0).min(5);
    f.put(format_args!("worst-rank={worst}"));
    f
}

/// What tells more together than apart: how the parties were found, with how much of the text is about them.
pub(super) fn together(f: &mut Features) {
    let value = |key: &str| f.iter().find_map(|x| x.strip_prefix(key)).unwrap_or("-").to_owned();
    let construction = value("construction=");
    let mut out: Vec<CompactString> = Vec::new();
    for key in ["named-here=", "ruled=", "place=", "spread=", "kind=", "worst-rank=", "firms-in-article=", "reality="] {
        out.push(format_compact!("construction+{key}{construction}+{}", value(key)));
    }
    out.push(format_compact!("kind+ruled={}+{}", value("kind="), value("ruled=")));
    out.push(format_compact!("kind+named-here={}+{}", value("kind="), value("named-here=")));
    f.extend(out);
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
    // "Statement of the Presidents of Oman and Kenya"
    let of = || (0..tree.len()).find(|i| !scene.joint.is_empty() && tree.form(*i).eq_ignore_ascii_case("statement"));
    let Some((joint, named)) = joint.map(|j| (j, j + 1)).or_else(|| of().map(|i| (i, i))) else { return };
    if sent.tokens.len() >= 60 {
        return;
    }
    let at = Place { scene, tree, s, i: named, frame, lexicon, verb: false };
    let mut parties: Vec<Party> = scene.joint.clone();
    for k in (0..tree.len()).filter(|_| scene.joint.is_empty()) {
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
    f.add("headline-statement");
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
        recalled: false,
        source: at.source("headline"),
        root: named,
        features: f,
    });
}
