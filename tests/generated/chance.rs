//! Chance, in whole numbers.

use rand::rngs::ChaCha8Rng;
use rand::{Rng as _, SeedableRng as _};

/// A stream of random numbers that is the same for a seed wherever and whenever it is drawn.
pub(super) struct Chance(ChaCha8Rng);

impl Chance {
    pub(super) fn new(seed: u64) -> Self {
        Self(ChaCha8Rng::seed_from_u64(seed))
    }

    /// A number from 0 to `n` − 1; `n` is at least 1. The high half of a product (Lemire 2019, without rejection: the
    /// bias is at most n/2³²).
    pub(super) fn below(&mut self, n: u32) -> u32 {
        let product = u64::from(self.0.next_u32()) * u64::from(n);
        u32::try_from(product >> 32).expect("below n")
    }

    /// `true` in so many cases of a hundred.
    pub(super) fn percent(&mut self, n: u32) -> bool {
        self.below(100) < n
    }

    /// A place in `weights`, in proportion to what stands there.
    pub(super) fn weighted(&mut self, weights: &[u32]) -> usize {
        let mut left = self.below(weights.iter().sum());
        let is_here = |weight: &u32| {
            let is_here = left < *weight;
            left = left.saturating_sub(*weight);
            is_here
        };
        weights.iter().position(is_here).expect("less than the sum was drawn")
    }

    /// One of these, each as likely as any other; there is at least one.
    pub(super) fn one_of<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        let n = u32::try_from(all.len()).expect("fewer than 2^32");
        &all[self.below(n) as usize]
    }

    /// The same, by value.
    pub(super) fn any<T: Copy>(&mut self, all: &[T]) -> T {
        *self.one_of(all)
    }
}

/// Those who can be chosen: the more often one has been, the likelier again.
#[derive(Default)]
pub(super) struct Crowd {
    n: usize,
    n_arrived: u32,
    /// Each as often as it has been chosen.
    chosen: Vec<u32>,
}

impl Crowd {
    /// α: so many of a hundred choices look at nobody's past.
    const PERCENT_AT_RANDOM: u32 = 20;

    pub(super) fn of(n: usize) -> Self {
        Self { n, n_arrived: 2, chosen: Vec::new() }
    }

    /// Lets in all who are there by step `i` of `n_steps`; two are there from the beginning.
    pub(super) fn grow(&mut self, i: usize, n_steps: usize) {
        let n_arrived = (self.n * i).div_ceil(n_steps).max(2);
        self.n_arrived = u32::try_from(n_arrived).expect("fewer than 2^32");
    }

    /// One of those who are there.
    pub(super) fn draw(&self, chance: &mut Chance) -> u32 {
        if self.chosen.is_empty() || chance.percent(Self::PERCENT_AT_RANDOM) {
            chance.below(self.n_arrived)
        } else {
            *chance.one_of(&self.chosen)
        }
    }

    /// Remembers that this one was chosen.
    pub(super) fn join(&mut self, i: u32) {
        self.chosen.push(i);
    }
}
