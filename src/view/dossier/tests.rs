use super::*;
use crate::graph::PartyRow;
use crate::view::sample;

fn names() -> Names {
    let parties: Vec<PartyRow> = sample::rows().parties;
    Names {
        countries: parties.iter().filter(|p| p.country).map(|p| p.code.clone()).collect(),
        parties: parties.into_iter().map(|p| (p.code, p.name)).collect(),
        sectors: BTreeMap::from([("defence".to_owned(), "Defence".to_owned())]),
    }
}

fn written(subject: Subject, scope: Scope, sample: &sample::Sample) -> Dossier {
    Dossier::new(subject, scope, &sample.events, &sample.claims, &names(), &Acts::builtin().unwrap())
}

fn pair(a: &str, b: &str) -> Subject {
    Subject::Dyad { parties: [sample::party(a), sample::party(b)] }
}

fn dossier(a: &str, b: &str) -> Dossier {
    written(pair(a, b), Scope::default(), &sample::rows())
}

fn rendered(write: impl Fn(&mut dyn std::io::Write) -> std::io::Result<()>) -> String {
    let mut out = anstream::StripStream::new(Vec::new());
    write(&mut out).unwrap();
    String::from_utf8(out.into_inner()).unwrap()
}

fn titles(dossier: &Dossier) -> Vec<(&str, Vec<&str>)> {
    dossier.sections.iter().map(|s| (s.title, s.items.iter().map(|i| i.title.as_str()).collect())).collect()
}

#[test]
fn events_stand_under_their_headings_the_latest_first() {
    let dossier = dossier("KOR", "SGP");
    assert_eq!(
        titles(&dossier),
        [
            (
                "Agreements",
                vec!["Strategic partnership", "Memorandum of understanding: digital <cooperation> & \"AI\""]
            ),
            ("Encounters", vec!["Meeting in Seoul", "Visit", "Meeting"]),
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
    assert_eq!((dossier.counts.with_others, dossier.counts.implied), (0, 0));
}

#[test]
fn figures_tell_statuses_tone_and_people() {
    let dossier = dossier("KOR", "SGP");
    let statuses: Vec<(&str, usize)> = dossier.statuses.iter().map(|s| (s.status.as_str(), s.count)).collect();
    assert_eq!(statuses, [("agreed", 1), ("planned", 1), ("signed", 1)]);
    let months: Vec<(&str, usize)> = dossier.tone.iter().map(|m| (m.month.as_str(), m.mood.events())).collect();
    assert_eq!(months, [("2025-11", 4)]);
    let people: Vec<(&str, usize)> = dossier.people.iter().map(|p| (p.leader.name.as_str(), p.events)).collect();
    assert_eq!(people, [("Lee Jae Myung", 2), ("Lawrence Wong", 1)]);
    assert!(dossier.partners.is_empty());
}

#[test]
fn a_country_has_partners_and_names_them_in_its_titles() {
    let dossier = written(Subject::Country { party: sample::party("KOR") }, Scope::default(), &sample::rows());
    let partners: Vec<(&str, usize, usize)> =
        dossier.partners.iter().map(|p| (p.party.code.as_str(), p.mood.cooperation(), p.mood.conflict())).collect();
    assert_eq!(partners, [("PRK", 1, 3), ("SGP", 4, 0), ("JPN", 1, 0)]);
    let told = titles(&dossier);
    assert_eq!(told[0].1[0], "Strategic partnership with Singapore");
    assert_eq!(told.last().unwrap().0, "Acts of conflict");
}

#[test]
fn a_leader_is_told_by_what_they_took_part_in() {
    let leader = sample::rows().events[2].participants[0].clone();
    let dossier = written(Subject::Leader { leader }, Scope::default(), &sample::rows());
    assert_eq!((dossier.title.as_str(), dossier.subject.subtitle().as_str()), ("Lawrence Wong", "head-of-state · SGP"));
    assert_eq!(titles(&dossier), [("Encounters", vec!["Meeting in Seoul with South Korea"])]);
    assert_eq!(dossier.people[0].leader.name, "Lee Jae Myung");
}

/// Acts of one sentence: two parties support each other, the agreement of the sentence implies a pledge.
fn one_sentence() -> sample::Sample {
    let mut sample = sample::rows();
    let act = |n, kind, parties: &[&str; 2]| sample::event(n, EventKind::Act, kind, "", "2025-11-02", parties);
    sample.events = vec![
        sample.events[0].clone(),
        act(20, "AGREE", &["KOR", "SGP"]),
        act(21, "SUPPORT", &["KOR", "SGP"]),
        act(22, "SUPPORT", &["SGP", "KOR"]),
        act(23, "ACCUSE", &["SGP", "KOR"]),
    ];
    let told =
        |article: &str| ClaimRow { article: article.to_owned(), ..sample.claims.values().next().unwrap()[0].clone() };
    let of = |n: usize| sample.events[n].iri.clone();
    sample.claims = BTreeMap::from([
        (of(0), vec![told("a"), told("b")]),
        (of(1), vec![told("a")]),
        (of(2), vec![told("c")]),
        (of(3), vec![told("c")]),
        (of(4), vec![told("c")]),
    ]);
    sample
}

#[test]
fn acts_of_one_sentence_are_told_once() {
    let dossier = written(pair("KOR", "SGP"), Scope::default(), &one_sentence());
    let expected = [
        ("Agreements", vec!["Strategic partnership"]),
        ("Acts of cooperation", vec!["South Korea and Singapore supported each other"]),
        ("Acts of conflict", vec!["Singapore accused South Korea"]),
    ];
    assert_eq!(titles(&dossier), expected);
    let implied: Vec<&str> = dossier.sections[0].items[0].implied.iter().map(|i| i.title.as_str()).collect();
    assert_eq!(implied, ["South Korea made a pledge to Singapore"]);
    assert_eq!((dossier.counts.cooperation, dossier.counts.conflict, dossier.counts.implied), (1, 1, 2));
    let text = rendered(|out| write_text(out, &dossier, 80));
    assert!(text.contains("Told with it: South Korea made a pledge to Singapore."), "{text}");
    // The sentence that both acts rest on is quoted under the first and cited under the second.
    let quotes: Vec<bool> = dossier.sections.iter().map(|s| s.items[0].lead.is_some()).collect();
    assert_eq!(quotes, [true, true, false]);
}

#[test]
fn articles_are_numbered_as_they_are_cited() {
    let dossier = written(pair("KOR", "SGP"), Scope::default(), &one_sentence());
    let articles: Vec<(usize, &str)> = dossier.sources.iter().map(|a| (a.footnote, a.article.as_str())).collect();
    assert_eq!(articles, [(1, "a"), (2, "b"), (3, "c")]);
    let cited: Vec<Vec<String>> =
        dossier.sections.iter().map(|s| s.items[0].sources.iter().map(Source::reference).collect()).collect();
    assert_eq!(cited, [vec!["1a", "2a"], vec!["3a"], vec!["3a"]]);
    assert_eq!(dossier.sources[2].sentences[0].events.len(), 2);
}

#[test]
fn a_long_section_keeps_what_is_best_attested() {
    let scope = Scope { limit: Some(1), ..Scope::default() };
    let dossier = written(pair("KOR", "SGP"), scope, &sample::rows());
    let agreements = &dossier.sections[0];
    assert_eq!((agreements.total, agreements.items.len()), (2, 1));
    assert_eq!(agreements.items[0].title, "Strategic partnership", "two articles tell it");
    assert!(dossier.timeline.iter().any(|m| !m.told));
    let text = rendered(|out| write_text(out, &dossier, 80));
    assert!(text.contains("Agreements (the 1 best attested of 2)"), "{text}");
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
    insta::assert_snapshot!(text);
}

#[test]
fn what_articles_say_stays_text() {
    let mut sample = sample::rows();
    let evil = "He said \u{202e}<script>alert(1)</script>\u{1b}[31m & left\u{2069}.";
    for claims in sample.claims.values_mut() {
        claims[0].quote = evil.to_owned();
        claims[0].words = vec![[3, 7]];
    }
    let dossier = written(pair("KOR", "SGP"), Scope::default(), &sample);
    let page = rendered(|out| write_html(out, &dossier));
    assert!(page.contains("digital &lt;cooperation&gt; &amp; &quot;AI&quot;"));
    assert!(page.contains("Headline of &lt;article-0&gt; &amp; co"));
    assert!(page.contains("href=\"https://example.org/a?b=1&amp;c=2\""));
    assert!(page.contains("He <b>said</b> &lt;script&gt;alert(1)&lt;/script&gt;[31m &amp; left."), "{page}");
    assert!(!page.contains("<cooperation>") && !page.contains("http-equiv") && !page.contains("<script"));
    let markdown = rendered(|out| write_markdown(out, &dossier));
    assert!(markdown.contains("### Visit `planned`"), "{markdown}");
    assert!(markdown.contains("[Headline of \\<article-0\\> \\& co](<https://example.org/a?b=1&c=2>), The Daily"));
    assert!(markdown.contains("He **said** \\<script\\>alert(1)\\</script\\>"), "{markdown}");
    let text = rendered(|out| write_text(out, &dossier, 80));
    for shown in [&page, &markdown, &text] {
        assert!(!shown.contains(['\u{202e}', '\u{2069}', '\u{1b}']), "{shown}");
    }
}

/// Every element is closed, in the right order; an empty dossier's page too.
#[test]
fn the_page_is_well_formed() {
    let country = Subject::Country { party: sample::party("KOR") };
    for subject in [pair("KOR", "SGP"), pair("KOR", "PRK"), pair("JPN", "PRK"), country] {
        let page = rendered(|out| write_html(out, &written(subject.clone(), Scope::default(), &sample::rows())));
        let xml = page.strip_prefix("<!doctype html>").unwrap();
        let mut reader = quick_xml::Reader::from_str(xml);
        reader.config_mut().check_end_names = true;
        let mut depth = 0_i32;
        loop {
            match reader.read_event().unwrap() {
                quick_xml::events::Event::Eof => break,
                quick_xml::events::Event::Start(_) => depth += 1,
                quick_xml::events::Event::End(_) => depth -= 1,
                _ => {}
            }
        }
        assert_eq!(depth, 0);
    }
}

#[test]
fn links_lead_to_what_is_on_the_page() {
    let country = Subject::Country { party: sample::party("KOR") };
    let scope = Scope { limit: Some(2), ..Scope::default() };
    let page = rendered(|out| write_html(out, &written(country.clone(), scope.clone(), &sample::rows())));
    let links: Vec<&str> = page.split("href=\"#").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    assert!(links.len() > 20);
    for link in links {
        assert!(page.contains(&format!("id=\"{link}\"")), "#{link}");
    }
    assert!(page.contains("class=\"vf\"") || page.contains("class=\"mf\""), "conflict is plotted");
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
    assert_eq!(json["subject"]["kind"], "dyad");
    assert_eq!(json["subject"]["parties"][0]["code"], "KOR");
    assert_eq!(json["timeline"][0]["date"], "2020-01-01");
    assert_eq!(json["tone"][0]["verbal_cooperation"], 4);
    assert_eq!(json["sources"][0]["sentences"][0]["number"], 1);
}

#[test]
fn what_is_more_likely_wrong_is_told_apart() {
    let mut sample = sample::rows();
    for event in &mut sample.events {
        event.confidence = if event.event_type == "partnership" { 0.3 } else { 0.9 };
    }
    let dossier = written(pair("KOR", "SGP"), Scope::default(), &sample);
    let last = dossier.sections.last().unwrap();
    assert_eq!((last.title, last.items[0].title.as_str()), ("Uncertain", "Strategic partnership"));
    assert_eq!((dossier.counts.agreements, dossier.counts.uncertain), (1, 1));
    assert!(dossier.timeline.iter().all(|m| m.title != "Strategic partnership"));
    assert!(dossier.summary().iter().any(|l| l.starts_with("1 event of a confidence below 0.5")));
}
