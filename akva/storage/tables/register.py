"""The register: subjects, the keys that a withdrawal destroys, reports, refusals, releases."""

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
    text,
)

from akva.storage.tables.log import act
from akva.storage.tables.types import Instant, OccasionText, Whole, metadata

subjects = Table(
    "subjects",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("register_index", LargeBinary, nullable=False, unique=True),
    Column("added_at", Instant, nullable=False),
)

register_keys = Table(
    "register_keys",
    metadata,
    Column("episode_id", Uuid, primary_key=True),
    Column("version", Whole, primary_key=True, autoincrement=False),
    Column("provider_id", Uuid, nullable=False),
    Column("wrapped", LargeBinary),
    Column("made_at", Instant, nullable=False),
    Column("destroyed_at", Instant),
    UniqueConstraint("provider_id", "episode_id", "version"),
    ForeignKeyConstraint(["provider_id", "episode_id"], ["episodes.provider_id", "episodes.id"]),
    CheckConstraint("version >= 1", name="version"),
    CheckConstraint("(wrapped IS NULL) = (destroyed_at IS NOT NULL)", name="destroyed"),
    Index(
        "ix_register_keys_living",
        "episode_id",
        unique=True,
        sqlite_where=text("destroyed_at IS NULL"),
        postgresql_where=text("destroyed_at IS NULL"),
    ),
)

reports = Table(
    "reports",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("provider_id", Uuid, nullable=False),
    Column("subject_id", Uuid, nullable=False),
    Column("episode_id", Uuid, nullable=False),
    Column("assessment_id", Uuid, nullable=False),
    Column("purpose", Text, nullable=False),
    Column("consent_event_id", Uuid, nullable=False),
    Column("consent_epoch", Whole, nullable=False),
    Column("service", Text, nullable=False),
    Column("instrument", Text, nullable=False),
    Column("occasion", OccasionText, nullable=False),
    Column("answered_on", Date, nullable=False),
    Column("accepted_at", Instant, nullable=False),
    Column("supersedes", Uuid),
    Column("key_version", Whole, nullable=False),
    Column("sealed", LargeBinary, nullable=False),
    *act("'report.accepted'"),
    UniqueConstraint("provider_id", "episode_id", "id"),
    # Once under one permission; after a withdrawal and a new grant the epoch is another.
    UniqueConstraint("assessment_id", "purpose", "consent_epoch"),
    ForeignKeyConstraint(["subject_id"], ["subjects.id"]),
    ForeignKeyConstraint(["provider_id", "episode_id"], ["episodes.provider_id", "episodes.id"]),
    ForeignKeyConstraint(
        ["provider_id", "episode_id", "assessment_id"],
        ["assessments.provider_id", "assessments.episode_id", "assessments.id"],
    ),
    ForeignKeyConstraint(
        ["provider_id", "episode_id", "consent_event_id"],
        ["consent_events.provider_id", "consent_events.episode_id", "consent_events.id"],
    ),
    ForeignKeyConstraint(
        ["provider_id", "episode_id", "key_version"],
        ["register_keys.provider_id", "register_keys.episode_id", "register_keys.version"],
    ),
    ForeignKeyConstraint(
        ["provider_id", "episode_id", "supersedes"],
        ["reports.provider_id", "reports.episode_id", "reports.id"],
    ),
    CheckConstraint("occasion IN ('start', 'end', 'follow_up')", name="occasion"),
    Index(None, "supersedes"),
)

refusals = Table(
    "refusals",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("provider_id", Uuid, nullable=False),
    Column("episode_id", Uuid, nullable=False),
    Column("assessment_id", Uuid, nullable=False),
    Column("purpose", Text, nullable=False),
    Column("code", Text, nullable=False),
    Column("refused_at", Instant, nullable=False),
    *act("'report.refused'"),
    ForeignKeyConstraint(
        ["provider_id", "episode_id", "assessment_id"],
        ["assessments.provider_id", "assessments.episode_id", "assessments.id"],
    ),
    # The list of codes is consent's and grows; a code is a word, never a person's data.
    CheckConstraint("code = upper(code) AND length(code) <= 40", name="code"),
    Index(None, "provider_id", "episode_id"),
)

releases = Table(
    "releases",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("programme", Text, nullable=False),
    Column("version", Whole, nullable=False),
    Column("round", Text, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Column("digest", Text, nullable=False),
    Column("reports", Whole, nullable=False),
    Column("reports_root", LargeBinary, nullable=False),
    Column("refusals", Text, nullable=False),
    Column("drafted_by", Uuid, nullable=False),
    Column("drafted_at", Instant, nullable=False),
    UniqueConstraint("id", "drafted_by"),
    CheckConstraint("reports >= 0", name="reports"),
    CheckConstraint("length(reports_root) = 32", name="root"),
    ForeignKeyConstraint(["drafted_by"], ["actors.id"]),
)

release_steps = Table(
    "release_steps",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("release_id", Uuid, nullable=False),
    Column("drafted_by", Uuid, nullable=False),  # the release's, so that two people can be compared
    Column("kind", Text, nullable=False),
    Column("actor_id", Uuid, nullable=False),
    Column("audience", Text),
    Column("at", Instant, nullable=False),
    *act("'release.' || kind"),
    UniqueConstraint("release_id", "kind", "audience"),
    ForeignKeyConstraint(["release_id", "drafted_by"], ["releases.id", "releases.drafted_by"]),
    ForeignKeyConstraint(["actor_id"], ["actors.id"]),
    CheckConstraint("kind IN ('drafted', 'approved')", name="kind"),
    CheckConstraint("(kind = 'drafted') = (actor_id = drafted_by)", name="two_people"),
)
