//! Text in XML.

/// The text as it stands in an element or in an attribute between double quotes; characters that XML 1.0 does not know are
/// left out.
pub(in crate::view) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' | '\r' | '\t' => out.push(' '),
            '\u{fffe}' | '\u{ffff}' => {}
            c if c.is_control() => {}
            c => out.push(c),
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
    }
}
