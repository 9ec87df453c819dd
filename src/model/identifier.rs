//! Identifiers that others gave: DOI, PMID, bill number …

/// A name that somebody else gave to the same thing.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Identifier {
    /// Whose name it is.
    pub scheme: IdentifierScheme,
    /// The name, without a resolver's address.
    pub value: String,
}

closed_set! {
    /// Registers and schemes of identifiers.
    pub enum IdentifierScheme {
        /// Digital object identifier: `10.3390/molecules29050984`.
        Doi,
        /// PubMed: digits.
        Pmid,
        /// PubMed Central: `PMC7309661`.
        Pmcid,
        /// ClinicalTrials.gov: `NCT04392011`.
        Nct,
        /// Open Civic Data: `ocd-division/country:us/state:ut`.
        Ocd,
        /// European legislation identifier.
        Eli,
        /// Number of a bill in its chamber: `SB 6287`.
        BillNumber,
        /// Country: `US`.
        #[strum(serialize = "ISO_3166_1")]
        Iso31661,
        /// Subdivision of a country: `US-UT`.
        #[strum(serialize = "ISO_3166_2")]
        Iso31662,
        /// Wikidata item: `Q26899`.
        Wikidata,
        /// Research organization registry: `https://ror.org/…` without the address.
        Ror,
        /// A page of its own.
        Url,
    }
}

/// The value is none of its scheme.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{value:?} is no {scheme}: it looks like \"{like}\"")]
pub struct NotAnIdentifier {
    scheme: IdentifierScheme,
    value: String,
    like: &'static str,
}

impl Identifier {
    /// # Errors
    /// When `value` has not the form of its scheme. Only forms are checked; nothing is looked up.
    pub fn parse(scheme: IdentifierScheme, value: &str) -> Result<Self, NotAnIdentifier> {
        let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
        let letters = |text: &str| text.bytes().all(|b| b.is_ascii_uppercase());
        let (good, like) = match scheme {
            IdentifierScheme::Doi => {
                (value.starts_with("10.") && value.contains('/') && !value.contains(' '), "10.3390/molecules29050984")
            }
            IdentifierScheme::Pmid => (digits(value), "32612562"),
            IdentifierScheme::Pmcid => (value.strip_prefix("PMC").is_some_and(digits), "PMC7309661"),
            IdentifierScheme::Nct => {
                (value.strip_prefix("NCT").is_some_and(|rest| rest.len() == 8 && digits(rest)), "NCT04392011")
            }
            IdentifierScheme::Ocd => (value.starts_with("ocd-"), "ocd-division/country:us/state:ut"),
            IdentifierScheme::Eli => (value.contains('/'), "eli/reg/2016/679/oj"),
            IdentifierScheme::BillNumber => (value.bytes().any(|b| b.is_ascii_digit()), "SB 6287"),
            IdentifierScheme::Iso31661 => (value.len() == 2 && letters(value), "US"),
            IdentifierScheme::Iso31662 => (
                value
                    .split_once('-')
                    .is_some_and(|(country, part)| country.len() == 2 && letters(country) && !part.is_empty()),
                "US-UT",
            ),
            IdentifierScheme::Wikidata => (value.strip_prefix('Q').is_some_and(digits), "Q26899"),
            IdentifierScheme::Ror => (value.len() == 9 && value.starts_with('0'), "03yrm5c26"),
            IdentifierScheme::Url => {
                (value.starts_with("https://") || value.starts_with("http://"), "https://example.org/")
            }
        };
        if good {
            Ok(Self { scheme, value: value.to_owned() })
        } else {
            Err(NotAnIdentifier { scheme, value: value.chars().take(120).collect(), like })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use IdentifierScheme::{Doi, Iso31661, Iso31662, Nct, Pmid};

    #[test]
    fn identifiers_have_the_form_of_their_scheme() {
        for (scheme, good, bad) in [
            (Doi, "10.3390/molecules29050984", "https://doi.org/10.3390/molecules29050984"),
            (Pmid, "32612562", "PMID 32612562"),
            (Nct, "NCT04392011", "NCT4392011"),
            (Iso31661, "US", "USA"),
            (Iso31662, "US-UT", "UT"),
        ] {
            assert!(Identifier::parse(scheme, good).is_ok(), "{good}");
            assert!(Identifier::parse(scheme, bad).is_err(), "{bad}");
        }
    }
}
