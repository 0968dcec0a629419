//! The page says everything that the files say, every link in it leads somewhere, and the picture tells no line that the
//! ontology does not.

use super::diagram;
use super::*;
use std::collections::BTreeSet;

fn vocabulary() -> Vocabulary {
    Vocabulary::builtin().unwrap()
}

fn page() -> String {
    let mut out = Vec::new();
    write_html(&mut out, &vocabulary()).unwrap();
    String::from_utf8(out).unwrap()
}

/// The values of an attribute.
fn attributes<'p>(page: &'p str, name: &str) -> Vec<&'p str> {
    let begin = format!(" {name}=\"");
    page.split(&begin).skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

#[test]
fn every_term_has_a_card_and_every_value_a_row() {
    let (vocabulary, page) = (vocabulary(), page());
    assert!(vocabulary.terms.len() > 120 && vocabulary.acts.len() == 16 && vocabulary.sectors.len() == 22);
    for term in &vocabulary.terms {
        assert!(page.contains(&format!("<article class=\"term\" id=\"{}\">", term.local())), "{}", term.name);
    }
    for value in vocabulary.schemes.iter().flat_map(|scheme| &scheme.values) {
        assert!(page.contains(&format!("<code>{}</code></th>", value.notation)), "{}", value.notation);
    }
    assert!(page.contains("id=\"act-SANCTION\"") && page.contains("id=\"sector-trade\""));
}

#[test]
fn every_link_leads_somewhere_and_no_id_stands_twice() {
    let page = page();
    let all = attributes(&page, "id");
    let ids: BTreeSet<&str> = all.iter().copied().collect();
    assert_eq!(ids.len(), all.len());
    for link in attributes(&page, "href") {
        match link.strip_prefix('#') {
            Some(id) => assert!(ids.contains(id), "#{id}"),
            None => assert!(link.starts_with("http"), "{link}"),
        }
    }
    // Nothing is loaded.
    for word in ["<script", "<link", " src=", "url(http", "@import"] {
        assert!(!page.contains(word), "{word}");
    }
}

#[test]
fn the_picture_has_every_class_that_is_written_and_no_line_that_the_ontology_does_not_allow() {
    let vocabulary = vocabulary();
    let is_a = |class: &str, allowed: &[String]| {
        allowed.is_empty() || vocabulary.above(class).iter().any(|c| allowed.iter().any(|a| a == c))
    };
    for (property, from, to) in diagram::joins().filter(|(property, ..)| property.starts_with("ent:")) {
        let term = vocabulary.term(property).unwrap_or_else(|| panic!("no {property}"));
        // A line may stand at a class above: what holds of its kinds holds of some of its things.
        let fits = |class: &str, allowed: &[String]| {
            is_a(class, allowed) || allowed.iter().any(|a| is_a(a, &[class.to_owned()]))
        };
        assert!(fits(from, &term.domains), "{property} from {from}, not {:?}", term.domains);
        assert!(fits(to, &term.ranges), "{property} to {to}, not {:?}", term.ranges);
    }
    for (_, below, above) in diagram::joins().filter(|(property, ..)| *property == "a") {
        assert!(vocabulary.above(below).contains(&above), "{below} is no {above}");
    }
    let shown: BTreeSet<&str> = diagram::BOXES.iter().map(|b| b.0).collect();
    for class in vocabulary.classes().filter(|class| !class.graphs.is_empty()) {
        assert!(shown.contains(class.name.as_str()), "{} is not in the picture", class.name);
        let graph = diagram::BOXES.iter().find(|b| b.0 == class.name).unwrap().1;
        assert!(class.graphs.iter().any(|g| g == graph), "{} is drawn in {graph}", class.name);
    }
}

#[test]
fn boxes_stand_in_their_regions_and_apart() {
    let (width, height) = (134.0, 42.0);
    for (class, graph, x, y) in diagram::BOXES {
        let inside =
            diagram::REGIONS.iter().filter(|region| region.0 == graph).any(|(_, _, [left, top, wide, high], _)| {
                x >= *left && x + width <= left + wide && y >= *top && y + height <= top + high
            });
        assert!(inside, "{class} leaves {graph}");
        for (other, _, a, b) in diagram::BOXES.into_iter().filter(|b| b.0 != class) {
            assert!((x - a).abs() > width || (y - b).abs() > height, "{class} lies over {other}");
        }
    }
}
