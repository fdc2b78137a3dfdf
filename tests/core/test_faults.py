"""A fault's report tells developers where, and never what a row held."""

from __future__ import annotations

import pickle

from linzhang_plugin.core.faults import FaultError, fault_of


def stumble() -> None:
    """Fail twice over, with a name and a number in the text."""
    try:
        raise ValueError("示例甲 19900000000")
    except ValueError as error:
        raise KeyError("示例甲 19900000000") from error


def caught() -> FaultError:
    try:
        stumble()
    except KeyError as error:
        return fault_of(error)
    raise AssertionError


def test_the_report_names_kinds_and_places():
    report = caught().report
    assert "ValueError" in report and "KeyError" in report
    assert "in stumble" in report


def test_no_value_of_the_data_gets_into_the_report():
    # The line of code itself is shown, as in any traceback; here it is the one that raises.
    lines = [line for line in caught().report.splitlines() if "raise " not in line]
    assert not any("19900000000" in line for line in lines)


def test_the_sentence_blames_the_program_not_the_user():
    assert "KeyError" in str(caught())
    assert "fault of its own" in str(caught())


def test_a_fault_travels_between_processes_and_is_not_wrapped_again():
    fault = caught()
    again = pickle.loads(pickle.dumps(fault))
    assert (again.kind, again.report) == (fault.kind, fault.report)
    assert fault_of(again) is again
