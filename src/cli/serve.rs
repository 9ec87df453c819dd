//! `grounds serve`: opens the database, loads the graph, serves until it is told to stop.

use std::net::{TcpListener, ToSocketAddrs as _};
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use tokio::runtime::{Builder, Runtime};

use super::CliError;
use super::options::ServeOptions;
use super::terminal::say;
use crate::app::{self, App, CorpusCounts, embedded_corpora};
use crate::config::Config;
use crate::graphql::Api;
use crate::http::{self, Figures, Shared, TooFewFiles};
use crate::store::Store;
use crate::telemetry;

/// Who the revision log says loaded the built-in corpora.
const ACTOR: &str = "grounds, at its first start";

/// How often the store is asked whether another process wrote to it: a question of microseconds.
const NEWS_INTERVAL: Duration = Duration::from_millis(200);

/// How long closing the database may take at the end; a look-up that still runs would hold it up.
const CLOSING: Duration = Duration::from_secs(1);

/// The runtime that a command's waiting happens on; HTTP has threads of its own beside it.
pub(super) fn runtime() -> Result<Runtime, CliError> {
    Builder::new_multi_thread().worker_threads(2).enable_all().build().map_err(CliError::Server)
}

pub(super) fn serve(options: ServeOptions) -> Result<(), CliError> {
    let config = options.config()?;
    super::start_log(&config)?;
    // Bound first: whoever else has the port is told of before anything is made or loaded.
    let listener = bind(&config.listen)?;
    let runtime = runtime()?;
    let outcome = runtime.block_on(run(config, listener));
    // What still runs is a look at the store or a graph that is built, which nobody waits for any more.
    runtime.shutdown_background();
    outcome
}

async fn run(mut config: Config, listener: TcpListener) -> Result<(), CliError> {
    let room = http::make_room(&mut config.http, config.store.connections_max);
    if let Some(too_few) = &room.too_few {
        tracing::warn!("{too_few}");
    }
    // Before the graph is loaded, which is measured too.
    let figures = config.http.metrics.then(figures).unwrap_or_default();
    let signals = StopSignals::listen().map_err(CliError::Server)?;
    let store = Store::open_with(&config.database, config.store).await?;
    let app = App::load(store).await?;
    let is_new = app.current().snapshot.revision() == 0;
    if is_new {
        app::import(app.store(), &embedded_corpora(), None, ACTOR, Timestamp::now()).await?;
        app.reload().await?;
    }
    let address = listener.local_addr().map_err(CliError::Server)?;
    let scheme = if config.http.tls.is_some() { "https" } else { "http" };
    let site = format!("{scheme}://{address}");

    let app = Arc::new(app);
    let api = Arc::new(Api::new(app.clone(), config.execution));
    let shared = Shared::new(config.http.clone(), figures).with_second_handles(room.second_handles);
    let (server, stop) = http::serve(listener, api, shared)?;
    greet(&config, &app, is_new, &site, room.too_few)?;
    let stopping = tokio::spawn(async move {
        signals.received().await;
        // Not among the lines of the log, which programs may read. Nobody misses it who no longer listens.
        let _ = say("stopping: requests in flight are finished first");
        stop.stop().await;
    });
    let outcome = tokio::select! {
        outcome = server => outcome.map_err(CliError::Server),
        () = app.keep_current(NEWS_INTERVAL) => Ok(()),
    };
    stopping.abort();
    // All that was written is on the disk already: this only tidies up.
    if tokio::time::timeout(CLOSING, app.store().close()).await.is_err() {
        tracing::warn!("the database was not closed in time; nothing of it is lost");
    }
    outcome
}

/// The figures of this process, kept from now on; gathered for as long as the runtime is there.
fn figures() -> Figures {
    let recorder = telemetry::record();
    let gathering = recorder.clone();
    tokio::spawn(async move { gathering.keep_up().await });
    Figures::new(move || recorder.text())
}

/// What tells the server to stop: Ctrl-C, or a process manager. Listened for from the moment this exists.
struct StopSignals {
    #[cfg(unix)]
    interrupted: tokio::signal::unix::Signal,
    #[cfg(unix)]
    terminated: tokio::signal::unix::Signal,
}

impl StopSignals {
    #[cfg(unix)]
    fn listen() -> std::io::Result<Self> {
        use tokio::signal::unix::{SignalKind, signal};
        Ok(Self { interrupted: signal(SignalKind::interrupt())?, terminated: signal(SignalKind::terminate())? })
    }

    #[cfg(unix)]
    async fn received(mut self) {
        tokio::select! {
            _ = self.interrupted.recv() => {}
            _ = self.terminated.recv() => {}
        }
    }

    #[cfg(not(unix))]
    fn listen() -> std::io::Result<Self> {
        Ok(Self {})
    }

    #[cfg(not(unix))]
    async fn received(self) {
        // Without a console there is nobody to press Ctrl-C.
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending().await
        }
    }
}

fn bind(address: &str) -> Result<TcpListener, CliError> {
    let refused = |reason: String| CliError::Listen { address: address.to_owned(), reason };
    let candidates: Vec<_> = address.to_socket_addrs().map_err(|error| refused(error.to_string()))?.collect();
    TcpListener::bind(&candidates[..]).map_err(|error| {
        refused(match error.kind() {
            std::io::ErrorKind::AddrInUse => {
                "something else listens there already; stop it, or choose another port with --listen, as in \
                 --listen 127.0.0.1:8081"
                    .to_owned()
            }
            std::io::ErrorKind::PermissionDenied => {
                "this user may not; choose a port above 1023 with --listen".to_owned()
            }
            _ => error.to_string(),
        })
    })
}

fn greet(
    config: &Config,
    app: &App,
    is_new: bool,
    site: &str,
    too_few_files: Option<TooFewFiles>,
) -> Result<(), CliError> {
    let current = app.current();
    let counts = current.snapshot.counts();
    let number = |n: u32| usize::try_from(n).unwrap_or(usize::MAX);
    let loaded = CorpusCounts {
        n_documents: number(counts.n_documents),
        n_entities: number(counts.n_entities),
        n_statements: number(counts.n_statements),
        n_citations: usize::try_from(counts.n_citations).unwrap_or(usize::MAX),
    };
    let corpora = if is_new {
        let names: Vec<_> = embedded_corpora().iter().map(|corpus| corpus.default_name.to_string()).collect();
        format!(" (new, with the built-in corpora: {})", names.join(", "))
    } else {
        String::new()
    };
    say(format_args!("Grounds {}", env!("CARGO_PKG_VERSION")))?;
    say(format_args!("  database  {}{corpora}", config.database))?;
    let milliseconds = current.load_time.as_secs_f64() * 1e3;
    say(format_args!("  graph     {loaded}; loaded in {milliseconds:.1} ms"))?;
    say(format_args!("  GraphiQL  {site}/"))?;
    say(format_args!("  GraphQL   {site}/graphql"))?;
    say(format_args!("  schema    {site}/schema.graphql"))?;
    if let Some(too_few) = too_few_files {
        say(format_args!("  beware    {too_few}"))?;
    }
    say("Ctrl-C stops the server.")
}
