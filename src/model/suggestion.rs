//! Names to choose from: closed sets, and the candidate nearest to a name that was not found.

use std::str::FromStr;

use strum::{EnumMessage, VariantArray};

/// The candidate nearest to `text`, if any is near enough to be a slip of the pen.
///
/// Nearness is the Damerau-Levenshtein distance, at most a third of the text's length (but one edit always counts), or
/// one of the two beginning with the whole of the other. O(n · m) for n candidates of length m.
pub fn nearest<'a>(text: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let n_edits_max = (text.chars().count() / 3).max(1);
    candidates
        .into_iter()
        .filter(|candidate| *candidate != text)
        .map(|candidate| (strsim::damerau_levenshtein(text, candidate), candidate))
        .filter(|(n_edits, candidate)| *n_edits <= n_edits_max || begins(candidate, text) || begins(text, candidate))
        .min()
        .map(|(_, candidate)| candidate)
}

fn begins(long: &str, short: &str) -> bool {
    short.len() >= 4 && long.starts_with(short)
}

/// A closed set: an enum whose values have the same text form everywhere.
pub trait ClosedSet: VariantArray + EnumMessage + Copy + Into<&'static str> + FromStr {
    /// The text form of the value.
    fn text(self) -> &'static str {
        self.into()
    }

    /// What the value means: the comment on it, which every published description of it is taken from.
    fn meaning(self) -> String {
        let comment = self.get_documentation().expect("every value of a closed set is documented");
        comment.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// The text forms of all values, in order.
    fn texts() -> Vec<&'static str> {
        Self::VARIANTS.iter().map(|value| value.text()).collect()
    }
}

impl<T: VariantArray + EnumMessage + Copy + Into<&'static str> + FromStr> ClosedSet for T {}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn the_nearest_name_is_found_and_a_far_one_is_not() {
        let slugs = ["american-kratom-association", "kratom-trade-association", "who"];
        assert_eq!(nearest("amercan-kratom-asociation", slugs), Some("american-kratom-association"));
        assert_eq!(nearest("american-kratom", slugs), Some("american-kratom-association"));
        assert_eq!(nearest("hwo", slugs), Some("who"));
        assert_eq!(nearest("indonesia", slugs), None);
    }
}
