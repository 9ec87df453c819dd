#!/usr/bin/env python3
"""Holds our measures of one graph against networkx and igraph.

    python3 tests/networkx/compare.py GRAPH.json

GRAPH.json, which tests/it/measures.rs writes, holds n, directed, edges, scores (for each measure a number a vertex) and
partitions (for each method modularity and a label a vertex). Prints a line a measure with the largest difference; exit
status 1 when one is above 1e-9.
"""

import collections
import json
import pathlib
import sys

import igraph
import networkx

TOLERANCE = 1e-9


def of_networkx(graph, scores):
    """What networkx gives for all vertices."""
    undirected = graph.to_undirected()
    vertices = range(len(graph))
    yield "PAGE_RANK", networkx.pagerank(graph, tol=1e-15, max_iter=1000)
    yield "DEGREE", dict(undirected.degree)
    yield "IN_DEGREE", dict(graph.in_degree if graph.is_directed() else graph.degree)
    yield "OUT_DEGREE", dict(graph.out_degree if graph.is_directed() else graph.degree)
    yield "CORE_NUMBER", networkx.core_number(undirected)
    if not graph.is_directed():
        # Of directed graphs networkx has another coefficient (Fagiolo 2007) than LDBC.
        yield "CLUSTERING_COEFFICIENT", networkx.clustering(graph)
    # For all it would take minutes: for the nearest and every five hundredth of the others.
    by_score = sorted(vertices, key=lambda vertex: -scores["CLOSENESS"][vertex])
    some = set(by_score[:20] + by_score[::500])
    yield "CLOSENESS", {vertex: networkx.closeness_centrality(graph, u=vertex) for vertex in some}
    yield "HARMONIC", networkx.harmonic_centrality(graph, nbunch=some)


def of_igraph(graph, n):
    """What igraph gives for all vertices, normalised as networkx has it."""
    pairs = (n - 1) * (n - 2) / (1 if graph.is_directed() else 2)
    yield "BETWEENNESS", [score / pairs for score in graph.betweenness(directed=True)]
    # Within what reaches the vertex, to be weighted by the share of all others that do (Wasserman and Faust).
    near = graph.closeness(mode="in", normalized=True)
    reaching = [size - 1 for size in graph.neighborhood_size(order=n, mode="in")]
    yield "CLOSENESS", [c * r / (n - 1) if r else 0.0 for c, r in zip(near, reaching)]
    yield "HARMONIC", [score * (n - 1) for score in graph.harmonic_centrality(mode="in", normalized=True)]
    yield "PAGE_RANK", graph.pagerank(damping=0.85)
    yield "CORE_NUMBER", graph.copy().as_undirected().coreness()
    if not graph.is_directed():
        yield "CLUSTERING_COEFFICIENT", graph.transitivity_local_undirected(mode="zero")


def main():
    ours = json.loads(pathlib.Path(sys.argv[1]).read_text())
    n, directed, edges, scores = ours["n"], ours["directed"], ours["edges"], ours["scores"]
    kind = "directed" if directed else "undirected"
    wrong = []

    def report(measure, library, n_compared, difference):
        print(f"{kind} {measure} {library} {n_compared} {difference:.1e}")
        if not difference <= TOLERANCE:
            wrong.append(measure)

    graph = networkx.DiGraph() if directed else networkx.Graph()
    graph.add_nodes_from(range(n))
    graph.add_edges_from(edges)
    fast = igraph.Graph(n, [(a, b) for a, b in graph.edges], directed=directed)
    for measure, theirs in of_networkx(graph, scores):
        difference = max(abs(scores[measure][vertex] - score) for vertex, score in theirs.items())
        report(measure, "networkx", len(theirs), difference)
    for measure, theirs in of_igraph(fast, n):
        report(measure, "igraph", n, max(abs(a - b) for a, b in zip(scores[measure], theirs, strict=True)))

    undirected = graph.to_undirected()
    for method, partition in ours["partitions"].items():
        groups = collections.defaultdict(set)
        for vertex, label in enumerate(partition["labels"]):
            groups[label].add(vertex)
        modularity = networkx.community.modularity(undirected, groups.values())
        report(f"modularity of {method}", "networkx", n, abs(modularity - partition["modularity"]))
        if method == "COMPONENTS":
            theirs = networkx.connected_components(undirected)
            same = {frozenset(group) for group in theirs} == {frozenset(group) for group in groups.values()}
            report(method, "networkx", n, 0.0 if same else 1.0)
        elif method == "LOUVAIN":
            best = max(
                networkx.community.modularity(undirected, networkx.community.louvain_communities(undirected, seed=seed))
                for seed in range(3)
            )
            print(f"{kind} Louvain: ours {modularity:.4f}, the best of three of networkx {best:.4f}")
            if modularity < best - 0.01:
                wrong.append("LOUVAIN")
    if wrong:
        sys.exit(f"different: {', '.join(wrong)}")


main()
