"""Passphrases that a command asks for: typed blind at a terminal, on standard input, or a sentence."""

import os
import pty
import select
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CENTRE = ROOT / "docs" / "centre.example.toml"
LANGUAGES = (("zh_CN", "终端"), ("en", "no terminal"))
OWN = "four quiet words here"


def run(folder, *arguments, module="desktop.cli", lines="", **environment):
    """In a session of its own: whoever runs the tests may sit at a terminal."""
    known = {name: value for name, value in os.environ.items() if not name.startswith("APPRAISAL_DESK")}
    return subprocess.run([sys.executable, "-m", module, *map(str, arguments)], cwd=ROOT, input=lines, text=True,
                          capture_output=True, start_new_session=True, timeout=60, check=False,
                          env=known | {"APPRAISAL_DESK_DATA": str(folder / "desk")} | environment)


def one_sentence(done, word):
    assert (done.returncode, done.stdout) == (3, ""), done.stderr
    assert word in done.stderr
    assert "--passphrase-stdin" in done.stderr
    assert done.stderr.count("\n") == 1, done.stderr


@pytest.fixture
def founded(tmp_path):
    done = run(tmp_path, "init", "--centre", CENTRE, "--passphrase-stdin", lines=f"{OWN}\n")
    assert done.returncode == 0, done.stderr
    return {"APPRAISAL_DESK_OPERATOR": "admin", "APPRAISAL_DESK_PASSPHRASE": OWN}


ENROL = ("operators", "enrol", "li", "--name", "李四", "--role", "registrar")


def test_an_operator_is_enrolled_with_a_passphrase_from_standard_input(founded, tmp_path):
    for language, word in LANGUAGES:
        one_sentence(run(tmp_path, "--language", language, *ENROL, **founded), word)
    done = run(tmp_path, *ENROL, "--passphrase-stdin", lines=f"{OWN} too\n", **founded)
    assert done.returncode == 0, done.stderr
    listed = run(tmp_path, "operators", "list", APPRAISAL_DESK_OPERATOR="li", APPRAISAL_DESK_PASSPHRASE=f"{OWN} too")
    assert "li  李四" in listed.stdout


def test_a_centre_is_not_founded_without_a_way_to_give_its_passphrase(tmp_path):
    one_sentence(run(tmp_path, "--language", "en", "init", "--centre", CENTRE), "no terminal")
    assert not (tmp_path / "desk" / "centre.db").exists()


def test_an_officer_is_asked_at_a_terminal_only(tmp_path):
    library = {"module": "library.cli", "TALENT_LIBRARY_URL": f"sqlite:///{tmp_path / 'library.db'}"}
    assert run(tmp_path, "init", "--out", tmp_path, **library).returncode == 0
    for language, word in LANGUAGES:
        one_sentence(run(tmp_path, "--language", language, "officer", "add", "wang", **library), word)


AT_TERMINAL = """
import os, sys
from desktop.cli import main

os.login_tty(0)
sys.exit(main())
"""


def typed(environment, *lines):
    """Enrols at a terminal, where `lines` answer what it asks; the exit code and what the terminal shows."""
    keyboard, terminal = pty.openpty()
    process = subprocess.Popen([sys.executable, "-c", AT_TERMINAL, "--language", "en", *ENROL], cwd=ROOT,
                               stdin=terminal, stdout=terminal, stderr=terminal, env=os.environ | environment)
    os.close(terminal)
    shown, answers = "", list(lines)
    while select.select([keyboard], [], [], 60)[0]:
        try:
            shown += os.read(keyboard, 4096).decode()
        except OSError:  # nobody has the other end open any more
            break
        if answers and shown.endswith(": "):
            os.write(keyboard, f"{answers.pop(0)}\n".encode())
    os.close(keyboard)
    return process.wait(60), shown


def test_a_new_passphrase_is_typed_twice_and_not_shown(founded, tmp_path):
    here = founded | {"APPRAISAL_DESK_DATA": str(tmp_path / "desk")}
    code, shown = typed(here, f"{OWN} too", f"{OWN} tow")
    assert (code, "not the same" in shown) == (1, True), shown
    code, shown = typed(here, "\x04")  # Ctrl+D: nothing
    assert (code, "nothing was typed" in shown) == (3, True), shown
    code, shown = typed(here, f"{OWN} too", f"{OWN} too")
    assert (code, OWN in shown) == (0, False), shown
