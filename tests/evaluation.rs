//! Measuring the program on one's own articles, from outside: gold by extracting and correcting, samples and verdicts, articles
//! that should tell nothing; and every command of `docs/evaluation.md`.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use assert_cmd::Command;
use predicates::prelude::*;
use predicates::str::contains;
use serde_json::{Value, json};
use std::fs;
use std::path::Path;

const SIGNED: &str = "# date: 2024-05-06\n# source: The Daily\n\nKenya and Oman sign fisheries agreement\n\nThe foreign ministers of \
    Kenya and Oman signed an agreement on fisheries in Muscat on Monday.\n";
const MET: &str = "# date: 2024-05-07\n# source: The <Weekly>\n\nPresidents of Chile and Peru meet\n\nChilean President Gabriel Boric \
    met Peruvian President Dina Boluarte in Lima on Tuesday.\n";
const NOTHING: &str = "# date: 2024-05-08\n# source: The Daily\n\nNairobi wins cup\n\nThe city's club beat its neighbors in the final \
    of the cup, and the fans sang until midnight.\n";

/// The program in a folder.
fn entente(dir: &Path, args: &str) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_entente"));
    command.current_dir(dir).args(args.split(' ')).env_remove("ENTENTE_STORE").env("NO_COLOR", "1");
    command
}

fn news() -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    fs::create_dir(dir.path().join("news")).unwrap();
    for (name, text) in [("signed", SIGNED), ("met", MET), ("cup", NOTHING)] {
        fs::write(dir.path().join(format!("news/{name}.txt")), text).unwrap();
    }
    dir
}

fn change(file: &Path, change: impl FnOnce(&mut Value)) {
    let mut value: Value = serde_json::from_str(&fs::read_to_string(file).unwrap()).unwrap();
    change(&mut value);
    fs::write(file, value.to_string()).unwrap();
}

fn scores(dir: &Path, args: &str) -> Value {
    let output = entente(dir, &format!("evaluate {args} --format json")).assert().code(0);
    serde_json::from_slice(&output.get_output().stdout).unwrap()
}

#[test]
fn what_is_extracted_corrected_and_evaluated_shows_the_corrections() {
    let dir = news();
    entente(dir.path(), "extract news --into gold").assert().code(0).stdout("").stderr(contains("gold: 3 written"));
    assert_eq!(fs::read_to_string(dir.path().join("gold/signed.txt")).unwrap(), SIGNED);
    let before = scores(dir.path(), "gold");
    assert_eq!(before["views"]["HEADLINE"]["f1"], 1.0, "as long as nobody has corrected anything: {before}");

    change(&dir.path().join("gold/signed.json"), |gold| {
        assert!(gold["relations"].as_array().unwrap().is_empty());
        gold["agreements"].as_array_mut().unwrap().clear();
        gold["acts"].as_array_mut().unwrap().push(json!({"actor": "OMN", "recipient": "KEN", "type": "AID"}));
    });
    let after = scores(dir.path(), "gold --errors 9");
    let (agreements, acts) = (&after["views"]["agreements"], &after["views"]["acts"]);
    assert_eq!((&agreements["fp"], &acts["fn"]), (&json!(1), &json!(1)));
    assert_eq!(after["outlets"]["The Daily"]["articles"], 2);
    assert_eq!(after["outlets"]["The <Weekly>"]["views"]["HEADLINE"]["f1"], 1.0);
    let told: usize = after["calibration"].as_array().unwrap().iter().map(|t| t["n"].as_u64().unwrap() as usize).sum();
    let counted = ["agreements", "encounters", "acts"]
        .map(|v| after["views"][v]["tp"].as_u64().unwrap() + after["views"][v]["fp"].as_u64().unwrap());
    assert_eq!(told, counted.iter().sum::<u64>() as usize);

    // What a person has corrected is not written over.
    entente(dir.path(), "extract news --into gold")
        .assert()
        .code(0)
        .stderr(contains("0 written to be corrected, 3 left"));
    assert_eq!(scores(dir.path(), "gold --errors 9"), after);
}

#[test]
fn the_page_shows_each_fact_beside_its_sentence() {
    let dir = news();
    entente(dir.path(), "extract news --into gold -q").assert().code(0);
    change(&dir.path().join("gold/signed.json"), |gold| {
        gold["agreements"] = json!([]);
        gold["acts"].as_array_mut().unwrap().push(json!({"actor": "OMN", "recipient": "KEN", "type": "AID"}));
    });
    entente(dir.path(), "evaluate gold --html page.html")
        .assert()
        .code(0)
        .stdout(contains("3 articles\n").and(contains("by outlet (F1)")).and(contains("The <Weekly>")));
    let page = fs::read_to_string(dir.path().join("page.html")).unwrap();
    let marked = "<mark class=\"extra found\">";
    assert!(page.contains(marked) || page.contains("<mark class=\"extra\">"), "{page}");
    assert!(page.contains("<b>AID</b> <span class=\"who\">OMN → KEN</span>") && page.contains("○ missed"));
    assert!(page.contains("The &lt;Weekly&gt;") && !page.contains("<Weekly>"));
    assert!(!page.contains("<script") && !page.contains("http"));
    entente(dir.path(), "evaluate gold --html -").assert().code(0).stdout(page);
}

#[test]
fn gold_in_one_file_takes_its_texts_from_elsewhere() {
    let dir = news();
    entente(dir.path(), "extract news --into gold -q").assert().code(0);
    let ids = ["cup", "met", "signed"];
    let all: String = ids.map(|id| fs::read_to_string(dir.path().join(format!("gold/{id}.json"))).unwrap()).concat();
    fs::write(dir.path().join("gold.jsonl"), &all).unwrap();
    let beside = scores(dir.path(), "gold");
    assert_eq!(scores(dir.path(), "gold.jsonl --texts news"), beside);
    entente(dir.path(), "evaluate gold.jsonl").assert().code(2).stderr(contains("--texts"));
    entente(dir.path(), "evaluate gold.jsonl --texts news/cup.txt")
        .assert()
        .code(2)
        .stderr(contains("2 of the gold articles are not there: met"));
    fs::remove_file(dir.path().join("gold/met.txt")).unwrap();
    entente(dir.path(), "evaluate gold").assert().code(2).stderr(contains("1 of the gold files have no article"));
    fs::write(dir.path().join("facts.jsonl"), all).unwrap();
    assert_eq!(scores(dir.path(), "gold --predicted facts.jsonl"), beside);
}

#[test]
fn slips_in_gold_are_told() {
    let dir = news();
    entente(dir.path(), "extract news --into gold -q").assert().code(0);
    change(&dir.path().join("gold/signed.json"), |gold| {
        gold["acts"].as_array_mut().unwrap().push(json!({"actor": "UK", "recipient": "KEN", "type": "AID"}));
    });
    fs::write(dir.path().join("gold/met.txt"), MET.replace("Lima", "Cuzco")).unwrap();
    entente(dir.path(), "evaluate gold")
        .assert()
        .code(0)
        .stderr(contains("`UK` (signed)").and(contains("1 text(s) changed since their gold was made, such as met")));
    change(&dir.path().join("gold/signed.json"), |gold| gold["acts"][0]["type"] = json!("HUG"));
    entente(dir.path(), "evaluate gold").assert().code(2).stderr(contains("signed.json:1: unknown variant `HUG`"));
    fs::write(dir.path().join("gold/signed.json"), r#"{"id":"a","text":"Kenya and Oman met."}"#).unwrap();
    entente(dir.path(), "evaluate gold").assert().code(2).stderr(contains("this is an article"));
}

/// Forty articles, some with two signed agreements.
fn run_of_forty(dir: &Path) {
    let countries = [("Kenya", "Oman"), ("Chile", "Peru"), ("Ghana", "Togo"), ("Norway", "Latvia")];
    let articles: Vec<String> = (0..40)
        .map(|i| {
            let (a, b) = countries[i % 4];
            let second = if i % 3 == 0 {
                format!("\n\nOn Sunday, {a} and {b} signed a treaty on extradition.")
            } else {
                String::new()
            };
            let text = format!("On Monday, {a} and {b} signed an agreement on fisheries.{second}");
            let source = if i < 30 { "Daily" } else { "Weekly" };
            json!({"id": format!("n{i}"), "date": "2024-05-06", "source": source, "text": text}).to_string()
        })
        .collect();
    fs::write(dir.join("news.jsonl"), articles.join("\n")).unwrap();
    let output = entente(dir, "extract news.jsonl -q").assert().code(0);
    fs::write(dir.join("facts.jsonl"), &output.get_output().stdout).unwrap();
}

fn column(sheet: &str, name: &str) -> Vec<String> {
    let at = sheet.lines().next().unwrap().split('\t').position(|c| c == name).unwrap();
    sheet.lines().skip(1).map(|l| l.split('\t').nth(at).unwrap().to_owned()).collect()
}

/// Writes verdicts into a sheet, by line from 0.
fn judge(file: &Path, verdict: impl Fn(usize) -> &'static str) {
    let sheet = fs::read_to_string(file).unwrap();
    let lines = sheet.lines().enumerate().map(|(i, line)| {
        let mut cells: Vec<&str> = line.split('\t').collect();
        if i > 0 {
            cells[1] = verdict(i - 1);
        }
        cells.join("\t")
    });
    fs::write(file, lines.collect::<Vec<_>>().join("\n") + "\n").unwrap();
}

#[test]
fn a_sample_is_drawn_judged_and_summed() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path();
    run_of_forty(path);
    let draw = "audit sample facts.jsonl --kind signed --count 20";
    entente(path, &format!("{draw} --texts news.jsonl -o a.tsv --html a.html"))
        .assert()
        .code(0)
        .stderr(contains("20 of ").and(contains("  Weekly: ")).and(contains("not there").not()));
    entente(path, &format!("{draw} -o b.tsv --seed 2")).assert().code(0);
    let (a, b) = (fs::read_to_string(path.join("a.tsv")).unwrap(), fs::read_to_string(path.join("b.tsv")).unwrap());
    let facts = fs::read(path.join("facts.jsonl")).unwrap();
    let again = draw.replace("facts.jsonl", "-") + " --texts news.jsonl -q";
    entente(path, &again).write_stdin(facts).assert().code(0).stdout(a.clone());
    let mut articles = column(&a, "article");
    assert_ne!(articles, column(&b, "article"));
    articles.sort();
    articles.dedup();
    assert_eq!((articles.len(), column(&a, "verdict")), (20, vec![String::new(); 20]));
    let page = fs::read_to_string(path.join("a.html")).unwrap();
    assert_eq!((page.matches("<section id=\"fact-").count(), page.matches("<mark>").count()), (20, 20));

    entente(path, "audit verdicts a.tsv").assert().code(1).stdout(contains("    20      -\n"));
    judge(&path.join("a.tsv"), |i| ["right", "Yes", "1", "n", "unsure"][i % 5]);
    let output = entente(path, "audit verdicts a.tsv --format json").assert().code(0);
    let told: Value = serde_json::from_slice(&output.get_output().stdout).unwrap();
    let signed = &told["signed"];
    assert_eq!((&signed["right"], &signed["wrong"], &signed["unsure"]), (&json!(12), &json!(4), &json!(4)));
    assert_eq!(signed["precision"], 0.6);
    assert!((signed["interval"][0].as_f64().unwrap() - 0.3866).abs() < 1e-3, "{signed}");
    entente(path, "audit verdicts a.tsv").assert().code(0).stdout(contains("0.600    0.387–0.781"));

    entente(path, &format!("{draw} -o a.tsv")).assert().code(2).stderr(contains("a.tsv holds 20 verdict(s)"));
    entente(path, &format!("{draw} --texts news.jsonl --judged a.tsv -o c.tsv"))
        .assert()
        .code(0)
        .stderr(contains("20 verdicts taken over"));
    assert_eq!(column(&fs::read_to_string(path.join("c.tsv")).unwrap(), "verdict")[3], "wrong");
    judge(&path.join("a.tsv"), |_| "perhaps");
    entente(path, "audit verdicts a.tsv").assert().code(2).stderr(contains("a.tsv, row 1: `perhaps` is none of"));
    entente(path, "audit verdicts facts.jsonl").assert().code(2).stderr(contains("no column is named `verdict`"));
    entente(path, "audit sample facts.jsonl --kind deeds")
        .assert()
        .code(2)
        .stderr(contains("signed, encounters, acts"));
    entente(path, "audit sample news.jsonl --kind acts")
        .assert()
        .code(2)
        .stderr(contains("something other than facts"));
}

#[test]
fn what_is_told_of_articles_that_should_tell_nothing_is_counted() {
    let dir = news();
    let path = dir.path();
    let output = entente(path, "extract news -q").assert().code(0);
    fs::write(path.join("facts.jsonl"), &output.get_output().stdout).unwrap();
    fs::write(path.join("quiet.txt"), "# of the cup\ncup\n").unwrap();
    entente(path, "audit nothing quiet.txt facts.jsonl --max 0")
        .assert()
        .code(0)
        .stdout("0 facts between states, and 0 of the background, in 1 articles\n");
    fs::write(path.join("loud.txt"), "cup # sports\nsigned\n").unwrap();
    entente(path, "audit nothing loud.txt facts.jsonl --max 0")
        .assert()
        .code(1)
        .stdout(contains("signed\tKEN–OMN · agreement, signed").and(contains("[")));
    entente(path, "audit nothing loud.txt facts.jsonl").assert().code(0);
    fs::write(path.join("absent.txt"), "cup\nelsewhere\n").unwrap();
    entente(path, "audit nothing absent.txt facts.jsonl")
        .assert()
        .code(1)
        .stderr(contains("not in facts.jsonl: elsewhere"));
}

#[cfg(unix)]
#[test]
fn every_command_of_the_guide_runs() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let guide = fs::read_to_string(root.join("docs/evaluation.md")).unwrap();
    let dir = tempfile::tempdir().unwrap();
    fs::create_dir(dir.path().join("news")).unwrap();
    let mut ids = Vec::new();
    let mut seeds: Vec<_> = fs::read_dir(root.join("seeds/articles")).unwrap().map(|e| e.unwrap().path()).collect();
    seeds.sort();
    for seed in seeds.iter().filter(|p| p.extension().is_some_and(|e| e == "txt")).step_by(9) {
        fs::copy(seed, dir.path().join("news").join(seed.file_name().unwrap())).unwrap();
        ids.push(seed.file_stem().unwrap().to_string_lossy().into_owned());
    }
    fs::write(dir.path().join("ids.txt"), ids[0].clone()).unwrap();
    let bin = Path::new(env!("CARGO_BIN_EXE_entente")).parent().unwrap();
    let search = format!("{}:{}", bin.display(), std::env::var("PATH").unwrap());
    let blocks: Vec<&str> = guide.split("```sh\n").skip(1).map(|b| b.split("```").next().unwrap()).collect();
    assert!(blocks.len() > 5, "{} blocks of commands", blocks.len());
    for block in blocks {
        for sheet in ["signed.tsv", "encounters.tsv", "acts.tsv"].map(|name| dir.path().join(name)) {
            if sheet.exists() {
                judge(&sheet, |_| "right");
            }
        }
        // A finding (code 1) is a result too: the seed articles do tell something.
        let script = block.lines().map(|line| format!("{line} || [ $? = 1 ]\n")).collect::<String>();
        let output = std::process::Command::new("sh")
            .args(["-eu", "-c", &script])
            .current_dir(dir.path())
            .env("PATH", &search)
            .env_remove("ENTENTE_STORE")
            .output()
            .unwrap();
        assert!(output.status.success(), "{block}{}", String::from_utf8_lossy(&output.stderr));
    }
    for file in ["scores.html", "scores.json", "signed.html", "acts.tsv", "signed-again.tsv"] {
        assert!(dir.path().join(file).metadata().unwrap().len() > 100, "{file}");
    }
    let links = guide.split("](").skip(1).filter_map(|rest| rest.split_once(')')).map(|(link, _)| link);
    for link in links.filter(|l| !l.contains("://")) {
        assert!(root.join("docs").join(link).exists(), "the guide points to {link}, which is not there");
    }
}
