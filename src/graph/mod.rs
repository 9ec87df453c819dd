//! The graph in memory: an immutable snapshot of the whole store, and all that is computed from it, one rule a file.
//!
//! The only home of petgraph. Pure and synchronous: reads memory and returns; knows nothing of SQL, files, GraphQL or
//! HTTP, and fails only where a [`Budget`] or a [`Deadline`] runs out. Everything is addressed by dense indices ([`EntityIx`], [`StatementIx`], [`DocumentIx`])
//! that hold for one snapshot only.
//!
//! What a snapshot keeps: what a list or a card shows (names, slugs, attributes, the statements' ends and short
//! qualifiers). What it does not keep: long texts and citations; those stay in the store.

mod agreement;
mod alignment;
mod assessment;
mod build;
mod clique;
mod coalition;
mod computation;
mod conflict;
mod facts;
mod filter;
mod flips;
mod gallop;
mod gap;
mod impact;
mod index;
mod list;
mod meaning;
pub mod measure;
mod neighborhood;
mod neighbors;
mod own_word;
mod path;
mod paths;
mod relation;
#[cfg(test)]
mod said;
mod snapshot;
mod stance;
mod standpoint;
mod steiner;
#[cfg(test)]
mod tangle;
mod timeline;
mod traversal;
mod weighing;
#[cfg(test)]
mod world;
mod yen;

pub use agreement::{Agreements, AgreementsOf, PairAgreement};
pub use alignment::TooManyAligned;
pub use assessment::{Assessment, OfDesign, Verdict};
pub use coalition::{Coalition, Coalitions, CoalitionsIn, Tally};
pub use computation::{Computation, Deadline, OutOfTime};
pub use conflict::{Conflict, ConflictFilter, ConflictKind, ConflictSide, ConflictStrength, Conflicts, SideRole};
pub use facts::{EntityFacts, Facts, StatementFacts};
pub use filter::{DocumentFilter, EntityFilter, StatementFilter};
pub use flips::{Flip, Flips, Removed};
pub use gap::{Gap, GapKind, GapParts, Gaps};
pub use impact::{Assumed, ChangedAssessment, ChangedGround, ChangedRationale, ChangedStance, Impact};
pub use index::{DocumentIx, EntityIx, StatementIx};
pub use list::{DocumentOrder, EntityOrder, List, Sort, StatementOrder};
pub use meaning::Meaning;
pub use neighborhood::Neighborhood;
pub use neighbors::Neighbor;
pub use path::Path;
pub use relation::{Direction, Related, Relation};
pub use snapshot::{Counts, Snapshot, StatementRow};
pub use stance::{Stance, StanceSummary, Standing};
pub use standpoint::{Accord, Matter, Standpoint};
pub use steiner::SteinerTree;
pub use timeline::{Dated, DatedKind, Dates, DatesOf};
pub use traversal::{Budget, OutOfBudget, Traversal};
pub use weighing::Weighing;
