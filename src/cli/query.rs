//! `entente query`: one question to the graph, from the catalogue, a file or stdin.

use super::args::{QueryArgs, QueryFormat, Setting};
use super::context::Context;
use super::exit::Exit;
use super::hint::Hint as _;
use crate::graph::Store;
use crate::graph::sparql::{Prepared, SparqlError};
use crate::knowledge::Gazetteer;
use crate::query::{self, Catalogue, Format, Header, Question, QuestionError, Width, free_value};
use anyhow::{Context as _, anyhow};
use std::collections::BTreeSet;
use std::io::{self, IsTerminal as _, Read as _, Write as _};
use std::path::Path;

/// The longest query that is read, in bytes.
const LONGEST: u64 = 1 << 20;

/// Runs the command.
pub(super) fn run(args: &QueryArgs, ctx: &Context) -> anyhow::Result<Exit> {
    let prepared = prepare(args, ctx)?;
    let store = Store::open_existing(&ctx.store)?;
    let answer = store.ask(&prepared)?;
    let format = format(args);
    let mut out = match (&args.output, format) {
        (None, Format::Table(_)) => ctx.page(),
        (file, Format::Table(_)) => Box::new(anstream::StripStream::new(ctx.destination(file.as_deref())?)),
        (file, _) => ctx.destination(file.as_deref())?,
    };
    let found = query::write(answer, format, &mut out).context("cannot write the answer")?;
    out.flush()?;
    if found == 0 {
        ctx.note("nothing matched");
        return Ok(Exit::Findings);
    }
    Ok(Exit::Done)
}

/// The query with its values.
fn prepare(args: &QueryArgs, ctx: &Context) -> anyhow::Result<Prepared> {
    let gazetteer = ctx.knowledge()?.gazetteer;
    if let Some(question) = Catalogue::get(&args.query, &gazetteer)? {
        return fill(&question, &args.settings, &gazetteer);
    }
    let text = read(&args.query)?;
    if Header::heads(&text) {
        let question = Question::parse(&args.query, &args.query, &text, &gazetteer)?;
        return fill(&question, &args.settings, &gazetteer);
    }
    let mut query = Prepared::parse_freely(&text).map_err(refused)?;
    let mut seen = BTreeSet::new();
    for Setting { name, value } in &args.settings {
        if !seen.insert(name) {
            return Err(QuestionError::Twice(name.clone()).into());
        }
        let term = free_value(value).with_context(|| format!("`{name}` cannot be set"))?;
        query.bind(name, Some(&term)).map_err(refused)?;
    }
    Ok(query)
}

fn fill(question: &Question, settings: &[Setting], gazetteer: &Gazetteer) -> anyhow::Result<Prepared> {
    let settings: Vec<(String, String)> = settings.iter().map(|s| (s.name.clone(), s.value.clone())).collect();
    question.prepare(&settings, gazetteer).hint(format!(
        "`entente queries {}` tells its parameters; for example `{}`",
        question.name,
        question.example()
    ))
}

fn refused(error: SparqlError) -> anyhow::Error {
    let hint = match &error {
        SparqlError::Update => "articles come into the graph with `entente build` and leave it with `entente forget`",
        SparqlError::Service => "export the graph (`entente export --format trig`) and ask both in another engine",
        _ => return error.into(),
    };
    match Err::<(), _>(error).hint(hint) {
        Ok(()) => anyhow!(hint),
        Err(error) => error,
    }
}

/// The text of a query in a file or on stdin.
fn read(place: &str) -> anyhow::Result<String> {
    let mut bytes = Vec::new();
    if place == "-" {
        io::stdin().lock().take(LONGEST + 1).read_to_end(&mut bytes).context("cannot read stdin")?;
    } else if Path::new(place).is_file() {
        let file = std::fs::File::open(place).with_context(|| format!("cannot read {place}"))?;
        file.take(LONGEST + 1).read_to_end(&mut bytes).with_context(|| format!("cannot read {place}"))?;
    } else {
        let near = Catalogue::nearest(place).map(|n| format!("; did you mean `{n}`?")).unwrap_or_default();
        return Err(anyhow!("there is no question and no file `{place}`{near}"))
            .hint("`entente queries` lists the questions; - reads SPARQL from stdin");
    }
    if bytes.len() as u64 > LONGEST {
        return Err(anyhow!("the query in {place} is longer than 1 MiB"));
    }
    String::from_utf8(bytes).with_context(|| format!("the query in {place} is not UTF-8"))
}

/// How to write the answer. On a terminal a table is as wide as that.
fn format(args: &QueryArgs) -> Format {
    match args.format {
        QueryFormat::Table if args.output.is_none() && io::stdout().is_terminal() => {
            let width = terminal_size::terminal_size().map(|(width, _)| usize::from(width.0));
            Format::Table(width.map_or(Width::Free, Width::AtMost))
        }
        QueryFormat::Table => Format::Table(Width::Free),
        QueryFormat::Markdown => Format::Markdown,
        QueryFormat::Csv => Format::Csv,
        QueryFormat::Tsv => Format::Tsv,
        QueryFormat::Json => Format::Json,
        QueryFormat::Xml => Format::Xml,
    }
}
