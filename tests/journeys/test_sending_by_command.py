"""`bundle send` as somebody at a shell gives it: to a library that serves, that does not, and that refuses."""

import socket
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[2]


@contextmanager
def serving(library, spool, *more):
    """Its address, once it listens."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "library.cli", "--url", f"sqlite:///{library}", "serve", "--spool", str(spool),
               "--port", str(port), *more]
    with subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True) as process:
        try:
            assert str(port) in process.stderr.readline()
            yield f"http://127.0.0.1:{port}"
        finally:
            process.kill()


def test_what_was_begun_goes_first_and_the_address_is_remembered(shell, tmp_path):
    shell.desk("init", "--demo")
    data = shell.folder / "desk"
    left = shell.desk("bundle", "export", "--out", data / "outgoing")
    with serving(data / "association" / "library.db", tmp_path / "spool") as address:
        answer = shell.desk("--language", "en", "bundle", "send", "--to", address)
        assert shell.code == 0, shell.said
        assert Path(left["bundle"]).name in shell.said
        assert (answer["records"], answer["accepted"], answer["receipts"]) == (left["records"], left["records"], [1])
        assert list((data / "outgoing").iterdir()) == []
        again = shell.desk("bundle", "send")
        assert (shell.code, again["error"]) == (1, "nothing_to_send")
    gone = shell.desk("bundle", "send", "--patience", "0")
    assert gone, shell.said
    assert (shell.code, gone["error"]) == (3, "library_unreachable")


def test_a_library_that_does_not_know_the_desk_refuses_in_its_own_words(shell, tmp_path):
    shell.desk("init", "--demo")
    library = tmp_path / "other" / "library.db"
    shell.library(f"sqlite:///{library}", "init", "--out", tmp_path)
    with serving(library, tmp_path / "spool") as address:
        for language, word in (("en", "enrolled"), ("zh_CN", "入网")):
            refused = shell.desk("--language", language, "bundle", "send", "--to", address)
            assert refused, shell.said
            assert (shell.code, refused["error"]) == (1, "library_refuses")
            assert word in shell.said
    assert shell.desk("bundle", "send")["error"] == "library_url_missing"  # an address that refused is not kept


def test_without_tls_only_this_machine_is_served(shell, tmp_path):
    url = f"sqlite:///{tmp_path / 'library.db'}"
    shell.library(url, "init", "--out", tmp_path)
    refused = shell.library(url, "serve", "--spool", tmp_path / "spool", "--host", "0.0.0.0")
    assert refused["error"] == "serve_without_tls"
    assert shell.code == 1
    none = tmp_path / "none.pem"
    assert shell.library(url, "serve", "--spool", tmp_path / "spool", "--port", "0", "--tls-cert", none,
                         "--tls-key", none)["error"] == "serve_no_certificate"
    assert shell.code == 3
