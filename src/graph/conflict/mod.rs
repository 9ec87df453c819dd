//! Conflicts: statements that cannot all hold, or that pull in opposite directions.
//!
//! A conflict has two sides; each is what some say, about the same thing or about two claims that are joined:
//!
//! | kind | between ([`Between`]) | the one side | the other side | `DIRECT` if |
//! |---|---|---|---|---|
//! | `STANCE` | `Positions` of an organization on a law or a topic | SUPPORTS | OPPOSES | one of each is firm, of the same aspect and the same day |
//! | `EVIDENCE` | `Sides` of a claim | BACKS | CONTRADICTS, or where there is none QUALIFIES | both sides are firm, and the other is not QUALIFIES |
//! | | `Rivals`: two claims | BACKS the first | BACKS the second | both sides are firm, and a firm NEGATES is stated to join the claims |
//! | | `Scopes`: two claims | BACKS the one | CONTRADICTS the other | never |
//! | `POSITION` | the same three | ASSERTS | DISPUTES, or ASSERTS the second | the same |
//! | `VALUE` | the same three | documents that state it | documents that deny it, or state the second | the same |
//!
//! What is not `DIRECT` is a `TENSION`. Only own words count on a side: what is stated, not as a mere member's word, and
//! nothing of a study that was retracted.
//! A statement is *firm* unless its certainty is `LOW` or `VERY_LOW` or it holds only under a condition; a side is firm when
//! one of its statements is; a document's own word is always firm. The day of a position is the last that its date can
//! mean, as for stances, or none where it has no date; positions of different days are a tension, since the organization
//! may have changed its mind. A position on one version of a law is none on another.
//!
//! Two claims are `Rivals` when a `NEGATES` or an `IN_TENSION_WITH` joins them, either way round, and `Scopes` when what is
//! denied follows from what is held: the denied NARROWS the held, or the held ENTAILS the denied. For studies a held
//! claim that NARROWS the denied one counts too: it does not contradict it, but the evidence pulls both ways. A joining
//! statement counts whether it is stated or inferred (`joined_by` shows it, with its basis), but one that is inferred, or a
//! mere member's word, makes no more than a tension. No chain of joining statements is followed.
//!
//! The definitions are ours. They follow the usual distinction between rebutting an assertion and undercutting it
//! (Pollock 1987): a `QUALIFIES` undercuts, so it makes no direct conflict.

mod list;
mod sides;
#[cfg(test)]
mod tests;

use super::{EntityIx, Snapshot, StatementIx};
use crate::model::{Between, Certainty, CitationDirection, EntityKey, Predicate, Speakers};

pub use list::{ConflictFilter, Conflicts};
pub use sides::ConflictSide;

/// What is at odds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ConflictKind {
    /// One organization's positions on a law or a cause.
    Stance,
    /// What studies found.
    Evidence,
    /// What organizations say.
    Position,
    /// What documents themselves state.
    Value,
}

/// How hard the two sides meet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ConflictStrength {
    /// They cannot both hold.
    Direct,
    /// They pull in opposite directions.
    Tension,
}

/// A conflict; its sides are found by [`Snapshot::sides_of`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Conflict {
    /// What it is between, by which it is named.
    pub between: Between<EntityIx>,
    /// How hard the two sides meet.
    pub strength: ConflictStrength,
}

impl Conflict {
    /// What is at odds.
    pub fn kind(&self) -> ConflictKind {
        match self.between {
            Between::Positions { .. } => ConflictKind::Stance,
            Between::Sides { of, .. } | Between::Rivals { of, .. } | Between::Scopes { of, .. } => match of {
                Speakers::Studies => ConflictKind::Evidence,
                Speakers::Organizations => ConflictKind::Position,
                Speakers::Documents => ConflictKind::Value,
            },
        }
    }

    /// What it is about: the law, the topic or the claim; of two claims the one that the id names first.
    pub fn about(&self) -> EntityIx {
        match self.between {
            Between::Positions { on, .. } => on,
            Between::Sides { claim, .. } | Between::Rivals { claim, .. } => claim,
            Between::Scopes { held, .. } => held,
        }
    }

    /// The second of two claims.
    pub fn other(&self) -> Option<EntityIx> {
        match self.between {
            Between::Positions { .. } | Between::Sides { .. } => None,
            Between::Rivals { other, .. } => Some(other),
            Between::Scopes { denied, .. } => Some(denied),
        }
    }

    /// Whose stance it is.
    pub fn organization(&self) -> Option<EntityIx> {
        match self.between {
            Between::Positions { organization, .. } => Some(organization),
            _ => None,
        }
    }
}

/// What those on a side do with what the side is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SideRole {
    /// The organization is for it.
    Supports,
    /// The organization is against it.
    Opposes,
    /// Studies speak for it.
    Backs,
    /// Studies speak against it.
    Contradicts,
    /// Studies limit it.
    Qualifies,
    /// Organizations say that it holds.
    Asserts,
    /// Organizations say that it does not.
    Disputes,
    /// Documents state it.
    States,
    /// Documents deny it.
    Denies,
}

/// How a side of a claim is told: by statements with this predicate, or by documents of this attitude to it.
enum Told {
    By(Predicate),
    In(CitationDirection),
}

impl SideRole {
    fn told(self) -> Told {
        match self {
            Self::Supports => Told::By(Predicate::Supports),
            Self::Opposes => Told::By(Predicate::Opposes),
            Self::Backs => Told::By(Predicate::Backs),
            Self::Contradicts => Told::By(Predicate::Contradicts),
            Self::Qualifies => Told::By(Predicate::Qualifies),
            Self::Asserts => Told::By(Predicate::Asserts),
            Self::Disputes => Told::By(Predicate::Disputes),
            Self::States => Told::In(CitationDirection::Supports),
            Self::Denies => Told::In(CitationDirection::Disputes),
        }
    }

    fn holding(of: Speakers) -> Self {
        match of {
            Speakers::Studies => Self::Backs,
            Speakers::Organizations => Self::Asserts,
            Speakers::Documents => Self::States,
        }
    }

    fn denying(of: Speakers) -> Self {
        match of {
            Speakers::Studies => Self::Contradicts,
            Speakers::Organizations => Self::Disputes,
            Speakers::Documents => Self::Denies,
        }
    }
}

const SPEAKERS: [Speakers; 3] = [Speakers::Studies, Speakers::Organizations, Speakers::Documents];

/// Whether anybody stands on a side, and how firmly.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Footing {
    Nobody,
    Hedged,
    Firm,
}

/// The footing of each of the sides that a claim can have.
#[derive(Debug, Clone, Copy)]
struct Footings([Footing; 7]);

impl Footings {
    const ROLES: [SideRole; 7] = [
        SideRole::Backs,
        SideRole::Contradicts,
        SideRole::Qualifies,
        SideRole::Asserts,
        SideRole::Disputes,
        SideRole::States,
        SideRole::Denies,
    ];

    fn of(self, role: SideRole) -> Footing {
        let place = Self::ROLES.iter().position(|other| *other == role);
        place.map_or(Footing::Nobody, |place| self.0[place])
    }
}

impl Snapshot {
    /// The conflict between these; `None` when there is none. The cost is that of a look at the statements on both
    /// sides, up to the first firm one.
    pub fn conflict(&self, between: Between<EntityIx>) -> Option<Conflict> {
        self.conflict_with(between, &|claim| self.footings(claim))
    }

    /// The name of what a conflict is between, for its id. Slugs, which outlive the snapshot.
    ///
    /// # Panics
    /// Never: the entities of a conflict have keys.
    pub fn conflict_key(&self, between: Between<EntityIx>) -> Between<EntityKey> {
        between.renamed(|entity| Some(self.key(*entity))).expect("every entity has a key")
    }

    fn conflict_with(&self, between: Between<EntityIx>, footings: &impl Fn(EntityIx) -> Footings) -> Option<Conflict> {
        let strength = match between {
            Between::Positions { organization, on } => self.strength_of_positions(organization, on),
            Between::Sides { of, claim } => strength_of_sides(of, footings(claim)),
            Between::Rivals { of, claim, other } => {
                let role = SideRole::holding(of);
                let met = strength(footings(claim).of(role), footings(other).of(role))?;
                let joined_by = self.joined_by(between);
                let negated = |ix: &StatementIx| {
                    let row = self.statement(*ix);
                    row.predicate == Predicate::Negates && row.is_own_word() && self.is_firm(*ix)
                };
                let direct = met == ConflictStrength::Direct && joined_by.iter().any(negated);
                let found = if direct { ConflictStrength::Direct } else { ConflictStrength::Tension };
                (!joined_by.is_empty()).then_some(found)
            }
            Between::Scopes { of, held, denied } => {
                let (holding, denying) = (SideRole::holding(of), SideRole::denying(of));
                strength(footings(held).of(holding), footings(denied).of(denying))?;
                (!self.joined_by(between).is_empty()).then_some(ConflictStrength::Tension)
            }
        };
        Some(Conflict { between, strength: strength? })
    }

    /// The statements that join the two claims of a conflict, stated or inferred, those from the first claim first;
    /// none where it is not between two.
    pub fn joined_by(&self, between: Between<EntityIx>) -> Vec<StatementIx> {
        use Predicate::{Entails, InTensionWith, Narrows, Negates};
        let (first, second, out, into): (_, _, &[_], &[_]) = match between {
            Between::Positions { .. } | Between::Sides { .. } => return Vec::new(),
            Between::Rivals { claim, other, .. } => {
                (claim, other, &[Negates, InTensionWith], &[Negates, InTensionWith])
            }
            Between::Scopes { of: Speakers::Studies, held, denied } => (held, denied, &[Narrows, Entails], &[Narrows]),
            Between::Scopes { held, denied, .. } => (held, denied, &[Entails], &[Narrows]),
        };
        let joining = |from, to, predicates: &'static [Predicate]| {
            self.between(from, to).filter(|ix| predicates.contains(&self.statement(*ix).predicate))
        };
        joining(first, second, out).chain(joining(second, first, into)).collect()
    }

    fn strength_of_positions(&self, organization: EntityIx, on: EntityIx) -> Option<ConflictStrength> {
        let [support, oppose] = [SideRole::Supports, SideRole::Opposes]
            .map(|role| self.positions_of(organization, role, on).collect::<Vec<_>>());
        if support.is_empty() || oppose.is_empty() {
            return None;
        }
        let firm_days = |positions: &[StatementIx]| {
            let firm = positions.iter().filter(|ix| self.is_firm(**ix)).map(|ix| self.statement(*ix));
            let mut days: Vec<_> = firm.map(|row| (row.aspect, row.said_by())).collect();
            days.sort_unstable();
            days
        };
        let for_it = firm_days(&support);
        let meet = firm_days(&oppose).iter().any(|day| for_it.binary_search(day).is_ok());
        Some(if meet { ConflictStrength::Direct } else { ConflictStrength::Tension })
    }

    /// The positions of this role that the organization itself took on a law or a topic, as far as sources state them.
    fn positions_of(&self, organization: EntityIx, role: SideRole, on: EntityIx) -> impl Iterator<Item = StatementIx> {
        let predicate = match role.told() {
            Told::By(predicate) => Some(predicate),
            Told::In(_) => None,
        };
        predicate.into_iter().flat_map(move |predicate| self.stated_of(organization, predicate, on))
    }

    /// Whether a statement is neither a doubtful reading nor made under a condition; whether a source states it is
    /// another question.
    fn is_firm(&self, statement: StatementIx) -> bool {
        let row = self.statement(statement);
        !row.is_conditional && !matches!(row.certainty, Some(Certainty::Low | Certainty::VeryLow))
    }

    fn footings(&self, claim: EntityIx) -> Footings {
        Footings(Footings::ROLES.map(|role| match role.told() {
            Told::By(predicate) => {
                let mut footing = Footing::Nobody;
                for ix in self.stated_with(self.statements_of_object(claim), predicate) {
                    if self.is_firm(ix) {
                        return Footing::Firm;
                    }
                    footing = Footing::Hedged;
                }
                footing
            }
            Told::In(direction) => {
                let says = self.documents_mentioning(claim).iter().any(|(_, how)| *how == direction);
                if says { Footing::Firm } else { Footing::Nobody }
            }
        }))
    }
}

/// How two sides with these footings meet; `None` when one of them is empty.
fn strength(one: Footing, other: Footing) -> Option<ConflictStrength> {
    match one.min(other) {
        Footing::Nobody => None,
        Footing::Hedged => Some(ConflictStrength::Tension),
        Footing::Firm => Some(ConflictStrength::Direct),
    }
}

fn strength_of_sides(of: Speakers, footings: Footings) -> Option<ConflictStrength> {
    let holding = footings.of(SideRole::holding(of));
    let against = strength(holding, footings.of(SideRole::denying(of)));
    let qualifying = if of == Speakers::Studies { footings.of(SideRole::Qualifies) } else { Footing::Nobody };
    against.or_else(|| strength(holding, qualifying).map(|_| ConflictStrength::Tension))
}
