//! The table of all settings: their keys, what each is for, where its value is kept. The settings file and its JSON
//! Schema, the names in the environment, `--set` and the reference are made from it.

use std::ops::RangeInclusive;

use super::Config;
use super::slot::Slot;

/// A setting.
pub(super) struct Setting {
    /// In the file, the table and the key: `http.body_max_bytes`.
    pub(super) key: &'static str,
    /// What it is for, and why its default is what it is.
    pub(super) doc: &'static str,
    /// The least and the greatest number, of settings that are numbers.
    pub(super) range: RangeInclusive<u64>,
    /// Where its value is kept.
    pub(super) slot: fn(&mut Config) -> Slot<'_>,
}

impl Setting {
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
         where the system grants fewer, the start says so.";
    "http.head_deadline", 1..=DAY, Seconds(http.head_deadline), "How long a client may take to send the head of a request.";
    "http.head_max_bytes", 1_024..=131_072, Size(http.head_max_bytes),
        "Bytes of the head: address and headers. Browsers send 1 to 2 KiB; a long query is better sent with POST.";
    "http.body_deadline", 1..=DAY, Seconds(http.body_deadline),
        "How long a client may take to send the body: a mebibyte over a poor mobile network.";
    "http.body_max_bytes", 1_024..=MANY, Size(http.body_max_bytes),
        "Bytes of the body: a document has at most 64 KiB, the rest is for variables. Apollo Router takes 2 MB.";
    "http.keep_alive", 1..=DAY, Seconds(http.keep_alive), "How long a connection may be silent between two requests.";
    "http.unread_deadline", 1..=DAY, Seconds(http.unread_deadline),
        "How long a client may leave unread what it was sent, before the connection is cut. On Linux.";
    "http.ready_deadline", 1..=DAY, Seconds(http.ready_deadline), "How long `/readyz` waits for the database.";
    "http.shutdown", 0..=DAY, Seconds(http.shutdown),
        "How long requests in flight may take to finish when the server is stopped; whole seconds. Orchestrators grant \
         10 at the least.";

    "live.connections_max", 0..=1_000_000, Size(http.live.connections_max),
        "WebSockets and event streams at once. Each may hold an operation and its answer.";
    "live.init_deadline", 1..=DAY, Seconds(http.live.init_deadline),
        "How long a WebSocket may take to send `connection_init`, else it is closed with 4408. graphql-ws grants 3.";
    "live.idle_deadline", 2..=DAY, Seconds(http.live.idle_deadline),
        "How long a WebSocket may be silent. It is pinged at half of it, which any browser answers by itself.";
    "live.send_deadline", 1..=DAY, Seconds(http.live.send_deadline),
        "How long a client may take to take in a message; what it has not taken then is dropped with its connection.";
    "live.message_max_bytes", 1_024..=MANY, Size(http.live.message_max_bytes),
        "Bytes of a WebSocket message from a client, its frames together. gqlgen takes 1 MB.";
    "live.operations_max", 1..=10_000, Size(http.live.operations_max),
        "Operations at once on a WebSocket; one more closes it with 4429.";

    "limits.bytes", 1_024..=1_048_576, Count(execution.document.bytes),
        "Bytes of a document. Parsing takes half of the time of a small request and grows with it. GraphQL Armor stops at \
         15,000 characters.";
    "limits.tokens", 100..=1_000_000, Count(execution.document.tokens),
        "Tokens of a document: between GraphQL Armor's 1,000 and Apollo Router's 15,000.";
    "limits.nesting", 20..=64, Count(execution.document.nesting),
        "How deep brackets may stand in one another, before parsing and with fragments put in place. The parser recurses \
         on them: more than 64 could end the process. The standard introspection query has 18.";
    "limits.directives", 0..=10_000, Count(execution.document.directives),
        "Directives in a document. GraphQL Armor allows 50; no directive here needs more.";
    "limits.directives_at_a_place", 0..=1_000, Count(execution.document.directives_at_a_place),
        "Directives at one place. The known ones are each allowed once.";
    "limits.operations", 1..=1_000, Count(execution.document.operations),
        "Operations in a document: GraphiQL sends all that stand in the editor, and all are validated.";
    "limits.variables", 0..=10_000, Count(execution.document.variables), "Variables of an operation.";
    "limits.fields", 1..=100_000, Count(execution.document.fields),
        "Fields of an operation, fragments put in place. As graphql-cop advises; the standard introspection query has some \
         230.";
    "limits.depth", 1..=64, Count(execution.document.depth),
        "Fields within fields, fragments put in place. GraphQL Armor allows 6; a graph is there to be walked.";
    "limits.depth_of_introspection", 1..=64, Count(execution.document.depth_of_introspection),
        "The same of an operation that only asks for the schema. The standard introspection query is 15 deep.";
    "limits.aliases", 0..=10_000, Count(execution.document.aliases),
        "Aliases of an operation, fragments put in place: each can run a costly field once more. GraphQL Armor allows 15.";
    "limits.root_fields", 1..=10_000, Count(execution.document.root_fields),
        "Fields at the root of a query. As Apollo Router.";
    "limits.root_fields_of_mutation", 1..=10_000, Count(execution.document.root_fields_of_mutation),
        "Fields at the root of a mutation: they run one after the other.";
    "limits.objects", 1..=MANY, Small(execution.objects),
        "Objects that an answer holds, counted while it is made. GitHub allows 500,000 nodes, Open Targets 150,000.";
    "limits.time", 1..=600, Seconds(execution.time),
        "How long a request may take. GitHub gives up after 10 seconds, and a person has turned away before.";
};
