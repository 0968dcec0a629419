//! Forms of a state's or organization's name that name none here: tongues, money, tickers, acronyms of other things.

use crate::nlp::{Document, Sentence, Upos};
use crate::text::Span;

/// Letters of a firm's name between angle brackets, at most.
const LONGEST_BRACKET: usize = 70;

/// Letters in front of an acronym among which its words are sought.
const SPELLED_WITHIN: usize = 90;

/// "AU$5 million": what it costs.
pub(super) fn is_money(text: &str, end: usize) -> bool {
    text.get(end..).is_some_and(|rest| rest.starts_with('$'))
}

/// `<Banco de Oman>`, `<OMN.PA>`: wire services write firms and their tickers so.
pub(super) fn in_angle_brackets(text: &str, from: usize, at: usize) -> bool {
    let Some(before) = text.get(from..at) else { return false };
    let Some(open) = before.rfind('<').filter(|o| !before[*o..].contains('>')) else { return false };
    let behind = text.get(at..).unwrap_or("");
    let close = behind.char_indices().take(LONGEST_BRACKET).find(|c| matches!(c.1, '>' | '\n'));
    before.len() - open <= LONGEST_BRACKET && close.is_some_and(|c| c.1 == '>')
}

/// "Pelham, AL": a name and a comma stand in front.
pub(super) fn behind_town(text: &str, at: usize) -> bool {
    let Some(before) = text[..at].strip_suffix(", ") else { return false };
    let word = before.rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or("");
    word.starts_with(char::is_uppercase) && word.chars().any(char::is_lowercase)
}

/// The first of the words in front of an acronym in brackets that spell it out: "Regional Fund Council (RFC)".
pub(super) fn spelled_out(text: &str, acronym: Span) -> Option<&str> {
    let form = acronym.of(text);
    let bracketed = text[..acronym.start].ends_with('(') && text[acronym.end..].starts_with(')');
    if !bracketed || form.len() < 2 || !form.bytes().all(|b| b.is_ascii_uppercase()) {
        return None;
    }
    let mut start = acronym.start.saturating_sub(SPELLED_WITHIN);
    while !text.is_char_boundary(start) {
        start += 1;
    }
    let words = text[start..acronym.start - 1].split(|c: char| !c.is_alphanumeric());
    let capitals: Vec<&str> = words.filter(|w| w.starts_with(|c: char| c.is_ascii_uppercase())).collect();
    let from = capitals.len().checked_sub(form.len())?;
    let spelled = &capitals[from..];
    spelled.iter().zip(form.chars()).all(|(w, c)| w.starts_with(c)).then(|| spelled[0])
}

/// "speaks English", "counselors in English and Spanish", "Chinese lessons": a language, no state.
pub(super) fn is_language(doc: &Document<'_>, sent: &Sentence, i: usize) -> bool {
    let word = |k: usize| sent.tokens.get(k).map(|t| t.form(doc.text).to_lowercase()).unwrap_or_default();
    if !tongue(&word(i)) {
        return false;
    }
    // The list of tongues of which it is one: "French, Spanish and Thai".
    let joins = |w: &str| matches!(w, "and" | "or" | "," | "/");
    let (mut first, mut last) = (i, i);
    while first > 0 && (tongue(&word(first - 1)) || joins(&word(first - 1)) && first > 1) {
        first -= 1;
    }
    while joins(&word(first)) {
        first += 1;
    }
    loop {
        let skip = usize::from(joins(&word(last + 1))) + usize::from(joins(&word(last + 1)) && joins(&word(last + 2)));
        if !tongue(&word(last + 1 + skip)) {
            break;
        }
        last += 1 + skip;
    }
    if taught(&word(last + 1)) {
        return true;
    }
    // A noun behind it makes it an adjective: "in French hands".
    let next = sent.tokens.get(last + 1);
    if next.is_some_and(|t| matches!(t.pos, Upos::Noun | Upos::Propn | Upos::Adj)) {
        return false;
    }
    let before = first.checked_sub(1).map(word).unwrap_or_default();
    let spoken = matches!(
        before.as_str(),
        "speak"
            | "speaks"
            | "spoke"
            | "speaking"
            | "spoken"
            | "learn"
            | "learns"
            | "learned"
            | "learning"
            | "teach"
            | "teaches"
            | "taught"
            | "teaching"
            | "study"
            | "studying"
            | "understand"
            | "read"
            | "write"
            | "in"
            | "into"
            | "fluent"
    );
    spoken || first > 2 && last > first && word(first - 1) == "as" && word(first - 2) == "such"
}

fn tongue(word: &str) -> bool {
    matches!(
        word,
        "english"
            | "spanish"
            | "french"
            | "german"
            | "italian"
            | "portuguese"
            | "chinese"
            | "japanese"
            | "korean"
            | "russian"
            | "turkish"
            | "greek"
            | "vietnamese"
            | "dutch"
            | "polish"
            | "indonesian"
            | "thai"
            | "arabic"
            | "swedish"
            | "danish"
            | "norwegian"
            | "finnish"
            | "hungarian"
            | "czech"
            | "romanian"
            | "bulgarian"
            | "serbian"
            | "croatian"
            | "ukrainian"
            | "burmese"
            | "khmer"
            | "lao"
            | "persian"
            | "somali"
            | "hebrew"
            | "hindi"
            | "mandarin"
            | "cantonese"
            | "tagalog"
            | "creole"
            | "swahili"
    )
}

/// Words that make the tongue in front of them one that is taught or translated.
fn taught(word: &str) -> bool {
    matches!(
        word,
        "language"
            | "languages"
            | "lesson"
            | "lessons"
            | "class"
            | "classes"
            | "course"
            | "courses"
            | "tuition"
            | "speaker"
            | "speakers"
            | "speaking"
            | "training"
            | "proficiency"
            | "skills"
            | "literacy"
            | "teacher"
            | "teachers"
            | "interpretation"
            | "interpreter"
            | "interpreters"
            | "translation"
            | "translations"
            | "translator"
            | "translators"
            | "dictionary"
            | "dialect"
            | "subtitles"
            | "textbook"
            | "textbooks"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn spelled(text: &str, acronym: &str, expected: bool) {
        let span = text.rfind(acronym).map(|at| Span::new(at, at + acronym.len()));
        assert_eq!(span.map(|s| spelled_out(text, s).is_some()), Some(expected), "{text}");
    }

    #[test]
    fn an_acronym_in_brackets_is_spelled_out_in_front_of_them() {
        spelled("the Moreton Relief Club (MRC) met", "MRC", true);
        spelled("the Office of the Coffee Inspector (OCI) met", "OCI", true);
        spelled("a river (MRC) rose", "MRC", false);
        spelled("the Moreton Relief Club, MRC, met", "MRC", false);
    }

    #[track_caller]
    fn bracketed(text: &str, word: &str, expected: bool) {
        assert_eq!(text.find(word).map(|at| in_angle_brackets(text, 0, at)), Some(expected), "{text}");
    }

    #[test]
    fn firms_and_tickers_stand_in_angle_brackets() {
        bracketed("shares of <Bank Oman> rose", "Oman", true);
        bracketed("Lines <LIN.PA> rose", "PA", true);
        bracketed("<Lines> of Oman rose", "Oman", false);
        bracketed("a < b in Oman", "Oman", false);
    }

    #[test]
    fn a_town_stands_in_front_of_its_state() {
        assert!(behind_town("in Pelham, AL", 11));
        assert!(!behind_town("met the AL", 8));
    }

    #[test]
    fn a_sign_for_money_follows() {
        assert!(is_money("AU$9 million", 2));
        assert!(!is_money("AU leaders", 2));
    }
}
