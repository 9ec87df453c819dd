//! Alignment: which organizations stand alike on more than they differ on, and the cliques that they form.

use std::collections::BTreeMap;

use super::clique::Weighted;
use super::index::dense;
use super::{Deadline, EntityIx, Matter, OutOfTime, Stance, Standpoint};

/// More pairs are aligned than can be searched for cliques.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("more than {max} pairs of organizations are aligned")]
pub struct TooManyAligned {
    /// The most there may be.
    pub max: usize,
}

/// The sides that organizations take: the numbers of matters, each with whether they are for it; sorted.
type Sides = Vec<(u32, bool)>;

/// The graph of alignment. Its vertices are groups of organizations with the same sides on the same matters: whoever is
/// aligned with one of them is aligned with all, and so are they with one another.
#[derive(Debug)]
pub(super) struct Aligned {
    /// The members of each vertex, by name.
    groups: Vec<Vec<EntityIx>>,
    graph: Weighted,
}

impl Aligned {
    /// Those who stand alike on at least `n_shared_min` matters and on more than they differ on. Organizations that take
    /// fewer sides can be aligned with nobody and are left out. At most `n_aligned_max` pairs, those with the same
    /// standpoints taken as one: 8 bytes each.
    ///
    /// O(Σ over matters of the square of the groups that take a side on it): pairs without a common matter are never
    /// looked at.
    pub(super) fn among(
        standpoints: &[Standpoint],
        n_shared_min: usize,
        n_aligned_max: usize,
        deadline: Deadline,
    ) -> Result<Result<Self, TooManyAligned>, OutOfTime> {
        let (sides, groups) = groups(standpoints, n_shared_min);
        let on = takers(&sides);
        let mut neighbors: Vec<Vec<u32>> = vec![Vec::new(); groups.len()];
        let mut n_aligned = 0;
        // Of each later group, on how many matters this one stands alike with it and differs from it.
        let (mut n_alike, mut n_differing) = (vec![0usize; groups.len()], vec![0usize; groups.len()]);
        for group in 0..dense(groups.len()) {
            deadline.check()?;
            let mut met = Vec::new();
            for (matter, side) in &sides[group as usize] {
                let takers = &on[*matter as usize];
                let later = takers.partition_point(|(other, _)| *other <= group);
                for (other, other_side) in &takers[later..] {
                    let i = *other as usize;
                    if n_alike[i] + n_differing[i] == 0 {
                        met.push(*other);
                    }
                    let n = if side == other_side { &mut n_alike } else { &mut n_differing };
                    n[i] += 1;
                }
            }
            met.sort_unstable();
            for other in met {
                let (alike, differing) =
                    (std::mem::take(&mut n_alike[other as usize]), std::mem::take(&mut n_differing[other as usize]));
                if alike >= n_shared_min && alike > differing {
                    neighbors[group as usize].push(other);
                    neighbors[other as usize].push(group);
                    n_aligned += 1;
                }
            }
            if n_aligned > n_aligned_max {
                return Ok(Err(TooManyAligned { max: n_aligned_max }));
            }
        }
        let weights = groups.iter().map(Vec::len).collect();
        Ok(Ok(Self { groups, graph: Weighted { neighbors, weights } }))
    }

    /// Shows `visit` the members, by name, of every maximal clique of at least two organizations; it gives back how many
    /// members it wants a clique to have from then on.
    pub(super) fn each_coalition(
        &self,
        deadline: Deadline,
        mut visit: impl FnMut(Vec<EntityIx>) -> Result<usize, OutOfTime>,
    ) -> Result<(), OutOfTime> {
        let mut n_wanted = 2;
        self.graph.each_maximal_clique(deadline, |clique| {
            let mut members: Vec<_> = clique.iter().flat_map(|group| &self.groups[*group as usize]).copied().collect();
            if members.len() >= 2 {
                members.sort_unstable();
                n_wanted = visit(members)?;
            }
            Ok(n_wanted)
        })
    }
}

/// The organizations that take at least `n_sides_min` sides, those with the same sides together; and the sides.
fn groups(standpoints: &[Standpoint], n_sides_min: usize) -> (Vec<Sides>, Vec<Vec<EntityIx>>) {
    let mut matters: Vec<Matter> = standpoints.iter().map(|it| it.matter).collect();
    matters.sort_unstable();
    matters.dedup();
    let number = |matter| dense(matters.binary_search(&matter).expect("every matter was listed"));
    let mut of: BTreeMap<Sides, Vec<EntityIx>> = BTreeMap::new();
    for standpoints in standpoints.chunk_by(|a, b| a.organization == b.organization) {
        let side = |it: &Standpoint| match it.stance {
            Stance::Support => Some((number(it.matter), true)),
            Stance::Oppose => Some((number(it.matter), false)),
            Stance::Neutral | Stance::Mixed => None,
        };
        let sides: Sides = standpoints.iter().filter(|it| it.is_held).filter_map(side).collect();
        if sides.len() >= n_sides_min {
            of.entry(sides).or_default().push(standpoints[0].organization);
        }
    }
    of.into_iter().unzip()
}

/// Of each matter the groups that take a side on it, in their order, each with whether it is for it.
fn takers(sides: &[Sides]) -> Vec<Vec<(u32, bool)>> {
    let mut on: Vec<Vec<(u32, bool)>> = Vec::new();
    for (sides, group) in sides.iter().zip(0..) {
        for (matter, side) in sides {
            let matter = *matter as usize;
            if on.len() <= matter {
                on.resize(matter + 1, Vec::new());
            }
            on[matter].push((group, *side));
        }
    }
    on
}
