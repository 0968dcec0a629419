//! An event with its sentences, as people read it.

use super::sentence::marked;
use super::{KIND, QUOTE, Shown, TITLE};
use crate::graph::{ClaimRow, Decision, EventRow, Report, Story, in_one_line};
use crate::knowledge::vocab::ActType;
use std::io::{self, Write};

/// An event, and everything that says so.
pub(super) fn write_story(out: &mut dyn Write, story: &Story, shown: &Shown) -> io::Result<()> {
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
    write_versions(out, story, shown)?;
    for report in &story.reports {
        write_report(out, report, shown)?;
    }
    writeln!(out)
}

/// What the articles do not tell alike, what people decided, and what came of it.
fn write_versions(out: &mut dyn Write, story: &Story, shown: &Shown) -> io::Result<()> {
    for step in &story.steps {
        let date = step.date.as_ref().map(|d| format!(" {d}")).unwrap_or_default();
        writeln!(out, "  {KIND}{}{KIND:#}{date}: {}", step.status, sources(&step.articles))?;
    }
    for difference in &story.differences {
        let version = |(version, articles): &(String, Vec<String>)| format!("{version} ({})", sources(articles));
        let versions: Vec<String> = difference.versions.iter().map(version).collect();
        writeln!(out, "  reports differ in the {}: {}", difference.what, versions.join("; "))?;
    }
    for decision in &story.decisions {
        writeln!(out, "  {}", decided(decision))?;
    }
    for (word, iris) in [("produced", &story.produced), ("came out of", &story.came_of)] {
        for iri in iris {
            let hash = iri.rsplit('/').next().unwrap_or(iri);
            let hash = hash.get(..12).unwrap_or(hash);
            let what = shown.linked.get(iri).map(String::as_str).unwrap_or_default();
            writeln!(out, "  {word} event/{hash}  {QUOTE}{what}{QUOTE:#}")?;
        }
    }
    Ok(())
}

fn write_report(out: &mut dyn Write, report: &Report, shown: &Shown) -> io::Result<()> {
    if let Some(claim) = report.claims.first() {
        write_source(out, claim)?;
    }
    if !report.same_because.is_empty() {
        writeln!(out, "    the same event: {}", report.same_because.join("; "))?;
    }
    report.claims.iter().try_for_each(|claim| write_claim(out, claim, shown))
}

/// Where a sentence stands; of what a person asserts, who and by which decision.
pub(super) fn write_source(out: &mut dyn Write, claim: &ClaimRow) -> io::Result<()> {
    if claim.article.starts_with("decision/") {
        let by = in_one_line(claim.attributed_to.as_deref().unwrap_or_default());
        return writeln!(out, "  {KIND}{} by {by}{KIND:#}", source(&claim.article));
    }
    let day = claim.published.map(|d| d.to_string());
    let origin = [Some(&claim.article), day.as_ref(), claim.source.as_ref(), claim.url.as_ref()];
    let origin: Vec<String> = origin.into_iter().flatten().cloned().collect();
    writeln!(out, "  {KIND}{}{KIND:#}", origin.join(" · "))
}

/// The sentence, and what was read in it by which rule.
pub(super) fn write_claim(out: &mut dyn Write, claim: &ClaimRow, shown: &Shown) -> io::Result<()> {
    let told = [Some(&claim.event_type), claim.status.as_ref(), claim.date.as_ref()];
    let told: Vec<String> = told.into_iter().flatten().cloned().collect();
    let is_decision = claim.article.starts_with("decision/");
    let quote = if is_decision { in_one_line(&claim.quote) } else { marked(claim, &shown.marks) };
    writeln!(out, "    {QUOTE}“{QUOTE:#}{quote}{QUOTE}”{QUOTE:#}")?;
    if is_decision {
        return writeln!(out, "      {}", told.join(", "));
    }
    let by = claim.attributed_to.as_ref().map(|who| format!(", according to {who}")).unwrap_or_default();
    let place = match claim.end > claim.start {
        true => format!(" · characters {}–{}{by}", claim.start, claim.end),
        false => by,
    };
    let (told, hash) = (told.join(", "), claim.iri.rsplit('/').next().unwrap_or(&claim.iri));
    let id = hash.get(..12).unwrap_or(hash);
    writeln!(out, "      {told} · {:.2} · rule {}{place} · claim/{id}", claim.confidence, claim.rule)
}

/// `decision 5f0c1a2b3d: merge by Ada on 2024-07-01: one signing, two papers`.
pub(super) fn decided(decision: &Decision) -> String {
    let (word, day) = (decision.verdict.word(), decision.day());
    let (id, by, why) = (source(&format!("decision/{}", decision.hash())), &decision.by, &decision.why);
    format!("{id}: {word} by {} on {day}: {}", in_one_line(by), in_one_line(why))
}

/// The id of an article; of what a person asserts, that of the decision as `entente curate list` prints it.
fn source(article: &str) -> String {
    match article.strip_prefix("decision/") {
        Some(hash) => format!("decision {}", hash.get(..10).unwrap_or(hash)),
        None => article.to_owned(),
    }
}

fn sources(articles: &[String]) -> String {
    articles.iter().map(|article| source(article)).collect::<Vec<_>>().join(", ")
}

/// `KOR–SGP: partnership, agreed, strategic partnership, 2025-11-02`.
pub(super) fn headline(event: &EventRow) -> String {
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
