//! The integration tests, in one binary: the product as its users meet it.
//!
//! | file | what it shows |
//! |---|---|
//! | `generated.rs` | the generated worlds on which benchmarks measure: degrees, shares, the same everywhere |
//! | `golden.rs` | the queries under `tests/queries/`, each with its exact answer |
//! | `http.rs` | bad input and limits, over a real socket |
//! | `attack/` | whatever strangers may send: every field and argument with values that mean no good, documents, bodies and connections that are none |
//! | `batching.rs` | how many SQL statements a query costs |
//! | `cli.rs` | the commands, their messages and exit statuses |
//! | `measures.rs` | PageRank and the like as networkx and igraph compute them |
//! | `paging.rs` | pages forwards, pages backwards, everything |
//! | `corpus.rs` | what the first corpus must and must not say |
//! | `documents.rs` | the corpora against the documents that they cite, where these are at hand |
//! | `schema.rs` | the published GraphQL schema is the server's |
//! | `snapshot.rs` | one snapshot a request, and what is gone meanwhile |
//! | `rooms.rs` | who looks at whom in `src/` |
//! | `readme.rs` | the README's answers are the true ones |
//! | `dependencies.rs` | each dependency in its room, with its reason |
//! | `browser.rs` | `GraphiQL` and its panels in a headless Chromium |

mod attack;
mod batching;
mod browser;
mod cli;
mod corpus;
mod dependencies;
mod documents;
mod generated;
mod golden;
mod http;
mod measures;
mod paging;
mod process;
mod readme;
mod rooms;
mod schema;
mod server;
mod snapshot;
