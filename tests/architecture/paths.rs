//! Rust text → the paths that it names, made absolute.
//!
//! Works on tokens, not on types: a name brought in by `use` is seen at its `use`, which is enough for rules about who
//! uses whom.

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};
use std::collections::BTreeMap;

/// A path named somewhere: `["crate", "graph", "Store"]` within the crate, `["std", "fs", "read"]` outside; `["async"]` for
/// that keyword.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Use {
    /// The segments.
    pub(super) path: Vec<String>,
    /// Line, from 1.
    pub(super) line: usize,
    /// Within `#[cfg(test)]`.
    pub(super) in_test: bool,
}

/// The paths of a file that is the module `module`. A file called `tests` is test code as a whole.
pub(super) fn uses(text: &str, module: &[String]) -> Result<Vec<Use>, String> {
    let tokens: TokenStream = text.parse().map_err(|e| format!("is not Rust: {e}"))?;
    let in_test = module.iter().any(|m| m == "tests" || m == "testing");
    let mut walk = Walk { module: module.to_vec(), in_test, found: Vec::new() };
    walk.stream(tokens);
    // `use std::fs;` makes `fs::read` a path of `std::fs`; seen at the `use`, so nothing is lost by leaving it at that.
    Ok(walk.found)
}

struct Walk {
    module: Vec<String>,
    in_test: bool,
    found: Vec<Use>,
}

impl Walk {
    fn stream(&mut self, stream: TokenStream) {
        let tokens: Vec<TokenTree> = stream.into_iter().collect();
        let mut i = 0;
        while i < tokens.len() {
            i = self.step(&tokens, i);
        }
    }

    /// Reads what stands at `i`; gives the place after it.
    fn step(&mut self, tokens: &[TokenTree], i: usize) -> usize {
        if is_cfg_test(&tokens[i..]) {
            return self.test_item(tokens, i + 2);
        }
        if let Some((name, body)) = inline_module(&tokens[i..]) {
            self.module.push(name);
            self.stream(body.stream());
            self.module.pop();
            return i + 3;
        }
        match &tokens[i] {
            TokenTree::Group(group) => self.stream(group.stream()),
            TokenTree::Ident(ident) if ident == "async" => self.found.push(Use {
                path: vec!["async".into()],
                line: ident.span().start().line,
                in_test: self.in_test,
            }),
            TokenTree::Ident(_) => return self.path(tokens, i, &[]),
            _ => {}
        }
        i + 1
    }

    /// The item after `#[cfg(test)]`, up to its block or semicolon.
    fn test_item(&mut self, tokens: &[TokenTree], start: usize) -> usize {
        let ends = |t: &TokenTree| match t {
            TokenTree::Group(g) => g.delimiter() == Delimiter::Brace,
            TokenTree::Punct(p) => p.as_char() == ';',
            _ => false,
        };
        let end = tokens[start..].iter().position(ends).map_or(tokens.len(), |n| start + n + 1);
        let before = std::mem::replace(&mut self.in_test, true);
        let mut i = start;
        while i < end {
            i = self.step(&tokens[..end], i);
        }
        self.in_test = before;
        end
    }

    /// The path that begins at the identifier at `i`, after `prefix`; gives the place after it.
    fn path(&mut self, tokens: &[TokenTree], i: usize, prefix: &[String]) -> usize {
        let TokenTree::Ident(first) = &tokens[i] else { return i + 1 };
        let line = first.span().start().line;
        let mut path = prefix.to_vec();
        path.push(first.to_string());
        let mut i = i + 1;
        while is_double_colon(tokens.get(i..).unwrap_or_default()) {
            match tokens.get(i + 2) {
                Some(TokenTree::Ident(next)) => path.push(next.to_string()),
                Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Brace => {
                    self.tree(group, &path);
                    return i + 3;
                }
                Some(TokenTree::Punct(star)) if star.as_char() == '*' => path.push("*".into()),
                // `::<T>` goes on within the angle brackets, as tokens of their own.
                _ => break,
            }
            i += 3;
        }
        self.name(path, line);
        i
    }

    /// The branches of `prefix::{a, b::c}`.
    fn tree(&mut self, group: &Group, prefix: &[String]) {
        let tokens: Vec<TokenTree> = group.stream().into_iter().collect();
        for branch in tokens.split(|t| matches!(t, TokenTree::Punct(p) if p.as_char() == ',')) {
            match branch.first() {
                Some(TokenTree::Ident(_)) => {
                    self.path(branch, 0, prefix);
                }
                Some(other) => {
                    let line = other.span().start().line;
                    self.name([prefix, &[String::from("*")]].concat(), line);
                }
                None => {}
            }
        }
    }

    /// Keeps a path of two segments or more, made absolute.
    fn name(&mut self, path: Vec<String>, line: usize) {
        if path.len() > 1 {
            let path = absolute(&self.module, path);
            self.found.push(Use { path, line, in_test: self.in_test });
        }
    }
}

/// `self::`, `super::` and the crate's own name → `crate::…`; `core` and `alloc` → `std`.
fn absolute(module: &[String], path: Vec<String>) -> Vec<String> {
    let aliases = BTreeMap::from([("core", "std"), ("alloc", "std"), ("entente", "crate")]);
    let supers = path.iter().take_while(|s| *s == "super").count();
    let relative = path[0] == "self" || supers > 0;
    if !relative {
        let head = aliases.get(path[0].as_str()).map_or_else(|| path[0].clone(), |h| (*h).to_owned());
        return std::iter::once(head).chain(path.into_iter().skip(1)).collect();
    }
    let kept = module.len().saturating_sub(supers);
    let rest = path.into_iter().skip_while(|s| s == "self" || s == "super");
    std::iter::once("crate".to_owned()).chain(module[..kept].iter().cloned()).chain(rest).collect()
}

fn is_punct(token: Option<&TokenTree>, c: char) -> bool {
    matches!(token, Some(TokenTree::Punct(p)) if p.as_char() == c)
}

fn is_double_colon(tokens: &[TokenTree]) -> bool {
    is_punct(tokens.first(), ':') && is_punct(tokens.get(1), ':')
}

/// `#[cfg(test)]`, and `#[cfg(all(test, …))]`.
fn is_cfg_test(tokens: &[TokenTree]) -> bool {
    let Some(TokenTree::Group(attribute)) = tokens.get(1) else { return false };
    let text: String = attribute.stream().to_string().chars().filter(|c| !c.is_whitespace()).collect();
    is_punct(tokens.first(), '#') && (text == "cfg(test)" || text.starts_with("cfg(all(test,"))
}

/// `mod name { … }`.
fn inline_module(tokens: &[TokenTree]) -> Option<(String, &Group)> {
    match tokens {
        [TokenTree::Ident(keyword), TokenTree::Ident(name), TokenTree::Group(body), ..] if keyword == "mod" => {
            Some((name.to_string(), body))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let module: Vec<String> = ["graph", "store"].map(String::from).to_vec();
        let found: Vec<String> = uses(text, &module).unwrap().iter().map(|u| u.path.join("::")).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn paths_are_made_absolute() {
        check("use crate::text::Span;", &["crate::text::Span"]);
        check("use super::vocab::A; use super::super::view::B;", &["crate::graph::vocab::A", "crate::view::B"]);
        check("use self::rows::*;", &["crate::graph::store::rows::*"]);
        check("mod inner { use super::super::super::cli::X; }", &["crate::cli::X"]);
        check("fn f() { entente::cli::main() }", &["crate::cli::main"]);
    }

    #[test]
    fn trees_are_spread() {
        check("use crate::{text::{Span, Id}, cli};", &["crate::text::Span", "crate::text::Id", "crate::cli"]);
        check("use crate::{self as root, *};", &["crate::self", "crate::*"]);
    }

    #[test]
    fn macros_and_types_are_read_and_comments_and_strings_are_not() {
        check("fn f() { println!(\"crate::cli::x {}\", crate::view::n()) } // crate::cli::x", &["crate::view::n"]);
        check("/// [`crate::cli`]\nstruct S(Vec<crate::query::Row>);", &["crate::query::Row"]);
        check("fn f() { Vec::<crate::view::A>::new(); }", &["crate::view::A"]);
    }

    #[test]
    fn tests_and_async_are_told_apart() {
        let found = uses("#[cfg(test)]\nmod t { use std::fs::read; }\nasync fn f() { std::env::var(x) }", &[]).unwrap();
        let told: Vec<(String, usize, bool)> =
            found.into_iter().map(|u| (u.path.join("::"), u.line, u.in_test)).collect();
        assert_eq!(
            told,
            [("std::fs::read".into(), 2, true), ("async".into(), 3, false), ("std::env::var".into(), 3, false)]
        );
    }
}
