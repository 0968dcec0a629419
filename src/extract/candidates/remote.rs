//! Encounters by telephone and screen: "met virtually", "a video conference", what the leaders of a call discussed.

use super::Place;
use super::acts::governor;
use crate::extract::syntax::Tree;
use crate::knowledge::vocab::EncounterType;
use crate::nlp::SentenceKind;

/// Sentences back in which a meeting is said to be virtual, at most.
const BACK: usize = 4;

/// The kind of an encounter as its own words, its sentence and its headline tell it.
pub(super) fn kind(at: &Place<'_, '_>, told: EncounterType) -> EncounterType {
    if told != EncounterType::Meeting {
        return told;
    }
    let lemma = at.tree.lemma(at.i);
    let by_phone = match lemma {
        // "spoke with" is by telephone where the text says so, or is headed so.
        "speak" | "talk" => at.verb && remote(at),
        "discuss" | "discussion" | "exchange" | "consult" | "consultation" => {
            phoned(at) || heads_a_call(at) && !dated(at)
        }
        _ => false,
    };
    if by_phone || on_screen(at) || said_before(at) { EncounterType::Call } else { told }
}

/// Whether what is attended or joined is a call, which its own word tells: "joined a call with".
pub(super) fn joins_a_call(at: &Place<'_, '_>) -> bool {
    let mut what: Vec<usize> = at.tree.patients(at.i);
    what.extend(at.tree.obliques(at.i).into_iter().filter(|o| matches!(o.0, "in" | "on")).map(|o| o.1));
    let call = |k: &usize| matches!(at.tree.lemma(*k), "call" | "videoconference" | "teleconference" | "conversation");
    at.verb && what.iter().any(call)
}

/// "met virtually", "virtual consultations", "held talks by video link", "met via videoconference".
fn on_screen(at: &Place<'_, '_>) -> bool {
    // A summit of many on screens is a gathering all the same.
    if matches!(at.tree.lemma(at.i), "summit" | "working") {
        return false;
    }
    let tree = at.tree;
    let mut from = vec![at.i];
    from.extend(governor(tree, at.i).filter(|_| !at.verb));
    let says = |k: usize| {
        tree.kids(k).any(|c| virtually(tree, c) && (k == at.i || tree.lemma(c) != "virtual"))
            || tree.obliques(k).iter().any(|(p, h)| matches!(*p, "via" | "by" | "over" | "through") && screen(tree, *h))
    };
    from.into_iter().any(says)
}

fn virtually(tree: &Tree<'_>, k: usize) -> bool {
    let lemma = tree.lemma(k).to_lowercase();
    match lemma.as_str() {
        "virtually" => {
            // "virtually all", "virtually no": almost.
            let next = (k + 1 < tree.len()).then(|| tree.lemma(k + 1));
            !matches!(next, Some("all" | "no" | "every" | "none" | "any" | "nothing" | "certain" | "impossible"))
        }
        "virtual" | "remotely" | "videoconference" | "teleconference" => true,
        _ => false,
    }
}

fn screen(tree: &Tree<'_>, k: usize) -> bool {
    let word = |k: usize| {
        matches!(
            tree.lemma(k).to_lowercase().as_str(),
            "video" | "videoconference" | "teleconference" | "videolink" | "zoom" | "phone" | "telephone" | "internet"
        )
    };
    word(k) || tree.kids(k).any(word)
}

/// Whether a sentence just before, or the headline, says that the meeting meant is virtual: "the meeting", "the two discussed".
fn said_before(at: &Place<'_, '_>) -> bool {
    let tree = at.tree;
    let again = if at.verb {
        matches!(tree.lemma(at.i), "discuss" | "speak" | "talk" | "exchange")
    } else {
        tree.kids(at.i).any(|k| matches!(tree.lemma(k), "the" | "this" | "these" | "their" | "they"))
    };
    let from = at.s.saturating_sub(BACK);
    let tells = |s: usize| {
        let meets = |t: &Tree<'_>, k: usize| {
            matches!(
                t.lemma(k).to_lowercase().as_str(),
                "meet" | "meeting" | "consultation" | "consultations" | "talk" | "talks" | "dialogue" | "discussion"
            )
        };
        let tree = at.scene.trees.get(s).and_then(Option::as_ref);
        tree.is_some_and(|t| {
            (0..t.len()).any(|k| {
                virtually(t, k)
                    && (t.head(k).is_some_and(|h| meets(t, h))
                        || k > 0 && meets(t, k - 1)
                        || k + 1 < t.len() && meets(t, k + 1))
            })
        })
    };
    again && !dated(at) && (from..at.s).any(tells)
}

/// Whether a month or a year without a day is told: another occasion than that of the headline.
fn dated(at: &Place<'_, '_>) -> bool {
    at.scene.date_for(at.s, at.i).is_some_and(|d| d.past.day == 0)
}

/// "Readout of the President's Call with": the headline tells of a call, not of what is called for.
fn heads_a_call(at: &Place<'_, '_>) -> bool {
    let Some(tree) = at.scene.trees.first().and_then(Option::as_ref) else { return false };
    if tree.sent.kind != SentenceKind::Headline {
        return false;
    }
    let words: Vec<String> = (0..tree.len()).map(|k| tree.form(k).to_lowercase()).collect();
    let near = |k: usize| words[k + 1..].iter().take(3).any(|w| matches!(w.as_str(), "with" | "between" | "to"));
    (0..words.len())
        .any(|k| matches!(words[k].as_str(), "call" | "calls" | "teleconference" | "videoconference") && near(k))
}

/// Whether the sentence or the headline tells of a call.
fn remote(at: &Place<'_, '_>) -> bool {
    let scene = at.scene;
    let calls = |s: usize| {
        scene.doc.sentences.get(s).is_some_and(|sent| {
            sent.tokens.iter().any(|t| {
                let lemma = t.lemma.to_lowercase();
                matches!(
                    lemma.as_str(),
                    "phone" | "telephone" | "teleconference" | "videoconference" | "video" | "online" | "virtually"
                ) || s == 0 && matches!(lemma.as_str(), "call" | "calls")
            })
        })
    };
    calls(at.s) || scene.doc.sentences.first().is_some_and(|s| s.kind == SentenceKind::Headline) && calls(0)
}

/// Whether the sentence tells of a call: "had a telephone conversation to discuss".
fn phoned(at: &Place<'_, '_>) -> bool {
    let word = |k: usize| at.tree.lemma(k).to_lowercase();
    let called = |k: usize| match word(k).as_str() {
        "phone" | "telephone" | "teleconference" | "videoconference" => true,
        "call" => at.tree.obliques(k).iter().any(|(p, _)| matches!(*p, "with" | "between")),
        _ => false,
    };
    (0..at.tree.len()).any(|k| called(k) || word(k) == "virtually" && virtually(at.tree, k))
}

/// Those who are told something and are no other side: "told Reuters", "talked to reporters", "spoke to parliament".
pub(super) fn speaks_to_hearers(at: &Place<'_, '_>) -> bool {
    let tree = at.tree;
    if !at.verb || !matches!(tree.lemma(at.i), "speak" | "talk" | "address" | "meet") {
        return false;
    }
    let heads: Vec<usize> = tree
        .obliques(at.i)
        .into_iter()
        .filter(|(p, _)| matches!(*p, "to" | "with" | "before"))
        .map(|o| o.1)
        .chain(tree.patients(at.i))
        .collect();
    let hears = |k: &usize| {
        matches!(
            tree.lemma(*k).to_lowercase().as_str(),
            "reporter"
                | "reporters"
                | "journalist"
                | "journalists"
                | "reuters"
                | "reuter"
                | "afp"
                | "xinhua"
                | "yonhap"
                | "kyodo"
                | "newspaper"
                | "newsman"
                | "press"
                | "media"
                | "student"
                | "students"
        )
    };
    !heads.is_empty() && heads.iter().all(hears)
}
