//! `ontology/acts.ttl` (PLOVER) → [`Acts`]: the quad class, score and CAMEO codes of each type of act.

use super::error::KnowledgeError;
use super::turtle::{Statement, each_statement};
use super::vocab::{ActType, QuadClass, UnknownTerm};
use compact_str::CompactString;
use std::collections::BTreeMap;
use std::str::FromStr;

/// The built-in file, by name.
pub(super) const BUILTIN: (&str, &str) = ("acts.ttl", include_str!("../../ontology/acts.ttl"));

/// Base of the IRIs of act types.
const BASE: &str = "https://w3id.org/entente/id/act-type/";
/// The concept scheme itself.
const SCHEME: &str = "https://w3id.org/entente/id/act-types";

const PROPERTIES: [&str; 15] = [
    "rdf:type",
    "rdfs:label",
    "dct:source",
    "dct:license",
    "ent:code",
    "ent:quadClass",
    "ent:score",
    "ent:cameo",
    "skos:notation",
    "skos:prefLabel",
    "skos:definition",
    "skos:example",
    "skos:broader",
    "skos:topConceptOf",
    "skos:inScheme",
];

/// What PLOVER and CAMEO say of a type of act.
#[derive(Debug, Clone, PartialEq)]
pub struct ActCode {
    /// Usual name, such as "Consult".
    pub label: String,
    /// Cooperation or conflict, in words or deeds.
    pub quad: QuadClass,
    /// Conflict–cooperation score, −10 (conflict) to 10 (cooperation).
    pub score: f64,
    /// CAMEO codes of the type: roots of two digits, or of three where a root is split between types.
    pub cameo: Vec<CompactString>,
    /// Ways of doing it that have codes of their own (`visit`, `phone`, `sign` …), by name.
    pub modes: BTreeMap<CompactString, ModeCode>,
}

/// What PLOVER and CAMEO say of one way of doing an act.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ModeCode {
    /// Score, where it differs from that of the type.
    pub score: Option<f64>,
    /// CAMEO codes of three or four digits.
    pub cameo: Vec<CompactString>,
}

impl ActCode {
    /// The conflict–cooperation score of a mode, else of the type.
    #[must_use]
    pub fn score_of(&self, mode: &str) -> f64 {
        self.modes.get(mode).and_then(|m| m.score).unwrap_or(self.score)
    }

    /// One CAMEO code of three digits or more: the mode's first, else the "not specified" code of the type's root (`04` is
    /// `040`). A type of several roots takes what they share (`081`, `082` are `080`), or of roots that share nothing the
    /// middle one (ASSAULT is `190`, conventional force, which is what states use).
    #[must_use]
    pub fn cameo_of(&self, mode: &str) -> Option<String> {
        if let Some(code) = self.modes.get(mode).and_then(|m| m.cameo.first()) {
            return Some(code.to_string());
        }
        let root = self.cameo.get(self.cameo.len() / 2)?.get(..2)?;
        Some(format!("{root}0"))
    }
}

/// The codes of every type of act.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Acts {
    codes: BTreeMap<ActType, ActCode>,
}

impl Acts {
    /// The built-in codes.
    ///
    /// # Errors
    /// Only where the program was built with a broken file; a test guards that.
    pub fn builtin() -> Result<Self, KnowledgeError> {
        Self::from_turtle(BUILTIN.0, BUILTIN.1)
    }

    /// The codes of a file in the form of `ontology/acts.ttl`; `file` is its name for messages.
    ///
    /// # Errors
    /// Turtle that is none, an unknown property, type or quad class, a score outside −10 to 10, a type that lacks one of its
    /// codes; with file, line and value.
    pub fn from_turtle(file: &str, text: &str) -> Result<Self, KnowledgeError> {
        let mut drafts: BTreeMap<ActType, Draft> = BTreeMap::new();
        each_statement(file, text, |statement| read(&mut drafts, statement))?;
        let mut codes = BTreeMap::new();
        for act in ActType::ALL {
            let code = drafts.remove(act).and_then(Draft::finish).ok_or_else(|| KnowledgeError::Missing {
                file: file.to_owned(),
                of: act.to_string(),
                what: "one of skos:prefLabel, ent:quadClass, ent:score, ent:cameo",
            })?;
            codes.insert(*act, code);
        }
        Ok(Self { codes })
    }

    /// The codes of a type; none only in an empty value.
    #[must_use]
    pub fn of(&self, act: ActType) -> Option<&ActCode> {
        self.codes.get(&act)
    }

    /// Every type with its codes, in the order of the guidelines.
    pub fn iter(&self) -> impl Iterator<Item = (ActType, &ActCode)> {
        self.codes.iter().map(|(act, code)| (*act, code))
    }
}

#[derive(Default)]
struct Draft {
    label: Option<String>,
    quad: Option<QuadClass>,
    score: Option<f64>,
    cameo: Vec<CompactString>,
    modes: BTreeMap<CompactString, ModeCode>,
}

impl Draft {
    fn finish(self) -> Option<ActCode> {
        let some = !self.cameo.is_empty();
        let (cameo, modes) = (self.cameo, self.modes);
        some.then_some(ActCode { label: self.label?, quad: self.quad?, score: self.score?, cameo, modes })
    }
}

fn read(drafts: &mut BTreeMap<ActType, Draft>, statement: &Statement<'_>) -> Result<(), KnowledgeError> {
    let property = statement.predicate(&PROPERTIES)?;
    if statement.subject.as_str() == SCHEME {
        return Ok(());
    }
    let subject = statement.subject.as_str();
    let local = subject.strip_prefix(BASE).ok_or_else(|| statement.value(subject, "type of act", None))?;
    let (name, mode) = local.split_once('/').map_or((local, None), |(name, mode)| (name, Some(mode)));
    let act: ActType = term(statement, name, "type of act")?;
    match property {
        "ent:score" => {
            let text = statement.literal()?.value();
            let score = text.parse().ok().filter(|s| (-10.0..=10.0).contains(s));
            let score = score.ok_or_else(|| statement.value(text, "score from -10 to 10", None))?;
            let draft = drafts.entry(act).or_default();
            // A mode refines its type: "CONSULT by telephone" has a score of its own.
            match mode {
                None => draft.score = Some(score),
                Some(mode) => draft.modes.entry(mode.into()).or_default().score = Some(score),
            }
        }
        "ent:cameo" => {
            let code = statement.literal()?.value();
            if !(2..=4).contains(&code.len()) || !code.bytes().all(|b| b.is_ascii_digit()) {
                return Err(statement.value(code, "CAMEO code", None));
            }
            let draft = drafts.entry(act).or_default();
            let codes = mode.map_or(&mut draft.cameo, |mode| &mut draft.modes.entry(mode.into()).or_default().cameo);
            codes.push(code.into());
        }
        "ent:quadClass" => {
            drafts.entry(act).or_default().quad = Some(term(statement, statement.literal()?.value(), "quad class")?);
        }
        "skos:prefLabel" if mode.is_none() => {
            drafts.entry(act).or_default().label = Some(statement.literal()?.value().to_owned());
        }
        _ => {}
    }
    Ok(())
}

fn term<T: FromStr<Err = UnknownTerm>>(
    statement: &Statement<'_>,
    text: &str,
    expected: &'static str,
) -> Result<T, KnowledgeError> {
    text.parse().map_err(|unknown: UnknownTerm| statement.value(text, expected, unknown.nearest))
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &str = "@base <https://w3id.org/entente/id/act-type/> .\n\
        @prefix ent: <https://w3id.org/entente/ontology#> .\n";

    #[track_caller]
    fn check_refused(text: &str, expected: &str) {
        let error = Acts::from_turtle("x.ttl", &format!("{HEAD}{text}")).unwrap_err();
        assert!(error.to_string().contains(expected), "{error}");
    }

    #[test]
    fn every_type_has_its_codes_and_conflict_never_scores_above_zero() {
        let acts = Acts::builtin().unwrap();
        assert_eq!(acts.iter().map(|(act, _)| act).collect::<Vec<_>>(), ActType::ALL);
        for (act, code) in acts.iter() {
            assert_eq!(code.quad.is_conflict(), code.score <= 0.0, "{act}");
            assert_eq!(code.quad, act.quad_class(), "{act}");
        }
    }

    #[test]
    fn codes_are_those_of_plover() {
        let acts = Acts::builtin().unwrap();
        let consult = acts.of(ActType::Consult).unwrap();
        assert_eq!((consult.score, consult.cameo.as_slice()), (2.5, ["04".into()].as_slice()));
        assert_eq!(acts.of(ActType::Accuse).unwrap().score, -3.0);
        assert_eq!(acts.of(ActType::Assault).unwrap().cameo.len(), 3);
        assert_eq!(acts.of(ActType::Sanction).unwrap().quad, QuadClass::MaterialConflict);
    }

    #[test]
    fn modes_refine_their_types() {
        let acts = Acts::builtin().unwrap();
        let of = |act, mode| {
            let code = acts.of(act).unwrap();
            (code.score_of(mode), code.cameo_of(mode).unwrap())
        };
        assert_eq!(of(ActType::Consult, ""), (2.5, "040".to_owned()));
        assert_eq!(of(ActType::Consult, "visit"), (4.0, "042".to_owned()));
        assert_eq!(of(ActType::Consult, "phone"), (1.5, "041".to_owned()));
        assert_eq!(of(ActType::Consult, "multilateral"), (4.0, "040".to_owned()));
        assert_eq!(of(ActType::Support, "sign"), (5.0, "057".to_owned()));
        assert_eq!(of(ActType::Concede, ""), (4.5, "080".to_owned()));
        assert_eq!(of(ActType::Assault, ""), (-9.0, "190".to_owned()));
    }

    #[test]
    fn what_does_not_fit_is_refused_with_its_place() {
        check_refused("<AGRE> ent:score 2.5 .", "x.ttl:3: `AGRE` is no type of act; did you mean `AGREE`?");
        check_refused("<AGREE>\n ent:score 25 .", "x.ttl:4: `25` is no score from -10 to 10");
        check_refused("<AGREE>\n ent:quadClass \"verbal-conflicts\" .", "did you mean `verbal-conflict`?");
        check_refused(
            "<AGREE> ent:scores 2.5 .",
            "`ent:scores` is no property of this file; did you mean `ent:score`?",
        );
        check_refused("<AGREE> ent:cameo \"3\" .", "`3` is no CAMEO code");
        check_refused("<AGREE> ent:score 2.5 .", "x.ttl: `AGREE` lacks one of");
    }
}
