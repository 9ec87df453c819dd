//! Look-ups of nothing, one and many.

use super::super::*;
use super::*;

#[tokio::test]
async fn nothing_asked_is_nothing_answered() {
    let store = store_of(&[kratom()]).await;
    assert!(store.entity_texts(&[]).await.expect("answers").is_empty());
    assert!(store.statement_texts(&[]).await.expect("answers").is_empty());
    assert!(store.statement_citations(&[]).await.expect("answers").is_empty());
    assert!(store.mentions(&[]).await.expect("answers").is_empty());
    assert!(store.law_events(&[]).await.expect("answers").is_empty());
    assert!(store.study_notices(&[]).await.expect("answers").is_empty());
}

#[tokio::test]
async fn what_is_not_there_is_not_in_the_answer() {
    let store = store_of(&[kratom()]).await;
    let nowhere = id_of("organization/aka SUPPORTS law/nowhere");
    assert!(store.entity_texts(&[key("law/nowhere")]).await.expect("answers").is_empty());
    assert!(store.statement_texts(&[nowhere]).await.expect("answers").is_empty());
    assert!(store.statement_citations(&[nowhere]).await.expect("answers").is_empty());
    assert!(store.mentions(&[key("law/hb-2291")]).await.expect("answers").is_empty());
    assert!(store.law_events(&[slug("aka")]).await.expect("answers").is_empty());
}

#[tokio::test]
async fn texts_and_citations_are_those_that_were_imported() {
    let corpus = kratom();
    let store = store_of(std::slice::from_ref(&corpus)).await;

    let keys: Vec<EntityKey> = corpus.entities.iter().map(Entity::key).collect();
    let texts = store.entity_texts(&keys).await.expect("answers");
    let mentions = store.mentions(&keys).await.expect("answers");
    assert_eq!(texts.len(), corpus.entities.len());
    for entity in &corpus.entities {
        let expected = EntityTexts {
            summary: entity.summary.clone(),
            aliases: entity.aliases.clone(),
            identifiers: entity.identifiers.clone(),
        };
        assert_eq!(texts[&entity.key()], expected);
        let mut expected = entity.mentions.clone();
        expected.sort();
        assert_eq!(mentions.get(&entity.key()).cloned().unwrap_or_default(), expected);
    }

    let ids: Vec<StatementId> = corpus.statements.iter().map(Statement::id).collect();
    let texts = store.statement_texts(&ids).await.expect("answers");
    let found = store.statement_citations(&ids).await.expect("answers");
    for statement in &corpus.statements {
        let StatementTexts { condition, note } = &texts[&statement.id()];
        assert_eq!((condition, note), (&statement.qualifiers.condition, &statement.qualifiers.note));
        assert_eq!(found[&statement.id()], statement.citations.as_slice());
    }
}

#[tokio::test]
async fn events_and_notices_come_in_their_order_with_their_citations() {
    let corpus = kratom();
    let store = store_of(std::slice::from_ref(&corpus)).await;
    let events = store.law_events(&[slug("hb-2291"), slug("hb-2291")]).await.expect("answers");
    let act = corpus.entities.iter().find(|entity| entity.slug == slug("hb-2291")).expect("it is in there");
    assert_eq!(events[&act.slug], act.events);
    let notices = store.study_notices(&[slug("trial-2020"), slug("nowhere")]).await.expect("answers");
    let trial = corpus.entities.iter().find(|entity| entity.slug == slug("trial-2020")).expect("it is in there");
    assert_eq!(notices.len(), 1);
    assert_eq!(notices[&trial.slug], trial.notices);
}

#[tokio::test]
async fn many_ids_are_one_question() {
    let names: Vec<String> = (0..5_000).map(|n| format!("organization/o{n}")).collect();
    let store = store_of(&[corpus("many", "d", &names.join(" "), &[])]).await;
    let keys: Vec<EntityKey> = names.iter().map(|name| key(name)).collect();
    assert_eq!(store.entity_texts(&keys).await.expect("answers").len(), 5_000);
}

#[tokio::test]
async fn a_row_that_no_import_writes_is_named() {
    let store = store_of(&[kratom()]).await;
    sqlx::query("UPDATE organization SET type = 'CIRCUS'").execute(&store.pool).await.expect("no check on types");
    let error = store.load().await.expect_err("not in the set");
    assert!(matches!(&error, StoreError::Inconsistent { table: "entity", id, .. } if id == "organization/aka"));
    assert!(error.to_string().contains("CIRCUS"), "{error}");
}
