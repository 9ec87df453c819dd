//! Why a computed answer is what it is.

use async_graphql::{ComplexObject, SimpleObject};

use super::error::ApiResult;
use super::handle::Pinned;
use super::statement::Statement;
use crate::graph::StatementIx;

/// The statements that a computed answer rests on, and the rule that was applied. Applying the rule to these statements
/// alone gives the same answer.
#[derive(SimpleObject)]
#[graphql(complex)]
pub(crate) struct Why {
    #[graphql(skip)]
    pub(crate) pinned: Pinned,
    /// The name of the rule.
    pub(crate) rule: &'static str,
    /// The rule in words.
    pub(crate) explanation: &'static str,
    #[graphql(skip)]
    pub(crate) statements: Vec<StatementIx>,
}

#[ComplexObject]
impl Why {
    /// The statements. Empty only where the answer is that there are none.
    async fn statements(&self) -> ApiResult<Vec<Statement>> {
        self.pinned.charge(self.statements.len())?;
        Ok(self.statements.iter().map(|ix| Statement::new(self.pinned.clone(), *ix)).collect())
    }
}
