//! Plain text → draft: metadata lines at the top, the headline, the body.

use super::dates;
use super::draft::{Draft, one_line};
use super::headline;
use chrono::NaiveDate;

/// Reads a text file. `stem` is its id, and may hold the date.
pub(super) fn read(text: &str, stem: &str) -> Draft {
    let (header, body) = header(text);
    let has_header = body.len() < text.trim_start().len();
    // A line that only dates the text is no headline.
    let dateline = |line: &String| line.to_ascii_lowercase().starts_with("published");
    let first = || headline::of(body, has_header).filter(|line| !dateline(line));
    let title = header.title.clone().or_else(first).unwrap_or_default();
    Draft {
        id: stem.to_owned(),
        title,
        published: header.published.or_else(|| dates::in_opening(body)).or_else(|| dates::in_name(stem)),
        source: header.source,
        url: header.url,
        body: body.to_owned(),
    }
}

/// Metadata that a file states about itself.
#[derive(Debug, Default)]
struct Header {
    title: Option<String>,
    published: Option<NaiveDate>,
    source: Option<String>,
    url: Option<String>,
}

/// Takes the metadata lines off the top of a text. They are no part of the article.
fn header(text: &str) -> (Header, &str) {
    let mut header = Header::default();
    let mut rest = text;
    let mut fenced = false;
    loop {
        let (line, after) = rest.split_once('\n').unwrap_or((rest, ""));
        let line = line.trim();
        let fence = line == "---" && (fenced || rest.len() == text.len());
        if fence {
            fenced = !fenced;
        } else if !line.is_empty() && !header.take(line) && !fenced {
            return (header, rest);
        }
        if after.is_empty() {
            return (header, "");
        }
        rest = after;
    }
}

impl Header {
    /// Whether the line is metadata, and then keeps it.
    fn take(&mut self, line: &str) -> bool {
        let marked = line.starts_with('#');
        let line = line.trim_start_matches('#').trim_start();
        let key_end = line.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(line.len());
        let (key, value) = line.split_at(key_end);
        let colon = value.trim_start().starts_with(':');
        let value = value.trim_start().trim_start_matches(':').trim().trim_matches('"');
        match key.to_ascii_lowercase().as_str() {
            "date" | "published" if marked || key.eq_ignore_ascii_case("date") => self.take_date(value, colon),
            "title" | "headline" if colon => set(&mut self.title, value),
            "source" | "outlet" | "publisher" if colon && marked => set(&mut self.source, value),
            "url" | "link" if colon && value.starts_with("http") => set(&mut self.url, value),
            _ => false,
        }
    }

    /// `2025-11-02`, or `2025-11-02  Headline`.
    fn take_date(&mut self, value: &str, colon: bool) -> bool {
        let (word, rest) = value.split_once(char::is_whitespace).unwrap_or((value, ""));
        let iso = word.len() == 10 && word.as_bytes()[4] == b'-';
        let date = if iso { dates::parse(word) } else { dates::parse(value).filter(|_| colon && value.len() < 40) };
        let Some(date) = date.filter(|_| self.published.is_none()) else { return false };
        self.published = Some(date);
        // "2025-11-02 14:39" is a date with a time, not with a headline.
        if iso && rest.split_whitespace().count() > 1 && rest.trim_start().starts_with(char::is_alphabetic) {
            self.title = Some(one_line(rest));
        }
        true
    }
}

fn set(field: &mut Option<String>, value: &str) -> bool {
    let fresh = field.is_none() && !value.is_empty();
    if fresh {
        *field = Some(value.to_owned());
    }
    fresh
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::{Article, Place, ReadOptions};

    fn article(text: &str) -> Article {
        read(text, "stem").finish(&Place::whole("stem.txt"), ReadOptions::default()).unwrap()
    }

    #[test]
    fn metadata_lines_are_no_part_of_the_text() {
        let article = article(
            "# date: 2025-11-02\n# source: The Daily\n# url: https://example.org/a\n\nKenya and Oman meet\n\nTwo ministers met.",
        );
        assert_eq!(article.text, "Kenya and Oman meet\n\nTwo ministers met.");
        assert_eq!(article.published.unwrap().to_string(), "2025-11-02");
        assert_eq!(article.source.as_deref(), Some("The Daily"));
        assert_eq!(article.url.as_deref(), Some("https://example.org/a"));
        assert_eq!(article.title, "Kenya and Oman meet");
    }

    #[test]
    fn below_metadata_a_headline_may_end_with_a_full_stop() {
        let text = "Kenya and Oman Meet in Muscat.\n\nTwo ministers met.";
        assert_eq!(article(&format!("# date: 2025-11-02\n\n{text}")).title, "Kenya and Oman Meet in Muscat.");
        assert_eq!(article(text).title, "");
    }

    #[test]
    fn a_first_line_of_date_and_headline_gives_both() {
        let twice = article(
            " date 2025-11-02  Kenya, Oman meet\nKenya, Oman meet\n\nPublished: 03 Nov. 2025, 14:39\nThey met.",
        );
        assert_eq!(twice.text, "Kenya, Oman meet\n\nPublished: 03 Nov. 2025, 14:39\nThey met.");
        assert_eq!(
            (twice.title.as_str(), twice.published.unwrap().to_string().as_str()),
            ("Kenya, Oman meet", "2025-11-02")
        );
        let once = article("# date 2025-11-02 Kenya, Oman meet\n\nThey met.");
        assert_eq!(once.text, "Kenya, Oman meet\n\nThey met.");
    }

    #[test]
    fn front_matter_is_metadata() {
        let article =
            article("---\ntitle: \"Kenya and Oman meet\"\ndate: 2025-11-02\ntags: [a]\n---\n\nThey met in Muscat.");
        assert_eq!(article.text, "Kenya and Oman meet\n\nThey met in Muscat.");
        assert_eq!(article.published.unwrap().to_string(), "2025-11-02");
    }

    #[test]
    fn what_only_looks_like_metadata_stays() {
        for text in
            ["Date set for talks\n\nThey will meet in May.", "Source: Iran to hold talks\n\nThey will meet in May."]
        {
            assert_eq!(article(text).text, text);
        }
    }

    #[test]
    fn a_date_is_found_in_the_text_or_the_name() {
        let text = "Kenya and Oman meet\n\nPublished: 02 Nov. 2025, 14:39\n\nThey met.";
        assert_eq!(article(text).published.unwrap().to_string(), "2025-11-02");
        assert_eq!(read("They met.", "2024-05-06-talks").published.unwrap().to_string(), "2024-05-06");
        assert_eq!(read("They met.", "talks").published, None);
    }
}
