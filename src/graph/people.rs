//! Who appears in articles → the leaders of the reference graph, and the parties that no list has.

use super::error::StoreError;
use super::reference::{Terms, described, linked, membership};
use super::sheet::Sheet;
use super::store::{Store, subject, value};
use super::vocab::{ent, graphs, org, owl};
use super::{claims, mint};
use crate::facts::Facts;
use oxigraph::model::vocab::{rdf, rdfs};
use oxigraph::model::{NamedNode, NamedNodeRef, Quad};
use std::collections::{BTreeMap, BTreeSet};

/// What the articles say of someone.
#[derive(Debug, Default)]
pub(super) struct Said {
    /// Names with their counts.
    names: BTreeMap<String, usize>,
    sides: BTreeSet<String>,
    offices: BTreeSet<String>,
}

impl Said {
    /// Under all the IRIs that are said to be theirs; of one who is said to be another, under the own IRI alone.
    pub(super) fn read(store: &Store, who: &str) -> Result<Self, StoreError> {
        let mut said = Self::default();
        let iris = if store.rules.leader(who) == who { store.rules.spellings(who) } else { BTreeSet::from([who]) };
        for iri in iris {
            let node = NamedNodeRef::new_unchecked(iri);
            for found in store.quads(None, Some(ent::APPEARS), Some(node.into()), None)? {
                let appearance = NamedNode::new_unchecked(subject(&found));
                said.take(&store.quads(Some(appearance.as_ref()), None, None, None)?);
            }
        }
        Ok(said)
    }

    /// Takes what the quads of one appearance say.
    pub(super) fn take<'q>(&mut self, appearance: impl IntoIterator<Item = &'q Quad>) {
        for quad in appearance {
            let text = value(&quad.object).to_owned();
            match quad.predicate.as_ref() {
                ent::NAME => *self.names.entry(text).or_default() += 1,
                ent::REPRESENTS => _ = self.sides.insert(text),
                ent::OFFICE => _ = self.offices.insert(text),
                _ => {}
            }
        }
    }

    /// The name most articles use, a whole name before a surname alone.
    fn name(&self) -> Option<&str> {
        let whole = |name: &str| name.contains(' ');
        let best = self.names.iter().max_by(|(a, n), (b, m)| {
            whole(a).cmp(&whole(b)).then(n.cmp(m)).then(a.chars().count().cmp(&b.chars().count())).then(b.cmp(a))
        });
        best.map(|(name, _)| name.as_str())
    }
}

/// The quads that describe a leader or learned party now, and those that should by what is `said`.
pub(super) fn description(store: &Store, who: &str, said: &Said) -> Result<(Vec<Quad>, Vec<Quad>), StoreError> {
    let node = NamedNode::new_unchecked(who);
    if let Some((code, country)) = mint::code_of(who) {
        if store.listed.contains_key(&code) {
            return Ok((Vec::new(), Vec::new()));
        }
        let old = store.quads(Some(node.as_ref()), None, None, Some(graphs::REFERENCE))?;
        let mut sheet = Sheet::new(graphs::REFERENCE.into_owned());
        if let Some(name) = said.name().or(asserted(store, &node)?.then_some(&*code)) {
            let party = described(&mut sheet, &code, store.rules.name(who).unwrap_or(name), country);
            sheet.flag(&party, ent::LEARNED, true);
        }
        return Ok((old, sheet.quads));
    }
    let mut old = store.quads(Some(node.as_ref()), None, None, Some(graphs::REFERENCE))?;
    let mut terms = Vec::new();
    for found in store.quads(None, Some(org::MEMBER), Some(node.as_ref().into()), Some(graphs::REFERENCE))? {
        let term = NamedNode::new_unchecked(subject(&found));
        terms.extend(store.quads(Some(term.as_ref()), None, None, Some(graphs::REFERENCE))?);
    }
    let new = match store.rules.leader(who) {
        own if own == who => leader(store, &node, said, &terms),
        own => alias(&node, said, own),
    };
    old.extend(terms);
    Ok((old, new))
}

/// Whether nothing but a side or an office can change in how a leader is described: the lists or a person tell the name, and
/// nobody is said to be the same.
pub(super) fn is_fixed(store: &Store, who: &str) -> Result<bool, StoreError> {
    if mint::code_of(who).is_some() || store.rules.spellings(who).len() > 1 {
        return Ok(false);
    }
    let node = NamedNodeRef::new_unchecked(who);
    let listed = !store.quads(None, Some(org::MEMBER), Some(node.into()), Some(graphs::REFERENCE))?.is_empty();
    let described = !store.quads(Some(node), Some(rdfs::LABEL), None, Some(graphs::REFERENCE))?.is_empty();
    Ok(described && listed)
}

/// Whether a person asserts something of this party, which no article has to name.
fn asserted(store: &Store, party: &NamedNode) -> Result<bool, StoreError> {
    let found = store.quads(None, Some(ent::PARTY), Some(party.as_ref().into()), Some(graphs::CURATION))?;
    Ok(!found.is_empty())
}

/// The terms of office of the leaders in an article. Stored together with the article, so that who finishes the work of a
/// program that was cut off needs no lists.
pub(super) fn held_in(facts: &Facts, lists: &Terms, listed: &BTreeMap<String, bool>) -> Vec<Quad> {
    let published = facts.article.published.as_deref();
    let leaders = facts.leaders.iter().map(|leader| claims::leader_iri(leader, published, Some(lists)));
    let mut sheet = Sheet::new(graphs::REFERENCE.into_owned());
    for who in leaders.map(NamedNode::into_string).collect::<BTreeSet<_>>() {
        held(&mut sheet, lists, listed, &who, &who);
    }
    sheet.quads
}

/// The terms of office that the lists have of `who`, as those of `own`.
fn held(sheet: &mut Sheet, lists: &Terms, listed: &BTreeMap<String, bool>, who: &str, own: &str) {
    let node = NamedNode::new_unchecked(own);
    for term in lists.of(who) {
        if let Some(country) = listed.get(term.country.as_str()) {
            membership(sheet, &node, term, *country);
        }
    }
}

/// The terms of office of all leaders that appear in the store.
pub(super) fn held_by_all(
    store: &Store,
    lists: &Terms,
    listed: &BTreeMap<String, bool>,
) -> Result<Vec<Quad>, StoreError> {
    let appear = store.quads(None, Some(ent::APPEARS), None, None)?;
    let leaders: BTreeSet<&str> =
        appear.iter().map(|quad| value(&quad.object)).filter(|who| mint::code_of(who).is_none()).collect();
    let mut sheet = Sheet::new(graphs::REFERENCE.into_owned());
    for who in leaders {
        held(&mut sheet, lists, listed, who, who);
    }
    Ok(sheet.quads)
}

/// `terms` are the terms of office that the store has of the leader, kept where no lists are at hand.
fn leader(store: &Store, node: &NamedNode, said: &Said, terms: &[Quad]) -> Vec<Quad> {
    let mut sheet = Sheet::new(graphs::REFERENCE.into_owned());
    let Some(name) = said.name() else { return sheet.quads };
    match store.terms.as_deref() {
        Some(lists) => {
            for iri in store.rules.spellings(node.as_str()) {
                held(&mut sheet, lists, &store.listed, iri, node.as_str());
            }
        }
        None => sheet.quads.extend_from_slice(terms),
    }
    let of_lists = sheet.quads.iter().filter(|q| q.predicate.as_ref() == ent::NAME).map(|q| value(&q.object));
    let name = store.rules.name(node.as_str()).or(of_lists.min()).unwrap_or(name).to_owned();
    let learned = sheet.quads.is_empty() && item(node).is_none();
    // Who looks for a part of a name goes through these alone.
    sheet.text(node, ent::LEADER_NAME, &name);
    someone(&mut sheet, node, said, name, learned);
    sheet.quads
}

/// Who is said to be `own`: still a leader, because articles mention them and claims name them under this IRI, but without
/// terms of office, and no event has them.
fn alias(node: &NamedNode, said: &Said, own: &str) -> Vec<Quad> {
    let mut sheet = Sheet::new(graphs::REFERENCE.into_owned());
    if let Some(name) = said.name() {
        sheet.add(node, owl::SAME_AS, NamedNode::new_unchecked(own));
        someone(&mut sheet, node, said, name.to_owned(), item(node).is_none());
    }
    sheet.quads
}

/// The Wikidata item of a leader of the lists.
fn item(node: &NamedNode) -> Option<&str> {
    mint::local(node.as_str(), "leader").filter(|local| local.starts_with('Q'))
}

fn someone(sheet: &mut Sheet, node: &NamedNode, said: &Said, name: String, learned: bool) {
    sheet.add(node, rdf::TYPE, ent::CLASS_LEADER);
    sheet.text(node, rdfs::LABEL, name);
    linked(sheet, node, item(node));
    sheet.flag(node, ent::LEARNED, learned);
    for side in &said.sides {
        sheet.add(node, ent::REPRESENTS, NamedNode::new_unchecked(&**side));
    }
    for office in &said.offices {
        sheet.text(node, ent::OFFICE, office);
    }
}
