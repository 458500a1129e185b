-- What the role that serves may do, and no more. As the owner, after each migration:
--     psql -v ON_ERROR_STOP=1 -f deploy/grants.sql postgresql://akva_owner@/akva

REVOKE CREATE ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO akva_serve;

REVOKE ALL ON ALL TABLES IN SCHEMA public FROM PUBLIC, akva_serve;
GRANT SELECT ON ALL TABLES IN SCHEMA public TO akva_serve;

GRANT INSERT ON
    acts, actors, assessments, client_keys, clients, consent_events, consent_states, episodes,
    idempotency, log_checkpoints, log_leaves, log_nodes, log_payloads, providers, refusals,
    register_keys, release_steps, releases, reports, subjects, tokens
TO akva_serve;

-- What changes in place: the log's head, the state behind the gate, an episode as it goes on, a
-- counter, the destruction of a key, the revocation of a token, the result of a call.
GRANT UPDATE ON log_head, consent_states TO akva_serve;
GRANT UPDATE (ended_on, sealed, row_version) ON episodes TO akva_serve;
GRANT UPDATE (events) ON clients TO akva_serve;
GRANT UPDATE (wrapped, destroyed_at) ON register_keys TO akva_serve;
GRANT UPDATE (revoked_at, revoke_act_id) ON tokens TO akva_serve;
GRANT UPDATE (result_id) ON idempotency TO akva_serve;

-- An approval locks the drafts of its round, which PostgreSQL allows only to who might change a
-- column. The table's guard refuses every change, this one's too.
GRANT UPDATE (id) ON releases TO akva_serve;
