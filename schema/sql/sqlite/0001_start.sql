-- What was said, and who said it. Nothing here is computed from other rows but entity_search.
--
-- Ids are text that a reader understands: an entity is 'organization/american-kratom-association', that is, its kind
-- in lower case, a slash and its slug. Closed sets are upper snake case ('RANDOMIZED_TRIAL'); the small and settled
-- ones are checked here, the others when they are read.
-- Dates are as sources give them: '2025', '2025-02' or '2025-02-14'.
-- Foreign keys between corpora are deferred: an import takes everything of a corpus out before it puts the new in.

-- "GRND": how a file is known to be ours, to us and to file(1).
PRAGMA application_id = 1196576324;

-- A set of sources, imported and replaced as a whole.
CREATE TABLE corpus (
    name        TEXT NOT NULL PRIMARY KEY,
    title       TEXT,
    imported_at TEXT NOT NULL -- the latest import, RFC 3339 in UTC
) STRICT;

-- A source text that citations point into. The text itself is not kept.
CREATE TABLE document (
    slug         TEXT NOT NULL PRIMARY KEY,
    corpus       TEXT NOT NULL REFERENCES corpus (name),
    title        TEXT NOT NULL,
    publisher    TEXT,
    published_on TEXT CHECK (length(published_on) IN (4, 7, 10)),
    url          TEXT,
    sha256       TEXT CHECK (length(sha256) = 64) -- of the bytes that the line numbers count in
) STRICT;
CREATE INDEX document_corpus ON document (corpus);

-- A vertex of the graph. It belongs to the one corpus that defines it; statements of any corpus may speak of it.
CREATE TABLE entity (
    id      TEXT NOT NULL PRIMARY KEY,
    corpus  TEXT NOT NULL REFERENCES corpus (name),
    kind    TEXT NOT NULL CHECK (kind IN ('ORGANIZATION', 'STUDY', 'LAW', 'CLAIM', 'JURISDICTION', 'TOPIC')),
    slug    TEXT NOT NULL,
    name    TEXT NOT NULL, -- of a claim: its one fixed wording
    summary TEXT,          -- in our own words
    CHECK (id = lower(kind) || '/' || slug)
) STRICT;
CREATE INDEX entity_corpus ON entity (corpus);

-- Another name or spelling of an entity.
CREATE TABLE alias (
    entity  TEXT NOT NULL REFERENCES entity (id) ON DELETE CASCADE,
    ordinal INTEGER NOT NULL, -- the order in which the corpus gives them
    alias   TEXT NOT NULL,
    PRIMARY KEY (entity, ordinal)
) STRICT;

-- A name that a register gave to an entity: DOI, PMID, bill number.
CREATE TABLE identifier (
    entity  TEXT NOT NULL REFERENCES entity (id) ON DELETE CASCADE,
    ordinal INTEGER NOT NULL,
    scheme  TEXT NOT NULL,
    value   TEXT NOT NULL,
    PRIMARY KEY (entity, ordinal)
) STRICT;
CREATE INDEX identifier_value ON identifier (scheme, value);

-- What only one kind of entity has: a row for every entity of the kind. Claims and topics have nothing of their own.
CREATE TABLE organization (
    id   TEXT NOT NULL PRIMARY KEY CHECK (id LIKE 'organization/%') REFERENCES entity (id) ON DELETE CASCADE,
    type TEXT NOT NULL
) STRICT;

CREATE TABLE study (
    id         TEXT NOT NULL PRIMARY KEY CHECK (id LIKE 'study/%') REFERENCES entity (id) ON DELETE CASCADE,
    design     TEXT NOT NULL,
    status     TEXT NOT NULL,
    year       INTEGER CHECK (year BETWEEN -9999 AND 9999), -- of publication
    identified INTEGER NOT NULL CHECK (identified IN (0, 1)) -- 0: a source speaks of it but does not name it
) STRICT;

CREATE TABLE law (
    id   TEXT NOT NULL PRIMARY KEY CHECK (id LIKE 'law/%') REFERENCES entity (id) ON DELETE CASCADE,
    type TEXT NOT NULL
) STRICT;

CREATE TABLE jurisdiction (
    id     TEXT NOT NULL PRIMARY KEY CHECK (id LIKE 'jurisdiction/%') REFERENCES entity (id) ON DELETE CASCADE,
    type   TEXT NOT NULL,
    parent TEXT REFERENCES jurisdiction (id) DEFERRABLE INITIALLY DEFERRED -- what it is a part of
) STRICT;
CREATE INDEX jurisdiction_parent ON jurisdiction (parent);

-- Something that happened to a law. The status of a law is computed from these and kept nowhere.
CREATE TABLE law_event (
    id          TEXT NOT NULL PRIMARY KEY, -- the law, '#' and the ordinal
    law         TEXT NOT NULL REFERENCES law (id) ON DELETE CASCADE,
    ordinal     INTEGER NOT NULL,
    kind        TEXT NOT NULL,
    happened_on TEXT CHECK (length(happened_on) IN (4, 7, 10)),
    as_of       TEXT CHECK (length(as_of) IN (4, 7, 10)), -- where only this is known: it had happened by then
    note        TEXT,
    UNIQUE (law, ordinal)
) STRICT;

-- A mark that a publisher put on a study after its publication.
CREATE TABLE study_notice (
    id      TEXT NOT NULL PRIMARY KEY, -- the study, '#' and the ordinal
    study   TEXT NOT NULL REFERENCES study (id) ON DELETE CASCADE,
    ordinal INTEGER NOT NULL,
    kind    TEXT NOT NULL CHECK (kind IN ('RETRACTION', 'EXPRESSION_OF_CONCERN', 'CORRECTION')),
    put_on  TEXT CHECK (length(put_on) IN (4, 7, 10)),
    note    TEXT,
    UNIQUE (study, ordinal)
) STRICT;

-- An edge of the graph: subject, predicate, object. It belongs to no corpus: the same thing said in two corpora is one
-- row with citations of both, and it goes when its last citation does. An import that leaves one uncited is refused.
CREATE TABLE statement (
    id         TEXT NOT NULL PRIMARY KEY CHECK (length(id) = 32), -- hash of the columns down to venue
    subject    TEXT NOT NULL REFERENCES entity (id) DEFERRABLE INITIALLY DEFERRED,
    predicate  TEXT NOT NULL,
    object     TEXT NOT NULL REFERENCES entity (id) DEFERRABLE INITIALLY DEFERRED,
    aspect     TEXT CHECK (aspect LIKE 'topic/%') REFERENCES entity (id) DEFERRABLE INITIALLY DEFERRED,
    said_on    TEXT CHECK (length(said_on) IN (4, 7, 10)), -- "on" wherever the word is free
    held_from  TEXT CHECK (length(held_from) IN (4, 7, 10)),
    held_until TEXT CHECK (length(held_until) IN (4, 7, 10)),
    condition  TEXT,
    venue      TEXT,
    -- The columns above identify the statement; those below do not, and all corpora that cite it agree on them.
    voice      TEXT CHECK (voice IN ('OFFICIAL', 'SPOKESPERSON', 'MEMBER', 'UNCLEAR')),
    basis      TEXT NOT NULL CHECK (basis IN ('STATED', 'INFERRED')), -- INFERRED: we conclude it; never counts as said
    certainty  TEXT CHECK (certainty IN ('HIGH', 'MODERATE', 'LOW', 'VERY_LOW')), -- of our reading, not of the source
    note       TEXT
) STRICT;
CREATE INDEX statement_subject ON statement (subject);
CREATE INDEX statement_object ON statement (object);
CREATE INDEX statement_aspect ON statement (aspect) WHERE aspect IS NOT NULL;

-- A place in a document, cited by a corpus for exactly one thing: a statement, an entity that the document mentions, an
-- event of a law or a notice on a study. Two corpora may cite the same place for the same thing.
CREATE TABLE citation (
    corpus       TEXT NOT NULL REFERENCES corpus (name),
    statement    TEXT REFERENCES statement (id) DEFERRABLE INITIALLY DEFERRED,
    entity       TEXT REFERENCES entity (id) DEFERRABLE INITIALLY DEFERRED,
    law_event    TEXT REFERENCES law_event (id) DEFERRABLE INITIALLY DEFERRED,
    study_notice TEXT REFERENCES study_notice (id) DEFERRABLE INITIALLY DEFERRED,
    document     TEXT NOT NULL REFERENCES document (slug) DEFERRABLE INITIALLY DEFERRED,
    direction    TEXT NOT NULL CHECK (direction IN ('SUPPORTS', 'DISPUTES', 'MENTIONS')), -- the document's attitude
    quote        TEXT, -- the document's own words, where short and worth it
    -- Where in the document; NULL is the document as a whole. Each kind has its own columns below.
    locator      TEXT CHECK (locator IN ('LINES', 'PAGES', 'SECTION', 'FRAGMENT')),
    line_start   INTEGER CHECK (line_start >= 1),
    line_end     INTEGER CHECK (line_end >= line_start),
    anchor       TEXT, -- a few exact words of the lines, to find them again when the document was edited
    page_start   INTEGER CHECK (page_start >= 1),
    page_end     INTEGER CHECK (page_end >= page_start),
    section      TEXT, -- its title
    fragment     TEXT, -- as after '#' in an address
    CHECK (
        (statement IS NOT NULL) + (entity IS NOT NULL) + (law_event IS NOT NULL) + (study_notice IS NOT NULL) = 1
    ),
    CHECK (
        (locator IS NOT DISTINCT FROM 'LINES') = (line_start IS NOT NULL)
        AND (line_start IS NULL) = (line_end IS NULL)
        AND (anchor IS NULL OR line_start IS NOT NULL)
    ),
    CHECK (
        (locator IS NOT DISTINCT FROM 'PAGES') = (page_start IS NOT NULL)
        AND (page_start IS NULL) = (page_end IS NULL)
    ),
    CHECK ((locator IS NOT DISTINCT FROM 'SECTION') = (section IS NOT NULL)),
    CHECK ((locator IS NOT DISTINCT FROM 'FRAGMENT') = (fragment IS NOT NULL))
) STRICT;
CREATE INDEX citation_corpus ON citation (corpus);
CREATE INDEX citation_document ON citation (document);
CREATE INDEX citation_statement ON citation (statement, document) WHERE statement IS NOT NULL;
CREATE INDEX citation_entity ON citation (entity, document) WHERE entity IS NOT NULL;
CREATE INDEX citation_law_event ON citation (law_event) WHERE law_event IS NOT NULL;
CREATE INDEX citation_study_notice ON citation (study_notice) WHERE study_notice IS NOT NULL;

-- The log of writes. One row is one transaction, so its number names a state of the whole.
CREATE TABLE revision (
    number INTEGER NOT NULL PRIMARY KEY,
    at     TEXT NOT NULL, -- RFC 3339 in UTC
    actor  TEXT NOT NULL,
    action TEXT NOT NULL CHECK (action IN ('IMPORT'))
) STRICT;

-- What a corpus brought in a revision. The log outlives what it tells of: no foreign key to corpus.
CREATE TABLE revision_corpus (
    revision     INTEGER NOT NULL REFERENCES revision (number),
    corpus       TEXT NOT NULL,
    n_documents  INTEGER NOT NULL,
    n_entities   INTEGER NOT NULL,
    n_statements INTEGER NOT NULL,
    n_citations  INTEGER NOT NULL, -- of statements, entities, events and notices together
    PRIMARY KEY (revision, corpus)
) STRICT;

CREATE TRIGGER revision_is_not_changed BEFORE UPDATE ON revision
BEGIN SELECT RAISE(ABORT, 'the revision log is append-only'); END;
CREATE TRIGGER revision_is_not_deleted BEFORE DELETE ON revision
BEGIN SELECT RAISE(ABORT, 'the revision log is append-only'); END;
CREATE TRIGGER revision_corpus_is_not_changed BEFORE UPDATE ON revision_corpus
BEGIN SELECT RAISE(ABORT, 'the revision log is append-only'); END;
CREATE TRIGGER revision_corpus_is_not_deleted BEFORE DELETE ON revision_corpus
BEGIN SELECT RAISE(ABORT, 'the revision log is append-only'); END;

-- The full-text index: one row an entity, written by the import, without control characters.
CREATE VIRTUAL TABLE entity_search USING fts5 (
    id UNINDEXED,
    kind UNINDEXED,
    name,
    aliases, -- one a line
    summary,
    -- The words of name and aliases, each with a 0 behind it. The 0 keeps the stemmer off: "association" is indexed as
    -- "associ" above, so that "associatio", half typed, would find nothing there; here it does.
    typed,
    tokenize = 'porter unicode61 remove_diacritics 2'
);
