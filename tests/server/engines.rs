//! Clients that others wrote: rdflib's SPARQLStore, SPARQLWrapper, curl.

use super::world::reader;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

/// What the test says where it cannot run.
fn skip(why: &str) {
    let _ = writeln!(std::io::stderr(), "skipped: {why}");
}

/// A Python that has a package: of `ENTENTE_PYTHON`, of the environment that `.ci/setup --gate` makes, or the system's.
fn python(package: &str) -> Option<String> {
    let root = env!("CARGO_MANIFEST_DIR");
    let target = std::env::var("CARGO_TARGET_DIR").unwrap_or_else(|_| format!("{root}/target"));
    let named = std::env::var("ENTENTE_PYTHON").ok();
    let candidates = named.into_iter().chain([format!("{target}/engines/bin/python3"), "python3".to_owned()]);
    candidates.into_iter().find(|python| {
        let probe = Command::new(python).args(["-c", &format!("import {package}")]).stderr(Stdio::null()).status();
        probe.is_ok_and(|status| status.success())
    })
}

fn check_python(package: &str, script: &str) {
    let Some(python) = python(package) else {
        return skip(&format!("no Python with {package} (`.ci/setup --gate` installs it)"));
    };
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/engines").join(script);
    let done = Command::new(python).arg(script).arg(format!("http://{}", reader())).output().unwrap();
    let said = String::from_utf8_lossy(&done.stderr).into_owned();
    assert!(done.status.success(), "{said}");
    assert_eq!(String::from_utf8_lossy(&done.stdout).trim(), "ok", "{said}");
}

#[test]
fn rdflib_reads_the_endpoint() {
    check_python("rdflib", "rdflib_client.py");
}

#[test]
fn sparqlwrapper_reads_the_endpoint() {
    check_python("SPARQLWrapper", "sparqlwrapper_client.py");
}

#[test]
fn curl_reads_the_endpoint() {
    let endpoint = format!("http://{}/sparql", reader());
    let query = "query=SELECT (COUNT(*) AS ?n) { ?s a ent:Agreement }";
    for how in [&["--get"][..], &[]] {
        let curl = Command::new("curl")
            .args(["--silent", "--show-error", "--fail", "--header", "Accept: text/csv", "--data-urlencode", query])
            .args(how)
            .arg(&endpoint)
            .output();
        let Ok(done) = curl else { return skip("no curl") };
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
        let text = String::from_utf8_lossy(&done.stdout).into_owned();
        let count: u64 =
            text.trim().lines().nth(1).unwrap_or_default().parse().unwrap_or_else(|e| panic!("{e}: {text}"));
        assert!(count > 3, "{text}");
    }
}
