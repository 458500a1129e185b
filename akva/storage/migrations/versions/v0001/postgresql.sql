-- PostgreSQL's guards. A blank line ends a statement.

ALTER TABLE log_leaves ADD CONSTRAINT fk_log_leaves_act_id FOREIGN KEY (act_id)
    REFERENCES acts (id) DEFERRABLE INITIALLY DEFERRED;

CREATE FUNCTION akva_append_only() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, {schema}, pg_temp AS $$
BEGIN
    RAISE EXCEPTION 'AKVA02:APPEND_ONLY';
END
$$;

CREATE FUNCTION akva_next_index() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, {schema}, pg_temp AS $$
BEGIN
    IF NEW.index IS DISTINCT FROM (SELECT coalesce(max(index), -1) + 1 FROM log_leaves) THEN
        RAISE EXCEPTION 'AKVA03:NOT_THE_NEXT_INDEX';
    END IF;
    RETURN NEW;
END
$$;

CREATE TRIGGER log_leaves_next BEFORE INSERT ON log_leaves
    FOR EACH ROW EXECUTE FUNCTION akva_next_index();

-- The gate. FOR SHARE makes a report wait for a withdrawal under way, and a withdrawal for a report;
-- no other place locks for it. The only time compared is the row's own, which for the serving role
-- must lie near the server's clock. SECURITY DEFINER: who inserts needs no right to the states.

CREATE FUNCTION akva_gate() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, {schema}, pg_temp AS $$
DECLARE
    found consent_states%ROWTYPE;
    code text;
BEGIN
    SELECT * INTO found FROM consent_states
    WHERE episode_id = NEW.episode_id AND purpose = NEW.purpose
    FOR SHARE;
    code := CASE
        WHEN found.state = 'unwritten' THEN 'CONSENT_NOT_WRITTEN'
        WHEN found.state = 'unverified' THEN 'CONSENT_EVIDENCE_UNVERIFIED'
        WHEN found.state = 'refused' THEN 'CONSENT_REFUSED_BY_CLIENT'
        WHEN found.state = 'withdrawn' THEN 'CONSENT_WITHDRAWN'
        WHEN found.state IS DISTINCT FROM 'granted' THEN 'CONSENT_MISSING'
        WHEN found.event_id IS DISTINCT FROM NEW.consent_event_id
            OR found.epoch IS DISTINCT FROM NEW.consent_epoch THEN 'CONSENT_SUPERSEDED'
        WHEN NEW.accepted_at < found.valid_from THEN 'CONSENT_NOT_YET_VALID'
        WHEN NEW.accepted_at >= found.valid_to THEN 'CONSENT_EXPIRED'
        WHEN session_user = 'akva_serve' AND NEW.accepted_at NOT BETWEEN
            clock_timestamp() - interval '10 minutes' AND clock_timestamp() + interval '10 minutes'
            THEN 'CLOCK_UNSAFE'
    END;
    IF code IS NOT NULL THEN
        RAISE EXCEPTION 'AKVA01:%', code;
    END IF;
    RETURN NEW;
END
$$;

CREATE TRIGGER reports_gate BEFORE INSERT ON reports
    FOR EACH ROW EXECUTE FUNCTION akva_gate();
