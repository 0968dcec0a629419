//! A sentence as people see it: what its rule and facts rest on is marked, also where no colors can be seen.

use crate::cli::report::flat;
use crate::graph::ClaimRow;
use anstyle::Style;

const MARK: Style = Style::new().bold().underline();

/// What stands before and behind a marked word: a style where it shows, else two stars.
pub(super) fn marks(styled: bool) -> [String; 2] {
    if styled { [MARK.render().to_string(), MARK.render_reset().to_string()] } else { ["**".into(), "**".into()] }
}

/// The sentence, with the parties and leaders, and the words that the rule and the facts rest on, marked.
pub(super) fn marked(claim: &ClaimRow, [open, close]: &[String; 2]) -> String {
    let letters: Vec<char> = claim.quote.chars().collect();
    let mut bold = vec![false; letters.len()];
    let inside = |span: &[usize; 2]| Some([span[0].checked_sub(claim.start)?, span[1].checked_sub(claim.start)?]);
    let named = claim.words.iter().filter_map(inside);
    let (rule, _) = claim.rule.split_once('/').unwrap_or((&claim.rule, ""));
    let signal = [rule, &claim.event_type].map(str::to_lowercase);
    let triggers = word_spans(&letters).into_iter().filter(|[a, b]| {
        let word: String = letters[*a..*b].iter().collect::<String>().to_lowercase();
        signal.iter().flat_map(|s| s.split('-')).any(|s| is_form(&word, s))
    });
    for [a, b] in named.chain(triggers) {
        let end = b.min(bold.len());
        bold.iter_mut().take(end).skip(a).for_each(|mark| *mark = true);
    }
    let mut text = String::new();
    for (at, letter) in letters.iter().enumerate() {
        let (before, after) = (at > 0 && bold[at - 1], bold.get(at + 1).copied().unwrap_or(false));
        if bold[at] && !before {
            text.push_str(open);
        }
        text.push(*letter);
        if bold[at] && !after {
            text.push_str(close);
        }
    }
    flat(&text).to_string()
}

fn word_spans(letters: &[char]) -> Vec<[usize; 2]> {
    let mut spans: Vec<[usize; 2]> = Vec::new();
    for (at, _) in letters.iter().enumerate().filter(|(_, letter)| letter.is_alphanumeric()) {
        match spans.last_mut() {
            Some(span) if span[1] == at => span[1] = at + 1,
            _ => spans.push([at, at + 1]),
        }
    }
    spans
}

/// Whether a word is a form of a trigger: "signed" and "signing" of "sign", "met" of "meet".
fn is_form(word: &str, lemma: &str) -> bool {
    const IRREGULAR: [(&str, &str); 5] =
        [("met", "meet"), ("held", "hold"), ("spoke", "speak"), ("struck", "strike"), ("mou", "memorandum")];
    let stem: String = lemma.chars().take(lemma.chars().count().saturating_sub(1).max(3)).collect();
    let near = word.chars().count() <= lemma.chars().count() + 4;
    (lemma.len() > 2 && near && word.starts_with(&stem)) || IRREGULAR.contains(&(word, lemma))
}
