//! Which format a file has: by its name where that tells, else by its first bytes.

use std::path::{Path, PathBuf};

/// A format of articles.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Plain text.
    Text,
    /// Plain text too; in folders it is taken for documentation.
    Markdown,
    /// A web page.
    Html,
    /// One JSON object, or an array of them.
    Json,
    /// One JSON object a line.
    JsonLines,
    /// RSS, Atom, or another XML that must turn out to be one of them.
    Feed,
    /// A web archive: many pages with what the crawler noted of them.
    Warc,
}

impl Kind {
    /// The format that a file's name (without `.gz` and the like) stands for.
    pub(super) fn of_name(path: &Path) -> Option<Self> {
        Some(match path.extension()?.to_str()?.to_ascii_lowercase().as_str() {
            "txt" | "text" => Self::Text,
            "md" | "markdown" => Self::Markdown,
            "html" | "htm" | "xhtml" => Self::Html,
            "json" => Self::Json,
            "jsonl" | "ndjson" | "jsonlines" => Self::JsonLines,
            "rss" | "atom" | "xml" | "rdf" => Self::Feed,
            "warc" => Self::Warc,
            _ => return None,
        })
    }

    /// The format of a stream with this name that opens with these bytes.
    pub(super) fn of(named: Option<Self>, head: &[u8]) -> Self {
        match (named, Self::of_content(head)) {
            (_, Some(Self::Warc)) => Self::Warc,
            // Pages are often saved as .txt or .xml; a text that opens like a page is one.
            (Some(Self::Text | Self::Feed), Some(Self::Html)) => Self::Html,
            (Some(named), _) => named,
            (None, found) => found.unwrap_or(Self::Text),
        }
    }

    fn of_content(head: &[u8]) -> Option<Self> {
        let head = head.trim_ascii_start();
        if head.starts_with(b"WARC/1.") {
            return Some(Self::Warc);
        }
        let opening = String::from_utf8_lossy(&head[..head.len().min(1024)]).to_ascii_lowercase();
        if opening.starts_with('{') || opening.starts_with("[{") || opening.starts_with("[\n") {
            Some(Self::Json)
        } else if opening.starts_with("<!doctype html") || opening.contains("<html") {
            Some(Self::Html)
        } else if ["<rss", "<feed", "<rdf:rdf"].iter().any(|tag| opening.contains(tag)) {
            Some(Self::Feed)
        } else if ["<head", "<body", "<article", "<div", "<p>"].iter().any(|tag| opening.starts_with(tag)) {
            Some(Self::Html)
        } else {
            None
        }
    }
}

/// The path without `.gz`, `.xz`, `.zst`.
pub(super) fn strip_compression(path: &Path) -> PathBuf {
    match path.extension().and_then(|e| e.to_str()).map(str::to_ascii_lowercase).as_deref() {
        Some("gz" | "xz" | "zst") => path.with_extension(""),
        _ => path.to_path_buf(),
    }
}

/// The file's name without the extensions that say its format: the article's id where it has no other.
///
/// Only known extensions go, since names may hold dots: `reuters-1.2.txt.gz` is `reuters-1.2`.
pub(super) fn stem(path: &Path) -> String {
    let plain = strip_compression(path);
    let name = if Kind::of_name(&plain).is_some() { plain.file_stem() } else { plain.file_name() };
    name.map_or_else(String::new, |n| n.to_string_lossy().into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stem_loses_only_known_extensions() {
        for (name, expected) in [
            ("d/reuters21578-reut-00001.txt", "reuters21578-reut-00001"),
            ("a.b.txt.gz", "a.b"),
            ("page.HTML", "page"),
            ("CC-NEWS-20240506080910-00012.warc.gz", "CC-NEWS-20240506080910-00012"),
            ("v1.2", "v1.2"),
            ("x.jsonl.zst", "x"),
            ("/dev/fd/63", "63"),
        ] {
            assert_eq!(stem(Path::new(name)), expected);
        }
    }

    #[test]
    fn content_decides_where_the_name_does_not() {
        assert_eq!(Kind::of(None, b"\n {\"text\":1}"), Kind::Json);
        assert_eq!(Kind::of(None, b"<?xml version='1.0'?>\n<rss version='2.0'>"), Kind::Feed);
        assert_eq!(Kind::of(None, b"<!-- saved --><!DOCTYPE html><HTML>"), Kind::Html);
        assert_eq!(Kind::of(Some(Kind::Text), b"<!doctype html>"), Kind::Html);
        assert_eq!(Kind::of(Some(Kind::Text), b"{\"text\":1}"), Kind::Text);
        assert_eq!(Kind::of(None, b"WARC/1.0\r\nWARC-Type: warcinfo\r\n"), Kind::Warc);
        assert_eq!(Kind::of(None, b"[Seoul] Two ministers met"), Kind::Text);
    }
}
