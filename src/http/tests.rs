//! The server from outside: through the router, and over real sockets where the bytes matter.

mod access;
mod cors;
mod deadlines;
mod event_streams;
mod figures;
mod headers;
mod http_2;
mod live_limits;
mod requests;
mod served;
mod sockets;
#[expect(clippy::unused_async, reason = "resolvers are async, whether they wait or not")]
mod stub;
mod tls;
mod websockets;
