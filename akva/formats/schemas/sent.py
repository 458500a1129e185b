"""What all schemas of sent objects share: every fault at once, no field but the known."""

from abc import abstractmethod
from collections.abc import Mapping
from typing import Any, Generic, TypeVar

from marshmallow import RAISE, Schema, ValidationError, post_load, validates_schema

from akva.errors import InvalidRequest
from akva.formats.schemas.faults import faults_of, misnamed, refusal, twice, wrong

T = TypeVar("T")


class Sent(Schema, Generic[T]):
    """An object that is read into a T; null is the same as absent."""

    class Meta:
        unknown = RAISE

    @abstractmethod
    def made(self, found: dict[str, Any]) -> T:
        """Make the value of the fields that were found."""

    def read(self, value: object) -> T:
        """Read a parsed value; raises InvalidRequest with every fault and its JSON pointer."""
        try:
            read: T = self.load(value)  # type: ignore[arg-type]  # that it is an object is checked there
        except ValidationError as error:
            faults = tuple(faults_of(error.messages))
        else:
            return read
        raise InvalidRequest(*faults)

    @validates_schema(pass_original=True, skip_on_field_errors=False)
    def check_names(self, _: object, sent: object, **_kw: object) -> None:
        """Refuse unknown names and names that stand twice, whatever else is wrong."""
        if not isinstance(sent, Mapping):
            raise refusal(wrong("an object"))
        if found := [*misnamed(sent, self.fields), *twice(sent)]:
            raise refusal(*found)

    @post_load
    def make(self, found: dict[str, Any], **_: object) -> T:
        return self.made({name: value for name, value in found.items() if value is not None})
