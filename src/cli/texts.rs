//! Facts → the articles they were found in: beside a gold file, or somewhere in what `--texts` names.

use super::hint::Hint as _;
use crate::article::{Article, ReadOptions, read_paths};
use crate::evaluate::read_gold_files;
use crate::facts::Facts;
use anyhow::Context as _;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// How the article beside `ID.json` may end.
const ENDINGS: [&str; 9] = ["txt", "html", "htm", "txt.gz", "txt.xz", "txt.zst", "html.gz", "html.xz", "html.zst"];

/// The articles that belong to the gold files of a folder.
///
/// Those in a language that is not read are left out; a file that has none beside it is an error.
pub(super) fn articles_beside(folder: &Path, gold: &BTreeMap<String, Facts>) -> anyhow::Result<Vec<Article>> {
    let (articles, missing) = beside(folder, gold)?;
    let way_out = "each ID.json needs its article beside it as ID.txt or ID.html; or name the texts with --texts; or score \
                   finished facts with --predicted";
    match missing.first() {
        None => Ok(articles),
        Some(first) => Err(anyhow::anyhow!("{} of the gold files have no article beside them: {first}", missing.len()))
            .hint(way_out),
    }
}

/// The same, and the ids of those without an article. A file of gold (no folder) has none at all.
pub(super) fn beside(folder: &Path, gold: &BTreeMap<String, Facts>) -> anyhow::Result<(Vec<Article>, Vec<String>)> {
    if !folder.is_dir() {
        return Ok((Vec::new(), gold.keys().cloned().collect()));
    }
    let (mut articles, mut missing) = (Vec::new(), Vec::new());
    for (file, facts) in read_gold_files(folder)? {
        let id = facts.article.id;
        let Some(path) = ENDINGS.iter().map(|e| file.with_extension(e)).find(|p| p.is_file()) else {
            missing.push(id);
            continue;
        };
        match read_paths(&[path], ReadOptions::default()).next() {
            Some(Ok(article)) => articles.push(Article { id, ..article }),
            Some(Err(error)) if !error.is_skip() => {
                return Err(error).context("cannot read the articles of the gold folder");
            }
            _ => {}
        }
    }
    articles.sort_by(|a, b| a.id.cmp(&b.id));
    Ok((articles, missing))
}

/// The articles of `paths` that are wanted, by id or by the hash of their text; what cannot be read is left out.
pub(super) fn wanted(paths: &[PathBuf], is_wanted: impl Fn(&Article) -> bool) -> impl Iterator<Item = Article> {
    let options = ReadOptions { any_language: true, ..ReadOptions::default() };
    read_paths(paths, options).filter_map(Result::ok).filter(move |article| is_wanted(article))
}

/// The articles of gold that are found under `paths`, and the ids of those that are not.
pub(super) fn under(paths: &[PathBuf], gold: &BTreeMap<String, Facts>) -> (Vec<Article>, Vec<String>) {
    let mut seen = BTreeSet::new();
    let mut articles: Vec<Article> = wanted(paths, |a| gold.contains_key(&a.id)).collect();
    articles.retain(|a| seen.insert(a.id.clone()));
    articles.sort_by(|a, b| a.id.cmp(&b.id));
    let missing = gold.keys().filter(|id| !seen.contains(*id)).cloned().collect();
    (articles, missing)
}
