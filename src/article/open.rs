//! A file or stdin → a stream of decompressed bytes whose first bytes are known.

use super::inputs::Input;
use super::kind::{Kind, stem, strip_compression};
use super::{Cause, Place, ReadError};
use flate2::bufread::MultiGzDecoder;
use liblzma::bufread::XzDecoder;
use liblzma::stream::{CONCATENATED, Stream};
use std::fs::File;
use std::io::{self, BufRead, BufReader, Cursor, Read};
use std::path::{Path, PathBuf};

/// First bytes looked at to know the format.
const HEAD: usize = 8 * 1024;
/// Most memory that an xz stream may ask for; `xz -9` needs 65 MiB.
const XZ_MEMORY: u64 = 256 << 20;
/// Largest zstd window as a power of two; `zstd --ultra -22` needs 27.
const ZSTD_WINDOW: u32 = 27;

/// An input under way.
pub(super) struct Opened {
    /// Which one.
    pub(super) place: Place,
    /// Article id where the content has none; empty for stdin.
    pub(super) stem: String,
    /// What it holds.
    pub(super) kind: Kind,
    /// Its first bytes, which `reader` gives again.
    pub(super) head: Vec<u8>,
    /// Decompressed bytes.
    pub(super) reader: Box<dyn BufRead + Send>,
    /// Name of the compression, if any.
    pub(super) compression: Option<&'static str>,
}

impl Opened {
    /// What a failure to read on means here.
    pub(super) fn cause(compression: Option<&'static str>, error: io::Error) -> Cause {
        match compression {
            Some(format) => Cause::Compression { format, source: error },
            None => Cause::from_io(error),
        }
    }
}

/// Opens an input and looks at its first bytes.
pub(super) fn open(input: Input) -> Result<Opened, ReadError> {
    match input {
        Input::Stdin => prepare(Place::whole("-"), String::new(), None, Box::new(BufReader::new(io::stdin()))),
        Input::File(path) => open_file(path),
    }
}

/// Looks at the first bytes of a stream that is under way; its name tells the format where the bytes do not, and the ids.
pub(super) fn open_stream(name: &Path, stream: impl Read + Send + 'static) -> Result<Opened, ReadError> {
    let named = Kind::of_name(&strip_compression(name));
    prepare(Place::whole(name.to_string_lossy()), stem(name), named, buffered(stream))
}

fn open_file(path: PathBuf) -> Result<Opened, ReadError> {
    let place = Place::whole(path.to_string_lossy());
    let file = File::open(&path).map_err(|error| ReadError::new(&place, Cause::from_io(error)))?;
    let named = Kind::of_name(&strip_compression(&path));
    prepare(place, stem(&path), named, Box::new(BufReader::with_capacity(1 << 16, file)))
}

fn prepare(place: Place, stem: String, named: Option<Kind>, raw: Box<dyn BufRead + Send>) -> Result<Opened, ReadError> {
    let fail = |compression, error| ReadError::new(&place, Opened::cause(compression, error));
    let (magic, raw) = peek(raw, 6).map_err(|error| fail(None, error))?;
    let (compression, reader) = decompress(&magic, raw).map_err(|error| fail(None, error))?;
    let (head, reader) = peek(reader, HEAD).map_err(|error| fail(compression, error))?;
    let kind = Kind::of(named, head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&head));
    Ok(Opened { place, stem, kind, head, reader, compression })
}

fn decompress(
    magic: &[u8],
    raw: Box<dyn BufRead + Send>,
) -> io::Result<(Option<&'static str>, Box<dyn BufRead + Send>)> {
    Ok(match magic {
        [0x1f, 0x8b, ..] => (Some("gzip"), buffered(MultiGzDecoder::new(raw))),
        [0xfd, b'7', b'z', b'X', b'Z', 0] => {
            let stream = Stream::new_stream_decoder(XZ_MEMORY, CONCATENATED)?;
            (Some("xz"), buffered(XzDecoder::new_stream(raw, stream)))
        }
        [0x28, 0xb5, 0x2f, 0xfd, ..] => {
            let mut decoder = zstd::stream::read::Decoder::with_buffer(raw)?;
            decoder.window_log_max(ZSTD_WINDOW)?;
            (Some("zstd"), buffered(decoder))
        }
        _ => (None, raw),
    })
}

fn buffered(reader: impl Read + Send + 'static) -> Box<dyn BufRead + Send> {
    Box::new(BufReader::with_capacity(1 << 16, reader))
}

/// The first `count` bytes (fewer where it ends before), and a reader that gives them again.
fn peek(mut reader: Box<dyn BufRead + Send>, count: usize) -> io::Result<(Vec<u8>, Box<dyn BufRead + Send>)> {
    let mut head = Vec::with_capacity(count);
    reader.by_ref().take(count as u64).read_to_end(&mut head)?;
    let again = Cursor::new(head.clone()).chain(reader);
    Ok((head, Box::new(again)))
}
