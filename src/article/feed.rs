//! RSS, Atom and JSON feeds → drafts, one an entry.

use super::draft::Draft;
use super::{Cause, dates, html};
use feed_rs::model::{Entry, Feed};

/// Reads a feed; `stem` and a number name the entries that have no id of their own.
pub(super) fn read(bytes: &[u8], stem: &str) -> Result<Vec<Draft>, Cause> {
    // The library's own ids for entries without one are random.
    let parser = feed_rs::parser::Builder::new().id_generator(|_, _, _| String::new()).build();
    let feed = parser.parse(bytes).map_err(|error| Cause::Feed(error.to_string()))?;
    if feed.entries.is_empty() {
        return Err(Cause::Feed("it has no entries".to_owned()));
    }
    let source = name(&feed);
    let entries = feed.entries.into_iter().enumerate();
    Ok(entries.map(|(i, entry)| draft(entry, source.as_deref(), &format!("{stem}#{}", i + 1))).collect())
}

/// The feed's title, else the host that it came from.
fn name(feed: &Feed) -> Option<String> {
    let title = feed.title.as_ref().map(|t| t.content.trim().to_owned()).filter(|t| !t.is_empty());
    title.or_else(|| feed.links.iter().find_map(|l| html::host(&l.href)).map(str::to_owned))
}

fn draft(entry: Entry, source: Option<&str>, id: &str) -> Draft {
    let content = entry.content.and_then(|c| c.body).map(|c| plain(&c)).unwrap_or_default();
    let summary = entry.summary.map(|s| plain(&s.content)).unwrap_or_default();
    let alternate = entry.links.iter().find(|l| l.rel.as_deref().unwrap_or("alternate") == "alternate");
    let url = alternate.or(entry.links.first()).map(|l| l.href.clone()).filter(|u| !u.is_empty());
    let body = if content.trim().is_empty() { summary } else { content };
    let dated = entry.published.or(entry.updated).map(|time| time.date_naive());
    Draft {
        id: if entry.id.is_empty() { url.clone().unwrap_or_else(|| id.to_owned()) } else { entry.id },
        title: entry.title.map(|t| plain(&t.content)).unwrap_or_default(),
        published: dated.or_else(|| dates::in_opening(&body)).or_else(|| url.as_deref().and_then(dates::in_name)),
        source: entry.source.filter(|s| !s.starts_with("http")).or_else(|| source.map(str::to_owned)),
        url,
        body,
    }
}

/// Feeds wrap their texts in HTML, escaped or not.
fn plain(text: &str) -> String {
    if text.contains('<') || text.contains('&') { html::fragment_text(text) } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RSS: &str = r#"<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>The Daily</title>
        <link>https://d.example</link><description>News</description>
        <item><title>Kenya &amp; Oman meet</title><link>https://d.example/a</link><guid isPermaLink="false">d-1</guid>
        <pubDate>Mon, 06 May 2024 08:00:00 GMT</pubDate><description>&lt;p&gt;They met.&lt;/p&gt;&lt;p&gt;They talked.&lt;/p&gt;</description></item>
        <item><title>Peru and Chile meet</title><description>They met in Lima.</description></item></channel></rss>"#;

    const ATOM: &str = r#"<feed xmlns="http://www.w3.org/2005/Atom"><title>The Daily</title><id>urn:d</id>
        <updated>2024-05-06T08:00:00Z</updated><entry><id>urn:d:1</id><title>Kenya and Oman meet</title>
        <updated>2024-05-07T08:00:00Z</updated><published>2024-05-06T08:00:00Z</published>
        <link href="https://d.example/a"/><content type="html">&lt;p&gt;They met.&lt;/p&gt;</content><summary>Short.</summary></entry></feed>"#;

    #[test]
    fn rss_items_are_articles() {
        let drafts = read(RSS.as_bytes(), "feed").unwrap();
        assert_eq!(drafts.len(), 2);
        assert_eq!((drafts[0].id.as_str(), drafts[0].title.as_str()), ("d-1", "Kenya & Oman meet"));
        assert_eq!(drafts[0].body.trim(), "They met.\n\nThey talked.");
        assert_eq!(drafts[0].published.unwrap().to_string(), "2024-05-06");
        assert_eq!(drafts[0].source.as_deref(), Some("The Daily"));
        assert_eq!(drafts[1].id, "feed#2");
        assert_eq!(drafts, read(RSS.as_bytes(), "feed").unwrap());
    }

    #[test]
    fn atom_entries_are_articles() {
        let drafts = read(ATOM.as_bytes(), "feed").unwrap();
        assert_eq!((drafts[0].id.as_str(), drafts[0].body.trim()), ("urn:d:1", "They met."));
        assert_eq!(drafts[0].published.unwrap().to_string(), "2024-05-06");
        assert_eq!(drafts[0].url.as_deref(), Some("https://d.example/a"));
    }

    #[test]
    fn what_is_no_feed_is_said() {
        assert!(matches!(read(b"<note>hi</note>", "f"), Err(Cause::Feed(_))));
        assert!(matches!(read(&RSS.as_bytes()[..300], "f"), Err(Cause::Feed(_))));
    }
}
