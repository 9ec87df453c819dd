//! Grounds: who stands where on a law, and on what grounds.
//!
//! One server over organizations, studies, laws and claims: corpora of statements with their citations come in as TOML
//! and stay in SQLite; a graph in memory answers GraphQL. It stores what was said and who said it. What summarises is
//! computed from that when it is asked for, and can name the statements that it rests on.
//!
//! # The rooms
//!
//! Each room is a module. It looks at itself and at rooms of lower floors, never sideways, never up; a test reads the
//! sources and enforces it.
//!
//! | floor | room | what is in it | what it must not know |
//! |---|---|---|---|
//! | 0 | [`model`] | what an entity, a statement, a citation and a document are; the predicate table; ids, days | any other room; input and output |
//! | 1 | [`graph`] | the snapshot: the whole graph in memory, and all that is computed from it, one rule a file. Home of petgraph | SQL, files, GraphQL, threads; it fails only by running out of a budget or past a deadline |
//! | 1 | [`store`] | what corpora say, kept and given back. Home of sqlx | the graph; what statements mean |
//! | 1 | [`format`](mod@format) | corpus and settings files, their problems, their JSON Schemas. Home of TOML | SQL, the graph; the file system: it reads text that it is given |
//! | 2 | [`app`] | what the product does: read, check, import, load, keep current, compute over the whole graph within bounds | GraphQL, HTTP, the command line |
//! | 3 | [`graphql`] | the schema, one file a type; paging; what a request may cost. Home of async-graphql | HTTP; the text of inner errors |
//! | 4 | [`http`] | addresses, media types, status codes, TLS, who may read from where, the GraphiQL page. Home of actix-web | what a query means |
//! | 4 | `fuzzing` | what must hold of any bytes that a parser is given; there in tests and in the build for `fuzz/` only | input and output |
//! | 5 | [`config`], [`telemetry`] | what the settings mean; who listens to events and figures: the log, Prometheus | commands |
//! | 6 | [`cli`] | one file a command: says what was done and what went wrong | |
//!
//! # What always holds
//!
//! - No statement without a citation: [`model::Citations`] cannot be empty, and [`store::Store::import`] looks again.
//! - No summary is stored. No stance is inherited from a membership or a mention.
//! - What is inferred is marked, and no relation counts it unless the query asks for it.
//! - No computed answer without its reasons: the rule's name and the statements that it rests on. Applied to these alone,
//!   the rule gives the same answer; `docs/computed-answers.md` says of each what else holds.
//! - On one snapshot the same question has the same answer, or, when its time runs out, none.
//! - No snapshot changes: a new revision is a new [`graph::Snapshot`], swapped in whole. A request sees one from its
//!   first field to its last.
//! - No import by halves: it is one transaction, and its entry in the revision log is part of it.
//! - No client reads SQL, a path or another error's text: GraphQL errors cannot be made from inner errors.
//! - No page, document, body, request or computation without a limit.
//!
//! # The way of a request
//!
//! 1. [`http`] takes a `POST` or a `GET` on `/graphql`, agrees on the media type of the answer, reads the body within
//!    its limits and makes a [`graphql::Request`] of it. What goes wrong here is answered with a status and a code.
//! 2. [`graphql::Api`] goes on where operations are executed ([`app::execute`]), so that threads which serve connections
//!    only read requests and write answers; it pins the [`app::Current`] snapshot and makes loaders for this request alone.
//! 3. [`graphql::Executable`] scans the text before anything recurses on it, parses it, counts it with its fragments put
//!    in place, finds the operation, looks at its variables and values, and weighs how many objects the answer could hold.
//!    What is past a [limit](graphql::ExecutionLimits) is refused by name and number, before anything is executed.
//! 4. Resolvers read the snapshot: an object is a handle, the pinned snapshot and an index. `supporters` of a law finds
//!    the statements with that object and predicate, groups them by subject, and cuts out the page that was asked for.
//! 5. What the snapshot does not hold (citations, summaries, notes) is asked of the [`store::Store`] by loaders: one SQL
//!    statement a level of the query, never one an item.
//! 6. What needs more than a look is computed by a rule in [`graph`]: that of one entity at once, a walk within a
//!    [`graph::Budget`], a question about the whole graph within a [`graph::Deadline`] and once a snapshot; the last two on
//!    a bounded number of threads ([`app::Current::run`], [`app::Current::compute`]). The resolver wraps the outcome and
//!    its reasons, and counts the objects.
//! 7. The answer goes back with the status that GraphQL over HTTP gives it. A panic or a time-out becomes an answer too. A
//!    query of whose errors the library would tell the paths only in part is executed once more, for the paths.
//!
//! # The way of a subscription
//!
//! 1. The document comes as that of a request does and passes the same guards. [`graphql::Answers::stream`] gives its
//!    answers one after the other, each made when it is asked for.
//! 2. [`store::Watch`] notices a write, also by another process; [`app::App::keep_current`] reloads, and
//!    [`app::App::news`] tells the number of the new revision. Nothing else waits for a reader, so none can make the
//!    server grow.
//! 3. Each event is an execution of its own: on the snapshot that is current then, with loaders, a budget and a time of
//!    its own. The field of the subscription first decides whether there is anything to tell: by the revision, or by the
//!    [`app::Fingerprint`] of the entity, which is all that is kept of the event before.
//!
//! # The way of an import
//!
//! 1. [`cli`] hands the paths to [`app::read_corpus_files`]; the built-in corpora come from [`app::embedded_corpora`].
//! 2. [`app::check`] has [`format::read_corpus`] read every file into the [`model::Corpus`] with all its problems, then
//!    looks at the corpora together: what is defined twice, what refers to nothing, what was probably meant.
//! 3. With no problem left, [`store::Store::import`] takes out what corpora of these names brought before, puts in what
//!    they bring now, looks whether all of it still fits, and commits.
//! 4. [`app::App::reload`], or the next start, reads the store at one moment and builds the next snapshot from it. A
//!    server that runs on the same database does so by itself.
//!
//! ```
//! use grounds::app::{CorpusFiles, check};
//! use grounds::format::SourceFile;
//! use grounds::model::Slug;
//! use grounds::store::Owners;
//!
//! let text = r#"
//! [[law]]
//! slug = "bike-lane-ordinance"
//! name = "Bike Lane Ordinance"
//! type = "PROPOSAL"
//!
//! [[statement]]
//! subject = "law/bike-lane-ordinance"
//! predicate = "AMENDS"
//! object = "law/bike-lane-ordnance"
//! citations = []
//! "#;
//! let file = SourceFile { name: "town.toml".to_owned(), text: text.to_owned() };
//! let corpus = CorpusFiles { default_name: Slug::parse("town").expect("a slug"), files: vec![file] };
//!
//! let problems: Vec<String> = check(&[corpus], &Owners::default(), None).problems.iter().map(ToString::to_string).collect();
//! assert_eq!(problems.len(), 2);
//! assert!(problems[0].contains("did you mean \"bike-lane-ordinance\"?"));
//! assert!(problems[1].starts_with("town.toml:11:13: "));
//! ```

pub mod app;
pub mod cli;
pub mod config;
pub mod format;
#[cfg(any(test, fuzzing))]
pub mod fuzzing;
pub mod graph;
pub mod graphql;
pub mod http;
pub mod model;
pub mod store;
pub mod telemetry;
