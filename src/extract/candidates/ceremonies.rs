//! Encounters that a signature or a joint statement implies: two leaders who sign together have met, or stood at a ceremony.
//! Proposed for each dyad whose agreement is told as signed or agreed; the judge decides by who is named.

use super::{AgreementCandidate, EncounterCandidate, Features};
use crate::extract::factuality::Reality;
use crate::extract::names::Party;
use crate::extract::scene::{At, Scene};
use crate::knowledge::vocab::{AgreementStatus, EncounterType};
use std::collections::BTreeSet;

/// Appends the implied meetings and gatherings.
pub(super) fn imply(scene: &Scene<'_>, agreements: &[AgreementCandidate], out: &mut Vec<EncounterCandidate>) {
    let mut seen: BTreeSet<&[Party]> = BTreeSet::new();
    let read = out.len();
    for a in agreements {
        let told = matches!(a.status, AgreementStatus::Signed | AgreementStatus::Agreed | AgreementStatus::Planned);
        if !told || a.parties.len() < 2 || a.parties.len() > 4 || !matches!(a.reality, Reality::Held | Reality::Planned)
        {
            continue;
        }
        let persons: BTreeSet<usize> = (0..scene.doc.sentences[a.source.sent].tokens.len())
            .filter_map(|k| match scene.at(a.source.sent, k) {
                Some(At::Person(m)) => Some(scene.people.mentions[m].person),
                _ => None,
            })
            .chain(a.signatories.iter().copied())
            .filter(|p| scene.people.persons[*p].party.is_some_and(|q| a.parties.contains(&q)))
            .collect();
        // A dyad's first agreement that names a signer, else nothing tells that they stood together.
        if persons.is_empty() || !seen.insert(&a.parties) {
            continue;
        }
        let sides = persons.iter().filter_map(|p| scene.people.persons[*p].party).collect::<BTreeSet<_>>().len();
        let beside = |kind: EncounterType| out[..read].iter().any(|e| e.kind == kind && e.parties == a.parties);
        let (meets, gathers) = (beside(EncounterType::Meeting), beside(EncounterType::Gathering));
        for kind in [EncounterType::Meeting, EncounterType::Gathering] {
            let mut f = Features::new();
            f.add("loose");
            f.add("implied-signing");
            f.put(format_args!("type={kind}"));
            for (name, value) in [
                ("sides", sides.min(3).to_string()),
                ("signers", a.signatories.len().min(3).to_string()),
                ("status", a.status.to_string()),
                ("agreement", a.kind.to_string()),
                ("reality", a.reality.as_str().to_owned()),
                ("rule", a.source.rule.to_string()),
                ("beside", format!("{meets}-{gathers}")),
                ("lead", (a.source.sent <= 2).to_string()),
                ("home", scene.home.is_some_and(|h| a.parties.contains(&h)).to_string()),
                ("parties", a.parties.len().to_string()),
            ] {
                f.put(format_args!("signing-{name}={value}"));
                f.put(format_args!("signing-{name}={kind}+{value}"));
            }
            f.put(format_args!("signing-sides+status={kind}+{}+{}", sides.min(3), a.status));
            let mut source = a.source.clone();
            source.rule = "gather/signing".into();
            out.push(EncounterCandidate {
                kind,
                parties: a.parties.clone(),
                persons: persons.iter().copied().collect(),
                place: None,
                host: None,
                reality: a.reality,
                date: a.date,
                source,
                features: f,
            });
        }
    }
}
