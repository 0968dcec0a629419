//! Title, body and metadata as some format gave them → the checked [`Article`].

use super::{Article, Cause, Place, ReadError, ReadOptions, decode, language};
use crate::text::Span;
use chrono::NaiveDate;
use sha2::{Digest, Sha256};

/// What a reader found, not yet checked.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Draft {
    /// Article id.
    pub(super) id: String,
    /// Headline, as found.
    pub(super) title: String,
    /// Day of publication.
    pub(super) published: Option<NaiveDate>,
    /// Outlet.
    pub(super) source: Option<String>,
    /// Address.
    pub(super) url: Option<String>,
    /// Body, which may open with the headline.
    pub(super) body: String,
}

impl Draft {
    /// Joins title and body, and checks that the result is an article in a language that is read.
    pub(super) fn finish(self, place: &Place, options: ReadOptions) -> Result<Article, ReadError> {
        let title = one_line(&decode::clean(&self.title));
        let (text, title_span) = join(&title, &decode::clean(&self.body));
        if text.is_empty() {
            return Err(ReadError::new(place, Cause::Empty));
        }
        if !text.contains(char::is_alphabetic) {
            return Err(ReadError::new(place, Cause::NoText));
        }
        let language = language::detect(&text);
        if language != "en" && !options.any_language {
            return Err(ReadError::new(place, Cause::NotEnglish { language }));
        }
        let sha256 = Sha256::digest(text.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect();
        let filled = |field: Option<String>| field.map(|f| one_line(&f)).filter(|f| !f.is_empty());
        Ok(Article {
            id: self.id,
            title: title_span.map_or(title, |span| one_line(span.of(&text))),
            published: self.published,
            dated_by_fetch: false,
            source: filled(self.source),
            url: filled(self.url),
            language,
            text,
            title_span,
            sha256,
        })
    }
}

/// White space of every kind as single spaces.
pub(super) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The article's text and where its title is in it. A body whose first line is the title (in other capitals or spacing, too)
/// is taken as it is.
fn join(title: &str, body: &str) -> (String, Option<Span>) {
    let body = trim_blank_lines(body);
    if title.is_empty() {
        return (body.to_owned(), None);
    }
    let first = body.lines().next().unwrap_or_default();
    let trimmed = first.trim();
    if same_words(title, trimmed) {
        let start = first.len() - first.trim_start().len();
        return (body.to_owned(), Some(Span::new(start, start + trimmed.len())));
    }
    let text = if body.is_empty() { title.to_owned() } else { format!("{title}\n\n{body}") };
    (text, Some(Span::new(0, title.len())))
}

/// Without blank lines before and white space after.
fn trim_blank_lines(text: &str) -> &str {
    let text = text.trim_end();
    let start = text.find(|c: char| !c.is_whitespace()).unwrap_or(text.len());
    &text[text[..start].rfind('\n').map_or(0, |line| line + 1)..]
}

/// Whether two lines are the same but for capitals, spacing and marks of Markdown headings.
fn same_words(a: &str, b: &str) -> bool {
    let words = |text: &str| one_line(text.trim_start_matches('#')).to_lowercase();
    words(a) == words(b)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draft(title: &str, body: &str) -> Article {
        let draft = Draft { id: "a".into(), title: title.into(), body: body.into(), ..Draft::default() };
        draft.finish(&Place::whole("a.txt"), ReadOptions::default()).unwrap()
    }

    #[test]
    fn the_title_stands_once_before_the_body() {
        let article = draft(" Two  ministers\nmeet ", "\n\nThey met in Oslo.\r\n");
        assert_eq!(article.text, "Two ministers meet\n\nThey met in Oslo.");
        assert_eq!(article.title_span.unwrap().of(&article.text), "Two ministers meet");
    }

    #[test]
    fn a_body_that_opens_with_the_title_is_kept_as_it_is() {
        let article = draft("Two ministers meet", "\n  TWO MINISTERS  MEET\nThey met in Oslo.");
        assert_eq!(article.text, "  TWO MINISTERS  MEET\nThey met in Oslo.");
        assert_eq!(article.title_span, Some(Span::new(2, 21)));
        assert_eq!(article.title, "TWO MINISTERS MEET");
    }

    #[test]
    fn a_title_alone_is_an_article_and_figures_alone_are_none() {
        assert_eq!(draft("Two ministers meet", " ").text, "Two ministers meet");
        let figures = Draft { body: "12 34".into(), ..Draft::default() };
        let error = figures.finish(&Place::whole("a.txt"), ReadOptions::default()).unwrap_err();
        assert_eq!(error.kind(), "no-text");
    }
}
