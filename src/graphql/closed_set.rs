//! The model's closed sets as GraphQL enums: same names, same descriptions, nothing written twice.

use std::borrow::Cow;

use async_graphql::indexmap::IndexMap;
use async_graphql::parser::types::Field;
use async_graphql::registry::{MetaEnumValue, MetaType, MetaTypeId, Registry};
use async_graphql::{
    ContextSelectionSet, InputType, InputValueError, InputValueResult, Name, OutputType, Positioned, ServerResult,
    Value,
};

use crate::model::{self, ClosedSet};

/// A value of a closed set of the model, as GraphQL sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Term<T>(pub(crate) T);

/// A closed set that the API shows.
pub(crate) trait Published: ClosedSet + Send + Sync + 'static {
    const NAME: &'static str;
    const DESCRIPTION: &'static str;
}

macro_rules! published {
    ($($set:ident: $description:literal;)*) => {
        $(impl Published for model::$set {
            const NAME: &'static str = stringify!($set);
            const DESCRIPTION: &'static str = $description;
        })*
    };
}

published! {
    EntityKind: "The six kinds of entity.";
    OrganizationType: "Sorts of organization.";
    StudyDesign: "Designs of research, after the usual hierarchies of evidence.";
    StudyStatus: "How far a study has come.";
    NoticeKind: "Marks that a publisher puts on a study after its publication.";
    LawType: "Sorts of norm.";
    LawEventKind: "What can happen to a law.";
    LawStatus: "How a law stands on a day; computed from its events.";
    JurisdictionType: "Sorts of jurisdiction.";
    IdentifierScheme: "Registers and schemes of identifiers.";
    Predicate: "How the subject of a statement is related to its object. `graph { predicates { … } }` tells which kinds each joins, its opposite and its standard term.";
    Basis: "Whether a source says it. What is inferred never counts as stated.";
    Certainty: "How sure the curator is of having read the source rightly, from the highest down; says nothing on whether the source is right.";
    Venue: "Where something was said.";
    Voice: "Who spoke for the subject.";
    CitationDirection: "What a document does with what it is cited for.";
    VerificationResult: "Outcomes of holding a citation against the document's text.";
    UncitedReason: "Why nothing rests on lines of a document.";
}

impl<T: Published> Term<T> {
    fn register(_: &mut Registry) -> MetaType {
        let enum_values: IndexMap<_, _> = T::VARIANTS
            .iter()
            .map(|value| {
                let mut meta = MetaEnumValue::new(value.text());
                meta.description = Some(value.meaning());
                (value.text().to_owned(), meta)
            })
            .collect();
        MetaType::Enum {
            name: T::NAME.to_owned(),
            description: Some(T::DESCRIPTION.to_owned()),
            enum_values,
            visible: None,
            inaccessible: false,
            tags: Vec::new(),
            rust_typename: Some(std::any::type_name::<Self>()),
            directive_invocations: Vec::new(),
            requires_scopes: Vec::new(),
        }
    }

    fn value(self) -> Value {
        Value::Enum(Name::new(self.0.text()))
    }
}

impl<T: Published> InputType for Term<T> {
    type RawValueType = Self;

    fn type_name() -> Cow<'static, str> {
        Cow::Borrowed(T::NAME)
    }

    fn create_type_info(registry: &mut Registry) -> String {
        registry.create_input_type::<Self, _>(MetaTypeId::Enum, Self::register)
    }

    fn parse(value: Option<Value>) -> InputValueResult<Self> {
        let text = match &value {
            Some(Value::Enum(name)) => name.as_str(),
            // Variables arrive as JSON, which knows no enums.
            Some(Value::String(text)) => text.as_str(),
            _ => return Err(InputValueError::expected_type(value.unwrap_or_default())),
        };
        // The library checks the text against the registered values before it comes here.
        text.parse().map(Self).map_err(|_| InputValueError::expected_type(Value::Null))
    }

    fn to_value(&self) -> Value {
        self.value()
    }

    fn as_raw_value(&self) -> Option<&Self> {
        Some(self)
    }
}

impl<T: Published> OutputType for Term<T> {
    fn type_name() -> Cow<'static, str> {
        Cow::Borrowed(T::NAME)
    }

    fn create_type_info(registry: &mut Registry) -> String {
        registry.create_output_type::<Self, _>(MetaTypeId::Enum, Self::register)
    }

    async fn resolve(&self, _: &ContextSelectionSet<'_>, _: &Positioned<Field>) -> ServerResult<Value> {
        Ok(self.value())
    }
}
