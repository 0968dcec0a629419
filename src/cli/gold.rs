//! Articles and what was found in them → a folder that a person corrects to gold: `ID.txt` with `ID.json` beside it.

use crate::article::{Article, ReadOptions, read_paths};
use crate::facts::Facts;
use anyhow::Context as _;
use std::path::{Path, PathBuf};

/// Longest file name, without its ending.
const LONGEST: usize = 150;

/// The folder, and what became of the articles.
#[derive(Debug)]
pub(super) struct GoldFolder {
    folder: PathBuf,
    written: usize,
    /// Those whose gold was there already.
    left: usize,
    /// Those beside whose gold-to-be another text stands already.
    taken: Vec<String>,
    /// Those whose text cannot stand in a text file as it is.
    changed: Vec<String>,
}

impl GoldFolder {
    /// Makes the folder where it is not there.
    pub(super) fn open(folder: &Path) -> anyhow::Result<Self> {
        std::fs::create_dir_all(folder).with_context(|| format!("cannot make the folder {}", folder.display()))?;
        Ok(Self { folder: folder.to_owned(), written: 0, left: 0, taken: Vec::new(), changed: Vec::new() })
    }

    /// Writes an article and its facts, unless its gold is there already.
    pub(super) fn add(&mut self, article: &Article, mut facts: Facts) -> anyhow::Result<()> {
        let mut name = file_name(&article.id);
        let place = |name: &str| (self.folder.join(format!("{name}.json")), self.folder.join(format!("{name}.txt")));
        let (mut json, mut text) = place(&name);
        // Another article under the same name, or the same one in new words: its gold stays, this one's stands beside it.
        if json.exists() && is_of_another(&json, article) {
            name = format!("{name}~{}", article.sha256.get(..8).unwrap_or(&article.sha256));
            (json, text) = place(&name);
        }
        if json.exists() {
            self.left += 1;
            return Ok(());
        }
        let there = text.exists();
        if there && !reads_as(&text, article) {
            self.taken.push(name);
            return Ok(());
        }
        facts.article.id.clone_from(&name);
        // Spelled out from the lists above them: a person would have to correct everything twice.
        facts.relations.clear();
        facts.diagnostics.clear();
        if !there && !write_text(&text, article)? {
            self.changed.push(name);
        }
        let mut pretty = serde_json::to_string_pretty(&facts)?;
        pretty.push('\n');
        std::fs::write(&json, pretty).with_context(|| format!("cannot write {}", json.display()))?;
        self.written += 1;
        Ok(())
    }

    /// What was written, in a line or two.
    pub(super) fn summary(&self) -> String {
        let mut out = format!("{}: {} written to be corrected", self.folder.display(), self.written);
        if self.left > 0 {
            out.push_str(&format!(", {} left as they were", self.left));
        }
        if let Some(first) = self.taken.first() {
            out.push_str(&format!(
                "\nnote: {} left out, because a file of their name holds another text, such as {first}.txt",
                self.taken.len()
            ));
        }
        if let Some(first) = self.changed.first() {
            out.push_str(&format!(
                "\nnote: {} text(s) read otherwise from their file, such as {first}",
                self.changed.len()
            ));
        }
        out
    }
}

/// Whether a gold file says that it is of another text.
fn is_of_another(json: &Path, article: &Article) -> bool {
    let Ok(text) = std::fs::read_to_string(json) else { return false };
    let Ok(value) = serde_json::from_str::<serde_json::Value>(&text) else { return false };
    value["article"]["sha256"].as_str().is_some_and(|sha| !sha.is_empty() && sha != article.sha256)
}

/// Whether the file is read as the article is.
fn reads_as(path: &Path, article: &Article) -> bool {
    let options = ReadOptions { any_language: true, ..ReadOptions::default() };
    let same = |read: Article| read.text == article.text && read.title == article.title;
    read_paths(&[path], options).next().is_some_and(|read| read.is_ok_and(same))
}

/// The id as a file's name: what a file system may not like becomes a hyphen.
fn file_name(id: &str) -> String {
    let kind = |c: char| if c.is_alphanumeric() || "-_.~,+".contains(c) { c } else { '-' };
    let name: String = id.chars().map(kind).take(LONGEST).collect();
    let name = name.trim_start_matches('.');
    if name.is_empty() { "article".to_owned() } else { name.to_owned() }
}

/// Writes the text with its metadata above it, so that it is read back as it is; whether it is.
fn write_text(path: &Path, article: &Article) -> anyhow::Result<bool> {
    let mut header = String::new();
    let date = article.published.map(|d| d.to_string());
    let fields = [("date", date.as_ref()), ("source", article.source.as_ref()), ("url", article.url.as_ref())];
    for (name, value) in fields {
        if let Some(value) = value {
            header.push_str(&format!("# {name}: {value}\n"));
        }
    }
    let title = format!("# title: {}\n", article.title);
    for title in ["", title.as_str()] {
        std::fs::write(path, format!("{header}{title}\n{}\n", article.text))
            .with_context(|| format!("cannot write {}", path.display()))?;
        if reads_as(path, article) {
            return Ok(true);
        }
    }
    Ok(false)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_becomes_a_name_that_any_folder_takes() {
        assert_eq!(file_name("2025-11-02-korea"), "2025-11-02-korea");
        assert_eq!(file_name("../a/b c#2"), "-a-b-c-2");
        assert_eq!(file_name(""), "article");
        assert_eq!(file_name(&"x".repeat(900)).len(), LONGEST);
    }

    #[test]
    fn what_stands_in_the_folder_is_never_written_over() {
        let dir = tempfile::tempdir().unwrap();
        let from = tempfile::tempdir().unwrap();
        let article = |name: &str, text: &str| {
            let path = from.path().join(name);
            std::fs::write(&path, text).unwrap();
            read_paths(&[path], ReadOptions::default()).next().unwrap().unwrap()
        };
        let first =
            article("a.txt", "# date: 2024-05-06\n\nThe ministers of Kenya and Oman met in Muscat on Monday.\n");
        let other = article("b.txt", "# date: 2024-05-06\n\nThe ministers of Chad and Oman met in Muscat on Sunday.\n");
        let facts = |a: &Article| crate::facts::Extractor::builtin().unwrap().facts(a);
        std::fs::write(dir.path().join("b.txt"), "My own notes on the ministers and what they did.\n").unwrap();
        let mut folder = GoldFolder::open(dir.path()).unwrap();
        folder.add(&first, facts(&first)).unwrap();
        folder.add(&other, facts(&other)).unwrap();
        assert!(folder.summary().contains("b.txt"), "{}", folder.summary());
        assert!(!dir.path().join("b.json").exists());
        assert!(std::fs::read_to_string(dir.path().join("b.txt")).unwrap().starts_with("My own notes"));
        // Two articles of one name are both kept.
        let twin = Article { id: first.id.clone(), ..other };
        folder.add(&twin, facts(&twin)).unwrap();
        let twins = std::fs::read_dir(dir.path()).unwrap().filter(|f| {
            let name = f.as_ref().unwrap().file_name().into_string().unwrap();
            name.starts_with("a") && name.ends_with(".json")
        });
        assert_eq!(twins.count(), 2);
    }

    #[test]
    fn a_text_is_read_back_as_it_is() {
        let dir = tempfile::tempdir().unwrap();
        let article = |name: &str, text: &str| {
            let path = dir.path().join(name);
            std::fs::write(&path, text).unwrap();
            read_paths(&[path], ReadOptions::default()).next().unwrap().unwrap()
        };
        for (name, text) in [
            (
                "a.txt",
                "# date: 2024-05-06\n# source: The Daily\n\nKenya and Oman meet\n\nThe ministers met in Muscat.\n",
            ),
            ("b.txt", "The ministers of Kenya and Oman met in Muscat on Monday, and they talked.\n\nThey parted.\n"),
            (
                "c.json",
                r#"{"title":"Ministers met. They talked.","text":"The ministers of Kenya met in Muscat.","date":"2024-05-06"}"#,
            ),
            (
                "d.html",
                "<html><head><title>Kenya and Oman meet</title></head><body><article><h1>Kenya and Oman meet</h1><p>The ministers of Kenya and Oman met in Muscat.</p></article></body></html>",
            ),
        ] {
            let article = article(name, text);
            let path = dir.path().join(format!("{name}.again.txt"));
            assert!(write_text(&path, &article).unwrap(), "{name}: {}", std::fs::read_to_string(&path).unwrap());
            let again = read_paths(&[path], ReadOptions::default()).next().unwrap().unwrap();
            assert_eq!((&again.sha256, again.published), (&article.sha256, article.published), "{name}");
        }
    }
}
