//! What a person adds and decides through the API.

use super::client::{Answer, get, send};
use super::world::{Server, TOKEN, own_store};
use serde_json::{Value, json};

const SHOW: (&str, &str) = ("Authorization", "Bearer a-token-for-tests");
const TEXT: (&str, &str) = ("Content-Type", "text/plain");
const ARTICLE: &str = "Norway and Finland sign energy pact\n\n\
    OSLO - Prime Minister Jonas Gahr Store of Norway met President Alexander Stubb of Finland in Oslo on Monday. \
    Norway and Finland signed a memorandum of understanding on energy cooperation on Monday.\n";
const ABOUT: &str = "published=2025-11-03&source=Example%20Wire&id=oslo-pact";

#[track_caller]
fn ok(answer: &Answer) -> Value {
    assert!(answer.status < 300, "{} {}", answer.status, answer.text());
    answer.json()
}

#[test]
fn nothing_is_written_without_leave() {
    for (method, path) in [
        ("POST", "/api/v1/extract"),
        ("POST", "/api/v1/articles"),
        ("POST", "/api/v1/curation"),
        ("DELETE", "/api/v1/curation/abcd"),
    ] {
        let answer = send(super::world::reader(), method, path, &[TEXT, SHOW], ARTICLE.as_bytes());
        assert_eq!(answer.status, 403, "{path}");
    }
    let (_folder, store) = own_store();
    let server = Server::start(&store, &["--writable", "--token", TOKEN]);
    for path in ["/api/v1/extract", "/api/v1/articles", "/api/v1/curation"] {
        assert_eq!(send(&server.address, "POST", path, &[TEXT], ARTICLE.as_bytes()).status, 401, "{path}");
    }
    assert_eq!(get(&server.address, "/api/v1/").json()["writable"], true);
}

#[test]
fn an_article_is_read_looked_at_stored_and_forgotten() {
    let (_folder, store) = own_store();
    let server = Server::start(&store, &["--writable", "--token", TOKEN]);
    let at = server.address.as_str();
    let post = |path: &str, body: &str| send(at, "POST", path, &[TEXT, SHOW], body.as_bytes());
    let before = get(at, "/api/v1/").json()["store"].clone();
    let found = ok(&post(&format!("/api/v1/extract?{ABOUT}"), ARTICLE));
    assert_eq!(found["article"]["published"], "2025-11-03");
    let text: Vec<char> = found["text"].as_str().unwrap().chars().collect();
    let mou = found["agreements"].as_array().unwrap().iter().find(|a| a["type"] == "mou").unwrap().clone();
    let evidence = &mou["evidence"][0];
    let (from, to) = (evidence["start"].as_u64().unwrap() as usize, evidence["end"].as_u64().unwrap() as usize);
    assert_eq!(text[from..to].iter().collect::<String>(), evidence["quote"].as_str().unwrap());
    assert_eq!(get(at, "/api/v1/").json()["store"], before, "extracting stores nothing");

    let stored = ok(&post(&format!("/api/v1/articles?{ABOUT}"), ARTICLE));
    assert_eq!(stored["became"], "stored");
    assert_eq!(ok(&post(&format!("/api/v1/articles?{ABOUT}"), ARTICLE))["became"], "unchanged");
    let key = stored["id"].as_str().unwrap();
    let article = ok(&get(at, &format!("/api/v1/articles/{key}")));
    assert_eq!(article["source"], "Example Wire");
    assert!(article["facts"].as_array().unwrap().iter().any(|f| f["event"]["type"] == "mou"), "{article}");
    assert!(ok(&get(at, "/api/v1/dyads/FIN-NOR"))["events"].as_u64().unwrap() >= 1);

    let gone = ok(&send(at, "DELETE", &format!("/api/v1/articles/{key}"), &[SHOW], b""));
    assert_eq!(gone["articles"], 1);
    assert_eq!(get(at, &format!("/api/v1/articles/{key}")).status, 404);
    assert_eq!(get(at, "/api/v1/").json()["store"]["events"], before["events"]);
}

#[test]
fn what_the_review_leaves_out_stays_out() {
    let (_folder, store) = own_store();
    let server = Server::start(&store, &["--writable", "--token", TOKEN]);
    let at = server.address.as_str();
    let post = |path: &str| send(at, "POST", path, &[TEXT, SHOW], ARTICLE.as_bytes());
    let found = ok(&post(&format!("/api/v1/extract?{ABOUT}")));
    let mou = found["agreements"].as_array().unwrap().iter().find(|a| a["type"] == "mou").unwrap().clone();
    let e = &mou["evidence"][0];
    let place = super::client::encode(&format!("{}-{}-{}", e["start"], e["end"], e["rule"].as_str().unwrap()));
    assert_eq!(post(&format!("/api/v1/articles?{ABOUT}&leave_out={place}")).status, 400, "who says so?");
    let stored = ok(&post(&format!("/api/v1/articles?{ABOUT}&leave_out={place}&by=Ada")));
    assert!(stored["rejected"].as_u64().unwrap() >= 1, "{stored}");
    let article = ok(&get(at, &format!("/api/v1/articles/{}", stored["id"].as_str().unwrap())));
    assert!(!article["facts"].as_array().unwrap().iter().any(|f| f["event"]["type"] == "mou"), "{article}");
    let decisions = ok(&get(at, "/api/v1/quality"))["decisions"].clone();
    assert_eq!((&decisions[0]["decides"], &decisions[0]["by"]), (&json!("reject"), &json!("Ada")));
}

#[test]
fn a_fact_is_left_out_by_its_place_in_what_was_extracted() {
    let (_folder, store) = own_store();
    let server = Server::start(&store, &["--writable", "--token", TOKEN]);
    let at = server.address.as_str();
    let post = |path: &str| send(at, "POST", path, &[TEXT, SHOW], ARTICLE.as_bytes());
    let found = ok(&post(&format!("/api/v1/extract?{ABOUT}")));
    let agreements = found["agreements"].as_array().unwrap();
    let mou = agreements.iter().position(|a| a["type"] == "mou").unwrap();
    let store_without = |fact: &str| post(&format!("/api/v1/articles?{ABOUT}&leave_out_fact={fact}&by=Ada"));
    for unknown in ["agreements/99", "agreements/-1", "mou"] {
        assert_eq!(store_without(unknown).status, 422, "{unknown}");
    }
    assert_eq!(get(at, "/api/v1/search?q=oslo").json()["items"].as_array().unwrap().len(), 0, "nothing was stored");
    let stored = ok(&store_without(&format!("agreements/{mou}")));
    assert!(stored["rejected"].as_u64().unwrap() >= 1, "{stored}");
    let article = ok(&get(at, &format!("/api/v1/articles/{}", stored["id"].as_str().unwrap())));
    let kept = |kind: &str| article["facts"].as_array().unwrap().iter().any(|f| f["event"]["type"] == kind);
    assert!(!kept("mou") && kept("meeting"), "{article}");
}

#[test]
fn two_events_are_kept_apart() {
    let (_folder, store) = own_store();
    let server = Server::start(&store, &["--writable", "--token", TOKEN]);
    let at = server.address.as_str();
    let as_json = ("Content-Type", "application/json");
    let decide = |wish: &Value| send(at, "POST", "/api/v1/curation", &[as_json, SHOW], wish.to_string().as_bytes());
    let events = ok(&get(at, "/api/v1/dyads/KOR-SGP/events?kind=agreement"));
    let id = |n: usize| events["items"][n]["id"].as_str().unwrap().to_owned();
    let apart = json!({"decision": "split", "events": [id(0), id(1)], "who": "Ada", "why": "two papers"});
    let made = ok(&decide(&apart));
    assert_eq!(made["decides"], "split");
    // What somebody took apart is not put together by accident; who wants that takes the decision back.
    assert_eq!(get(at, &format!("/api/v1/events/{}", id(0))).status, 200);
    assert_eq!(get(at, &format!("/api/v1/events/{}", id(1))).status, 200);
    let encounters = ok(&get(at, "/api/v1/dyads/KOR-SGP/events?kind=encounter"));
    let meeting = encounters["items"][0]["id"].as_str().unwrap();
    for wrong in [
        json!({"decision": "split", "events": [id(0)], "who": "Ada", "why": "x"}),
        json!({"decision": "split", "events": [id(0), id(0)], "who": "Ada", "why": "x"}),
        json!({"decision": "split", "events": [id(0), meeting], "who": "Ada", "why": "x"}),
        json!({"decision": "split", "event": id(0), "reports": [], "who": "Ada", "why": "x"}),
        json!({"decision": "split", "event": id(0), "events": [id(0), id(1)], "who": "Ada", "why": "x"}),
    ] {
        assert_eq!(decide(&wrong).status, 422, "{wrong}");
    }
}

#[test]
fn decisions_are_made_and_taken_back() {
    let (_folder, store) = own_store();
    let server = Server::start(&store, &["--writable", "--token", TOKEN]);
    let at = server.address.as_str();
    let as_json = ("Content-Type", "application/json");
    let decide = |wish: &Value| send(at, "POST", "/api/v1/curation", &[as_json, SHOW], wish.to_string().as_bytes());
    let events = ok(&get(at, "/api/v1/dyads/KOR-SGP/events?kind=agreement"));
    let event = events["items"][0]["id"].as_str().unwrap().to_owned();
    let named = ok(&decide(
        &json!({"decision": "rename", "id": event, "name": "The Seoul accord", "who": "Ada", "why": "its name"}),
    ));
    let whole = ok(&get(at, &format!("/api/v1/events/{event}")));
    assert!(whole["name"].as_str().unwrap().contains("Seoul accord"), "{}", whole["name"]);
    assert_eq!(whole["decisions"][0]["id"], named["id"]);
    let undone = send(at, "DELETE", &format!("/api/v1/curation/{}", named["id"].as_str().unwrap()), &[SHOW], b"");
    assert_eq!(ok(&undone)["id"], named["id"]);
    assert_eq!(ok(&get(at, &format!("/api/v1/events/{event}")))["name"], events["items"][0]["name"]);
    let misread = json!({"decision": "reject", "ids": [event], "who": "Ada", "why": "misread"});
    let rejected = decide(&misread);
    assert_eq!(get(at, &format!("/api/v1/events/{event}")).status, 404);
    // What is said again is the same decision.
    let again = decide(&misread);
    assert_eq!((rejected.status, again.status, &ok(&again)["id"]), (201, 200, &ok(&rejected)["id"]));
    let asserted = json!({"decision": "assert", "kind": "agreement", "type": "mou", "parties": ["NOR", "ISL"],
        "status": "signed", "date": "2025-11-03", "who": "Ada", "why": "the ministry's list"});
    ok(&decide(&asserted));
    assert_eq!(ok(&get(at, "/api/v1/dyads/ISL-NOR"))["events"], 1);
    for (wish, status) in [
        (json!({"decision": "reject", "ids": ["ffffffff"], "who": "Ada", "why": "x"}), 422),
        (json!({"decision": "reject", "ids": [event], "who": "", "why": "x"}), 422),
        (json!({"decision": "explode", "who": "Ada", "why": "x"}), 400),
        (json!({"decision": "reject", "ids": []}), 400),
    ] {
        assert_eq!(decide(&wish).status, status, "{wish}");
    }
    assert_eq!(send(at, "POST", "/api/v1/curation", &[TEXT, SHOW], b"{}").status, 415);
    assert_eq!(send(at, "DELETE", "/api/v1/curation/ffff", &[SHOW], b"").status, 404);
}
