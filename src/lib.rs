//! Grounds.
pub mod model;
