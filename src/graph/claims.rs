//! `Facts` of one article → the quads of its graph: the article, its claims, who appears in it.
//!
//! A fact becomes one claim a sentence behind it; each claim repeats what the fact says, so that it can be read alone.
//! Which event a claim asserts is told later, by [`super::settle`].

use super::reference::Terms;
use super::sheet::Sheet;
use super::vocab::{ent, graphs, oa};
use super::{mint, names};
use crate::facts::{Evidence, Facts, LeaderFact};
use crate::knowledge::PartialDate;
use crate::knowledge::vocab::{DateBasis, EncounterType};
use oxigraph::model::vocab::{rdf, xsd};
use oxigraph::model::{Literal, NamedNode, Quad};
use std::collections::{BTreeMap, BTreeSet};

/// The hash of an article's id.
pub(super) fn article_key(id: &str) -> String {
    mint::hash(["article", id])
}

/// The leader whom an article means: one of the lists, where [`Terms::who`] finds one; else one of this party and name, in
/// whatever spelling. A surname alone that no list explains is one person only within a year and office: there are many Kims.
pub(super) fn leader_iri(leader: &LeaderFact, published: Option<&str>, terms: Option<&Terms>) -> NamedNode {
    let day = published.and_then(|day| day.parse().ok());
    if let Some(iri) = terms.and_then(|terms| terms.who(leader, day)) {
        return iri;
    }
    let item = leader.wikidata.as_deref().filter(|item| item.starts_with('Q') && item[1..].parse::<u64>().is_ok());
    if let Some(item) = item {
        return mint::thing("leader", item);
    }
    let words = names::words(&leader.name);
    let mut parts = vec!["leader", leader.country.as_str()];
    let key = words.concat();
    parts.push(if key.is_empty() { &leader.id } else { &key });
    if words.len() == 1 {
        parts.extend([leader.office.as_str(), published.and_then(|day| day.get(..4)).unwrap_or_default()]);
    }
    mint::thing("leader", &mint::hash(parts))
}

/// The quads of an article's graph, without duplicates. `listed` tells the parties of the reference graph.
/// `terms` are the lists of leaders, where they are at hand.
pub(super) fn quads(
    facts: &Facts,
    run: &NamedNode,
    listed: &BTreeMap<String, bool>,
    terms: Option<&Terms>,
) -> Vec<Quad> {
    let key = article_key(&facts.article.id);
    let article = mint::thing("article", &key);
    let sheet = Sheet::new(graphs::article(&key));
    let published = facts.article.published.as_deref();
    let leaders =
        facts.leaders.iter().map(|leader| (leader.id.as_str(), leader_iri(leader, published, terms))).collect();
    let mut page =
        Page { facts, listed, leaders, key, article, sheet, strangers: BTreeMap::new(), told: BTreeSet::new() };
    page.article(run);
    page.agreements();
    page.encounters();
    page.acts();
    page.appearances();
    page.sheet.quads
}

/// What the three kinds of facts share.
struct Told<'a> {
    about: &'static str,
    kind: &'static str,
    status: Option<&'static str>,
    parties: Vec<&'a str>,
    roles: Option<(&'a str, &'a str)>,
    participants: &'a [String],
    signatories: &'a [String],
    topic: Option<&'a str>,
    sectors: &'a [String],
    place: Option<&'a str>,
    date: Option<&'a str>,
    basis: Option<DateBasis>,
    background: bool,
    confidence: f64,
    evidence: &'a [Evidence],
    bucket: String,
}

struct Page<'a> {
    facts: &'a Facts,
    listed: &'a BTreeMap<String, bool>,
    /// Leaders by their ids in the article.
    leaders: BTreeMap<&'a str, NamedNode>,
    key: String,
    article: NamedNode,
    sheet: Sheet,
    /// Parties that no list has, by code.
    strangers: BTreeMap<String, NamedNode>,
    /// Keys of the facts written, because an extractor may tell one twice.
    told: BTreeSet<String>,
}

impl<'a> Page<'a> {
    fn article(&mut self, run: &NamedNode) {
        let (facts, article) = (self.facts, self.article.clone());
        let about = &facts.article;
        let sheet = &mut self.sheet;
        sheet.add(&article, rdf::TYPE, ent::CLASS_ARTICLE);
        sheet.text(&article, ent::ARTICLE_ID, &about.id);
        sheet.text(&article, ent::TITLE, &about.title);
        sheet.date(&article, ent::PUBLISHED, about.published.as_deref().and_then(PartialDate::parse));
        sheet.some(&article, ent::SOURCE, about.source.as_deref());
        if let Some(url) = about.url.as_deref().filter(|u| !u.is_empty()) {
            sheet.add(&article, ent::URL, Literal::new_typed_literal(url, xsd::ANY_URI));
        }
        sheet.text(&article, ent::LANGUAGE, &about.language);
        sheet.text(&article, ent::SHA256, &about.sha256);
        sheet.add(&article, ent::RUN, run.clone());
        let codes = facts.countries.iter().map(|c| c.id.as_str());
        for code in codes.chain(facts.organizations.iter().map(|o| o.id.as_str())) {
            let party = self.party(code);
            self.sheet.add(&article, ent::MENTIONS, party);
        }
        for leader in self.leaders.values() {
            self.sheet.add(&article, ent::MENTIONS, leader.clone());
        }
    }

    /// The party of a code: a country or organization by the lists, else by the article, else by the look of the code.
    fn party(&mut self, code: &str) -> NamedNode {
        if let Some(country) = self.listed.get(code) {
            return mint::party(code, *country);
        }
        let country = self.facts.countries.iter().any(|c| c.id == code)
            || (code.len() == 3
                && code.bytes().all(|b| b.is_ascii_uppercase())
                && !self.facts.organizations.iter().any(|o| o.id == code));
        let party = mint::party(code, country);
        self.strangers.insert(code.to_owned(), party.clone());
        party
    }

    fn leaders(&self, ids: &[String]) -> Vec<NamedNode> {
        ids.iter().filter_map(|id| self.leaders.get(id.as_str()).cloned()).collect()
    }

    fn agreements(&mut self) {
        for fact in &self.facts.agreements {
            self.claim(&Told {
                about: "agreement",
                kind: fact.kind.as_str(),
                status: Some(fact.status.as_str()),
                parties: fact.parties.iter().map(String::as_str).collect(),
                roles: None,
                participants: &[],
                signatories: &fact.signatories,
                topic: fact.topic.as_deref(),
                sectors: &fact.sectors,
                place: None,
                date: fact.date.as_deref(),
                basis: fact.date_basis,
                background: fact.background,
                confidence: fact.confidence,
                evidence: &fact.evidence,
                bucket: bucket_of("agreement", fact.kind.as_str(), &fact.parties, ""),
            });
        }
    }

    fn encounters(&mut self) {
        for fact in &self.facts.encounters {
            let published = self.facts.article.published.as_deref().filter(|_| !fact.background);
            let year = bucket_year(fact.date.as_deref(), published);
            self.claim(&Told {
                about: "encounter",
                kind: fact.kind.as_str(),
                status: Some(fact.status.as_str()),
                parties: fact.countries.iter().map(String::as_str).collect(),
                roles: None,
                participants: &fact.participants,
                signatories: &[],
                topic: None,
                sectors: &[],
                place: fact.place.as_deref(),
                date: fact.date.as_deref(),
                basis: fact.date_basis,
                background: fact.background,
                confidence: fact.confidence,
                evidence: &fact.evidence,
                bucket: bucket_of("encounter", fact.kind.as_str(), &fact.countries, year),
            });
        }
    }

    fn acts(&mut self) {
        for fact in &self.facts.acts {
            self.claim(&Told {
                about: "act",
                kind: fact.kind.as_str(),
                status: None,
                parties: vec![&fact.actor, &fact.recipient],
                roles: Some((&fact.actor, &fact.recipient)),
                participants: &[],
                signatories: &[],
                topic: None,
                sectors: &[],
                place: None,
                date: fact.date.as_deref(),
                basis: fact.date_basis,
                background: fact.background,
                confidence: fact.confidence,
                evidence: &fact.evidence,
                bucket: bucket_of("act", fact.kind.as_str(), &[fact.actor.clone(), fact.recipient.clone()], ""),
            });
        }
    }

    /// One claim a sentence; a fact that no sentence stands behind is one claim without a quote.
    fn claim(&mut self, told: &Told<'a>) {
        let parties: BTreeSet<&str> = told.parties.iter().copied().filter(|p| !p.is_empty()).collect();
        let fact = self.fact_key(told);
        if parties.is_empty() || !self.told.insert(fact.clone()) {
            return;
        }
        let places: BTreeMap<[String; 3], &Evidence> =
            told.evidence.iter().map(|e| ([e.start.to_string(), e.end.to_string(), e.rule.clone()], e)).collect();
        for ([start, end, rule], evidence) in &places {
            let claim = mint::thing("claim", &mint::hash(["claim", &fact, start, end, rule]));
            self.description(&claim, &fact, told, &parties);
            let words = self.words(told, evidence);
            let sheet = &mut self.sheet;
            sheet.number(&claim, ent::START, evidence.start);
            sheet.number(&claim, ent::END, evidence.end);
            sheet.some(&claim, ent::QUOTE, Some(&evidence.quote));
            sheet.some(&claim, ent::RULE, Some(rule));
            sheet.some(&claim, ent::ATTRIBUTED_TO, evidence.attributed_to.as_deref());
            sheet.some(&claim, ent::WORDS, Some(&words));
        }
        if places.is_empty() {
            let claim = mint::thing("claim", &mint::hash(["claim", &fact]));
            self.description(&claim, &fact, told, &parties);
        }
    }

    /// Where a sentence names the parties and leaders of a fact: `104-109 120-126`.
    fn words(&self, told: &Told<'a>, evidence: &Evidence) -> String {
        let facts = self.facts;
        let countries = facts.countries.iter().map(|c| (c.id.as_str(), &c.mentions));
        let parties = countries.chain(facts.organizations.iter().map(|o| (o.id.as_str(), &o.mentions)));
        let of_parties = parties.filter(|(id, _)| told.parties.contains(id)).flat_map(|(_, mentions)| mentions);
        let who = |id: &String| told.participants.contains(id) || told.signatories.contains(id);
        let of_people = facts.leaders.iter().filter(|l| who(&l.id.to_string())).flat_map(|l| &l.mentions);
        let inside = |m: &&[usize; 2]| evidence.start <= m[0] && m[0] < m[1] && m[1] <= evidence.end;
        let spans: BTreeSet<[usize; 2]> = of_parties.chain(of_people).filter(inside).copied().collect();
        spans.iter().map(|[start, end]| format!("{start}-{end}")).collect::<Vec<_>>().join(" ")
    }

    /// Where the sentences stand tells two facts of one article apart that say the same.
    fn fact_key(&self, told: &Told<'a>) -> String {
        let mut parts = vec![self.key.as_str(), told.about, told.kind, told.status.unwrap_or_default()];
        parts.extend(&told.parties);
        parts.extend([told.topic.unwrap_or_default(), told.date.unwrap_or_default()]);
        let places: Vec<String> = told.evidence.iter().map(|e| format!("{}-{}", e.start, e.end)).collect();
        parts.extend(places.iter().map(String::as_str));
        mint::hash(parts)
    }

    fn description(&mut self, claim: &NamedNode, fact: &str, told: &Told<'a>, parties: &BTreeSet<&str>) {
        let article = self.article.clone();
        let nodes: Vec<NamedNode> = parties.iter().map(|code| self.party(code)).collect();
        let roles = told.roles.map(|(actor, recipient)| (self.party(actor), self.party(recipient)));
        let (participants, signatories) = (self.leaders(told.participants), self.leaders(told.signatories));
        let sheet = &mut self.sheet;
        sheet.add(claim, rdf::TYPE, ent::CLASS_CLAIM);
        sheet.add(claim, oa::HAS_SOURCE, article);
        sheet.text(claim, ent::FACT, fact);
        sheet.text(claim, ent::ABOUT, told.about);
        sheet.text(claim, ent::BUCKET, &told.bucket);
        sheet.text(claim, ent::EVENT_TYPE, told.kind);
        sheet.some(claim, ent::STATUS, told.status);
        for (predicate, list) in [(ent::PARTY, nodes), (ent::PARTICIPANT, participants), (ent::SIGNATORY, signatories)]
        {
            for node in BTreeSet::from_iter(list) {
                sheet.add(claim, predicate, node);
            }
        }
        if let Some((actor, recipient)) = roles {
            sheet.add(claim, ent::ACTOR, actor);
            sheet.add(claim, ent::RECIPIENT, recipient);
        }
        sheet.some(claim, ent::TOPIC, told.topic);
        for sector in BTreeSet::from_iter(told.sectors) {
            sheet.add(claim, ent::SECTOR, mint::thing("sector", sector));
        }
        sheet.some(claim, ent::PLACE, told.place);
        let date = told.date.and_then(PartialDate::parse);
        sheet.date(claim, ent::DATE, date);
        sheet.some(claim, ent::DATE_BASIS, told.basis.filter(|_| date.is_some()).map(DateBasis::as_str));
        sheet.flag(claim, ent::BACKGROUND, told.background);
        sheet.probability(claim, ent::CONFIDENCE, told.confidence);
    }

    fn appearances(&mut self) {
        let facts = self.facts;
        let mut seen = BTreeSet::new();
        for leader in &facts.leaders {
            let Some(iri) = self.leaders.get(leader.id.as_str()).cloned() else { continue };
            if !seen.insert(iri.clone()) {
                continue;
            }
            let party = self.party(&leader.country);
            let node = self.appearance(&iri, &leader.name, leader.mentions.first());
            let sheet = &mut self.sheet;
            sheet.add(&node, ent::REPRESENTS, party);
            sheet.text(&node, ent::OFFICE, leader.office.as_str());
            sheet.some(&node, ent::TITLE, leader.title.as_deref());
            sheet.some(&node, ent::WIKIDATA, leader.wikidata.as_deref());
        }
        for (code, party) in std::mem::take(&mut self.strangers) {
            let country = facts.countries.iter().find(|c| c.id == code).map(|c| (&c.name, c.mentions.first()));
            let organization =
                || facts.organizations.iter().find(|o| o.id == code).map(|o| (&o.name, o.mentions.first()));
            let (name, mention) = country.or_else(organization).unwrap_or((&code, None));
            self.appearance(&party, name, mention);
        }
    }

    fn appearance(&mut self, who: &NamedNode, name: &str, mention: Option<&[usize; 2]>) -> NamedNode {
        let node = mint::thing("appearance", &mint::hash(["appearance", &self.key, who.as_str()]));
        let sheet = &mut self.sheet;
        sheet.add(&node, rdf::TYPE, ent::CLASS_APPEARANCE);
        sheet.add(&node, oa::HAS_SOURCE, self.article.clone());
        sheet.add(&node, ent::APPEARS, who.clone());
        sheet.text(&node, ent::NAME, name);
        if let Some([start, end]) = mention {
            sheet.number(&node, ent::START, *start);
            sheet.number(&node, ent::END, *end);
        }
        node
    }
}

impl super::Store {
    /// IRIs of the claims that tell these facts of an article, stored or not.
    #[must_use]
    pub fn claims_of(&self, facts: &Facts) -> Vec<String> {
        let run = mint::store();
        let quads = quads(facts, &run, &self.listed, self.terms.as_deref());
        let claims = quads.iter().filter(|q| q.predicate.as_ref() == ent::FACT);
        claims.map(|quad| super::store::subject(quad).to_owned()).collect()
    }
}

/// Where a fact is looked for among its likes: only facts of one bucket are ever found to be of one event.
pub(super) fn bucket_of(about: &str, kind: &str, parties: &[String], year: &str) -> String {
    match (about, parties) {
        ("agreement", _) => format!("agreement/{}", group(parties)),
        // Reports of a gathering name more or fewer of those who came: looked for by year, not by parties.
        ("encounter", _) if kind == EncounterType::Gathering.as_str() => format!("encounter/{kind}/{year}"),
        ("encounter", _) => format!("encounter/{kind}/{}", group(parties)),
        (_, [actor, recipient, ..]) => format!("act/{kind}/{actor}>{recipient}"),
        _ => format!("act/{kind}/{}", group(parties)),
    }
}

/// The year of a date; of news without one, that of the publication.
pub(super) fn bucket_year<'d>(date: Option<&'d str>, published: Option<&'d str>) -> &'d str {
    date.or(published).and_then(|d| d.get(..4)).unwrap_or("undated")
}

/// Parties as one word, hashed where there are many.
fn group(parties: &[String]) -> String {
    let sorted: BTreeSet<&str> = parties.iter().map(String::as_str).collect();
    let joined = sorted.into_iter().collect::<Vec<_>>().join("+");
    if joined.len() > 60 { mint::hash(["parties", &joined]) } else { joined }
}
