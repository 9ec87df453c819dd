//! All conflicts, and those of one thing.

use std::collections::BTreeSet;

use super::{Conflict, Footings, SPEAKERS, SideRole, Told};
use crate::graph::{Computation, Deadline, Direction, DocumentIx, EntityIx, OutOfTime, Snapshot};
use crate::model::{Between, EntityKind, Predicate, Speakers};

/// Which conflicts are wanted; every part that is set must hold.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ConflictFilter {
    /// About this law, topic or claim; of two claims, either.
    pub about: Option<EntityIx>,
    /// With this organization's own words on a side.
    pub organization: Option<EntityIx>,
    /// With what this document itself states or denies on a side.
    pub document: Option<DocumentIx>,
    /// With somebody on both sides (`true`), or nobody (`false`).
    pub self_contradicting: Option<bool>,
}

/// The conflicts that pass a filter, by kind, the direct ones of a kind first, then by the name of what they are about.
///
/// O(statements + joining statements · log), for one entity as much as it and the claims joined with it have.
#[derive(Debug, Clone, Copy)]
pub struct Conflicts(pub ConflictFilter);

impl Computation for Conflicts {
    type Answer = Vec<Conflict>;

    fn compute(&self, snapshot: &Snapshot, deadline: Deadline) -> Result<Vec<Conflict>, OutOfTime> {
        snapshot.conflicts_where(&self.0, deadline)
    }

    fn size(answer: &Vec<Conflict>) -> usize {
        // Four indices and the two enums in one.
        answer.len() * 5
    }
}

impl Snapshot {
    /// As [`Conflicts`] has them.
    ///
    /// # Errors
    /// When the deadline passes before.
    pub fn conflicts_where(&self, filter: &ConflictFilter, deadline: Deadline) -> Result<Vec<Conflict>, OutOfTime> {
        let mut found = match *filter {
            ConflictFilter { about: Some(about), .. } => self.conflicts_about(about),
            ConflictFilter { organization: Some(organization), .. } => self.conflicts_of(organization, deadline)?,
            ConflictFilter { document: Some(document), .. } => self.conflicts_in(document, deadline)?,
            _ => self.all_conflicts(deadline)?,
        };
        let mut kept = Vec::new();
        for (i, conflict) in found.drain(..).enumerate() {
            deadline.check_at(i)?;
            if self.passes(conflict, filter) {
                kept.push(conflict);
            }
        }
        kept.sort_unstable_by_key(|it| (it.kind(), it.strength, it.about(), it.between));
        Ok(kept)
    }

    fn passes(&self, conflict: Conflict, filter: &ConflictFilter) -> bool {
        let between = conflict.between;
        filter.organization.is_none_or(|organization| self.takes_part(organization, conflict))
            && filter.document.is_none_or(|document| self.states_a_side(document, between))
            && filter.self_contradicting.is_none_or(|wanted| {
                let both = !self.on_both_sides(between).is_empty() || !self.documents_on_both_sides(between).is_empty();
                both == wanted
            })
    }

    /// Those about one law, topic or claim; none about anything else.
    fn conflicts_about(&self, about: EntityIx) -> Vec<Conflict> {
        match self.kind(about) {
            EntityKind::Law | EntityKind::Topic => self.stance_conflicts(about, Direction::In),
            EntityKind::Claim => {
                let mut found = BTreeSet::new();
                self.claim_conflicts(about, &|claim| self.footings(claim), |it| {
                    found.insert((it.between, it.strength));
                });
                found.into_iter().map(|(between, strength)| Conflict { between, strength }).collect()
            }
            _ => Vec::new(),
        }
    }

    fn conflicts_of(&self, organization: EntityIx, deadline: Deadline) -> Result<Vec<Conflict>, OutOfTime> {
        let said = [Predicate::Asserts, Predicate::Disputes];
        let claims = said.into_iter().flat_map(|predicate| self.stated_at(organization, predicate, Direction::Out));
        let mut found = self.conflicts_over(claims.collect(), deadline)?;
        if self.kind(organization) == EntityKind::Organization {
            found.extend(self.stance_conflicts(organization, Direction::Out));
        }
        Ok(found)
    }

    fn conflicts_in(&self, document: DocumentIx, deadline: Deadline) -> Result<Vec<Conflict>, OutOfTime> {
        let mentioned = self.entities_mentioned_in(document).iter().map(|(entity, _)| *entity);
        self.conflicts_over(mentioned.filter(|entity| self.kind(*entity) == EntityKind::Claim).collect(), deadline)
    }

    /// Those about any of these claims, each once.
    fn conflicts_over(&self, claims: BTreeSet<EntityIx>, deadline: Deadline) -> Result<Vec<Conflict>, OutOfTime> {
        let mut found = BTreeSet::new();
        for claim in claims {
            deadline.check()?;
            self.claim_conflicts(claim, &|claim| self.footings(claim), |it| {
                found.insert((it.between, it.strength));
            });
        }
        Ok(found.into_iter().map(|(between, strength)| Conflict { between, strength }).collect())
    }

    fn all_conflicts(&self, deadline: Deadline) -> Result<Vec<Conflict>, OutOfTime> {
        let mut found = Vec::new();
        for (i, organization) in self.of_kind(EntityKind::Organization).map(EntityIx).enumerate() {
            deadline.check_at(i)?;
            found.extend(self.stance_conflicts(organization, Direction::Out));
        }
        let claims = self.of_kind(EntityKind::Claim);
        let first_claim = claims.start;
        // Found once, since a claim that many are joined with would be looked at as often.
        let mut footings: Vec<Footings> = Vec::with_capacity(claims.len());
        for (i, claim) in claims.clone().map(EntityIx).enumerate() {
            deadline.check_at(i)?;
            footings.push(self.footings(claim));
        }
        let footings_of = |claim: EntityIx| footings[(claim.0 - first_claim) as usize];
        for (i, claim) in claims.map(EntityIx).enumerate() {
            deadline.check_at(i)?;
            self.claim_conflicts(claim, &footings_of, |it| {
                // Met at both of its claims.
                if it.about() == claim {
                    found.push(it);
                }
            });
        }
        Ok(found)
    }

    /// The conflicting positions of an organization (`Out`), or on a law or a topic (`In`).
    fn stance_conflicts(&self, entity: EntityIx, direction: Direction) -> Vec<Conflict> {
        let far = |predicate| self.stated_at(entity, predicate, direction);
        let against = far(Predicate::Opposes);
        let both = far(Predicate::Supports).into_iter().filter(|far| against.binary_search(far).is_ok());
        let between = |far| match direction {
            Direction::In => Between::Positions { organization: far, on: entity },
            _ => Between::Positions { organization: entity, on: far },
        };
        both.filter_map(|far| self.conflict(between(far))).collect()
    }

    /// Tells each conflict that is about `claim`, alone or with another claim; one with another may be told twice.
    fn claim_conflicts(
        &self,
        claim: EntityIx,
        footings: &impl Fn(EntityIx) -> Footings,
        mut tell: impl FnMut(Conflict),
    ) {
        let own = footings(claim);
        let near = |other| if other == claim { own } else { footings(other) };
        let mut look = |between| self.conflict_with(between, &near).into_iter().for_each(&mut tell);
        for of in SPEAKERS {
            look(Between::Sides { of, claim });
        }
        for other in self.joined_with(claim, &[Predicate::Negates, Predicate::InTensionWith]) {
            for of in SPEAKERS {
                let (claim, other) = if self.slug(claim) < self.slug(other) { (claim, other) } else { (other, claim) };
                look(Between::Rivals { of, claim, other });
            }
        }
        for other in self.joined_with(claim, &[Predicate::Narrows, Predicate::Entails]) {
            for of in SPEAKERS {
                look(Between::Scopes { of, held: claim, denied: other });
                look(Between::Scopes { of, held: other, denied: claim });
            }
        }
    }

    /// The other claims that one of these predicates joins with `claim`, either way, each once.
    fn joined_with(&self, claim: EntityIx, predicates: &[Predicate]) -> Vec<EntityIx> {
        let (out, into) = (self.statements_of_subject(claim), self.statements_of_object(claim));
        let near = predicates.iter().flat_map(|predicate| {
            let objects = self.with_predicate(out, *predicate).iter().map(|ix| self.statement(*ix).object);
            objects.chain(self.with_predicate(into, *predicate).iter().map(|ix| self.statement(*ix).subject))
        });
        let mut joined: Vec<_> = near.filter(|other| *other != claim).collect();
        joined.sort_unstable();
        joined.dedup();
        joined
    }

    /// Whether the organization's own words stand on a side.
    fn takes_part(&self, organization: EntityIx, conflict: Conflict) -> bool {
        let of = match conflict.between {
            Between::Positions { organization: whose, .. } => return whose == organization,
            Between::Sides { of, .. } | Between::Rivals { of, .. } | Between::Scopes { of, .. } => of,
        };
        let speaks = |(role, claim): (SideRole, EntityIx)| match role.told() {
            Told::By(predicate) => self.says(organization, predicate, claim),
            Told::In(_) => false,
        };
        of == Speakers::Organizations && self.parts(conflict.between).into_iter().any(speaks)
    }

    /// Whether the document itself states or denies what a side is about.
    fn states_a_side(&self, document: DocumentIx, between: Between<EntityIx>) -> bool {
        let mentioned = self.entities_mentioned_in(document);
        let states = |(role, claim): (SideRole, EntityIx)| match role.told() {
            Told::In(direction) => mentioned.binary_search(&(claim, direction)).is_ok(),
            Told::By(_) => false,
        };
        self.parts(between).into_iter().any(states)
    }
}
