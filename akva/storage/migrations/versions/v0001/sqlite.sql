-- SQLite's guards, after the append-only triggers. A blank line ends a statement.
-- akva_sha256 is registered on each connection; without it no leaf can be written.

CREATE TRIGGER log_leaves_next BEFORE INSERT ON log_leaves
WHEN NEW."index" IS NOT (SELECT coalesce(max("index"), -1) + 1 FROM log_leaves)
BEGIN
    SELECT RAISE(ABORT, 'AKVA03:NOT_THE_NEXT_INDEX');
END;

CREATE TRIGGER log_leaves_hash BEFORE INSERT ON log_leaves
WHEN NEW.leaf_hash IS NOT akva_sha256(CAST(x'00' || NEW.leaf AS BLOB))
BEGIN
    SELECT RAISE(ABORT, 'AKVA04:NOT_THE_HASH_OF_THE_LEAF');
END;

-- The gate. BEGIN IMMEDIATE keeps other writers out; the only time compared is the row's own.

CREATE TRIGGER reports_gate BEFORE INSERT ON reports
BEGIN
    SELECT CASE
        WHEN NEW.accepted_at NOT GLOB
            '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9].[0-9][0-9][0-9][0-9][0-9][0-9]Z'
            THEN RAISE(ABORT, 'AKVA01:CLOCK_UNSAFE')
        WHEN state.state = 'unwritten' THEN RAISE(ABORT, 'AKVA01:CONSENT_NOT_WRITTEN')
        WHEN state.state = 'unverified' THEN RAISE(ABORT, 'AKVA01:CONSENT_EVIDENCE_UNVERIFIED')
        WHEN state.state = 'refused' THEN RAISE(ABORT, 'AKVA01:CONSENT_REFUSED_BY_CLIENT')
        WHEN state.state = 'withdrawn' THEN RAISE(ABORT, 'AKVA01:CONSENT_WITHDRAWN')
        WHEN state.state IS NOT 'granted' THEN RAISE(ABORT, 'AKVA01:CONSENT_MISSING')
        WHEN state.event_id IS NOT NEW.consent_event_id OR state.epoch IS NOT NEW.consent_epoch
            THEN RAISE(ABORT, 'AKVA01:CONSENT_SUPERSEDED')
        WHEN NEW.accepted_at < state.valid_from THEN RAISE(ABORT, 'AKVA01:CONSENT_NOT_YET_VALID')
        WHEN NEW.accepted_at >= state.valid_to THEN RAISE(ABORT, 'AKVA01:CONSENT_EXPIRED')
    END
    FROM (SELECT 1)
    LEFT JOIN consent_states AS state
        ON state.episode_id = NEW.episode_id AND state.purpose = NEW.purpose;
END;
