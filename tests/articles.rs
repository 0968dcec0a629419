//! Reading articles from disk: every format and compression gives its articles, every bad input its message, and the others
//! go on.

#![allow(clippy::unwrap_used, clippy::print_stderr, reason = "a test fails by panicking, and says why it skips")]

use entente::article::{Article, Cause, ReadError, ReadOptions, read_paths};
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

const TEXT: &str = "Kenya and Oman sign fisheries agreement\n\nThe foreign ministers of Kenya and Oman signed an agreement on \
    fisheries in Muscat on Monday.";

/// A folder of fixtures.
struct Fixtures(TempDir);

impl Fixtures {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn file(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.0.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, content).unwrap();
        path
    }
}

fn read(paths: &[impl AsRef<Path>]) -> Vec<Result<Article, ReadError>> {
    read_paths(paths, ReadOptions::default()).collect()
}

/// The ids of the articles and the kinds of the errors, in order.
#[track_caller]
fn check(paths: &[impl AsRef<Path>], expected: &[&str]) {
    let got: Vec<String> = read(paths)
        .into_iter()
        .map(|item| match item {
            Ok(article) => article.id,
            Err(error) => format!("!{}", error.kind()),
        })
        .collect();
    assert_eq!(got, expected);
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn xz(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = liblzma::write::XzEncoder::new(Vec::new(), 6);
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn zst(bytes: &[u8]) -> Vec<u8> {
    zstd::encode_all(bytes, 3).unwrap()
}

fn lines(ids: &[&str]) -> String {
    ids.iter()
        .map(|id| format!("{{\"id\":\"{id}\",\"title\":\"Kenya and Oman meet\",\"text\":\"They met.\"}}\n"))
        .collect()
}

#[test]
fn a_text_file_is_one_article() {
    let dir = Fixtures::new();
    let path = dir.file("agency-1.2.txt", format!("# date: 2024-05-06\n\n{TEXT}\n"));
    let article = read(&[path]).remove(0).unwrap();
    assert_eq!(article.id, "agency-1.2");
    assert_eq!(article.title, "Kenya and Oman sign fisheries agreement");
    assert_eq!(article.title_span.unwrap().of(&article.text), article.title);
    assert_eq!(article.published.unwrap().to_string(), "2024-05-06");
    assert_eq!(article.language, "en");
    assert_eq!(article.text, TEXT);
    assert_eq!(article.sha256.len(), 64);
}

#[test]
fn every_format_and_compression_gives_the_same_articles() {
    let page =
        format!("<html><head><title>Kenya and Oman meet</title></head><body><p>{}</p></body></html>", TEXT.repeat(5));
    let feed = "<rss version='2.0'><channel><title>D</title><item><guid>f1</guid><title>Kenya and Oman meet</title>\
        <description>They met.</description></item></channel></rss>";
    let array = format!("[{}]", lines(&["j1", "j2"]).trim().replace('\n', ","));
    let formats: [(&str, &str, &[&str]); 6] = [
        ("t.txt", TEXT, &["t"]),
        ("p.html", &page, &["p"]),
        ("f.rss", feed, &["f1"]),
        ("l.jsonl", &lines(&["l1", "l2"]), &["l1", "l2"]),
        ("a.json", &array, &["j1", "j2"]),
        ("o.json", "{\n\"headline\": \"Kenya and Oman meet\",\n\"body\": \"They met.\"}", &["o"]),
    ];
    let dir = Fixtures::new();
    for (name, content, ids) in formats {
        check(&[dir.file(name, content)], ids);
        check(&[dir.file(&format!("{name}.gz"), gzip(content.as_bytes()))], ids);
        check(&[dir.file(&format!("{name}.xz"), xz(content.as_bytes()))], ids);
        check(&[dir.file(&format!("{name}.zst"), zst(content.as_bytes()))], ids);
    }
}

#[test]
fn compression_and_format_are_known_without_a_name() {
    let dir = Fixtures::new();
    check(&[dir.file("plain", TEXT)], &["plain"]);
    check(&[dir.file("some.data", gzip(lines(&["a", "b"]).as_bytes()))], &["a", "b"]);
    check(
        &[dir.file("two.gz", [gzip(&lines(&["a"]).into_bytes()), gzip(&lines(&["b"]).into_bytes())].concat())],
        &["a", "b"],
    );
    // Lines that are longer than what is looked at to know a format.
    let line = |id: &str| format!("{{\"id\":\"{id}\",\"text\":\"{}\"}}\n", "They met in Oslo. ".repeat(2000));
    check(&[dir.file("long", format!("\n{}{}", line("a"), line("b")))], &["a", "b"]);
    check(&[dir.file("one", line("a"))], &["a"]);
    let longest = format!("{{\"text\":\"{}\"}}\n", "They met. ".repeat(2 << 20));
    check(&[dir.file("longest", format!("{longest}{}", line("b")))], &["!too-long", "b"]);
}

#[test]
fn folders_and_globs_are_read_in_order() {
    let dir = Fixtures::new();
    dir.file("b/2.txt", TEXT);
    dir.file("b/1.txt.gz", gzip(TEXT.as_bytes()));
    dir.file("a.jsonl", lines(&["x", "y"]));
    dir.file("b/2.json", "{\"notes\": \"about 2.txt\"}");
    dir.file("README.md", "Not an article");
    check(&[dir.0.path()], &["x", "y", "1", "2"]);
    check(&[dir.0.path().join("b/*.txt*")], &["1", "2"]);
    check(&[dir.0.path().join("**/*.txt")], &["2"]);
}

#[test]
fn a_bad_input_is_told_and_the_others_go_on() {
    let dir = Fixtures::new();
    let good = dir.file("good.txt", TEXT);
    let cases = [
        (dir.0.path().join("missing.txt"), "not-found"),
        (dir.0.path().join("none-*.txt"), "no-match"),
        (dir.file("empty.txt", ""), "empty"),
        (dir.file("blank.txt", " \n\u{a0}\r\n"), "empty"),
        (dir.file("empty.jsonl", "\n"), "empty"),
        (dir.file("empty.json", "[]"), "empty"),
        (dir.file("figures.txt", "12 34\n56"), "no-text"),
        (dir.file("elf.txt", b"\x7fELF\x02\x01\x01\0\0\0\0"), "binary"),
        (dir.file("png.html", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"), "binary"),
        (dir.file("zip.txt", b"PK\x03\x04\x14\0\0\0"), "binary"),
        (dir.file("twice.txt.gz", gzip(&gzip(TEXT.as_bytes()))), "binary"),
        (dir.file("cut.txt.gz", &gzip(TEXT.as_bytes())[..60]), "damaged-compression"),
        (dir.file("cut.txt.xz", &xz(TEXT.as_bytes())[..60]), "damaged-compression"),
        (dir.file("cut.txt.zst", &zst(TEXT.as_bytes())[..60]), "damaged-compression"),
        (dir.file("fake.txt.gz", b"\x1f\x8b not gzip at all"), "damaged-compression"),
        (dir.file("picture.html", "<html><body><img src=a.png></body></html>"), "no-main-text"),
        (dir.file("note.xml", "<note>hello</note>"), "bad-feed"),
        (dir.file("bad.json", "{\"text\": \"They m"), "bad-json"),
        (dir.file("facts.json", "{\"countries\": [], \"leaders\": []}"), "not-an-article"),
        (dir.file("number.json", "12"), "not-an-article"),
        (dir.file("es.txt", "El presidente de Chile firmó ayer un acuerdo con el Perú durante su visita a Lima, según informó el gobierno."), "not-english"),
    ];
    for (path, kind) in cases {
        check(&[path, good.clone()], &[&format!("!{kind}"), "good"]);
    }
}

#[test]
fn a_message_names_the_file_the_line_the_cause_and_the_way_out() {
    let dir = Fixtures::new();
    let path = dir.file("news.jsonl", format!("{}{{\"id\": \"b\", \"tex\n\n{}", lines(&["a"]), lines(&["c"])));
    check(&[&path], &["a", "!bad-json", "c"]);
    let error = read(&[&path]).remove(1).unwrap_err();
    assert_eq!(error.to_string(), format!("{}, line 2: is not JSON: it breaks off at column 16", path.display()));
    assert!(error.hint().contains("one JSON object a line"));
    assert!(!error.is_skip());
    let truncated_array = dir.file("cut.json", "[{\"id\":\"a\",\"text\":\"They met.\"},{\"id\":\"b\"");
    check(&[truncated_array], &["a", "!bad-json"]);
}

#[test]
fn a_line_beyond_the_limit_is_read_over_without_being_held() {
    let dir = Fixtures::new();
    let long = format!("{{\"text\":\"{}\"}}", "They met. ".repeat(5 << 20));
    check(&[dir.file("long.jsonl", format!("{}{long}\n{}", lines(&["a"]), lines(&["c"])))], &["a", "!too-long", "c"]);
    check(&[dir.file("long.json", format!("[{},{long},{}]", lines(&["a"]), lines(&["c"])))], &["a", "!too-long", "c"]);
    check(&[dir.file("long.txt", "They met. ".repeat(5 << 20))], &["!too-long"]);
}

#[test]
fn a_compression_bomb_is_stopped_at_the_limit() {
    let dir = Fixtures::new();
    let bytes = vec![b'a'; 40 << 20];
    for (name, packed) in [("b.txt.gz", gzip(&bytes)), ("b.txt.xz", xz(&bytes)), ("b.txt.zst", zst(&bytes))] {
        assert!(packed.len() < 100_000);
        check(&[dir.file(name, packed)], &["!too-long"]);
    }
    let options = ReadOptions { max_bytes: 100, ..ReadOptions::default() };
    let small = dir.file("s.txt", TEXT);
    let error = read_paths(&[small], options).next().unwrap().unwrap_err();
    assert!(matches!(error.cause, Cause::TooLong { limit: 100 }), "{error}");
}

#[test]
fn text_in_any_encoding_is_read() {
    let text = "Peña Nieto and Löfven meet – “a good day”\n\nThe leaders met in Oslo and talked about the sea.";
    let dir = Fixtures::new();
    let utf16: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let json = format!("{{\"id\":\"j\",\"text\":\"{}\"}}", text.replace('\n', "\\n"));
    let json16: Vec<u8> = format!("{json}\n").encode_utf16().flat_map(u16::to_le_bytes).collect();
    for path in [
        dir.file("utf8.txt", text),
        dir.file("mark.txt", format!("\u{feff}{text}")),
        dir.file("windows.txt", encoding_rs::WINDOWS_1252.encode(text).0),
        dir.file("utf16.txt", [b"\xff\xfe".as_slice(), &utf16].concat()),
        dir.file("dos.txt", text.replace('\n', "\r\n")),
        dir.file("mark.jsonl", format!("\u{feff}{json}\n")),
        dir.file("windows.jsonl", encoding_rs::WINDOWS_1252.encode(&json).0),
        dir.file("utf16.jsonl", [b"\xff\xfe".as_slice(), &json16].concat()),
    ] {
        assert_eq!(read(&[&path]).remove(0).unwrap().text, text, "{}", path.display());
    }
    let damaged = read(&[dir.file("damaged.txt", [text.as_bytes(), b" \xe2\x80 end"].concat())]).remove(0).unwrap();
    assert!(damaged.text.ends_with("sea. \u{fffd} end"));
}

#[cfg(unix)]
#[test]
fn what_may_not_be_read_is_told() {
    use std::os::unix::fs::PermissionsExt as _;
    let dir = Fixtures::new();
    let path = dir.file("secret.txt", TEXT);
    fs::set_permissions(&path, fs::Permissions::from_mode(0o000)).unwrap();
    if fs::read(&path).is_ok() {
        eprintln!("skipped: this user may read everything");
        return;
    }
    check(&[path], &["!permission-denied"]);
}

#[cfg(unix)]
#[test]
fn a_folder_that_holds_itself_ends() {
    let dir = Fixtures::new();
    dir.file("a.txt", TEXT);
    std::os::unix::fs::symlink(dir.0.path(), dir.0.path().join("loop")).unwrap();
    let got = read(&[dir.0.path()]);
    assert_eq!(got.iter().filter(|item| item.is_ok()).count(), 1);
}

#[test]
fn the_article_that_started_the_project_is_read_right() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/seeds");
    if !folder.is_dir() {
        eprintln!("skipped: {} is not here", folder.display());
        return;
    }
    let article = read(&[folder]).remove(0).unwrap();
    assert_eq!(article.id, "2025-11-02-korea-singapore-strategic-partnership");
    assert_eq!(article.title, "Lee, Singaporean prime minister establish strategic partnership");
    assert_eq!(article.published.unwrap().to_string(), "2025-11-02");
    assert_eq!(article.text.matches(&article.title).count(), 1);
    assert!(article.text.starts_with(&article.title));
}

proptest::proptest! {
    #![proptest_config(proptest::test_runner::Config { failure_persistence: None, ..Default::default() })]

    /// Whatever the bytes and the name, reading ends in articles or errors, and articles are what they promise to be.
    #[test]
    fn any_bytes_are_read_to_the_end(
        bytes in proptest::collection::vec(proptest::prelude::any::<u8>(), 0..300),
        name in proptest::sample::select(vec!["a.txt", "a.html", "a.json", "a.jsonl", "a.xml", "a", "a.txt.gz"]),
        opening in proptest::sample::select(vec!["", "{\"text\":\"", "[", "<html><p>", "<rss><channel>", "# date: ", "---\n", "\u{feff}"]),
    ) {
        let dir = Fixtures::new();
        let path = dir.file(name, [opening.as_bytes(), &bytes].concat());
        for item in read_paths(&[path], ReadOptions { any_language: true, ..ReadOptions::default() }) {
            match item {
                Ok(article) => {
                    proptest::prop_assert!(!article.text.contains(['\r', '\0']));
                    proptest::prop_assert!(article.title_span.is_none_or(|s| s.of(&article.text).contains(|c: char| !c.is_whitespace())));
                }
                Err(error) => proptest::prop_assert!(!error.to_string().is_empty() && !error.hint().is_empty()),
            }
        }
    }

    #[test]
    fn any_text_is_kept_whole(text in "[ -~\n]{1,200}") {
        let dir = Fixtures::new();
        let path = dir.file("a.txt", format!("Title of it\n\n{text} x"));
        let options = ReadOptions { any_language: true, ..ReadOptions::default() };
        let article = read_paths(&[path], options).next().unwrap().unwrap();
        proptest::prop_assert_eq!(article.text, format!("Title of it\n\n{} x", text));
    }
}
