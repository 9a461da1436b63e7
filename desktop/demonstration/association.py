"""The association's library as a desk meets it: another program, files in, files out."""

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from appraisal.domain.errors import EnvironmentFault
from appraisal.domain.operator import Role
from appraisal.usecases.adopt_grant import AdoptGrant, AskToJoin, adopt_grant, ask_to_join
from db.files import write_durably
from desktop.session import Session


class Association:
    """A demonstration plays both sides; this is the other one. `url` as for `talent-library --url`."""

    def __init__(self, url: str, folder: Path) -> None:
        self._url, self._folder = url, folder

    def enrol(self, session: Session) -> None:
        """Request, two officers' approval, grant, adoption."""
        self._folder.mkdir(parents=True, exist_ok=True)
        self.run("init", "--demo", "--out", str(self._folder))
        asker = session.operator(Role.SUPERVISOR, Role.ADMINISTRATOR)
        request = self._folder / "request.cose"
        write_durably(request, ask_to_join(AskToJoin(asker), session.centre.desk, session.centre.exchange))
        granted = self.run("enrol", str(request), "--by", "demo-a", "--by", "demo-b", "--out", str(self._folder))
        adopt_grant(AdoptGrant(Path(granted["grant"]).read_bytes(), asker), session.centre.desk,
                    session.centre.exchange)

    def ingest(self, bundle: Path) -> Mapping[str, Any]:
        return self.run("ingest", str(bundle), "--out", str(self._folder / "receipts"))

    def publish(self) -> Path:
        """Folder with the trust list and the status lists."""
        out = self._folder / "published"
        self.run("publish", "--out", str(out))
        return out

    def run(self, *arguments: str) -> Mapping[str, Any]:
        """What the library's command answers. Raises EnvironmentFault library_failed with its own words."""
        done = subprocess.run(  # noqa: S603 - our own program, no shell
            [sys.executable, "-m", "library.cli", "--url", self._url, "--json", *arguments],
            capture_output=True, text=True, check=False, encoding="utf-8")
        if done.returncode not in (0, 1) or not done.stdout.strip():
            raise EnvironmentFault("library_failed", command=arguments[0], reason=done.stderr.strip()[-400:])
        answer: Mapping[str, Any] = json.loads(done.stdout)
        return answer
