//! Small random worlds for algorithms that do not ask whether what they walk over makes sense.

use super::StatementIx;
use super::world::{World, world};
use proptest::prelude::*;

/// A statement between two of the entities of a [`tangle`], by number: subject, object, predicate, citations, inferred.
pub(crate) type Thread = (u8, u8, usize, u32, bool);

/// Of a tangle: organizations, then topics; each with a place of its own.
pub(crate) const N_IN_TANGLE: u8 = 9;

/// Threads to tie a tangle of.
pub(crate) fn threads(n_max: usize) -> impl Strategy<Value = Vec<Thread>> {
    let thread = (0..N_IN_TANGLE, 0..N_IN_TANGLE, 0..3usize, 1..4u32, prop::bool::weighted(0.1));
    prop::collection::vec(thread, 1..n_max)
}

/// The entity of a tangle with this number; from [`N_IN_TANGLE`] on the places.
pub(crate) fn in_tangle(i: u8) -> String {
    match i {
        0..6 => format!("organization/o{i}"),
        6..N_IN_TANGLE => format!("topic/t{i}"),
        _ => format!("jurisdiction/j{}", i - N_IN_TANGLE),
    }
}

/// A small world for algorithms, which do not ask whether it makes sense.
pub(crate) fn tangle(threads: &[Thread]) -> World {
    const PREDICATES: [&str; 3] = ["ABOUT", "WORKS_WITH", "REPRESENTS"];
    let mut said = std::collections::BTreeMap::new();
    for (subject, object, predicate, n_citations, is_inferred) in threads {
        let basis = if *is_inferred { " inferred" } else { "" };
        said.insert((subject, object, predicate), format!("{} x{n_citations}{basis}", PREDICATES[*predicate]));
    }
    let said = said.iter().map(|((a, b, _), how)| format!("{} -{how}-> {}", in_tangle(**a), in_tangle(**b)));
    let places = (0..N_IN_TANGLE).map(|i| format!("{} -OPERATES_IN-> {}", in_tangle(i), in_tangle(N_IN_TANGLE + i)));
    world(&said.chain(places).collect::<Vec<_>>().join(";"))
}

impl World {
    /// Every statement.
    pub(crate) fn statements(&self) -> impl Iterator<Item = StatementIx> {
        (0..self.snapshot.counts().n_statements).map(StatementIx)
    }
}
