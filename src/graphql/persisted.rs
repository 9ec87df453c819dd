//! Documents that are asked for by their hash, after the protocol of Apollo's automatic persisted queries.
//!
//! A client sends the SHA-256 digest of its document without the document. When it is not known here, the client is
//! told so, sends both once, and the digest from then on: small requests, which as GET a cache can keep.

use std::sync::Arc;

use moka::future::Cache;

use super::answer::{self, Code};
use super::limits::ExecutionLimits;
use super::request::{Answer, Outcome, Request};
use crate::model::Sha256;

/// What keeping a document costs beside its text, in bytes.
const BYTES_OF_ENTRY: usize = 128;

/// The documents that are known by their digest. They are the same for every client.
#[derive(Debug, Clone)]
pub(super) struct PersistedQueries {
    documents: Cache<Sha256, Arc<str>>,
}

/// A document that is to be kept, once it has proved to be a good one.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct New(Sha256, Arc<str>);

impl PersistedQueries {
    pub(super) fn new(limits: &ExecutionLimits) -> Self {
        let weigh = |_: &Sha256, text: &Arc<str>| u32::try_from(text.len() + BYTES_OF_ENTRY).unwrap_or(u32::MAX);
        Self { documents: Cache::builder().max_capacity(limits.persisted_bytes).weigher(weigh).build() }
    }

    /// Puts the document into a request that names it by its digest only. Of a request with both, gives back what is to
    /// be [kept](Self::keep) after it was answered.
    ///
    /// # Errors
    /// When no document with this digest is known, or the document has another one.
    pub(super) async fn complete(
        &self,
        request: &mut Request,
        limits: &ExecutionLimits,
    ) -> Result<Option<New>, Box<Answer>> {
        let Some(digest) = request.digest else { return Ok(None) };
        let refuse = |code, message| Box::new(answer::stopped(limits, Outcome::Refused, answer::error(code, message)));
        if request.query.is_empty() {
            // Clients look for this very message.
            let known = self.documents.get(&digest).await;
            let known = known.ok_or_else(|| refuse(Code::PersistedQueryNotFound, "PersistedQueryNotFound"))?;
            known.as_ref().clone_into(&mut request.query);
            return Ok(None);
        }
        if request.query.len() > usize::try_from(limits.document.bytes).unwrap_or(usize::MAX) {
            // It is refused anyway, and need not be hashed before.
            return Ok(None);
        }
        if Sha256::of(request.query.as_bytes()) != digest {
            return Err(refuse(Code::BadRequest, "`sha256Hash` is not the SHA-256 digest of `query`, in UTF-8."));
        }
        if self.documents.contains_key(&digest) {
            return Ok(None);
        }
        Ok(Some(New(digest, request.query.as_str().into())))
    }

    /// Keeps a document if its answer shows that it is valid: what is not would only take the place of others.
    pub(super) async fn keep(&self, new: Option<New>, answer: &Answer) {
        if let (Some(New(digest, text)), Outcome::Executed) = (new, answer.outcome) {
            self.documents.insert(digest, text).await;
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use async_graphql::{Response, Value};

    use super::*;
    use crate::graphql::Asked;

    const DOCUMENT: &str = "{ law }";

    fn request(query: &str, digest_of: &str) -> Request {
        Request { query: query.to_owned(), digest: Some(Sha256::of(digest_of.as_bytes())), ..Request::default() }
    }

    fn answer(outcome: Outcome) -> Answer {
        Answer { response: Response::new(Value::Null), outcome, asked: Asked::default(), took: Duration::ZERO }
    }

    async fn refused(known: &PersistedQueries, mut request: Request) -> Option<String> {
        let answer = known.complete(&mut request, &ExecutionLimits::default()).await.err()?;
        assert_eq!(answer.outcome, Outcome::Refused);
        Some(answer.response.errors[0].message.clone())
    }

    async fn send(known: &PersistedQueries, query: &str, outcome: Outcome) {
        let new = known.complete(&mut request(query, query), &ExecutionLimits::default()).await.expect("it is its own");
        known.keep(new, &answer(outcome)).await;
    }

    #[tokio::test]
    async fn a_document_is_known_once_it_was_executed() {
        let known = PersistedQueries::new(&ExecutionLimits::default());
        for outcome in [Outcome::Refused, Outcome::WouldWrite, Outcome::Crashed] {
            assert_eq!(refused(&known, request("", DOCUMENT)).await.as_deref(), Some("PersistedQueryNotFound"));
            send(&known, DOCUMENT, outcome).await;
        }
        assert_eq!(refused(&known, request("", DOCUMENT)).await.as_deref(), Some("PersistedQueryNotFound"));
        send(&known, DOCUMENT, Outcome::Executed).await;
        let mut by_digest = request("", DOCUMENT);
        assert_eq!(known.complete(&mut by_digest, &ExecutionLimits::default()).await.expect("known"), None);
        assert_eq!(by_digest.query, DOCUMENT);
    }

    #[tokio::test]
    async fn a_document_with_another_digest_is_refused() {
        let known = PersistedQueries::new(&ExecutionLimits::default());
        let message = refused(&known, request(DOCUMENT, "{ claim }")).await.expect("another digest");
        assert!(message.starts_with("`sha256Hash` is not"), "{message}");
    }

    #[tokio::test]
    async fn what_is_kept_has_a_bound() {
        let known = PersistedQueries::new(&ExecutionLimits { persisted_bytes: 10_000, ..ExecutionLimits::default() });
        for i in 0..1_000 {
            send(&known, &format!("{{ law{i} }}"), Outcome::Executed).await;
        }
        known.documents.run_pending_tasks().await;
        assert!((1..=10_000).contains(&known.documents.weighted_size()), "{}", known.documents.weighted_size());
    }
}
