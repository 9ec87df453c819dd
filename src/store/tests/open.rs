//! Opening what is there, what is not, and what is something else.

use std::fs;
use std::path::Path;

use sqlx::Connection as _;
use sqlx::sqlite::SqliteConnection;

use super::super::*;
use super::*;

pub(super) fn url(path: &Path) -> String {
    format!("sqlite:{}", path.display())
}

/// Why it is refused. The file is left as it is.
async fn refusal(path: &Path) -> StoreError {
    let before = fs::read(path).ok();
    let url = url(path);
    match Store::open(&url).await {
        Err(StoreError::Open { url: named, reason }) => {
            assert_eq!(named, url);
            assert_eq!(fs::read(path).ok(), before, "the file was changed");
            *reason
        }
        other => panic!("{other:?}"),
    }
}

async fn run(path: &Path, sql: &'static str) {
    let mut connection =
        SqliteConnection::connect(&format!("{}?mode=rwc", url(path))).await.expect("an ordinary database");
    sqlx::raw_sql(sql).execute(&mut connection).await.expect("good SQL");
    connection.close().await.expect("closes");
}

#[tokio::test]
async fn a_store_is_made_when_absent_and_found_again() {
    let directory = tempfile::tempdir().expect("a directory");
    let url = url(&directory.path().join("grounds.db"));
    assert!(!Store::exists(&url).expect("tells"));
    let store = Store::open(&url).await.expect("made");
    assert!(Store::exists(&url).expect("tells"));
    assert_eq!(load(&store).await.revision, 0);
    import(&store, &[kratom()]).await.expect("good");
    let before = load(&store).await;
    store.ping().await.expect("answers");
    store.close().await;

    let again =
        Store::open_with(&url, StoreSettings { connections_max: 2, ..StoreSettings::default() }).await.expect("found");
    assert_eq!(load(&again).await, before);
}

/// As two programs do that are started side by side.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn who_begin_at_once_with_a_new_file_all_begin() {
    for _ in 0..20 {
        let directory = tempfile::tempdir().expect("a directory");
        let url = url(&directory.path().join("grounds.db"));
        let opening = (0..4).map(|_| {
            let url = url.clone();
            tokio::spawn(async move { Store::open(&url).await })
        });
        for opened in opening.collect::<Vec<_>>() {
            let store = opened.await.expect("no panic").expect("it waits for the others");
            assert_eq!(load(&store).await.revision, 0);
        }
    }
}

#[tokio::test]
async fn readers_read_while_a_write_is_under_way() {
    let directory = tempfile::tempdir().expect("a directory");
    let store = Store::open(&url(&directory.path().join("grounds.db"))).await.expect("made");
    let transaction = store.pool.begin_with(sqlite::BEGIN_WRITE).await.expect("begins");
    assert_eq!(load(&store).await.revision, 0);
    drop(transaction);
    let mode: String = sqlx::query_scalar("PRAGMA journal_mode").fetch_one(&store.pool).await.expect("answers");
    let synchronous: i64 = sqlx::query_scalar("PRAGMA synchronous").fetch_one(&store.pool).await.expect("answers");
    assert_eq!((mode.as_str(), synchronous), ("wal", 2));
}

#[tokio::test]
async fn what_is_no_url_of_a_store_is_refused() {
    for url in
        ["", "grounds.db", "postgres://localhost/grounds", "sqlite:", "sqlite://", "sqlite:?mode=ro", "sqlite:a?mode=w"]
    {
        let error = Store::open(url).await.expect_err(url);
        assert!(error.to_string().contains("sqlite:grounds.db"), "{error}");
        assert!(Store::exists(url).is_err());
    }
}

#[tokio::test]
async fn memory_is_never_there_before_and_makes_no_file() {
    for url in ["sqlite::memory:", "sqlite://:memory:", "sqlite:nowhere/named?mode=memory"] {
        assert!(!Store::exists(url).expect("tells"));
        let store = Store::open(url).await.expect("there is always memory");
        import(&store, &[kratom()]).await.expect("good");
        let (one, other) = tokio::join!(store.load(), store.load());
        assert_eq!(one.expect("answers"), other.expect("answers"), "both see the same database");
    }
}

#[tokio::test]
async fn other_files_are_refused_and_left_alone() {
    let directory = tempfile::tempdir().expect("a directory");
    let text = directory.path().join("notes.txt");
    fs::write(&text, "Not a database at all. ".repeat(100)).expect("written");
    assert!(matches!(refusal(&text).await, StoreError::NotADatabase));

    let foreign = directory.path().join("foreign.db");
    run(&foreign, "CREATE TABLE bookmark (url TEXT)").await;
    assert!(matches!(refusal(&foreign).await, StoreError::Foreign));
}

#[tokio::test]
async fn an_empty_file_becomes_a_store() {
    let directory = tempfile::tempdir().expect("a directory");
    let file = directory.path().join("empty.db");
    fs::write(&file, "").expect("written");
    Store::open(&url(&file)).await.expect("there is nothing to lose").ping().await.expect("answers");
}

#[tokio::test]
async fn a_damaged_file_is_refused() {
    let directory = tempfile::tempdir().expect("a directory");
    let file = directory.path().join("grounds.db");
    let store = Store::open(&url(&file)).await.expect("made");
    import(&store, &[kratom()]).await.expect("good");
    store.close().await;
    let mut bytes = fs::read(&file).expect("there");
    let n_bytes = bytes.len();
    assert!(n_bytes > 20_000, "the tables are in the file, not in its log");
    bytes[8_192..n_bytes - 4_096].fill(0x5a);
    fs::write(&file, bytes).expect("written");
    assert!(matches!(refusal(&file).await, StoreError::Damaged(_)));
}

#[tokio::test]
async fn a_store_of_another_grounds_is_refused() {
    let directory = tempfile::tempdir().expect("a directory");
    let file = directory.path().join("grounds.db");
    Store::open(&url(&file)).await.expect("made").close().await;
    run(&file, "UPDATE _sqlx_migrations SET checksum = x'00'").await;
    let error = Store::open(&url(&file)).await.expect_err("altered");
    assert!(
        matches!(&error, StoreError::Open { reason, .. } if matches!(**reason, StoreError::Altered { migration: 1 }))
    );
    run(
        &file,
        "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time)
         VALUES (9999, 'of tomorrow', true, x'00', 0)",
    )
    .await;
    let error = Store::open(&url(&file)).await.expect_err("newer");
    assert!(
        matches!(&error, StoreError::Open { reason, .. } if matches!(**reason, StoreError::Newer { migration: 9999 }))
    );
    assert!(error.to_string().starts_with(&url(&file)), "{error}");
}

#[tokio::test]
async fn a_place_where_no_file_can_be_is_named() {
    let directory = tempfile::tempdir().expect("a directory");
    let nowhere = directory.path().join("nowhere");
    let reason = refusal(&nowhere.join("grounds.db")).await;
    assert!(matches!(&reason, StoreError::NoDirectory(named) if *named == nowhere), "{reason}");
    assert!(!nowhere.exists());
    assert!(matches!(refusal(directory.path()).await, StoreError::Unreadable(_)));
}

#[tokio::test]
async fn a_store_that_may_only_be_read_says_so_when_written() {
    let directory = tempfile::tempdir().expect("a directory");
    let url = url(&directory.path().join("grounds.db"));
    import(&Store::open(&url).await.expect("made"), &[kratom()]).await.expect("good");
    let store = Store::open(&format!("{url}?mode=ro")).await.expect("readable");
    assert_eq!(load(&store).await.revision, 1);
    assert!(matches!(import(&store, &[kratom()]).await, Err(StoreError::ReadOnly)));
}

#[tokio::test]
async fn a_store_whose_file_is_gone_does_not_answer() {
    let directory = tempfile::tempdir().expect("a directory");
    let file = directory.path().join("grounds.db");
    let store = Store::open(&url(&file)).await.expect("made");
    fs::remove_file(&file).expect("removed");
    assert!(matches!(store.ping().await, Err(StoreError::Unreadable(_))));
}
