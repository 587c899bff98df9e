-- Journal database, version 3. Rows are only ever added; the triggers see to it. The
-- one exception is redaction, which empties a row and leaves its hashes and place.
CREATE TABLE entry (
    position INTEGER PRIMARY KEY CHECK (position > 0), -- place in the log, from 1
    id TEXT NOT NULL CHECK (length(id) = 64), -- once: the trigger below sees to it
    kind TEXT NOT NULL,
    recorded_us INTEGER NOT NULL,  -- recorded_at, UTC microseconds
    happened_first INTEGER,        -- earliest instant, UTC seconds; null: not given;
    happened_last INTEGER,         -- an open end is the least or greatest int64
    known_first INTEGER,           -- as happened; null: known when recorded
    known_last INTEGER,
    marks TEXT NOT NULL,           -- list of texts, in JSON
    key BLOB CHECK (length(key) = 32),                -- random; null: redacted
    leaf BLOB NOT NULL CHECK (length(leaf) = 32),     -- in the log `all`
    body TEXT,                     -- the whole entry, as its line; null: redacted
    CHECK ((key IS NULL) = (body IS NULL))
) STRICT;

-- Twelve digits find an entry; the rest of its id is compared. An index of whole ids
-- would be three times the size, and each entry of a commit falls on another page of it.
-- Where it is asked, the whole id is compared as `+id`: SQLite would else put the value
-- in the place of `id` everywhere, and find no index for that.
CREATE INDEX entry_by_id ON entry (substr(id, 1, 12));

-- The log of each mark holds the entries that bear it. The log `all` is `entry`.
CREATE TABLE leaf (
    log TEXT NOT NULL,
    number INTEGER NOT NULL CHECK (number > 0),       -- place in this log, from 1
    position INTEGER NOT NULL REFERENCES entry,       -- rises with the number
    hash BLOB NOT NULL CHECK (length(hash) = 32),
    PRIMARY KEY (log, number)
) STRICT, WITHOUT ROWID;

-- How each log stood after each commit that made it longer.
CREATE TABLE head (
    log TEXT NOT NULL,
    size INTEGER NOT NULL CHECK (size > 0),
    root BLOB NOT NULL CHECK (length(root) = 32),
    frontier BLOB NOT NULL,        -- right edge of the tree: all that appending needs
    recorded_us INTEGER NOT NULL,
    PRIMARY KEY (log, size)
) STRICT, WITHOUT ROWID;

CREATE TABLE signed_head (
    log TEXT NOT NULL,
    size INTEGER NOT NULL,
    key_id TEXT NOT NULL,
    body TEXT NOT NULL,            -- the head with its signature, in JSON
    PRIMARY KEY (log, size, key_id),
    FOREIGN KEY (log, size) REFERENCES head
) STRICT, WITHOUT ROWID;

-- Which entry was redacted, and the entry that says by whom and why.
CREATE TABLE redaction (
    position INTEGER PRIMARY KEY REFERENCES entry,
    fact TEXT NOT NULL             -- id of that entry
) STRICT;

CREATE TABLE setting (
    name TEXT PRIMARY KEY NOT NULL,
    value TEXT NOT NULL
) STRICT;

CREATE TRIGGER entry_is_added_at_the_end BEFORE INSERT ON entry
WHEN NEW.position <> (SELECT ifnull(max(position), 0) + 1 FROM entry)
    OR EXISTS (
        SELECT 1 FROM entry
        WHERE substr(id, 1, 12) = substr(NEW.id, 1, 12) AND +id = NEW.id
    )
BEGIN
    SELECT raise(ABORT, 'the journal is append-only: entries are added at the end');
END;

CREATE TRIGGER entry_is_only_redacted BEFORE UPDATE ON entry
WHEN NEW.body IS NOT NULL
    OR NEW.key IS NOT NULL
    OR NEW.happened_first IS NOT NULL
    OR NEW.happened_last IS NOT NULL
    OR NEW.known_first IS NOT NULL
    OR NEW.known_last IS NOT NULL
    OR NEW.position <> OLD.position
    OR NEW.id <> OLD.id
    OR NEW.kind <> OLD.kind
    OR NEW.recorded_us <> OLD.recorded_us
    OR NEW.marks <> OLD.marks
    OR NEW.leaf <> OLD.leaf
    OR NOT EXISTS (SELECT 1 FROM redaction WHERE position = OLD.position)
BEGIN
    SELECT raise(ABORT, 'the journal is append-only: an entry is never changed');
END;

CREATE TRIGGER entry_is_never_deleted BEFORE DELETE ON entry
BEGIN
    SELECT raise(ABORT, 'the journal is append-only: an entry is never deleted');
END;

CREATE TRIGGER leaf_is_added_at_the_end BEFORE INSERT ON leaf
WHEN NEW.number <> (
        SELECT ifnull(max(number), 0) + 1 FROM leaf WHERE log = NEW.log
    )
    OR NEW.position <= (
        SELECT position FROM leaf WHERE log = NEW.log ORDER BY number DESC LIMIT 1
    )
BEGIN
    SELECT raise(ABORT, 'a log is append-only: leaves are added at the end');
END;

CREATE TRIGGER leaf_is_never_changed BEFORE UPDATE ON leaf
BEGIN
    SELECT raise(ABORT, 'a log is append-only: a leaf is never changed');
END;

CREATE TRIGGER leaf_is_never_deleted BEFORE DELETE ON leaf
BEGIN
    SELECT raise(ABORT, 'a log is append-only: a leaf is never deleted');
END;

CREATE TRIGGER head_is_added_at_the_end BEFORE INSERT ON head
WHEN NEW.size <= (SELECT ifnull(max(size), 0) FROM head WHERE log = NEW.log)
BEGIN
    SELECT raise(ABORT, 'a log only grows: a head is larger than the last one');
END;

CREATE TRIGGER head_is_never_changed BEFORE UPDATE ON head
BEGIN
    SELECT raise(ABORT, 'a log is append-only: a head is never changed');
END;

CREATE TRIGGER head_is_never_deleted BEFORE DELETE ON head
BEGIN
    SELECT raise(ABORT, 'a log is append-only: a head is never deleted');
END;

CREATE TRIGGER signature_is_added BEFORE INSERT ON signed_head
WHEN EXISTS (
        SELECT 1 FROM signed_head
        WHERE log = NEW.log AND size = NEW.size AND key_id = NEW.key_id
    )
    OR NOT EXISTS (SELECT 1 FROM head WHERE log = NEW.log AND size = NEW.size)
BEGIN
    SELECT raise(ABORT, 'a signature is of a head, and is given once by a key');
END;

CREATE TRIGGER signature_is_never_changed BEFORE UPDATE ON signed_head
BEGIN
    SELECT raise(ABORT, 'a signature is never changed');
END;

CREATE TRIGGER signature_is_never_deleted BEFORE DELETE ON signed_head
BEGIN
    SELECT raise(ABORT, 'a signature is never deleted');
END;

CREATE TRIGGER redaction_rests_on_a_fact BEFORE INSERT ON redaction
WHEN EXISTS (SELECT 1 FROM redaction WHERE position = NEW.position)
    OR NOT EXISTS (SELECT 1 FROM entry WHERE position = NEW.position)
    OR NOT EXISTS (
        SELECT 1 FROM entry
        WHERE substr(id, 1, 12) = substr(NEW.fact, 1, 12) AND +id = NEW.fact
            AND kind = 'redaction'
    )
BEGIN
    SELECT raise(ABORT, 'a redaction rests on an entry of that kind, once for each');
END;

CREATE TRIGGER redaction_is_never_changed BEFORE UPDATE ON redaction
BEGIN
    SELECT raise(ABORT, 'a redaction is never changed');
END;

CREATE TRIGGER redaction_is_never_deleted BEFORE DELETE ON redaction
BEGIN
    SELECT raise(ABORT, 'a redaction is never undone');
END;

CREATE TRIGGER setting_is_added BEFORE INSERT ON setting
WHEN EXISTS (SELECT 1 FROM setting WHERE name = NEW.name)
BEGIN
    SELECT raise(ABORT, 'a setting of the journal is never changed');
END;

CREATE TRIGGER setting_is_never_changed BEFORE UPDATE ON setting
BEGIN
    SELECT raise(ABORT, 'a setting of the journal is never changed');
END;

CREATE TRIGGER setting_is_never_deleted BEFORE DELETE ON setting
BEGIN
    SELECT raise(ABORT, 'a setting of the journal is never deleted');
END;
