//! The trained file: magic, feature hashes, weights as one signed byte each with a scale a row, lemma table.

use super::lemma::Lemmas;
use super::net::{Layout, Net};

const MAGIC: &[u8; 8] = b"ENTNLP01";

/// Why bytes are not a model.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ModelError {
    /// The first eight bytes are not the format's.
    #[error("not a model file of this version: it opens with {found:?} where {MAGIC:?} is due")]
    Magic {
        /// What the file opens with.
        found: Vec<u8>,
    },
    /// The file ends early.
    #[error("the model file ends at byte {at}, where {wanted} more bytes are due")]
    Short {
        /// Where reading stood.
        at: usize,
        /// Bytes missing from there.
        wanted: usize,
    },
    /// The lemma table is not UTF-8.
    #[error("the lemma table of the model file is not UTF-8")]
    Lemmas,
}

struct Reader<'b> {
    bytes: &'b [u8],
    at: usize,
}

impl<'b> Reader<'b> {
    fn take(&mut self, count: usize) -> Result<&'b [u8], ModelError> {
        let end = self.at.saturating_add(count);
        let part = self.bytes.get(self.at..end).ok_or(ModelError::Short { at: self.at, wanted: count })?;
        self.at = end;
        Ok(part)
    }

    fn word(&mut self) -> Result<u32, ModelError> {
        let b = self.take(4)?;
        Ok(u32::from_le_bytes([b[0], b[1], b[2], b[3]]))
    }
}

/// Reads a trained file.
pub(crate) fn decode(bytes: &[u8]) -> Result<(Net, Lemmas), ModelError> {
    let mut reader = Reader { bytes, at: 0 };
    let magic = bytes.get(..8).unwrap_or(bytes);
    if magic != MAGIC {
        return Err(ModelError::Magic { found: magic.to_vec() });
    }
    reader.take(8)?;
    let count = reader.word()? as usize;
    let keys = reader.take(count.saturating_mul(4))?;
    let keys: Vec<u32> = keys.chunks_exact(4).map(|b| u32::from_le_bytes([b[0], b[1], b[2], b[3]])).collect();
    let layout = Layout::new(keys.len() + 1 + super::features::FEATURES);
    let mut weights = vec![0.0f32; layout.len];
    for (range, width) in layout.matrices() {
        for row in weights[range].chunks_exact_mut(width) {
            let scale = f32::from_bits(reader.word()?);
            for (w, q) in row.iter_mut().zip(reader.take(width)?) {
                *w = f32::from(*q as i8) * scale;
            }
        }
    }
    let length = reader.word()? as usize;
    let table = std::str::from_utf8(reader.take(length)?).map_err(|_| ModelError::Lemmas)?;
    Ok((Net::new(keys, weights), Lemmas::parse(table)))
}

/// Writes a trained file; weights are rounded to 255 steps of each row's largest.
pub(crate) fn encode(net: &Net, lemmas: &str) -> Vec<u8> {
    let mut out = MAGIC.to_vec();
    out.extend((net.keys.len() as u32).to_le_bytes());
    out.extend(net.keys.iter().flat_map(|k| k.to_le_bytes()));
    for (range, width) in net.at.matrices() {
        for row in net.w[range].chunks_exact(width) {
            let scale = row.iter().fold(0.0f32, |m, w| m.max(w.abs())) / 127.0;
            out.extend(scale.to_bits().to_le_bytes());
            let step = if scale > 0.0 { 1.0 / scale } else { 0.0 };
            out.extend(row.iter().map(|w| (w * step).round().clamp(-127.0, 127.0) as i8 as u8));
        }
    }
    out.extend((lemmas.len() as u32).to_le_bytes());
    out.extend(lemmas.as_bytes());
    out
}
