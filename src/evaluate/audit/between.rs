//! Facts between states: agreements, encounters and acts that two different states have a part in.

use super::item::{act, agreement, encounter};
use crate::facts::{Evidence, Facts};
use std::collections::BTreeSet;

/// What an article tells between two states or more: statement, whether it is only recalled, the first sentence behind it.
///
/// `is_state` says of a code whether it is a state's (an organization's is none).
#[must_use]
pub fn between_states(facts: &Facts, is_state: impl Fn(&str) -> bool) -> Vec<(String, bool, Option<Evidence>)> {
    let two = |codes: &[String]| codes.iter().filter(|c| is_state(c)).collect::<BTreeSet<_>>().len() > 1;
    let agreements = (facts.agreements.iter().filter(|a| two(&a.parties)))
        .map(|a| (agreement(a, facts), a.background, a.evidence.first().cloned()));
    let encounters = (facts.encounters.iter().filter(|e| two(&e.countries)))
        .map(|e| (encounter(e, facts), e.background, e.evidence.first().cloned()));
    let acts = (facts.acts.iter().filter(|a| two(&[a.actor.clone(), a.recipient.clone()])))
        .map(|a| (act(a), a.background, a.evidence.first().cloned()));
    agreements.chain(encounters).chain(acts).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evaluate::gold::facts_of;

    #[test]
    fn an_organization_is_no_state_and_one_state_is_not_two() {
        let facts = facts_of(
            r#"{"id":"x","agreements":[{"type":"mou","parties":["EU","KEN"],"status":"signed"},
            {"type":"mou","parties":["EU","KEN","OMN"],"status":"signed","background":true}],
            "encounters":[{"type":"meeting","countries":["KEN","KEN"],"status":"held"}],
            "acts":[{"actor":"KEN","recipient":"OMN","type":"AID"}]}"#,
        );
        let told = between_states(&facts, |code| code != "EU");
        let told: Vec<(&str, bool)> = told.iter().map(|(s, b, _)| (s.as_str(), *b)).collect();
        assert_eq!(told, [("EU–KEN–OMN · mou, signed", true), ("KEN → OMN · AID", false)]);
    }
}
