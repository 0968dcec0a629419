//! Whether a predicate's event is held, planned, cancelled, denied or merely thought of, read from its syntax.

use super::syntax::Tree;
use crate::nlp::{Deprel, SentenceKind, Upos};

/// The reality of an event as the clause presents it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reality {
    /// It happened.
    Held,
    /// It is happening, or the tense leaves it open.
    Present,
    /// It is to happen.
    Planned,
    /// It was called off.
    Cancelled,
    /// It is said not to be so.
    Negated,
    /// It is conditional, possible, wished.
    Hypothetical,
}

impl Reality {
    /// Short name for features.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Held => "held",
            Self::Present => "present",
            Self::Planned => "planned",
            Self::Cancelled => "cancelled",
            Self::Negated => "negated",
            Self::Hypothetical => "hypothetical",
        }
    }
}

/// Reads the reality of the event that the token at `i` (a verb or an event noun) denotes.
#[must_use]
pub fn of(tree: &Tree<'_>, i: usize) -> Reality {
    of_depth(tree, i, 5)
}

fn of_depth(tree: &Tree<'_>, i: usize, depth: usize) -> Reality {
    if depth == 0 {
        return Reality::Present;
    }
    if tree.verbal(i) { of_verb(tree, i, depth) } else { of_noun(tree, i, depth) }
}

fn of_verb(tree: &Tree<'_>, v: usize, depth: usize) -> Reality {
    if tree.negated(v) {
        return Reality::Negated;
    }
    if tree.markers(v).iter().any(|m| matches!(*m, "if" | "unless" | "whether" | "lest")) {
        return Reality::Hypothetical;
    }
    let aux = tree.auxiliaries(v);
    if aux.iter().any(|a| matches!(*a, "will" | "shall" | "'ll" | "wo" | "ll")) {
        return if conditional(tree, v) { Reality::Hypothetical } else { Reality::Planned };
    }
    if aux.contains(&"would") && !conditional(tree, v) && foretold(tree, v) {
        return Reality::Planned;
    }
    if aux.iter().any(|a| matches!(*a, "would" | "may" | "might" | "could" | "can" | "should" | "must")) {
        return Reality::Hypothetical;
    }
    if due(tree, v) {
        return Reality::Planned;
    }
    let have = aux.contains(&"have");
    let own_have = tree.kids_by(v, &[Deprel::Aux]).any(|a| tree.lemma(a) == "have");
    if tree.infinitive(v) && !own_have {
        return infinitive(tree, beside(tree, v), depth);
    }
    let form = tree.form(v).to_ascii_lowercase();
    let headline = tree.sent.kind == SentenceKind::Headline;
    let gerund = form.ends_with("ing");
    if gerund {
        let be = aux.contains(&"be");
        if be {
            return Reality::Present;
        }
        let told = tree.markers(v).iter().find_map(|m| match *m {
            "after" | "since" | "following" => Some(Reality::Held),
            "before" => Some(Reality::Planned),
            _ => None,
        });
        if let Some(told) = told {
            return told;
        }
        return match tree.head(v) {
            Some(h) if looks_forward(tree, h) => Reality::Planned,
            // "proposed sending missions", "is considering leaving"
            Some(h) if weighs(tree.lemma(h)) && tree.tok(v).deprel != Deprel::Advcl => Reality::Hypothetical,
            // "the imperative of concluding a deal"
            Some(h) if wishes(tree.lemma(h)) && !tree.verbal(h) => Reality::Hypothetical,
            Some(h) => of_depth(tree, h, depth - 1),
            None => Reality::Present,
        };
    }
    if headline {
        return Reality::Held;
    }
    // "demanded that it release them and enter into talks", "urged Togo to open talks and sign": the bare form hangs on what is
    // demanded.
    if (form == tree.lemma(v) || form.ends_with('s') && tree.auxiliaries(v).is_empty())
        && let Some(h) = tree.head(v)
    {
        let deprel = tree.tok(v).deprel;
        if deprel == Deprel::Ccomp
            && matches!(
                tree.lemma(h),
                "demand"
                    | "insist"
                    | "request"
                    | "urge"
                    | "recommend"
                    | "propose"
                    | "ask"
                    | "require"
                    | "suggest"
                    | "press"
                    | "ensure"
                    | "hope"
            )
        {
            return Reality::Hypothetical;
        }
        let bare = tree.form(h).eq_ignore_ascii_case(tree.lemma(h)) && form == tree.lemma(v);
        if deprel == Deprel::Conj && tree.verbal(h) && bare && !headline {
            return of_depth(tree, h, depth - 1);
        }
    }
    let participle_or_past = form != tree.lemma(v) && !form.ends_with('s')
        || matches!(form.as_str(), "met" | "held" | "cut" | "put" | "set" | "hit" | "said" | "led");
    if have || participle_or_past {
        // A bare participle after a noun takes its noun's reality: "a summit planned for May" is read there.
        if matches!(tree.lemma(v), "plan" | "schedule" | "propose" | "expect") && tree.passive(v) {
            return Reality::Planned;
        }
        return Reality::Held;
    }
    Reality::Present
}

/// "was due to meet": parsers take "due to" for a preposition.
fn due(tree: &Tree<'_>, v: usize) -> bool {
    v > 1
        && tree.form(v).eq_ignore_ascii_case(tree.lemma(v))
        && tree.form(v - 1).eq_ignore_ascii_case("to")
        && matches!(tree.form(v - 2).to_lowercase().as_str(), "due" | "set" | "slated" | "scheduled" | "poised")
}

/// "Said that it would send wheat", "it would send wheat, the ministry said": what was still to come when it was said.
fn foretold(tree: &Tree<'_>, v: usize) -> bool {
    let said = |h: usize| {
        let past = matches!(tree.form(h), "said" | "told") || tree.form(h).ends_with("ed");
        past && matches!(
            tree.lemma(h),
            "say" | "announce" | "declare" | "tell" | "add" | "state" | "confirm" | "promise"
        )
    };
    let mut top = v;
    while let Some(h) = tree.head(top).filter(|h| tree.tok(top).deprel == Deprel::Conj && *h < top && tree.verbal(*h)) {
        if said(h) {
            break;
        }
        top = h;
    }
    let below = tree.tok(top).deprel == Deprel::Ccomp && tree.head(top).is_some_and(said);
    below || tree.kids_by(top, &[Deprel::Parataxis]).any(said)
}

/// "It will consult Kenya if refugees come": a condition hangs on the verb.
fn conditional(tree: &Tree<'_>, v: usize) -> bool {
    let mut clauses = tree.kids_by(v, &[Deprel::Advcl]);
    clauses.any(|c| tree.markers(c).iter().any(|m| matches!(*m, "if" | "unless")))
}

/// The reality of a predicate that is no verb, by its copula: "a first step would be", "the aim is".
fn of_predicate(tree: &Tree<'_>, n: usize) -> Option<Reality> {
    tree.kids_by(n, &[Deprel::Cop]).next()?;
    if tree.negated(n) {
        return Some(Reality::Negated);
    }
    let aux = tree.auxiliaries(n);
    if aux.iter().any(|a| matches!(*a, "would" | "may" | "might" | "could" | "can" | "should" | "must")) {
        return Some(Reality::Hypothetical);
    }
    let will = aux.iter().any(|a| matches!(*a, "will" | "shall" | "'ll"));
    will.then_some(Reality::Planned)
}

/// "look forward to", "ahead of", "is due": words that say of what they govern that it is to come.
fn looks_forward(tree: &Tree<'_>, h: usize) -> bool {
    match tree.lemma(h) {
        "look" => tree.kids(h).any(|k| tree.lemma(k) == "forward"),
        "ahead" | "prior" => true,
        _ => false,
    }
}

/// Verbs whose gerund tells of what is but thought of.
fn weighs(lemma: &str) -> bool {
    matches!(
        lemma,
        "propose"
            | "suggest"
            | "consider"
            | "recommend"
            | "advocate"
            | "favor"
            | "favour"
            | "contemplate"
            | "oppose"
            | "avoid"
            | "mull"
            | "weigh"
            | "urge"
            | "envisage"
    )
}

/// "next week's talks", "yesterday's talks": whether the day of which something is lies ahead.
fn day_of(tree: &Tree<'_>, n: usize) -> Option<bool> {
    let word = |k: usize| tree.lemma(k).to_lowercase();
    let below = |k: usize| tree.kids(k).map(word).chain([word(k)]).collect::<Vec<_>>();
    let mut words = tree.kids_by(n, &[Deprel::NmodPoss]).flat_map(below);
    words.find_map(|w| match w.as_str() {
        "tomorrow" | "next" | "coming" => Some(true),
        "yesterday" | "last" => Some(false),
        _ => None,
    })
}

/// Whether a verb tells of what is to come or may be: "will press during his visit", "could come during a visit".
fn ahead(tree: &Tree<'_>, v: usize) -> bool {
    let modal = |k: usize| {
        matches!(tree.lemma(k), "will" | "shall" | "'ll" | "would" | "may" | "might" | "could" | "can" | "should")
    };
    tree.verbal(v) && tree.kids_by(v, &[Deprel::Aux]).any(modal)
}

/// Nouns for what is not yet so.
fn wishes(lemma: &str) -> bool {
    matches!(
        lemma,
        "imperative"
            | "importance"
            | "need"
            | "necessity"
            | "urgency"
            | "prospect"
            | "possibility"
            | "likelihood"
            | "chance"
            | "goal"
            | "aim"
            | "objective"
            | "hope"
            | "idea"
            | "desirability"
            | "intention"
            | "option"
            | "benefit"
    )
}

/// "A step would be to admit that it has failed and to hold talks": the infinitive with which another is coordinated, where the
/// parser has hung it on a verb between.
fn beside(tree: &Tree<'_>, v: usize) -> usize {
    let mut at = v;
    for _ in 0..4 {
        let up = tree.head(at).filter(|h| tree.verbal(*h) && (tree.tok(at).deprel == Deprel::Conj || at != v));
        match up {
            Some(h) if tree.infinitive(h) => return h,
            Some(h) => at = h,
            None => break,
        }
    }
    v
}

/// "to sign": what the governing word makes of it.
fn infinitive(tree: &Tree<'_>, v: usize, depth: usize) -> Reality {
    let Some(head) = tree.head(v) else {
        return Reality::Planned;
    };
    let lemma = tree.lemma(head);
    if matches!(lemma, "refuse" | "decline" | "fail" | "reject" | "unable") {
        return Reality::Negated;
    }
    if matches!(
        lemma,
        "seek"
            | "want"
            | "hope"
            | "wish"
            | "urge"
            | "ask"
            | "try"
            | "need"
            | "like"
            | "able"
            | "offer"
            | "call"
            | "ready"
            | "willing"
            | "press"
            | "aim"
            | "appeal"
            | "demand"
            | "prepared"
            | "prepare"
            | "free"
            | "open"
            | "eager"
            | "keen"
            | "reluctant"
            | "attempt"
            | "invite"
            | "encourage"
            | "consider"
            | "propose"
    ) {
        return Reality::Hypothetical;
    }
    if matches!(
        lemma,
        "manage"
            | "help"
            | "continue"
            | "begin"
            | "start"
            | "serve"
            | "go"
            | "come"
            | "meet"
            | "gather"
            | "return"
            | "use"
            | "arrive"
    ) {
        return match of_depth(tree, head, depth - 1) {
            Reality::Held if matches!(tree.tok(v).deprel, Deprel::Advcl) => Reality::Held,
            other => other,
        };
    }
    if wishes(lemma) {
        return Reality::Hypothetical;
    }
    if let Some(told @ Reality::Hypothetical) = of_predicate(tree, head) {
        return told;
    }
    match of_depth(tree, head, depth - 1) {
        told @ (Reality::Negated | Reality::Hypothetical | Reality::Cancelled) => told,
        _ => Reality::Planned,
    }
}

/// The verb that calls off or puts off what the noun denotes: "the visit planned for May was cancelled", "postponed the first
/// round of talks".
#[must_use]
pub fn called_off_by(tree: &Tree<'_>, n: usize) -> Option<usize> {
    let mut noun = n;
    for _ in 0..3 {
        let part = tree.tok(noun).deprel == Deprel::Conj
            || tree.tok(noun).deprel == Deprel::Nmod && tree.case_of(noun) == Some("of");
        match tree.head(noun).filter(|h| part && tree.nominal(*h)) {
            Some(head) => noun = head,
            None => break,
        }
    }
    let verb = tree.head(noun)?;
    let acted_on = match tree.tok(noun).deprel {
        Deprel::Obj | Deprel::NsubjPass => true,
        Deprel::Nsubj => tree.passive(verb),
        _ => false,
    };
    let off = |v: &usize| calls_off(tree, *v) && !tree.negated(*v);
    Some(verb).filter(|v| acted_on && off(v)).or_else(|| main_verb(tree, noun, verb).filter(off))
}

/// "The visit planned for May was cancelled": the parser takes the participle for the predicate and hangs the predicate on it.
fn main_verb(tree: &Tree<'_>, noun: usize, participle: usize) -> Option<usize> {
    let bare = tree.auxiliaries(participle).is_empty() && tree.form(participle).ends_with("ed");
    if !bare || !matches!(tree.tok(noun).deprel, Deprel::Nsubj | Deprel::NsubjPass) {
        return None;
    }
    let finite = |v: usize| {
        let own = tree.kids_by(v, &[Deprel::Nsubj, Deprel::NsubjPass]).find(|k| *k != participle);
        v > participle && tree.verbal(v) && tree.passive(v) && !tree.auxiliaries(v).is_empty() && own.is_none()
    };
    // The next verb, wherever it hangs, unless a comma parts them.
    let clause = (participle + 1..tree.len()).take_while(|k| !matches!(tree.form(*k), "," | ";" | ":" | "."));
    clause.into_iter().find(|k| tree.tok(*k).pos == Upos::Verb).filter(|v| finite(*v))
}

/// Whether a verb says that something will not be, or not on its day.
fn calls_off(tree: &Tree<'_>, v: usize) -> bool {
    let with = |words: &[&str]| tree.kids(v).any(|k| words.contains(&tree.lemma(k)));
    match tree.lemma(v) {
        "cancel" | "scrap" | "abandon" | "shelve" | "scuttle" | "scupper" => true,
        "call" => with(&["off"]),
        _ => puts_off(tree, v),
    }
}

/// Whether a verb says that something will be on another day.
#[must_use]
pub fn puts_off(tree: &Tree<'_>, v: usize) -> bool {
    let with = |words: &[&str]| tree.kids(v).any(|k| words.contains(&tree.lemma(k)));
    match tree.lemma(v) {
        "postpone" | "delay" | "reschedule" | "defer" => true,
        "put" => with(&["off"]),
        "push" => with(&["back"]),
        _ => false,
    }
}

fn of_noun(tree: &Tree<'_>, n: usize, depth: usize) -> Reality {
    if called_off_by(tree, n).is_some() {
        return Reality::Cancelled;
    }
    for c in tree.kids(n) {
        match tree.lemma(c) {
            "planned" | "plan" | "upcoming" | "forthcoming" | "next" | "scheduled" | "schedule" | "expected"
            | "expect" | "future" | "coming" | "impending" | "come" | "threatened" | "threaten" => {
                if matches!(tree.tok(c).deprel, Deprel::Amod | Deprel::Acl | Deprel::Compound) {
                    return Reality::Planned;
                }
            }
            "proposed" | "propose" | "possible" | "potential" | "would-be" | "any" => return Reality::Hypothetical,
            "cancelled" | "canceled" | "postponed" | "aborted" | "cancel" | "postpone" | "reschedule"
            | "rescheduled"
                if matches!(tree.tok(c).deprel, Deprel::Amod | Deprel::Acl)
                    || tree.tok(c).deprel == Deprel::AclRelcl && tree.passive(c) =>
            {
                return Reality::Cancelled;
            }
            "no" if tree.tok(c).deprel == Deprel::Det => return Reality::Negated,
            "recent" | "last" | "previous" | "earlier" | "latest" | "first-ever"
                if tree.tok(c).deprel == Deprel::Amod =>
            {
                return Reality::Held;
            }
            _ => {}
        }
    }
    // "preparations for the summit, which will be held in May"
    let takes_place =
        |c: usize| matches!(tree.lemma(c), "hold" | "take" | "host" | "convene" | "open" | "begin" | "start" | "be");
    let will = |c: usize| tree.kids_by(c, &[Deprel::Aux]).any(|a| matches!(tree.lemma(a), "will" | "shall"));
    if tree.kids_by(n, &[Deprel::AclRelcl]).any(|c| takes_place(c) && will(c)) {
        return Reality::Planned;
    }
    match day_of(tree, n) {
        Some(true) => return Reality::Planned,
        Some(false) => return Reality::Held,
        None => {}
    }
    let Some(head) = tree.head(n) else {
        // A headline of nouns alone, or a title: it is told as news.
        return if tree.tok(n).pos == Upos::Verb { Reality::Held } else { Reality::Present };
    };
    match tree.case_of(n) {
        Some("during") if ahead(tree, head) => return Reality::Planned,
        Some("of") if matches!(tree.lemma(head), "end" | "conclusion" | "close" | "completion") => {
            return Reality::Held;
        }
        Some("after" | "following" | "since" | "during") => return Reality::Held,
        Some("before" | "ahead") => return Reality::Planned,
        _ => {}
    }
    // "called for an emergency meeting": what is asked for is not so yet.
    if tree.case_of(n) == Some("for")
        && tree.tok(n).deprel == Deprel::Obl
        && matches!(
            tree.lemma(head),
            "call"
                | "ask"
                | "press"
                | "push"
                | "appeal"
                | "hope"
                | "plead"
                | "lobby"
                | "argue"
                | "wish"
                | "pray"
                | "bid"
        )
    {
        return Reality::Hypothetical;
    }
    // "In a phone call he urged Togo": what is done during it says nothing against it.
    if matches!(tree.case_of(n), Some("in" | "at" | "on" | "over" | "by" | "via" | "through" | "with"))
        && tree.tok(n).deprel == Deprel::Obl
        && tree.verbal(head)
    {
        return of_depth(tree, head, depth - 1);
    }
    let lemma = tree.lemma(head);
    if calls_off(tree, head) && !tree.negated(head) {
        return Reality::Cancelled;
    }
    if looks_forward(tree, head) {
        return Reality::Planned;
    }
    if matches!(lemma, "refuse" | "reject" | "rule" | "decline") {
        return Reality::Negated;
    }
    if matches!(
        lemma,
        "propose"
            | "seek"
            | "want"
            | "request"
            | "urge"
            | "demand"
            | "suggest"
            | "offer"
            | "favor"
            | "favour"
            | "consider"
    ) {
        return Reality::Hypothetical;
    }
    if matches!(
        lemma,
        "plan" | "schedule" | "expect" | "prepare" | "await" | "invite" | "announce" | "set" | "arrange" | "anticipate"
    ) {
        return if of_depth(tree, head, depth - 1) == Reality::Negated { Reality::Negated } else { Reality::Planned };
    }
    of_depth(tree, head, depth - 1)
}
