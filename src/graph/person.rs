//! Someone who appears in the articles, whole: spellings, offices by time, and why they are held to be one.

use super::error::StoreError;
use super::read::Said;
use super::store::{Store, subject, value};
use super::vocab::{ent, graphs, oa, org};
use super::{mint, names};
use chrono::NaiveDate;
use oxigraph::model::vocab::{rdf, rdfs};
use oxigraph::model::{NamedNode, NamedNodeRef};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// A name, and how an article writes it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Spelling {
    /// As written.
    pub name: String,
    /// Ids of the articles, sorted.
    pub articles: Vec<String>,
    /// IRI that the article's leader has, before people put leaders together.
    pub iri: String,
}

/// An office and when it was held.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Term {
    /// Code of the party.
    pub party: String,
    /// Kind of office.
    pub office: String,
    /// Title by the lists; nothing where only articles tell it.
    pub title: Option<String>,
    /// First day known; where only articles tell it, the first that does.
    pub since: Option<String>,
    /// Last day known.
    pub until: Option<String>,
    /// Whether a list has it, or only articles.
    pub listed: bool,
}

/// What stands before names and tells an office, with that office.
const TITLES: [(&str, &str); 13] = [
    ("president", "head-of-state"),
    ("emperor", "head-of-state"),
    ("premier", "head-of-government"),
    ("prime", "head-of-government"),
    ("chancellor", "head-of-government"),
    ("foreign", "foreign-minister"),
    ("defense", "defence-minister"),
    ("defence", "defence-minister"),
    ("vice", ""),
    ("deputy", ""),
    ("minister", ""),
    ("secretary", ""),
    ("chairman", ""),
];

/// A leader.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Person {
    /// IRI.
    pub iri: String,
    /// Name.
    pub name: String,
    /// Whether no list has the name.
    pub learned: bool,
    /// Wikidata item, where known.
    pub wikidata: Option<String>,
    /// How articles write the name.
    pub spellings: Vec<Spelling>,
    /// Offices by time.
    pub terms: Vec<Term>,
    /// Why all these are held to be one person.
    pub same_because: Vec<String>,
}

impl Store {
    /// A leader whole, by IRI.
    ///
    /// # Errors
    /// Those of reading.
    pub fn leader(&self, iri: &str) -> Result<Person, StoreError> {
        self.person(self.rules.leader(iri))
    }

    /// The one leader whom a text may mean: an id, a name in any spelling, also a former one, a surname, or a title with it.
    ///
    /// # Errors
    /// Those of reading.
    pub fn leader_called(&self, text: &str) -> Result<Option<Person>, StoreError> {
        let mut found = self.find_leaders(text)?;
        if found.is_empty() {
            found = self.leaders_called(text)?;
        }
        match found.first() {
            Some(leader) if found.len() == 1 => self.person(leader).map(Some),
            _ => Ok(None),
        }
    }

    /// Leaders with this IRI, Wikidata item or name, or whose hash begins so.
    pub(super) fn find_leaders(&self, id: &str) -> Result<BTreeSet<String>, StoreError> {
        let local = mint::short(id, "leader");
        let local = local.strip_prefix("leader/").unwrap_or(local);
        let said_so = local != id;
        let key = names::key(id);
        let mut found = BTreeSet::new();
        for quad in self.quads(None, Some(rdf::TYPE), Some(ent::CLASS_LEADER.into()), Some(graphs::REFERENCE))? {
            let iri = subject(&quad);
            let own = mint::short(iri, "leader");
            let by_hash = said_so && local.len() >= 4 && !own.starts_with('Q') && own.starts_with(local);
            let named = || -> Result<bool, StoreError> {
                let label = self.said(iri)?.one(rdfs::LABEL).unwrap_or_default();
                Ok(id.contains(' ') && names::key(&label) == key)
            };
            if own == local || by_hash || named()? {
                found.insert(self.rules.leader(iri).to_owned());
            }
        }
        if found.is_empty() && said_so && self.rules.leader(&mint::thing("leader", local).into_string()) != id {
            let own = self.rules.leader(mint::thing("leader", local).as_str()).to_owned();
            if mint::short(&own, "leader") != local {
                found.insert(own);
            }
        }
        if found.is_empty() && id.contains(' ') {
            found = self.leaders_written(&key)?;
        }
        Ok(found)
    }

    /// Leaders whom a surname may mean, or a title with a name: "President Lee" is first whoever has such an office.
    pub(super) fn leaders_called(&self, text: &str) -> Result<BTreeSet<String>, StoreError> {
        let words = names::words(text);
        let title = |word: &String| TITLES.iter().find(|(title, _)| title == word).map(|(_, office)| *office);
        let called: Vec<&str> = words.iter().filter(|word| title(word).is_none()).map(String::as_str).collect();
        let offices: BTreeSet<&str> = words.iter().filter_map(title).filter(|office| !office.is_empty()).collect();
        let called = called.join(" ");
        let (mut found, mut holders) = (BTreeSet::new(), BTreeSet::new());
        if called.is_empty() {
            return Ok(found);
        }
        for quad in self.quads(None, Some(ent::NAME), None, None)? {
            let name = value(&quad.object);
            if names::may_be_one(&called, name) && names::words(name).len() > 1 {
                let who = self.who_is_named(subject(&quad))?;
                let office = self.said(subject(&quad))?.one(ent::OFFICE).unwrap_or_default();
                if offices.contains(office.as_str()) {
                    holders.extend(who.clone());
                }
                found.extend(who);
            }
        }
        Ok(if holders.is_empty() { found } else { holders })
    }

    /// The leader of an appearance or a term of office.
    fn who_is_named(&self, iri: &str) -> Result<Option<String>, StoreError> {
        let said = self.said(iri)?;
        let who = said.one(ent::APPEARS).or_else(|| said.one(org::MEMBER));
        Ok(who.filter(|who| mint::code_of(who).is_none()).map(|who| self.rules.leader(&who).to_owned()))
    }

    /// Leaders whose names some article or list writes so, though they go by another now.
    fn leaders_written(&self, key: &str) -> Result<BTreeSet<String>, StoreError> {
        let mut found = BTreeSet::new();
        for quad in self.quads(None, Some(ent::NAME), None, None)? {
            if names::key(value(&quad.object)) == key {
                found.extend(self.who_is_named(subject(&quad))?);
            }
        }
        Ok(found)
    }

    /// A leader, by IRI.
    ///
    /// # Errors
    /// Those of reading.
    pub fn person(&self, iri: &str) -> Result<Person, StoreError> {
        let said = self.said(iri)?;
        let mut spellings: BTreeMap<(String, String), BTreeSet<String>> = BTreeMap::new();
        let mut told: BTreeMap<(String, String), BTreeSet<NaiveDate>> = BTreeMap::new();
        for spelling in self.rules.spellings(iri) {
            let node = NamedNodeRef::new_unchecked(spelling);
            for quad in self.quads(None, Some(ent::APPEARS), Some(node.into()), None)? {
                let appearance = self.said(subject(&quad))?;
                let article = self.article_and_day(&appearance.one(oa::HAS_SOURCE).unwrap_or_default())?;
                let Some((article, published)) = article else { continue };
                let name = appearance.one(ent::NAME).unwrap_or_default();
                spellings.entry((name, spelling.to_owned())).or_default().insert(article);
                let party = appearance.one(ent::REPRESENTS).map(|iri| mint::code(&iri)).unwrap_or_default();
                let office = appearance.one(ent::OFFICE).unwrap_or_default();
                told.entry((party, office)).or_default().extend(published);
            }
        }
        let mut terms = self.listed_terms(iri)?;
        for ((party, office), days) in told {
            if !terms.iter().any(|t| t.listed && t.party == party && t.office == office) {
                let day = |d: Option<&NaiveDate>| d.map(ToString::to_string);
                let (since, until) = (day(days.first()), day(days.last()));
                terms.push(Term { party, office, title: None, since, until, listed: false });
            }
        }
        terms.sort_by(|a, b| (&a.since, a).cmp(&(&b.since, b)));
        let spelling = |((name, iri), articles): ((String, String), BTreeSet<String>)| Spelling {
            name,
            articles: articles.into_iter().collect(),
            iri,
        };
        let spellings: Vec<Spelling> = spellings.into_iter().map(spelling).collect();
        let wikidata = said.one(ent::WIKIDATA);
        Ok(Person {
            same_because: self.why_one_person(iri, &said, &spellings, wikidata.as_deref()),
            iri: iri.to_owned(),
            name: said.one(rdfs::LABEL).unwrap_or_else(|| iri.to_owned()),
            learned: said.one(ent::LEARNED).is_some_and(|l| l == "true"),
            wikidata,
            spellings,
            terms,
        })
    }

    /// The id of an article and the day of its publication. All that is said of it would be whom it mentions too.
    fn article_and_day(&self, iri: &str) -> Result<Option<(String, Option<NaiveDate>)>, StoreError> {
        let node = NamedNodeRef::new_unchecked(iri);
        let one = |predicate| -> Result<Option<String>, StoreError> {
            let found = self.quads(Some(node), Some(predicate), None, None)?;
            Ok(found.first().map(|quad| value(&quad.object).to_owned()))
        };
        let Some(id) = one(ent::ARTICLE_ID)? else { return Ok(None) };
        Ok(Some((id, one(ent::PUBLISHED)?.and_then(|day| day.parse().ok()))))
    }

    fn listed_terms(&self, iri: &str) -> Result<Vec<Term>, StoreError> {
        let node = NamedNode::new_unchecked(iri);
        let mut terms = Vec::new();
        for quad in self.quads(None, Some(org::MEMBER), Some(node.as_ref().into()), Some(graphs::REFERENCE))? {
            let term = self.said(subject(&quad))?;
            terms.push(Term {
                party: term.one(org::ORGANIZATION).map(|iri| mint::code(&iri)).unwrap_or_default(),
                office: term.one(ent::OFFICE).unwrap_or_default(),
                title: term.one(ent::OFFICE_TITLE),
                since: term.one(ent::SINCE),
                until: term.one(ent::UNTIL),
                listed: true,
            });
        }
        Ok(terms)
    }

    fn why_one_person(&self, iri: &str, said: &Said, spellings: &[Spelling], item: Option<&str>) -> Vec<String> {
        let mut reasons = Vec::new();
        if let Some(item) = item {
            reasons.push(format!("each is the person of Wikidata's {item}, by name or by the office on that day"));
        } else if said.one(ent::LEARNED).is_some_and(|l| l == "false") {
            reasons.push("each is the person of the lists, by name or by the office on that day".to_owned());
        } else if spellings.len() > 1 {
            reasons.push("one name of one party in several spellings".to_owned());
        }
        let iris = self.rules.spellings(iri);
        for decision in self.decisions() {
            if let super::Verdict::MergeLeaders { leaders } = &decision.verdict
                && leaders.iter().any(|l| iris.contains(l.as_str()))
            {
                reasons.push(format!("{} put them together on {}: {}", decision.by, decision.day(), decision.why));
            }
        }
        reasons
    }
}
