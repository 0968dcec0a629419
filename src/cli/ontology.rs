//! `entente ontology`: what the graph's terms mean, as a page to read or as RDF for other programs. Needs no store.

use super::args::{OntologyArgs, OntologyFormat};
use super::exit::Exit;
use super::hint::Hint as _;
use super::output::Output;
use crate::knowledge::{Gazetteer, ONTOLOGY};
use crate::query::{Catalogue, write_examples};
use crate::view::vocabulary::{Vocabulary, write_html};
use anyhow::Context as _;
use oxrdf::NamedNode;
use std::io::Write as _;

/// The file that is written apart, because it holds no terms.
const SHAPES: &str = "shapes.ttl";

/// Runs the command.
pub(super) fn run(args: &OntologyArgs) -> anyhow::Result<Exit> {
    let mut out = Output::open(args.output.as_deref())?;
    match args.format {
        OntologyFormat::Html => write_html(&mut out, &Vocabulary::builtin()?)?,
        OntologyFormat::Turtle => out.write_all(files(|name| name != SHAPES).as_bytes())?,
        OntologyFormat::Shapes => out.write_all(files(|name| name == SHAPES).as_bytes())?,
        OntologyFormat::Queries => {
            let endpoint = args.endpoint.as_deref().map(NamedNode::new).transpose();
            let endpoint = endpoint.context("--endpoint is no IRI").hint("such as https://example.org/query")?;
            write_examples(&mut out, &Catalogue::all(&Gazetteer::builtin()?)?, endpoint.as_ref())?;
        }
    }
    out.finish()?;
    Ok(Exit::Done)
}

/// The files of the ontology that are wanted, one after the other: Turtle may declare its prefixes anew.
fn files(wanted: impl Fn(&str) -> bool) -> String {
    ONTOLOGY.iter().filter(|(name, _)| wanted(name)).map(|(_, text)| *text).collect::<Vec<_>>().join("\n")
}
