//! `Document` + `Knowledge` → mentions and candidate relations with their derivation. Knows no store.
