//! The generated worlds, on which the benchmarks measure, are what they are said to be.

#[path = "../generated/mod.rs"]
pub(crate) mod worlds;

use std::collections::{HashMap, HashSet};

use grounds::graph::{Facts, Snapshot};
use grounds::model::{Basis, EntityKey, EntityKind, Predicate, Sha256};
use strum::VariantArray as _;

/// Of each entity how many statements it is in.
fn degrees(facts: &Facts) -> HashMap<&EntityKey, u32> {
    let mut degrees: HashMap<_, _> = facts.entities.iter().map(|entity| (&entity.key, 0)).collect();
    for statement in &facts.statements {
        for end in [&statement.subject, &statement.object] {
            *degrees.get_mut(end).expect("the ends of a statement exist") += 1;
        }
    }
    degrees
}

#[test]
fn a_seed_is_one_world_on_every_machine() {
    let told = |seed| {
        let facts = worlds::facts(seed, 200, 2_000);
        let statements = facts.statements.iter().map(|it| format!("{} {} {}", it.id, it.basis, it.n_citations));
        let entities = facts.entities.iter().map(|it| format!("{} {:?}", it.key, it.attributes));
        let mentions = facts.mentioned_by.iter().map(|(document, key, how)| format!("{document} {key} {how}"));
        Sha256::of(statements.chain(entities).chain(mentions).collect::<Vec<_>>().join("\n").as_bytes()).to_string()
    };
    // Written down, so that figures of different machines and years are figures of one world.
    assert_eq!(told(1), "b9a835f8be91f42ad50ef7eb6dbb8fab80ac9dbee80f5b8153975b6721167c26");
    assert_ne!(told(1), told(2));
}

#[test]
fn degrees_follow_a_power_law() {
    let facts = worlds::facts(4, 5_000, 50_000);
    let by_entity = degrees(&facts);
    let mut degrees: Vec<_> = by_entity.values().map(|degree| f64::from(*degree)).collect();
    degrees.sort_by(f64::total_cmp);
    degrees.reverse();

    // The exponent by maximum likelihood (Clauset, Shalizi and Newman 2009, equation 3.7), for degrees from 30 on.
    let tail: Vec<_> = degrees.iter().take_while(|degree| **degree >= 30.0).collect();
    assert!(tail.len() > 300, "the tail has only {} entities", tail.len());
    let n = |len: usize| f64::from(u32::try_from(len).expect("few"));
    let exponent = 1.0 + n(tail.len()) / tail.iter().map(|degree| (**degree / 29.5).ln()).sum::<f64>();
    assert!((1.8..2.4).contains(&exponent), "2 is meant, {exponent} was found");

    // With as many statements for everybody but for chance, the top 1 % would have some 2 % of them.
    let share = degrees[..50].iter().sum::<f64>() / degrees.iter().sum::<f64>();
    assert!((0.15..0.5).contains(&share), "the top 1 % of entities have {share} of all ends");
    assert!(degrees[0] > 500.0 && degrees[2_500] <= 12.0, "most {}, median {}", degrees[0], degrees[2_500]);
}

#[test]
fn every_predicate_joins_what_it_may_and_every_kind_of_statement_is_there() {
    let facts = worlds::facts(4, 1_000, 10_000);
    assert_eq!((facts.entities.len(), facts.statements.len()), (1_000, 10_000));
    let with = |predicate| facts.statements.iter().filter(move |it| it.predicate == predicate);
    for predicate in Predicate::VARIANTS {
        assert!(with(*predicate).count() > 0, "there is no {predicate}");
        assert!(with(*predicate).all(|it| predicate.allows(it.subject.kind, it.object.kind)), "{predicate}");
    }
    for kind in EntityKind::VARIANTS {
        assert!(facts.entities.iter().any(|entity| entity.key.kind == *kind), "there is no {kind}");
    }
    let share = |holds: &dyn Fn(&grounds::graph::StatementFacts) -> bool| {
        facts.statements.iter().filter(|it| holds(it)).count() * 100 / facts.statements.len()
    };
    let is_partial = |text: &str| text.len() < "2025-02-14".len();
    assert!((15..25).contains(&share(&|it| it.basis == Basis::Inferred)));
    assert!((10..20).contains(&share(&|it| it.on.is_none())));
    assert!((30..40).contains(&share(&|it| it.on.is_some_and(|on| is_partial(&on.to_string())))));
    assert!(share(&|it| it.aspect.is_some()) > 2);
    assert!((85..97).contains(&share(&|it| it.certainty.is_some())));
    assert!(
        (25..50).contains(&share(&|it| it.n_citations > 1)) && facts.statements.iter().any(|it| it.n_citations == 5)
    );
    assert!(
        facts
            .statements
            .iter()
            .all(|it| it.subject != it.object && it.until.is_none_or(|until| Some(until) >= it.from))
    );

    let pairs: HashSet<_> = facts.statements.iter().map(|it| (&it.subject, &it.object)).collect();
    let n_parallel = facts.statements.len() - pairs.len();
    assert!((500..3_000).contains(&n_parallel), "{n_parallel} statements have the ends of another one");
}

#[test]
fn a_snapshot_holds_all_of_a_generated_world() {
    let facts = worlds::facts(4, 500, 5_000);
    let n_cited = facts.cited_by.len() as u64;
    let n_edges = facts.statements.iter().map(|it| (&it.subject, &it.object)).collect::<HashSet<_>>().len();
    let ids: Vec<_> = facts.statements.iter().map(|it| (it.id, it.subject.clone(), it.object.clone())).collect();
    let snapshot = Snapshot::build(facts);
    let counts = snapshot.counts();
    assert_eq!((counts.n_entities, counts.n_statements), (500, 5_000));
    assert_eq!((counts.n_citations, counts.n_edges as usize), (n_cited, n_edges));
    for (id, subject, object) in ids {
        let row = snapshot.statement(snapshot.statement_of_id(id).expect("kept"));
        assert_eq!((snapshot.key(row.subject), snapshot.key(row.object)), (subject, object));
    }
}
