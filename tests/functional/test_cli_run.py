"""`akva run`: an example that a newcomer can call a minute later, and again tomorrow."""

from pathlib import Path

from tests.functional.server import Server, free_port, started
from tests.functional.shell import Shell
from tests.wire import HOST

WHO = ["provider", "consent-verifier", "publisher", "second", "researcher", "auditor", "operator"]
NOWHERE = "01900000-0000-7000-8000-00000000dead"


def tokens(server: Server) -> dict[str, str]:
    lines = [line.split() for line in server.said if line.startswith("  ")]
    return {words[0]: words[-1] for words in lines}


def key(server: Server) -> str:
    [line] = [line for line in server.said if "verifier key" in line]
    return line.rpartition(" ")[2]


def call(folder: Path) -> tuple[str, ...]:
    return ("run", "--dir", str(folder), "--clients", "60")


def test_everybody_gets_a_token_that_works_and_the_example_is_kept(tmp_path: Path) -> None:
    folder = tmp_path / "run"
    with started(tmp_path, *call(folder)) as server:
        first, first_key = tokens(server), key(server)
        known = {
            name: server.wire(token).get(f"/v1/clients/{NOWHERE}").status
            for name, token in first.items()
        }
        unknown = server.wire("akva_" + "x" * 43).get(f"/v1/clients/{NOWHERE}").status
        releases = server.wire(first["researcher"]).get("/v1/releases")
        assert 0 == server.end()
    with started(tmp_path, *call(folder)) as server:
        second, second_key = tokens(server), key(server)
        assert 0 == server.end()

    assert WHO == list(first)
    assert ({404, 403}, 404, 401) == (set(known.values()), known["provider"], unknown)
    assert 1 == len(releases.json["items"])
    assert first_key == second_key
    assert set() == set(first.values()) & set(second.values())
    assert 0 == Shell(folder, {})("doctor").code
    assert 0 == Shell(folder, {})("log", "verify").code


def test_a_service_that_is_somebody_s_is_left_alone(shell: Shell) -> None:
    before = (shell.folder / "akva.db").read_bytes()

    done = shell("run", "--listen", f"{HOST}:{free_port()}")

    assert (1, "") == (done.code, done.out)
    assert "no demonstration made" in done.err
    assert before == (shell.folder / "akva.db").read_bytes()
