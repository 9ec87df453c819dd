//! Our measures against those of networkx and igraph, on a generated graph of ten thousand entities. Needs Python with
//! both: a machine without them says that the test was left out, but under `CI=true` it must run.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

use grounds::graph::measure::{
    Communities, CommunityMethod, Components, Grouped, Projection, betweenness, closeness, clustering_coefficient,
    core_number, degree, harmonic, in_degree, out_degree, page_rank,
};
use grounds::graph::{Computation, Deadline, Direction, EntityIx, Facts, Snapshot, Traversal};
use grounds::model::{Basis, EntityKey};
use serde_json::{Value, json};

use crate::generated::worlds;
use crate::server::{left_out, root};

const N_ENTITIES: usize = 10_000;
const N_STATEMENTS: usize = 15_000;

#[test]
fn measures_are_those_of_networkx_and_igraph() {
    let python = std::env::var("PYTHON").unwrap_or_else(|_| "python3".to_owned());
    let found = Command::new(&python).args(["-c", "import igraph, networkx, scipy"]).output();
    if !found.is_ok_and(|output| output.status.success()) {
        let missing = format!("{python} does not find igraph, networkx and scipy");
        assert!(std::env::var("CI").as_deref() != Ok("true"), "{missing}, and CI must run this test");
        left_out(&missing);
        return;
    }
    let world = || worlds::facts(4, N_ENTITIES, N_STATEMENTS);
    let snapshot = Snapshot::build(world());
    let folder = tempfile::tempdir().expect("a folder of the test's own");
    for (direction, n_lines) in [(Direction::Both, 19), (Direction::Out, 17)] {
        let path = folder.path().join(format!("{direction:?}.json"));
        let compared = graph_and_measures(&snapshot, &world(), direction);
        std::fs::write(&path, compared.to_string()).expect("the folder may be written");
        let script = root().join("tests/networkx/compare.py");
        let said = run(&python, &script, &path);
        assert_eq!(said.lines().count(), n_lines, "not all was compared, or more than was known of:\n{said}");
    }
}

fn run(python: &str, script: &Path, graph: &Path) -> String {
    let output = Command::new(python).arg(script).arg(graph).output().expect("it ran just now");
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "{said}{}", String::from_utf8_lossy(&output.stderr));
    // Shown with `--nocapture`: what was compared, and how near it is.
    print!("{said}");
    said
}

/// The edges as the facts have them, and what we measure on them.
fn graph_and_measures(snapshot: &Snapshot, facts: &Facts, direction: Direction) -> Value {
    let via = Traversal { direction, ..Traversal::default() };
    let graph = Projection::of(snapshot, &via);
    assert_eq!(graph.n(), N_ENTITIES);
    let vertex = |key: &EntityKey| {
        let entity = snapshot.entity_of_key(key).expect("it is in the facts");
        graph.entities().binary_search(&entity).expect("all entities are vertices")
    };
    let stated = facts.statements.iter().filter(|it| it.basis == Basis::Stated);
    let edges: BTreeSet<_> = stated.map(|it| (vertex(&it.subject), vertex(&it.object))).collect();
    let never = Deadline::never();
    let in_time = |scores: Result<Vec<f64>, _>| scores.expect("no deadline");
    let grouped = |grouped: Grouped| {
        let label = |entity: &EntityIx| grouped.groups.group_of(*entity).expect("all are in groups");
        json!({
            "modularity": grouped.modularity,
            "labels": graph.entities().iter().map(label).collect::<Vec<_>>(),
        })
    };
    let communities = |by| grouped(Communities::new(by, via.clone()).compute(snapshot, never).expect("no deadline"));
    json!({
        "n": N_ENTITIES,
        "directed": graph.is_directed(),
        "edges": edges,
        "scores": {
            "PAGE_RANK": in_time(page_rank(&graph, never)),
            "DEGREE": degree(&graph),
            "IN_DEGREE": in_degree(&graph),
            "OUT_DEGREE": out_degree(&graph),
            "BETWEENNESS": in_time(betweenness(&graph, never)),
            "CLOSENESS": in_time(closeness(&graph, never)),
            "HARMONIC": in_time(harmonic(&graph, never)),
            "CORE_NUMBER": core_number(&graph),
            "CLUSTERING_COEFFICIENT": in_time(clustering_coefficient(&graph, never)),
        },
        "partitions": {
            "COMPONENTS": grouped(Components::new(via.clone()).compute(snapshot, never).expect("no deadline")),
            "LOUVAIN": communities(CommunityMethod::Louvain),
            "LABEL_PROPAGATION": communities(CommunityMethod::LabelPropagation),
        },
    })
}
