-- A journal of version 2, as the first release made it.
-- Journal in PostgreSQL, version 2, the first there is: the tables of the SQLite
-- schema of that number, in a schema of their own. Rows are only ever added; triggers
-- see to it for everybody, privileges for everybody but the owner.
CREATE SCHEMA vigens;
REVOKE ALL ON SCHEMA vigens FROM PUBLIC;

CREATE TABLE vigens.schema_version (
    version integer PRIMARY KEY,
    laid_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE vigens.setting (
    name text COLLATE "C" PRIMARY KEY,
    value text NOT NULL
);

CREATE TABLE vigens.entry (
    position bigint PRIMARY KEY CHECK (position > 0), -- place in the log, from 1
    id text COLLATE "C" NOT NULL UNIQUE CHECK (length(id) = 64),
    kind text COLLATE "C" NOT NULL,
    recorded_us bigint NOT NULL, -- recorded_at, UTC microseconds
    happened_first bigint,       -- earliest instant, UTC seconds; null: not given;
    happened_last bigint,        -- an open end is the least or greatest int64
    known_first bigint,          -- as happened; null: known when recorded
    known_last bigint,
    marks text NOT NULL,         -- a list in JSON
    key bytea CHECK (length(key) = 32),           -- secret; null once redacted
    leaf bytea NOT NULL CHECK (length(leaf) = 32), -- in the log of all, at position - 1
    body text,                   -- the whole entry, as its line of text; null once redacted
    CHECK ((key IS NULL) = (body IS NULL))
);

CREATE TABLE vigens.leaf (       -- the logs of marks; the log of all is `entry.leaf`
    log text COLLATE "C" NOT NULL,
    number bigint NOT NULL CHECK (number > 0), -- place in that log, from 1
    position bigint NOT NULL,                  -- a foreign key would cost as much as
    hash bytea NOT NULL CHECK (length(hash) = 32), -- the rows: the trigger checks it
    PRIMARY KEY (log, number),
    UNIQUE (log, position)
);

CREATE TABLE vigens.head (       -- how a log stood after each commit that touched it
    log text COLLATE "C" NOT NULL,
    size bigint NOT NULL CHECK (size > 0),
    root bytea NOT NULL CHECK (length(root) = 32),
    frontier bytea NOT NULL,
    recorded_us bigint NOT NULL,
    PRIMARY KEY (log, size)
);

CREATE TABLE vigens.signed_head (
    log text COLLATE "C" NOT NULL,
    size bigint NOT NULL,
    key_id text COLLATE "C" NOT NULL,
    body text NOT NULL,          -- the signed head, in JSON
    PRIMARY KEY (log, size, key_id),
    FOREIGN KEY (log, size) REFERENCES vigens.head
);

CREATE TABLE vigens.redaction (  -- which entries lost their payload, and by which fact
    position bigint PRIMARY KEY REFERENCES vigens.entry,
    fact text COLLATE "C" NOT NULL REFERENCES vigens.entry (id)
);

CREATE TABLE vigens.backup (     -- which backups were made; they hold what was here then
    number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    path text NOT NULL,
    host text NOT NULL,
    made_at text NOT NULL,       -- as recorded_at is written
    size bigint NOT NULL
);

-- One writer at a time gives the one order. A sequence would be none: its numbers
-- become visible in the order of the commits. Whoever adds entries holds this lock to
-- the end of the transaction, the store from its beginning.
CREATE FUNCTION vigens.take_turn() RETURNS void
LANGUAGE sql SET search_path = pg_catalog, pg_temp
AS $$ SELECT pg_advisory_xact_lock(1447642963) $$; -- "VIGS"

CREATE FUNCTION vigens.before_adding() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    PERFORM vigens.take_turn();
    PERFORM set_config(
        'vigens.last', (SELECT coalesce(max(position), 0)::text FROM vigens.entry), true
    );
    RETURN NULL;
END $$;

CREATE FUNCTION vigens.after_adding() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    before bigint := current_setting('vigens.last')::bigint;
    added bigint;
    last bigint;
BEGIN
    SELECT count(*), coalesce(max(position), before) INTO added, last
    FROM vigens.entry WHERE position > before;
    IF last <> before + added THEN
        RAISE EXCEPTION 'the journal is append-only: entries are added at the end'
            USING ERRCODE = 'VG001';
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER entry_before_adding BEFORE INSERT ON vigens.entry
    FOR EACH STATEMENT EXECUTE FUNCTION vigens.before_adding();
CREATE TRIGGER entry_is_added_at_the_end AFTER INSERT ON vigens.entry
    FOR EACH STATEMENT EXECUTE FUNCTION vigens.after_adding();

-- Each log goes on where it ended, in the order of the entries.
CREATE FUNCTION vigens.after_adding_leaves() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    IF EXISTS (
        SELECT
        FROM (
            SELECT log, min(number) AS first, max(number) AS last, count(*) AS added,
                min(position) AS lowest
            FROM added GROUP BY log
        ) AS part
        LEFT JOIN LATERAL (
            SELECT number, position FROM vigens.leaf
            WHERE leaf.log = part.log AND leaf.number < part.first
            ORDER BY number DESC LIMIT 1
        ) AS before ON true
        WHERE last - first + 1 <> part.added
            OR first <> coalesce(before.number, 0) + 1
            OR lowest <= coalesce(before.position, 0)
    ) OR EXISTS (
        SELECT
        FROM (
            SELECT position, lag(position) OVER (PARTITION BY log ORDER BY number) AS before
            FROM added
        ) AS step
        WHERE position <= before
    ) OR EXISTS (
        SELECT FROM added
        WHERE NOT EXISTS (SELECT FROM vigens.entry WHERE entry.position = added.position)
    ) THEN
        RAISE EXCEPTION 'a log is append-only: leaves are added at the end'
            USING ERRCODE = 'VG001';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER leaf_is_added_at_the_end AFTER INSERT ON vigens.leaf
    REFERENCING NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION vigens.after_adding_leaves();

CREATE FUNCTION vigens.before_adding_head() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    IF NEW.size <= (SELECT max(size) FROM vigens.head WHERE log = NEW.log) THEN
        RAISE EXCEPTION 'a log only grows: a head is larger than the last one'
            USING ERRCODE = 'VG001';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER head_is_added_at_the_end BEFORE INSERT ON vigens.head
    FOR EACH ROW EXECUTE FUNCTION vigens.before_adding_head();

CREATE FUNCTION vigens.never() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    RAISE EXCEPTION 'the journal is append-only: a row of % is never changed or deleted',
        TG_TABLE_NAME USING ERRCODE = 'VG001';
END $$;

-- The one change there is: a redaction takes what was said and when, and leaves the
-- hash, where a fact recorded in this journal says so.
CREATE FUNCTION vigens.only_redacted() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    IF (NEW.position, NEW.id, NEW.kind, NEW.recorded_us, NEW.marks, NEW.leaf)
            IS DISTINCT FROM
            (OLD.position, OLD.id, OLD.kind, OLD.recorded_us, OLD.marks, OLD.leaf)
        OR NEW.body IS NOT NULL OR NEW.key IS NOT NULL
        OR NEW.happened_first IS NOT NULL OR NEW.happened_last IS NOT NULL
        OR NEW.known_first IS NOT NULL OR NEW.known_last IS NOT NULL
        OR NOT EXISTS (
            SELECT FROM vigens.redaction WHERE position = OLD.position
        )
    THEN
        RAISE EXCEPTION 'the journal is append-only: an entry is never changed'
            USING ERRCODE = 'VG001';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER entry_is_never_changed BEFORE UPDATE ON vigens.entry
    FOR EACH ROW EXECUTE FUNCTION vigens.only_redacted();
CREATE TRIGGER entry_is_never_deleted BEFORE DELETE OR TRUNCATE ON vigens.entry
    FOR EACH STATEMENT EXECUTE FUNCTION vigens.never();
CREATE TRIGGER setting_is_never_changed
    BEFORE UPDATE OR DELETE OR TRUNCATE ON vigens.setting
    FOR EACH STATEMENT EXECUTE FUNCTION vigens.never();
CREATE TRIGGER schema_version_is_never_changed
    BEFORE UPDATE OR DELETE OR TRUNCATE ON vigens.schema_version
    FOR EACH STATEMENT EXECUTE FUNCTION vigens.never();
CREATE TRIGGER leaf_is_never_changed
    BEFORE UPDATE OR DELETE OR TRUNCATE ON vigens.leaf
    FOR EACH STATEMENT EXECUTE FUNCTION vigens.never();
CREATE TRIGGER head_is_never_changed
    BEFORE UPDATE OR DELETE OR TRUNCATE ON vigens.head
    FOR EACH STATEMENT EXECUTE FUNCTION vigens.never();
CREATE TRIGGER signed_head_is_never_changed
    BEFORE UPDATE OR DELETE OR TRUNCATE ON vigens.signed_head
    FOR EACH STATEMENT EXECUTE FUNCTION vigens.never();
CREATE TRIGGER backup_is_never_changed
    BEFORE UPDATE OR DELETE OR TRUNCATE ON vigens.backup
    FOR EACH STATEMENT EXECUTE FUNCTION vigens.never();
CREATE TRIGGER redaction_is_never_changed
    BEFORE UPDATE OR DELETE OR TRUNCATE ON vigens.redaction
    FOR EACH STATEMENT EXECUTE FUNCTION vigens.never();

-- What a writer calls to redact: it may neither update nor add to `redaction` itself.
-- The fact is an entry of kind `redaction` that points at the entry, and a person other
-- than its author has confirmed it.
CREATE FUNCTION vigens.redact(target bigint, by_fact text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    PERFORM vigens.take_turn();
    IF NOT EXISTS (
        SELECT
        FROM vigens.entry AS fact, vigens.entry AS said
        WHERE fact.id = by_fact AND fact.kind = 'redaction' AND said.position = target
            AND said.id IN (
                SELECT json_array_elements_text(fact.body::json -> 'about')
            )
            AND EXISTS (
                SELECT FROM vigens.entry AS second
                WHERE second.kind = 'confirmation' AND second.position > fact.position
                    AND second.body::json ->> 'recorded_by'
                        <> fact.body::json ->> 'recorded_by'
                    AND fact.id IN (
                        SELECT json_array_elements_text(second.body::json -> 'about')
                    )
            )
    ) THEN
        RAISE EXCEPTION 'no redaction of this entry is recorded and confirmed'
            USING ERRCODE = 'VG002';
    END IF;
    INSERT INTO vigens.redaction VALUES (target, by_fact) ON CONFLICT DO NOTHING;
    UPDATE vigens.entry SET body = NULL, key = NULL, happened_first = NULL,
        happened_last = NULL, known_first = NULL, known_last = NULL
    WHERE position = target AND body IS NOT NULL;
END $$;
REVOKE ALL ON FUNCTION vigens.redact(bigint, text) FROM PUBLIC;

INSERT INTO vigens.setting VALUES ('zone', 'Europe/Kyiv');
INSERT INTO vigens.schema_version (version) VALUES (2);
INSERT INTO vigens.entry VALUES (1, '10761bf1132a0055041a1b7fe5c9bef3e8e583b21e22686e7e984b67cc6cab7a', 'note', 1772960401123456, 1767218400, 1769896799, NULL, NULL, '["UA","public"]', '\xd59e4660775e0b2ebcc64f8e1faed5d925702df85fb700ff646de7a66820e6bb', '\x811371119e65471b85158d54426812d38142764b5bb2486460acc885e9cf9cac', '{"id":"10761bf1132a0055041a1b7fe5c9bef3e8e583b21e22686e7e984b67cc6cab7a","format":1,"kind":"note","payload":{"text":"Перший"},"happened":"2026-01","known_from":null,"recorded_at":"2026-03-08T09:00:01.123456Z","recorded_by":"anna","sources":[],"marks":["UA","public"],"rectifies":null,"supersedes":null,"about":[]}');
INSERT INTO vigens.entry VALUES (2, 'fe5fef12018c1cb3d6bfbd70fe8f05ca31a42e59f217cc334adfb132ab71d078', 'note', 1772960401123456, NULL, NULL, NULL, NULL, '[]', NULL, '\xca0d22413e48e6e986f7c501215d05a6b20397db1780f9409e2fc18efc10bf93', NULL);
INSERT INTO vigens.entry VALUES (3, '10371ce3e92b2f320112320f0fbedea79be659af85c33b5435a9f5670eb2c627', 'note', 1772960402123456, NULL, NULL, NULL, NULL, '[]', '\xda4130317a4b769785b61cf2784e4a2d490bbc32b01fd37b8046f8e9b6418b12', '\xbe745eeb0226a7d8b258660614d96e5a5d906bcc193e533b622e5c8476983f9d', '{"id":"10371ce3e92b2f320112320f0fbedea79be659af85c33b5435a9f5670eb2c627","format":1,"kind":"note","payload":{"text":"mended"},"happened":null,"known_from":null,"recorded_at":"2026-03-08T09:00:02.123456Z","recorded_by":"boris","sources":[],"marks":[],"rectifies":"10761bf1132a0055041a1b7fe5c9bef3e8e583b21e22686e7e984b67cc6cab7a","supersedes":null,"about":[]}');
INSERT INTO vigens.entry VALUES (4, '8b10cdd80900ae5ebb2a74c751af8a020a2f54e6d63bff412505caec296e4062', 'redaction', 1772960403123456, NULL, NULL, NULL, NULL, '[]', '\xf5a4315b1d0d3777afa4a5cb6c797e5bbf2393997987923fce55cb17ec920040', '\x231787e441c5d22e0bfe767da33fac2af36890ce18dacbefe6b70e519d4c4d38', '{"id":"8b10cdd80900ae5ebb2a74c751af8a020a2f54e6d63bff412505caec296e4062","format":1,"kind":"redaction","payload":{"reason":"law","stub":{"about":[],"kind":"note","marks":[],"recorded_at":"2026-03-08T09:00:01.123456Z","rectifies":null,"supersedes":null}},"happened":null,"known_from":null,"recorded_at":"2026-03-08T09:00:03.123456Z","recorded_by":"anna","sources":[],"marks":[],"rectifies":null,"supersedes":null,"about":["fe5fef12018c1cb3d6bfbd70fe8f05ca31a42e59f217cc334adfb132ab71d078"]}');
INSERT INTO vigens.entry VALUES (5, '2e3e229e918c76ff4320b945a88b3a1ad0884b3b408472a7b434b8169e33476e', 'confirmation', 1772960404123456, NULL, NULL, NULL, NULL, '[]', '\xe6310120496e8b003b6636ec328e3b7bdf6469629af0f1ffe0343c0d8ad8414a', '\x2bc4f2f8b9372318e543c056553ca38eaeb79f1cf1e776bdaf44d9544bf1a39a', '{"id":"2e3e229e918c76ff4320b945a88b3a1ad0884b3b408472a7b434b8169e33476e","format":1,"kind":"confirmation","payload":{"by":"boris"},"happened":null,"known_from":null,"recorded_at":"2026-03-08T09:00:04.123456Z","recorded_by":"boris","sources":[],"marks":[],"rectifies":null,"supersedes":null,"about":["8b10cdd80900ae5ebb2a74c751af8a020a2f54e6d63bff412505caec296e4062"]}');
INSERT INTO vigens.leaf VALUES ('UA', 1, 1, '\x45608b3d0a3462b6c52fa80c1649d53f0a683cca657b919a936aa50d931d3957');
INSERT INTO vigens.leaf VALUES ('public', 1, 1, '\x95e962274bf7f32f6ff8b5e50cdf6c97dfa404d8f4a737a8442258d81559b0db');
INSERT INTO vigens.head VALUES ('UA', 1, '\x45608b3d0a3462b6c52fa80c1649d53f0a683cca657b919a936aa50d931d3957', '\x000000000000000145608b3d0a3462b6c52fa80c1649d53f0a683cca657b919a936aa50d931d3957', 1772960401123456);
INSERT INTO vigens.head VALUES ('all', 2, '\xc644d9845efe3117561bc1559d581f15a0c49ca0f02f0df2a66eb7caef74b70d', '\x0000000000000002c644d9845efe3117561bc1559d581f15a0c49ca0f02f0df2a66eb7caef74b70d', 1772960401123456);
INSERT INTO vigens.head VALUES ('all', 3, '\x9b195ff0724f6b83208a103a7982f3fe84fae41ebc1482b1f9df86a97b5e78b4', '\x0000000000000003c644d9845efe3117561bc1559d581f15a0c49ca0f02f0df2a66eb7caef74b70dbe745eeb0226a7d8b258660614d96e5a5d906bcc193e533b622e5c8476983f9d', 1772960402123456);
INSERT INTO vigens.head VALUES ('all', 4, '\x12d89045e552cae89e9a2635170030e579cd1a4aecf7645da6bdb57cf20c821b', '\x000000000000000412d89045e552cae89e9a2635170030e579cd1a4aecf7645da6bdb57cf20c821b', 1772960403123456);
INSERT INTO vigens.head VALUES ('all', 5, '\x7480def42b4cad131f0cc3ab6f10afc876585e1c61e0e564b9505f7ac615a0e7', '\x000000000000000512d89045e552cae89e9a2635170030e579cd1a4aecf7645da6bdb57cf20c821b2bc4f2f8b9372318e543c056553ca38eaeb79f1cf1e776bdaf44d9544bf1a39a', 1772960404123456);
INSERT INTO vigens.head VALUES ('public', 1, '\x95e962274bf7f32f6ff8b5e50cdf6c97dfa404d8f4a737a8442258d81559b0db', '\x000000000000000195e962274bf7f32f6ff8b5e50cdf6c97dfa404d8f4a737a8442258d81559b0db', 1772960401123456);
INSERT INTO vigens.redaction VALUES (2, '8b10cdd80900ae5ebb2a74c751af8a020a2f54e6d63bff412505caec296e4062');
INSERT INTO vigens.backup (path, host, made_at, size) VALUES ('/backups/a.db', 'desk', '2026-03-08T09:00:00.000000Z', 5);
