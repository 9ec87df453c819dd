//! What is written is noticed, and what takes too long is given up.

use std::fs;
use std::time::Duration;

use super::super::*;
use super::open::url;
use super::*;

#[tokio::test]
async fn writes_are_noticed_whoever_made_them() {
    let directory = tempfile::tempdir().expect("a directory");
    let url = url(&directory.path().join("grounds.db"));
    let store = Store::open(&url).await.expect("made");
    let mut watch = store.watch();
    assert_eq!(watch.news().await.expect("answers"), Some(0), "the first look always tells");
    assert_eq!(watch.news().await.expect("answers"), None);

    let other = Store::open(&url).await.expect("found");
    import(&other, &[kratom()]).await.expect("good");
    assert_eq!(watch.news().await.expect("answers"), Some(1));
    assert_eq!(watch.news().await.expect("answers"), None);
    load(&other).await;
    assert_eq!(watch.news().await.expect("answers"), None, "to read is not to write");

    import(&store, &[kratom()]).await.expect("good");
    import(&store, &[kratom()]).await.expect("good");
    assert_eq!(watch.news().await.expect("answers"), Some(3), "of several the last");
}

#[tokio::test]
async fn a_watch_begins_anew_after_an_error() {
    let directory = tempfile::tempdir().expect("a directory");
    let (file, away) = (directory.path().join("grounds.db"), directory.path().join("away.db"));
    let store = Store::open(&url(&file)).await.expect("made");
    import(&store, &[kratom()]).await.expect("good");
    store.close().await;
    fs::rename(&file, &away).expect("closed");
    let mut watch = store.watch();
    for _ in 0..3 {
        watch.news().await.expect_err("the file is away");
    }
    assert!(!file.exists(), "to look makes no file");
    fs::rename(&away, &file).expect("away");
    assert_eq!(watch.news().await.expect("it is back"), Some(1));
    assert_eq!(watch.news().await.expect("answers"), None);
}

#[tokio::test]
async fn in_memory_each_look_tells_the_revision() {
    let store = empty().await;
    let mut watch = store.watch();
    assert_eq!(watch.news().await.expect("answers"), Some(0));
    import(&store, &[kratom()]).await.expect("good");
    assert_eq!(watch.news().await.expect("answers"), Some(1));
    assert_eq!(watch.news().await.expect("answers"), Some(1));
}

/// Counts without an end.
const ENDLESS: &str =
    "WITH RECURSIVE number (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number) SELECT count(*) FROM number";

#[tokio::test]
async fn a_look_up_that_takes_too_long_is_interrupted_and_its_connection_goes_on() {
    let directory = tempfile::tempdir().expect("a directory");
    let url = url(&directory.path().join("grounds.db"));
    // One connection: whoever comes next has the one that was interrupted.
    let settings =
        StoreSettings { connections_max: 1, sql_time: Duration::from_millis(200), ..StoreSettings::default() };
    let store = Store::open_with(&url, settings).await.expect("made");
    import(&store, &[kratom()]).await.expect("good");
    for _ in 0..2 {
        let endless = sqlx::query(ENDLESS).fetch_one(&store.lookups).await.expect_err("it has no end");
        assert!(matches!(StoreError::from(endless), StoreError::Interrupted));
        let found = store.search(&SearchWords::parse("kratom", 16), &[], 10, 0).await.expect("a new time");
        assert!(found.total > 0);
        store.ping().await.expect("answers");
    }
}

#[tokio::test]
async fn look_ups_cannot_write() {
    let directory = tempfile::tempdir().expect("a directory");
    let store = Store::open(&url(&directory.path().join("grounds.db"))).await.expect("made");
    let refused = sqlx::query("DELETE FROM revision").execute(&store.lookups).await.expect_err("they only read");
    assert!(matches!(StoreError::from(refused), StoreError::ReadOnly));
    sqlx::query("DELETE FROM revision").execute(&store.pool).await.expect("imports write");
}
