//! `Knowledge` → the reference graph: countries, organizations, sectors, types of acts, the ontology; and the terms of
//! office of the leaders that appear (see [`super::people`]).

use super::error::StoreError;
use super::sheet::{Sheet, difference};
use super::store::{Store, value};
use super::vocab::{ent, graphs, org, schema};
use super::waiting::waits_for;
use super::{mint, names, people};
use crate::facts::LeaderFact;
use crate::knowledge::vocab::Office;
use crate::knowledge::{Knowledge, LeaderTerm, ONTOLOGY, PartialDate};
use chrono::NaiveDate;
use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::vocab::{rdf, rdfs};
use oxigraph::model::{NamedNode, NamedNodeRef, Quad};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// The file of the ontology that `check` runs instead of the store keeping it.
const SHAPES: &str = "shapes.ttl";
/// What stands before the number of an item in its IRI.
pub(super) const WIKIDATA: &str = "http://www.wikidata.org/entity/";

/// Terms of office, found by who holds them. The lists name one person in several ways, with and without a Wikidata item.
#[derive(Debug, Default)]
pub(super) struct Terms {
    rows: Vec<LeaderTerm>,
    by_item: BTreeMap<String, BTreeSet<usize>>,
    by_name: BTreeMap<(String, String), BTreeSet<usize>>,
    by_surname: BTreeMap<(String, String), BTreeSet<usize>>,
    by_iri: BTreeMap<String, BTreeSet<usize>>,
}

impl Terms {
    fn new(knowledge: &Knowledge) -> Self {
        let mut terms = Self { rows: knowledge.gazetteer.leaders.clone(), ..Self::default() };
        for (at, term) in terms.rows.iter().enumerate() {
            if let Some(item) = &term.wikidata {
                terms.by_item.entry(item.clone()).or_default().insert(at);
            }
            for name in term.aliases.iter().chain([&term.name]) {
                terms.by_name.entry(name_key(&term.country, name)).or_default().insert(at);
            }
            terms.by_surname.entry(name_key(&term.country, &term.surname)).or_default().insert(at);
        }
        for (at, term) in terms.rows.iter().enumerate() {
            let same = terms.same(term.wikidata.as_deref(), &term.country, &term.name);
            let iri = terms.iri(term.wikidata.as_deref(), &same).unwrap_or_default();
            terms.by_iri.entry(iri).or_default().insert(at);
        }
        terms
    }

    /// Who an article means by a name: the IRI of the person of the lists with this Wikidata item, or of this party and
    /// name; else the only one of this surname who then held such an office. Nobody where the name is that of several.
    pub(super) fn who(&self, leader: &LeaderFact, published: Option<NaiveDate>) -> Option<NamedNode> {
        let item = leader.wikidata.as_deref();
        let named = self.same(item, &leader.country, &leader.name);
        let iri = self.iri(item, &named);
        let iri = iri.or_else(|| self.in_office(leader, published?)).filter(|_| item.is_none_or(is_item))?;
        Some(NamedNode::new_unchecked(iri))
    }

    /// The terms of the person with this Wikidata item, or of this party and name, in the order of the lists. None where a
    /// name is that of several people.
    fn same(&self, item: Option<&str>, party: &str, name: &str) -> BTreeSet<usize> {
        let named = |party: &str, name: &str| self.by_name.get(&name_key(party, name)).cloned().unwrap_or_default();
        let mut found = item.and_then(|item| self.by_item.get(item)).cloned().unwrap_or_default();
        found.append(&mut named(party, name));
        // Under the names of these rows the lists may have more.
        for at in found.clone() {
            found.append(&mut named(&self.rows[at].country, &self.rows[at].name));
        }
        let items: BTreeSet<&str> = found.iter().filter_map(|at| self.rows[*at].wikidata.as_deref()).collect();
        let one = match item {
            Some(item) => Some(item),
            None if items.len() > 1 => return BTreeSet::new(),
            None => items.first().copied(),
        };
        let same = |at: &usize| self.rows[*at].wikidata.is_none() || self.rows[*at].wikidata.as_deref() == one;
        found.into_iter().filter(same).collect()
    }

    /// The IRI of the person of these rows, with the item where one is known.
    fn iri(&self, item: Option<&str>, rows: &BTreeSet<usize>) -> Option<String> {
        let item = item.or_else(|| rows.iter().find_map(|at| self.rows[*at].wikidata.as_deref()));
        if let Some(item) = item.filter(|item| is_item(item)) {
            return Some(mint::thing("leader", item).into_string());
        }
        let term = &self.rows[*rows.first()?];
        Some(mint::thing("leader", &mint::hash(["listed leader", &term.country, &term.name])).into_string())
    }

    /// "President Lee" on a day when one Lee was president; "Joseph R. Biden, Jr." when one Biden whose name begins so was.
    fn in_office(&self, leader: &LeaderFact, day: NaiveDate) -> Option<String> {
        let words = names::words(&leader.name);
        let mut found = BTreeSet::new();
        for first in 0..words.len() {
            let key = (leader.country.to_string(), words[first..].concat());
            for at in self.by_surname.get(&key).into_iter().flatten() {
                let term = &self.rows[*at];
                let fits = like(term.office, leader.office) && (first == 0 || begins_alike(&words[0], term));
                if fits && in_term(term, day) {
                    let same = self.same(term.wikidata.as_deref(), &term.country, &term.name);
                    found.extend(self.iri(term.wikidata.as_deref(), &same));
                }
            }
        }
        let only = found.pop_first();
        only.filter(|_| found.is_empty())
    }

    /// The terms of a leader of the lists.
    pub(super) fn of(&self, iri: &str) -> impl Iterator<Item = &LeaderTerm> {
        self.by_iri.get(iri).into_iter().flatten().map(|at| &self.rows[*at])
    }
}

/// Whether who holds the office `held` may be told of as holding `told`. A president may be head of state or of government;
/// an article may not say what somebody is.
fn like(held: Office, told: Office) -> bool {
    let head = |o: Office| matches!(o, Office::HeadOfState | Office::HeadOfGovernment);
    held == told || (head(held) && head(told)) || (told == Office::Other && held != Office::Legislator)
}

/// Says which item of Wikidata a thing is, where one is known.
pub(super) fn linked(sheet: &mut Sheet, node: &NamedNode, item: Option<&str>) {
    sheet.some(node, ent::WIKIDATA, item);
    if let Some(item) = item.filter(|item| is_item(item)) {
        sheet.add(node, schema::SAME_AS, NamedNode::new_unchecked(format!("{WIKIDATA}{item}")));
    }
}

pub(super) fn is_item(item: &str) -> bool {
    item.strip_prefix('Q').is_some_and(|n| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()))
}

/// The given name begins with the letter of a name of the lists.
fn begins_alike(given: &str, term: &LeaderTerm) -> bool {
    let surname = names::key(&term.surname);
    let all = term.aliases.iter().chain([&term.name]).flat_map(|name| names::words(name));
    let letter = |word: &str| word.chars().next();
    all.filter(|word| !surname.contains(word.as_str())).any(|word| letter(&word) == letter(given))
}

/// Whether a term covers a day, as far as is known.
fn in_term(term: &LeaderTerm, day: NaiveDate) -> bool {
    let (start, end) = (term.start.and_then(PartialDate::earliest), term.end.and_then(PartialDate::latest));
    start.is_none_or(|start| start <= day) && end.is_none_or(|end| day <= end)
}

fn name_key(party: &str, name: &str) -> (String, String) {
    (party.to_owned(), names::key(name))
}

/// The membership of a leader by one term of office.
pub(super) fn membership(sheet: &mut Sheet, leader: &NamedNode, term: &LeaderTerm, country: bool) {
    let start = term.start.map(|d| d.to_string()).unwrap_or_default();
    let end = term.end.map(|d| d.to_string()).unwrap_or_default();
    let parts = ["term", leader.as_str(), &term.country, term.office.as_str(), &term.title, &start, &end];
    let node = mint::thing("term", &mint::hash(parts));
    sheet.add(&node, rdf::TYPE, org::MEMBERSHIP);
    sheet.add(&node, org::MEMBER, leader.clone());
    sheet.add(&node, org::ORGANIZATION, mint::party(&term.country, country));
    sheet.text(&node, ent::OFFICE, term.office.as_str());
    sheet.text(&node, ent::OFFICE_TITLE, &term.title);
    sheet.text(&node, ent::NAME, &term.name);
    sheet.date(&node, ent::SINCE, term.start);
    sheet.date(&node, ent::UNTIL, term.end);
}

impl Store {
    /// Writes the reference graph, where the store has none or one of other knowledge, and keeps the terms of office at
    /// hand for the leaders that articles bring. Call it before [`Store::add`]; without it every party counts as learned.
    ///
    /// # Errors
    /// Those of writing.
    pub fn refer(&mut self, knowledge: &Knowledge) -> Result<(), StoreError> {
        self.terms = Some(Arc::new(Terms::new(knowledge)));
        let hash = knowledge.hash();
        let node = mint::store();
        let old_hash = self.quads(Some(node.as_ref()), Some(ent::REFERENCE_HASH), None, Some(graphs::STORE))?;
        // Two hashes are those of a change that was cut off.
        if matches!(old_hash.as_slice(), [one] if value(&one.object) == hash) {
            return Ok(());
        }
        let mut fixed = fixed(knowledge)?;
        let mut settings = Sheet::new(graphs::STORE.into_owned());
        settings.text(&node, ent::REFERENCE_HASH, hash);
        // Who appears is described anew, and names tell topics apart: a name may have come to the lists, or left them.
        let mut waiting = BTreeSet::new();
        for predicate in [ent::APPEARS, ent::BUCKET] {
            waiting.extend(self.quads(None, Some(predicate), None, None)?.iter().filter_map(waits_for));
        }
        for what in waiting {
            settings.text(&node, ent::PENDING, what);
        }
        fixed.append(&mut settings.quads);
        self.write_out()?;
        let countries = knowledge.gazetteer.countries.iter().map(|c| (c.id.to_string(), true));
        let organizations = knowledge.gazetteer.organizations.iter().map(|o| (o.id.to_string(), false));
        if let Some(lists) = self.terms.clone() {
            fixed.append(&mut people::held_by_all(self, &lists, &countries.chain(organizations).collect())?);
        }
        let mut old = self.quads(None, None, None, Some(graphs::REFERENCE))?;
        old.extend(old_hash);
        let (removed, added) = difference(old, fixed);
        self.change(&removed, added)?;
        self.listed = self.read_listed()?;
        Ok(())
    }
}

/// What the reference graph holds whatever the articles say.
fn fixed(knowledge: &Knowledge) -> Result<Vec<Quad>, StoreError> {
    let mut sheet = Sheet::new(graphs::REFERENCE.into_owned());
    for country in &knowledge.gazetteer.countries {
        let node = described(&mut sheet, &country.id, &country.name, true);
        linked(&mut sheet, &node, country.wikidata.as_deref());
        sheet.some(&node, ent::ISO2, Some(&country.iso2));
        sheet.some(&node, ent::ISO_NUMERIC, knowledge.gazetteer.iso_numeric(&country.id));
        let mut number = |predicate: NamedNodeRef<'_>, number: Option<u16>| {
            if let Some(number) = number {
                sheet.number(&node, predicate, usize::from(number));
            }
        };
        number(ent::COW, country.cow);
        number(ent::GW, country.gw);
        sheet.some(&node, ent::REGION, Some(&country.region));
        sheet.date(&node, ent::SINCE, country.since);
        sheet.date(&node, ent::UNTIL, country.until);
        for successor in &country.successors {
            sheet.add(&node, ent::SUCCESSOR, mint::party(successor, true));
        }
    }
    for organization in &knowledge.gazetteer.organizations {
        let node = described(&mut sheet, &organization.id, &organization.name, false);
        linked(&mut sheet, &node, organization.wikidata.as_deref());
        for member in &organization.members {
            sheet.add(&mint::party(member, true), ent::MEMBER_OF, node.clone());
        }
    }
    for (file, text) in ONTOLOGY.into_iter().filter(|(file, _)| *file != SHAPES) {
        let wrong = |message: String| StoreError::Ontology { file: file.to_owned(), message };
        for quad in RdfParser::from_format(RdfFormat::Turtle).for_slice(text) {
            let quad = quad.map_err(|e| wrong(e.to_string()))?;
            sheet.quads.push(Quad { graph_name: graphs::REFERENCE.into_owned().into(), ..quad });
        }
    }
    Ok(sheet.quads)
}

/// Type, code and label of a party.
pub(super) fn described(sheet: &mut Sheet, code: &str, name: &str, country: bool) -> NamedNode {
    let node = mint::party(code, country);
    sheet.add(&node, rdf::TYPE, if country { ent::CLASS_COUNTRY } else { ent::CLASS_ORGANIZATION });
    sheet.text(&node, ent::CODE, code);
    sheet.text(&node, rdfs::LABEL, name);
    // Labels are of everything; these are few.
    sheet.text(&node, ent::PARTY_NAME, name);
    node
}
