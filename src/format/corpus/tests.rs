//! Whole corpora: a good one, one with thirty mistakes, and whatever chance makes of them.

mod good;
mod mistakes;

use proptest::prelude::*;

use super::*;

fn slug(text: &str) -> Slug {
    Slug::parse(text).expect("good")
}

fn file(name: &str, text: &str) -> SourceFile {
    SourceFile { name: name.to_owned(), text: text.to_owned() }
}

fn read(text: &str) -> Reading {
    read_corpus(&slug("world"), &[file("world.toml", text)])
}

/// The problems of a text, each as `line: what`.
fn problems(text: &str) -> Vec<String> {
    read(text).problems.iter().map(|problem| format!("{}: {}", problem.place.line, problem.what)).collect()
}

#[test]
fn a_problem_reads_like_a_compilers() {
    let text = "[[claim]]\nslug = \"liver-injury-rare\"\nwording = \"w\"\nmentions = [{ document = \"who-2021\" }]\n";
    let reading = read_corpus(&slug("kratom"), &[file("seed/kratom/claims.toml", text)]);
    assert_eq!(reading.problems, []);
    let [reference] = &reading.references[..] else { panic!("{:?}", reading.references) };
    assert_eq!(
        unknown_reference(reference, ["dea", "who-2012"].into_iter()).to_string(),
        "seed/kratom/claims.toml:4:26: claim \"liver-injury-rare\": document \"who-2021\" does not exist; \
         did you mean \"who-2012\"?"
    );
    assert_eq!(unknown_reference(reference, ["dea"].into_iter()).what, "document \"who-2021\" does not exist");
}

#[test]
fn a_record_with_problems_is_left_out_and_yet_defined() {
    let reading = read(
        "[[topic]]\nslug = \"a\"\n[[topic]]\nslug = \"b\"\nname = \"B\"\n[[topic]]\nslug = \"c\"\nname = unquoted\n",
    );
    let names: Vec<_> = reading.corpus.entities.iter().map(|entity| entity.slug.as_str()).collect();
    assert_eq!(names, ["b"]);
    let mut defined: Vec<_> = reading.defined.iter().map(|(id, place)| format!("{id} at {}", place.line)).collect();
    defined.sort();
    assert_eq!(defined, ["topic/a at 1", "topic/b at 3", "topic/c at 6"]);
}

#[test]
fn a_misspelt_key_is_not_missing_too() {
    assert_eq!(problems("[[topic]]\nslug = \"a\"\nnmae = \"A\"\n"), ["3: unknown key \"nmae\"; did you mean `name`?"]);
    assert_eq!(problems("[[claim]]\nslug = \"a\"\nname = \"A\"\n"), ["3: a claim has no \"name\"; write `wording`"]);
}

#[test]
fn one_mistake_is_one_problem_that_says_what_would_be_right() {
    for (text, problem) in [
        (
            "[corpus]\nname = \"a\"\n[corpus]\nname = \"b\"\n",
            "3: the corpus is described twice, first at world.toml:1:1; keep one [corpus]",
        ),
        ("[topic]\nslug = \"t\"\n", "1: a topic is written as a table of its own that begins with [[topic]]"),
        ("[[corpus]]\nname = \"a\"\n", "1: a corpus is written as a table of its own that begins with [corpus]"),
        ("[[organisation]]\nslug = \"a\"\n", "1: unknown table \"organisation\"; did you mean `organization`?"),
        (
            "[[people]]\n",
            "1: unknown table \"people\"; there are corpus, document, organization, study, law, claim, jurisdiction, \
             topic, statement, uncited",
        ),
        ("[corpus]\ncolour = 1\n", "2: unknown key \"colour\"; a corpus has `name` and `title`"),
        (
            "[[topic]]\nslug = \"t\"\nname = \"T\"\nlines = 3\n",
            "4: a topic has no \"lines\"; only an uncited, a citation and a mention have one",
        ),
        ("[[topic]]\nslug = \"t\"\nname = \"T\"\nname = \"U\"\n", "4: `name` stands twice in one table; keep one"),
        ("[[topic]]\nslug = \"t\"\nname =\n", "3: a value is missing here"),
        (
            "[[law]]\nslug = \"l\"\nname = \"L\"\ntype = \"model act\"\n",
            "4: `type` is \"model act\", which is no type of law; did you mean MODEL_ACT? There are MODEL_ACT, BILL, \
             STATUTE, REGULATION, SCHEDULING, PROPOSAL, STANDARD, RECOMMENDATION, POLICY_KIND",
        ),
        (
            "[[jurisdiction]]\nslug = \"j\"\nname = \"J\"\ntype = \"COUNTRY\"\nparent = \"jurisdiction/k\"\n",
            "5: `parent` takes the slug alone: write \"k\"",
        ),
        (
            "[[topic]]\nslug = \"t\"\n",
            "1: `name` is missing; a topic needs it: a text in quotation marks. What people call it",
        ),
    ] {
        assert_eq!(problems(text), [problem], "{text}");
    }
}

#[test]
fn a_day_may_be_written_as_toml_has_it_and_a_month_may_not() {
    let with_date = |date: &str| format!("[[document]]\nslug = \"d\"\ntitle = \"D\"\npublished_on = {date}\n");
    let reading = read(&with_date("2025-02-14"));
    assert_eq!(reading.problems, []);
    let published_on = reading.corpus.documents[0].published_on.map(|date| date.to_string());
    assert_eq!(published_on.as_deref(), Some("2025-02-14"));
    for (date, says) in [
        ("2025", "a year stands in quotation marks, as in \"2025\""),
        ("2025-02", "months and years stand in quotation marks"),
        ("2025-02-30", "is no day that exists"),
        ("2025-02-14T10:00:00Z", "write the day only"),
        ("10:00:00", "write the day only"),
        ("\"Feb 2025\"", "as in \"2025-02-14\", \"2025-02\" or \"2025\""),
    ] {
        let problems = problems(&with_date(date));
        assert!(matches!(&problems[..], [one] if one.contains(says)), "{date}: {problems:?}");
    }
}

#[test]
fn the_name_of_a_corpus_is_written_or_given() {
    assert_eq!(read("").corpus.name, slug("world"));
    assert_eq!(read("[corpus]\ntitle = \"A world\"\n").corpus.name, slug("world"));
    let reading = read("[corpus]\nname = \"other\"\n");
    assert_eq!((reading.corpus.name, reading.corpus.title), (slug("other"), None));
}

#[test]
fn a_file_of_another_system_says_the_same() {
    let expected = read(good::CORPUS).corpus;
    for text in [good::CORPUS.replace('\n', "\r\n"), format!("\u{feff}{}", good::CORPUS)] {
        let reading = read(&text);
        assert_eq!(reading.problems, []);
        assert_eq!(reading.corpus, expected);
    }
}

#[test]
fn a_statement_of_two_files_is_one_with_the_citations_of_both() {
    let statement = |document: &str, rest: &str| {
        format!(
            "[[statement]]\nsubject = \"organization/a\"\npredicate = \"OPPOSES\"\nobject = \"law/b\"\n{rest}\n\
             citations = [{{ document = \"{document}\" }}]\n"
        )
    };
    let read =
        |second: &str| read_corpus(&slug("world"), &[file("1.toml", &statement("d", "")), file("2.toml", second)]);
    let reading = read(&statement("e", ""));
    assert_eq!(reading.problems, []);
    let [one] = &reading.corpus.statements[..] else { panic!("{:?}", reading.corpus.statements) };
    let documents: Vec<_> = one.citations.as_slice().iter().map(|citation| citation.document.as_str()).collect();
    assert_eq!(documents, ["d", "e"]);

    let reading = read(&statement("e", "certainty = \"LOW\""));
    assert_eq!(
        reading.problems.iter().map(ToString::to_string).collect::<Vec<_>>(),
        ["2.toml:5:13: statement organization/a OPPOSES law/b: the same statement stands at 1.toml:1:1 with another \
          `certainty`; let the two agree, or make them one"]
    );
    assert_eq!(read(&statement("e", "on = \"2025\"")).corpus.statements.len(), 2, "another day, another statement");
}

#[test]
fn topics_rest_on_the_mentions_that_do_not_dispute() {
    let with = |mentions: &str| format!("[[claim]]\nslug = \"a\"\nwording = \"A\"\ntopics = [\"t\"]\n{mentions}\n");
    let reading = read(&with(
        "mentions = [{ document = \"d\", direction = \"DISPUTES\" }, { document = \"e\", direction = \"SUPPORTS\" }]",
    ));
    assert_eq!(reading.problems, []);
    let [about] = &reading.corpus.statements[..] else { panic!("{:?}", reading.corpus.statements) };
    assert_eq!(about.object.to_string(), "topic/t");
    assert!(matches!(about.citations.as_slice(), [citation] if citation.document.as_str() == "e"));

    assert_eq!(
        problems(&with("mentions = [{ document = \"d\", direction = \"DISPUTES\" }]")),
        ["4: `topics` rest on mentions with direction SUPPORTS or MENTIONS, and there is none"]
    );
}

#[test]
fn ten_thousand_records_on_one_line_are_read_in_one_go() {
    // A column that were counted from the start of its line would make this quadratic.
    let record = |ix: usize| format!("{{ slug = \"t{ix}\", name = \"ü\" }}");
    let text = format!("topic = [{}]\n", (0..10_000).map(record).collect::<Vec<_>>().join(", "));
    let reading = read(&text);
    assert_eq!((reading.problems.len(), reading.corpus.entities.len()), (0, 10_000));
}

proptest! {
    #[test]
    fn any_text_is_read(text in "\\PC{0,200}|[\\[\\]{}=\"'.,#\na-c0-9 \\\\-]{0,200}") {
        read(&text);
    }

    #[test]
    fn a_good_corpus_with_lines_lost_or_doubled_is_read(
        edits in proptest::collection::vec((any::<proptest::sample::Index>(), any::<bool>()), 1..6),
    ) {
        let mut lines: Vec<&str> = good::CORPUS.lines().collect();
        for (ix, lost) in edits {
            let ix = ix.index(lines.len());
            if lost { lines.remove(ix); } else { lines.insert(ix, lines[ix]); }
        }
        let text = lines.join("\n");
        let reading = read(&text);
        for problem in &reading.problems {
            prop_assert!((1..=lines.len() + 1).contains(&(problem.place.line as usize)), "{}", problem);
        }
    }

    #[test]
    fn a_good_corpus_with_any_character_put_anywhere_is_read(
        at in any::<proptest::sample::Index>(),
        character in any::<char>(),
    ) {
        let mut text: Vec<char> = good::CORPUS.chars().collect();
        text.insert(at.index(text.len()), character);
        read(&text.into_iter().collect::<String>());
    }
}
