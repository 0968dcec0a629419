//! Frames over syntax → candidate facts, each with the place, the rule and the features that confidence is judged by.

mod acts;
mod agreements;
mod ceremonies;
mod context;
mod councils;
mod encounters;
mod features;
mod governors;
mod hosts;
mod instruments;
mod journeys;
mod loose;
mod pairing;
mod places;
mod remote;
mod senses;
mod sittings;
mod timing;
mod topics;
mod traps;
mod trips;
mod undertakings;

use super::actors::Actor;
use super::dates::DateMention;
use super::factuality::Reality;
use super::names::Party;
use super::scene::Scene;
use super::syntax::Tree;
use super::territories;
use crate::knowledge::lexicon::{Frame, FrameKind, Lexicon};
use crate::knowledge::vocab::{ActType, AgreementStatus, AgreementType, EncounterType};
use crate::nlp::{Deprel, SentenceKind, Upos};
use compact_str::{CompactString, format_compact};
pub use features::Features;
pub(crate) use pairing::EXACT;
pub(crate) use places::names_place;
use std::collections::BTreeSet;
use undertakings::Undertaking;

/// Where a candidate was read, and by which rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// Sentence index.
    pub sent: usize,
    /// Trigger token.
    pub tok: usize,
    /// Frame and construction, such as `meet/verb`.
    pub rule: CompactString,
}

/// A directed act.
#[derive(Debug, Clone, PartialEq)]
pub struct ActCandidate {
    /// Who acts.
    pub actor: Party,
    /// Towards whom.
    pub recipient: Party,
    /// PLOVER type.
    pub kind: ActType,
    /// Held, planned …
    pub reality: Reality,
    /// Date of the clause.
    pub date: Option<DateMention>,
    /// Where.
    pub source: Source,
    /// Features.
    pub features: Features,
}

/// A meeting, visit, call or gathering.
#[derive(Debug, Clone, PartialEq)]
pub struct EncounterCandidate {
    /// Type.
    pub kind: EncounterType,
    /// States and organizations that take part, sorted.
    pub parties: Vec<Party>,
    /// Persons who take part, sorted.
    pub persons: Vec<usize>,
    /// City or venue, as written.
    pub place: Option<String>,
    /// Of a visit, the state or organization that is visited, where it is told.
    pub host: Option<Party>,
    /// Held, planned …
    pub reality: Reality,
    /// Date of the clause.
    pub date: Option<DateMention>,
    /// Where.
    pub source: Source,
    /// Features.
    pub features: Features,
}

/// An instrument or commitment.
#[derive(Debug, Clone, PartialEq)]
pub struct AgreementCandidate {
    /// Type.
    pub kind: AgreementType,
    /// Parties, sorted.
    pub parties: Vec<Party>,
    /// Persons who sign.
    pub signatories: Vec<usize>,
    /// Status by the governing verb and its reality.
    pub status: AgreementStatus,
    /// The phrase that names it.
    pub topic: String,
    /// Lower-case lemmas of the topic and of the clause that tells its content, for the sectors.
    pub words: Vec<CompactString>,
    /// How many of `words` are the topic's own.
    pub own_words: usize,
    /// Reality of the governing verb.
    pub reality: Reality,
    /// Date of the clause.
    pub date: Option<DateMention>,
    /// Whether the clause only recalls it: "four years after signing the pact".
    pub recalled: bool,
    /// Where.
    pub source: Source,
    /// The word that undertakes it: of "agreed to deepen ties and expand trade" the first, for both; else the trigger itself.
    pub root: usize,
    /// Features.
    pub features: Features,
}

/// All candidates of an article, in text order.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Candidates {
    /// Acts.
    pub acts: Vec<ActCandidate>,
    /// Encounters.
    pub encounters: Vec<EncounterCandidate>,
    /// Agreements.
    pub agreements: Vec<AgreementCandidate>,
}

/// Reads the candidates of every parsed sentence.
#[must_use]
pub fn find(scene: &Scene<'_>, lexicon: &Lexicon, places: &dyn Fn(&str) -> Option<Party>) -> Candidates {
    let mut out = Candidates::default();
    for s in 0..scene.doc.sentences.len() {
        let Some(tree) = scene.trees[s].as_ref() else { continue };
        for i in 0..tree.len() {
            let verb = matches!(tree.tok(i).pos, Upos::Verb)
                || (scene.doc.sentences[s].kind == SentenceKind::Headline
                    && tree.tok(i).pos == Upos::Noun
                    && tree.head(i).is_none());
            let triggers = if verb { lexicon.verb_triggers(tree.lemma(i)) } else { &[] };
            let mut seen = BTreeSet::new();
            for t in triggers {
                if follows(tree, i, &t.rest) && seen.insert(t.frame) {
                    read(scene, tree, s, i, &lexicon.frames[t.frame], lexicon, true, places, &mut out);
                }
            }
            // "Russia must withdraw": who says so asks it of the subject.
            if tree.tok(i).pos == Upos::Aux
                && matches!(tree.lemma(i), "must" | "should")
                && let Some(h) = tree.head(i)
            {
                for t in lexicon.verb_triggers(tree.lemma(i)) {
                    let frame = &lexicon.frames[t.frame];
                    if let FrameKind::Act(kind) = frame.kind
                        && t.rest.is_empty()
                    {
                        acts::loosely(&Place { scene, tree, s, i: h, frame, lexicon, verb: true }, kind, &mut out.acts);
                    }
                }
            }
            if (tree.tok(i).pos == Upos::Propn || tree.lemma(i) == "here")
                && let Some(frame) = lexicon.frames.iter().find(|f| f.name == "visit")
            {
                let at = Place { scene, tree, s, i, frame, lexicon, verb: false };
                trips::presence(&at, places, &mut out.encounters);
            }
            // "strategic partnership", "working group": a phrase may begin with an adjective or a participle.
            if matches!(tree.tok(i).pos, Upos::Noun | Upos::Propn | Upos::Adj | Upos::Verb)
                && !inside_organization(scene, s, i)
            {
                let lower = tree.lemma(i).to_lowercase();
                for t in noun_triggers(tree, i, &lower, lexicon) {
                    if seen.insert(t.0) {
                        read(scene, tree, s, t.1, &lexicon.frames[t.0], lexicon, false, places, &mut out);
                    }
                }
            }
        }
    }
    agreements::statement(scene, lexicon, &mut out.agreements);
    ceremonies::imply(scene, &out.agreements, &mut out.encounters);
    councils::imply(scene, &mut out.encounters);
    journeys::imply(scene, lexicon, places, &mut out.encounters);
    journeys::speakers(scene, places, &mut out.encounters);
    // What a state does in its own territory is no encounter.
    for e in &mut out.encounters {
        e.parties = territories::without_own(scene.gazetteer, &e.parties);
    }
    out.encounters.retain(|e| e.parties.len() > 1);
    out
}

/// Noun triggers that begin at `i`: (frame, head token); only the longest phrases.
fn noun_triggers(tree: &Tree<'_>, i: usize, lower: &str, lexicon: &Lexicon) -> Vec<(usize, usize)> {
    let mut out = Vec::new();
    let mut longest = None;
    for t in lexicon.noun_triggers(lower) {
        let n = t.rest.len();
        if longest.is_some_and(|l| n < l) {
            break;
        }
        let fits = t.rest.iter().enumerate().all(|(k, w)| {
            let at = i + 1 + k;
            at < tree.len() && (tree.lemma(at).eq_ignore_ascii_case(w) || tree.form(at).eq_ignore_ascii_case(w))
        });
        if fits {
            // Taggers seldom know "MOUs".
            let acronym = tree.form(i).starts_with(|c: char| c.is_uppercase())
                && tree.form(i).chars().filter(|c| c.is_uppercase()).count() > 1;
            if n == 0 && !matches!(tree.tok(i).pos, Upos::Noun | Upos::Propn) && !acronym {
                continue;
            }
            longest = Some(n);
            let last = i + n;
            // The head is the token of the phrase whose own head lies outside it.
            let head = (i..=last).find(|k| tree.head(*k).is_none_or(|h| h < i || h > last)).unwrap_or(last);
            out.push((t.frame, head));
        }
    }
    // "free trade agreement" is no "agreement": a longer phrase that ends here has been seen from its own start.
    if longest == Some(0) {
        for back in 1..=3.min(i) {
            let start = i - back;
            let lemma = tree.lemma(start).to_lowercase();
            let covered = lexicon.noun_triggers(&lemma).iter().any(|t| {
                t.rest.len() >= back
                    && t.rest.iter().enumerate().all(|(k, w)| {
                        let at = start + 1 + k;
                        at < tree.len()
                            && (tree.lemma(at).eq_ignore_ascii_case(w) || tree.form(at).eq_ignore_ascii_case(w))
                    })
            });
            if covered {
                return Vec::new();
            }
        }
    }
    out
}

/// Whether the trigger's further words stand with the verb: right behind it, as particle, object or preposition.
fn follows(tree: &Tree<'_>, v: usize, rest: &[CompactString]) -> bool {
    let mut end = v;
    for word in rest {
        let same = |k: usize| tree.lemma(k).eq_ignore_ascii_case(word) || tree.form(k).eq_ignore_ascii_case(word);
        let near = (end + 1..(end + 4).min(tree.len())).find(|k| same(*k));
        let below =
            || tree.kids(v).find(|k| same(*k) || tree.kids(*k).any(|c| tree.tok(c).deprel == Deprel::Case && same(c)));
        let Some(at) = near.or_else(below) else { return false };
        end = end.max(at);
    }
    true
}

#[expect(clippy::too_many_arguments, reason = "one dispatch of what was matched to the reader of its kind")]
fn read(
    scene: &Scene<'_>,
    tree: &Tree<'_>,
    s: usize,
    i: usize,
    frame: &Frame,
    lexicon: &Lexicon,
    verb: bool,
    places: &dyn Fn(&str) -> Option<Party>,
    out: &mut Candidates,
) {
    let at = Place { scene, tree, s, i, frame, lexicon, verb };
    match frame.kind {
        FrameKind::Act(kind) => {
            let Some(kind) = senses::meant(&at, kind) else { return };
            acts::read(&at, kind, &mut out.acts);
            if kind == ActType::Aid {
                undertakings::undertaking(&at, Undertaking::Aid, &mut out.agreements);
            }
        }
        FrameKind::Encounter(kind) => {
            encounters::read(&at, kind, places, &mut out.encounters);
            if kind == EncounterType::Meeting && negotiates(tree.lemma(i)) {
                undertakings::undertaking(&at, Undertaking::Talks, &mut out.agreements);
            }
        }
        FrameKind::Instrument(kind) if !verb => agreements::instrument(&at, kind, lexicon, &mut out.agreements),
        FrameKind::Commitment(status) => {
            undertakings::undertaking(&at, Undertaking::Commitment(status), &mut out.agreements);
        }
        FrameKind::Instrument(_) | FrameKind::Governor(_) => {}
    }
}

/// Words for talks that may be meant to end in an agreement.
fn negotiates(lemma: &str) -> bool {
    matches!(
        lemma.to_ascii_lowercase().as_str(),
        "talk"
            | "talks"
            | "negotiation"
            | "negotiations"
            | "negotiate"
            | "discuss"
            | "discussion"
            | "discussions"
            | "hold"
    )
}

/// A trigger in its sentence.
#[derive(Clone, Copy)]
struct Place<'a, 's> {
    scene: &'a Scene<'s>,
    tree: &'a Tree<'s>,
    s: usize,
    /// Head token of the trigger.
    i: usize,
    frame: &'a Frame,
    lexicon: &'a Lexicon,
    verb: bool,
}

impl Place<'_, '_> {
    fn source(&self, construction: &str) -> Source {
        Source { sent: self.s, tok: self.i, rule: format_compact!("{}/{construction}", self.frame.name) }
    }

    /// Features that every kind of candidate has.
    fn features(&self, reality: Reality) -> Features {
        let sent = &self.scene.doc.sentences[self.s];
        let mut f = Features::roomy();
        let trigger = self.tree.lemma(self.i).to_lowercase();
        f.put(format_args!("frame={}", self.frame.name));
        f.put(format_args!("trigger={}={trigger}", self.frame.name));
        f.put(format_args!("pos={}", if self.verb { "verb" } else { "noun" }));
        f.put(format_args!("reality={}", reality.as_str()));
        f.put(format_args!("frame+reality={}+{}", self.frame.name, reality.as_str()));
        let place = match (sent.kind, self.s) {
            (SentenceKind::Headline, _) => "headline",
            (_, 0..=2) => "lead",
            (_, 3..=6) => "early",
            (_, 7..=15) => "middle",
            _ => "late",
        };
        f.put(format_args!("place={place}"));
        // Business news speaks of agreements, talks and aid too, between firms.
        let firms = self.scene.firms.get(self.s).copied().unwrap_or(0);
        f.put(format_args!("firms={}", firms.min(2)));
        f.put(format_args!("frame+firms={}+{}", self.frame.name, firms.min(1)));
        let all: usize = self.scene.firms.iter().sum();
        f.put(format_args!(
            "firms-in-article={}",
            match all {
                0 => "0",
                1..=3 => "few",
                _ => "many",
            }
        ));
        let officials = self.scene.people.persons.iter().filter(|p| p.office.is_some() && p.party.is_some()).count();
        f.put(format_args!("officials={}", officials.min(3)));
        if self.tree.len() > 45 {
            f.add("long-sentence");
        }
        f
    }

    /// Whether a party or one of its people stands in the sentence by name.
    fn names(&self, party: Party) -> bool {
        (0..self.tree.len()).any(|k| self.scene.party_at(self.s, k) == Some(party))
    }

    fn has_needed(&self) -> bool {
        self.frame.needs.is_empty()
            || self.frame.needs.iter().any(|n| n == self.tree.lemma(self.i))
            || self.tree.subtree(self.i).into_iter().any(|k| {
                let lemma = self.tree.lemma(k);
                self.frame.needs.iter().any(|n| n == lemma || n.eq_ignore_ascii_case(self.tree.form(k)))
            })
    }
}

/// Features of an actor in a role.
fn actor_features(scene: &Scene<'_>, role: &str, a: &Actor, f: &mut Features) {
    f.put(format_args!("{role}-how={}", a.how.as_str()));
    let rank = match scene.rank(a.party) {
        0 => "0",
        1 => "1",
        2 => "2",
        3..=4 => "3",
        _ => "5",
    };
    f.put(format_args!("{role}-rank={rank}"));
    if scene.salience(a.party) < 0.15 {
        f.put(format_args!("{role}-faint"));
    }
    if Some(a.party) == scene.home {
        f.put(format_args!("{role}-home"));
    }
    if matches!(a.party, Party::Organization(_)) {
        f.put(format_args!("{role}-organization"));
    }
}

/// Whether the parties stand in the sentence by name, in the headline, or only in what was inferred.
fn explicit_features(at: &Place<'_, '_>, parties: &[Party], f: &mut Features) {
    let scene = at.scene;
    let named = |s: usize, p: Party| {
        let lo = scene.parties.partition_point(|m| m.sent < s);
        let by_name = scene.parties[lo..].iter().take_while(|m| m.sent == s).any(|m| m.party == p);
        let lo = scene.people.mentions.partition_point(|m| m.sent < s);
        by_name
            || scene.people.mentions[lo..]
                .iter()
                .take_while(|m| m.sent == s)
                .any(|m| scene.people.persons[m.person].party == Some(p))
    };
    let here = parties.iter().filter(|p| named(at.s, **p)).count();
    f.put(format_args!("named-here={}of{}", here.min(3), parties.len().min(3)));
    if parties.iter().all(|p| named(0, *p)) {
        f.add("all-in-headline");
    }
    if scene.ruled_by_dyad() {
        let main = scene.main_dyad().is_some_and(|(a, b)| parties.contains(&a) && parties.contains(&b));
        f.put(format_args!("ruled={main}"));
    }
    let spread = match scene.weights.len() {
        0..=2 => "two",
        3..=5 => "few",
        6..=10 => "some",
        _ => "many",
    };
    f.put(format_args!("spread={spread}"));
}

/// Whether the verb has an agent that is no actor of the scene: a firm, a crowd, a bystander.
fn unresolved_agent(at: &Place<'_, '_>, v: usize) -> bool {
    let agents = at.tree.agents(v);
    !agents.is_empty() && crate::extract::actors::of_phrases(at.scene, at.s, &agents).is_empty()
}

/// "General Agreement on Tariffs and Trade" is an organization, not an agreement.
fn inside_organization(scene: &Scene<'_>, s: usize, i: usize) -> bool {
    matches!(scene.at(s, i), Some(crate::extract::scene::At::Party(m))
        if matches!(scene.parties[m].party, Party::Organization(_)) && scene.parties[m].last > scene.parties[m].first)
}

/// The distinct parties of actors, sorted.
fn parties_of(actors: &[Actor]) -> Vec<Party> {
    let set: BTreeSet<Party> = actors.iter().map(|a| a.party).collect();
    set.into_iter().collect()
}
