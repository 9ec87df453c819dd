//! What a walk says: whether one of its ends speaks for or against the other, or the two are only connected.

use super::{EntityIx, Path, Snapshot, StatementIx};
use crate::model::{EntityKind, Predicate, Sign, Speaker};

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
    /// step; where both ways would do, towards the last entity. A step whose statement is inferred, a mere member's word
    /// or of a retracted study bears on nothing, nor does one towards an organization: citing a study, it shows what it
    /// relies on, but is no proposition that could be right.
    ///
    /// What an organization says is said of one thing, and is not handed on: whoever asserts a claim on which a law rests
    /// has not spoken for the law. Nor is a study that is cited, since nobody stated which of its findings is meant. So
    /// such a step says something only alone, in a walk of one step. Two steps that speak against do not make a support,
    /// and what speaks against a claim says nothing of the claims that it would entail. O(steps).
    pub fn meaning(&self, path: &Path) -> Meaning {
        let Some((first, last)) = path.entities.first().zip(path.entities.last()) else { return Meaning::Connection };
        let ends = |step: &[EntityIx]| (step[0], step[1]);
        let forwards: Vec<_> = path.entities.windows(2).map(ends).zip(path.statements.iter().copied()).collect();
        let backwards: Vec<_> =
            forwards.iter().rev().map(|((from, to), statement)| ((*to, *from), *statement)).collect();
        match (self.sign_along(&forwards), self.sign_along(&backwards)) {
            (Some(Sign::For), _) => return Meaning::Support { of: *last },
            (Some(Sign::Against), _) => return Meaning::Opposition { to: *last },
            (None, Some(Sign::For)) => return Meaning::Support { of: *first },
            (None, Some(Sign::Against)) => return Meaning::Opposition { to: *first },
            (None, None) => {}
        }
        let between = path.entities.iter().skip(1).rev().skip(1);
        let is_context = |entity| matches!(self.kind(entity), EntityKind::Topic | EntityKind::Jurisdiction);
        if between.copied().any(is_context) { Meaning::SharedContext } else { Meaning::Connection }
    }

    /// Whether the first entity of these steps speaks for or against the last; `None` when it does neither.
    fn sign_along(&self, steps: &[((EntityIx, EntityIx), StatementIx)]) -> Option<Sign> {
        let (((from, to), statement), rest) = steps.split_first()?;
        let mut so_far = self.sign_toward((*from, *to), *statement)?;
        for ((from, to), statement) in rest {
            let sign = self.sign_toward((*from, *to), *statement)?;
            let predicate = self.statement(*statement).predicate;
            so_far = match (so_far, sign) {
                (Sign::For, sign) => sign,
                (Sign::Against, Sign::For) if predicate != Predicate::Entails => Sign::Against,
                (Sign::Against, _) => return None,
            };
        }
        let is_handed_on = |((from, _), statement): &((EntityIx, EntityIx), StatementIx)| {
            self.kind(*from) != EntityKind::Organization && self.statement(*statement).predicate != Predicate::Cites
        };
        (rest.is_empty() || steps.iter().all(is_handed_on)).then_some(so_far)
    }

    /// Whether the one end of `statement` speaks for or against the other; `None` when it does neither.
    fn sign_toward(&self, (speaker, spoken_of): (EntityIx, EntityIx), statement: StatementIx) -> Option<Sign> {
        let row = self.statement(statement);
        let bearing = row.predicate.row().bearing?;
        let is_said_so = match bearing.speaker {
            Speaker::Subject => (row.subject, row.object) == (speaker, spoken_of),
            Speaker::Object => (row.object, row.subject) == (speaker, spoken_of),
            Speaker::Either => true,
        };
        let bears = is_said_so && self.stands(statement) && self.kind(spoken_of) != EntityKind::Organization;
        bears.then_some(bearing.sign)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::said::{is_own, mark};
    use crate::graph::world::{World, world};
    use crate::graph::{Budget, Traversal};
    use proptest::prelude::*;

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
        let against = "study/s -CONTRADICTS-> claim/c; law/l -RESTS_ON-> claim/c";
        let denied = chain.replace("BACKS", "CONTRADICTS");
        let twice = "study/s -CONTRADICTS-> claim/c; claim/c -NEGATES-> claim/d; law/l -RESTS_ON-> claim/d";
        let cases = [
            (chain, "study/s", "law/l", "support of", "l"),
            (chain, "law/l", "study/s", "support of", "l"),
            (against, "law/l", "study/s", "opposition to", "l"),
            // What would follow from a claim is not wrong because the claim is.
            (&denied, "law/l", "study/s", "connection", ""),
            (twice, "study/s", "law/l", "connection", ""),
            (&chain.replace("ENTAILS", "NARROWS"), "study/s", "law/l", "connection", ""),
            (&chain.replace("ENTAILS", "ENTAILS inferred"), "study/s", "law/l", "connection", ""),
            (&chain.replace("RESTS_ON", "RESTS_ON MEMBER"), "study/s", "law/l", "connection", ""),
            ("organization/a -SUPPORTS MEMBER-> law/l", "organization/a", "law/l", "connection", ""),
            ("organization/a -SUPPORTS SPOKESPERSON-> law/l", "organization/a", "law/l", "support of", "l"),
            ("study/s -BACKS-> claim/c; study/s is COHORT RETRACTED", "study/s", "claim/c", "connection", ""),
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
            // An organization speaks of one thing, and not of what rests on it.
            (
                "organization/a -ASSERTS-> claim/c; law/l -RESTS_ON-> claim/c",
                "organization/a",
                "law/l",
                "connection",
                "",
            ),
            (
                "organization/a -DISPUTES-> claim/c; claim/d -NEGATES-> claim/c",
                "organization/a",
                "claim/d",
                "connection",
                "",
            ),
            ("organization/a -DISPUTES-> claim/c", "claim/c", "organization/a", "opposition to", "c"),
            // What a member, or the study it cites, says is not what the organization says.
            (
                "organization/a -MEMBER_OF-> organization/b; organization/b -SUPPORTS-> law/l",
                "organization/a",
                "law/l",
                "connection",
                "",
            ),
            ("organization/a -CITES-> study/s; organization/a -SUPPORTS-> law/l", "study/s", "law/l", "connection", ""),
            // Which of its findings it is cited for, nobody said.
            ("law/l -CITES-> study/s", "study/s", "law/l", "support of", "l"),
            ("study/s -CITES-> study/r", "study/s", "study/r", "support of", "s"),
            ("law/l -CITES-> study/s; study/s -CITES-> study/r", "study/r", "law/l", "connection", ""),
            ("study/s -CITES-> study/r; study/s -BACKS-> claim/c", "study/r", "claim/c", "connection", ""),
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
    /// A letter for each step of a walk, spoken from its first entity to its last.
    fn spelled(world: &World, entities: &[EntityIx], statements: &[StatementIx]) -> String {
        let letter = |(step, ix): (&[EntityIx], &StatementIx)| {
            let row = world.snapshot.statement(*ix);
            let (is_ahead, kind) = (row.subject == step[0], world.snapshot.kind(row.subject));
            match (row.predicate, is_ahead) {
                _ if !is_own(row) || world.snapshot.is_retracted(row.subject) => '.',
                (Predicate::Supports | Predicate::Asserts, true) => '+',
                (Predicate::Opposes | Predicate::Disputes, true) => '-',
                (Predicate::Cites, false) if kind != EntityKind::Organization => '+',
                (Predicate::Backs, true) => 'b',
                (Predicate::Contradicts, true) => 'c',
                (Predicate::Entails, true) => 'e',
                (Predicate::Negates, _) => 'n',
                (Predicate::RestsOn, false) => 'r',
                _ => '.',
            }
        };
        entities.windows(2).zip(statements).map(letter).collect()
    }

    /// Whether a walk that is spelled so speaks for its last entity (`true`) or against it: `+`, `b?e*r?`; `-`, `cr?`,
    /// `b?e*nr?`.
    fn spoken(walk: &str) -> Option<bool> {
        let is_for = |walk: &str| walk.strip_prefix('b').unwrap_or(walk).trim_start_matches('e').is_empty();
        let ground = walk.strip_suffix('r').unwrap_or(walk);
        if walk == "+" || (!walk.is_empty() && is_for(ground)) {
            return Some(true);
        }
        let is_against = walk == "-" || ground == "c" || ground.strip_suffix('n').is_some_and(is_for);
        is_against.then_some(false)
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(500))]

        /// All walks between two entities, spelled and read.
        #[test]
        fn a_meaning_is_what_one_reads_off_the_walk(
            said in prop::collection::vec((0..14usize, 0..2u8, 0..2u8, mark()), 4..16),
            is_retracted in any::<bool>(),
            ends in (0..10usize, 0..10usize),
        ) {
            const SENTENCES: [(&str, &str, &str); 14] = [
                ("study/s", "BACKS", "claim/c"),
                ("study/s", "CONTRADICTS", "claim/c"),
                ("claim/c", "ENTAILS", "claim/d"),
                ("claim/d", "ENTAILS", "claim/c"),
                ("claim/c", "NEGATES", "claim/d"),
                ("law/l", "RESTS_ON", "claim/d"),
                ("law/l", "RESTS_ON", "claim/c"),
                ("organization/o", "ASSERTS", "claim/c"),
                ("organization/o", "DISPUTES", "claim/d"),
                ("organization/o", "SUPPORTS", "law/l"),
                ("organization/o", "OPPOSES", "law/l"),
                ("organization/o", "CITES", "study/s"),
                ("law/l", "CITES", "study/s"),
                ("law/l", "ABOUT", "topic/t"),
            ];
            let mut told = std::collections::BTreeMap::new();
            for (sentence, subject, object, mark) in said {
                told.insert((sentence, subject, object), mark);
            }
            let sentence = |((i, a, b), mark): (&(usize, u8, u8), &&str)| {
                let (subject, predicate, object) = SENTENCES[*i];
                format!("{subject}{a} -{predicate}{mark}-> {object}{b}")
            };
            let all = ["study/s", "claim/c", "claim/d", "law/l", "organization/o"];
            let known = all.iter().flat_map(|it| [0, 1].map(|i| format!("{it}{i} -ABOUT-> topic/t0")));
            let retracted = is_retracted.then(|| "study/s1 is COHORT RETRACTED".to_owned());
            let sentences = told.iter().map(sentence).chain(known).chain(retracted);
            let world = world(&sentences.collect::<Vec<_>>().join("; "));
            let [from, to] = [ends.0, ends.1].map(|i| world.entity(&format!("{}{}", all[i / 2], i % 2)));
            let via = Traversal { basis: None, ..Traversal::default() };
            let paths = world.snapshot.shortest_paths((from, to), &via, 5, 100, &mut Budget::new(1_000_000));
            for path in paths.expect("within the budget") {
                let (mut entities, mut statements) = (path.entities.clone(), path.statements.clone());
                let ahead = spoken(&spelled(&world, &entities, &statements));
                entities.reverse();
                statements.reverse();
                let back = spoken(&spelled(&world, &entities, &statements));
                let mut between = path.entities.iter().filter(|ix| ![from, to].contains(ix));
                let expected = match (ahead, back) {
                    (Some(true), _) => Meaning::Support { of: to },
                    (Some(false), _) => Meaning::Opposition { to },
                    (None, Some(true)) => Meaning::Support { of: from },
                    (None, Some(false)) => Meaning::Opposition { to: from },
                    _ if between.any(|ix| world.snapshot.kind(*ix) == EntityKind::Topic) => Meaning::SharedContext,
                    _ => Meaning::Connection,
                };
                prop_assert_eq!(world.snapshot.meaning(&path), expected);
            }
        }
    }
}
