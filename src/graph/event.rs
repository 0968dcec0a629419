//! An event as one value: merged from the tellings of a group, and its quads in the graph of events, both ways.

use super::bonds::Sayings;
use super::curation::Verdicts;
use super::differ::{self, Step, advance};
use super::mint;
use super::rows::EventKind;
use super::sheet::Sheet;
use super::store::value;
use super::telling::{Telling, exact};
use super::vocab::{ent, graphs};
use crate::knowledge::PartialDate;
use crate::knowledge::vocab::{ActType, QuadClass};
use oxigraph::model::vocab::{rdf, rdfs};
use oxigraph::model::{NamedNode, NamedNodeRef, Quad};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// Sure enough for a tie: an event below this probability stays in the graph, but makes no tie.
pub const TIE_CONFIDENCE: f64 = 0.5;

/// No number of reports makes an event more certain than this, unless one report is.
const MOST_CERTAIN: f64 = 0.999;

/// An event. Parties, leaders, sectors and articles are IRIs.
/// Read as JSON, it is as [`Event::read`] gives it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Event {
    pub(super) iri: String,
    pub(super) kind: EventKind,
    pub(super) event_type: String,
    pub(super) status: Option<String>,
    pub(super) parties: BTreeSet<String>,
    pub(super) actor: Option<String>,
    pub(super) recipient: Option<String>,
    pub(super) participants: BTreeSet<String>,
    pub(super) signatories: BTreeSet<String>,
    pub(super) topic: Option<String>,
    pub(super) sectors: BTreeSet<String>,
    pub(super) place: Option<String>,
    pub(super) date: Option<PartialDate>,
    pub(super) also: BTreeSet<PartialDate>,
    pub(super) also_typed: BTreeSet<String>,
    pub(super) also_placed: BTreeSet<String>,
    pub(super) also_named: BTreeSet<String>,
    pub(super) basis: Option<String>,
    pub(super) background: bool,
    pub(super) quad_class: String,
    #[serde(with = "exact")]
    pub(super) confidence: f64,
    pub(super) articles: BTreeSet<String>,
    pub(super) decisions: BTreeSet<String>,
    #[serde(skip)]
    pub(super) name: Option<String>,
    #[serde(skip)]
    pub(super) steps: Vec<Step>,
    pub(super) bucket: String,
}

impl Event {
    /// What an event is read from.
    pub(super) const PREDICATES: [NamedNodeRef<'static>; 23] = [
        rdf::TYPE,
        ent::EVENT_TYPE,
        ent::STATUS,
        ent::PARTY,
        ent::ACTOR,
        ent::RECIPIENT,
        ent::PARTICIPANT,
        ent::SIGNATORY,
        ent::TOPIC,
        ent::SECTOR,
        ent::PLACE,
        ent::DATE,
        ent::ALSO_DATED,
        ent::ALSO_TYPED,
        ent::ALSO_PLACED,
        ent::ALSO_NAMED,
        ent::DATE_BASIS,
        ent::BACKGROUND,
        ent::QUAD_CLASS,
        ent::CONFIDENCE,
        ent::REPORTED_IN,
        ent::DECIDED_BY,
        ent::BUCKET,
    ];

    /// The event of a group of tellings, which stand in their order; `quad_class` tells that of an act. What a person
    /// asserts goes before what articles tell. `said_of_it` are the names and decisions of the group.
    pub(super) fn merged(
        group: &[&Telling],
        verdicts: &Verdicts,
        said_of_it: &Sayings,
        quad_class: &dyn Fn(ActType) -> Option<QuadClass>,
    ) -> Option<Self> {
        let first = group.first()?;
        let kind = first.kind?;
        let mut asserted: Vec<&Telling> = group.iter().copied().filter(|t| t.article.decision).collect();
        asserted.sort_by_key(|t| verdicts.fate(&t.fact).map(|fate| fate.asserted));
        let repeats = |t: &Telling, what| verdicts.fate(&t.fact).is_some_and(|fate| fate.repeats.contains(what));
        // Who tells the parties or the type: the person who says it last, else all who do not only repeat it.
        let tell = |what| -> Vec<&Telling> {
            let own: Vec<&Telling> = group.iter().copied().filter(|t| !repeats(t, what)).collect();
            let last = asserted.iter().rev().copied().find(|t| !repeats(t, what));
            last.map_or(if own.is_empty() { group.to_vec() } else { own }, |t| vec![t])
        };
        let (of_parties, of_type) = (tell("parties"), tell("type"));
        let sectors = asserted.iter().rev().copied().find(|t| !t.sectors.is_empty()).map(|t| t.sectors.clone());
        let said = |of: fn(&Telling) -> Option<String>| asserted.iter().rev().find_map(|t| of(t));
        let reached = group.iter().filter_map(|t| t.status.as_deref()).max_by_key(|s| (advance(s), *s));
        let status = said(|t| t.status.clone()).or(reached.map(str::to_owned));
        let dated = asserted.iter().rev().copied().find(|t| t.date.is_some());
        let leading = dated.or_else(|| leading(group, status.as_deref()));
        let all = |of: fn(&Telling) -> &BTreeSet<String>| group.iter().flat_map(|t| of(t)).cloned().collect();
        let date = leading.and_then(|t| t.date);
        let special = of_type.iter().filter(|t| of_type.len() == 1 || !is_general(&t.event_type));
        let event_type = most(special, |t| Some(t.event_type.clone())).unwrap_or_else(|| of_type[0].event_type.clone());
        let act_class = event_type.parse().ok().and_then(quad_class).unwrap_or(QuadClass::VerbalCooperation);
        let topic = said(|t| t.topic.clone()).or_else(|| most(group.iter(), |t| t.topic.clone()));
        let place = said(|t| t.place.clone()).or_else(|| most(group.iter(), |t| t.place.clone()));
        let others = |of: fn(&Telling) -> Option<&String>, own: Option<&String>| -> BTreeSet<String> {
            group.iter().filter_map(|t| of(t)).filter(|other| Some(*other) != own).cloned().collect()
        };
        let fates = || group.iter().filter_map(|t| verdicts.fate(&t.fact));
        let decisions = fates().flat_map(|fate| &fate.decisions).chain(&said_of_it.decisions);
        let iri = mint::thing("event", &mint::hash(["event", &first.bucket, &first.fact])).into_string();
        Some(Self {
            kind,
            parties: of_parties.iter().flat_map(|t| &t.parties).cloned().collect(),
            actor: of_parties[0].actor.clone(),
            recipient: of_parties[0].recipient.clone(),
            participants: all(|t| &t.participants),
            signatories: all(|t| &t.signatories),
            sectors: sectors.unwrap_or_else(|| all(|t| &t.sectors)),
            also: group.iter().filter_map(|t| t.date).filter(|d| Some(*d) != date).collect(),
            also_typed: others(|t| Some(&t.event_type), Some(&event_type)),
            also_placed: others(|t| t.place.as_ref(), place.as_ref()),
            also_named: others(|t| t.topic.as_ref(), topic.as_ref()),
            basis: leading.and_then(|t| t.basis.clone()).filter(|_| date.is_some()),
            background: group.iter().all(|t| t.background),
            quad_class: if kind == EventKind::Act { act_class } else { QuadClass::VerbalCooperation }.as_str().into(),
            confidence: confidence(group),
            articles: group.iter().filter(|t| !t.article.decision).map(|t| t.article.iri.clone()).collect(),
            decisions: decisions.cloned().collect(),
            topic: said_of_it.name.clone().or(topic),
            name: said_of_it.name.clone(),
            steps: differ::steps(group, &iri),
            bucket: first.bucket.clone(),
            iri,
            event_type,
            status,
            place,
            date,
        })
    }

    /// Whether it happened, by news, and is sure enough: what is planned, denied, called off or only recalled ties nobody.
    pub(super) fn came_about(&self) -> bool {
        let done = match self.kind {
            EventKind::Agreement => matches!(self.status.as_deref(), Some("signed" | "agreed" | "in-force")),
            EventKind::Encounter => matches!(self.status.as_deref(), Some("held" | "ongoing")),
            EventKind::Act => true,
        };
        done && !self.background && self.confidence >= TIE_CONFIDENCE
    }

    /// Unordered pairs of its parties, each as (dyad, one, other) in the order of the codes.
    pub(super) fn pairs(&self) -> Vec<(NamedNode, &str, &str)> {
        let mut parties: Vec<&str> = self.parties.iter().map(String::as_str).collect();
        parties.sort_by_key(|iri| mint::code(iri));
        let mut pairs = Vec::new();
        for (at, a) in parties.iter().enumerate() {
            for b in &parties[at + 1..] {
                pairs.push((mint::dyad(a, b), *a, *b));
            }
        }
        pairs
    }

    /// Whether it is an act that both do.
    pub(super) fn is_mutual(&self) -> bool {
        self.event_type.parse().is_ok_and(ActType::is_mutual)
    }

    fn label(&self) -> String {
        if let Some(name) = &self.name {
            return name.clone();
        }
        let codes: Vec<String> = self.parties.iter().map(|p| mint::code(p)).collect();
        let who = match (&self.actor, &self.recipient) {
            (Some(actor), Some(recipient)) if !self.is_mutual() => {
                format!("{} → {}", mint::code(actor), mint::code(recipient))
            }
            _ if codes.len() > 6 => format!("{} and {} others", codes[..5].join("–"), codes.len() - 5),
            _ => codes.join("–"),
        };
        let mut label = format!("{who}: {}", self.event_type);
        for part in [&self.topic, &self.place, &self.status, &self.date.map(|d| d.to_string())].into_iter().flatten() {
            label.push_str(", ");
            label.push_str(part);
        }
        label
    }

    /// Its quads in the graph of events.
    pub(super) fn quads(&self) -> Vec<Quad> {
        let (node, mut sheet) = (NamedNode::new_unchecked(&*self.iri), Sheet::new(graphs::EVENTS.into_owned()));
        let (class, of_party) = match self.kind {
            EventKind::Agreement => (ent::CLASS_AGREEMENT, ent::IN_AGREEMENT),
            EventKind::Encounter => (ent::CLASS_ENCOUNTER, ent::IN_ENCOUNTER),
            EventKind::Act => (ent::CLASS_ACT, ent::IN_ACT),
        };
        sheet.add(&node, rdf::TYPE, class);
        sheet.add(&node, rdf::TYPE, ent::CLASS_EVENT);
        sheet.text(&node, rdfs::LABEL, self.label());
        sheet.text(&node, ent::EVENT_TYPE, &self.event_type);
        sheet.some(&node, ent::STATUS, self.status.as_deref());
        for (predicate, list) in [
            (ent::PARTY, &self.parties),
            (ent::PARTICIPANT, &self.participants),
            (ent::SIGNATORY, &self.signatories),
            (ent::SECTOR, &self.sectors),
            (ent::REPORTED_IN, &self.articles),
            (ent::DECIDED_BY, &self.decisions),
        ] {
            for iri in list {
                sheet.add(&node, predicate, NamedNode::new_unchecked(iri));
            }
        }
        for (predicate, iri) in [(ent::ACTOR, &self.actor), (ent::RECIPIENT, &self.recipient)] {
            if let Some(iri) = iri {
                sheet.add(&node, predicate, NamedNode::new_unchecked(iri));
            }
        }
        if self.kind == EventKind::Act {
            sheet.add(&node, ent::ACT_TYPE, mint::thing("act-type", &self.event_type));
        }
        for (dyad, _, _) in self.pairs() {
            sheet.add(&node, ent::DYAD, dyad);
        }
        // The way back: claims name parties too, and a party's list of both is long.
        for party in &self.parties {
            sheet.add(&NamedNode::new_unchecked(&**party), of_party, node.clone());
        }
        // Only where there are more than most have: who asks for such events finds a short list.
        for (predicate, count, most) in [
            (ent::SHARED_BY, self.articles.len(), 1),
            (ent::STAGE_COUNT, self.steps.len(), 1),
            (ent::PARTY_COUNT, self.parties.len(), 2),
        ] {
            if count > most {
                sheet.number(&node, predicate, count);
            }
        }
        sheet.some(&node, ent::TOPIC, self.topic.as_deref());
        sheet.some(&node, ent::PLACE, self.place.as_deref());
        sheet.date(&node, ent::DATE, self.date);
        sheet.day(&node, ent::EARLIEST, self.date.and_then(PartialDate::earliest));
        sheet.day(&node, ent::LATEST, self.date.and_then(PartialDate::latest));
        for date in &self.also {
            sheet.date(&node, ent::ALSO_DATED, Some(*date));
        }
        for (predicate, list) in [
            (ent::ALSO_TYPED, &self.also_typed),
            (ent::ALSO_PLACED, &self.also_placed),
            (ent::ALSO_NAMED, &self.also_named),
        ] {
            list.iter().for_each(|text| sheet.text(&node, predicate, text));
        }
        for step in &self.steps {
            step.write(&mut sheet, &node);
        }
        sheet.some(&node, ent::DATE_BASIS, self.basis.as_deref());
        sheet.flag(&node, ent::BACKGROUND, self.background);
        sheet.text(&node, ent::QUAD_CLASS, &self.quad_class);
        sheet.probability(&node, ent::CONFIDENCE, self.confidence);
        sheet.number(&node, ent::ARTICLE_COUNT, self.articles.len());
        sheet.text(&node, ent::BUCKET, &self.bucket);
        sheet.quads
    }

    /// The event of its quads; nothing where they are not those of an event.
    pub(super) fn read(iri: &str, quads: &[Quad]) -> Option<Self> {
        Self::of(iri, quads.iter().map(|quad| (quad.predicate.as_ref(), value(&quad.object))))
    }

    /// The event of what is said of it, by [`Self::PREDICATES`].
    pub(super) fn of<'q>(iri: &str, said: impl Iterator<Item = (NamedNodeRef<'q>, &'q str)>) -> Option<Self> {
        let mut texts: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for (predicate, value) in said {
            texts.entry(predicate.as_str()).or_default().insert(value);
        }
        let all = |p: NamedNodeRef<'_>| texts.get(p.as_str()).into_iter().flatten().copied();
        let one = |p| all(p).next().map(str::to_owned);
        let list = |p| all(p).map(str::to_owned).collect::<BTreeSet<_>>();
        let kind = all(rdf::TYPE).find_map(|class| match class {
            c if c == ent::CLASS_AGREEMENT.as_str() => Some(EventKind::Agreement),
            c if c == ent::CLASS_ENCOUNTER.as_str() => Some(EventKind::Encounter),
            c if c == ent::CLASS_ACT.as_str() => Some(EventKind::Act),
            _ => None,
        })?;
        Some(Self {
            iri: iri.to_owned(),
            kind,
            event_type: one(ent::EVENT_TYPE)?,
            status: one(ent::STATUS),
            parties: list(ent::PARTY),
            actor: one(ent::ACTOR),
            recipient: one(ent::RECIPIENT),
            participants: list(ent::PARTICIPANT),
            signatories: list(ent::SIGNATORY),
            topic: one(ent::TOPIC),
            sectors: list(ent::SECTOR),
            place: one(ent::PLACE),
            date: one(ent::DATE).and_then(|d| PartialDate::parse(&d)),
            also: all(ent::ALSO_DATED).filter_map(PartialDate::parse).collect(),
            also_typed: list(ent::ALSO_TYPED),
            also_placed: list(ent::ALSO_PLACED),
            also_named: list(ent::ALSO_NAMED),
            basis: one(ent::DATE_BASIS),
            background: one(ent::BACKGROUND).is_some_and(|b| b == "true"),
            quad_class: one(ent::QUAD_CLASS)?,
            confidence: one(ent::CONFIDENCE).and_then(|c| c.parse().ok()).unwrap_or(0.0),
            articles: list(ent::REPORTED_IN),
            decisions: list(ent::DECIDED_BY),
            // A name stands in the label, and steps in quads of their own: nobody asks an event that is read for them.
            name: None,
            steps: Vec::new(),
            bucket: one(ent::BUCKET).unwrap_or_default(),
        })
    }
}

/// A general word, which gives way to a special one that another article has.
fn is_general(event_type: &str) -> bool {
    matches!(event_type, "agreement" | "commitment")
}

/// The telling whose date is the event's: one that tells of the status reached and not only the publication's day, the more
/// precise the better, the earlier report among equals.
fn leading<'t>(group: &[&'t Telling], status: Option<&str>) -> Option<&'t Telling> {
    let rank = |t: &Telling| {
        let basis = match t.basis.as_deref() {
            Some("explicit") | None => 0,
            Some("relative") => 1,
            Some("inherited") => 2,
            _ => 3,
        };
        let precision = t.date.map_or(3, |d| u8::from(d.day == 0) + u8::from(d.month == 0));
        (t.date.is_none(), basis == 3, t.status.as_deref() != status, precision, basis)
    };
    group.iter().copied().min_by_key(|t| (rank(t), t.order()))
}

/// What most tellings say, the surest and then the first in the alphabet among equals.
fn most<'t>(group: impl Iterator<Item = &'t &'t Telling>, of: impl Fn(&Telling) -> Option<String>) -> Option<String> {
    let mut votes: BTreeMap<String, (usize, f64)> = BTreeMap::new();
    for telling in group {
        if let Some(text) = of(telling) {
            let vote = votes.entry(text).or_default();
            vote.0 += 1;
            vote.1 = vote.1.max(telling.confidence);
        }
    }
    let best = votes.into_iter().max_by(|a, b| a.1.0.cmp(&b.1.0).then(a.1.1.total_cmp(&b.1.1)).then(b.0.cmp(&a.0)));
    best.map(|(text, _)| text)
}

/// The probability that at least one article is right: 1 − Π(1 − c), capped, and never below the surest article's.
fn confidence(group: &[&Telling]) -> f64 {
    let mut articles: BTreeMap<&str, f64> = BTreeMap::new();
    for telling in group {
        let c = articles.entry(&telling.article.iri).or_default();
        *c = c.max(telling.confidence.clamp(0.0, 1.0));
    }
    let none_right: f64 = articles.values().map(|c| 1.0 - c).product();
    let surest = articles.values().copied().fold(0.0, f64::max);
    (1.0 - none_right).min(MOST_CERTAIN).max(surest)
}
