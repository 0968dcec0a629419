//! Decisions in words: a line that says who decided what and why, and beneath it what the decision is about.

use crate::cli::report::{brief, local};
use crate::graph::{Account, Assertion, Decision, Store, Told, Verdict, Wish, in_one_line};

/// The first digits of a decision's hash, by which it is listed and taken back.
pub(super) fn short(decision: &Decision) -> String {
    decision.hash().chars().take(10).collect()
}

/// The ids that a wish names.
pub(super) fn ids(wish: &Wish) -> Vec<&String> {
    match wish {
        Wish::Merge { ids } | Wish::Reject { ids } => ids.iter().collect(),
        Wish::Split { event, reports, events } => event.iter().chain(reports).chain(events).collect(),
        Wish::Rename { id, .. } => vec![id],
        Wish::Assert { event, .. } => event.iter().collect(),
    }
}

/// A warning where events are put together that have no party in common.
pub(super) fn strangers(account: &Account, verdict: &Verdict) -> Option<String> {
    let Verdict::Merge { .. } = verdict else { return None };
    let mut reached: Vec<&Told> = account.about.iter().take(1).collect();
    let mut left: Vec<&Told> = account.about.iter().skip(1).collect();
    // Whoever has a party in common with one of those that are connected, is connected with all.
    while let Some(at) =
        left.iter().position(|told| reached.iter().any(|other| !told.parties.is_disjoint(&other.parties)))
    {
        reached.push(left.remove(at));
    }
    let stranger = left.first()?;
    Some(format!(
        "warning: no party of “{}” has a part in “{}”: are these one event?",
        in_one_line(&stranger.tells),
        in_one_line(&reached.first()?.tells)
    ))
}

/// `5f0c1a2b3d  2025-11-02  Ada: merge: one signing, two papers`, and what it is about in further lines.
pub(super) fn entry(store: &Store, decision: &Decision) -> anyhow::Result<String> {
    let account = store.account(&decision.verdict, Some(decision))?;
    let mut text = head(decision);
    let mut line = |words: String| text.push_str(&format!("\n    {words}"));
    let split = matches!(decision.verdict, Verdict::Split { .. });
    account.about.iter().for_each(|told| line(format!("{}{}", if split { "leaves: " } else { "" }, tells(told))));
    account.stays.iter().for_each(|told| line(format!("stays: {}", tells(told))));
    match &decision.verdict {
        Verdict::MergeLeaders { leaders } => {
            let names = leaders.iter().zip(&account.names);
            names.for_each(|(iri, name)| line(format!("{}  {}", local(iri), in_one_line(name))));
        }
        _ if account.rests => line("rests: none of these reports is in the store".to_owned()),
        _ => {
            let events = account.events.iter();
            events.for_each(|(iri, label)| line(format!("now {}  {}", brief(iri), in_one_line(label))));
        }
    }
    Ok(text)
}

/// The first line of that.
pub(super) fn head(decision: &Decision) -> String {
    let word = decision.verdict.word();
    let what = match &decision.verdict {
        Verdict::Merge { .. } | Verdict::Reject { .. } | Verdict::Split { .. } => String::new(),
        Verdict::MergeLeaders { .. } => " people".to_owned(),
        Verdict::Rename { name, .. } => format!(" to “{}”", in_one_line(name)),
        Verdict::RenameAgent { agent, name } => format!(" {} to “{}”", local(agent), in_one_line(name)),
        Verdict::Assert { fact } => format!(" {}", values(fact)),
    };
    let (by, why) = (in_one_line(&decision.by), in_one_line(&decision.why));
    format!("{}  {}  {by}: {word}{what}: {why}", short(decision), decision.day())
}

/// `status in-force, date 2024-06-30`; of a new event also what it is.
fn values(fact: &Assertion) -> String {
    let repeats = |what: &str| fact.repeats.iter().any(|repeated| repeated == what);
    let joint = if fact.about == "act" { " → " } else { "–" };
    let parties = (!repeats("parties")).then(|| fact.parties.join(joint)).filter(|parties| !parties.is_empty());
    let kind = (!repeats("type")).then(|| fact.event_type.clone());
    let sectors = Some(fact.sectors.join(", ")).filter(|sectors| !sectors.is_empty());
    let all = [
        ("parties", parties.as_ref()),
        ("type", kind.as_ref()),
        ("status", fact.status.as_ref()),
        ("date", fact.date.as_ref()),
        ("topic", fact.topic.as_ref()),
        ("place", fact.place.as_ref()),
        ("sectors", sectors.as_ref()),
    ];
    let all = all.into_iter().filter_map(|(what, value)| value.map(|value| format!("{what} {}", in_one_line(value))));
    all.collect::<Vec<_>>().join(", ")
}

/// What some articles tell, with the first of them.
fn tells(told: &Told) -> String {
    const SHOWN: usize = 6;
    let shown: Vec<&str> = told.articles.iter().take(SHOWN).map(String::as_str).collect();
    let more = told.articles.len() - shown.len();
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    format!("{} ({}{more})", in_one_line(&told.tells), in_one_line(&shown.join(", ")))
}
