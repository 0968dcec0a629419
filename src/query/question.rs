//! One question: a SPARQL file with its header, checked against each other.

use super::error::{QuestionError, QuestionFileError, ValueError};
use super::header::{ANY, Header, LIMIT, Parameter};
use crate::graph::sparql::{Prepared, SparqlError};
use crate::knowledge::Gazetteer;
use crate::knowledge::vocab::nearest;
use oxrdf::Term;
use serde::Serialize;

/// A question that can be asked again and again with other values.
#[derive(Debug, Clone, Serialize)]
pub struct Question {
    /// Name, as in `entente query NAME`.
    pub name: String,
    /// What the head of the file tells.
    #[serde(flatten)]
    pub header: Header,
    /// The file.
    pub sparql: String,
    #[serde(skip)]
    query: Prepared,
}

impl Question {
    /// Reads a question's file; `file` is its name for messages.
    ///
    /// Header and query must agree: each parameter has a block `VALUES ?name { value }` (its default, or an example where it
    /// has none; `UNDEF` for the default `any`), each such block belongs to a parameter, the columns are those selected. The
    /// parameter `limit` has no block: its default is the number behind a `LIMIT`.
    ///
    /// # Errors
    /// Whatever breaks these rules, with its line.
    pub fn parse(name: &str, file: &str, text: &str, gazetteer: &Gazetteer) -> Result<Self, QuestionFileError> {
        let header = Header::parse(file, text)?;
        let query = Prepared::parse(text).map_err(|error| QuestionFileError {
            file: file.to_owned(),
            line: if let SparqlError::Syntax(e) = &error { e.line.max(1) } else { 1 },
            problem: error.to_string(),
        })?;
        let mut question = Self { name: name.to_owned(), header, sparql: text.to_owned(), query };
        question.check_columns(file)?;
        question.check_parameters(file, gazetteer)?;
        question.learn_examples();
        Ok(question)
    }

    /// Parameters learn their example: the value of their block.
    fn learn_examples(&mut self) {
        let slots = self.query.slots();
        for parameter in &mut self.header.parameters {
            let slot = slots.iter().find(|s| s.name == parameter.name);
            if let Some(Term::Literal(value)) = slot.and_then(|s| s.value.as_ref()) {
                parameter.example = Some(value.value().to_owned());
            }
        }
    }

    /// Values for the parameters that must be given, to try the question with: (parameter, value as written).
    #[must_use]
    pub fn example_values(&self) -> Vec<(String, String)> {
        let needed = self.header.parameters.iter().filter(|p| p.default.is_none());
        needed.filter_map(|p| Some((p.name.clone(), p.example.clone()?))).collect()
    }

    fn check_columns(&self, file: &str) -> Result<(), QuestionFileError> {
        let selected = self.query.columns().unwrap_or_default();
        let told = &self.header.columns;
        let mismatch = |line, problem| Err(QuestionFileError { file: file.to_owned(), line, problem });
        for (at, column) in told.iter().enumerate() {
            if selected.get(at) != Some(&column.name) {
                let found = selected.get(at).map_or("nothing more".to_owned(), |s| format!("?{s}"));
                return mismatch(column.line, format!("column `{}`, but the query selects {found} here", column.name));
            }
        }
        match selected.get(told.len()) {
            Some(more) => mismatch(1, format!("the query selects ?{more}, which no `# column:` tells of")),
            None => Ok(()),
        }
    }

    fn check_parameters(&self, file: &str, gazetteer: &Gazetteer) -> Result<(), QuestionFileError> {
        let error = |line, problem| QuestionFileError { file: file.to_owned(), line, problem };
        let slots = self.query.slots();
        let parameters = &self.header.parameters;
        if let Some(stray) = slots.iter().find(|s| parameters.iter().all(|p| p.name != s.name)) {
            let block = format!("VALUES ?{}", stray.name);
            let line = self.sparql.lines().position(|l| l.contains(&block)).map_or(1, |at| at + 1);
            return Err(error(line, format!("`{block}` has no `# param:` of that name")));
        }
        for parameter in parameters {
            let Parameter { name, kind, default, line, .. } = parameter;
            if name == LIMIT {
                let default = default.as_deref().unwrap_or_default();
                if !self.query.limits().iter().any(|limit| limit.to_string() == default) {
                    return Err(error(*line, format!("the query has no `LIMIT {default}`, the default of `limit`")));
                }
                continue;
            }
            let mut own = slots.iter().filter(|s| s.name == *name);
            let Some(first) = own.next() else {
                return Err(error(*line, format!("the query does not use `{name}`: no `VALUES ?{name} {{ … }}`")));
            };
            if own.any(|s| s.value != first.value) {
                return Err(error(*line, format!("the blocks of `{name}` have different values")));
            }
            let told = match (default.as_deref(), &first.value) {
                (Some(ANY), _) => None,
                (Some(default), _) => Some(default),
                (None, Some(Term::Literal(example))) => Some(example.value()),
                (None, _) => return Err(error(*line, format!("the block of `{name}` has no example"))),
            };
            let expected = match told {
                None => None,
                Some(value) => Some(kind.term(value, gazetteer).map_err(|e| error(*line, format!("`{name}`: {e}")))?),
            };
            if expected != first.value {
                let shown = |t: &Option<Term>| t.as_ref().map_or("UNDEF".to_owned(), ToString::to_string);
                let (expected, found) = (shown(&expected), shown(&first.value));
                return Err(error(*line, format!("`{name}` is {expected}, but its block holds {found}")));
            }
        }
        Ok(())
    }

    /// The query with the values of `settings`, (parameter, value as written) each; the defaults for the others.
    ///
    /// # Errors
    /// A parameter unknown, twice or without a value; a value that does not fit.
    pub fn prepare(&self, settings: &[(String, String)], gazetteer: &Gazetteer) -> Result<Prepared, QuestionError> {
        let mut query = self.query.clone();
        for (at, (name, value)) in settings.iter().enumerate() {
            let parameter = self.parameter(name)?;
            if settings.iter().take(at).any(|(earlier, _)| earlier == name) {
                return Err(QuestionError::Twice(name.clone()));
            }
            let refused = |error: ValueError| QuestionError::Value { name: name.clone(), error };
            if name == LIMIT {
                let (from, to) = limits(parameter, value).map_err(refused)?;
                query.limit(from, to);
                continue;
            }
            let open = value == ANY && parameter.open;
            let term = if open { None } else { Some(parameter.kind.term(value, gazetteer).map_err(refused)?) };
            query.bind(name, term.as_ref())?;
        }
        let given = |p: &Parameter| settings.iter().any(|(name, _)| *name == p.name);
        match self.header.parameters.iter().find(|p| p.default.is_none() && !given(p)) {
            Some(missing) => Err(QuestionError::Missing {
                question: self.name.clone(),
                name: missing.name.clone(),
                kind: missing.kind.as_str(),
                meaning: missing.meaning.clone(),
            }),
            None => Ok(query),
        }
    }

    fn parameter(&self, name: &str) -> Result<&Parameter, QuestionError> {
        let parameters = &self.header.parameters;
        parameters.iter().find(|p| p.name == name).ok_or_else(|| QuestionError::Parameter {
            question: self.name.clone(),
            name: name.to_owned(),
            nearest: nearest(name, parameters.iter().map(|p| p.name.as_str())).map(str::to_owned),
        })
    }

    /// The command that asks it, with an example for each parameter that must be given.
    #[must_use]
    pub fn example(&self) -> String {
        let mut command = format!("entente query {}", self.name);
        for (name, value) in self.example_values() {
            let plain = value.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_./:#".contains(&b));
            let quote = if plain { "" } else { "'" };
            command.push_str(&format!(" --set {quote}{name}={value}{quote}"));
        }
        command
    }
}

/// The number behind `LIMIT`, and the one that is to stand there.
fn limits(parameter: &Parameter, value: &str) -> Result<(usize, usize), ValueError> {
    let default = parameter.default.as_deref().and_then(|d| d.parse().ok()).unwrap_or_default();
    let form = || ValueError::Form { value: value.to_owned(), kind: "number of rows", expected: "100" };
    match value.trim().parse() {
        Ok(limit) if limit > 0 => Ok((default, limit)),
        _ => Err(form()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::LazyLock;

    static GAZETTEER: LazyLock<Gazetteer> = LazyLock::new(|| Gazetteer::builtin().unwrap());

    const GOOD: &str = "# title: Things\n# answers: Which things?\n# param: country country — whose\n\
        # param: since date [0001-01-01] — from\n# param: sector sector [any] — of\n# column: thing — it\n\
        SELECT ?thing { VALUES ?country { \"SGP\" } VALUES ?since { \"0001-01-01\"^^<http://www.w3.org/2001/XMLSchema#date> }\n\
        VALUES ?sector { UNDEF } ?thing ?p ?country, ?since, ?sector }\n";

    #[track_caller]
    fn check_refused(from: &str, to: &str, expected: &str) {
        assert!(GOOD.contains(from), "{from}");
        let error = Question::parse("q", "q.rq", &GOOD.replacen(from, to, 1), &GAZETTEER).unwrap_err();
        assert_eq!(error.to_string(), expected);
    }

    fn prepare(settings: &[(&str, &str)]) -> Result<String, String> {
        let question = Question::parse("q", "q.rq", GOOD, &GAZETTEER).unwrap();
        let settings: Vec<_> = settings.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned())).collect();
        question.prepare(&settings, &GAZETTEER).map(|q| q.to_string()).map_err(|e| e.to_string())
    }

    #[test]
    fn a_question_is_asked_with_its_values() {
        let query = prepare(&[("country", "Norwegian"), ("sector", "trade")]).unwrap();
        assert!(query.contains("\"NOR\"") && query.contains("\"trade\"") && query.contains("0001-01-01"), "{query}");
        assert!(prepare(&[("country", "NOR"), ("sector", "any")]).unwrap().contains("UNDEF"));
    }

    #[test]
    fn a_question_tells_its_theme_and_examples() {
        let themed = GOOD.replacen("# answers", "# theme: dyad\n# answers", 1);
        let question = Question::parse("q", "q.rq", &themed, &GAZETTEER).unwrap();
        assert_eq!(question.header.theme, Some(crate::query::Theme::Dyad));
        assert_eq!(question.example_values(), [("country".to_owned(), "SGP".to_owned())]);
        assert_eq!(question.example(), "entente query q --set country=SGP");
        let examples: Vec<Option<&str>> = question.header.parameters.iter().map(|p| p.example.as_deref()).collect();
        assert_eq!(examples, [Some("SGP"), Some("0001-01-01"), None]);
    }

    #[test]
    fn values_that_do_not_fit_are_told() {
        let refused = |settings: &[(&str, &str)]| prepare(settings).unwrap_err();
        assert_eq!(refused(&[]), "`q` needs a value for `country` (country): whose");
        assert_eq!(refused(&[("contry", "NOR")]), "`q` has no parameter `contry`; did you mean `country`?");
        assert_eq!(refused(&[("country", "NOR"), ("country", "SWE")]), "`country` is set twice");
        assert_eq!(
            refused(&[("country", "Norwai")]),
            "`country`: `Norwai` is no country known here; did you mean `Norway`?"
        );
        assert!(refused(&[("country", "any")]).contains("is no country"));
        assert!(refused(&[("country", "NOR"), ("since", "} DROP ALL")]).contains("is no date"));
    }

    #[test]
    fn a_limit_and_what_is_open_when_it_is_said() {
        let text = GOOD.replace("?since, ?sector }", "?since, ?sector } LIMIT 7");
        let text = text.replace("country country —", "country country|any —");
        let text = text.replacen("# column", "# param: limit integer [7] — rows\n# column", 1);
        let question = Question::parse("q", "q.rq", &text, &GAZETTEER).unwrap();
        let asked = |name: &str, value: &str| {
            let country = ("country".to_owned(), "any".to_owned());
            let mut settings = vec![(name.to_owned(), value.to_owned())];
            settings.extend((name != "country").then_some(country));
            question.prepare(&settings, &GAZETTEER).map(|q| q.to_string()).map_err(|e| e.to_string())
        };
        assert!(asked("limit", "12").unwrap().contains("LIMIT 12"));
        let open = asked("country", "any").unwrap();
        assert!(open.contains("UNDEF") && open.contains("LIMIT 7"), "{open}");
        assert!(question.prepare(&[], &GAZETTEER).is_err(), "it must be said");
        assert!(asked("limit", "0").unwrap_err().contains("is no number of rows"));
    }

    #[test]
    fn header_and_query_must_agree() {
        check_refused("# title", "# titel", "q.rq:1: unknown key `titel`; did you mean `title`?");
        check_refused(
            "# param: sector",
            "# param: limit integer [7] — rows\n# param: sector",
            "q.rq:5: the query has no `LIMIT 7`, the default of `limit`",
        );
        check_refused("# title: Things\n", "", "q.rq:6: the header lacks `# title:`");
        check_refused("# title: Things", "# title:", "q.rq:1: `title` is empty");
        check_refused(
            "# title: Things\n",
            "# title: Things\n# theme: dyads\n",
            "q.rq:2: unknown theme `dyads`; the themes are country, dyad, leaders, agreements, promises, conflicts, \
            gatherings, evidence, quality",
        );
        check_refused("# answers: Which things?", "# a comment", "q.rq:2: expected `# key: value` in the header");
        check_refused(
            "country country —",
            "country contry —",
            "q.rq:3: unknown type `contry`; did you mean `country`?",
        );
        check_refused("since date [0001-01-01] — from", "since date", "q.rq:4: expected ` — ` and the meaning");
        check_refused(
            "# param: since",
            "# param: Since",
            "q.rq:4: the parameter `Since` is not written in small letters",
        );
        check_refused("# param: since", "# param: country", "q.rq:4: second parameter `country`");
        check_refused(
            "# param: since",
            "# param: until date [9999-12-31] — to\n# param: since",
            "q.rq:4: the query does not use `until`: no `VALUES ?until { … }`",
        );
        check_refused(
            "# param: sector sector [any] — of\n",
            "",
            "q.rq:7: `VALUES ?sector` has no `# param:` of that name",
        );
        check_refused(
            "[0001-01-01]",
            "[0001-01-02]",
            "q.rq:4: `since` is \"0001-01-02\"^^<http://www.w3.org/2001/XMLSchema#date>, \
            but its block holds \"0001-01-01\"^^<http://www.w3.org/2001/XMLSchema#date>",
        );
        check_refused("\"SGP\"", "UNDEF", "q.rq:3: the block of `country` has no example");
        check_refused("\"SGP\"", "\"Singapore\"", "q.rq:3: `country` is \"SGP\", but its block holds \"Singapore\"");
        check_refused("column: thing", "column: item", "q.rq:6: column `item`, but the query selects ?thing here");
        check_refused(
            "SELECT ?thing",
            "SELECT ?thing ?p",
            "q.rq:1: the query selects ?p, which no `# column:` tells of",
        );
        check_refused("# column: thing — it\n", "", "q.rq:1: the query selects ?thing, which no `# column:` tells of");
    }
}
