//! Why a computed answer is what it is: the rule, and the statements that it was applied to.

use async_graphql::Object;

use super::error::{ApiError, ApiResult};
use super::handle::Pinned;
use super::statement::Statement;
use crate::graph::StatementIx;

/// The rule that was applied, and the statements that it was applied to.
pub(crate) struct Why {
    pinned: Pinned,
    rule: &'static str,
    explanation: &'static str,
    grounds: Grounds,
}

/// Where the statements come from.
enum Grounds {
    /// They were found on the way to the answer.
    Listed(Vec<StatementIx>),
    /// So many that they are only gathered when they are asked for: how many there are, and what gives the first n.
    Gathered { n_statements: usize, gather: Box<dyn Fn(&Pinned, usize) -> Vec<StatementIx> + Send + Sync> },
}

impl Why {
    /// An answer that rests on these statements.
    pub(crate) fn listed(
        pinned: &Pinned,
        rule: &'static str,
        explanation: &'static str,
        statements: Vec<StatementIx>,
    ) -> Self {
        Self { pinned: pinned.clone(), rule, explanation, grounds: Grounds::Listed(statements) }
    }

    /// An answer that rests on `n_statements`, which may be most of the graph; `gather` gives the first so many of them.
    pub(crate) fn gathered(
        pinned: &Pinned,
        rule: &'static str,
        explanation: &'static str,
        n_statements: usize,
        gather: impl Fn(&Pinned, usize) -> Vec<StatementIx> + Send + Sync + 'static,
    ) -> Self {
        let grounds = Grounds::Gathered { n_statements, gather: Box::new(gather) };
        Self { pinned: pinned.clone(), rule, explanation, grounds }
    }

    fn n(&self) -> usize {
        match &self.grounds {
            Grounds::Listed(statements) => statements.len(),
            Grounds::Gathered { n_statements, .. } => *n_statements,
        }
    }
}

/// The statements that a computed answer rests on, and the rule that was applied. Applying the rule to these statements
/// alone gives the same answer.
#[Object]
impl Why {
    /// The name of the rule.
    async fn rule(&self) -> &'static str {
        self.rule
    }

    /// The rule in words.
    async fn explanation(&self) -> &'static str {
        self.explanation
    }

    /// How many statements it was applied to.
    async fn n_statements(&self) -> i32 {
        i32::try_from(self.n()).unwrap_or(i32::MAX)
    }

    /// The statements. They are counted against the most objects of an answer before they are made, and an answer over
    /// a whole graph may rest on very many: ask for `nStatements` or for the `first` few there.
    async fn statements(
        &self,
        #[graphql(desc = "At most so many, 0 or more; all when null.")] first: Option<i32>,
    ) -> ApiResult<Vec<Statement>> {
        let at_most = first.map_or(Ok(usize::MAX), usize::try_from);
        let n = at_most.map_err(|_| {
            ApiError::BadUserInput(format!("`first` is {}: it must be 0 or more.", first.unwrap_or_default()))
        })?;
        let n = n.min(self.n());
        self.pinned.charge(n)?;
        let statement = |ix: &StatementIx| Statement::new(self.pinned.clone(), *ix);
        Ok(match &self.grounds {
            Grounds::Listed(statements) => statements[..n].iter().map(statement).collect(),
            Grounds::Gathered { gather, .. } => gather(&self.pinned, n).iter().map(statement).collect(),
        })
    }
}
