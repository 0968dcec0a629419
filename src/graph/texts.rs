//! The texts of articles, beside the graph: what offsets count in, for pages that show a fact in its article.
//!
//! One compressed file an article, in `texts/` of the store's folder, and never in the graph: dumps and exports hold no
//! more of an article than its sentences. The graph has the SHA-256 of each text, and only a text that has it is shown; so a
//! file that a cut-off program left behind, or that somebody changed, is as good as none.

use super::error::StoreError;
use super::store::{Store, value};
use super::vocab::ent;
use super::{claims, mint};
use sha2::{Digest as _, Sha256};
use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};

/// Most bytes of a text that is read back.
const LONGEST: u64 = 64 << 20;

impl Store {
    /// Keeps the text of an article, in place of an earlier one. A store in memory keeps none.
    ///
    /// # Errors
    /// A full disk, a folder that cannot be written.
    pub fn keep_text(&self, id: &str, text: &str) -> Result<(), StoreError> {
        let Some(path) = self.text_file(id) else { return Ok(()) };
        let io = |e| StoreError::io(&path, e);
        let packed = zstd::encode_all(text.as_bytes(), 3).map_err(io)?;
        if fs::read(&path).is_ok_and(|old| old == packed) {
            return Ok(());
        }
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder).map_err(io)?;
        }
        fs::write(&path, packed).map_err(io)
    }

    /// The text of an article; nothing where it was not kept, or is not the text that was read.
    ///
    /// # Errors
    /// Those of reading the graph.
    pub fn text(&self, id: &str) -> Result<Option<String>, StoreError> {
        let Some(text) = self.text_file(id).and_then(|path| unpack(&path)) else { return Ok(None) };
        let node = mint::thing("article", &claims::article_key(id));
        let known = self.quads(Some(node.as_ref()), Some(ent::SHA256), None, None)?;
        let own: String = Sha256::digest(text.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect();
        Ok(known.iter().any(|quad| value(&quad.object) == own).then_some(text))
    }

    /// Removes the text of an article that is forgotten.
    pub(super) fn drop_text(&self, id: &str) -> Result<(), StoreError> {
        let Some(path) = self.text_file(id) else { return Ok(()) };
        match fs::remove_file(&path) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(StoreError::io(&path, error)),
            _ => Ok(()),
        }
    }

    /// `texts/0f/0f3a….zst`: no folder has too many files.
    fn text_file(&self, id: &str) -> Option<PathBuf> {
        let key = claims::article_key(id);
        let begins = key.get(..2)?.to_owned();
        Some(self.place()?.join("texts").join(begins).join(format!("{key}.zst")))
    }
}

fn unpack(path: &Path) -> Option<String> {
    let file = fs::File::open(path).ok()?;
    let mut text = String::new();
    zstd::Decoder::new(file).ok()?.take(LONGEST).read_to_string(&mut text).ok()?;
    Some(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::{Given, ReadOptions};
    use crate::facts::Extractor;
    use crate::graph::RunInfo;

    const TEXT: &str =
        "Oslo\n\nThe prime ministers of Norway and Sweden met in Oslo on Monday and signed an agreement.";

    #[test]
    fn a_text_is_kept_with_its_article_and_goes_with_it() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("a.store");
        let extractor = Extractor::builtin().unwrap();
        let given = Given { id: Some("oslo".into()), ..Given::default() };
        let article = given.read(TEXT.as_bytes(), false, ReadOptions::default()).unwrap();
        let mut store = Store::open(&path).unwrap();
        store.refer(extractor.knowledge()).unwrap();
        store.add(&extractor.facts(&article), &RunInfo::new(extractor.knowledge(), "")).unwrap();
        store.keep_text("oslo", &article.text).unwrap();
        store.settle().unwrap();
        store.flush().unwrap();
        assert_eq!(store.text("oslo").unwrap().as_deref(), Some(article.text.as_str()));
        drop(store);
        assert_eq!(Store::open_snapshot(&path).unwrap().text("oslo").unwrap(), Some(article.text.clone()));

        let mut store = Store::open_to_change(&path).unwrap();
        store.keep_text("oslo", "another text").unwrap();
        assert_eq!(store.text("oslo").unwrap(), None, "not the text that was read");
        store.keep_text("oslo", &article.text).unwrap();
        store.forget(&["oslo"]).unwrap();
        assert_eq!(store.text("oslo").unwrap(), None);
        assert!(!store.text_file("oslo").unwrap().exists());
        assert_eq!(Store::in_memory().unwrap().text("oslo").unwrap(), None);
    }
}
