//! What strangers may send, against a real server: whatever it is, the answer comes soon, blames the request and shows
//! nothing of the inside, and the server stays as it was.
//!
//! A binary of its own, so that nothing else runs beside it: answers are timed, though generously. One test, so that memory and log are those of the whole. What to ask comes from the schema as the server itself
//! tells it, so that a new field or argument is attacked from the day it exists.

mod arguments;
mod bodies;
mod crowd;
mod documents;
#[path = "../it/process.rs"]
#[expect(dead_code, reason = "shared with the other integration tests, which use the rest")]
mod process;
mod reach;
mod schema;
#[path = "../it/server.rs"]
#[expect(dead_code, reason = "as above")]
mod server;
mod sockets;
mod target;
mod values;
mod wire;

use reach::Reach;
use schema::Schema;
use target::Target;

/// By how much the server may have grown when all is over. The first of each attack do not count: caches fill, and
/// threads begin.
const GROWTH_MAX_KIB: u64 = 64 * 1024;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_that_a_stranger_sends_harms_the_server() {
    let target = Target::start();
    let schema = Schema::of(&target).await;
    let reach = Reach::find(&target, &schema).await;
    crowd::attack(&target).await;
    documents::attack(&target).await;
    let warm = target.memory_kib();

    // The slow ones wait most of the time.
    tokio::join!(wire::slow(&target), async {
        arguments::attack(&target, &schema, &reach).await;
        bodies::attack(&target).await;
        crowd::attack(&target).await;
        wire::quick(&target).await;
        sockets::attack(&target, &schema).await;
    });
    target.assert_well("everything").await;

    if let (Some(before), Some(after)) = (warm, target.memory_kib()) {
        println!("memory: {before} KiB after the first attacks, {after} KiB at the end");
        assert!(after <= before + GROWTH_MAX_KIB, "grew from {before} to {after} KiB");
    }
    target.finish(&[
        ("fields", 500),
        ("arguments", 700),
        ("values", 10_000),
        ("documents", 180),
        ("bodies", 250),
        ("crowd", 400),
        ("connections", 70),
        ("sockets", 280),
    ]);
}
