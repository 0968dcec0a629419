//! Titles, appositions and known names → the persons of an article and every mention of each.
//!
//! A person enters by a title ("Singaporean Prime Minister Lawrence Wong"), an apposition ("Zheng Tuobin, minister for trade"),
//! or a name that the gazetteer knows; surnames and short forms are attached afterwards, before and after the full form.

use super::mentions::{NameMention, PartyMention, in_capitals};
use super::name_words::{courtesy, honorific, is_joint, never_a_name, of_a_body, of_a_firm, particle, portfolio};
use super::names::{NameIndex, Party, first_word_key};
use crate::knowledge::lexicon::Title;
use crate::knowledge::vocab::Office;
use crate::knowledge::{Gazetteer, LeaderTerm, Tenure};
use crate::nlp::{Document, Sentence, Upos};
use chrono::{Days, NaiveDate};
use rustc_hash::FxHashMap;
use std::collections::BTreeSet;
use unicode_normalization::UnicodeNormalization;

/// A person of the article.
#[derive(Debug, Clone, PartialEq)]
pub struct Person {
    /// Name words of the fullest form, as written.
    pub words: Vec<String>,
    /// The fullest form in the text.
    pub name: String,
    /// State or organization acted for, where it is known.
    pub party: Option<Party>,
    /// Office by the title, else by the gazetteer.
    pub office: Option<Office>,
    /// The title as first written.
    pub title: Option<String>,
    /// Every title that stands at a mention, in the order of the text.
    pub titles: Vec<String>,
    /// The gazetteer term that fits name and date.
    pub term: Option<u32>,
    /// Whether the party was said in the text (not inferred).
    pub party_said: bool,
    /// How it entered.
    pub entry: Entry,
}

/// How a person entered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Entry {
    /// By a title in front of the name.
    Titled,
    /// By an apposition.
    Apposition,
    /// By the gazetteer alone.
    Known,
    /// By a bare "Mr X" or name; no leader unless more is learned.
    Plain,
}

/// One mention of a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonMention {
    /// Sentence index.
    pub sent: usize,
    /// First token of the name.
    pub first: usize,
    /// Last token of the name (inclusive).
    pub last: usize,
    /// First token of the whole phrase, its title included.
    pub from: usize,
    /// Last token of the whole phrase.
    pub to: usize,
    /// Index into the persons.
    pub person: usize,
    /// Whether a title stands at this mention.
    pub titled: bool,
}

/// A title without a name: "the prime minister", "the Secretary", "Japan's foreign minister".
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TitleMention {
    /// Sentence index.
    pub sent: usize,
    /// First token.
    pub first: usize,
    /// Last token (inclusive).
    pub last: usize,
    /// Office of the title.
    pub office: Office,
    /// Party said with it.
    pub party: Option<Party>,
}

/// Finds titles at a place in a text, in any case.
#[derive(Debug, Clone, Default)]
pub struct TitleIndex {
    titles: Vec<(Box<str>, Office)>,
    /// Lower-case titles that only one state uses.
    countries: FxHashMap<String, String>,
    by_word: FxHashMap<u64, Vec<u32>>,
}

impl TitleIndex {
    /// Indexes the titles and their plurals.
    #[must_use]
    pub fn new(titles: &[Title]) -> Self {
        let mut index = Self::default();
        for title in titles {
            if let Some(country) = &title.country {
                index.countries.insert(title.form.to_string(), country.to_string());
            }
            for form in [title.form.to_string(), format!("{}s", title.form)] {
                if let Some(key) = first_word_key(&form) {
                    let id = u32::try_from(index.titles.len()).unwrap_or(0);
                    index.titles.push((form.into(), title.office));
                    index.by_word.entry(key).or_default().push(id);
                }
            }
        }
        let titles = &index.titles;
        #[expect(clippy::iter_over_hash_type, reason = "each list is sorted by itself")]
        for list in index.by_word.values_mut() {
            list.sort_by_key(|i| std::cmp::Reverse(titles[*i as usize].0.len()));
        }
        index
    }

    /// ISO3 of the only state that uses the title.
    #[must_use]
    pub fn country_of(&self, title: &str) -> Option<&str> {
        self.countries.get(title.to_lowercase().as_str()).map(String::as_str)
    }

    /// The longest title at byte `at`: its length and office.
    #[must_use]
    pub fn longest_at(&self, text: &str, at: usize) -> Option<(usize, Office)> {
        let rest = text.get(at..)?;
        self.by_word.get(&first_word_key(rest)?)?.iter().find_map(|i| {
            let (form, office) = &self.titles[*i as usize];
            let head = rest.get(..form.len())?;
            let ends = rest[form.len()..].chars().next().is_none_or(|c| !c.is_alphanumeric());
            (ends && head.eq_ignore_ascii_case(form)).then_some((form.len(), *office))
        })
    }
}

/// Everything found about persons.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct People {
    /// The persons.
    pub persons: Vec<Person>,
    /// Their mentions in text order.
    pub mentions: Vec<PersonMention>,
    /// Titles without a name.
    pub titles: Vec<TitleMention>,
}

/// A name in the text with what stands around it, before it is known whose it is.
#[derive(Debug, Clone)]
struct Sighting {
    sent: usize,
    first: usize,
    last: usize,
    from: usize,
    to: usize,
    words: Vec<String>,
    office: Option<Office>,
    title: Option<String>,
    party: Option<Party>,
    terms: Vec<u32>,
    entry: Entry,
    honorific: bool,
}

/// Finds the persons of a tagged document.
#[must_use]
pub fn find(
    doc: &Document<'_>,
    parties: &[PartyMention],
    names: &[NameMention],
    titles: &TitleIndex,
    index: &NameIndex,
    gazetteer: &Gazetteer,
    published: Option<NaiveDate>,
) -> People {
    let mut people = People::default();
    let mut sightings = Vec::new();
    for (s, sent) in doc.sentences.iter().enumerate() {
        let mut scan = Scan::new(doc, s, sent, parties, names, titles);
        scan.last_office = sightings.iter().rev().find_map(|s: &Sighting| s.office);
        scan.run();
        sightings.append(&mut scan.sightings);
        people.titles.append(&mut scan.titles);
    }
    let present: BTreeSet<&str> = parties.iter().map(|m| m.party.code(gazetteer)).collect();
    assemble(sightings, index, gazetteer, published, &present, &mut people);
    people
}

struct Scan<'a, 'd> {
    text: &'a str,
    s: usize,
    sent: &'a Sentence,
    caps: bool,
    /// Party mention that covers each token.
    party_at: Vec<Option<&'a PartyMention>>,
    name_at: Vec<Option<&'a NameMention>>,
    index: &'a TitleIndex,
    sightings: Vec<Sighting>,
    titles: Vec<TitleMention>,
    /// The office told last in the sentences before: a counterpart holds the same one.
    last_office: Option<Office>,
    _doc: &'a Document<'d>,
}

impl<'a, 'd> Scan<'a, 'd> {
    fn new(
        doc: &'a Document<'d>,
        s: usize,
        sent: &'a Sentence,
        parties: &'a [PartyMention],
        names: &'a [NameMention],
        index: &'a TitleIndex,
    ) -> Self {
        let n = sent.tokens.len();
        let mut party_at = vec![None; n];
        let lo = parties.partition_point(|m| m.sent < s);
        for m in parties[lo..].iter().take_while(|m| m.sent == s) {
            party_at[m.first..=m.last].fill(Some(m));
        }
        let mut name_at = vec![None; n];
        let lo = names.partition_point(|m| m.sent < s);
        for m in names[lo..].iter().take_while(|m| m.sent == s) {
            name_at[m.first..=m.last].fill(Some(m));
        }
        let caps = in_capitals(doc.text, sent);
        Self {
            text: doc.text,
            s,
            sent,
            caps,
            party_at,
            name_at,
            index,
            sightings: Vec::new(),
            titles: Vec::new(),
            last_office: None,
            _doc: doc,
        }
    }

    fn form(&self, i: usize) -> &'a str {
        self.sent.tokens.get(i).map_or("", |t| t.form(self.text))
    }

    fn run(&mut self) {
        let n = self.sent.tokens.len();
        let mut i = 0;
        while i < n {
            if let Some(next) = self.counterpart(i) {
                i = next;
                continue;
            }
            if let Some((last, office)) = self.title_at(i) {
                i = self.titled(i, last, office);
                continue;
            }
            if let Some((first, last)) = self.name_run(i, false) {
                i = self.plain(first, last);
                continue;
            }
            i += 1;
        }
    }

    /// "her Peruvian counterpart Mateo Quiroga": who holds in Peru the office told last.
    fn counterpart(&mut self, i: usize) -> Option<usize> {
        let (office, from, party) = self.counterpart_of(i)?;
        let comma = usize::from(self.form(i + 1) == ",");
        let at = i + 1 + comma + usize::from(honorific(self.form(i + 1 + comma)));
        let (first, last) = self.name_run(at, true).filter(|(f, l)| l > f && self.party_at[*f].is_none())?;
        self.sightings.push(Sighting {
            sent: self.s,
            first,
            last,
            from,
            to: last,
            words: self.name_words(first, last),
            office: Some(office),
            title: Some(self.words(i, i)),
            party: Some(party),
            terms: self.name_at[first].map(|m| m.terms.clone()).unwrap_or_default(),
            entry: Entry::Titled,
            honorific: false,
        });
        Some(last + 1)
    }

    /// The office, first token and party of a counterpart at token `i`.
    fn counterpart_of(&self, i: usize) -> Option<(Office, usize, Party)> {
        if self.form(i) != "counterpart" {
            return None;
        }
        let (from, party) = self.party_before(i);
        let office = self.sightings.iter().rev().find_map(|s| s.office).or(self.last_office)?;
        Some((office, from, party?))
    }

    /// A title that begins at token `i`: its last token and office. Lower-case single words such as "general" or "representative"
    /// are titles only in front of a name.
    fn title_at(&self, i: usize) -> Option<(usize, Office)> {
        if self.party_at[i].is_some_and(|m| m.first != i) {
            return None;
        }
        let start = self.sent.tokens[i].span.start;
        let (len, office) = self.index.longest_at(self.text, start)?;
        let last = i + self.sent.tokens[i..].iter().take_while(|t| t.span.start < start + len).count() - 1;
        let form = self.form(i);
        let lower = form.starts_with(char::is_lowercase);
        if last == i && self.sent.tokens[i].pos == Upos::Verb {
            return None;
        }
        if lower
            && last == i
            && matches!(office, Office::Other | Office::Military | Office::Legislator | Office::AmbassadorEnvoy)
            && !self.name_token(last + 1, true)
            && !matches!(form, "ambassador" | "envoy" | "general")
        {
            return None;
        }
        // "the General Agreement", "the General Elections"
        if office == Office::Military && (never_a_name(self.form(last + 1)) || of_a_body(self.form(last + 1))) {
            return None;
        }
        (!self.heads_a_firm(i, last)).then_some((last, office))
    }

    /// "Australia's delegate", "a Kenyan representative": behind a name a title may stand in lower case, where it says of whom.
    fn plain_title(&self, i: usize) -> Option<(usize, Office)> {
        let start = self.sent.tokens[i].span.start;
        let (len, office) = self.index.longest_at(self.text, start)?;
        let last = i + self.sent.tokens[i..].iter().take_while(|t| t.span.start < start + len).count() - 1;
        let noun = self.sent.tokens[i].pos == Upos::Noun && last == i;
        (noun && self.party_before(i).1.is_some() && !self.heads_a_firm(i, last)).then_some((last, office))
    }

    /// "LG Group Chairman", "chief executive of Apple", "the president of Nippon Steel": who heads a firm or an institute acts for
    /// no state.
    fn heads_a_firm(&self, first: usize, last: usize) -> bool {
        let title = self.words(first, last).to_ascii_lowercase();
        let title = title.strip_suffix('s').unwrap_or(&title);
        // Of states only Hong Kong and Macau have a chief executive, and the text says so.
        if title == "chief executive" {
            return self.party_before(first).1.is_none()
                && self.tail(last + 1).is_none_or(|(_, party)| party.is_none());
        }
        let of_firms = matches!(title, "chairman" | "chair");
        if !of_firms
            && !matches!(
                title,
                "president" | "vice president" | "director" | "managing director" | "executive director"
            )
        {
            return false;
        }
        let name = |k: usize| {
            let form = self.form(k);
            form.starts_with(char::is_uppercase) && self.party_at.get(k).copied().flatten().is_none()
        };
        let ranks = ["Executive", "executive", "Vice", "Senior", "Deputy", "Chief", "chief", "-", "and"];
        let mut at = first;
        while at > 0 && ranks.contains(&self.form(at - 1)) {
            at -= 1;
        }
        // "bank president", "club chairman", "Bank president" where a sentence begins
        let small = |k: usize| self.form(k).starts_with(char::is_lowercase);
        let thing =
            |k: usize| self.sent.tokens[k].pos == Upos::Noun && small(k) || self.form(k) == "Bank" && small(first);
        if at > 0 && thing(at - 1) {
            return !portfolio(self.form(at - 1));
        }
        let before = at > 0 && name(at - 1);
        if before && of_a_firm(self.form(at - 1)) {
            return true;
        }
        // "Posco Chairman Kang"; "Senate Finance Committee Chairman" is a title of a body.
        if before
            && of_firms
            && !self.caps
            && self.sent.tokens[at - 1].pos != Upos::Adj
            && !portfolio(self.form(at - 1))
            && !of_a_body(self.form(at - 1))
            && !never_a_name(self.form(at - 1))
            && self.title_word(at - 1).is_none()
            && self.form(at - 1).chars().any(char::is_lowercase)
        {
            return true;
        }
        if self.form(last + 1) != "of" {
            return false;
        }
        let from = last + 2 + usize::from(self.form(last + 2) == "the");
        let run = (from..from + 6).take_while(|k| name(*k)).count();
        run > 0 && of_a_firm(self.form(from + run - 1))
    }

    /// Handles a title; gives the token to go on from.
    fn titled(&mut self, first: usize, mut last: usize, mut office: Office) -> usize {
        let (from, mut party) = self.party_before(first);
        let title_from = if from < first { from } else { first };
        if matches!(office, Office::AmbassadorEnvoy | Office::Spokesperson | Office::Legislator) {
            party = self.sender_before(from).or(party);
        }
        let former = self.former_before(title_from);
        let mut after = last + 1;
        // "of Singapore", "for Immigration and Citizenship", "to the United Nations"
        let mut guard = 0;
        loop {
            guard += 1;
            if guard > 6 {
                break;
            }
            if let Some((tail, tail_party)) = self.tail(after) {
                // "Ambassador to Russia" speaks for the sender, not for Russia.
                if !(office == Office::AmbassadorEnvoy && self.form(after) != "of") {
                    party = party.or(tail_party);
                }
                after = tail;
                continue;
            }
            // "Minister of Health and Prevention": the portfolio goes on behind a title that is known by heart.
            if let Some(end) = self.more_portfolio(last, after) {
                after = end;
                continue;
            }
            // a second title: "Prime Minister and Defence Minister", "State Councilor and Foreign Minister"
            let joint = if matches!(self.form(after), "and" | "&" | "," | "-" | "/") { after + 1 } else { after };
            // "VISIT OF THE PRESIDENT OF LEBANON Prime Minister …": what was in capitals is another line.
            let capitals = |k: usize| self.form(k).len() > 2 && !self.form(k).chars().any(char::is_lowercase);
            if joint < self.sent.tokens.len()
                && !(joint == after && capitals(first) && !capitals(joint))
                && let Some((l2, o2)) = self.title_at(joint)
                && (joint > after || l2 < self.sent.tokens.len())
                && self.reaches_name(l2 + 1)
            {
                office = office.min(o2);
                last = l2;
                after = l2 + 1;
                continue;
            }
            break;
        }
        if former && office != Office::Former {
            office = Office::Former;
        }
        let mut at = after;
        if matches!(
            self.form(at),
            "Mr" | "Mr."
                | "Ms"
                | "Ms."
                | "Mrs"
                | "Mrs."
                | "Dr"
                | "Dr."
                | "H.E."
                | "Sir"
                | "Dato"
                | "Datuk"
                | "Hon"
                | "Hon."
                | "Shri"
                | "Tan"
                | "Lord"
                | "Dame"
                | "Senator"
                | "Professor"
                | "Prof"
                | "Prof."
        ) && self.name_token(at + 1, false)
        {
            at += 1;
        }
        // "Ambassador (Anatoly) Antonov": the agency adds the given name.
        if self.form(at) == "(" && self.form(at + 2) == ")" && self.name_token(at + 1, true) {
            at += 3;
        }
        let mut name = self.name_run(at, true);
        if name.is_none() && self.form(at) == "," {
            // "the President of Nauru, Sprent Dabwido,"
            let mut next = at + 1;
            if matches!(
                self.form(next),
                "Mr" | "Mr." | "Ms" | "Ms." | "Mrs" | "Dr" | "Dr." | "H.E." | "Senator" | "the"
            ) {
                next += 1;
            }
            name = self.name_run(next, true).filter(|(f, l)| {
                l > f
                    && (matches!(self.form(l + 1), "," | "." | "(" | ";" | "and" | "MP" | "")
                        || self.sent.tokens[*f].pos == Upos::Propn)
                    && self.party_at[*f].is_none()
            });
        }
        let title = self.words(first, last);
        match name {
            Some((f, l)) => {
                let plural = self.form(last).ends_with('s');
                let names = if plural { self.names_from(f, l) } else { vec![(f, l)] };
                let end = names.last().map_or(l, |n| n.1);
                // "the foreign ministers of Peru and Chile, Mateo Quiroga and Elena Soto"
                let respective = self.parties_between(last + 1, f);
                let each = plural && names.len() > 1 && respective.len() == names.len();
                for (nth, (f, l)) in names.into_iter().enumerate() {
                    // "Prime Minister Wong of Singapore", "Presidents Quiroga (Peru) and Soto (Chile)"
                    let said = self.form(l + 1) == "of" || plural && self.form(l + 1) == "(";
                    let after_party =
                        said.then(|| self.party_near(l + 2)).flatten().or_else(|| self.party_behind(l + 1));
                    let party = if each { respective.get(nth).copied() } else { party };
                    self.sightings.push(Sighting {
                        sent: self.s,
                        first: f,
                        last: l,
                        from: title_from,
                        to: l,
                        words: self.name_words(f, l),
                        office: Some(office),
                        title: Some(title.clone()),
                        party: party.or(after_party),
                        terms: self.name_at[f].map(|m| m.terms.clone()).unwrap_or_default(),
                        entry: Entry::Titled,
                        honorific: false,
                    });
                }
                end + 1
            }
            None => {
                self.titles.push(TitleMention {
                    sent: self.s,
                    first: title_from,
                    last: last.max(after.saturating_sub(1)),
                    office,
                    party,
                });
                last + 1
            }
        }
    }

    /// The party that stands behind a name: "Foreign Minister Elena Soto (Chile)", also where it is said for a list of them, or
    /// "Political Director Jan Novak, Czech Ministry of Foreign Affairs".
    fn party_behind(&self, at: usize) -> Option<Party> {
        let party = |k: usize| self.party_at.get(k).copied().flatten();
        match self.form(at) {
            "(" => party(at + 1).filter(|m| self.form(m.last + 1) == ")").map(|m| m.party),
            "," => party(at + 1)
                .filter(|m| matches!(self.form(m.last + 1), "Ministry" | "Department" | "Embassy" | "Office"))
                .map(|m| m.party),
            // "Vice President Ruiz and Minister Diaz (Peru)": as far as the next name in brackets, with nothing but titles between.
            "and" => (at + 1..(at + 16).min(self.sent.tokens.len()))
                .take_while(|k| {
                    let stops = match self.form(*k) {
                        "." | ";" | ")" => true,
                        "," => !portfolio(self.form(k + 1)) && self.form(k + 1) != "and",
                        _ => false,
                    };
                    !stops && party(*k).is_none_or(|_| self.form(k - 1) == "(")
                })
                .find(|k| self.form(*k) == "(" && party(*k + 1).is_some_and(|m| self.form(m.last + 1) == ")"))
                .and_then(|k| party(k + 1))
                .map(|m| m.party),
            _ => None,
        }
    }

    /// The names that a plural title counts: "Presidents Xi and Putin", "Presidents Quiroga (Peru) and Soto (Chile)".
    fn names_from(&self, first: usize, last: usize) -> Vec<(usize, usize)> {
        let mut names = vec![(first, last)];
        while names.len() < 6 {
            let mut at = names.last().map_or(last, |n| n.1) + 1;
            if self.form(at) == "(" {
                let Some(close) = (at + 1..at + 5).find(|k| self.form(*k) == ")") else { break };
                at = close + 1;
            } else if self.form(at) == "of" && self.party_at.get(at + 1).copied().flatten().is_some() {
                at += 2;
                while self.party_at.get(at).copied().flatten().is_some() {
                    at += 1;
                }
            }
            let comma = usize::from(self.form(at) == "," && self.form(at + 1) == "and");
            if !matches!(self.form(at + comma), "and" | ",") || comma == 0 && names.len() == 1 && self.form(at) == "," {
                break;
            }
            let Some(next) = self.name_run(at + comma + 1, true) else { break };
            names.push(next);
        }
        names
    }

    /// The distinct parties named from one token up to another, in order.
    fn parties_between(&self, first: usize, end: usize) -> Vec<Party> {
        let mut out: Vec<Party> = Vec::new();
        for party in (first..end).filter_map(|k| self.party_at.get(k).copied().flatten()).map(|m| m.party) {
            if !out.contains(&party) {
                out.push(party);
            }
        }
        out
    }

    fn words(&self, first: usize, last: usize) -> String {
        match (self.sent.tokens.get(first), self.sent.tokens.get(last)) {
            (Some(a), Some(b)) => a.span.join(b.span).of(self.text).split_whitespace().collect::<Vec<_>>().join(" "),
            _ => String::new(),
        }
    }

    fn name_words(&self, first: usize, last: usize) -> Vec<String> {
        self.words(first, last).split_whitespace().map(str::to_owned).collect()
    }

    fn reaches_name(&self, at: usize) -> bool {
        (at..at + 8)
            .take_while(|i| !matches!(self.form(*i), "." | ";" | ""))
            .any(|i| self.name_token(i, true) && !self.caps || self.name_at.get(i).is_some_and(Option::is_some))
    }

    /// The party said in front of a title: "Singaporean", "Japan 's", "U.S.", "South Korea 's newly elected".
    fn party_before(&self, first: usize) -> (usize, Option<Party>) {
        // The title form itself may begin with the country ("U.S. Secretary of State").
        if let Some(m) = self.party_at[first] {
            return (first, Some(m.party));
        }
        for back in 1..=5.min(first) {
            let i = first - back;
            if let Some(m) = self.party_at[i] {
                // "VISIT OF THE PRESIDENT OF CHAD Prime Minister …": what was in capitals is another line.
                let capitals = |k: usize| self.form(k).len() > 3 && !self.form(k).chars().any(char::is_lowercase);
                if matches!(m.party, Party::Country(_)) && capitals(i) && !capitals(first) {
                    break;
                }
                return (m.first, Some(m.party));
            }
            let form = self.form(i);
            let passable = matches!(form, "'s" | "’s" | "'" | "’" | "-" | "and" | "&" | "new" | "top" | "then")
                || matches!(self.sent.tokens[i].pos, Upos::Adj)
                || (form.starts_with(char::is_uppercase) && back <= 4 && portfolio(form))
                || matches!(
                    form,
                    "Foreign"
                        | "Ministry"
                        | "Acting"
                        | "First"
                        | "Vice"
                        | "Deputy"
                        | "Defense"
                        | "Defence"
                        | "Government"
                        | "House"
                        | "State"
                        | "Department"
                );
            if !passable {
                break;
            }
        }
        (first, None)
    }

    /// "China's U.N. representative", "the Israeli U.N. spokesman": the state in front of the organization at token `at` sends them.
    fn sender_before(&self, at: usize) -> Option<Party> {
        let body = self.party_at[at].filter(|m| matches!(m.party, Party::Organization(_)))?;
        let mut k = body.first.checked_sub(1)?;
        if matches!(self.form(k), "'s" | "’s" | "'" | "’") {
            k = k.checked_sub(1)?;
        }
        self.party_at[k].map(|m| m.party).filter(|p| matches!(p, Party::Country(_)))
    }

    fn former_before(&self, first: usize) -> bool {
        (1..=2.min(first)).any(|b| {
            matches!(
                self.form(first - b).to_ascii_lowercase().as_str(),
                "former" | "ex" | "then" | "late" | "ex-" | "outgoing-" | "onetime"
            )
        })
    }

    fn party_near(&self, at: usize) -> Option<Party> {
        (at..at + 3).find_map(|i| self.party_at.get(i).copied().flatten()).map(|m| m.party)
    }

    /// A tail of a title at `at` ("of Singapore", "for Immigration and Citizenship"): the token after it and its party.
    fn tail(&self, at: usize) -> Option<(usize, Option<Party>)> {
        if !matches!(self.form(at), "of" | "for" | "to" | "on" | "at" | "in") {
            return None;
        }
        let mut i = at + 1;
        let mut party = None;
        let mut consumed = false;
        // "adviser to the President of Turkey"
        let superior = usize::from(self.form(i) == "the");
        let rank = match self.form(i + superior) {
            "President" | "King" | "Queen" | "Emir" | "Sultan" | "Chancellor" => 1,
            "Prime" if self.form(i + superior + 1) == "Minister" => 2,
            _ => 0,
        };
        if rank > 0 && self.form(i + superior + rank) == "of" {
            i += superior + rank;
        }
        while i < self.sent.tokens.len() && i < at + 16 {
            let form = self.form(i);
            if let Some(m) = self.party_at[i].filter(|_| !(portfolio(form) && self.in_portfolio(i))) {
                if consumed && i > at + 3 && !matches!(self.form(i - 1), "of" | "the" | "'s" | "and" | ",") {
                    break;
                }
                party = party.or(Some(m.party));
                i = m.last + 1;
                consumed = true;
                continue;
            }
            let joints = (i..i + 3).take_while(|k| is_joint(self.form(*k))).count();
            if joints > 0 && i + joints < self.sent.tokens.len() {
                let next = i + joints;
                if self.party_at[next].is_some() && self.form(i) != "," || portfolio(self.form(next)) {
                    i = next;
                    continue;
                }
                break;
            }
            if portfolio(form) {
                consumed = true;
                i += 1;
                continue;
            }
            break;
        }
        consumed.then_some((i, party))
    }

    /// The token behind the rest of a portfolio that begins in a title: "and Prevention" behind "Minister of Health".
    fn more_portfolio(&self, last: usize, after: usize) -> Option<usize> {
        if after != last + 1 || !portfolio(self.form(last)) {
            return None;
        }
        let mut i = after;
        loop {
            let joints = (i..i + 3).take_while(|k| is_joint(self.form(*k))).count();
            let next = i + joints;
            if !portfolio(self.form(next)) || self.title_at(next).is_some() || next >= self.sent.tokens.len() {
                break;
            }
            i = next + 1;
        }
        (i > after).then_some(i)
    }

    /// "Foreign, Commonwealth and Development Affairs": the word stands among the words of a portfolio.
    fn in_portfolio(&self, i: usize) -> bool {
        let next = (i + 1..i + 3).find(|k| !is_joint(self.form(*k))).unwrap_or(i + 1);
        portfolio(self.form(next))
    }

    /// Whether the token may be part of a person's name.
    fn name_token(&self, i: usize, after_title: bool) -> bool {
        let Some(tok) = self.sent.tokens.get(i) else { return false };
        let form = tok.form(self.text);
        let Some(first) = form.chars().next() else { return false };
        let arabic =
            ["al-", "el-", "ul-", "as-", "ad-", "ash-"].iter().any(|p| form.len() > p.len() && form.starts_with(p));
        if !(first.is_uppercase() || arabic) || form.chars().any(|c| c.is_ascii_digit()) {
            return false;
        }
        if self.caps {
            return self.name_at[i].is_some()
                || (after_title && matches!(tok.pos, Upos::Propn) && self.party_at[i].is_none());
        }
        if self.party_at[i].is_some_and(|m| m.span.len() >= form.len()) && self.name_at[i].is_none() {
            return false;
        }
        // "Jan" is a month before a number, else a given name.
        let given = form == "Jan" && self.sent.tokens.get(i + 1).is_some_and(|next| next.pos == Upos::Propn);
        if never_a_name(form) && !given {
            return false;
        }
        let bare_initial = form.chars().filter(|c| c.is_alphabetic()).count() == 1;
        if bare_initial {
            return form.chars().count() <= 2 && form != "I" && form != "A";
        }
        match tok.pos {
            Upos::Propn | Upos::X => true,
            Upos::Noun | Upos::Adj | Upos::Intj => after_title || i > 0,
            // Given names that look like adverbs: "Secretary Ely Marsh".
            Upos::Adv => {
                after_title && i > 0 && self.sent.tokens.get(i + 1).is_some_and(|next| next.pos == Upos::Propn)
            }
            Upos::Verb | Upos::Num => {
                i > 0
                    && form.len() > 2
                    && self.sent.kind != crate::nlp::SentenceKind::Headline
                    && (after_title || self.sent.tokens[i - 1].pos == Upos::Propn)
            }
            _ => false,
        }
    }

    /// The longest run of name tokens from `i`.
    fn name_run(&self, mut i: usize, after_title: bool) -> Option<(usize, usize)> {
        while courtesy(self.form(i)) && self.name_token(i + 1, after_title) {
            i += 1;
        }
        if let Some(m) = self.name_at.get(i).copied().flatten().filter(|m| m.first == i) {
            return Some((m.first, m.last));
        }
        if !self.name_token(i, after_title)
            || self.index.longest_at(self.text, self.sent.tokens[i].span.start).is_some_and(|_| !after_title)
        {
            return None;
        }
        let mut last = i;
        while last + 1 < self.sent.tokens.len() && last - i < 5 {
            let next = last + 1;
            let gap = self.sent.tokens[last].span.end..self.sent.tokens[next].span.start;
            if self.text.get(gap).is_some_and(|g| g.contains('\n')) {
                break;
            }
            if self.name_token(next, after_title) && self.title_word(next).is_none() {
                if self.sent.kind == crate::nlp::SentenceKind::Headline && self.sent.tokens[next].pos != Upos::Propn {
                    break;
                }
                last = next;
            } else if self.name_token(next + 1, true) && (particle(self.form(next)) || self.hyphen(last, next)) {
                last = next + 1;
            } else {
                break;
            }
        }
        // "the Defense Policy Bureau" is no person; nor is what is left of it without its last word.
        let body = (i..=last + 1).any(|k| of_a_body(self.form(k)));
        (!body).then_some((i, last))
    }

    /// A hyphen that joins two name words ("Jean - Claude" split by the tokenizer).
    fn hyphen(&self, last: usize, next: usize) -> bool {
        self.form(next) == "-" && self.sent.tokens[next].span.start == self.sent.tokens[last].span.end
    }

    fn title_word(&self, i: usize) -> Option<Office> {
        self.index.longest_at(self.text, self.sent.tokens[i].span.start).map(|t| t.1)
    }

    /// Handles a name without a title in front; looks for an apposition behind it.
    fn plain(&mut self, first: usize, last: usize) -> usize {
        let honorific = first > 0 && honorific(self.form(first - 1));
        let terms = self.name_at[first].map(|m| m.terms.clone()).unwrap_or_default();
        let mut sighting = Sighting {
            sent: self.s,
            first,
            last,
            // "Mr Novak": parsers take the address for the head of the name.
            from: first - usize::from(honorific),
            to: last,
            words: self.name_words(first, last),
            office: None,
            title: None,
            party: None,
            entry: if terms.is_empty() { Entry::Plain } else { Entry::Known },
            terms,
            honorific,
        };
        let mut next = last + 1;
        while matches!(
            self.form(next),
            "MP" | "OBE" | "AM" | "AO" | "QC" | "KC" | "AC" | "PSM" | "CBE" | "MBE" | "CMG" | "DSO" | "PC"
        ) {
            next += 1;
        }
        if (last > first || honorific)
            && let Some((to, office, title, party)) = self.apposition(next)
        {
            sighting.office = Some(office);
            sighting.title = Some(title);
            sighting.party = party;
            sighting.to = to;
            sighting.entry = Entry::Apposition;
            self.sightings.push(sighting);
            return to + 1;
        }
        self.sightings.push(sighting);
        next
    }

    /// ", the Iraqi minister of trade" or "(ROK)" at `at`: last token, office, title, party.
    fn apposition(&self, at: usize) -> Option<(usize, Office, String, Option<Party>)> {
        // "announced Ruth Palmer as Australia's next High Commissioner to Malta"
        let appointed = self.form(at) == "as" && self.party_at.get(at + 1).copied().flatten().is_some();
        if !matches!(self.form(at), "," | "(" | "–" | "—") && !appointed {
            return None;
        }
        let start = at + 1;
        for i in start..(start + 7).min(self.sent.tokens.len()) {
            // ("United" of "United States" is often tagged as a verb.)
            if self.sent.tokens[i].pos == Upos::Verb && self.title_word(i).is_none() && self.party_at[i].is_none()
                || matches!(self.form(i), "." | ";" | "who" | "and" | "said" | ")")
            {
                return None;
            }
            if let Some((office, _, party)) = self.counterpart_of(i) {
                return Some((i, office, self.words(i, i), Some(party)));
            }
            if let Some((last, mut office)) = self.title_at(i).or_else(|| self.plain_title(i)) {
                // "…, President Lee" is the next person, not an apposition.
                if i == start
                    && self.name_token(last + 1, false)
                    && self.form(i).starts_with(char::is_uppercase)
                    && self.tail(last + 1).is_none()
                {
                    return None;
                }
                let (from, mut party) = self.party_before(i);
                let _ = from;
                if self.former_before(i) {
                    office = Office::Former;
                }
                let mut to = last;
                if let Some((after, tail_party)) = self.tail(last + 1) {
                    if office != Office::AmbassadorEnvoy || party.is_none() && self.form(last + 1) == "of" {
                        party = party.or(tail_party);
                    }
                    to = after - 1;
                }
                return Some((to, office, self.words(i, last), party));
            }
        }
        None
    }
}

/// Lower-case ASCII words of a name, hyphens and apostrophes opened, initials left out.
#[must_use]
pub fn name_key(words: &[String]) -> Vec<String> {
    words.iter().flat_map(|w| w.split(['-', ' ', '‑']).map(fold).collect::<Vec<_>>()).filter(|w| w.len() > 1).collect()
}

/// Lower case, accents and punctuation removed.
#[must_use]
pub fn fold(word: &str) -> String {
    word.nfkd().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).filter(char::is_ascii).collect()
}

/// Sightings → persons: full names first, then short forms attach to them.
fn assemble(
    sightings: Vec<Sighting>,
    index: &NameIndex,
    g: &Gazetteer,
    published: Option<NaiveDate>,
    present: &BTreeSet<&str>,
    people: &mut People,
) {
    let mut order: Vec<usize> = (0..sightings.len()).collect();
    let weight = |s: &Sighting| {
        (std::cmp::Reverse(name_key(&s.words).len().min(2)), s.entry, std::cmp::Reverse(s.words.len()), s.sent, s.first)
    };
    order.sort_by_key(|i| weight(&sightings[*i]));
    let mut owner: Vec<Option<usize>> = vec![None; sightings.len()];
    let mut keys: Vec<Vec<String>> = Vec::new();
    for i in order {
        let s = &sightings[i];
        let key = name_key(&s.words);
        if key.is_empty() {
            continue;
        }
        let fits: Vec<usize> = (0..people.persons.len())
            .filter(|p| same_name(&key, &keys[*p]) && compatible(&people.persons[*p], s))
            .filter(|p| !kin_of_holder(s, &key, &keys[*p], index, g, published))
            .collect();
        let best = fits.iter().copied().max_by_key(|p| {
            let person = &people.persons[*p];
            let before = (0..sightings.len())
                .filter(|j| owner[*j] == Some(*p) && (sightings[*j].sent, sightings[*j].first) < (s.sent, s.first))
                .map(|j| sightings[j].sent + 1)
                .max()
                .unwrap_or(0);
            (
                person.office.is_some() && person.office == s.office,
                person.office.is_some(),
                before,
                std::cmp::Reverse(*p),
            )
        });
        match best {
            Some(p) => {
                learn(&mut people.persons[p], s);
                if key.len() > keys[p].len() && s.entry != Entry::Plain {
                    people.persons[p].words.clone_from(&s.words);
                    people.persons[p].name = s.words.join(" ");
                    keys[p] = key;
                }
                owner[i] = Some(p);
            }
            None => {
                owner[i] = Some(people.persons.len());
                keys.push(key);
                people.persons.push(Person {
                    words: s.words.clone(),
                    name: s.words.join(" "),
                    party: s.party,
                    party_said: s.party.is_some(),
                    office: s.office,
                    title: s.title.clone(),
                    titles: Vec::new(),
                    term: None,
                    entry: s.entry,
                });
            }
        }
    }
    for (p, person) in people.persons.iter_mut().enumerate() {
        let terms: Vec<u32> = (0..sightings.len())
            .filter(|i| owner[*i] == Some(p))
            .flat_map(|i| sightings[i].terms.iter().copied())
            .collect();
        link(person, &terms, index, g, published, present);
    }
    let same = duplicates(people, &keys);
    for person in owner.iter_mut().flatten() {
        *person = same[*person];
    }
    drop_unowned(people, &mut owner);
    for (i, s) in sightings.into_iter().enumerate() {
        if let Some(person) = owner[i] {
            let known = &mut people.persons[person].titles;
            known.extend(s.title.filter(|title| !known.contains(title)));
            people.mentions.push(PersonMention {
                sent: s.sent,
                first: s.first,
                last: s.last,
                from: s.from,
                to: s.to,
                person,
                titled: s.office.is_some(),
            });
        }
    }
    people.mentions.sort_by_key(|m| (m.sent, m.first));
}

/// For each person the first one who is the same: "Joseph R. Biden, Jr." and "Joe Biden" hold an office that one person holds.
fn duplicates(people: &People, keys: &[Vec<String>]) -> Vec<usize> {
    let surname = |p: usize| keys[p].iter().rfind(|w| !matches!(w.as_str(), "jr" | "sr" | "ii" | "iii"));
    let initial = |p: usize| keys[p].first().and_then(|w| w.chars().next());
    let single = |office: Option<Office>| {
        matches!(
            office,
            Some(Office::HeadOfState | Office::HeadOfGovernment | Office::ForeignMinister | Office::DefenceMinister)
        )
    };
    (0..people.persons.len())
        .map(|p| {
            let person = &people.persons[p];
            let is = |q: &usize| {
                let other = &people.persons[*q];
                other.party == person.party
                    && person.party.is_some()
                    && surname(*q) == surname(p)
                    && (keys[p].len() == 1 || keys[*q].len() == 1 || initial(*q) == initial(p))
                    && (person.term.is_some() && other.term == person.term
                        || single(person.office)
                            && other.office == person.office
                            && (person.term.is_none() || other.term.is_none()))
            };
            (0..p).find(is)
        })
        .fold(Vec::new(), |mut same: Vec<usize>, twin| {
            same.push(twin.map_or(same.len(), |q| same[q]));
            same
        })
}

/// Removes the persons whom nothing stands for any more, and counts anew.
fn drop_unowned(people: &mut People, owner: &mut [Option<usize>]) {
    let kept: BTreeSet<usize> = owner.iter().flatten().copied().collect();
    let place: FxHashMap<usize, usize> = kept.iter().enumerate().map(|(new, old)| (*old, new)).collect();
    let mut at = 0;
    people.persons.retain(|_| {
        at += 1;
        kept.contains(&(at - 1))
    });
    for person in owner.iter_mut().flatten() {
        *person = place[person];
    }
}

/// "President Adeyemi" is not "Ada Adeyemi" where the office is known to be held by another one of that surname.
fn kin_of_holder(
    s: &Sighting,
    key: &[String],
    full: &[String],
    index: &NameIndex,
    g: &Gazetteer,
    published: Option<NaiveDate>,
) -> bool {
    let Some(office) = s.office.filter(|o| matches!(o, Office::HeadOfState | Office::HeadOfGovernment)) else {
        return false;
    };
    let [surname] = key else { return false };
    if full.len() < 2 {
        return false;
    }
    let holds = |t: &&LeaderTerm| t.office == office && covers(t, published) == 2 && fold(&t.surname) == *surname;
    let mut holders =
        index.terms_of_surname(surname).iter().filter_map(|id| g.leaders.get(*id as usize)).filter(holds).peekable();
    let words = |t: &LeaderTerm| name_key(&t.name.split_whitespace().map(str::to_owned).collect::<Vec<_>>());
    holders.peek().is_some() && !holders.any(|t| words(t).first().is_some_and(|w| full.contains(w)))
}

/// Whether a short form may stand for a fuller name: a surname at either end, or all of its words in order.
fn same_name(short: &[String], long: &[String]) -> bool {
    if short.len() == 1 {
        return long.first() == short.first()
            || long.last() == short.last()
            || (long.len() > 2 && long.get(long.len() - 2) == short.first());
    }
    if long.len() == 1 {
        return short.first() == long.first() || short.last() == long.last();
    }
    let (a, b): (BTreeSet<&String>, BTreeSet<&String>) = (short.iter().collect(), long.iter().collect());
    a.is_subset(&b) || b.is_subset(&a)
}

fn compatible(person: &Person, s: &Sighting) -> bool {
    match (person.party, s.party) {
        (Some(a), Some(b)) if a != b => return false,
        _ => {}
    }
    // A bare common name is attached; a titled one only where the titles can belong to one person.
    match (person.office, s.office) {
        (Some(a), Some(b)) if a != b => {
            let top = |o: Office| matches!(o, Office::HeadOfState | Office::HeadOfGovernment);
            // "Senator Evans" is the foreign minister Gareth Evans of the sentence before.
            let vague =
                |o: Office| matches!(o, Office::Legislator | Office::Other | Office::OtherMinister | Office::Former);
            !(top(a) && top(b))
                && (name_key(&s.words).len() + person.words.len() > 3 || vague(a) != vague(b) || vague(a) && vague(b))
        }
        _ => true,
    }
}

fn learn(person: &mut Person, s: &Sighting) {
    if person.party.is_none() {
        person.party = s.party;
        person.party_said = s.party.is_some();
    }
    if person.office.is_none() || (person.office == Some(Office::Other) && s.office.is_some()) {
        person.office = s.office.or(person.office);
        if s.title.is_some() {
            person.title.clone_from(&s.title);
        }
    }
    person.entry = person.entry.min(s.entry);
    let _ = s.honorific;
}

/// Finds the gazetteer term that fits the name, the party, the office and the date, and fills what the text left open.
fn link(
    person: &mut Person,
    terms: &[u32],
    index: &NameIndex,
    g: &Gazetteer,
    published: Option<NaiveDate>,
    present: &BTreeSet<&str>,
) {
    let key = name_key(&person.words);
    let Some(surname) = key.last().cloned() else { return };
    let mut candidates: Vec<u32> = terms.to_vec();
    for word in &key {
        candidates.extend_from_slice(index.terms_of_surname(word));
    }
    candidates.extend_from_slice(index.terms_of_surname(person.words.last().map_or("", String::as_str)));
    candidates.sort_unstable();
    candidates.dedup();
    let mut best: Option<(i32, u32)> = None;
    for id in candidates {
        let Some(term) = g.leaders.get(id as usize) else { continue };
        let term_key = name_key(&term.name.split_whitespace().map(str::to_owned).collect::<Vec<_>>());
        let full = terms.contains(&id)
            || (key.len() > 1 && same_name(&key, &term_key) && key.iter().filter(|w| term_key.contains(w)).count() > 1);
        if key.len() > 1 && !full {
            continue;
        }
        let party_fits = person.party.is_none_or(|p| p.code(g) == term.country.as_str());
        if person.party.is_some() && !party_fits {
            continue;
        }
        let coverage = covers(term, published);
        let office_fits = person.office.is_some_and(|o| {
            o == term.office
                || (matches!(o, Office::HeadOfState | Office::HeadOfGovernment)
                    && matches!(term.office, Office::HeadOfState | Office::HeadOfGovernment))
        });
        // A surname alone is linked only with its office, in its time.
        if key.len() == 1 && !(office_fits && coverage == 2 && fold(&term.surname) == surname) {
            continue;
        }
        // "Chairman Smith": a common surname is nobody of a state that the text does not name, but for those whom all know.
        let known = matches!(term.office, Office::HeadOfState | Office::HeadOfGovernment | Office::ForeignMinister)
            && person.office == Some(term.office);
        if key.len() == 1 && person.party.is_none() && !known && !present.contains(term.country.as_str()) {
            continue;
        }
        let score = i32::from(full) * 4
            + coverage * 3
            + i32::from(office_fits) * 2
            + i32::from(person.party.is_some() && party_fits)
            + i32::from(present.contains(term.country.as_str())) * 2;
        if best.is_none_or(|(s, _)| score > s) {
            best = Some((score, id));
        }
    }
    let Some((_, id)) = best else { return };
    let Some(term) = g.leaders.get(id as usize) else { return };
    let coverage = covers(term, published);
    person.term = Some(id);
    if person.party.is_none() {
        person.party = party_of_code(g, term.country.as_str());
    }
    if person.office.is_none() {
        person.office = match coverage {
            2 => Some(term.office),
            1 => Some(Office::Former),
            _ => None,
        };
        person.title = Some(term.title.clone());
    }
}

/// 2 = in office on the day (or unknown), 1 = before the day, 0 = after the day.
fn covers(term: &LeaderTerm, published: Option<NaiveDate>) -> i32 {
    let Some(day) = published else { return 2 };
    // A few days of slack: a successor is news before the oath, a predecessor after it.
    let slack = Days::new(10);
    let tenures = [day.checked_sub_days(slack), Some(day), day.checked_add_days(slack)];
    let best = tenures.into_iter().flatten().map(|d| term.tenure(d)).max();
    match best {
        Some(Tenure::Holds | Tenure::Perhaps) | None => 2,
        Some(Tenure::After) => 1,
        Some(Tenure::Before) => 0,
    }
}

/// The party of a code or acronym.
#[must_use]
pub fn party_of_code(g: &Gazetteer, code: &str) -> Option<Party> {
    if let Some(i) = g.countries.iter().position(|c| c.id == code) {
        return u16::try_from(i).ok().map(Party::Country);
    }
    g.organizations.iter().position(|o| o.id == code).and_then(|i| u16::try_from(i).ok()).map(Party::Organization)
}
