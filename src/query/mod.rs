//! The catalogue in `queries/`, parameters bound as values, result formats.
