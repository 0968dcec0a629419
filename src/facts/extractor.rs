//! The engine as one value: knowledge and model loaded once, then any number of articles, from any thread.

use super::wire;
use super::{Diagnostic, Facts};
use crate::article::Article;
use crate::extract::affiliation::Affiliation;
use crate::extract::candidates;
use crate::extract::names::{NameIndex, Party};
use crate::extract::nationality::Nationality;
use crate::extract::outlets::Outlets;
use crate::extract::persons::{TitleIndex, party_of_code};
use crate::extract::reading::{Given, Indexes, MOST_TOKENS, Reading};
use crate::extract::scene::Scene;
use crate::knowledge::Knowledge;
use crate::nlp::{Model, Parser};
use crate::resolve::drafts::Drafts;
use crate::resolve::judge::{Judge, Judged};
use crate::resolve::sectors::SectorIndex;
use crate::resolve::{self, Resolved};
use rustc_hash::FxHashMap;
use std::sync::{Mutex, PoisonError};

/// Why the engine could not be made.
#[derive(Debug, thiserror::Error)]
pub enum EngineError {
    /// A knowledge file does not fit.
    #[error(transparent)]
    Knowledge(#[from] crate::knowledge::KnowledgeError),
    /// The judge's weights do not fit.
    #[error(transparent)]
    Judge(#[from] crate::resolve::judge::JudgeError),
}

/// Reads articles into facts. Cheap to share between threads; the same article always gives the same facts.
#[derive(Debug)]
pub struct Extractor {
    knowledge: Knowledge,
    indexes: Indexes,
    sectors: SectorIndex,
    places: FxHashMap<String, Party>,
    outlets: Outlets,
    judge: Judge,
    /// Parsers that wait for an article: as many as have worked at the same time.
    parsers: Mutex<Vec<Parser>>,
    min_confidence: f32,
}

impl Extractor {
    /// The engine with the built-in knowledge.
    ///
    /// # Errors
    /// Only where the program was built with broken data files; tests guard that.
    pub fn builtin() -> Result<Self, EngineError> {
        Ok(Self::new(Knowledge::builtin()?, Judge::builtin()?))
    }

    /// The engine with this knowledge and these weights.
    #[must_use]
    pub fn new(knowledge: Knowledge, judge: Judge) -> Self {
        let g = &knowledge.gazetteer;
        let indexes = Indexes {
            names: NameIndex::new(g, g.traps.iter().map(|t| t.phrase.as_str())),
            titles: TitleIndex::new(&knowledge.lexicon.titles),
            nationality: Nationality::new(g),
        };
        let sectors = SectorIndex::new(knowledge.sector_signals());
        let places = g
            .places
            .iter()
            .filter(|p| !p.ambiguous)
            .filter_map(|p| party_of_code(g, &p.country).map(|party| (p.name.clone(), party)))
            .collect();
        let outlets = Outlets::new(&knowledge.lexicon.outlets);
        Self { indexes, sectors, places, outlets, judge, parsers: Mutex::default(), min_confidence: 0.0, knowledge }
    }

    /// Tells only facts of at least this confidence (0–1).
    #[must_use]
    pub fn with_min_confidence(mut self, min: f64) -> Self {
        #[expect(clippy::cast_possible_truncation, reason = "a probability loses nothing that matters")]
        {
            self.min_confidence = min.clamp(0.0, 1.0) as f32;
        }
        self
    }

    /// The knowledge it works with.
    #[must_use]
    pub fn knowledge(&self) -> &Knowledge {
        &self.knowledge
    }

    /// All facts of one article; never fails: what could not be read is said in `diagnostics`.
    #[must_use]
    pub fn facts(&self, article: &Article) -> Facts {
        self.with_drafts(article, |scene, drafts| {
            let resolved = resolve::decide(drafts, &self.judge, self.min_confidence);
            self.tell(article, scene, &resolved)
        })
    }

    fn read<'t>(&self, article: &'t Article) -> Reading<'t> {
        let affiliated = |f: &candidates::Features| self.judge.of(Judged::Affiliation).probability(f);
        let g = &self.knowledge.gazetteer;
        let mut parser = self.parsers().pop().unwrap_or_else(|| Parser::new(Model::embedded()));
        let given = Given {
            text: &article.text,
            title: article.title_span,
            published: article.published,
            speaks_for: self.outlets.speaks_for(article.source.as_deref(), article.url.as_deref(), g),
        };
        let reading = Reading::new(given, g, &self.indexes, &mut parser, &affiliated);
        self.parsers().push(parser);
        reading
    }

    fn parsers(&self) -> std::sync::MutexGuard<'_, Vec<Parser>> {
        self.parsers.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The persons of an article whose party is not said, each by its name and with the parties that come into question, by code
    /// (for training).
    #[must_use]
    pub fn affiliations(&self, article: &Article) -> Vec<(String, Vec<(String, candidates::Features)>)> {
        let g = &self.knowledge.gazetteer;
        let reading = self.read(article);
        let named = |a: Affiliation| {
            let options = a.options.into_iter().map(|(party, f)| (party.code(g).to_owned(), f)).collect();
            (reading.people.persons[a.person].name.clone(), options)
        };
        reading.open.clone().into_iter().map(named).collect()
    }

    /// The same engine with other weights.
    #[must_use]
    pub fn with_judge(&self, judge: Judge) -> Self {
        Self::new(self.knowledge.clone(), judge).with_min_confidence(f64::from(self.min_confidence))
    }

    /// Gives `use_them` the drafts of an article before they are judged (for training and for explanations).
    pub fn with_drafts<T>(&self, article: &Article, use_them: impl FnOnce(&Scene<'_>, Drafts) -> T) -> T {
        let g = &self.knowledge.gazetteer;
        let reading = self.read(article);
        let scene = reading.scene(g);
        let places = |name: &str| self.places.get(name).copied();
        let found = candidates::find(&scene, &self.knowledge.lexicon, &places);
        let drafts = resolve::propose(&scene, &found, &self.sectors, article.published);
        use_them(&scene, drafts)
    }

    /// The facts in the shape of the contract.
    pub fn tell(&self, article: &Article, scene: &Scene<'_>, resolved: &Resolved) -> Facts {
        let mut facts = wire::facts(article, scene, resolved);
        if article.published.is_none() {
            facts.diagnostics.push(Diagnostic {
                id: "no-date".into(),
                message: "no publication date was found, so that \"Sunday\" and the like stay unresolved".into(),
                span: None,
            });
        }
        if article.dated_by_fetch {
            facts.diagnostics.push(Diagnostic {
                id: "fetch-date".into(),
                message: "the page does not say when it was published; the day on which it was fetched is taken".into(),
                span: None,
            });
        }
        if let Some(unread) = Reading::unread(scene.doc) {
            let scalars = |end: usize| article.text[..end].chars().count();
            facts.diagnostics.push(Diagnostic {
                id: "read-in-part".into(),
                message: format!("only the first {MOST_TOKENS} words and marks were read; split a text that is longer"),
                span: Some([scalars(unread.start), scalars(unread.end)]),
            });
        }
        facts
    }
}
