"""Sentences for people, kept as a template and its values until someone knows the language.

Core never translates. It marks an English template with :func:`tr` or wraps it in a
:class:`Message`; ``scripts/strings`` collects the literals, and the room that shows the
sentence renders it with its own translator.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

Translate = Callable[[str], str]


def tr(text: str) -> str:
    """Mark a literal for translation and return it unchanged."""
    return text


def untranslated(text: str) -> str:
    """Translator that keeps the English, for logs and tests."""
    return text


@dataclass(frozen=True)
class Message:
    """A sentence to be translated later.

    Attributes:
        template: English text with ``{name}`` fields, always a literal where it is written.
        values: Values of the fields; a value may itself be a Message.

    Example:
        >>> str(Message("Grid {code} has {n} parts.", {"code": "W001", "n": 2}))
        'Grid W001 has 2 parts.'
    """

    template: str
    values: tuple[tuple[str, Any], ...] | dict[str, Any] = ()

    def __post_init__(self) -> None:
        """Freeze the values so that messages can be compared and hashed."""
        object.__setattr__(self, "values", tuple(dict(self.values).items()))

    def render(self, translate: Translate = untranslated) -> str:
        """Give the sentence in the language of ``translate``."""
        filled = {
            name: value.render(translate) if isinstance(value, Message) else value
            for name, value in dict(self.values).items()
        }
        return translate(self.template).format(**filled)

    def __str__(self) -> str:
        """Give the English sentence."""
        return self.render()


class LinzhangError(Exception):
    """A failure that a user can understand and act on, in one sentence.

    The sentence names the file, layer, field or row, what is wrong and what to do.

    Example:
        >>> raise InputError("Layer {layer} is empty; choose another.", layer="stands")
        Traceback (most recent call last):
        ...
        linzhang_plugin.core.messages.InputError: Layer stands is empty; choose another.
    """

    def __init__(self, template: str, **values: Any) -> None:
        """Keep the sentence; ``template`` is a literal where the error is raised."""
        super().__init__(template)
        self.message = Message(template, values)

    def __reduce__(self) -> tuple[Any, ...]:
        """Survive pickling between processes with the values kept."""
        return (_rebuild_error, (type(self), self.message))

    def __str__(self) -> str:
        """Give the English sentence."""
        return self.message.render()


def _rebuild_error(kind: type[LinzhangError], message: Message) -> LinzhangError:
    return kind(message.template, **dict(message.values))


class InputError(LinzhangError):
    """A layer, file, field, row or parameter that cannot be used."""


class ConflictError(LinzhangError):
    """Hard rules (locks, towns, bounds) that contradict each other."""


class StoreError(LinzhangError):
    """A workspace that cannot be read or written (locked, read-only, full, too new)."""


class MissingLibraryError(LinzhangError):
    """An algorithm's library is not installed; the rest of the plugin works."""


class CancelledError(LinzhangError):
    """The user stopped the work; nothing was written."""

    def __init__(self, template: str = "Cancelled; nothing was written.", **values: Any) -> None:
        """Say the usual sentence unless another is given."""
        super().__init__(template, **values)
