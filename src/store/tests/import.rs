//! What an import leaves behind, and what it refuses.

use super::super::*;
use super::*;
use crate::model::{Verification, VerificationResult};

/// A refused import leaves everything as it was. Gives the refusal.
async fn refused(store: &Store, corpora: &[Corpus]) -> StoreError {
    let before = load(store).await;
    let error = import(store, corpora).await.expect_err("must be refused");
    assert_eq!(load(store).await, before);
    error
}

#[tokio::test]
async fn what_was_imported_is_loaded() {
    let corpus = kratom();
    let store = empty().await;
    let imported = import(&store, std::slice::from_ref(&corpus)).await.expect("good");
    assert_eq!(imported, Imported { n_documents: 2, n_entities: 7, n_statements: 2, n_citations: 10, revision: 1 });

    let loaded = load(&store).await;
    assert_eq!(loaded.revision, 1);
    let mut documents = corpus.documents.clone();
    documents.sort_by(|a, b| a.slug.cmp(&b.slug));
    assert_eq!(loaded.documents, documents);

    let mut entities: Vec<LoadedEntity> = corpus
        .entities
        .iter()
        .map(|e| LoadedEntity { key: e.key(), name: e.name.clone(), attributes: e.attributes.clone() })
        .collect();
    entities.sort_by_key(|entity| entity.key.to_string());
    assert_eq!(loaded.entities, entities);

    assert_eq!(loaded.statements.len(), 2);
    let support = &corpus.statements[0];
    let q = &support.qualifiers;
    let expected = LoadedStatement {
        id: support.id(),
        subject: support.subject.clone(),
        predicate: support.predicate,
        object: support.object.clone(),
        aspect: q.aspect.clone(),
        on: q.on,
        from: q.from,
        until: q.until,
        basis: q.basis,
        certainty: q.certainty,
        venue: q.venue,
        voice: q.voice,
        is_conditional: q.condition.is_some(),
        n_citations: 2,
    };
    assert_eq!(loaded.statements[0], expected);

    let citing: Vec<(&str, StatementId)> =
        loaded.citing.iter().map(|pair| (pair.document.as_str(), pair.statement)).collect();
    let backing = corpus.statements[1].id();
    let mut of_report = [("report", support.id()), ("report", backing)];
    of_report.sort_by_key(|(_, id)| id.to_string());
    assert_eq!(citing, [("hearing", support.id()), of_report[0], of_report[1]]);

    let mentioning: Vec<String> = loaded
        .mentioning
        .iter()
        .map(|mention| format!("{} {} {}", mention.document, mention.direction, mention.entity))
        .collect();
    assert_eq!(
        mentioning,
        ["hearing MENTIONS organization/aka", "hearing SUPPORTS organization/aka", "report SUPPORTS organization/aka"]
    );
    let noticed = corpus.entities.iter().filter(|entity| !entity.notices.is_empty());
    assert_eq!(loaded.retracted, noticed.map(|entity| entity.slug.clone()).collect::<Vec<_>>());
    assert_eq!(loaded.retracted.len(), 1);
}

#[tokio::test]
async fn how_a_corpus_stands_to_its_texts_is_kept() {
    let mut corpus = kratom();
    let said = Verification { result: VerificationResult::Moved, found: Some((7, 8)) };
    let statement = &mut corpus.statements[0];
    statement.citations =
        statement.citations.clone().map(|citation| Citation { verification: Some(said.clone()), ..citation });
    let id = statement.id();
    let uncited = corpus.uncited.clone();
    let store = store_of(&[corpus.clone()]).await;
    let citations = store.statement_citations(&[id]).await.expect("answers");
    assert!(citations[&id].iter().all(|citation| citation.verification.as_ref() == Some(&said)));
    let found = store.uncited(&[slug("report"), slug("hearing")]).await.expect("answers");
    assert_eq!((found.len(), &found[&slug("report")]), (1, &uncited));

    import(&store, &[Corpus { uncited: Vec::new(), ..kratom() }]).await.expect("good");
    assert_eq!(store.uncited(&[slug("report")]).await.expect("answers").len(), 0);
    let citations = store.statement_citations(&[id]).await.expect("answers");
    assert!(citations[&id].iter().all(|citation| citation.verification.is_none()));
}

#[tokio::test]
async fn importing_twice_changes_nothing_but_the_revision() {
    let store = store_of(&[kratom()]).await;
    let first = load(&store).await;
    let imported = import(&store, &[kratom()]).await.expect("good");
    assert_eq!(imported.revision, 2);
    assert_eq!(load(&store).await, Loaded { revision: 2, ..first });
    let words = SearchWords::parse("association", 16);
    assert_eq!(store.search(&words, &[], 10, 0).await.expect("answers").total, 1, "indexed once");
}

#[tokio::test]
async fn a_corpus_replaces_what_it_contributed_before() {
    let store = store_of(&[corpus("a", "d e", "organization/x law/y law/z", &["organization/x SUPPORTS law/y"])]).await;
    import(&store, &[corpus("a", "d", "organization/x law/z", &["organization/x OPPOSES law/z"])]).await.expect("good");
    let loaded = load(&store).await;
    assert_eq!(loaded.documents.iter().map(|d| d.slug.as_str()).collect::<Vec<_>>(), ["d"]);
    assert_eq!(loaded.statements.iter().map(|s| s.id).collect::<Vec<_>>(), [id_of("organization/x OPPOSES law/z")]);
    let keys: Vec<String> = loaded.entities.iter().map(|e| e.key.to_string()).collect();
    assert_eq!(keys, ["law/z", "organization/x"]);
    let gone = store.search(&SearchWords::parse("y", 16), &[], 10, 0).await.expect("answers");
    assert_eq!(gone.total, 0, "the index forgets, too");
}

#[tokio::test]
async fn a_statement_lives_as_long_as_some_corpus_cites_it() {
    let said = "organization/x SUPPORTS law/y";
    let base = corpus("base", "d", "organization/x law/y", &[said]);
    let second = corpus("second", "e", "", &[said]);
    let store = store_of(&[base.clone(), second.clone()]).await;
    let loaded = load(&store).await;
    assert_eq!(loaded.statements.len(), 1);
    assert_eq!(loaded.statements[0].n_citations, 2);

    import(&store, &[corpus("base", "d", "organization/x law/y", &[])]).await.expect("good");
    assert_eq!(load(&store).await.statements[0].n_citations, 1);

    import(&store, &[Corpus { statements: Vec::new(), ..second }]).await.expect("good");
    assert_eq!(load(&store).await.statements, []);
}

#[tokio::test]
async fn a_place_that_two_corpora_cite_for_the_same_counts_once() {
    let said = "organization/x SUPPORTS law/y";
    let base = corpus("base", "d", "organization/x law/y", &[said]);
    let mut second = corpus("second", "e", "", &[]);
    second.statements = vec![statement(said, &["d"])];
    let store = store_of(&[base, second]).await;
    assert_eq!(load(&store).await.statements[0].n_citations, 1);
    let found = store.statement_citations(&[id_of(said)]).await.expect("answers");
    assert_eq!(found[&id_of(said)], [cite("d")]);
}

#[tokio::test]
async fn references_to_nowhere_are_named() {
    let store = store_of(&[corpus("base", "d", "organization/x", &[])]).await;
    let mut bad = corpus("bad", "e", "jurisdiction/j", &["organization/x SUPPORTS law/nowhere"]);
    bad.statements[0].qualifiers.aspect = Some(slug("no-topic"));
    bad.statements[0].citations = citations(&["no-document"]);
    bad.entities[0].attributes = Attributes::Jurisdiction(Jurisdiction {
        jurisdiction_type: JurisdictionType::Local,
        parent: Some(slug("no-parent")),
    });
    let error = refused(&store, &[bad]).await;
    let StoreError::MissingReferences(missing) = &error else { panic!("{error}") };
    let said: Vec<String> = missing.first.iter().map(|m| format!("{}: {}", m.referrer, m.missing)).collect();
    assert_eq!(
        said,
        [
            "aspect of organization/x SUPPORTS law/nowhere: topic/no-topic",
            "citation of organization/x SUPPORTS law/nowhere: document/no-document",
            "object of organization/x SUPPORTS law/nowhere: law/nowhere",
            "parent of jurisdiction/j: jurisdiction/no-parent",
        ]
    );
    assert!(!missing.more && error.to_string().contains("law/nowhere does not exist (corpus \"bad\")"), "{error}");
}

#[tokio::test]
async fn at_most_twenty_references_are_named() {
    let store = store_of(&[corpus("base", "d", "organization/x", &[])]).await;
    let statements: Vec<String> = (0..30).map(|n| format!("organization/x SUPPORTS law/l{n}")).collect();
    let statements: Vec<&str> = statements.iter().map(String::as_str).collect();
    let error = refused(&store, &[corpus("bad", "e", "", &statements)]).await;
    let StoreError::MissingReferences(missing) = error else { panic!("{error}") };
    assert!(missing.first.len() == 20 && missing.more);
}

#[tokio::test]
async fn what_another_corpus_refers_to_cannot_be_taken_away() {
    let store = store_of(&[
        corpus("base", "d", "organization/x law/y", &[]),
        corpus("second", "e", "", &["organization/x SUPPORTS law/y"]),
    ])
    .await;
    let error = refused(&store, &[corpus("base", "d", "organization/x", &[])]).await;
    assert!(error.to_string().contains("law/y does not exist (corpus \"second\")"), "{error}");
}

#[tokio::test]
async fn one_corpus_alone_defines_an_entity_or_a_document() {
    let base = corpus("base", "d", "organization/x", &[]);
    let also = corpus("also", "d", "organization/x", &[]);
    let store = store_of(std::slice::from_ref(&base)).await;
    let error = refused(&store, std::slice::from_ref(&also)).await.to_string();
    for id in ["organization/x", "document/d"] {
        let said = format!("{id} belongs to corpus \"base\" and is defined by corpus \"also\"");
        assert!(error.contains(&said), "{error}");
    }
    let together = refused(&empty().await, &[base.clone(), also.clone()]).await;
    assert!(matches!(together, StoreError::Owned(clashes) if clashes.first.len() == 2));
    assert!(matches!(refused(&store, &[base.clone(), base]).await, StoreError::Owned(_)));

    // But what one gives up, another may take.
    import(&store, &[also, corpus("base", "e", "organization/other", &[])]).await.expect("handed over");
    assert_eq!(store.owners(&[]).await.expect("answers").entities[&key("organization/x")], slug("also"));
}

#[tokio::test]
async fn corpora_must_agree_on_a_statement() {
    let said = "organization/x SUPPORTS law/y";
    let base = corpus("base", "d", "organization/x law/y", &[said]);
    let mut other = corpus("other", "e", "", &[said]);
    other.statements[0].qualifiers.note = Some("seen otherwise".to_owned());
    let store = store_of(&[base]).await;
    let error = refused(&store, &[other]).await;
    let StoreError::Disagreement(found) = &error else { panic!("{error}") };
    let found = &found.first[0];
    assert_eq!((found.id, found.field.as_str()), (id_of(said), "note"));
    assert_eq!((found.corpus.as_str(), found.other.as_ref()), ("other", Some(&slug("base"))));
}

#[tokio::test]
async fn the_store_itself_refuses_what_no_document_says() {
    let store = store_of(&[corpus("base", "d", "organization/x law/y", &[])]).await;
    // The model cannot say it, so it is put in by hand.
    sqlx::query(
        "INSERT INTO statement (id, subject, predicate, object, basis)
         VALUES ('00000000000000000000000000000000', 'organization/x', 'SUPPORTS', 'law/y', 'STATED')",
    )
    .execute(&store.pool)
    .await
    .expect("the schema alone does not see it");
    let mut transaction = store.pool.begin().await.expect("begins");
    let error = check::citations(&mut transaction).await.expect_err("uncited");
    assert!(error.to_string().contains("statement/00000000000000000000000000000000"), "{error}");
}

#[tokio::test]
async fn the_revision_log_tells_who_brought_what_and_cannot_be_changed() {
    let store = store_of(&[kratom(), corpus("b", "d", "organization/x", &[])]).await;
    let rows: Vec<(i64, String, String, String, i64)> = sqlx::query_as(
        "SELECT number, at, actor, corpus, n_entities FROM revision JOIN revision_corpus ON revision = number
         ORDER BY corpus",
    )
    .fetch_all(&store.pool)
    .await
    .expect("answers");
    let row = |corpus: &str, n| (1, "1970-01-01T00:00:00Z".to_owned(), "a curator".to_owned(), corpus.to_owned(), n);
    assert_eq!(rows, [row("b", 1), row("kratom", 7)]);
    for sql in ["UPDATE revision SET actor = 'nobody'", "DELETE FROM revision_corpus"] {
        assert!(sqlx::query(sql).execute(&store.pool).await.is_err(), "{sql}");
    }
}

#[tokio::test]
async fn nul_is_left_out_and_other_characters_are_kept() {
    let mut strange = corpus("a", "d", "organization/x", &[]);
    strange.entities[0].name = "a\0b\u{2}c\u{3}\"'\\u0000 🦀 é".to_owned();
    let store = store_of(&[strange]).await;
    assert_eq!(load(&store).await.entities[0].name, "ab\u{2}c\u{3}\"'\\u0000 🦀 é");
}

#[tokio::test]
async fn owners_tell_what_belongs_to_whom() {
    let store = store_of(&[kratom(), corpus("b", "d", "organization/x", &[])]).await;
    let owners = store.owners(&[]).await.expect("answers");
    assert_eq!((owners.entities.len(), owners.documents.len()), (8, 3));
    assert_eq!(owners.entities[&key("organization/x")], slug("b"));
    assert_eq!(owners.documents[&slug("report")], slug("kratom"));
}
