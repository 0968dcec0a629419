//! `entente train-judge`: weights of the judge from gold articles.

use super::args::TrainArgs;
use super::context::Context;
use super::evaluate;
use super::exit::Exit;
use super::hint::Hint as _;
use super::texts::{articles_beside, under};
use crate::article::Article;
use crate::evaluate::cases::{Case, of_frame, read_spec};
use crate::evaluate::read_gold;
use crate::evaluate::train::{Settings, cases, train};
use crate::facts::{Extractor, Facts};
use anyhow::Context as _;
use std::path::PathBuf;

/// Runs the command.
pub(super) fn run(args: &TrainArgs, ctx: &Context) -> anyhow::Result<Exit> {
    let extractor = ctx.extractor(None)?;
    let mut lessons = lessons_of(&args.gold, &[], ctx)?;
    let taught = lessons_of(&args.also, &args.articles, ctx)?;
    // Spread outlets over the folds whatever order the folders are named in.
    lessons.sort_by(|a, b| a.0.sha256.cmp(&b.0.sha256));
    let (judge, validation) = train(
        &extractor,
        &lessons,
        &taught,
        &own_cases(&extractor, &args.spec)?,
        Settings { folds: args.folds, ..Settings::default() },
    );
    evaluate::print(&validation.report, None, args.format, args.errors, ctx)?;
    if let Some(path) = &args.predictions {
        let lines: Vec<String> = validation.told.iter().map(serde_json::to_string).collect::<Result<_, _>>()?;
        std::fs::write(path, lines.join("\n") + "\n").with_context(|| format!("cannot write {}", path.display()))?;
    }
    if let Some(path) = &args.cases {
        let extractor = extractor.with_judge(judge.clone());
        let lines: Vec<String> = cases(&extractor, &lessons)
            .into_iter()
            .chain(cases(&extractor, &taught))
            .map(|(id, kind, right, features)| {
                let features: Vec<&str> = features.iter().collect();
                format!("{id}\t{}\t{}\t{}\n", kind.as_str(), u8::from(right), features.join(" "))
            })
            .collect();
        std::fs::write(path, lines.concat()).with_context(|| format!("cannot write {}", path.display()))?;
    }
    std::fs::write(&args.output, judge.to_tsv())
        .with_context(|| format!("cannot write {}", args.output.display()))
        .hint("name another file with --output")?;
    Ok(Exit::Done)
}

/// The articles of gold folders, or of files of facts, with their facts.
fn lessons_of(gold: &[PathBuf], articles: &[PathBuf], ctx: &Context) -> anyhow::Result<Vec<(Article, Facts)>> {
    let mut lessons = Vec::new();
    for path in gold {
        let gold = read_gold(path).hint("a gold folder holds ID.json beside ID.txt")?;
        let texts: Vec<Article> = if path.is_dir() {
            articles_beside(path, &gold)?
        } else {
            let (texts, missing) = under(articles, &gold);
            anyhow::ensure!(
                !texts.is_empty(),
                "{}: none of its articles is among those of --articles; name the files that hold them",
                path.display()
            );
            if let Some(first) = missing.first() {
                let (all, missing) = (gold.len(), missing.len());
                let file = path.display();
                ctx.note(format!(
                    "note: {missing} of the {all} articles of {file} are not among those of --articles: {first}"
                ));
            }
            texts
        };
        for article in texts {
            if let Some(facts) = gold.get(&article.id) {
                lessons.push((article, facts.clone()));
            }
        }
    }
    Ok(lessons)
}

/// The examples of the lexicon and the cases of the specification.
fn own_cases(extractor: &Extractor, spec: &[PathBuf]) -> anyhow::Result<Vec<Case>> {
    let mut own: Vec<Case> = extractor.knowledge().lexicon.frames.iter().flat_map(|f| of_frame(f).0).collect();
    for folder in spec {
        let cannot = || format!("cannot read {}", folder.display());
        let mut files: Vec<PathBuf> = std::fs::read_dir(folder)
            .with_context(cannot)
            .hint("the specification is a folder of Markdown files such as tests/spec")?
            .map(|e| e.map(|e| e.path()))
            .collect::<Result<_, _>>()
            .with_context(cannot)?;
        files.retain(|f| f.extension().is_some_and(|e| e == "md") && f.file_stem().is_some_and(|s| s != "README"));
        files.sort();
        for file in files {
            let name = file.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
            let text = std::fs::read_to_string(&file).with_context(|| format!("cannot read {}", file.display()))?;
            let (cases, faults) = read_spec(&name, &text);
            if let Some((line, fault)) = faults.first() {
                anyhow::bail!("{}:{line}: {fault}", file.display());
            }
            own.extend(cases);
        }
    }
    Ok(own)
}
