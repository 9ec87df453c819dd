//! Paths of errors, whole.
//!
//! On its way up through a list the library gives an error the path of the list's item, whatever path it had: of an
//! error in `laws.nodes[0].supporters` it says `["laws", "nodes", 0]`. [`WholePaths`] keeps the first path, that of the
//! field where the error arose. It costs something at every field, so that it is for those executions alone whose
//! errors [are cut](are_cut).

use std::iter::successors;
use std::sync::Arc;

use async_graphql::async_trait::async_trait;
use async_graphql::extensions::{Extension, ExtensionContext, ExtensionFactory, NextResolve, ResolveInfo};
use async_graphql::{PathSegment, QueryPathNode, QueryPathSegment, Response, ServerError, ServerResult, Value};

use super::answer::has_code;

/// An extension of a schema: errors remember where they arose, for [`restore`] to say.
pub(super) struct WholePaths;

/// Where an error arose, inside the error.
struct Arose(Vec<PathSegment>);

impl ExtensionFactory for WholePaths {
    fn create(&self) -> Arc<dyn Extension> {
        Arc::new(Self)
    }
}

#[async_trait]
impl Extension for WholePaths {
    async fn resolve(
        &self,
        ctx: &ExtensionContext<'_>,
        info: ResolveInfo<'_>,
        next: NextResolve<'_>,
    ) -> ServerResult<Option<Value>> {
        let node = info.path_node;
        next.run(ctx, info).await.map_err(|error| {
            if error.source::<Arose>().is_some() {
                return error;
            }
            let path = if error.path.is_empty() { path_of(node) } else { error.path.clone() };
            ServerError { source: Some(Arc::new(Arose(path))), ..error }
        })
    }
}

/// The path to a field or an item.
fn path_of(node: &QueryPathNode<'_>) -> Vec<PathSegment> {
    let mut path: Vec<_> = successors(Some(node), |node| node.parent)
        .map(|node| match node.segment {
            QueryPathSegment::Name(name) => PathSegment::Field(name.to_owned()),
            QueryPathSegment::Index(index) => PathSegment::Index(index),
        })
        .collect();
    path.reverse();
    path
}

/// Whether an error's path may end too early, or is missing though a resolver made the error, which then has a code. The
/// path of an error in a field ends with the field.
pub(super) fn are_cut(errors: &[ServerError]) -> bool {
    errors.iter().any(|error| match error.path.last() {
        Some(end) => matches!(end, PathSegment::Index(_)),
        None => has_code(error),
    })
}

/// Gives each error of a schema with [`WholePaths`] the path of the field where it arose.
pub(super) fn restore(response: &mut Response) {
    for error in &mut response.errors {
        if let Some(Arose(path)) = error.source() {
            error.path = path.clone();
        }
    }
}
