//! Filters without a script: a link to `#missed-acts` makes that element the page's target, and a rule of the style hides what
//! has not its class.

use super::Outcome;
use super::card::tokens;
use crate::evaluate::score::VIEWS;
use crate::view::export::escape;
use std::collections::BTreeSet;
use std::fmt::Write as _;

/// One filter: the fragment that leads to it, and `in-` before it the class of what it shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Filter {
    pub(super) id: String,
    /// "missed acts".
    pub(super) label: String,
    /// Whether it chooses among articles only.
    pub(super) whole_articles: bool,
}

/// The fragment of an outlet, by its place among the outlets.
pub(super) fn outlet_id(index: usize) -> String {
    format!("outlet-{}", index + 1)
}

/// Every filter of a page with these outlets.
pub(super) fn filters<'a>(outlets: impl Iterator<Item = &'a String>) -> Vec<Filter> {
    let mut ids: BTreeSet<String> = BTreeSet::new();
    for outcome in Outcome::COUNTED {
        ids.extend(VIEWS.iter().flat_map(|view| tokens(outcome, view)));
    }
    let facts = ids.into_iter().map(|id| Filter {
        label: match id.split_once('-') {
            Some((outcome, view)) => format!("{outcome} {view}"),
            None if VIEWS.contains(&id.as_str()) => id.clone(),
            None => format!("{id} facts"),
        },
        id,
        whole_articles: false,
    });
    let outlets = outlets.enumerate().map(|(i, name)| Filter {
        id: outlet_id(i),
        label: format!("articles of {name}"),
        whole_articles: true,
    });
    facts.chain(outlets).collect()
}

/// The classes of what filters with these fragments show.
pub(super) fn classes<'a>(ids: impl IntoIterator<Item = &'a String>) -> String {
    ids.into_iter().map(|id| format!("in-{id}")).collect::<Vec<_>>().join(" ")
}

/// The rules of the style that make the filters work. The bars stand before `main`.
pub(super) fn style(filters: &[Filter]) -> String {
    let mut out = String::new();
    for filter in filters {
        let class = if filter.whole_articles { "whole" } else { "by" };
        let _ = writeln!(out, "#{0}:target~main .{class}:not(.in-{0}){{display:none}}", filter.id);
    }
    out
}

/// The bars that say which filter is on, each shown only then.
pub(super) fn bars(filters: &[Filter], articles: impl Fn(&str) -> usize) -> String {
    let mut out = String::new();
    for filter in filters {
        let n = articles(&filter.id);
        let (id, label, s) = (&filter.id, escape(&filter.label), if n == 1 { "" } else { "s" });
        let told = if filter.whole_articles {
            format!("Only the {n} <b>{label}</b>")
        } else {
            format!("Only <b>{label}</b>, in {n} article{s}")
        };
        let _ = writeln!(out, "<p class=\"bar\" id=\"{id}\">{told} <a href=\"#articles\">show everything</a></p>");
    }
    out
}
