//! Persons of one article → leader drafts: who acts or speaks for a state or organization.

use super::drafts::{AgreementDraft, EncounterDraft, LeaderDraft};
use crate::extract::candidates::{ActCandidate, Features};
use crate::extract::names::Party;
use crate::extract::persons::{Entry, Person};
use crate::extract::scene::Scene;
use crate::nlp::{Deprel, SentenceKind};

/// A draft for every person with a party, with the features of acting and speaking.
pub(super) fn draft(
    scene: &Scene<'_>,
    agreements: &[AgreementDraft],
    encounters: &[EncounterDraft],
    acts: &[ActCandidate],
) -> Vec<LeaderDraft> {
    (0..scene.people.persons.len())
        .filter(|p| eligible(&scene.people.persons[*p]))
        .map(|person| LeaderDraft { person, features: features(scene, person, agreements, encounters, acts) })
        .collect()
}

/// Whether a person can be a leader at all: with a party, and with more than a bare name.
pub(super) fn eligible(person: &Person) -> bool {
    person.party.is_some() && (person.office.is_some() || person.entry != Entry::Plain)
}

fn features(
    scene: &Scene<'_>,
    p: usize,
    agreements: &[AgreementDraft],
    encounters: &[EncounterDraft],
    acts: &[ActCandidate],
) -> Features {
    let person = &scene.people.persons[p];
    let mentions: Vec<_> = scene.people.mentions.iter().filter(|m| m.person == p).collect();
    let mut f = Features::new();
    let office = person.office.map_or("none", |o| o.as_str());
    f.put(format_args!("office={office}"));
    f.put(format_args!("entry={:?}", person.entry));
    f.put(format_args!("entry+office={:?}+{office}", person.entry));
    f.put(format_args!("title={}", person.title.as_deref().unwrap_or("none").to_lowercase()));
    f.put(format_args!("mentions={}", mentions.len().min(5)));
    f.put(format_args!("words={}", person.words.len().min(4)));
    f.put(format_args!("linked={}", person.term.is_some()));
    f.put(format_args!("party-said={}", person.party_said));
    f.put(format_args!("linked+said={}+{}", person.term.is_some(), person.party_said));
    if let Some(party) = person.party {
        f.put(format_args!("rank={}", scene.rank(party).min(4)));
        f.put(format_args!("organization={}", matches!(party, Party::Organization(_))));
        if scene.home == Some(party) {
            f.add("home");
        }
    }
    let mut subject = 0;
    let mut speaks = 0;
    let mut possessor = 0;
    for m in &mentions {
        if scene.doc.sentences[m.sent].kind == SentenceKind::Headline {
            f.add("headline");
        }
        if m.sent <= 2 {
            f.add("lead");
        }
        let Some(tree) = scene.trees[m.sent].as_ref() else { continue };
        for k in m.from..=m.to.min(tree.len().saturating_sub(1)) {
            match tree.tok(k).deprel {
                Deprel::Nsubj => {
                    subject += 1;
                    if let Some(h) = tree.head(k)
                        && matches!(
                            tree.lemma(h),
                            "say"
                                | "tell"
                                | "add"
                                | "note"
                                | "write"
                                | "announce"
                                | "state"
                                | "warn"
                                | "call"
                                | "ask"
                                | "urge"
                                | "stress"
                                | "describe"
                                | "declare"
                                | "reply"
                                | "explain"
                                | "claim"
                        )
                    {
                        speaks += 1;
                    }
                }
                Deprel::NmodPoss => possessor += 1,
                _ => {}
            }
        }
    }
    f.put(format_args!("subject={}", subject.min(3)));
    f.put(format_args!("speaks={}", speaks.min(2)));
    if possessor > 0 && possessor == mentions.len() {
        f.add("only-possessor");
    }
    if subject == 0 && mentions.len() == 1 {
        f.add("once-no-subject");
    }
    let takes_part = encounters.iter().filter(|e| e.participants.iter().any(|x| x.0 == p)).count();
    f.put(format_args!("encounters={}", takes_part.min(3)));
    if agreements.iter().any(|a| a.signatories.contains(&p)) {
        f.add("signs");
    }
    let spread = match (scene.weights.len(), acts.len()) {
        (0..=1, _) => "home-news",
        (_, 0) => "no-acts",
        (2, _) => "two",
        _ => "many",
    };
    f.put(format_args!("article={spread}"));
    f.put(format_args!("article+office={spread}+{office}"));
    f
}
