"""A file that somebody chose, read or written off the GUI thread."""

from contextlib import suppress
from pathlib import Path

from appraisal.domain.errors import EnvironmentFault


def bytes_of(path: str) -> bytes:
    """Raises EnvironmentFault sheet_not_read for a file that is gone or held by another program."""
    try:
        return Path(path).read_bytes()
    except OSError as fault:
        raise EnvironmentFault("sheet_not_read", file=Path(path).name, reason=fault.strerror or str(fault)) from fault


def keep_file(file: Path, data: bytes) -> None:
    """The file gets its name last: what was there before stays until then. Raises EnvironmentFault file_not_written."""
    part = file.with_name(f".{file.name}.new")
    try:
        part.write_bytes(data)
        part.replace(file)
    except OSError as fault:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        raise EnvironmentFault("file_not_written", file=str(file), reason=fault.strerror or str(fault)) from fault
