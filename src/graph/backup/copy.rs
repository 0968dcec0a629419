//! Another store, or a dump of one → a store.

use super::error::BackupError;
use super::restore::Restored;
use super::stage::Stage;
use crate::graph::error::StoreError;
use crate::graph::folder::Access;
use crate::graph::mint;
use crate::graph::store::{Store, value};
use crate::graph::vocab::{ent, graphs};
use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::Quad;
use std::io::Read;
use std::path::Path;

/// Quads that are written at once.
const AT_ONCE: usize = 50_000;

/// A copy of a store, in a stage beside the place.
pub(super) fn of_store(from: &Path, place: &Path) -> Result<(Stage, Restored), BackupError> {
    let (old, format) = Store::old(from)?;
    let stage = Stage::beside(place)?;
    let mut new = Store::at(&stage.folder, Access::Create)?;
    let quads = old.inner().iter().map(|quad| Ok(quad.map_err(|e| old.located(e.into()))?));
    write(&mut new, quads)?;
    let mut texts = 0;
    for id in old.article_ids()?.values() {
        if let Some(text) = old.text(id)? {
            new.keep_text(id, &text)?;
            texts += 1;
        }
    }
    let restored = finished(new, format, texts)?;
    Ok((stage, restored))
}

/// The store of a dump, which has no texts.
pub(super) fn of_dump(from: &mut dyn Read, place: &Path) -> Result<(Stage, Restored), BackupError> {
    let stage = Stage::beside(place)?;
    let mut new = Store::at(&stage.folder, Access::Create)?;
    let foreign =
        |why: String| BackupError::Foreign(format!("neither a backup nor a dump of a store as N-Quads ({why})"));
    let parsed = RdfParser::from_format(RdfFormat::NQuads).for_reader(from);
    write(&mut new, parsed.map(|quad| quad.map_err(|e| foreign(e.to_string()))))?;
    let told = new.quads(Some(mint::store().as_ref()), Some(ent::FORMAT_VERSION), None, Some(graphs::STORE))?;
    let format = told.first().and_then(|quad| value(&quad.object).parse().ok());
    let format = format.ok_or_else(|| foreign("it does not tell its format".into()))?;
    let restored = finished(new, format, 0)?;
    Ok((stage, restored))
}

fn write(store: &mut Store, quads: impl Iterator<Item = Result<Quad, BackupError>>) -> Result<(), BackupError> {
    let mut batch = Vec::new();
    for quad in quads {
        batch.push(quad?);
        if batch.len() >= AT_ONCE {
            store.change(&[], std::mem::take(&mut batch))?;
        }
    }
    Ok(store.change(&[], batch)?)
}

fn finished(mut store: Store, format: u32, texts: u64) -> Result<Restored, StoreError> {
    store.flush()?;
    let quads = store.inner().len().map_err(|e| store.located(e.into()))? as u64;
    let articles = store.article_ids()?.len() as u64;
    Ok(Restored { quads, articles, texts, created: None, format, anew: false })
}
