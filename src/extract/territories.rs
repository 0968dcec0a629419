//! Territories that a state governs: what it does there is within one state.

use super::names::Party;
use crate::knowledge::Gazetteer;

/// Each territory with the state that it belongs to, or belonged to.
const OWN: [(&str, &str); 41] = [
    ("ABW", "NLD"),
    ("AIA", "GBR"),
    ("ALA", "FIN"),
    ("ASM", "USA"),
    ("BLM", "FRA"),
    ("BMU", "GBR"),
    ("CCK", "AUS"),
    ("CUW", "NLD"),
    ("CXR", "AUS"),
    ("CYM", "GBR"),
    ("FLK", "GBR"),
    ("GGY", "GBR"),
    ("GIB", "GBR"),
    ("GLP", "FRA"),
    ("GUF", "FRA"),
    ("GUM", "USA"),
    ("HKG", "CHN"),
    ("IMN", "GBR"),
    ("IOT", "GBR"),
    ("JEY", "GBR"),
    ("MAC", "CHN"),
    ("MAF", "FRA"),
    ("MNP", "USA"),
    ("MSR", "GBR"),
    ("MTQ", "FRA"),
    ("MYT", "FRA"),
    ("NCL", "FRA"),
    ("NFK", "AUS"),
    ("PCN", "GBR"),
    ("PRI", "USA"),
    ("PYF", "FRA"),
    ("REU", "FRA"),
    ("RUS", "SUN"),
    ("SGS", "GBR"),
    ("SHN", "GBR"),
    ("SJM", "NOR"),
    ("SPM", "FRA"),
    ("SXM", "NLD"),
    ("TCA", "GBR"),
    ("VGB", "GBR"),
    ("VIR", "USA"),
];

/// Whether the first is a territory of the second.
#[must_use]
pub(crate) fn governs(gazetteer: &Gazetteer, territory: Party, state: Party) -> bool {
    let (t, s) = (territory.code(gazetteer), state.code(gazetteer));
    OWN.contains(&(t, s))
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
        assert_eq!(without_own(&gazetteer, &[guam, usa]), [usa]);
        assert_eq!(without_own(&gazetteer, &[guam, japan]), [guam, japan]);
        assert_eq!(without_own(&gazetteer, &[guam, japan, usa]), [japan, usa]);
    }
}
