//! Tells text from files of other kinds by their first bytes.

/// Openings of files that hold no plain text, with names that people know.
const OPENINGS: &[(&[u8], &str)] = &[
    (b"\x7fELF", "an ELF program"),
    (b"MZ", "a Windows program"),
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"RIFF", "a RIFF file: WebP, WAV or AVI"),
    (b"%PDF-", "a PDF document"),
    (b"{\\rtf", "an RTF document"),
    (b"PK\x03\x04", "a ZIP archive, or an office document"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"Rar!", "a RAR archive"),
    (b"BZh", "a bzip2 file"),
    (b"\x1f\x8b", "a file compressed twice"),
    (b"SQLite format 3", "an SQLite database"),
    (b"PAR1", "a Parquet table"),
    (b"OggS", "an Ogg file"),
    (b"ID3", "an MP3 file"),
    (b"\xca\xfe\xba\xbe", "a Java class or macOS program"),
    (b"\0asm", "a WebAssembly module"),
];

/// What a stream is, where its first bytes show that it is not text.
pub(super) fn foreign_format(head: &[u8]) -> Option<&'static str> {
    // "MZ" and "RIFF" may open a text as well; a program or a song has control characters soon after.
    let known = OPENINGS.iter().find(|(opening, _)| head.starts_with(opening));
    if let Some((opening, name)) = known
        && (opening.iter().any(|b| !b.is_ascii_graphic()) || opening.len() > 4 || has_controls(head, 2))
    {
        return Some(name);
    }
    if super::decode::utf16_encoding(head).is_some() {
        return None;
    }
    // A tar archive opens with a file name and has its mark at byte 257.
    if head.get(257..262) == Some(b"ustar") {
        return Some("a tar archive");
    }
    has_controls(head, head.len() / 50 + 2).then_some("binary data")
}

/// Whether more than `most` bytes are control characters that texts do not hold.
fn has_controls(head: &[u8], most: usize) -> bool {
    let is_control = |b: &&u8| matches!(b, 0..=8 | 14..=26 | 28..=31 | 127);
    head.iter().filter(is_control).count() > most
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn programs_and_pictures_are_known_and_texts_are_left_alone() {
        assert_eq!(foreign_format(b"\x7fELF\x02\x01\x01\0\0\0"), Some("an ELF program"));
        assert_eq!(foreign_format(b"%PDF-1.7\n"), Some("a PDF document"));
        assert_eq!(foreign_format(&[0u8; 100]), Some("binary data"));
        assert_eq!(foreign_format(b"MZ Corp said it would sell its stake"), None);
        assert_eq!(foreign_format("Minister\u{0} met\n".as_bytes()), None);
        assert_eq!(foreign_format(b"\xff\xfeh\0i\0"), None);
        assert_eq!(foreign_format(b""), None);
    }
}
