"""`talent-library serve --console`, the command itself."""

import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture
def command(tmp_path):
    made = [sys.executable, "-m", "library.cli", "--url", f"sqlite:///{tmp_path / 'library.db'}"]
    subprocess.run([*made, "init", "--demo", "--out", tmp_path], cwd=ROOT, check=True, capture_output=True)
    return [*made, "--language", "en", "serve", "--spool", str(tmp_path / "spool"), "--port", "0"]


@contextmanager
def served(command):
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) as process:
        try:
            line = process.stderr.readline()
            yield next(word for word in line.split() if word.startswith("http")).rstrip(".")
        finally:
            process.kill()


def test_the_console_is_served_where_it_is_said(command):
    with served(command) as address:
        assert httpx.get(f"{address}/console/sign-in", trust_env=False).status_code == 404
    with served([*command, "--console"]) as address:
        assert "<form" in httpx.get(f"{address}/console/sign-in", trust_env=False).text
        assert httpx.get(f"{address}/healthz", trust_env=False).status_code == 200
    with served([*command, "--console", "--behind-proxy"]) as address:
        assert httpx.get(f"{address}/console/sign-in", trust_env=False).status_code == 403
        through = httpx.get(f"{address}/console/sign-in", headers={"X-Forwarded-Proto": "https"}, trust_env=False)
        assert through.status_code == 200


def test_not_over_plain_http_to_others(command):
    done = subprocess.run([*command, "--console", "--host", "0.0.0.0"], cwd=ROOT, capture_output=True, text=True,
                          check=False)
    assert done.returncode != 0
    assert "Without TLS" in done.stderr
