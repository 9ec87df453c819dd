//! Bodies that are huge, no JSON, in another encoding, compressed, several, or called something else.

use std::io::Write as _;

use flate2::Compression;
use flate2::write::GzEncoder;
use reqwest::Method;

use super::sockets;
use super::target::Target;

const QUERY: &str = r#"{"query": "{ __typename }"}"#;

/// What it is, its headers, its bytes, and the statuses that it may get.
type Case = (String, Vec<(&'static str, &'static str)>, Vec<u8>, &'static [u16]);

const JSON: (&str, &str) = ("content-type", "application/json");
const BAD: &[u16] = &[400, 413, 415];

/// Requests of JSON that is small to send and large to hold, at most so many bytes of it.
fn swelling(n_bytes: usize) -> Vec<(String, String)> {
    let fill = |open: &str, part: &dyn Fn(usize) -> String, close: &str| {
        let mut text = open.to_owned();
        for part in (0..).map(part) {
            if text.len() + part.len() + close.len() > n_bytes {
                break;
            }
            text += &part;
        }
        text.truncate(text.trim_end_matches(',').len());
        text + close
    };
    // Three more levels lie around them, and the reader of JSON goes down 127.
    let deep = format!("{}{},", "[".repeat(120), "]".repeat(120));
    let mut requests = Vec::new();
    for place in ["variables", "extensions"] {
        let mut add = |what: &str, open: &str, part: &dyn Fn(usize) -> String, close: &str| {
            let open = format!(r#"{{"query":"{{ __typename }}","{place}":{{{open}"#);
            requests.push((
                format!("{n_bytes} bytes of {what} in the {place}"),
                fill(&open, part, &format!("{close}}}}}")),
            ));
        };
        add("lists nested 120 deep", r#""a":["#, &|_| deep.clone(), "]");
        add("empty lists", r#""a":["#, &|_| "[],".to_owned(), "]");
        add("empty objects", r#""a":["#, &|_| "{},".to_owned(), "]");
        add("lists of a number", r#""a":["#, &|_| "[0],".to_owned(), "]");
        add("objects of a number", r#""a":["#, &|_| r#"{"b":0},"#.to_owned(), "]");
        add("numbers", r#""a":["#, &|_| "0,".to_owned(), "]");
        add("empty texts", r#""a":["#, &|_| r#""","#.to_owned(), "]");
        // Some 100,000 to a mebibyte.
        add("keys", "", &|i| format!(r#""{i:x}":0,"#), "");
    }
    requests
}

/// Variables that are too deep, too many, or no number: refused as a GraphQL request is, which older clients are told with
/// a 200.
async fn variables(target: &Target) {
    let keys: Vec<_> = (0..50_000).map(|i| format!("\"k{i}\":0")).collect();
    let mut cases = vec![
        ("50,000 variables".to_owned(), keys.join(",")),
        ("a number past all numbers".to_owned(), r#""v":1e99999"#.to_owned()),
    ];
    for (open, close) in [("[", "]"), ("{\"a\":", "}")] {
        for n in [127, 1_000, 100_000] {
            let deep = format!("\"v\":{}1{}", open.repeat(n), close.repeat(n));
            cases.push((format!("{n} times {open} in the variables"), deep));
        }
    }
    for (what, variables) in cases {
        let answer = target.ask_in_text(&what, "{ __typename }", &format!("{{{variables}}}")).await;
        let code = answer.refusal().0;
        if answer.was_executed() || !["LIMIT_EXCEEDED", "BAD_USER_INPUT"].contains(&&*code) {
            target.wrong(format!("{what}: {} {:.200}", answer.status, answer.text));
        }
        target.count("bodies", 1);
        target.assert_well(&what).await;
    }
}

/// The largest bodies and messages that are taken, of what swells in memory: over POST and over a WebSocket.
pub(super) async fn swell(target: &Target) {
    for (what, body) in swelling(1024 * 1024) {
        let request = target.client().post(target.url()).header(JSON.0, JSON.1).body(body);
        let answer = target.send(&what, request).await;
        if ![200, 400, 413].contains(&answer.status) {
            target.wrong(format!("{what}: {} {:.200}", answer.status, answer.text));
        }
        target.count("bodies", 1);
        target.assert_well(&what).await;
    }
    // So that with what is around it, it is a message that is not too long.
    for (what, payload) in swelling(64 * 1024 - 100) {
        sockets::ask_with(target, &format!("{what}, over a WebSocket"), &payload).await;
        target.count("sockets", 1);
        target.assert_well(&what).await;
    }
}

pub(super) async fn attack(target: &Target) {
    for (what, headers, body, statuses) in cases() {
        let mut request = target.client().post(target.url()).body(body);
        for (name, value) in &headers {
            request = request.header(*name, *value);
        }
        let answer = target.send(&what, request).await;
        if !statuses.contains(&answer.status) {
            target.wrong(format!("{what}: {} {:.200}, expected {statuses:?}", answer.status, answer.text));
        }
        target.count("bodies", 1);
        target.assert_well(&what).await;
    }
    variables(target).await;
    addresses(target).await;
}

fn cases() -> Vec<Case> {
    let mut cases: Vec<Case> = Vec::new();
    let mut add = |what: &str, headers: &[(&'static str, &'static str)], body: &[u8], statuses| {
        cases.push((what.to_owned(), headers.to_vec(), body.to_vec(), statuses));
    };

    // No JSON object, or one with other things in it.
    let texts = [
        "",
        " ",
        "null",
        "true",
        "7",
        "\"{ __typename }\"",
        "[]",
        "{",
        "{\"query\"",
        "{\"query\": }",
        "{'query': '{ a }'}",
        "{\"query\": \"{ __typename }\"} {}",
        "{\"query\": \"{ __typename }\", \"query\": \"{ __typename }\"}",
        "{\"query\": 7}",
        "{\"query\": [\"{ __typename }\"]}",
        "{\"query\": {\"a\": \"{ __typename }\"}}",
        "{\"query\": \"{ __typename }\", \"variables\": []}",
        "{\"query\": \"{ __typename }\", \"variables\": \"{}\"}",
        "{\"query\": \"{ __typename }\", \"operationName\": 7}",
        "{\"query\": \"{ __typename }\", \"extensions\": 7}",
        "{\"query\": \"\\ud800\"}",
        "{\"query\": \"\\u12\"}",
        "{\"query\": \"\u{1}\"}",
        "{\"query\": \"{ __typename }\", \"variables\": {\"a\": NaN}}",
        "[{\"query\": \"{ __typename }\"}]",
        "[{\"query\": \"{ __typename }\"}, {\"query\": \"{ __typename }\"}]",
    ];
    for text in texts {
        add(&format!("the body {text:?}"), &[JSON], text.as_bytes(), &[400]);
    }
    let batch = format!("[{}]", vec![QUERY; 10_000].join(","));
    add("a batch of 10,000", &[JSON], batch.as_bytes(), &[400]);

    // Deep and huge.
    let unknown = format!("{{\"query\": \"{{ __typename }}\", \"junk\": \"{}\"}}", "j".repeat(900_000));
    add("900,000 bytes of what is not known", &[JSON], unknown.as_bytes(), &[200, 400]);
    let huge = format!("{{\"query\": \"{}\"}}", "x".repeat(8 * 1024 * 1024));
    add("8 MiB", &[JSON], huge.as_bytes(), &[413]);
    add("NUL", &[JSON], &vec![0; 100_000], &[400]);

    encodings(&mut add);

    // Called something else, or nothing.
    for name in [
        "text/plain",
        "text/html",
        "application/x-www-form-urlencoded",
        "application/graphql",
        "application/xml",
        "application/json-patch+json",
        "application/jsonp",
        "multipart/form-data; boundary=x",
        "*/*",
        "json",
        "",
        "application/json, text/plain",
    ] {
        add(&format!("a body called {name:?}"), &[("content-type", name)], QUERY.as_bytes(), BAD);
    }
    let multipart = "--x\r\ncontent-disposition: form-data; name=\"operations\"\r\n\r\n{\"query\": \"{ __typename }\"}\r\n--x\r\n\
                     content-disposition: form-data; name=\"map\"\r\n\r\n{}\r\n--x--\r\n";
    add("an upload", &[("content-type", "multipart/form-data; boundary=x")], multipart.as_bytes(), &[415]);
    add(
        "an answer in a format that is none",
        &[JSON, ("accept", "image/png;q=1e400, ;;;")],
        QUERY.as_bytes(),
        &[200, 400, 406],
    );
    cases
}

/// The same request in every odd encoding.
fn encodings(add: &mut impl FnMut(&str, &[(&'static str, &'static str)], &[u8], &'static [u16])) {
    let little_endian: Vec<u8> = QUERY.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let big_endian: Vec<u8> = QUERY.encode_utf16().flat_map(u16::to_be_bytes).collect();
    let utf32: Vec<u8> = QUERY.chars().flat_map(|c| u32::from(c).to_le_bytes()).collect();
    let marked = [b"\xef\xbb\xbf", QUERY.as_bytes()].concat();
    let latin = b"{\"query\": \"{ law(slug: \\\"caf\xe9\\\") { name } }\"}";
    let overlong = b"{\"query\": \"{ __typename }\xc0\xaf\"}";
    let surrogate = b"{\"query\": \"{ __typename } # \xed\xa0\x80\"}";
    let utf7 = b"+AHsAIg-query+ACI: +ACIAew- __typename +AH0AIgB9-";
    add("UTF-16, little end first", &[JSON], &little_endian, BAD);
    add("UTF-16, big end first", &[JSON], &big_endian, BAD);
    add("UTF-16 with its mark", &[JSON], &[b"\xff\xfe", &little_endian[..]].concat(), BAD);
    add("UTF-16 that says so", &[("content-type", "application/json; charset=utf-16")], &little_endian, BAD);
    add("UTF-32", &[JSON], &utf32, BAD);
    add("UTF-7", &[("content-type", "application/json; charset=utf-7")], utf7, BAD);
    add("UTF-8 with a mark", &[JSON], &marked, &[200, 400]);
    add("latin-1", &[JSON], latin, BAD);
    add("latin-1 that says so", &[("content-type", "application/json; charset=iso-8859-1")], latin, BAD);
    add("UTF-8 that is longer than it must be", &[JSON], overlong, BAD);
    add("a surrogate in UTF-8", &[JSON], surrogate, BAD);

    let zipped = gzip(QUERY.as_bytes());
    let bomb = gzip(&vec![b' '; 64 * 1024 * 1024]);
    let bomb_of_bombs = gzip(&bomb);
    add("gzip", &[JSON, ("content-encoding", "gzip")], &zipped, BAD);
    add("gzip that is not said", &[JSON], &zipped, BAD);
    add("64 MiB in gzip", &[JSON, ("content-encoding", "gzip")], &bomb, BAD);
    add("gzip in gzip", &[JSON, ("content-encoding", "gzip, gzip")], &bomb_of_bombs, BAD);
    for name in ["deflate", "br", "zstd", "compress", "identity, gzip", "x", ""] {
        add(
            &format!("a body in {name:?} that is not"),
            &[JSON, ("content-encoding", name)],
            QUERY.as_bytes(),
            &[200, 400, 415],
        );
    }
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(bytes).expect("memory takes all");
    encoder.finish().expect("memory takes all")
}

/// Queries of addresses, methods and routes.
async fn addresses(target: &Target) {
    let base = target.url().trim_end_matches("/graphql").to_owned();
    let paths = [
        "/graphql",
        "/graphql?",
        "/graphql?query",
        "/graphql?query=",
        "/graphql?query=%",
        "/graphql?query=%ff%fe",
        "/graphql?query=%00",
        "/graphql?query={__typename}&query={__typename}",
        "/graphql?query=%7B__typename%7D&variables=%7B",
        "/graphql?query=%7B__typename%7D&variables=[]",
        "/graphql?query=%7B__typename%7D&operationName=%00",
        "/graphql?query=mutation%7Bwrite%7D",
        "/graphql/",
        "/GRAPHQL",
        "/%67raphql",
        "/..%2f..%2fetc/passwd",
        "/%00",
        "/schema.graphql?x=%ff",
        "//",
        "/nothing",
        "/healthz/x",
        "/readyz?%",
        "/.git/config",
        "/grounds.db",
    ];
    for path in paths {
        for method in [
            Method::GET,
            Method::POST,
            Method::PUT,
            Method::DELETE,
            Method::OPTIONS,
            Method::HEAD,
            Method::from_bytes(b"BREW").expect("a token"),
        ] {
            let what = format!("{method} {path}");
            let request = target.client().request(method.clone(), format!("{base}{path}"));
            if method == Method::HEAD {
                // An answer to it has a head and nothing else.
                let status = request.send().await.map(|answer| answer.status().as_u16());
                if status.as_ref().map_or(true, |status| *status >= 500) {
                    target.wrong(format!("{what}: {status:?}"));
                }
            } else {
                target.send(&what, request).await;
            }
            target.count("bodies", 1);
        }
    }
    let long = format!("{base}/graphql?query=%7B__typename%7D&x={}", "x".repeat(20_000));
    target.send("an address of 20,000 characters", target.client().get(long)).await;
    let variables = format!(r#"{{"v":"{}"}}"#, "x".repeat(5_000));
    target.get("long variables in an address", "{ __typename }", Some(&variables)).await;
    target.assert_well("addresses").await;
}
