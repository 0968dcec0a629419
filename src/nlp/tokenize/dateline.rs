//! The place, date and agency in front of a report: `SEOUL, Nov. 2 (Yonhap) --`, `SALVADOR, Feb 26 -`, `WASHINGTON (Reuters) -`.

/// Longest dateline in bytes.
const LONGEST: usize = 110;

const MONTHS: &[&str] = &["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// Length of the dateline that opens `unit`, with its dash and the blanks behind it.
pub(super) fn dateline(unit: &str) -> Option<usize> {
    let mut end = unit.len().min(LONGEST);
    while !unit.is_char_boundary(end) {
        end -= 1;
    }
    let head = &unit[..end];
    let first = head.chars().next()?;
    if !(first.is_uppercase() || first == '(') {
        return None;
    }
    let (dash, body) = separator(head)?;
    let place = head[..dash].trim_end();
    let rest = unit[body..].trim_start();
    let starts = rest.chars().next().is_some_and(|c| c.is_uppercase() || c.is_numeric() || "\"'“‘([<".contains(c));
    if !starts || !rest.chars().take(120).any(char::is_lowercase) || !is_dateline(place, head[dash..].starts_with(':'))
    {
        return None;
    }
    Some(unit.len() - rest.len())
}

/// Start and end of the first dash between blanks (or after a bracket), or of a colon after capitals.
fn separator(head: &str) -> Option<(usize, usize)> {
    let mut previous = ' ';
    let mut chars = head.char_indices().peekable();
    while let Some((i, c)) = chars.next() {
        let dash = matches!(c, '-' | '–' | '—');
        if dash && (previous.is_whitespace() || previous == ')' || c != '-') {
            let mut end = i + c.len_utf8();
            while chars.peek().is_some_and(|(_, c)| matches!(c, '-' | '–' | '—')) {
                end += chars.next().map_or(0, |(_, c)| c.len_utf8());
            }
            // A hyphen without a blank behind it belongs to a word, an em dash may stand close.
            let spaced = head[end..].starts_with(char::is_whitespace);
            if spaced || c == '—' || end - i > 1 {
                return Some((i, end));
            }
            return None;
        }
        if c == ':' {
            return Some((i, i + 1));
        }
        if matches!(c, ';' | '?' | '!' | '"' | '“' | '”') {
            return None;
        }
        previous = c;
    }
    None
}

fn is_dateline(place: &str, colon: bool) -> bool {
    let outside = place.split('(').next().unwrap_or("");
    let words: Vec<&str> =
        outside.split(|c: char| c.is_whitespace() || c == ',' || c == '/').filter(|w| !w.is_empty()).collect();
    if words.len() > 9 || place.len() < 3 {
        return false;
    }
    let plain = |w: &&str| w.trim_matches(['.', ',']).to_lowercase();
    let month = |w: &&str| MONTHS.contains(&plain(w).get(..3).unwrap_or(""));
    let joins = |w: &&str| matches!(&*plain(w), "of" | "the" | "and" | "de" | "al" | "el" | "on");
    let fitting = |w: &&str| w.chars().next().is_some_and(|c| c.is_uppercase() || c.is_numeric()) || joins(w);
    if !words.iter().all(fitting) {
        return false;
    }
    let capitals =
        |w: &&str| w.chars().filter(|c| c.is_alphabetic()).count() >= 3 && !w.chars().any(char::is_lowercase);
    let dated = words.iter().any(month) && words.iter().any(|w| w.bytes().any(|b| b.is_ascii_digit()));
    let agency = place.ends_with(')') && place.contains('(') && words.len() <= 6;
    let city = words.first().is_some_and(capitals);
    if colon {
        return (city && words.len() <= 3 && words.iter().all(capitals)) || (city && dated);
    }
    (city && (words.len() <= 5 || dated)) || (agency && words.len() <= 6) || (dated && outside.contains(','))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, rest: Option<&str>) {
        assert_eq!(dateline(text).map(|d| &text[d..]), rest);
    }

    #[test]
    fn datelines_end_at_their_dash() {
        check("WASHINGTON (Reuters) - The envoy left.", Some("The envoy left."));
        check("SEOUL, Nov. 2 (Yonhap) -- Two envoys met.", Some("Two envoys met."));
        check("SALVADOR, Feb 26 - Grain prices fell.", Some("Grain prices fell."));
        check("BERLIN — Ministers met.", Some("Ministers met."));
        check("OSLO, May 4 - <Fjord Line> raised its fares.", Some("<Fjord Line> raised its fares."));
        check("NEW DELHI: Ministers met.", Some("Ministers met."));
        check("Hanoi, March 3 (VNA) – Ministers met.", Some("Ministers met."));
        check("(Reuters) - Ministers met.", Some("Ministers met."));
    }

    #[test]
    fn other_dashes_are_left_alone() {
        check("CHINA SIGNS PACT - REPORT", None);
        check("The minister - a farmer - left.", None);
        check("Mr. Lee: We met.", None);
        check("U.S.-China talks resumed.", None);
        check("He left - The end came.", None);
    }
}
