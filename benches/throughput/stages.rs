//! Time by stage, on one thread.

use crate::clock::Clock;
use crate::corpus::Corpus;
use entente::article::{Article, ReadOptions, raw_records};
use entente::facts::{Extractor, Facts};
use entente::graph::{RdfFormat, RunInfo, Store};
use entente::nlp::{Model, Parser, tokenize};
use std::time::Duration;

/// What one stage took.
pub(crate) struct Stage {
    pub(crate) name: &'static str,
    pub(crate) time: Duration,
}

pub(crate) struct Stages {
    pub(crate) articles: usize,
    /// White-space separated words of the articles' texts.
    pub(crate) words: usize,
    pub(crate) stages: Vec<Stage>,
    /// Share of sentences that are parsed.
    pub(crate) parsed: f64,
    /// Extraction in all, from article to facts.
    pub(crate) whole: Duration,
}

/// What the store took.
pub(crate) struct StoreTimes {
    pub(crate) articles: usize,
    pub(crate) quads: usize,
    pub(crate) add: Duration,
    pub(crate) settle: Duration,
    /// Plain Oxigraph, loading the same quads from N-Quads.
    pub(crate) plain: Duration,
}

fn words(articles: &[Article]) -> usize {
    articles.iter().map(|a| a.text.split_whitespace().count()).sum()
}

pub(crate) fn measure(corpus: &Corpus, count: usize) -> Stages {
    let articles = corpus.articles(count);
    let extractor = Extractor::builtin().unwrap();
    let (mut sentences, mut parsed) = (0usize, 0usize);
    // Which sentences are worth parsing; also warms up.
    let worth: Vec<Vec<usize>> = (articles.iter())
        .map(|article| {
            extractor.with_drafts(article, |scene, _| {
                let which: Vec<usize> =
                    (0..scene.doc.sentences.len()).filter(|i| scene.doc.sentences[*i].parsed).collect();
                sentences += scene.doc.sentences.len();
                parsed += which.len();
                which
            })
        })
        .collect();
    let mut stages = vec![read(corpus, count)];
    let mut times = [Duration::ZERO; 3];
    let mut parser = Parser::new(Model::embedded());
    for (article, which) in articles.iter().zip(&worth) {
        let clock = Clock::start();
        let mut doc = tokenize(&article.text, article.title_span);
        times[0] += clock.elapsed();
        let clock = Clock::start();
        let contexts = parser.tag(&mut doc);
        times[1] += clock.elapsed();
        let clock = Clock::start();
        parser.parse(&mut doc, which.iter().copied(), contexts);
        times[2] += clock.elapsed();
    }
    let clock = Clock::start();
    let facts: Vec<Facts> = articles.iter().map(|article| extractor.facts(article)).collect();
    let whole = clock.elapsed();
    let names = ["sentences and tokens", "tags and lemmas", "parses, where they can matter"];
    stages.extend(names.into_iter().zip(times).map(|(name, time)| Stage { name, time }));
    let rest = whole.saturating_sub(times.iter().sum());
    stages.push(Stage { name: "mentions, frames, dates, resolution, judgement", time: rest });
    let clock = Clock::start();
    let bytes: usize = facts.iter().map(|f| serde_json::to_vec(f).unwrap().len()).sum();
    stages.push(Stage { name: "facts as JSON", time: clock.elapsed() });
    assert!(bytes > 0);
    Stages {
        articles: articles.len(),
        words: words(&articles),
        stages,
        parsed: parsed as f64 / sentences.max(1) as f64,
        whole,
    }
}

/// Decompressing, splitting, decoding, and knowing the language.
fn read(corpus: &Corpus, count: usize) -> Stage {
    let options = ReadOptions::default();
    let clock = Clock::start();
    let mut left = count;
    for raw in raw_records(&[corpus.path()], options).filter_map(Result::ok) {
        let articles = raw.articles(&options).len();
        left = left.saturating_sub(articles);
        if left == 0 {
            break;
        }
    }
    Stage { name: "reading (decompression, JSON, encoding, language)", time: clock.elapsed() }
}

pub(crate) fn store(corpus: &Corpus, count: usize) -> StoreTimes {
    let extractor = Extractor::builtin().unwrap();
    let facts: Vec<Facts> = corpus.articles(count).iter().map(|article| extractor.facts(article)).collect();
    let run = RunInfo::new(extractor.knowledge(), String::new());
    let mut store = Store::in_memory().unwrap();
    store.refer(extractor.knowledge()).unwrap();
    let clock = Clock::start();
    for facts in &facts {
        store.add(facts, &run).unwrap();
    }
    let add = clock.elapsed();
    let clock = Clock::start();
    store.settle().unwrap();
    let settle = clock.elapsed();
    let mut dump = Vec::new();
    store.dump(RdfFormat::NQuads, &mut dump).unwrap();
    drop(store);
    let plain = oxigraph::store::Store::new().unwrap();
    let clock = Clock::start();
    let mut loader = plain.bulk_loader().with_num_threads(1);
    loader.load_from_slice(oxigraph::io::RdfFormat::NQuads, &dump).unwrap();
    loader.commit().unwrap();
    let time = clock.elapsed();
    StoreTimes { articles: facts.len(), quads: plain.len().unwrap(), add, settle, plain: time }
}
