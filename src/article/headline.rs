//! Finds out whether the first line of a text is its headline.

use super::draft::one_line;

/// Longest headline, in characters.
const LONGEST: usize = 300;
/// Longest headline that no blank line sets apart.
const LONGEST_ATTACHED: usize = 160;

/// The headline that opens `body`: its first line, where that is no sentence and no part of a wrapped paragraph.
///
/// In a text with metadata above it (`has_header`) a line set apart is the headline even where it ends with a full stop.
pub(super) fn of(body: &str, has_header: bool) -> Option<String> {
    let mut lines = body.lines().skip_while(|l| l.trim().is_empty()).map(str::trim);
    let first = lines.next()?;
    let second = lines.next().unwrap_or_default();
    let more = !second.is_empty() || lines.any(|l| !l.is_empty());
    let length = first.chars().count();
    let attached = !second.is_empty();
    let fits = length <= if attached { LONGEST_ATTACHED } else { LONGEST };
    let is_headline = more
        && fits
        && first.contains(char::is_alphabetic)
        && (!ends_a_sentence(first) || (has_header && !attached && !holds_two_sentences(first)))
        && !holds_a_dateline(first)
        && !(attached && runs_on(first, second));
    is_headline.then(|| one_line(first.trim_start_matches('#')))
}

/// Whether the line ends as running text does. Headlines end without a full stop, except after an abbreviation.
fn ends_a_sentence(line: &str) -> bool {
    let bare = line.trim_end_matches(['"', '\'', '”', '’', ')', ']']);
    if bare.ends_with("...") || !bare.ends_with(['.', ':', ';', ',']) {
        return holds_two_sentences(line);
    }
    !(bare.ends_with('.') && is_abbreviation(&bare[..bare.len() - 1]))
}

/// Whether sentences end within the line: then it is text, whatever its end.
fn holds_two_sentences(line: &str) -> bool {
    line.match_indices(". ").filter(|(i, _)| !is_abbreviation(&line[..*i])).count() > 1
}

/// Whether the full stop after `before` belongs to a short form: `U.S.`, `Inc.`, `p.m.`, `Nov.`
fn is_abbreviation(before: &str) -> bool {
    let word = before.rsplit(char::is_whitespace).next().unwrap_or_default();
    let letters = word.chars().filter(|c| c.is_alphabetic()).count();
    word.contains('.') && letters <= 4
        || letters == 1
        || [
            "inc", "corp", "co", "ltd", "jr", "sr", "st", "gov", "sen", "rep", "gen", "mr", "mrs", "ms", "dr", "no",
            "vs",
        ]
        .iter()
        .chain(&["jan", "feb", "mar", "apr", "jun", "jul", "aug", "sept", "sep", "oct", "nov", "dec"])
        .any(|short| word.eq_ignore_ascii_case(short))
}

/// `SEOUL, Nov. 2 (Agency) --`: the report itself begins.
fn holds_a_dateline(line: &str) -> bool {
    ["--", "—", "–"].iter().filter_map(|dash| line.find(dash)).any(|end| {
        let head = line[..end].trim_end();
        head.ends_with(')') && head.contains('(') && head.starts_with(|c: char| c.is_uppercase()) && head.len() < 80
    })
}

/// Whether the second line carries the first on, as in a paragraph wrapped at some width.
fn runs_on(first: &str, second: &str) -> bool {
    const LINKS: &[&str] = &[
        "the", "a", "an", "of", "to", "and", "in", "on", "for", "with", "by", "at", "from", "that", "its", "their",
        "his", "her", "as", "or", "but", "was", "were", "is", "are", "has", "have", "had", "will", "would",
    ];
    let last = first.rsplit(char::is_whitespace).next().unwrap_or_default();
    second.starts_with(|c: char| c.is_lowercase()) || LINKS.contains(&last)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(body: &str, expected: Option<&str>) {
        assert_eq!(of(body, false).as_deref(), expected, "of {body:?}");
    }

    #[test]
    fn headlines_are_lines_without_a_full_stop() {
        check("\n\nKenya and Oman meet\n\nThey met.", Some("Kenya and Oman meet"));
        check("# Kenya and Oman meet\nThe ministers met.", Some("Kenya and Oman meet"));
        check("Kenya signs deal with U.S.\n\nThey met.", Some("Kenya signs deal with U.S."));
        check("Will Kenya and Oman meet?\n\nThey did.", Some("Will Kenya and Oman meet?"));
        check("STANDARD OIL CO. TO SELL UNIT\n\nIt said so.", Some("STANDARD OIL CO. TO SELL UNIT"));
    }

    #[test]
    fn sentences_and_wrapped_lines_are_none() {
        check("Kenya and Oman signed a treaty.\n\nThey met.", None);
        check("The foreign ministers of Kenya and Oman met on\nMonday in Nairobi.", None);
        check("The foreign ministers of Kenya and Oman met\nearly on Monday in Nairobi.", None);
        check("NAIROBI, May 3 (Agency) -- Kenya and Oman have met\n\nThey met.", None);
        check("Kenya and Oman meet", None);
        check("They met. They talked. They parted as friends\n\nMore.", None);
        check("", None);
        check("12.5\n\nFigures.", None);
    }
}
