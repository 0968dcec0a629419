//! Questions asked of a dependency parse: who is the subject, what is the object, which prepositions, is it negated.

use crate::nlp::{Deprel, Sentence, Token, Upos};

/// A sentence's parse with its children lists.
#[derive(Debug)]
pub struct Tree<'s> {
    /// The sentence.
    pub sent: &'s Sentence,
    /// The text that spans refer to.
    pub text: &'s str,
    offsets: Vec<u32>,
    children: Vec<u32>,
}

impl<'s> Tree<'s> {
    /// Indexes the children of every token, in order.
    #[must_use]
    pub fn new(text: &'s str, sent: &'s Sentence) -> Self {
        let n = sent.tokens.len();
        let mut offsets = vec![0_u32; n + 2];
        for (i, t) in sent.tokens.iter().enumerate() {
            if t.head as usize != i && (t.head as usize) < n {
                offsets[t.head as usize + 1] += 1;
            }
        }
        for i in 1..offsets.len() {
            offsets[i] += offsets[i - 1];
        }
        let mut fill = offsets.clone();
        let mut children = vec![0_u32; offsets[n] as usize];
        for (i, t) in sent.tokens.iter().enumerate() {
            let head = t.head as usize;
            if head != i && head < n {
                children[fill[head] as usize] = u32::try_from(i).unwrap_or(0);
                fill[head] += 1;
            }
        }
        Self { sent, text, offsets, children }
    }

    /// The token at `i`.
    #[must_use]
    pub fn tok(&self, i: usize) -> &'s Token {
        &self.sent.tokens[i]
    }

    /// Number of tokens.
    #[must_use]
    pub fn len(&self) -> usize {
        self.sent.tokens.len()
    }

    /// Whether there is no token.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.sent.tokens.is_empty()
    }

    /// The token's lemma.
    #[must_use]
    pub fn lemma(&self, i: usize) -> &'s str {
        self.sent.tokens[i].lemma.as_str()
    }

    /// The token's form in the text.
    #[must_use]
    pub fn form(&self, i: usize) -> &'s str {
        self.sent.tokens[i].form(self.text)
    }

    /// Children in order.
    pub fn kids(&self, i: usize) -> impl Iterator<Item = usize> + '_ {
        self.children[self.offsets[i] as usize..self.offsets[i + 1] as usize].iter().map(|c| *c as usize)
    }

    /// Children by one of these relations.
    pub fn kids_by<'a>(&'a self, i: usize, rels: &'a [Deprel]) -> impl Iterator<Item = usize> + 'a {
        self.kids(i).filter(move |c| rels.contains(&self.tok(*c).deprel))
    }

    /// The head, or `None` for the root.
    #[must_use]
    pub fn head(&self, i: usize) -> Option<usize> {
        let h = self.tok(i).head as usize;
        (h != i && h < self.len()).then_some(h)
    }

    /// The token and everything below it, in order.
    #[must_use]
    pub fn subtree(&self, i: usize) -> Vec<usize> {
        let mut out = vec![i];
        let mut next = 0;
        while next < out.len() {
            let at = out[next];
            out.extend(self.kids(at));
            next += 1;
        }
        out.sort_unstable();
        out
    }

    /// Whether `below` lies in the subtree of `above`.
    #[must_use]
    pub fn dominates(&self, above: usize, below: usize) -> bool {
        let mut at = below;
        for _ in 0..self.len() {
            if at == above {
                return true;
            }
            match self.head(at) {
                Some(h) => at = h,
                None => return false,
            }
        }
        false
    }

    /// Whether a clause of its own stands between `above` and the token below it ("is in Seoul after attending the summit held
    /// last week": the week belongs to the summit).
    #[must_use]
    pub fn in_clause_below(&self, above: usize, below: usize) -> bool {
        let mut at = below;
        for _ in 0..self.len() {
            let Some(head) = self.head(at) else { return false };
            if at == above {
                return false;
            }
            if matches!(
                self.tok(at).deprel,
                Deprel::Advcl | Deprel::AclRelcl | Deprel::Acl | Deprel::Ccomp | Deprel::Parataxis
            ) && self.verbal(at)
            {
                return true;
            }
            at = head;
        }
        false
    }

    /// `i` and what is coordinated with it.
    #[must_use]
    pub fn with_conjuncts(&self, i: usize) -> Vec<usize> {
        let mut out = vec![i];
        let mut next = 0;
        while next < out.len() {
            // "President Ruto and President Museveni": the second hangs on a part of the first one's name.
            let mut name = vec![out[next]];
            while let Some(at) = name.pop() {
                out.extend(self.kids_by(at, &[Deprel::Conj]).filter(|c| self.nominal(*c)));
                name.extend(self.kids_by(at, &[Deprel::Flat]));
            }
            next += 1;
        }
        out
    }

    /// Whether the token heads a noun phrase.
    #[must_use]
    pub fn nominal(&self, i: usize) -> bool {
        matches!(self.tok(i).pos, Upos::Noun | Upos::Propn | Upos::Pron | Upos::Num | Upos::X | Upos::Sym)
            || (matches!(self.tok(i).pos, Upos::Adj | Upos::Det))
    }

    /// The preposition (lower case) that introduces the noun phrase, where there is one.
    #[must_use]
    pub fn case_of(&self, i: usize) -> Option<&'s str> {
        self.kids_by(i, &[Deprel::Case]).map(|c| self.lemma(c)).find(|l| *l != "'s" && *l != "'" && *l != "’s")
    }

    /// Whether the verb is passive (auxiliary, passive subject, or a bare participle after a noun without an object).
    #[must_use]
    pub fn passive(&self, v: usize) -> bool {
        self.kids(v).any(|c| matches!(self.tok(c).deprel, Deprel::AuxPass | Deprel::NsubjPass | Deprel::OblAgent))
            || (self.tok(v).deprel == Deprel::Acl
                && self.participle(v)
                && self.kids_by(v, &[Deprel::Obj]).next().is_none())
    }

    fn participle(&self, v: usize) -> bool {
        let form = self.form(v);
        form.ends_with("ed")
            || form.ends_with("en")
            || matches!(
                form,
                "held"
                    | "made"
                    | "set"
                    | "struck"
                    | "sent"
                    | "built"
                    | "led"
                    | "sought"
                    | "won"
                    | "put"
                    | "brought"
                    | "done"
            )
    }

    /// Heads of the agents: the subjects of an active verb, the by-phrase of a passive one; where the verb has none of its
    /// own, those of the verb that it depends on.
    #[must_use]
    pub fn agents(&self, v: usize) -> Vec<usize> {
        self.agents_at(v, 6)
    }

    fn agents_at(&self, v: usize, depth: usize) -> Vec<usize> {
        if self.passive(v) {
            return self
                .kids(v)
                .filter(|c| {
                    self.tok(*c).deprel == Deprel::OblAgent
                        || (matches!(self.tok(*c).deprel, Deprel::Obl | Deprel::Nmod) && self.case_of(*c) == Some("by"))
                })
                .collect();
        }
        let own: Vec<usize> = self.kids_by(v, &[Deprel::Nsubj, Deprel::NsubjOuter, Deprel::Csubj]).collect();
        let own: Vec<usize> = match (own.as_slice(), self.tok(v).deprel, self.head(v)) {
            // "Lee, who met Wong": the relative pronoun stands for the noun.
            ([one], Deprel::AclRelcl, Some(noun)) if self.is_relative(*one) => vec![noun],
            _ => own,
        };
        if !own.is_empty() || depth == 0 {
            return own;
        }
        let Some(head) = self.head(v) else { return own };
        match self.tok(v).deprel {
            Deprel::Conj | Deprel::Parataxis if self.verbal(head) => {
                let inherited = self.agents_at(head, depth - 1);
                if inherited.is_empty() && self.passive(head) {
                    return self.kids_by(head, &[Deprel::NsubjPass]).collect();
                }
                inherited
            }
            Deprel::Xcomp => {
                // "urged Iran to free": the object acts; "agreed to free": the subject does.
                let object: Vec<usize> = self.kids_by(head, &[Deprel::Obj, Deprel::Iobj]).collect();
                if !object.is_empty() && !matches!(self.lemma(head), "promise" | "take" | "make" | "hold") {
                    return object;
                }
                if self.passive(head) {
                    return self.kids_by(head, &[Deprel::NsubjPass]).collect();
                }
                self.agents_at(head, depth - 1)
            }
            Deprel::Advcl if self.told_of(v).is_some() => self.told_of(v).into_iter().collect(),
            // "thanked Oman for hosting": who is thanked has hosted.
            Deprel::Advcl | Deprel::Ccomp | Deprel::Obl if self.answers_for(v, head) => {
                self.kids_by(head, &[Deprel::Obj, Deprel::Iobj]).collect()
            }
            // "Wong is in Seoul after attending": the predicate need not be a verb.
            Deprel::Advcl if !self.verbal(head) => self.kids_by(head, &[Deprel::Nsubj, Deprel::NsubjPass]).collect(),
            Deprel::Advcl | Deprel::Ccomp if self.verbal(head) => {
                if self.passive(head) {
                    return self.kids_by(head, &[Deprel::NsubjPass]).collect();
                }
                self.agents_at(head, depth - 1)
            }
            Deprel::Acl | Deprel::AclRelcl => {
                let noun = head;
                // "the decision to expel", "its pledge to help": who holds the noun acts.
                if self.form(v) == self.lemma(v) || self.kids_by(v, &[Deprel::Mark]).next().is_some() {
                    let holders = self.holders(noun);
                    if !holders.is_empty() {
                        return holders;
                    }
                    if let Some(governor) = self.head(noun).filter(|g| self.verbal(*g)) {
                        return self.agents_at(governor, depth - 1);
                    }
                    return Vec::new();
                }
                vec![noun]
            }
            _ => Vec::new(),
        }
    }

    /// Whether a gerund tells why somebody is thanked, praised or blamed.
    fn answers_for(&self, v: usize, head: usize) -> bool {
        let thanked = matches!(
            self.lemma(head),
            "thank"
                | "praise"
                | "congratulate"
                | "commend"
                | "applaud"
                | "credit"
                | "blame"
                | "criticize"
                | "criticise"
        );
        let for_it = self.kids_by(v, &[Deprel::Mark, Deprel::Case]).any(|c| matches!(self.lemma(c), "for" | "on"));
        thanked
            && for_it
            && self.form(v).ends_with("ing")
            && self.kids_by(head, &[Deprel::Obj, Deprel::Iobj]).next().is_some()
    }

    /// Who stands in front of a gerund as its subject: "concern about Oman and Kenya signing a pact".
    fn told_of(&self, v: usize) -> Option<usize> {
        let mut at = v.checked_sub(1).filter(|k| self.form(v).ends_with("ing") && self.nominal(*k))?;
        for _ in 0..6 {
            match self.tok(at).deprel {
                Deprel::Nmod | Deprel::Obl if matches!(self.case_of(at), Some("about" | "over" | "of")) => {
                    return Some(at);
                }
                Deprel::Conj | Deprel::Flat | Deprel::Compound | Deprel::Nmod => {
                    at = self.head(at).filter(|h| *h < v)?
                }
                _ => return None,
            }
        }
        None
    }

    fn is_relative(&self, i: usize) -> bool {
        matches!(self.lemma(i), "who" | "which" | "that" | "whom")
    }

    /// Whether the token is a verb or a predicate with an auxiliary.
    #[must_use]
    pub fn verbal(&self, i: usize) -> bool {
        matches!(self.tok(i).pos, Upos::Verb | Upos::Aux)
    }

    /// Heads of what the verb acts on: objects, or the subject of a passive; of a bare passive participle, the noun.
    #[must_use]
    pub fn patients(&self, v: usize) -> Vec<usize> {
        let mut out: Vec<usize> = self.kids_by(v, &[Deprel::Obj, Deprel::NsubjPass, Deprel::Iobj]).collect();
        for p in &mut out {
            if self.is_relative(*p) && self.tok(v).deprel == Deprel::AclRelcl {
                *p = self.head(v).unwrap_or(*p);
            }
        }
        if out.is_empty() && self.passive(v) {
            match (self.tok(v).deprel, self.head(v)) {
                (Deprel::Acl, Some(noun)) => out.push(noun),
                (Deprel::Conj, Some(head)) if self.passive(head) => {
                    out.extend(self.kids_by(head, &[Deprel::NsubjPass]))
                }
                _ => {}
            }
        }
        // "the deal they signed": a relative clause without an object fills it with its noun.
        if out.is_empty()
            && self.tok(v).deprel == Deprel::AclRelcl
            && self.kids_by(v, &[Deprel::Nsubj]).any(|s| !self.is_relative(s))
        {
            out.extend(self.head(v));
        }
        out
    }

    /// Prepositional dependents of a verb or noun as (preposition, head).
    #[must_use]
    pub fn obliques(&self, i: usize) -> Vec<(&'s str, usize)> {
        self.kids_by(i, &[Deprel::Obl, Deprel::Nmod, Deprel::OblAgent, Deprel::Advcl, Deprel::Acl])
            .filter_map(|c| self.case_of(c).map(|p| (p, c)))
            .collect()
    }

    /// Possessors and modifiers that may hold a noun: "Wong's visit", "the U.S. pledge", "the visit of Wong".
    #[must_use]
    pub fn holders(&self, noun: usize) -> Vec<usize> {
        self.kids(noun)
            .filter(|c| match self.tok(*c).deprel {
                Deprel::NmodPoss | Deprel::Compound | Deprel::Amod | Deprel::Flat => true,
                Deprel::Nmod => matches!(self.case_of(*c), Some("of" | "by")),
                _ => false,
            })
            .collect()
    }

    /// Whether the predicate itself is negated ("did not sign", "never signed", "signed no deal").
    #[must_use]
    pub fn negated(&self, v: usize) -> bool {
        // "not only condemned the raid but …": both are so.
        let only = |c: usize| (c + 1..v).any(|k| matches!(self.lemma(k), "only" | "just" | "merely" | "simply"));
        let not = |c: usize| {
            matches!(self.lemma(c), "not" | "n't" | "never" | "n’t" | "neither" | "nor") && !(c < v && only(c))
        };
        self.kids(v).any(|c| {
            not(c)
                || (matches!(self.tok(c).deprel, Deprel::Obj | Deprel::Nsubj | Deprel::NsubjPass)
                    && self.kids_by(c, &[Deprel::Det]).any(|d| matches!(self.lemma(d), "no" | "neither")))
                || (self.tok(c).deprel == Deprel::Det && matches!(self.lemma(c), "no"))
        })
    }

    /// The auxiliaries of a verb (of the verb it is coordinated with, where it has none).
    #[must_use]
    pub fn auxiliaries(&self, v: usize) -> Vec<&'s str> {
        let own: Vec<&str> =
            self.kids_by(v, &[Deprel::Aux, Deprel::AuxPass, Deprel::Cop]).map(|c| self.lemma(c)).collect();
        if own.is_empty()
            && self.tok(v).deprel == Deprel::Conj
            && let Some(h) = self.head(v).filter(|h| self.verbal(*h))
        {
            return self.kids_by(h, &[Deprel::Aux, Deprel::AuxPass]).map(|c| self.lemma(c)).collect();
        }
        own
    }

    /// Whether the verb is a to-infinitive.
    #[must_use]
    pub fn infinitive(&self, v: usize) -> bool {
        self.kids_by(v, &[Deprel::Mark, Deprel::Aux]).any(|c| self.lemma(c) == "to")
    }

    /// The markers of the clause ("if", "that", "after" …).
    #[must_use]
    pub fn markers(&self, v: usize) -> Vec<&'s str> {
        self.kids_by(v, &[Deprel::Mark]).map(|c| self.lemma(c)).collect()
    }
}
