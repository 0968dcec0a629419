//! All knowledge as one value.

use super::lexicon::Lexicon;
use super::{Acts, Gazetteer, KnowledgeError, Sectors};

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
        })
    }

    /// (sector slug, phrase in lower case) pairs.
    pub fn sector_signals(&self) -> impl Iterator<Item = (&str, &str)> {
        self.sectors.signals()
    }
}
