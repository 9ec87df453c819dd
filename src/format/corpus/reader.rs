//! Goes through the files record by record, and remembers what stands where.

use std::collections::{HashMap, HashSet};

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::fields::Fields;
use super::judge::Judge;
use super::parts::uncited;
use super::place::{Place, Problem, Text};
use super::records::TABLES;
use super::scalar::near;
use super::shape::{Record, RecordKind, a};
use super::statement::Written;
use super::syntax::{Piece, pieces};
use super::{Cited, Reading, Reference, scalar};
use crate::model::{Corpus, Document, Entity, EntityKey, NodeId, Slug, StatementId, Uncited};

/// What has been read so far.
#[derive(Debug, Default)]
pub(super) struct Reader {
    pub(super) problems: Vec<Problem>,
    references: Vec<Reference>,
    cited: Vec<Cited>,
    uncited: Vec<(Place, Uncited)>,
    defined: HashMap<NodeId, Place>,
    corpus: Option<CorpusTable>,
    documents: Vec<Document>,
    entities: Vec<Entity>,
    pub(super) statements: Vec<Written>,
    pub(super) statement_ix: HashMap<StatementId, usize>,
}

#[derive(Debug)]
struct CorpusTable {
    place: Place,
    name: Option<Slug>,
    title: Option<String>,
}

impl Reader {
    pub(super) fn read_file(&mut self, name: &str, text: &str) {
        let text = Text::new(name, text);
        let n_problems = self.problems.len();
        let (pieces, mistakes) = pieces(text.as_str());
        for piece in &pieces {
            self.read_piece(&text, piece);
        }
        // What is wrong on a line is often told better by what was found in the tables.
        let told: HashSet<u32> = self.problems[n_problems..].iter().map(|problem| problem.place.line).collect();
        for mistake in mistakes {
            let place = text.place(mistake.at);
            if !told.contains(&place.line) {
                self.problems.push(Problem { place, record: None, what: mistake.what });
            }
        }
    }

    fn read_piece(&mut self, text: &Text<'_>, piece: &Piece<'_>) {
        let mut records = Vec::new();
        for (key, value) in &piece.table {
            match TABLES.iter().find(|record| record.name == key.get_ref().as_ref()) {
                Some(record) => self.gather(text, piece, record, value, &mut records),
                None if piece.damaged => {}
                None => {
                    let place = text.place(piece.base + key.span().start);
                    self.problems.push(Problem { place, record: None, what: unknown_table(key.get_ref()) });
                }
            }
        }
        records.sort_unstable_by_key(|(at, ..)| *at);
        for (at, record, table) in records {
            if piece.damaged {
                self.define_damaged(text, at, record, table);
            } else {
                self.read_record(text, piece.base, at, record, table);
            }
        }
    }

    /// The records of one table, each with its place.
    fn gather<'a>(
        &mut self,
        text: &Text<'_>,
        piece: &Piece<'_>,
        record: &'static Record,
        value: &'a Spanned<DeValue<'_>>,
        records: &mut Vec<(usize, &'static Record, &'a DeTable<'a>)>,
    ) {
        let once = record.kind == RecordKind::Corpus;
        let at = piece.base + value.span().start;
        let mut wrong = |at: usize| {
            let header = if once { format!("[{}]", record.name) } else { format!("[[{}]]", record.name) };
            if !piece.damaged {
                let what = format!("{} is written as a table of its own that begins with {header}", a(record.name));
                self.problems.push(Problem { place: text.place(at), record: None, what });
            }
        };
        match value.get_ref() {
            DeValue::Table(table) if once => records.push((at, record, table)),
            DeValue::Array(elements) if !once => {
                for element in elements {
                    let at = piece.base + element.span().start;
                    match element.get_ref() {
                        DeValue::Table(table) => records.push((at, record, table)),
                        _ => wrong(at),
                    }
                }
            }
            _ => wrong(at),
        }
    }

    /// What a record with a mistake in its syntax still tells: that there is such a thing.
    fn define_damaged(&mut self, text: &Text<'_>, at: usize, record: &Record, table: &DeTable<'_>) {
        let slug = table.get("slug").and_then(|slug| slug.get_ref().as_str()).and_then(|slug| Slug::parse(slug).ok());
        if let Some(id) = slug.and_then(|slug| id_of(record.kind, slug)) {
            self.defined.entry(id).or_insert_with(|| text.place(at));
        }
    }

    fn read_record(&mut self, text: &Text<'_>, base: usize, at: usize, record: &'static Record, table: &DeTable<'_>) {
        // Taken out, so that the judge can hold them while the reader reads.
        let (mut problems, mut references) = (std::mem::take(&mut self.problems), std::mem::take(&mut self.references));
        let mut cited = std::mem::take(&mut self.cited);
        let n_before = problems.len();
        let label = label(record, table).into();
        let mut judge =
            Judge { text, base, label, problems: &mut problems, references: &mut references, cited: &mut cited };
        let mut fields = judge.fields(record, table, at);
        match record.kind {
            RecordKind::Corpus => self.read_corpus_table(&mut judge, &mut fields),
            RecordKind::Document => {
                let slug = self.define(&mut judge, &mut fields, record.kind);
                let document = slug.and_then(|slug| document(slug, &mut fields));
                if judge.problems.len() == n_before {
                    self.documents.extend(document);
                }
            }
            RecordKind::Entity(kind) => {
                let slug = self.define(&mut judge, &mut fields, record.kind);
                let topics = fields.take_list::<Slug>("topics");
                let entity = slug.and_then(|slug| judge.entity(kind, slug, &mut fields));
                if let Some(entity) = &entity {
                    self.add_topics(&mut judge, entity, topics, n_before);
                }
                if judge.problems.len() == n_before {
                    self.entities.extend(entity);
                }
            }
            RecordKind::Statement => {
                let statement = judge.statement(&mut fields);
                if let Some(statement) = statement.filter(|_| judge.problems.len() == n_before) {
                    self.add_statement(&mut judge, statement, &fields);
                }
            }
            RecordKind::Uncited => {
                if let Some(left_out) = uncited(&mut fields) {
                    self.uncited.push((judge.place(at), left_out));
                }
            }
            RecordKind::Part => unreachable!("a part is no table"),
        }
        self.problems = problems;
        self.references = references;
        self.cited = cited;
    }

    fn read_corpus_table(&mut self, judge: &mut Judge<'_>, fields: &mut Fields) {
        if let Some(first) = &self.corpus {
            let what = format!("the corpus is described twice, first at {}; keep one [corpus]", first.place);
            judge.problem(fields.at, what);
            return;
        }
        let place = judge.place(fields.at);
        self.corpus = Some(CorpusTable { place, name: fields.take("name"), title: fields.take("title") });
    }

    /// The record's slug, which from now on is taken.
    fn define(&mut self, judge: &mut Judge<'_>, fields: &mut Fields, kind: RecordKind) -> Option<Slug> {
        let at = fields.place_of("slug").unwrap_or(fields.at);
        let slug: Slug = fields.take("slug")?;
        let id = id_of(kind, slug.clone())?;
        if let Some(first) = self.defined.get(&id) {
            judge.problem(at, format!("the slug is taken by the record at {first}; choose another, or make them one"));
        } else {
            self.defined.insert(id, judge.place(fields.at));
        }
        Some(slug)
    }

    /// All that was read.
    pub(super) fn finish(mut self, default_name: &Slug) -> Reading {
        self.problems.sort_unstable();
        self.problems.dedup();
        let said = self.statements.iter().map(Written::place).collect();
        let (name, title) = self.corpus.map_or((None, None), |corpus| (corpus.name, corpus.title));
        let corpus = Corpus {
            name: name.unwrap_or_else(|| default_name.clone()),
            title,
            documents: self.documents,
            entities: self.entities,
            statements: self.statements.into_iter().map(Written::into_statement).collect(),
            uncited: self.uncited.iter().map(|(_, uncited)| uncited.clone()).collect(),
        };
        Reading {
            corpus,
            references: self.references,
            cited: self.cited,
            uncited: self.uncited,
            defined: self.defined,
            said,
            problems: self.problems,
        }
    }
}

/// `None` when something that it needs is missing or wrong, which has been reported.
fn document(slug: Slug, fields: &mut Fields) -> Option<Document> {
    Some(Document {
        slug,
        title: fields.take("title")?,
        publisher: fields.take("publisher"),
        published_on: fields.take("published_on"),
        url: fields.take("url"),
        sha256: fields.take("sha256"),
        file: fields.take("file"),
        interest: fields.take("interest"),
        origin: fields.take("origin"),
        provenance: None,
    })
}

fn id_of(kind: RecordKind, slug: Slug) -> Option<NodeId> {
    match kind {
        RecordKind::Document => Some(NodeId::Document(slug)),
        RecordKind::Entity(kind) => Some(NodeId::Entity(EntityKey { kind, slug })),
        RecordKind::Corpus | RecordKind::Statement | RecordKind::Uncited | RecordKind::Part => None,
    }
}

fn unknown_table(name: &str) -> String {
    let names = || TABLES.iter().map(|record| record.name);
    let what = format!("unknown table {}; ", scalar::shown(name));
    match near(name, names()) {
        Some(near) => format!("{what}did you mean `{near}`?"),
        None => format!("{what}there are {}", names().collect::<Vec<_>>().join(", ")),
    }
}

/// `claim "liver-injury-rare"`; a statement by its ends; by the kind alone where nothing names it.
fn label(record: &Record, table: &DeTable<'_>) -> String {
    let text = |key: &str| table.get(key).and_then(|value| value.get_ref().as_str());
    let name = match record.kind {
        RecordKind::Statement => match (text("subject"), text("predicate"), text("object")) {
            (Some(subject), Some(predicate), Some(object)) => {
                let parts = [subject, predicate, object].map(scalar::shown);
                return format!("{} {}", record.name, parts.map(|part| part.trim_matches('"').to_owned()).join(" "));
            }
            _ => None,
        },
        RecordKind::Corpus => text("name"),
        RecordKind::Uncited => text("document"),
        RecordKind::Document | RecordKind::Entity(_) | RecordKind::Part => text("slug"),
    };
    name.map_or_else(|| record.name.to_owned(), |name| format!("{} {}", record.name, scalar::shown(name)))
}
