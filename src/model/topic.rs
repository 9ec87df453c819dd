//! Topics: what entities are about, and which aspect of an object a statement means.

/// What a topic has beside what every entity has: nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Topic;
