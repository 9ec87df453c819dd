//! Ranks the walks in a part of the graph (Yen 1971).

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::ops::Range;

use rustc_hash::FxHashSet;

use super::index::dense;
use super::traversal::{Budget, OutOfBudget};
use super::{EntityIx, Path, Snapshot, StatementIx};

/// A step of a walk, and the statement that stands for it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Step {
    pub(super) from: EntityIx,
    pub(super) to: EntityIx,
    pub(super) statement: StatementIx,
}

/// The first `n_max` walks from one end to the other that these steps make, of at most `n_hops_max` steps, no entity
/// twice: fewer steps first, then more citations, then by entities. No step may be given twice.
///
/// Yen's algorithm (1971) as Lawler simplified it (1972): each walk that was found is left at each of its entities in
/// turn, and the first of the walks that leave it there is looked for. That search is A* (Hart, Nilsson and Raphael
/// 1968); its estimate is the rank of the best way to the end without regard to what the walk has passed already, which
/// is seldom wrong, so that the search goes straight: O(hops² · log) a walk. At worst it is O(hops · steps · log).
pub(super) fn ranked(
    snapshot: &Snapshot,
    steps: Vec<Step>,
    (from, to): (EntityIx, EntityIx),
    n_hops_max: usize,
    n_max: usize,
    budget: &mut Budget,
) -> Result<Vec<Path>, OutOfBudget> {
    let mut lattice = Lattice::new(snapshot, steps);
    let (Some(from), Some(to)) = (lattice.number(from), lattice.number(to)) else { return Ok(Vec::new()) };
    lattice.look_back_from(to, n_hops_max);

    let mut candidates = BinaryHeap::new();
    let first = lattice.best_walk(&[from], Rank::default(), &[], n_hops_max, budget)?;
    candidates.extend(first.map(|way| Reverse(Candidate { way, leaves_at: 0, barred: Vec::new() })));
    let mut paths = Vec::new();
    while let Some(Reverse(Candidate { way: Way { walk, .. }, leaves_at, mut barred })) = candidates.pop() {
        let exits: Vec<_> = walk.windows(2).map(|step| lattice.exit(step[0], step[1])).collect();
        paths.push(Path {
            entities: walk.iter().map(|i| lattice.entities[*i as usize]).collect(),
            statements: exits.iter().map(|exit| exit.statement).collect(),
        });
        if paths.len() == n_max {
            break;
        }
        for i in leaves_at..exits.len() {
            barred.push(walk[i + 1]);
            let so_far = exits[..i].iter().fold(Rank::default(), |rank, exit| rank.and(exit.n_citations));
            let other = lattice.best_walk(&walk[..=i], so_far, &barred, n_hops_max, budget)?;
            let barred = std::mem::take(&mut barred);
            candidates.extend(other.map(|way| Reverse(Candidate { way, leaves_at: i, barred })));
        }
    }
    Ok(paths)
}

/// What walks are ranked by: the fewest steps, then the most citations.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
struct Rank {
    n_hops: usize,
    n_citations: Reverse<u64>,
}

impl Rank {
    /// With one step more.
    fn and(self, n_citations: u32) -> Self {
        Self { n_hops: self.n_hops + 1, n_citations: Reverse(self.n_citations.0 + u64::from(n_citations)) }
    }

    fn followed_by(self, rest: Self) -> Self {
        Self { n_hops: self.n_hops + rest.n_hops, n_citations: Reverse(self.n_citations.0 + rest.n_citations.0) }
    }
}

/// A walk, or the beginning of one with the best rank that it can come to. Ordered by rank, then entities.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Way {
    rank: Rank,
    walk: Vec<u32>,
}

/// The first of the walks that begin like it up to `leaves_at` and do not go on to the `barred` from there.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Candidate {
    way: Way,
    leaves_at: usize,
    barred: Vec<u32>,
}

/// The beginning of a walk, from which the search has yet to go on.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Beginning {
    way: Way,
    /// The rank of all but its last step.
    before: Rank,
    /// Where its last step stands among the exits.
    exit: usize,
}

/// A step, its ends numbered.
#[derive(Clone, Copy)]
struct Exit {
    from: u32,
    to: u32,
    n_citations: u32,
    statement: StatementIx,
}

/// The steps by the entities that they leave. The entities are numbered in their order.
struct Lattice {
    entities: Vec<EntityIx>,
    exits: Vec<Exit>,
    /// Of each entity its exits.
    rows: Vec<Range<usize>>,
    /// Whether these are in the order of the ranks that walks through them can come to.
    is_ranked: Vec<bool>,
    /// Of each entity the rank of the best way to the end.
    to_go: Vec<Option<Rank>>,
}

impl Lattice {
    fn new(snapshot: &Snapshot, steps: Vec<Step>) -> Self {
        let mut entities: Vec<_> = steps.iter().flat_map(|step| [step.from, step.to]).collect();
        entities.sort_unstable();
        entities.dedup();
        let number = |entity| dense(entities.binary_search(&entity).expect("the ends of all steps are among them"));
        let exit = |Step { from, to, statement }| {
            let n_citations = snapshot.brief(statement).n_citations;
            Exit { from: number(from), to: number(to), n_citations, statement }
        };
        let mut exits: Vec<_> = steps.into_iter().map(exit).collect();
        exits.sort_unstable_by_key(|exit| (exit.from, exit.to));
        let mut start = 0;
        let row = |from| {
            let n = exits[start..].partition_point(|exit| exit.from == from);
            start += n;
            start - n..start
        };
        let rows: Vec<_> = (0..dense(entities.len())).map(row).collect();
        Self { is_ranked: vec![false; rows.len()], to_go: vec![None; rows.len()], rows, exits, entities }
    }

    fn number(&self, entity: EntityIx) -> Option<u32> {
        self.entities.binary_search(&entity).ok().map(dense)
    }

    fn exit(&self, from: u32, to: u32) -> Exit {
        let row = &self.exits[self.rows[from as usize].clone()];
        *row.iter().find(|exit| exit.to == to).expect("walks are made of steps")
    }

    /// Works out how far it is from everywhere to `end`, as far as `n_hops_max` steps (Bellman 1958, Ford 1956).
    fn look_back_from(&mut self, end: u32, n_hops_max: usize) {
        self.to_go[end as usize] = Some(Rank::default());
        for _ in 0..n_hops_max {
            let mut is_better = false;
            for exit in &self.exits {
                let Some(rest) = self.to_go[exit.to as usize] else { continue };
                let through = rest.and(exit.n_citations);
                let known = &mut self.to_go[exit.from as usize];
                if known.is_none_or(|known| through < known) {
                    *known = Some(through);
                    is_better = true;
                }
            }
            if !is_better {
                break;
            }
        }
    }

    /// The first walk to the end that begins with `beginning`, whose rank is `so_far`, and does not go on to one of the
    /// `barred`. `None` when there is none of at most `n_hops_max` steps.
    fn best_walk(
        &mut self,
        beginning: &[u32],
        so_far: Rank,
        barred: &[u32],
        n_hops_max: usize,
        budget: &mut Budget,
    ) -> Result<Option<Way>, OutOfBudget> {
        // Entities that the search has gone on from already, by the best way there.
        let mut left: FxHashSet<u32> = beginning.iter().copied().collect();
        let mut open = BinaryHeap::new();
        let may_open = |beginning: &Beginning| beginning.way.rank.n_hops <= n_hops_max;
        let first = self.first_on(beginning, so_far, 0, |to| left.contains(&to) || barred.contains(&to));
        open.extend(first.filter(may_open).map(Reverse));
        while let Some(Reverse(Beginning { way, before, exit })) = open.pop() {
            budget.spend()?;
            let (here, walked) = way.walk.split_last().expect("it has gone a step at least");
            // Beside the exit that it took, the next best one becomes worth a look.
            let is_first = walked.len() == beginning.len();
            let is_out = |to| left.contains(&to) || (is_first && barred.contains(&to));
            let beside = self.first_on(walked, before, exit + 1, is_out);
            open.extend(beside.filter(may_open).map(Reverse));
            if !left.insert(*here) {
                continue;
            }
            if self.to_go[*here as usize] == Some(Rank::default()) {
                return Ok(Some(way));
            }
            let so_far = before.and(self.exits[exit].n_citations);
            let on = self.first_on(&way.walk, so_far, 0, |to| left.contains(&to));
            open.extend(on.filter(may_open).map(Reverse));
        }
        Ok(None)
    }

    /// `walked`, whose rank is `so_far`, with the best step more: of the exits that stand at `start` or behind it, the
    /// first that is not `out` and from which there is a way to the end.
    fn first_on(
        &mut self,
        walked: &[u32],
        so_far: Rank,
        start: usize,
        is_out: impl Fn(u32) -> bool,
    ) -> Option<Beginning> {
        let here = *walked.last()? as usize;
        let row = self.rows[here].clone();
        if !std::mem::replace(&mut self.is_ranked[here], true) {
            let to_go = &self.to_go;
            self.exits[row.clone()].sort_unstable_by_key(|exit| {
                let through = to_go[exit.to as usize].map(|rest| rest.and(exit.n_citations));
                (through.is_none(), through, exit.to)
            });
        }
        let start = start.max(row.start);
        let exit = start + self.exits[start..row.end].iter().position(|exit| !is_out(exit.to))?;
        let Exit { to, n_citations, .. } = self.exits[exit];
        let rank = so_far.and(n_citations).followed_by(self.to_go[to as usize]?);
        let walk = walked.iter().copied().chain([to]).collect();
        Some(Beginning { way: Way { rank, walk }, before: so_far, exit })
    }
}
