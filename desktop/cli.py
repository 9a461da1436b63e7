"""`appraisal-desk`: the window without a command, everything else with one (docs/manual lists them)."""

import argparse
import json
import os
import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from appraisal.domain.errors import EnvironmentFault, RuleViolation
from db.folder import followed, place_of
from desktop.arguments import DATA, default_data, parser
from desktop.commands.answer import FAULT, REFUSED, USAGE, Answer

if TYPE_CHECKING:
    from db.centre import Surroundings


def main(arguments: Sequence[str] | None = None, around: "Callable[[], Surroundings] | None" = None) -> int:
    """`around`: the schemes, the clock and the waiting of every command; None: the release's and this machine's."""
    try:
        given = parser().parse_args(arguments)
    except SystemExit as left:
        return USAGE if left.code else 0
    kept = os.environ.get(DATA)
    given.data = followed(given.data_given or (place_of(kept) if kept else default_data()))
    return _answer(given, around) if given.command else _window(given)


def _window(given: argparse.Namespace) -> int:
    """Without a screen Qt ends the process with words for programmers; say it before."""
    screens = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    if sys.platform == "linux" and not any(os.environ.get(name) for name in screens):
        from desktop.errors import sentence  # noqa: PLC0415

        sys.stderr.write(sentence("no_screen") + "\n")
        return FAULT
    from desktop.gui import run_window  # noqa: PLC0415 - a command needs no window

    return run_window(given.data)


def _answer(given: argparse.Namespace, around: "Callable[[], Surroundings] | None") -> int:
    from desktop import bootstrap  # noqa: PLC0415 - a wrong usage is answered before anything is loaded
    from desktop.errors import sentence_of  # noqa: PLC0415

    given.around = around or bootstrap.surroundings
    bootstrap.choose_command_language(given.language)
    try:
        answer: Answer = getattr(bootstrap, f"run_{given.run}")(given)
    except RuleViolation as refusal:
        answer = Answer({"error": refusal.code, "field": refusal.field}, [sentence_of(refusal)], REFUSED)
    except EnvironmentFault as fault:
        answer = Answer({"error": fault.code}, [sentence_of(fault)], FAULT)
    for line in answer.warned:
        sys.stderr.write(line + "\n")
    people = sys.stderr if given.json or answer.exit else sys.stdout
    for line in answer.said:
        people.write(line + "\n")
    if given.json:
        sys.stdout.write(json.dumps(answer.result, ensure_ascii=False, default=str) + "\n")
    return answer.exit


if __name__ == "__main__":
    sys.exit(main())
