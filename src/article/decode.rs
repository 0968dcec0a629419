//! Bytes in any encoding → clean UTF-8 text: byte order marks, declared and guessed encodings, line ends, control characters,
//! text that was decoded wrongly once before.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
use std::borrow::Cow;

/// The text of `bytes`, decoded and cleaned: see [`decode`] and [`clean`].
pub(super) fn text(bytes: &[u8], declared: Option<&'static Encoding>) -> String {
    clean(&decode(bytes, declared))
}

/// The text of `bytes`, decoded. `declared` is the encoding that a document names itself, believed only where the
/// bytes are no UTF-8. Never fails: what no encoding explains becomes U+FFFD.
pub(super) fn decode<'b>(bytes: &'b [u8], declared: Option<&'static Encoding>) -> Cow<'b, str> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return encoding.decode_without_bom_handling(&bytes[mark..]).0;
    }
    if let Some(encoding) = utf16_encoding(bytes) {
        return encoding.decode_without_bom_handling(bytes).0;
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => Cow::Borrowed(text),
        Err(_) if is_damaged_utf8(bytes) => UTF_8.decode_without_bom_handling(bytes).0,
        Err(_) => declared.filter(|e| *e != UTF_8).unwrap_or_else(|| guess(bytes)).decode_without_bom_handling(bytes).0,
    }
}

/// UTF-16 by its mark, or by every other byte being zero as in English text.
pub(super) fn utf16_encoding(bytes: &[u8]) -> Option<&'static Encoding> {
    match Encoding::for_bom(bytes) {
        Some((encoding, _)) => return (encoding != UTF_8).then_some(encoding),
        None if bytes.len() < 8 => return None,
        None => {}
    }
    let head = &bytes[..bytes.len().min(1024)];
    let zeros = |offset: usize| head.iter().skip(offset).step_by(2).filter(|b| **b == 0).count();
    let (even, odd, most) = (zeros(0), zeros(1), head.len() * 2 / 5);
    if odd > most && even < most / 8 {
        Some(UTF_16LE)
    } else if even > most && odd < most / 8 {
        Some(UTF_16BE)
    } else {
        None
    }
}

/// Whether the bytes are UTF-8 with some damage, not another encoding: more sound multi-byte characters than broken ones.
fn is_damaged_utf8(bytes: &[u8]) -> bool {
    let (mut sound, mut broken) = (0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        sound += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    sound > broken
}

fn guess(bytes: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    detector.guess(None, Utf8Detection::Deny)
}

/// Undoes the commonest accident of the web, UTF-8 read as Windows-1252 or Latin-1 ("Koreaâ€™s", "Ã©").
///
/// Only runs that are wholly a valid UTF-8 sequence for European letters or punctuation are turned, so that text that was
/// read rightly stays as it is.
fn mend(text: &str) -> Cow<'_, str> {
    if !text.contains(['Â', 'Ã', 'â', 'Ä', 'Å']) {
        return Cow::Borrowed(text);
    }
    let mut mended = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find(['Â', 'Ã', 'â', 'Ä', 'Å']) {
        mended.push_str(&rest[..start]);
        rest = &rest[start..];
        let (letter, length) = misread(rest).unwrap_or_else(|| {
            let c = rest.chars().next().unwrap_or_default();
            (c, c.len_utf8())
        });
        mended.push(letter);
        rest = &rest[length..];
    }
    mended.push_str(rest);
    Cow::Owned(mended)
}

/// The character that the first two or three characters of `text` are a misreading of, and their length in bytes.
fn misread(text: &str) -> Option<(char, usize)> {
    let count = if text.starts_with('â') { 3 } else { 2 };
    let mut bytes = Vec::with_capacity(count);
    let mut length = 0;
    for c in text.chars().take(count) {
        bytes.push(single_byte(c)?);
        length += c.len_utf8();
    }
    let meant = std::str::from_utf8(&bytes).ok()?.chars().next()?;
    matches!(meant, '\u{a0}'..='\u{17f}' | '\u{2000}'..='\u{206f}' | '\u{20a0}'..='\u{20bf}' | '\u{2122}')
        .then_some((meant, length))
}

/// The byte that Latin-1 or Windows-1252 gives the character.
fn single_byte(c: char) -> Option<u8> {
    if let Ok(byte @ 0x80..=0xff) = u8::try_from(u32::from(c)) {
        return Some(byte);
    }
    let mut buffer = [0; 4];
    let (bytes, _, failed) = WINDOWS_1252.encode(c.encode_utf8(&mut buffer));
    match (bytes.as_ref(), failed) {
        ([byte @ 0x80..=0xff], false) => Some(*byte),
        _ => None,
    }
}

/// One kind of line end, no control characters but it and the tab, and what was misread before mended.
pub(super) fn clean(text: &str) -> String {
    let text = mend(text);
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\r' if chars.peek() == Some(&'\n') => {}
            '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => out.push('\n'),
            '\n' | '\t' => out.push(c),
            '\u{feff}' | '\0' => {}
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

/// The encoding that an HTML page names in its first 2 KiB.
pub(super) fn declared_in_html(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(2048)]).to_ascii_lowercase();
    let (_, after) = head.split_once("charset=")?;
    let label: String = after
        .trim_start_matches(['"', '\'', ' '])
        .chars()
        .take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | ':' | '.'))
        .collect();
    Encoding::for_label(label.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_usual_encoding_is_read() {
        let text_of = |bytes: &[u8]| text(bytes, None);
        let expected = "Peña Nieto met Löfven – “fine”";
        assert_eq!(text_of(expected.as_bytes()), expected);
        assert_eq!(text_of(&[b"\xef\xbb\xbf", expected.as_bytes()].concat()), expected);
        assert_eq!(text_of(&WINDOWS_1252.encode(expected).0), expected);
        let utf16: Vec<u8> = expected.encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(text_of(&[b"\xff\xfe", utf16.as_slice()].concat()), expected);
        assert_eq!(text_of(&utf16), expected);
        let big: Vec<u8> = expected.encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert_eq!(text_of(&[b"\xfe\xff", big.as_slice()].concat()), expected);
    }

    #[test]
    fn damaged_utf8_keeps_what_is_sound() {
        assert_eq!(text("café — a".as_bytes().split_last().unwrap().1, None), "café — ");
        assert_eq!(text(b"caf\xc3\xa9 \xe2\x80\x94 \xe2\x80 x", None), "café — \u{fffd} x");
    }

    #[test]
    fn text_misread_once_is_mended_and_sound_text_is_not() {
        assert_eq!(mend("Koreaâ€™s cafÃ© Australiaâ\u{80}\u{93}Indonesia â‚¬5"), "Korea’s café Australia–Indonesia €5");
        for sound in ["âge d'or", "São Tomé and Príncipe", "Ängelholm", "PAÍS Â", "Åland"] {
            assert_eq!(mend(sound), sound);
        }
    }

    #[test]
    fn line_ends_are_one_kind_and_controls_are_gone() {
        assert_eq!(clean("a\r\nb\rc\u{2028}d\0e\u{7}f\tg\u{feff}"), "a\nb\nc\nde f\tg");
    }

    #[test]
    fn a_page_names_its_encoding() {
        let page = b"<html><head><meta charset=\"windows-1251\">";
        assert_eq!(declared_in_html(page).map(Encoding::name), Some("windows-1251"));
        assert_eq!(declared_in_html(b"<html>"), None);
    }
}
