//! What strangers may send, against a real server: whatever it is, the answer comes soon, blames the request and shows
//! nothing of the inside, and the server stays as it was.
//!
//! A binary of its own, so that nothing else runs beside it: answers are timed, though generously, and the server's memory
//! is looked at after each family of attacks. What to ask comes from the schema as the server itself tells it, so that a new
//! field or argument is attacked from the day it exists.

mod arguments;
mod bodies;
mod crowd;
mod documents;
mod heavy;
#[path = "../it/inside.rs"]
mod inside;
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
use tokio::sync::Mutex;

/// One test after the other: each is to have the machine for itself.
static TURN: Mutex<()> = Mutex::const_new(());

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_that_a_stranger_sends_harms_the_server() {
    let _turn = TURN.lock().await;
    let mut target = Target::start().await;
    let schema = Schema::of(&target).await;
    let reach = Reach::find(&target, &schema).await;
    // Until here all that was asked was ordinary: threads have begun, and caches are filled.
    target.is_at_rest();

    // The slow ones wait most of the time.
    tokio::join!(wire::slow(&target), async {
        target.watch_up_to(crowd::GROWTH_MAX_KIB, "a crowd", crowd::attack(&target)).await;
        target.watch("documents", documents::attack(&target)).await;
        target.watch("arguments", arguments::attack(&target, &schema, &reach)).await;
        target.watch("bodies", bodies::attack(&target)).await;
        target.watch("bodies that swell", bodies::swell(&target)).await;
        target.watch_up_to(crowd::GROWTH_MAX_KIB, "another crowd", crowd::attack(&target)).await;
        target.watch("connections", wire::quick(&target)).await;
        target.watch("sockets", sockets::attack(&target, &schema)).await;
    });
    target.assert_well("everything").await;
    target.finish(&[
        ("fields", 500),
        ("arguments", 700),
        ("values", 10_000),
        ("values executed", 6_000),
        ("by POST", 2_000),
        ("by GET", 2_000),
        ("by WebSocket", 2_000),
        ("by event stream", 2_000),
        ("documents", 180),
        ("bodies", 250),
        ("crowd", 400),
        ("connections", 85),
        ("sockets", 380),
    ]);
}

/// Where there is much to find, what an answer costs is counted and timed while it is made.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_heavy_ends_in_time() {
    let _turn = TURN.lock().await;
    let target = Target::with_corpora(&[]).await;
    target.watch("heavy documents", heavy::within_the_cost(&target)).await;
    target.finish(&[("heavy", 20), ("stopped", 1)]);
    // Each is to have the machine for itself.
    drop(target);
    let target = Target::with_corpora(&["limits.cost=1000000000"]).await;
    // Who lifts the limit of cost a thousandfold gives memory for it.
    target.watch_up_to(u64::MAX, "documents of any cost", heavy::beyond_the_cost(&target)).await;
    target.finish(&[("heavy", 16), ("stopped", 5)]);
}
