//! What a backup says of itself: the head before everything else, and the manifest after it.

use super::error::BackupError;
use crate::graph::folder::{FORMAT_VERSION, OLDEST_FORMAT};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

/// Version of the layout of a backup that this program writes.
pub(super) const LAYOUT: u32 = 1;
/// What every backup says it is.
const KIND: &str = "entente backup";

/// The first entry: who wrote the backup, when, and what may read it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head {
    kind: String,
    /// Version of the layout of the backup.
    pub layout: u32,
    /// Format version of the store that was backed up.
    pub store_format: u32,
    /// Version of the program that wrote it.
    pub program: String,
    /// When, as `xsd:dateTime`.
    pub created: String,
}

/// One entry with a part of the store.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// Name of the entry.
    pub name: String,
    /// Its length.
    pub bytes: u64,
    /// SHA-256 of its content, in hexadecimal digits.
    pub sha256: String,
}

/// The last entry: what must have come before it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// The first entry once more.
    #[serde(flatten)]
    pub head: Head,
    /// Quads of all graphs.
    pub quads: u64,
    /// Articles that the graph knows.
    pub articles: u64,
    /// Articles whose text is kept.
    pub texts: u64,
    /// The entries between head and manifest, in their order.
    pub parts: Vec<Part>,
}

impl Head {
    /// That of a backup written by this program.
    pub(super) fn new(created: &str) -> Self {
        Self {
            kind: KIND.into(),
            layout: LAYOUT,
            store_format: FORMAT_VERSION,
            program: env!("CARGO_PKG_VERSION").into(),
            created: created.into(),
        }
    }

    /// Reads it, and refuses what this program cannot restore; of another format than its own only where `older` ones may be.
    pub(super) fn read(bytes: &[u8], older: bool) -> Result<Self, BackupError> {
        let value: serde_json::Value = serde_json::from_slice(bytes).unwrap_or_default();
        if value.get("kind").and_then(|kind| kind.as_str()) != Some(KIND) {
            return Err(BackupError::Foreign("its first entry is no head of a backup".into()));
        }
        // The versions first: the head of another version may have other fields.
        let number = |key: &str| value.get(key).and_then(serde_json::Value::as_u64);
        let (layout, store) = (number("layout"), number("store_format"));
        let oldest = if older { OLDEST_FORMAT } else { FORMAT_VERSION };
        let fits = store.is_some_and(|store| (u64::from(oldest)..=FORMAT_VERSION.into()).contains(&store));
        if layout != Some(LAYOUT.into()) || !fits {
            let program = value.get("program").and_then(|program| program.as_str()).unwrap_or("another version");
            let told = |n: Option<u64>| n.map_or_else(|| "?".to_owned(), |n| n.to_string());
            return Err(BackupError::Version {
                program: program.chars().take(40).collect(),
                found: format!("layout {} of store format {}", told(layout), told(store)),
                expected: format!("layout {LAYOUT} of store format {FORMAT_VERSION}"),
            });
        }
        serde_json::from_value(value).map_err(|e| BackupError::damaged("its head", e))
    }
}

impl Part {
    /// The entry of that name and content.
    pub(super) fn of(name: String, content: &[u8]) -> Self {
        let sha256 = Sha256::digest(content).iter().map(|byte| format!("{byte:02x}")).collect();
        Self { name, bytes: content.len() as u64, sha256 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn head(change: impl Fn(&mut Head)) -> Result<Head, BackupError> {
        let mut head = Head::new("2025-11-02T09:30:00Z");
        change(&mut head);
        Head::read(&serde_json::to_vec(&head).unwrap(), false)
    }

    #[test]
    fn a_head_comes_back_and_another_version_is_told() {
        assert_eq!(head(|_| {}).unwrap(), Head::new("2025-11-02T09:30:00Z"));
        let error = head(|head| (head.store_format, head.program) = (FORMAT_VERSION + 1, "9.1".into())).unwrap_err();
        assert!(error.to_string().contains("entente 9.1"), "{error}");
        assert!(error.hint().unwrap().contains("version of entente"), "{error}");
        assert!(matches!(head(|head| head.layout = 7), Err(BackupError::Version { .. })));
        assert!(matches!(head(|head| head.kind = "shopping".into()), Err(BackupError::Foreign(_))));
        assert!(matches!(Head::read(b"\xff{", false), Err(BackupError::Foreign(_))));
    }
}
