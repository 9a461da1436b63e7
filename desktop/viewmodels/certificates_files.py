"""What is written of certificates: PDFs, all of them or none, signed where somebody signs."""

import contextlib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol

from appraisal.domain.errors import EnvironmentFault
from appraisal.domain.events import Id
from desktop.tasks import Progress

Wanted = Sequence[tuple[Path, tuple[Id, ...]]]
"""Each file and the certificates in it."""


class Signing(Protocol):
    def signed(self, pdf: bytes) -> bytes: ...


class Signer(Protocol):
    """Whoever signs PDFs (desktop.commands.signing.Hand)."""

    @property
    def name(self) -> str: ...
    def signing(self) -> Signing:
        """From now on. Raises RuleViolation where it may not sign at this time."""


def write_pdfs(wanted: Wanted, render: Callable[[tuple[Id, ...]], bytes], signer: Signer | None,
               progress: Progress) -> tuple[Path, ...]:
    """What a cancel or a fault cuts short is taken away again."""
    signing = signer.signing() if signer is not None else None
    written: list[Path] = []
    try:
        for done, (file, certificates) in enumerate(wanted, 1):
            data = render(certificates)
            part = file.with_name(file.name + ".part")
            written.append(part)
            part.write_bytes(signing.signed(data) if signing is not None else data)
            progress.step(done, len(wanted))
        for part in written:
            part.replace(part.with_suffix(""))
    except OSError as fault:
        _take_away(written)
        raise EnvironmentFault(
            "file_not_written", file=str(wanted[0][0].parent), reason=fault.strerror or str(fault)) from fault
    except BaseException:
        _take_away(written)
        raise
    return tuple(file for file, _ in wanted)


def file_name(number: str) -> str:
    """Certificate numbers are letters, digits and hyphens; anything else has no place in a file's name."""
    return "".join(one if one.isalnum() or one in "-_." else "_" for one in number)


def _take_away(files: Sequence[Path]) -> None:
    with contextlib.suppress(OSError):
        for file in files:
            file.unlink(missing_ok=True)
