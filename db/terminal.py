"""Passphrases as somebody gives them to a command: typed blind at its terminal, or a line each on standard input."""

import sys
import warnings
from getpass import GetPassWarning, getpass

from appraisal.domain.errors import EnvironmentFault, RuleViolation


class Passphrases:
    """One after the other."""

    def __init__(self, *, from_input: bool) -> None:
        self._from_input = from_input

    def ask(self, name: str) -> str:
        """Raises EnvironmentFault no_terminal."""
        if self._from_input:
            return sys.stdin.readline().rstrip("\r\n")
        return self._typed(name, f"{name}: ")

    def ask_new(self, name: str) -> str:
        """Typed blind, so twice at a terminal. Raises RuleViolation passphrases_differ, EnvironmentFault no_terminal.
        """
        first = self.ask(name)
        if not self._from_input and self._typed(name, f"{name} (2): ") != first:
            raise RuleViolation("passphrases_differ", "passphrase")
        return first

    def _typed(self, name: str, prompt: str) -> str:
        """Without a terminal getpass would show on the screen what is typed, after a warning for programmers."""
        missing = EnvironmentFault("no_terminal", name=name)
        if sys.platform == "win32" and (sys.stdin is None or not sys.stdin.isatty()):  # it would wait for ever
            raise missing
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("error", GetPassWarning)
                return getpass(prompt)
        except (GetPassWarning, EOFError) as fault:
            raise missing from fault
