//! A first build reads nothing back; its graph is that of a build that does.

use super::*;
use crate::graph::ledger::{Ledger, Remembers};

/// Articles of several pairs, months and people, more than are few: each event is told by one to three of them.
fn many_articles() -> Vec<Facts> {
    let pairs = [("KOR", "SGP"), ("JPN", "SGP"), ("KOR", "JPN"), ("FRA", "DEU")];
    let mut articles = Vec::new();
    for at in 0..72 {
        let (a, b) = pairs[at / 4 % pairs.len()];
        let date = format!("2025-{:02}-{:02}", 1 + at / 24, 1 + at % 3);
        let rename = |facts: Value| -> Value {
            let text =
                facts.to_string().replace("\"KOR\"", &format!("\"{a}\"")).replace("\"SGP\"", &format!("\"{b}\""));
            serde_json::from_str(&text).unwrap()
        };
        let status = ["planned", "held", "held"][at % 3];
        let met = meeting(status, Some(&date), Some("Seoul"), &[("lee", "KOR"), ("wong", "SGP")]);
        let facts = match at % 4 {
            0 | 1 => rename(met),
            2 => rename(agreement("mou", "signed", ["digital trade", "steel"][at % 8 / 4], Some(&date))),
            _ => rename(act(["SUPPORT", "SANCTION"][at % 8 / 4], Some(&date))),
        };
        articles.push(article(&format!("article {at}"), &date, facts));
    }
    // Three parties, of which no list has any, and somebody of two sides.
    let mut gathering = meeting("held", Some("2025-04-01"), None, &[("lee", "PRK"), ("diaz", "QQA")]);
    gathering["encounters"][0]["type"] = json!("gathering");
    gathering["encounters"][0]["countries"] = json!(["PRK", "QQA", "SGP"]);
    articles.push(article("gathering", "2025-04-02", gathering));
    articles
}

fn filled(store: &mut Store, articles: &[Facts]) {
    for facts in articles {
        store.add(facts, &run()).unwrap();
    }
    store.settle().unwrap();
}

#[test]
fn a_first_build_gives_what_one_gives_that_reads_back() {
    let articles = many_articles();
    let mut read_back = Store::in_memory().unwrap();
    read_back.remembers = Remembers::Nothing;
    filled(&mut read_back, &articles);
    let expected = dump(&read_back);
    assert!(expected.contains("produced>") && expected.contains("metWith>"), "the articles tell too little");

    let mut kept = Store::in_memory().unwrap();
    for facts in &articles {
        kept.add(facts, &run()).unwrap();
    }
    assert!(matches!(kept.remembers, Remembers::All(_)));
    kept.settle().unwrap();
    assert_eq!(dump(&kept), expected);
    assert!(matches!(kept.remembers, Remembers::Nothing));

    let folder = tempfile::tempdir().unwrap();
    for bytes in [0, 2_000] {
        let mut store = Store::in_memory().unwrap();
        store.remembers = Remembers::All(Box::new(Ledger::new(Some(folder.path())).keep(bytes)));
        filled(&mut store, &articles);
        assert_eq!(dump(&store), expected, "with {bytes} bytes in memory");
    }
}

#[test]
fn what_follows_a_first_build_is_read_from_the_store() {
    let articles = many_articles();
    let mut whole = Store::in_memory().unwrap();
    filled(&mut whole, &articles);
    let mut later = Store::in_memory().unwrap();
    filled(&mut later, &articles[..40]);
    filled(&mut later, &articles[40..]);
    assert_eq!(dump(&later), dump(&whole));
}

#[test]
fn an_article_that_changes_in_a_first_build_tells_what_it_says_last() {
    let articles = many_articles();
    let mut whole = Store::in_memory().unwrap();
    filled(&mut whole, &articles);
    let mut again = Store::in_memory().unwrap();
    // Other facts and another leader under the ids of the first ones, and one that comes back.
    for (at, facts) in articles.iter().enumerate().take(6) {
        let mut changed = articles[articles.len() - 1 - at].clone();
        changed.article.id = facts.article.id.clone();
        again.add(&changed, &run()).unwrap();
        if at == 3 {
            again.add(facts, &run()).unwrap();
            again.add(&changed, &run()).unwrap();
        }
    }
    for facts in &articles {
        again.add(facts, &run()).unwrap();
    }
    assert!(matches!(again.remembers, Remembers::All(_)));
    again.settle().unwrap();
    assert_eq!(dump(&again), dump(&whole));
}

#[test]
fn a_full_disk_costs_the_ledger_and_nothing_else() {
    let articles = many_articles();
    let mut whole = Store::in_memory().unwrap();
    filled(&mut whole, &articles);
    let mut store = Store::in_memory().unwrap();
    store.remembers = Remembers::All(Box::new(Ledger::new(Some("/nowhere".as_ref())).keep(2_000)));
    filled(&mut store, &articles);
    assert_eq!(dump(&store), dump(&whole));
}
