"""A centre that an association has granted a key, numbers and lists; certificates signed with that key, as pictures."""

import io
import sys
from decimal import Decimal
from pathlib import Path

import pyrage
from PIL import Image, ImageDraw

from appraisal.credential.claims import Claims, to_bytes
from appraisal.credential.cose import ED25519, Ed25519Signer, sign1, verifying_key
from appraisal.credential.digits import payload_text
from appraisal.credential.idtag import id_tag
from appraisal.credential.status import Status, StatusList, make_status_list
from appraisal.credential.symbol import symbol, to_grey
from appraisal.credential.trust import CentreKey, SchemeNames, TrustList, make_trust_list
from appraisal.domain.centre import Lease
from appraisal.domain.certificate import Bilingual
from appraisal.domain.consent import Purpose
from appraisal.domain.exchange import Fate, FateOf, Span
from appraisal.domain.identity import check_digit
from appraisal.domain.marks import Mark, MarkState
from appraisal.exchange.enrolment import Grant, make_grant
from appraisal.exchange.receipt import Head, Receipt, digest_of, make_receipt
from appraisal.exchange.short_receipt import Counts, Reach, make_short_receipt
from appraisal.usecases.adopt_grant import AdoptGrant, adopt_grant
from appraisal.usecases.enter_mark import EnterMarks, enter_marks
from appraisal.usecases.import_numbers import ImportNumbers, NationalNumber, import_numbers
from appraisal.usecases.publicise import Publicise, close_publicity, publicise
from appraisal.usecases.register_candidate import AttachPhotos, ChangeConsent, attach_photos, change_consent
from db.outbox import SqlExchange

sys.path.append(str(Path(__file__).parents[1] / "usecases"))  # where the desk with its seated batch is made

from import_marks_kit import open_marks_centre, operators, seat_batch

LIST = Ed25519Signer.from_seed(bytes([7]) * 32)
RECEIPTS = Ed25519Signer.from_seed(bytes([8]) * 32)
READER = pyrage.x25519.Identity.generate()
LIBRARY = "1f" * 16
DAY = 86_400
DOCUMENT = "110101199003070011"
REVOKED = 41
CENTRE_NAME = Bilingual("示例市职业技能评价中心", "Example City Skills Appraisal Centre")
PREFIXES = {"innovation-talent": "ZGC-2026-0001-", "ai-trainer": "LEASE-AI-"}


def granted_centre(folder, block=300):
    """An open centre that has adopted `grant_for` it."""
    centre = open_marks_centre(folder)
    adopt_grant(AdoptGrant(grant_for(centre, block), operators(centre)["supervisor"]), centre.desk, exchange_of(centre))
    return centre


def exchange_of(centre):
    return SqlExchange(centre.desk, centre.desk_signer)


def grant_for(centre, block=300):
    """The association's answer: a lease for each scheme, a trust list and a status list."""
    now = centre.clock() // 1000
    slots = {scheme: tuple(range(1000 * at + 100, 1000 * at + 100 + block)) for at, scheme in enumerate(PREFIXES)}
    leases = tuple(Lease(f"{place:032x}", scheme, PREFIXES[scheme], 1, block, 1, slots[scheme])
                   for place, scheme in enumerate(PREFIXES, 1))
    keys = [verifying_key(ED25519, one.public) for one in (RECEIPTS, LIST)]
    return make_grant(Grant(LIBRARY, *keys, (str(READER.to_public()),), centre.origin.desk.hex(), leases,
                            trust_list(centre, now), (status_list(now),), now * 1000), RECEIPTS)


def document(place):
    first = f"11010119900307{place:03d}"
    return first + check_digit(first)


def consenting_batch(centre, names, but=(), **how):
    """A batch whose people let their records go to the association, `but` some; returns its id."""
    prefix = how.get("code", "2612").replace("-", "")
    people = [(name, document(place), f"{prefix}{place:06d}", None if "scheme" in how else 4)
              for place, name in enumerate(names)]
    batch, registrar = seat_batch(centre, people, **how), operators(centre)["registrar"]
    for one in centre.reads.enrolments(batch):
        if one.name not in but:
            change_consent(ChangeConsent(one.person, Purpose.ASSOCIATION, True, registrar), centre.desk)
    return batch


def receipt_for(centre, rejected=(), held=(), number=1):
    """The library's receipt over the desk's whole chain; entries of these numbers were refused or held."""
    with centre.desk.work("") as work:
        outbox = exchange_of(centre).outbox(work)
        (chain,) = outbox.chains()
        fates = [FateOf(Span(chain.epoch, seq, seq),
                        Fate.REJECTED if seq in rejected else Fate.HELD if seq in held else Fate.APPLIED)
                 for seq in range(chain.first, chain.last + 1)]
        hashes = list(outbox.hashes(Span(chain.epoch, chain.first, chain.last)))
    return make_receipt(Receipt(
        LIBRARY, centre.origin.desk.hex(), number, b"", centre.clock(), "2f" * 16, bytes(32), tuple(fates), (), (),
        (Head(chain.epoch, chain.last, hashes[-1]),), digest_of(hashes)), RECEIPTS)


def short_receipt_for(centre):
    """Of all that has left, applied."""
    with centre.desk.work("") as work:
        outbox = exchange_of(centre).outbox(work)
        reach = outbox.reach(outbox.epoch)
        span = Span(outbox.epoch, 1, reach)
        sent = outbox.sent(LIBRARY, span)
        hashes = list(outbox.hashes(span))
    counts = Counts(sum(one.last - one.first + 1 for one in sent), 0, 0, 0)
    return make_short_receipt(LIBRARY, centre.origin.desk.hex(), 1, [
        Reach(span.epoch, 1, reach, hashes[-1], counts, digest_of(hashes))], RECEIPTS)


def trust_list(centre, now):
    key = CentreKey(verifying_key(ED25519, centre.desk.signer.public), CENTRE_NAME, now - 30 * DAY)
    names = {code: SchemeNames(one.name, {lv.level: lv.name for lv in one.levels if lv.level is not None})
             for code, one in centre.desk.schemes.items()}
    return make_trust_list(TrustList(1, now - 2 * DAY, now + 90 * DAY, None, (key,), names), LIST)


def status_list(now):
    empty = StatusList(1, now - 3 * DAY, now - 2 * DAY)
    return make_status_list(empty.changed({REVOKED: Status.REVOKED}, now - 2 * DAY, now + 30 * DAY), LIST)


def certificate_text(centre, place=1, name="欧阳娜娜", signer=None, *, qualities=True, tagged=True, **changed):
    """What the QR of one certificate says."""
    signer = signer or centre.desk.signer
    number = f"{PREFIXES['innovation-talent']}{place:06d}X"
    marks = tuple(Decimal(mark) for mark in ("86", "92.5", "78", "75", "88", "70.5", "95")) if qualities else ()
    fields = {"issued": centre.clock() // 1000 - DAY, "number": number, "name": name, "latin_name": "OUYANG Nana",
              "scheme": "innovation-talent", "template_version": 1, "marks": marks, "status": (1, place),
              "expires": centre.clock() // 1000 + 1000 * DAY,
              "id_tag": id_tag(DOCUMENT, signer.kid, number) if tagged else None} | changed
    return payload_text(sign1(to_bytes(Claims(**fields)), signer), "verify.example.cn/")


def picture(text, **how):
    """The QR as PNG bytes."""
    return _saved([text], "PNG", **how)


def pages(*texts):
    """A PDF with one QR on each page."""
    return _saved(texts, "PDF", resolution=150)


def _saved(texts, kind, **how):
    kept = io.BytesIO()
    drawn = [Image.fromarray(to_grey(symbol(text))) for text in texts]
    drawn[0].save(kept, kind, **({"save_all": True, "append_images": drawn[1:]} if kind == "PDF" else {}), **how)
    return kept.getvalue()


def certified_batch(centre, names, failing=(), photos=True, **how):
    """A batch of `names` whose marks are in and whose publicity is closed."""
    batch, who, desk = consenting_batch(centre, names, **how), operators(centre), centre.desk
    for entry, role in ((1, "marks_a"), (2, "marks_b")):
        marks = tuple((one.enrolment, subject, Mark(MarkState.PRESENT, Decimal(50 if one.name in failing else 71 + at)))
                      for one in centre.reads.mark_rows(batch, entry) for at, (subject, _) in enumerate(one.marks))
        enter_marks(EnterMarks(entry, marks, who[role]), desk)
    if photos:
        pictures = tuple((one.person, portrait(one.name)) for one in centre.reads.enrolments(batch))
        attach_photos(AttachPhotos(pictures, who["registrar"]), desk)
    publicise(Publicise(batch, who["supervisor"]), desk)
    centre.move_clock(30 * DAY * 1000)
    close_publicity(Publicise(batch, who["supervisor"]), desk)
    return batch


def national(place):
    return f"S0000110105264{place:08d}"


def give_numbers(centre, batch, names):
    """The province's numbers for these, in the order of `document`."""
    rows = tuple(NationalNumber(document(place), name, national(place)) for place, name in enumerate(names))
    return import_numbers(ImportNumbers(batch, rows, operators(centre)["certificate_officer"]), centre.desk)


def portrait(name):
    """A drawn head of nobody, as JPEG."""
    kept = io.BytesIO()
    shade = 150 + sum(map(ord, name)) % 60
    picture = Image.new("RGB", (413, 579), (shade, shade + 20, 235))
    drawing = ImageDraw.Draw(picture)
    drawing.ellipse((130, 120, 283, 320), fill=(226, 190, 160))
    drawing.ellipse((60, 340, 353, 800), fill=(60, 70, 96))
    picture.save(kept, "JPEG", quality=85)
    return kept.getvalue()
