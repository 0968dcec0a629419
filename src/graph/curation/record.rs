//! Decisions ↔ quads of the graph of curation.
//!
//! Readers of the graph see who decided what, when, why and about which claims; `ent:record` holds the decision whole, in
//! the form in which it is exported, so that it comes back as it was.

use super::{Assertion, Decision, Mark, Verdict};
use crate::graph::claims::{bucket_of, bucket_year};
use crate::graph::error::StoreError;
use crate::graph::sheet::Sheet;
use crate::graph::store::{Store, value};
use crate::graph::vocab::{ent, graphs, oa};
use crate::graph::{claims, mint};
use crate::knowledge::PartialDate;
use oxigraph::model::vocab::{rdf, xsd};
use oxigraph::model::{Literal, NamedNode, NamedNodeRef, Quad};
use std::collections::{BTreeMap, BTreeSet};

/// All decisions of a store, in order of time.
pub(super) fn read(store: &Store) -> Result<Vec<Decision>, StoreError> {
    let mut decisions = Vec::new();
    for quad in store.quads(None, Some(ent::RECORD), None, Some(graphs::CURATION))? {
        let text = value(&quad.object);
        let decision: Decision = serde_json::from_str(text)
            .map_err(|e| StoreError::Damaged(format!("{} records no decision: {e}", quad.subject)))?;
        decisions.push(decision);
    }
    decisions.sort_by(|a, b| a.key().cmp(&b.key()));
    Ok(decisions)
}

/// The quads of a decision. `listed` tells the parties of the lists.
pub(super) fn quads(decision: &Decision, listed: &BTreeMap<String, bool>) -> Vec<Quad> {
    let (node, mut sheet) = (NamedNode::new_unchecked(decision.iri()), Sheet::new(graphs::CURATION.into_owned()));
    sheet.add(&node, rdf::TYPE, ent::CLASS_DECISION);
    sheet.text(&node, ent::DECIDES, decision.verdict.word());
    sheet.text(&node, ent::BY, &decision.by);
    sheet.text(&node, ent::WHY, &decision.why);
    sheet.add(&node, ent::AT, Literal::new_typed_literal(&*decision.at, xsd::DATE_TIME));
    sheet.text(&node, ent::RECORD, serde_json::to_string(decision).unwrap_or_default());
    match &decision.verdict {
        Verdict::Merge { reports } | Verdict::Reject { reports } => targets(&mut sheet, &node, ent::TARGET, reports),
        Verdict::Split { reports, from } => {
            targets(&mut sheet, &node, ent::TARGET, reports);
            targets(&mut sheet, &node, ent::KEEPS, from);
        }
        Verdict::Rename { reports, name } => {
            targets(&mut sheet, &node, ent::TARGET, reports);
            sheet.text(&node, ent::NEW_NAME, name);
        }
        Verdict::MergeLeaders { leaders } => {
            for leader in leaders {
                sheet.add(&node, ent::TARGET, NamedNode::new_unchecked(&**leader));
            }
        }
        Verdict::RenameAgent { agent, name } => {
            sheet.add(&node, ent::TARGET, NamedNode::new_unchecked(&**agent));
            sheet.text(&node, ent::NEW_NAME, name);
        }
        Verdict::Assert { fact } => {
            targets(&mut sheet, &node, ent::TARGET, &fact.of);
            assertion(&mut sheet, &node, decision, fact, listed);
        }
    }
    sheet.quads
}

/// Each mark by the articles it stands in: an article may be gone and its claims with it.
fn targets(sheet: &mut Sheet, node: &NamedNode, predicate: NamedNodeRef<'_>, marks: &[Mark]) {
    for mark in marks {
        let parts = ["mark", node.as_str(), &mark.article, &mark.about, &mark.fact];
        let target = mint::thing("mark", &mint::hash(parts));
        sheet.add(node, predicate, target.clone());
        sheet.add(&target, rdf::TYPE, ent::CLASS_MARK);
        sheet.text(&target, ent::MARKS, &mark.fact);
        let source = match mark.article.strip_prefix("decision/") {
            Some(hash) => mint::thing("decision", hash),
            None => mint::thing("article", &claims::article_key(&mark.article)),
        };
        sheet.add(&target, oa::HAS_SOURCE, source);
    }
}

/// The hash of the fact that a decision asserts.
pub(super) fn fact_of(decision: &Decision) -> String {
    mint::hash(["asserted", &decision.hash()])
}

/// The bucket of an asserted fact.
pub(super) fn bucket(fact: &Assertion) -> String {
    let parties: Vec<String> = fact.parties.clone();
    bucket_of(&fact.about, &fact.event_type, &parties, bucket_year(fact.date.as_deref(), None))
}

/// The party of a code. The lists have every country: what they do not have is an organization, whatever it looks like. Where
/// no lists are at hand, three capitals look like a country.
pub(super) fn party(code: &str, listed: &BTreeMap<String, bool>) -> NamedNode {
    let by_look = || listed.is_empty() && code.len() == 3 && code.bytes().all(|b| b.is_ascii_uppercase());
    mint::party(code, listed.get(code).copied().unwrap_or_else(by_look))
}

fn assertion(
    sheet: &mut Sheet,
    node: &NamedNode,
    decision: &Decision,
    fact: &Assertion,
    listed: &BTreeMap<String, bool>,
) {
    let own = fact_of(decision);
    let claim = mint::thing("assertion", &own);
    let party = |code: &String| party(code, listed);
    sheet.add(node, ent::GIVES, claim.clone());
    sheet.add(&claim, rdf::TYPE, ent::CLASS_ASSERTION);
    sheet.add(&claim, oa::HAS_SOURCE, node.clone());
    sheet.text(&claim, ent::FACT, own);
    sheet.text(&claim, ent::ABOUT, &fact.about);
    sheet.text(&claim, ent::BUCKET, bucket(fact));
    sheet.text(&claim, ent::EVENT_TYPE, &fact.event_type);
    sheet.some(&claim, ent::STATUS, fact.status.as_deref());
    for code in BTreeSet::from_iter(&fact.parties) {
        sheet.add(&claim, ent::PARTY, party(code));
    }
    if let ("act", [actor, recipient, ..]) = (fact.about.as_str(), fact.parties.as_slice()) {
        sheet.add(&claim, ent::ACTOR, party(actor));
        sheet.add(&claim, ent::RECIPIENT, party(recipient));
    }
    sheet.some(&claim, ent::TOPIC, fact.topic.as_deref());
    sheet.some(&claim, ent::PLACE, fact.place.as_deref());
    for sector in &fact.sectors {
        sheet.add(&claim, ent::SECTOR, mint::thing("sector", sector));
    }
    let date = fact.date.as_deref().and_then(PartialDate::parse);
    sheet.date(&claim, ent::DATE, date);
    sheet.some(&claim, ent::DATE_BASIS, date.map(|_| "explicit"));
    sheet.flag(&claim, ent::BACKGROUND, false);
    sheet.probability(&claim, ent::CONFIDENCE, 1.0);
    sheet.text(&claim, ent::RULE, "curation");
}
