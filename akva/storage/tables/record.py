"""The provider's own record: who calls, clients, episodes, assessments. Tenancy is in every key."""

from sqlalchemy import (
    CheckConstraint,
    Column,
    Date,
    ForeignKeyConstraint,
    Index,
    LargeBinary,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
)

from akva.storage.tables.log import act
from akva.storage.tables.types import Instant, OccasionText, Whole, metadata

providers = Table(
    "providers",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("code", Text, nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("added_at", Instant, nullable=False),
    *act("'admin.changed'"),
)

actors = Table(
    "actors",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("role", Text, nullable=False),
    Column("provider_id", Uuid),
    Column("name", LargeBinary, nullable=False),
    Column("added_at", Instant, nullable=False),
    *act("'admin.changed'"),
    UniqueConstraint("provider_id", "id"),
    ForeignKeyConstraint(["provider_id"], ["providers.id"]),
    CheckConstraint(
        "role IN ('provider', 'consent-verifier', 'researcher', 'publisher', 'auditor',"
        " 'operator')",
        name="role",
    ),
    # A second person may come from the provider or from outside it.
    CheckConstraint(
        "role = 'consent-verifier' OR (role = 'provider') = (provider_id IS NOT NULL)",
        name="provider",
    ),
)

tokens = Table(
    "tokens",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("actor_id", Uuid, nullable=False),
    Column("digest", LargeBinary, nullable=False, unique=True),
    Column("made_at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False),
    Column("made_by", Uuid, nullable=False),
    Column("revoked_at", Instant),
    Column("revoke_act_id", Uuid, unique=True),
    *act("'admin.changed'"),
    # The revocation's own act, of the same kind.
    ForeignKeyConstraint(
        ["revoke_act_id", "act_kind"],
        ["acts.id", "acts.kind"],
        deferrable=True,
        initially="DEFERRED",
    ),
    ForeignKeyConstraint(["actor_id"], ["actors.id"]),
    ForeignKeyConstraint(["made_by"], ["actors.id"]),
    CheckConstraint("length(digest) = 32", name="digest"),
    CheckConstraint("expires_at > made_at", name="lifetime"),
    CheckConstraint(
        "(revoked_at IS NULL) = (revoke_act_id IS NULL) AND revoke_act_id <> act_id",
        name="revoked",
    ),
)

clients = Table(
    "clients",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("provider_id", Uuid, nullable=False),
    Column("identity_index", LargeBinary),
    Column("reference_index", LargeBinary),
    Column("sealed", LargeBinary, nullable=False),
    Column("row_version", Whole, nullable=False),
    Column("events", Whole, nullable=False),  # the next number of the client's event counter
    Column("added_at", Instant, nullable=False),
    UniqueConstraint("provider_id", "id"),
    UniqueConstraint("provider_id", "identity_index"),
    UniqueConstraint("provider_id", "reference_index"),
    ForeignKeyConstraint(["provider_id"], ["providers.id"]),
    CheckConstraint("identity_index IS NOT NULL OR reference_index IS NOT NULL", name="known"),
    CheckConstraint("row_version >= 1 AND events >= 0", name="counters"),
)

client_keys = Table(
    "client_keys",
    metadata,
    Column("client_id", Uuid, primary_key=True),
    Column("purpose", Text, primary_key=True),
    Column("version", Whole, primary_key=True, autoincrement=False),
    Column("provider_id", Uuid, nullable=False),
    Column("wrapped", LargeBinary),
    Column("made_at", Instant, nullable=False),
    Column("destroyed_at", Instant),
    ForeignKeyConstraint(["provider_id", "client_id"], ["clients.provider_id", "clients.id"]),
    CheckConstraint("purpose IN ('record', 'audit')", name="purpose"),
    CheckConstraint("version >= 1", name="version"),
    CheckConstraint("(wrapped IS NULL) = (destroyed_at IS NOT NULL)", name="destroyed"),
)

episodes = Table(
    "episodes",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("provider_id", Uuid, nullable=False),
    Column("client_id", Uuid, nullable=False),
    Column("service", Text, nullable=False),
    Column("decided_on", Date, nullable=False),
    Column("started_on", Date, nullable=False),
    Column("ended_on", Date),
    Column("sealed", LargeBinary, nullable=False),
    Column("row_version", Whole, nullable=False),
    Column("added_at", Instant, nullable=False),
    UniqueConstraint("provider_id", "id"),
    UniqueConstraint("provider_id", "client_id", "id"),
    ForeignKeyConstraint(["provider_id", "client_id"], ["clients.provider_id", "clients.id"]),
    CheckConstraint("ended_on >= started_on", name="days"),
    CheckConstraint("row_version >= 1", name="counters"),
    Index(None, "ended_on"),
)

assessments = Table(
    "assessments",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("root_id", Uuid, nullable=False),
    Column("version", Whole, nullable=False),
    Column("provider_id", Uuid, nullable=False),
    Column("client_id", Uuid, nullable=False),
    Column("episode_id", Uuid, nullable=False),
    Column("instrument", Text, nullable=False),
    Column("edition", Text, nullable=False),
    Column("occasion", OccasionText, nullable=False),
    Column("answered_on", Date, nullable=False),
    Column("sealed", LargeBinary, nullable=False),
    Column("recorded_at", Instant, nullable=False),
    *act("'assessment.recorded'"),
    UniqueConstraint("provider_id", "id"),
    UniqueConstraint("provider_id", "episode_id", "id"),
    UniqueConstraint("root_id", "version"),
    ForeignKeyConstraint(
        ["provider_id", "client_id", "episode_id"],
        ["episodes.provider_id", "episodes.client_id", "episodes.id"],
    ),
    # A correction stays in its episode.
    ForeignKeyConstraint(
        ["provider_id", "episode_id", "root_id"],
        ["assessments.provider_id", "assessments.episode_id", "assessments.id"],
    ),
    CheckConstraint("version >= 1 AND (version = 1) = (root_id = id)", name="version"),
    CheckConstraint("occasion IN ('start', 'end', 'follow_up')", name="occasion"),
    Index(None, "episode_id", "instrument", "occasion"),
)

idempotency = Table(
    "idempotency",
    metadata,
    Column("actor_id", Uuid, primary_key=True),
    Column("key", Text, primary_key=True),
    Column("fingerprint", LargeBinary, nullable=False),
    Column("result_id", Uuid, nullable=False),
    Column("created_at", Instant, nullable=False),
    ForeignKeyConstraint(["actor_id"], ["actors.id"]),
)
