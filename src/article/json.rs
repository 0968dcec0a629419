//! JSON objects → drafts. Fields are known by the names that exports, scrapers and news interfaces give them.

use super::draft::{Draft, one_line};
use super::{Cause, dates, headline, html};
use serde_json::{Map, Value};

const ID: &[&str] = &["id", "_id", "guid", "uid"];
const TITLE: &[&str] = &["title", "headline", "name"];
const TEXT: &[&str] =
    &["text", "body", "content", "article", "articleBody", "maintext", "full_text", "description", "summary"];
const DATE: &[&str] = &[
    "published",
    "date",
    "published_at",
    "publishedAt",
    "date_published",
    "datePublished",
    "date_publish",
    "published_date",
    "pub_date",
    "pubDate",
    "publication_date",
    "publish_date",
    "timestamp",
    "created_at",
];
const SOURCE: &[&str] = &["source", "publisher", "outlet", "site_name", "site", "publication", "source_domain"];
const ADDRESS: &[&str] = &["url", "link", "web_url", "canonical_url"];
/// Fields in which a single object keeps its articles.
const LISTS: &[&str] = &["articles", "items", "documents", "results", "data", "value"];

/// Reads one JSON value: an article, or an object with a list of articles. `id` names an article that has no id of its own.
pub(super) fn read(text: &str, id: &str) -> Vec<Result<Draft, Cause>> {
    let object = match object(text) {
        Ok(object) => object,
        Err(cause) => return vec![Err(cause)],
    };
    let list = LISTS.iter().find_map(|name| object.get(*name)?.as_array());
    match list.filter(|items| body(&object).is_none() && items.iter().all(Value::is_object)) {
        Some(items) => items
            .iter()
            .filter_map(Value::as_object)
            .enumerate()
            .map(|(i, item)| article(item, &format!("{id}#{}", i + 1)))
            .collect(),
        None => vec![article(&object, id)],
    }
}

/// Reads one JSON object that is an article.
pub(super) fn one(text: &str, id: &str) -> Result<Draft, Cause> {
    article(&object(text)?, id)
}

fn object(text: &str) -> Result<Map<String, Value>, Cause> {
    match serde_json::from_str(text) {
        Ok(Value::Object(object)) => Ok(object),
        Ok(value) => Err(Cause::NotAnArticle(format!("it is {}", kind_of(&value)))),
        Err(error) => Err(Cause::Json(explain(&error))),
    }
}

/// What is wrong, in the words of the parser without its jargon for "cut short".
fn explain(error: &serde_json::Error) -> String {
    if error.is_eof() { format!("it breaks off at column {}", error.column()) } else { error.to_string() }
}

fn kind_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a truth value",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "an array",
        Value::Object(_) => "an object",
    }
}

fn article(object: &Map<String, Value>, id: &str) -> Result<Draft, Cause> {
    let title = first(object, TITLE).map(|t| plain(&t)).unwrap_or_default();
    let Some(body) = body(object).or_else(|| (!title.is_empty() && object.len() <= 6).then(String::new)) else {
        let keys: Vec<&str> = object.keys().map(String::as_str).take(8).collect();
        return Err(Cause::NotAnArticle(format!("no text among its fields ({})", keys.join(", "))));
    };
    let url = first(object, ADDRESS);
    let title = if title.is_empty() { headline::of(&body, false).unwrap_or_default() } else { title };
    Ok(Draft {
        id: first(object, ID).map_or_else(|| id.to_owned(), |own| one_line(&own)),
        title,
        published: DATE
            .iter()
            .find_map(|name| dates::of_json(object.get(*name)?))
            .or_else(|| dates::in_opening(&body))
            .or_else(|| url.as_deref().and_then(dates::in_name)),
        source: first(object, SOURCE),
        url,
        body,
    })
}

/// The longest of the text fields that stands first: `content` before `description`, but not where it is empty.
fn body(object: &Map<String, Value>) -> Option<String> {
    let text = first(object, TEXT)?;
    Some(plain(&text))
}

/// The text of a field that may hold HTML.
fn plain(text: &str) -> String {
    if html::is_fragment(text) { html::fragment_text(text) } else { text.to_owned() }
}

/// The first of the named fields that holds a text.
fn first(object: &Map<String, Value>, names: &[&str]) -> Option<String> {
    names.iter().find_map(|name| string(object.get(*name)?)).filter(|s| !s.trim().is_empty())
}

/// A string; a number; the paragraphs of an array; the text inside `{"rendered": …}`, `{"name": …}` and the like.
fn string(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()).filter(|t| !t.trim().is_empty()),
        Value::Number(number) => Some(number.to_string()),
        Value::Array(items) => {
            let parts: Vec<String> = items.iter().filter_map(string).collect();
            (!parts.is_empty()).then(|| parts.join("\n\n"))
        }
        Value::Object(object) => {
            ["rendered", "name", "text", "title", "$oid", "value"].iter().find_map(|key| string(object.get(*key)?))
        }
        Value::Null | Value::Bool(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(text: &str) -> Draft {
        let mut drafts = read(text, "file#3");
        assert_eq!(drafts.len(), 1);
        drafts.remove(0).unwrap()
    }

    #[test]
    fn the_usual_fields_are_read() {
        let draft = one(
            r#"{"id":"a-1","title":"Kenya and Oman meet","published":"2024-05-06","text":"They met.","source":"The Daily","url":"https://d.example/a"}"#,
        );
        assert_eq!(
            (draft.id.as_str(), draft.title.as_str(), draft.body.as_str()),
            ("a-1", "Kenya and Oman meet", "They met.")
        );
        assert_eq!(draft.published.unwrap().to_string(), "2024-05-06");
        assert_eq!((draft.source.as_deref(), draft.url.as_deref()), (Some("The Daily"), Some("https://d.example/a")));
    }

    #[test]
    fn other_names_and_shapes_are_tolerated() {
        let draft = one(
            r#"{"headline":{"rendered":"Kenya &amp; Oman"},"content":{"rendered":"<p>They met.</p><p>They talked.</p>"},"date":1714953600,"source":{"id":null,"name":"The Daily"}}"#,
        );
        assert_eq!((draft.id.as_str(), draft.source.as_deref()), ("file#3", Some("The Daily")));
        assert_eq!(draft.body.trim(), "They met.\n\nThey talked.");
        assert_eq!(draft.published.unwrap().to_string(), "2024-05-06");
        assert_eq!(one("{\"text\":\"One\u{85}two.\"}").body, "One\u{85}two.");
        assert_eq!(one(r#"{"id":7,"body":["One.","Two."]}"#).body, "One.\n\nTwo.");
        assert_eq!(one(r#"{"text":"Kenya and Oman meet\n\nThey met."}"#).title, "Kenya and Oman meet");
    }

    #[test]
    fn an_object_with_a_list_gives_its_articles() {
        let drafts = read(r#"{"status":"ok","articles":[{"text":"A."},{"text":"B."}]}"#, "f");
        let ids: Vec<String> = drafts.into_iter().map(|d| d.unwrap().id).collect();
        assert_eq!(ids, ["f#1", "f#2"]);
    }

    #[test]
    fn what_is_no_article_is_said() {
        let error = |text: &str| read(text, "f").remove(0).unwrap_err().to_string();
        assert_eq!(error(r#"{"text":"They m"#), "is not JSON: it breaks off at column 15");
        assert!(error("{'text':1}").starts_with("is not JSON: key must be a string"));
        assert_eq!(error("[1]"), "is JSON, but no article: it is an array");
        assert!(error(r#"{"id":"x","countries":[],"leaders":[]}"#).contains("no text among its fields"));
        assert!(error(&"[".repeat(100_000)).starts_with("is not JSON"));
    }
}
