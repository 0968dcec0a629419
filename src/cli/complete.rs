//! What may follow on a command line that is being typed: names of questions, their parameters, values of these, countries.
//!
//! A shell calls the program with the words typed so far (see [`super::completions`]); clap finds out which argument the
//! last one belongs to, and asks here.

use super::args::Cli;
use super::completions::SHELLS;
use crate::knowledge::Gazetteer;
use crate::query::{Catalogue, Header, Kind, Parameter, Question, parties};
use clap::CommandFactory as _;
use clap_complete::CompletionCandidate;
use clap_complete::engine::{PathCompleter, ValueCompleter as _};
use clap_complete::env::{CompleteEnv, Shells};
use std::ffi::OsStr;

/// The variable that tells the program which shell asks.
pub(super) const VARIABLE: &str = "ENTENTE_COMPLETE";

/// Answers a shell that asks for completions; `false` where none does.
pub(super) fn answered() -> bool {
    let here = std::env::current_dir().ok();
    let env = CompleteEnv::with_factory(Cli::command).var(VARIABLE).shells(Shells(SHELLS));
    // What cannot be completed, such as a command that is not known, is not completed.
    env.try_complete(std::env::args_os(), here.as_deref()).unwrap_or(true)
}

/// Names of the catalogue, or files where none begins so.
pub(super) fn questions(typed: &OsStr) -> Vec<CompletionCandidate> {
    let names = named(typed);
    if !names.is_empty() {
        return names;
    }
    PathCompleter::file().filter(|path| path.is_dir() || path.extension().is_some_and(|e| e == "rq")).complete(typed)
}

/// Names of the catalogue.
pub(super) fn named(typed: &OsStr) -> Vec<CompletionCandidate> {
    let (Some(typed), Ok(gazetteer)) = (typed.to_str(), Gazetteer::builtin()) else { return Vec::new() };
    let questions = Catalogue::all(&gazetteer).unwrap_or_default();
    let fits = questions.iter().filter(|q| q.name.starts_with(typed));
    fits.map(|q| candidate(&q.name, &q.header.title)).collect()
}

/// Codes of countries and organizations, by code or by name.
pub(super) fn places(typed: &OsStr) -> Vec<CompletionCandidate> {
    let (Some(typed), Ok(gazetteer)) = (typed.to_str(), Gazetteer::builtin()) else { return Vec::new() };
    let found = fitting(typed, Kind::Country, &gazetteer);
    found.into_iter().map(|(code, name)| candidate(&code, &name)).collect()
}

/// Parameters of the question that the command line names, and after `=` their values.
pub(super) fn settings(typed: &OsStr) -> Vec<CompletionCandidate> {
    let words: Vec<String> = std::env::args_os().filter_map(|word| word.into_string().ok()).collect();
    let (Some(typed), Ok(gazetteer)) = (typed.to_str(), Gazetteer::builtin()) else { return Vec::new() };
    let asked = words.iter().skip_while(|word| *word != "query").skip(1);
    let Some(question) = asked.into_iter().find_map(|word| question(word, &gazetteer)) else { return Vec::new() };
    match typed.split_once('=') {
        Some((name, value)) => match question.header.parameters.iter().find(|p| p.name == name) {
            Some(parameter) => values(parameter, value, &gazetteer),
            None => Vec::new(),
        },
        None => {
            let set =
                |p: &Parameter| words.iter().any(|word| word.strip_prefix(&p.name).is_some_and(|r| r.starts_with('=')));
            let open = question.header.parameters.iter().filter(|p| p.name.starts_with(typed) && !set(p));
            open.map(|p| candidate(&format!("{}=", p.name), &format!("{}: {}", p.kind.as_str(), p.meaning))).collect()
        }
    }
}

/// The question of the catalogue of this name, or the one in this file.
fn question(word: &str, gazetteer: &Gazetteer) -> Option<Question> {
    if let Ok(Some(question)) = Catalogue::get(word, gazetteer) {
        return Some(question);
    }
    let text = word.ends_with(".rq").then(|| std::fs::read_to_string(word).ok()).flatten()?;
    Header::heads(&text).then(|| Question::parse(word, word, &text, gazetteer).ok()).flatten()
}

/// `name=value` for every value that begins as typed.
fn values(parameter: &Parameter, typed: &str, gazetteer: &Gazetteer) -> Vec<CompletionCandidate> {
    let mut found = fitting(typed, parameter.kind, gazetteer);
    let default =
        parameter.default.iter().filter(|d| d.starts_with(typed)).map(|d| (d.clone(), "the default".to_owned()));
    if found.iter().all(|(value, _)| parameter.default.as_ref() != Some(value)) {
        found.extend(default);
    }
    found.into_iter().map(|(value, help)| candidate(&format!("{}={value}", parameter.name), &help)).collect()
}

/// Values of a type that begin as typed, with what they mean. Places are found by code, and by name where no code fits.
fn fitting(typed: &str, kind: Kind, gazetteer: &Gazetteer) -> Vec<(String, String)> {
    if !matches!(kind, Kind::Country | Kind::Organization | Kind::Party) {
        let begins = |value: &&str| value.to_lowercase().starts_with(&typed.to_lowercase());
        return kind.values().into_iter().filter(begins).map(|value| (value.to_owned(), String::new())).collect();
    }
    let all: Vec<(&str, &str)> = parties(gazetteer).collect();
    let (countries, organizations) = all.split_at(gazetteer.countries.len());
    let among: &[(&str, &str)] = match kind {
        Kind::Country => countries,
        Kind::Organization => organizations,
        _ => &all,
    };
    let begins = |text: &str| text.to_lowercase().starts_with(&typed.to_lowercase());
    let owned = |(code, name): &(&str, &str)| ((*code).to_owned(), (*name).to_owned());
    let by_code: Vec<_> = among.iter().filter(|(code, _)| begins(code)).map(owned).collect();
    if !by_code.is_empty() {
        return by_code;
    }
    among.iter().filter(|(_, name)| begins(name)).map(owned).collect()
}

fn candidate(value: &str, help: &str) -> CompletionCandidate {
    CompletionCandidate::new(value).help((!help.is_empty()).then(|| help.to_owned().into()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::LazyLock;

    static GAZETTEER: LazyLock<Gazetteer> = LazyLock::new(|| Gazetteer::builtin().unwrap());

    fn codes(typed: &str, kind: Kind) -> Vec<String> {
        fitting(typed, kind, &GAZETTEER).into_iter().map(|(value, _)| value).collect()
    }

    #[test]
    fn values_fit_by_code_and_by_name() {
        assert_eq!(codes("SGP", Kind::Country), ["SGP"]);
        assert_eq!(codes("singa", Kind::Party), ["SGP"]);
        assert_eq!(codes("ASEA", Kind::Organization), ["ASEAN"]);
        assert!(codes("SGP", Kind::Organization).is_empty());
        assert_eq!(codes("sanc", Kind::Act), ["SANCTION"]);
        assert_eq!(codes("verbal", Kind::Nature), ["verbal-cooperation", "verbal-conflict"]);
        assert!(codes("", Kind::Date).is_empty());
        assert!(codes("", Kind::Country).len() > 150);
    }

    #[test]
    fn names_of_questions_fit_by_their_beginning() {
        let names: Vec<_> = named(OsStr::new("agreements-of-")).iter().map(|c| c.get_value().to_owned()).collect();
        assert_eq!(
            names,
            ["agreements-of-country", "agreements-of-dyad", "agreements-of-encounter", "agreements-of-leader"]
        );
        assert!(named(OsStr::new("nothing-")).is_empty());
    }
}
