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

/// Reads a folder of `*.json`, or a `.jsonl` file, by article id.
///
/// # Errors
/// The first file that cannot be read or does not fit, with its place.
pub fn read_gold(path: &Path) -> Result<BTreeMap<String, Facts>, GoldError> {
    let io = |path: &Path| {
        let path = path.to_owned();
        move |source| GoldError::Io { path, source }
    };
    let mut out = BTreeMap::new();
    if path.is_dir() {
        let mut files: Vec<PathBuf> =
            std::fs::read_dir(path).map_err(io(path))?.filter_map(Result::ok).map(|e| e.path()).collect();
        files.retain(|p| p.extension().is_some_and(|e| e == "json"));
        files.sort();
        for file in files {
            let facts = parse(&std::fs::read_to_string(&file).map_err(io(&file))?, &file, 1)?;
            out.insert(facts.article.id.clone(), facts);
        }
    } else {
        let text = std::fs::read_to_string(path).map_err(io(path))?;
        for (i, line) in text.lines().enumerate().filter(|(_, l)| !l.trim().is_empty()) {
            let facts = parse(line, path, i + 1)?;
            out.insert(facts.article.id.clone(), facts);
        }
    }
    if out.is_empty() { Err(GoldError::Empty { path: path.to_owned() }) } else { Ok(out) }
}

fn parse(text: &str, path: &Path, line: usize) -> Result<Facts, GoldError> {
    let shape = |line: usize, message: String| GoldError::Shape { path: path.to_owned(), line, message };
    let value: Value = serde_json::from_str(text).map_err(|e| shape(line + e.line() - 1, e.to_string()))?;
    let Value::Object(object) = value else { return Err(shape(line, "expected one object of facts".into())) };
    serde_json::from_value(completed(object)).map_err(|e| shape(line, e.to_string()))
}

/// Fills what gold files leave out and the contract requires.
fn completed(mut o: Map<String, Value>) -> Value {
    if !o.contains_key("article") {
        let id = o.remove("id").unwrap_or_default();
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
    Value::Object(o)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bare_gold_object_is_completed() {
        let facts = parse(
            r#"{"id":"x","published":"2025-01-01","countries":["KOR"],"organizations":[],"leaders":[{"id":"a","name":"A","country":"KOR","office":"other"}],"agreements":[],"encounters":[],"acts":[{"actor":"KOR","recipient":"SGP","type":"AGREE"}]}"#,
            Path::new("x.json"),
            1,
        )
        .unwrap();
        assert_eq!(facts.article.id, "x");
        assert!(!facts.acts[0].background);
    }

    #[test]
    fn a_wrong_type_is_refused_with_its_file() {
        let error =
            parse(r#"{"id":"x","acts":[{"actor":"A","recipient":"B","type":"HUG"}]}"#, Path::new("g/x.json"), 3)
                .unwrap_err();
        assert!(error.to_string().starts_with("g/x.json:3: unknown variant `HUG`"), "{error}");
    }
}
