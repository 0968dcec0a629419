//! The articles to measure with, and as many more as are wanted: each further round tells of other states and other days.

use chrono::{Days, NaiveDate};
use entente::article::{Article, ReadOptions, read_paths};
use entente::knowledge::{Country, Knowledge, NameKind};
use std::collections::HashMap;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Days between an article and its like of the next round.
const APART: u64 = 97;

pub(crate) struct Corpus {
    path: PathBuf,
    name: &'static str,
}

impl Corpus {
    /// The shared corpus where it is, else the seed articles.
    pub(crate) fn find() -> Self {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let shared = root.join("../shared/corpus/articles.jsonl.xz");
        if shared.is_file() {
            return Self { path: shared, name: "../shared/corpus" };
        }
        eprintln!("{} is not here: measuring with seeds/articles instead", shared.display());
        Self { path: root.join("seeds/articles"), name: "seeds/articles" }
    }

    pub(crate) fn name(&self) -> &'static str {
        self.name
    }

    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    fn read(&self) -> impl Iterator<Item = Article> {
        read_paths(&[&self.path], ReadOptions::default()).filter_map(Result::ok)
    }

    /// The first `count` articles, in further rounds where there are fewer.
    pub(crate) fn articles(&self, count: usize) -> Vec<Article> {
        let mut bytes = Vec::new();
        self.generate(count, &mut bytes).unwrap();
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("articles.jsonl");
        std::fs::write(&path, bytes).unwrap();
        read_paths(&[path], ReadOptions::default()).map(Result::unwrap).collect()
    }

    /// Writes `count` articles as JSON Lines. The first round is the corpus; in each further one the states change places
    /// with their names, their demonyms and their capitals, and the dates move on. Each outlet stands together in the corpus,
    /// so that the order is one by lot, always the same: the first thousand are like all. Holds one round.
    pub(crate) fn generate(&self, count: usize, out: &mut dyn Write) -> io::Result<()> {
        let names = Names::of(&Knowledge::builtin().unwrap());
        let mut articles: Vec<Article> = self.read().collect();
        assert!(!articles.is_empty(), "{} holds no article", self.path.display());
        articles.sort_by_cached_key(|article| lot(&article.id));
        for at in 0..count {
            let round = (at / articles.len()) as u64;
            write_article(&articles[at % articles.len()], round, &names, out)?;
        }
        Ok(())
    }
}

/// A number that has nothing to do with what the text says (FNV-1a).
fn lot(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

fn write_article(article: &Article, round: u64, names: &Names, out: &mut dyn Write) -> io::Result<()> {
    let id = if round == 0 { article.id.clone() } else { format!("{}+{round}", article.id) };
    let later = |day: NaiveDate| day.checked_add_days(Days::new(APART * round)).unwrap_or(day).to_string();
    let body = article.title_span.filter(|s| s.start == 0).map_or(&article.text[..], |s| &article.text[s.end..]);
    let object = serde_json::json!({
        "id": id,
        "title": names.exchange(&article.title, round),
        "published": article.published.map(later),
        "source": article.source,
        "text": names.exchange(body.trim_start(), round),
    });
    serde_json::to_writer(&mut *out, &object)?;
    out.write_all(b"\n")
}

/// Names of states that stand for nothing else, of one word: kind → names in order, and where each is.
struct Names {
    lists: Vec<Vec<String>>,
    places: HashMap<String, (usize, usize)>,
}

impl Names {
    fn of(knowledge: &Knowledge) -> Self {
        let kinds = [NameKind::Name, NameKind::Adjective, NameKind::Capital];
        let one = |country: &Country, kind: NameKind| {
            let fits = |text: &str| text.chars().all(char::is_alphabetic) && text.len() > 3;
            country.forms.iter().find(|f| f.kind == kind && !f.ambiguous && fits(&f.text)).map(|f| f.text.clone())
        };
        // Only states that have all three, so that a state's words go to the same other state.
        let rows: Vec<[String; 3]> = (knowledge.gazetteer.countries.iter().filter(|c| c.until.is_none()))
            .filter_map(|c| Some([one(c, kinds[0])?, one(c, kinds[1])?, one(c, kinds[2])?]))
            .collect();
        let lists: Vec<Vec<String>> = (0..3).map(|kind| rows.iter().map(|row| row[kind].clone()).collect()).collect();
        let mut places = HashMap::new();
        for (kind, list) in lists.iter().enumerate() {
            for (i, name) in list.iter().enumerate() {
                places.entry(name.clone()).or_insert((kind, i));
            }
        }
        Self { lists, places }
    }

    fn exchange(&self, text: &str, round: u64) -> String {
        let mut out = String::with_capacity(text.len());
        let mut rest = text;
        while let Some(start) = rest.find(char::is_alphabetic) {
            let end = rest[start..].find(|c: char| !c.is_alphabetic()).map_or(rest.len(), |n| start + n);
            let word = &rest[start..end];
            out.push_str(&rest[..start]);
            out.push_str(match self.places.get(word) {
                Some((kind, i)) => &self.lists[*kind][(i + round as usize) % self.lists[*kind].len()],
                None => word,
            });
            rest = &rest[end..];
        }
        out.push_str(rest);
        out
    }
}
