-- A name for where a document's words come from; documents of one origin are one source. NULL: from itself.
ALTER TABLE document ADD COLUMN origin TEXT;
