//! What every command is given besides its own arguments: the store's place, how loud to be, where output goes.

use super::args::GlobalArgs;
use super::hint::Hint as _;
use crate::facts::Extractor;
use crate::knowledge::Knowledge;
use crate::resolve::judge::Judge;
use anyhow::Context as _;
use std::fmt::Display;
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

/// The settings that all commands share.
#[derive(Debug)]
pub(super) struct Context {
    /// Folder of the graph.
    pub(super) store: PathBuf,
    /// Folder laid over the built-in knowledge.
    knowledge: Option<PathBuf>,
    /// Say nothing on stderr but errors.
    pub(super) quiet: bool,
}

impl Context {
    /// Takes the global arguments; sets the program's color choice.
    pub(super) fn new(global: &GlobalArgs) -> Self {
        global.color.choice().write_global();
        Self { store: global.store.clone(), knowledge: global.knowledge.clone(), quiet: global.quiet }
    }

    /// The built-in knowledge, with the files of `--knowledge` over it.
    pub(super) fn knowledge(&self) -> anyhow::Result<Knowledge> {
        match &self.knowledge {
            None => Ok(Knowledge::builtin()?),
            Some(dir) => Knowledge::with_overlay(dir)
                .with_context(|| format!("cannot use the knowledge of {}", dir.display()))
                .hint("the folder holds files named like those of ontology/lexicon and seeds/gazetteer"),
        }
    }

    /// The engine with that knowledge, and the weights of `judge` or the built-in ones.
    pub(super) fn extractor(&self, judge: Option<&Path>) -> anyhow::Result<Extractor> {
        let judge = match judge {
            None => Judge::builtin()?,
            Some(path) => {
                let text = std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
                Judge::parse(&text).with_context(|| format!("{} holds no weights", path.display()))?
            }
        };
        Ok(Extractor::new(self.knowledge()?, judge))
    }

    /// Standard output for **data** (JSON, RDF, CSV …): locked, buffered, bytes unchanged. Flush it at the end.
    pub(super) fn data(&self) -> Box<dyn Write> {
        Box::new(BufWriter::with_capacity(1 << 16, io::stdout().lock()))
    }

    /// Standard output for **people**: like [`Self::data`], with colors kept only where they can be seen.
    pub(super) fn page(&self) -> Box<dyn Write> {
        Box::new(BufWriter::with_capacity(1 << 16, anstream::AutoStream::auto(io::stdout().lock())))
    }

    /// Whether colors are kept in what [`Self::page`] is given.
    pub(super) fn shows_colors(&self) -> bool {
        anstream::AutoStream::choice(&io::stdout()) != anstream::ColorChoice::Never
    }

    /// The file of `--output`, or standard output for data.
    pub(super) fn destination(&self, file: Option<&Path>) -> anyhow::Result<Box<dyn Write>> {
        match file {
            None => Ok(self.data()),
            Some(path) if path == Path::new("-") => Ok(self.data()),
            Some(path) => {
                let file = File::create(path).with_context(|| format!("cannot write {}", path.display()))?;
                Ok(Box::new(BufWriter::with_capacity(1 << 16, file)))
            }
        }
    }

    /// A line for the person on stderr; silent with `--quiet`.
    pub(super) fn note(&self, line: impl Display) {
        if !self.quiet {
            self.complain(line);
        }
    }

    /// A line on stderr that `--quiet` does not silence.
    pub(super) fn complain(&self, line: impl Display) {
        // Where stderr is closed there is nobody left to tell.
        let _ = writeln!(anstream::stderr().lock(), "{line}");
    }
}
