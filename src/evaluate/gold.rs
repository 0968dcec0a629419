//! Gold files → [`Facts`]. A gold file is the contract's object by the guidelines, without evidence; a corrected output of
//! `entente extract` is one too.

use crate::facts::Facts;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Why gold could not be read.
#[derive(Debug, thiserror::Error)]
pub enum GoldError {
    /// The file or folder could not be read.
    #[error("{path}: {source}")]
    Io {
        /// Where.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// The file is no facts object.
    #[error("{path}:{line}: {message}")]
    Shape {
        /// Where.
        path: PathBuf,
        /// Line, from 1.
        line: usize,
        /// What does not fit.
        message: String,
    },
    /// The folder holds no gold.
    #[error("{path}: no *.json file with facts in here")]
    Empty {
        /// Where.
        path: PathBuf,
    },
}

/// Reads a folder of `*.json`, or a file of facts (JSON Lines, or objects one after another), by article id.
///
/// # Errors
/// The first file that cannot be read or does not fit, with its place.
pub fn read_gold(path: &Path) -> Result<BTreeMap<String, Facts>, GoldError> {
    Ok(read_gold_files(path)?.into_iter().map(|(_, facts)| (facts.article.id.clone(), facts)).collect())
}

/// The same, each with the file it stands in, in the order of the files.
///
/// # Errors
/// The first file that cannot be read or does not fit, with its place.
pub fn read_gold_files(path: &Path) -> Result<Vec<(PathBuf, Facts)>, GoldError> {
    let io = |path: &Path| {
        let path = path.to_owned();
        move |source| GoldError::Io { path, source }
    };
    let mut files = vec![path.to_owned()];
    if path.is_dir() {
        files = std::fs::read_dir(path).map_err(io(path))?.filter_map(Result::ok).map(|e| e.path()).collect();
        files.retain(|p| p.extension().is_some_and(|e| e == "json"));
        files.sort();
    }
    let mut out = Vec::new();
    for file in files {
        let text = std::fs::read_to_string(&file).map_err(io(&file))?;
        out.extend(parse(&text, &file)?.into_iter().map(|facts| (file.clone(), facts)));
    }
    if out.is_empty() { Err(GoldError::Empty { path: path.to_owned() }) } else { Ok(out) }
}

/// The objects of a file, whether one a line or spread over lines.
fn parse(text: &str, path: &Path) -> Result<Vec<Facts>, GoldError> {
    let shape = |line: usize, message: String| GoldError::Shape { path: path.to_owned(), line, message };
    let mut values = serde_json::Deserializer::from_str(text).into_iter::<Value>();
    let mut out = Vec::new();
    loop {
        let offset = values.byte_offset();
        let line = || {
            let begin = text.len() - text[offset..].trim_start().len();
            text[..begin].bytes().filter(|b| *b == b'\n').count() + 1
        };
        match values.next() {
            None => return Ok(out),
            Some(Err(error)) => return Err(shape(error.line(), error.to_string())),
            Some(Ok(Value::Object(object))) => {
                let value = completed(object).map_err(|message| shape(line(), message))?;
                out.push(serde_json::from_value(value).map_err(|e| shape(line(), e.to_string()))?);
            }
            Some(Ok(_)) => return Err(shape(line(), "expected an object of facts".into())),
        }
    }
}

/// Fills what gold files leave out and the contract requires.
fn completed(mut o: Map<String, Value>) -> Result<Value, String> {
    if !o.contains_key("article") {
        if let Some(key) = ["text", "body", "content"].into_iter().find(|key| o.contains_key(*key)) {
            return Err(format!("this is an article (it has `{key}`), no facts of one"));
        }
        let id =
            o.remove("id").filter(Value::is_string).ok_or("neither `article` nor `id` says whose facts these are")?;
        let published = o.remove("published").unwrap_or_default();
        o.insert(
            "article".into(),
            json!({"id": id, "title": "", "published": published, "source": null, "language": "en", "sha256": ""}),
        );
    }
    o.retain(|k, _| {
        matches!(
            k.as_str(),
            "article" | "countries" | "organizations" | "leaders" | "agreements" | "encounters" | "acts"
        )
    });
    for list in ["countries", "organizations"] {
        for item in o.get_mut(list).and_then(Value::as_array_mut).into_iter().flatten() {
            if let Value::String(code) = item {
                *item = json!({"id": code, "name": "", "mentions": []});
            }
        }
    }
    for item in o.get_mut("leaders").and_then(Value::as_array_mut).into_iter().flatten() {
        fill(item, &[("mentions", json!([])), ("country", json!("")), ("office", json!("other"))]);
    }
    let common = [("background", json!(false)), ("confidence", json!(1.0)), ("evidence", json!([]))];
    for item in o.get_mut("agreements").and_then(Value::as_array_mut).into_iter().flatten() {
        fill(item, &common);
        fill(
            item,
            &[
                ("id", json!("")),
                ("topic", json!(null)),
                ("sectors", json!([])),
                ("signatories", json!([])),
                ("date", json!(null)),
            ],
        );
    }
    for item in o.get_mut("encounters").and_then(Value::as_array_mut).into_iter().flatten() {
        fill(item, &common);
        fill(item, &[("id", json!("")), ("participants", json!([])), ("place", json!(null)), ("date", json!(null))]);
    }
    for item in o.get_mut("acts").and_then(Value::as_array_mut).into_iter().flatten() {
        fill(item, &common);
    }
    Ok(Value::Object(o))
}

fn fill(item: &mut Value, defaults: &[(&str, Value)]) {
    if let Value::Object(map) = item {
        for (key, value) in defaults {
            if map.get(*key).is_none_or(Value::is_null) {
                map.insert((*key).to_owned(), value.clone());
            }
        }
    }
}

/// The facts of a gold object, for tests.
#[cfg(test)]
#[track_caller]
pub(crate) fn facts_of(text: &str) -> Facts {
    parse(text, Path::new("x.json")).unwrap().remove(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn refused(text: &str, expected: &str) {
        let error = parse(text, Path::new("g/x.json")).unwrap_err().to_string();
        assert!(error.starts_with(expected), "{error}");
    }

    #[test]
    fn a_bare_gold_object_is_completed() {
        let facts = facts_of(
            r#"{"id":"x","published":"2025-01-01","countries":["KOR"],"organizations":[],"leaders":[{"id":"a","name":"A","country":"KOR","office":"other"}],"agreements":[],"encounters":[],"acts":[{"actor":"KOR","recipient":"SGP","type":"AGREE"}]}"#,
        );
        assert_eq!(facts.article.id, "x");
        assert!(!facts.acts[0].background);
    }

    #[test]
    fn objects_stand_one_a_line_or_are_spread_over_lines() {
        let ids = |text: &str| {
            let facts = parse(text, Path::new("x.jsonl")).unwrap();
            facts.into_iter().map(|f| f.article.id).collect::<Vec<_>>()
        };
        assert_eq!(ids("{\"id\":\"a\"}\n\n{\"id\":\"b\"}\n"), ["a", "b"]);
        assert_eq!(ids("{\n  \"id\": \"a\"\n}\n{\n  \"id\": \"b\"\n}"), ["a", "b"]);
        assert!(ids(" \n").is_empty());
    }

    #[test]
    fn what_does_not_fit_is_refused_with_its_place() {
        let act = r#"{"id":"x","acts":[{"actor":"A","recipient":"B","type":"HUG"}]}"#;
        refused(&format!("{{\"id\":\"w\"}}\n\n{act}\n"), "g/x.json:3: unknown variant `HUG`");
        refused("{\"id\":\"w\"}\n{\"id\":", "g/x.json:2: EOF");
        refused("[]", "g/x.json:1: expected an object of facts");
        refused(r#"{"id":"x","title":"T","text":"They met."}"#, "g/x.json:1: this is an article");
        refused(r#"{"acts":[]}"#, "g/x.json:1: neither `article` nor `id`");
    }
}
