//! `entente explain`: every sentence and rule behind a fact.

use super::args::{ExplainArgs, ReportFormat};
use super::context::Context;
use super::exit::Exit;
use super::party;
use super::report::flat;
use crate::graph::{ClaimRow, EventRow, Explanation, Person, Report, Store, Story};
use crate::knowledge::Gazetteer;
use crate::knowledge::vocab::ActType;
use anstyle::{AnsiColor, Style};
use std::collections::BTreeMap;
use std::io::{self, Write};

const TITLE: Style = Style::new().bold();
const KIND: Style = AnsiColor::Cyan.on_default();
const QUOTE: Style = Style::new().dimmed();
const MARK: Style = Style::new().bold().underline();

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
                known => write(&mut out, known, &linked(&store, known)?)?,
            }
            out.flush()?;
        }
    }
    Ok(if matches!(explanation, Explanation::Ambiguous { .. }) { Exit::Findings } else { Exit::Done })
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

fn write(out: &mut dyn Write, explanation: &Explanation, linked: &Linked) -> io::Result<()> {
    match explanation {
        Explanation::Event { story } => write_story(out, story, linked),
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
            events.iter().try_for_each(|story| write_story(out, story, linked))
        }
        Explanation::Claim { claim, event } => {
            writeln!(out, "{TITLE}claim{TITLE:#} {}", claim.iri)?;
            write_source(out, claim)?;
            write_claim(out, claim)?;
            writeln!(out)?;
            match event {
                Some(story) => write_story(out, story, linked),
                None => writeln!(out, "  asserts no event"),
            }
        }
        Explanation::Article { article, events } => {
            writeln!(out, "{TITLE}{}{TITLE:#}", article.title)?;
            let day = article.published.map(|d| d.to_string());
            let origin = [Some(&article.id), day.as_ref(), article.source.as_ref(), article.url.as_ref()];
            writeln!(out, "  {}\n", origin.into_iter().flatten().cloned().collect::<Vec<_>>().join(" · "))?;
            events.iter().try_for_each(|story| write_story(out, story, linked))
        }
        Explanation::Leader { person, events } => {
            write_person(out, person)?;
            events.iter().try_for_each(|story| write_story(out, story, linked))
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

/// In a few words, by IRI, the events that stories link to.
type Linked = BTreeMap<String, String>;

fn linked(store: &Store, explanation: &Explanation) -> anyhow::Result<Linked> {
    let stories: Vec<&Story> = match explanation {
        Explanation::Event { story } => vec![story],
        Explanation::Tie { events, .. } | Explanation::Article { events, .. } | Explanation::Leader { events, .. } => {
            events.iter().collect()
        }
        Explanation::Claim { event, .. } => event.iter().map(AsRef::as_ref).collect(),
        Explanation::Dyad { .. } | Explanation::Ambiguous { .. } => Vec::new(),
    };
    let mut linked = Linked::new();
    for iri in stories.iter().flat_map(|story| story.produced.iter().chain(&story.came_of)) {
        if !linked.contains_key(iri) {
            linked.extend(store.event(iri)?.map(|event| (iri.clone(), headline(&event))));
        }
    }
    Ok(linked)
}

/// What an id may mean, leaders with their names.
fn write_candidates(out: &mut dyn Write, store: &Store, candidates: &[String]) -> anyhow::Result<()> {
    writeln!(out, "several things have an id that begins so, or such a name:")?;
    for iri in candidates {
        match iri.contains("/leader/") {
            true => writeln!(out, "  {iri}  {}", store.leader(iri)?.name)?,
            false => writeln!(out, "  {iri}")?,
        }
    }
    Ok(())
}

fn write_story(out: &mut dyn Write, story: &Story, linked: &Linked) -> io::Result<()> {
    let event = &story.event;
    writeln!(out, "{TITLE}{}{TITLE:#}", headline(event))?;
    writeln!(out, "  {}", event.iri)?;
    let mut facts = vec![format!("confidence {:.2}", event.confidence)];
    if let Some(basis) = &event.date_basis {
        facts.push(format!("date {basis}"));
    }
    if !event.sectors.is_empty() {
        facts.push(event.sectors.join(", "));
    }
    if event.background {
        facts.push("only recalled".into());
    }
    writeln!(out, "  {}", facts.join(" · "))?;
    for (word, leaders) in [("with", &event.participants), ("signed by", &event.signatories)] {
        if !leaders.is_empty() {
            let names: Vec<String> = leaders.iter().map(|l| l.name.clone()).collect();
            writeln!(out, "  {word} {}", names.join(", "))?;
        }
    }
    write_versions(out, story, linked)?;
    for report in &story.reports {
        write_report(out, report)?;
    }
    writeln!(out)
}

/// What the articles do not tell alike, what people decided, and what came of it.
fn write_versions(out: &mut dyn Write, story: &Story, linked: &Linked) -> io::Result<()> {
    for step in &story.steps {
        let date = step.date.as_ref().map(|d| format!(" {d}")).unwrap_or_default();
        writeln!(out, "  {KIND}{}{KIND:#}{date}: {}", step.status, step.articles.join(", "))?;
    }
    for difference in &story.differences {
        let version = |(version, articles): &(String, Vec<String>)| format!("{version} ({})", articles.join(", "));
        let versions: Vec<String> = difference.versions.iter().map(version).collect();
        writeln!(out, "  reports differ in the {}: {}", difference.what, versions.join("; "))?;
    }
    for decision in &story.decisions {
        let (word, by, day, why) = (decision.verdict.word(), &decision.by, decision.day(), &decision.why);
        writeln!(out, "  decision {}: {word} by {by} on {day}: {why}", &decision.hash()[..8])?;
    }
    for (word, iris) in [("produced", &story.produced), ("came out of", &story.came_of)] {
        for iri in iris {
            let hash = iri.rsplit('/').next().unwrap_or(iri);
            let hash = hash.get(..12).unwrap_or(hash);
            let what = linked.get(iri).map(String::as_str).unwrap_or_default();
            writeln!(out, "  {word} event/{hash}  {QUOTE}{what}{QUOTE:#}")?;
        }
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

fn write_report(out: &mut dyn Write, report: &Report) -> io::Result<()> {
    if let Some(claim) = report.claims.first() {
        write_source(out, claim)?;
    }
    if !report.same_because.is_empty() {
        writeln!(out, "    the same event: {}", report.same_because.join("; "))?;
    }
    report.claims.iter().try_for_each(|claim| write_claim(out, claim))
}

fn write_source(out: &mut dyn Write, claim: &ClaimRow) -> io::Result<()> {
    let day = claim.published.map(|d| d.to_string());
    let origin = [Some(&claim.article), day.as_ref(), claim.source.as_ref(), claim.url.as_ref()];
    let origin: Vec<String> = origin.into_iter().flatten().cloned().collect();
    writeln!(out, "  {KIND}{}{KIND:#}", origin.join(" · "))
}

fn write_claim(out: &mut dyn Write, claim: &ClaimRow) -> io::Result<()> {
    let told = [Some(&claim.event_type), claim.status.as_ref(), claim.date.as_ref()];
    let told: Vec<String> = told.into_iter().flatten().cloned().collect();
    let by = claim.attributed_to.as_ref().map(|who| format!(", according to {who}")).unwrap_or_default();
    writeln!(out, "    {QUOTE}“{QUOTE:#}{}{QUOTE}”{QUOTE:#}", marked(claim))?;
    writeln!(
        out,
        "      {} · {:.2} · rule {} · characters {}–{}{by}",
        told.join(", "),
        claim.confidence,
        claim.rule,
        claim.start,
        claim.end
    )
}

/// The sentence, with the parties and leaders, and the words that the rule and the facts rest on, marked.
fn marked(claim: &ClaimRow) -> String {
    let letters: Vec<char> = claim.quote.chars().collect();
    let mut bold = vec![false; letters.len()];
    let inside = |span: &[usize; 2]| Some([span[0].checked_sub(claim.start)?, span[1].checked_sub(claim.start)?]);
    let named = claim.words.iter().filter_map(inside);
    let (rule, _) = claim.rule.split_once('/').unwrap_or((&claim.rule, ""));
    let signal = [rule, &claim.event_type].map(str::to_lowercase);
    let triggers = word_spans(&letters).into_iter().filter(|[a, b]| {
        let word: String = letters[*a..*b].iter().collect::<String>().to_lowercase();
        signal.iter().flat_map(|s| s.split('-')).any(|s| is_form(&word, s))
    });
    for [a, b] in named.chain(triggers) {
        let end = b.min(bold.len());
        bold.iter_mut().take(end).skip(a).for_each(|mark| *mark = true);
    }
    let mut text = String::new();
    for (at, letter) in letters.iter().enumerate() {
        let (before, after) = (at > 0 && bold[at - 1], bold.get(at + 1).copied().unwrap_or(false));
        if bold[at] && !before {
            text.push_str(&MARK.render().to_string());
        }
        text.push(*letter);
        if bold[at] && !after {
            text.push_str(&MARK.render_reset().to_string());
        }
    }
    flat(&text).to_string()
}

fn word_spans(letters: &[char]) -> Vec<[usize; 2]> {
    let mut spans: Vec<[usize; 2]> = Vec::new();
    for (at, letter) in letters.iter().enumerate().filter(|(_, letter)| letter.is_alphanumeric()) {
        match spans.last_mut() {
            Some(span) if span[1] == at => span[1] = at + letter.len_utf8().min(1),
            _ => spans.push([at, at + 1]),
        }
    }
    spans
}

/// Whether a word is a form of a trigger: "signed" and "signing" of "sign", "met" of "meet".
fn is_form(word: &str, lemma: &str) -> bool {
    const IRREGULAR: [(&str, &str); 5] =
        [("met", "meet"), ("held", "hold"), ("spoke", "speak"), ("struck", "strike"), ("mou", "memorandum")];
    let stem: String = lemma.chars().take(lemma.chars().count().saturating_sub(1).max(3)).collect();
    let near = word.chars().count() <= lemma.chars().count() + 4;
    (lemma.len() > 2 && near && word.starts_with(&stem)) || IRREGULAR.contains(&(word, lemma))
}

/// `KOR–SGP: partnership, agreed, strategic partnership, 2025-11-02`.
fn headline(event: &EventRow) -> String {
    let who = match (&event.actor, &event.recipient) {
        (Some(actor), Some(recipient)) if !event.event_type.parse().is_ok_and(ActType::is_mutual) => {
            format!("{actor} → {recipient}")
        }
        _ => event.parties.join("–"),
    };
    let rest = [event.status.as_ref(), event.topic.as_ref(), event.place.as_ref(), event.date.as_ref()];
    let mut line = format!("{who}: {}", event.event_type);
    for part in rest.into_iter().flatten() {
        line.push_str(", ");
        line.push_str(part);
    }
    line
}
