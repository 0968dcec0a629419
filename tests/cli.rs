//! The program from outside: help, exit codes, streams, and bad inputs among good ones.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use assert_cmd::Command;
use predicates::prelude::*;
use predicates::str::contains;
use std::fs;
use std::process::Stdio;

const TEXT: &str = "# date: 2024-05-06\n\nKenya and Oman sign fisheries agreement\n\nThe foreign ministers of Kenya and Oman \
    signed an agreement on fisheries in Muscat on Monday.\n";

fn entente(args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_entente"));
    command.args(args).env_remove("ENTENTE_STORE").env("NO_COLOR", "1");
    command
}

/// A folder with `good.txt` and what else the test writes.
fn folder(files: &[(&str, &[u8])]) -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("good.txt"), TEXT).unwrap();
    for (name, content) in files {
        fs::write(dir.path().join(name), content).unwrap();
    }
    dir
}

#[test]
fn help_names_the_commands_and_each_has_examples() {
    let commands = [
        "build",
        "extract",
        "query",
        "queries",
        "dyad",
        "country",
        "leader",
        "network",
        "path",
        "change",
        "export",
        "explain",
        "check",
        "stats",
        "forget",
        "backup",
        "restore",
        "curate",
        "suggest",
        "evaluate",
        "audit",
        "train-judge",
        "completions",
    ];
    let mut help = entente(&["--help"]).assert().code(0).stdout(contains("Exit codes"));
    for command in commands {
        help = help.stdout(contains(format!("\n  {command} ")));
        entente(&[command, "--help"]).assert().code(0).stdout(contains(format!("Examples:\n  entente {command}")));
    }
}

#[test]
fn a_wrong_command_line_cannot_run() {
    entente(&[]).assert().code(2).stderr(contains("Usage: entente"));
    entente(&["extrct"]).assert().code(2).stderr(contains("'extract'"));
    entente(&["extract"]).assert().code(2);
    entente(&["extract", "a.txt", "--min-confidence", "7"]).assert().code(2).stderr(contains("from 0 to 1"));
    entente(&["--version"]).assert().code(0).stdout(contains("entente "));
}

#[test]
fn extract_prints_one_json_object_an_article_and_a_summary() {
    let dir = folder(&[("more.jsonl", b"{\"id\":\"m\",\"title\":\"Peru and Chile meet\",\"text\":\"They met.\"}\n")]);
    let output = entente(&["extract", dir.path().to_str().unwrap()])
        .assert()
        .code(0)
        .stderr(contains("2 articles read in"))
        .stderr(contains("facts: "));
    let stdout = String::from_utf8(output.get_output().stdout.clone()).unwrap();
    let ids: Vec<String> = stdout
        .lines()
        .map(|line| {
            serde_json::from_str::<serde_json::Value>(line).unwrap()["article"]["id"].as_str().unwrap().to_owned()
        })
        .collect();
    assert_eq!(ids, ["good", "m"]);
}

#[test]
fn order_and_bytes_do_not_depend_on_the_threads() {
    let lines: String =
        (0..1000).map(|i| format!("{{\"id\":\"a{i}\",\"text\":\"Kenya and Oman met, part {i}.\"}}\n")).collect();
    let dir = folder(&[("many.jsonl", lines.as_bytes())]);
    let path = dir.path().join("many.jsonl");
    let run = |threads: &str| {
        let output =
            entente(&["extract", path.to_str().unwrap(), "--threads", threads, "-q"]).assert().code(0).stderr("");
        output.get_output().stdout.clone()
    };
    let one = run("1");
    assert_eq!(one.iter().filter(|b| **b == b'\n').count(), 1000);
    assert_eq!(one, run("4"));
}

#[test]
fn stdin_is_read_and_known_by_its_content() {
    entente(&["extract", "-"]).write_stdin(TEXT).assert().code(0).stdout(contains("\"title\":\"Kenya and Oman sign"));
    let json = "{\"id\":\"a\",\"text\":\"Kenya and Oman met.\"}\n{\"id\":\"b\",\"text\":\"Kenya and Oman met.\"}\n";
    entente(&["extract", "-"]).write_stdin(json).assert().code(0).stdout(contains("\"id\":\"b\""));
    entente(&["extract", "-"]).write_stdin("").assert().code(2).stderr(contains("<stdin>: is empty"));
}

#[test]
fn bad_inputs_are_told_and_the_others_are_processed() {
    let dir = folder(&[
        ("elf.txt", b"\x7fELF\x02\x01\x01\0\0\0\0"),
        ("cut.jsonl", b"{\"id\":\"a\",\"text\":\"The"),
        ("empty.txt", b""),
    ]);
    let path = dir.path().to_str().unwrap();
    entente(&["extract", path, "no/such/file.txt"])
        .assert()
        .code(1)
        .stdout(contains("\"id\":\"good\""))
        .stderr(contains("elf.txt: is not text (an ELF program)"))
        .stderr(contains("cut.jsonl, line 1: is not JSON: it breaks off"))
        .stderr(contains("empty.txt: is empty"))
        .stderr(contains("no/such/file.txt: no such file or folder"))
        .stderr(contains("4 could not be read: 1 bad-json, 1 binary, 1 empty, 1 not-found"));
    entente(&["extract", "no/such/file.txt", "-q"]).assert().code(2).stdout("").stderr(contains("hint: "));
}

#[test]
fn another_language_is_skipped_unless_asked_for() {
    let text =
        "El presidente de Chile firmó ayer un acuerdo con el Perú durante su visita a Lima, según informó el gobierno.";
    let dir = folder(&[("es.txt", text.as_bytes())]);
    let path = dir.path().to_str().unwrap();
    entente(&["extract", path]).assert().code(0).stderr(contains("1 skipped: 1 not-english"));
    let alone = dir.path().join("es.txt");
    entente(&["extract", alone.to_str().unwrap()]).assert().code(1).stdout("");
    entente(&["extract", alone.to_str().unwrap(), "--any-language"])
        .assert()
        .code(0)
        .stdout(contains("\"language\":\"es\""));
}

#[test]
fn the_listing_and_the_pretty_object_are_for_people() {
    let dir = folder(&[]);
    let path = dir.path().join("good.txt");
    let path = path.to_str().unwrap();
    entente(&["extract", path, "--format", "text"])
        .assert()
        .code(0)
        .stdout(predicates::str::starts_with("Kenya and Oman sign fisheries agreement\n  good · 2024-05-06\n"))
        .stdout(contains('\u{1b}').not());
    entente(&["extract", path, "--format", "table"]).assert().code(0);
    entente(&["extract", path, "--pretty"])
        .assert()
        .code(0)
        .stdout(predicates::str::starts_with("{\n  \"article\": {\n"));
    entente(&["extract", path, "--format", "text", "--color", "always"]).assert().code(0).stdout(contains('\u{1b}'));
}

#[test]
fn a_reader_that_goes_away_is_no_error() {
    let lines: String =
        (0..20_000).map(|i| format!("{{\"id\":\"a{i}\",\"text\":\"Kenya and Oman met.\"}}\n")).collect();
    let dir = folder(&[("many.jsonl", lines.as_bytes())]);
    let mut child = std::process::Command::new(env!("CARGO_BIN_EXE_entente"))
        .args(["extract", dir.path().join("many.jsonl").to_str().unwrap(), "-q"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_told() {
    let dir = folder(&[]);
    let full = fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_entente"))
        .args(["extract", dir.path().to_str().unwrap(), "-q"])
        .stdout(full)
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("No space left on device"));
}

#[test]
fn completions_are_printed_for_each_shell() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        entente(&["completions", shell]).assert().code(0).stdout(contains("ENTENTE_COMPLETE"));
    }
}

/// What Bash offers behind these words, a blank between two of them; the words are split as Bash splits them.
fn offered(words: &[&str]) -> Option<Vec<String>> {
    let script = entente(&["completions", "bash"]).assert().code(0).get_output().stdout.clone();
    let ask = format!(
        "{}\nCOMP_WORDS=({})\nCOMP_CWORD={}\n_entente\nprintf '%s\\n' \"${{COMPREPLY[@]}}\"",
        String::from_utf8(script).unwrap(),
        words.iter().map(|word| format!("'{word}'")).collect::<Vec<_>>().join(" "),
        words.len() - 1
    );
    let program = std::path::Path::new(env!("CARGO_BIN_EXE_entente")).parent().unwrap();
    let path = format!("{}:{}", program.display(), std::env::var("PATH").unwrap_or_default());
    let output = std::process::Command::new("bash").args(["-c", &ask]).env("PATH", path).output().ok()?;
    Some(String::from_utf8(output.stdout).unwrap().lines().map(str::to_owned).collect())
}

#[test]
fn bash_completes_names_parameters_and_values() {
    let Some(names) = offered(&["entente", "query", "agreements-of-"]) else {
        let _ = std::io::Write::write_all(&mut std::io::stderr(), b"skipped: no bash\n");
        return;
    };
    let all = ["agreements-of-country", "agreements-of-dyad", "agreements-of-encounter", "agreements-of-leader"];
    assert_eq!(names, all);
    let query = ["entente", "query", "agreements-of-country", "--set"];
    let after = |rest: &[&str]| offered(&[&query[..], rest].concat()).unwrap();
    assert_eq!(after(&[""]), ["country=", "partner=", "sector=", "since=", "until=", "limit="]);
    assert_eq!(after(&["sec"]), ["sector="]);
    assert_eq!(after(&["country", "=", "SGP"]), ["SGP"]);
    assert_eq!(after(&["country", "=", "singap"]), ["SGP"]);
    assert_eq!(after(&["sector", "=", "def"]), ["defence"]);
    assert_eq!(after(&["sector", "="]).len(), 23, "the sectors, and any");
    assert!(!after(&["country", "=", "SGP", "--set", ""]).contains(&"country=".to_owned()), "set already");
    assert_eq!(offered(&["entente", "queries", "--theme", "prom"]).unwrap(), ["promises"]);
    assert_eq!(offered(&["entente", "dyad", "SGP"]).unwrap(), ["SGP"]);
}

#[test]
fn an_analyst_adds_a_relation_without_building_the_program() {
    let frame = "[[frame]]\nname = \"coerce/encircle\"\nkind = \"act\"\ntype = \"COERCE\"\nverbs = [\"encircle\"]\n";
    let dir = folder(&[("new.txt", b"Peru encircled Chile.")]);
    let own = dir.path().join("own");
    fs::create_dir(&own).unwrap();
    fs::write(own.join("frames.toml"), frame).unwrap();
    let (text, own_path) = (dir.path().join("new.txt"), own.to_str().unwrap().to_owned());
    entente(&["extract", text.to_str().unwrap()]).assert().code(0).stdout(contains("COERCE").not());
    entente(&["extract", text.to_str().unwrap(), "--knowledge", &own_path])
        .assert()
        .code(0)
        .stdout(contains("\"type\":\"COERCE\"").and(contains("coerce/encircle")));
    fs::write(own.join("frames.toml"), frame.replace("COERCE", "COERC")).unwrap();
    entente(&["extract", text.to_str().unwrap(), "--knowledge", &own_path])
        .assert()
        .code(2)
        .stderr(contains("frames.toml:4").and(contains("did you mean `COERCE`?")));
}

#[test]
fn two_articles_of_one_id_are_both_kept_and_other_files_are_counted() {
    let dir = folder(&[("page.pdf", b"%PDF-1.4")]);
    fs::create_dir(dir.path().join("b")).unwrap();
    fs::write(dir.path().join("b/good.txt"), TEXT.replace("fisheries", "forestry")).unwrap();
    let elsewhere = tempfile::tempdir().unwrap();
    let store = elsewhere.path().join("s.store");
    let build = || entente(&["build", dir.path().to_str().unwrap(), "--store", store.to_str().unwrap()]);
    build().assert().code(0).stderr(
        contains("two different articles have the id `good`")
            .and(contains("1 skipped: 1 other-file"))
            .and(contains("store: 2 new, 0 replaced, 0 unchanged")),
    );
    build().assert().code(0).stderr(contains("store: 0 new, 0 replaced, 2 unchanged"));
}

/// What the environment holds for one command, or for another way to call it, is no mistake of this one.
#[test]
fn secrets_of_other_calls_in_the_environment_disturb_nobody() {
    let secrets = ["ENTENTE_TOKEN", "ENTENTE_PUSH_PASSWORD", "ENTENTE_PUSH_TOKEN", "ENTENTE_PUSH_USER"];
    let with = |args: &[&str], set: &[&str]| {
        let mut command = entente(args);
        secrets.iter().for_each(|name| _ = command.env_remove(name));
        set.iter().for_each(|name| _ = command.env(name, "sekret"));
        command.assert()
    };
    with(&["queries"], &secrets).code(0);
    with(&["serve", "--store", "no-such-store"], &["ENTENTE_TOKEN"]).code(2).stderr(contains("no store"));
    with(&["push", "http://127.0.0.1:9/", "--store", "no-such-store"], &["ENTENTE_PUSH_PASSWORD"])
        .code(2)
        .stderr(contains("no store"))
        .stderr(contains("sekret").not());
    with(&["push", "--help"], &secrets).code(0).stdout(contains("sekret").not());
}
