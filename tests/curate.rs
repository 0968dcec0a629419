//! `entente curate`, `entente suggest` and what they change, from outside.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use assert_cmd::Command;
use predicates::str::contains;
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};

const SIGNED: &str = "# date: 2024-05-06\n\nKenya and Oman sign fisheries agreement\n\nThe foreign ministers of Kenya and Oman \
    signed an agreement on fisheries in Muscat on Monday.\n";
const SIGNED_TOO: &str = "# date: 2024-05-07\n\nFisheries pact for Oman and Kenya\n\nKenya and Oman signed an agreement on \
    fisheries on Monday.\n";
const LATER: &str = "# date: 2024-06-20\n\nOman and Kenya sign fisheries agreement\n\nKenya and Oman signed an agreement on \
    fisheries on Wednesday.\n";

struct Place {
    dir: tempfile::TempDir,
}

impl Place {
    fn new(articles: &[(&str, &str)]) -> Self {
        let place = Self { dir: tempfile::tempdir().unwrap() };
        fs::create_dir(place.path("news")).unwrap();
        for (id, text) in articles {
            fs::write(place.path(&format!("news/{id}.txt")), text).unwrap();
        }
        place.entente(&["build", place.path("news").to_str().unwrap()]).assert().code(0);
        place
    }

    fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    fn entente(&self, args: &[&str]) -> Command {
        entente(&self.path("graph.store"), args)
    }

    fn curate(&self, args: &[&str]) -> assert_cmd::assert::Assert {
        let says = ["--by", "Ada", "--why", "told so", "--at", "2024-07-01T08:00:00Z"];
        self.entente(&["curate"].into_iter().chain(args.iter().copied()).chain(says).collect::<Vec<_>>()).assert()
    }

    fn json(&self, args: &[&str]) -> Value {
        let args: Vec<&str> = args.iter().copied().chain(["--format", "json"]).collect();
        serde_json::from_slice(&self.entente(&args).assert().get_output().stdout).unwrap()
    }

    /// IRI of the agreement that an article reports.
    fn agreement(&self, article: &str) -> String {
        let story = self.json(&["explain", article]);
        let events = story["events"].as_array().unwrap();
        events.iter().find(|e| e["event"]["kind"] == "agreement").unwrap()["event"]["iri"].as_str().unwrap().to_owned()
    }

    /// The articles of that agreement.
    fn articles(&self, article: &str) -> Vec<String> {
        let story = self.json(&["explain", &self.agreement(article)]);
        let articles = story["story"]["event"]["articles"].as_array().unwrap();
        articles.iter().map(|a| a.as_str().unwrap().to_owned()).collect()
    }

    fn dump(&self) -> String {
        let output = self.entente(&["export", "--format", "nquads"]).assert().code(0);
        graph_of(&output.get_output().stdout)
    }
}

/// The dump without the log of the program's calls, which tells their times.
fn graph_of(dump: &[u8]) -> String {
    let text = String::from_utf8(dump.to_vec()).unwrap();
    text.lines().filter(|line| !line.contains("graph/runs>")).collect::<Vec<_>>().join("\n")
}

fn entente(store: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_entente"));
    command.args(args).arg("--store").arg(store).env_remove("ENTENTE_STORE").env_remove("ENTENTE_CURATOR");
    command.env("NO_COLOR", "1");
    command
}

#[test]
fn decisions_are_made_listed_carried_over_and_taken_back() {
    let place = Place::new(&[("one", SIGNED), ("two", SIGNED_TOO), ("later", LATER)]);
    assert_eq!(place.articles("one"), ["one", "two"]);
    let plain = place.dump();
    let (first, second) = (place.agreement("one"), place.agreement("later"));
    place.curate(&["merge", &first, &second]).code(0).stderr(contains("decided: ")).stderr(contains("curate undo"));
    assert_eq!(place.articles("one"), ["later", "one", "two"]);
    place.curate(&["split", &place.agreement("one"), "two"]).code(0);
    assert_eq!(place.articles("two"), ["two"]);
    let renamed = place.agreement("one");
    place.curate(&["rename", &renamed, "Muscat accord"]).code(0);
    place
        .entente(&["explain", &renamed])
        .assert()
        .code(0)
        .stdout(contains("Muscat accord"))
        .stdout(contains("Ada put them together on 2024-07-01: told so"));
    // A build of everything anew leaves them.
    place.entente(&["build", place.path("news").to_str().unwrap()]).assert().code(0);
    assert_eq!(place.articles("one"), ["later", "one"]);
    place.entente(&["check"]).assert().code(0).stderr(contains("0 violation(s)"));
    let listed = place.entente(&["curate", "list"]).assert().code(0).stderr(contains("3 decisions"));
    let listed = String::from_utf8(listed.get_output().stdout.clone()).unwrap();
    // Who, when and why, and beneath it what it is about, in words.
    assert!(listed.contains("  2024-07-01  Ada: merge: told so\n    KEN–OMN: agreement, signed, "), "{listed}");
    for line in
        ["2024-05-06 (one)", "2024-06-19 (later)", "leaves: KEN–OMN: ", "stays: KEN–OMN: ", "to “Muscat accord”"]
    {
        assert!(listed.contains(line), "{line}: {listed}");
    }
    assert!(
        listed.lines().any(|line| line.starts_with("    now event/") && line.ends_with("  Muscat accord")),
        "{listed}"
    );
    // To another store, and back.
    let file = place.path("decisions.jsonl");
    let file = file.to_str().unwrap();
    place.entente(&["curate", "export", "-o", file]).assert().code(0);
    let decided = place.dump();
    let other = Place::new(&[("later", LATER), ("two", SIGNED_TOO), ("one", SIGNED)]);
    other.entente(&["curate", "import", file]).assert().code(0).stderr(contains("3 decisions new, 0 known"));
    assert_eq!(other.dump(), decided);
    other.entente(&["curate", "import", file]).assert().code(0).stderr(contains("0 decisions new, 3 known"));
    let ids = ids(&listed);
    place.entente(&["curate", "undo", ids[0], ids[1], ids[2]]).assert().code(0).stderr(contains("undone: "));
    assert_eq!(place.dump(), plain);
    place.entente(&["curate", "list"]).assert().code(1).stderr(contains("0 decisions"));
    place.entente(&["curate", "undo", "abc"]).assert().code(1).stderr(contains("hint: see `entente curate list`"));
}

/// The ids of the decisions that `curate list` prints.
fn ids(listed: &str) -> Vec<&str> {
    let heads = listed.lines().filter(|line| !line.starts_with(' '));
    heads.map(|line| line.split(' ').next().unwrap()).collect()
}

#[test]
fn what_a_decision_says_is_told_and_kept_once() {
    let other = "# date: 2024-05-07\n\nFisheries pact\n\nPeru and Chile signed an agreement on fisheries on Monday.\n";
    let place = Place::new(&[("one", SIGNED), ("later", LATER), ("far", other)]);
    let (one, later, far) = (place.agreement("one"), place.agreement("later"), place.agreement("far"));
    place
        .curate(&["assert", &one, "--status", "in-force"])
        .code(0)
        .stderr(contains("Ada: assert status in-force: told so"));
    let again = place.curate(&["assert", &one, "--status", "in-force"]).code(0);
    again.stderr(contains("already decided, and nothing more is kept: ")).stderr(contains("assert status in-force"));
    place.entente(&["curate", "list"]).assert().code(0).stderr(contains("1 decision"));
    // What people say of an event is none of the articles that tell of it.
    place.curate(&["split", &one, "later"]).code(2).stderr(contains("what does: one\n"));
    let merged = place.curate(&["merge", &one, &later]).code(0);
    assert!(!String::from_utf8_lossy(&merged.get_output().stderr).contains("warning"));
    // Events that have nothing to do with each other are put together with a warning.
    let merged = place.curate(&["merge", &one, &far]).code(0);
    merged.stderr(contains("warning: no party of “")).stderr(contains("are these one event?"));
    // The event goes by its first report; the ids of the others still find it.
    let explained = place.entente(&["explain", &later]).assert().code(0);
    explained.stdout(contains("later")).stderr(contains("has become https://w3id.org/entente/id/event/"));
    place.curate(&["rename", &later, "Muscat accord"]).code(0).stderr(contains("has become"));
    // What is undone is told with the events that there are now.
    let listed = place.json(&["curate", "list"]);
    let merges = listed.as_array().unwrap().iter().filter(|d| d["decides"] == "merge");
    let merges: Vec<&str> = merges.map(|d| d["id"].as_str().unwrap()).collect();
    let undone = place.entente(&[["curate", "undo"].as_slice(), &merges].concat()).assert().code(0);
    let undone = String::from_utf8(undone.get_output().stderr.clone()).unwrap();
    assert_eq!(undone.matches("\n    now event/").count(), 2 + 3, "{undone}");
    // What rests is told so.
    place.entente(&["forget", "one", "later", "far"]).assert().code(0);
    place
        .entente(&["curate", "list"])
        .assert()
        .code(0)
        .stdout(contains("rests: none of these reports is in the store"));
    place.entente(&["check"]).assert().code(0).stderr(contains("0 violation(s)"));
}

#[test]
fn a_decision_stands_in_one_line_and_is_found_by_enough_of_its_id() {
    let place = Place::new(&[("one", SIGNED)]);
    let one = place.agreement("one");
    for (by, why, told) in [
        ("Eve\nBob", "x", "`by` has a line break (U+000A) as its character 4"),
        ("Eve", "\u{202e}x", "`why` has a sign that turns the direction"),
        ("Eve", "\u{1b}[2J", "`why` has a control character"),
        ("Eve", &"x".repeat(2_001), "`why` has 2001 characters"),
    ] {
        let refused = place.entente(&["curate", "reject", &one, "--by", by, "--why", why]).assert().code(2);
        refused.stderr(contains(told));
    }
    place.entente(&["curate", "list"]).assert().code(1);
    // Of seventeen decisions two begin with one digit.
    let line = |at: usize| {
        format!(
            r#"{{"by":"Ada","why":"reason {at}","at":"2024-07-01T08:00:{at:02}Z","decides":"assert","fact":{{"about":"act","event_type":"SUPPORT","parties":["KEN","OMN"],"date":"2024-01-{:02}"}}}}"#,
            at + 1
        )
    };
    let lines: Vec<String> = (0..17).map(line).collect();
    let file = place.path("many.jsonl");
    fs::write(&file, lines.join("\n")).unwrap();
    place.entente(&["curate", "import", file.to_str().unwrap()]).assert().code(0);
    let listed = place.entente(&["curate", "list"]).assert().code(0);
    let listed = String::from_utf8(listed.get_output().stdout.clone()).unwrap();
    let ids = ids(&listed);
    let of = |digit: &str| ids.iter().filter(|id| id.starts_with(digit)).copied().collect::<Vec<_>>();
    let digit = ids.iter().map(|id| &id[..1]).find(|digit| of(digit).len() > 1).unwrap();
    let mut undone =
        place.entente(&["curate", "undo", digit]).assert().code(1).stderr(contains("hint: give more digits"));
    for id in of(digit) {
        undone = undone.stderr(contains(format!("{id}  2024-07-01  Ada: assert ")));
    }
    place.entente(&["curate", "list"]).assert().stderr(contains("17 decisions"));
}

#[test]
fn what_is_explained_can_be_read_without_colors_and_named_by_its_ids() {
    let place = Place::new(&[("one", SIGNED), ("two", SIGNED_TOO)]);
    let one = place.agreement("one");
    place.curate(&["assert", &one, "--status", "in-force"]).code(0);
    let told = place.entente(&["explain", &one]).assert().code(0);
    let told = String::from_utf8(told.get_output().stdout.clone()).unwrap();
    for words in [
        "**signed**",
        " by Ada\n    the same event: ",
        "\n    “told so”\n      agreement, in-force\n",
        "Ada said so of this event on 2024-07-01",
    ] {
        assert!(told.contains(words), "{words}: {told}");
    }
    assert!(!told.contains("characters 0–0") && !told.contains("decision/"), "{told}");
    let claim = told.lines().find_map(|line| line.split(" · ").find(|part| part.starts_with("claim/"))).unwrap();
    place.entente(&["explain", claim]).assert().code(0).stdout(contains("fisheries"));
    place.curate(&["reject", claim]).code(0);
    place.entente(&["explain", claim]).assert().code(0).stdout(contains("asserts no event: decision "));
}

#[test]
fn what_is_rejected_or_asserted_shows_at_once() {
    let place = Place::new(&[("one", SIGNED)]);
    let event = place.agreement("one");
    place.curate(&["assert", &event, "--status", "in-force", "--date", "2024-06-30"]).code(0);
    place
        .entente(&["explain", &event])
        .assert()
        .code(0)
        .stdout(contains("KEN–OMN: agreement, in-force"))
        .stdout(contains("signed 2024-05-06: one"))
        .stdout(contains("in-force 2024-06-30: decision "));
    place.curate(&["reject", &event]).code(0);
    place
        .entente(&["explain", &event])
        .assert()
        .code(1)
        .stdout(contains("no event any more"))
        .stdout(contains("reject by Ada on 2024-07-01: told so"))
        .stdout(contains("entente curate undo "));
    place.entente(&["check"]).assert().code(0).stderr(contains("0 violation(s)"));
    let new = ["assert", "--kind", "encounter", "--type", "visit", "--parties", "Kenya,OMN", "--status", "planned"];
    place.curate(&new).code(0);
    let planned = place.entente(&["query", "planned-not-held", "--set", "country=any"]).assert().code(0);
    assert!(String::from_utf8_lossy(&planned.get_output().stdout).contains("KEN–OMN: visit, planned"));
}

#[test]
fn what_cannot_be_decided_is_told_with_the_way_out() {
    let place = Place::new(&[("one", SIGNED), ("later", LATER)]);
    let one = place.agreement("one");
    place
        .curate(&["merge", &one, "event/ffffff"])
        .code(2)
        .stderr(contains("has the id `event/ffffff`"))
        .stderr(contains("hint: ids are"));
    place.curate(&["merge", &one, &one]).code(2).stderr(contains("one event already"));
    place.curate(&["split", &one, "one"]).code(2).stderr(contains("nothing of the event would stay"));
    place
        .curate(&["split", &one, "later"])
        .code(2)
        .stderr(contains("`later` does not tell of that event; what does: one"));
    place.curate(&["rename", "KEN", "Kenia"]).code(2).stderr(contains("has its name from the lists"));
    place
        .curate(&["assert", &one, "--status", "sgned"])
        .code(2)
        .stderr(contains("`sgned` is no status of an agreement; there are "));
    place.curate(&["assert", &one, "--date", "June"]).code(2).stderr(contains("`June` is no date"));
    place.curate(&["assert", "--kind", "act"]).code(2).stderr(contains("needs --kind, --type and --parties"));
    place.curate(&["assert", &one]).code(2).stderr(contains("nothing is asserted of the event"));
    place.curate(&["assert", &one, "--place", "Muscat"]).code(2).stderr(contains("an agreement has no place"));
    for parties in ["KEN,KEN", "KEN,Kenya"] {
        let new = ["assert", "--kind", "encounter", "--type", "visit", "--status", "held", "--parties", parties];
        place.curate(&new).code(2).stderr(contains("an encounter needs at least two different parties, not KEN"));
        place
            .curate(&["assert", &one, "--parties", parties])
            .code(2)
            .stderr(contains("two different parties, not KEN"));
    }
    place.entente(&["curate", "reject", &one, "--why", "x"]).assert().code(2).stderr(contains("--by"));
    place
        .entente(&["curate", "reject", &one, "--by", "", "--why", "x"])
        .assert()
        .code(2)
        .stderr(contains("must not be empty"));
    fs::write(place.path("bad.jsonl"), "{}\n").unwrap();
    let bad = place.path("bad.jsonl");
    place
        .entente(&["curate", "import", bad.to_str().unwrap()])
        .assert()
        .code(2)
        .stderr(contains("line 1 holds no decision"));
    // One bad line, and nothing of the file is taken.
    let good = r#"{"by":"Ada","why":"x","at":"2024-07-01T08:00:00Z","decides":"assert","fact":{"about":"act","event_type":"SUPPORT","parties":["KEN","OMN"]}}"#;
    for (line, message) in [
        (good.replace("2024-07-01T08:00:00Z", "yesterday"), "`yesterday` is no time"),
        (good.replace("\"act\"", "\"deed\""), "`deed` is no kind of event"),
        (
            r#"{"by":"Ada","why":"x","at":"2024-07-01T08:00:00Z","decides":"merge","reports":[]}"#.into(),
            "at least 2 reports",
        ),
        (
            r#"{"by":"Ada","why":"x","at":"2024-07-01T08:00:00Z","decides":"rename-agent","agent":"a b>","name":"x"}"#
                .into(),
            "`a b>` is the IRI of no leader or party",
        ),
    ] {
        fs::write(&bad, format!("{good}\n{line}\n")).unwrap();
        let import = place.entente(&["curate", "import", bad.to_str().unwrap()]).assert().code(2);
        import.stderr(contains("line 2 cannot be decided")).stderr(contains(message));
        place.entente(&["curate", "list"]).assert().code(1);
    }
}

#[test]
fn of_one_second_the_last_decision_counts() {
    let place = Place::new(&[("one", SIGNED)]);
    let event = place.agreement("one");
    for status in ["in-force", "broken", "agreed", "negotiating", "signed", "planned"] {
        place.curate(&["assert", &event, "--status", status]).code(0);
        place.entente(&["explain", &event]).assert().code(0).stdout(contains(format!("KEN–OMN: agreement, {status}")));
    }
    place.entente(&["check"]).assert().code(0).stderr(contains("0 violation(s)"));
    // Who takes part replaces what the article tells, and stays when a later assertion does not say.
    place.curate(&["assert", &event, "--parties", "Kenya,Yemen", "--sectors", "energy"]).code(0);
    place.curate(&["assert", &event, "--status", "signed"]).code(0);
    let story = place.json(&["explain", &event]);
    assert_eq!(story["story"]["event"]["parties"], serde_json::json!(["KEN", "YEM"]));
    assert_eq!(story["story"]["event"]["sectors"], serde_json::json!(["energy"]));
}

#[test]
fn what_both_do_falls_together_in_either_order() {
    let place = Place::new(&[("one", SIGNED)]);
    for parties in ["OMN,KEN", "KEN,OMN"] {
        let new = ["assert", "--kind", "act", "--type", "CONSULT", "--date", "2024-05-06", "--parties", parties];
        place.curate(&new).code(0);
    }
    // So the second says what the first does.
    let consulted = place.json(&["curate", "list"]);
    let parties: Vec<&Value> = consulted.as_array().unwrap().iter().map(|d| &d["fact"]["parties"]).collect();
    assert_eq!(parties, [&serde_json::json!(["KEN", "OMN"])]);
}

/// Whatever two leaders of the seed articles are put together, the graph stays sound.
#[test]
fn any_two_leaders_can_be_put_together() {
    let dir = tempfile::tempdir().unwrap();
    let store = dir.path().join("graph.store");
    let seeds = Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds/articles");
    entente(&store, &["build", seeds.to_str().unwrap()]).assert().code(0);
    let dump = || graph_of(&entente(&store, &["export", "--format", "nquads"]).assert().code(0).get_output().stdout);
    let plain = dump();
    let (about, is) =
        ("https://w3id.org/entente/id/leader/", "rdf-syntax-ns#type> <https://w3id.org/entente/ontology#Leader>");
    let leaders: Vec<&str> = plain
        .lines()
        .filter(|line| line.contains(is))
        .filter_map(|line| line.split('>').next()?.strip_prefix('<'))
        .filter(|iri| iri.starts_with(about))
        .collect();
    assert!(leaders.len() > 20, "{}", leaders.len());
    let says = ["--by", "Ada", "--why", "one person"];
    for pair in leaders.chunks_exact(2).step_by(leaders.len() / 16) {
        entente(&store, &[["curate", "merge", pair[0], pair[1]].as_slice(), &says].concat()).assert().code(0);
    }
    entente(&store, &["check"]).assert().code(0).stderr(contains("0 violation(s)"));
    let listed = entente(&store, &["curate", "list"]).assert().code(0);
    let listed = String::from_utf8(listed.get_output().stdout.clone()).unwrap();
    let ids = ids(&listed);
    assert!(ids.len() >= 8, "{listed}");
    entente(&store, &[["curate", "undo"].as_slice(), &ids].concat()).assert().code(0);
    assert_eq!(dump(), plain);
}

#[test]
fn suggestions_show_both_sentences_and_the_command() {
    let place = Place::new(&[("one", SIGNED), ("two", SIGNED_TOO), ("later", LATER)]);
    place
        .entente(&["suggest"])
        .assert()
        .code(0)
        .stdout(contains("may be one event"))
        .stdout(contains("“Kenya and Oman signed an agreement on fisheries on Wednesday.”"))
        .stdout(contains("against: dates too far apart"))
        .stdout(contains("entente curate merge event/"));
    let drawn = place.json(&["suggest", "--sample-merges", "5", "--seed", "7"]);
    assert!(drawn.as_array().unwrap().iter().all(|s| s["one"]["event"] == s["other"]["event"]), "{drawn}");
    assert_eq!(drawn, place.json(&["suggest", "--sample-merges", "5", "--seed", "7"]));
    // What people decided is suggested no more.
    place.curate(&["merge", &place.agreement("one"), &place.agreement("later")]).code(0);
    let left = place.json(&["suggest"]);
    let missed = left.as_array().unwrap().iter().filter(|s| s["suspicion"] == "missed-merge");
    assert!(missed.into_iter().all(|s| !s["one"]["tells"].as_str().unwrap().contains("agreement")), "{left}");
}

#[test]
fn leaders_and_pairs_are_explained() {
    let met = "# date: 2025-11-02\n\nLee and Wong meet\n\nSouth Korean President Lee Jae Myung met Singapore's Prime Minister \
        Lawrence Wong in Seoul on Sunday.\n";
    let met_too = "# date: 2025-11-03\n\nKorea and Singapore\n\nPresident Lee Jae-myung of South Korea met Singapore's Prime \
        Minister Lawrence Wong in Seoul on Sunday.\n";
    let place = Place::new(&[("one", met), ("two", met_too)]);
    place
        .entente(&["explain", "Lee Jae Myung"])
        .assert()
        .code(0)
        .stdout(contains("KOR head-of-state"))
        .stdout(contains("as “Lee Jae-myung” in two"))
        .stdout(contains("one person: "))
        .stdout(contains("the same event: "));
    for id in ["KOR-SGP", "SGP-KOR", "kor-sgp", "dyad/KOR-SGP", "https://w3id.org/entente/id/dyad/KOR-SGP"] {
        place
            .entente(&["explain", id])
            .assert()
            .code(0)
            .stdout(contains("KOR – SGP: meeting, 1 event(s) in 2 article(s)"))
            .stdout(contains("entente dyad KOR SGP"));
    }
    for (id, told) in [
        ("KOR-XXX", "no country or organization is called `XXX`"),
        ("KOR-KOR", "`KOR` and `KOR` are both KOR"),
        ("kor-per", "nothing that KOR and PER have in common"),
    ] {
        place.entente(&["explain", id]).assert().code(1).stderr(contains(told));
    }
    // The words are marked where colors can be seen.
    let mut command = place.entente(&["explain", "one", "--color", "always"]);
    command.env_remove("NO_COLOR").assert().code(0).stdout(contains("\u{1b}[1m\u{1b}[4mSouth Korean"));
}

#[test]
fn a_name_that_somebody_gave_shows_everywhere_and_the_old_one_still_finds() {
    let met = "# date: 2025-11-02\n\nLee and Wong meet\n\nSouth Korean President Lee Jae Myung met Singapore's Prime Minister \
        Lawrence Wong in Seoul on Sunday.\n";
    let place = Place::new(&[("one", met)]);
    let iri = place.json(&["explain", "President Lee"])["person"]["iri"].as_str().unwrap().to_owned();
    place.curate(&["rename", &iri, "Lee J. M."]).code(0);
    for spelling in ["Lee J. M.", "Lee Jae-myung", "President Lee", "Lee"] {
        let told = place.json(&["explain", spelling]);
        assert_eq!((&told["person"]["iri"], &told["person"]["name"]), (&Value::from(&*iri), &"Lee J. M.".into()));
    }
    for args in [
        &["explain", "one"][..],
        &["dyad", "KOR", "SGP"],
        &["leader", "Lee J. M."],
        &["leader", "Lee Jae-myung"],
        &["export", "--view", "events", "--format", "csv"],
        &["export", "--view", "encounters", "--format", "graphml"],
        &["export", "--format", "turtle"],
        &["query", "leaders-of-country", "--set", "country=KOR"],
    ] {
        place.entente(args).assert().code(0).stdout(contains("Lee J. M."));
    }
    // Where two of the name are in the graph, both are told.
    let rome = "# date: 2025-11-02\n\nLee Hsien Loong in Rome\n\nSingapore's Senior Minister Lee Hsien Loong met Italian Prime \
        Minister Giorgia Meloni in Rome on Sunday.\n";
    let place = Place::new(&[("one", met), ("two", rome)]);
    let both = place.entente(&["explain", "Lee"]).assert().code(1);
    both.stdout(contains("Lee Jae Myung")).stdout(contains("Lee Hsien Loong"));
    let president = place.json(&["explain", "President Lee"]);
    assert_eq!(president["person"]["name"], "Lee Jae Myung");
}
