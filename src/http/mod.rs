//! The server's HTTP side: the only home of actix-web.
//!
//! | address | what it answers |
//! |---|---|
//! | `/graphql` | `GraphQL` over HTTP: POST, and GET for queries; over server-sent events where the client accepts
//! | | `text/event-stream`; over WebSocket with the subprotocol `graphql-transport-ws` |
//! | `/` | the `GraphiQL` page, with its files beside it |
//! | `/schema.graphql` | the schema as text |
//! | `/healthz` | 200 while the process lives |
//! | `/readyz` | 200 when requests can be answered, 503 with a reason when not |
//! | `/metrics` | figures of the process, as Prometheus reads them; 404 when they are switched off |
//!
//! Everything else is 404, and every error is JSON in the shape of a `GraphQL` answer; one about a limit names it, by its
//! name in the settings. Refused without JSON is only what never becomes a request, by the library: what is not HTTP, and a
//! head of more than 96 headers or 128 KiB; and, with a bare 429, a request too many at once on a connection of HTTP/2.
//!
//! Pages of other sites read nothing from here unless the settings name them, and then without cookies. Every answer has
//! an `x-request-id`, and policies by which a browser runs, frames and guesses nothing. Every request is counted and
//! leaves a line in the log.
//!
//! A client that is slow is cut off: with the handshake of TLS, the head, the body, between two requests, and with reading.
//! An answer is handed out in pieces of 16 KiB, and each has a deadline; of subscriptions, each event has. What a client did
//! not take in time is dropped at once. Not cut off is who reads a large answer slowly, though never too slowly for a piece;
//! nor, elsewhere than on Linux, who leaves unread no more than the last 32 KiB and what the system holds. Where the system
//! grants less than two open files a connection, a client that reads nothing loses its answer, but may keep its connection.
//!
//! Decides what bytes mean and which status an answer has; what a document may be and what it yields is for
//! [`crate::graphql`] to say.

mod access;
mod answer;
mod body;
mod connection;
mod cors;
mod draining;
mod errors;
mod event_stream;
mod figures;
mod graphiql;
mod graphql;
mod handed_out;
mod health;
mod live;
mod media_type;
mod open_files;
mod origin;
mod router;
mod schema;
mod server;
mod settings;
mod start_error;
#[cfg(test)]
mod tests;
mod tls;
mod unread;
mod websocket;

pub use cors::is_origin;
pub use figures::Figures;
pub use open_files::{Room, TooFewFiles, make_room};
pub use router::{Shared, router};
pub use server::{Stop, serve};
pub use settings::{HttpSettings, LiveSettings, TlsFiles};
pub use start_error::StartError;
