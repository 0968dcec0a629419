//! The engine as one value: knowledge and model loaded once, then any number of articles, from any thread.

use super::{ArticleRef, Facts};
use crate::article::Article;

/// Reads articles into facts. Cheap to share between threads; the same article always gives the same facts.
#[derive(Debug)]
pub struct Extractor {}

impl Extractor {
    /// The engine with the built-in knowledge.
    #[must_use]
    pub fn builtin() -> Self {
        Self {}
    }

    /// All facts of one article; never fails: what could not be read is said in `diagnostics`.
    #[must_use]
    pub fn facts(&self, article: &Article) -> Facts {
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
            countries: Vec::new(),
            organizations: Vec::new(),
            leaders: Vec::new(),
            agreements: Vec::new(),
            encounters: Vec::new(),
            acts: Vec::new(),
            relations: Vec::new(),
            diagnostics: Vec::new(),
        }
    }
}
