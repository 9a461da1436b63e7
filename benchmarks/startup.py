"""From process start to the first painted page of `appraisal-desk` on a desk with --people candidates: sign-in.
And from the passphrase to the painted Today page, the key derived in full.

A driver process of a few lines imports the window, watches for the first paint of each, and says time.monotonic() then,
one clock for all processes.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

from benchmarks import crowd
from db.folder import DEMONSTRATION_LOGIN, DEMONSTRATION_PASSPHRASE

LONGEST = 60
"""Seconds: a page that is not painted by then never is, and that is said."""

DRIVER = """
import os, sys, time
from pathlib import Path
from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget
from desktop.gui import DeskWindow

moments = []

class Paints(QObject):
    def eventFilter(self, watched, event):
        if event.type() is QEvent.Type.Paint and isinstance(watched, QWidget):
            shown = watched.window()
            if not moments:
                moments.append(time.monotonic())
                QTimer.singleShot(1500, sign_in)  # a person types for longer
            elif len(moments) == 2 and type(shown).__name__ == "MainWindow" and shown.page(
                    shown.current_key()).isAncestorOf(watched):
                moments.append(time.monotonic())
                QTimer.singleShot(0, end)
        return False

def sign_in():
    page = desk.window
    page.login.setText(sys.argv[2])
    page.passphrase.setText(sys.argv[3])
    moments.append(time.monotonic())
    page.enter.click()

def end():
    print(*moments, flush=True)
    os._exit(0)  # its end is not counted; nothing was written

application = QApplication(sys.argv)
paints = Paints()
application.installEventFilter(paints)
desk = DeskWindow(application, Path(sys.argv[1]))
desk.begin()
application.exec()
"""


def start(folder: Path) -> tuple[float, float]:
    """Seconds until the sign-in page was painted, and from the passphrase until the Today page was."""
    environment = os.environ | {"QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM", "offscreen")}
    started = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-c", DRIVER, str(folder), DEMONSTRATION_LOGIN, DEMONSTRATION_PASSPHRASE], env=environment,
        check=True, capture_output=True, text=True, timeout=LONGEST)
    painted, typed, working = map(float, done.stdout.split())
    return painted - started, working - typed


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--people", type=int, default=100_000)
    arguments.add_argument("--n", type=int, default=9)
    arguments.add_argument("--json", action="store_true")
    chosen = arguments.parse_args()
    folder = crowd.desk_folder(chosen.people)
    start(folder)
    first, signed_in = zip(*(start(folder) for _ in range(chosen.n)), strict=True)
    result = {"benchmark": "startup", "people": chosen.people, "n": chosen.n,
              "p50_ms": round(statistics.median(first) * 1e3, 1), "least_ms": round(min(first) * 1e3, 1),
              "signed_in_p50_ms": round(statistics.median(signed_in) * 1e3, 1)}
    print(json.dumps(result) if chosen.json else "\n".join(f"{name}: {value}" for name, value in result.items()))


if __name__ == "__main__":
    main()
