//! WARC archives (ISO 28500, versions 1.0 and 1.1; Common Crawl and others) → the pages in them, one record at a time.
//!
//! Only what a server sent is looked at (`response`), and of it only pages (status 200, HTML); pictures, requests and notes
//! of the crawler are passed over without being held. `.warc.gz` and `.warc.zst` are compressed record by record, which
//! the decompression before this does not mind.

use super::http::{Head, fields};
use super::open::Opened;
use super::raw::{Captured, Raw};
use super::{Cause, ReadError, ReadOptions, Record};
use chrono::NaiveDate;
use std::io::{self, BufRead, Read};

/// Most bytes of a record's own header, and of a server's header.
const MOST_HEADER: usize = 64 * 1024;

/// The pages of an archive.
pub(super) struct Pages {
    opened: Opened,
    limit: usize,
    /// Records seen.
    record: u64,
    /// Pages given.
    pages: u64,
    ended: bool,
}

/// What a record's header says.
#[derive(Debug, Default, PartialEq, Eq)]
struct Header {
    kind: String,
    target: Option<String>,
    date: Option<NaiveDate>,
    length: Option<u64>,
}

/// What became of one record.
enum Seen {
    Page(Box<Captured>, Vec<u8>),
    /// A page beyond the limit.
    TooLong,
    Other,
    End,
}

impl Pages {
    pub(super) fn new(opened: Opened, options: ReadOptions) -> Self {
        Self { opened, limit: options.max_bytes, record: 0, pages: 0, ended: false }
    }

    /// The next record. After an I/O error or a damaged header nothing can be read on; after a page that is too long, the next.
    fn record(&mut self) -> Result<Seen, Cause> {
        let Some(header) = self.header()? else { return Ok(Seen::End) };
        let Some(mut left) = header.length else {
            self.ended = true;
            return Err(Cause::Warc("a record does not tell its length".to_owned()));
        };
        let seen = if header.kind == "response" { self.page(header, &mut left)? } else { Seen::Other };
        self.pass(left)?;
        Ok(seen)
    }

    /// The page of a response of which `left` bytes are to come, as far as it must be read to know.
    fn page(&mut self, header: Header, left: &mut u64) -> Result<Seen, Cause> {
        let opening = usize::try_from(*left).unwrap_or(usize::MAX).min(MOST_HEADER);
        let mut block = self.take(opening, left)?;
        let Some(head) = Head::read(&block).filter(Head::is_page) else { return Ok(Seen::Other) };
        if *left + (block.len() - head.length) as u64 > self.limit as u64 {
            return Ok(Seen::TooLong);
        }
        let rest = usize::try_from(*left).unwrap_or(usize::MAX);
        block.append(&mut self.take(rest, left)?);
        block.drain(..head.length);
        let captured = Captured { head, target: header.target, date: header.date };
        Ok(Seen::Page(Box::new(captured), block))
    }

    fn take(&mut self, count: usize, left: &mut u64) -> Result<Vec<u8>, Cause> {
        let mut bytes = Vec::new();
        let read = self.opened.reader.by_ref().take(count as u64).read_to_end(&mut bytes);
        read.map_err(|error| self.broken(error))?;
        *left -= bytes.len() as u64;
        if bytes.len() < count { Err(self.cut()) } else { Ok(bytes) }
    }

    fn pass(&mut self, count: u64) -> Result<(), Cause> {
        let passed = io::copy(&mut self.opened.reader.by_ref().take(count), &mut io::sink());
        let passed = passed.map_err(|error| self.broken(error))?;
        if passed < count { Err(self.cut()) } else { Ok(()) }
    }

    /// A record's header; `None` at the end.
    fn header(&mut self) -> Result<Option<Header>, Cause> {
        let mut lines = Vec::new();
        loop {
            let start = lines.len();
            let mut bounded = self.opened.reader.by_ref().take((MOST_HEADER - start) as u64);
            let read = bounded.read_until(b'\n', &mut lines);
            read.map_err(|error| self.broken(error))?;
            let line = &lines[start..];
            match (start, line.trim_ascii().is_empty()) {
                (0, true) if line.is_empty() => return Ok(None),
                // Two line ends close the record before.
                (0, true) => lines.clear(),
                (0, false) if !line.starts_with(b"WARC/") => {
                    self.ended = true;
                    return Err(Cause::Warc("no record starts where one is due".to_owned()));
                }
                (_, true) if line.is_empty() => return Err(self.cut()),
                (_, true) => return Ok(Some(Header::of(&lines))),
                (_, false) => {}
            }
        }
    }

    fn broken(&mut self, error: io::Error) -> Cause {
        self.ended = true;
        Opened::cause(self.opened.compression, error)
    }

    fn cut(&mut self) -> Cause {
        self.ended = true;
        Cause::Warc("the last record breaks off".to_owned())
    }
}

impl Iterator for Pages {
    type Item = Result<Raw, ReadError>;

    fn next(&mut self) -> Option<Self::Item> {
        while !self.ended {
            self.record += 1;
            let place = self.opened.place.at(Record::Entry(self.record));
            match self.record() {
                Ok(Seen::Other) => {}
                Ok(Seen::End) => break,
                Ok(Seen::Page(captured, body)) => {
                    self.pages += 1;
                    return Some(Ok(Raw::captured(place, &self.opened.stem, self.record, *captured, body)));
                }
                Ok(Seen::TooLong) => {
                    self.pages += 1;
                    return Some(Err(ReadError::new(&place, Cause::TooLong { limit: self.limit })));
                }
                Err(cause) => {
                    self.pages += 1;
                    return Some(Err(ReadError::new(&place, cause)));
                }
            }
        }
        let nothing = !self.ended && self.pages == 0;
        self.ended = true;
        nothing.then(|| Err(ReadError::new(&self.opened.place, Cause::NoPage)))
    }
}

impl Header {
    fn of(lines: &[u8]) -> Self {
        let mut header = Self::default();
        for (name, value) in fields(lines) {
            match name.as_str() {
                "warc-type" => header.kind = value.to_ascii_lowercase(),
                // Some writers set the address in angle brackets.
                "warc-target-uri" => header.target = Some(value.trim_matches(['<', '>']).to_owned()),
                "warc-date" => header.date = value.get(..10).and_then(|day| day.parse().ok()),
                "content-length" => header.length = value.parse().ok(),
                _ => {}
            }
        }
        header
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_header_is_read_whatever_its_capitals() {
        let header = Header::of(
            b"WARC/1.1\r\nwarc-type: Response\r\nWARC-Target-URI: <https://d.example/a>\r\nWARC-Date: 2024-05-06T08:09:10.123Z\r\n\
              Content-length:12\r\n\r\n",
        );
        let expected = Header {
            kind: "response".into(),
            target: Some("https://d.example/a".into()),
            date: NaiveDate::from_ymd_opt(2024, 5, 6),
            length: Some(12),
        };
        assert_eq!(header, expected);
    }
}
