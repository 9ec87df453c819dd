//! What two ordered lists have in common, when one of them may be far longer than the other.

use std::cmp::Ordering;

/// Where in one ordered list the numbers stand that are in the other too.
///
/// Galloping (Bentley & Yao 1976), O(the shorter · log of the ratio of lengths), in the order of memory.
pub(super) fn places_of_common<'a>(list: &'a [u32], other: &'a [u32]) -> impl Iterator<Item = usize> + 'a {
    let (mut i, mut j) = (0, 0);
    std::iter::from_fn(move || {
        loop {
            let (here, there) = (list.get(i)?, other.get(j)?);
            match here.cmp(there) {
                Ordering::Less => i += n_below(&list[i..], *there),
                Ordering::Greater => j += n_below(&other[j..], *here),
                Ordering::Equal => {
                    (i, j) = (i + 1, j + 1);
                    return Some(i - 1);
                }
            }
        }
    })
}

/// How many of these ordered numbers are less than `bound`; O(log of that).
fn n_below(list: &[u32], bound: u32) -> usize {
    let mut end = 1;
    while list.get(end).is_some_and(|it| *it < bound) {
        end *= 2;
    }
    let start = end / 2;
    start + list[start..end.min(list.len())].partition_point(|it| *it < bound)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(500))]

        #[test]
        fn what_is_common_is_found_in_either_list(
            long in prop::collection::btree_set(0..400_u32, 0..300),
            short in prop::collection::btree_set(0..400_u32, 0..12),
        ) {
            let common: Vec<u32> = long.intersection(&short).copied().collect();
            let list = |set: &BTreeSet<u32>| set.iter().copied().collect::<Vec<_>>();
            for (list, other) in [(list(&long), list(&short)), (list(&short), list(&long))] {
                let found: Vec<u32> = places_of_common(&list, &other).map(|i| list[i]).collect();
                prop_assert_eq!(&found, &common);
            }
        }
    }
}
