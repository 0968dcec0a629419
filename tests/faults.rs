//! Faults of disks and files under a store: each is told with the way out, nothing panics, and what was stored before is there
//! when the fault is gone. Where a test needs what the machine does not give, it says so and passes.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]
#![allow(clippy::print_stderr, reason = "a test that cannot run says why")]

use assert_cmd::Command;
use predicates::str::contains;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Output, Stdio};
use std::sync::LazyLock;
use std::time::{Duration, Instant};

const SIGNED: &str = "# date: 2024-05-06\n\nKenya and Oman sign fisheries agreement\n\nThe foreign ministers of Kenya and Oman \
    signed an agreement on fisheries in Muscat on Monday.\n";
const CONDEMNED: &str = "# date: 2024-05-08\n\nPeru condemns Chile\n\nPeru condemned Chile on Wednesday.\n";
const PROGRAM: &str = env!("CARGO_BIN_EXE_entente");

/// A sound store of one article with its backup, and two articles to build; made once, never changed.
static SOUND: LazyLock<tempfile::TempDir> = LazyLock::new(|| {
    let dir = tempfile::tempdir().unwrap();
    let at = |name: &str| dir.path().join(name);
    fs::write(at("one.txt"), SIGNED).unwrap();
    fs::write(at("two.txt"), CONDEMNED).unwrap();
    entente(&at("a.store"), &["build", at("one.txt").to_str().unwrap()]).assert().code(0);
    entente(&at("a.store"), &["backup", at("a.tar.zst").to_str().unwrap()]).assert().code(0);
    dir
});

fn at(name: &str) -> String {
    SOUND.path().join(name).to_str().unwrap().to_owned()
}

fn entente(store: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(PROGRAM);
    command.args(args).arg("--store").arg(store).env_remove("ENTENTE_STORE").env("NO_COLOR", "1");
    command
}

/// A copy of the sound store, to be harmed.
fn copy() -> (tempfile::TempDir, PathBuf) {
    let dir = tempfile::tempdir().unwrap();
    let store = dir.path().join("b.store");
    copy_folder(Path::new(&at("a.store")), &store);
    (dir, store)
}

fn copy_folder(from: &Path, to: &Path) {
    fs::create_dir(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy_folder(&entry.path(), &target)
        } else {
            _ = fs::copy(entry.path(), target).unwrap()
        }
    }
}

fn nquads(store: &Path) -> Vec<u8> {
    entente(store, &["export", "--format", "nquads"]).assert().code(0).get_output().stdout.clone()
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
fn a_store_of_another_version_is_told_and_left_alone() {
    let (_dir, store) = copy();
    let marker = store.join("STORE");
    let own = fs::read_to_string(&marker).unwrap();
    let version: u32 = own.lines().nth(1).unwrap().trim_start_matches("format ").parse().unwrap();
    let (restore, newer) =
        ("hint: make a store that this program reads of it", "hint: open it with that version of entente");
    for (other, whose, way_out) in
        [(version - 1, "by an older version", restore), (version + 1, "by a newer version", newer)]
    {
        fs::write(&marker, own.replace(&format!("format {version}"), &format!("format {other}"))).unwrap();
        for args in [&["stats"][..], &["check"], &["forget", "one"], &["build", &at("two.txt")], &["backup", "-"]] {
            entente(&store, args)
                .assert()
                .code(2)
                .stderr(contains(format!("is written in format {other}")))
                .stderr(contains(whose))
                .stderr(contains(way_out));
        }
    }
    fs::write(&marker, own).unwrap();
    assert!(nquads(&store) == nquads(Path::new(&at("a.store"))));
}

/// The files that hold the graph, the heaviest first, and those that name them.
fn graph_files(store: &Path) -> Vec<PathBuf> {
    let folder = if cfg!(feature = "persist") { store.join("rocksdb") } else { store.to_owned() };
    let mut files: Vec<(u64, PathBuf)> = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        if name.ends_with(".sst") || name.starts_with("MANIFEST") || name == "CURRENT" || name == "graph.nq" {
            files.push((fs::metadata(&path).unwrap().len(), path));
        }
    }
    assert!(!files.is_empty());
    files.sort_by_key(|(len, path)| (std::cmp::Reverse(*len), path.clone()));
    let named = |path: &Path| !path.to_str().unwrap().ends_with(".sst");
    let few = files.iter().filter(|(_, path)| !named(path)).take(2);
    few.chain(files.iter().filter(|(_, path)| named(path))).map(|(_, path)| path.clone()).collect()
}

#[test]
fn a_damaged_file_is_told_and_a_backup_helps() {
    let sound = nquads(Path::new(&at("a.store")));
    let files: Vec<PathBuf> = graph_files(Path::new(&at("a.store")));
    for file in files {
        let name = file.strip_prefix(at("a.store")).unwrap();
        for harm in ["cut", "overwritten", "gone"] {
            let (dir, store) = copy();
            let path = store.join(name);
            let mut bytes = fs::read(&path).unwrap();
            let half = bytes.len() / 2;
            match harm {
                "cut" => bytes.truncate(half),
                "overwritten" => bytes.iter_mut().skip(half).take(64).for_each(|byte| *byte = 0xff),
                _ if cfg!(not(feature = "persist")) => continue, // A store that was never flushed has none.
                _ => fs::remove_file(&path).unwrap(),
            }
            if harm != "gone" {
                fs::write(&path, bytes).unwrap();
            }
            for args in [&["export", "--format", "nquads"][..], &["build", &at("two.txt")], &["check"]] {
                let output = entente(&store, args).output().unwrap();
                let (told, what) = (said(&output), format!("{} {harm}: {args:?}", name.display()));
                assert!(!told.contains("panicked"), "{what}: {told}");
                // A page that nobody reads harms nobody, and is found when it is read.
                let unread =
                    harm == "overwritten" && output.status.success() && (args[0] != "export" || output.stdout == sound);
                let clear = output.status.code() == Some(2)
                    && told.contains("the store is damaged")
                    && told.contains("entente restore");
                assert!(unread || clear, "{what}: {:?}\n{told}", output.status);
            }
            fs::rename(&store, dir.path().join("damaged")).unwrap();
            entente(&store, &["restore", &at("a.tar.zst")]).assert().code(0);
            assert!(nquads(&store) == sound);
        }
    }
}

#[test]
fn of_two_programs_on_one_store_the_second_is_told() {
    let (_dir, store) = copy();
    let mut first = std::process::Command::new(PROGRAM)
        .args(["build", "-", "--store"])
        .arg(&store)
        .stdin(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut input = first.stdin.take().unwrap();
    let marker = fs::File::open(store.join("STORE")).unwrap();
    let begun = Instant::now();
    while marker.try_lock_shared().is_ok() {
        marker.unlock().unwrap();
        assert!(begun.elapsed() < Duration::from_secs(60), "the first program did not take the store");
        std::thread::sleep(Duration::from_millis(20));
    }
    for args in [&["build", &at("two.txt")][..], &["stats"], &["backup", "-"], &["forget", "one"]] {
        entente(&store, args)
            .assert()
            .code(2)
            .stderr(contains("is in use by another program"))
            .stderr(contains("hint: wait until it has ended"));
    }
    input.write_all(CONDEMNED.as_bytes()).unwrap();
    drop(input);
    let output = first.wait_with_output().unwrap();
    assert!(output.status.success(), "{}", said(&output));
    entente(&store, &["build", &at("two.txt")]).assert().code(0);
    entente(&store, &["check"]).assert().code(0);
}

/// Runs a script in which `mount` concerns nobody else; nothing where the machine does not allow that.
#[cfg(target_os = "linux")]
fn with_mounts(script: &str, folder: &Path) -> Option<Output> {
    let run = |script: &str| {
        let mut command = std::process::Command::new("unshare");
        command.args(["--user", "--map-root-user", "--mount", "sh", "-euc", script]);
        command.env("ENTENTE", PROGRAM).env("ONE", at("one.txt")).env("TWO", at("two.txt")).env("DIR", folder);
        command.env_remove("ENTENTE_STORE").env("NO_COLOR", "1").output()
    };
    let mounted = run("mount -t tmpfs -o size=1m none \"$DIR\"");
    if !mounted.is_ok_and(|output| output.status.success()) {
        eprintln!("skipped: this machine lets no test mount a file system");
        return None;
    }
    Some(run(script).unwrap())
}

#[cfg(target_os = "linux")]
#[test]
fn a_store_on_a_read_only_disk_can_be_read() {
    let dir = tempfile::tempdir().unwrap();
    let script = r#"
        mount -t tmpfs -o size=256m none "$DIR"
        "$ENTENTE" build "$ONE" -q --store "$DIR/a.store"
        mount -o remount,ro "$DIR"
        "$ENTENTE" stats -q --store "$DIR/a.store" > /dev/null
        "$ENTENTE" check -q --store "$DIR/a.store" > /dev/null
        "$ENTENTE" backup - -q --store "$DIR/a.store" > /dev/null
        for command in "build $TWO" "forget one"; do
            code=0
            "$ENTENTE" $command --store "$DIR/a.store" || code=$?
            test $code = 2
        done
        code=0
        "$ENTENTE" build "$ONE" --store "$DIR/new.store" || code=$?
        test $code = 2
    "#;
    let Some(output) = with_mounts(script, dir.path()) else { return };
    let told = said(&output);
    assert!(output.status.success(), "{told}");
    assert_eq!(told.matches("Read-only file system").count(), 3, "{told}");
    assert_eq!(told.matches("hint: give this user the right to it").count(), 3, "{told}");
    assert!(!told.contains("panicked"), "{told}");
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_told_and_costs_nothing_that_was_stored() {
    let dir = tempfile::tempdir().unwrap();
    // The disk is filled but for some pages, then room is made.
    let script = r#"
        mount -t tmpfs -o size=256m none "$DIR"
        store="$DIR/a.store"
        "$ENTENTE" build "$ONE" -q --store "$store"
        "$ENTENTE" export --format nquads -q --store "$store" > "$DIR/before"
        for command in "build $TWO" "backup $DIR/a.tar.zst"; do
            # Again: RocksDB tidies up when it is opened.
            cat /dev/zero >> "$DIR/fill" 2> /dev/null || true
            truncate -s -32K "$DIR/fill"
            code=0
            "$ENTENTE" $command --store "$store" || code=$?
            test $code = 2
        done
        test ! -e "$DIR/a.tar.zst"
        rm "$DIR/fill"
        "$ENTENTE" forget two -q --store "$store" 2> /dev/null || true
        "$ENTENTE" check -q --store "$store" > /dev/null
        "$ENTENTE" export --format nquads -q --store "$store" | grep -v graph/runs > "$DIR/after"
        grep -v graph/runs "$DIR/before" | cmp - "$DIR/after"
        "$ENTENTE" build "$TWO" -q --store "$store"
        "$ENTENTE" check -q --store "$store" > /dev/null
    "#;
    let Some(output) = with_mounts(script, dir.path()) else { return };
    let told = said(&output);
    assert!(output.status.success(), "{told}");
    assert!(told.contains("the disk is full"), "{told}");
    assert!(told.matches("hint: make room").count() >= 2, "{told}");
    assert!(!told.contains("panicked"), "{told}");
}
