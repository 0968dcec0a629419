//! What names an instrument and what does not, told by the words where a parse errs.

use super::Place;
use super::agreements::phrases;
use super::topics::plural;
use crate::extract::actors::{Actor, How};
use crate::extract::scene::At;
use crate::knowledge::lexicon::{FrameKind, Lexicon};
use crate::knowledge::vocab::{AgreementStatus, AgreementType};
use crate::nlp::{Deprel, Upos};

/// A sentence that begins with its parties and says what they do with an instrument: "OMAN, KENYA SIGN PORT ACCORD". Parsers
/// err in headlines and in long lists; the order of the words does not.
pub(super) struct Listed {
    /// Who.
    pub(super) sides: Vec<Actor>,
    /// The word that says what they do.
    pub(super) verb: usize,
    /// The frame of that word.
    pub(super) frame: usize,
    /// The status that it gives.
    pub(super) status: AgreementStatus,
}

pub(super) fn listed(at: &Place<'_, '_>, lexicon: &Lexicon) -> Option<Listed> {
    let (scene, tree, s, n) = (at.scene, at.tree, at.s, at.i);
    let mut sides: Vec<Actor> = Vec::new();
    let mut verb = 0;
    while verb < n {
        match scene.at(s, verb) {
            Some(At::Party(m)) => {
                let party = scene.parties[m].party;
                if !sides.iter().any(|a| a.party == party) {
                    sides.push(Actor { party, person: None, how: How::Name });
                }
            }
            None if matches!(tree.lemma(verb), "the" | "," | "&" | "/" | "-" | "–")
                || tree.form(verb).eq_ignore_ascii_case("and")
                || tree.form(verb).eq_ignore_ascii_case("the") => {}
            _ => break,
        }
        verb += 1;
    }
    if sides.len() < 2 || sides.len() > 8 || verb >= n || n - verb > 12 || scene.at(s, verb).is_some() {
        return None;
    }
    let lemma = tree.lemma(verb).to_lowercase();
    let trigger = lexicon.verb_triggers(&lemma).iter().find_map(|t| match lexicon.frames[t.frame].kind {
        FrameKind::Governor(status) if t.rest.is_empty() => Some((t.frame, status)),
        _ => None,
    });
    let (frame, status) = trigger?;
    // Nothing else is done before the instrument is named.
    let other = |k: usize| tree.verbal(k) || tree.case_of(n).is_some() || matches!(tree.form(k), "," | ";" | ":");
    (!(verb + 1..n).any(other)).then_some(Listed { sides, verb, frame, status })
}

/// Words that name an instrument in other texts and none in this one.
pub(super) fn is_no_instrument(at: &Place<'_, '_>, kind: AgreementType, lexicon: &Lexicon) -> bool {
    let (tree, n) = (at.tree, at.i);
    let lemma = tree.lemma(n).to_lowercase();
    // "Senator Grant".
    if let Some(At::Person(m)) = at.scene.at(at.s, n) {
        let mention = &at.scene.people.mentions[m];
        let person = &at.scene.people.persons[mention.person];
        if person.office.is_some() && person.party.is_some() && mention.from < n.max(mention.first) {
            return true;
        }
    }
    let below: Vec<usize> = tree.kids(n).collect();
    let lemma_of = |k: &usize| tree.lemma(*k).to_lowercase();
    // "made a big deal of it", "a great deal of help".
    let much = |k: &usize| matches!(lemma_of(k).as_str(), "big" | "great" | "good" | "huge");
    if lemma == "deal" && below.iter().any(|k| tree.tok(*k).deprel == Deprel::Amod && much(k)) {
        return true;
    }
    // "settlement services", "the settlement of refugees", "Israeli settlements".
    if lemma == "settlement" {
        let migrants = tree.subtree(n).into_iter().any(|k| {
            matches!(lemma_of(&k).as_str(), "refugee" | "migrant" | "entrant" | "settler" | "immigrant" | "jewish")
        });
        // "forty years of Lebanese settlement in Canada".
        let people = below.iter().any(|k| *k < n && matches!(at.scene.at(at.s, *k), Some(At::Party(_))));
        let settled = people && tree.obliques(n).iter().any(|(prep, _)| *prep == "in");
        if migrants || settled || plural(at, n) || in_court(at.scene.doc.text) {
            return true;
        }
    }
    if lemma == "agreement" && of_firms(at, n) {
        return true;
    }
    // "aid workers", "arrangement fees", "a mechanism design": only a part of what another noun names.
    let general = matches!(
        lemma.as_str(),
        "settlement"
            | "arrangement"
            | "package"
            | "framework"
            | "understanding"
            | "initiative"
            | "mechanism"
            | "grant"
            | "aid"
            | "loan"
    );
    if general
        && tree.tok(n).deprel == Deprel::Compound
        && let Some(h) = tree.head(n).filter(|h| *h > n && !tree.verbal(*h))
    {
        let other = tree.lemma(h).to_lowercase();
        let governs = lexicon
            .noun_triggers(&other)
            .iter()
            .any(|t| matches!(lexicon.frames[t.frame].kind, FrameKind::Governor(_) | FrameKind::Instrument(_)));
        if !governs {
            return true;
        }
    }
    // "treaty alliance", "agreement framework": the noun that it modifies names the instrument.
    if tree.tok(n).deprel == Deprel::Compound
        && let Some(h) = tree.head(n).filter(|h| *h == n + 1 && !tree.verbal(*h))
        && lexicon
            .noun_triggers(&tree.lemma(h).to_lowercase())
            .iter()
            .any(|t| t.rest.is_empty() && matches!(lexicon.frames[t.frame].kind, FrameKind::Instrument(_)))
    {
        return true;
    }
    // "the Refugee Convention", "United Nations treaties": of all states.
    let capital = tree.form(n).starts_with(char::is_uppercase) && tree.tok(n).pos == Upos::Propn;
    let worldwide = matches!(lemma.as_str(), "convention" | "covenant" | "charter" | "treaty");
    let between = phrases(at, n).iter().any(|(prep, _)| *prep == "between");
    kind == AgreementType::Treaty
        && worldwide
        && !between
        && (capital && lemma != "treaty"
            || below.iter().any(|k| matches!(lemma_of(k).as_str(), "nations" | "un" | "u.n." | "geneva" | "hague")))
}

/// Whether a text is of a lawsuit, which a settlement ends.
fn in_court(text: &str) -> bool {
    ["class action", "lawsuit", "litigation", "plaintiff"].iter().any(|word| text.contains(word))
}

/// "an agreement to merge with Hammer Corp".
fn of_firms(at: &Place<'_, '_>, n: usize) -> bool {
    let tree = at.tree;
    let joins = |k: &usize| matches!(&*tree.lemma(*k).to_lowercase(), "merge" | "acquire");
    let states = |k: usize| matches!(at.scene.at(at.s, k), Some(At::Party(_)));
    let with_whom =
        |k: usize| tree.obliques(k).into_iter().filter(|o| o.0 == "with").map(|o| o.1).chain(tree.patients(k));
    tree.kids(n).filter(joins).any(|k| !with_whom(k).any(states))
}

/// "signed a memorandum directing his ministers": an order of one government to itself.
pub(super) fn is_order(at: &Place<'_, '_>, n: usize) -> bool {
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
