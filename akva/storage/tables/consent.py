"""Consent: events that stay, and the one row by which the gate opens or closes."""

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    ForeignKeyConstraint,
    Index,
    LargeBinary,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
)

from akva.storage.tables.log import act
from akva.storage.tables.types import Instant, Whole, metadata

consent_events = Table(
    "consent_events",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("provider_id", Uuid, nullable=False),
    Column("client_id", Uuid, nullable=False),
    Column("episode_id", Uuid, nullable=False),
    Column("purpose", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("valid_from", Instant, nullable=False),
    Column("valid_to", Instant),
    Column("written", Boolean),
    Column("instruments", Text),  # sorted ids with a blank between; absent: all
    Column("grant_id", Uuid),
    Column("recorded_at", Instant, nullable=False),
    Column("recorded_by", Uuid, nullable=False),
    Column("sealed", LargeBinary),
    *act("'consent.' || kind"),
    UniqueConstraint("provider_id", "id"),
    UniqueConstraint("provider_id", "episode_id", "id"),
    ForeignKeyConstraint(
        ["provider_id", "client_id", "episode_id"],
        ["episodes.provider_id", "episodes.client_id", "episodes.id"],
    ),
    ForeignKeyConstraint(
        ["provider_id", "episode_id", "grant_id"],
        ["consent_events.provider_id", "consent_events.episode_id", "consent_events.id"],
    ),
    ForeignKeyConstraint(["recorded_by"], ["actors.id"]),
    CheckConstraint(
        "kind IN ('asked', 'granted', 'verified', 'refused', 'withdrawn')", name="kind"
    ),
    CheckConstraint("(kind = 'granted') = (written IS NOT NULL)", name="written"),
    CheckConstraint("(kind = 'verified') = (grant_id IS NOT NULL)", name="verified"),
    CheckConstraint(
        "kind = 'granted' OR (valid_to IS NULL AND instruments IS NULL)", name="granted"
    ),
    CheckConstraint("valid_to > valid_from", name="interval"),
    Index(None, "episode_id", "purpose"),
)

consent_states = Table(
    "consent_states",
    metadata,
    Column("episode_id", Uuid, primary_key=True),
    Column("purpose", Text, primary_key=True),
    Column("provider_id", Uuid, nullable=False),
    Column("client_id", Uuid, nullable=False),
    Column("state", Text, nullable=False),
    Column("epoch", Whole, nullable=False),
    Column("event_id", Uuid, nullable=False),
    Column("valid_from", Instant, nullable=False),
    Column("valid_to", Instant),
    ForeignKeyConstraint(
        ["provider_id", "client_id", "episode_id"],
        ["episodes.provider_id", "episodes.client_id", "episodes.id"],
    ),
    ForeignKeyConstraint(
        ["provider_id", "episode_id", "event_id"],
        ["consent_events.provider_id", "consent_events.episode_id", "consent_events.id"],
    ),
    CheckConstraint(
        "state IN ('asked', 'unwritten', 'unverified', 'granted', 'refused', 'withdrawn')",
        name="state",
    ),
    CheckConstraint("epoch >= 1", name="epoch"),
    CheckConstraint("valid_to > valid_from", name="interval"),
)
