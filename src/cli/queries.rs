//! `entente queries`: the questions of the catalogue, or one of them whole.

use super::args::{QueriesArgs, ReportFormat};
use super::context::Context;
use super::exit::Exit;
use super::hint::Hint as _;
use crate::knowledge::Gazetteer;
use crate::query::{Catalogue, Parameter, Question, Theme};
use anstyle::{AnsiColor, Style};
use anyhow::anyhow;
use std::io::{self, Write};

const NAME: Style = AnsiColor::Cyan.on_default().bold();
const TITLE: Style = Style::new().bold();

/// Runs the command.
pub(super) fn run(args: &QueriesArgs, ctx: &Context) -> anyhow::Result<Exit> {
    let gazetteer = Gazetteer::builtin()?;
    let mut out = if args.format == ReportFormat::Json { ctx.data() } else { ctx.page() };
    match &args.name {
        None => {
            let mut questions = Catalogue::all(&gazetteer)?;
            questions.retain(|q| args.theme.is_none() || q.header.theme == args.theme);
            list(&questions, args.format, &mut out)?;
        }
        Some(name) => {
            let Some(question) = Catalogue::get(name, &gazetteer)? else {
                let near = Catalogue::nearest(name).map(|n| format!("; did you mean `{n}`?")).unwrap_or_default();
                return Err(anyhow!("there is no question `{name}`{near}")).hint("`entente queries` lists them");
            };
            show(&question, args.format, &mut out)?;
        }
    }
    out.flush()?;
    Ok(Exit::Done)
}

fn list(questions: &[Question], format: ReportFormat, out: &mut dyn Write) -> anyhow::Result<()> {
    if format == ReportFormat::Json {
        serde_json::to_writer_pretty(&mut *out, questions)?;
        writeln!(out)?;
        return Ok(());
    }
    let width = questions.iter().map(|q| q.name.len()).max().unwrap_or(0);
    for theme in Theme::ALL {
        let about: Vec<&Question> = questions.iter().filter(|q| q.header.theme == Some(*theme)).collect();
        if !about.is_empty() {
            writeln!(out, "{TITLE}{}{TITLE:#} ({})", theme.title(), theme.as_str())?;
            list_some(&about, width, out)?;
            writeln!(out)?;
        }
    }
    writeln!(out, "Ask with `entente query NAME --set PARAMETER=VALUE`; those in brackets may be left out.")?;
    writeln!(out, "`entente queries NAME` shows a question whole, `--theme THEME` lists those of one theme.")?;
    Ok(())
}

fn list_some(questions: &[&Question], width: usize, out: &mut dyn Write) -> io::Result<()> {
    for question in questions {
        let parameters: Vec<String> = question.header.parameters.iter().map(parameter).collect();
        writeln!(out, "  {NAME}{:<width$}{NAME:#}  {}", question.name, question.header.title)?;
        if !parameters.is_empty() {
            writeln!(out, "  {:<width$}  {}", "", parameters.join(" "))?;
        }
    }
    Ok(())
}

/// `country=party`, or `[since=date]` where it may be left out.
fn parameter(parameter: &Parameter) -> String {
    let shown = format!("{}={}", parameter.name, parameter.kind.as_str());
    if parameter.default.is_some() { format!("[{shown}]") } else { shown }
}

fn show(question: &Question, format: ReportFormat, out: &mut dyn Write) -> anyhow::Result<()> {
    if format == ReportFormat::Json {
        serde_json::to_writer_pretty(&mut *out, question)?;
        writeln!(out)?;
        return Ok(());
    }
    let header = &question.header;
    writeln!(out, "{NAME}{}{NAME:#}  {TITLE}{}{TITLE:#}\n{}", question.name, header.title, header.answers)?;
    if let Some(theme) = header.theme {
        writeln!(out, "Theme: {} ({})", theme.title(), theme.as_str())?;
    }
    writeln!(out)?;
    let parameters = header.parameters.iter().map(|p| {
        let default = p.default.as_ref().map(|d| format!(" (default: {d})")).unwrap_or_default();
        (format!("{}={}", p.name, p.kind.as_str()), format!("{}{default}", p.meaning))
    });
    section("Parameters", parameters, out)?;
    section("Columns", header.columns.iter().map(|c| (c.name.clone(), c.meaning.clone())), out)?;
    writeln!(out, "{TITLE}Example{TITLE:#}\n  {}\n", question.example())?;
    let body = question.sparql.lines().skip_while(|line| line.starts_with('#') || line.is_empty());
    writeln!(out, "{TITLE}SPARQL{TITLE:#}")?;
    for line in body {
        writeln!(out, "{}", format!("  {line}").trim_end())?;
    }
    Ok(())
}

fn section(title: &str, rows: impl Iterator<Item = (String, String)>, out: &mut dyn Write) -> io::Result<()> {
    let rows: Vec<(String, String)> = rows.collect();
    if rows.is_empty() {
        return Ok(());
    }
    let width = rows.iter().map(|(name, _)| name.len()).max().unwrap_or(0);
    writeln!(out, "{TITLE}{title}{TITLE:#}")?;
    for (name, meaning) in rows {
        writeln!(out, "  {name:<width$}  {meaning}")?;
    }
    writeln!(out)
}
