//! petgraph projections of the graph and their exporters.
