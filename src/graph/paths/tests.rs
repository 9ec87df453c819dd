use super::*;
use crate::graph::StatementRow;
use crate::graph::tangle::{N_IN_TANGLE, in_tangle, tangle, threads, traversals};
use crate::graph::world::{World, world};
use proptest::prelude::*;
use std::cmp::Reverse;
use std::collections::HashMap;

fn told(world: &World, from: &str, to: &str, n_hops_max: usize, n_max: usize) -> Vec<String> {
    let ends = (world.entity(from), world.entity(to));
    let budget = &mut Budget::new(100_000);
    let paths = world.snapshot.shortest_paths(ends, &Traversal::default(), n_hops_max, n_max, budget);
    let told = |path: Path| path.entities.iter().map(|ix| world.snapshot.slug(*ix)).collect::<Vec<_>>().join(" ");
    paths.expect("within the budget").into_iter().map(told).collect()
}

#[test]
fn shorter_ones_come_first_then_better_cited_ones_then_by_name() {
    let world = world(
        "organization/a -SUPPORTS x1-> law/l; organization/b -SUPPORTS-> law/l; \
         organization/a -ASSERTS x2-> claim/c; organization/b -DISPUTES x3-> claim/c; \
         organization/a -CITES x4-> study/s; organization/b -CITES-> study/s; organization/b -FUNDED x1-> study/s; \
         organization/a -WORKS_WITH-> organization/z; organization/z -WORKS_WITH-> organization/y; \
         organization/y -WORKS_WITH-> organization/b",
    );
    let all = ["a s b", "a c b", "a l b", "a z y b"];
    assert_eq!(told(&world, "organization/a", "organization/b", 6, 50), all);
    assert_eq!(told(&world, "organization/a", "organization/b", 6, 2), all[..2]);
    assert_eq!(told(&world, "organization/a", "organization/b", 2, 50), all[..3]);
    assert_eq!(told(&world, "organization/a", "organization/b", 1, 50), [""; 0]);
    assert_eq!(told(&world, "organization/a", "organization/a", 6, 50), ["a"]);
    assert_eq!(told(&world, "organization/a", "organization/b", 6, 0), [""; 0]);
}

#[test]
fn an_end_with_one_way_on_is_not_looked_for_behind_a_hub() {
    let members = (0..300).flat_map(|i| {
        [format!("organization/o{i} -ABOUT-> topic/hub"), format!("organization/o{i} -ABOUT-> topic/t{}", i % 20)]
    });
    let ends = ["organization/a -ABOUT-> topic/hub", "organization/b -ABOUT-> topic/hub"].map(str::to_owned);
    let text = members.chain(ends).collect::<Vec<_>>().join(";");
    let world = world(&text);
    let ends = (world.entity("organization/a"), world.entity("organization/b"));
    let budget = &mut Budget::new(10);
    let paths = world.snapshot.shortest_paths(ends, &Traversal::default(), 6, 5, budget);
    assert_eq!(paths.map(|paths| paths.len()), Ok(1));
    let spent = &mut Budget::new(3);
    assert_eq!(world.snapshot.shortest_paths(ends, &Traversal::default(), 6, 5, spent), Err(OutOfBudget));
}

#[test]
fn hubs_are_crossed_without_a_look_at_all_they_are_joined_with() {
    let members = (0..800).map(|i| format!("organization/o{i} -ABOUT-> topic/hub{}", i % 4));
    let ends = [
        "organization/a -ABOUT-> topic/hub0; organization/a -ABOUT-> topic/hub1; topic/hub0 -ABOUT-> topic/hub2",
        "organization/b -ABOUT-> topic/hub2; organization/b -ABOUT-> topic/hub3; topic/hub1 -ABOUT x2-> topic/hub3",
    ];
    let world = world(&members.chain(ends.map(str::to_owned)).collect::<Vec<_>>().join(";"));
    let ends = (world.entity("organization/a"), world.entity("organization/b"));
    let paths = world.snapshot.shortest_paths(ends, &Traversal::default(), 6, 2, &mut Budget::new(40));
    let through = |path: Path| world.snapshot.slug(path.entities[1]).to_owned();
    let through: Vec<_> = paths.expect("the hubs have 200 neighbors each").into_iter().map(through).collect();
    assert_eq!(through, ["hub1", "hub0"]);
}

/// Every walk without a loop, found by trying them all, in the order that is promised.
fn naive(world: &World, from: EntityIx, to: EntityIx, via: &Traversal, n_hops_max: usize) -> Vec<Path> {
    let mut done = Vec::new();
    let mut open = vec![Path { entities: vec![from], statements: Vec::new() }];
    while let Some(path) = open.pop() {
        let here = path.entities[path.entities.len() - 1];
        if here == to {
            done.push(path);
            continue;
        }
        let is_passable = |it| via.kinds.as_ref().is_none_or(|kinds| kinds.contains(&world.snapshot.kind(it)));
        if path.statements.len() == n_hops_max || (here != from && !is_passable(here)) {
            continue;
        }
        let mut ways: HashMap<EntityIx, Vec<StatementIx>> = HashMap::new();
        for ix in world.statements() {
            let StatementRow { subject, object, .. } = *world.snapshot.statement(ix);
            let is_out = subject == here && via.direction != Direction::In;
            let is_in = object == here && via.direction != Direction::Out;
            let next = if subject == here { object } else { subject };
            if (is_out || is_in) && world.is_within(ix, via) && !path.entities.contains(&next) {
                ways.entry(next).or_default().push(ix);
            }
        }
        for (next, mut statements) in ways {
            statements.sort_by_key(|ix| (Reverse(world.snapshot.statement(*ix).n_citations), *ix));
            let mut longer = path.clone();
            longer.entities.push(next);
            longer.statements.push(statements[0]);
            open.push(longer);
        }
    }
    done.sort_by_key(|path| {
        let n_citations: u32 = path.statements.iter().map(|ix| world.snapshot.statement(*ix).n_citations).sum();
        (path.statements.len(), Reverse(n_citations), path.entities.clone())
    });
    done
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn the_walks_are_the_first_of_all_walks(
        threads in threads(30),
        ends in (0..2 * N_IN_TANGLE, 0..2 * N_IN_TANGLE),
        via in traversals(),
        (n_hops_max, n_max) in (0..8usize, 1..60usize),
    ) {
        let world = tangle(&threads);
        let (from, to) = (world.entity(&in_tangle(ends.0)), world.entity(&in_tangle(ends.1)));
        let mut all = naive(&world, from, to, &via, n_hops_max);
        let found = |n_max| {
            let budget = &mut Budget::new(1_000_000);
            world.snapshot.shortest_paths((from, to), &via, n_hops_max, n_max, budget).expect("within the budget")
        };
        all.truncate(n_max);
        prop_assert_eq!(found(n_max), all.clone());
        all.truncate(1);
        prop_assert_eq!(found(1), all);
    }

    /// With only the statements that join its entities a walk is found again, as the first; without them all, however
    /// many they are, no walk goes that way; without any other one it is where it was, or further in front.
    #[test]
    fn a_walk_rests_on_the_statements_along_it(
        threads in threads(14),
        ends in (0..N_IN_TANGLE, 0..N_IN_TANGLE),
        via in traversals(),
        place in 0..3usize,
    ) {
        let world = tangle(&threads);
        let ends = (world.entity(&in_tangle(ends.0)), world.entity(&in_tangle(ends.1)));
        let walks = |world: &World| {
            let paths = world.snapshot.shortest_paths(ends, &via, 6, place + 1, &mut Budget::new(10_000));
            paths.expect("within the budget").into_iter().map(|path| path.entities).collect::<Vec<_>>()
        };
        let paths = world.snapshot.shortest_paths(ends, &via, 6, place + 1, &mut Budget::new(10_000));
        let Some(found) = paths.expect("within the budget").pop() else { return Ok(()) };
        let reasons = world.snapshot.statements_beside(&found.statements, &via);
        let is_listed = |ix| reasons.contains(&ix);
        let Path { entities, statements } = found;
        prop_assert!(statements.iter().all(|ix| is_listed(*ix)));
        prop_assert_eq!(&walks(&world.only(is_listed))[0], &entities);
        if ends.0 != ends.1 {
            prop_assert!(!walks(&world.only(|ix| !is_listed(ix))).contains(&entities));
        }
        for unlisted in world.statements().filter(|ix| !is_listed(*ix)) {
            prop_assert!(walks(&world.only(|ix| ix != unlisted)).contains(&entities));
        }
    }
}
