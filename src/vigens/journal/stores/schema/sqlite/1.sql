-- Journal database, version 1. Rows are only ever added; the triggers see to it.
CREATE TABLE entry (
    position INTEGER PRIMARY KEY CHECK (position > 0), -- place in the log, from 1
    id TEXT NOT NULL UNIQUE CHECK (length(id) = 64),
    kind TEXT NOT NULL,
    recorded_us INTEGER NOT NULL,  -- recorded_at, UTC microseconds
    happened_first INTEGER,        -- earliest instant, UTC seconds; null: not given;
    happened_last INTEGER,         -- an open end is the least or greatest int64
    known_first INTEGER,           -- as happened; null: known when recorded
    known_last INTEGER,
    body TEXT NOT NULL             -- the whole entry, as its line of text
) STRICT;

CREATE TABLE setting (
    name TEXT PRIMARY KEY NOT NULL,
    value TEXT NOT NULL
) STRICT;

CREATE TRIGGER entry_is_added_at_the_end BEFORE INSERT ON entry
WHEN NEW.position <> (SELECT ifnull(max(position), 0) + 1 FROM entry)
    OR EXISTS (SELECT 1 FROM entry WHERE id = NEW.id)
BEGIN
    SELECT raise(ABORT, 'the journal is append-only: entries are added at the end');
END;

CREATE TRIGGER entry_is_never_changed BEFORE UPDATE ON entry
BEGIN
    SELECT raise(ABORT, 'the journal is append-only: an entry is never changed');
END;

CREATE TRIGGER entry_is_never_deleted BEFORE DELETE ON entry
BEGIN
    SELECT raise(ABORT, 'the journal is append-only: an entry is never deleted');
END;

CREATE TRIGGER setting_is_never_changed BEFORE UPDATE ON setting
BEGIN
    SELECT raise(ABORT, 'a setting of the journal is never changed');
END;

CREATE TRIGGER setting_is_never_deleted BEFORE DELETE ON setting
BEGIN
    SELECT raise(ABORT, 'a setting of the journal is never deleted');
END;
