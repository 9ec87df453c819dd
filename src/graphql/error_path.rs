//! Paths of errors, whole.
//!
//! On its way up through a list the library gives an error the path of the list's item, whatever path it had: of an
//! error in `laws.nodes[0].supporters` it says `["laws", "nodes", 0]`. [`WholePaths`] keeps the first path, that of the
//! field where the error arose. It costs something at every field, so that it is for those executions alone whose
//! errors [are cut](are_cut).

use std::sync::Arc;

use async_graphql::async_trait::async_trait;
use async_graphql::extensions::{Extension, ExtensionContext, ExtensionFactory, NextResolve, ResolveInfo};
use async_graphql::{PathSegment, Response, ServerError, ServerResult, Value};

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
        next.run(ctx, info).await.map_err(|error| {
            if error.source::<Arose>().is_some() {
                return error;
            }
            ServerError { source: Some(Arc::new(Arose(error.path.clone()))), ..error }
        })
    }
}

/// Whether an error's path may end too early. The path of an error in a field ends with the field.
pub(super) fn are_cut(errors: &[ServerError]) -> bool {
    errors.iter().any(|error| matches!(error.path.last(), Some(PathSegment::Index(_))))
}

/// Gives each error of a schema with [`WholePaths`] the path of the field where it arose.
pub(super) fn restore(response: &mut Response) {
    for error in &mut response.errors {
        if let Some(Arose(path)) = error.source() {
            error.path = path.clone();
        }
    }
}
