//! What a walk says: whether one of its ends speaks for or against the other, or the two are only connected.

use super::{EntityIx, Path, Snapshot, StatementIx};
use crate::model::{Basis, EntityKind, Sign, Speaker};

/// What a walk says of its ends. Never that one has the stance of the other: a stance is not inherited.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Meaning {
    /// The word or the finding of one end, handed on from step to step, speaks for the other.
    Support {
        /// The end that is spoken for.
        of: EntityIx,
    },
    /// The same, with exactly one step that speaks against.
    Opposition {
        /// The end that is spoken against.
        to: EntityIx,
    },
    /// The walk passes through a topic or a jurisdiction, which is all that its ends have in common by it.
    SharedContext,
    /// Anything else.
    Connection,
}

impl Snapshot {
    /// What the walk says, by the statements along it: other statements between the same entities may say otherwise.
    ///
    /// Support and opposition go one way along the whole walk, by the bearing that the table of predicates gives each
    /// step; where both ways would do, towards the last entity. A step whose statement is inferred bears on nothing, nor
    /// does one towards an organization: citing a study, it shows what it relies on, but is no proposition that could
    /// be right. Two steps that speak against do not make a support. O(steps).
    pub fn meaning(&self, path: &Path) -> Meaning {
        let Some((first, last)) = path.entities.first().zip(path.entities.last()) else { return Meaning::Connection };
        for (end, is_forwards) in [(*last, true), (*first, false)] {
            let steps = path.entities.windows(2).zip(&path.statements);
            let toward = |(step, statement): (&[EntityIx], &StatementIx)| {
                self.sign_toward(if is_forwards { step[1] } else { step[0] }, *statement)
            };
            let signs: Option<Vec<Sign>> = steps.map(toward).collect();
            let n_against = signs.as_ref().map(|signs| signs.iter().filter(|sign| **sign == Sign::Against).count());
            match n_against {
                Some(0) if !path.statements.is_empty() => return Meaning::Support { of: end },
                Some(1) => return Meaning::Opposition { to: end },
                _ => {}
            }
        }
        let between = path.entities.iter().skip(1).rev().skip(1);
        let is_context = |entity| matches!(self.kind(entity), EntityKind::Topic | EntityKind::Jurisdiction);
        if between.copied().any(is_context) { Meaning::SharedContext } else { Meaning::Connection }
    }

    /// Whether the other end of `statement` speaks for or against `entity`; `None` when it does neither.
    fn sign_toward(&self, entity: EntityIx, statement: StatementIx) -> Option<Sign> {
        let row = self.statement(statement);
        let bearing = row.predicate.row().bearing?;
        let is_spoken_of = match bearing.speaker {
            Speaker::Subject => row.object == entity,
            Speaker::Object => row.subject == entity,
            Speaker::Either => true,
        };
        let bears = is_spoken_of && row.basis == Basis::Stated && self.kind(entity) != EntityKind::Organization;
        bears.then_some(bearing.sign)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::world::world;
    use crate::graph::{Budget, Traversal};

    /// What the shortest walk between two entities of a world says, and of which.
    fn meaning(text: &str, from: &str, to: &str) -> (String, String) {
        let world = world(text);
        let ends = (world.entity(from), world.entity(to));
        let via = Traversal { basis: None, ..Traversal::default() };
        let path = world.snapshot.shortest_path(ends.0, ends.1, &via, 10, &mut Budget::new(10_000));
        let slug = |ix| world.snapshot.slug(ix).to_owned();
        match world.snapshot.meaning(&path.expect("within the budget").expect("connected")) {
            Meaning::Support { of } => ("support of".to_owned(), slug(of)),
            Meaning::Opposition { to } => ("opposition to".to_owned(), slug(to)),
            Meaning::SharedContext => ("shared context".to_owned(), String::new()),
            Meaning::Connection => ("connection".to_owned(), String::new()),
        }
    }

    #[test]
    fn a_walk_says_what_its_steps_hand_on() {
        let chain = "study/s -BACKS-> claim/c; claim/c -ENTAILS-> claim/d; law/l -RESTS_ON-> claim/d";
        let against = chain.replace("BACKS", "CONTRADICTS");
        let twice = "study/s -CONTRADICTS-> claim/c; claim/c -NEGATES-> claim/d; law/l -RESTS_ON-> claim/d";
        let cases = [
            (chain, "study/s", "law/l", "support of", "l"),
            (chain, "law/l", "study/s", "support of", "l"),
            (&against, "law/l", "study/s", "opposition to", "l"),
            (twice, "study/s", "law/l", "connection", ""),
            (&chain.replace("ENTAILS", "NARROWS"), "study/s", "law/l", "connection", ""),
            (&chain.replace("ENTAILS", "ENTAILS inferred"), "study/s", "law/l", "connection", ""),
            ("claim/c -NEGATES-> claim/d", "claim/c", "claim/d", "opposition to", "d"),
            ("claim/c -NEGATES-> claim/d", "claim/d", "claim/c", "opposition to", "c"),
            // Of one mind on a law is not speaking for each other.
            (
                "organization/a -SUPPORTS-> law/l; organization/b -SUPPORTS-> law/l",
                "organization/a",
                "organization/b",
                "connection",
                "",
            ),
            // What a member, or the study it cites, says is not what the organization says.
            (
                "organization/a -MEMBER_OF-> organization/b; organization/b -SUPPORTS-> law/l",
                "organization/a",
                "law/l",
                "connection",
                "",
            ),
            ("organization/a -CITES-> study/s; organization/a -SUPPORTS-> law/l", "study/s", "law/l", "connection", ""),
            ("law/l -CITES-> study/s; study/s -CITES-> study/r", "study/r", "law/l", "support of", "l"),
            (
                "organization/a -ABOUT-> topic/t; law/l -ABOUT-> topic/t",
                "organization/a",
                "law/l",
                "shared context",
                "",
            ),
            (
                "organization/a -OPERATES_IN-> jurisdiction/j; law/l -APPLIES_IN-> jurisdiction/j",
                "law/l",
                "organization/a",
                "shared context",
                "",
            ),
            ("organization/a -SUPPORTS-> topic/cause", "topic/cause", "organization/a", "support of", "cause"),
            ("law/l -ABOUT-> topic/t", "law/l", "topic/t", "connection", ""),
            ("law/l -ABOUT-> topic/t", "law/l", "law/l", "connection", ""),
        ];
        for (text, from, to, says, of) in cases {
            assert_eq!(meaning(text, from, to), (says.to_owned(), of.to_owned()), "{from} to {to}: {text}");
        }
    }
}
