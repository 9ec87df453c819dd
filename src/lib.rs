//! Grounds.
pub mod graph;
pub mod model;
