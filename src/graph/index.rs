//! Dense indices and the compact containers that they address.

/// An entity of one snapshot. Ordered by kind, then name, then slug.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EntityIx(pub(super) u32);

/// A statement of one snapshot. Ordered by subject, then object, then predicate, then day, then id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StatementIx(pub(super) u32);

/// A document of one snapshot. Ordered by slug.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DocumentIx(pub(super) u32);

/// The length of a collection as a dense index.
///
/// # Panics
/// Above 2³² − 1, which no machine that this runs on could have loaded.
pub(super) fn dense(n: usize) -> u32 {
    u32::try_from(n).expect("a snapshot holds fewer than 2^32 of anything")
}

/// Many short texts in one allocation.
#[derive(Debug, Default)]
pub(super) struct Texts {
    bytes: String,
    ends: Vec<usize>,
}

impl Texts {
    pub(super) fn push(&mut self, text: &str) {
        self.bytes.push_str(text);
        self.ends.push(self.bytes.len());
    }

    pub(super) fn get(&self, i: u32) -> &str {
        let i = i as usize;
        let start = if i == 0 { 0 } else { self.ends[i - 1] };
        &self.bytes[start..self.ends[i]]
    }
}

/// For each of n rows a run of values, all in one allocation (compressed sparse rows).
#[derive(Debug)]
pub(super) struct Rows<T> {
    starts: Vec<u32>,
    values: Vec<T>,
}

impl<T> Rows<T> {
    /// From values in the order of their rows. O(n + values).
    pub(super) fn from_sorted(n_rows: u32, sorted: impl IntoIterator<Item = (u32, T)>) -> Self {
        let mut starts = vec![0; n_rows as usize + 1];
        let mut values = Vec::new();
        for (row, value) in sorted {
            starts[row as usize + 1] += 1;
            values.push(value);
        }
        for row in 1..starts.len() {
            starts[row] += starts[row - 1];
        }
        Self { starts, values }
    }

    pub(super) fn row(&self, row: u32) -> &[T] {
        let row = row as usize;
        &self.values[self.starts[row] as usize..self.starts[row + 1] as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::{Rows, Texts};

    #[test]
    fn rows_give_back_each_row_and_empty_ones_too() {
        let rows = Rows::from_sorted(4, [(0, 'a'), (0, 'b'), (2, 'c')]);
        assert_eq!([0, 1, 2, 3].map(|row| rows.row(row).to_vec()), [vec!['a', 'b'], vec![], vec!['c'], vec![]]);
    }

    #[test]
    fn texts_give_back_each_text() {
        let mut texts = Texts::default();
        for text in ["", "kratom", "ä"] {
            texts.push(text);
        }
        assert_eq!([0, 1, 2].map(|i| texts.get(i)), ["", "kratom", "ä"]);
    }
}
