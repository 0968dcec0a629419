//! Territories that a state governs: what it does there is within one state.

use super::names::Party;
use crate::knowledge::Gazetteer;

/// A territory that its state governs itself: what it does there is no act towards another either.
const WITHIN: bool = true;

/// A territory with a government of its own, towards which its state can act.
const APART: bool = false;

/// Each territory with the state that it belongs to, or belonged to.
const OWN: [(&str, &str, bool); 41] = [
    ("ABW", "NLD", APART),
    ("AIA", "GBR", APART),
    ("ALA", "FIN", APART),
    ("ASM", "USA", WITHIN),
    ("BLM", "FRA", APART),
    ("BMU", "GBR", APART),
    ("CCK", "AUS", WITHIN),
    ("CUW", "NLD", APART),
    ("CXR", "AUS", WITHIN),
    ("CYM", "GBR", APART),
    ("FLK", "GBR", APART),
    ("GGY", "GBR", APART),
    ("GIB", "GBR", APART),
    ("GLP", "FRA", WITHIN),
    ("GUF", "FRA", WITHIN),
    ("GUM", "USA", WITHIN),
    ("HKG", "CHN", APART),
    ("IMN", "GBR", APART),
    ("IOT", "GBR", APART),
    ("JEY", "GBR", APART),
    ("MAC", "CHN", APART),
    ("MAF", "FRA", APART),
    ("MNP", "USA", WITHIN),
    ("MSR", "GBR", APART),
    ("MTQ", "FRA", WITHIN),
    ("MYT", "FRA", APART),
    ("NCL", "FRA", APART),
    ("NFK", "AUS", WITHIN),
    ("PCN", "GBR", APART),
    ("PRI", "USA", WITHIN),
    ("PYF", "FRA", APART),
    ("REU", "FRA", WITHIN),
    ("RUS", "SUN", APART),
    ("SGS", "GBR", APART),
    ("SHN", "GBR", APART),
    ("SJM", "NOR", APART),
    ("SPM", "FRA", APART),
    ("SXM", "NLD", APART),
    ("TCA", "GBR", APART),
    ("VGB", "GBR", APART),
    ("VIR", "USA", WITHIN),
];

/// Whether the first is a territory of the second.
#[must_use]
pub(crate) fn governs(gazetteer: &Gazetteer, territory: Party, state: Party) -> bool {
    let (t, s) = (territory.code(gazetteer), state.code(gazetteer));
    OWN.iter().any(|o| (o.0, o.1) == (t, s))
}

/// Whether one of the two is a territory that the other governs itself.
#[must_use]
pub(crate) fn within_one(gazetteer: &Gazetteer, a: Party, b: Party) -> bool {
    let (a, b) = (a.code(gazetteer), b.code(gazetteer));
    OWN.iter().any(|o| o.2 == WITHIN && ((o.0, o.1) == (a, b) || (o.0, o.1) == (b, a)))
}

/// Territories that take part in their own right where many do.
const MEMBERS: [&str; 2] = ["HKG", "MAC"];

/// Leaves out territories of a state that takes part itself.
pub(crate) fn without_own(gazetteer: &Gazetteer, parties: &[Party]) -> Vec<Party> {
    let sits = |t: &Party| parties.len() > 2 && MEMBERS.contains(&t.code(gazetteer));
    let own = |t: &Party| !sits(t) && parties.iter().any(|s| governs(gazetteer, *t, *s));
    parties.iter().copied().filter(|t| !own(t)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_territory_meets_not_its_own_state() {
        let gazetteer = Gazetteer::builtin().unwrap();
        let party = |code: &str| {
            let at = gazetteer.countries.iter().position(|c| c.id == code).unwrap();
            Party::Country(u16::try_from(at).unwrap())
        };
        let (guam, usa, japan) = (party("GUM"), party("USA"), party("JPN"));
        assert!(within_one(&gazetteer, usa, guam) && !within_one(&gazetteer, guam, japan));
        assert!(!within_one(&gazetteer, party("HKG"), party("CHN")));
        assert_eq!(without_own(&gazetteer, &[guam, usa]), [usa]);
        assert_eq!(without_own(&gazetteer, &[guam, japan]), [guam, japan]);
        assert_eq!(without_own(&gazetteer, &[guam, japan, usa]), [japan, usa]);
    }
}
