"""What a check finds, with its mend."""

from akva.errors import Fault, InvalidRequest


class Unwell(InvalidRequest):
    """Something that no other part of the service has an error for."""

    def __init__(self, why: str, next_step: str) -> None:
        super().__init__(Fault("unwell", "", why, next_step))
