"""Where time may come from: the database's clock, or one handed in by the caller."""

from collections.abc import Callable
from datetime import datetime
from typing import TypeAlias

Clock: TypeAlias = Callable[[], datetime]
