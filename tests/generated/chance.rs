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

    /// The same of bigger numbers.
    fn below_u64(&mut self, n: u64) -> u64 {
        let product = u128::from(self.0.next_u64()) * u128::from(n);
        u64::try_from(product >> 64).expect("below n")
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

/// Those who can be chosen, the `i`th of them in proportion to 1/(i + 1): Zipf's law.
#[derive(Default)]
pub(super) struct Crowd {
    /// For each the sum of the weights up to and including its own.
    sums: Vec<u64>,
}

impl Crowd {
    pub(super) fn of(n: usize) -> Self {
        let weights = (1..).take(n).map(|rank: u64| (1 << 32) / rank);
        let sums = weights.scan(0, |sum, weight| {
            *sum += weight;
            Some(*sum)
        });
        Self { sums: sums.collect() }
    }

    /// One of them.
    pub(super) fn draw(&self, chance: &mut Chance) -> u32 {
        let drawn = chance.below_u64(*self.sums.last().expect("a crowd of at least one"));
        let i = self.sums.partition_point(|sum| *sum <= drawn);
        u32::try_from(i).expect("fewer than 2^32")
    }
}
