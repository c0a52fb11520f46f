"""The tables of the ledger. A change here is a new ``VERSION``."""

from __future__ import annotations

VERSION = 1

TABLES = """
CREATE TABLE about (key TEXT PRIMARY KEY, value NOT NULL) WITHOUT ROWID;

CREATE TABLE inputs (
    base            PRIMARY KEY,                -- the output name below OUT, without the suffix of a format
    name            NOT NULL,                   -- the input name below what was asked for
    place           NOT NULL,                   -- its absolute path or URL
    state           TEXT NOT NULL CHECK (state IN ('waiting', 'running', 'ok', 'partial', 'failed')),
    attempts        INTEGER NOT NULL DEFAULT 0, -- how often it was begun, in all runs
    sha256          TEXT,
    bytes           INTEGER,
    error           TEXT,                       -- the code of the error
    details         TEXT,                       -- what its sentence names, as JSON
    seconds         REAL,
    pages           INTEGER,
    converted       INTEGER,
    failed          INTEGER,
    skipped         INTEGER,
    engine          TEXT,                       -- what read it: text-layer, or OCR engines
    infos           INTEGER NOT NULL DEFAULT 0, -- findings of each severity
    warnings        INTEGER NOT NULL DEFAULT 0,
    errors          INTEGER NOT NULL DEFAULT 0,
    version         TEXT,                       -- of hokoku
    settings        TEXT,                       -- those that can change the result, as JSON
    limits          TEXT,                       -- those that can end the reading early, as JSON
    finished        TEXT,                       -- when, ISO 8601
    CHECK (pages = converted + failed + skipped)
);

CREATE TABLE outputs (
    name   PRIMARY KEY,                         -- below OUT
    base   NOT NULL REFERENCES inputs (base) ON DELETE CASCADE,
    sha256 TEXT NOT NULL,
    bytes  INTEGER NOT NULL
);

CREATE TABLE others (                           -- what the input folders held besides
    place   PRIMARY KEY NOT NULL,
    error   TEXT,                               -- why it is refused; null for a file that is merely no document
    details TEXT
) WITHOUT ROWID;

CREATE INDEX outputs_of ON outputs (base);
"""
