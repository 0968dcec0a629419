//! The named questions: listed, and asked.

use super::{Ask, Problem, Reply, json};
use crate::graph::serving::Dataset;
use crate::graph::sparql::SparqlError;
use crate::query::{Format, Question, Theme, WriteError, write};
use crate::server::reply::bytes;
use hyper::StatusCode;
use serde::Serialize;
use std::io::{self, Write};

#[derive(Serialize)]
struct Line<'q> {
    id: &'q str,
    title: &'q str,
    description: &'q str,
    theme: Option<Theme>,
    parameters: Vec<ParameterWire<'q>>,
    columns: Vec<ColumnWire<'q>>,
    sparql: &'q str,
}

#[derive(Serialize)]
struct ParameterWire<'q> {
    name: &'q str,
    kind: &'static str,
    /// Nothing where a value must be given.
    default: Option<&'q str>,
    example: Option<&'q str>,
    description: &'q str,
}

#[derive(Serialize)]
struct ColumnWire<'q> {
    name: &'q str,
    description: &'q str,
}

#[derive(Serialize)]
struct Lines<'q> {
    items: Vec<Line<'q>>,
}

/// `GET /catalogue`.
pub(super) fn list(ask: &Ask<'_>) -> Result<Reply, Problem> {
    Ok(json(&Lines { items: ask.app.questions.iter().map(line).collect() }))
}

fn line(question: &Question) -> Line<'_> {
    let header = &question.header;
    Line {
        id: &question.name,
        title: &header.title,
        description: &header.answers,
        theme: header.theme,
        parameters: header
            .parameters
            .iter()
            .map(|p| ParameterWire {
                name: &p.name,
                kind: p.kind.as_str(),
                default: p.default.as_deref(),
                example: p.example.as_deref(),
                description: &p.meaning,
            })
            .collect(),
        columns: header.columns.iter().map(|c| ColumnWire { name: &c.name, description: &c.meaning }).collect(),
        sparql: &question.sparql,
    }
}

/// `GET /catalogue/{id}?parameter=value`: the answer as SPARQL 1.1 JSON.
pub(super) fn one(ask: &Ask<'_>, id: &str) -> Result<Reply, Problem> {
    let missing = || Problem::missing(format!("there is no question `{id}`"));
    let question = ask.app.questions.iter().find(|q| q.name == id).ok_or_else(missing)?;
    let gazetteer = &ask.app.extractor.knowledge().gazetteer;
    let settings: Vec<_> = ask.call.query.iter().filter(|(_, value)| !value.is_empty()).cloned().collect();
    let query = question.prepare(&settings, gazetteer).map_err(|error| Problem::bad(error.to_string()))?;
    let turn = ask.app.clock.turn(ask.app.settings.query_time);
    let answer = ask.now.store.ask_within(&query, &Dataset::default(), &turn.stop).map_err(failed)?;
    let mut out = Capped { bytes: Vec::new(), most: ask.app.settings.answer_bytes };
    write(answer, Format::Json, &mut out).map_err(|error| match error {
        WriteError::Sparql(error) => failed(error),
        WriteError::Io(_) => {
            Problem::new(StatusCode::INTERNAL_SERVER_ERROR, "the answer is too big; narrow the question")
        }
    })?;
    Ok(bytes("application/sparql-results+json", out.bytes))
}

fn failed(error: SparqlError) -> Problem {
    match error {
        SparqlError::Cancelled => {
            Problem::new(StatusCode::SERVICE_UNAVAILABLE, "the question took too long; narrow it")
        }
        _ => Problem::new(StatusCode::INTERNAL_SERVER_ERROR, "the question could not be answered"),
    }
}

/// Bytes up to a limit.
struct Capped {
    bytes: Vec<u8>,
    most: u64,
}

impl Write for Capped {
    fn write(&mut self, buf: &[u8]) -> io::Result<usize> {
        if (self.bytes.len() + buf.len()) as u64 > self.most {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        self.bytes.extend_from_slice(buf);
        Ok(buf.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
