//! The values of the linguistic layer.

use crate::text::Span;
use compact_str::CompactString;

/// A tokenized text. Every offset is a byte offset into `text`.
#[derive(Debug, Clone, PartialEq)]
pub struct Document<'t> {
    /// The article's text.
    pub text: &'t str,
    /// Sentences in order; they never overlap.
    pub sentences: Vec<Sentence>,
}

/// One sentence, headline, caption, list item or other unit that is read by itself.
#[derive(Debug, Clone, PartialEq)]
pub struct Sentence {
    /// From the first token to the last (a stripped dateline such as `SEOUL, Nov. 2 (Yonhap) --` lies outside).
    pub span: Span,
    /// The dateline in front of the sentence, where there was one.
    pub dateline: Option<Span>,
    /// Index of the paragraph, from 0.
    pub paragraph: usize,
    /// What kind of unit.
    pub kind: SentenceKind,
    /// Tokens in order.
    pub tokens: Vec<Token>,
    /// Whether `pos` and `lemma` are filled.
    pub tagged: bool,
    /// Whether `head` and `deprel` are filled.
    pub parsed: bool,
}

/// What kind of unit a sentence is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SentenceKind {
    /// The article's headline.
    Headline,
    /// Running text.
    Body,
    /// A short line without a closing mark: subheading, table cell, by-line.
    Fragment,
    /// An item of a list.
    ListItem,
}

/// One token.
#[derive(Debug, Clone, PartialEq)]
pub struct Token {
    /// Byte span in the text.
    pub span: Span,
    /// Lower-case base form (`sign` for "signed"); proper nouns keep their case.
    pub lemma: CompactString,
    /// Universal part of speech.
    pub pos: Upos,
    /// Index in the sentence of the syntactic head; the root is its own head.
    pub head: u32,
    /// Relation to the head.
    pub deprel: Deprel,
}

impl Token {
    /// The token's text.
    #[must_use]
    pub fn form<'t>(&self, text: &'t str) -> &'t str {
        self.span.of(text)
    }
}

impl Sentence {
    /// Indexes of the tokens whose head is `head`, in order (the root is no child of itself).
    pub fn children(&self, head: usize) -> impl Iterator<Item = usize> + '_ {
        self.tokens.iter().enumerate().filter(move |(i, t)| t.head as usize == head && *i != head).map(|(i, _)| i)
    }
}

/// Declares a tag set with names as UD writes them.
macro_rules! tag_set {
    ($(#[$meta:meta])* $name:ident default $default:ident { $($variant:ident = $text:literal),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[repr(u8)]
        #[allow(missing_docs, reason = "the names are the standard's own")]
        pub enum $name { $($variant),+ }

        impl $name {
            /// Every value.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The name in CoNLL-U.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text),+ }
            }

            /// The value of that name; unknown names give the catch-all.
            #[must_use]
            pub fn from_name(text: &str) -> Self {
                Self::ALL.iter().copied().find(|v| v.as_str() == text).unwrap_or(Self::$default)
            }
        }
    };
}

tag_set! {
    /// Universal part-of-speech tags (UD v2).
    Upos default X {
        Adj = "ADJ", Adp = "ADP", Adv = "ADV", Aux = "AUX", Cconj = "CCONJ", Det = "DET", Intj = "INTJ", Noun = "NOUN",
        Num = "NUM", Part = "PART", Pron = "PRON", Propn = "PROPN", Punct = "PUNCT", Sconj = "SCONJ", Sym = "SYM",
        Verb = "VERB", X = "X",
    }
}

tag_set! {
    /// Universal dependency relations with the English subtypes that matter here; other subtypes fall back to their base.
    Deprel default Dep {
        Acl = "acl", AclRelcl = "acl:relcl", Advcl = "advcl", AdvclRelcl = "advcl:relcl", Advmod = "advmod", Amod = "amod",
        Appos = "appos", Aux = "aux", AuxPass = "aux:pass", Case = "case", Cc = "cc", CcPreconj = "cc:preconj",
        Ccomp = "ccomp", Compound = "compound", CompoundPrt = "compound:prt", Conj = "conj", Cop = "cop", Csubj = "csubj",
        CsubjPass = "csubj:pass", Dep = "dep", Det = "det", DetPredet = "det:predet", Discourse = "discourse",
        Dislocated = "dislocated", Expl = "expl", Fixed = "fixed", Flat = "flat", Goeswith = "goeswith", Iobj = "iobj",
        List = "list", Mark = "mark", Nmod = "nmod", NmodPoss = "nmod:poss", NmodUnmarked = "nmod:unmarked", Nsubj = "nsubj",
        NsubjPass = "nsubj:pass", NsubjOuter = "nsubj:outer", Nummod = "nummod", Obj = "obj", Obl = "obl",
        OblAgent = "obl:agent", OblUnmarked = "obl:unmarked", Orphan = "orphan", Parataxis = "parataxis", Punct = "punct",
        Reparandum = "reparandum", Root = "root", Vocative = "vocative", Xcomp = "xcomp",
    }
}
