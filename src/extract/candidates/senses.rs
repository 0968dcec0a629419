//! In which sense a trigger is meant: words that tell an act of states tell other things too ("exchange rates", "cut its
//! deficit", "in need", "at the invitation of"). What is no act in its own clause is proposed as none.

use super::Place;
use super::acts::governor;
use super::pairing;
use crate::extract::syntax::Tree;
use crate::knowledge::vocab::ActType;
use crate::nlp::Deprel;

/// The act that the trigger tells in its clause: mostly that of its frame, at times another, at times none.
pub(super) fn meant(at: &Place<'_, '_>, kind: ActType) -> Option<ActType> {
    let sense = Sense { tree: at.tree, i: at.i, lemma: at.tree.lemma(at.i).to_lowercase() };
    if at.verb { sense.of_verb(kind) } else { sense.of_noun(kind).then_some(kind) }
}

struct Sense<'a, 's> {
    tree: &'a Tree<'s>,
    i: usize,
    lemma: String,
}

impl Sense<'_, '_> {
    fn is(&self, words: &[&str]) -> bool {
        words.contains(&self.lemma.as_str())
    }

    /// Whether one of the words is what the verb acts on.
    fn on(&self, words: &[&str]) -> bool {
        self.tree.patients(self.i).into_iter().any(|p| has(&self.tree.lemma(p).to_lowercase(), words))
    }

    /// Whether the trigger is modified by one of the words, as "hunger" in "hunger strike".
    fn modified(&self, words: &[&str]) -> bool {
        let rels = [Deprel::Amod, Deprel::Compound, Deprel::NmodPoss, Deprel::NmodUnmarked, Deprel::Acl];
        self.tree.kids_by(self.i, &rels).any(|k| has(&self.tree.lemma(k).to_lowercase(), words))
    }

    /// Whether the word above the trigger is one of these.
    fn under(&self, words: &[&str]) -> bool {
        let above = |k: usize| self.tree.head(k).is_some_and(|h| has(&self.tree.lemma(h).to_lowercase(), words));
        above(self.i) || governor(self.tree, self.i).is_some_and(|v| has(&self.tree.lemma(v).to_lowercase(), words))
    }

    fn case(&self, words: &[&str]) -> bool {
        self.tree.case_of(self.i).is_some_and(|c| words.contains(&c))
    }

    fn with(&self, preps: &[&str]) -> Option<usize> {
        self.tree.obliques(self.i).into_iter().find(|(p, _)| preps.contains(p)).map(|o| o.1)
    }

    /// Whether a particle or preposition of these stands with the verb.
    fn goes(&self, words: &[&str]) -> bool {
        let near = |k: usize| k > self.i && has(self.tree.lemma(k), words);
        self.tree.kids(self.i).any(near) || self.with(words).is_some()
    }

    fn of_verb(&self, kind: ActType) -> Option<ActType> {
        // "openly attacked the budget": with words.
        if kind == ActType::Assault && self.is(&["attack", "strike", "bombard"]) && self.on(OPINIONS) {
            return Some(ActType::Accuse);
        }
        let other = match kind {
            ActType::Sanction => {
                self.is(&["cut", "limit", "reduce", "curb", "restrict", "halt"]) && self.on(HOUSEKEEPING)
                    || self.is(&["suspend", "stop", "freeze", "halt"])
                        && self.on(&["payment", "interest", "wage", "work"])
            }
            ActType::Aid => self.gives_words(),
            ActType::Support => self.holds_view(),
            ActType::Request => self.presses_on(),
            ActType::Consult => self.is(&["exchange"]) && self.on(WARES) || self.is(&["review"]) && self.on(PAPERS),
            ActType::Agree => self.is(&["guarantee"]) && self.on(&["issue", "bond", "loan", "note", "debt", "right"]),
            ActType::Accuse => self.is(&["claim"]) && self.tree.tok(self.i).deprel == Deprel::Amod,
            ActType::Assault => {
                self.is(&["strike", "kill", "sink"])
                    && self.on(&["deal", "agreement", "balance", "accord", "pact", "compromise", "bargain", "bill"])
            }
            ActType::Cooperate => {
                self.is(&["share"]) && self.on(&["border", "interest", "view", "objective", "concern", "belief"])
                    || self.is(&["exercise"])
                        && self.on(&["caution", "restraint", "control", "right", "power", "option"])
                    || self.is(&["sell", "buy"]) && self.on(&["bond", "share", "stake", "stock", "dollar", "yen"])
            }
            _ => false,
        };
        (!other).then_some(kind)
    }

    /// "gave details", "granted visas": nothing that helps the other state. "Is authorized to": a power.
    fn gives_words(&self) -> bool {
        self.is(&["give", "grant", "provide", "send", "deliver", "pay", "share"]) && self.on(WORDS)
            || self.is(&["authorize", "approve"])
                && self.tree.passive(self.i)
                && self.tree.kids_by(self.i, &[Deprel::Xcomp]).next().is_some()
    }

    /// "reaffirmed its opposition", "shared a border", "acknowledged that": no support.
    fn holds_view(&self) -> bool {
        let voices = ["reaffirm", "reiterate", "underscore", "share", "express", "value", "acknowledge", "recognize"];
        let keeps =
            self.is(&["honor", "honour"]) && self.on(&["pact", "agreement", "commitment", "obligation", "debt"]);
        let takes_in = self.is(&["welcome", "accept", "host", "recognize", "recognise"])
            && self.tree.patients(self.i).into_iter().any(|p| pairing::people(&self.tree.lemma(p).to_lowercase()));
        let named = self.is(&["recognize", "recognise"]) && self.tree.passive(self.i) && self.with(&["as"]).is_some();
        let admits = self.is(&["acknowledge"]) && self.tree.kids_by(self.i, &[Deprel::Ccomp]).next().is_some();
        // "the grant will support the clinic", "figures that support the view": things support, and not states.
        let things = self.is(&["support", "back", "bolster"])
            && self.tree.agents(self.i).into_iter().any(|a| has(&self.tree.lemma(a).to_lowercase(), THINGS));
        self.is(&voices) && self.on(COLD) || keeps || takes_in || named || admits || things
    }

    /// "pushed the troops out", "asked by reporters", "the rule applies to them": nobody is asked for anything.
    fn presses_on(&self) -> bool {
        let moves = self.is(&["push", "press"]) && self.goes(&["out", "into", "back", "down", "up", "through"]);
        let by_press = self.is(&["ask"])
            && self.with(&["by"]).is_some_and(|h| has(self.tree.lemma(h), &["reporter", "journalist", "interviewer"]));
        moves || by_press || self.is(&["apply"]) && self.with(&["for"]).is_none()
    }

    fn of_noun(&self, kind: ActType) -> bool {
        // "At the invitation of", "at its request": how another thing came about.
        if self.is(&["invitation", "request"]) && self.case(&["at"]) {
            return false;
        }
        let compound = self.tree.tok(self.i).deprel == Deprel::Compound;
        let other = match kind {
            ActType::Request => {
                self.is(&["importance", "need"]) && !self.under(STRESS)
                    || self.is(&["call"])
                        && self.tree.form((self.i + 1).min(self.tree.len() - 1)).eq_ignore_ascii_case("off")
                    || self.is(&["pressure"]) && self.modified(STRAINS)
                    || self.is(&["demand"]) && self.of_wares()
                    || self.is(&["appeal"]) && self.case(&["through", "under"])
            }
            ActType::Consult => {
                self.is(&["exchange"])
                    && (compound
                        || self.tree.tok(self.i).pos == crate::nlp::Upos::Propn
                        || self.modified(MARKETS)
                        || self.with(&["of"]).is_some_and(|h| has(self.tree.lemma(h), WARES)))
                    || self.is(&["conference"])
                        && self.modified(&["news", "press", "media"])
                        && !self.modified(&["joint"])
                    || self.is(&["meeting", "conference", "talk"]) && self.modified(HOUSES)
                    || self.is(&["talk"]) && self.with(&["of"]).is_some() && self.with(&["with", "between"]).is_none()
                    || self.is(&["call"]) && self.with(&["for", "on", "upon"]).is_some()
            }
            ActType::Accuse => self.blames_nobody(compound),
            ActType::Threaten => {
                self.is(&["consequence"]) && !self.under(&["warn", "threaten", "warning", "threat", "face"])
                    || self.is(&["possibility"]) && !self.under(&["raise", "threaten", "warn"])
                    || self.is(&["warning"])
                        && (self.modified(HAZARDS)
                            || self.with(&["on", "about"]).is_some_and(|h| has(self.tree.lemma(h), HAZARDS)))
                    || self.is(&["retaliation"]) && self.case(&["in"])
            }
            ActType::Sanction => {
                self.is(&["duty"])
                    && !self.modified(LEVIES)
                    && !self.under(&["impose", "levy", "slap", "raise", "put", "increase", "set"])
                    || self.is(&["cost"]) && !self.under(&["impose", "raise", "exact"])
            }
            ActType::Assault => {
                self.is(&["strike"]) && (self.case(&["on"]) || self.modified(LABOUR))
                    || self.is(&["war"])
                        && (compound
                            || self.modified(&["trade", "price", "currency", "cold", "world", "civil", "drug"]))
            }
            ActType::Agree => self.is(&["plan"]) && self.modified(&["sanction", "tariff", "attack", "war", "invasion"]),
            _ => false,
        };
        !other
    }

    /// "cement demand", "demand for steel": what buyers want.
    fn of_wares(&self) -> bool {
        let ware = |k: usize| self.tree.tok(k).pos == crate::nlp::Upos::Noun;
        self.tree.kids_by(self.i, &[Deprel::Compound]).any(ware)
    }

    /// "the fight against corruption", "a sanctions regime", "issues of concern", "the civil war".
    fn blames_nobody(&self, compound: bool) -> bool {
        self.is(&["regime"]) && self.modified(RULES)
            || self.is(&["war"]) && (compound || self.modified(&["civil", "cold", "world", "trade", "price", "drug"]))
            || self.is(&["concern"]) && (self.case(&["of"]) || self.modified(&["humanitarian", "mutual", "going"]))
            || self.is(&["responsibility"]) && !self.under(&["bear", "hold", "deny", "evade", "shirk"])
            || self.is(ILLS) && self.under(FIGHTS) && self.with(&["by", "from"]).is_none()
    }
}

fn has(word: &str, list: &[&str]) -> bool {
    list.contains(&word)
}

/// What is attacked with words.
const OPINIONS: &[&str] = &[
    "policy",
    "plan",
    "decision",
    "record",
    "stance",
    "remark",
    "proposal",
    "criticism",
    "measure",
    "idea",
    "argument",
    "budget",
    "strategy",
    "practice",
    "bill",
    "law",
    "move",
    "claim",
    "view",
];

/// What a state cuts at home.
const HOUSEKEEPING: &[&str] = &[
    "surplus",
    "deficit",
    "spending",
    "rate",
    "price",
    "output",
    "production",
    "budget",
    "tax",
    "imbalance",
    "emission",
    "expenditure",
    "inflation",
    "cost",
    "dependence",
    "waste",
    "staff",
    "workforce",
    "risk",
    "number",
];

/// What is given and is no aid.
const WORDS: &[&str] = &[
    "detail",
    "information",
    "letter",
    "message",
    "visa",
    "status",
    "approval",
    "permission",
    "interview",
    "notice",
    "speech",
    "assurance",
    "commitment",
    "evidence",
    "time",
    "opportunity",
    "example",
    "signal",
    "report",
    "warning",
    "residence",
    "asylum",
    "attention",
    "answer",
    "reason",
    "priority",
    "tribute",
    "certainty",
    "guarantee",
    "invitation",
    "congratulation",
    "greeting",
    "wish",
];

/// What is voiced, held or had in common and is no support.
const COLD: &[&str] = &[
    "opposition",
    "concern",
    "condemnation",
    "warning",
    "threat",
    "need",
    "demand",
    "call",
    "border",
    "assessment",
    "information",
    "intelligence",
    "regret",
    "disappointment",
    "anger",
    "fear",
    "objection",
    "rejection",
    "refusal",
    "criticism",
    "outrage",
    "doubt",
    "alarm",
    "failure",
    "responsibility",
];

/// What supports without being a state.
const THINGS: &[&str] = &[
    "figure",
    "datum",
    "data",
    "evidence",
    "finding",
    "contribution",
    "assistance",
    "funding",
    "aid",
    "grant",
    "money",
    "package",
    "program",
    "programme",
    "project",
    "fund",
    "result",
    "loan",
];

/// What is exchanged and is no talk.
const WARES: &[&str] =
    &["gift", "fire", "prisoner", "rate", "good", "commodity", "currency", "blow", "share", "contract"];

/// What is reviewed at a desk.
const PAPERS: &[&str] = &[
    "record",
    "application",
    "case",
    "claim",
    "decision",
    "law",
    "file",
    "document",
    "evidence",
    "legislation",
    "report",
    "book",
    "film",
];

/// Verbs and nouns that make a need or an importance a request.
const STRESS: &[&str] = &[
    "stress",
    "underscore",
    "emphasize",
    "emphasise",
    "underline",
    "highlight",
    "reiterate",
    "note",
    "express",
    "discuss",
    "affirm",
    "reaffirm",
    "insist",
    "recognize",
    "recognise",
    "raise",
    "point",
    "agree",
    "convey",
    "speak",
];

/// Pressure that nobody exerts.
const STRAINS: &[&str] =
    &["price", "blood", "inflation", "inflationary", "market", "selling", "upward", "downward", "wage", "cost", "time"];

/// Exchanges on which things are traded.
const MARKETS: &[&str] =
    &["stock", "foreign", "commodity", "future", "futures", "mercantile", "currency", "gift", "prisoner", "rate"];

/// Those who meet among themselves.
const HOUSES: &[&str] = &[
    "board",
    "shareholder",
    "stockholder",
    "cabinet",
    "committee",
    "caucus",
    "staff",
    "family",
    "union",
    "council-wide",
    "town",
    "hall",
    "market",
    "party",
];

/// Dangers of which travellers and the public are warned.
const HAZARDS: &[&str] = &["travel", "weather", "tsunami", "storm", "health", "flood", "profit", "earthquake"];

/// Duties that are paid.
const LEVIES: &[&str] = &[
    "customs",
    "custom",
    "import",
    "export",
    "anti-dumping",
    "antidumping",
    "countervailing",
    "punitive",
    "heavy",
    "high",
    "additional",
    "new",
    "retaliatory",
    "dumping",
    "tariff",
    "protective",
    "pct",
    "percent",
    "%",
];

/// Strikes of workers.
const LABOUR: &[&str] = &[
    "general",
    "hunger",
    "labour",
    "labor",
    "port",
    "miner",
    "rail",
    "transport",
    "seaman",
    "worker",
    "wage",
    "teacher",
];

/// Regimes of rules.
const RULES: &[&str] = &[
    "sanction",
    "sanctions",
    "visa",
    "inspection",
    "tax",
    "trade",
    "control",
    "nonproliferation",
    "non-proliferation",
    "legal",
    "protection",
    "rate",
    "quota",
    "tariff",
    "safeguard",
    "exchange",
    "migration",
    "licensing",
    "currency",
];

/// Ills that states fight.
const ILLS: &[&str] = &[
    "corruption",
    "violence",
    "abuse",
    "disinformation",
    "coercion",
    "repression",
    "persecution",
    "crime",
    "terrorism",
    "dumping",
];

/// Words for fighting them.
const FIGHTS: &[&str] =
    &["fight", "combat", "counter", "tackle", "prevent", "battle", "struggle", "eliminate", "eradicate", "curb"];
