"""From process start to the first painted page of `appraisal-desk` on a desk with --people candidates.

A driver process of a few lines imports the window's entry, watches for the first paint inside the first page, and
says time.monotonic() then, one clock for all processes. The demonstration opens without asking, its key derived in
full.
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

DRIVER = """
import os, sys, time
from pathlib import Path
from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget
from desktop.gui import run_window
from desktop.shell.window import MainWindow

class FirstPaint(QObject):
    def eventFilter(self, watched, event):
        if event.type() is QEvent.Type.Paint and isinstance(watched, QWidget):
            window = watched.window()
            if isinstance(window, MainWindow) and window.page(window.current_key()).isAncestorOf(watched):
                application.removeEventFilter(self)
                QTimer.singleShot(0, painted)
        return False

def painted():
    print(time.monotonic(), flush=True)
    os._exit(0)  # its end is not counted; nothing was written

application = QApplication(sys.argv)
first = FirstPaint()
application.installEventFilter(first)
sys.exit(run_window(Path(sys.argv[1])))
"""


def start(folder: Path) -> float:
    """Seconds until the first page was painted."""
    environment = os.environ | {"QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM", "offscreen")}
    started = time.monotonic()
    done = subprocess.run([sys.executable, "-c", DRIVER, str(folder)], env=environment, check=True,
                          capture_output=True, text=True)
    return float(done.stdout.split()[0]) - started


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--people", type=int, default=100_000)
    arguments.add_argument("--n", type=int, default=9)
    arguments.add_argument("--json", action="store_true")
    chosen = arguments.parse_args()
    folder = crowd.desk_folder(chosen.people)
    start(folder)
    seconds = [start(folder) for _ in range(chosen.n)]
    result = {"benchmark": "startup", "people": chosen.people, "n": chosen.n,
              "p50_ms": round(statistics.median(seconds) * 1e3, 1), "least_ms": round(min(seconds) * 1e3, 1)}
    print(json.dumps(result) if chosen.json else "\n".join(f"{name}: {value}" for name, value in result.items()))


if __name__ == "__main__":
    main()
