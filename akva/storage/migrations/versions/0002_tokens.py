"""Bearer tokens: kept as digests, revoked once and for good, each with its acts."""

from alembic import op

revision = "0002"
down_revision = "0001"

SQLITE = {"uuid": "CHAR(32)", "blob": "BLOB", "instant": "CHAR(27)"}
POSTGRESQL = {"uuid": "UUID", "blob": "BYTEA", "instant": "TIMESTAMP WITH TIME ZONE"}

TABLE = """CREATE TABLE tokens (
    id {uuid} NOT NULL,
    actor_id {uuid} NOT NULL,
    digest {blob} NOT NULL,
    made_at {instant} NOT NULL,
    expires_at {instant} NOT NULL,
    made_by {uuid} NOT NULL,
    revoked_at {instant},
    revoke_act_id {uuid},
    act_id {uuid} NOT NULL,
    act_kind TEXT NOT NULL,
    CONSTRAINT pk_tokens PRIMARY KEY (id),
    CONSTRAINT ck_tokens_act_kind CHECK (act_kind = 'admin.changed'),
    CONSTRAINT fk_tokens_act_id_act_kind FOREIGN KEY (act_id, act_kind)
        REFERENCES acts (id, kind) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_tokens_revoke_act_id_act_kind FOREIGN KEY (revoke_act_id, act_kind)
        REFERENCES acts (id, kind) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_tokens_actor_id FOREIGN KEY (actor_id)
        REFERENCES actors (id),
    CONSTRAINT fk_tokens_made_by FOREIGN KEY (made_by)
        REFERENCES actors (id),
    CONSTRAINT ck_tokens_digest CHECK (length(digest) = 32),
    CONSTRAINT ck_tokens_lifetime CHECK (expires_at > made_at),
    CONSTRAINT ck_tokens_revoked CHECK
        ((revoked_at IS NULL) = (revoke_act_id IS NULL) AND revoke_act_id <> act_id),
    CONSTRAINT uq_tokens_digest UNIQUE (digest),
    CONSTRAINT uq_tokens_act_id UNIQUE (act_id),
    CONSTRAINT uq_tokens_revoke_act_id UNIQUE (revoke_act_id)
)"""

GUARDS_SQLITE = (
    """CREATE TRIGGER tokens_revoke BEFORE UPDATE ON tokens
WHEN OLD.revoked_at IS NOT NULL OR NEW.revoked_at IS NULL
    OR NEW.id IS NOT OLD.id OR NEW.actor_id IS NOT OLD.actor_id OR NEW.digest IS NOT OLD.digest
    OR NEW.made_at IS NOT OLD.made_at OR NEW.expires_at IS NOT OLD.expires_at
    OR NEW.made_by IS NOT OLD.made_by OR NEW.act_id IS NOT OLD.act_id
    OR NEW.act_kind IS NOT OLD.act_kind
BEGIN
    SELECT RAISE(ABORT, 'AKVA05:REVOKED_FOR_GOOD');
END""",
    """CREATE TRIGGER tokens_no_delete BEFORE DELETE ON tokens
BEGIN
    SELECT RAISE(ABORT, 'AKVA02:APPEND_ONLY');
END""",
)

# Whole rows are compared, so that a later column is held without another line here.
GUARDS_POSTGRESQL = (
    """CREATE FUNCTION akva_revoke() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, {schema}, pg_temp AS $$
DECLARE
    before tokens%ROWTYPE := NEW;
BEGIN
    before.revoked_at := NULL;
    before.revoke_act_id := NULL;
    IF NEW.revoked_at IS NULL OR before IS DISTINCT FROM OLD THEN
        RAISE EXCEPTION 'AKVA05:REVOKED_FOR_GOOD';
    END IF;
    RETURN NEW;
END
$$""",
    """CREATE TRIGGER tokens_revoke BEFORE UPDATE ON tokens
    FOR EACH ROW EXECUTE FUNCTION akva_revoke()""",
    """CREATE TRIGGER tokens_append_only
    BEFORE DELETE OR TRUNCATE ON tokens
    FOR EACH STATEMENT EXECUTE FUNCTION akva_append_only()""",
)


def upgrade() -> None:
    connection = op.get_bind()
    if connection.dialect.name == "sqlite":
        run([TABLE.format(**SQLITE), *GUARDS_SQLITE])
    else:
        schema = str(connection.exec_driver_sql("SELECT current_schema()::text").scalar())
        guards = [guard.replace("{schema}", schema) for guard in GUARDS_POSTGRESQL]
        run([TABLE.format(**POSTGRESQL), *guards])


def downgrade() -> None:
    """Take every token away; their acts stay in the log, which then misses the rows."""
    run(["DROP TABLE tokens"])
    if op.get_bind().dialect.name == "postgresql":
        run(["DROP FUNCTION akva_revoke()"])


def run(statements: list[str]) -> None:
    plain = op.get_bind().execution_options(no_parameters=True)  # a % is a %
    for statement in statements:
        plain.exec_driver_sql(statement)
