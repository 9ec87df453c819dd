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
//! name in the settings. Only what never becomes a request is refused without JSON, by the library: what is not HTTP, and
//! a head of more than 96 headers or 128 KiB.
//!
//! Pages of other sites read nothing from here unless the settings name them, and then without cookies. Every answer has
//! an `x-request-id`, and policies by which a browser runs, frames and guesses nothing. Every request is counted and
//! leaves a line in the log.
//!
//! A client that is slow is cut off: with the handshake of TLS, the head, the body, between two requests, and, on Linux,
//! with reading. Elsewhere a client that reads nothing holds its connection for as long as it lives, and on Linux so does
//! one that reads a little now and then.
//!
//! Decides what bytes mean and which status an answer has; what a document may be and what it yields is for
//! [`crate::graphql`] to say.

mod access;
mod body;
mod cors;
mod draining;
mod errors;
mod event_stream;
mod figures;
mod graphiql;
mod graphql;
mod health;
mod live;
mod media_type;
mod open_files;
mod origin;
mod router;
mod schema;
mod server;
mod settings;
#[cfg(test)]
mod tests;
mod tls;
mod under_way;
mod unread;
mod websocket;

pub use cors::is_origin;
pub use figures::Figures;
pub use open_files::{TooFewFiles, make_room};
pub use router::{Shared, router};
pub use server::{StartError, Stop, serve};
pub use settings::{HttpSettings, LiveSettings, TlsFiles};
