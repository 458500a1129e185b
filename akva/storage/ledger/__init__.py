"""The log as it is read: entries and tree, for proofs and for whoever checks the whole of it."""

from akva.storage.ledger.entries import (
    LeafRow,
    PayloadRow,
    hollow,
    leaves,
    payloads,
)
from akva.storage.ledger.tree import (
    CheckpointRow,
    add_checkpoint,
    checkpoints,
    hold,
    node,
    nodes,
)

__all__ = [
    "CheckpointRow",
    "LeafRow",
    "PayloadRow",
    "add_checkpoint",
    "checkpoints",
    "hold",
    "hollow",
    "leaves",
    "node",
    "nodes",
    "payloads",
]
