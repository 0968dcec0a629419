//! Faults of a store: what breaks the shapes, and what the queries of `queries/check` find.

use super::error::StoreError;
use super::shacl::Shapes;
use super::store::{Store, value};
use oxigraph::sparql::{QueryResults, SparqlEvaluator};
use serde::Serialize;

/// How bad a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// It must not be.
    Violation,
    /// It is suspicious, and may come from the articles.
    Warning,
}

/// One fault.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// The shape or query that found it.
    pub check: String,
    /// How bad it is.
    pub severity: Severity,
    /// IRI of what it is about.
    pub about: String,
    /// IRI of the property whose values break a shape; none of a query's finding.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
    /// The constraint of SHACL that they break, as `sh:minCount`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub constraint: Option<&'static str>,
    /// What is wrong.
    pub message: String,
    /// The values that are wrong, or the other columns of the query.
    pub values: Vec<String>,
}

/// A query that finds faults: a `SELECT` whose first column is what the fault is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CheckQuery<'q> {
    /// Name of the file, without extension.
    pub name: &'q str,
    /// The query, with `# title:` and `# finds:` at its head, and `# severity: warning` where it is only suspicious.
    pub text: &'q str,
}

macro_rules! queries {
    ($($name:literal),+ $(,)?) => {
        /// The queries of `queries/check`, by name.
        pub const CHECK_QUERIES: &[CheckQuery<'static>] = &[
            $(CheckQuery { name: $name, text: include_str!(concat!("../../queries/check/", $name, ".rq")) }),+
        ];
    };
}

queries![
    "agreement-of-one-party",
    "claim-without-event",
    "date-out-of-range",
    "dyad-not-of-two",
    "event-without-claim",
    "event-without-source",
    "quote-length",
    "tie-of-what-did-not-happen",
    "tie-without-event",
    "triple-in-two-graphs",
];

impl CheckQuery<'_> {
    /// The value of a line `# key: value` at the head.
    #[must_use]
    pub fn header(&self, key: &str) -> Option<&str> {
        let head = self.text.lines().map_while(|line| line.strip_prefix('#'));
        head.filter_map(|line| line.trim().split_once(':')).find(|(k, _)| *k == key).map(|(_, value)| value.trim())
    }
}

impl Store {
    /// Everything that the shapes and the check queries find, violations first.
    ///
    /// # Errors
    /// Those of reading; a broken shape or query, which tests guard against.
    pub fn check(&self) -> Result<Vec<Finding>, StoreError> {
        let mut findings = Shapes::builtin()?.findings(self)?;
        for query in CHECK_QUERIES {
            findings.extend(self.run_check(query)?);
        }
        findings.sort_by(|a, b| {
            (a.severity, &a.check, &a.about, &a.message).cmp(&(b.severity, &b.check, &b.about, &b.message))
        });
        Ok(findings)
    }

    /// What one check query finds.
    ///
    /// # Errors
    /// A query that cannot be run, or is no `SELECT`.
    pub fn run_check(&self, query: &CheckQuery<'_>) -> Result<Vec<Finding>, StoreError> {
        let wrong = |message: String| StoreError::Query { name: query.name.to_owned(), message };
        let mut prepared = SparqlEvaluator::new().parse_query(query.text).map_err(|e| wrong(e.to_string()))?;
        prepared.dataset_mut().set_default_graph_as_union();
        let results = prepared.on_store(self.inner()).execute().map_err(|e| wrong(e.to_string()))?;
        let QueryResults::Solutions(solutions) = results else { return Err(wrong("no SELECT query".into())) };
        let finds = query.header("finds").unwrap_or(query.name);
        let warning = query.header("severity") == Some("warning");
        let mut findings = Vec::new();
        for solution in solutions {
            let solution = solution.map_err(|e| wrong(e.to_string()))?;
            let mut cells =
                solution.values().iter().map(|cell| cell.as_ref().map(value).unwrap_or_default().to_owned());
            findings.push(Finding {
                check: format!("query {}", query.name),
                severity: if warning { Severity::Warning } else { Severity::Violation },
                about: cells.next().unwrap_or_default(),
                path: None,
                constraint: None,
                message: finds.to_owned(),
                values: cells.filter(|cell| !cell.is_empty()).collect(),
            });
        }
        Ok(findings)
    }
}
