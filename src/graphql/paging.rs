//! Relay paging: which part of an ordered list is wanted, and the cursors that name its places.

use std::ops::Range;

use async_graphql::SimpleObject;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use super::error::{ApiError, ApiResult};
use super::handle::Pinned;
use super::limits::ExecutionLimits;
use super::scalar::number;

/// `first`, `after`, `last` and `before` as the client gave them.
#[derive(Debug, Default)]
pub(crate) struct PageArgs {
    pub(crate) first: Option<i32>,
    pub(crate) after: Option<String>,
    pub(crate) last: Option<i32>,
    pub(crate) before: Option<String>,
}

/// A place in a list: where it was, and what stood there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Cursor {
    pub(crate) place: usize,
    pub(crate) id: String,
}

impl Cursor {
    /// Opaque to clients: base64url of place and id.
    pub(crate) fn encode(&self) -> String {
        URL_SAFE_NO_PAD.encode(format!("{}:{}", self.place, self.id))
    }

    /// `None` when the text is none that [`encode`](Self::encode) gives.
    pub(crate) fn decode(text: &str) -> Option<Self> {
        let bytes = URL_SAFE_NO_PAD.decode(text).ok()?;
        let text = String::from_utf8(bytes).ok()?;
        let (place, id) = text.split_once(':')?;
        let cursor = Self { place: place.parse().ok()?, id: id.to_owned() };
        // One text a cursor: no leading zeros, no signs.
        (cursor.place.to_string() == place).then_some(cursor)
    }
}

/// How many items are wanted, and from which end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Take {
    First(usize),
    Last(usize),
}

impl PageArgs {
    /// # Errors
    /// When both ends are asked for, or a number is negative or above the largest page.
    pub(crate) fn take(&self, limits: &ExecutionLimits) -> ApiResult<Take> {
        let size = |name, n| size(name, n, limits.page, "; go on with `after` or `before` for more.");
        match (self.first, self.last) {
            (Some(_), Some(_)) => {
                Err(ApiError::BadUserInput("`first` and `last` were both given: give one of them.".to_owned()))
            }
            (Some(n), None) => size("first", n).map(Take::First),
            (None, Some(n)) => size("last", n).map(Take::Last),
            (None, None) => Ok(Take::First(limits.page_default.min(limits.page))),
        }
    }

    /// The places between `after` and `before` in a list of `n_items`; `locate` finds where a cursor's item stands now.
    ///
    /// # Errors
    /// When a cursor is not one of this list.
    fn between(&self, n_items: usize, locate: impl Fn(&Cursor) -> Option<usize>) -> ApiResult<Range<usize>> {
        let place = |argument: &'static str, text: &Option<String>| {
            let Some(text) = text else { return Ok(None) };
            let place = Cursor::decode(text).and_then(|cursor| locate(&cursor));
            place.map(Some).ok_or(ApiError::InvalidCursor { argument })
        };
        let start = place("after", &self.after)?.map_or(0, |place| place + 1);
        let end = place("before", &self.before)?.unwrap_or(n_items);
        Ok(start..end.max(start))
    }

    /// The places that are wanted of a list of `n_items`.
    ///
    /// # Errors
    /// When an argument is wrong.
    pub(crate) fn window(
        &self,
        limits: &ExecutionLimits,
        n_items: usize,
        locate: impl Fn(&Cursor) -> Option<usize>,
    ) -> ApiResult<Window> {
        let take = self.take(limits)?;
        let between = self.between(n_items, locate)?;
        let places = match take {
            Take::First(n) => between.start..between.end.min(between.start.saturating_add(n)),
            Take::Last(n) => between.start.max(between.end.saturating_sub(n))..between.end,
        };
        Ok(Window { places, n_items })
    }
}

/// How many of a list that has no cursors are wanted: `default` when the client does not say, as far as `max` allows it.
///
/// # Errors
/// When the number is negative or above `max`.
pub(crate) fn first_or(default: usize, max: usize, first: Option<i32>) -> ApiResult<usize> {
    first.map_or(Ok(default.min(max)), |n| size("first", n, max, "."))
}

/// How many of a list are wanted: a default page when the client does not say, at most the largest page.
///
/// # Errors
/// When the number is out of bounds.
pub(crate) fn page_of(pinned: &Pinned, first: Option<i32>) -> ApiResult<usize> {
    let ExecutionLimits { page_default, page, .. } = *pinned.limits();
    first_or(page_default, page, first)
}

/// The first of `all`: so many as [`page_of`] says, which is asked first, since finding `all` may be work.
///
/// # Errors
/// When the answer grows too large.
pub(crate) fn up_to<'a, T>(pinned: &Pinned, n: usize, all: &'a [T]) -> ApiResult<&'a [T]> {
    let n = n.min(all.len());
    pinned.charge(n)?;
    Ok(&all[..n])
}

/// The first of `all`: all of them when the client does not say.
///
/// # Errors
/// When `first` is negative, or the answer grows too large.
pub(crate) fn all_or_first<'a, T>(pinned: &Pinned, first: Option<i32>, all: &'a [T]) -> ApiResult<&'a [T]> {
    let n = n_of(all.len(), first)?;
    pinned.charge(n)?;
    Ok(&all[..n])
}

/// How many of `n_all` are wanted: all of them when the client does not say.
///
/// # Errors
/// When `first` is negative.
pub(crate) fn n_of(n_all: usize, first: Option<i32>) -> ApiResult<usize> {
    let Some(n) = first else { return Ok(n_all) };
    let n = usize::try_from(n).map_err(|_| ApiError::BadUserInput(format!("`first` is {n}: it must be 0 or more.")))?;
    Ok(n.min(n_all))
}

/// How many items an argument wants; `go_on` ends the sentence on one that wants too many.
fn size(argument: &str, n: i32, max: usize, go_on: &str) -> ApiResult<usize> {
    match usize::try_from(n) {
        Err(_) => Err(ApiError::BadUserInput(format!("`{argument}` is {n}: it must be from 0 to {max}."))),
        Ok(n) if n > max => Err(ApiError::LimitExceeded {
            limit: "page",
            max: max as u64,
            actual: n as u64,
            advice: format!("`{argument}` is {n}: at most {max}{go_on}"),
        }),
        Ok(n) => Ok(n),
    }
}

/// Some places of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Window {
    pub(crate) places: Range<usize>,
    pub(crate) n_items: usize,
}

/// What stands at a place of a list, with the cursor that names the place.
pub(crate) trait Edge {
    type Node;

    fn node(&self) -> Self::Node;
    fn cursor(&self) -> &str;
}

/// Where a page of a list begins and ends, and whether there are more (Relay).
#[derive(SimpleObject)]
pub(crate) struct PageInfo {
    /// Whether the list has something before this page.
    has_previous_page: bool,
    /// Whether the list has something after this page.
    has_next_page: bool,
    /// The cursor of the first edge, for `before`, to page backwards; null on an empty page.
    start_cursor: Option<String>,
    /// The cursor of the last edge, for `after`, to page forwards; null on an empty page.
    end_cursor: Option<String>,
}

/// A page: some edges of a list.
pub(crate) struct Edges<E> {
    pub(crate) edges: Vec<E>,
    window: Window,
}

impl<E: Edge> Edges<E> {
    /// The page that `args` want of a list of `n_items`. `locate` finds where a cursor's item stands now; `edge` makes
    /// the edge of a place.
    ///
    /// # Errors
    /// When an argument is wrong, the answer grows too large, or an edge cannot be made.
    pub(crate) fn new(
        pinned: &Pinned,
        args: &PageArgs,
        n_items: usize,
        locate: impl Fn(&Cursor) -> Option<usize>,
        edge: impl Fn(usize) -> ApiResult<E>,
    ) -> ApiResult<Self> {
        let window = args.window(pinned.limits(), n_items, locate)?;
        pinned.charge(window.places.len())?;
        let edges = window.places.clone().map(edge).collect::<ApiResult<_>>()?;
        Ok(Self { edges, window })
    }

    /// A page that was cut out elsewhere.
    pub(crate) fn cut(edges: Vec<E>, window: Window) -> Self {
        Self { edges, window }
    }

    pub(crate) fn nodes(&self) -> Vec<E::Node> {
        self.edges.iter().map(E::node).collect()
    }

    pub(crate) fn page_info(&self) -> PageInfo {
        let cursor = |edge: Option<&E>| edge.map(|edge| edge.cursor().to_owned());
        PageInfo {
            has_previous_page: self.window.places.start > 0,
            has_next_page: self.window.places.end < self.window.n_items,
            start_cursor: cursor(self.edges.first()),
            end_cursor: cursor(self.edges.last()),
        }
    }

    pub(crate) fn total_count(&self) -> i32 {
        number(self.window.n_items)
    }
}

/// Declares the object type of a Relay connection over [`Edges`].
macro_rules! connection {
    ($connection:ident, $edge:ty, $node:ty, $what:literal) => {
        #[doc = concat!("A page of ", $what, " (Relay connection).")]
        pub(crate) struct $connection(pub(crate) $crate::graphql::paging::Edges<$edge>);

        #[doc = concat!("A page of ", $what, " (Relay connection).")]
        #[async_graphql::Object]
        impl $connection {
            /// What is on this page, each with its cursor, in the order of the list, also with `last`; at most 100 by default.
            async fn edges(&self) -> &[$edge] {
                &self.0.edges
            }

            /// What is on this page, without cursors, in the order of `edges`.
            async fn nodes(&self) -> Vec<$node> {
                self.0.nodes()
            }

            /// Where this page begins and ends, and whether there are more.
            async fn page_info(&self) -> $crate::graphql::paging::PageInfo {
                self.0.page_info()
            }

            /// How many there are on all pages.
            async fn total_count(&self) -> i32 {
                self.0.total_count()
            }
        }
    };
}
pub(crate) use connection;

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn page(list: &[usize], args: &PageArgs) -> Vec<usize> {
        let locate = |cursor: &Cursor| list.iter().position(|item| item.to_string() == cursor.id);
        list[args.window(&ExecutionLimits::default(), list.len(), locate).expect("good arguments").places].to_vec()
    }

    fn cursor(list: &[usize], item: usize) -> String {
        let place = list.iter().position(|other| *other == item).expect("in the list");
        Cursor { place, id: item.to_string() }.encode()
    }

    proptest! {
        #[test]
        fn pages_forwards_are_pages_backwards_are_everything(n in 0..50usize, size in 1..20i32) {
            let list: Vec<usize> = (0..n).collect();
            let mut forwards = Vec::new();
            loop {
                let after = forwards.last().map(|item| cursor(&list, *item));
                let next = page(&list, &PageArgs { first: Some(size), after, ..PageArgs::default() });
                if next.is_empty() { break; }
                forwards.extend(next);
            }
            let mut backwards: Vec<usize> = Vec::new();
            loop {
                let before = backwards.first().map(|item| cursor(&list, *item));
                let previous = page(&list, &PageArgs { last: Some(size), before, ..PageArgs::default() });
                if previous.is_empty() { break; }
                backwards.splice(0..0, previous);
            }
            prop_assert_eq!(&forwards, &list);
            prop_assert_eq!(&backwards, &list);
        }

        #[test]
        fn a_cursor_is_read_back(place in any::<usize>(), id in ".{0,40}") {
            let cursor = Cursor { place, id };
            prop_assert_eq!(Cursor::decode(&cursor.encode()), Some(cursor));
        }

        #[test]
        fn any_text_is_a_cursor_or_refused(text in ".{0,60}") {
            if let Some(cursor) = Cursor::decode(&text) {
                prop_assert_eq!(cursor.encode(), text);
            }
        }
    }
}
