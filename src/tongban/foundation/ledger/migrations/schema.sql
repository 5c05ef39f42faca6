-- The ledger. Everything the platform knows about what was done stands here first; read tables only repeat it.

-- One row per matter: its newest state and the head of its hash chain. Half-filled pages keep updates in place (HOT).
CREATE TABLE ledger_stream (
    id         text COLLATE "C" PRIMARY KEY,
    kind       text COLLATE "C" NOT NULL,
    version    integer NOT NULL CHECK (version > 0),
    head       bytea NOT NULL CHECK (octet_length(head) = 32),
    state      text NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL
) WITH (fillfactor = 70);
-- Compressed states stay in the row as long as it fits a page: going out to a side table costs more than reading them.
ALTER TABLE ledger_stream ALTER COLUMN state SET STORAGE MAIN;
CREATE INDEX ledger_stream_kind ON ledger_stream (kind, id);

-- What was done, by whom, for whom: appended, never changed. No foreign key to the stream: it would cost a lookup per
-- event on the hot path, and `ledger verify` names an event without a stream.
CREATE TABLE ledger_event (
    position   bigint GENERATED ALWAYS AS IDENTITY,
    stream_id  text COLLATE "C" NOT NULL,
    seq        integer NOT NULL CHECK (seq > 0),
    type       text NOT NULL,
    version    smallint NOT NULL CHECK (version > 0),
    payload    text NOT NULL,
    at         timestamptz NOT NULL,
    actor      text NOT NULL,
    principal  text NOT NULL,
    request_id text NOT NULL,
    prev_hash  bytea NOT NULL CHECK (octet_length(prev_hash) = 32),
    hash       bytea NOT NULL CHECK (octet_length(hash) = 32),
    PRIMARY KEY (stream_id, seq)
);
CREATE UNIQUE INDEX ledger_event_position ON ledger_event (position);

-- Personal values and the salts of their commitments. Erasing a row leaves every chain valid.
CREATE TABLE ledger_private (
    stream_id text COLLATE "C" NOT NULL,
    seq       integer NOT NULL,
    plain     text NOT NULL,
    salts     text NOT NULL,
    PRIMARY KEY (stream_id, seq)
);

-- Which command a request id stood for, so that a repeat is answered and not done again.
CREATE TABLE ledger_request (
    request_id  text COLLATE "C" PRIMARY KEY,
    stream_id   text COLLATE "C" NOT NULL,
    fingerprint bytea NOT NULL CHECK (octet_length(fingerprint) = 32),
    first_seq   integer NOT NULL,
    last_seq    integer NOT NULL
);

-- At `at` (platform time) the worker gives command `name` to the stream. `leased_until` is real time: who holds the
-- row, or when to try again. `fence` is the stream version that wrote the row.
CREATE TABLE ledger_due (
    stream_id    text COLLATE "C" NOT NULL,
    key          text COLLATE "C" NOT NULL,
    queue        text COLLATE "C" NOT NULL,
    name         text NOT NULL,
    at           timestamptz NOT NULL,
    args         jsonb NOT NULL,
    fence        integer NOT NULL,
    leased_until timestamptz NOT NULL DEFAULT '-infinity',
    attempts     integer NOT NULL DEFAULT 0,
    last_error   text NOT NULL DEFAULT '',
    PRIMARY KEY (stream_id, key)
) WITH (fillfactor = 80);
CREATE INDEX ledger_due_next ON ledger_due (queue, at);

CREATE TABLE ledger_counter (
    series text COLLATE "C" PRIMARY KEY,
    value  bigint NOT NULL CHECK (value > 0)
) WITH (fillfactor = 50);

-- Append-only, whoever asks: also the owner of the table is refused (privileges bind only the others).
CREATE FUNCTION ledger_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the ledger is append-only: % on % is refused', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER ledger_event_append_only BEFORE UPDATE OR DELETE ON ledger_event
    FOR EACH ROW EXECUTE FUNCTION ledger_refuse_change();
CREATE TRIGGER ledger_event_no_truncate BEFORE TRUNCATE ON ledger_event
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse_change();
CREATE TRIGGER ledger_private_no_update BEFORE UPDATE ON ledger_private
    FOR EACH ROW EXECUTE FUNCTION ledger_refuse_change();
CREATE TRIGGER ledger_request_append_only BEFORE UPDATE OR DELETE ON ledger_request
    FOR EACH ROW EXECUTE FUNCTION ledger_refuse_change();
