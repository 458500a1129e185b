"""PostgreSQL, in production: writers lock what they decide on, readers cannot write."""

from sqlalchemy import URL, Connection, Engine, create_engine, text

from akva.errors import SettingInvalid
from akva.storage.engines.readiness import APPEND_ONLY

OPTIONS = "-c timezone=UTC"
READ_ONLY = f"{OPTIONS} -c default_transaction_read_only=on"
# The first right that a role may not have which serves; what another role has that it may become
# counts too.
TOO_MUCH = """
    WITH ours AS (SELECT oid, relname, relowner FROM pg_class
        WHERE relnamespace = current_schema()::regnamespace AND relkind = 'r'),
    become AS (SELECT * FROM pg_roles WHERE pg_has_role(oid, 'MEMBER'))
    SELECT CASE
        WHEN (SELECT bool_or(rolsuper) FROM become) THEN 'is a superuser'
        WHEN (SELECT bool_or(rolbypassrls) FROM become) THEN 'bypasses row security'
        WHEN (SELECT bool_or(rolcreaterole OR rolcreatedb OR rolreplication) FROM become)
            THEN 'may make roles or databases, or copy the server'
        WHEN EXISTS (SELECT FROM ours WHERE pg_has_role(relowner, 'MEMBER')) THEN 'owns tables'
        WHEN has_schema_privilege(current_schema()::text, 'CREATE') THEN 'may make tables'
        WHEN EXISTS (SELECT FROM ours WHERE has_table_privilege(oid, 'DELETE, TRUNCATE, TRIGGER'))
            THEN 'may delete rows or change guards'
        WHEN EXISTS (SELECT FROM ours WHERE relname = ANY (:append_only)
            AND has_table_privilege(oid, 'UPDATE')) THEN 'may rewrite what is only added to'
    END"""


def engine(url: URL, *, writing: bool) -> Engine:
    """Make a pool of connections, for writing or for reading."""
    return create_engine(
        url,
        # The gate's lock is made for READ COMMITTED: who waited reads the newest row.
        # A reader sees one snapshot for as long as its transaction lasts.
        isolation_level="READ COMMITTED" if writing else "REPEATABLE READ",
        connect_args={"options": OPTIONS if writing else READ_ONLY},
        hide_parameters=True,
        pool_pre_ping=True,
    )


def check_role(connection: Connection) -> None:
    """Raise SettingInvalid where the role has a right that a server must not have."""
    too_much = connection.scalar(text(TOO_MUCH), {"append_only": list(APPEND_ONLY)})
    if too_much:
        raise SettingInvalid(
            f"AKVA_DATABASE names a role that {too_much}: serve as the role akva_serve of"
            " deploy/roles.sql"
        )
