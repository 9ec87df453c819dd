//! Grounds.
pub mod app;
pub mod cli;
pub mod config;
pub mod format;
pub mod graph;
pub mod graphql;
pub mod http;
pub mod model;
pub mod store;
pub mod telemetry;
