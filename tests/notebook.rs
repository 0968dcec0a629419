//! `examples/notebook`: its script runs on the seed articles and draws its figures, and the notebook has the script's cells.
//!
//! `UPDATE_NOTEBOOK=1` runs the cells and rewrites the notebook (with a Python that also has nbclient and ipykernel).

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod python;

use python::{engine, python};
use std::path::PathBuf;
use std::process::{Command, Output};
use tempfile::TempDir;

fn at(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("examples/notebook").join(name)
}

/// What Python prints, with the program at hand and a folder for the figures.
#[track_caller]
fn run(command: &mut Command, figures: &TempDir) -> String {
    let command = command
        .current_dir(at(""))
        .env("ENTENTE", env!("CARGO_BIN_EXE_entente"))
        .env("FIGURES", figures.path())
        .env("MPLCONFIGDIR", figures.path());
    let Output { status, stdout, stderr } = command.output().unwrap();
    assert!(status.success(), "{}", String::from_utf8_lossy(&stderr));
    String::from_utf8(stdout).unwrap()
}

#[test]
fn the_script_runs_and_draws_its_figures() {
    let Some(python) = python("matplotlib, networkx, pandas, rdflib") else { return };
    let figures = TempDir::new().unwrap();
    let printed = run(Command::new(python).arg(at("ties.py")).env("MPLBACKEND", "Agg"), &figures);
    for words in [" events\n", " parties, ", " agreements in ", " events of North Korea and United States, mean tone "]
    {
        assert!(printed.contains(words), "{printed}");
    }
    for name in ["network.png", "agreements.png", "tone.png"] {
        let picture = std::fs::read(figures.path().join(name)).unwrap();
        assert!(picture.starts_with(b"\x89PNG") && picture.len() > 20_000, "{name}: {} bytes", picture.len());
    }
}

#[test]
fn the_notebook_has_the_cells_of_the_script_and_their_figures() {
    let Some(python) = python("json") else { return };
    let figures = TempDir::new().unwrap();
    let ask = |what: &str| {
        let mut command = Command::new(&python);
        command.arg(engine("notebook_engine.py")).arg(what).arg(at("ties.py")).arg(at("ties.ipynb"));
        run(&mut command, &figures)
    };
    if std::env::var_os("UPDATE_NOTEBOOK").is_some() {
        ask("write");
    }
    assert!(ask("check").ends_with(" cells, 3 figures\n"));
}
