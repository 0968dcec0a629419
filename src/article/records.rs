//! A stream → raw records: the whole of it, each line, each element of a JSON array, each page of an archive. Holds one record
//! at a time.

use super::binary::foreign_format;
use super::decode::utf16_encoding;
use super::kind::Kind;
use super::open::Opened;
use super::raw::{Form, Raw};
use super::warc::Pages;
use super::{Cause, Place, ReadError, ReadOptions, Record};
use std::io::{self, BufRead, Cursor, Read};

/// Bytes behind the first line that are looked at to know whether another follows.
const BEHIND: u64 = 4096;

/// Raw records, or why there is none.
pub type Records = Box<dyn Iterator<Item = Result<Raw, ReadError>> + Send>;

/// Splits an input by its kind.
pub(super) fn split(mut opened: Opened, options: ReadOptions) -> Records {
    if let Some(format) = foreign_format(&opened.head).filter(|_| opened.kind != Kind::Warc) {
        return failed(&opened.place, Cause::Binary(format));
    }
    if let Some(encoding) = utf16_encoding(&opened.head).filter(|_| !matches!(opened.kind, Kind::Feed | Kind::Warc)) {
        // UTF-16 cannot be cut at bytes that look like line ends.
        match read_whole(&mut opened, options.max_bytes) {
            Ok(bytes) => {
                let text = encoding.decode(&bytes).0.into_owned().into_bytes();
                opened.head = text[..text.len().min(opened.head.len())].to_vec();
                opened.reader = Box::new(Cursor::new(text));
            }
            Err(cause) => return failed(&opened.place, cause),
        }
    }
    match opened.kind {
        Kind::JsonLines => lines(opened, options),
        Kind::Json => json(opened, options),
        Kind::Text | Kind::Markdown => whole(opened, Form::Text, options),
        Kind::Html => whole(opened, Form::Html, options),
        Kind::Feed => whole(opened, Form::Feed, options),
        Kind::Warc => Box::new(Pages::new(opened, options)),
    }
}

/// One item that says what went wrong.
pub(super) fn failed(place: &Place, cause: Cause) -> Records {
    Box::new(std::iter::once(Err(ReadError::new(place, cause))))
}

fn whole(mut opened: Opened, form: Form, options: ReadOptions) -> Records {
    match read_whole(&mut opened, options.max_bytes) {
        Ok(bytes) => {
            let raw = Raw::new(opened.place, form, opened.stem, bytes);
            Box::new(std::iter::once(Ok(raw)))
        }
        Err(cause) => failed(&opened.place, cause),
    }
}

fn read_whole(opened: &mut Opened, limit: usize) -> Result<Vec<u8>, Cause> {
    let mut bytes = Vec::new();
    let read = opened.reader.by_ref().take(limit as u64 + 1).read_to_end(&mut bytes);
    read.map_err(|error| Opened::cause(opened.compression, error))?;
    if bytes.len() > limit { Err(Cause::TooLong { limit }) } else { Ok(bytes) }
}

/// A `.json` may hold one object over many lines, an array, or (against its name) one object a line.
fn json(mut opened: Opened, options: ReadOptions) -> Records {
    if without_mark(&opened.head).trim_ascii_start().starts_with(b"[") {
        return Box::new(Elements::new(opened, options));
    }
    match holds_lines(&mut opened, options.max_bytes) {
        Ok(true) => lines(opened, options),
        Ok(false) => whole(opened, Form::Json, options),
        Err(error) => failed(&opened.place, Opened::cause(opened.compression, error)),
    }
}

/// Whether the first line is a value of its own that others follow, or longer than an article may be. The reader gives
/// again what is read to know that.
fn holds_lines(opened: &mut Opened, limit: usize) -> io::Result<bool> {
    let mut seen = Vec::new();
    let mut start = 0;
    while without_mark(&seen[start..]).trim_ascii().is_empty() {
        start = seen.len();
        let most = (limit + 1).saturating_sub(seen.len()) as u64;
        if opened.reader.by_ref().take(most).read_until(b'\n', &mut seen)? == 0 {
            break;
        }
    }
    let end = seen.len();
    opened.reader.by_ref().take(BEHIND).read_to_end(&mut seen)?;
    let first = &seen[start..end];
    let follows = !seen[end..].trim_ascii().is_empty();
    let is_cut = end > limit && !first.ends_with(b"\n");
    let lines = is_cut || follows && serde_json::from_slice::<serde::de::IgnoredAny>(without_mark(first)).is_ok();
    let rest = std::mem::replace(&mut opened.reader, Box::new(io::empty()));
    opened.reader = Box::new(Cursor::new(seen).chain(rest));
    Ok(lines)
}

fn without_mark(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes)
}

fn lines(opened: Opened, options: ReadOptions) -> Records {
    if opened.head.trim_ascii().is_empty() && opened.head.len() < 4096 {
        return failed(&opened.place, Cause::Empty);
    }
    Box::new(Lines { opened, limit: options.max_bytes, line: 0, ended: false })
}

struct Lines {
    opened: Opened,
    limit: usize,
    line: u64,
    ended: bool,
}

impl Iterator for Lines {
    type Item = Result<Raw, ReadError>;

    fn next(&mut self) -> Option<Self::Item> {
        while !self.ended {
            self.line += 1;
            let place = self.opened.place.at(Record::Line(self.line));
            let bytes = match read_line(&mut self.opened.reader, self.limit) {
                Ok(None) => break,
                Ok(Some(Ok(bytes))) => bytes,
                Ok(Some(Err(cause))) => return Some(Err(ReadError::new(&place, cause))),
                Err(error) => {
                    self.ended = true;
                    let cause = Opened::cause(self.opened.compression, error);
                    return Some(Err(ReadError::new(&place, cause)));
                }
            };
            let content = without_mark(&bytes).trim_ascii();
            if !content.is_empty() {
                return Some(Ok(Raw::numbered(place, Form::Json, &self.opened.stem, self.line, content.to_vec())));
            }
        }
        self.ended = true;
        None
    }
}

/// The next line without its end; a line beyond the limit is read over without being held.
fn read_line(reader: &mut dyn BufRead, limit: usize) -> io::Result<Option<Result<Vec<u8>, Cause>>> {
    let mut line = Vec::new();
    let mut seen = 0;
    loop {
        let buffer = reader.fill_buf()?;
        if buffer.is_empty() {
            return Ok((seen > 0).then(|| within(line, seen, limit)));
        }
        let end = memchr::memchr(b'\n', buffer);
        let part = &buffer[..end.unwrap_or(buffer.len())];
        let used = end.map_or(buffer.len(), |e| e + 1);
        seen += used;
        if seen <= limit {
            line.extend_from_slice(part);
        }
        reader.consume(used);
        if end.is_some() {
            return Ok(Some(within(line, seen, limit)));
        }
    }
}

fn within(bytes: Vec<u8>, seen: usize, limit: usize) -> Result<Vec<u8>, Cause> {
    if seen > limit { Err(Cause::TooLong { limit }) } else { Ok(bytes) }
}

/// The elements of a top-level JSON array, cut without building the array.
struct Elements {
    opened: Opened,
    limit: usize,
    entry: u64,
    started: bool,
    ended: bool,
}

impl Elements {
    fn new(opened: Opened, options: ReadOptions) -> Self {
        Self { opened, limit: options.max_bytes, entry: 0, started: false, ended: false }
    }

    /// The bytes up to the next comma or bracket of the array itself; `None` where the stream ends first.
    fn element(&mut self) -> io::Result<Option<(Vec<u8>, usize)>> {
        let mut scan = Scan::default();
        let (mut bytes, mut seen) = (Vec::new(), 0);
        loop {
            let buffer = self.opened.reader.fill_buf()?;
            if buffer.is_empty() {
                return Ok(None);
            }
            for (i, byte) in buffer.iter().enumerate() {
                if !self.started {
                    self.started = *byte == b'[';
                    continue;
                }
                match scan.step(*byte) {
                    Step::Inside => {
                        seen += 1;
                        if seen <= self.limit {
                            bytes.push(*byte);
                        }
                    }
                    end => {
                        self.ended = end == Step::ArrayEnd;
                        self.opened.reader.consume(i + 1);
                        return Ok(Some((bytes, seen)));
                    }
                }
            }
            let used = buffer.len();
            self.opened.reader.consume(used);
        }
    }
}

impl Iterator for Elements {
    type Item = Result<Raw, ReadError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.ended {
            return None;
        }
        self.entry += 1;
        let place = self.opened.place.at(Record::Entry(self.entry));
        let result = match self.element() {
            Ok(Some((_, seen))) if seen > self.limit => Err(Cause::TooLong { limit: self.limit }),
            Ok(Some((bytes, _))) if bytes.trim_ascii().is_empty() && self.ended => {
                return (self.entry == 1).then(|| Err(ReadError::new(&self.opened.place, Cause::Empty)));
            }
            Ok(Some((bytes, _))) => Ok(Raw::numbered(place.clone(), Form::Json, &self.opened.stem, self.entry, bytes)),
            Ok(None) => {
                self.ended = true;
                Err(Cause::Json("the array breaks off".to_owned()))
            }
            Err(error) => {
                self.ended = true;
                Err(Opened::cause(self.opened.compression, error))
            }
        };
        Some(result.map_err(|cause| ReadError::new(&place, cause)))
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    Inside,
    ElementEnd,
    ArrayEnd,
}

/// Where a byte of JSON stands: how deep, in a string or not.
#[derive(Debug, Default)]
struct Scan {
    depth: usize,
    in_string: bool,
    escaped: bool,
}

impl Scan {
    fn step(&mut self, byte: u8) -> Step {
        if self.in_string {
            match byte {
                _ if self.escaped => self.escaped = false,
                b'\\' => self.escaped = true,
                b'"' => self.in_string = false,
                _ => {}
            }
            return Step::Inside;
        }
        match byte {
            b'"' => self.in_string = true,
            b'{' | b'[' => self.depth += 1,
            b']' if self.depth == 0 => return Step::ArrayEnd,
            b',' if self.depth == 0 => return Step::ElementEnd,
            b'}' | b']' => self.depth = self.depth.saturating_sub(1),
            _ => {}
        }
        Step::Inside
    }
}
