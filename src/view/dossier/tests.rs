use super::*;
use crate::view::sample;

fn dossier(a: &str, b: &str) -> Dossier {
    let sample = sample::rows();
    let parties = sample.parties.iter().map(|p| (p.code.clone(), p.name.clone())).collect();
    let sectors = BTreeMap::from([("defence".to_owned(), "Defence".to_owned())]);
    Dossier::new([sample::party(a), sample::party(b)], &sample.events, &sample.claims, &Names { parties, sectors })
}

fn rendered(write: impl Fn(&mut dyn std::io::Write) -> std::io::Result<()>) -> String {
    let mut out = anstream::StripStream::new(Vec::new());
    write(&mut out).unwrap();
    String::from_utf8(out.into_inner()).unwrap()
}

#[test]
fn events_stand_under_their_headings_in_order() {
    let dossier = dossier("KOR", "SGP");
    let told: Vec<(&str, Vec<&str>)> =
        dossier.sections.iter().map(|s| (s.title, s.items.iter().map(|i| i.title.as_str()).collect())).collect();
    assert_eq!(
        told,
        [
            (
                "Agreements",
                vec!["Strategic partnership", "Memorandum of understanding: digital <cooperation> & \"AI\""]
            ),
            ("Encounters", vec!["Meeting", "Meeting in Seoul", "Visit"]),
            ("Acts of cooperation", vec!["Singapore supported South Korea"]),
            ("Together with others", vec!["Free trade agreement"]),
        ]
    );
    let marks: Vec<&str> = dossier.timeline.iter().flat_map(|m| &m.marks).map(String::as_str).collect();
    assert_eq!(marks, ["cancelled", "background"]);
}

#[test]
fn the_summary_counts_only_what_came_about() {
    let dossier = dossier("KOR", "SGP");
    assert_eq!(
        dossier.summary(),
        [
            "2 agreements, 1 encounter and 1 act of cooperation, in 5 articles, on 2 November 2025.",
            "2 planned or under negotiation; 1 cancelled or no longer in force.",
            "Sectors of agreements: trade (2), Defence (1), digital (1).",
        ]
    );
    assert_eq!(dossier.counts.with_others, 0);
}

#[test]
fn two_that_share_nothing_have_an_empty_dossier() {
    assert!(dossier("JPN", "PRK").is_empty());
    assert!(!dossier("JPN", "KOR").is_empty());
}

#[test]
fn text_keeps_to_its_width_and_names_its_sources() {
    let text = rendered(|out| write_text(out, &dossier("KOR", "SGP"), 60));
    assert!(text.lines().all(|l| unicode_width::UnicodeWidthStr::width(l) <= 60), "{text}");
    assert!(text.starts_with("South Korea and Singapore (KOR · SGP)\n"), "{text}");
    assert!(text.contains("  Visit [planned]\n  undated, reported 2 November 2025 · confidence 0.90\n"), "{text}");
    assert!(text.contains("“A sentence with \"quotes\", a tab and a line break"), "{text}");
    assert!(text.contains("The Daily, 2 November"), "{text}");
    assert!(text.contains("2020-01-01  Meeting [cancelled, background]\n"), "{text}");
}

#[test]
fn what_articles_say_stays_text() {
    let dossier = dossier("KOR", "SGP");
    let page = rendered(|out| write_html(out, &dossier));
    assert!(page.contains("digital &lt;cooperation&gt; &amp; &quot;AI&quot;"));
    assert!(page.contains("Headline of &lt;article-0&gt; &amp; co"));
    assert!(page.contains("href=\"https://example.org/a?b=1&amp;c=2\""));
    assert!(!page.contains("<cooperation>") && !page.contains("http-equiv") && !page.contains("<script"));
    let markdown = rendered(|out| write_markdown(out, &dossier));
    assert!(markdown.contains("### Visit `planned`"), "{markdown}");
    assert!(markdown.contains("[Headline of \\<article-0\\> \\& co](<https://example.org/a?b=1&c=2>), The Daily"));
}

#[test]
fn only_web_addresses_become_links() {
    assert!(markdown::is_address("https://example.org/a"));
    for bad in ["javascript:alert(1)", "https://x.org/>", "https://x.org/ a", "data:text/html,x", ""] {
        assert!(!markdown::is_address(bad), "{bad}");
    }
}

#[test]
fn json_has_every_sentence() {
    let json = serde_json::to_value(dossier("KOR", "SGP")).unwrap();
    let first = &json["sections"][0]["items"][0];
    assert_eq!(first["type"], "partnership");
    assert_eq!(first["sources"].as_array().unwrap().len(), 2);
    assert_eq!(json["parties"][0]["code"], "KOR");
    assert_eq!(json["timeline"][0]["date"], "2020-01-01");
}

#[test]
fn what_is_more_likely_wrong_is_told_apart() {
    let mut sample = sample::rows();
    for event in &mut sample.events {
        event.confidence = if event.event_type == "partnership" { 0.3 } else { 0.9 };
    }
    let parties = [sample::party("KOR"), sample::party("SGP")];
    let dossier = Dossier::new(parties, &sample.events, &sample.claims, &Names::default());
    let last = dossier.sections.last().unwrap();
    assert_eq!((last.title, last.items[0].title.as_str()), ("Uncertain", "Strategic partnership"));
    assert_eq!((dossier.counts.agreements, dossier.counts.uncertain), (1, 1));
    assert!(dossier.timeline.iter().all(|m| m.title != "Strategic partnership"));
    assert!(dossier.summary().iter().any(|l| l.starts_with("1 event of a confidence below 0.5")));
}
