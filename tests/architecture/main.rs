//! The design as a test: which module may use which, who may know which library, and what the pure part may not touch.
//!
//! Every source file is read as Rust tokens (so that comments and strings do not count), its paths are resolved against
//! the module it stands in, and each path that breaks a rule is reported as `file:line`.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod paths;

use paths::{Use, uses};
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

/// The modules in order: each uses only itself and those before it.
const ORDER: [&str; 14] = [
    "text",
    "article",
    "knowledge",
    "nlp",
    "extract",
    "resolve",
    "facts",
    "evaluate",
    "graph",
    "query",
    "view",
    "server",
    "cli",
    "main",
];

/// Modules that do not know each other, although the order would allow it: what the first may not use, and why.
const STRANGERS: [(&str, &str, &str); 4] = [
    ("nlp", "knowledge", "nlp knows English, no politics"),
    ("nlp", "article", "nlp reads text, whatever it comes from"),
    ("knowledge", "article", "knowledge is the same for every article"),
    ("cli", "server", "the two are siblings; only `serve` starts the server"),
];

/// Files that a rule of [`STRANGERS`] lets through.
const ACQUAINTED: [(&str, &str); 1] = [("src/cli/serve.rs", "server")];

/// Libraries that only these modules know.
const LIBRARIES: [(&str, &[&str]); 8] = [
    ("oxigraph", &["graph"]),
    ("oxrocksdb_sys", &[]),
    ("petgraph", &["view"]),
    ("rustworkx_core", &["view"]),
    ("clap", &["cli"]),
    ("anyhow", &["cli"]),
    ("indicatif", &["cli"]),
    ("ureq", &["cli"]),
];

/// From article to facts: a function of its arguments.
const PURE: [&str; 7] = ["text", "article", "knowledge", "nlp", "extract", "resolve", "facts"];

/// What a pure module may not name: a path that begins so.
const IMPURE: [&str; 16] = [
    "std::fs",
    "std::env",
    "std::net",
    "std::process",
    "std::thread",
    "std::time::Instant",
    "std::time::SystemTime",
    "std::io::stdin",
    "std::io::stdout",
    "std::io::stderr",
    "std::hash::RandomState",
    "chrono::Local",
    "chrono::Utc",
    "rand",
    "getrandom",
    "tokio",
];

/// The border: who may touch what after all, and for what.
const BORDER: [(&str, &[&str]); 2] = [
    // The readers open files and stdin.
    ("article", &["std::fs", "std::io::stdin"]),
    // `--knowledge DIR` overlays the built-in files.
    ("knowledge", &["std::fs"]),
];

/// One source file: where it is, the path of its module (`["graph", "store"]`), what it uses.
struct Source {
    file: String,
    module: Vec<String>,
    uses: Vec<Use>,
}

impl Source {
    /// The module of the table that it belongs to; empty for the crate's root.
    fn top(&self) -> &str {
        self.module.first().map_or("", String::as_str)
    }

    fn at(&self, line: usize) -> String {
        format!("{}:{line}", self.file)
    }
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Every `.rs` file below a folder, sorted.
fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(next) = folders.pop() {
        for entry in std::fs::read_dir(&next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|e| e == "rs") {
                files.push(path);
            }
        }
    }
    files.sort();
    files
}

/// `src/graph/store.rs` → `["graph", "store"]`; `mod.rs` and `lib.rs` stand for the folder they lie in.
fn module_of(path: &Path) -> Vec<String> {
    let mut module: Vec<String> =
        path.with_extension("").components().skip(1).map(|c| c.as_os_str().to_string_lossy().into_owned()).collect();
    if module.last().is_some_and(|last| last == "mod" || last == "lib") {
        module.pop();
    }
    module
}

fn sources() -> Vec<Source> {
    let read = |path: PathBuf| {
        let relative = path.strip_prefix(root()).unwrap();
        let file = relative.to_string_lossy().replace('\\', "/");
        let module = module_of(relative);
        let text = std::fs::read_to_string(&path).unwrap();
        let uses = uses(&text, &module).unwrap_or_else(|e| panic!("{file}: {e}"));
        Source { file, module, uses }
    };
    rust_files(&root().join("src")).into_iter().map(read).collect()
}

/// Fails with one line a finding.
#[track_caller]
fn check_none(findings: &[String], rule: &str) {
    let mut list = String::new();
    for finding in findings {
        let _ = write!(list, "\n  {finding}");
    }
    assert!(findings.is_empty(), "{rule}:{list}");
}

/// The place of a module in the order.
fn rank(module: &str) -> Option<usize> {
    ORDER.iter().position(|m| *m == module)
}

/// What is wrong with `from` using `target`, if anything.
fn breach(file: &str, from: &str, target: &str) -> Option<String> {
    if from == target || from.is_empty() {
        return None;
    }
    let Some(place) = rank(target) else {
        return Some(format!("`{target}` has no place in the order of the modules"));
    };
    if rank(from).is_none_or(|own| place > own) {
        return Some(format!("`{from}` uses `{target}`, which stands below it"));
    }
    let stranger = STRANGERS.iter().find(|(a, b, _)| *a == from && *b == target)?;
    let acquainted = ACQUAINTED.contains(&(file, target));
    (!acquainted).then(|| format!("`{from}` uses `{target}`: {}", stranger.2))
}

#[test]
fn each_module_uses_only_those_above_it() {
    let mut findings = Vec::new();
    for source in sources() {
        for used in &source.uses {
            let [head, target, ..] = used.path.as_slice() else { continue };
            if head == "crate" && target == "*" {
                findings.push(format!("{}: `crate::*` hides what is used", source.at(used.line)));
            } else if head == "crate"
                && let Some(what) = breach(&source.file, source.top(), target)
            {
                findings.push(format!("{}: {what}", source.at(used.line)));
            }
        }
    }
    check_none(&findings, "the order of the modules is broken");
}

#[test]
fn the_root_declares_the_modules_in_their_order() {
    let text = std::fs::read_to_string(root().join("src/lib.rs")).unwrap();
    let declared: Vec<&str> =
        text.lines().filter_map(|l| l.trim().strip_prefix("pub mod ")?.strip_suffix(';')).collect();
    let known: Vec<&str> = ORDER.into_iter().filter(|m| declared.contains(m)).collect();
    assert_eq!(declared, known, "src/lib.rs does not follow the order of the design");
    let folders: BTreeSet<String> = sources().iter().map(|s| s.top().to_owned()).filter(|t| !t.is_empty()).collect();
    let strays: Vec<String> = folders.into_iter().filter(|f| rank(f).is_none()).collect();
    check_none(&strays, "modules that have no place in the order");
}

#[test]
fn each_library_is_known_where_it_belongs() {
    let mut findings = Vec::new();
    for source in sources() {
        for used in source.uses.iter().filter(|u| !u.in_test) {
            let known = LIBRARIES.iter().find(|(library, _)| used.path.first().is_some_and(|head| head == library));
            if let Some((library, modules)) = known
                && !modules.contains(&source.top())
            {
                findings.push(format!(
                    "{}: `{library}` is known to {} alone",
                    source.at(used.line),
                    modules.join(", ")
                ));
            }
        }
    }
    check_none(&findings, "a library is used outside its module");
}

#[test]
fn from_article_to_facts_there_is_no_world_outside() {
    let mut findings = Vec::new();
    for source in sources().iter().filter(|s| PURE.contains(&s.top())) {
        let allowed = BORDER.iter().find(|(module, _)| *module == source.top()).map_or(&[][..], |(_, what)| what);
        for used in source.uses.iter().filter(|u| !u.in_test) {
            let path = used.path.join("::");
            let names = |begin: &&&str| path == **begin || path.starts_with(&format!("{begin}::"));
            let impure = IMPURE.iter().find(|begin| names(begin) && !allowed.contains(*begin));
            if impure.is_some() || path == "async" {
                findings.push(format!("{}: `{path}`", source.at(used.line)));
            }
        }
    }
    check_none(&findings, "a pure module reaches outside (arguments bring in files, time and chance)");
}

#[test]
fn a_breach_is_told() {
    let told = |file, from, target| breach(file, from, target).unwrap_or_default();
    assert_eq!(told("src/text.rs", "text", "cli"), "`text` uses `cli`, which stands below it");
    assert_eq!(told("src/nlp/mod.rs", "nlp", "knowledge"), "`nlp` uses `knowledge`: nlp knows English, no politics");
    assert_eq!(told("src/query/mod.rs", "query", "helpers"), "`helpers` has no place in the order of the modules");
    assert!(told("src/cli/build.rs", "cli", "server").contains("siblings"));
    assert_eq!(told("src/cli/serve.rs", "cli", "server"), "");
    assert_eq!(told("src/graph/store.rs", "graph", "facts"), "");
}
