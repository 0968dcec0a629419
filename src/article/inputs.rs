//! What the person named (files, folders, globs, `-`) → the files to read, in order, one at a time.

use super::kind::{Kind, strip_compression};
use super::{Cause, Place, ReadError};
use std::path::{Path, PathBuf};
use walkdir::{DirEntry, WalkDir};

/// One thing to open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Input {
    /// Standard input.
    Stdin,
    /// A file, a pipe or a device.
    File(PathBuf),
}

type Inputs = Box<dyn Iterator<Item = Result<Input, ReadError>> + Send>;

/// The files behind one path as given. Folders are walked lazily, sorted by name.
pub(super) fn expand(path: PathBuf) -> Inputs {
    if path.as_os_str() == "-" {
        return one(Ok(Input::Stdin));
    }
    match path.metadata() {
        Ok(meta) if meta.is_dir() => walk(path),
        Ok(_) => one(Ok(Input::File(path))),
        // A file may have a star in its name; only what does not exist as written is a pattern.
        Err(_) if is_pattern(&path) => matches(&path),
        Err(error) => one(Err(failed(&path, Cause::from_io(error)))),
    }
}

fn one(input: Result<Input, ReadError>) -> Inputs {
    Box::new(std::iter::once(input))
}

fn failed(path: &Path, cause: Cause) -> ReadError {
    ReadError::new(&Place::whole(path.to_string_lossy()), cause)
}

fn is_pattern(path: &Path) -> bool {
    path.to_str().is_some_and(|p| p.contains(['*', '?', '[']))
}

fn matches(pattern: &Path) -> Inputs {
    let text = pattern.to_string_lossy().into_owned();
    let options = glob::MatchOptions { require_literal_leading_dot: true, ..glob::MatchOptions::new() };
    let found = match glob::glob_with(&text, options) {
        Ok(found) => found,
        Err(error) => {
            let cause = Cause::BadGlob { pattern: text, reason: error.msg.to_owned() };
            return one(Err(failed(pattern, cause)));
        }
    };
    let files = found.flat_map(|entry| match entry {
        Ok(path) => expand(path),
        Err(error) => {
            let place = Place::whole(error.path().to_string_lossy());
            one(Err(ReadError::new(&place, Cause::from_io(error.into()))))
        }
    });
    or_nothing(pattern, files)
}

/// Every article file below `folder`, whatever its depth; hidden files and folders are left alone.
fn walk(folder: PathBuf) -> Inputs {
    let files = WalkDir::new(&folder)
        .follow_links(true)
        .sort_by_file_name()
        .into_iter()
        .filter_entry(|entry| entry.depth() == 0 || !is_hidden(entry))
        .filter_map(|entry| match entry {
            Ok(entry) if entry.file_type().is_file() => match role(entry.path()) {
                Role::Article => Some(Ok(Input::File(entry.into_path()))),
                Role::Note => None,
                Role::Other => Some(Err(failed(entry.path(), Cause::OtherFile))),
            },
            Ok(_) => None,
            Err(error) => {
                let path = error.path().unwrap_or(Path::new("")).to_path_buf();
                let text = error.to_string();
                let cause = Cause::from_io(error.into_io_error().unwrap_or_else(|| std::io::Error::other(text)));
                Some(Err(failed(&path, cause)))
            }
        });
    or_nothing(&folder, files)
}

fn is_hidden(entry: &DirEntry) -> bool {
    entry.file_name().to_string_lossy().starts_with('.')
}

/// What a file met in a folder is.
enum Role {
    /// Worth opening: its name says text, HTML, JSON or feed.
    Article,
    /// A note (`x.json`) about an article beside it (`x.txt`, `x.html`), or a README.
    Note,
    /// Of another kind.
    Other,
}

fn role(path: &Path) -> Role {
    let plain = strip_compression(path);
    match Kind::of_name(&plain) {
        Some(Kind::Markdown) => Role::Note,
        None => Role::Other,
        Some(Kind::Json) if ["txt", "html", "htm"].iter().any(|ext| plain.with_extension(ext).is_file()) => Role::Note,
        Some(_) => Role::Article,
    }
}

/// The same items, or the error that there are none.
fn or_nothing(given: &Path, items: impl Iterator<Item = Result<Input, ReadError>> + Send + 'static) -> Inputs {
    let mut items = items.peekable();
    if items.peek().is_none() {
        return one(Err(failed(given, Cause::NoMatch)));
    }
    Box::new(items)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    fn names(path: &Path) -> Vec<String> {
        expand(path.to_path_buf())
            .map(|item| match item {
                Ok(Input::File(p)) => p.file_name().unwrap().to_string_lossy().into_owned(),
                Ok(Input::Stdin) => "-".to_owned(),
                Err(error) => error.kind().to_owned(),
            })
            .collect()
    }

    fn folder(files: &[&str]) -> tempfile::TempDir {
        let dir = tempfile::tempdir().unwrap();
        for file in files {
            let path = dir.path().join(file);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "x").unwrap();
        }
        dir
    }

    #[test]
    fn a_folder_gives_its_articles_sorted_and_no_notes_about_them() {
        let dir =
            folder(&["b.txt", "a/z.html", "a/y.jsonl.gz", "b.json", "c.json", "README.md", "pic.png", ".git/x.txt"]);
        assert_eq!(names(dir.path()), ["y.jsonl.gz", "z.html", "b.txt", "c.json", "other-file"]);
    }

    #[test]
    fn a_glob_gives_what_matches_in_order_and_a_file_with_a_star_itself() {
        let dir = folder(&["2.txt", "1.txt", "odd*.txt", "sub/3.txt"]);
        assert_eq!(names(&dir.path().join("?.txt")), ["1.txt", "2.txt"]);
        assert_eq!(names(&dir.path().join("**/3.txt")), ["3.txt"]);
        assert_eq!(names(&dir.path().join("odd*.txt")), ["odd*.txt"]);
        assert_eq!(names(&dir.path().join("s*")), ["3.txt"]);
    }

    #[test]
    fn what_is_not_there_is_said() {
        let dir = folder(&[]);
        assert_eq!(names(dir.path()), ["no-match"]);
        assert_eq!(names(&dir.path().join("*.txt")), ["no-match"]);
        assert_eq!(names(&dir.path().join("a.txt")), ["not-found"]);
        assert_eq!(names(&dir.path().join("a[.txt")), ["bad-glob"]);
        assert_eq!(names(Path::new("-")), ["-"]);
    }
}
