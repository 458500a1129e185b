"""akva-verify: check AKVA's log, receipts and releases offline, with this one file.

Needs Python 3.11 and, for Ed25519, the package `cryptography`; imports nothing of AKVA.
What it computes is written here a second time, by the definitions of RFC 6962 and of C2SP
signed-note, tlog-checkpoint and tlog-proof, so that no fault of the service can hide in it.
"""

import argparse
import hashlib
import hmac
import json
import re
import sys
import unicodedata
from base64 import b64decode, b64encode
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import datetime
from functools import partial, reduce
from pathlib import Path
from typing import NoReturn

HOLDS, REFUTED, UNDECIDED = 0, 1, 2
NOTE_BYTES, LEAF_BYTES = 64 * 1024, 4096
ED25519 = b"\x01"
EMPTY_ROOT = hashlib.sha256(b"").digest()
COMMIT = b"akva/commit/v1\0"
OPENING = {"index": int, "leaf": str, "secret": str, "payload": str}

KIND = (
    r"assessment\.recorded|consent\.(?:asked|granted|verified|refused|withdrawn|corrected)|"
    r"report\.(?:accepted|refused|quarantined)|release\.(?:drafted|approved)|"
    r"access\.disclosed|admin\.changed"
)
NUMBER = r"0|[1-9][0-9]{0,15}"
NAME = r"[^\s+\x00-\x1f\ud800-\udfff]+"
BASE64 = r"[A-Za-z0-9+/]+={0,2}"
HASH = r"[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]="  # base64 of 32 bytes, canonical by its form
HASHES = re.compile(rf"(?:{HASH}\n)*")
VERIFIER_KEY = re.compile(rf"({NAME})\+([0-9a-f]{{8}})\+([A-Za-z0-9+/]{{44}})")
SIGNATURE = re.compile(rf"— ({NAME}) ({BASE64})")
CHECKPOINT = re.compile(rf"([^\n]+)\n({NUMBER})\n({HASH})\n")
TLOG_PROOF = re.compile(
    rf"c2sp\.org/tlog-proof@v1\n(?:extra ((?:{BASE64})?)\n)?index ({NUMBER})\n"
    rf"({HASHES.pattern})\n(.+)",
    re.DOTALL,
)
# The one spelling of a leaf: canonical JSON whose strings never need an escape.
LEAF = re.compile(
    r'\{"c":"(?P<commitment>[0-9a-f]{64})","i":(?P<index>' + NUMBER + r"),"
    r'"org":"(?P<org>[A-Za-z0-9._-]{1,64})","s":"[0-9a-f]{64}",'
    r'"t":"(?P<at>[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{6}Z)",'
    r'"ty":"(?P<kind>' + KIND + r')","v":1,"x":"[0-9a-f]{64}"\}'
)
LAST_INDEX = 2**53 - 1


class Refuted(Exception):
    """What was claimed does not hold."""

    def __init__(self, why: str, *, where: str = "", index: int | None = None) -> None:
        super().__init__(why)
        self.why, self.where, self.index = why, where, index


class Undecided(Exception):
    """The evidence is not there, or this program cannot judge it."""


@dataclass(frozen=True, slots=True)
class Verdict:
    code: int
    sentence: str
    facts: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Key:
    name: str
    id: bytes
    public: bytes


@dataclass(frozen=True, slots=True)
class Head:
    """A checkpoint whose signature held."""

    origin: str
    size: int
    root: bytes

    @property
    def facts(self) -> dict[str, object]:
        return {"origin": self.origin, "size": self.size, "root": b64encode(self.root).decode()}


@dataclass(frozen=True, slots=True)
class Leaf:
    index: int
    at: str
    kind: str
    org: str
    commitment: str


@dataclass(frozen=True, slots=True)
class Proof:
    index: int
    hashes: list[bytes]
    note: bytes
    extra: bytes | None


@dataclass(frozen=True, slots=True)
class Opening:
    """What opens a leaf's commitment: the secret, in hexadecimal, and the payload's bytes."""

    index: int
    leaf: str
    secret: str
    payload: str


@contextmanager
def naming(where: str, index: int | None = None) -> Iterator[None]:
    """Say in which file, and at which index, the fault inside lies."""
    try:
        yield
    except Refuted as fault:
        known = index if fault.index is None else fault.index
        raise Refuted(fault.why, where=fault.where or where, index=known) from fault


def lines_of(path: Path) -> Iterator[bytes]:
    """Each line without its newline; a line that is too long or not ended is refuted."""
    with path.open("rb") as file:
        for index, line in enumerate(iter(lambda: file.readline(LEAF_BYTES + 1), b"")):
            if not line.endswith(b"\n"):
                raise Refuted("a leaf cut off or too long", where=str(path), index=index)
            yield line[:-1]


def utf8(data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Refuted("not UTF-8") from error


def unbase64(text: str) -> bytes:
    """Read the one canonical spelling of RFC 4648 §4."""
    try:
        found = b64decode(text, validate=True)
    except ValueError as error:
        raise Refuted("base64 that cannot be read") from error
    if b64encode(found).decode() != text:
        raise Refuted("base64 in another spelling than its canonical one")
    return found


def key_of(text: str) -> Key:
    """Read a C2SP verifier key: name+id+base64(0x01 and the public key)."""
    parts = VERIFIER_KEY.fullmatch(text)
    if parts is None:
        raise Undecided("--key is not an Ed25519 verifier key, which reads name+12345678+base64")
    material = b64decode(parts[3])
    key_id = hashlib.sha256(f"{parts[1]}\n".encode() + material).digest()[:4]
    if key_id.hex() != parts[2] or not material.startswith(ED25519):
        raise Undecided("--key carries a type or an id that is not its own; copy it once more")
    return Key(parts[1], key_id, material[1:])


def opened(note: bytes, key: Key) -> str:
    """Return the text of a note, every signature line of the key having held."""
    if len(note) > NOTE_BYTES:
        raise Refuted("a note longer than 64 KiB")
    whole = utf8(note)
    text, blank, tail = whole.rpartition("\n\n")
    if re.search(r"[\x00-\x09\x0b-\x1f]", whole) or not (text and blank and tail.endswith("\n")):
        raise Refuted("not a signed note")
    found = [SIGNATURE.fullmatch(line) for line in tail[:-1].split("\n")]
    if None in found:
        raise Refuted("a malformed signature line")
    blobs = [(line[1], unbase64(line[2])) for line in found if line]
    if any(len(blob) <= len(key.id) for _, blob in blobs):
        raise Refuted("a signature line without a signature")
    mine = [blob[4:] for name, blob in blobs if name == key.name and blob[:4] == key.id]
    if not mine:
        raise Refuted(f"not signed by the key {key.name}+{key.id.hex()}")
    for signature in mine:
        check_signature(key, signature, f"{text}\n".encode())
    return f"{text}\n"


def check_signature(key: Key, signature: bytes, message: bytes) -> None:
    try:  # lazily: help and a broken call need no cryptography
        from cryptography.exceptions import InvalidSignature  # noqa: PLC0415
        from cryptography.hazmat.primitives.asymmetric.ed25519 import (  # noqa: PLC0415
            Ed25519PublicKey,
        )
    except ImportError as error:  # pragma: no cover — seen by a test that runs without packages
        raise Undecided("Ed25519 is not there; install the package cryptography") from error
    try:
        Ed25519PublicKey.from_public_bytes(key.public).verify(signature, message)
    except InvalidSignature as error:
        raise Refuted(f"the signature of {key.name} does not fit the text") from error


def head_of(note: bytes, key: Key) -> Head:
    lines = CHECKPOINT.fullmatch(opened(note, key))
    if lines is None:
        raise Refuted("not the three lines of a checkpoint")
    head = Head(lines[1], int(lines[2]), b64decode(lines[3]))
    if head.origin != key.name:
        raise Refuted(f"a checkpoint of {head.origin}, not of {key.name}")
    if head.size == 0 and head.root != EMPTY_ROOT:
        raise Refuted("not the root of no leaves")
    return head


def leaf_hash(data: bytes) -> bytes:
    return hashlib.sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()


def left_part(size: int) -> int:
    """Return k, the largest power of two smaller than the size."""
    return 1 << (size - 1).bit_length() - 1


class Tree:
    """A tree that grows: the roots of its complete subtrees, from the left."""

    def __init__(self) -> None:
        self.size, self.edge = 0, list[bytes]()

    def append(self, reached: bytes) -> None:
        self.size += 1
        rest = self.size
        while rest % 2 == 0:
            reached, rest = node_hash(self.edge.pop(), reached), rest // 2
        self.edge.append(reached)

    def root(self) -> bytes:
        if not self.edge:
            return EMPTY_ROOT
        return reduce(lambda right, left: node_hash(left, right), reversed(self.edge))


def root_by_inclusion(leaf: bytes, proof: Sequence[bytes], *, index: int, size: int) -> bytes:
    """Return the root to which PATH(index, D[size]) leads from the leaf's hash."""
    if not 0 <= index < size:
        raise Refuted(f"no leaf {index} in a log of {size}")
    if size == 1:
        if proof:
            raise Refuted("a proof with too many hashes")
        return leaf
    *below, sibling = proof or too_short()
    k = left_part(size)
    if index < k:
        return node_hash(root_by_inclusion(leaf, below, index=index, size=k), sibling)
    return node_hash(sibling, root_by_inclusion(leaf, below, index=index - k, size=size - k))


def roots_by_growth(
    proof: Sequence[bytes], known: bytes | None, *, m: int, n: int
) -> tuple[bytes, bytes]:
    """Return both roots that SUBPROOF(m, D[n], b) makes; b is true while the old is known."""
    if m == n:
        reached = proof if known is None else [*proof, known]
        if len(reached) != 1:
            raise Refuted("a proof of the wrong length")
        return reached[0], reached[0]
    *below, sibling = proof or too_short()
    k = left_part(n)
    if m <= k:
        old, new = roots_by_growth(below, known, m=m, n=k)
        return old, node_hash(new, sibling)
    old, new = roots_by_growth(below, None, m=m - k, n=n - k)
    return node_hash(sibling, old), node_hash(sibling, new)


def check_growth(proof: Sequence[bytes], *, old: Head, new: Head) -> None:
    if not 0 < old.size <= new.size:
        raise Refuted(f"nothing grows from size {old.size} to size {new.size}")
    if roots_by_growth(proof, old.root, m=old.size, n=new.size) != (old.root, new.root):
        raise Refuted(f"the log of {new.size} does not begin with the log of {old.size}")


def too_short() -> NoReturn:
    raise Refuted("a proof with too few hashes")


def leaf_at(index: int, data: bytes) -> Leaf:
    """Read a leaf in its one canonical spelling."""
    match = LEAF.fullmatch(utf8(data)) if len(data) <= LEAF_BYTES else None
    if match is None:
        raise Refuted("not a canonical leaf")
    leaf = Leaf(int(match["index"]), match["at"], match["kind"], match["org"], match["commitment"])
    if leaf.index != index:
        raise Refuted(f"a leaf that was written for index {leaf.index}")
    if leaf.index > LAST_INDEX:
        raise Refuted("an index beyond what JSON can hold")
    try:
        datetime.fromisoformat(leaf.at)
    except ValueError as error:
        raise Refuted("a leaf with an impossible time") from error
    return leaf


def proof_of(data: bytes) -> Proof:
    parts = TLOG_PROOF.fullmatch(utf8(data))
    if parts is None:
        raise Refuted("not a tlog-proof")
    extra, index, hashes, note = parts.groups()
    carried = None if extra is None else unbase64(extra)
    return Proof(int(index), list(map(b64decode, hashes.split())), note.encode(), carried)


def included(receipt: Proof, leaf: bytes, key: Key) -> tuple[Leaf, Head]:
    """Hold a leaf to the signed checkpoint of its receipt."""
    head = head_of(receipt.note, key)
    found = leaf_at(receipt.index, leaf)
    hashed = leaf_hash(leaf)
    if root_by_inclusion(hashed, receipt.hashes, index=found.index, size=head.size) != head.root:
        raise Refuted(f"the leaf does not lead to the root signed at size {head.size}")
    return found, head


def strict_json(text: str) -> object:
    """Read JSON in which no key stands twice and no number is beyond JSON."""

    def once(pairs: list[tuple[str, object]]) -> dict[str, object]:
        if len(dict(pairs)) != len(pairs):
            raise ValueError("a key stands twice")
        return dict(pairs)

    def beyond(word: str) -> NoReturn:
        raise ValueError(word)

    try:
        return json.loads(text, object_pairs_hook=once, parse_constant=beyond)
    except (ValueError, RecursionError) as error:
        raise Refuted("not JSON, or a key stands twice") from error


def opening_of(data: bytes) -> Opening:
    found = strict_json(utf8(data))
    if not isinstance(found, dict) or {key: type(each) for key, each in found.items()} != OPENING:
        raise Refuted("an opening has an index, a leaf, a secret and a payload, and no more")
    if not re.fullmatch("[0-9a-f]{64}", found["secret"]):
        raise Refuted("a secret that is not 64 small hexadecimal digits")
    return Opening(**found)


def payload_of(text: str) -> dict[str, object]:
    """Read a payload that stands in its canonical form: flat, sorted, normalised."""
    payload = strict_json(text)
    if not isinstance(payload, dict):
        raise Refuted("a payload that is not an object")
    flat = all(type(each) in {str, int, bool} for each in payload.values())
    written = json.dumps(payload, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    normal = written == text and unicodedata.is_normalized("NFC", text)
    if not (flat and normal and all(key.isascii() for key in payload)):
        raise Refuted("a payload that is not in its canonical form")
    return payload


def checkpoint(file: Path, key: Key) -> Verdict:
    with naming(str(file)):
        head = head_of(file.read_bytes(), key)
    said = f"{key.name} signed {head.size} leaves with the root {head.facts['root']}"
    return Verdict(HOLDS, said, head.facts)


def proof(file: Path, leaf: Path | None, key: Key) -> Verdict:
    with naming(str(file)):
        receipt = proof_of(file.read_bytes())
    data = leaf.read_bytes() if leaf else receipt.extra
    if data is None:
        raise Undecided(f"{file} carries no leaf; hand over its bytes with --leaf")
    with naming(str(file), receipt.index):
        found, head = included(receipt, data, key)
    said = (
        f"the leaf at index {found.index} ({found.kind} by {found.org} at {found.at}) "
        f"stands in the {head.size} leaves that {head.origin} signed"
    )
    return Verdict(HOLDS, said, head.facts | asdict(found))


def consistency(key: Key, *, old: Path, new: Path, proof: Path) -> Verdict:
    with naming(str(old)):
        before = head_of(old.read_bytes(), key)
    with naming(str(new)):
        after = head_of(new.read_bytes(), key)
    with naming(str(proof)):
        text = utf8(proof.read_bytes())
        if not HASHES.fullmatch(text):
            raise Refuted("not a list of hashes")
        check_growth(list(map(b64decode, text.split())), old=before, new=after)
    said = f"the {after.size} leaves of {after.origin} begin with the {before.size} signed before"
    return Verdict(HOLDS, said, {"old_size": before.size} | after.facts)


def log(folder: Path, key: Key) -> Verdict:
    latest, heads = signed_heads(folder, key)
    tree, counts, times = Tree(), Counter[str](), list[str]()
    sound = 0
    for index, line in enumerate(lines_of(folder / "leaves.ndjson")):
        with naming(str(folder / "leaves.ndjson"), index):
            leaf = leaf_at(index, line)
            if times and leaf.at < times[-1]:
                raise Refuted("a leaf that is older than the one before it")
            if index >= latest.size:
                raise Refuted(f"a leaf beyond the {latest.size} that are signed")
        tree.append(leaf_hash(line))
        counts[leaf.kind] += 1
        times = [*times[:1], leaf.at]
        if tree.size in heads:
            sound = hold_root(tree, heads[tree.size], folder=folder, sound=sound)
    if tree.size < latest.size:
        why = f"a leaf is missing: {latest.size} are signed, {tree.size} are here"
        raise Refuted(why, where=str(folder / "leaves.ndjson"), index=tree.size)
    return told(latest, counts, times, len(heads))


def signed_heads(folder: Path, key: Key) -> tuple[Head, dict[int, Head]]:
    """Read the latest checkpoint and every checkpoint by its size, all signatures held."""
    with naming(str(folder / "checkpoint")):
        latest = head_of((folder / "checkpoint").read_bytes(), key)
    heads = dict[int, Head]()
    for file in sorted((folder / "checkpoints").iterdir()):
        if file.suffix != ".note":
            continue  # what a file manager leaves behind claims nothing
        with naming(str(file)):
            head = head_of(file.read_bytes(), key)
            if file.name != f"{head.size}.note":
                raise Refuted(f"a file whose name is not its size {head.size}")
            if head.size > latest.size:
                raise Refuted(f"newer than the latest checkpoint, which has size {latest.size}")
        heads[head.size] = head
    if latest.size not in heads:
        raise Refuted(f"no checkpoint of size {latest.size}", where=str(folder / "checkpoints"))
    if heads[latest.size] != latest:
        why = f"two roots are signed for size {latest.size}: the log has forked"
        raise Refuted(why, where=str(folder / "checkpoints"))
    return latest, heads


def hold_root(tree: Tree, head: Head, *, folder: Path, sound: int) -> int:
    """Hold the leaves so far to a checkpoint of their size; what was sound before narrows it."""
    if tree.root() == head.root:
        return tree.size
    span = f"leaf {sound}" if tree.size - sound == 1 else f"some of leaves {sound}-{tree.size - 1}"
    why = f"{span} not as signed in checkpoints/{tree.size}.note"
    raise Refuted(why, where=str(folder / "leaves.ndjson"), index=sound)


def told(latest: Head, counts: Counter[str], times: list[str], checkpoints: int) -> Verdict:
    facts = latest.facts | {
        "first": times[0] if times else None,
        "last": times[-1] if times else None,
        "kinds": dict(sorted(counts.items())),
        "checkpoints": checkpoints,
    }
    span = f" from {times[0]} to {times[-1]}" if times else ""
    kinds = ", ".join(f"{count} {kind}" for kind, count in sorted(counts.items()))
    said = (
        f"{latest.origin} has {latest.size} leaves{span}, root {facts['root']}, "
        f"{checkpoints} checkpoints" + (f": {kinds}" if kinds else "")
    )
    return Verdict(HOLDS, said, facts)


def bundle(folder: Path, key: Key) -> Verdict:
    with naming(str(folder / "opening.json")):
        opening = opening_of((folder / "opening.json").read_bytes())
    with naming(str(folder / "release.tlog-proof"), opening.index):
        receipt = proof_of((folder / "release.tlog-proof").read_bytes())
        if receipt.index != opening.index:
            raise Refuted(f"the receipt of index {receipt.index}, not of the leaf opened here")
        found, head = included(receipt, opening.leaf.encode("utf-8", "surrogatepass"), key)
        if receipt.extra not in {None, opening.leaf.encode("utf-8", "surrogatepass")}:
            raise Refuted("the receipt carries another leaf than the one opened here")
    with naming(str(folder / "opening.json"), opening.index):
        payload = payload_in(opening, found)
    digest = hashlib.sha256((folder / "release.json").read_bytes()).hexdigest()
    with naming(str(folder / "release.json"), opening.index):
        if payload.get("digest") != digest:
            raise Refuted("other bytes than those that were approved")
    said = (
        f"the release's bytes are those approved at log index {found.index} at {found.at}, "
        f"among the {head.size} leaves that {head.origin} signed"
    )
    return Verdict(HOLDS, said, head.facts | asdict(found) | {"digest": digest})


def payload_in(opening: Opening, leaf: Leaf) -> dict[str, object]:
    """Hold the opening to the commitment of an approval."""
    if leaf.kind != "release.approved":
        raise Refuted(f"a leaf of {leaf.kind}, which approves nothing")
    message = COMMIT + opening.payload.encode("utf-8", "surrogatepass")
    made = hmac.new(bytes.fromhex(opening.secret), message, hashlib.sha256).hexdigest()
    if made != leaf.commitment:
        raise Refuted("the payload is not the one that the leaf commits to")
    return payload_of(opening.payload)


def judged(check: Callable[[], Verdict]) -> Verdict:
    """Turn whatever happens into a verdict: a crash must never look like an answer."""
    try:
        return check()
    except Refuted as fault:
        at = "" if fault.index is None else f", index {fault.index}"
        place = {"where": fault.where, "index": fault.index}
        return Verdict(REFUTED, f"{fault.where}{at}: {fault.why}", place)
    except Undecided as lack:
        return Verdict(UNDECIDED, str(lack))
    except OSError as lack:
        why = f"{lack.filename} cannot be read ({lack.strerror}); check the path and the rights"
        return Verdict(UNDECIDED, why)
    except Exception as error:  # noqa: BLE001 — Python's own exit code for a crash means refuted here
        return Verdict(UNDECIDED, f"this program failed ({type(error).__name__}); tell its makers")


def printed(text: str) -> str:
    """Show what others wrote without letting it act on the terminal."""
    plain = "".join(c if c.isprintable() else ascii(c)[1:-1] for c in text)
    return plain.encode(sys.stdout.encoding, "backslashreplace").decode(sys.stdout.encoding)


def show(verdict: Verdict, *, as_json: bool) -> None:
    word = {HOLDS: "holds", REFUTED: "refuted", UNDECIDED: "cannot decide"}[verdict.code]
    told = {"verdict": word, "sentence": verdict.sentence, **verdict.facts}
    sys.stdout.write(json.dumps(told) if as_json else printed(f"{word}: {verdict.sentence}"))
    sys.stdout.write("\n")


COMMANDS: list[tuple[Callable[..., Verdict], str, str, dict[str, str]]] = [
    (checkpoint, "check a signed checkpoint", "120.note", {"file": "the checkpoint"}),
    (
        proof,
        "check a receipt",
        "receipt.tlog-proof",
        {"file": "the receipt", "--leaf": "the leaf's bytes, if the receipt does not carry them"},
    ),
    (
        consistency,
        "check that one checkpoint grew out of another",
        "120.note 350.note 120-350.proof",
        {"old": "the first", "new": "the second", "proof": "the hashes between, one a line"},
    ),
    (log, "recompute a whole log", "export/", {"folder": "as written by akva log export"}),
    (bundle, "check a release by its approval", "release/", {"folder": "the release's bundle"}),
]


def arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="akva-verify",
        description="Check AKVA's log, receipts and releases offline.",
        epilog="Exit 0: it holds. 1: it is refuted. 2: it cannot be decided, or the call is wrong.",
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for check, about, call, files in COMMANDS:
        name = check.__name__
        example = f"example: akva-verify {name} {call} --key 'akva.example/log+1c2d3e4f+Ab...'"
        made = commands.add_parser(name, help=about, description=about, epilog=example)
        made.formatter_class = argparse.RawDescriptionHelpFormatter  # the example on one line
        for file, what in files.items():
            made.add_argument(file, type=Path, help=what)
        made.add_argument("--key", required=True, help="the log's verifier key, from elsewhere")
        made.add_argument("--json", action="store_true", help="print one JSON object")
        made.set_defaults(check=check, files=[file.lstrip("-") for file in files])
    return parser


def chosen(given: argparse.Namespace) -> Verdict:
    files = {file: getattr(given, file) for file in given.files}
    verdict: Verdict = given.check(key=key_of(given.key), **files)
    return verdict


def main(argv: Sequence[str] | None = None) -> int:
    given = arguments().parse_args(argv)
    verdict = judged(partial(chosen, given))
    show(verdict, as_json=given.json)
    return verdict.code


if __name__ == "__main__":  # pragma: no cover — tests run it as a program
    sys.exit(main())
