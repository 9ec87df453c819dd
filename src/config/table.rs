//! The table of all settings: their keys, what each is for, where its value is kept. The settings file and its JSON
//! Schema, the names in the environment, `--set` and the reference are made from it.

use std::ops::RangeInclusive;

use super::Config;
use super::slot::Slot;
use crate::graphql::{ExecutionLimits, Limit};

/// A setting.
pub(super) struct Setting {
    /// In the file, the table and the key: `http.body_max_bytes`.
    pub(super) key: &'static str,
    /// As it stands in the table; empty for a limit of an operation.
    doc: &'static str,
    /// The least and the greatest number, of settings that are numbers.
    pub(super) range: RangeInclusive<u64>,
    /// Where its value is kept.
    pub(super) slot: fn(&mut Config) -> Slot<'_>,
}

impl Setting {
    /// What it is for, and why its default is what it is. The limits of an operation say it themselves.
    pub(super) fn doc(&self) -> &'static str {
        let limits = ExecutionLimits::default().table();
        let named = |limit: &&Limit| self.key.strip_prefix("limits.") == Some(limit.name);
        limits.iter().find(named).map_or(self.doc, |limit| limit.description)
    }

    /// The key without its table: `body_max_bytes`.
    pub(super) fn last_part(&self) -> &'static str {
        self.key.rsplit_once('.').map_or(self.key, |(_, last_part)| last_part)
    }

    /// Whether `name` has that at its beginning or end, as `max_depth` has `depth`.
    pub(super) fn has_part_in(&self, name: &str) -> bool {
        let part = self.last_part();
        let before = name.strip_suffix(part).is_some_and(|rest| rest.is_empty() || rest.ends_with('_'));
        before || name.strip_prefix(part).is_some_and(|rest| rest.starts_with('_'))
    }

    /// The name in the environment: `GROUNDS_HTTP_BODY_MAX_BYTES`.
    pub(super) fn variable(&self) -> String {
        format!("{}{}", super::ENVIRONMENT, self.key.replace('.', "_").to_uppercase())
    }
}

/// A number that is not bounded by what it means, but by what anyone could want.
const MANY: u64 = 1_000_000_000;
/// A day, in seconds.
const DAY: u64 = 86_400;

macro_rules! settings {
    ($($key:literal, $range:expr, $kind:ident($($place:tt)+), $doc:expr;)+) => {
        &[$(Setting { key: $key, doc: $doc, range: $range, slot: |config| Slot::$kind(&mut config.$($place)+) }),+]
    };
}

/// Every setting, in the order of the reference.
pub(super) const SETTINGS: &[Setting] = settings! {
    "listen", 0..=0, Text(listen),
        "Address and port to listen on. Port 0 takes any free one. Of this machine alone unless it is set.";
    "database", 0..=0, Text(database),
        "The database: `sqlite:` and a path, relative to the folder in which the server is started.";
    "log", 0..=0, Text(log),
        "What is logged to standard error: a level, or levels by part as in `warn,grounds::access=info,sqlx=debug`. \
         `info` logs every request.";
    "log_format", 0..=0, Format(log_format),
        "How it is logged: `human`, a line an event; `json`, a JSON object a line.";
    "log_variables", 0..=0, Flag(http.log_variables),
        "Whether the log of requests holds the texts of variables. They may be personal, so not unless it is asked for.";

    "tls.certificate", 0..=0, File(tls_certificate),
        "The certificate for TLS, with those between it and the root, in PEM. With it the server speaks HTTPS, and HTTP/2.";
    "tls.key", 0..=0, File(tls_key), "The private key of the certificate, in PEM.";

    "http.allowed_origins", 0..=0, Texts(http.allowed_origins),
        "Pages of which other origins may read answers and open WebSockets, as in `https://example.org`; `*` for all. \
         None: a page of another origin reaches the API through its own server.";
    "http.metrics", 0..=0, Flag(http.metrics),
        "Whether `/metrics` tells the server's figures to Prometheus. Names of operations can be read there.";
    "http.workers", 0..=1_024, Threads(http.workers), "Threads that serve connections; 0 for one a core.";
    "http.connections_max", 1..=1_000_000, Size(http.connections_max),
        "Open connections; further ones wait to be accepted. Each takes some tens of kilobytes and a file descriptor: \
         where the system grants fewer, the start says so. Where it grants twice as many, also those can be cut off that \
         read nothing and go on sending.";
    "http.streams_max", 1..=10_000, Size(http.streams_max),
        "Requests that one HTTP/2 connection may have under way; further ones are answered 429, without a body. RFC 9113 \
         wants 100 at the least.";
    "http.head_deadline", 1..=DAY, Seconds(http.head_deadline), "How long a client may take to send the head of a request.";
    "http.head_max_bytes", 1_024..=131_072, Size(http.head_max_bytes),
        "Bytes of the head: address and headers. Browsers send 1 to 2 KiB; a long query is better sent with POST.";
    "http.body_deadline", 1..=DAY, Seconds(http.body_deadline),
        "How long a client may take to send the body: a mebibyte over a poor mobile network.";
    "http.body_max_bytes", 1_024..=MANY, Size(http.body_max_bytes),
        "Bytes of the body: a document has at most 64 KiB, the rest is for variables. Apollo Router takes 2 MB.";
    "http.keep_alive", 1..=DAY, Seconds(http.keep_alive),
        "How long a connection may be silent between two requests; one of HTTP/2, without any under way.";
    "http.unread_deadline", 1..=DAY, Seconds(http.unread_deadline),
        "How long a client may take to read a piece of an answer, of 16 KiB, before the answer is dropped and the \
         connection is cut.";
    "http.ready_deadline", 1..=DAY, Seconds(http.ready_deadline), "How long `/readyz` waits for the database.";
    "http.shutdown", 0..=DAY, Seconds(http.shutdown),
        "How long requests in flight may take to finish when the server is stopped; rounded up to whole seconds. \
         Orchestrators grant 10 in all at the least, and closing the database may take one.";

    "live.open_max", 0..=1_000_000, Size(http.live.open_max),
        "WebSockets and event streams at once. Each may hold an operation and its answer.";
    "live.init_deadline", 1..=DAY, Seconds(http.live.init_deadline),
        "How long a WebSocket may take to send `connection_init`, else it is closed with 4408. graphql-ws grants 3.";
    "live.idle_deadline", 2..=DAY, Seconds(http.live.idle_deadline),
        "How long a WebSocket may be silent. It is pinged at half of it, which any browser answers by itself.";
    "live.send_deadline", 1..=DAY, Seconds(http.live.send_deadline),
        "How long a client may take to take in a message or an event; what it has not taken then is dropped with its \
         connection.";
    "live.message_max_bytes", 1_024..=MANY, Size(http.live.message_max_bytes),
        "Bytes of a WebSocket message from a client, its frames together. gqlgen takes 1 MB.";
    "live.operations_max", 1..=10_000, Size(http.live.operations_max),
        "Operations at once on a WebSocket; one more closes it with 4429.";

    "limits.bytes", 1_024..=1_048_576, Count(execution.document.bytes), "";
    "limits.tokens", 100..=1_000_000, Count(execution.document.tokens), "";
    "limits.nesting", 20..=64, Count(execution.document.nesting), "";
    "limits.tokens_of_variables", 100..=10_000_000, Count(execution.document.tokens_of_variables), "";
    "limits.directives", 0..=10_000, Count(execution.document.directives), "";
    "limits.directives_at_a_place", 0..=1_000, Count(execution.document.directives_at_a_place), "";
    "limits.operations", 1..=1_000, Count(execution.document.operations), "";
    "limits.variables", 0..=10_000, Count(execution.document.variables), "";
    "limits.fields", 1..=100_000, Count(execution.document.fields), "";
    "limits.depth", 1..=64, Count(execution.document.depth), "";
    "limits.depth_of_introspection", 1..=64, Count(execution.document.depth_of_introspection), "";
    "limits.aliases", 0..=10_000, Count(execution.document.aliases), "";
    "limits.root_fields", 1..=10_000, Count(execution.document.root_fields), "";
    "limits.root_fields_of_mutation", 1..=10_000, Count(execution.document.root_fields_of_mutation), "";
    "limits.list", 1..=100_000, Count(execution.document.list), "";
    "limits.text_chars", 1..=1_000_000, Count(execution.document.text_chars), "";
    "limits.cost", 1..=MANY, Count(execution.cost), "";
    "limits.objects", 1..=MANY, Small(execution.objects), "";
    "limits.answer_fields", 1..=MANY, Count(execution.answer_fields), "";
    "limits.executed_at_once", 1..=100_000, Size(execution.executed_at_once), "";
    "limits.page_default", 1..=100_000, Size(execution.page_default), "";
    "limits.page", 1..=100_000, Size(execution.page), "";
    "limits.name_chars", 1..=10_000, Size(execution.name_chars), "";
    "limits.search_chars", 1..=100_000, Size(execution.search_chars), "";
    "limits.search_terms", 1..=1_000, Size(execution.search_terms), "";
    "limits.visits", 1..=MANY, Size(execution.visits), "";
    "limits.hops", 1..=1_000, Size(execution.hops), "";
    "limits.walks", 1..=1_000, Size(execution.walks), "";
    "limits.neighborhood_depth", 1..=1_000, Size(execution.neighborhood_depth), "";
    "limits.neighborhood_entities", 1..=1_000_000, Size(execution.neighborhood_entities), "";
    "limits.neighborhood_statements", 1..=1_000_000, Size(execution.neighborhood_statements), "";
    "limits.joined", 2..=1_000, Size(execution.joined), "";
    "limits.compared", 2..=1_000, Size(execution.compared), "";
    "limits.alignments", 1..=MANY, Size(execution.alignments), "";
    "limits.flips_tried", 1..=MANY, Size(execution.flips_tried), "";
    "limits.computation_time", 1..=600, Seconds(execution.computation_time), "";
    "limits.time", 1..=600, Seconds(execution.time), "";
    "limits.errors", 1..=1_000, Size(execution.errors), "";
    "limits.message_chars", 50..=100_000, Size(execution.message_chars), "";
    "limits.persisted_bytes", 0..=MANY, Count(execution.persisted_bytes), "";

    "store.connections_max", 1..=1_000, Small(store.connections_max),
        "Questions of clients to the database at once; further ones wait. Each has a thread of its own.";
    "store.acquire_timeout", 1..=600, Seconds(store.acquire_timeout),
        "How long such a question waits for its turn. sqlx waits 30.";
    "store.busy_timeout", 0..=600, Seconds(store.busy_timeout),
        "How long a write waits for another process to finish its own.";
    "store.sql_time", 1..=600, Seconds(store.sql_time),
        "How long an SQL statement of a client's question may take, before it is interrupted: shorter than a request, so \
         that whoever asked learns which of the two limits it was. Imports take as long as they need.";
};
