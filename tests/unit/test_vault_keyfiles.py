"""Key files: made once, for their owner alone, and not used when anything about them is odd."""

import base64
import os
import stat
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest

from akva.errors import InvalidRequest, KeysUnsafe
from akva.vault.commitments import commit, reveal
from akva.vault.datakeys import Purpose, Wanted
from akva.vault.keyfiles import SECRETS, Vault, _write, create, read

ORIGIN = "akva.example/log"
FILES = [*SECRETS, "log.origin", "log.guard"]


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    create(tmp_path / "keys", origin=ORIGIN)
    return tmp_path / "keys"


@pytest.fixture
def open_umask() -> Iterator[None]:
    before = os.umask(0)
    yield
    os.umask(before)


def mode(path: Path) -> str:
    return f"{stat.S_IMODE(path.stat().st_mode):o}"


def refusal_of(directory: Path) -> str:
    with pytest.raises(KeysUnsafe) as caught:
        read(directory)
    return str(caught.value)


def test_everything_a_vault_needs_is_made(directory: Path) -> None:
    assert sorted(FILES) == sorted(path.name for path in directory.iterdir())


@pytest.mark.usefixtures("open_umask")
def test_nobody_else_may_read_it_whatever_the_umask(tmp_path: Path) -> None:
    create(tmp_path / "keys", origin=ORIGIN)

    modes = [mode(tmp_path / "keys"), *(mode(tmp_path / "keys" / name) for name in FILES)]

    assert ["700", "600", "600", "600", "600", "600"] == modes


def test_each_key_is_its_own(directory: Path) -> None:
    assert {32} == {len((directory / name).read_bytes()) for name in SECRETS}
    assert 3 == len({(directory / name).read_bytes() for name in SECRETS})


def test_two_readers_hold_the_same_keys(directory: Path) -> None:
    one, two = read(directory), read(directory)

    wrapped = one.datakeys.make(UUID(int=1), Purpose.REGISTER)
    [key] = two.datakeys.take([Wanted(UUID(int=1), Purpose.REGISTER, 1, wrapped)])

    assert (ORIGIN, one.signer.public, 1) == (two.signer.name, two.signer.public, key.version)


def test_keys_are_never_written_over(directory: Path) -> None:
    before = {path.name: path.read_bytes() for path in directory.iterdir()}

    with pytest.raises(KeysUnsafe, match="is there already"):
        create(directory, origin=ORIGIN)

    assert before == {path.name: path.read_bytes() for path in directory.iterdir()}


def test_not_even_when_a_key_appears_between_the_look_and_the_writing(directory: Path) -> None:
    with pytest.raises(FileExistsError):
        _write(directory / "record.key", bytes(32))


def test_what_is_left_of_an_interrupted_making_is_not_added_to(directory: Path) -> None:
    (directory / "log.key").unlink()

    with pytest.raises(KeysUnsafe, match="is there already"):
        create(directory, origin=ORIGIN)


def test_keys_are_not_made_where_others_may_look(tmp_path: Path) -> None:
    (tmp_path / "open").mkdir(mode=0o755)

    with pytest.raises(KeysUnsafe, match="chmod 700 open"):
        create(tmp_path / "open", origin=ORIGIN)


def test_an_empty_private_directory_will_do(tmp_path: Path) -> None:
    (tmp_path / "own").mkdir(mode=0o700)

    create(tmp_path / "own", origin=ORIGIN)

    assert ORIGIN == read(tmp_path / "own").signer.name


def test_a_file_in_the_way_is_no_directory(tmp_path: Path) -> None:
    (tmp_path / "keys").write_bytes(b"")

    with pytest.raises(KeysUnsafe, match="is no directory"):
        create(tmp_path / "keys", origin=ORIGIN)


@pytest.mark.parametrize(
    "origin", ["", "two words", "a+b", "a\nb", "a\u00a0b", "a" * 256, "\ud800"]
)
def test_an_origin_that_is_no_key_name_is_refused(tmp_path: Path, origin: str) -> None:
    with pytest.raises(InvalidRequest):
        create(tmp_path / "keys", origin=origin)

    assert not (tmp_path / "keys").exists()


@pytest.mark.parametrize("name", [*SECRETS, "log.origin"])
@pytest.mark.parametrize("bits", [0o640, 0o604, 0o620, 0o602, 0o610, 0o644])
def test_a_file_open_to_others_is_refused_with_the_mend(
    directory: Path, name: str, bits: int
) -> None:
    (directory / name).chmod(bits)

    assert f"{name} is open to others: chmod 600 {name}" == refusal_of(directory)


@pytest.mark.parametrize("bits", [0o750, 0o705, 0o711, 0o777])
def test_a_directory_open_to_others_is_refused_with_the_mend(directory: Path, bits: int) -> None:
    directory.chmod(bits)

    assert "keys is open to others: chmod 700 keys" == refusal_of(directory)


@pytest.mark.parametrize("name", FILES)
def test_a_missing_file_is_named(directory: Path, name: str) -> None:
    (directory / name).unlink()

    assert refusal_of(directory).startswith(f"{name} ")


def test_no_directory_at_all_tells_what_makes_one(tmp_path: Path) -> None:
    assert "keys is no directory: `akva init` makes keys" == refusal_of(tmp_path / "keys")


@pytest.mark.parametrize("name", SECRETS)
@pytest.mark.parametrize("content", [b"", bytes(31), bytes(33)])
def test_a_key_of_another_length_is_refused(directory: Path, name: str, content: bytes) -> None:
    (directory / name).write_bytes(content)

    assert f"{name} is not a key of 32 bytes: restore it" == refusal_of(directory)


@pytest.mark.parametrize("name", SECRETS)
def test_a_link_in_a_keys_place_is_not_followed(directory: Path, name: str) -> None:
    (directory / name).rename(directory.parent / "elsewhere")
    (directory / name).symlink_to(directory.parent / "elsewhere")

    assert f"{name} cannot be read: restore it" == refusal_of(directory)


def test_two_zones_with_one_key_are_refused(directory: Path) -> None:
    (directory / "register.key").write_bytes((directory / "record.key").read_bytes())

    assert refusal_of(directory).startswith("the two zones share one key")


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a file away")
@pytest.mark.parametrize("name", ["", *SECRETS])
def test_what_belongs_to_another_is_refused(directory: Path, name: str) -> None:
    os.chown(directory / name, 12_345, -1)

    assert "belongs to another user" in refusal_of(directory)


def test_another_logs_origin_does_not_fit_the_guard(directory: Path) -> None:
    (directory / "log.origin").write_text("another.example/log", encoding="utf-8")

    assert "another log's" in refusal_of(directory)


def spellings(secret: bytes) -> set[str]:
    return {secret.hex(), repr(secret)[2:-1], base64.b64encode(secret).decode(), str(list(secret))}


def things(vault: Vault) -> Iterator[tuple[object, bytes]]:
    """Everything that holds a secret, and the secret."""
    wanted = Wanted(UUID(int=1), Purpose.AUDIT, 1, vault.datakeys.make(UUID(int=1), Purpose.AUDIT))
    [key] = vault.datakeys.take([wanted])
    opening = reveal(key, 0, commit(key, 0, {"a": "canary"}, 0).ciphertext)
    yield from [(key, key.secret), (key, key.wrapped), (wanted, key.wrapped)]
    yield from [(opening, opening.secret), (opening, b"canary")]
    standing = vault.datakeys.standing("names")
    yield standing, standing.secret


def test_no_secret_shows_in_a_repr(directory: Path) -> None:
    vault = read(directory)
    files = [(directory / name).read_bytes() for name in SECRETS]
    parts = (vault, vault.datakeys, vault.indexes, vault.pseudonyms, vault.signer, vault.guard)
    held = [*things(vault), *((part, secret) for part in parts for secret in files)]

    shown = [(thing, text) for thing, secret in held for text in spellings(secret)]

    assert [] == [thing for thing, text in shown if text in f"{thing!r}{thing}"]


def test_the_spellings_would_be_found() -> None:
    """The negative control: a secret laid bare is seen."""
    secret = bytes(range(32))

    assert [True, True, True] == [
        any(text in shown for text in spellings(secret))
        for shown in (repr([secret]), secret.hex(), base64.b64encode(secret).decode())
    ]


def test_no_secret_shows_in_an_error(directory: Path) -> None:
    secret = (directory / "record.key").read_bytes()
    (directory / "record.key").write_bytes(secret + b"x")

    assert [] == [text for text in spellings(secret) if text in refusal_of(directory)]
