//! All knowledge as one value: the built-in files, or these with an analyst's own laid over them.

use super::lexicon::Lexicon;
use super::vocab::nearest;
use super::{Acts, Gazetteer, KnowledgeError, ONTOLOGY, Sectors, acts, gazetteer, sectors};
use sha2::{Digest, Sha256};
use std::path::{Path, PathBuf};

/// What the judge learned: no knowledge of this module, but part of the hash, because it changes what is found.
const JUDGE: (&str, &str) = ("judge.tsv", include_str!("../../ontology/judge.tsv"));

/// Gazetteers, lexicon, sectors, acts: validated.
#[derive(Debug, Clone, Default)]
pub struct Knowledge {
    /// Countries, leaders, organizations, places.
    pub gazetteer: Gazetteer,
    /// Frames and titles.
    pub lexicon: Lexicon,
    /// Sectors and the phrases that signal them.
    pub sectors: Sectors,
    /// Codes of the types of acts.
    pub acts: Acts,
    /// The files laid over the built-in ones, by name.
    overlay: Vec<OverlayFile>,
}

/// A file of an overlay.
#[derive(Debug, Clone)]
struct OverlayFile {
    name: String,
    path: PathBuf,
    text: String,
}

impl Knowledge {
    /// The built-in knowledge.
    ///
    /// # Errors
    /// Only where the program was built with broken files; tests guard that.
    pub fn builtin() -> Result<Self, KnowledgeError> {
        Ok(Self {
            gazetteer: Gazetteer::builtin()?,
            lexicon: Lexicon::builtin()?,
            sectors: Sectors::builtin()?,
            acts: Acts::builtin()?,
            overlay: Vec::new(),
        })
    }

    /// The built-in knowledge with the files of `dir` laid over it:
    ///
    /// * gazetteers (`countries.csv` …) replace and add rows, see [`Gazetteer::with_overlay`];
    /// * a lexicon file (`*.toml`) takes the place of the built-in one of its name, or is added;
    /// * `sectors.ttl` adds narrower concepts and signals;
    /// * `acts.ttl` takes the place of the built-in one.
    ///
    /// # Errors
    /// A directory or file that cannot be read, a table or ontology file of a name that is unknown, anything in a file that
    /// does not fit; with file, line and value.
    pub fn with_overlay(dir: &Path) -> Result<Self, KnowledgeError> {
        let overlay = overlay_files(dir)?;
        let mut sectors = Sectors::builtin()?;
        let mut acts = Acts::builtin()?;
        for file in &overlay {
            let shown = file.path.display().to_string();
            match file.name.as_str() {
                name if name == sectors::BUILTIN.0 => sectors.add(&shown, &file.text)?,
                name if name == acts::BUILTIN.0 => acts = Acts::from_turtle(&shown, &file.text)?,
                _ => {}
            }
        }
        Ok(Self { gazetteer: Gazetteer::with_overlay(dir)?, lexicon: lexicon(&overlay)?, sectors, acts, overlay })
    }

    /// (sector slug, phrase in lower case) pairs.
    pub fn sector_signals(&self) -> impl Iterator<Item = (&str, &str)> {
        self.sectors.signals()
    }

    /// Hex SHA-256 of every knowledge file: gazetteers, lexicon, ontology, judge, overlay. The same files give the same
    /// hash; a changed, added or removed one gives another.
    #[must_use]
    pub fn hash(&self) -> String {
        let builtin = gazetteer::BUILTIN.iter().chain(Lexicon::builtin_files()).chain(&ONTOLOGY).chain([&JUDGE]);
        let overlay = self.overlay.iter().map(|f| (f.name.as_str(), f.text.as_str()));
        let mut hasher = Sha256::new();
        for (name, text) in builtin.map(|(name, text)| (*name, *text)).chain(overlay) {
            // Lengths keep the end of one file apart from the start of the next.
            for part in [name, text] {
                hasher.update(part.len().to_le_bytes());
                hasher.update(part.as_bytes());
            }
        }
        hasher.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

/// The built-in lexicon with the overlay's files, which replace those of their names.
fn lexicon(overlay: &[OverlayFile]) -> Result<Lexicon, KnowledgeError> {
    let own = || overlay.iter().filter(|f| has_extension(&f.name, "toml"));
    let builtin = Lexicon::builtin_files().iter().filter(|(name, _)| own().all(|f| f.name != *name));
    let shown: Vec<(String, &str)> = own().map(|f| (f.path.display().to_string(), f.text.as_str())).collect();
    let files =
        builtin.map(|(name, text)| (*name, *text)).chain(shown.iter().map(|(name, text)| (name.as_str(), *text)));
    Ok(Lexicon::from_files(files)?)
}

/// The files of `dir` that hold knowledge, by name.
fn overlay_files(dir: &Path) -> Result<Vec<OverlayFile>, KnowledgeError> {
    let unreadable = |path: &Path| {
        let path = path.to_owned();
        move |source| KnowledgeError::Read { path, source }
    };
    let mut files = Vec::new();
    for entry in std::fs::read_dir(dir).map_err(unreadable(dir))? {
        let path = entry.map_err(unreadable(dir))?.path();
        let name = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
        let known: Vec<&str> = match () {
            () if has_extension(&name, "toml") => vec![name.as_str()],
            () if has_extension(&name, "csv") => gazetteer::BUILTIN.iter().map(|(name, _)| *name).collect(),
            () if has_extension(&name, "ttl") => vec![sectors::BUILTIN.0, acts::BUILTIN.0],
            () => continue,
        };
        if !known.contains(&name.as_str()) {
            let nearest = nearest(&name, known).map(str::to_owned);
            return Err(KnowledgeError::File { path, nearest });
        }
        let text = std::fs::read_to_string(&path).map_err(unreadable(&path))?;
        files.push(OverlayFile { name, path, text });
    }
    files.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(files)
}

fn has_extension(name: &str, extension: &str) -> bool {
    Path::new(name).extension().is_some_and(|e| e == extension)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn overlay(files: &[(&str, &str)]) -> (tempfile::TempDir, Result<Knowledge, KnowledgeError>) {
        let dir = tempfile::tempdir().unwrap();
        for (name, text) in files {
            std::fs::write(dir.path().join(name), text).unwrap();
        }
        let knowledge = Knowledge::with_overlay(dir.path());
        (dir, knowledge)
    }

    #[track_caller]
    fn check_refused(name: &str, text: &str, expected: &str) {
        let (_dir, knowledge) = overlay(&[(name, text)]);
        let error = knowledge.unwrap_err().to_string();
        assert!(error.contains(expected), "{error}");
    }

    const FRAME: &str = "[[frame]]\nname = \"toast\"\nkind = \"act\"\ntype = \"SUPPORT\"\nverbs = [\"toast\"]\n";
    const SECTORS: &str = "@base <https://w3id.org/entente/id/sector/> .\n\
        @prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n\
        <trade/cheese> skos:broader <trade> ; skos:altLabel \"cheese wheel\"@en .\n";

    #[test]
    fn an_overlay_adds_frames_signals_and_rows() {
        let traps = "phrase,kind\nIndia ink,thing\n";
        let (_dir, knowledge) = overlay(&[
            ("toast.toml", FRAME),
            ("sectors.ttl", SECTORS),
            ("traps.csv", traps),
            ("README.md", "not knowledge"),
        ]);
        let knowledge = knowledge.unwrap();
        assert_eq!(knowledge.lexicon.verb_triggers("toast").len(), 1);
        assert!(!knowledge.lexicon.verb_triggers("sign").is_empty());
        assert!(knowledge.sector_signals().any(|s| s == ("trade", "cheese wheel")));
        assert!(knowledge.sector_signals().any(|s| s == ("trade", "tariff")));
        assert!(knowledge.gazetteer.traps.iter().any(|t| t.phrase == "India ink"));
    }

    #[test]
    fn a_lexicon_file_takes_the_place_of_the_builtin_one_of_its_name() {
        let (_dir, knowledge) = overlay(&[("agreements.toml", FRAME)]);
        let knowledge = knowledge.unwrap();
        assert!(knowledge.lexicon.frames.len() < Lexicon::builtin().unwrap().frames.len());
        assert_eq!(knowledge.lexicon.verb_triggers("toast").len(), 1);
        assert!(!knowledge.lexicon.titles.is_empty());
    }

    #[test]
    fn files_that_do_not_fit_are_named() {
        check_refused("contries.csv", "", "contries.csv is no file of an overlay; did you mean `countries.csv`?");
        check_refused("sector.ttl", "", "did you mean `sectors.ttl`?");
        check_refused("sectors.ttl", "<a> <b>", "sectors.ttl:1: ");
        check_refused("x.toml", "[[frame]]\nname = \"a\"\nkind = \"acts\"\n", "did you mean `act`?");
        let missing = Knowledge::with_overlay(Path::new("no-such-directory")).unwrap_err();
        assert_eq!(missing.to_string(), "cannot read no-such-directory");
    }

    #[test]
    fn the_hash_tells_knowledge_apart() {
        let builtin = Knowledge::builtin().unwrap().hash();
        assert_eq!(builtin.len(), 64);
        assert_eq!(builtin, Knowledge::builtin().unwrap().hash());
        let (_dir, one) = overlay(&[("toast.toml", FRAME)]);
        let (_other, two) = overlay(&[("toast.toml", &FRAME.replace("SUPPORT", "CONSULT"))]);
        let (_empty, none) = overlay(&[]);
        let (one, two) = (one.unwrap().hash(), two.unwrap().hash());
        assert_eq!(none.unwrap().hash(), builtin);
        assert!(one != builtin && two != builtin && one != two);
    }
}
