//! The graph of `seeds/articles`, built by the program once for all tests.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::LazyLock;
use tempfile::TempDir;

static STORE: LazyLock<TempDir> = LazyLock::new(|| {
    let folder = TempDir::new().unwrap();
    let articles = root().join("seeds/articles");
    run(&["build", articles.to_str().unwrap(), "--quiet", "--store", folder.path().join("store").to_str().unwrap()]);
    folder
});

pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// A file of the repository.
pub(crate) fn file(name: &str) -> String {
    std::fs::read_to_string(root().join(name)).unwrap_or_else(|e| panic!("{name}: {e}"))
}

/// Where the store is.
pub(crate) fn store() -> PathBuf {
    STORE.path().join("store")
}

/// What `entente` prints, asked of the store.
#[track_caller]
pub(crate) fn asked(arguments: &[&str]) -> String {
    let store = store();
    let arguments: Vec<&str> = arguments.iter().copied().chain(["--store", store.to_str().unwrap()]).collect();
    run(&arguments)
}

/// What `entente` prints.
#[track_caller]
pub(crate) fn run(arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_entente")).args(arguments).output().unwrap();
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "entente {}: {errors}", arguments.join(" "));
    String::from_utf8(output.stdout).unwrap()
}
