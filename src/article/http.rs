//! An HTTP response as archives keep it: what its header says of the page, and the page behind chunks and compression.

use encoding_rs::Encoding;
use flate2::read::{MultiGzDecoder, ZlibDecoder};
use std::borrow::Cow;
use std::io::Read;

/// The header of a response.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Head {
    status: u16,
    media_type: String,
    charset: Option<String>,
    chunked: bool,
    compression: Option<String>,
    /// Its length in bytes, with the empty line.
    pub(super) length: usize,
}

impl Head {
    /// The header that `block` opens with; `None` where there is none.
    pub(super) fn read(block: &[u8]) -> Option<Self> {
        let rest = block.strip_prefix(b"HTTP/")?;
        let status = rest.split(|b| *b == b' ').nth(1)?.get(..3)?;
        let mut head = Self { status: std::str::from_utf8(status).ok()?.parse().ok()?, ..Self::default() };
        head.length = end_of_head(block)?;
        for (name, value) in fields(&block[..head.length]) {
            match name.as_str() {
                "content-type" => head.take_type(&value),
                "transfer-encoding" => head.chunked = value.to_ascii_lowercase().contains("chunked"),
                "content-encoding" => head.compression = Some(value.to_ascii_lowercase()).filter(|v| v != "identity"),
                _ => {}
            }
        }
        Some(head)
    }

    fn take_type(&mut self, value: &str) {
        let mut parts = value.split(';').map(str::trim);
        self.media_type = parts.next().unwrap_or_default().to_ascii_lowercase();
        self.charset = parts.find_map(|part| {
            let (name, label) = part.split_once('=')?;
            name.trim().eq_ignore_ascii_case("charset").then(|| label.trim_matches(['"', '\'', ' ']).to_owned())
        });
    }

    /// Whether what follows is a page.
    pub(super) fn is_page(&self) -> bool {
        self.status == 200 && matches!(self.media_type.as_str(), "text/html" | "application/xhtml+xml")
    }

    /// The encoding that the server names.
    pub(super) fn encoding(&self) -> Option<&'static Encoding> {
        Encoding::for_label(self.charset.as_deref()?.as_bytes())
    }

    /// The page in the body of a response, of at most `limit` bytes: without chunks, decompressed. Crawlers often keep the
    /// server's header over a body that they have unpacked; a body that is not what the header says is taken as it is.
    /// `None` for a compression that is not known, or a page that is too long.
    pub(super) fn page<'b>(&self, body: &'b [u8], limit: usize) -> Option<Cow<'b, [u8]>> {
        let whole =
            if self.chunked { unchunk(body).map_or(Cow::Borrowed(body), Cow::Owned) } else { Cow::Borrowed(body) };
        let mut page = Vec::new();
        let most = limit as u64 + 1;
        let unpacked = match (self.compression.as_deref(), &whole[..]) {
            (Some("gzip" | "x-gzip"), [0x1f, 0x8b, ..]) => {
                MultiGzDecoder::new(&whole[..]).take(most).read_to_end(&mut page)
            }
            (Some("deflate"), [0x78, ..]) => ZlibDecoder::new(&whole[..]).take(most).read_to_end(&mut page),
            (Some("br" | "zstd"), bytes) if !looks_like_text(bytes) => return None,
            _ => return Some(whole),
        };
        // A page that was cut by the crawler is read as far as it goes.
        (page.len() <= limit && (unpacked.is_ok() || !page.is_empty())).then_some(Cow::Owned(page))
    }
}

/// Lower-case names and values of a header's lines; a line that opens with white space goes on with the one before.
pub(super) fn fields(head: &[u8]) -> Vec<(String, String)> {
    let mut fields: Vec<(String, String)> = Vec::new();
    for line in head.split(|b| *b == b'\n') {
        let text = String::from_utf8_lossy(line);
        match (text.starts_with([' ', '\t']), text.split_once(':'), fields.last_mut()) {
            (true, _, Some((_, value))) => {
                value.push(' ');
                value.push_str(text.trim());
            }
            (false, Some((name, value)), _) => fields.push((name.trim().to_ascii_lowercase(), value.trim().to_owned())),
            _ => {}
        }
    }
    fields
}

/// Where the empty line behind a header ends.
fn end_of_head(block: &[u8]) -> Option<usize> {
    let mut at = 0;
    for line in block.split_inclusive(|b| *b == b'\n') {
        at += line.len();
        if line.trim_ascii().is_empty() && line.ends_with(b"\n") {
            return Some(at);
        }
    }
    None
}

/// The content of chunks; what is there where the last is missing, `None` where there are none.
fn unchunk(body: &[u8]) -> Option<Vec<u8>> {
    let mut page = Vec::with_capacity(body.len());
    let mut rest = body;
    while let Some(end) = memchr::memchr(b'\n', &rest[..rest.len().min(64)]) {
        let size = std::str::from_utf8(&rest[..end]).ok()?.split(';').next()?.trim();
        let size = usize::from_str_radix(size, 16).ok()?;
        rest = &rest[end + 1..];
        let chunk = &rest[..size.min(rest.len())];
        page.extend_from_slice(chunk);
        rest = &rest[chunk.len()..];
        if size == 0 {
            break;
        }
        rest = rest.strip_prefix(b"\r\n").or_else(|| rest.strip_prefix(b"\n")).unwrap_or(rest);
    }
    (!page.is_empty()).then_some(page)
}

fn looks_like_text(bytes: &[u8]) -> bool {
    bytes.trim_ascii_start().first() == Some(&b'<')
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write as _;

    fn head(lines: &str) -> Head {
        Head::read(format!("HTTP/1.1 200 OK\r\n{lines}\r\n\r\n").as_bytes()).unwrap()
    }

    #[test]
    fn a_header_tells_what_follows() {
        let block =
            b"HTTP/1.1 200 OK\r\nContent-Type: text/HTML; charset=\"windows-1252\"\r\nX-Long: a\r\n b\r\n\r\n<p>";
        let head = Head::read(block).unwrap();
        assert!(head.is_page());
        assert_eq!((head.encoding().map(Encoding::name), &block[head.length..]), (Some("windows-1252"), &b"<p>"[..]));
        assert_eq!(fields(block)[1], ("x-long".to_owned(), "a b".to_owned()));
        for other in [
            "HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\n\r\n",
            "HTTP/1.0 200 OK\nContent-Type: image/png\n\n",
        ] {
            assert!(!Head::read(other.as_bytes()).unwrap().is_page(), "{other}");
        }
        assert_eq!((Head::read(b"HTTP/1.1 200 OK\r\nA: b"), Head::read(b"<html>")), (None, None));
    }

    #[test]
    fn chunks_are_joined_and_a_body_without_them_is_taken_as_it_is() {
        let chunked = head("Transfer-Encoding: chunked");
        assert_eq!(&chunked.page(b"3\r\nabc\r\n2;x=y\r\nde\r\n0\r\n\r\n", 99).unwrap()[..], b"abcde");
        assert_eq!(&chunked.page(b"<p>abc</p>\n", 99).unwrap()[..], b"<p>abc</p>\n");
        assert_eq!(&chunked.page(b"5\r\nabc", 99).unwrap()[..], b"abc");
    }

    #[test]
    fn compressed_pages_are_unpacked_up_to_the_limit() {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
        encoder.write_all(&[b'a'; 1000]).unwrap();
        let packed = encoder.finish().unwrap();
        let gzip = head("Content-Encoding: gzip");
        assert_eq!(gzip.page(&packed, 1000).unwrap().len(), 1000);
        assert_eq!(gzip.page(&packed, 999), None);
        assert_eq!(&gzip.page(b"<p>", 99).unwrap()[..], b"<p>");
        assert_eq!(head("Content-Encoding: br").page(b"\x1b\x03", 99), None);
    }
}
