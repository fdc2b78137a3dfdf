"""A fault of the program itself: one sentence for the user, a report for the developers."""

from __future__ import annotations

import traceback

from linzhang_plugin.core.messages import LinzhangError, tr


class FaultError(LinzhangError):
    """An error that no input should cause.

    Attributes:
        report: Where in the code it happened, for the developers.
    """

    def __init__(self, kind: str, report: str) -> None:
        """Say that the program is at fault, not the user's data."""
        super().__init__(
            tr(
                "The program met a fault of its own ({kind}); nothing was written. The log panel,"
                " tab Linzhang, holds the report for the developers."
            ),
            kind=kind,
        )
        self.kind = kind
        self.report = report

    def __reduce__(self) -> tuple[type[FaultError], tuple[str, str]]:
        """Survive pickling between processes."""
        return (FaultError, (self.kind, self.report))


def fault_of(error: BaseException) -> FaultError:
    """Give the fault that an unexpected error means.

    The report names the kinds of error and the lines of code. It leaves out the errors' own
    texts: they may quote a row, and no name or phone number belongs in a log.
    """
    if isinstance(error, FaultError):
        return error
    lines: list[str] = []
    cause: BaseException | None = error
    while cause is not None:
        lines += traceback.format_tb(cause.__traceback__)
        lines.append(f"{type(cause).__qualname__}\n")
        cause = cause.__cause__ or cause.__context__
    return FaultError(type(error).__qualname__, "".join(lines))
