"""What the report page is made of: everything on it comes from these values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from akva.demo.report.anchors import PUBLISHED, Anchor


@dataclass(frozen=True, slots=True, kw_only=True)
class LogFacts:
    """The log and what the verifier said of it: `line` is its output, `exit_code` 0 when it holds.

    `root` is base64.
    """

    origin: str
    size: int
    root: str
    exit_code: int
    line: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Followed:
    """One figure that a reader can follow to its leaf: a cell of the release and how to check it.

    `leaf_hash` is hexadecimal; `command` is exactly what to type.
    """

    service: str
    table: str
    leaf_index: int
    leaf_hash: str
    command: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportData:
    """`summary` is summary.json, `body` the release's canonical JSON, both read.

    `service_names` maps a service's code to its names by language.
    """

    summary: Mapping[str, Any]
    body: Mapping[str, Any]
    service_names: Mapping[str, Mapping[str, str]]
    log: LogFacts
    followed: Followed
    anchors: tuple[Anchor, ...] = field(default=PUBLISHED)
