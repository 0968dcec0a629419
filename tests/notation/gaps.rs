//! The list of cases known to fail, each with the lines that do not hold today:
//!
//! ```text
//! dates.md#Two weeks ago (hard)
//!   agreement: parties=GHA,JAM status=signed date=2025-03-06
//! ```
//!
//! A case that fails otherwise than listed fails its test; so does one that passes: the list only tells the truth.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

/// Sets off the rewriting of the lists.
pub(crate) const UPDATE: &str = "UPDATE_KNOWN_GAPS";

/// Case id → the lines that do not hold.
pub(crate) type Gaps = BTreeMap<String, Vec<String>>;

/// Reads a list; a missing file is an empty one.
pub(crate) fn read(path: &Path) -> Result<Gaps, String> {
    let text = match std::fs::read_to_string(path) {
        Ok(text) => text,
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => String::new(),
        Err(e) => return Err(format!("{}: {e}", path.display())),
    };
    let mut gaps = Gaps::new();
    let mut id = None;
    for (i, line) in text.lines().enumerate().filter(|(_, l)| !l.trim().is_empty() && !l.starts_with("# ")) {
        let fault = |what: &str| format!("{}:{}: {what}", path.display(), i + 1);
        if !line.starts_with(' ') {
            if gaps.insert(line.to_owned(), Vec::new()).is_some() {
                return Err(fault("listed twice"));
            }
            id = Some(line.to_owned());
        } else if let Some(broken) = id.as_ref().and_then(|id| gaps.get_mut(id)) {
            broken.push(line.trim().to_owned());
        } else {
            return Err(fault("a line that belongs to no case"));
        }
    }
    Ok(gaps)
}

/// Writes a list in the order given.
pub(crate) fn write<'g>(
    path: &Path,
    test: &str,
    gaps: impl Iterator<Item = (&'g str, &'g [String])>,
) -> std::io::Result<()> {
    let mut text = format!(
        "# Cases that fail today, each with the lines that do not hold. Written by\n# {UPDATE}=1 cargo test --release --test {test}\n"
    );
    for (id, broken) in gaps {
        let _ = writeln!(text, "\n{id}");
        for line in broken {
            let _ = writeln!(text, "  {line}");
        }
    }
    std::fs::write(path, text)
}

/// The verdict on a case: what does not hold today against what is listed.
pub(crate) fn verdict(listed: Option<&Vec<String>>, broken: &[String], file: &str, test: &str) -> Result<(), String> {
    let update = || format!("or, where that is as it should be: {UPDATE}=1 cargo test --release --test {test}");
    match listed {
        None if broken.is_empty() => Ok(()),
        None => Err(String::from("does not hold")),
        Some(_) if broken.is_empty() => Err(format!("now passes: remove it from {file} ({})", update())),
        Some(listed) if listed == broken => Ok(()),
        Some(listed) => {
            Err(format!("fails otherwise than {file} lists:\n    {}\n  ({})", listed.join("\n    "), update()))
        }
    }
}
