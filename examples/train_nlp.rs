//! Trains the tagger and parser: `cargo run --release --example train_nlp -- TREEBANKS OUT [EPOCHS [DROPOUT [SEED]]]`.
//!
//! TREEBANKS is a directory with `en_{ewt,gum}-{train,dev,test}.conllu`, or an `.tar.xz` of it. Prints scores on dev after
//! each epoch, and on both test sets at the end; writes the model to OUT.
#![allow(clippy::print_stdout, reason = "a program for the terminal")]

use anyhow::{Context, Result, bail};
use entente::nlp::Model;
use entente::nlp::train::{Gold, Settings, read_conllu, score, train};
use std::collections::BTreeMap;
use std::io::Read;
use std::path::Path;

fn main() -> Result<()> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [treebanks, out, ..] = &args[..] else { bail!("usage: train_nlp TREEBANKS OUT [EPOCHS [DROPOUT [SEED]]]") };
    let files = treebank_files(Path::new(treebanks))?;
    let part = |name: &str| -> Result<Vec<Gold>> {
        let text = files.get(name).with_context(|| format!("no {name} in {treebanks}"))?;
        Ok(read_conllu(text)?)
    };
    let mut gold = part("en_ewt-train.conllu")?;
    gold.extend(part("en_gum-train.conllu")?);
    let mut settings = Settings::default();
    if let Some(epochs) = args.get(2) {
        settings.epochs = epochs.parse()?;
    }
    if let Some(dropout) = args.get(3) {
        settings.dropout = dropout.parse()?;
    }
    if let Some(seed) = args.get(4) {
        settings.seed = seed.parse()?;
    }
    let dev = [part("en_ewt-dev.conllu")?, part("en_gum-dev.conllu")?];
    let start = std::time::Instant::now();
    let bytes = train(&gold, settings, |progress| {
        let [tags, arcs] = progress.loss;
        println!("epoch {} at {:.0?}: loss {tags:.0} {arcs:.0}", progress.epoch, start.elapsed());
        if let Ok(model) = Model::from_bytes(&progress.bytes()) {
            let [ewt, gum] = dev.each_ref().map(|d| score(&model, d));
            println!("  dev EWT {ewt:.1?}\n  dev GUM {gum:.1?}");
        }
    });
    std::fs::write(out, &bytes).with_context(|| format!("cannot write {out}"))?;
    let model = Model::from_bytes(&bytes)?;
    for name in ["en_ewt-test.conllu", "en_gum-test.conllu"] {
        println!("{name}: {:.2?}", score(&model, &part(name)?));
    }
    Ok(())
}

/// File name → contents, from a directory or an xz-compressed tar.
fn treebank_files(path: &Path) -> Result<BTreeMap<String, String>> {
    let mut files = BTreeMap::new();
    if path.is_dir() {
        for entry in std::fs::read_dir(path)? {
            let entry = entry?;
            if entry.file_name().to_string_lossy().ends_with(".conllu") {
                files.insert(entry.file_name().to_string_lossy().into_owned(), std::fs::read_to_string(entry.path())?);
            }
        }
        return Ok(files);
    }
    let file = std::fs::File::open(path).with_context(|| format!("cannot open {}", path.display()))?;
    let mut bytes = Vec::new();
    liblzma::read::XzDecoder::new(file).read_to_end(&mut bytes)?;
    // A tar is a run of 512-byte blocks: a header with name (0..100) and octal size (124..136), then the contents.
    let mut rest = &bytes[..];
    while rest.len() >= 512 && rest[0] != 0 {
        let field =
            |range: std::ops::Range<usize>| String::from_utf8_lossy(&rest[range]).trim_matches(['\0', ' ']).to_owned();
        let size = usize::from_str_radix(&field(124..136), 8).context("tar header")?;
        let name = field(0..100);
        let body = rest.get(512..512 + size).context("the tar ends early")?;
        if name.ends_with(".conllu") {
            let stem = name.rsplit('/').next().unwrap_or(&name).to_owned();
            files.insert(stem, String::from_utf8(body.to_vec())?);
        }
        rest = rest.get(512 + size.div_ceil(512) * 512..).unwrap_or(&[]);
    }
    Ok(files)
}
