//! A form and its part of speech → the base form: a table of exceptions, then rules of English inflection.

use super::types::Upos;
use compact_str::CompactString;
use rustc_hash::{FxHashMap, FxHashSet};

/// Exceptions and known verbs, as learned from treebanks and extended by the irregular verbs.
#[derive(Debug, Clone, Default)]
pub(crate) struct Lemmas {
    exceptions: FxHashMap<(CompactString, Upos), CompactString>,
    verbs: FxHashSet<CompactString>,
}

/// Irregular verbs that matter in news, present first: base, past, participle (third singular and -ing follow the rules).
const IRREGULAR: &[[&str; 3]] = &[
    ["arise", "arose", "arisen"],
    ["be", "was", "been"],
    ["be", "were", "been"],
    ["bear", "bore", "borne"],
    ["beat", "beat", "beaten"],
    ["become", "became", "become"],
    ["begin", "began", "begun"],
    ["bind", "bound", "bound"],
    ["blow", "blew", "blown"],
    ["break", "broke", "broken"],
    ["bring", "brought", "brought"],
    ["build", "built", "built"],
    ["buy", "bought", "bought"],
    ["catch", "caught", "caught"],
    ["choose", "chose", "chosen"],
    ["cling", "clung", "clung"],
    ["come", "came", "come"],
    ["deal", "dealt", "dealt"],
    ["do", "did", "done"],
    ["draw", "drew", "drawn"],
    ["drive", "drove", "driven"],
    ["eat", "ate", "eaten"],
    ["fall", "fell", "fallen"],
    ["feel", "felt", "felt"],
    ["fight", "fought", "fought"],
    ["find", "found", "found"],
    ["flee", "fled", "fled"],
    ["fly", "flew", "flown"],
    ["forbid", "forbade", "forbidden"],
    ["foresee", "foresaw", "foreseen"],
    ["forget", "forgot", "forgotten"],
    ["forgive", "forgave", "forgiven"],
    ["freeze", "froze", "frozen"],
    ["get", "got", "gotten"],
    ["give", "gave", "given"],
    ["go", "went", "gone"],
    ["grow", "grew", "grown"],
    ["have", "had", "had"],
    ["hear", "heard", "heard"],
    ["hide", "hid", "hidden"],
    ["hold", "held", "held"],
    ["keep", "kept", "kept"],
    ["know", "knew", "known"],
    ["lead", "led", "led"],
    ["leave", "left", "left"],
    ["lend", "lent", "lent"],
    ["lose", "lost", "lost"],
    ["make", "made", "made"],
    ["mean", "meant", "meant"],
    ["meet", "met", "met"],
    ["oversee", "oversaw", "overseen"],
    ["overthrow", "overthrew", "overthrown"],
    ["pay", "paid", "paid"],
    ["ride", "rode", "ridden"],
    ["rise", "rose", "risen"],
    ["run", "ran", "run"],
    ["say", "said", "said"],
    ["see", "saw", "seen"],
    ["seek", "sought", "sought"],
    ["sell", "sold", "sold"],
    ["send", "sent", "sent"],
    ["shake", "shook", "shaken"],
    ["shoot", "shot", "shot"],
    ["show", "showed", "shown"],
    ["shrink", "shrank", "shrunk"],
    ["sink", "sank", "sunk"],
    ["sit", "sat", "sat"],
    ["sow", "sowed", "sown"],
    ["speak", "spoke", "spoken"],
    ["spend", "spent", "spent"],
    ["stand", "stood", "stood"],
    ["steal", "stole", "stolen"],
    ["strike", "struck", "stricken"],
    ["strive", "strove", "striven"],
    ["swear", "swore", "sworn"],
    ["swing", "swung", "swung"],
    ["take", "took", "taken"],
    ["teach", "taught", "taught"],
    ["tell", "told", "told"],
    ["think", "thought", "thought"],
    ["throw", "threw", "thrown"],
    ["undergo", "underwent", "undergone"],
    ["understand", "understood", "understood"],
    ["undertake", "undertook", "undertaken"],
    ["uphold", "upheld", "upheld"],
    ["win", "won", "won"],
    ["withdraw", "withdrew", "withdrawn"],
    ["withhold", "withheld", "withheld"],
    ["withstand", "withstood", "withstood"],
    ["write", "wrote", "written"],
];

/// Verbs of diplomacy and conflict that a treebank may lack; they decide whether a final `e` or double letter is restored.
const VERBS: &str = "abrogate accede accelerate accuse achieve acknowledge acquire advance advise advocate agree allege \
    announce approve argue arrange arrive assure authorize ban bar capture cede celebrate challenge charge chair close \
    co-chair co-host co-sign collaborate combine commemorate commence commit compete compel conclude conclude condemn confer \
    consolidate continue contribute control convene cooperate coordinate cosign create criticize cut deal debate decide \
    declare decline decrease defer define delegate denounce deploy deplore deprive deter determine devote dine discuss \
    dispatch dispute ease eliminate embrace enable encourage endorse enforce engage enhance ensure escalate exchange exclude \
    expel expire explore expose facilitate finalize finance forge formalize grant guarantee host impose improve include \
    increase inaugurate initial initiate institute integrate invade invite involve issue launch leave legalize liaise \
    liberate localize lodge manage mediate mobilize modernize negotiate normalize notice nominate nudge occur oppose \
    orchestrate participate pause persuade plan pledge postpone praise prepare preside produce promise promote propose provide \
    provoke pursue raise ratify realize receive reciprocate recognize recommence reconcile refer refuse reiterate rejoice \
    release relocate remove renounce repatriate replace require rescue reserve resolve restore resume retaliate reuse reverse \
    revise revive revoke rule salute schedule seize separate serve settle share shelve shuttle sign solve squeeze stage state \
    storm strike structure submit subscribe subsidize supersede surge suspend sustain tackle terminate thank tie tolerate \
    trade transfer translate unify unite update upgrade urge use utilize vacate value veto violate vote vow welcome";

impl Lemmas {
    /// Reads a table: one `form<TAB>POS<TAB>lemma` a line; a line with one word is a known verb. Other lines are skipped.
    pub(crate) fn parse(table: &str) -> Self {
        let mut lemmas = Self::default();
        for line in table.lines() {
            let mut fields = line.split('\t');
            match (fields.next(), fields.next(), fields.next()) {
                (Some(form), Some(pos), Some(lemma)) => {
                    lemmas.exceptions.insert((form.into(), Upos::from_name(pos)), lemma.into());
                }
                (Some(verb), None, None) => {
                    lemmas.verbs.insert(verb.into());
                }
                _ => {}
            }
        }
        lemmas.verbs.extend(VERBS.split_whitespace().map(CompactString::from));
        for [base, past, participle] in IRREGULAR {
            lemmas.verbs.insert((*base).into());
            for form in [past, participle] {
                lemmas.exceptions.entry(((*form).into(), Upos::Verb)).or_insert_with(|| (*base).into());
            }
        }
        lemmas
    }

    /// The base form of `form`; proper nouns and symbols stay as written, the rest becomes lower case.
    pub(crate) fn lemma(&self, form: &str, pos: Upos, lower: &mut String) -> CompactString {
        if matches!(pos, Upos::Punct | Upos::Sym | Upos::Num | Upos::X) {
            return form.into();
        }
        lower.clear();
        for c in form.chars() {
            match c {
                '\u{2019}' => lower.push('\''),
                c if c.is_ascii() => lower.push(c.to_ascii_lowercase()),
                c => lower.extend(c.to_lowercase()),
            }
        }
        if pos == Upos::Propn {
            return form.into();
        }
        if let Some(lemma) = self.exceptions.get(&(CompactString::new(&*lower), pos)) {
            return lemma.clone();
        }
        match pos {
            Upos::Verb | Upos::Aux => self.verb(lower),
            Upos::Noun => noun(lower),
            _ => lower.as_str().into(),
        }
    }

    fn verb(&self, form: &str) -> CompactString {
        if self.verbs.contains(form) || !form.is_ascii() {
            return form.into();
        }
        if let Some(stem) = form.strip_suffix("ied").filter(|s| s.len() > 1) {
            return join(stem, "y");
        }
        if let Some(stem) = form.strip_suffix("ies").filter(|s| s.len() > 1) {
            return join(stem, "y");
        }
        if let Some(stem) = form.strip_suffix("ing").or_else(|| form.strip_suffix("ed")) {
            return self.restore(stem, form);
        }
        if let Some(stem) = form.strip_suffix("es") {
            let with_e = join(stem, "e");
            if self.verbs.contains(&with_e) {
                return with_e;
            }
            if ends_any(stem, &["s", "x", "z", "ch", "sh", "o"]) {
                return stem.into();
            }
            return with_e;
        }
        match form.strip_suffix('s') {
            Some(stem) if stem.len() > 1 && !stem.ends_with('s') => stem.into(),
            _ => form.into(),
        }
    }

    /// The base of a stem that lost `-ed` or `-ing`.
    fn restore(&self, stem: &str, form: &str) -> CompactString {
        if !stem.bytes().any(|b| b"aeiouy".contains(&b)) {
            return form.into();
        }
        let bytes = stem.as_bytes();
        let doubled = bytes.len() > 2 && bytes[bytes.len() - 1] == bytes[bytes.len() - 2];
        let single = if doubled { &stem[..stem.len() - 1] } else { stem };
        let with_e = join(stem, "e");
        let candidates = [CompactString::from(stem), with_e.clone(), CompactString::from(single)];
        if let Some(known) = candidates.iter().find(|c| self.verbs.contains(c.as_str())) {
            return known.clone();
        }
        if doubled && !ends_any(stem, &["ss", "ll", "ff", "zz", "ee"]) {
            return single.into();
        }
        let silent = ends_any(
            stem,
            &["at", "iz", "is", "ys", "c", "v", "s", "u", "dg", "rg", "ng", "ag", "eg", "bl", "pl", "tl"],
        ) && !ends_any(stem, &["ss", "eat", "oat", "ing", "ong", "ang"]);
        if silent { with_e } else { stem.into() }
    }
}

fn noun(form: &str) -> CompactString {
    if !form.is_ascii() || form.len() < 4 {
        return form.into();
    }
    if let Some(stem) = form.strip_suffix("ies") {
        return if stem.len() > 1 { join(stem, "y") } else { form[..form.len() - 1].into() };
    }
    if ends_any(form, &["ss", "us", "is"]) {
        return form.into();
    }
    if let Some(stem) = form.strip_suffix("es").filter(|s| ends_any(s, &["ss", "x", "ch", "sh", "zz"])) {
        return stem.into();
    }
    form.strip_suffix('s').unwrap_or(form).into()
}

fn join(stem: &str, end: &str) -> CompactString {
    let mut word = CompactString::new(stem);
    word.push_str(end);
    word
}

fn ends_any(word: &str, ends: &[&str]) -> bool {
    ends.iter().any(|e| word.ends_with(e))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(form: &str, pos: Upos, lemma: &str) {
        let lemmas = Lemmas::parse("women\tNOUN\twoman\n");
        assert_eq!(lemmas.lemma(form, pos, &mut String::new()), lemma, "{form}");
    }

    #[test]
    fn verbs() {
        for (form, lemma) in [
            ("signed", "sign"),
            ("met", "meet"),
            ("held", "hold"),
            ("SIGNS", "sign"),
            ("ratified", "ratify"),
            ("agreeing", "agree"),
            ("agreed", "agree"),
            ("banned", "ban"),
            ("hosting", "host"),
            ("pledges", "pledge"),
            ("vetoes", "veto"),
            ("discusses", "discuss"),
            ("negotiating", "negotiate"),
            ("imposed", "impose"),
            ("told", "tell"),
            ("withdrew", "withdraw"),
            ("toured", "tour"),
            ("bring", "bring"),
        ] {
            check(form, Upos::Verb, lemma);
        }
    }

    #[test]
    fn nouns_and_names() {
        check("treaties", Upos::Noun, "treaty");
        check("Women", Upos::Noun, "woman");
        check("sanctions", Upos::Noun, "sanction");
        check("crisis", Upos::Noun, "crisis");
        check("losses", Upos::Noun, "loss");
        check("Wong", Upos::Propn, "Wong");
        check("MOU", Upos::Noun, "mou");
    }
}
