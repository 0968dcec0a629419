//! `entente explain`: every sentence and rule behind a fact.

mod sentence;
mod story;

use super::args::{ExplainArgs, ReportFormat};
use super::context::Context;
use super::exit::Exit;
use super::party;
use crate::graph::{Explanation, Person, Store, Story, in_one_line};
use crate::knowledge::Gazetteer;
use anstyle::{AnsiColor, Style};
use sentence::marks;
use std::collections::BTreeMap;
use std::io::{self, Write};
use story::{decided, headline, write_claim, write_source, write_story};

const TITLE: Style = Style::new().bold();
const KIND: Style = AnsiColor::Cyan.on_default();
const QUOTE: Style = Style::new().dimmed();

/// Runs the command.
pub(super) fn run(args: &ExplainArgs, ctx: &Context) -> anyhow::Result<Exit> {
    let store = Store::open_existing(&ctx.store)?;
    let Some(explanation) = store.explain(&args.id)? else {
        if let Some(problem) = no_pair(&ctx.knowledge()?.gazetteer, &args.id) {
            ctx.complain(problem);
            return Ok(Exit::Findings);
        }
        ctx.complain(format!(
            "nothing in {} has the id `{}`\n  hint: give the IRI of an event, tie, claim or leader, at least four digits of \
             its hash, an article's id, a leader's name, or a pair such as KOR-SGP",
            ctx.store.display(),
            args.id
        ));
        return Ok(Exit::Findings);
    };
    match args.format {
        ReportFormat::Json => {
            let mut out = ctx.data();
            serde_json::to_writer_pretty(&mut out, &explanation)?;
            writeln!(out)?;
            out.flush()?;
        }
        ReportFormat::Text => {
            let mut out = ctx.page();
            match &explanation {
                Explanation::Ambiguous { candidates } => write_candidates(&mut out, &store, candidates)?,
                known => write(&mut out, known, &Shown::of(&store, known, ctx.shows_colors())?)?,
            }
            out.flush()?;
        }
    }
    if let Explanation::Event { story, formerly: Some(old) } = &explanation {
        ctx.note(format!("note: {old} has become {}: its first report is of that event now", story.event.iri));
    }
    Ok(match explanation {
        Explanation::Ambiguous { .. } | Explanation::Rejected { .. } => Exit::Findings,
        _ => Exit::Done,
    })
}

/// Why an id that looks like a pair, such as `KOR-SGP`, stands for none in the graph.
fn no_pair(gazetteer: &Gazetteer, id: &str) -> Option<String> {
    let local = id.rsplit('/').next().unwrap_or(id);
    let (first, second) = local.split_once('-').filter(|(_, second)| !second.contains('-'))?;
    match (party::code_of(gazetteer, first), party::code_of(gazetteer, second)) {
        (Ok(a), Ok(b)) if a == b => {
            Some(format!("`{first}` and `{second}` are both {a}\n  hint: name two different parties, such as KOR-SGP"))
        }
        (Ok(a), Ok(b)) => Some(format!("the graph knows nothing that {a} and {b} have in common")),
        (Ok(_), Err(error)) | (Err(error), Ok(_)) => {
            Some(format!("nothing has the id `{id}`: {error}\n  hint: a pair is two codes, such as KOR-SGP"))
        }
        (Err(_), Err(_)) => None,
    }
}

fn write(out: &mut dyn Write, explanation: &Explanation, shown: &Shown) -> io::Result<()> {
    match explanation {
        Explanation::Event { story, .. } => write_story(out, story, shown),
        Explanation::Rejected { iri, decision, claims } => {
            writeln!(out, "{TITLE}no event any more{TITLE:#}\n  {iri}\n  {}", decided(decision))?;
            for claim in claims {
                write_source(out, claim)?;
                write_claim(out, claim, shown)?;
            }
            let id = decision.hash();
            writeln!(out, "\nTo take that back: entente curate undo {}", &id[..10])
        }
        Explanation::Tie { tie, events } => {
            let arrow = if tie.directed { "→" } else { "–" };
            let span = [tie.first, tie.last].into_iter().flatten().map(|d| d.to_string()).collect::<Vec<_>>();
            writeln!(out, "{TITLE}{} {arrow} {}: {}{TITLE:#}", tie.from, tie.to, tie.kind)?;
            writeln!(out, "  {}", tie.iri)?;
            writeln!(
                out,
                "  {} event(s) in {} article(s), {} {}\n",
                tie.count,
                tie.articles,
                tie.quad_class,
                span.join(" to ")
            )?;
            events.iter().try_for_each(|story| write_story(out, story, shown))
        }
        Explanation::Claim { claim, event, rejected } => {
            writeln!(out, "{TITLE}claim{TITLE:#} {}", claim.iri)?;
            write_source(out, claim)?;
            write_claim(out, claim, shown)?;
            writeln!(out)?;
            match (event, rejected) {
                (Some(story), _) => write_story(out, story, shown),
                (None, Some(decision)) => writeln!(out, "  asserts no event: {}", decided(decision)),
                (None, None) => writeln!(out, "  asserts no event"),
            }
        }
        Explanation::Article { article, events } => {
            writeln!(out, "{TITLE}{}{TITLE:#}", article.title)?;
            let day = article.published.map(|d| d.to_string());
            let origin = [Some(&article.id), day.as_ref(), article.source.as_ref(), article.url.as_ref()];
            writeln!(out, "  {}\n", origin.into_iter().flatten().cloned().collect::<Vec<_>>().join(" · "))?;
            events.iter().try_for_each(|story| write_story(out, story, shown))
        }
        Explanation::Leader { person, events } => {
            write_person(out, person)?;
            events.iter().try_for_each(|story| write_story(out, story, shown))
        }
        Explanation::Dyad { parties: [a, b], ties } => {
            writeln!(out, "{TITLE}{a}–{b}{TITLE:#}")?;
            for tie in ties {
                let arrow = if tie.directed { "→" } else { "–" };
                let (count, articles) = (tie.count, tie.articles);
                let id = tie.iri.rsplit('/').next().unwrap_or(&tie.iri);
                writeln!(
                    out,
                    "  {} {arrow} {}: {}, {count} event(s) in {articles} article(s)",
                    tie.from, tie.to, tie.kind
                )?;
                writeln!(out, "    {QUOTE}entente explain tie/{id}{QUOTE:#}")?;
            }
            if ties.is_empty() {
                writeln!(out, "  nothing that came about ties them")?;
            }
            writeln!(out, "\nThe whole story, with every sentence: entente dyad {a} {b}")
        }
        // Written with the names of the candidates, which only the store knows.
        Explanation::Ambiguous { .. } => Ok(()),
    }
}

/// What is shown beside the explanation itself.
struct Shown {
    /// In a few words, by IRI, the events that stories link to.
    linked: BTreeMap<String, String>,
    /// What stands before and behind marked words.
    marks: [String; 2],
}

impl Shown {
    fn of(store: &Store, explanation: &Explanation, styled: bool) -> anyhow::Result<Self> {
        let stories: Vec<&Story> = match explanation {
            Explanation::Event { story, .. } => vec![story],
            Explanation::Tie { events, .. }
            | Explanation::Article { events, .. }
            | Explanation::Leader { events, .. } => events.iter().collect(),
            Explanation::Claim { event, .. } => event.iter().map(AsRef::as_ref).collect(),
            Explanation::Rejected { .. } | Explanation::Dyad { .. } | Explanation::Ambiguous { .. } => Vec::new(),
        };
        let mut linked = BTreeMap::new();
        for iri in stories.iter().flat_map(|story| story.produced.iter().chain(&story.came_of)) {
            if !linked.contains_key(iri) {
                linked.extend(store.event(iri)?.map(|event| (iri.clone(), headline(&event))));
            }
        }
        Ok(Self { linked, marks: marks(styled) })
    }
}

/// What an id may mean, with what each is called.
fn write_candidates(out: &mut dyn Write, store: &Store, candidates: &[String]) -> anyhow::Result<()> {
    writeln!(out, "several things have an id that begins so, or such a name:")?;
    for iri in candidates {
        let label = match iri.contains("/leader/") {
            true => store.leader(iri)?.name,
            false => store.label(iri)?,
        };
        let label = if label == *iri { String::new() } else { format!("  {}", in_one_line(&label)) };
        writeln!(out, "  {iri}{label}")?;
    }
    Ok(())
}

fn write_person(out: &mut dyn Write, person: &Person) -> io::Result<()> {
    writeln!(out, "{TITLE}{}{TITLE:#}", person.name)?;
    let item = person.wikidata.as_ref().map(|item| format!(" · Wikidata {item}")).unwrap_or_default();
    let learned = if person.learned { " · learned from the articles, in no list" } else { "" };
    writeln!(out, "  {}{item}{learned}", person.iri)?;
    for term in &person.terms {
        let span = [term.since.as_deref(), term.until.as_deref()].map(Option::unwrap_or_default).join(" – ");
        let title = term.title.as_ref().map(|t| format!(" ({t})")).unwrap_or_default();
        let told = if term.listed { "" } else { ", by articles of these days" };
        writeln!(out, "  {KIND}{}{KIND:#} {}{title} {}{told}", term.party, term.office, span.trim())?;
    }
    for spelling in &person.spellings {
        let shown: Vec<&str> = spelling.articles.iter().take(5).map(String::as_str).collect();
        let more = spelling.articles.len().saturating_sub(shown.len());
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        writeln!(out, "  as “{}” in {}{more}", spelling.name, shown.join(", "))?;
    }
    for reason in &person.same_because {
        writeln!(out, "  one person: {reason}")?;
    }
    writeln!(out)
}
