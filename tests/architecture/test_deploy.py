"""What lies in deploy/ says the same as the program, and asks for no more than it needs."""

import re
import shutil
import subprocess
import sys
from configparser import RawConfigParser
from pathlib import Path

import pytest

from akva.api.resources import batches
from akva.cli.server.running import FINISH_SECONDS
from akva.storage.engines.readiness import APPEND_ONLY
from akva.storage.tables import consent, log, record, register

DEPLOY = Path(__file__).parents[2] / "deploy"
HARDENED = {
    "User": "akva",
    "UMask": "0077",
    "NoNewPrivileges": "yes",
    "CapabilityBoundingSet": "",
    "ProtectSystem": "strict",
    "ProtectHome": "yes",
    "PrivateTmp": "yes",
    "PrivateDevices": "yes",
    "PrivateUsers": "yes",
    "ProtectKernelModules": "yes",
    "ProtectKernelTunables": "yes",
    "ProtectKernelLogs": "yes",
    "ProtectProc": "invisible",
    "RestrictNamespaces": "yes",
    "RestrictAddressFamilies": "AF_INET AF_INET6 AF_UNIX",
    "MemoryDenyWriteExecute": "yes",
    "ReadWritePaths": "/etc/akva/keys /var/lib/akva",
    "EnvironmentFile": "/etc/akva/env",
    "Restart": "on-failure",
    "KillMode": "mixed",
    "LimitCORE": "0",
}
MIB = 1024 * 1024
TABLES = {name for room in (consent, log, record, register) for name in room.metadata.tables}


def read(name: str) -> str:
    return (DEPLOY / name).read_text("utf-8")


@pytest.fixture
def unit() -> RawConfigParser:
    parser = RawConfigParser(strict=False)
    parser.optionxform = str  # type: ignore[assignment, method-assign] # names keep their case
    parser.read_string(read("akva.service"))
    return parser


def test_the_unit_may_do_little(unit: RawConfigParser) -> None:
    service = dict(unit["Service"])

    assert HARDENED == {name: service.get(name) for name in HARDENED}


def test_the_unit_waits_longer_than_the_server_for_running_calls(unit: RawConfigParser) -> None:
    assert int(unit["Service"]["TimeoutStopSec"]) > FINISH_SECONDS


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="the test above holds its keys")
def test_systemd_understands_the_unit(tmp_path: Path) -> None:
    file = tmp_path / "akva.service"
    file.write_text(read("akva.service").replace("/opt/akva/.venv/bin/akva", sys.executable))

    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", str(file)],  # noqa: S607 - the machine's own
        capture_output=True,
        text=True,
        check=False,
    )

    assert "akva.service" not in done.stderr


def granted(verb: str) -> set[str]:
    """Read the tables of grants with this verb, those of single columns with their columns."""
    grants = re.findall(rf"^GRANT {verb}([^;]+?) TO akva_serve;", sql(), re.MULTILINE)
    return {name.strip() for grant in grants for name in re.split(r",(?![^(]*\))", grant)}


def sql() -> str:
    plain = re.sub(r"--[^\n]*", "", read("grants.sql"))
    return re.sub(r"\s+TO akva_serve", " TO akva_serve", plain)


def test_every_table_is_granted_or_left_out_on_purpose() -> None:
    rows = {name.removeprefix("ON").strip() for name in granted("INSERT")}

    assert TABLES - {"log_head"} == rows


def test_nothing_is_deleted_and_what_is_only_added_to_is_not_changed() -> None:
    changed = {name.rpartition(" ")[2] for name in granted("UPDATE")}

    assert {"releases"} == changed & set(APPEND_ONLY)
    assert "GRANT UPDATE (id) ON releases" in sql()
    assert [] == re.findall(r"GRANT[^;]*(?:DELETE|TRUNCATE|TRIGGER|CREATE|ALL ON)", sql())


def test_the_proxy_takes_the_largest_body_and_lays_none_on_disk() -> None:
    conf = read("nginx.conf")
    sizes = re.findall(r"client_max_body_size (\w+);", conf)

    assert sizes == re.findall(r"client_body_buffer_size (\w+);", conf)
    assert batches.ADD.takes is not None
    assert f"{batches.ADD.takes.limit // MIB}m" == sizes[-1]
    assert f"location = {batches.ADD.path} {{" in conf
    assert "proxy_max_temp_file_size 0;" in conf


def test_the_proxy_writes_neither_path_nor_query() -> None:
    conf = read("nginx.conf")
    [form] = re.findall(r"log_format akva_plain '([^']+)'", conf)

    assert [] == re.findall(r"\$(?:request|request_uri|uri|args|query_string|http_\w+)\b", form)
    assert {"access_log off;", "access_log /var/log/nginx/akva.log akva_plain;"} == set(
        re.findall(r"access_log [^;]+;", conf)
    )


def test_no_secret_stands_in_deploy() -> None:
    for file in DEPLOY.iterdir():
        text = file.read_text("utf-8")
        assert [] == re.findall(r"://\w+:[^@\s]+@|PASSWORD '", text), file.name
