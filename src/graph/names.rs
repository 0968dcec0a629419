//! Names of people as they are compared: "Lee Jae-myung" is "Lee Jae Myung", "Joseph R. BIDEN, Jr." is "Joseph Biden".

use unicode_normalization::UnicodeNormalization as _;

/// What stands before or behind a name and is no part of it.
const TITLES: [&str; 24] = [
    "mr", "mrs", "ms", "dr", "sir", "dame", "lord", "hon", "the", "prof", "gen", "sen", "rep", "jr", "sr", "ii", "iii",
    "iv", "sheikh", "shaikh", "prince", "princess", "king", "queen",
];

/// The words of a name: lower case, without accents, titles and initials.
pub(super) fn words(name: &str) -> Vec<String> {
    let plain: String = name.nfd().filter(|c| !unicode_normalization::char::is_combining_mark(*c)).collect();
    let lower = plain.to_lowercase();
    let apart = |c: char| !c.is_alphanumeric() && !matches!(c, '\'' | '’' | '.');
    let parts = lower.split(apart).filter(|w| !w.is_empty()).flat_map(|word| {
        // "M.J.R." are initials, "Jr." is a word.
        let initials = word.trim_end_matches('.').contains('.');
        if initials { word.split('.').collect::<Vec<_>>() } else { vec![word.trim_matches('.')] }
    });
    let clean = parts.map(|word| word.chars().filter(|c| c.is_alphanumeric()).collect::<String>());
    let clean: Vec<String> = clean.filter(|w| w.chars().count() > 1 && !TITLES.contains(&w.as_str())).collect();
    clean
}

/// A name as one word, which other spellings share.
pub(super) fn key(name: &str) -> String {
    words(name).concat()
}

/// Whether two names may be of one person, by one party: one is the other's surname, or they are spelled alike.
pub(super) fn may_be_one(a: &str, b: &str) -> bool {
    let (x, y) = (words(a), words(b));
    let alone = |one: &[String], other: &[String]| one.len() == 1 && other.len() > 1 && other.contains(&one[0]);
    x.concat() == y.concat() || alone(&x, &y) || alone(&y, &x)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_name_have_one_key() {
        for (a, b) in [
            ("Lee Jae Myung", "Lee Jae-myung"),
            ("Antony J. Blinken", "ANTONY BLINKEN"),
            ("Joseph R. Biden, Jr.", "Joseph Biden"),
            ("Andrés Manuel López Obrador", "Andres Manuel Lopez Obrador"),
            ("M.J.R. MacKellar", "MacKellar"),
        ] {
            assert_eq!(key(a), key(b), "{a} / {b}");
        }
        assert_ne!(key("Mahinda Rajapaksa"), key("Gotabaya Rajapaksa"));
    }

    #[test]
    fn a_surname_alone_may_be_anyone_of_that_name() {
        assert!(may_be_one("Lee", "Lee Jae-myung"));
        assert!(may_be_one("Abe", "Shinzo Abe"));
        assert!(!may_be_one("Mahinda Rajapaksa", "Gotabaya Rajapaksa"));
        assert!(!may_be_one("Kim Min-seok", "Lee Jae-myung"));
    }
}
