"""A centre with one open batch, the candidates page over it, and rosters as CSV."""

from datetime import UTC, date, datetime
from io import BytesIO

from PIL import Image, ImageDraw
from PySide6.QtCore import QCoreApplication

from appraisal.catalogue import load_schemes
from appraisal.domain.batch import BatchState
from appraisal.domain.certificate import Bilingual
from appraisal.domain.operator import Role
from appraisal.sheets.roster import open_roster
from appraisal.sheets.template import roster_template
from appraisal.usecases.check_enrolment import check_enrolments
from appraisal.usecases.draw_glyph import draw_glyph
from appraisal.usecases.found_centre import FirstOperator, FoundCentre
from appraisal.usecases.import_admissions import import_admissions, preview_admissions
from appraisal.usecases.import_photos import import_photos, preview_photos
from appraisal.usecases.import_roster import ImportRoster, import_roster
from appraisal.usecases.one_person import link_candidates, record_document, tell_apart, unlink_candidate
from appraisal.usecases.open_batch import MoveBatch, OpenBatch, move_batch, open_batch
from appraisal.usecases.preview_roster import PreviewRoster, RosterJudge, preview_roster
from appraisal.usecases.rearrange_seats import arrange_seat, merge_rooms, move_seat, split_room
from appraisal.usecases.record_handout import RecordHandout, record_handout
from appraisal.usecases.save_candidate import save_candidate
from appraisal.usecases.seat_batch import seat_batch
from appraisal.usecases.submit_enrolment import review_enrolments
from db.centre import Surroundings, create_centre, open_centre
from db.files import pictures_in, write_durably
from db.keyslots import Cost
from desktop.pages.candidates import CandidatesPage
from desktop.viewmodels.candidates import CandidateCommands, CandidatesViewModel
from desktop.viewmodels.candidates_draft import DraftCommands
from desktop.viewmodels.layout_presets import LayoutPresets
from desktop.viewmodels.one_person import OnePersonCommands
from desktop.viewmodels.seating import SeatingCommands
from desktop.widgets.table_tools import protect_lists

TODAY, EXAM_DAY = date(2026, 11, 22), date(2026, 12, 12)
NOW = int(datetime(2026, 11, 22, 2, tzinfo=UTC).timestamp() * 1000)
SCHEMES = load_schemes()
LOGINS = {"adm": Role.ADMINISTRATOR, "reg": Role.REGISTRAR, "rev": Role.REVIEWER, "sup": Role.SUPERVISOR}
HEADER = "姓名,证件类型,证件号码,民族,文化程度,职业名称,认定等级,申报条件,考试类型,手机号码,是否有职业资格证书,所在单位"
CONDITION = "累计从事本职业或相关职业工作满10年"
IDS = ("650104198904029972", "659002199902189985", "520323198004089962", "140405199601129973")
NAMES = ("沈刚峰", "汤琳蓉", "江琪艳", "陈𬱖")


def line(at=0, level="三级/高级工", **other):
    said = {"name": NAMES[at], "number": IDS[at], "phone": f"1548825830{at}", "condition": CONDITION} | other
    return (f"{said['name']},居民身份证,{said['number']},汉族,高中,人工智能训练师,{level},{said['condition']},正考,"
            f"{said['phone']},否,示范云创（北京）科技有限公司")


def csv(*rows):
    return "\n".join((HEADER, *rows)).encode()


def portrait(background="white"):
    """A drawn head, 295 × 413, as JPEG."""
    image = Image.new("RGB", (295, 413), background)
    pen = ImageDraw.Draw(image)
    pen.ellipse((85, 70, 210, 230), fill=(222, 184, 150))
    pen.pieslice((80, 50, 215, 200), 180, 360, fill=(40, 30, 30))
    pen.rounded_rectangle((35, 260, 260, 470), 70, fill=(40, 70, 120))
    out = BytesIO()
    image.save(out, "JPEG", quality=90)
    return out.getvalue()


def fill(page, values):
    """As if typed; what is chosen, by its value."""
    for name, text in values.items():
        editor = page.form.fields[name]
        if hasattr(editor, "choose"):
            editor.choose(text)
        else:
            editor.setText(text)
            editor.textEdited.emit(text)


class Day:
    """An open centre; operators' ids by login; `batch` open for enrolment."""

    def __init__(self, folder, tasks=None, qtbot=None, settings=None):
        around = Surroundings(SCHEMES, clock=lambda: NOW, cost=Cost(1, 8, 1))
        operators = tuple(FirstOperator(login, login, frozenset({role})) for login, role in LOGINS.items())
        both = FirstOperator("both", "both", frozenset({Role.REGISTRAR, Role.REVIEWER}))
        create_centre(folder, FoundCentre("C1", Bilingual("示范中心", "Centre"), "v.example.com", (*operators, both)),
                      {"adm": "a passphrase"}, around)
        self.centre = open_centre(folder, "adm", "a passphrase", around)
        self.desk, self.reads = self.centre.desk, self.centre.reads
        self.ids = {one.login: one.id for one in self.reads.operators()}
        self.show_on(tasks, qtbot, settings)
        title = "2026年第四批人工智能训练师职业技能等级认定"
        self.batch = open_batch(OpenBatch("2026-AI-04", title, "ai-trainer", EXAM_DAY, 200, self.ids["sup"]), self.desk)
        for state in (BatchState.FILED, BatchState.PUBLISHED):
            move_batch(MoveBatch(self.batch, state, self.ids["sup"]), self.desk)

    def show_on(self, tasks, qtbot, settings):
        self._tasks, self._qtbot, self._settings = tasks, qtbot, settings

    def page(self, login="reg"):
        """The page, its batches shown."""
        desk, reads = self.desk, self.reads
        commands = CandidateCommands(
            save=lambda c: save_candidate(c, desk),
            judge=lambda batch: RosterJudge(batch, reads, SCHEMES, TODAY),
            import_roster=lambda c, step: import_roster(c, desk, step),
            review=lambda c: review_enrolments(c, desk), check_enrolments=lambda c: check_enrolments(c, desk),
            draw_glyph=lambda c: draw_glyph(c, desk),
            preview_admissions=lambda data, name, batch: preview_admissions(data, name, batch, reads),
            import_admissions=lambda c: import_admissions(c, desk),
            seating=SeatingCommands(lambda c, step: seat_batch(c, desk, step), lambda c: move_seat(c, desk),
                                    lambda c: arrange_seat(c, desk), lambda c: split_room(c, desk),
                                    lambda c: merge_rooms(c, desk), reads.seating),
            one_person=OnePersonCommands(
                lambda c: record_document(c, desk), lambda c: link_candidates(c, desk),
                lambda c: unlink_candidate(c, desk), lambda c: tell_apart(c, desk)),
            drafts=DraftCommands(lambda draft: self.centre.keep_draft(self.ids[login], draft),
                                 lambda: self.centre.draft(self.ids[login])),
            presets=LayoutPresets(self._settings, "roster"),
            roster_template=lambda _batch: roster_template(SCHEMES["ai-trainer"]),
            preview_photos=lambda c, folder, step: preview_photos(c, pictures_in(folder), reads, SCHEMES, step),
            import_photos=lambda c, step: import_photos(c, desk, step), keep_file=write_durably)
        made = CandidatesPage(CandidatesViewModel(reads, commands, SCHEMES, lambda: TODAY, self.ids[login],
                                                  self._tasks), self._settings)
        protect_lists(made, lambda one: record_handout(RecordHandout(
            one.table, one.rows, one.means, one.masked, one.why, self.ids[login]), desk))
        self._qtbot.addWidget(made)
        made.resize(1280, 760)
        made.show()
        self._qtbot.waitUntil(lambda: made.people.batch.count() > 1)
        self._qtbot.waitUntil(lambda: made.people.count.text() != "")
        return made

    def import_lines(self, *lines, login="reg"):
        file = open_roster(csv(*lines), "roster.csv")
        reading = preview_roster(PreviewRoster(file, self.batch), self.reads, SCHEMES, TODAY)
        return import_roster(ImportRoster(self.batch, reading, self.ids[login]), self.desk).enrolments

    def people(self):
        return {row.name: row for row in self.reads.candidate_rows(self.reads.search(""))}

    def detail(self, name):
        return self.reads.candidate(self.people()[name].id)

    def entries(self):
        with self.centre.reader.begin() as connection:
            return connection.exec_driver_sql("select count(*) from journal").scalar()

    def leave(self):
        self._tasks.close()
        QCoreApplication.removePostedEvents(self._tasks)  # answers to a page that goes away with the test

    def close(self):
        self.leave()
        self.centre.close()
