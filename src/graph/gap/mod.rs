//! Gaps: where positions and laws rest on claims that research does not carry.
//!
//! "No evidence for" is not "evidence against": an unstudied claim is one that no study speaks of, neither way.

mod parts;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

pub use parts::GapParts;

use super::{Computation, Deadline, Direction, EntityIx, OutOfTime, Snapshot, Stance, StatementIx, Verdict};
use crate::model::{CitationDirection, EntityKind, Predicate};

/// What is missing or odd. Only what is stated counts; a verdict is that of [`Snapshot::verdict`], each study alike and
/// retracted ones left out; a stance is the latest that is known ([`Snapshot::standing`]), on a law or an aspect of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum GapKind {
    /// About a claim: an organization asserts it, a law rests on it, or a document states it, and its verdict is
    /// [`Verdict::Unstudied`].
    UnstudiedClaim,
    /// About a law: it rests on a claim whose verdict is [`Verdict::Unstudied`].
    LawOnUnstudiedClaim,
    /// About a law: it rests on a claim whose verdict is [`Verdict::Contested`] or [`Verdict::Contradicted`].
    LawOnContestedClaim,
    /// About an organization: it supports at least one law, and asserts a claim whose verdict is
    /// [`Verdict::Contested`] or [`Verdict::Contradicted`]. The law need not rest on the claim.
    SupporterOfContradictedClaim,
    /// About a law: one organization that supports it and another that opposes it assert the same claim.
    ClaimOfBothSides,
}

impl GapKind {
    /// All of them.
    pub const ALL: [Self; 5] = [
        Self::UnstudiedClaim,
        Self::LawOnUnstudiedClaim,
        Self::LawOnContestedClaim,
        Self::SupporterOfContradictedClaim,
        Self::ClaimOfBothSides,
    ];
}

/// A gap: its kind, what it is about and the claim are all that tells it from others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Gap {
    /// What is missing or odd.
    pub kind: GapKind,
    /// The law, the organization, or the claim itself.
    pub about: EntityIx,
    /// The claim.
    pub claim: EntityIx,
}

/// The gaps of these kinds, by kind, then by the name of what they are about, then of the claim.
///
/// O(statements · log), but for [`GapKind::ClaimOfBothSides`]: for each law all that its supporters and opponents
/// assert, which on hubs is more than there are statements; the deadline bounds it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gaps {
    /// In the order of the kinds, each once.
    pub kinds: Vec<GapKind>,
    /// About this law, organization or claim only, or on this claim.
    pub about: Option<EntityIx>,
}

impl Computation for Gaps {
    type Answer = Vec<Gap>;

    fn compute(&self, snapshot: &Snapshot, deadline: Deadline) -> Result<Vec<Gap>, OutOfTime> {
        let mut found = Vec::new();
        for kind in &self.kinds {
            snapshot.gaps_of_kind(*kind, self.about, deadline, &mut found)?;
        }
        found.sort_unstable();
        Ok(found)
    }

    fn size(answer: &Vec<Gap>) -> usize {
        answer.len() * 3
    }
}

impl Snapshot {
    fn gaps_of_kind(
        &self,
        kind: GapKind,
        about: Option<EntityIx>,
        deadline: Deadline,
        found: &mut Vec<Gap>,
    ) -> Result<(), OutOfTime> {
        for (i, subject) in self.subjects(kind, about).into_iter().enumerate() {
            deadline.check_at(i)?;
            let claims = self.claims_of_gaps(kind, subject, deadline)?;
            let wanted = |claim: &EntityIx| about.is_none_or(|about| about == subject || about == *claim);
            found.extend(claims.into_iter().filter(wanted).map(|claim| Gap { kind, about: subject, claim }));
        }
        Ok(())
    }

    /// What gaps of this kind may be about: all, or those that have to do with `about`.
    fn subjects(&self, kind: GapKind, about: Option<EntityIx>) -> Vec<EntityIx> {
        let of_kind = match kind {
            GapKind::UnstudiedClaim => EntityKind::Claim,
            GapKind::SupporterOfContradictedClaim => EntityKind::Organization,
            _ => EntityKind::Law,
        };
        let Some(about) = about else { return self.of_kind(of_kind).map(EntityIx).collect() };
        if self.kind(about) == of_kind {
            return vec![about];
        }
        if self.kind(about) != EntityKind::Claim {
            return Vec::new();
        }
        match kind {
            GapKind::UnstudiedClaim => Vec::new(),
            GapKind::SupporterOfContradictedClaim => self.stated_at(about, Predicate::Asserts, Direction::In),
            GapKind::LawOnUnstudiedClaim | GapKind::LawOnContestedClaim => {
                self.stated_at(about, Predicate::RestsOn, Direction::In)
            }
            GapKind::ClaimOfBothSides => {
                let supporters = self.stated_at(about, Predicate::Asserts, Direction::In);
                let laws: BTreeSet<_> = supporters
                    .into_iter()
                    .flat_map(|supporter| self.stated_at(supporter, Predicate::Supports, Direction::Out))
                    .filter(|law| self.kind(*law) == EntityKind::Law)
                    .collect();
                laws.into_iter().collect()
            }
        }
    }

    /// The claims of the gaps of this kind about one thing, each once.
    fn claims_of_gaps(&self, kind: GapKind, about: EntityIx, deadline: Deadline) -> Result<Vec<EntityIx>, OutOfTime> {
        Ok(match kind {
            GapKind::UnstudiedClaim => {
                let is_gap = self.verdict(about) == Verdict::Unstudied && self.is_relied_on(about);
                if is_gap { vec![about] } else { Vec::new() }
            }
            GapKind::LawOnUnstudiedClaim => {
                let mut claims = self.stated_at(about, Predicate::RestsOn, Direction::Out);
                claims.retain(|claim| self.verdict(*claim) == Verdict::Unstudied);
                claims
            }
            GapKind::LawOnContestedClaim => {
                let mut claims = self.stated_at(about, Predicate::RestsOn, Direction::Out);
                claims.retain(|claim| self.is_contested(*claim));
                claims
            }
            GapKind::SupporterOfContradictedClaim => {
                let mut claims = self.stated_at(about, Predicate::Asserts, Direction::Out);
                claims.retain(|claim| self.is_contested(*claim));
                if !claims.is_empty() && self.standing(about, Stance::Support, None).is_empty() {
                    claims.clear();
                }
                claims
            }
            GapKind::ClaimOfBothSides => self.claims_of_both_sides(about, deadline)?,
        })
    }

    fn claims_of_both_sides(&self, law: EntityIx, deadline: Deadline) -> Result<Vec<EntityIx>, OutOfTime> {
        let mut asserted = Vec::new();
        for stance in [Stance::Support, Stance::Oppose] {
            let mut by_side = Vec::new();
            for (i, standing) in self.standing(law, stance, None).iter().enumerate() {
                deadline.check_at(i)?;
                let claims = self.stated_at(standing.entity, Predicate::Asserts, Direction::Out);
                by_side.extend(claims.into_iter().map(|claim| (claim, standing.entity)));
            }
            by_side.sort_unstable();
            asserted.push(by_side);
        }
        let (supporting, opposing) = (&asserted[0], &asserted[1]);
        let is_shared = |run: &&[(EntityIx, EntityIx)]| {
            let claim = run[0].0;
            let start = opposing.partition_point(|(other, _)| *other < claim);
            let n = opposing[start..].partition_point(|(other, _)| *other == claim);
            differ(run.iter().map(|(_, who)| *who), opposing[start..start + n].iter().map(|(_, who)| *who))
        };
        Ok(supporting.chunk_by(|a, b| a.0 == b.0).filter(is_shared).map(|run| run[0].0).collect())
    }

    /// Whether an organization asserts the claim, a law rests on it, or a document states it.
    fn is_relied_on(&self, claim: EntityIx) -> bool {
        let is_stated = || self.documents_mentioning(claim).iter().any(|(_, how)| *how == CitationDirection::Supports);
        self.relying_on(claim).next().is_some() || is_stated()
    }

    /// The statements of organizations that assert the claim, and those of laws that rest on it.
    fn relying_on(&self, claim: EntityIx) -> impl Iterator<Item = StatementIx> + '_ {
        let stated = move |predicate| self.stated_with(self.statements_of_object(claim), predicate);
        stated(Predicate::Asserts).chain(stated(Predicate::RestsOn))
    }

    fn is_contested(&self, claim: EntityIx) -> bool {
        matches!(self.verdict(claim), Verdict::Contested | Verdict::Contradicted)
    }
}

/// Whether there is one of the first and one of the second that are not the same; each holds nothing twice.
fn differ(mut first: impl Iterator<Item = EntityIx>, mut second: impl Iterator<Item = EntityIx>) -> bool {
    match (first.next(), second.next()) {
        (Some(one), Some(other)) => one != other || first.next().is_some() || second.next().is_some(),
        _ => false,
    }
}
