"""Where a centre's data are, by names alone: asked at every start, before anything heavy is loaded."""

import json
import os
import sys
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

DATABASE, KEYS, LOCK = "centre.db", "centre.keys", "centre.lock"
DESK = "centre.desk"
"""In place of a database: which desk of a centre on a server this computer is."""
SERVER = "centre.server"
"""In a data folder in place of all these: the address of the server, where the computer has joined from its window."""
SERVERS = "postgresql+psycopg://"
DEMONSTRATION_MEMORY = 8
"""KiB that a demonstration's key slots take; a real one takes thousands of times more."""

DEMONSTRATION_LOGIN = "supervisor"
DEMONSTRATION_PASSPHRASE = "demonstration"  # noqa: S105 - public on purpose: resources/demo/demo.toml


@dataclass(frozen=True, slots=True)
class Server:
    """A centre on PostgreSQL (docs/decisions/centre-on-postgresql.md)."""

    url: str
    folder: Path
    """What this computer has of it: its desk, its lock, its window's settings."""

    def __str__(self) -> str:
        """Without the password: for sentences and answers."""
        parts = urlsplit(self.url)
        return self.url.replace(f":{parts.password}@", ":***@", 1) if parts.password else self.url


Place = Path | Server


def place_of(text: str) -> Place:
    """A data folder, or a server by its URL; what this computer has of it lies beside its settings, under a name that
    neither a user nor a password changes."""
    if not text.startswith(SERVERS):
        return Path(text)
    from hashlib import sha256  # noqa: PLC0415 - a folder, which most desks have, starts without it

    parts = urlsplit(text)
    hosts = [parts.hostname or "", *parse_qs(parts.query).get("host", ())]
    named = "\n".join((*hosts, str(parts.port or 5432), parts.path))
    return Server(text, settings_folder() / "servers" / sha256(named.encode()).hexdigest()[:16])


def followed(place: Place) -> Place:
    """A folder of a computer that has joined a centre on a server from its window names that server."""
    if isinstance(place, Server) or is_here(place):
        return place
    try:
        named = place_of((place / SERVER).read_text("utf-8").strip())
    except (OSError, ValueError):
        return place
    return named if isinstance(named, Server) else place


def files_of(place: Place) -> Path:
    """The folder on this computer."""
    return place.folder if isinstance(place, Server) else place


def is_here(place: Place) -> bool:
    """Whether there is a centre, or this computer is a desk of one on a server."""
    folder = files_of(place)
    return (folder / (DESK if isinstance(place, Server) else DATABASE)).exists()


def opens_without_asking(place: Place) -> bool:
    """Whether this is a demonstration, whose passphrase is public. A damaged key file is nobody's demonstration."""
    if isinstance(place, Server):
        return False
    try:
        slots = json.loads((place / KEYS).read_bytes())["slots"]
        return is_here(place) and all(slot["memory"] == DEMONSTRATION_MEMORY for slot in slots)
    except (OSError, ValueError, KeyError, TypeError):
        return False


def settings_folder() -> Path:
    """This machine's settings of this user. Not those that Windows carries from one computer to another."""
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA", Path.home())) / "AppraisalDesk" / "settings"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "AppraisalDesk"
    return Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config") / "appraisal-desk"
