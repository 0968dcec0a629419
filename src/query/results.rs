//! An answer → bytes: a table for people, or the SPARQL 1.1 result formats.

use super::compact::compact;
use super::table;
use crate::graph::sparql::{Answer, SparqlError, Triples};
use oxrdf::vocab::xsd;
use oxrdf::{Term, Variable};
use oxttl::TurtleSerializer;
use sparesults::{QueryResultsFormat, QueryResultsSerializer};
use std::io::{self, Write};

/// How an answer is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Aligned columns; triples as Turtle.
    Table(Width),
    /// A Markdown table.
    Markdown,
    /// SPARQL 1.1 CSV.
    Csv,
    /// SPARQL 1.1 TSV.
    Tsv,
    /// SPARQL 1.1 JSON.
    Json,
    /// SPARQL 1.1 XML.
    Xml,
}

/// How wide a table may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Width {
    /// As wide as its cells.
    Free,
    /// At most so many columns of a terminal, where that can be: long cells are wrapped.
    AtMost(usize),
}

/// What can go wrong between an answer and its bytes.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// The bytes could not be written.
    #[error(transparent)]
    Io(#[from] io::Error),
    /// The query failed on its way.
    #[error(transparent)]
    Sparql(#[from] SparqlError),
}

/// Prefixes of Turtle.
const PREFIXES: [(&str, &str); 4] = [
    ("ent", "https://w3id.org/entente/ontology#"),
    ("rdfs", "http://www.w3.org/2000/01/rdf-schema#"),
    ("skos", "http://www.w3.org/2004/02/skos/core#"),
    ("xsd", "http://www.w3.org/2001/XMLSchema#"),
];

/// Datatypes that are aligned to the right.
const NUMBERS: [oxrdf::NamedNodeRef<'_>; 4] = [xsd::INTEGER, xsd::DECIMAL, xsd::DOUBLE, xsd::FLOAT];

/// Writes the answer; gives how many rows or triples there were (of `ASK`: 1 where it is true). Triples in a format other
/// than the table are rows of subject, predicate and object.
///
/// # Errors
/// Bytes that cannot be written, a query that fails on its way.
pub fn write(answer: Answer, format: Format, out: &mut dyn Write) -> Result<u64, WriteError> {
    match answer {
        Answer::Boolean(value) => {
            match sparql_format(format) {
                Some(format) => {
                    QueryResultsSerializer::from_format(format).serialize_boolean_to_writer(&mut *out, value)?;
                }
                None => write!(out, "{value}")?,
            }
            writeln!(out)?;
            Ok(u64::from(value))
        }
        Answer::Triples(triples) if matches!(format, Format::Table(_)) => turtle(triples, out),
        Answer::Triples(triples) => {
            let columns = ["subject", "predicate", "object"].map(Variable::new_unchecked);
            let rows = triples
                .map(|triple| triple.map(|t| vec![Some(t.subject.into()), Some(t.predicate.into()), Some(t.object)]));
            solutions(&columns, rows, format, out)
        }
        Answer::Solutions(rows) => {
            let columns = rows.columns().to_vec();
            solutions(&columns, rows, format, out)
        }
    }
}

fn sparql_format(format: Format) -> Option<QueryResultsFormat> {
    match format {
        Format::Table(_) | Format::Markdown => None,
        Format::Csv => Some(QueryResultsFormat::Csv),
        Format::Tsv => Some(QueryResultsFormat::Tsv),
        Format::Json => Some(QueryResultsFormat::Json),
        Format::Xml => Some(QueryResultsFormat::Xml),
    }
}

fn solutions(
    columns: &[Variable],
    rows: impl Iterator<Item = Result<Vec<Option<Term>>, SparqlError>>,
    format: Format,
    out: &mut dyn Write,
) -> Result<u64, WriteError> {
    let mut count = 0;
    if let Some(shape) = sparql_format(format) {
        let serializer = QueryResultsSerializer::from_format(shape);
        let mut serializer = serializer.serialize_solutions_to_writer(&mut *out, columns.to_vec())?;
        for row in rows {
            let row = row?;
            let bound = columns.iter().zip(&row).filter_map(|(c, t)| Some((c.as_ref(), t.as_ref()?.as_ref())));
            serializer.serialize(bound)?;
            count += 1;
        }
        serializer.finish()?;
        // The formats with lines end theirs; the others leave the last one open.
        if matches!(shape, QueryResultsFormat::Json | QueryResultsFormat::Xml) {
            writeln!(out)?;
        }
        return Ok(count);
    }
    let mut table = table::Table::new(columns.iter().map(|c| c.as_str().to_owned()).collect());
    for row in rows {
        table.push(row?.iter().map(cell).collect());
        count += 1;
    }
    match format {
        Format::Markdown => table.write_markdown(out)?,
        Format::Table(width) => table.write_text(width, out)?,
        _ => {}
    }
    Ok(count)
}

fn cell(term: &Option<Term>) -> table::Cell {
    let number = matches!(term, Some(Term::Literal(l)) if NUMBERS.contains(&l.datatype()));
    table::Cell { text: term.as_ref().map(compact).unwrap_or_default(), number }
}

fn turtle(triples: Triples, out: &mut dyn Write) -> Result<u64, WriteError> {
    let serializer = PREFIXES.iter().fold(TurtleSerializer::new(), |serializer, (name, iri)| {
        // These are sound IRIs.
        serializer.clone().with_prefix(*name, *iri).unwrap_or(serializer)
    });
    // A graph is a set; sorted, the same graph gives the same bytes and a subject stands once.
    let mut sorted = triples.collect::<Result<Vec<_>, _>>()?;
    sorted.sort_by_cached_key(ToString::to_string);
    sorted.dedup();
    let mut writer = serializer.for_writer(&mut *out);
    for triple in &sorted {
        writer.serialize_triple(triple)?;
    }
    writer.finish()?;
    Ok(sorted.len() as u64)
}
