//! The sheet of a sample: tab-separated rows, in and out.

use crate::cli::hint::Hint as _;
use crate::evaluate::audit::verdicts::Row;
use anyhow::Context as _;
use std::path::Path;

/// Reads a sheet.
pub(super) fn read(path: &Path) -> anyhow::Result<Vec<Row>> {
    let cannot = || format!("cannot read {}", path.display());
    let mut reader = csv::ReaderBuilder::new().delimiter(b'\t').flexible(true).from_path(path).with_context(cannot)?;
    let known = reader.headers().with_context(cannot)?.iter().any(|name| name == "verdict");
    if !known {
        return Err(anyhow::anyhow!("{}: no column is named `verdict`", path.display()))
            .hint("a sheet is what `entente audit sample` writes, tab-separated, with its first line");
    }
    reader.deserialize().collect::<Result<_, _>>().with_context(cannot)
}

/// The sheet as text.
pub(super) fn text(rows: &[Row]) -> anyhow::Result<String> {
    let mut writer = csv::WriterBuilder::new().delimiter(b'\t').from_writer(Vec::new());
    for row in rows {
        writer.serialize(row)?;
    }
    if rows.is_empty() {
        writer.serialize(Row::default())?;
        let header = String::from_utf8(writer.into_inner()?)?;
        return Ok(header.lines().next().unwrap_or_default().to_owned() + "\n");
    }
    Ok(String::from_utf8(writer.into_inner()?)?)
}

/// Writes the sheet, but never over one that somebody has judged, nor over a file that is no sheet.
pub(super) fn write(path: &Path, text: &str) -> anyhow::Result<()> {
    let filled = path.metadata().is_ok_and(|m| m.is_file() && m.len() > 0);
    let judged = if filled {
        let rows = read(path).hint("a file that is no sheet is left as it is: name another one with --output")?;
        rows.iter().filter(|r| !r.verdict.is_empty()).count()
    } else {
        0
    };
    if judged > 0 {
        return Err(anyhow::anyhow!("{} holds {judged} verdict(s) and is left as it is", path.display()))
            .hint("name another file, and take the verdicts over with --judged");
    }
    std::fs::write(path, text).with_context(|| format!("cannot write {}", path.display()))
}
