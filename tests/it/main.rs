//! The integration tests, in one binary: the product as its users meet it.
//!
//! | file | what it shows |
//! |---|---|
//! | `generated.rs` | the generated worlds on which benchmarks measure: degrees, shares, the same everywhere |
//! | `golden.rs` | the queries under `tests/queries/`, each with its exact answer |
//! | `http.rs` | bad input and limits, over a real socket |
//! | `specification.rs` | the rules of validation and execution, on the real schema |
//! | `costs.rs` | what an operation costs, the limits that clients see, persisted queries |
//! | `batching.rs` | how many SQL statements a query costs |
//! | `cli.rs` | the commands, their messages and exit statuses |
//! | `logs.rs` | what a serving process says of requests, to its log and in figures |
//! | `trouble.rs` | a server that is told to stop while it answers, or whose database is gone or held |
//! | `tls.rs` | the server with a certificate |
//! | `measures.rs` | PageRank and the like as networkx and igraph compute them |
//! | `paging.rs` | pages forwards, pages backwards, everything |
//! | `corpus.rs` | what the first corpus must and must not say |
//! | `documents.rs` | the corpora against the documents that they cite, where these are at hand |
//! | `schema.rs` | the published GraphQL schema is the server's, and its descriptions say what null means and which order lists have |
//! | `effects.rs` | what settings do, as clients see it |
//! | `settings.rs` | the reference of the settings and their JSON Schema are the program's; each can be given in each way |
//! | `live.rs` | imports are seen while the server runs; subscriptions; cursors over a swap |
//! | `snapshot.rs` | one snapshot a request, and what is gone meanwhile |
//! | `rooms.rs` | who looks at whom in `src/` |
//! | `readme.rs` | the README's answers, start-up text, corpus and commands are the true ones |
//! | `dependencies.rs` | each dependency in its room, with its reason |
//! | `clients.rs` | the suites of the standards, and the clients that frontend developers use: `tests/clients/` |
//! | `browser.rs` | `GraphiQL` and its panels in a headless Chromium |

mod batching;
mod browser;
mod cli;
mod clients;
mod corpus;
mod costs;
mod dependencies;
mod documents;
mod effects;
mod generated;
mod golden;
mod http;
mod inside;
mod live;
mod logs;
mod measures;
mod paging;
mod process;
mod readme;
mod rooms;
mod schema;
mod server;
mod settings;
mod snapshot;
mod specification;
mod tls;
mod trouble;
