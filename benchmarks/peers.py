"""What a user could pick instead, and the floors: scripts beside the repository, in environments of their own.

They never mix with the product's packages. The environments are made at first need under `.venv/peers`.
"""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
SCRIPTS, FONTS = ROOT.parent / "shared" / "peers", ROOT.parent / "shared" / "fonts"
MORANGO = "morango==0.8.15"
ENVIRONMENTS = ROOT / ".venv" / "peers"


def are_here() -> bool:
    return SCRIPTS.is_dir()


def run(script: str, *arguments: str, environment: str = "tools") -> dict[str, Any]:
    """The one JSON line that a script prints. `environment`: tools, window for Qt alone, or morango."""
    done = subprocess.run(
        [str(_python(environment)), str(SCRIPTS / f"{script}.py"), "--json", *arguments], check=True,
        capture_output=True, text=True, cwd=ROOT / ".venv", env=os.environ | {"PYTHONDONTWRITEBYTECODE": "1"})
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def read_by_others(folder: Path) -> dict[str, int]:
    """How many of the pictures that `reading --keep` wrote each other reader reads."""
    done = subprocess.run([str(_python("tools")), str(Path(__file__).with_name("readers.py")), str(folder)], check=True,
                          capture_output=True, text=True, cwd=ROOT / ".venv")
    found: dict[str, int] = json.loads(done.stdout.splitlines()[-1])
    return found


def _python(environment: str) -> Path:
    folder = ENVIRONMENTS / environment
    python = folder / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    if not (folder / "ready").exists():
        print(f"making {folder} for the peers, once", file=sys.stderr)
        subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
        subprocess.run([str(python), "-m", "pip", "install", "-q", *_wanted(environment)], check=True)
        (folder / "ready").touch()
    return python


def _wanted(environment: str) -> list[str]:
    if environment == "tools":
        return ["-r", str(SCRIPTS / "requirements-peers.txt")]
    if environment == "morango":
        return [MORANGO]
    from PySide6 import __version__  # noqa: PLC0415 - the same Qt for both

    return [f"PySide6-Essentials=={__version__}"]
