//! What is found, in which order, and that no text can do harm.

use proptest::prelude::*;
use tokio::runtime::Runtime;

use super::super::*;
use super::*;

async fn found(store: &Store, text: &str, kinds: &[EntityKind]) -> Vec<String> {
    let page = store.search(&SearchWords::parse(text, 16), kinds, 10, 0).await.expect("no text is an error");
    assert_eq!(page.total, page.hits.len() as u64);
    page.hits.iter().map(|hit| hit.key.to_string()).collect()
}

#[tokio::test]
async fn entities_are_found_by_name_alias_and_summary() {
    let store = store_of(&[kratom()]).await;
    for text in ["american", "AKA", "regulates", "Kratom  Association!", "ámerican", "people, who use"] {
        assert_eq!(found(&store, text, &[]).await, ["organization/aka"], "{text:?}");
    }
    assert_eq!(found(&store, "american safe", &[]).await, [""; 0], "all words must be there");
}

#[tokio::test]
async fn a_word_that_is_still_typed_finds_at_every_letter() {
    let store = store_of(&[kratom()]).await;
    let name = "american kratom association";
    for end in 1..=name.len() {
        assert!(found(&store, &name[..end], &[]).await.contains(&"organization/aka".to_owned()), "{}", &name[..end]);
    }
    assert_eq!(found(&store, "ameri kratom", &[]).await, [""; 0], "only the last word is still typed");
}

#[tokio::test]
async fn a_name_counts_more_than_a_summary_and_kinds_can_be_chosen() {
    let mut mentioned = entity("organization/a", "Someone");
    mentioned.summary = Some("Often compared with kratom.".to_owned());
    let mut called = entity("organization/b", "Somebody");
    called.aliases = vec!["Kratom people".to_owned()];
    let named = entity("topic/c", "Kratom");
    let mut world = corpus("a", "d", "", &[]);
    world.entities = vec![mentioned, called, named, entity("topic/d", "Kratom")];
    let store = store_of(&[world]).await;
    let best_first = ["topic/c", "topic/d", "organization/b", "organization/a"];
    assert_eq!(found(&store, "kratom", &[]).await, best_first);
    assert_eq!(found(&store, "kratom", &[EntityKind::Topic]).await, best_first[..2]);
    assert_eq!(found(&store, "kratom", &[EntityKind::Law]).await, [""; 0]);

    let words = SearchWords::parse("kratom", 16);
    let page = store.search(&words, &[], 2, 1).await.expect("answers");
    assert_eq!(page.total, 4);
    assert_eq!(page.hits.iter().map(|hit| hit.key.to_string()).collect::<Vec<_>>(), best_first[1..3]);
    assert!(page.hits[0].score > page.hits[1].score);
    for (limit, offset) in [(0, 0), (5, 4), (5, u32::MAX)] {
        let page = store.search(&words, &[], limit, offset).await.expect("answers");
        assert_eq!((page.total, page.hits), (4, Vec::new()));
    }
}

#[tokio::test]
async fn highlights_show_the_words_where_they_stand() {
    let store = store_of(&[kratom()]).await;
    let page = store.search(&SearchWords::parse("associations", 16), &[], 10, 0).await.expect("answers");
    let shown: Vec<(SearchField, String)> = page.hits[0]
        .highlights
        .iter()
        .map(|highlight| {
            let parts = highlight.parts.iter();
            let text = parts.map(|part| if part.matched { format!("[{}]", part.text) } else { part.text.clone() });
            (highlight.field, text.collect())
        })
        .collect();
    assert_eq!(
        shown,
        [
            (SearchField::Name, "American Kratom [Association]".to_owned()),
            (SearchField::Aliases, "the [association]".to_owned()),
        ]
    );
}

#[tokio::test]
async fn marks_in_a_text_are_no_marks() {
    let mut world = corpus("a", "d", "organization/x", &[]);
    world.entities[0].name = "\u{2}false\u{3} kratom".to_owned();
    let store = store_of(&[world]).await;
    let page = store.search(&SearchWords::parse("kratom", 16), &[], 10, 0).await.expect("answers");
    let parts = &page.hits[0].highlights[0].parts;
    assert_eq!(
        parts.iter().map(|part| (part.text.as_str(), part.matched)).collect::<Vec<_>>(),
        [(" false  ", false), ("kratom", true)]
    );
}

#[test]
fn words_are_what_stands_between_signs() {
    assert!(SearchWords::parse("", 16).is_empty() && SearchWords::parse(" \0\"*-🦀 ", 16).is_empty());
    assert_eq!(SearchWords::parse("7-OH \"NEAR(a\" b*", 16), SearchWords::parse("7 OH NEAR a b", 16));
    assert_eq!(SearchWords::parse(&"w ".repeat(17), 16), SearchWords::parse(&"w ".repeat(16), 16));
}

#[tokio::test]
async fn signs_of_the_query_language_are_signs() {
    let store = store_of(&[kratom()]).await;
    for text in
        ["kratom\"", "kratom*", "kratom NEAR(", "NOT kratom", "name : kratom", "{kratom}", "^kratom", "kratom\0"]
    {
        // Words that stand nowhere ("NEAR") find nothing, but none of these is an error.
        found(&store, text, &[]).await;
    }
    assert_eq!(found(&store, "\"ameri*", &[]).await, ["organization/aka"]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn no_text_is_an_error(
            texts in prop::collection::vec(any::<String>(), 16),
            signs in "[\"*(){}:^+\\-ANDORT ½¼\u{301}a-c]{0,40}",
        ) {
        Runtime::new().expect("a runtime").block_on(async {
            let store = store_of(&[kratom()]).await;
            for text in texts.iter().chain([&signs]) {
                found(&store, text, &[]).await;
            }
        });
    }
}
