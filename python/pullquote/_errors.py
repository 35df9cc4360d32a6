"""The errors, here so that the compiled part and the Python part raise the same ones."""

__all__ = ["InputTypeError", "InvalidValueError", "PullquoteError"]


class PullquoteError(Exception):
    """The root of all errors that pullquote raises itself.

    Only building fails: a list of entities, an option, a file. Analysing a text never fails on its content.
    """


class InputTypeError(PullquoteError, TypeError):
    """A value has the wrong type: a text that is no `str`, an entity that is a number."""


class InvalidValueError(PullquoteError, ValueError):
    """A value cannot be used: an unknown option, an entity without a name, a damaged file."""


for _error in (PullquoteError, InputTypeError, InvalidValueError):
    _error.__module__ = "pullquote"  # where people import it from
