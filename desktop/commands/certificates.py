"""`certificates issue`, `certificates render`."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol

from appraisal.domain.batch import BatchState
from appraisal.domain.certificate import Bilingual
from appraisal.domain.operator import Role
from appraisal.domain.staleness import Agreed
from appraisal.usecases.agree_to_issue import AgreeToIssue, agree_to_issue
from appraisal.usecases.import_numbers import (
    ImportNumbers,
    PreviewNumbers,
    accepted,
    import_numbers,
    preview_numbers,
)
from appraisal.usecases.issue_certificates import IssueCertificates, issue_certificates
from appraisal.usecases.ports import Issued, Step, no_step
from appraisal.usecases.reads import BatchRow
from db.desk import CHINA
from db.files import write_durably, writing
from db.queries.association import association_state
from db.templates import AdoptedTemplates
from desktop.commands.answer import DONE, REFUSED, Answer
from desktop.demonstration.script import Demonstration
from desktop.errors import sentence
from desktop.i18n import current_language
from desktop.press import DeskPress
from desktop.session import Session


def issue(session: Session, batch: BatchRow, press: DeskPress, step: Step = no_step) -> Answer:
    """In a demonstration, the publicity runs its days first, and the province gives its numbers. `numbers_few`: of
    which schemes few are left, whatever was issued, as the page says it."""
    if session.demonstration:
        prepare_demonstration(session, batch)
    press = press.with_templates(AdoptedTemplates(session.centre.reader, session.centre.clock))
    done = issue_certificates(IssueCertificates(batch.id, session.operator(Role.CERTIFICATE_OFFICER)),
                              session.centre.desk, press, step)
    blocked = [{"enrolment": one, "code": code, "message": sentence(code)} for one, code in done.blocked]
    said = [sentence("certificates_issued", {"count": len(done.issued), "blocked": len(blocked)}),
            *(one["message"] for one in blocked)]
    warned = [sentence(done.warned, {"days": done.list_days})] if done.warned else []
    few = numbers_few(session)
    if few:
        name, comma = ("name_zh", "、") if current_language() == "zh_CN" else ("name_en", ", ")
        warned.append(sentence("numbers_few", {"numbers": comma.join(f"{one[name]} {one['left']}" for one in few)}))
    nothing = bool(blocked) and not done.issued
    return Answer({"issued": len(done.issued), "blocked": blocked, "numbers_few": few}, said,
                  REFUSED if nothing else DONE, warned)


def numbers_few(session: Session) -> list[dict[str, Any]]:
    """Schemes of which the next updates have to bring new numbers; none for a desk that no association has granted."""
    centre = session.centre
    state = association_state(centre.reader, centre.clock())
    names = {code: one.occupation for code, one in centre.desk.schemes.items()}
    named = [(names.get(one.scheme) or Bilingual(one.scheme, one.scheme), one)
             for one in (state.few if state.library else ())]
    return [{"scheme": one.scheme, "name_zh": name.zh, "name_en": name.en, "left": one.left, "block": one.block}
            for name, one in named]


def agree(session: Session, what: str, reason: str) -> Answer:
    """`what`: lists or clock."""
    agreed = Agreed.STALE_LISTS if what == "lists" else Agreed.CLOCK
    until = agree_to_issue(AgreeToIssue(agreed, reason, session.operator(Role.SUPERVISOR)), session.centre.desk)
    day = datetime.fromtimestamp(until / 1000, CHINA).isoformat(" ", "minutes")
    code = "agreement_recorded" if agreed is Agreed.STALE_LISTS else "clock_agreed"
    return Answer({"what": what, "until": until}, [sentence(code, {"until": day})])


def prepare_demonstration(session: Session, batch: BatchRow) -> None:
    centre = session.centre
    demonstration = Demonstration(centre)
    demonstration.bring(batch.id, BatchState.CERTIFYING)
    if any(one.blocked == "national_number_missing" for one in centre.reads.to_issue(batch.id)):
        today = datetime.fromtimestamp(centre.clock() / 1000, CHINA).date()
        officer = demonstration.operator(Role.CERTIFICATE_OFFICER)
        data = demonstration.province_numbers(batch.id, today)
        reading = preview_numbers(PreviewNumbers(batch.id, data, "province-numbers.csv", officer), centre.desk)
        import_numbers(ImportNumbers(batch.id, accepted(reading), officer), centre.desk)


class Signs(Protocol):
    """Whoever signs PDFs (desktop.commands.signing)."""

    @property
    def name(self) -> str: ...
    @property
    def fingerprint(self) -> str: ...
    def signed(self, pdf: bytes) -> bytes: ...


def render(session: Session, batch: BatchRow, press: DeskPress, out: Path, signing: Signs | None = None, *,
           single: bool) -> Answer:
    """One PDF of all, or with `single` one each, named by the certificate's number; as PAdES with `signing`."""
    press = press.with_templates(AdoptedTemplates(session.centre.reader, session.centre.clock))
    issued = [session.centre.reads.certificate(one.id) for one in session.centre.reads.certificate_rows(batch.id)]
    files = [([one], out / f"{one.number}.pdf") for one in issued] if single else [(issued, out / f"{batch.code}.pdf")]
    with writing(out):
        out.mkdir(parents=True, exist_ok=True)
    for ones, file in files:
        if ones:
            printed = print_issued(session, press, ones)
            write_durably(file, signing.signed(printed) if signing else printed)
    written = [str(file) for ones, file in files if ones]
    signed = {"name": signing.name, "fingerprint": signing.fingerprint} if signing and written else None
    said = [sentence("certificates_rendered", {"count": len(issued), "folder": str(out)})]
    if signed:
        said.append(sentence("certificates_signed", signed))
    return Answer({"certificates": len(issued), "files": written, "signed": signed}, said)


def print_issued(session: Session, press: DeskPress, issued: Sequence[Issued]) -> bytes:
    reads = session.centre.reads
    return press.print_issued(
        issued, [reads.picture(one.photo) if one.photo else None for one in issued], reads.centre())
