"""The log as it is read: entries and tree, for proofs and for whoever checks the whole of it."""

from akva.storage.ledger.entries import (
    LeafRow,
    PayloadRow,
    leaves,
    payloads,
)
from akva.storage.ledger.places import index_of
from akva.storage.ledger.rows import ActRow, act_rows
from akva.storage.ledger.tree import (
    CheckpointRow,
    add_checkpoint,
    checkpoints,
    hold,
    node,
    nodes,
    strays,
)

__all__ = [
    "ActRow",
    "CheckpointRow",
    "LeafRow",
    "PayloadRow",
    "act_rows",
    "add_checkpoint",
    "checkpoints",
    "hold",
    "index_of",
    "leaves",
    "node",
    "nodes",
    "payloads",
    "strays",
]
