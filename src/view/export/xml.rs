//! Text in XML.

/// The text as it stands in an element or in an attribute between double quotes of a page or picture; white space is a space,
/// and characters that XML 1.0 does not know are left out.
pub(in crate::view) fn escape(text: &str) -> String {
    escape_as(text, |c, out| match c {
        '\n' | '\r' | '\t' => out.push(' '),
        c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => {}
        c => out.push(c),
    })
}

/// The same for data: white space stays as it is, and each character that XML 1.0 does not know becomes U+FFFD.
pub(super) fn verbatim(text: &str) -> String {
    escape_as(text, |c, out| match c {
        // A reader makes spaces of these in attributes, and of line breaks what it likes.
        '\n' => out.push_str("&#10;"),
        '\r' => out.push_str("&#13;"),
        '\t' => out.push_str("&#9;"),
        '\0'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => out.push('\u{fffd}'),
        c => out.push(c),
    })
}

fn escape_as(text: &str, other: impl Fn(char, &mut String)) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            c => other(c, &mut out),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_would_break_the_file_is_escaped() {
        assert_eq!(escape("a<b> & \"c\"\n\u{1}d"), "a&lt;b&gt; &amp; &quot;c&quot; d");
        assert_eq!(verbatim("a<b> & \"c\"\n\u{1}d"), "a&lt;b&gt; &amp; &quot;c&quot;&#10;\u{fffd}d");
    }
}
