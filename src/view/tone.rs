//! Events → PLOVER: the type of act that an event counts as, its score and quad class; and scores added up.

use super::export::plover;
use crate::graph::{EventRow, TIE_CONFIDENCE};
use crate::knowledge::Acts;
use crate::knowledge::vocab::QuadClass;
use crate::view::words::Standing;
use serde::Serialize;

/// The conflict–cooperation score of an event, −10 to 10.
#[must_use]
pub fn score(event: &EventRow, acts: &Acts) -> Option<f64> {
    plover(event).and_then(|(act, _)| acts.of(act)).map(|code| code.score)
}

/// The same of an event that came about and is more likely right than wrong; nothing for others.
#[must_use]
pub fn intensity(event: &EventRow, acts: &Acts) -> Option<f64> {
    let counts = Standing::of(event) == Standing::Done && event.confidence >= TIE_CONFIDENCE;
    if counts { score(event, acts) } else { None }
}

/// Events by quad class, and their mean score.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
pub struct Mood {
    /// Agreements, talks, words of support.
    pub verbal_cooperation: usize,
    /// Aid, joint action, withdrawal.
    pub material_cooperation: usize,
    /// Demands, accusations, threats.
    pub verbal_conflict: usize,
    /// Sanctions, shows of force, attacks.
    pub material_conflict: usize,
    /// Mean PLOVER score of the events, −10 (conflict) to 10 (cooperation), to two digits.
    pub score: Option<f64>,
}

impl Mood {
    /// The mood of some events.
    pub(super) fn of<'e>(events: impl IntoIterator<Item = &'e EventRow>, acts: &Acts) -> Self {
        let mut mood = Self::default();
        let (mut sum, mut count) = (0.0, 0.0);
        for event in events {
            let class = event.quad_class.parse().unwrap_or(QuadClass::VerbalCooperation);
            *(match class {
                QuadClass::VerbalCooperation => &mut mood.verbal_cooperation,
                QuadClass::MaterialCooperation => &mut mood.material_cooperation,
                QuadClass::VerbalConflict => &mut mood.verbal_conflict,
                QuadClass::MaterialConflict => &mut mood.material_conflict,
            }) += 1;
            if let Some(score) = score(event, acts) {
                (sum, count) = (sum + score, count + 1.0);
            }
        }
        mood.score = (count > 0.0).then(|| (sum / count * 100.0_f64).round() / 100.0);
        mood
    }

    /// Events of cooperation.
    #[must_use]
    pub fn cooperation(&self) -> usize {
        self.verbal_cooperation + self.material_cooperation
    }

    /// Events of conflict.
    #[must_use]
    pub fn conflict(&self) -> usize {
        self.verbal_conflict + self.material_conflict
    }

    /// All events.
    #[must_use]
    pub fn events(&self) -> usize {
        self.cooperation() + self.conflict()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::knowledge::vocab::ActType;
    use crate::view::sample;

    #[test]
    fn scores_are_those_of_plover() {
        let acts = Acts::builtin().unwrap();
        let of = |act: ActType| acts.of(act).unwrap().score;
        let rows = sample::rows();
        assert_eq!(score(&rows.events[1], &acts), Some(of(ActType::Support)), "a signature is support");
        assert_eq!(score(&rows.events[2], &acts), Some(of(ActType::Consult)));
        let mood = Mood::of(&rows.events[4..7], &acts);
        assert_eq!((mood.cooperation(), mood.conflict()), (0, 3));
        assert!(mood.score.unwrap() < 0.0);
        assert_eq!(Mood::of([], &acts), Mood::default());
    }
}
