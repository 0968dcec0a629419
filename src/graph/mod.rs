//! `Facts` ↔ quads; the store; identity across articles. The only module that knows Oxigraph.

mod algebra;
pub mod sparql;
