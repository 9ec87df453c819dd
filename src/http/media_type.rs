//! Media types: what a client sends, and what it wants to get.

use actix_web::http::header::{self, HeaderMap};

/// The media type of an answer on `/graphql`.
///
/// They differ in what the status says: with the first it tells how far a request came; with the second, which is for
/// clients that know no better, it is 200 for every well-formed request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum AnswerType {
    /// `application/graphql-response+json`
    GraphqlResponse,
    /// `application/json`
    Json,
}

/// How a client wants to be answered on `/graphql`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Accepted {
    /// With one answer.
    Answer(AnswerType),
    /// With one answer after the other, as server-sent events: `text/event-stream`.
    EventStream,
}

impl AnswerType {
    /// As `Content-Type`.
    pub(super) const fn content_type(self) -> &'static str {
        match self {
            Self::GraphqlResponse => "application/graphql-response+json; charset=utf-8",
            Self::Json => "application/json; charset=utf-8",
        }
    }
}

impl Accepted {
    /// What the client likes best; `None` when it accepts nothing that there is.
    ///
    /// An event stream is for those that name it: whoever takes anything wants one answer. Between equals the more exactly named wins, then the one named first. A client without `Accept` gets the type
    /// that the specification of GraphQL over HTTP prefers, `application/graphql-response+json`. One that takes
    /// anything, as `fetch` and curl do when nobody tells them otherwise, gets `application/json`, as audits 47DE and
    /// 80D8 of graphql-http want.
    pub(super) fn negotiate(headers: &HeaderMap) -> Option<Self> {
        let ranges: Vec<Range> = headers
            .get_all(header::ACCEPT)
            .filter_map(|value| value.to_str().ok())
            .flat_map(|value| split(value, b','))
            .filter_map(Range::parse)
            .collect();
        let silent = headers.get_all(header::ACCEPT).all(|value| value.as_bytes().trim_ascii().is_empty());
        if silent {
            return Some(Self::Answer(AnswerType::GraphqlResponse));
        }
        let event_stream =
            liking(&ranges, "text", "event-stream").filter(|&(_, exactness, _)| exactness == Exactness::Named);
        // The last of the greatest wins.
        [
            (Self::EventStream, event_stream),
            (Self::Answer(AnswerType::GraphqlResponse), liking(&ranges, "application", "graphql-response+json")),
            (Self::Answer(AnswerType::Json), liking(&ranges, "application", "json")),
        ]
        .into_iter()
        .filter_map(|(accepted, liking)| Some((accepted, liking?)))
        .max_by_key(|&(_, liking)| liking)
        .map(|(accepted, _)| accepted)
    }
}

/// A media range of an `Accept` header, RFC 9110, section 12.5.1.
#[derive(Debug, PartialEq, Eq)]
struct Range {
    media_type: MediaType,
    /// In thousandths, 0 to 1000.
    quality: u16,
}

/// How much a client likes a media type: quality first, then how exactly it named it, then how early.
type Liking = (u16, Exactness, std::cmp::Reverse<usize>);

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Exactness {
    Anything,
    AnyOfMain,
    Named,
}

impl Range {
    /// `None` when it is malformed: such a range says nothing.
    fn parse(text: &str) -> Option<Self> {
        let mut quality = 1_000;
        let media_type = MediaType::parse_with(text, |name, value| {
            if name == "q" {
                quality = thousandths(value)?;
            }
            Some(())
        })?;
        Some(Self { media_type, quality })
    }

    fn matches(&self, main_type: &str, subtype: &str) -> Option<Exactness> {
        let MediaType { main, sub, charset } = &self.media_type;
        if charset.as_deref().is_some_and(|charset| !is_utf8(charset)) {
            return None;
        }
        match (main.as_str(), sub.as_str()) {
            ("*", "*") => Some(Exactness::Anything),
            (main, "*") if main == main_type => Some(Exactness::AnyOfMain),
            (main, sub) if (main, sub) == (main_type, subtype) => Some(Exactness::Named),
            _ => None,
        }
    }
}

/// What the ranges say of `{main_type}/{subtype}`: the most exact of those that match decides. `None` when none does,
/// or its quality is 0.
fn liking(ranges: &[Range], main_type: &str, subtype: &str) -> Option<Liking> {
    ranges
        .iter()
        .enumerate()
        .filter_map(|(i, range)| Some((range.matches(main_type, subtype)?, std::cmp::Reverse(i), range.quality)))
        .max()
        .map(|(exactness, early, quality)| (quality, exactness, early))
        .filter(|&(quality, ..)| quality > 0)
}

/// Whether the body is said to be JSON in UTF-8, by exactly one `Content-Type`.
///
/// Nothing else is read: a browser sends forms and plain text to other sites unasked, so reading those would let any
/// page act with its visitor's rights.
pub(super) fn is_json(headers: &HeaderMap) -> bool {
    let mut types = headers.get_all(header::CONTENT_TYPE);
    let (Some(only), None) = (types.next(), types.next()) else {
        return false;
    };
    only.to_str().ok().and_then(MediaType::parse).is_some_and(|media_type| {
        (media_type.main.as_str(), media_type.sub.as_str()) == ("application", "json")
            && media_type.charset.as_deref().is_none_or(is_utf8)
    })
}

/// A media type, in lower case; of its parameters only the charset.
#[derive(Debug, PartialEq, Eq)]
struct MediaType {
    main: String,
    sub: String,
    charset: Option<String>,
}

impl MediaType {
    fn parse(text: &str) -> Option<Self> {
        Self::parse_with(text, |_, _| Some(()))
    }

    /// `None` when it is malformed or `parameter`, which gets each name and value, returns it.
    fn parse_with(text: &str, mut parameter: impl FnMut(&str, &str) -> Option<()>) -> Option<Self> {
        let mut parts = split(text, b';');
        let (main, sub) = parts.next()?.trim().split_once('/')?;
        if !is_token(main) || !is_token(sub) {
            return None;
        }
        let mut charset = None;
        for part in parts.map(str::trim).filter(|part| !part.is_empty()) {
            let (name, value) = part.split_once('=')?;
            let name = name.trim_end().to_ascii_lowercase();
            let value = value.trim_start();
            let value = value.strip_prefix('"').map_or(Some(value), |quoted| quoted.strip_suffix('"'))?;
            parameter(&name, value)?;
            if name == "charset" {
                charset = Some(value.to_ascii_lowercase());
            }
        }
        Some(Self { main: main.to_ascii_lowercase(), sub: sub.to_ascii_lowercase(), charset })
    }
}

fn is_utf8(charset: &str) -> bool {
    matches!(charset, "utf-8" | "utf8")
}

fn is_token(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte))
}

/// A weight, `0` to `1` with at most three decimals.
fn thousandths(text: &str) -> Option<u16> {
    let (whole, decimals) = text.split_once('.').unwrap_or((text, ""));
    if decimals.len() > 3 || !decimals.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let decimals: u16 = format!("{decimals:0<3}").parse().ok()?;
    match (whole, decimals) {
        ("0", decimals) => Some(decimals),
        ("1", 0) => Some(1_000),
        _ => None,
    }
}

/// The parts of `text` between separators that do not stand within quotes.
fn split(text: &str, separator: u8) -> impl Iterator<Item = &str> {
    let mut rest = Some(text);
    std::iter::from_fn(move || {
        let text = rest?;
        let mut quoted = false;
        let mut escaped = false;
        let end = text.bytes().position(|byte| {
            let ends = byte == separator && !quoted;
            if byte == b'"' && !escaped {
                quoted = !quoted;
            }
            escaped = byte == b'\\' && quoted && !escaped;
            ends
        });
        rest = end.map(|end| &text[end + 1..]);
        Some(end.map_or(text, |end| &text[..end]))
    })
}

#[cfg(test)]
mod tests {
    use actix_web::http::header::HeaderValue;
    use proptest::prelude::*;

    use super::*;

    fn headers(name: &header::HeaderName, values: &[&str]) -> HeaderMap {
        let mut headers = HeaderMap::new();
        for value in values {
            headers.append(name.clone(), HeaderValue::from_str(value).expect("a header's value"));
        }
        headers
    }

    #[test]
    fn the_client_gets_what_it_likes_best() {
        use AnswerType::{GraphqlResponse, Json};
        let cases: [(&[&str], Option<AnswerType>); 35] = [
            (&[], Some(GraphqlResponse)),
            (&[""], Some(GraphqlResponse)),
            (&["application/graphql-response+json"], Some(GraphqlResponse)),
            (&["application/json"], Some(Json)),
            (&["APPLICATION/JSON"], Some(Json)),
            (&["*/*"], Some(Json)),
            (&["application/*"], Some(Json)),
            (&["application/graphql-response+json, application/json"], Some(GraphqlResponse)),
            (&["application/json, application/graphql-response+json"], Some(Json)),
            (&["application/graphql-response+json, application/json;q=0.9"], Some(GraphqlResponse)),
            (&["application/graphql-response+json;q=0.8, application/json;q=0.9"], Some(Json)),
            (
                &["application/graphql-response+json; charset=utf-8, application/json; charset=utf-8"],
                Some(GraphqlResponse),
            ),
            (&["application/json, multipart/mixed"], Some(Json)),
            (&["application/graphql-response+json", "application/json;q=0.5"], Some(GraphqlResponse)),
            (&["text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"], Some(Json)),
            (&["*/*, application/graphql-response+json"], Some(GraphqlResponse)),
            (&["application/json;q=0, */*"], Some(GraphqlResponse)),
            (&["*/*;q=0.1, application/json;q=0"], Some(GraphqlResponse)),
            (&["application/*;q=0.2, */*;q=1"], Some(Json)),
            (&["application/json;q=0.001, text/html"], Some(Json)),
            (&["application/json;profile=\"a,b;q=0\";q=0.5"], Some(Json)),
            (&["application/json;profile=\"a\\\",b\""], Some(Json)),
            (&["application/json;charset=\"UTF-8\""], Some(Json)),
            (&["application/json;q=0"], None),
            (&["*/*;q=0"], None),
            (&["text/html"], None),
            (&["text/*"], None),
            (&["application/xml, text/plain"], None),
            (&["application/json;charset=iso-8859-1"], None),
            (&["application/graphql+json"], None),
            (&["json"], None),
            (&["*/json"], None),
            (&["application/json;q=2"], None),
            (&["application/json;q=0.1234"], None),
            (&[",,;,"], None),
        ];
        for (accept, expected) in cases {
            let accepted = Accepted::negotiate(&headers(&header::ACCEPT, accept));
            assert_eq!(accepted, expected.map(Accepted::Answer), "{accept:?}");
        }
    }

    #[test]
    fn an_event_stream_is_for_those_that_name_it_and_like_it_best() {
        const STREAM: Option<Accepted> = Some(Accepted::EventStream);
        const JSON: Option<Accepted> = Some(Accepted::Answer(AnswerType::Json));
        let cases = [
            ("text/event-stream", STREAM),
            ("Text/Event-Stream; charset=utf-8", STREAM),
            ("text/event-stream, application/json", STREAM),
            ("application/json, text/event-stream", JSON),
            ("application/json;q=0.5, text/event-stream;q=0.6", STREAM),
            ("application/json;q=0.6, text/event-stream;q=0.5", JSON),
            ("text/event-stream, */*", STREAM),
            ("text/event-stream;q=0.1, */*;q=0.2", JSON),
            ("text/event-stream;q=0, */*", JSON),
            ("text/*, */*;q=0.1", JSON),
            ("text/*", None),
            ("application/event-stream", None),
            ("text/event-stream;q=0", None),
        ];
        for (accept, expected) in cases {
            assert_eq!(Accepted::negotiate(&headers(&header::ACCEPT, &[accept])), expected, "{accept}");
        }
    }

    #[test]
    fn only_json_is_json() {
        for good in [
            "application/json",
            "Application/JSON; charset=UTF-8",
            "application/json;charset=\"utf-8\"",
            "application/json; a=b;",
        ] {
            assert!(is_json(&headers(&header::CONTENT_TYPE, &[good])), "{good}");
        }
        let bad: [&[&str]; 13] = [
            &[],
            &[""],
            &["text/plain"],
            &["text/plain; application/json"],
            &["application/x-www-form-urlencoded"],
            &["multipart/form-data; boundary=application/json"],
            &["application/json; charset=utf-16"],
            &["application/graphql"],
            &["application/graphql-response+json"],
            &["application/json, text/plain"],
            &["text/plain, application/json"],
            &["application/json", "text/plain"],
            &["application/json; charset"],
        ];
        for bad in bad {
            assert!(!is_json(&headers(&header::CONTENT_TYPE, bad)), "{bad:?}");
        }
    }

    proptest! {
        #[test]
        fn any_header_can_be_read(text in "[ -~]{0,40}", lists in r#"([a-z*/;,="\\q.01 ]){0,30}"#) {
            for text in [text, lists] {
                let _ = Accepted::negotiate(&headers(&header::ACCEPT, &[&text]));
                let _ = is_json(&headers(&header::CONTENT_TYPE, &[&text]));
            }
        }
    }
}
