//! The document of the API against what is served: each place answers as it is described, and says nothing that is not.

use super::client::{encode, get};
use super::world::reader;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// Follows `$ref`.
fn resolved<'d>(document: &'d Value, schema: &'d Value) -> &'d Value {
    match schema.get("$ref").and_then(Value::as_str) {
        Some(place) => document.pointer(place.trim_start_matches('#')).unwrap_or_else(|| panic!("no {place}")),
        None => schema,
    }
}

/// The properties of an object's schema and those that must be there, with those of `allOf`.
fn properties<'d>(document: &'d Value, schema: &'d Value) -> (BTreeMap<&'d str, &'d Value>, BTreeSet<&'d str>) {
    let schema = resolved(document, schema);
    let (mut known, mut required) = (BTreeMap::new(), BTreeSet::new());
    for part in schema.get("allOf").and_then(Value::as_array).into_iter().flatten() {
        let (more, must) = properties(document, part);
        known.extend(more);
        required.extend(must);
    }
    known.extend(
        schema.get("properties").and_then(Value::as_object).into_iter().flatten().map(|(n, s)| (n.as_str(), s)),
    );
    required.extend(schema.get("required").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str));
    (known, required)
}

fn type_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(n) if n.is_i64() || n.is_u64() => "integer",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    }
}

/// Notes where a value is not as its schema says, and which properties were seen.
fn compare(document: &Value, schema: &Value, value: &Value, at: &str, faults: &mut Vec<String>) {
    let schema = resolved(document, schema);
    if let Some(ways) = schema.get("anyOf").and_then(Value::as_array) {
        let fits = |way: &&Value| {
            let mut own = Vec::new();
            compare(document, way, value, at, &mut own);
            own.is_empty()
        };
        if !ways.iter().any(|way| fits(&way)) {
            faults.push(format!("{at}: fits no way of anyOf: {value}"));
        }
        return;
    }
    let types: Vec<&str> = match schema.get("type") {
        Some(Value::String(one)) => vec![one],
        Some(Value::Array(many)) => many.iter().filter_map(Value::as_str).collect(),
        _ => vec!["object"],
    };
    let own = type_of(value);
    if !types.iter().any(|t| *t == own || (*t == "number" && own == "integer")) {
        faults.push(format!("{at}: {own}, not {types:?}"));
        return;
    }
    if let Some(words) = schema.get("enum").and_then(Value::as_array).filter(|words| !words.contains(value)) {
        faults.push(format!("{at}: {value} is none of {words:?}"));
    }
    if let (Some(items), Some(found)) = (schema.get("items"), value.as_array()) {
        for (i, item) in found.iter().enumerate() {
            compare(document, items, item, &format!("{at}[{i}]"), faults);
        }
    }
    if let Some(object) = value.as_object() {
        let (known, required) = properties(document, schema);
        faults.extend(required.iter().filter(|n| !object.contains_key(**n)).map(|n| format!("{at}: lacks {n}")));
        for (name, inner) in object.iter().filter(|_| !known.is_empty()) {
            match known.get(name.as_str()) {
                Some(schema) => compare(document, schema, inner, &format!("{at}.{name}"), faults),
                None => faults.push(format!("{at}: {name} is not described")),
            }
        }
    }
}

/// An id of the list at a place.
fn an_id(list: &str) -> String {
    let id = get(reader(), &format!("/api/v1{list}?limit=1")).json()["items"][0]["id"].clone();
    encode(id.as_str().unwrap_or_else(|| panic!("{list} has no id")))
}

/// A parameter's value for the questions that need one.
fn example(id: &str) -> String {
    let catalogue = get(reader(), "/api/v1/catalogue").json();
    let question = catalogue["items"].as_array().unwrap().iter().find(|q| q["id"] == id).unwrap().clone();
    let needed = question["parameters"].as_array().unwrap().iter().filter(|p| p["default"].is_null());
    let pairs: Vec<String> =
        needed.map(|p| format!("{}={}", p["name"].as_str().unwrap(), encode(p["example"].as_str().unwrap()))).collect();
    pairs.join("&")
}

#[test]
fn every_place_answers_as_it_is_described() {
    let document = get(reader(), "/api/v1/openapi.json").json();
    assert_eq!(document["openapi"], "3.1.0");
    let mut faults = Vec::new();
    let paths = document["paths"].as_object().unwrap();
    assert!(paths.len() > 20, "{}", paths.len());
    for (path, place) in paths {
        let Some(operation) = place.get("get").filter(|_| path != "/openapi.json") else { continue };
        let mut asked = path.clone();
        if let Some((list, _)) = path.split_once("/{id}") {
            asked = path.replace("{id}", &an_id(list));
        }
        if path == "/search" {
            asked += "?q=korea";
        }
        if path == "/catalogue/{id}" {
            let id = asked.rsplit('/').next().unwrap().to_owned();
            asked += &format!("?{}", example(&id));
        }
        let answer = get(reader(), &format!("/api/v1{asked}"));
        if answer.status != 200 {
            faults.push(format!("{asked}: {} {}", answer.status, answer.text()));
            continue;
        }
        let content = operation["responses"]["200"]["content"].as_object().unwrap();
        let (media, schema) = content.iter().next().unwrap();
        assert_eq!(answer.header("content-type"), Some(media.as_str()), "{asked}");
        compare(&document, &schema["schema"], &answer.json(), &asked, &mut faults);
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn problems_are_as_described_too() {
    let document = get(reader(), "/api/v1/openapi.json").json();
    let mut faults = Vec::new();
    for (path, status) in [
        ("/api/v1/nothing", 404),
        ("/api/v1/events/ffff", 404),
        ("/api/v1/countries/QQQ", 404),
        ("/api/v1/dyads/KOR-QQQ", 404),
        ("/api/v1/leaders/nobody", 404),
        ("/api/v1/articles/none", 404),
        ("/api/v1/catalogue/none", 404),
        ("/api/v1/catalogue/agreements-of-country?country=Narnia", 400),
        ("/api/v1/graph?center=QQQ", 404),
        ("/api/v1/events?since=yesterday", 400),
        ("/api/v1/events?kind=war", 400),
        ("/api/v1/events?min_confidence=2", 400),
        ("/api/v1/events?limit=0", 400),
        ("/api/v1/events?limit=501", 400),
        ("/api/v1/events?cursor=x", 400),
        ("/api/v1/extract", 405),
        ("/api/v2/", 404),
    ] {
        let answer = get(reader(), path);
        assert_eq!(answer.status, status, "{path}: {}", answer.text());
        assert_eq!(answer.header("content-type"), Some("application/problem+json"));
        compare(&document, &document["components"]["schemas"]["Problem"], &answer.json(), path, &mut faults);
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
