//! The JSON API over real articles: South Korea and Singapore in November 2025, as the seed articles tell it.

use super::client::{encode, get};
use super::world::reader;
use serde_json::Value;

#[track_caller]
fn json(path: &str) -> Value {
    let answer = get(reader(), &format!("/api/v1{path}"));
    assert_eq!(answer.status, 200, "{path}: {}", answer.text());
    answer.json()
}

fn items(value: &Value) -> &Vec<Value> {
    value["items"].as_array().unwrap()
}

#[test]
fn a_pair_is_told_whole() {
    let dyad = json("/dyads/KOR-SGP");
    assert_eq!((&dyad["a"]["name"], &dyad["b"]["name"]), (&"South Korea".into(), &"Singapore".into()));
    assert_eq!(json("/dyads/sgp-kor"), dyad, "in any order and size of letters");
    let timeline = dyad["timeline"].as_array().unwrap();
    assert_eq!(timeline.len() as u64, dyad["events"].as_u64().unwrap());
    let days: Vec<&str> = timeline.iter().filter_map(|e| e["date"].as_str()).filter(|d| d.len() == 10).collect();
    assert!(days.len() > 3 && days.contains(&"2025-11-02"), "{days:?}");
    let both = |e: &&Value| {
        let codes: Vec<&str> = e["countries"].as_array().unwrap().iter().filter_map(|c| c["id"].as_str()).collect();
        codes.contains(&"KOR") && codes.contains(&"SGP")
    };
    assert!(timeline.iter().all(|e| both(&e)));
    assert!(dyad["people"].as_array().unwrap().iter().any(|p| p["name"] == "Lee Jae Myung"), "{}", dyad["people"]);
    assert!(dyad["sectors"].as_array().unwrap().iter().any(|s| s["id"] == "trade"));
    let months = dyad["tone"].as_array().unwrap();
    assert!(months.iter().any(|m| m["month"] == "2025-11" && m["verbal_coop"].as_u64().unwrap() > 0), "{months:?}");
    assert_eq!(json("/dyads/KOR-SGP/events?limit=500")["total"], dyad["events"]);
}

#[test]
fn lists_are_narrowed_by_the_words_of_a_name() {
    let names = |path: &str, name: &str| -> Vec<String> {
        let list = json(path);
        assert_eq!(list["total"].as_u64().unwrap() as usize, items(&list).len(), "{path}");
        items(&list).iter().map(|item| item[name].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(names("/countries?q=singap", "name"), ["Singapore"]);
    assert_eq!(names("/countries?q=KOR+south", "name"), ["South Korea"], "codes and words in any order");
    assert!(names("/countries?q=korean&limit=500", "name").contains(&"South Korea".to_owned()), "adjectives too");
    assert_eq!(names("/dyads?q=singapore+south+korea", "id"), ["KOR-SGP"]);
    assert_eq!(names("/leaders?q=lee+jae", "name"), ["Lee Jae Myung"]);
    let articles = names("/articles?q=strateg+partn&limit=500", "title");
    assert!(!articles.is_empty() && articles.iter().all(|title| title.to_lowercase().contains("strateg")));
    for list in ["countries", "dyads", "leaders", "articles"] {
        assert!(names(&format!("/{list}?q=singapore+qqq"), "id").is_empty(), "{list}");
        assert_eq!(json(&format!("/{list}?q=%20")), json(&format!("/{list}")), "no word narrows nothing");
        assert_eq!(get(reader(), &format!("/api/v1/{list}?q={}", "a".repeat(1001))).status, 400);
    }
}

#[test]
fn an_event_shows_its_sentences_with_the_names_in_them() {
    let list = json("/events?country=KOR&country=SGP&kind=agreement&limit=500");
    for short in items(&list) {
        let event = json(&format!("/events/{}", short["id"].as_str().unwrap()));
        assert_eq!(event["name"], short["name"]);
        let reports = event["reports"].as_array().unwrap();
        assert!(!reports.is_empty());
        for report in reports {
            let sentence: Vec<char> = report["sentence"].as_str().unwrap().chars().collect();
            assert_eq!(report["end"].as_u64().unwrap() - report["start"].as_u64().unwrap(), sentence.len() as u64);
            for mark in report["marks"].as_array().unwrap() {
                let (from, to) = (mark[0].as_u64().unwrap() as usize, mark[1].as_u64().unwrap() as usize);
                let word: String = sentence[from..to].iter().collect();
                assert!(word.chars().next().unwrap().is_alphanumeric() && word.trim() == word, "{word:?}");
            }
            let article = json(&format!("/articles/{}", report["article"]["id"].as_str().unwrap()));
            assert_eq!(article["title"], report["article"]["title"]);
            assert!(article["facts"].as_array().unwrap().iter().any(|f| f["event"]["id"] == event["id"]));
        }
    }
    assert!(items(&list).len() > 2);
}

#[test]
fn filters_narrow_every_list() {
    let total = |query: &str| json(&format!("/events?{query}"))["total"].as_u64().unwrap();
    let all = total("");
    let of_kinds: Vec<u64> = ["agreement", "encounter", "act"].iter().map(|k| total(&format!("kind={k}"))).collect();
    assert_eq!(of_kinds.iter().sum::<u64>(), all);
    assert!(of_kinds.iter().all(|n| *n > 0), "{of_kinds:?}");
    assert_eq!(total("kind=agreement&kind=act"), of_kinds[0] + of_kinds[2]);
    assert_eq!(total("background=true") + total("background=false"), all);
    assert!(total("min_confidence=0.9") < all && total("min_confidence=0") == all);
    let late = json("/events?since=2025-11-01&limit=500");
    assert!(items(&late).iter().all(|e| e["date"].as_str().unwrap() >= "2025"), "{late}");
    assert!(total("since=2025-11-01") > 0 && total("until=2025-10-31") > 0);
    let signed = json("/events?status=signed&sector=trade&limit=500");
    assert!(!items(&signed).is_empty());
    for event in items(&signed) {
        assert_eq!(event["status"], "signed");
        assert!(event["sectors"].as_array().unwrap().iter().any(|s| s["id"] == "trade"));
    }
    let whole = json("/dyads/KOR-SGP");
    let narrow = json("/dyads/KOR-SGP?kind=act");
    assert_eq!(narrow["summary"]["acts"], whole["summary"]["acts"]);
    assert_eq!((&narrow["summary"]["agreements"], whole["summary"]["agreements"] != 0), (&0.into(), true));
    let korea = json("/countries/KOR?since=2025-11-01");
    assert!(korea["events"].as_u64() < json("/countries/KOR")["events"].as_u64());
}

#[test]
fn pages_join_to_the_whole_list() {
    let whole = json("/events?limit=500");
    let (mut joined, mut cursor) = (Vec::new(), String::new());
    loop {
        let page = json(&format!("/events?limit=37&cursor={cursor}"));
        assert_eq!(page["total"], whole["total"]);
        joined.extend(items(&page).iter().cloned());
        match page["next"].as_str() {
            Some(next) => cursor = next.to_owned(),
            None => break,
        }
    }
    let ids = |list: &[Value]| list.iter().map(|e| e["id"].clone()).collect::<Vec<_>>();
    let first: Vec<Value> = ids(&joined).into_iter().take(500).collect();
    assert_eq!(first, ids(items(&whole)));
    assert_eq!(joined.len() as u64, whole["total"].as_u64().unwrap());
    assert_eq!(json("/events?cursor=999999")["items"], Value::Array(Vec::new()));
}

#[test]
fn search_finds_what_one_begins_to_type() {
    let first = |question: &str| {
        let found = json(&format!("/search?q={}", encode(question)));
        let item = items(&found).first().cloned().unwrap_or_else(|| panic!("nothing for {question}"));
        (item["type"].as_str().unwrap().to_owned(), item["id"].as_str().unwrap().to_owned())
    };
    assert_eq!(first("south kor"), ("country".into(), "KOR".into()));
    assert_eq!(first("SÍNGAPORE").1, "SGP");
    assert_eq!(first("lee jae").0, "leader");
    assert_eq!(first("ASEAN").0, "organization");
    let agriculture = json("/search?q=agricul&type=sector");
    assert!(items(&agriculture).iter().any(|s| s["id"] == "agriculture"), "{agriculture}");
    let beef = json(&format!("/search?q={}&type=event", encode("beef pork Jeju")));
    assert!(items(&beef).iter().any(|e| e["sentence"].as_str().unwrap().contains("Jeju")), "{beef}");
    for nothing in ["", "   ", "zzzqqq", "orea"] {
        assert!(items(&json(&format!("/search?q={}", encode(nothing)))).is_empty(), "{nothing}");
    }
}

#[test]
fn the_network_is_capped_and_says_so() {
    let all = json("/graph?limit=300");
    let nodes = all["nodes"].as_array().unwrap().len();
    let few = json("/graph?limit=5");
    assert_eq!(few["nodes"].as_array().unwrap().len(), 5);
    assert_eq!(few["more"].as_u64().unwrap() as usize + 5, nodes + all["more"].as_u64().unwrap() as usize);
    let korea = json("/graph?center=KOR&depth=1&limit=20");
    let ids: Vec<&str> = korea["nodes"].as_array().unwrap().iter().filter_map(|n| n["id"].as_str()).collect();
    assert!(ids.contains(&"KOR") && ids.contains(&"SGP"), "{ids:?}");
    for link in korea["links"].as_array().unwrap() {
        assert!(ids.contains(&link["source"].as_str().unwrap()) && ids.contains(&link["target"].as_str().unwrap()));
    }
    let leader = items(&json("/leaders?country=KOR"))[0]["id"].as_str().unwrap().to_owned();
    let around = json(&format!("/graph?center=leader/{}", encode(&leader)));
    assert!(around["nodes"].as_array().unwrap().iter().all(|n| n["type"] == "leader"), "{around}");
}

#[test]
fn named_questions_are_asked_by_their_parameters() {
    let rows = json("/catalogue/agreements-of-dyad?first=KOR&second=SGP");
    assert!(!rows["results"]["bindings"].as_array().unwrap().is_empty(), "{rows}");
    let leaders = json("/leaders?country=KOR&limit=1");
    let leader = json(&format!("/leaders/{}", encode(items(&leaders)[0]["id"].as_str().unwrap())));
    assert_eq!(leader["country"]["id"], "KOR");
    let kebab = leader["name"].as_str().unwrap().to_lowercase().replace(' ', "-");
    assert_eq!(json(&format!("/leaders/{kebab}"))["id"], leader["id"]);
    let by_id = json(&format!("/graph?center=leader/{}", encode(leader["id"].as_str().unwrap())));
    assert_eq!(json(&format!("/graph?center=leader/{kebab}")), by_id);
}
