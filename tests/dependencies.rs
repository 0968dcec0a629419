//! Every direct dependency has its reason in docs/dependencies.md, and nothing else stands there.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::BTreeSet;
use std::path::Path;

fn read(file: &str) -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(file)).unwrap()
}

/// The rows of a table: what stands in backticks, and the reason.
fn rows(text: &str) -> Vec<(String, String)> {
    let row = |line: &str| {
        let mut cells = line.trim_matches('|').split('|').map(str::trim);
        let name = cells.next()?.strip_prefix('`')?.strip_suffix('`')?.to_owned();
        Some((name, cells.next()?.to_owned()))
    };
    text.lines().filter_map(row).collect()
}

#[test]
fn every_dependency_has_a_reason() {
    let manifest: toml::Table = read("Cargo.toml").parse().unwrap();
    let document = read("docs/dependencies.md");
    let (program, tests) = document.split_once("Only for tests:").unwrap();
    for (section, text) in [("dependencies", program), ("dev-dependencies", tests)] {
        let used: BTreeSet<String> = manifest[section].as_table().unwrap().keys().cloned().collect();
        let rows = rows(text);
        let told: BTreeSet<String> = rows.iter().map(|(name, _)| name.clone()).collect();
        assert_eq!(told.len(), rows.len(), "{section}: a crate stands there twice");
        let missing: Vec<_> = used.difference(&told).collect();
        let gone: Vec<_> = told.difference(&used).collect();
        assert!(
            missing.is_empty() && gone.is_empty(),
            "{section}: no reason for {missing:?}; no longer used: {gone:?}"
        );
        let idle: Vec<_> = rows.iter().filter(|(_, reason)| reason.split(' ').count() < 2).collect();
        assert!(idle.is_empty(), "no reason: {idle:?}");
    }
}
