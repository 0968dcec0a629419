//! The other store's address as it may be told: passwords and keys that stand in it stay out of what is printed.

use ureq::http::Uri;

/// Stands for what is left out.
const HIDDEN: &str = "…";

/// The address without user info, without the values of its query, and without its fragment.
pub(super) fn shown(url: &str) -> String {
    let scheme = url.find("://").filter(|at| url[..*at].chars().all(|c| c.is_ascii_alphanumeric()));
    let (scheme, rest) = url.split_at(scheme.map_or(0, |at| at + "://".len()));
    // Where it is not clear how far the user info goes, all before the last `@` may be a password.
    let end = if is_clear(url) { rest.find(['/', '?', '#']).unwrap_or(rest.len()) } else { rest.len() };
    let rest = rest[..end].rfind('@').map_or(rest, |at| &rest[at + 1..]);
    let rest = rest.split_once('#').map_or(rest, |(rest, _)| rest);
    let Some((place, query)) = rest.split_once('?') else { return format!("{scheme}{rest}") };
    let query: Vec<String> = query.split('&').map(without_value).collect();
    format!("{scheme}{place}?{}", query.join("&"))
}

/// A server's words without the values of the query of the address `url`, which some servers repeat.
pub(super) fn hushed(words: &str, url: &str) -> String {
    let query = url.split_once('#').map_or(url, |(url, _)| url).split_once('?').map_or("", |(_, query)| query);
    let pairs = query.split('&').filter(|pair| pair.contains('='));
    pairs.fold(words.to_owned(), |words, pair| words.replace(pair, &without_value(pair)))
}

/// Whether it is an address of a host, with nothing but a number as its port.
fn is_clear(url: &str) -> bool {
    let uri: Option<Uri> = url.parse().ok();
    let authority = uri.as_ref().filter(|uri| uri.scheme().is_some()).and_then(Uri::authority);
    authority.is_some_and(|it| it.port_u16().is_some() || it.as_str().ends_with(it.host()))
}

/// One `name=value` of a query; a word alone may be a key itself.
fn without_value(pair: &str) -> String {
    match pair.split_once('=') {
        Some((name, _)) => format!("{name}={HIDDEN}"),
        None if pair.is_empty() => String::new(),
        None => HIDDEN.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_told_without_its_secrets() {
        for (url, told) in [
            ("http://localhost:3030/ties/update", "http://localhost:3030/ties/update"),
            ("http://joe:sekret@host/a?apikey=abc&x=1&sekret#abc", "http://host/a?apikey=…&x=…&…"),
            ("https://joe@[::1]:8080/a@b?mail=a@b", "https://[::1]:8080/a@b?mail=…"),
            ("http://host", "http://host"),
            ("joe:sekret@host/update?key=abc", "host/update?key=…"),
            ("//joe:sekret@host/", "host/"),
            ("joe:sekret://x@host/", "host/"),
            ("http://joe:sek/ret@host/", "http://host/"),
            ("http://joe:sek?ret@host/", "http://host/"),
            ("http://joe:sek#ret@host/", "http://host/"),
            ("http://joe:sek ret@host/?key=a b", "http://host/?key=…"),
            ("/data?key=abc", "/data?key=…"),
            ("", ""),
        ] {
            assert_eq!(shown(url), told, "{url}");
        }
    }

    #[test]
    fn what_a_server_repeats_of_the_query_is_left_out() {
        let url = "http://host/data?apikey=abc&x=1#y";
        assert_eq!(hushed("no /data?apikey=abc&amp;x=1 in 1 abc", url), "no /data?apikey=…&amp;x=… in 1 abc");
        assert_eq!(hushed("busy", "http://host/data"), "busy");
    }
}
