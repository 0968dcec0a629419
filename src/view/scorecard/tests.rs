use super::*;
use crate::evaluate::Comparison;
use crate::evaluate::gold::facts_of;
use crate::view::export::escape;

const TEXT: &str = "Kenya & Oman <meet>\n\nAsha Odera of Kenya flew to Muscat. She signed a pact on fish with Oman there.\n\nOman thanked Kenya for its help with the ports.";

/// Gold has a visit, an act, and a pact on ports that nobody told; told are the visit, and a treaty that nobody signed.
fn facts() -> (Facts, Facts) {
    let leader =
        r#"{"id":"asha-odera","name":"Asha Odera","country":"KEN","office":"foreign-minister","mentions":[[21,31]]}"#;
    let gold = facts_of(&format!(
        r#"{{"id":"kenya-\"x\"","countries":["KEN","OMN"],"leaders":[{leader}],
        "agreements":[{{"type":"agreement","parties":["KEN","OMN"],"status":"signed","topic":"help with <ports>"}}],
        "encounters":[{{"type":"visit","countries":["KEN","OMN"],"status":"held","participants":["asha-odera"]}}],
        "acts":[{{"actor":"OMN","recipient":"KEN","type":"SUPPORT"}}]}}"#
    ));
    let start = TEXT.find("Asha").unwrap();
    let (first, second) = ("Asha Odera of Kenya flew to Muscat.", "She signed a pact on fish with Oman there.");
    let evidence = |quote: &str, start: usize| {
        serde_json::json!([{"start": start, "end": start + quote.len(), "quote": quote, "rule": "a/b"}]).to_string()
    };
    let kenya = TEXT.rfind("Kenya").map(|at| [at, at + 5]).unwrap();
    let told = facts_of(&format!(
        r#"{{"article":{{"id":"kenya","title":"Kenya & Oman <meet>","published":"2024-05-06","source":null,"language":"en",
        "sha256":""}},"countries":[{{"id":"KEN","name":"Kenya","mentions":[[35,40],{kenya:?}]}}],"leaders":[{leader}],
        "agreements":[{{"type":"treaty","parties":["KEN","OMN"],"status":"signed","topic":"fish","confidence":0.8,
          "evidence":{}}}],
        "encounters":[{{"type":"visit","countries":["KEN","OMN"],"status":"planned","participants":["asha-odera"],
          "confidence":0.95,"evidence":{}}}]}}"#,
        evidence(second, start + first.len() + 1),
        evidence(first, start)
    ));
    (gold, told)
}

fn page(text: Option<&str>) -> String {
    let (gold, told) = facts();
    let mut report = Report::default();
    report.add(&gold, &told);
    let outlets = BTreeMap::from([("<The> Daily".to_owned(), report.clone())]);
    let articles = vec![Judged { outlet: "<The> Daily", text, gold: &gold, told: &told }];
    let card = Scorecard { name: "my \"gold\" & <more>".to_owned(), report: &report, outlets: &outlets, articles };
    let mut out = Vec::new();
    write_html(&mut out, &card).unwrap();
    let html = String::from_utf8(out).unwrap();
    for filter in html::all_filters(&card) {
        assert!(html.contains(&format!("id=\"{}\"", filter.id)), "no bar for {}", filter.id);
    }
    html
}

#[test]
fn sentences_are_marked_and_bear_the_number_of_their_fact() {
    let html = page(Some(TEXT));
    assert!(
        html.contains("<p><mark class=\"found\"><b title=\"asha-odera\">Asha Odera</b></mark>"),
        "the names in a sentence stand out: {html}"
    );
    assert!(
        html.contains("flew to Muscat.</mark><sup class=\"found\">4</sup> <mark class=\"extra\">She signed a pact")
    );
    assert!(html.contains("<h3>Kenya &amp; Oman &lt;meet&gt;</h3>"));
    assert!(html.contains("gold has another status: held"));
    assert!(html.contains("95\u{a0}% sure"));
}

#[test]
fn what_is_missed_stands_beside_the_paragraph_that_names_it() {
    let html = page(Some(TEXT));
    let at = |what: &str| html.find(what).unwrap_or_else(|| panic!("no {what} in {html}"));
    let missed = at("“help with &lt;ports&gt;”");
    assert!(at("with Oman there.") < missed && missed < at("Oman thanked Kenya"), "{html}");
    assert!(html.contains("Likely told near here"));
}

#[test]
fn nothing_of_an_article_becomes_markup_and_nothing_is_loaded() {
    for html in [page(Some(TEXT)), page(None)] {
        for bad in
            ["<meet>", "<ports>", "<The>", "<more>", "kenya-\"x\"", "<script", "http://", "https://", "url(", "@import"]
        {
            assert!(!html.contains(bad), "{bad} in {html}");
        }
    }
}

#[test]
fn an_article_without_its_text_still_shows_its_sentences() {
    let html = page(None);
    assert!(html.contains("<p class=\"quote\">She signed a pact on fish with Oman there.</p>"), "{html}");
    assert!(!html.contains("<div class=\"reading\">"));
}

#[test]
fn every_link_within_the_page_leads_somewhere() {
    let html = page(Some(TEXT));
    let mut links = 0;
    for link in html.split("href=\"#").skip(1).filter_map(|rest| rest.split('"').next()) {
        assert!(html.contains(&format!("id=\"{link}\"")), "#{link} leads nowhere");
        links += 1;
    }
    assert!(links > 15, "{links} links");
    let outlet = "#outlet-1:target~main .whole:not(.in-outlet-1){display:none}";
    assert!(html.contains(outlet) && html.contains("class=\"by whole in-acts in-agreements"), "{html}");
}

proptest::proptest! {
    #[test]
    fn any_text_and_any_offsets_make_a_page(text in "(\\PC|\n|<|&){1,200}", start in 0..220_usize, length in 1..60_usize, at in 0..220_usize) {
        let quote: String = text.chars().skip(start).take(length).collect();
        let (gold, mut told) = facts();
        for evidence in told.encounters.iter_mut().flat_map(|e| &mut e.evidence) {
            (evidence.start, evidence.end, evidence.quote) = (start, start + quote.chars().count(), quote.clone());
        }
        for country in &mut told.countries {
            country.mentions = vec![[at, at + 3], [at + 2, at + 9], [start, start + 1]];
        }
        let article = Judged { outlet: "", text: Some(&text), gold: &gold, told: &told };
        let cards = card::cards(&article, &Comparison::new(&gold, &told));
        let html = reading::Reading::new(&text, &cards, &told).html("", |_| String::new());
        // The text is all there, whatever marks divide it.
        let numbers = regex::Regex::new("<sup[^>]*>[0-9]+</sup>|<[^>]*>|\n").unwrap();
        let lines: String = text.split('\n').map(|l| escape(l.trim_end())).collect();
        proptest::prop_assert_eq!(numbers.replace_all(&html, ""), lines);
    }
}
