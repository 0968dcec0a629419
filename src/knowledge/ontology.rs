//! The Turtle files of `ontology/`, as shipped: the ontology, its shapes, the sectors, the acts.

use super::{acts, sectors};

/// Name and text of each file. The graph keeps all but the shapes beside its reference data; `check` runs the shapes.
pub const ONTOLOGY: [(&str, &str); 4] = [
    ("entente.ttl", include_str!("../../ontology/entente.ttl")),
    ("shapes.ttl", include_str!("../../ontology/shapes.ttl")),
    sectors::BUILTIN,
    acts::BUILTIN,
];

#[cfg(test)]
mod tests;
