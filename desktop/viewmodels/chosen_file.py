"""A file that somebody chose, read off the GUI thread."""

from pathlib import Path

from appraisal.domain.errors import EnvironmentFault


def bytes_of(path: str) -> bytes:
    """Raises EnvironmentFault sheet_not_read for a file that is gone or held by another program."""
    try:
        return Path(path).read_bytes()
    except OSError as fault:
        raise EnvironmentFault("sheet_not_read", file=Path(path).name, reason=fault.strerror or str(fault)) from fault
