-- How a corpus stands to the texts of its documents, as far as they were at hand when it was imported.

ALTER TABLE document ADD COLUMN file TEXT; -- the name of the file with the text, for a curator's tools
ALTER TABLE document ADD COLUMN interest TEXT; -- what its publisher or author gains by what it says

-- A document that was held against its text. Lines are those that are not blank.
CREATE TABLE document_provenance (
    document        TEXT NOT NULL PRIMARY KEY REFERENCES document (slug) DEFERRABLE INITIALLY DEFERRED,
    is_same_text    INTEGER NOT NULL CHECK (is_same_text IN (0, 1)), -- byte for byte
    n_lines         INTEGER NOT NULL,
    n_lines_cited   INTEGER NOT NULL,
    n_lines_uncited INTEGER NOT NULL, -- told to hold nothing to cite
    n_verified      INTEGER NOT NULL, -- citations by outcome
    n_moved         INTEGER NOT NULL,
    n_altered       INTEGER NOT NULL,
    n_missing       INTEGER NOT NULL
) STRICT;

-- Lines of a document that nothing rests on, and why.
CREATE TABLE uncited (
    document   TEXT NOT NULL REFERENCES document (slug) DEFERRABLE INITIALLY DEFERRED,
    corpus     TEXT NOT NULL REFERENCES corpus (name),
    line_start INTEGER NOT NULL CHECK (line_start >= 1),
    line_end   INTEGER NOT NULL CHECK (line_end >= line_start),
    reason     TEXT NOT NULL,
    note       TEXT
) STRICT;
CREATE INDEX uncited_document ON uncited (document);

-- What became of a citation when it was held against the text; NULL where the text was not at hand.
ALTER TABLE citation ADD COLUMN verification TEXT
    CHECK (verification IN ('VERIFIED', 'MOVED', 'ALTERED', 'MISSING'));
-- Where the anchor's words stand, when they have moved.
ALTER TABLE citation ADD COLUMN found_start INTEGER CHECK (found_start >= 1);
ALTER TABLE citation ADD COLUMN found_end INTEGER CHECK (found_end >= found_start);
