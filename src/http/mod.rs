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
//!
//! Everything else is 404, and every error is JSON in the shape of a `GraphQL` answer. No answer has a CORS header: pages
//! of other sites are not to read from here.
//!
//! Decides what bytes mean and which status an answer has; what a document may be and what it yields is for
//! [`crate::graphql`] to say.

mod body;
mod errors;
mod event_stream;
mod graphiql;
mod graphql;
mod health;
mod live;
mod media_type;
mod origin;
mod router;
mod schema;
mod server;
mod settings;
#[cfg(test)]
mod tests;
mod websocket;

pub use router::router;
pub use server::{Stop, serve};
pub use settings::{HttpSettings, LiveSettings, TlsFiles};
