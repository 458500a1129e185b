"""PostgreSQL, in production: writers lock what they decide on, readers cannot write."""

from sqlalchemy import URL, Engine, create_engine

OPTIONS = "-c timezone=UTC"
READ_ONLY = f"{OPTIONS} -c default_transaction_read_only=on"


def engine(url: URL, *, writing: bool) -> Engine:
    """Make a pool of connections, for writing or for reading."""
    return create_engine(
        url,
        # The gate's lock is made for READ COMMITTED: who waited reads the newest row.
        # A reader sees one snapshot for as long as its transaction lasts.
        isolation_level="READ COMMITTED" if writing else "REPEATABLE READ",
        connect_args={"options": OPTIONS if writing else READ_ONLY},
        hide_parameters=True,
        pool_pre_ping=True,
    )
