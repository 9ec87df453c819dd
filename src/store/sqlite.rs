//! What only `SQLite` understands: its URLs, settings and error codes, lists as parameters, full-text search.

use std::path::Path;
use std::str::FromStr as _;
use std::time::{Duration, Instant};

use sqlx::error::DatabaseError;
use sqlx::migrate::{MigrateError, Migrator};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{ConnectOptions as _, Connection as _, SqliteConnection, SqlitePool};

use super::{StoreError, StoreSettings};

static MIGRATIONS: Migrator = sqlx::migrate!("schema/sql/sqlite");

/// As the first migration sets it; "GRND".
const APPLICATION_ID: i64 = 0x4752_4E44;

/// How many connections import and load share: one may write while the other reads.
const UNHURRIED_CONNECTIONS: u32 = 2;
/// How long each of them may take to open, or to be free: on a machine that is short of everything, a start is slow, and
/// still a start.
const UNHURRIED_ACQUIRE_TIMEOUT: Duration = Duration::from_mins(1);
/// How long to wait before a database that is being made is opened again.
const BETWEEN_ATTEMPTS: Duration = Duration::from_millis(10);
/// How many steps of `SQLite`'s machine pass between two looks at the clock: some tens of microseconds.
const STEPS_BETWEEN_LOOKS: i32 = 1_000;

/// A number that differs from the one before when another connection has written since.
pub(super) const DATA_VERSION: &str = "PRAGMA data_version";

/// Begins a transaction that may write: at once, so that it cannot fail half-way because another began to write.
pub(super) const BEGIN_WRITE: &str = "BEGIN IMMEDIATE";

/// The start of a statement about the ids in `$1`, a JSON array of texts: they stand in `wanted (id)`, each once.
macro_rules! wanted {
    () => {
        "WITH wanted (id) AS (SELECT DISTINCT value FROM json_each($1)) "
    };
}

/// The rows in `$1`, a JSON array of objects: a column is `value ->> 'its name'`.
macro_rules! given {
    () => {
        "json_each($1)"
    };
}

pub(super) use {given, wanted};

/// What a URL says.
#[derive(Debug)]
pub(super) struct Place {
    options: SqliteConnectOptions,
    in_memory: bool,
}

/// The connections to a store.
pub(super) struct Connections {
    /// For import and load, which take as long as they take.
    pub(super) unhurried: SqlitePool,
    /// For what clients cause: they only read, and none of their statements takes longer than it may.
    pub(super) lookups: SqlitePool,
    /// How to open one more; `None` in memory, where there is one connection for everything.
    pub(super) file: Option<SqliteConnectOptions>,
}

impl Place {
    pub(super) fn parse(url: &str) -> Result<Self, StoreError> {
        let text = url.strip_prefix("sqlite:").ok_or(StoreError::NotAUrl)?;
        let (path, parameters) = text.split_once('?').unwrap_or((text, ""));
        let path = path.trim_start_matches("//");
        if path.is_empty() || path == "/" {
            return Err(StoreError::NotAUrl);
        }
        // The defaults of sqlx log each statement at debug level, and one that takes a second as a warning.
        let options = SqliteConnectOptions::from_str(url).map_err(|_| StoreError::NotAUrl)?;
        let in_memory = path == ":memory:" || parameters.split('&').any(|parameter| parameter == "mode=memory");
        Ok(Self { options: options.foreign_keys(true), in_memory })
    }

    /// The file; `None` in memory.
    pub(super) fn file(&self) -> Option<&Path> {
        (!self.in_memory).then(|| self.options.get_filename())
    }
}

/// Opens what is there or makes it, and brings the schema up to date.
pub(super) async fn open(place: Place, settings: &StoreSettings) -> Result<Connections, StoreError> {
    if let Some(file) = place.file() {
        if tokio::fs::try_exists(file).await? {
            refuse_what_is_not_ours(&place.options).await?;
        } else {
            require_directory_of(file).await?;
        }
    }
    let Place { options, in_memory } = place;
    let options = options.busy_timeout(settings.busy_timeout);
    // With WAL, only FULL keeps what was acknowledged through a loss of power.
    let lasting = options.clone().create_if_missing(true).synchronous(SqliteSynchronous::Full);
    if in_memory {
        // It is gone with its last connection, and a second one would wait for the first with locks of its own: it has
        // one, for ever.
        let only = pool(1, UNHURRIED_ACQUIRE_TIMEOUT).min_connections(1).connect_with(lasting).await?;
        migrate(&mut *only.acquire().await?).await?;
        return Ok(Connections { unhurried: only.clone(), lookups: only, file: None });
    }
    let first = make(&lasting, settings.busy_timeout).await?;
    let unhurried = pool(UNHURRIED_CONNECTIONS, UNHURRIED_ACQUIRE_TIMEOUT).connect_with(lasting).await?;
    // The last to be closed would tidy up, and the next begin anew.
    first.close().await?;
    Ok(Connections { unhurried, lookups: lookups(options.clone(), settings), file: Some(options) })
}

/// Makes the database where there is none, one after the other also where several programs begin at once; else brings its
/// schema up to date.
async fn make(options: &SqliteConnectOptions, patience: Duration) -> Result<SqliteConnection, StoreError> {
    let options = options.clone().journal_mode(SqliteJournalMode::Wal);
    let begin = Instant::now();
    let mut connection = loop {
        // `SQLite` lets nobody wait who changes to WAL while somebody else does.
        match options.connect().await.map_err(StoreError::from) {
            Err(StoreError::Busy) if begin.elapsed() < patience => tokio::time::sleep(BETWEEN_ATTEMPTS).await,
            outcome => break outcome?,
        }
    };
    let is_empty = "SELECT NOT EXISTS (SELECT 1 FROM sqlite_schema)";
    if sqlx::query_scalar(is_empty).fetch_one(&mut connection).await? {
        // Another may be about to do the same. Whoever comes second finds that all is done.
        let mut transaction = connection.begin_with(BEGIN_WRITE).await?;
        migrate(&mut transaction).await?;
        transaction.commit().await?;
    } else {
        migrate(&mut connection).await?;
    }
    Ok(connection)
}

fn pool(n_connections: u32, acquire_timeout: Duration) -> SqlitePoolOptions {
    SqlitePoolOptions::new()
        .max_connections(n_connections.max(1))
        .idle_timeout(None)
        .max_lifetime(None)
        .acquire_timeout(acquire_timeout)
}

/// Connections whose statements are interrupted when they have taken too long since the connection was given out.
fn lookups(options: SqliteConnectOptions, settings: &StoreSettings) -> SqlitePool {
    let time = settings.sql_time;
    pool(settings.connections_max, settings.acquire_timeout)
        // To set the time limit is to ask the connection's thread, which shows as well whether it is alive.
        .test_before_acquire(false)
        .after_connect(move |connection, _| Box::pin(interrupt_after(connection, time)))
        .before_acquire(move |connection, _| {
            Box::pin(async move { interrupt_after(connection, time).await.map(|()| true) })
        })
        .connect_lazy_with(options.create_if_missing(false).pragma("query_only", "ON"))
}

async fn interrupt_after(connection: &mut SqliteConnection, time: Duration) -> Result<(), sqlx::Error> {
    let mut handle = connection.lock_handle().await?;
    let start = Instant::now();
    handle.set_progress_handler(STEPS_BETWEEN_LOOKS, move || start.elapsed() < time);
    Ok(())
}

async fn migrate(connection: &mut SqliteConnection) -> Result<(), StoreError> {
    // Of `run` the compiler would not see that it may be sent to another thread.
    MIGRATIONS.run_direct(None, connection, false).await.map_err(|error| match error {
        MigrateError::VersionMissing(migration) => StoreError::Newer { migration },
        MigrateError::VersionMismatch(migration) => StoreError::Altered { migration },
        MigrateError::Execute(error) | MigrateError::ExecuteMigration(error, _) => error.into(),
        other => StoreError::Sql(other.into()),
    })
}

/// Looks before anything is written: even the change to WAL would change a file that is another's.
async fn refuse_what_is_not_ours(options: &SqliteConnectOptions) -> Result<(), StoreError> {
    let mut connection = options.clone().create_if_missing(false).connect().await?;
    let answer = look(&mut connection).await;
    connection.close().await?;
    answer
}

async fn look(connection: &mut SqliteConnection) -> Result<(), StoreError> {
    let (application_id, n_objects): (i64, i64) =
        sqlx::query_as("SELECT application_id, (SELECT count(*) FROM sqlite_schema) FROM pragma_application_id")
            .fetch_one(&mut *connection)
            .await?;
    if n_objects > 0 && application_id != APPLICATION_ID {
        return Err(StoreError::Foreign);
    }
    // Reads the whole file, as the start of the server does anyway.
    let verdict: String = sqlx::query_scalar("PRAGMA quick_check(1)").fetch_one(connection).await?;
    if verdict == "ok" { Ok(()) } else { Err(StoreError::Damaged(verdict)) }
}

async fn require_directory_of(file: &Path) -> Result<(), StoreError> {
    match file.parent() {
        Some(directory) if directory != Path::new("") && !tokio::fs::try_exists(directory).await? => {
            Err(StoreError::NoDirectory(directory.to_owned()))
        }
        _ => Ok(()),
    }
}

/// The faults that have a name of their own; `None` for the others. Codes: <https://www.sqlite.org/rescode.html>.
pub(super) fn fault(error: &dyn DatabaseError) -> Option<StoreError> {
    let code: i32 = error.code()?.parse().ok()?;
    // The low byte is the primary code, the rest says more.
    Some(match code & 0xff {
        5 | 6 => StoreError::Busy,
        8 => StoreError::ReadOnly,
        9 => StoreError::Interrupted,
        10 | 14 => StoreError::Unreadable(error.message().to_owned()),
        11 => StoreError::Damaged(error.message().to_owned()),
        13 => StoreError::Full,
        26 => StoreError::NotADatabase,
        _ => return None,
    })
}

/// Stands before each word that was found.
pub(super) const MARK_START: char = '\u{2}';
/// Stands behind each word that was found.
pub(super) const MARK_END: char = '\u{3}';

/// All of `words`, and of the last at least its beginning, for FTS5.
///
/// Within quotes, only a quote has a meaning, and words have none. Side by side, quoted words must all be found; one
/// that is none to the index is passed over.
pub(super) fn match_expression(words: &[String]) -> String {
    let quoted: Vec<String> = words.iter().map(|word| format!("\"{word}\"")).collect();
    quoted.join(" ") + "*"
}

/// How many entities of the kinds in `$1` match `$2`.
pub(super) const COUNT_HITS: &str = concat!(
    wanted!(),
    "SELECT count(*) FROM entity_search WHERE entity_search MATCH $2 AND kind IN (SELECT id FROM wanted)"
);

// The weights and column numbers count id, kind, name, aliases, summary, typed. 24: words of the summary around what
// was found.
/// `$3` entities of the kinds in `$1` that match `$2`, the best first, after the first `$4`. One that is called `$5`, in
/// whatever case, comes before all that only hold the words.
pub(super) const HITS: &str = concat!(
    wanted!(),
    "SELECT id, -bm25(entity_search, 0, 0, 10, 5, 1, 1) + CASE
            WHEN lower(entity_search.name) = $5 OR EXISTS (
                SELECT 1 FROM alias WHERE alias.entity = entity_search.id AND lower(alias.alias) = $5
            ) THEN 100 ELSE 0
        END AS score,
        highlight(entity_search, 2, char(2), char(3)) AS name,
        highlight(entity_search, 3, char(2), char(3)) AS aliases,
        snippet(entity_search, 4, char(2), char(3), '…', 24) AS summary
     FROM entity_search
     WHERE entity_search MATCH $2 AND kind IN (SELECT id FROM wanted)
     ORDER BY score DESC, id LIMIT $3 OFFSET $4"
);
