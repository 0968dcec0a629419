//! What follows from the articles is made anew: events, ties, the reference. So a store of an older format becomes one of this, and one
//! whose events are in doubt is made sound.

use crate::graph::error::StoreError;
use crate::graph::folder::Access;
use crate::graph::store::Store;
use crate::graph::vocab::{ent, graphs};
use crate::knowledge::Knowledge;
use std::path::Path;

/// Quads that are removed in one transaction.
const AT_ONCE: usize = 10_000;

/// Makes everything anew in the store of that folder but what articles say, what people decided, and the log.
pub(super) fn make(folder: &Path, knowledge: &Knowledge) -> Result<(), StoreError> {
    let mut store = Store::at(folder, Access::Write)?;
    store.touch();
    for graph in [graphs::EVENTS, graphs::TIES, graphs::REFERENCE, graphs::STORE] {
        store.inner().clear_graph(graph).map_err(|e| store.located(e.into()))?;
    }
    for settled in [ent::ASSERTS, ent::REJECTED_BY] {
        for quads in store.quads(None, Some(settled), None, None)?.chunks(AT_ONCE) {
            store.change_at_once(quads, &[])?;
        }
    }
    store.mark_format()?;
    // Notes that everything waits.
    store.refer(knowledge)?;
    store.settle()?;
    store.flush()
}
