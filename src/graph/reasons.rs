//! Two tellings of one event → why they are held to be one, in words for people.

use super::identity::{Item, distance};
use super::mint;

/// Why two tellings of one event are held to be one, for people.
pub(super) fn reasons(a: &Item<'_>, b: &Item<'_>) -> Vec<String> {
    let mut reasons = Vec::new();
    let codes = |i: &Item<'_>| i.telling.parties.iter().map(|p| mint::code(p)).collect::<Vec<_>>().join("–");
    reasons.push(if a.telling.parties == b.telling.parties {
        format!("the same parties ({})", codes(a))
    } else {
        format!("parties of one gathering ({}; {})", codes(a), codes(b))
    });
    reasons.push(if a.telling.event_type == b.telling.event_type {
        format!("the same type ({})", a.telling.event_type)
    } else {
        format!("types that may mean one thing ({}, {})", a.telling.event_type, b.telling.event_type)
    });
    if a.telling.status != b.telling.status {
        let status = |i: &Item<'_>| i.telling.status.clone().unwrap_or_default();
        reasons.push(format!("one came of the other ({}, {})", status(a), status(b)));
    }
    let told = |i: &Item<'_>| match (i.telling.date, i.telling.article.published) {
        (Some(date), _) => date.to_string(),
        (None, Some(day)) => format!("no date, published {day}"),
        (None, None) => "no date".to_owned(),
    };
    reasons.push(match distance(a, b) {
        Some(0) => format!("dates that agree ({}; {})", told(a), told(b)),
        Some(days) => format!("dates {days} days apart ({}; {})", told(a), told(b)),
        None => "recalled without a date by articles of the same days".to_owned(),
    });
    let words = a.topic.shared(&b.topic);
    if !words.is_empty() {
        reasons.push(format!("topics that share: {}", words.join(", ")));
    }
    let words = a.words.shared(&b.words);
    if a.topic.shared(&b.topic).is_empty() && words.len() > 1 {
        reasons.push(format!("sentences that share: {}", words.join(", ")));
    }
    if a.place.is_some() && a.place == b.place {
        reasons.push(format!("the same place ({})", a.telling.place.as_deref().unwrap_or_default()));
    }
    reasons
}
