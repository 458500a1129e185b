"""Read a definition file, or name the file and key of everything that is wrong in it."""

import hashlib
import json
import tomllib
from collections.abc import Mapping
from dataclasses import MISSING, Field, dataclass, field, fields, is_dataclass
from difflib import get_close_matches
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints

import msgspec

from instruments.definition import Definition
from instruments.errors import DefinitionFault, InvalidDefinition
from instruments.soundness import contradictions

Table = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Loaded:
    definition: Definition
    digest: str  # "sha256:…" of the canonical form


def parse(text: str, *, file: str) -> Loaded:
    """Make the definition; raises InvalidDefinition with all of the file's faults at once."""
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise InvalidDefinition([DefinitionFault(file, "(file)", str(error))]) from None
    form = Form()
    parts = form.parts(Definition, raw, "")
    faults = form.faults + list(contradictions(parts, declared(raw)))
    if raw.get("id") != file.removesuffix(".toml").partition("@")[0]:
        faults.append(("id", "is not the file's name"))
    if faults:
        raise InvalidDefinition([DefinitionFault(file, key, why) for key, why in faults])
    return Loaded(Definition(**parts), digest(raw))


def digest(raw: Table) -> str:
    """Hash the content, so that a comment or a line break is no other definition."""
    canonical = json.dumps(raw, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return "sha256:" + hashlib.sha256(canonical.encode()).hexdigest()


def declared(raw: Table) -> dict[str, list[str]]:
    """List every id by its array, malformed tables' too: what refers to one is no second fault."""
    arrays = {key: value for key, value in raw.items() if isinstance(value, list)}
    return {
        key: [table["id"] for table in array if isinstance(table, dict) and "id" in table]
        for key, array in arrays.items()
    }


@dataclass(slots=True)
class Form:
    """Turns tables into dataclasses field by field and remembers what did not fit."""

    faults: list[tuple[str, str]] = field(default_factory=list)

    def parts(self, kind: type, raw: Table, key: str) -> Table:
        """Convert what can be; a key that is unknown, lacking or of another type is a fault."""
        known = {part.name: part for part in fields(kind)}
        hints = get_type_hints(kind)
        for name in raw.keys() - known.keys():
            near = get_close_matches(name, known, 1)
            self.faults.append((key + name, "is no key here" + "".join(f"; {n}?" for n in near)))
        for name in known.keys() - raw.keys():
            if required(known[name]):
                self.faults.append((key + name, "is missing"))
        present = ((name, raw[name]) for name in known if name in raw)
        made = {name: self.value(hints[name], value, key + name) for name, value in present}
        return {name: value for name, value in made.items() if value is not None}

    def value(self, kind: Any, raw: object, key: str) -> Any:  # noqa: ANN401  (any field's type)
        """Convert one value; None when it does not fit."""
        if get_origin(kind) is UnionType:
            kind = get_args(kind)[0]  # "or None" is a default, which no file can write
        inner = get_args(kind)
        if is_dataclass(kind) and isinstance(kind, type):
            return self.table(kind, raw, key)
        if get_origin(kind) is tuple and is_dataclass(inner[0]) and isinstance(raw, list):
            made = [self.table(inner[0], part, named(key, i, part)) for i, part in enumerate(raw)]
            return tuple(part for part in made if part is not None)
        if get_origin(kind) is Mapping and is_dataclass(inner[1]) and isinstance(raw, dict):
            pairs = {
                name: self.table(inner[1], part, f"{key}.{name}") for name, part in raw.items()
            }
            return {name: part for name, part in pairs.items() if part is not None}
        try:
            return msgspec.convert(raw, kind)
        except msgspec.ValidationError as error:
            self.faults.append((key, str(error)))
            return None

    def table(self, kind: Any, raw: object, key: str) -> Any:  # noqa: ANN401  (any dataclass)
        if not isinstance(raw, dict):
            self.faults.append((key, "is no table"))
            return None
        before = len(self.faults)
        parts = self.parts(kind, raw, f"{key}.")
        return kind(**parts) if len(self.faults) == before else None


def required(part: Field[Any]) -> bool:
    return part.default is MISSING and part.default_factory is MISSING


def named(key: str, index: int, raw: object) -> str:
    """Name a table of an array by its id, which a reader can search for, else by its place."""
    name = raw.get("id") if isinstance(raw, dict) else None
    return f"{key}[{name if isinstance(name, str) else index}]"
