"""The role that serves can do the service's work, and nothing that would undo it."""

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from psycopg.errors import InsufficientPrivilege, RaiseException
from sqlalchemy import make_url

from akva.errors import SettingInvalid
from akva.storage.database import Database
from akva.storage.engines.readiness import APPEND_ONLY
from consent import REPORT_TO_KELA
from tests.clocks import TickingClock
from tests.house import opened, reportable
from tests.postgres import PostgreSQL
from tests.serving_role import Roles, as_server, roles

PROGRAMME, YEAR = "akva-services", 2025


@pytest.fixture(scope="module")
def made(postgres: PostgreSQL) -> Iterator[Roles]:
    name = "akva_roles_" + postgres.folder.name.rpartition("-")[2]
    with roles(postgres.create(name)) as made:
        yield made
    postgres.drop(name)


def role_of(url: str) -> str:
    return str(make_url(url).username)


def refusal(url: str) -> str:
    database = Database(url)
    try:
        with pytest.raises(SettingInvalid) as refused:
            database.check_served()
        return str(refused.value)
    finally:
        database.close()


def test_the_whole_service_works_as_the_role_that_serves(made: Roles, tmp_path: Path) -> None:
    with opened(made.serve, TickingClock(), tmp_path) as house:
        house.akva.database.check_served()
        akva, receipt = house.akva, reportable(house)

        outcomes = akva.reporting.report(house.recorder, receipt.assessment_ids)
        draft = akva.releases.draft(house.drafter, PROGRAMME, YEAR)
        akva.releases.approve(house.approver, draft.release_id, "public")
        akva.consents.withdraw(house.recorder, receipt.episode_id, REPORT_TO_KELA)
        akva.auditing.checkpoint()

        assert [None] * 4 == [outcome.code for outcome in outcomes]
        assert akva.auditing.verify().size > 0


@pytest.mark.parametrize("table", APPEND_ONLY)
@pytest.mark.parametrize("verb", ["DELETE FROM {}", "TRUNCATE {} CASCADE", "UPDATE {} SET {} = {}"])
def test_what_is_only_added_to_cannot_be_changed(made: Roles, table: str, verb: str) -> None:
    """Nor by a server that is not ours any more."""
    with psycopg.connect(made.serve, autocommit=True) as raw:
        columns = raw.execute(
            "SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0"
            " AND NOT (%s = 'releases' AND attname = 'id')",
            [table, table],
        ).fetchall()
        for (column,) in columns:
            with pytest.raises(InsufficientPrivilege):
                raw.execute(verb.format(table, column, column).encode())


def test_the_one_column_that_a_lock_needs_is_held_by_its_guard(made: Roles) -> None:
    with psycopg.connect(made.serve, autocommit=True) as raw, pytest.raises(RaiseException):
        raw.execute("UPDATE releases SET id = id")


@pytest.mark.parametrize(
    "attack",
    [
        "CREATE TABLE mine (id integer)",
        "CREATE FUNCTION mine() RETURNS int LANGUAGE sql AS 'SELECT 1'",
        "ALTER TABLE reports DISABLE TRIGGER reports_gate",
        "DROP TRIGGER reports_gate ON reports",
        "CREATE TRIGGER mine BEFORE INSERT ON reports FOR EACH ROW EXECUTE FUNCTION akva_gate()",
        (
            "CREATE OR REPLACE FUNCTION akva_gate() RETURNS trigger LANGUAGE plpgsql"
            " AS 'BEGIN RETURN NEW; END'"
        ),
        "ALTER TABLE reports DROP CONSTRAINT ck_reports_occasion",
        "DROP TABLE refusals",
        "SET session_replication_role = replica",
        "CREATE ROLE mine SUPERUSER",
        "DELETE FROM tokens",
        "DELETE FROM consent_states",
        "UPDATE tokens SET expires_at = expires_at + interval '1 year'",
        "UPDATE client_keys SET wrapped = ''",
        "UPDATE alembic_version SET version_num = '0001'",
        "COPY reports TO PROGRAM 'cat'",
    ],
)
def test_guards_tables_and_rights_are_the_owner_s(made: Roles, attack: str) -> None:
    with (
        psycopg.connect(made.serve, autocommit=True) as raw,
        pytest.raises(InsufficientPrivilege),
    ):
        raw.execute(attack.encode())


def test_the_role_that_serves_may_serve(made: Roles) -> None:
    database = Database(made.serve)

    database.check_served()

    database.close()


def test_a_test_s_own_database_can_be_served_like_that(address: str) -> None:
    """Twice, as a database is used by several tests."""
    for url in (as_server(address), as_server(address)):
        database = Database(url)
        database.check_served()
        database.close()


def test_a_superuser_and_an_owner_may_not(made: Roles, postgresql_address: str) -> None:
    assert "is a superuser" in refusal(postgresql_address)
    assert "owns tables" in refusal(made.owner)


@pytest.mark.parametrize(
    ("given", "taken", "word"),
    [
        ("ALTER ROLE {} BYPASSRLS", "ALTER ROLE {} NOBYPASSRLS", "bypasses row security"),
        ("ALTER ROLE {} CREATEROLE", "ALTER ROLE {} NOCREATEROLE", "may make roles"),
        ("GRANT {owner} TO {}", "REVOKE {owner} FROM {}", "owns tables"),
        ("GRANT postgres TO {}", "REVOKE postgres FROM {}", "is a superuser"),
        ("GRANT CREATE ON SCHEMA public TO {}", "REVOKE CREATE ON SCHEMA public FROM {}", "tables"),
        ("GRANT DELETE ON tokens TO {}", "REVOKE DELETE ON tokens FROM {}", "delete rows"),
        ("GRANT UPDATE ON acts TO {}", "REVOKE UPDATE ON acts FROM {}", "only added to"),
        ("GRANT pg_write_all_data TO {}", "REVOKE pg_write_all_data FROM {}", "delete rows"),
    ],
)
def test_a_right_too_many_is_named(
    made: Roles, postgres: PostgreSQL, given: str, taken: str, word: str
) -> None:
    superuser = make_url(made.owner).set(username="postgres", password=None)
    if postgres.given is not None:
        start = make_url(postgres.given)
        superuser = superuser.set(username=start.username, password=start.password)
    owner, role = role_of(made.owner), role_of(made.serve)
    with psycopg.connect(superuser.render_as_string(hide_password=False), autocommit=True) as raw:
        raw.execute(given.format(role, owner=owner).encode())
        try:
            assert word in refusal(made.serve)
        finally:
            raw.execute(taken.format(role, owner=owner).encode())
