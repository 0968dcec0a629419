//! A noun phrase → the states and organizations that it speaks for, and the leaders in it.

use super::names::Party;
use super::scene::{At, Scene};
use super::syntax::Tree;
use crate::knowledge::NameKind;
use crate::knowledge::vocab::Office;
use crate::nlp::{Deprel, Upos};

/// One actor of a frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Actor {
    /// State or organization.
    pub party: Party,
    /// Index into the persons, where a leader is meant.
    pub person: Option<usize>,
    /// How the phrase names it.
    pub how: How,
}

/// How a phrase names its actor; a feature of confidence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum How {
    /// By its name.
    Name,
    /// By a leader.
    Person,
    /// By a capital or seat.
    Capital,
    /// As the modifier of a noun that speaks for the state ("Chinese officials").
    Official,
    /// As the modifier of another noun ("Chinese exporters").
    Other,
    /// By a title without a name.
    Title,
    /// By "he", "she".
    Pronoun,
    /// By "the two sides", "they", "both".
    Collective,
    /// By "we", "our".
    We,
    /// As people ("the French", "Americans").
    People,
}

impl How {
    /// Short name for features.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Person => "person",
            Self::Capital => "capital",
            Self::Official => "official",
            Self::Other => "other",
            Self::Title => "title",
            Self::Pronoun => "pronoun",
            Self::Collective => "collective",
            Self::We => "we",
            Self::People => "people",
        }
    }
}

/// Nouns whose country modifier acts: "the Chinese government", "Iraqi officials".
#[must_use]
pub fn speaks_for_state(lemma: &str) -> bool {
    matches!(
        lemma,
        "government"
            | "official"
            | "minister"
            | "ministry"
            | "president"
            | "premier"
            | "leader"
            | "authority"
            | "authorities"
            | "administration"
            | "cabinet"
            | "delegation"
            | "side"
            | "force"
            | "forces"
            | "troop"
            | "troops"
            | "army"
            | "military"
            | "navy"
            | "air"
            | "police"
            | "court"
            | "parliament"
            | "senate"
            | "congress"
            | "legislature"
            | "lawmaker"
            | "embassy"
            | "ambassador"
            | "envoy"
            | "diplomat"
            | "spokesman"
            | "spokeswoman"
            | "spokesperson"
            | "department"
            | "secretary"
            | "counterpart"
            | "regime"
            | "state"
            | "republic"
            | "kingdom"
            | "team"
            | "chancellor"
            | "king"
            | "queen"
            | "negotiator"
            | "representative"
            | "commission"
            | "council"
            | "presidency"
            | "jet"
            | "warship"
            | "soldier"
            | "coast"
            | "guard"
            | "customs"
            | "bank"
            | "people"
            | "nation"
            | "country"
            | "agency"
            | "intelligence"
            | "governor"
            | "mission"
            | "consulate"
            | "commissioner"
            | "source"
            | "sources"
            | "statement"
            | "policy"
            | "decision"
            | "proposal"
            | "move"
            | "plan"
            | "effort"
            | "commitment"
            | "support"
            | "community"
            | "partner"
            | "party"
            | "head"
            | "chief"
            | "foreign"
            | "prime"
            | "treasury"
            | "office"
            | "aircraft"
            | "tanker"
            | "citizen"
            | "national"
            | "vessel"
            | "ship"
            | "invasion"
            | "aggression"
            | "attack"
            | "leadership"
            | "taxpayer"
            | "aid"
    )
}

fn collective_noun(lemma: &str) -> bool {
    matches!(
        lemma,
        "country"
            | "side"
            | "nation"
            | "leader"
            | "government"
            | "party"
            | "delegation"
            | "minister"
            | "official"
            | "state"
            | "neighbor"
            | "neighbour"
            | "president"
            | "ally"
            | "premier"
            | "counterpart"
            | "head"
            | "delegate"
            | "team"
            | "power"
            | "people"
            | "secretary"
            | "capital"
            | "negotiator"
            | "participant"
            | "partner"
            | "principal"
            | "man"
            | "giant"
            | "foe"
    )
}

/// The actors of the noun phrase headed by `h`, with what is coordinated with it.
#[must_use]
pub fn of_phrase(scene: &Scene<'_>, s: usize, h: usize) -> Vec<Actor> {
    let Some(tree) = scene.trees.get(s).and_then(Option::as_ref) else { return Vec::new() };
    let mut out = Vec::new();
    for head in heads(scene, tree, s, h) {
        for actor in of_head(scene, tree, s, head) {
            if !out.contains(&actor) {
                out.push(actor);
            }
        }
    }
    out
}

/// The head and what is coordinated with it, or with a word of its name: "the Republic of | China and Nauru".
fn heads(scene: &Scene<'_>, tree: &Tree<'_>, s: usize, h: usize) -> Vec<usize> {
    let mut out = tree.with_conjuncts(h);
    if let Some(At::Party(m)) = scene.at(s, h) {
        let name = &scene.parties[m];
        let inside = (name.first..=name.last.min(tree.len().saturating_sub(1))).filter(|k| *k != h);
        let more = inside.flat_map(|k| tree.kids_by(k, &[Deprel::Conj]).collect::<Vec<_>>());
        let beyond = more.filter(|c| *c > name.last && tree.nominal(*c)).flat_map(|c| tree.with_conjuncts(c));
        let beyond: Vec<usize> = beyond.filter(|c| !out.contains(c)).collect();
        out.extend(beyond);
    }
    out
}

/// The actors of the phrase headed by `h`, without what is coordinated with it.
#[must_use]
pub fn of_one(scene: &Scene<'_>, s: usize, h: usize) -> Vec<Actor> {
    scene.trees.get(s).and_then(Option::as_ref).map(|tree| of_head(scene, tree, s, h)).unwrap_or_default()
}

/// The actors of several phrases.
#[must_use]
pub fn of_phrases(scene: &Scene<'_>, s: usize, heads: &[usize]) -> Vec<Actor> {
    let mut out = Vec::new();
    for h in heads {
        for a in of_phrase(scene, s, *h) {
            if !out.contains(&a) {
                out.push(a);
            }
        }
    }
    out
}

fn of_head(scene: &Scene<'_>, tree: &Tree<'_>, s: usize, h: usize) -> Vec<Actor> {
    match scene.at(s, h) {
        Some(At::Person(m)) => return of_person(scene, scene.people.mentions[m].person, How::Person),
        Some(At::Party(m)) => {
            let mention = &scene.parties[m];
            let how = match mention.kind {
                NameKind::Capital | NameKind::City | NameKind::Seat => How::Capital,
                NameKind::Noun => How::People,
                NameKind::Adjective if tree.tok(h).pos != Upos::Propn => How::People,
                _ => How::Name,
            };
            return vec![Actor { party: mention.party, person: None, how }];
        }
        Some(At::Title(t)) => {
            // "the foreign ministers of Malta and Tunisia", "the Polish and Czech presidents"
            if tree.form(h).ends_with('s') {
                let parties = modifiers(scene, tree, s, h);
                if parties.len() > 1 {
                    return parties
                        .into_iter()
                        .map(|party| Actor { party, person: holder(scene, s, h, party, t), how: How::Title })
                        .collect();
                }
            }
            // "the two ministers agreed", "the leaders of both": who stand on both sides.
            let both = tree.form(h).ends_with('s')
                && scene.people.titles[t].party.is_none()
                && tree
                    .kids_by(h, &[Deprel::Det, Deprel::Nummod, Deprel::Amod])
                    .any(|k| matches!(tree.lemma(k).to_lowercase().as_str(), "the" | "two" | "both"))
                && !tree.kids_by(h, &[Deprel::Nmod, Deprel::NmodPoss, Deprel::Compound]).any(|_| true);
            if both {
                let sides = collective(scene, s, h);
                let known = |a: &Actor| a.person.is_some();
                if sides.len() > 1 && sides.iter().all(known) {
                    return sides;
                }
            }
            // "will meet ministers and officials in Oslo": no particular one, and of no state that a modifier does not name.
            let several = tree.form(h).ends_with('s')
                && modifiers(scene, tree, s, h).is_empty()
                && !tree.kids_by(h, &[Deprel::Det, Deprel::NmodPoss]).any(|_| true);
            let found = if several { Vec::new() } else { of_title(scene, s, h, t) };
            if !found.is_empty() {
                return found;
            }
        }
        None => {}
    }
    // "his counterpart, Ana Soto": whose name stands behind it.
    if matches!(tree.lemma(h), "counterpart" | "colleague") {
        let named = tree.kids_by(h, &[Deprel::Appos, Deprel::Flat]).find_map(|k| match scene.at(s, k) {
            Some(At::Person(m)) => Some(of_person(scene, scene.people.mentions[m].person, How::Person)),
            _ => None,
        });
        if let Some(found) = named.filter(|f| !f.is_empty()) {
            return found;
        }
    }
    // "the Omani Government": taggers take a capital for a name.
    let lemma = tree.lemma(h).to_lowercase();
    let lemma = lemma.as_str();
    match lemma {
        "he" | "she" => {
            return scene.last_person(s, h).map(|m| of_person(scene, m.person, How::Pronoun)).unwrap_or_default();
        }
        "it" => return said_of_itself(scene, tree, s, h),
        "they" | "both" => return collective(scene, s, h),
        "we" | "us" => return ours(scene, s, h),
        "two" | "pair" | "duo" if matches!(tree.tok(h).pos, Upos::Num | Upos::Noun) => return collective(scene, s, h),
        _ => {}
    }
    let modifiers = modifiers(scene, tree, s, h);
    if !modifiers.is_empty() {
        let how = if speaks_for_state(lemma) { How::Official } else { How::Other };
        return modifiers.into_iter().map(|party| Actor { party, person: None, how }).collect();
    }
    if matches!(lemma, "delegation" | "team" | "party" | "group" | "entourage")
        && !tree.form(h).ends_with('s')
        && tree.kids(h).any(|c| matches!(tree.lemma(c), "the" | "his" | "her" | "their"))
        && let Some(home) = scene.home
        // "The delegation met the Kenyan minister": not Kenya's.
        && !(h + 1..tree.len()).any(|k| scene.party_at(s, k) == Some(home))
    {
        return vec![Actor { party: home, person: scene.protagonist(), how: How::Title }];
    }
    // "The Government" of a press release, with a capital, is its own.
    if tree.form(h) == "Government"
        && let Some(home) = scene.home
        && tree.kids(h).any(|c| tree.lemma(c).eq_ignore_ascii_case("the"))
        && !tree.kids(h).any(|c| matches!(tree.tok(c).deprel, Deprel::Nmod | Deprel::NmodPoss | Deprel::Compound))
    {
        return vec![Actor { party: home, person: None, how: How::Official }];
    }
    let counted = tree.kids(h).any(|c| {
        matches!(tree.lemma(c), "two" | "both" | "their" | "our" | "three")
            || (tree.lemma(c) == "the"
                && tree.form(h).ends_with('s')
                && matches!(
                    lemma,
                    "leader" | "side" | "delegation" | "minister" | "president" | "government" | "country"
                ))
    });
    if collective_noun(lemma) && counted {
        return collective(scene, s, h);
    }
    Vec::new()
}

fn of_person(scene: &Scene<'_>, person: usize, how: How) -> Vec<Actor> {
    scene.people.persons[person].party.map(|party| Actor { party, person: Some(person), how }).into_iter().collect()
}

/// The person whom a title without a name means: the last one mentioned with that office (and party), else the only one.
fn of_title(scene: &Scene<'_>, s: usize, h: usize, t: usize) -> Vec<Actor> {
    let title = &scene.people.titles[t];
    let fits = |p: usize| {
        let person = &scene.people.persons[p];
        let office = person.office == Some(title.office)
            || (title.office == Office::Other
                && matches!(
                    person.office,
                    Some(
                        Office::ForeignMinister
                            | Office::OtherMinister
                            | Office::EconomyTradeMinister
                            | Office::DefenceMinister
                    )
                ))
            || (title.office == Office::OtherMinister
                && matches!(
                    person.office,
                    Some(Office::ForeignMinister | Office::EconomyTradeMinister | Office::DefenceMinister)
                ));
        office && person.party.is_some() && (title.party.is_none() || title.party == person.party)
    };
    let before = scene.people.mentions.iter().rev().filter(|m| (m.sent, m.first) < (s, h)).find(|m| fits(m.person));
    let any = before.or_else(|| scene.people.mentions.iter().find(|m| fits(m.person)));
    if let Some(m) = any {
        return of_person(scene, m.person, How::Title);
    }
    title.party.map(|party| Actor { party, person: None, how: How::Title }).into_iter().collect()
}

/// The person of a party who holds the office of a title, mentioned within three sentences before.
fn holder(scene: &Scene<'_>, s: usize, h: usize, party: Party, t: usize) -> Option<usize> {
    let office = scene.people.titles[t].office;
    let fits = |p: usize| {
        let person = &scene.people.persons[p];
        person.party == Some(party) && person.office == Some(office)
    };
    let near = scene.people.mentions.iter().rev().filter(|m| (m.sent, m.first) < (s, h) && m.sent + 3 >= s);
    near.map(|m| m.person).find(|p| fits(*p))
}

/// The parties of "the two countries", with the leaders where leaders are meant.
fn collective(scene: &Scene<'_>, s: usize, h: usize) -> Vec<Actor> {
    let Some((a, b)) = scene.dyad_at(s, h) else { return Vec::new() };
    [a, b]
        .into_iter()
        .map(|party| Actor { party, person: recent_person(scene, s, h, party), how: How::Collective })
        .collect()
}

/// The leader of a party mentioned last before the token, within two sentences.
fn recent_person(scene: &Scene<'_>, s: usize, h: usize, party: Party) -> Option<usize> {
    scene
        .people
        .mentions
        .iter()
        .rev()
        .filter(|m| (m.sent, m.first) < (s, h) && m.sent + 2 >= s)
        .find(|m| scene.people.persons[m.person].party == Some(party))
        .map(|m| m.person)
}

/// "Oman said it would not sign": the state that says so.
fn said_of_itself(scene: &Scene<'_>, tree: &Tree<'_>, s: usize, h: usize) -> Vec<Actor> {
    let subject = matches!(tree.tok(h).deprel, Deprel::Nsubj | Deprel::NsubjPass);
    let Some(verb) = tree.head(h).filter(|_| subject) else { return Vec::new() };
    let said = matches!(tree.tok(verb).deprel, Deprel::Ccomp | Deprel::Advcl | Deprel::Conj);
    let Some(upper) = tree.head(verb).filter(|u| said && tree.verbal(*u)) else { return Vec::new() };
    let speakers = tree.kids_by(upper, &[Deprel::Nsubj, Deprel::NsubjPass]).filter(|k| tree.lemma(*k) != "it");
    let mut found: Vec<Actor> = speakers.flat_map(|k| of_head(scene, tree, s, k)).collect();
    found.retain(|a| a.person.is_none() && matches!(a.how, How::Name | How::Capital | How::Official));
    match found.as_slice() {
        [one] => vec![Actor { how: How::Pronoun, ..*one }],
        _ => Vec::new(),
    }
}

/// The party for which "we" speaks: the last speaker's, else the home of a press release.
#[must_use]
pub fn ours(scene: &Scene<'_>, s: usize, h: usize) -> Vec<Actor> {
    // A joint statement speaks for all who make it.
    if !scene.joint.is_empty() {
        return scene.joint.iter().map(|party| Actor { party: *party, person: None, how: How::We }).collect();
    }
    if let Some(m) = scene.people.mentions.iter().rev().find(|m| (m.sent, m.first) < (s, h) && m.sent + 1 >= s)
        && let Some(party) = scene.people.persons[m.person].party
    {
        return vec![Actor { party, person: Some(m.person), how: How::We }];
    }
    scene.home.map(|party| Actor { party, person: None, how: How::We }).into_iter().collect()
}

/// The states and organizations that modify a noun, coordination included ("U.S. and Chinese officials").
#[must_use]
pub fn modifiers(scene: &Scene<'_>, tree: &Tree<'_>, s: usize, h: usize) -> Vec<Party> {
    let mut out = Vec::new();
    // "the invasion of Oman" is not Oman's.
    let befalls = befalls(&tree.lemma(h).to_lowercase());
    let mut queue: Vec<(usize, usize)> = tree
        .kids(h)
        .filter(|c| match tree.tok(*c).deprel {
            Deprel::Amod | Deprel::Compound | Deprel::NmodPoss | Deprel::Flat | Deprel::NmodUnmarked => true,
            Deprel::Nmod => match tree.case_of(*c) {
                Some("of") => !befalls,
                case => case == Some("from"),
            },
            Deprel::Appos => false,
            _ => false,
        })
        .map(|c| (c, 0))
        .collect();
    while let Some((c, depth)) = queue.pop() {
        match scene.at(s, c) {
            Some(At::Party(m)) => out.push(scene.parties[m].party),
            Some(At::Person(m)) => out.extend(scene.people.persons[scene.people.mentions[m].person].party),
            _ => match tree.lemma(c) {
                "his" | "her" | "he" | "she" if depth == 0 => {
                    out.extend(scene.last_person(s, c).and_then(|m| scene.people.persons[m.person].party));
                }
                _ => {}
            },
        }
        if depth < 3 {
            queue.extend(
                tree.kids(c)
                    .filter(|k| {
                        matches!(
                            tree.tok(*k).deprel,
                            Deprel::Conj | Deprel::Compound | Deprel::Amod | Deprel::NmodPoss | Deprel::Flat
                        ) || (tree.tok(*k).deprel == Deprel::Nmod && tree.case_of(*k) == Some("of"))
                    })
                    .map(|k| (k, depth + 1)),
            );
        }
    }
    out.sort_unstable();
    out.dedup();
    // "the Singaporean counterpart of Lee": the counterpart is the other one.
    out
}

/// What is done to whom "of" names.
#[must_use]
pub fn befalls(lemma: &str) -> bool {
    matches!(
        lemma,
        "invasion"
            | "bombing"
            | "bombardment"
            | "shelling"
            | "occupation"
            | "annexation"
            | "killing"
            | "murder"
            | "kidnapping"
            | "seizure"
            | "blockade"
            | "siege"
            | "assassination"
            | "treatment"
            | "destruction"
    )
}

/// Tokens below a noun for an attack that name whom or what it struck: "the attack on the Omani embassy in Chad".
#[must_use]
pub fn struck(tree: &Tree<'_>, noun: usize) -> Vec<usize> {
    let lemma = tree.lemma(noun).to_lowercase();
    let preps: &[&str] = match lemma.as_str() {
        "attack" | "assault" | "strike" | "raid" => &["on", "against", "at", "near", "upon"],
        "war" => &["on", "against", "in"],
        "aggression" | "violence" | "threat" => &["on", "against"],
        "treatment" => &["of"],
        _ if befalls(&lemma) => &["of", "on", "against", "in"],
        _ => return Vec::new(),
    };
    let hit = tree.obliques(noun).into_iter().filter(|(p, _)| preps.contains(p)).map(|o| o.1);
    hit.flat_map(|h| tree.subtree(h)).collect()
}

/// Every party named in the subtree of `h`, in order.
#[must_use]
pub fn in_subtree(scene: &Scene<'_>, tree: &Tree<'_>, s: usize, h: usize) -> Vec<Actor> {
    in_subtree_but(scene, tree, s, h, &|_| false)
}

/// The same but for the tokens that are left out.
#[must_use]
pub fn in_subtree_but(
    scene: &Scene<'_>,
    tree: &Tree<'_>,
    s: usize,
    h: usize,
    out_of: &dyn Fn(usize) -> bool,
) -> Vec<Actor> {
    let mut out: Vec<Actor> = Vec::new();
    for k in tree.subtree(h).into_iter().filter(|k| !out_of(*k)) {
        let found = match scene.at(s, k) {
            Some(At::Party(m)) => Some(Actor { party: scene.parties[m].party, person: None, how: How::Other }),
            Some(At::Person(m)) => {
                let person = scene.people.mentions[m].person;
                scene.people.persons[person].party.map(|party| Actor { party, person: Some(person), how: How::Person })
            }
            _ => None,
        };
        if let Some(a) = found
            && !out.iter().any(|o| o.party == a.party)
        {
            out.push(a);
        }
    }
    out
}
