//! Judged facts → the wire types of the contract: codes, ids, Unicode scalar offsets, quotes, triples.

use super::{
    ActFact, AgreementFact, ArticleRef, CountryFact, EncounterFact, Evidence, Facts, LeaderFact, OrganizationFact,
    RelationFact,
};
use crate::article::Article;
use crate::extract::actors;
use crate::extract::candidates::Source;
use crate::extract::names::Party;
use crate::extract::persons::fold;
use crate::extract::scene::Scene;
use crate::knowledge::NameKind;
use crate::knowledge::vocab::{AgreementStatus, EncounterStatus, EncounterType, Office};
use crate::nlp::Deprel;
use crate::resolve::Resolved;
use crate::resolve::drafts::When;
use crate::text::CharOffsets;
use std::collections::{BTreeMap, BTreeSet};

/// Everything that the lists of one article share.
struct Wire<'a, 's> {
    scene: &'a Scene<'s>,
    offsets: CharOffsets<'a>,
    ids: BTreeMap<usize, String>,
}

/// The contract's object for one article.
pub(super) fn facts(article: &Article, scene: &Scene<'_>, resolved: &Resolved) -> Facts {
    let mut wire = Wire { scene, offsets: CharOffsets::new(&article.text), ids: BTreeMap::new() };
    let leaders = wire.leaders(resolved);
    let (countries, organizations) = wire.parties();
    let agreements = wire.agreements(resolved);
    let encounters = wire.encounters(resolved);
    let acts = wire.acts(resolved);
    let relations = relations(&leaders, &agreements, &encounters);
    Facts {
        article: ArticleRef {
            id: article.id.clone(),
            title: article.title.clone(),
            published: article.published.map(|d| d.to_string()),
            source: article.source.clone(),
            url: article.url.clone(),
            language: article.language.clone(),
            sha256: article.sha256.clone(),
        },
        countries,
        organizations,
        leaders,
        agreements,
        encounters,
        acts,
        relations,
        diagnostics: Vec::new(),
    }
}

/// A name in lower-case kebab: letters and digits of any script, accents removed.
fn kebab(name: &str) -> String {
    name.split(|c: char| c.is_whitespace() || matches!(c, '-' | '.' | '\'' | '’'))
        .map(|w| {
            let ascii = fold(w);
            if ascii.is_empty() { w.to_lowercase() } else { ascii }
        })
        .filter(|w| !w.is_empty())
        .collect::<Vec<_>>()
        .join("-")
}

impl Wire<'_, '_> {
    fn code(&self, party: Party) -> String {
        party.code(self.scene.gazetteer).to_owned()
    }

    fn place(&self, span: crate::text::Span) -> [usize; 2] {
        [self.offsets.char_of(span.start), self.offsets.char_of(span.end)]
    }

    fn evidence(&self, sources: &[Source]) -> Vec<Evidence> {
        let mut seen = BTreeSet::new();
        sources
            .iter()
            .filter(|s| seen.insert(s.sent))
            .filter_map(|s| {
                let span = self.scene.doc.sentences.get(s.sent)?.span;
                let [start, end] = self.place(span);
                Some(Evidence {
                    start,
                    end,
                    quote: span.of(self.scene.doc.text).to_owned(),
                    rule: s.rule.to_string(),
                    attributed_to: self.attribution(s),
                })
            })
            .collect()
    }

    /// Who is said to have said it: the subject of the speech verb above the trigger, or "according to".
    fn attribution(&self, s: &Source) -> Option<String> {
        let tree = self.scene.trees.get(s.sent)?.as_ref()?;
        let mut at = s.tok;
        for _ in 0..10 {
            if tree.verbal(at) {
                let speech = |v: usize| {
                    matches!(
                        tree.lemma(v),
                        "say" | "tell" | "report" | "announce" | "state" | "claim" | "add" | "note" | "confirm"
                    )
                };
                for k in tree.kids(at) {
                    if tree.tok(k).deprel == Deprel::Parataxis && speech(k) {
                        return self.speaker(s.sent, tree.agents(k).first().copied());
                    }
                    if tree.tok(k).deprel == Deprel::Obl && tree.kids(k).any(|c| tree.lemma(c) == "accord") {
                        return Some(self.words(s.sent, k));
                    }
                }
                if at != s.tok && speech(at) {
                    return self.speaker(s.sent, tree.agents(at).first().copied());
                }
            }
            at = tree.head(at)?;
        }
        None
    }

    /// The words of who speaks: a person, a title, a state, or what speaks for one ("the agreement adds …" is nobody).
    fn speaker(&self, sent: usize, head: Option<usize>) -> Option<String> {
        let head = head?;
        let tree = self.scene.trees.get(sent)?.as_ref()?;
        let known = self.scene.at(sent, head).is_some();
        let voice = actors::speaks_for_state(tree.lemma(head))
            || matches!(
                tree.lemma(head),
                "report" | "document" | "communique" | "agency" | "newspaper" | "daily" | "analyst" | "he" | "she"
            );
        (known || voice).then(|| self.words(sent, head))
    }

    fn words(&self, sent: usize, head: usize) -> String {
        let Some(tree) = self.scene.trees.get(sent).and_then(Option::as_ref) else { return String::new() };
        let keep: Vec<usize> = tree
            .kids(head)
            .filter(|k| {
                matches!(
                    tree.tok(*k).deprel,
                    Deprel::Compound | Deprel::Amod | Deprel::Flat | Deprel::NmodPoss | Deprel::Det
                )
            })
            .chain([head])
            .collect();
        let (first, last) = (keep.iter().min().copied().unwrap_or(head), keep.iter().max().copied().unwrap_or(head));
        tree.tok(first).span.join(tree.tok(last).span).of(tree.text).split_whitespace().collect::<Vec<_>>().join(" ")
    }

    fn leaders(&mut self, resolved: &Resolved) -> Vec<LeaderFact> {
        let g = self.scene.gazetteer;
        let mut taken = BTreeSet::new();
        let mut out = Vec::new();
        for sure in &resolved.leaders {
            let person = &self.scene.people.persons[sure.fact.person];
            let Some(party) = person.party else { continue };
            let term = person.term.and_then(|t| g.leaders.get(t as usize));
            let mut id = kebab(&person.name);
            let mut n = 1;
            while id.is_empty() || !taken.insert(id.clone()) {
                n += 1;
                id = format!("{}-{n}", kebab(&person.name));
            }
            self.ids.insert(sure.fact.person, id.clone());
            let mentions = self
                .scene
                .people
                .mentions
                .iter()
                .filter(|m| m.person == sure.fact.person)
                .filter_map(|m| {
                    let tokens = &self.scene.doc.sentences.get(m.sent)?.tokens;
                    Some(self.place(tokens.get(m.first)?.span.join(tokens.get(m.last)?.span)))
                })
                .collect();
            out.push(LeaderFact {
                id,
                name: person.name.clone(),
                country: self.code(party),
                office: person.office.unwrap_or(Office::Other),
                title: person.title.clone(),
                wikidata: term.and_then(|t| t.wikidata.clone()),
                learned: term.is_none(),
                mentions,
            });
        }
        out
    }

    fn parties(&self) -> (Vec<CountryFact>, Vec<OrganizationFact>) {
        let g = self.scene.gazetteer;
        let mut found: BTreeMap<Party, Vec<[usize; 2]>> = BTreeMap::new();
        for m in self.scene.parties {
            if self.is_mere_place(m) {
                continue;
            }
            found.entry(m.party).or_default().push(self.place(m.span));
        }
        let mut countries = Vec::new();
        let mut organizations = Vec::new();
        for (party, mentions) in found {
            let id = self.code(party);
            match party {
                Party::Country(i) => {
                    let name = g.countries.get(i as usize).map_or_else(String::new, |c| c.name.clone());
                    countries.push(CountryFact { id, name, mentions });
                }
                Party::Organization(i) => {
                    let name = g.organizations.get(i as usize).map_or_else(String::new, |o| o.name.clone());
                    organizations.push(OrganizationFact { id, name, mentions });
                }
            }
        }
        (countries, organizations)
    }

    /// "in Geneva", "at a Seoul hotel": a city that is only where something happens.
    fn is_mere_place(&self, m: &crate::extract::mentions::PartyMention) -> bool {
        if !matches!(m.kind, NameKind::Capital | NameKind::City) {
            return false;
        }
        let Some(sent) = self.scene.doc.sentences.get(m.sent) else { return false };
        let before = m.first.checked_sub(1).and_then(|i| sent.tokens.get(i)).map_or("", |t| t.lemma.as_str());
        matches!(
            before,
            "in" | "at" | "near" | "outside" | "from" | "to" | "of" | "around" | "into" | "through" | "via" | ","
        ) || m.first == 0
    }

    fn agreements(&self, resolved: &Resolved) -> Vec<AgreementFact> {
        resolved
            .agreements
            .iter()
            .enumerate()
            .map(|(i, sure)| {
                let a = &sure.fact;
                AgreementFact {
                    id: format!("a{}", i + 1),
                    kind: a.kind,
                    parties: self.codes(&a.parties),
                    status: a.status,
                    topic: (!a.topic.is_empty()).then(|| a.topic.clone()),
                    sectors: a.sectors.iter().map(|s| s.0.clone()).collect::<BTreeSet<_>>().into_iter().collect(),
                    signatories: self.people(a.signatories.iter().copied()),
                    date: date(a.when),
                    date_basis: a.when.map(|w| w.1),
                    background: a.background,
                    confidence: rounded(sure.confidence),
                    evidence: self.evidence(&a.sources),
                }
            })
            .collect()
    }

    fn encounters(&self, resolved: &Resolved) -> Vec<EncounterFact> {
        resolved
            .encounters
            .iter()
            .enumerate()
            .map(|(i, sure)| {
                let e = &sure.fact;
                EncounterFact {
                    id: format!("e{}", i + 1),
                    kind: e.kind,
                    participants: self.people(e.participants.iter().map(|p| p.0)),
                    countries: self.codes(&e.parties),
                    place: e.place.clone(),
                    date: date(e.when),
                    date_basis: e.when.map(|w| w.1),
                    status: e.status,
                    background: e.background,
                    confidence: rounded(sure.confidence),
                    evidence: self.evidence(&e.sources),
                }
            })
            .collect()
    }

    fn acts(&self, resolved: &Resolved) -> Vec<ActFact> {
        resolved
            .acts
            .iter()
            .map(|sure| {
                let a = &sure.fact;
                ActFact {
                    actor: self.code(a.actor),
                    recipient: self.code(a.recipient),
                    kind: a.kind,
                    date: date(a.when),
                    date_basis: a.when.map(|w| w.1),
                    background: a.background,
                    confidence: rounded(sure.confidence),
                    evidence: self.evidence(&a.sources),
                }
            })
            .collect()
    }

    fn codes(&self, parties: &[Party]) -> Vec<String> {
        parties.iter().map(|p| self.code(*p)).collect::<BTreeSet<_>>().into_iter().collect()
    }

    fn people(&self, persons: impl Iterator<Item = usize>) -> Vec<String> {
        persons.filter_map(|p| self.ids.get(&p).cloned()).collect()
    }
}

fn date(when: When) -> Option<String> {
    when.map(|w| w.0.to_string())
}

fn rounded(p: f32) -> f64 {
    (f64::from(p) * 1000.0).round() / 1000.0
}

/// The triples that the lists say.
fn relations(leaders: &[LeaderFact], agreements: &[AgreementFact], encounters: &[EncounterFact]) -> Vec<RelationFact> {
    let mut out = Vec::new();
    let mut add = |subject: &str, predicate: &str, object: &str, confidence: f64, evidence: &[Evidence]| {
        out.push(RelationFact {
            subject: subject.into(),
            predicate: predicate.into(),
            object: object.into(),
            confidence,
            evidence: evidence.to_vec(),
        });
    };
    for l in leaders {
        add(&l.id, "represents", &l.country, 1.0, &[]);
        add(&l.id, "holds-office", l.office.as_str(), 1.0, &[]);
    }
    for a in agreements.iter().filter(|a| !a.background) {
        let verb = match a.status {
            AgreementStatus::Signed => "signed",
            AgreementStatus::Agreed => "agreed-to",
            _ => "party-to",
        };
        for p in &a.parties {
            add(p, verb, &a.id, a.confidence, &a.evidence);
        }
        for s in &a.signatories {
            add(s, "signed", &a.id, a.confidence, &a.evidence);
        }
        for s in &a.sectors {
            add(&a.id, "covers-sector", s, a.confidence, &a.evidence);
        }
    }
    for e in encounters
        .iter()
        .filter(|e| !e.background && matches!(e.status, EncounterStatus::Held | EncounterStatus::Ongoing))
    {
        for p in &e.participants {
            add(
                p,
                if e.kind == EncounterType::Visit { "visited" } else { "attended" },
                &e.id,
                e.confidence,
                &e.evidence,
            );
        }
        if matches!(e.kind, EncounterType::Meeting | EncounterType::Call) {
            for (i, p) in e.participants.iter().enumerate() {
                for q in &e.participants[i + 1..] {
                    add(p, "met", q, e.confidence, &e.evidence);
                }
            }
        }
    }
    out
}
