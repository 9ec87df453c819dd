//! Documents that are deep, wide, aliased, cyclic, exponential, overloaded or none at all, by POST and by GET.

use serde_json::Value;

use super::target::Target;

/// What a document must come to.
enum Fate {
    /// Refused by a limit that names itself.
    Limit,
    /// Whatever: as long as the request is blamed or answered.
    Any,
}

use Fate::{Any, Limit};

type Case = (&'static str, String, Fate);

pub(super) async fn attack(target: &Target) {
    let cases: Vec<Case> =
        nested().into_iter().chain(wide()).chain(fragments()).chain(cyclic()).chain(broken()).collect();
    for (what, document, fate) in &cases {
        let answer = target.ask(what, document, &Value::Null).await;
        if answer.text.len() > 64 * 1024 && answer.json()["errors"].is_array() {
            target.wrong(format!("{what}: {} bytes tell that {} are wrong", answer.text.len(), document.len()));
        }
        check(target, what, fate, &answer);
        target.count("documents", 1);
        // Longer addresses are refused by their length alone, which is another attack.
        if document.len() < 8_000 {
            let what = format!("{what}, by GET");
            check(target, &what, fate, &target.get(&what, document, None).await);
            target.count("documents", 1);
        }
        target.assert_well(what).await;
    }
}

fn check(target: &Target, what: &str, fate: &Fate, answer: &super::target::Answer) {
    let extensions = &answer.json()["errors"][0]["extensions"];
    let names_itself =
        extensions["limit"].is_string() && extensions["max"].is_number() && extensions["actual"].is_number();
    if matches!(fate, Limit) && !(extensions["code"] == "LIMIT_EXCEEDED" && names_itself) {
        target.wrong(format!("{what} is refused by no limit: {} {:.300}", answer.status, answer.text));
    }
}

fn many(n: usize, part: impl Fn(usize) -> String) -> String {
    (0..n).map(part).collect()
}

fn nested() -> Vec<Case> {
    let within = |open: &str, n: usize, close: &str| format!("{}1{}", open.repeat(n), close.repeat(n));
    let introspection =
        |n: usize| format!("{{ __schema {{ types {}{{ name }}{} }} }}", "{ fields { type ".repeat(n), "} }".repeat(n));
    vec![
        ("fields within fields", "{a".repeat(1_500) + &"}".repeat(1_500), Limit),
        ("fields that are never closed", "{a".repeat(20_000), Limit),
        ("31 fields within fields", "{a".repeat(31) + &"}".repeat(31), Limit),
        ("lists", format!("{{ law(slug: {}) {{ name }} }}", within("[", 1_500, "]")), Limit),
        ("lists that are never closed", format!("{{ law(slug: {}", "[".repeat(30_000)), Limit),
        ("objects", format!("{{ laws(filter: {}) {{ totalCount }} }}", within("{a:", 1_500, "}")), Limit),
        ("lists as a default", format!("query($x: String = {}) {{ __typename }}", within("[", 1_500, "]")), Limit),
        ("lists in a directive", format!("{{ __typename @skip(if: {}) }}", within("[", 1_500, "]")), Limit),
        (
            "lists in a type",
            format!("query($x: {}Int{}) {{ __typename }}", "[".repeat(1_500), "]".repeat(1_500)),
            Limit,
        ),
        ("30 lists in a type", format!("query($x: {}Int{}) {{ __typename }}", "[".repeat(30), "]".repeat(30)), Any),
        ("30 lists", format!("{{ law(slug: {}) {{ name }} }}", within("[", 29, "]")), Any),
        ("parentheses", format!("{{ a{}", "(".repeat(3_000)), Limit),
        ("inline fragments", format!("{}__typename{}", "{...".repeat(1_500), "}".repeat(1_500)), Limit),
        ("inline fragments on a type", format!("{{{}name{}}}", "... on Query {".repeat(400), "}".repeat(400)), Limit),
        ("types of types", introspection(12), Limit),
        ("a few types of types", introspection(5), Any),
        (
            "ofType within ofType",
            format!("{{ __type(name: \"Law\") {}{{ name }}{} }}", "{ ofType ".repeat(25), "}".repeat(25)),
            Limit,
        ),
    ]
}

fn wide() -> Vec<Case> {
    let law = "law(slug: \"bill-7\") { name }";
    vec![
        ("5,000 unknown fields", format!("{{ {} }}", many(4_990, |i| format!("f{i} "))), Limit),
        ("400 unknown fields", format!("{{ law(slug: \"bill-7\") {{ {} }} }}", many(400, |i| format!("f{i} "))), Any),
        ("1,500 aliases", format!("{{ {} }}", many(1_500, |i| format!("a{i}: __typename "))), Limit),
        (
            "300 aliases of a field that is computed",
            format!("{{ {} }}", many(300, |i| format!("a{i}: ranking(by: PAGE_RANK, first: 1) {{ rank }} "))),
            Limit,
        ),
        ("200 times the same field", format!("{{ {} }}", format!("{law} ").repeat(200)), Limit),
        ("a field that is two", "{ law(slug: \"a\") { name } law(slug: \"b\") { name } }".to_owned(), Any),
        ("400 times the same leaf", format!("{{ law(slug: \"bill-7\") {{ {} }} }}", "name ".repeat(400)), Any),
        ("500 arguments", format!("{{ law({}) {{ name }} }}", many(500, |i| format!("a{i}: 1 "))), Any),
        ("the same argument 500 times", format!("{{ law({}) {{ name }} }}", "slug: \"a\" ".repeat(500)), Any),
        (
            "500 fields of an input",
            format!("{{ laws(filter: {{{}}}) {{ totalCount }} }}", many(500, |i| format!("a{i}: 1 "))),
            Any,
        ),
        (
            "2,000 elements of a list",
            format!("{{ nodes(ids: [{}]) {{ id }} }}", "\"law/bill-7\" ".repeat(2_000)),
            Limit,
        ),
        ("an overload of directives", format!("{{ __typename {} }}", "@skip(if: false) ".repeat(1_000)), Limit),
        ("an overload of unknown directives", format!("{{ __typename {} }}", "@a".repeat(4_000)), Limit),
        ("20 directives on __typename", format!("{{ __typename {} }}", "@include(if: true) ".repeat(20)), Limit),
        ("an unknown directive on __typename", "{ __typename @nothing(x: 1) }".to_owned(), Any),
        ("a directive twice on __typename", "{ __typename @skip(if: false) @skip(if: true) }".to_owned(), Any),
        (
            "a directive of the schema in a document",
            "{ __typename @deprecated @specifiedBy(url: \"x\") @oneOf }".to_owned(),
            Any,
        ),
        ("1,000 operations", many(1_000, |i| format!("query q{i} {{ __typename }} ")), Limit),
        ("an operation twice", "query a { __typename } query a { __typename }".to_owned(), Any),
        ("1,500 variables", format!("query({}) {{ __typename }}", many(1_200, |i| format!("$v{i}: Int "))), Limit),
        ("a variable twice", "query($a: Int $a: String) { __typename }".to_owned(), Any),
        ("variables of no type", "query($a: Nothing! = {} $b: [Law]) { __typename }".to_owned(), Any),
        ("a name of 60,000 letters", format!("{{ {} }}", "n".repeat(60_000)), Any),
        ("a number of 60,000 digits", format!("{{ laws(first: {}) {{ totalCount }} }}", "9".repeat(60_000)), Any),
        ("a fraction of 60,000 digits", format!("{{ laws(first: 0.{}) {{ totalCount }} }}", "9".repeat(60_000)), Any),
        ("an exponent of 60,000 digits", format!("{{ laws(first: 1e{}) {{ totalCount }} }}", "9".repeat(60_000)), Any),
        ("a text of 60,000 characters", format!("{{ law(slug: \"{}\") {{ name }} }}", "s".repeat(60_000)), Any),
        ("a text of 10,000 escapes", format!("{{ law(slug: \"{}\") {{ name }} }}", "\\u0041".repeat(10_000)), Any),
        ("a comment of 65,000 characters", format!("{{ __typename }} #{}", "[".repeat(65_000)), Any),
        ("65,537 bytes", format!("{{ __typename }}{}", " ".repeat(65_537)), Limit),
        ("900,000 bytes", format!("{{ __typename }}{}", ",".repeat(900_000)), Limit),
    ]
}

fn fragments() -> Vec<Case> {
    let doubling = |n: usize, on: &str| {
        let doubled = many(n, |i| format!("fragment f{} on {on} {{ ...f{i} ...f{i} }} ", i + 1));
        format!("fragment f0 on {on} {{ __typename }} {doubled}")
    };
    let chain = many(400, |i| format!("fragment c{i} on Query {{ ...c{} }} ", i + 1));
    vec![
        ("25 fragments that double", format!("{{ ...f25 }} {}", doubling(25, "Query")), Limit),
        ("64 fragments that double", format!("{{ ...f64 }} {}", doubling(64, "Query")), Limit),
        ("fragments that double and are not used", format!("{{ __typename }} {}", doubling(30, "Query")), Limit),
        ("fragments that double on another type", format!("{{ ...f30 }} {}", doubling(30, "Law")), Limit),
        ("a chain of fragments", format!("{{ ...c0 }} {chain} fragment c400 on Query {{ __typename }}"), Limit),
        ("a fragment of itself", "{ ...A } fragment A on Query { ...A }".to_owned(), Any),
        (
            "two fragments of each other",
            "{ ...A } fragment A on Query { ...B } fragment B on Query { law(slug: \"a\") { name } ...A }".to_owned(),
            Any,
        ),
        (
            "a circle beside what is asked",
            "{ __typename } fragment A on Law { implements { nodes { ...A } } }".to_owned(),
            Any,
        ),
        (
            "a fragment twice",
            "{ ...A } fragment A on Query { __typename } fragment A on Query { __typename }".to_owned(),
            Any,
        ),
        (
            "fragments on what is no object",
            "{ ...A ...B ...C } fragment A on Nothing { a } fragment B on String { a } fragment C on LawType { a }"
                .to_owned(),
            Any,
        ),
        (
            "300 unused fragments",
            format!("{{ __typename }} {}", many(300, |i| format!("fragment u{i} on Query {{ __typename }} "))),
            Any,
        ),
        (
            "200 fragments side by side",
            format!(
                "{{ {} }} {}",
                many(200, |i| format!("...s{i} ")),
                many(200, |i| format!("fragment s{i} on Query {{ __typename }} "))
            ),
            Any,
        ),
        (
            "a fragment spread 400 times",
            format!("{{ {} }} fragment A on Query {{ __typename }}", "...A ".repeat(400)),
            Any,
        ),
    ]
}

/// Round and round over what refers back, with the largest pages.
fn cyclic() -> Vec<Case> {
    let circle = |first: u32, n: usize| {
        let round = format!("supporters(first: {first}) {{ nodes {{ supports(first: {first}) {{ nodes {{ ");
        format!("{{ laws(first: {first}) {{ nodes {{ {}name{} }} }} }}", round.repeat(n), " } } } }".repeat(n))
    };
    let neighbors = |first: u32, n: usize| {
        let step = format!("neighbors(first: {first}) {{ nodes {{ ");
        format!("{{ topics(first: {first}) {{ nodes {{ {}name{} }} }} }}", step.repeat(n), " } }".repeat(n))
    };
    vec![
        ("laws, organizations, laws, with large pages", circle(100, 3), Limit),
        ("laws, organizations, laws, with small pages", circle(5, 3), Any),
        ("laws, organizations, laws, deeper than allowed", circle(2, 8), Limit),
        ("laws, organizations, laws, as deep as is allowed", circle(1, 3), Any),
        (
            "as deep as is allowed, with fragments between",
            circle(1, 3).replace("nodes {", "nodes { ... {").replace(" } }", " } } }"),
            Any,
        ),
        ("neighbors of neighbors", neighbors(100, 5), Limit),
        ("neighbors of neighbors in small pages", neighbors(10, 5), Limit),
        (
            "statements of statements' ends",
            format!(
                "{{ statements(first: 100) {{ nodes {{ {}id{} }} }} }}",
                "subject { statements(first: 100) { nodes { ".repeat(4),
                " } } }".repeat(4)
            ),
            Limit,
        ),
        (
            "citations of citations",
            format!(
                "{{ statements(first: 100) {{ nodes {{ {}id{} }} }} }}",
                "citations { document { statements(first: 100) { nodes { ".repeat(3),
                " } } } }".repeat(3)
            ),
            Limit,
        ),
        (
            "20 whole subgraphs",
            format!(
                "{{ {} }}",
                many(20, |i| format!(
                    "a{i}: neighborhood(of: \"law/bill-7\", depth: 5, limit: 2000) {{ entities {{ id name }} statements {{ id }} }} "
                ))
            ),
            Any,
        ),
        (
            "10 times all walks",
            format!(
                "{{ {} }}",
                many(10, |i| format!(
                    "a{i}: paths(from: \"law/bill-7\", to: \"topic/bees\", first: 50, maxHops: 10) {{ statements {{ id }} }} "
                ))
            ),
            Any,
        ),
    ]
}

fn broken() -> Vec<Case> {
    let texts: [(&'static str, &str); 30] = [
        ("nothing", ""),
        ("blanks", " \t\r\n,,,"),
        ("a comment", "# nothing"),
        ("a byte order mark", "\u{feff}"),
        ("NUL", "\0"),
        ("NUL within", "{ \0 }"),
        ("control characters", "{ \u{1}\u{1b}[31m }"),
        ("an open brace", "{"),
        ("a closed brace", "}"),
        ("closed before it is opened", "}}}}}} {{{{{{"),
        ("brackets that do not match", "{ law(slug: [\"a\") { name ] }"),
        ("an empty selection", "{ }"),
        ("an empty selection of a field", "{ law(slug: \"a\") { } }"),
        ("no selection of an object", "{ law(slug: \"a\") }"),
        ("a selection of a leaf", "{ law(slug: \"a\") { name { a } } }"),
        ("an open text", "{ law(slug: \"a"),
        ("a text over two lines", "{ law(slug: \"a\nb\") { name } }"),
        ("an open block text", "{ law(slug: \"\"\" a"),
        ("a block text of quotes", "{ law(slug: \"\"\" \\\"\"\" \\\"\"\" \"\"\") { name } }"),
        ("an escape that is none", "{ law(slug: \"\\q\") { name } }"),
        ("half a surrogate", "{ law(slug: \"\\uD83D\") { name } }"),
        ("a surrogate pair in escapes", "{ law(slug: \"\\uD83D\\uDE00\") { name } }"),
        ("an escape too large", "{ law(slug: \"\\u{110000}\") { name } }"),
        ("letters that are none of a name", "{ läw(slug: \"a\") { нaме } }"),
        ("right to left", "{ \u{202e}law(slug: \"a\")\u{202c} { name } }"),
        ("zero width", "{ la\u{200b}w }"),
        ("SQL", "'; drop table entity; --"),
        ("JSON", "{\"query\": \"{ __typename }\"}"),
        ("a schema", "type Query { a: Int }"),
        ("an extension of the schema", "extend schema @a { query: Law }"),
    ];
    let operations = [
        ("a mutation", "mutation { write }"),
        ("a subscription of nothing", "subscription { nothing }"),
        ("a subscription of two", "subscription { graphChanged { version } again: graphChanged { version } }"),
        ("a subscription of __typename", "subscription { __typename }"),
        ("a field of introspection in the middle", "{ law(slug: \"a\") { __schema { types { name } } } }"),
        ("names that begin with two underscores", "{ __nothing __type __schema }"),
        ("an alias that begins with two underscores", "{ __proto__: __typename constructor: __typename }"),
    ];
    texts.into_iter().chain(operations).map(|(what, text)| (what, text.to_owned(), Any)).collect()
}
