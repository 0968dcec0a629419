//! Python programs of `tests/engines`, run with the environment that `.ci/setup --gate` makes.

#![allow(dead_code, reason = "not every test needs every function")]

use serde_json::Value;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// The folder of the environment that the gate makes.
fn environment() -> PathBuf {
    let target = std::env::var("CARGO_TARGET_DIR").unwrap_or_else(|_| format!("{}/target", env!("CARGO_MANIFEST_DIR")));
    Path::new(&target).join("engines")
}

/// A Python that has these modules: that of `ENTENTE_PYTHON`, of the gate's environment, or the system's. Where there is
/// none, stderr says so, and what a test would do with it is skipped.
pub(crate) fn python(modules: &str) -> Option<String> {
    let named = std::env::var("ENTENTE_PYTHON").ok();
    let own = environment().join("bin/python3").display().to_string();
    let found = named.into_iter().chain([own, "python3".to_owned()]).find(|python| {
        let import = format!("import {modules}");
        let probe = Command::new(python).args(["-c", &import]).stderr(Stdio::null()).status();
        probe.is_ok_and(|status| status.success())
    });
    if found.is_none() {
        // The one place where a test may say something: that it did not run.
        let _ = writeln!(std::io::stderr(), "skipped: no Python with {modules} (`.ci/setup --gate` installs it)");
    }
    found
}

/// Hands a task to a program as JSON on stdin, and reads the answer from stdout.
#[track_caller]
pub(crate) fn ask(program: &str, arguments: &[&Path], task: &Value) -> Value {
    let mut child = Command::new(program)
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap_or_else(|e| panic!("{program}: {e}"));
    child.stdin.take().unwrap().write_all(task.to_string().as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success(), "{program} failed");
    serde_json::from_slice(&output.stdout).unwrap()
}

/// A program of `tests/engines`.
pub(crate) fn engine(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/engines").join(name)
}
