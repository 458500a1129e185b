-- The tables of both engines. A blank line ends a statement; types in braces are the engine's.
-- Deferred foreign keys close the circle act -> leaf -> act when the transaction commits.

CREATE TABLE log_leaves (
    "index" {whole} NOT NULL,
    act_id {uuid} NOT NULL,
    leaf {blob} NOT NULL,
    leaf_hash {blob} NOT NULL,
    CONSTRAINT pk_log_leaves PRIMARY KEY ("index"),
    CONSTRAINT uq_log_leaves_index_act_id UNIQUE ("index", act_id),
    CONSTRAINT uq_log_leaves_act_id UNIQUE (act_id),
    {leaf_constraint}
);

CREATE TABLE acts (
    id {uuid} NOT NULL,
    kind TEXT NOT NULL,
    log_index {whole} NOT NULL,
    CONSTRAINT pk_acts PRIMARY KEY (id),
    CONSTRAINT uq_acts_id_kind UNIQUE (id, kind),
    CONSTRAINT fk_acts_log_index_id FOREIGN KEY (log_index, id)
        REFERENCES log_leaves ("index", act_id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT uq_acts_log_index UNIQUE (log_index)
);

CREATE TABLE log_nodes (
    level {whole} NOT NULL,
    position {whole} NOT NULL,
    hash {blob} NOT NULL,
    CONSTRAINT pk_log_nodes PRIMARY KEY (level, position),
    CONSTRAINT ck_log_nodes_place CHECK (level >= 1 AND position >= 0),
    CONSTRAINT ck_log_nodes_hash CHECK (length(hash) = 32)
);

CREATE TABLE log_head (
    k {whole} NOT NULL,
    size {whole} NOT NULL,
    root {blob} NOT NULL,
    frontier {blob} NOT NULL,
    latest_at {instant},
    CONSTRAINT pk_log_head PRIMARY KEY (k),
    CONSTRAINT ck_log_head_one CHECK (k = 1),
    CONSTRAINT ck_log_head_size CHECK (size >= 0 AND (size = 0) = (latest_at IS NULL)),
    CONSTRAINT ck_log_head_hashes CHECK (length(root) = 32 AND length(frontier) = 32 * (length(frontier) / 32))
);

CREATE TABLE providers (
    id {uuid} NOT NULL,
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    added_at {instant} NOT NULL,
    act_id {uuid} NOT NULL,
    act_kind TEXT NOT NULL,
    CONSTRAINT pk_providers PRIMARY KEY (id),
    CONSTRAINT ck_providers_act_kind CHECK (act_kind = 'admin.changed'),
    CONSTRAINT fk_providers_act_id_act_kind FOREIGN KEY (act_id, act_kind)
        REFERENCES acts (id, kind) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT uq_providers_code UNIQUE (code),
    CONSTRAINT uq_providers_act_id UNIQUE (act_id)
);

CREATE TABLE actors (
    id {uuid} NOT NULL,
    role TEXT NOT NULL,
    provider_id {uuid},
    name {blob} NOT NULL,
    added_at {instant} NOT NULL,
    act_id {uuid} NOT NULL,
    act_kind TEXT NOT NULL,
    CONSTRAINT pk_actors PRIMARY KEY (id),
    CONSTRAINT ck_actors_act_kind CHECK (act_kind = 'admin.changed'),
    CONSTRAINT fk_actors_act_id_act_kind FOREIGN KEY (act_id, act_kind)
        REFERENCES acts (id, kind) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT uq_actors_provider_id_id UNIQUE (provider_id, id),
    CONSTRAINT fk_actors_provider_id FOREIGN KEY (provider_id)
        REFERENCES providers (id),
    CONSTRAINT ck_actors_role CHECK
        (role IN ('provider', 'consent-verifier', 'researcher', 'publisher', 'auditor',
            'operator')),
    CONSTRAINT ck_actors_provider CHECK
        (role = 'consent-verifier' OR (role = 'provider') = (provider_id IS NOT NULL)),
    CONSTRAINT uq_actors_act_id UNIQUE (act_id)
);

CREATE TABLE clients (
    id {uuid} NOT NULL,
    provider_id {uuid} NOT NULL,
    identity_index {blob},
    reference_index {blob},
    sealed {blob} NOT NULL,
    row_version {whole} NOT NULL,
    events {whole} NOT NULL,
    added_at {instant} NOT NULL,
    CONSTRAINT pk_clients PRIMARY KEY (id),
    CONSTRAINT uq_clients_provider_id_id UNIQUE (provider_id, id),
    CONSTRAINT uq_clients_provider_id_identity_index UNIQUE (provider_id, identity_index),
    CONSTRAINT uq_clients_provider_id_reference_index UNIQUE (provider_id, reference_index),
    CONSTRAINT fk_clients_provider_id FOREIGN KEY (provider_id)
        REFERENCES providers (id),
    CONSTRAINT ck_clients_known CHECK
        (identity_index IS NOT NULL OR reference_index IS NOT NULL),
    CONSTRAINT ck_clients_counters CHECK (row_version >= 1 AND events >= 0)
);

CREATE TABLE client_keys (
    client_id {uuid} NOT NULL,
    purpose TEXT NOT NULL,
    version {whole} NOT NULL,
    provider_id {uuid} NOT NULL,
    wrapped {blob},
    made_at {instant} NOT NULL,
    destroyed_at {instant},
    CONSTRAINT pk_client_keys PRIMARY KEY (client_id, purpose, version),
    CONSTRAINT fk_client_keys_provider_id_client_id FOREIGN KEY (provider_id, client_id)
        REFERENCES clients (provider_id, id),
    CONSTRAINT ck_client_keys_purpose CHECK (purpose IN ('record', 'audit')),
    CONSTRAINT ck_client_keys_version CHECK (version >= 1),
    CONSTRAINT ck_client_keys_destroyed CHECK ((wrapped IS NULL) = (destroyed_at IS NOT NULL))
);

CREATE TABLE log_payloads (
    "index" {whole} NOT NULL,
    client_id {uuid},
    sealed {blob} NOT NULL,
    CONSTRAINT pk_log_payloads PRIMARY KEY ("index"),
    CONSTRAINT fk_log_payloads_index FOREIGN KEY ("index")
        REFERENCES log_leaves ("index"),
    CONSTRAINT fk_log_payloads_client_id FOREIGN KEY (client_id)
        REFERENCES clients (id)
);

CREATE TABLE log_checkpoints (
    size {whole} NOT NULL,
    note TEXT NOT NULL,
    CONSTRAINT pk_log_checkpoints PRIMARY KEY (size),
    CONSTRAINT ck_log_checkpoints_size CHECK (size >= 0)
);

CREATE TABLE episodes (
    id {uuid} NOT NULL,
    provider_id {uuid} NOT NULL,
    client_id {uuid} NOT NULL,
    service TEXT NOT NULL,
    decided_on DATE NOT NULL,
    started_on DATE NOT NULL,
    ended_on DATE,
    sealed {blob} NOT NULL,
    row_version {whole} NOT NULL,
    added_at {instant} NOT NULL,
    CONSTRAINT pk_episodes PRIMARY KEY (id),
    CONSTRAINT uq_episodes_provider_id_id UNIQUE (provider_id, id),
    CONSTRAINT uq_episodes_provider_id_client_id_id UNIQUE (provider_id, client_id, id),
    CONSTRAINT fk_episodes_provider_id_client_id FOREIGN KEY (provider_id, client_id)
        REFERENCES clients (provider_id, id),
    CONSTRAINT ck_episodes_days CHECK (ended_on >= started_on),
    CONSTRAINT ck_episodes_counters CHECK (row_version >= 1)
);

CREATE INDEX ix_episodes_ended_on ON episodes (ended_on);

CREATE TABLE assessments (
    id {uuid} NOT NULL,
    root_id {uuid} NOT NULL,
    version {whole} NOT NULL,
    provider_id {uuid} NOT NULL,
    client_id {uuid} NOT NULL,
    episode_id {uuid} NOT NULL,
    instrument TEXT NOT NULL,
    edition TEXT NOT NULL,
    occasion TEXT NOT NULL,
    answered_on DATE NOT NULL,
    sealed {blob} NOT NULL,
    recorded_at {instant} NOT NULL,
    act_id {uuid} NOT NULL,
    act_kind TEXT NOT NULL,
    CONSTRAINT pk_assessments PRIMARY KEY (id),
    CONSTRAINT ck_assessments_act_kind CHECK (act_kind = 'assessment.recorded'),
    CONSTRAINT fk_assessments_act_id_act_kind FOREIGN KEY (act_id, act_kind)
        REFERENCES acts (id, kind) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT uq_assessments_provider_id_id UNIQUE (provider_id, id),
    CONSTRAINT uq_assessments_provider_id_episode_id_id UNIQUE (provider_id, episode_id, id),
    CONSTRAINT uq_assessments_root_id_version UNIQUE (root_id, version),
    CONSTRAINT fk_assessments_provider_id_client_id_episode_id
        FOREIGN KEY (provider_id, client_id, episode_id)
        REFERENCES episodes (provider_id, client_id, id),
    CONSTRAINT fk_assessments_provider_id_episode_id_root_id
        FOREIGN KEY (provider_id, episode_id, root_id)
        REFERENCES assessments (provider_id, episode_id, id),
    CONSTRAINT ck_assessments_version CHECK (version >= 1 AND (version = 1) = (root_id = id)),
    CONSTRAINT ck_assessments_occasion CHECK (occasion IN ('start', 'end', 'follow_up')),
    CONSTRAINT uq_assessments_act_id UNIQUE (act_id)
);

CREATE INDEX ix_assessments_episode_id_instrument_occasion
    ON assessments (episode_id, instrument, occasion);

CREATE TABLE idempotency (
    actor_id {uuid} NOT NULL,
    "key" TEXT NOT NULL,
    fingerprint {blob} NOT NULL,
    result_id {uuid} NOT NULL,
    created_at {instant} NOT NULL,
    CONSTRAINT pk_idempotency PRIMARY KEY (actor_id, "key"),
    CONSTRAINT fk_idempotency_actor_id FOREIGN KEY (actor_id)
        REFERENCES actors (id)
);

CREATE TABLE consent_events (
    id {uuid} NOT NULL,
    provider_id {uuid} NOT NULL,
    client_id {uuid} NOT NULL,
    episode_id {uuid} NOT NULL,
    purpose TEXT NOT NULL,
    kind TEXT NOT NULL,
    valid_from {instant} NOT NULL,
    valid_to {instant},
    written BOOLEAN,
    instruments TEXT,
    grant_id {uuid},
    recorded_at {instant} NOT NULL,
    recorded_by {uuid} NOT NULL,
    sealed {blob},
    act_id {uuid} NOT NULL,
    act_kind TEXT NOT NULL,
    CONSTRAINT pk_consent_events PRIMARY KEY (id),
    CONSTRAINT ck_consent_events_act_kind CHECK (act_kind = 'consent.' || kind),
    CONSTRAINT fk_consent_events_act_id_act_kind FOREIGN KEY (act_id, act_kind)
        REFERENCES acts (id, kind) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT uq_consent_events_provider_id_id UNIQUE (provider_id, id),
    CONSTRAINT uq_consent_events_provider_id_episode_id_id UNIQUE (provider_id, episode_id, id),
    CONSTRAINT fk_consent_events_provider_id_client_id_episode_id
        FOREIGN KEY (provider_id, client_id, episode_id)
        REFERENCES episodes (provider_id, client_id, id),
    CONSTRAINT fk_consent_events_provider_id_episode_id_grant_id
        FOREIGN KEY (provider_id, episode_id, grant_id)
        REFERENCES consent_events (provider_id, episode_id, id),
    CONSTRAINT fk_consent_events_recorded_by FOREIGN KEY (recorded_by)
        REFERENCES actors (id),
    CONSTRAINT ck_consent_events_kind CHECK
        (kind IN ('asked', 'granted', 'verified', 'refused', 'withdrawn')),
    CONSTRAINT ck_consent_events_written CHECK ((kind = 'granted') = (written IS NOT NULL)),
    CONSTRAINT ck_consent_events_verified CHECK ((kind = 'verified') = (grant_id IS NOT NULL)),
    CONSTRAINT ck_consent_events_granted CHECK
        (kind = 'granted' OR (valid_to IS NULL AND instruments IS NULL)),
    CONSTRAINT ck_consent_events_interval CHECK (valid_to > valid_from),
    CONSTRAINT uq_consent_events_act_id UNIQUE (act_id)
);

CREATE INDEX ix_consent_events_episode_id_purpose ON consent_events (episode_id, purpose);

CREATE TABLE consent_states (
    episode_id {uuid} NOT NULL,
    purpose TEXT NOT NULL,
    provider_id {uuid} NOT NULL,
    client_id {uuid} NOT NULL,
    state TEXT NOT NULL,
    epoch {whole} NOT NULL,
    event_id {uuid} NOT NULL,
    valid_from {instant} NOT NULL,
    valid_to {instant},
    CONSTRAINT pk_consent_states PRIMARY KEY (episode_id, purpose),
    CONSTRAINT fk_consent_states_provider_id_client_id_episode_id
        FOREIGN KEY (provider_id, client_id, episode_id)
        REFERENCES episodes (provider_id, client_id, id),
    CONSTRAINT fk_consent_states_provider_id_episode_id_event_id
        FOREIGN KEY (provider_id, episode_id, event_id)
        REFERENCES consent_events (provider_id, episode_id, id),
    CONSTRAINT ck_consent_states_state CHECK
        (state IN ('asked', 'unwritten', 'unverified', 'granted', 'refused', 'withdrawn')),
    CONSTRAINT ck_consent_states_epoch CHECK (epoch >= 1),
    CONSTRAINT ck_consent_states_interval CHECK (valid_to > valid_from)
);

CREATE TABLE subjects (
    id {uuid} NOT NULL,
    register_index {blob} NOT NULL,
    added_at {instant} NOT NULL,
    CONSTRAINT pk_subjects PRIMARY KEY (id),
    CONSTRAINT uq_subjects_register_index UNIQUE (register_index)
);

CREATE TABLE register_keys (
    episode_id {uuid} NOT NULL,
    version {whole} NOT NULL,
    provider_id {uuid} NOT NULL,
    wrapped {blob},
    made_at {instant} NOT NULL,
    destroyed_at {instant},
    CONSTRAINT pk_register_keys PRIMARY KEY (episode_id, version),
    CONSTRAINT uq_register_keys_provider_id_episode_id_version
        UNIQUE (provider_id, episode_id, version),
    CONSTRAINT fk_register_keys_provider_id_episode_id FOREIGN KEY (provider_id, episode_id)
        REFERENCES episodes (provider_id, id),
    CONSTRAINT ck_register_keys_version CHECK (version >= 1),
    CONSTRAINT ck_register_keys_destroyed CHECK ((wrapped IS NULL) = (destroyed_at IS NOT NULL))
);

CREATE UNIQUE INDEX ix_register_keys_living ON register_keys (episode_id)
    WHERE destroyed_at IS NULL;

CREATE TABLE reports (
    id {uuid} NOT NULL,
    provider_id {uuid} NOT NULL,
    subject_id {uuid} NOT NULL,
    episode_id {uuid} NOT NULL,
    assessment_id {uuid} NOT NULL,
    purpose TEXT NOT NULL,
    consent_event_id {uuid} NOT NULL,
    consent_epoch {whole} NOT NULL,
    service TEXT NOT NULL,
    instrument TEXT NOT NULL,
    occasion TEXT NOT NULL,
    answered_on DATE NOT NULL,
    accepted_at {instant} NOT NULL,
    supersedes {uuid},
    key_version {whole} NOT NULL,
    sealed {blob} NOT NULL,
    act_id {uuid} NOT NULL,
    act_kind TEXT NOT NULL,
    CONSTRAINT pk_reports PRIMARY KEY (id),
    CONSTRAINT ck_reports_act_kind CHECK (act_kind = 'report.accepted'),
    CONSTRAINT fk_reports_act_id_act_kind FOREIGN KEY (act_id, act_kind)
        REFERENCES acts (id, kind) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT uq_reports_provider_id_episode_id_id UNIQUE (provider_id, episode_id, id),
    CONSTRAINT uq_reports_assessment_id_purpose_consent_epoch
        UNIQUE (assessment_id, purpose, consent_epoch),
    CONSTRAINT fk_reports_subject_id FOREIGN KEY (subject_id)
        REFERENCES subjects (id),
    CONSTRAINT fk_reports_provider_id_episode_id FOREIGN KEY (provider_id, episode_id)
        REFERENCES episodes (provider_id, id),
    CONSTRAINT fk_reports_provider_id_episode_id_assessment_id
        FOREIGN KEY (provider_id, episode_id, assessment_id)
        REFERENCES assessments (provider_id, episode_id, id),
    CONSTRAINT fk_reports_provider_id_episode_id_consent_event_id
        FOREIGN KEY (provider_id, episode_id, consent_event_id)
        REFERENCES consent_events (provider_id, episode_id, id),
    CONSTRAINT fk_reports_provider_id_episode_id_key_version
        FOREIGN KEY (provider_id, episode_id, key_version)
        REFERENCES register_keys (provider_id, episode_id, version),
    CONSTRAINT fk_reports_provider_id_episode_id_supersedes
        FOREIGN KEY (provider_id, episode_id, supersedes)
        REFERENCES reports (provider_id, episode_id, id),
    CONSTRAINT ck_reports_occasion CHECK (occasion IN ('start', 'end', 'follow_up')),
    CONSTRAINT uq_reports_act_id UNIQUE (act_id)
);

CREATE INDEX ix_reports_supersedes ON reports (supersedes);

CREATE TABLE refusals (
    id {uuid} NOT NULL,
    provider_id {uuid} NOT NULL,
    episode_id {uuid} NOT NULL,
    assessment_id {uuid} NOT NULL,
    purpose TEXT NOT NULL,
    code TEXT NOT NULL,
    refused_at {instant} NOT NULL,
    act_id {uuid} NOT NULL,
    act_kind TEXT NOT NULL,
    CONSTRAINT pk_refusals PRIMARY KEY (id),
    CONSTRAINT ck_refusals_act_kind CHECK (act_kind = 'report.refused'),
    CONSTRAINT fk_refusals_act_id_act_kind FOREIGN KEY (act_id, act_kind)
        REFERENCES acts (id, kind) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_refusals_provider_id_episode_id_assessment_id
        FOREIGN KEY (provider_id, episode_id, assessment_id)
        REFERENCES assessments (provider_id, episode_id, id),
    CONSTRAINT ck_refusals_code CHECK (code = upper(code) AND length(code) <= 40),
    CONSTRAINT uq_refusals_act_id UNIQUE (act_id)
);

CREATE INDEX ix_refusals_provider_id_episode_id ON refusals (provider_id, episode_id);

CREATE TABLE releases (
    id {uuid} NOT NULL,
    programme TEXT NOT NULL,
    version {whole} NOT NULL,
    round TEXT NOT NULL,
    body {blob} NOT NULL,
    digest TEXT NOT NULL,
    reports {whole} NOT NULL,
    reports_root {blob} NOT NULL,
    refusals TEXT NOT NULL,
    drafted_by {uuid} NOT NULL,
    drafted_at {instant} NOT NULL,
    CONSTRAINT pk_releases PRIMARY KEY (id),
    CONSTRAINT ck_releases_reports CHECK (reports >= 0),
    CONSTRAINT ck_releases_root CHECK (length(reports_root) = 32),
    CONSTRAINT uq_releases_id_drafted_by UNIQUE (id, drafted_by),
    CONSTRAINT fk_releases_drafted_by FOREIGN KEY (drafted_by)
        REFERENCES actors (id)
);

CREATE TABLE release_steps (
    id {uuid} NOT NULL,
    release_id {uuid} NOT NULL,
    drafted_by {uuid} NOT NULL,
    kind TEXT NOT NULL,
    actor_id {uuid} NOT NULL,
    audience TEXT,
    at {instant} NOT NULL,
    act_id {uuid} NOT NULL,
    act_kind TEXT NOT NULL,
    CONSTRAINT pk_release_steps PRIMARY KEY (id),
    CONSTRAINT ck_release_steps_act_kind CHECK (act_kind = 'release.' || kind),
    CONSTRAINT fk_release_steps_act_id_act_kind FOREIGN KEY (act_id, act_kind)
        REFERENCES acts (id, kind) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT uq_release_steps_release_id_kind_audience UNIQUE (release_id, kind, audience),
    CONSTRAINT fk_release_steps_release_id_drafted_by FOREIGN KEY (release_id, drafted_by)
        REFERENCES releases (id, drafted_by),
    CONSTRAINT fk_release_steps_actor_id FOREIGN KEY (actor_id)
        REFERENCES actors (id),
    CONSTRAINT ck_release_steps_kind CHECK (kind IN ('drafted', 'approved')),
    CONSTRAINT ck_release_steps_two_people CHECK ((kind = 'drafted') = (actor_id = drafted_by)),
    CONSTRAINT uq_release_steps_act_id UNIQUE (act_id)
);

-- The empty tree's root is the hash of nothing (RFC 6962).

INSERT INTO log_head (k, size, root, frontier)
VALUES (1, 0, {empty_root}, {nothing});
