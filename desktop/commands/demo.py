"""`demo`: one appraisal day through the whole house, from a roster to certificates that verify and a receipt.

The day is played in the past, on a clock that ends now: what is signed at its end is signed at the real time.
"""

import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from appraisal.credential.reading import read_payloads
from appraisal.credential.verdict import Code, verify
from appraisal.domain.batch import BatchState
from appraisal.domain.events import Id
from appraisal.domain.marks import Outcome
from appraisal.domain.operator import Role
from appraisal.domain.workdays import working_days_after
from appraisal.usecases.issue_certificates import IssueCertificates, issue_certificates
from db.centre import Centre, Surroundings, open_centre
from db.desk import CHINA
from db.files import write_durably
from db.folder import DEMONSTRATION_LOGIN, Place
from desktop.commands import exchange
from desktop.commands.answer import Answer
from desktop.commands.certificates import prepare_demonstration, print_issued
from desktop.demonstration.association import Association
from desktop.demonstration.day import Day, Given
from desktop.demonstration.index import index_page
from desktop.demonstration.script import Demonstration, Script, create_demonstration, load_script
from desktop.errors import sentence
from desktop.press import DeskPress
from desktop.session import Session

DAYS_BACK = 11
"""Working days from the exam to the certificates: the marks, then a publicity of five, with a day to spare."""
PLANNED = -10
"""Working days from the exam to the day the batch is opened."""


@dataclass(frozen=True, slots=True)
class Wanted:
    out: Path
    folder: Place
    """The desk's data."""
    library: str | None
    """URL; None: SQLite in `out`."""
    seed: int | None


def run(wanted: Wanted, given: Given, around: Surroundings, press: DeskPress,
        say: Callable[[str], None] = lambda _: None) -> Answer:
    """Raises EnvironmentFault centre_exists where the folder has a centre: a demonstration overwrites nobody."""
    started = time.monotonic()
    script, now = load_script(), around.clock()
    today = datetime.fromtimestamp(now / 1000, CHINA).date()
    exam_day = working_days_after(today, -DAYS_BACK)
    ahead = _nine(working_days_after(exam_day, PLANNED)) - now
    create_demonstration(wanted.folder, script, replace(around, clock=lambda: around.clock() + ahead))
    centre = open_centre(wanted.folder, DEMONSTRATION_LOGIN, script.passphrase, around)
    try:
        centre.move_clock(ahead)
        session = Session(centre, demonstration=True, login=DEMONSTRATION_LOGIN)
        result = _play(session, script, wanted, given, exam_day, press, say)
    finally:
        centre.close()
    result["seconds"] = round(time.monotonic() - started, 1)
    write_durably(wanted.out / "index.html", index_page(result, script).encode())
    return Answer(result, [sentence("demo_done", result)])


def _nine(day: date) -> int:
    return int(datetime(day.year, day.month, day.day, 9, tzinfo=CHINA).timestamp() * 1000)


def _play(session: Session, script: Script, wanted: Wanted, given: Given, exam_day: date, press: DeskPress,
          say: Callable[[str], None]) -> dict[str, Any]:
    centre, library = session.centre, wanted.out / "library"
    association = Association(wanted.library or f"sqlite:///{library / 'library.db'}", library)
    association.enrol(session)
    demonstration, day = Demonstration(centre), Day(session, press, wanted.seed or script.seed)
    playing = script.batches[:1] if given.roster else script.batches
    batches = [demonstration.open(one, exam_day) for one in playing]
    for one, batch in zip(playing, batches, strict=True):
        say(sentence("demo_registers", {"batch": one.code}))
        day.register(batch, one, given)
    for batch in batches:
        demonstration.bring(batch, BatchState.MARKING)
    for one, batch in zip(playing, batches, strict=True):
        say(sentence("demo_marks", {"batch": one.code}))
        day.mark(batch, one, given)
    for batch in batches:
        demonstration.bring(batch, BatchState.PUBLICISED)
    for batch in batches:
        demonstration.bring(batch, BatchState.CERTIFYING)
    centre.to_real_time()
    for one, batch in zip(playing, batches, strict=True):
        say(sentence("demo_issues", {"batch": one.code}))
        prepare_demonstration(session, session.batch(batch))
        issue_certificates(IssueCertificates(batch, session.operator(Role.CERTIFICATE_OFFICER)), centre.desk, press)
    say(sentence("demo_sends"))
    sent = _send(session, association, wanted.out)
    pdf = _print(session, press, wanted.out / "certificates.pdf", batches)
    say(sentence("demo_verifies"))
    outcomes = Counter(row.outcome for batch in batches for row in centre.reads.outcomes(batch))
    return {"out": str(wanted.out), **day.counts, "passed": outcomes[Outcome.PASS], "failed": outcomes[Outcome.FAIL],
            "incomplete": outcomes[Outcome.INCOMPLETE], "void": outcomes[Outcome.VOID],
            "certificates": sum(len(centre.reads.certificate_rows(batch)) for batch in batches),
            "verified": _verified(centre, pdf), "pdf": str(pdf),
            **sent, "data": str(wanted.folder), "problems": day.problems}


def _send(session: Session, association: Association, out: Path) -> dict[str, Any]:
    """To the library and back: `accepted` is what its receipt says of this bundle."""
    centre, officer = session.centre, session.operator(Role.CERTIFICATE_OFFICER)
    sent = exchange.export(centre, officer, out / "bundles")
    answer = association.ingest(sent.bundle)
    supervisor = session.operator(Role.SUPERVISOR)
    receipts = [exchange.take_in(centre, officer, supervisor, Path(one)) for one in answer["receipts"]]
    exchange.take_in(centre, officer, supervisor, association.publish())
    accepted = sum(one["accepted"] + one["duplicate"] for one in receipts)
    return {"bundle": str(sent.bundle), "records": sent.records, "withheld": sent.withheld, "accepted": accepted,
            "receipts": list(answer["receipts"])}


def _print(session: Session, press: DeskPress, file: Path, batches: Sequence[Id]) -> Path:
    reads = session.centre.reads
    issued = [reads.certificate(row.id) for batch in batches for row in reads.certificate_rows(batch)]
    write_durably(file, print_issued(session, press, issued))
    return file


def _verified(centre: Centre, pdf: Path) -> int:
    """Pages whose QR gives VALID, read from the file as anybody would."""
    trust, statuses, now = centre.reads.trust(), centre.reads.statuses(), centre.clock() // 1000
    texts: Sequence[str] = read_payloads(pdf.read_bytes())
    return sum(verify(text, trust, statuses, now).code is Code.VALID for text in texts)
