//! Small random worlds for algorithms that do not ask whether what they walk over makes sense.

use super::world::{World, world};
use super::{Direction, StatementIx, Traversal};
use crate::model::{Basis, Certainty, EntityKind, Predicate};
use proptest::prelude::*;

/// A statement between two of the entities of a [`tangle`], by number: subject, object, predicate, citations, inferred,
/// and how certain, from the highest down, or nobody judged it.
pub(crate) type Thread = (u8, u8, usize, u32, bool, Option<usize>);

/// Of a tangle: organizations, then topics; each with a place of its own.
pub(crate) const N_IN_TANGLE: u8 = 9;

const PREDICATES: [Predicate; 3] = [Predicate::About, Predicate::WorksWith, Predicate::Represents];
const CERTAINTIES: [Certainty; 4] = [Certainty::High, Certainty::Moderate, Certainty::Low, Certainty::VeryLow];

/// Threads to tie a tangle of.
pub(crate) fn threads(n_max: usize) -> impl Strategy<Value = Vec<Thread>> {
    let certainty = prop::option::of(0..CERTAINTIES.len());
    let thread = (0..N_IN_TANGLE, 0..N_IN_TANGLE, 0..3usize, 1..4u32, prop::bool::weighted(0.1), certainty);
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

/// Walks over a tangle; most may use much of it.
pub(crate) fn traversals() -> impl Strategy<Value = Traversal> {
    let kinds = prop::option::weighted(0.2, Just(vec![EntityKind::Organization]));
    let basis = prop::option::weighted(0.7, Just(Basis::Stated));
    let predicates = prop::option::weighted(0.3, prop::sample::subsequence(PREDICATES.to_vec(), 1..=3));
    let min_certainty = prop::option::weighted(0.2, prop::sample::select(CERTAINTIES.to_vec()));
    let directions = [Direction::Both, Direction::Both, Direction::Out, Direction::In];
    let all = (kinds, basis, predicates, min_certainty, prop::sample::select(directions.to_vec()));
    all.prop_map(|(kinds, basis, predicates, min_certainty, direction)| Traversal {
        predicates,
        kinds,
        direction,
        basis,
        min_certainty,
    })
}

/// A small world for algorithms, which do not ask whether it makes sense.
pub(crate) fn tangle(threads: &[Thread]) -> World {
    let mut said = std::collections::BTreeMap::new();
    for (subject, object, predicate, n_citations, is_inferred, certainty) in threads {
        let basis = if *is_inferred { " inferred" } else { "" };
        let certainty = certainty.map(|i| format!(" {}", CERTAINTIES[i])).unwrap_or_default();
        let how = format!("{} x{n_citations}{basis}{certainty}", PREDICATES[*predicate]);
        said.insert((subject, object, predicate), how);
    }
    let said = said.iter().map(|((a, b, _), how)| format!("{} -{how}-> {}", in_tangle(**a), in_tangle(**b)));
    let places = (0..N_IN_TANGLE).map(|i| format!("{} -OPERATES_IN-> {}", in_tangle(i), in_tangle(N_IN_TANGLE + i)));
    world(&said.chain(places).collect::<Vec<_>>().join(";"))
}

impl World {
    /// Whether a walk may use it, as one reads that off its row.
    pub(crate) fn is_within(&self, statement: StatementIx, via: &Traversal) -> bool {
        let row = self.snapshot.statement(statement);
        let rank = |wanted: Certainty| CERTAINTIES.iter().position(|it| *it == wanted);
        let is_certain = match (via.min_certainty, row.certainty) {
            (None, _) => true,
            (Some(_), None) => false,
            (Some(least), Some(certainty)) => rank(certainty) <= rank(least),
        };
        let is_wanted = via.predicates.iter().all(|wanted| wanted.contains(&row.predicate));
        is_certain && is_wanted && via.basis.iter().all(|wanted| *wanted == row.basis)
    }
}
