//! The built-in files hold what news needs; broken rows are named with file, line and value.

use super::super::types::Tenure;
use super::super::vocab::Office;
use super::*;
use chrono::NaiveDate;

fn builtin() -> Gazetteer {
    Gazetteer::builtin().unwrap()
}

/// The states of which `text` is a form, with its kind and whether it needs context.
#[track_caller]
fn bearers(text: &str) -> Vec<(String, NameKind, bool)> {
    builtin()
        .countries
        .iter()
        .flat_map(|c| {
            c.forms
                .iter()
                .filter(|f| f.text == text)
                .map(|f| (c.id.to_string(), f.kind, f.ambiguous))
                .collect::<Vec<_>>()
        })
        .collect()
}

#[track_caller]
fn check_form(text: &str, id: &str, kind: NameKind, ambiguous: bool) {
    assert!(bearers(text).contains(&(id.to_owned(), kind, ambiguous)), "{text}: {:?}", bearers(text));
}

#[test]
fn every_state_is_there_once_with_its_codes() {
    let g = builtin();
    assert_eq!(g.countries.len(), 256);
    assert!(g.countries.windows(2).all(|w| w[0].id < w[1].id));
    assert_eq!(g.countries.iter().filter(|c| !c.iso2.is_empty()).count(), 250);
    assert_eq!(g.country("KOR").unwrap().cow, Some(732));
    assert_eq!(g.country("SUN").unwrap().until, PartialDate::parse("1991-12-26"));
    assert_eq!(g.country("CSK").unwrap().successors, ["CZE", "SVK"]);
}

#[test]
fn news_forms_lead_to_their_states() {
    for (text, id, kind, ambiguous) in [
        ("US", "USA", NameKind::Name, false),
        ("U.S.", "USA", NameKind::Name, false),
        ("America", "USA", NameKind::Name, true),
        ("American", "USA", NameKind::Adjective, false),
        ("Americans", "USA", NameKind::Noun, false),
        ("Washington", "USA", NameKind::Capital, true),
        ("White House", "USA", NameKind::Seat, false),
        ("Foggy Bottom", "USA", NameKind::Seat, false),
        ("Britain", "GBR", NameKind::Name, false),
        ("Briton", "GBR", NameKind::Noun, false),
        ("Downing Street", "GBR", NameKind::Seat, false),
        ("Republic of Korea", "KOR", NameKind::Name, false),
        ("ROK", "KOR", NameKind::Name, false),
        ("S. Korea", "KOR", NameKind::Name, false),
        ("Cheong Wa Dae", "KOR", NameKind::Seat, false),
        ("DPRK", "PRK", NameKind::Name, false),
        ("Singaporean", "SGP", NameKind::Adjective, false),
        ("Singapore", "SGP", NameKind::Name, false),
        ("West Germany", "DEU", NameKind::Name, false),
        ("East Germany", "DDR", NameKind::Name, false),
        ("Burma", "MMR", NameKind::Name, false),
        ("Türkiye", "TUR", NameKind::Name, false),
        ("Czech Republic", "CZE", NameKind::Name, false),
        ("Elysee Palace", "FRA", NameKind::Seat, false),
        ("Kantei", "JPN", NameKind::Seat, false),
        ("The Hague", "NLD", NameKind::City, false),
    ] {
        check_form(text, id, kind, ambiguous);
    }
}

#[test]
fn namesakes_are_marked() {
    for text in ["Korea", "Korean", "Congo", "Congolese"] {
        let found = bearers(text);
        assert!(found.len() == 2 && found.iter().all(|(_, _, ambiguous)| *ambiguous), "{text}: {found:?}");
    }
    for text in ["Georgia", "Jordan", "Chad", "Guinea", "Niger", "Jersey", "Brussels"] {
        assert!(bearers(text).iter().all(|(_, _, ambiguous)| *ambiguous), "{text}");
    }
}

#[test]
fn no_form_is_an_english_word() {
    let words =
        ["us", "US of A", "IS", "IN", "NO", "IT", "AS", "AT", "BE", "SO", "TO", "ME", "MY", "AM", "turkey", "chad"];
    for text in words {
        assert_eq!(bearers(text), [], "{text}");
    }
    let g = builtin();
    for form in g.countries.iter().flat_map(|c| &c.forms).chain(g.organizations.iter().flat_map(|o| &o.forms)) {
        assert_eq!(form.text.trim(), form.text);
        assert!(form.text.chars().count() > 1 && !form.text.contains(['?', '|']), "{}", form.text);
    }
}

#[test]
fn organizations_have_their_acronyms_and_members() {
    let g = builtin();
    let apec = g.organization("APEC").unwrap();
    assert!(apec.members.iter().any(|m| m == "SGP"));
    assert_eq!(g.organization("UNSC").unwrap().members.len(), 5);
    assert_eq!(g.organization("EU").unwrap().members.len(), 27);
    assert!(g.organization("EU").unwrap().forms.iter().any(|f| f.text == "Brussels" && f.ambiguous));
    for id in
        ["UN", "NATO", "ASEAN", "IMF", "WB", "PARISCLUB", "GATT", "EC", "AL", "OPEC", "UNHCR", "3SI", "STL", "ADD"]
    {
        assert!(g.organization(id).is_some(), "{id}");
    }
}

#[track_caller]
fn check_office(country: &str, name: &str, day: &str, office: Office) {
    let g = builtin();
    let day = NaiveDate::parse_from_str(day, "%Y-%m-%d").unwrap();
    let held: Vec<Office> = g
        .leaders_of(country)
        .iter()
        .filter(|t| t.name == name || t.aliases.iter().any(|a| a == name))
        .filter(|t| t.tenure(day) == Tenure::Holds)
        .map(|t| t.office)
        .collect();
    assert!(held.contains(&office), "{country} {name}: {held:?}");
}

#[test]
fn leaders_hold_their_offices_at_the_day() {
    check_office("SGP", "Lawrence Wong", "2025-11-02", Office::HeadOfGovernment);
    check_office("KOR", "Lee Jae Myung", "2025-11-02", Office::HeadOfState);
    check_office("USA", "Antony J. Blinken", "2022-04-04", Office::ForeignMinister);
    check_office("SUN", "Mikhail Gorbachev", "1987-03-31", Office::HeadOfState);
    check_office("JPN", "Kishida Fumio", "2022-06-24", Office::HeadOfGovernment);
    check_office("AUS", "Philip Ruddock", "2002-05-17", Office::OtherMinister);
    check_office("UN", "António Guterres", "2020-01-01", Office::OrganizationHead);
}

#[test]
fn family_names_are_those_of_the_press() {
    let g = builtin();
    for (country, name, surname) in [
        ("KOR", "Lee Jae Myung", "Lee"),
        ("VNM", "Pham Minh Chinh", "Chinh"),
        ("EU", "Ursula von der Leyen", "von der Leyen"),
        ("SAU", "Mohammed bin Salman", "bin Salman"),
        ("MEX", "Enrique Peña Nieto", "Peña Nieto"),
        ("SYR", "Bashar al-Assad", "al-Assad"),
        ("HUN", "Viktor Orbán", "Orbán"),
    ] {
        let found = g.leaders_of(country).iter().find(|t| t.name == name).map(|t| t.surname.as_str());
        assert_eq!(found, Some(surname), "{name}");
    }
}

#[test]
fn a_term_seen_last_in_2011_is_uncertain_for_three_years() {
    let mut term =
        builtin().leaders.into_iter().find(|t| t.end_open && t.end == PartialDate::parse("2011-02")).unwrap();
    term.start = None;
    let on = |day: &str| term.tenure(NaiveDate::parse_from_str(day, "%Y-%m-%d").unwrap());
    assert_eq!((on("2011-02-28"), on("2013-01-01"), on("2015-01-01")), (Tenure::Holds, Tenure::Perhaps, Tenure::After));
}

#[test]
fn places_and_traps_are_found() {
    let g = builtin();
    assert_eq!(g.places_named("Geneva").iter().map(|p| p.country.as_str()).collect::<Vec<_>>(), ["CHE"]);
    assert!(g.places.len() > 1500);
    assert!(g.traps.iter().any(|t| t.phrase == "South China Sea"));
}

#[track_caller]
fn check_error(file: &str, text: &str, message: &str) {
    let mut g = Gazetteer::default();
    assert_eq!(g.add(file, file, text).unwrap_err().to_string(), message);
}

#[test]
fn broken_rows_are_named() {
    let head = "country,name,aliases,surname,office,title,start,end,wikidata\n";
    check_error(
        LEADERS,
        &format!("{head}KOR,Kim,,Kim,foreign-ministre,,,,\n"),
        "leaders.csv:2: `foreign-ministre` is no office; did you mean `foreign-minister`?",
    );
    check_error(
        LEADERS,
        &format!("{head}KOR,Kim,,Kim,other,,2020-13,,\n"),
        "leaders.csv:2: `2020-13` is no date (YYYY, YYYY-MM or YYYY-MM-DD)",
    );
    check_error(TRAPS, "phrase,kynd\n", "traps.csv: unknown column `kynd`; did you mean `kind`?");
    check_error(
        TRAPS,
        "phrase,kind\nNew Mexico,plaice\n",
        "traps.csv:2: `plaice` is no kind of phrase; did you mean `place`?",
    );
}

#[test]
fn an_overlay_adds_and_replaces() {
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(
        dir.path().join(LEADERS),
        "country,name,aliases,surname,office,title,start,end,wikidata\nSGP,Ada Tan,,Tan,head-of-government,Prime Minister,2030-01-01,,\n",
    )
    .unwrap();
    let g = Gazetteer::with_overlay(dir.path()).unwrap();
    assert!(g.leaders_of("SGP").iter().any(|t| t.name == "Ada Tan"));
    std::fs::write(
        dir.path().join(LEADERS),
        "country,name,aliases,surname,office,title,start,end,wikidata\nQQQ,A,,A,other,,,,\n",
    )
    .unwrap();
    let error = Gazetteer::with_overlay(dir.path()).unwrap_err().to_string();
    assert_eq!(error, "leaders.csv: unknown code `QQQ` of `A`");
}

#[test]
fn a_code_means_one_party() {
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(
        dir.path().join(ORGANIZATIONS),
        "id,name,wikidata,forms,members\nNAM,Non-Aligned Movement,Q83201,Non-Aligned Movement,\n",
    )
    .unwrap();
    let error = Gazetteer::with_overlay(dir.path()).unwrap_err().to_string();
    assert_eq!(error, "organizations.csv: `NAM` is the code of a state; give the organization another");
}

#[test]
fn loading_is_fast() {
    let best = (0..5)
        .map(|_| {
            let start = std::time::Instant::now();
            std::hint::black_box(builtin());
            start.elapsed()
        })
        .min()
        .unwrap();
    // Twice the budget, so that a busy machine does not fail the test.
    assert!(best.as_millis() < 50, "{best:?}");
}
