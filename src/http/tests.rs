//! The server from outside: through the router, and over real sockets where the bytes matter.

mod access;
mod cors;
mod deadlines;
mod figures;
mod headers;
mod requests;
mod sockets;
#[expect(clippy::unused_async, reason = "resolvers are async, whether they wait or not")]
mod stub;
mod tls;
