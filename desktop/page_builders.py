"""Each page with its view-model, bound to the open desk. A page's modules load when it is first shown."""
# ruff: noqa: PLC0415 - a window opens sooner when only the page that it shows is loaded

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication
from PySide6.QtWidgets import QWidget

from appraisal.domain.events import Id
from desktop.page_parts import CentreBackups, PageParts, of_people, owned
from desktop.shell.entries import PageEntry
from desktop.tasks import Progress

if TYPE_CHECKING:
    from appraisal.domain.staleness import Agreed
    from appraisal.usecases.import_photos import ImportPhotos, PhotoFate, PhotoRow, PreviewPhotos
    from appraisal.usecases.ports import Step
    from appraisal.usecases.reads import BatchRow
    from desktop.pages.association import AssociationPanel
    from desktop.viewmodels.certificates_files import Signer
    from desktop.viewmodels.registers import RegistersViewModel


def page_entries(parts: PageParts) -> Sequence[PageEntry]:
    return [PageEntry(key, QCoreApplication.translate("Pages", title), key, partial(build, parts))
            for key, title, build in PAGES]


def _today(parts: PageParts) -> QWidget:
    from desktop.pages.today import TodayPage
    from desktop.viewmodels.today import TodayViewModel

    move = parts.demonstration_clock() if parts.centre.reads.centre().demonstration else None
    view_model = TodayViewModel(parts.centre.reads, parts.tasks, parts.today, move)
    return owned(TodayPage(view_model, parts.go_to), view_model)


def _batches(parts: PageParts) -> QWidget:
    from appraisal.usecases.open_batch import move_batch, open_batch
    from appraisal.usecases.publicise import (
        answer_recheck,
        ask_recheck,
        close_publicity,
        publicise,
        raise_objection,
        settle_objection,
    )
    from desktop.i18n import current_language
    from desktop.pages.batches import BatchesPage
    from desktop.viewmodels.batches import BatchCommands, BatchesViewModel
    from desktop.viewmodels.rechecks import RecheckCommands, RechecksViewModel

    commands = BatchCommands(
        parts.bound(open_batch), parts.bound(move_batch), parts.bound(publicise), parts.bound(close_publicity),
        parts.bound(raise_objection), parts.bound(settle_objection))
    view_model = BatchesViewModel(parts.centre.reads, commands, parts.centre.desk.schemes, parts.tasks,
                                  parts.operator.id, parts.today)
    rechecks = RechecksViewModel(parts.centre.reads, RecheckCommands(
        parts.bound(ask_recheck), parts.bound(answer_recheck),
        lambda batch, one, file: parts.binder().reply(batch, one, file, current_language())), parts.tasks,
        parts.operator.id)
    return owned(BatchesPage(view_model, parts.settings, registers=partial(_registers, parts), rechecks=rechecks),
                  view_model)


def _registers(parts: PageParts, batch: "BatchRow") -> "RegistersViewModel":
    from appraisal.documents.register_words import Words
    from desktop.binder import DOCUMENTS, Wanted
    from desktop.i18n import current_language
    from desktop.viewmodels.registers import RegisterCommands, RegistersViewModel

    binder, words = parts.binder(), Words(current_language())
    return RegistersViewModel(batch, RegisterCommands(
        [(name, words(f"title.{name}")) for name in DOCUMENTS],
        lambda names, folder, language, sheets, progress: binder.write(
            Wanted(batch.id, names, folder, language, sheets), progress.step),
        lambda file, language, progress: binder.archive(batch.id, file, language, progress.step)), parts.tasks)


def _candidates(parts: PageParts) -> QWidget:
    from appraisal.usecases.check_enrolment import check_enrolments
    from appraisal.usecases.draw_glyph import draw_glyph
    from appraisal.usecases.import_admissions import import_admissions, preview_admissions
    from appraisal.usecases.import_roster import import_roster
    from appraisal.usecases.one_person import link_candidates, record_document, tell_apart, unlink_candidate
    from appraisal.usecases.preview_roster import RosterJudge
    from appraisal.usecases.rearrange_seats import arrange_seat, merge_rooms, move_seat, split_room
    from appraisal.usecases.save_candidate import save_candidate
    from appraisal.usecases.seat_batch import seat_batch
    from appraisal.usecases.submit_enrolment import review_enrolments
    from db.files import pictures_in, write_durably
    from desktop.pages.candidates import CandidatesPage
    from desktop.viewmodels.candidates import CandidateCommands, CandidatesViewModel
    from desktop.viewmodels.candidates_draft import DraftCommands
    from desktop.viewmodels.layout_presets import LayoutPresets
    from desktop.viewmodels.one_person import OnePersonCommands
    from desktop.viewmodels.seating import SeatingCommands

    centre, operator = parts.centre, parts.operator.id

    def preview_folder(wanted: "PreviewPhotos", folder: Path, step: "Step") -> "Sequence[PhotoRow]":
        from appraisal.usecases.import_photos import preview_photos  # pictures, when a folder is chosen

        return preview_photos(wanted, pictures_in(folder), centre.reads, centre.desk.schemes, step)

    def assign_photos(wanted: "ImportPhotos", step: "Step") -> "Mapping[PhotoFate, int]":
        from appraisal.usecases.import_photos import import_photos

        return import_photos(wanted, centre.desk, step)

    def judge(batch: Id) -> RosterJudge:
        return RosterJudge(batch, centre.reads, centre.desk.schemes, parts.today(), parts.press.can_draw)

    def template(batch: Id) -> bytes:
        from appraisal.sheets.template import roster_template

        scheme = next(one.scheme for one in centre.reads.batches() if one.id == batch)
        return roster_template(centre.desk.schemes[scheme])

    commands = CandidateCommands(
        save=parts.bound(save_candidate), judge=judge, import_roster=parts.bound(import_roster),
        review=parts.bound(review_enrolments), check_enrolments=parts.bound(check_enrolments),
        draw_glyph=parts.bound(draw_glyph),
        preview_admissions=lambda data, name, batch: preview_admissions(data, name, batch, centre.reads),
        import_admissions=parts.bound(import_admissions),
        seating=SeatingCommands(parts.bound(seat_batch), parts.bound(move_seat), parts.bound(arrange_seat),
                                parts.bound(split_room), parts.bound(merge_rooms), centre.reads.seating),
        one_person=OnePersonCommands(parts.bound(record_document), parts.bound(link_candidates),
                                     parts.bound(unlink_candidate), parts.bound(tell_apart)),
        drafts=DraftCommands(lambda draft: centre.keep_draft(operator, draft), lambda: centre.draft(operator)),
        presets=LayoutPresets(parts.settings, "roster"), roster_template=template, preview_photos=preview_folder,
        import_photos=assign_photos, keep_file=partial(write_durably, mode=0o600), can_draw=parts.press.can_draw)
    view_model = CandidatesViewModel(centre.reads, commands, centre.desk.schemes, parts.today, parts.operator.id,
                                     parts.tasks)
    return of_people(parts, owned(CandidatesPage(view_model, parts.settings), view_model))


def _exam_day(parts: PageParts) -> QWidget:
    import secrets

    from appraisal.usecases import exam_day, examine
    from desktop.pages.exam_day import ExamDayPage
    from desktop.viewmodels.exam_day import ExamDayCommands, ExamDayViewModel

    commands = ExamDayCommands(
        parts.bound(exam_day.record_attendance), parts.bound(exam_day.close_door),
        parts.bound(exam_day.record_incident), parts.bound(exam_day.void_incident), parts.bound(exam_day.count_papers),
        parts.bound(exam_day.plan_session), parts.bound(exam_day.place_session), parts.bound(examine.enlist_examiner),
        parts.bound(examine.draw_staff), secrets.token_bytes)
    view_model = ExamDayViewModel(parts.centre.reads, commands, parts.tasks, parts.operator)
    return of_people(parts, owned(ExamDayPage(view_model, parts.settings), view_model))


def _marks(parts: PageParts) -> QWidget:
    from appraisal.usecases.enter_mark import correct_mark, enter_mark, enter_marks, judge_mark, settle_mark
    from appraisal.usecases.import_marks import import_marks
    from desktop.pages.marks import MarksPage
    from desktop.viewmodels.layout_presets import LayoutPresets
    from desktop.viewmodels.marks import MarksCommands, MarksViewModel
    from desktop.viewmodels.marks_results import Correcting, others_who_correct

    correcting = Correcting(parts.bound(correct_mark), lambda login, words: parts.centre.sign_in(login, words).id,
                            lambda own: others_who_correct(parts.centre.reads.operators(), own))
    commands = MarksCommands(parts.bound(enter_mark), parts.bound(enter_marks), parts.bound(settle_mark),
                             parts.bound(import_marks), parts.bound(judge_mark), correcting,
                             LayoutPresets(parts.settings, "marks"))
    view_model = MarksViewModel(parts.centre.reads, commands, parts.centre.desk.schemes, parts.tasks, parts.operator)
    return of_people(parts, owned(MarksPage(view_model, parts.settings), view_model))


def _certificates(parts: PageParts) -> QWidget:
    from appraisal.usecases.import_numbers import ImportNumbers, PreviewNumbers, import_numbers, preview_numbers
    from appraisal.usecases.issue_certificates import IssueCertificates, issue_certificates
    from desktop.pages.certificates import CertificatesPage
    from desktop.viewmodels.certificates import CertificatesCommands, CertificatesViewModel
    from desktop.viewmodels.certificates_numbers import NumbersViewModel

    centre, operator, reads = parts.centre, parts.operator.id, parts.centre.reads

    def render(certificates: tuple[Id, ...]) -> bytes:
        issued = [reads.certificate(one) for one in certificates]
        photos = [reads.picture(one.photo) if one.photo else None for one in issued]
        return parts.press.print_issued(issued, photos, reads.centre())

    def sign_by_centre() -> "Signer":
        from desktop.commands.signing import Hand, centre_as_signer  # a library of signatures, when somebody signs

        return Hand(centre, centre_as_signer(centre, operator))

    def sign_by_file(file: Path, passphrase: str) -> "Signer":
        from desktop.commands.signing import Hand, file_as_signer

        return Hand(centre, file_as_signer(file, lambda: passphrase))

    def write(numbers: Sequence[str], folder: Path, lists: str) -> Sequence[Path]:
        from appraisal.credential.bitstring import folder_url
        from desktop.commands.badges import write_badges  # JSON-LD, when a badge is written

        return write_badges(centre, operator, numbers, folder, folder_url(lists) if lists else None, jwt=False)

    view_model = CertificatesViewModel(reads, parts.tasks, centre.desk.schemes, CertificatesCommands(
        lambda batch, enrolments, step: issue_certificates(
            IssueCertificates(batch, operator, enrolments), centre.desk, parts.press, step),
        render, sign_by_centre, sign_by_file, write))
    numbers = NumbersViewModel(
        parts.tasks,
        lambda batch, data, name: preview_numbers(PreviewNumbers(batch, data, name, operator), centre.desk),
        lambda batch, rows, step: import_numbers(ImportNumbers(batch, rows, operator), centre.desk, step))
    page = CertificatesPage(view_model, numbers, association_panel(parts), parts.tasks, parts.settings)
    owned(page, numbers)
    return of_people(parts, owned(page, view_model))


def _verify(parts: PageParts) -> QWidget:
    from desktop.pages.verify import VerifyPage
    from desktop.viewmodels.verify import Verifier, VerifyViewModel

    verifier = Verifier(parts.centre.reads, lambda: parts.centre.clock() // 1000, parts.pdfium)
    view_model = VerifyViewModel(parts.tasks, verifier.of_bytes, verifier.of_text, parts.centre.desk.schemes)
    return owned(VerifyPage(view_model, parts.tasks), view_model)


def _sync(parts: PageParts) -> QWidget:
    from appraisal.exchange.enrolment import fingerprint
    from appraisal.exchange.words import spoken
    from appraisal.usecases.adopt_grant import AskToJoin, ask_to_join
    from db.files import write_durably
    from db.queries.transfers import transfers
    from db.settings import library_address
    from desktop.commands.exchange import export, take_in_short
    from desktop.commands.taking import take_in_all
    from desktop.i18n import current_language
    from desktop.pages.sync import SyncPage
    from desktop.viewmodels.sync import Requested, SyncCommands, SyncViewModel

    centre, operator = parts.centre, parts.operator.id

    def write_request(folder: Path) -> Requested:
        file, data = folder / "request.cose", ask_to_join(AskToJoin(operator), centre.desk, centre.exchange)
        write_durably(file, data)
        return Requested(file, spoken(fingerprint(data), current_language()))

    def send(address: str, progress: Progress, waits: Callable[[str, float], None]) -> Mapping[str, Any]:
        from desktop.commands.sending import send_in_window  # an HTTP client, when something is sent

        return send_in_window(centre, operator, address, progress, waits, parts.tasks.on_writer)

    def address() -> str:
        kept = library_address(centre.reader)
        return kept.url if kept is not None else ""

    view_model = SyncViewModel(
        centre.reads, lambda: transfers(centre.reader), parts.tasks,
        SyncCommands(lambda folder, step: export(centre, operator, folder, step), send,
                     lambda path: take_in_all(centre, operator, path),
                     lambda text: take_in_short(centre, operator, text), write_request, address))
    view_model.state_changed.connect(lambda _state: parts.changed())
    page = SyncPage(view_model, association_panel(parts, always=True), parts.tasks, parts.settings, parts.open_at)
    return owned(page, view_model)


def association_panel(parts: PageParts, *, always: bool = False) -> "AssociationPanel":
    """What a page shows of it; `always`, or only where something has to be done."""
    from appraisal.usecases.agree_to_issue import AgreeToIssue, agree_to_issue
    from db.queries.association import association_state
    from desktop.pages.association import AssociationPanel
    from desktop.viewmodels.association import AssociationCommands, AssociationViewModel, supervisors

    centre, own = parts.centre, parts.operator

    def take_updates(source: str, progress: Progress) -> Mapping[str, Any]:
        from desktop.commands.updates import take_updates_in_window  # a client of The Update Framework

        return take_updates_in_window(centre, own.id, source, progress, parts.tasks.on_writer)

    def agree(what: "Agreed", reason: str, login: str, passphrase: str) -> int:
        who = own.id if login == own.login else centre.sign_in(login, passphrase).id
        return agree_to_issue(AgreeToIssue(what, reason, who), centre.desk)

    view_model = AssociationViewModel(parts.tasks, AssociationCommands(
        lambda: association_state(centre.reader, centre.clock()), take_updates, agree,
        lambda: supervisors(centre.reads.operators(), own.login)))
    panel = AssociationPanel(view_model, centre.desk.schemes, parts.settings, always=always)
    view_model.setParent(panel)
    panel.changed.connect(parts.changed)
    return panel


def _figures(parts: PageParts) -> QWidget:
    from desktop.pages.figures import FiguresPage
    from desktop.viewmodels.figures import FiguresViewModel

    view_model = FiguresViewModel(parts.centre.reads, parts.tasks)
    return owned(FiguresPage(view_model, parts.settings), view_model)


def _administration(parts: PageParts) -> QWidget:
    from desktop.commands.operators import staff_of
    from desktop.pages.administration import AdministrationPage
    from desktop.viewmodels.administration import AdministrationViewModel

    view_model = AdministrationViewModel(staff_of(parts.centre), parts.operator, CentreBackups(parts.centre),
                                         parts.tasks)
    return owned(AdministrationPage(view_model, parts.settings), view_model)


Build = Callable[[PageParts], QWidget]
PAGES: Sequence[tuple[str, str, Build]] = (
    ("today", str(QT_TRANSLATE_NOOP("Pages", "Today")), _today),
    ("candidates", str(QT_TRANSLATE_NOOP("Pages", "Candidates")), _candidates),
    ("batches", str(QT_TRANSLATE_NOOP("Pages", "Batches")), _batches),
    ("exam-day", str(QT_TRANSLATE_NOOP("Pages", "Exam day")), _exam_day),
    ("marks", str(QT_TRANSLATE_NOOP("Pages", "Marks")), _marks),
    ("certificates", str(QT_TRANSLATE_NOOP("Pages", "Certificates")), _certificates),
    ("verify", str(QT_TRANSLATE_NOOP("Pages", "Verify")), _verify),
    ("sync", str(QT_TRANSLATE_NOOP("Pages", "Sync")), _sync),
    ("figures", str(QT_TRANSLATE_NOOP("Pages", "Figures")), _figures),
    ("administration", str(QT_TRANSLATE_NOOP("Pages", "Administration")), _administration),
)
