//! HTML → draft: the main text by readability, title, date, source and address from the page's metadata.

use super::Cause;
use super::dates;
use super::decode;
use super::draft::{Draft, one_line};
use dom_smoothie::{Config, Readability, TextMode};
use encoding_rs::Encoding;

/// Most elements of a page; the largest news pages have some ten thousand.
const MOST_ELEMENTS: usize = 200_000;

/// Deepest nesting that readability can search in reasonable time; browsers stop at 512.
const DEEPEST: usize = 512;

/// Where pages say when they were published, beside what readability knows; the best first.
const DATE_PLACES: &[(&str, &str)] = &[
    ("meta[itemprop='datePublished']", "content"),
    ("meta[name='date']", "content"),
    ("meta[name='pubdate']", "content"),
    ("meta[name='publish-date']", "content"),
    ("meta[name='publication_date']", "content"),
    ("meta[name='DC.date.issued']", "content"),
    ("meta[name='DC.date']", "content"),
    ("meta[name='parsely-pub-date']", "content"),
    ("meta[name='sailthru.date']", "content"),
    ("meta[name='cXenseParse:recs:publishtime']", "content"),
    ("time[itemprop='datePublished']", "datetime"),
    ("time[pubdate]", "datetime"),
    ("article time[datetime]", "datetime"),
    ("time[datetime]", "datetime"),
];
const ADDRESS_PLACES: &[(&str, &str)] =
    &[("link[rel='canonical']", "href"), ("meta[property='og:url']", "content"), ("meta[name='og:url']", "content")];
const SOURCE_PLACES: &[(&str, &str)] =
    &[("meta[name='application-name']", "content"), ("meta[name='publisher']", "content")];

/// Reads a page. `stem` is its id, `encoding` what the server says that it is written in.
pub(super) fn read(bytes: &[u8], stem: &str, encoding: Option<&'static Encoding>) -> Result<Draft, Cause> {
    let html = decode::text(bytes, encoding.or_else(|| decode::declared_in_html(bytes)));
    let mut page = open(&html)?;
    if is_too_deep(&page) {
        return Err(Cause::NoMainText);
    }
    let find = |places: &[(&str, &str)]| -> Vec<String> {
        let values = places.iter().filter_map(|(place, name)| page.doc.select(place).attr(name));
        values.map(|v| v.trim().to_owned()).filter(|v| !v.is_empty()).collect()
    };
    let dates = find(DATE_PLACES);
    let url = find(ADDRESS_PLACES).into_iter().find(|u| u.starts_with("http"));
    let source = find(SOURCE_PLACES).into_iter().next();
    let heading = one_line(&page.doc.select("h1").iter().next().map(|h| h.text().to_string()).unwrap_or_default());

    let article = page.parse().map_err(|_| Cause::NoMainText)?;
    let source = article.site_name.or(source).or_else(|| url.as_deref().and_then(host).map(str::to_owned));
    let body = article.text_content.to_string();
    if !body.contains(char::is_alphabetic) {
        return Err(Cause::NoMainText);
    }
    let url = article.url.filter(|u| u.starts_with("http")).or(url);
    let stated = article.published_time.into_iter().chain(dates).find_map(|d| dates::parse(&d));
    Ok(Draft {
        id: stem.to_owned(),
        title: without_site(&article.title, source.as_deref(), &heading),
        published: stated
            .or_else(|| dates::in_opening(&body))
            .or_else(|| url.as_deref().and_then(dates::in_name))
            .or_else(|| dates::in_name(stem)),
        source,
        url,
        body,
    })
}

/// The text of a fragment of HTML, paragraphs set apart by blank lines.
pub(super) fn fragment_text(html: &str) -> String {
    open(html).map(|page| page.doc.formatted_text().to_string()).unwrap_or_default()
}

/// Whether a text field holds HTML, as those of many feeds and exports do.
pub(super) fn is_fragment(text: &str) -> bool {
    ["</p>", "<p>", "<br", "</div>", "</a>", "</li>", "</h2>"].iter().any(|tag| text.contains(tag))
}

fn open(html: &str) -> Result<Readability, Cause> {
    if leaves_open(html) > 4 * DEEPEST {
        // The parser's time grows with the square of the depth.
        return Err(Cause::NoMainText);
    }
    let config = Config { text_mode: TextMode::Formatted, max_elements_to_parse: MOST_ELEMENTS, ..Config::default() };
    Readability::new(html, None, Some(config)).map_err(|_| Cause::NoMainText)
}

/// The most tags that are open at once, counted roughly, without those that close by themselves.
fn leaves_open(html: &str) -> usize {
    const SELF_CLOSING: &[&str] = &[
        "p", "li", "br", "hr", "img", "td", "tr", "th", "tbody", "thead", "dt", "dd", "option", "meta", "link",
        "input", "source", "area", "base", "col", "embed", "wbr", "track", "param", "path", "rect", "circle", "use",
        "html", "head", "body",
    ];
    let (mut open, mut most) = (0usize, 0usize);
    for tag in html.split('<').skip(1) {
        let (closes, tag) = tag.strip_prefix('/').map_or((false, tag), |t| (true, t));
        let name = &tag[..tag.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(tag.len()).min(10)];
        if name.is_empty() || SELF_CLOSING.iter().any(|s| name.eq_ignore_ascii_case(s)) {
            continue;
        }
        open = if closes { open.saturating_sub(1) } else { open + 1 };
        most = most.max(open);
    }
    most
}

/// Whether elements stand more than [`DEEPEST`] deep in each other, as only broken and hostile pages have them.
fn is_too_deep(page: &Readability) -> bool {
    let mut depths = std::collections::HashMap::new();
    page.doc.root().descendants_it().any(|node| {
        let depth = node.parent().and_then(|p| depths.get(&p.id).copied()).unwrap_or(0usize) + 1;
        depths.insert(node.id, depth);
        depth > DEEPEST
    })
}

/// The title without the site's name that pages put behind it ("… | The Daily").
fn without_site(title: &str, source: Option<&str>, heading: &str) -> String {
    let title = one_line(title);
    // The page's heading is the title where the title says the same and more.
    if heading.chars().count() > 15 && title.starts_with(heading) {
        return heading.to_owned();
    }
    [" | ", " - ", " – ", " — ", " :: "]
        .iter()
        .filter_map(|bar| title.rsplit_once(bar))
        .find(|(_, end)| source.is_some_and(|s| s.eq_ignore_ascii_case(end.trim())))
        .map_or(title.clone(), |(start, _)| start.trim().to_owned())
}

/// `example.org` of `https://www.example.org/a`.
pub(super) fn host(url: &str) -> Option<&str> {
    let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"))?;
    let host = rest.split(['/', '?', '#', ':']).next()?;
    let host = host.strip_prefix("www.").unwrap_or(host);
    (!host.is_empty()).then_some(host)
}

#[cfg(test)]
mod tests {
    use super::*;

    const PARAGRAPH: &str = "The foreign ministers of Kenya and Oman met on Monday in Nairobi, where they signed an agreement on \
        fisheries, shipping and the training of coast guards, officials of both countries said after the talks.";

    fn page(head: &str, title: &str) -> String {
        format!(
            "<!DOCTYPE html><html><head><meta charset=utf-8><title>{title}</title>{head}</head><body><nav><a href=/>Home</a> \
             <a href=/w>World</a></nav><article><h1>Kenya and Oman sign an agreement</h1><p>{PARAGRAPH}</p><p>{PARAGRAPH}</p>\
             <p>{PARAGRAPH}</p></article><script>var x = 'Peru';</script><footer>© The Daily</footer></body></html>"
        )
    }

    #[test]
    fn a_page_gives_its_main_text_and_metadata() {
        let head = "<meta property=og:site_name content='The Daily'><link rel=canonical href='https://www.daily.example/a'>\
            <meta property='article:published_time' content='2024-05-06T08:00:00Z'>";
        let draft = read(page(head, "Kenya and Oman sign an agreement | The Daily").as_bytes(), "a", None).unwrap();
        assert_eq!(draft.title, "Kenya and Oman sign an agreement");
        assert_eq!(draft.published.unwrap().to_string(), "2024-05-06");
        assert_eq!(draft.source.as_deref(), Some("The Daily"));
        assert_eq!(draft.url.as_deref(), Some("https://www.daily.example/a"));
        assert_eq!(draft.body.matches("foreign ministers").count(), 3, "{}", draft.body);
        assert!(draft.body.contains("talks.\n\nThe foreign"), "paragraphs stay apart: {}", draft.body);
        assert!(!draft.body.contains("Peru") && !draft.body.contains("World"), "{}", draft.body);
    }

    #[test]
    fn dates_are_found_wherever_pages_put_them() {
        for head in [
            "<script type='application/ld+json'>{\"@context\":\"https://schema.org\",\"@type\":\"NewsArticle\",\
             \"headline\":\"Kenya and Oman sign an agreement\",\"datePublished\":\"2024-05-06\"}</script>",
            "<meta name=date content='6 May 2024'>",
            "<meta name=pubdate content=20240506>",
            "<link rel=canonical href='https://daily.example/2024/05/06/a'>",
        ] {
            let draft = read(page(head, "Kenya and Oman sign an agreement").as_bytes(), "a", None).unwrap();
            assert_eq!(draft.published.map(|d| d.to_string()).as_deref(), Some("2024-05-06"), "{head}");
        }
    }

    #[test]
    fn a_page_in_its_own_encoding_is_read() {
        let html = page("", "Peña meets Löfven").replace("utf-8", "windows-1252");
        let bytes = encoding_rs::WINDOWS_1252.encode(&html).0.into_owned();
        assert_eq!(read(&bytes, "a", None).unwrap().title, "Peña meets Löfven");
    }

    #[test]
    fn a_page_without_text_is_said() {
        assert!(matches!(read(b"<html><body><img src=a.png></body></html>", "a", None), Err(Cause::NoMainText)));
        let deep = format!("<html><body>{}x", "<div>".repeat(20_000));
        let _ = read(deep.as_bytes(), "a", None);
    }

    #[test]
    fn a_fragment_keeps_its_paragraphs() {
        assert_eq!(fragment_text("<p>A &amp; B.</p><p>C<br>D.</p>").trim(), "A & B.\n\nC\nD.");
    }
}
