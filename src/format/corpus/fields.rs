//! The values of one record, judged and typed.

use crate::model::{ClosedSet, EntityKey, PartialDate, Sha256, Slug};

/// A value that has the shape which its key demands.
#[derive(Debug)]
pub(in crate::format) enum Value {
    Slug(Slug),
    Id(EntityKey),
    Text(String),
    Date(PartialDate),
    Year(i16),
    Flag(bool),
    Chosen(&'static str),
    Sha256(Sha256),
    Span((u32, u32)),
    List(Vec<(usize, Value)>),
    Part(Fields),
}

/// The good values of a record. What was wrong has been reported and is not here.
#[derive(Debug)]
pub(in crate::format) struct Fields {
    /// Where the record begins, in bytes from the start of the file.
    pub(in crate::format) at: usize,
    /// Where the value of each known key stands, good or not.
    written: Vec<(&'static str, usize)>,
    good: Vec<(&'static str, Value)>,
}

impl Fields {
    pub(in crate::format) fn new(at: usize) -> Self {
        Self { at, written: Vec::new(), good: Vec::new() }
    }

    pub(in crate::format) fn note_written(&mut self, key: &'static str, at: usize) {
        self.written.push((key, at));
    }

    pub(in crate::format) fn put(&mut self, key: &'static str, value: Value) {
        self.good.push((key, value));
    }

    /// Where the value of `key` stands; `None` when the key was not written.
    pub(in crate::format) fn place_of(&self, key: &str) -> Option<usize> {
        self.written.iter().find(|(written, _)| *written == key).map(|(_, at)| *at)
    }

    /// The value of `key`, once. `None` when there is none, or none that is good.
    pub(in crate::format) fn take<T: FromValue>(&mut self, key: &str) -> Option<T> {
        let ix = self.good.iter().position(|(good, _)| *good == key)?;
        let (_, value) = self.good.swap_remove(ix);
        Some(T::from_value(value).expect("the description of the record gives the key this shape"))
    }

    /// The value of `key` out of a closed set, once.
    pub(in crate::format) fn take_chosen<T: ClosedSet>(&mut self, key: &str) -> Option<T> {
        let Chosen(text) = self.take(key)?;
        Some(text.parse().unwrap_or_else(|_| unreachable!("the description of {key} lists the texts of this set")))
    }

    /// The elements of a list, each with its place; none when there is no list.
    pub(in crate::format) fn take_list<T: FromValue>(&mut self, key: &str) -> Vec<(usize, T)> {
        let elements: Vec<(usize, Value)> = self.take(key).unwrap_or_default();
        let typed = |value| T::from_value(value).expect("the description of the list gives its elements this shape");
        elements.into_iter().map(|(at, value)| (at, typed(value))).collect()
    }
}

/// A type that values of one shape have.
pub(in crate::format) trait FromValue: Sized {
    /// `None` when the value is of another shape.
    fn from_value(value: Value) -> Option<Self>;
}

/// A text out of a closed set.
struct Chosen(&'static str);

macro_rules! from_value {
    ($($shape:ident($inner:ident) => $type:ty = $typed:expr;)*) => {
        $(impl FromValue for $type {
            fn from_value(value: Value) -> Option<Self> {
                if let Value::$shape($inner) = value { Some($typed) } else { None }
            }
        })*
    };
}

from_value! {
    Slug(slug) => Slug = slug;
    Id(key) => EntityKey = key;
    Text(text) => String = text;
    Date(date) => PartialDate = date;
    Year(year) => i16 = year;
    Flag(flag) => bool = flag;
    Chosen(text) => Chosen = Chosen(text);
    Sha256(digest) => Sha256 = digest;
    Span(span) => (u32, u32) = span;
    List(elements) => Vec<(usize, Value)> = elements;
    Part(fields) => Fields = fields;
}
