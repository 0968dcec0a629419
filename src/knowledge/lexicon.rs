//! Frames, titles and outlets: `ontology/lexicon/*.toml` → a validated [`Lexicon`] with its trigger indexes.
//!
//! A file that does not fit is refused with its name, the line, the offending word and the nearest right one.

use super::vocab::{ActType, AgreementStatus, AgreementType, EncounterType, Office, UnknownTerm, nearest};
use compact_str::CompactString;
use rustc_hash::FxHashMap;
use serde::Deserialize;
use std::str::FromStr;

/// The built-in files, by name.
const BUILTIN: [(&str, &str); 5] = [
    ("acts.toml", include_str!("../../ontology/lexicon/acts.toml")),
    ("agreements.toml", include_str!("../../ontology/lexicon/agreements.toml")),
    ("encounters.toml", include_str!("../../ontology/lexicon/encounters.toml")),
    ("titles.toml", include_str!("../../ontology/lexicon/titles.toml")),
    ("outlets.toml", include_str!("../../ontology/lexicon/outlets.toml")),
];

/// What is wrong with a lexicon file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{file}:{line}: {message}")]
pub struct LexiconError {
    /// File name.
    pub file: String,
    /// Line, from 1.
    pub line: usize,
    /// What is wrong, with the nearest right word where there is one.
    pub message: String,
}

/// What a frame yields.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FrameKind {
    /// An act of the given PLOVER type.
    Act(ActType),
    /// An encounter of the given type.
    Encounter(EncounterType),
    /// Nouns that name an instrument of the given type.
    Instrument(AgreementType),
    /// What is done with an instrument; gives its status.
    Governor(AgreementStatus),
    /// A joint commitment without an instrument.
    Commitment(AgreementStatus),
}

/// One frame.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Frame {
    /// Unique name, printed as the rule in evidence.
    pub name: CompactString,
    /// What it yields.
    pub kind: FrameKind,
    /// Prepositions that may introduce the recipient, best first.
    pub to: Vec<CompactString>,
    /// Lemmas of which one must stand in the clause, where there are any.
    pub needs: Vec<CompactString>,
    /// Whether its nouns are what the recipient did ("Japan's violation"): who holds the noun does not act.
    pub of_recipient: bool,
    /// Sentences with the facts they must give.
    pub examples: Vec<Example>,
    /// Sentences that must give no fact.
    pub near_misses: Vec<String>,
    /// Verb triggers (lemmas; further words follow the first).
    pub verbs: Vec<CompactString>,
    /// Noun triggers.
    pub nouns: Vec<CompactString>,
}

/// A sentence and the facts that it must give, in the notation of `tests/spec`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Example {
    /// The sentence.
    pub text: String,
    /// Facts, such as `act: NOR AGREE KEN`.
    pub expect: Vec<String>,
}

/// A title and the office it gives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Title {
    /// Lower-case words.
    pub form: CompactString,
    /// The office.
    pub office: Office,
    /// ISO3 of the only state that uses the title, where there is one.
    pub country: Option<CompactString>,
}

/// An outlet that speaks for a state or an organization.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Outlet {
    /// ISO3, or the acronym of the organization.
    pub country: CompactString,
    /// Its names, in lower case and without marks.
    #[serde(default)]
    pub names: Vec<CompactString>,
    /// Ends of the hosts that it publishes on.
    #[serde(default)]
    pub domains: Vec<CompactString>,
}

/// A trigger: the words after its first, and the frame it evokes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trigger {
    /// Words that must follow the first one.
    pub rest: Vec<CompactString>,
    /// Index into [`Lexicon::frames`].
    pub frame: usize,
}

/// Frames, titles and outlets, and indexes over them.
#[derive(Debug, Clone, Default)]
pub struct Lexicon {
    /// Frames in file order.
    pub frames: Vec<Frame>,
    /// Titles in file order.
    pub titles: Vec<Title>,
    /// Outlets in file order.
    pub outlets: Vec<Outlet>,
    verbs: FxHashMap<CompactString, Vec<Trigger>>,
    nouns: FxHashMap<CompactString, Vec<Trigger>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawFile {
    #[serde(default)]
    frame: Vec<toml::Spanned<RawFrame>>,
    #[serde(default)]
    title: Vec<toml::Spanned<RawTitle>>,
    #[serde(default)]
    outlet: Vec<Outlet>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawFrame {
    name: CompactString,
    kind: String,
    #[serde(rename = "type")]
    type_: Option<toml::Spanned<String>>,
    status: Option<toml::Spanned<String>>,
    #[serde(default)]
    verbs: Vec<CompactString>,
    #[serde(default)]
    nouns: Vec<CompactString>,
    #[serde(default)]
    to: Vec<CompactString>,
    #[serde(default)]
    needs: Vec<CompactString>,
    #[serde(default)]
    of_recipient: bool,
    #[serde(default)]
    examples: Vec<Example>,
    #[serde(default)]
    near_misses: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawTitle {
    office: toml::Spanned<String>,
    country: Option<CompactString>,
    forms: Vec<CompactString>,
}

impl Lexicon {
    /// The built-in lexicon.
    ///
    /// # Errors
    /// Only where the program was built with a broken file; a test guards that.
    pub fn builtin() -> Result<Self, LexiconError> {
        Self::from_files(BUILTIN.iter().map(|(n, t)| (*n, *t)))
    }

    /// The names and texts of the built-in files.
    #[must_use]
    pub fn builtin_files() -> &'static [(&'static str, &'static str)] {
        &BUILTIN
    }

    /// A lexicon of these files (`name`, `text`), in this order.
    ///
    /// # Errors
    /// The first thing that is wrong, with its place.
    pub fn from_files<'f>(files: impl IntoIterator<Item = (&'f str, &'f str)>) -> Result<Self, LexiconError> {
        let mut lexicon = Self::default();
        for (name, text) in files {
            lexicon.add_file(name, text)?;
        }
        lexicon.index();
        Ok(lexicon)
    }

    fn add_file(&mut self, file: &str, text: &str) -> Result<(), LexiconError> {
        let fail = |offset: usize, message: String| LexiconError {
            file: file.to_owned(),
            line: text.get(..offset).unwrap_or(text).matches('\n').count() + 1,
            message,
        };
        let raw: RawFile =
            toml::from_str(text).map_err(|e| fail(e.span().map_or(0, |s| s.start), with_neighbor(e.message())))?;
        for spanned in raw.frame {
            let at = spanned.span().start;
            let frame = spanned.into_inner();
            if self.frames.iter().any(|f| f.name == frame.name) {
                return Err(fail(at, format!("the frame `{}` is defined twice", frame.name)));
            }
            let kind = kind_of(&frame).map_err(|(place, message)| fail(place.unwrap_or(at), message))?;
            self.frames.push(Frame {
                name: frame.name,
                kind,
                to: frame.to,
                needs: frame.needs,
                of_recipient: frame.of_recipient,
                examples: frame.examples,
                near_misses: frame.near_misses,
                verbs: frame.verbs,
                nouns: frame.nouns,
            });
        }
        for spanned in raw.title {
            let title = spanned.into_inner();
            let office =
                Office::from_str(title.office.get_ref()).map_err(|e| fail(title.office.span().start, e.to_string()))?;
            self.titles.extend(title.forms.into_iter().map(|form| Title {
                form,
                office,
                country: title.country.clone(),
            }));
        }
        self.outlets.extend(raw.outlet);
        Ok(())
    }

    fn index(&mut self) {
        for (i, frame) in self.frames.iter().enumerate() {
            for (list, map) in [(&frame.verbs, &mut self.verbs), (&frame.nouns, &mut self.nouns)] {
                for phrase in list {
                    let mut words = phrase.split_whitespace().map(CompactString::from);
                    if let Some(first) = words.next() {
                        map.entry(first).or_default().push(Trigger { rest: words.collect(), frame: i });
                    }
                }
            }
        }
        // Longest phrases first, so that the most specific trigger is seen first.
        for map in [&mut self.verbs, &mut self.nouns] {
            #[expect(clippy::iter_over_hash_type, reason = "each list is sorted by itself")]
            for list in map.values_mut() {
                list.sort_by_key(|t| std::cmp::Reverse(t.rest.len()));
            }
        }
    }

    /// Triggers that begin with this verb lemma, longest first.
    #[must_use]
    pub fn verb_triggers(&self, lemma: &str) -> &[Trigger] {
        self.verbs.get(lemma).map_or(&[], Vec::as_slice)
    }

    /// Triggers that begin with this noun lemma, longest first.
    #[must_use]
    pub fn noun_triggers(&self, lemma: &str) -> &[Trigger] {
        self.nouns.get(lemma).map_or(&[], Vec::as_slice)
    }
}

const KINDS: [&str; 5] = ["act", "encounter", "instrument", "governor", "commitment"];

/// The frame's kind with its type or status; the error carries the byte offset where it is known.
fn kind_of(frame: &RawFrame) -> Result<FrameKind, (Option<usize>, String)> {
    fn read<T: FromStr<Err = UnknownTerm>>(
        field: Option<&toml::Spanned<String>>,
        name: &str,
    ) -> Result<T, (Option<usize>, String)> {
        let field = field.ok_or_else(|| (None, format!("this frame needs `{name}`")))?;
        T::from_str(field.get_ref()).map_err(|e| (Some(field.span().start), e.to_string()))
    }
    Ok(match frame.kind.as_str() {
        "act" => FrameKind::Act(read(frame.type_.as_ref(), "type")?),
        "encounter" => FrameKind::Encounter(read(frame.type_.as_ref(), "type")?),
        "instrument" => FrameKind::Instrument(read(frame.type_.as_ref(), "type")?),
        "governor" => FrameKind::Governor(read(frame.status.as_ref(), "status")?),
        "commitment" => FrameKind::Commitment(read(frame.status.as_ref(), "status")?),
        other => {
            let hint = nearest(other, KINDS).map(|n| format!("; did you mean `{n}`?")).unwrap_or_default();
            return Err((None, format!("unknown frame kind `{other}`{hint}")));
        }
    })
}

/// Adds "did you mean" to serde's "unknown field `x`, expected one of `a`, `b`".
fn with_neighbor(message: &str) -> String {
    let mut quoted = message.split('`').skip(1).step_by(2);
    match quoted.next() {
        Some(word) if message.starts_with("unknown field") => match nearest(word, quoted) {
            Some(right) => format!("{message}; did you mean `{right}`?"),
            None => message.to_owned(),
        },
        _ => message.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check_refused(text: &str, expected: &str) {
        let error = Lexicon::from_files([("x.toml", text)]).unwrap_err();
        assert!(error.to_string().contains(expected), "{error}");
    }

    #[test]
    fn the_builtin_files_load() {
        let lexicon = Lexicon::builtin().unwrap();
        assert!(lexicon.verb_triggers("sign").iter().any(|t| t.rest.is_empty()));
        assert!(lexicon.titles.len() > 200);
    }

    #[test]
    fn unknown_keys_and_terms_are_refused_with_their_place() {
        check_refused("[[frame]]\nname = \"a\"\nkind = \"act\"\nverb = [\"x\"]\n", "did you mean `verbs`?");
        check_refused(
            "\n[[frame]]\nname = \"a\"\nkind = \"act\"\ntype = \"AGRE\"\n",
            "x.toml:5: unknown term `AGRE`; did you mean `AGREE`?",
        );
        check_refused("[[frame]]\nname = \"a\"\nkind = \"acts\"\n", "did you mean `act`?");
        check_refused("[[title]]\noffice = \"head-of-stat\"\nforms = []\n", "x.toml:2: ");
        check_refused("[[frame]]\nname = \"a\"\nkind = \"act\"\n", "needs `type`");
    }
}
