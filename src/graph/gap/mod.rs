//! Gaps: where positions and laws rest on claims that research does not carry.
//!
//! "No evidence for" is not "evidence against": an unstudied claim is one that no study speaks of, neither way.

use std::collections::BTreeSet;

use super::{Computation, Deadline, Direction, EntityIx, OutOfTime, Snapshot, Stance, StatementIx, Verdict, Weighing};
use crate::model::{CitationDirection, EntityKind, Predicate};

/// How many entities are gone through between two looks at the clock.
const N_BETWEEN_CHECKS: usize = 64;

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

/// What belongs to a gap besides what it is about; by name.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct GapParts {
    /// Of a supporter of a contradicted claim: the laws that it supports.
    pub laws: Vec<EntityIx>,
    /// Those of them that rest on the claim.
    pub laws_on_claim: Vec<EntityIx>,
    /// Of a claim of both sides: those who support the law and assert the claim.
    pub supporters: Vec<EntityIx>,
    /// Of a claim of both sides: those who oppose the law and assert the claim.
    pub opponents: Vec<EntityIx>,
    /// What the gap rests on. An unstudied claim that only documents state rests on no statement.
    pub statements: Vec<StatementIx>,
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
            if i.is_multiple_of(N_BETWEEN_CHECKS) {
                deadline.check()?;
            }
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
                if i.is_multiple_of(N_BETWEEN_CHECKS) {
                    deadline.check()?;
                }
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

    /// What belongs to a gap, and what it rests on. O(statements of what it is about and of the claim · log), of a claim of
    /// both sides O(the fewer of the two · log).
    pub fn parts_of_gap(&self, gap: Gap) -> GapParts {
        let Gap { kind, about, claim } = gap;
        let mut parts = GapParts::default();
        match kind {
            GapKind::UnstudiedClaim => {
                let all = self.statements_of_object(claim);
                let relying = [Predicate::Asserts, Predicate::RestsOn].map(|it| self.with_predicate(all, it));
                let stated = relying.into_iter().flatten().filter(|ix| self.statement(**ix).is_own_word());
                parts.statements.extend(stated);
            }
            GapKind::LawOnUnstudiedClaim => parts.statements = self.stated_of(about, Predicate::RestsOn, claim),
            GapKind::LawOnContestedClaim => {
                parts.statements = self.stated_of(about, Predicate::RestsOn, claim);
                parts.statements.extend(self.assessment(claim, &Weighing::default()).statements);
            }
            GapKind::SupporterOfContradictedClaim => {
                parts.statements = self.stated_of(about, Predicate::Asserts, claim);
                for law in self.standing(about, Stance::Support, None) {
                    let rests_on = self.stated_of(law.entity, Predicate::RestsOn, claim);
                    if !rests_on.is_empty() {
                        parts.laws_on_claim.push(law.entity);
                    }
                    parts.laws.push(law.entity);
                    parts.statements.extend(law.statements.into_iter().chain(rests_on));
                }
                parts.statements.extend(self.assessment(claim, &Weighing::default()).statements);
            }
            GapKind::ClaimOfBothSides => {
                for one in self.who_may_speak_of_both(about, claim) {
                    let asserts = self.stated_of(one, Predicate::Asserts, claim);
                    if asserts.is_empty() {
                        continue;
                    }
                    let positions: Vec<_> = self.between(one, about).collect();
                    for summary in self.stances(&positions, None) {
                        let side = match summary.stance {
                            Stance::Support => &mut parts.supporters,
                            Stance::Oppose => &mut parts.opponents,
                            Stance::Neutral | Stance::Mixed => continue,
                        };
                        side.push(one);
                        parts.statements.extend(summary.statements.iter().chain(&asserts));
                    }
                }
                // Whoever is on a side by several aspects is there once; whoever is on both asserts it once.
                parts.supporters.dedup();
                parts.opponents.dedup();
                parts.statements.sort_unstable();
                parts.statements.dedup();
            }
        }
        parts
    }

    /// Those who speak of the law, or those who assert the claim, whoever has fewer statements; by name, each once.
    fn who_may_speak_of_both(&self, law: EntityIx, claim: EntityIx) -> Vec<EntityIx> {
        let on_law = self.statements_of_object(law);
        let on_claim = self.with_predicate(self.statements_of_object(claim), Predicate::Asserts);
        let fewer = if on_law.len() < on_claim.len() { on_law } else { on_claim };
        let mut subjects: Vec<_> = fewer.iter().map(|ix| self.statement(*ix).subject).collect();
        subjects.sort_unstable();
        subjects.dedup();
        subjects
    }

    /// Whether an organization asserts the claim, a law rests on it, or a document states it.
    fn is_relied_on(&self, claim: EntityIx) -> bool {
        let all = self.statements_of_object(claim);
        let stated = |predicate| self.with_predicate(all, predicate).iter().any(|ix| self.statement(*ix).is_own_word());
        let is_stated = || self.documents_mentioning(claim).iter().any(|(_, how)| *how == CitationDirection::Supports);
        stated(Predicate::Asserts) || stated(Predicate::RestsOn) || is_stated()
    }

    fn is_contested(&self, claim: EntityIx) -> bool {
        matches!(self.verdict(claim), Verdict::Contested | Verdict::Contradicted)
    }

    /// Whom the predicate is stated to join with `entity`, by name.
    fn stated_at(&self, entity: EntityIx, predicate: Predicate, direction: Direction) -> Vec<EntityIx> {
        let (all, is_out) = match direction {
            Direction::Out => (self.statements_of_subject(entity), true),
            _ => (self.statements_of_object(entity), false),
        };
        let rows = self.with_predicate(all, predicate).iter().map(|ix| self.statement(*ix));
        let mut far: Vec<_> =
            rows.filter(|row| row.is_own_word()).map(|row| if is_out { row.object } else { row.subject }).collect();
        far.dedup();
        far
    }

    /// The stated statements with this predicate from one entity to another.
    fn stated_of(&self, subject: EntityIx, predicate: Predicate, object: EntityIx) -> Vec<StatementIx> {
        let is_one = |ix: &StatementIx| {
            let row = self.statement(*ix);
            row.predicate == predicate && row.is_own_word()
        };
        self.between(subject, object).filter(is_one).collect()
    }
}

/// Whether there is one of the first and one of the second that are not the same; each holds nothing twice.
fn differ(mut first: impl Iterator<Item = EntityIx>, mut second: impl Iterator<Item = EntityIx>) -> bool {
    match (first.next(), second.next()) {
        (Some(one), Some(other)) => one != other || first.next().is_some() || second.next().is_some(),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::world::{World, world};
    use crate::model::Basis;
    use proptest::prelude::*;

    fn gaps(world: &World, about: Option<EntityIx>) -> Vec<Gap> {
        let gaps = Gaps { kinds: GapKind::ALL.to_vec(), about };
        gaps.compute(&world.snapshot, Deadline::never()).expect("no deadline")
    }

    fn told(text: &str) -> Vec<String> {
        let world = world(text);
        let slug = |ix| world.snapshot.slug(ix);
        gaps(&world, None).iter().map(|it| format!("{:?} {} {}", it.kind, slug(it.about), slug(it.claim))).collect()
    }

    #[test]
    fn what_nobody_studied_and_somebody_relies_on_is_a_gap() {
        for (text, expected) in [
            ("organization/o -ASSERTS-> claim/c", &["UnstudiedClaim c c"][..]),
            ("document/a states claim/c", &["UnstudiedClaim c c"]),
            ("law/l -RESTS_ON-> claim/c", &["UnstudiedClaim c c", "LawOnUnstudiedClaim l c"]),
            ("organization/o -ASSERTS-> claim/c; study/s -QUALIFIES-> claim/c", &["UnstudiedClaim c c"]),
            ("organization/o -DISPUTES-> claim/c; document/a denies claim/c", &[]),
            ("organization/o -ASSERTS inferred-> claim/c", &[]),
            ("organization/o -ASSERTS-> claim/c; study/s -BACKS-> claim/c", &[]),
            ("organization/o -ASSERTS-> claim/c; study/s -CONTRADICTS-> claim/c", &[]),
        ] {
            assert_eq!(told(text), expected, "{text}");
        }
    }

    #[test]
    fn what_studies_speak_against_is_a_gap_for_laws_and_supporters() {
        let against = "study/s -CONTRADICTS-> claim/c; law/l -RESTS_ON-> claim/c; organization/o -ASSERTS-> claim/c";
        assert_eq!(told(against), ["LawOnContestedClaim l c"]);
        let supports = format!("{against}; organization/o -SUPPORTS 2024-> law/m");
        assert_eq!(told(&supports), ["LawOnContestedClaim l c", "SupporterOfContradictedClaim o c"]);
        assert_eq!(told(&format!("{supports}; organization/o -OPPOSES 2025-> law/m")), ["LawOnContestedClaim l c"]);
        assert_eq!(told(&format!("{against}; organization/o -SUPPORTS-> topic/t")), ["LawOnContestedClaim l c"]);

        let world = world(&format!("{supports}; organization/o -SUPPORTS-> law/l; study/t -BACKS-> claim/c"));
        let of = gaps(&world, Some(world.entity("organization/o")));
        let parts = world.snapshot.parts_of_gap(of[0]);
        assert_eq!(parts.laws, ["law/l", "law/m"].map(|id| world.entity(id)));
        assert_eq!(parts.laws_on_claim, [world.entity("law/l")]);
        assert_eq!(parts.statements.len(), 6, "one asserts, two support, one rests, two studies");
    }

    #[test]
    fn a_claim_of_both_sides_needs_two_organizations() {
        let studied = "study/s -BACKS-> claim/c; organization/o -ASSERTS-> claim/c; organization/o -SUPPORTS-> law/l";
        for (more, expected) in [
            ("organization/p -ASSERTS-> claim/c; organization/p -OPPOSES-> law/l", &["ClaimOfBothSides l c"][..]),
            ("organization/p -ASSERTS-> claim/c; organization/p -NEUTRAL_ON-> law/l", &[]),
            ("organization/p -DISPUTES-> claim/c; organization/p -OPPOSES-> law/l", &[]),
            ("organization/o -OPPOSES #a-> law/l", &[]),
        ] {
            assert_eq!(told(&format!("{studied}; {more}")), expected, "{more}");
        }
    }

    fn any_world() -> impl Strategy<Value = String> {
        const POSITIONS: [&str; 3] = ["SUPPORTS", "OPPOSES", "NEUTRAL_ON"];
        const FINDINGS: [&str; 3] = ["BACKS", "CONTRADICTS", "QUALIFIES"];
        const SAID: [&str; 3] = ["ASSERTS", "ASSERTS", "DISPUTES"];
        const ASPECTS: [&str; 3] = ["", "", " #a"];
        let positions = prop::collection::vec(
            (0..3u8, 0..3usize, 0..2u8, 0..3usize, 2024..2026u16, any::<prop::sample::Index>()),
            0..9,
        );
        let findings = prop::collection::vec((0..3u8, 0..3usize, 0..3u8, any::<prop::sample::Index>()), 0..5);
        let said = prop::collection::vec((0..3u8, 0..3usize, 0..3u8, any::<prop::sample::Index>()), 0..7);
        let rests = prop::collection::vec((0..2u8, 0..3u8, any::<prop::sample::Index>()), 0..4);
        let mentions = prop::collection::vec((0..2u8, any::<bool>(), 0..3u8), 0..3);
        let basis = |basis: &prop::sample::Index| if basis.index(6) == 0 { " inferred" } else { "" };
        (positions, findings, said, rests, mentions, any::<bool>()).prop_map(
            move |(positions, findings, said, rests, mentions, is_retracted)| {
                let positions = positions.iter().map(|(who, how, law, aspect, year, inferred)| {
                    let what = format!("organization/o{who} -{} {year}{}", POSITIONS[*how], ASPECTS[*aspect]);
                    (what, basis(inferred), format!("law/l{law}"))
                });
                let findings = findings.iter().map(|(who, how, claim, inferred)| {
                    (format!("study/s{who} -{}", FINDINGS[*how]), basis(inferred), format!("claim/c{claim}"))
                });
                let said = said.iter().map(|(who, how, claim, inferred)| {
                    (format!("organization/o{who} -{}", SAID[*how]), basis(inferred), format!("claim/c{claim}"))
                });
                let rests = rests.iter().map(|(law, claim, inferred)| {
                    (format!("law/l{law} -RESTS_ON"), basis(inferred), format!("claim/c{claim}"))
                });
                let mut seen = BTreeSet::new();
                let statements =
                    positions.chain(findings).chain(said).chain(rests).filter_map(|(what, basis, object)| {
                        seen.insert((what.clone(), object.clone())).then(|| format!("{what}{basis}-> {object}"))
                    });
                let mentions = mentions.iter().map(|(document, states, claim)| {
                    format!("document/d{document} {} claim/c{claim}", if *states { "states" } else { "denies" })
                });
                let study = format!("study/s0 is {}", if is_retracted { "RETRACTED" } else { "COHORT" });
                statements.chain(mentions).chain([study]).collect::<Vec<_>>().join("; ")
            },
        )
    }

    /// Each kind as its definition reads, over all entities and all statements.
    fn naive(world: &World) -> BTreeSet<Gap> {
        let snapshot = &world.snapshot;
        let entities = |kind| snapshot.of_kind(kind).map(EntityIx);
        let rows = || (0..snapshot.counts().n_statements).map(|i| snapshot.statement(StatementIx(i)));
        let is = |subject, predicate, object| {
            rows().any(|row| {
                (row.subject, row.predicate, row.object, row.basis) == (subject, predicate, object, Basis::Stated)
            })
        };
        let some_study = |predicate, claim| {
            entities(EntityKind::Study).any(|it| !snapshot.is_retracted(it) && is(it, predicate, claim))
        };
        let contradicted = |claim| some_study(Predicate::Contradicts, claim);
        let studied = |claim| contradicted(claim) || some_study(Predicate::Backs, claim);
        let stands = |who: EntityIx, stance: Stance, law: EntityIx| {
            let summaries = snapshot.stances_of(who, None);
            summaries.iter().any(|summary| summary.law == law && summary.stance == stance)
        };
        let organizations = || entities(EntityKind::Organization);
        let laws = || entities(EntityKind::Law);
        let mut found = BTreeSet::new();
        for claim in entities(EntityKind::Claim) {
            let asserted_by = |who| is(who, Predicate::Asserts, claim);
            let rests_on = |law| is(law, Predicate::RestsOn, claim);
            let stated =
                snapshot.documents_mentioning(claim).iter().any(|(_, how)| *how == CitationDirection::Supports);
            let relied = stated || organizations().any(asserted_by) || laws().any(rests_on);
            if relied && !studied(claim) {
                found.insert(Gap { kind: GapKind::UnstudiedClaim, about: claim, claim });
            }
            for law in laws() {
                if rests_on(law) && !studied(claim) {
                    found.insert(Gap { kind: GapKind::LawOnUnstudiedClaim, about: law, claim });
                }
                if rests_on(law) && contradicted(claim) {
                    found.insert(Gap { kind: GapKind::LawOnContestedClaim, about: law, claim });
                }
                for one in organizations().filter(|it| asserted_by(*it) && stands(*it, Stance::Support, law)) {
                    if contradicted(claim) {
                        found.insert(Gap { kind: GapKind::SupporterOfContradictedClaim, about: one, claim });
                    }
                    if organizations().any(|it| it != one && asserted_by(it) && stands(it, Stance::Oppose, law)) {
                        found.insert(Gap { kind: GapKind::ClaimOfBothSides, about: law, claim });
                    }
                }
            }
        }
        found
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(500))]

        #[test]
        fn gaps_are_what_their_definitions_say(text in any_world()) {
            let world = world(&text);
            let found = gaps(&world, None);
            prop_assert_eq!(&found, &naive(&world).into_iter().collect::<Vec<_>>());
            for about in (0..world.snapshot.counts().n_entities).map(EntityIx) {
                let of_it = found.iter().filter(|it| it.about == about || it.claim == about).copied();
                prop_assert_eq!(gaps(&world, Some(about)), of_it.collect::<Vec<_>>());
            }
        }

        /// The listed statements alone make the same gap with the same parts; without them it is gone, unless a document
        /// states the claim; without an unlisted one it stays.
        #[test]
        fn a_gap_rests_on_what_it_lists(text in any_world(), which in any::<prop::sample::Index>()) {
            let world = world(&text);
            let found = gaps(&world, None);
            prop_assume!(!found.is_empty());
            let gap = found[which.index(found.len())];
            let parts = world.snapshot.parts_of_gap(gap);
            let is_listed = |ix| parts.statements.contains(&ix);
            let is_there = |kept: &World| gaps(kept, Some(gap.about)).contains(&gap);
            let alone = world.only(is_listed);
            prop_assert!(is_there(&alone));
            let named = |parts: GapParts| (parts.laws, parts.laws_on_claim, parts.supporters, parts.opponents);
            prop_assert_eq!(named(alone.snapshot.parts_of_gap(gap)), named(parts.clone()));
            let mut mentions = world.snapshot.documents_mentioning(gap.claim).iter();
            let stated = mentions.any(|(_, how)| *how == CitationDirection::Supports);
            let stays = gap.kind == GapKind::UnstudiedClaim && stated;
            prop_assert_eq!(is_there(&world.only(|ix| !is_listed(ix))), stays);
            for left_out in (0..world.snapshot.counts().n_statements).map(StatementIx).filter(|ix| !is_listed(*ix)) {
                prop_assert!(is_there(&world.only(|ix| ix != left_out)));
            }
        }
    }
}
