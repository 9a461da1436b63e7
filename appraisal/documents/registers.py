"""Every register of a batch 表册, from its book. Names: the appraisal rules in docs/glossary.md, registers."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

from appraisal.documents.register import Column, Register, Section
from appraisal.documents.register_words import Words
from appraisal.domain.book import Book, Entrant
from appraisal.domain.exam_day import AWAY, Attendance, SessionPlanned
from appraisal.domain.examiners import Duty
from appraisal.domain.marks import Outcome
from appraisal.domain.names import mask_name, mask_number

CHINA = timezone(timedelta(hours=8))


@dataclass(frozen=True, slots=True)
class Setting:
    """What the registers of one batch have in common."""

    book: Book
    words: Words

    def register(self, form: str, name: str, columns: Iterable[tuple[str, float, str]], sections: Iterable[Section],
                 signatures: Iterable[str] = (), *, stamp: bool = False, across: bool = False,
                 row_height: float = 0.0) -> Register:
        """`columns`: code of the head, share of the width, alignment. `signatures`: codes."""
        words, centre = self.words, self.book.centre
        drawn = {one.character: one.picture for entrant in self.book.entrants for one in entrant.glyphs}
        return Register(form, words(f"title.{name}"), words.of(centre.name),
                        tuple(Column(words(f"head.{code}"), width, align) for code, width, align in columns),
                        tuple(sections), tuple(words(f"sign.{code}") for code in signatures),
                        words("stamp") if stamp else "", across, row_height, drawn)

    def about(self, *more: tuple[str, str]) -> tuple[tuple[str, str], ...]:
        """Batch, occupation and exam day, then `more`."""
        words, batch, scheme = self.words, self.book.batch, self.book.scheme
        occupation = f"{scheme.occupation_code} {words.of(scheme.occupation)}".strip()
        return ((words("batch"), f"{batch.code} {batch.title}"), (words("occupation"), occupation),
                (words("exam_day"), words.day(batch.exam_day)), *more)

    def level(self, one: Entrant) -> str:
        return self.words.of(self.book.scheme.at(one.enrolment.level).name) or self.words.of(self.book.scheme.name)

    def sex(self, one: Entrant) -> str:
        sex = one.person.identity.sex
        return self.words.value(f"sex.{sex}") if sex else ""

    def session(self, one: SessionPlanned) -> str:
        return f"{one.title or self.words('whole_exam')} {one.time()}".strip()

    def staff(self, session: SessionPlanned, room: str, *duties: Duty) -> str:
        return "、".join(one.examiner.name for one in self.book.staff.get(session.session, ())
                        if one.room == room and one.duty in duties)

    def subjects(self) -> Mapping[str, str]:
        """Of all levels in the batch, code -> name."""
        levels = [self.book.scheme.at(level) for level in
                  sorted({one.enrolment.level for one in self.book.entrants}, key=lambda at: (at is None, at or 0))]
        return {subject.code: self.words.of(subject) for level in levels for subject in level.subjects}

    def rooms(self) -> Iterable[tuple[SessionPlanned, str, Sequence[Entrant]]]:
        for session in self.book.sessions:
            for room, people in self.book.by_room(session).items():
                yield session, room, people


def enrolment_summary(at: Setting) -> Register:
    """报名汇总表."""
    words = at.words
    rows = tuple((str(number), one.name, at.sex(one),
                  one.person.identity.document_number, at.level(one), one.enrolment.job, one.enrolment.condition,
                  words.value(one.enrolment.exam_type), one.person.background.employer, one.person.contact.phone,
                  words.value(one.enrolment.state.value)) for number, one in enumerate(at.book.entrants, 1))
    counted = Counter(one.enrolment.state for one in at.book.entrants)
    notes = (words("counted", count=len(rows)) + "  " + "  ".join(
        f"{words.value(state.value)} {counted[state]}" for state in sorted(counted)),)
    columns = (("no", 4, "centre"), ("name", 8, "left"), ("sex", 4, "centre"), ("document", 15, "left"),
               ("level", 9, "left"), ("job", 8, "left"), ("condition", 20, "left"), ("exam_type", 6, "centre"),
               ("employer", 14, "left"), ("phone", 10, "left"), ("state", 7, "centre"))
    return at.register("AD-01", "enrolment_summary", columns, [Section(at.about(), rows, notes)],
                       ("made_by", "checked_by", "head"), stamp=True, across=True)


def room_arrangement(at: Setting) -> Register:
    """考场安排表."""
    words = at.words
    rows = tuple((at.session(session), room, str(len(people)), "、".join(sorted({at.level(one) for one in people})),
                  numbers_of(people),
                  at.staff(session, room, Duty.INVIGILATOR), at.staff(session, room, Duty.EXAMINER, Duty.SENIOR))
                 for session, room, people in at.rooms())
    columns = (("session", 16, "left"), ("room", 7, "centre"), ("people", 6, "centre"), ("level", 14, "left"),
               ("numbers", 27, "left"), ("invigilators", 14, "left"), ("panel", 16, "left"))
    return at.register("AD-02", "room_arrangement", columns, [Section(
        at.about(), rows, (words("counted", count=len(at.book.seated())),))], ("made_by", "checked_by"), stamp=True,
        across=True)


def numbers_of(people: Sequence[Entrant]) -> str:
    """From the first admission number to the last."""
    found = sorted(one.number for one in people)
    return found[0] if len(found) == 1 else f"{found[0]} – {found[-1]}"


def sign_in(at: Setting) -> Register:
    """签到表: a section for each room of each sitting."""
    sections = [Section(at.about((at.words("session"), at.session(session)), (at.words("room"), room)), tuple(
        (one.at(session.session)[1], one.number, one.name, mask_number(one.person.identity.document_number),
         at.level(one), _came(at, one, session), "") for one in people)) for session, room, people in at.rooms()]
    columns = (("seat", 6, "centre"), ("admission", 21, "left"), ("name", 13, "left"), ("document", 18, "left"),
               ("level", 14, "left"), ("came", 10, "centre"), ("signature", 18, "left"))
    return at.register("AD-03", "sign_in", columns, sections, ("invigilator", "invigilator"), row_height=8.4)


def _came(at: Setting, one: Entrant, session: SessionPlanned) -> str:
    came = one.came.get(session.session)
    if came is None:
        return ""
    if came.minutes is not None:
        return at.words("refused_by" if came.state is Attendance.REFUSED else "late_by", minutes=came.minutes)
    return at.words.value(f"attendance.{came.state.value}")


def room_record(at: Setting) -> Register:
    """考场情况记录单: counts, incidents and papers of each room."""
    sections = []
    for session, room, people in at.rooms():
        those = {one.id for one in people}
        happened = [one for one in at.book.incidents
                    if one.session == session.session and one.enrolment in those and not one.voided]
        rows = tuple((f"{datetime.fromtimestamp(one.at / 1000, CHINA):%H:%M}", at.book.of(one.enrolment).number,
                      at.book.of(one.enrolment).name, at.words.value(one.tier.value), one.text,
                      "、".join(signed.name for signed in one.signatures)) for one in happened)
        sections.append(Section(
            at.about((at.words("session"), at.session(session)), (at.words("room"), room)),
            rows or (("", "", "", "", at.words("nothing_happened"), ""),),
            (_presence(at, session, people), _papers(at, session, room))))
    columns = (("time", 7, "centre"), ("admission", 20, "left"), ("name", 11, "left"), ("tier", 13, "left"),
               ("what", 33, "left"), ("signed", 16, "left"))
    return at.register("AD-04", "room_record", columns, sections, ("invigilator", "invigilator", "head"),
                       row_height=8.4)


def _presence(at: Setting, session: SessionPlanned, people: Sequence[Entrant]) -> str:
    states = Counter(came.state if (came := one.came.get(session.session)) else None for one in people)
    away = sum(states[state] for state in AWAY)
    return at.words("presence", people=len(people), present=states[Attendance.PRESENT] + states[Attendance.LATE],
                    late=states[Attendance.LATE], absent=away, open=states[None])


def _papers(at: Setting, session: SessionPlanned, room: str) -> str:
    found = next((one for one in at.book.papers if (one.session, one.room) == (session.session, room)), None)
    if found is None:
        return at.words("papers_not_counted")
    return at.words("papers", out=found.handed_out, back=found.returned,
                    counted=at.book.people.get(found.counted_by, ""), checked=at.book.people.get(found.checked_by, ""))


def marks_register(at: Setting) -> Register:
    """成绩登记表."""
    subjects = at.subjects()
    rows = tuple((str(number), one.number, one.name, at.level(one), *(_mark(at, one, code) for code in subjects),
                  at.words.value(one.outcome().value.lower())) for number, one in enumerate(at.book.seated(), 1))
    made = at.register(
        "AD-05", "marks_register",
        (("no", 4, "centre"), ("admission", 17, "left"), ("name", 11, "left"), ("level", 13, "left"),
         *(("mark", 9.0, "right") for _ in subjects), ("outcome", 9, "centre")),
        [Section(at.about(), rows, (at.words("counted", count=len(rows)),))],
        ("first_entry", "second_entry", "marks_reviewer"), stamp=True, across=len(subjects) > 3)
    heads = [column.title for column in made.columns]
    heads[4:4 + len(subjects)] = subjects.values()
    columns = tuple(Column(head, column.width, column.align) for head, column in zip(heads, made.columns, strict=True))
    return Register(made.form, made.title, made.body, columns, made.sections, made.signatures, made.stamp, made.across,
                    made.row_height, made.drawn)


def _mark(at: Setting, one: Entrant, code: str) -> str:
    if all(subject.code != code for subject in one.sheet.level.subjects):
        return "/"
    return at.words.mark(one.mark(code))


def outcome_summary(at: Setting) -> Register:
    """评价结果汇总表: for each level how many came to what."""
    rows, levels = [], dict[str, list[Entrant]]()
    for one in at.book.seated():
        levels.setdefault(at.level(one), []).append(one)
    for level, people in (*levels.items(), (at.words("all"), at.book.seated())):
        found = Counter(one.outcome() for one in people)
        rows.append((level, str(sum(one.enrolment.level == people[0].enrolment.level for one in at.book.entrants)
                                if level in levels else len(at.book.entrants)), str(len(people)),
                     *(str(found[outcome]) for outcome in Outcome),
                     f"{100 * found[Outcome.PASS] / len(people):.1f} %" if people else "--"))
    columns = (("level", 20, "left"), ("enrolled", 10, "right"), ("seated", 10, "right"), ("passed", 10, "right"),
               ("failed", 10, "right"), ("incomplete", 10, "right"), ("voided", 10, "right"), ("rate", 10, "right"))
    return at.register("AD-06", "outcome_summary", columns, [Section(at.about(), tuple(rows))],
                       ("made_by", "checked_by", "head"), stamp=True)


def publicity_list(at: Setting) -> Register:
    """公示名单: names and numbers masked."""
    passed = [one for one in at.book.seated() if one.outcome() is Outcome.PASS]
    rows = tuple((str(number), mask_name(one.name), mask_number(one.person.identity.document_number), at.level(one),
                  at.words.value("pass")) for number, one in enumerate(passed, 1))
    period = ((at.words("publicity"), f"{at.words.day(at.book.publicity[0])} – {at.words.day(at.book.publicity[1])}"),
              ) if at.book.publicity else ()
    columns = (("no", 6, "centre"), ("name", 20, "left"), ("document", 30, "left"), ("level", 24, "left"),
               ("outcome", 12, "centre"))
    return at.register("AD-07", "publicity_list", columns, [Section(
        at.about(*period), rows, (at.words("counted", count=len(rows)), at.words("objections_to")))], stamp=True)


def certificates_issued(at: Setting) -> Register:
    """证书发放清单."""
    return _of_certificates(at, "AD-08", "certificates_issued", ("issued", 13, "left"), ("state", 10, "centre"),
                            row_height=0)


def collection(at: Setting) -> Register:
    """领取签字表."""
    return _of_certificates(at, "AD-09", "collection", ("collected", 13, "left"), ("signature", 18, "left"),
                            row_height=8.4)


def _of_certificates(at: Setting, form: str, name: str, *last: tuple[str, float, str], row_height: float) -> Register:
    words, rows = at.words, list[tuple[str, ...]]()
    for one in at.book.seated():
        if (certified := one.certificate) is not None:
            said = {"issued": words.day(certified.issued), "state": words.value(f"certificate.{certified.state}")}
            rows.append((str(len(rows) + 1), one.name, mask_number(one.person.identity.document_number), at.level(one),
                         certified.number, *(said.get(code, "") for code, _, _ in last)))
    columns = (("no", 5, "centre"), ("name", 12, "left"), ("document", 17, "left"), ("level", 14, "left"),
               ("certificate", 22, "left"), *last)
    return at.register(form, name, columns, [Section(at.about(), tuple(rows), (words("counted", count=len(rows)),))],
                       ("made_by", "checked_by"), stamp=form == "AD-08", row_height=row_height)


def data_review(at: Setting) -> Register:
    """数据审核确认表: what was counted, and digests that anybody can work out again."""
    words, seated = at.words, at.book.seated()
    outcomes = Counter(one.outcome() for one in seated)
    facts = [("enrolled", len(at.book.entrants)), ("seated", len(seated)),
             *((name, outcomes[outcome]) for name, outcome in (
                 ("passed", Outcome.PASS), ("failed", Outcome.FAIL), ("incomplete", Outcome.INCOMPLETE),
                 ("voided", Outcome.VOID))),
             ("certificates", sum(one.certificate is not None for one in seated)),
             ("incidents", sum(not one.voided for one in at.book.incidents)),
             ("photos", sum(one.photo is not None for one in seated))]
    rows = [(str(number), words(f"head.{name}"), str(count), "") for number, (name, count) in enumerate(facts, 1)]
    rows += [(str(number), words("digest_of", form=made.form, title=made.title), made.digest()[:32], "")
             for number, made in enumerate((marks_register(at), certificates_issued(at)), len(rows) + 1)]
    columns = (("no", 6, "centre"), ("item", 34, "left"), ("value", 36, "left"), ("checked", 14, "centre"))
    return at.register("AD-10", "data_review", columns, [Section(at.about(), tuple(rows))],
                       ("made_by", "checked_by", "head"), stamp=True)


def assignment(at: Setting) -> Register:
    """考评人员派遣表."""
    rows = tuple((at.session(session), one.room, at.words.value(f"duty.{one.duty.value}"), one.examiner.name,
                  one.examiner.organisation, one.examiner.card,
                  at.words.day(one.examiner.expires) if one.examiner.expires else "", "")
                 for session in at.book.sessions for one in at.book.staff.get(session.session, ()))
    columns = (("session", 16, "left"), ("room", 6, "centre"), ("duty", 10, "left"), ("name", 9, "left"),
               ("employer", 18, "left"), ("card", 13, "left"), ("expires", 12, "left"), ("signature", 14, "left"))
    return at.register("AD-11", "assignment", columns, [Section(at.about(), rows)], ("made_by", "head"), stamp=True,
                       across=True, row_height=8.4)


REGISTERS: Mapping[str, Callable[[Setting], Register]] = {
    "enrolment_summary": enrolment_summary, "room_arrangement": room_arrangement, "sign_in": sign_in,
    "room_record": room_record, "marks_register": marks_register, "outcome_summary": outcome_summary,
    "publicity_list": publicity_list, "certificates_issued": certificates_issued, "collection": collection,
    "data_review": data_review, "assignment": assignment}
"""Tables, by name; the sheets with photos and stickers are in `documents.cards`."""
