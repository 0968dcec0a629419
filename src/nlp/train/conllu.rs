//! CoNLL-U treebanks → gold sentences, and their headline-like copies.

use super::super::transition::ROOT;
use super::super::types::{Deprel, Upos};

/// One sentence with its gold annotation.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Gold {
    /// Word forms.
    pub forms: Vec<String>,
    /// Lemmas.
    pub lemmas: Vec<String>,
    /// Tags.
    pub tags: Vec<Upos>,
    /// Heads; `u32::MAX - 1` for the root.
    pub heads: Vec<u32>,
    /// Relations.
    pub labels: Vec<Deprel>,
}

/// Why a line is not CoNLL-U.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line} is not CoNLL-U: {text}")]
pub struct ConlluError {
    /// From 1.
    pub line: usize,
    /// The line.
    pub text: String,
}

/// Reads every sentence; multiword ranges, empty nodes and comments are skipped.
///
/// # Errors
/// Where a word line lacks a column or a head.
pub fn read_conllu(text: &str) -> Result<Vec<Gold>, ConlluError> {
    let mut sentences = Vec::new();
    let mut gold = Gold::default();
    for (number, line) in text.lines().enumerate() {
        if line.is_empty() {
            if !gold.forms.is_empty() {
                sentences.push(std::mem::take(&mut gold));
            }
            continue;
        }
        if line.starts_with('#') {
            continue;
        }
        let columns: Vec<&str> = line.split('\t').collect();
        let error = || ConlluError { line: number + 1, text: line.to_owned() };
        let [id, form, lemma, pos, _, _, head, label, ..] = columns[..] else { return Err(error()) };
        if id.contains(['-', '.']) {
            continue;
        }
        let head: u32 = head.parse().map_err(|_| error())?;
        gold.forms.push(form.to_owned());
        gold.lemmas.push(lemma.to_owned());
        gold.tags.push(Upos::from_name(pos));
        gold.heads.push(if head == 0 { ROOT } else { head - 1 });
        gold.labels.push(relation(label));
    }
    if !gold.forms.is_empty() {
        sentences.push(gold);
    }
    Ok(sentences)
}

/// The relation, or its base where the subtype is not kept.
fn relation(label: &str) -> Deprel {
    match Deprel::from_name(label) {
        Deprel::Dep => Deprel::from_name(label.split(':').next().unwrap_or(label)),
        known => known,
    }
}

impl Gold {
    /// The sentence in capitals.
    pub(crate) fn upper(&self) -> Self {
        let mut copy = self.headline();
        for form in &mut copy.forms {
            *form = form.to_uppercase();
        }
        copy
    }

    /// The sentence with every longer word capitalized.
    pub(crate) fn title(&self) -> Self {
        let mut copy = self.headline();
        for (form, tag) in copy.forms.iter_mut().zip(&copy.tags) {
            let small = matches!(tag, Upos::Adp | Upos::Det | Upos::Cconj | Upos::Part) && form.len() < 5;
            if !small && form.is_ascii() && form.len() > 1 {
                form[..1].make_ascii_uppercase();
            }
        }
        copy
    }

    /// As a headline would have it: no articles, no full stop.
    fn headline(&self) -> Self {
        let len = self.forms.len();
        let childless = |i: usize| !self.heads.contains(&(i as u32));
        let drop = |i: usize| {
            let article = self.labels[i] == Deprel::Det && matches!(&*self.lemmas[i], "the" | "a");
            let stop = i + 1 == len && self.forms[i] == ".";
            (article || stop) && childless(i)
        };
        let kept: Vec<usize> = (0..len).filter(|i| !drop(*i)).collect();
        let place = |head: u32| kept.binary_search(&(head as usize)).map_or(ROOT, |p| p as u32);
        Self {
            forms: kept.iter().map(|i| self.forms[*i].clone()).collect(),
            lemmas: kept.iter().map(|i| self.lemmas[*i].clone()).collect(),
            tags: kept.iter().map(|i| self.tags[*i]).collect(),
            heads: kept.iter().map(|i| place(self.heads[*i])).collect(),
            labels: kept.iter().map(|i| self.labels[*i]).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SAMPLE: &str = "# c\n1\tThe\tthe\tDET\tDT\t_\t2\tdet\t_\t_\n2\tdeal\tdeal\tNOUN\tNN\t_\t3\tnsubj\t_\t_\n\
        3\theld\thold\tVERB\tVBD\t_\t0\troot\t_\t_\n4\t.\t.\tPUNCT\t.\t_\t3\tpunct\t_\t_\n\n";

    #[test]
    fn headlines_drop_articles_and_stop() {
        let gold = read_conllu(SAMPLE).unwrap().remove(0);
        let upper = gold.upper();
        assert_eq!(upper.forms, ["DEAL", "HELD"]);
        assert_eq!(upper.heads, [1, ROOT]);
        assert_eq!(read_conllu("1\tx").unwrap_err().line, 1);
    }
}
