"""What is cut, stuck and checked by face: admission tickets 准考证, door and desk stickers 门贴桌贴, the room's roster
with photos 清考册, the seat map 座位图, the reply slip of a re-check 复核回执."""

import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from appraisal.documents.fonts import FontBook
from appraisal.documents.paper import A4, A4_ACROSS, BOLD, Paper
from appraisal.documents.registers import Setting, numbers_of
from appraisal.domain.book import Entrant
from appraisal.domain.exam_day import SessionPlanned
from appraisal.domain.names import mask_number

T = TypeVar("T")
PhotoOf = Callable[[str], bytes]
"""Attachment id -> JPEG."""
PHOTO = (25.0, 35.0)
"""mm."""
TICKET = (186.0, 128.0)
MOST_ACROSS = 6
"""Seats in a row of the map, where nobody has drawn the room."""


@dataclass(frozen=True, slots=True)
class Slip:
    """The answer to a re-check, as it is printed."""

    asked: str
    subject: str
    mark: str
    found: str
    answer: str
    until: date


def tickets(at: Setting, photo_of: PhotoOf, fonts: FontBook, people: Sequence[Entrant] | None = None) -> bytes:
    """Two on a page, in the order of admission numbers. `people`: only these."""
    found = list(at.book.seated() if people is None else people)
    return _drawn(at, "ticket", fonts, A4, _in_pages(found, 2), lambda paper, number, one: _ticket(
        at, paper, 12.0, 14.0 + number * (TICKET[1] + 8), one, photo_of))


def _ticket(at: Setting, paper: Paper, x: float, y: float, one: Entrant, photo_of: PhotoOf) -> None:
    words, drawn, (wide, high) = at.words, _pictures(one), TICKET
    paper.box(x, y, wide, high, line=0.4)
    paper.text(x + wide / 2, y + 9, words.of(at.book.centre.name), 10, align="centre")
    paper.text(x + wide / 2, y + 17, words("title.ticket"), 16, family=BOLD, align="centre")
    paper.photo(x + wide - PHOTO[0] - 8, y + 24, *PHOTO, photo_of(one.photo) if one.photo else None)
    said = ((words("head.name"), one.name), (words("head.document"), one.person.identity.document_number),
            (words("head.admission"), one.number), (words("occupation"), words.of(at.book.scheme.occupation)),
            (words("head.level"), at.level(one)), (words("batch"), f"{at.book.batch.code} {at.book.batch.title}"))
    for number, (name, value) in enumerate(said):
        paper.text(x + 8, y + 28 + number * 6.6, name, paper.shrunk(name, 29, 9), grey=0.35)
        size = paper.shrunk(value, wide - PHOTO[0] - 54, 10.5, BOLD)
        paper.text(x + 39, y + 28 + number * 6.6, value, size, family=BOLD, drawn=drawn)
    heads = (words("session"), words("subjects"), words("room"), words("head.seat"))
    edges = (8.0, 66.0, 124.0, 152.0)
    top = y + 71
    paper.line(x + 8, top - 5, x + wide - 8, top - 5)
    for name, left in zip(heads, edges, strict=True):
        paper.text(x + left, top, name, 8.5, grey=0.35)
    subjects = at.subjects()
    for number, session in enumerate(one_s_sessions(at, one)):
        room, seat = one.at(session.session)
        named = "、".join(subjects[code] for code in session.subjects if code in subjects)
        row = top + 6 + number * 5.6
        said_of_it = (at.session(session), named, room, seat)
        for value, left, room_for in zip(said_of_it, edges, (56, 56, 26, 24), strict=True):
            paper.text(x + left, row, value, paper.shrunk(value, room_for, 9.5))
    paper.line(x + 8, y + high - 30, x + wide - 8, y + high - 30)
    paper.bar_code(x + wide - 92, y + high - 26, 84, 14, one.number)
    paper.text(x + wide - 50, y + high - 8, one.number, 9, align="centre")
    for number, line in enumerate(paper.wrapped(words("ticket_rules"), wide - 108, 8)):
        paper.text(x + 8, y + high - 24 + number * 4.2, line, 8)


def one_s_sessions(at: Setting, one: Entrant) -> Sequence[SessionPlanned]:
    return [session for session in at.book.sessions if one.examined(session)]


def room_roster(at: Setting, photo_of: PhotoOf, fonts: FontBook) -> bytes:
    """清考册: everybody of a room by face, with room for the check; a page begins with each room."""
    pages = [(session, room, part, first) for session, room, people in at.rooms()
             for first, part in enumerate(_in_pages(list(people), 12))]

    def draw(paper: Paper, _: int, page: tuple[SessionPlanned, str, Sequence[Entrant], int]) -> None:
        session, room, part, _first = page
        _heading(at, paper, "room_roster", f"{at.session(session)}    {at.words('room')} {room}")
        for number, one in enumerate(part):
            across, down = number % 3, number // 3
            _face(at, paper, 14 + across * 61.5, 38 + down * 58, one, session, photo_of)
        paper.text(14, 280, f"{at.words('sign.invigilator')}{at.words.colon}", 9)
        paper.line(36, 280.6, 84, 280.6)
        paper.line(96, 280.6, 146, 280.6)

    return _drawn(at, "room_roster", fonts, A4, [[page] for page in pages], draw)


def _face(at: Setting, paper: Paper, x: float, y: float, one: Entrant, session: SessionPlanned,
          photo_of: PhotoOf) -> None:
    paper.box(x, y, 59, 55)
    paper.photo(x + 2, y + 2, *PHOTO, photo_of(one.photo) if one.photo else None)
    seat = one.at(session.session)[1]
    paper.text(x + 57, y + 12, seat, 20, family=BOLD, align="right")
    paper.text(x + 29, y + 20, one.name, paper.shrunk(one.name, 28, 11, BOLD), family=BOLD, drawn=_pictures(one))
    number = mask_number(one.person.identity.document_number)
    paper.text(x + 29, y + 26, number, paper.shrunk(number, 28, 7.5))
    level = at.level(one)
    paper.text(x + 29, y + 31.5, level, paper.shrunk(level, 28, 8))
    paper.text(x + 2, y + 42.5, one.number, paper.shrunk(one.number, 55, 8.5))
    for place, code in enumerate(("present", "late", "absent")):
        paper.box(x + 2 + place * 19, y + 47, 3.4, 3.4)
        state = one.came.get(session.session)
        if state is not None and (state.state.value == code or (code == "absent" and state.state.value == "refused")):
            paper.text(x + 2.3 + place * 19, y + 49.8, "×", 9)
        word = at.words.value(f"attendance.{code}")
        paper.text(x + 6.4 + place * 19, y + 49.8, word, paper.shrunk(word, 12, 8))


def door_stickers(at: Setting, fonts: FontBook) -> bytes:
    """门贴: a page for each room of each sitting."""
    def draw(paper: Paper, _: int, page: tuple[SessionPlanned, str, Sequence[Entrant]]) -> None:
        session, room, people = page
        middle = paper.size[0] / 2
        paper.text(middle, 26, at.words.of(at.book.centre.name), 16, align="centre")
        paper.text(middle, 40, f"{at.book.batch.code}  {at.book.batch.title}", 14, align="centre")
        paper.text(middle, 106, at.words("room_number", room=room),
                   paper.shrunk(at.words("room_number", room=room), 260, 110, BOLD), family=BOLD, align="centre")
        paper.text(middle, 138, at.session(session), 26, align="centre")
        paper.text(middle, 160, numbers_of(people), 22, align="centre")
        paper.text(middle, 178, at.words("counted", count=len(people)), 18, align="centre")

    return _drawn(at, "door_stickers", fonts, A4_ACROSS, [[page] for page in at.rooms()], draw)


def desk_stickers(at: Setting, fonts: FontBook) -> bytes:
    """桌贴: three by eight on a page, 70 by 37 mm, as ready-cut labels are."""
    found = [(session, room, one) for session, room, people in at.rooms() for one in people]

    def draw(paper: Paper, number: int, label: tuple[SessionPlanned, str, Entrant]) -> None:
        session, room, one = label
        x, y = number % 3 * 70.0, number // 3 * 37.125
        paper.text(x + 5, y + 9, f"{at.words('room')} {room}", 9)
        paper.text(x + 65, y + 12, one.at(session.session)[1], 24, family=BOLD, align="right")
        paper.text(x + 5, y + 18, one.name, paper.shrunk(one.name, 42, 15, BOLD), family=BOLD, drawn=_pictures(one))
        paper.bar_code(x + 3, y + 21, 64, 8, one.number)
        paper.text(x + 35, y + 33, one.number, 8, align="centre")

    return _drawn(at, "desk_stickers", fonts, A4, _in_pages(found, 24), draw)


def seat_map(at: Setting, fonts: FontBook) -> bytes:
    """座位图: a page for each room, seats in rows from the front, every other row back."""
    def draw(paper: Paper, _: int, page: tuple[SessionPlanned, str, Sequence[Entrant]]) -> None:
        session, room, people = page
        _heading(at, paper, "seat_map", f"{at.session(session)}    {at.words('room')} {room}")
        paper.box(paper.size[0] / 2 - 40, 34, 80, 8, grey=0.92)
        paper.text(paper.size[0] / 2, 39.4, at.words("front"), 9, align="centre")
        seats = {one.at(session.session)[1]: one for one in people}
        last = max((int(seat) for seat in seats if seat.isdecimal()), default=0)
        named = [str(number) for number in range(1, last + 1)] + sorted(seat for seat in seats if not seat.isdecimal())
        across = min(MOST_ACROSS, max(len(named), 1))
        wide, high = (paper.size[0] - 28) / across, min(22.0, 150.0 / -(-len(named) // across))
        for number, seat in enumerate(named):
            down, along = divmod(number, across)
            x = 14 + (along if down % 2 == 0 else across - 1 - along) * wide
            _seat(paper, x + 1, 48 + down * high, wide - 2, high - 2, seat, seats.get(seat))

    return _drawn(at, "seat_map", fonts, A4_ACROSS, [[page] for page in at.rooms()], draw)


def _seat(paper: Paper, x: float, y: float, wide: float, high: float, seat: str, one: Entrant | None) -> None:
    paper.box(x, y, wide, high, grey=None if one else 0.95)
    paper.text(x + 2, y + min(5.0, high - 1), seat, 9, family=BOLD)
    if one is not None:
        paper.text(x + wide / 2, y + high / 2 + 1.5, one.name, paper.shrunk(one.name, wide - 12, 11), align="centre",
                   drawn=_pictures(one))
        paper.text(x + wide / 2, y + high - 2, one.number, paper.shrunk(one.number, wide - 4, 6.5), align="centre",
                   grey=0.35)


def reply_slip(at: Setting, one: Entrant, slip: Slip, fonts: FontBook) -> bytes:
    """复核回执."""
    words = at.words

    def draw(paper: Paper, _: int, __: Entrant) -> None:
        _heading(at, paper, "reply_slip", "")
        said = ((words("head.name"), one.name), (words("head.admission"), one.number),
                (words("head.level"), at.level(one)), (words("batch"), f"{at.book.batch.code} {at.book.batch.title}"),
                (words("head.subject"), slip.subject), (words("head.mark"), slip.mark),
                (words("asked"), slip.asked), (words("until"), words.day(slip.until)), (words("found"), slip.found),
                (words("answer"), slip.answer))
        y = 46.0
        for name, value in said:
            paper.text(20, y, name, 10, grey=0.35)
            lines = paper.wrapped(value, 130, 10.5)
            for line in lines:
                paper.text(60, y, line, 10.5, drawn=_pictures(one))
                y += 6
            y += 3
        for number, place in enumerate((words("sign.checked_by"), words("sign.candidate"), words("stamp"))):
            paper.text(20 + number * 60, y + 22, place, 10)
            paper.line(20 + number * 60, y + 30, 68 + number * 60, y + 30)

    return _drawn(at, "reply_slip", fonts, A4, [[one]], draw)


def _pictures(one: Entrant) -> Mapping[str, bytes]:
    return {glyph.character: glyph.picture for glyph in one.glyphs}


def _heading(at: Setting, paper: Paper, name: str, below: str) -> None:
    middle = paper.size[0] / 2
    paper.text(middle, 14, at.words.of(at.book.centre.name), 9.5, align="centre")
    paper.text(middle, 22, at.words(f"title.{name}"), 15, family=BOLD, align="centre")
    said = f"{at.book.batch.code} {at.book.batch.title}    {below}".strip()
    paper.text(middle, 30, said, paper.shrunk(said, paper.size[0] - 28, 10), align="centre")


def _in_pages(things: Sequence[T], most: int) -> list[Sequence[T]]:
    return [things[at:at + most] for at in range(0, len(things), most)]


def _drawn(at: Setting, name: str, fonts: FontBook, size: tuple[float, float], pages: Iterable[Sequence[T]],
              draw: Callable[[Paper, int, T], None]) -> bytes:
    """`draw` is given the paper, the number on the page from 0, and what to draw."""
    with fonts.lock:
        paper = Paper(at.words(f"title.{name}"), fonts, size)
        for page in pages:
            for number, one in enumerate(page):
                draw(paper, number, one)
            paper.end_page()
        out = io.BytesIO()
        paper.write(out)
    return out.getvalue()


CARDS: Mapping[str, Callable[[Setting, PhotoOf, FontBook], bytes]] = {
    "ticket": tickets, "room_roster": room_roster,
    "door_stickers": lambda at, _photo_of, fonts: door_stickers(at, fonts),
    "desk_stickers": lambda at, _photo_of, fonts: desk_stickers(at, fonts),
    "seat_map": lambda at, _photo_of, fonts: seat_map(at, fonts)}
"""For the whole batch, by name."""
