"""The set-up script by its parts: what it looks for, what it says, and that it goes on where it cannot install.

The whole of it is proved on an empty machine (docs/decisions/set-up.md), not here: it needs the network.
"""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parents[2] / "packaging/setup.sh"
INSTALL_ALL = "python_missing() { :; }; libraries() { :; }; install_system; echo went on"
TOOLS = ("bash", "cat", "cut", "dirname", "id", "sort")


def run(lines: str, path: str | None = None) -> subprocess.CompletedProcess[str]:
    """`lines` after the script's functions have been read."""
    shell = shutil.which("bash")
    assert shell is not None
    environment = {"PATH": path or os.environ["PATH"], "HOME": os.environ.get("HOME", "/")}
    return subprocess.run([shell, "-c", f"source {SCRIPT}\n{lines}"], env=environment, capture_output=True, text=True,
                          check=False, timeout=60, stdin=subprocess.DEVNULL)


@pytest.fixture
def bare_path(tmp_path: Path) -> str:
    """A path with the few tools of any system, and no apt-get, sudo or Python."""
    for tool in TOOLS:
        found = shutil.which(tool)
        assert found is not None
        (tmp_path / tool).symlink_to(found)
    return str(tmp_path)


def test_every_need_has_a_package_and_a_reason() -> None:
    lines = run("needs").stdout.splitlines()
    assert len(lines) > 20
    for line in lines:
        what, package, why = line.split("|")
        assert what.startswith(">") or ".so." in what
        assert package == package.lower().strip()
        assert why


def test_on_a_machine_with_nothing_every_need_is_missing(bare_path: str) -> None:
    assert run("libraries() { :; }; missing", bare_path).stdout == run("needs").stdout


def test_a_library_that_is_there_is_not_missing() -> None:
    there = run(r"libraries() { printf '\tlibEGL.so.1 (libc6,x86-64) => x\n'; }; missing").stdout
    assert "libEGL.so.1" not in there
    assert "libGL.so.1|libgl1" in there


def test_a_name_that_only_begins_alike_does_not_count() -> None:
    assert "libEGL.so.1|" in run(r"libraries() { printf '\tlibEGL.so.10 (libc6) => x\n'; }; missing").stdout


def test_another_system_is_told_what_is_missing_and_goes_on(bare_path: str) -> None:
    told = run(INSTALL_ALL, bare_path)
    assert told.returncode == 0
    assert "libxcb-cursor0 (windows on X11)" in told.stdout
    assert "neither Debian nor Ubuntu" in told.stdout
    assert told.stdout.endswith("went on\n")


def test_without_root_and_sudo_it_says_so_and_goes_on(bare_path: str) -> None:
    apt = Path(bare_path) / "apt-get"
    apt.write_text(f"#!{shutil.which('bash')}\necho called\nexit 1\n")
    apt.chmod(0o755)
    (Path(bare_path) / "id").unlink()
    told = run(f"id() {{ echo 1000; }}; {INSTALL_ALL}", bare_path)
    assert "neither root nor sudo" in told.stdout
    assert "called" not in told.stdout
    assert told.stdout.endswith("went on\n")


def test_apt_that_fails_is_told_and_what_lacks_is_named(bare_path: str) -> None:
    apt = Path(bare_path) / "apt-get"
    apt.write_text(f"#!{shutil.which('bash')}\nexit 100\n")
    apt.chmod(0o755)
    told = run(f"id() {{ echo 0; }}; {INSTALL_ALL}", bare_path)
    assert "apt-get could not install them" in told.stdout
    assert "still missing:" in told.stdout
    assert told.stdout.endswith("went on\n")


def test_where_nothing_lacks_nothing_is_said_or_done(bare_path: str) -> None:
    assert run("missing() { :; }; python_missing() { :; }; install_system", bare_path).stdout == ""


def test_no_python_that_is_new_enough_ends_with_3_and_a_sentence(bare_path: str) -> None:
    told = run("find_python", bare_path)
    assert told.returncode == 3
    assert "Python 3.11 or newer is needed" in told.stderr
