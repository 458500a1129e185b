"""What can go wrong in consent; a refusal is a verdict, not an error.

ConsentError
├── NeverAsked            no event for the purpose: there is no state to store
├── UnknownPurpose        a state asked for a purpose that is not listed
├── UnknownRefusal        a refusal code that is not listed
├── PurposesUnreadable    the purposes' file lacks something; names purpose and field
└── NotAdmitted           something tried to pass for admitted without the gate
"""


class ConsentError(Exception):
    """The root of the tree above."""


class NeverAsked(ConsentError):
    pass


class UnknownPurpose(ConsentError):
    pass


class UnknownRefusal(ConsentError):
    pass


class PurposesUnreadable(ConsentError):
    pass


class NotAdmitted(ConsentError):
    pass
