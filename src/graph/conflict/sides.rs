//! The two sides of a conflict, and who stands on both.

use super::{SideRole, Told};
use crate::graph::{Direction, DocumentIx, EntityIx, Snapshot, StatementIx};
use crate::model::{Between, CitationDirection, Predicate, Speakers};

/// One of the two sides of a conflict.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConflictSide {
    /// The law, topic or claim that the side speaks of.
    pub about: EntityIx,
    /// What those on the side do with it.
    pub role: SideRole,
    /// What they say, in the order of subjects. Of documents that state or deny a claim: what they are cited for of those
    /// who likewise speak for or against it; it may be nothing.
    pub statements: Vec<StatementIx>,
}

impl Snapshot {
    /// The two sides of a conflict: first who is for it, or for the claim that the id names first. O(statements on the
    /// sides).
    pub fn sides_of(&self, between: Between<EntityIx>) -> [ConflictSide; 2] {
        self.parts(between).map(|(role, about)| ConflictSide {
            about,
            role,
            statements: match between {
                Between::Positions { organization, on } => self.positions_of(organization, role, on).collect(),
                _ => self.said(role, about),
            },
        })
    }

    /// The statements that a conflict rests on: those of both sides, and those that join its two claims. Sides of
    /// documents rest on what the documents themselves state, hence on no statement.
    pub fn conflict_rests_on(&self, between: Between<EntityIx>) -> Vec<StatementIx> {
        let mut statements = self.joined_by(between);
        for side in self.sides_of(between) {
            if matches!(side.role.told(), Told::By(_)) {
                statements.extend(side.statements);
            }
        }
        statements
    }

    /// The documents behind a side: those that state or deny the claim, or those that its statements cite; each once, by
    /// slug.
    pub fn documents_of_side(&self, side: &ConflictSide) -> Vec<DocumentIx> {
        let mut documents: Vec<_> = match side.role.told() {
            Told::In(direction) => self.documents_that(direction, side.about).collect(),
            Told::By(_) => side.statements.iter().flat_map(|ix| self.documents_cited_for(*ix)).copied().collect(),
        };
        documents.sort_unstable();
        documents.dedup();
        documents
    }

    /// The organizations or studies that stand on both sides, in their order. O(the smaller side · log).
    pub fn on_both_sides(&self, between: Between<EntityIx>) -> Vec<EntityIx> {
        if let Between::Positions { organization, .. } = between {
            return vec![organization];
        }
        let [one, other] = self.parts(between);
        let (Told::By(first), Told::By(second)) = (one.0.told(), other.0.told()) else { return Vec::new() };
        let all = |predicate, about| self.with_predicate(self.statements_of_object(about), predicate);
        let (few, many) = if all(first, one.1).len() <= all(second, other.1).len() {
            ((first, one.1), (second, other.1))
        } else {
            ((second, other.1), (first, one.1))
        };
        let mut both = self.stated_at(few.1, few.0, Direction::In);
        both.retain(|subject| self.says(*subject, many.0, many.1));
        both
    }

    /// The documents that stand on both sides of a conflict between documents, by slug: each contradicts itself. O(the
    /// smaller side · log).
    pub fn documents_on_both_sides(&self, between: Between<EntityIx>) -> Vec<DocumentIx> {
        if matches!(between, Between::Positions { .. }) {
            return Vec::new();
        }
        let [one, other] = self.parts(between);
        let (Told::In(first), Told::In(second)) = (one.0.told(), other.0.told()) else { return Vec::new() };
        let mentions = |claim| self.documents_mentioning(claim);
        let (few, many) = if mentions(one.1).len() <= mentions(other.1).len() {
            ((first, one.1), (second, other.1))
        } else {
            ((second, other.1), (first, one.1))
        };
        self.documents_that(few.0, few.1)
            .filter(|document| mentions(many.1).binary_search(&(*document, many.0)).is_ok())
            .collect()
    }

    /// The role of each side and what it speaks of.
    pub(super) fn parts(&self, between: Between<EntityIx>) -> [(SideRole, EntityIx); 2] {
        match between {
            Between::Positions { on, .. } => [(SideRole::Supports, on), (SideRole::Opposes, on)],
            Between::Sides { of, claim } => {
                let denying = SideRole::denying(of);
                let qualifies = of == Speakers::Studies && !self.is_contradicted(claim);
                [(SideRole::holding(of), claim), (if qualifies { SideRole::Qualifies } else { denying }, claim)]
            }
            Between::Rivals { of, claim, other } => [(SideRole::holding(of), claim), (SideRole::holding(of), other)],
            Between::Scopes { of, held, denied } => [(SideRole::holding(of), held), (SideRole::denying(of), denied)],
        }
    }

    /// Whether `subject` is stated to say this of `about`. O(log n).
    pub(super) fn says(&self, subject: EntityIx, predicate: Predicate, about: EntityIx) -> bool {
        self.stated_of(subject, predicate, about).next().is_some()
    }

    fn is_contradicted(&self, claim: EntityIx) -> bool {
        self.stated_with(self.statements_of_object(claim), Predicate::Contradicts).next().is_some()
    }

    /// The documents of this attitude to the claim, by slug.
    fn documents_that(&self, direction: CitationDirection, claim: EntityIx) -> impl Iterator<Item = DocumentIx> {
        let mentions = self.documents_mentioning(claim).iter();
        mentions.filter(move |(_, how)| *how == direction).map(|(document, _)| *document)
    }

    /// The statements of a side about a claim.
    fn said(&self, role: SideRole, claim: EntityIx) -> Vec<StatementIx> {
        let all = self.statements_of_object(claim);
        let direction = match role.told() {
            Told::By(predicate) => return self.stated_with(all, predicate).collect(),
            Told::In(direction) => direction,
        };
        let likewise: &[Predicate] = match direction {
            CitationDirection::Supports => &[Predicate::Asserts, Predicate::Backs],
            _ => &[Predicate::Disputes, Predicate::Contradicts],
        };
        let says_so =
            |document: &DocumentIx| self.documents_mentioning(claim).binary_search(&(*document, direction)).is_ok();
        let stated = likewise.iter().flat_map(|predicate| self.stated_with(all, *predicate));
        stated.filter(|ix| self.documents_cited_for(*ix).iter().any(says_so)).collect()
    }
}
