//! Why a computed answer is what it is.

use std::sync::Arc;

use async_graphql::{ComplexObject, SimpleObject};
use tokio::sync::Mutex;

use super::error::ApiResult;
use super::handle::Pinned;
use super::paging::n_of;
use super::scalar::number;
use super::statement::Statement;
use crate::graph::{Snapshot, StatementIx};

/// The statements that a computed answer rests on, and the rule that was applied. Applying the rule to these statements
/// alone gives the same answer. Which answer that is, where an object tells more than one thing, the field `why` says: of
/// an assessment it is the verdict, and not the counts beside it that decide nothing.
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

/// The statements of a [`Why`]: found on the way to the answer, or gathered only when asked for.
pub(crate) enum Grounds {
    Listed(Vec<StatementIx>),
    Gathered(Gathered),
}

/// Statements that nobody has listed yet. They are gathered elsewhere than on a thread that serves requests, and once for
/// all clones, which share them.
#[derive(Clone)]
pub(crate) struct Gathered(Arc<Gathering>);

struct Gathering {
    /// How many there are, where that is known without gathering them.
    n: Option<usize>,
    /// Gives the first so many.
    first: Gather,
    /// How many anybody has asked for, and those.
    found: Mutex<(usize, Arc<Vec<StatementIx>>)>,
}

type Gather = Box<dyn Fn(&Snapshot, usize) -> Vec<StatementIx> + Send + Sync>;

impl Gathered {
    /// So many; `first` gives the first of them.
    pub(crate) fn counted(
        n: usize,
        first: impl Fn(&Snapshot, usize) -> Vec<StatementIx> + Send + Sync + 'static,
    ) -> Self {
        Self(Arc::new(Gathering { n: Some(n), first: Box::new(first), found: Mutex::default() }))
    }

    /// All that `all` gives.
    pub(crate) fn uncounted(all: impl Fn(&Snapshot) -> Vec<StatementIx> + Send + Sync + 'static) -> Self {
        Self(Arc::new(Gathering {
            n: None,
            first: Box::new(move |snapshot, _| all(snapshot)),
            found: Mutex::default(),
        }))
    }

    async fn n(&self, pinned: &Pinned) -> ApiResult<usize> {
        match self.0.n {
            Some(n) => Ok(n),
            None => Ok(self.first(pinned, usize::MAX).await?.len()),
        }
    }

    /// The first `n` at least, as far as there are so many.
    async fn first(&self, pinned: &Pinned, n: usize) -> ApiResult<Arc<Vec<StatementIx>>> {
        let n = self.0.n.map_or(usize::MAX, |n_all| n_all.min(n));
        let mut found = self.0.found.lock().await;
        if found.0 < n {
            pinned.charge(0)?;
            let gathering = Arc::clone(&self.0);
            *found = (n, Arc::new(pinned.run(move |snapshot| (gathering.first)(snapshot, n)).await));
        }
        Ok(Arc::clone(&found.1))
    }
}

impl From<Vec<StatementIx>> for Grounds {
    fn from(statements: Vec<StatementIx>) -> Self {
        Self::Listed(statements)
    }
}

impl From<Gathered> for Grounds {
    fn from(gathered: Gathered) -> Self {
        Self::Gathered(gathered)
    }
}

impl Grounds {
    async fn n(&self, pinned: &Pinned) -> ApiResult<usize> {
        match self {
            Self::Listed(statements) => Ok(statements.len()),
            Self::Gathered(gathered) => gathered.n(pinned).await,
        }
    }
}

#[ComplexObject]
impl Why {
    /// How many statements there are in `statements`.
    async fn n_statements(&self) -> ApiResult<i32> {
        self.statements.n(&self.pinned).await.map(number)
    }

    /// The statements, on the same data always in the same order: by subject, object and predicate where the field `why`
    /// tells no other. Empty only where the answer is that there are none. An answer over the whole graph may rest on more
    /// than one answer may hold: `nStatements` tells, and `first` gives some of them.
    async fn statements(
        &self,
        #[graphql(desc = "Only the first so many, 0 or more; all when null.")] first: Option<i32>,
    ) -> ApiResult<Vec<Statement>> {
        let n = n_of(self.statements.n(&self.pinned).await?, first)?;
        self.pinned.charge(n)?;
        let statement = |ix: &StatementIx| Statement::new(self.pinned.clone(), *ix);
        Ok(match &self.statements {
            Grounds::Listed(statements) => statements[..n].iter().map(statement).collect(),
            Grounds::Gathered(gathered) => gathered.first(&self.pinned, n).await?[..n].iter().map(statement).collect(),
        })
    }
}
