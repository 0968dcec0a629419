//! Whether a text that a person gives can stand in a line among others: without line breaks, control characters, and what turns
//! the direction of the text around it, and not endless.

/// Characters of a name, a place or a topic, at most.
pub(super) const NAME: usize = 300;
/// Characters of a reason, at most.
pub(super) const REASON: usize = 2_000;

/// What is wrong with a text of at most `most` characters.
pub(super) fn flaw(text: &str, most: usize) -> Option<String> {
    let count = text.chars().count();
    if count > most {
        return Some(format!("has {count} characters, of which at most {most} can be kept"));
    }
    let (at, odd) = text.chars().enumerate().find(|(_, c)| !is_plain(*c))?;
    let what = match odd {
        '\n' | '\r' | '\u{0b}' | '\u{0c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => "a line break",
        '\t' => "a tab",
        _ if is_direction(odd) => "a sign that turns the direction of the text around it",
        _ => "a control character",
    };
    Some(format!(
        "has {what} (U+{:04X}) as its character {}: write it as plain text in one line",
        u32::from(odd),
        at + 1
    ))
}

/// Whether a character can stand among others without changing them.
pub(super) fn is_plain(c: char) -> bool {
    let tags = '\u{e0000}'..='\u{e007f}';
    !c.is_control()
        && !is_direction(c)
        && !tags.contains(&c)
        && !matches!(c, '\u{2028}' | '\u{2029}' | '\u{fff9}'..='\u{fffb}')
}

/// Overrides, embeddings and isolates. Marks of direction, which texts in Arabic or Hebrew need, turn nothing.
fn is_direction(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// A text as it can be shown in a line, whatever was kept: what is not plain is replaced.
#[must_use]
pub fn in_one_line(text: &str) -> String {
    let words: Vec<String> = text
        .split_whitespace()
        .map(|word| word.chars().map(|c| if is_plain(c) { c } else { '\u{fffd}' }).collect())
        .collect();
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_would_change_its_line_is_refused() {
        for plain in ["one signing, two papers", "Ελλάδα — “x” 🙂", "\u{200f}שלום\u{200f}", "می\u{200c}خواهم"]
        {
            assert_eq!(flaw(plain, 100), None, "{plain}");
        }
        for (odd, what) in [
            ("a\nb", "a line break (U+000A) as its character 2"),
            ("a\u{2028}b", "a line break"),
            ("\tx", "a tab"),
            ("x\u{1b}[31m", "a control character (U+001B)"),
            ("\u{202e}cba", "turns the direction"),
            ("a\u{2067}b", "turns the direction"),
            ("a\u{e0041}", "a control character"),
        ] {
            assert!(flaw(odd, 100).is_some_and(|flaw| flaw.contains(what)), "{odd:?}: {:?}", flaw(odd, 100));
        }
        assert!(flaw(&"x".repeat(101), 100).is_some_and(|flaw| flaw.contains("101 characters")));
        assert_eq!(flaw(&"é".repeat(100), 100), None);
    }

    #[test]
    fn what_was_kept_before_is_shown_in_one_line() {
        assert_eq!(in_one_line("a\n b\u{1b}[31m \u{202e}c"), "a b\u{fffd}[31m \u{fffd}c");
    }
}
