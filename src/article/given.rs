//! One article that somebody hands over: its bytes, and what is known of it besides.

use super::draft::Draft;
use super::{Article, Cause, Place, ReadError, ReadOptions, decode, html, json, plain};
use chrono::NaiveDate;
use sha2::{Digest, Sha256};

/// What is known of an article besides its bytes; it goes before what the bytes say.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Given {
    /// Article id; without one it is made of the bytes.
    pub id: Option<String>,
    /// Headline.
    pub title: Option<String>,
    /// Day of publication.
    pub published: Option<NaiveDate>,
    /// Outlet.
    pub source: Option<String>,
    /// Address.
    pub url: Option<String>,
}

impl Given {
    /// Reads a plain text, or a page where `is_html`.
    ///
    /// # Errors
    /// No text, too much of it, or text of a language that is not read.
    pub fn read(&self, bytes: &[u8], is_html: bool, options: ReadOptions) -> Result<Article, ReadError> {
        let place = Place::whole("the article");
        let fail = |cause| ReadError::new(&place, cause);
        if bytes.len() > options.max_bytes {
            return Err(fail(Cause::TooLong { limit: options.max_bytes }));
        }
        if bytes.trim_ascii().is_empty() {
            return Err(fail(Cause::Empty));
        }
        let id = self.id.clone().unwrap_or_else(|| id_of(bytes));
        let draft = if is_html {
            html::read(bytes, &id, None).map_err(fail)?
        } else {
            plain::read(&decode::text(bytes, None), &id)
        };
        let filled = |field: &Option<String>| field.clone().filter(|text| !text.trim().is_empty());
        Draft {
            id,
            title: filled(&self.title).unwrap_or(draft.title),
            published: self.published.or(draft.published),
            source: filled(&self.source).or(draft.source),
            url: filled(&self.url).or(draft.url),
            body: draft.body,
        }
        .finish(&place, options)
    }

    /// Reads one JSON object with the fields that a line of JSON Lines may have.
    ///
    /// # Errors
    /// No object, no text in it, too much of it, or text of a language that is not read.
    pub fn read_json(bytes: &[u8], options: ReadOptions) -> Result<Article, ReadError> {
        let place = Place::whole("the article");
        let fail = |cause| ReadError::new(&place, cause);
        if bytes.len() > options.max_bytes {
            return Err(fail(Cause::TooLong { limit: options.max_bytes }));
        }
        let draft = json::one(&decode::decode(bytes, None), &id_of(bytes)).map_err(fail)?;
        draft.finish(&place, options)
    }
}

/// The same bytes have the same id.
fn id_of(bytes: &[u8]) -> String {
    let digest = Sha256::digest(bytes);
    let hex: String = digest.iter().take(6).map(|byte| format!("{byte:02x}")).collect();
    format!("given-{hex}")
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "The prime ministers of Norway and Sweden met in Oslo on Monday and signed an agreement.";

    #[test]
    fn what_is_given_goes_before_what_the_bytes_say() {
        let day = NaiveDate::from_ymd_opt(2025, 11, 2);
        let given =
            Given { title: Some("Oslo".into()), published: day, source: Some("NTB".into()), ..Given::default() };
        let article = given.read(TEXT.as_bytes(), false, ReadOptions::default()).unwrap();
        assert_eq!((article.title.as_str(), article.published, article.source.as_deref()), ("Oslo", day, Some("NTB")));
        assert_eq!(article.text, format!("Oslo\n\n{TEXT}"));
        assert!(article.id.starts_with("given-"));
        let again = given.read(TEXT.as_bytes(), false, ReadOptions::default()).unwrap();
        assert_eq!(article, again);
    }

    #[test]
    fn an_object_is_read_like_a_line_of_json_lines() {
        let object =
            format!("{{\"id\": \"a\", \"headline\": \"Oslo\", \"date\": \"2025-11-02\", \"body\": \"{TEXT}\"}}");
        let article = Given::read_json(object.as_bytes(), ReadOptions::default()).unwrap();
        assert_eq!((article.id.as_str(), article.title.as_str()), ("a", "Oslo"));
        assert_eq!(article.published, NaiveDate::from_ymd_opt(2025, 11, 2));
        let lines: Vec<_> =
            crate::article::read_stream("x.jsonl", std::io::Cursor::new(object), ReadOptions::default()).collect();
        assert!(matches!(lines.as_slice(), [Ok(line)] if *line == article));
        for wrong in ["[1]", "{\"id\": \"a\"}", "{"] {
            assert!(Given::read_json(wrong.as_bytes(), ReadOptions::default()).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_page_gives_its_text_and_no_bytes_give_none() {
        let page =
            format!("<html><head><title>Oslo</title></head><body><article><p>{TEXT}</p></article></body></html>");
        let article = Given::default().read(page.as_bytes(), true, ReadOptions::default()).unwrap();
        assert!(article.text.contains(TEXT) && !article.text.contains('<'), "{}", article.text);
        assert!(Given::default().read(b" \n", false, ReadOptions::default()).is_err());
        let short = ReadOptions { max_bytes: 10, ..ReadOptions::default() };
        assert!(Given::default().read(TEXT.as_bytes(), false, short).is_err());
    }
}
