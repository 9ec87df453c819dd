//! Does the schema say what the reader does?

use std::path::Path;

use toml::de::{DeTable, DeValue};

use super::*;
use crate::format::{SourceFile, read_corpus};

fn good_corpus() -> &'static str {
    include_str!("../corpus/tests/good.toml")
}

fn json_of_table(table: &DeTable<'_>) -> Value {
    Value::Object(table.iter().map(|(key, value)| (key.get_ref().to_string(), json_of(value.get_ref()))).collect())
}

/// As editors turn TOML into JSON: a date becomes text.
fn json_of(value: &DeValue<'_>) -> Value {
    match value {
        DeValue::String(text) => json!(text),
        DeValue::Integer(number) => json!(number.as_str().parse::<i64>().expect("a small decimal")),
        DeValue::Float(number) => json!(number.as_str().parse::<f64>().expect("a number")),
        DeValue::Boolean(flag) => json!(flag),
        DeValue::Datetime(date) => json!(date.to_string()),
        DeValue::Array(elements) => elements.iter().map(|element| json_of(element.get_ref())).collect(),
        DeValue::Table(table) => json_of_table(table),
    }
}

fn schema_accepts(validator: &jsonschema::Validator, text: &str) -> bool {
    let table = DeTable::parse(text).unwrap_or_else(|error| panic!("{error}\n{text}"));
    validator.is_valid(&json_of_table(table.get_ref()))
}

fn reader_accepts(text: &str) -> bool {
    let file = SourceFile { name: "world.toml".to_owned(), text: text.to_owned() };
    read_corpus(&Slug::parse("world").expect("good"), &[file]).problems.is_empty()
}

#[test]
fn the_schema_is_written_down() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("schema/json/corpus.schema.json");
    let text = corpus_schema_text();
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&path, &text).expect("the folder is there and may be written");
    }
    let written = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(written == text, "{} is out of date: run the tests with UPDATE=1", path.display());
}

#[test]
fn the_schema_is_one() {
    assert!(jsonschema::meta::is_valid(&corpus_schema()));
}

#[test]
fn everything_in_the_schema_says_what_it_is() {
    let schema = corpus_schema();
    let definitions = schema["$defs"].as_object().expect("an object");
    let mut n_described = 0;
    for (name, definition) in definitions {
        for (key, property) in definition["properties"].as_object().expect("an object") {
            let description = property["description"].as_str().unwrap_or_default();
            assert!(description.len() > 10 && description.ends_with(['.', '…']), "{key} of {name}: {description:?}");
            n_described += 1;
        }
    }
    assert!(n_described > 80, "only {n_described} were looked at");
    let predicates = schema["$defs"]["statement"]["properties"]["predicate"]["oneOf"].as_array().expect("a list");
    assert_eq!(predicates.len(), Predicate::VARIANTS.len());
    assert!(predicates.iter().all(|predicate| predicate["description"].is_string()));
}

/// A record that is good with any one of the lines `good` put in, and bad with any one of the lines `bad`.
struct Case {
    record: &'static str,
    good: &'static [&'static str],
    bad: &'static [&'static str],
}

const CASES: &[Case] = &[
    Case {
        record: "",
        good: &["", "[corpus]", "[corpus]\nname = \"a\""],
        bad: &["[claims]", "x = 1", "[[corpus]]", "[claim]", "claim = [1]", "corpus = \"a\""],
    },
    Case {
        record: "[corpus]\n",
        good: &["title = \"T\""],
        bad: &["title = \"\"", "name = \"A B\"", "names = \"a\"", "title = 1"],
    },
    Case {
        record: "[[document]]\nslug = \"d\"\n",
        good: &["title = \"T\"", "title = \" T\u{a0}ü \"", "title = \"T\"\npublished_on = 2025-02-14"],
        bad: &[
            "",
            "title = \" \"",
            "title = \"\\u0000\"",
            "title = \"a\\u0085\"",
            "title = \"a\\tb\"",
            "title = \"a\\nb\"",
            "name = \"T\"",
        ],
    },
    Case {
        record: "[[document]]\ntitle = \"T\"\n",
        good: &["slug = \"a-1\""],
        bad: &[
            "",
            "slug = \"\"",
            "slug = \"a--b\"",
            "slug = \"-a\"",
            "slug = \"A\"",
            "slug = \"ä\"",
            "slug = 1",
            "slug = \"a\\n\"",
        ],
    },
    Case {
        record: "[[document]]\nslug = \"d\"\ntitle = \"T\"\n",
        good: &[
            "published_on = \"2025-02\"",
            "published_on = \"2025\"",
            "url = \"http://a\"",
            "file = \"a.txt\"\ninterest = \"Sells it.\"\norigin = \"the-house\"",
            "sha256 = \"E3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855\"",
        ],
        bad: &[
            "published_on = 2025",
            "published_on = \"2025-13\"",
            "published_on = \"25\"",
            "published_on = \"2025-2\"",
            "published_on = 2025-02-14T10:00:00Z",
            "published_on = 10:00:00",
            "url = \"ftp://a\"",
            "url = \"https://\"",
            "url = \"https://a b\"",
            "url = \"a\"",
            "sha256 = \"e3\"",
            "publisher = [\"P\"]",
            "file = \"\"",
            "interest = 3",
            "origin = \"The House\"",
            "summary = \"S\"",
        ],
    },
    Case {
        record: "[[uncited]]\ndocument = \"d\"\n",
        good: &["lines = 3\nreason = \"HEADING\"", "lines = \"3-4\"\nreason = \"ADVICE\"\nnote = \"N\""],
        bad: &[
            "lines = 3",
            "reason = \"HEADING\"",
            "lines = 0\nreason = \"HEADING\"",
            "lines = 3\nreason = \"BORING\"",
            "lines = 3\nreason = \"HEADING\"\nanchor = \"a b\"",
        ],
    },
    Case {
        record: "[[organization]]\nslug = \"a\"\nname = \"A\"\n",
        good: &["type = \"OTHER\""],
        bad: &[
            "",
            "type = \"ADVOCATE\"",
            "type = \"advocacy\"",
            "type = [\"ADVOCACY\"]",
            "type = \"OTHER\"\ndesign = \"COHORT\"",
        ],
    },
    Case {
        record: "[[study]]\nslug = \"s\"\nname = \"S\"\ndesign = \"COHORT\"\n",
        good: &[
            "year = 1500",
            "year = 2100",
            "identified = false",
            "status = \"ONGOING\"",
            "notices = [{ kind = \"CORRECTION\", citations = [{ document = \"d\" }] }]",
        ],
        bad: &[
            "year = 1499",
            "year = 2101",
            "year = \"2020\"",
            "year = 2020.5",
            "identified = \"true\"",
            "status = \"DONE\"",
            "design2 = \"COHORT\"",
            "notices = []",
            "notices = [{ kind = \"CORRECTION\" }]",
            "notices = [{ kind = \"CORRECTION\", citations = [] }]",
            "notices = [{ citations = [{ document = \"d\" }] }]",
            "notices = [{ kind = \"MISTAKE\", citations = [{ document = \"d\" }] }]",
        ],
    },
    Case {
        record: "[[law]]\nslug = \"l\"\nname = \"L\"\ntype = \"BILL\"\n",
        good: &["events = [{ kind = \"PASSED\", on = \"2025\", citations = [{ document = \"d\" }] }]"],
        bad: &[
            "events = [{ kind = \"PASSED\", on = \"2025\", as_of = \"2025\", citations = [{ document = \"d\" }] }]",
            "events = [{ kind = \"PASSED\", on = \"2025\" }]",
            "events = { kind = \"PASSED\" }",
            "event = 1",
            "wording = \"L\"",
        ],
    },
    Case {
        record: "[[claim]]\nslug = \"c\"\nwording = \"C\"\n",
        good: &[
            "aliases = [\"a\", \"b\"]",
            "summary = \"\"\"a\n\tb\"\"\"",
            "identifiers = [{ scheme = \"URL\", value = \"https://a/\" }]",
            "topics = [\"t\"]\nmentions = [{ document = \"d\" }]",
            "mentions = [{ document = \"d\", direction = \"DISPUTES\" }]",
        ],
        bad: &[
            "aliases = []",
            "aliases = [\"a\", \"a\"]",
            "aliases = [\"\"]",
            "aliases = \"a\"",
            "summary = \"\\u0007\"",
            "summary = \"\\n\"",
            "identifiers = [{ scheme = \"URI\", value = \"https://a/\" }]",
            "identifiers = [{ scheme = \"URL\" }]",
            "identifiers = [{ scheme = \"URL\", value = \"https://a/\", x = 1 }]",
            "topics = [\"t\"]",
            "topics = [\"topic/t\"]\nmentions = [{ document = \"d\" }]",
            "topics = [\"t\", \"t\"]\nmentions = [{ document = \"d\" }]",
            "mentions = []",
            "mentions = [{}]",
            "mentions = [{ document = \"d\", direction = \"PRO\" }]",
            "name = \"C\"",
        ],
    },
    Case {
        record: "[[jurisdiction]]\nslug = \"j\"\nname = \"J\"\ntype = \"COUNTRY\"\n",
        good: &["parent = \"k\""],
        bad: &["parent = \"jurisdiction/k\"", "parent = [\"k\"]", "type2 = 1"],
    },
    Case { record: "[[topic]]\nslug = \"t\"\n", good: &["name = \"T\""], bad: &["", "name = \"T\"\ntype = \"OTHER\""] },
    Case {
        record: "[[statement]]\ncitations = [{ document = \"d\" }]\n",
        good: &[
            "subject = \"organization/a\"\npredicate = \"SUPPORTS\"\nobject = \"law/b\"",
            "subject = \"organization/a\"\npredicate = \"SUPPORTS\"\nobject = \"topic/b\"",
            "subject = \"topic/a\"\npredicate = \"ABOUT\"\nobject = \"topic/b\"",
        ],
        bad: &[
            "",
            "subject = \"organization/a\"\nobject = \"law/b\"",
            "subject = \"organization/a\"\npredicate = \"SUPPORTS\"",
            "subject = \"law/b\"\npredicate = \"SUPPORTS\"\nobject = \"organization/a\"",
            "subject = \"organization/a\"\npredicate = \"SUPPORTS\"\nobject = \"claim/b\"",
            "subject = \"organization/a\"\npredicate = \"LIKES\"\nobject = \"law/b\"",
            "subject = \"a\"\npredicate = \"SUPPORTS\"\nobject = \"law/b\"",
            "subject = \"document/a\"\npredicate = \"SUPPORTS\"\nobject = \"law/b\"",
            "subject = \"organization/A\"\npredicate = \"SUPPORTS\"\nobject = \"law/b\"",
        ],
    },
    Case {
        record: "[[statement]]\nsubject = \"organization/a\"\npredicate = \"SUPPORTS\"\nobject = \"law/b\"\n",
        good: &[
            "citations = [{ document = \"d\", lines = \"18-19\", anchor = \"a b c d e f\" }]",
            "citations = [{ document = \"d\", lines = \"18\", anchor = \" a\u{a0}b \" }]",
            "citations = [{ document = \"d\", lines = 999999999 }]",
            "citations = [{ document = \"d\", pages = 1 }]",
            "citations = [{ document = \"d\", section = \"S\", quote = \"a\\nb\" }]",
            "citations = [{ document = \"d\", fragment = \"f\" }]",
        ],
        bad: &[
            "",
            "citations = []",
            "citations = \"d\"",
            "citations = [\"d\"]",
            "citations = [{ lines = 1 }]",
            "citations = [{ document = \"d\", lines = \"0\" }]",
            "citations = [{ document = \"d\", lines = 0 }]",
            "citations = [{ document = \"d\", lines = -3 }]",
            "citations = [{ document = \"d\", lines = 1000000000 }]",
            "citations = [{ document = \"d\", lines = \"x\" }]",
            "citations = [{ document = \"d\", lines = \"01\" }]",
            "citations = [{ document = \"d\", lines = \"1-2-3\" }]",
            "citations = [{ document = \"d\", lines = \"1 - 2\" }]",
            "citations = [{ document = \"d\", lines = \"1000000000\" }]",
            "citations = [{ document = \"d\", lines = 1.5 }]",
            "citations = [{ document = \"d\", lines = true }]",
            "citations = [{ document = \"d\", lines = 1, pages = 1 }]",
            "citations = [{ document = \"d\", section = \"S\", fragment = \"f\" }]",
            "citations = [{ document = \"d\", anchor = \"a\" }]",
            "citations = [{ document = \"d\", lines = 1, anchor = \"a b c d e f g\" }]",
            "citations = [{ document = \"d\", lines = 1, anchor = \" \" }]",
            "citations = [{ document = \"d\", line = 1 }]",
            "citations = [{ document = \"document/d\" }]",
            "citations = [{ document = \"d\", quote = \"\" }]",
        ],
    },
    Case {
        record: "[[statement]]\nsubject = \"organization/a\"\npredicate = \"SUPPORTS\"\nobject = \"law/b\"\ncitations = [{ document = \"d\" }]\n",
        good: &[
            "aspect = \"t\"",
            "from = \"2024\"\nuntil = \"2025\"",
            "basis = \"INFERRED\"",
            "voice = \"MEMBER\"",
            "condition = \"if\"",
            "note = \"n\"",
        ],
        bad: &[
            "aspect = \"\"",
            "on = \"now\"",
            "basis = \"GUESSED\"",
            "certainty = \"SURE\"",
            "venue = \"\"",
            "voice = 1",
            "condition = \"\"",
            "as_of = \"2025\"",
        ],
    },
];

#[test]
fn schema_and_reader_accept_and_refuse_the_same_records() {
    let validator = jsonschema::validator_for(&corpus_schema()).expect("a schema");
    assert!(schema_accepts(&validator, good_corpus()) && reader_accepts(good_corpus()));
    let (mut n_good, mut n_bad) = (0, 0);
    for case in CASES {
        let verdicts = case.good.iter().map(|line| (line, true)).chain(case.bad.iter().map(|line| (line, false)));
        for (line, good) in verdicts {
            let text = format!("{}{line}\n", case.record);
            assert_eq!(
                (schema_accepts(&validator, &text), reader_accepts(&text)),
                (good, good),
                "(schema, reader)\n{text}"
            );
            if good { n_good += 1 } else { n_bad += 1 }
        }
    }
    assert!(n_good >= 40 && n_bad >= 110, "{n_good} good, {n_bad} bad");
}

#[test]
fn both_stop_at_the_same_lengths() {
    let validator = jsonschema::validator_for(&corpus_schema()).expect("a schema");
    for (key, chars_max) in [("wording", 500), ("summary", 10_000)] {
        for (n_chars, good) in [(chars_max, true), (chars_max + 1, false)] {
            let wording = if key == "wording" { "" } else { "wording = \"C\"\n" };
            let text = format!("[[claim]]\nslug = \"c\"\n{wording}{key} = \"{}\"\n", "ü".repeat(n_chars));
            assert_eq!((schema_accepts(&validator, &text), reader_accepts(&text)), (good, good), "{key}: {n_chars}");
        }
    }
}
