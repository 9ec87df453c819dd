//! Why a computed answer is what it is.

use async_graphql::{ComplexObject, SimpleObject};

use super::error::{ApiError, ApiResult};
use super::handle::Pinned;
use super::statement::Statement;
use crate::graph::StatementIx;

/// The statements that a computed answer rests on, and the rule that was applied. Applying the rule to these statements
/// alone gives the same answer. Which answer that is, where an object tells more than one thing, the field `why` says: of
/// an assessment it is the verdict, of counts beside it the relations list the statements.
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
    pub(crate) statements: Grounds,
}

/// The statements of a [`Why`]: found on the way to the answer, or so many that they are gathered only when asked for.
pub(crate) enum Grounds {
    Listed(Vec<StatementIx>),
    Gathered(Gathered),
}

/// Statements that nobody has listed yet.
pub(crate) struct Gathered {
    pub(crate) n: usize,
    /// Gives the first so many.
    pub(crate) first: Gather,
}

type Gather = Box<dyn Fn(&Pinned, usize) -> Vec<StatementIx> + Send + Sync>;

impl From<Vec<StatementIx>> for Grounds {
    fn from(statements: Vec<StatementIx>) -> Self {
        Self::Listed(statements)
    }
}

impl Grounds {
    fn n(&self) -> usize {
        match self {
            Self::Listed(statements) => statements.len(),
            Self::Gathered(gathered) => gathered.n,
        }
    }
}

#[ComplexObject]
impl Why {
    /// How many statements there are.
    async fn n_statements(&self) -> i32 {
        i32::try_from(self.statements.n()).unwrap_or(i32::MAX)
    }

    /// The statements. Empty only where the answer is that there are none. An answer over the whole graph may rest on
    /// more than one answer may hold: `nStatements` tells, and `first` gives some of them.
    async fn statements(
        &self,
        #[graphql(desc = "Only the first so many, 0 or more; all when null.")] first: Option<i32>,
    ) -> ApiResult<Vec<Statement>> {
        let first = first.map(|n| usize::try_from(n).map_err(|_| n)).transpose();
        let first = first.map_err(|n| ApiError::BadUserInput(format!("`first` is {n}: it must be 0 or more.")))?;
        let n = self.statements.n().min(first.unwrap_or(usize::MAX));
        self.pinned.charge(n)?;
        let statement = |ix: &StatementIx| Statement::new(self.pinned.clone(), *ix);
        Ok(match &self.statements {
            Grounds::Listed(statements) => statements[..n].iter().map(statement).collect(),
            Grounds::Gathered(gathered) => (gathered.first)(&self.pinned, n).iter().map(statement).collect(),
        })
    }
}
