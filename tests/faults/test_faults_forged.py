"""Bundles that nobody may make: forged, signed anew, sent on to another library, taken back to an older format, without
a recipient, of a desk that has left; and bombs. Nothing of them is accepted, and none costs much."""

import io
import json
import os
import subprocess
import sys
import zipfile
from dataclasses import replace
from pathlib import Path

import pyrage
import pytest
import zstandard
from faults_bundles import files_of, lay_down
from kit.desks import new_desk
from kit.libraries import SimulatedLibrary
from sqlalchemy import func, select, update

from appraisal.canonical import decode, encode
from appraisal.credential.cose import Ed25519Signer, sign1
from appraisal.domain.errors import EnvironmentFault, RuleViolation
from appraisal.domain.operator import Role
from appraisal.exchange import letters
from appraisal.exchange.manifest import FILE, make_manifest, part_name, unverified
from appraisal.exchange.parts import OVERHEAD, PLAIN_BYTES, Part, PartKind, seal
from appraisal.exchange.records import frame
from appraisal.exchange.records import person_key as person_key_record
from appraisal.journal import digest
from appraisal.usecases.adopt_grant import AskToJoin, ask_to_join
from db.engine import open_sqlite
from db.schema import PROJECTED, attachment, journal, person_key
from library.opening import list_signer
from library.schema import desk as enrolled
from library.schema import inbox, kept

MOST_MEMORY = 256 << 10
"""KiB."""


def is_empty(association):
    with association.library.engine.begin() as connection:
        return not any(connection.scalar(select(func.count()).select_from(table))
                       for table in (*PROJECTED, journal, inbox, kept, person_key, attachment))


def refused(association, bundle, *codes):
    with pytest.raises((RuleViolation, EnvironmentFault)) as refusal:
        association.take_in(bundle)
    assert refusal.value.code in codes
    assert is_empty(association)


@pytest.fixture
def sent(joined, tmp_path):
    """A desk and its honest bundle."""
    desk = joined()
    for one in desk.people(3):
        desk.photo(one)
    return desk, desk.export(tmp_path / "stick").bundle


def payload_of(bundle):
    return decode(bytes(letters.read1((bundle / FILE).read_bytes(), max_bytes=1 << 20).payload), max_bytes=1 << 20)


def signed(bundle, signer, **fields):
    """The manifest with other fields, by number: `f2=9`."""
    said = payload_of(bundle) | {int(name[1:]): value for name, value in fields.items()}
    (bundle / FILE).write_bytes(sign1(encode(said), signer, content_type=letters.BUNDLE))
    return bundle


class Pretender:
    """Says that it is another's key, and signs with its own."""

    def __init__(self, kid, seed=b"\x05" * 32):
        own = Ed25519Signer.from_seed(seed)
        self.kid, self.alg, self.sign = kid, own.alg, own.sign


def test_forged(association, joined, sent):
    desk, bundle = sent
    other = joined(2)
    honest = (bundle / FILE).read_bytes()
    with association.library.engine.begin() as connection:
        lists = list_signer(connection)
    for signer in (Ed25519Signer.from_seed(b"\x05" * 32), Pretender(desk.exchange.signer.kid), other.exchange.signer,
                   association.library.receipts, lists, desk.desk.signer):
        refused(association, signed(bundle, signer), "bundle_not_signed")
    for place in (-1, -40, -64):
        (bundle / FILE).write_bytes(honest[:place] + bytes([honest[place] ^ 1]) + honest[place:][1:])
        refused(association, bundle, "bundle_not_signed")
    (bundle / FILE).write_bytes(honest[:-64] + bytes(64))
    refused(association, bundle, "bundle_not_signed")
    (bundle / FILE).write_bytes(honest)
    assert association.take_in(bundle).receipt.quarantined == ()


def test_signed_anew_by_another_desk_as_its_own(association, joined, sent):
    """It may say that it made the parts; what is in them says who did."""
    _, bundle = sent
    thief = joined(2)
    taken = association.take_in(signed(bundle, thief.exchange.signer, f4=bytes.fromhex(thief.id)))
    assert {one.code for one in taken.receipt.fates} == {"entry_misplaced"}
    with association.library.engine.begin() as connection:
        assert connection.scalar(select(func.count()).select_from(journal)) == 0


def test_sent_on_to_another_library(association, sent, tmp_path):
    desk, bundle = sent
    other = SimulatedLibrary(open_sqlite(tmp_path / "other.db"), seed=8)
    refused(other, bundle, "bundle_of_other_library")
    refused(other, signed(bundle, desk.exchange.signer, f3=bytes.fromhex(other.library.id)), "desk_unknown")
    other.enrol(ask_to_join(AskToJoin(desk.operators[Role.SUPERVISOR]), desk.desk, desk.exchange))
    refused(other, bundle, "bundle_recipients")
    signed(bundle, desk.exchange.signer, f9=list(other.library.recipients))
    taken = other.take_in(bundle)  # signed by the desk itself for this library, with parts sealed for the first
    assert {code for _, code in taken.receipt.quarantined} == {"part_not_for_us"}
    assert len(taken.receipt.quarantined) == len(unverified((bundle / FILE).read_bytes()).parts)
    assert is_empty(other)
    other.library.engine.dispose()


@pytest.mark.parametrize(("fields", "code"), [
    ({"f1": 0}, "bundle_malformed"), ({"f2": 2}, "bundle_newer"), ({"f1": 9, "f2": 9}, "bundle_newer"),
    ({"f1": True}, "bundle_malformed"), ({"f7": []}, "bundle_malformed"), ({"f8": []}, "bundle_malformed"),
    ({"f1": "1"}, "bundle_malformed")])
def test_of_another_format(association, sent, fields, code):
    desk, bundle = sent
    refused(association, signed(bundle, desk.exchange.signer, **fields), code)


def test_taken_back_to_a_weaker_envelope(association, sent):
    """The algorithm belongs to the key: an envelope that names none, another one, or is no envelope, is refused."""
    desk, bundle = sent
    said = encode(payload_of(bundle))
    kid, sign = desk.exchange.signer.kid, desk.exchange.signer.sign
    for header in ({1: -7, 3: letters.BUNDLE, 4: kid}, {3: letters.BUNDLE, 4: kid}, {1: -19, 4: kid},
                   {1: -19, 3: letters.RECEIPT, 4: kid}, {1: 0, 3: letters.BUNDLE, 4: kid}):
        protected = encode(header)
        whole = encode(["Signature1", protected, b"", said])
        (bundle / FILE).write_bytes(b"\xd2\x84" + encode(protected) + b"\xa0" + encode(said) + encode(sign(whole)))
        refused(association, bundle, "bundle_malformed", "bundle_not_signed")
    (bundle / FILE).write_bytes(said)
    refused(association, bundle, "bundle_malformed")


def test_an_older_bundle_of_the_same_desk_again(association, sent, tmp_path):
    """Played again after a newer one it is all duplicate, and takes nothing back."""
    desk, older = sent
    desk.people(2)
    association.take_in(desk.export(tmp_path / "newer").bundle)
    before = association.digests()
    assert {one.fate for one in association.take_in(older).receipt.fates} == {"duplicate"}
    assert association.digests() == before


def test_stripped_of_a_recipient(association, sent):
    desk, bundle = sent
    files = files_of(bundle)
    manifest = unverified(files[FILE])
    assert len(manifest.recipients) == 2
    stripped = {name: without_last_stanza(data) for name, data in files.items() if name != FILE}
    taken = association.take_in(lay_down(files | stripped, bundle))
    assert {code for _, code in taken.receipt.quarantined} == {"part_changed"}
    assert len(taken.receipt.quarantined) == len(manifest.parts)
    assert is_empty(association)
    stranger = Ed25519Signer.from_seed(b"\x05" * 32)
    refused(association, signed(lay_down(files, bundle), stranger, f9=list(manifest.recipients[:1])),
            "bundle_not_signed")
    refused(association, signed(bundle, desk.exchange.signer, f9=list(manifest.recipients[:1])), "bundle_recipients")


def without_last_stanza(data):
    """age's header without its last recipient; its MAC is not made again, only who has the file key could."""
    head, _, rest = data.partition(b"\n--- ")
    return head.rpartition(b"\n-> ")[0] + b"\n--- " + rest


def test_of_a_desk_that_has_left(association, sent):
    desk, bundle = sent
    with association.library.engine.begin() as connection:
        connection.execute(update(enrolled).where(enrolled.c.desk == desk.id).values(state="withdrawn"))
    refused(association, bundle, "desk_withdrawn")


def sealed_for(association, small):
    return pyrage.encrypt(small, [pyrage.x25519.Recipient.from_str(one) for one in association.library.recipients])


def frame_of(length, window=None):
    """A zstandard frame of zeros."""
    parameters = zstandard.ZstdCompressionParameters.from_level(1, **({"window_log": window} if window else {}))
    return zstandard.ZstdCompressor(compression_params=parameters).compress(bytes(length))


def deep(depth):
    return b"\x81" * depth + b"\x80"


PLAIN_BOMBS = {
    "a_million_nested_lists": lambda: frame(b"\xa1\x00" + deep(1 << 20)),
    "a_list_that_says_it_is_endless": lambda: frame(b"\xa1\x00\x9b" + b"\xff" * 8),
    "a_text_that_says_it_is_huge": lambda: frame(b"\x8c\x7b" + b"\xff" * 8),
    "a_million_empty_lists": lambda: frame(b"\xa1\x00\x9a\x00\x0f\xff\xf0" + b"\x80" * 0xFFFF0),
    "a_number_of_a_million_digits": lambda: frame(b"\xa1\x00\xc2\x5a\x00\x08\x00\x00" + b"\xff" * (8 << 16)),
}
SLOW_BOMBS = {
    "eight_million_empty_records": lambda: b"\x00\x00\x00\x01\xa0" * (PLAIN_BYTES // 5),
    "as_many_stubs_as_fit": lambda: frame(b"\x82\x01\x58\x20" + bytes(32)) * (PLAIN_BYTES // 40),
}
CROWDS = {
    "as_many_pictures_as_fit": lambda: b"".join(
        frame(b"\xa3\x00\x02\x01\x50" + n.to_bytes(16, "big") + b"\x02\x41\x00") for n in range(PLAIN_BYTES // 28)),
    "as_many_keys_as_fit": lambda: b"".join(
        frame(person_key_record(f"{n:032x}", bytes(32))) for n in range(PLAIN_BYTES // 60)),
    "as_many_strangers_as_fit": lambda: frame(b"\xa1\x00\x09") * (PLAIN_BYTES // 7),
}
"""Well formed, useless, and no more than a part may hold: they cost a library time and room, but no memory."""
FRAME_BOMBS = {
    "nothing_but_zeros": lambda size: frame_of(2 * size),
    "a_size_that_is_a_lie": lambda _: frame_of(200 << 20).replace(
        (200 << 20).to_bytes(4, "little"), PLAIN_BYTES.to_bytes(4, "little"), 1),
    "a_window_of_two_gigabytes": lambda _: b"\x28\xb5\x2f\xfd\x00\xa8" + b"\x01\x00\x00",
    "many_frames": lambda _: frame_of(PLAIN_BYTES) * 64,
}


def bombs(association, folder, crowds, size):
    """What a desk gone wrong would have to sign, and what needs no signature at all. `size`: of a file in a zip."""
    desk = new_desk(folder, 5)
    desk.join(association.enrol)
    desk.people(1)
    honest = files_of(desk.export(folder / "honest").bundle)
    manifest = unverified(honest[FILE])

    def made(name, part, data):
        manifest_ = make_manifest(replace(manifest, parts=(*manifest.parts, part)), desk.exchange.signer)
        return lay_down(honest | {FILE: manifest_, part_name(2): data}, folder / f"{name}.skb")

    for name, plain in (PLAIN_BOMBS | crowds).items():
        yield made(name, *seal(plain(), PartKind.ATTACHMENTS, manifest.recipients))
    for name, small in FRAME_BOMBS.items():
        data = sealed_for(association, small(size))
        yield made(name, Part(PartKind.ATTACHMENTS, len(data), digest(data), PLAIN_BYTES, None), data)
    many = b"age-encryption.org/v1\n" + b"-> X25519 " + b"A" * 43 + b"\n" + b"B" * 43 + b"\n"
    data = many + (b"-> X25519 " + b"A" * 43 + b"\n" + b"B" * 43 + b"\n") * ((PLAIN_BYTES + OVERHEAD) // 98 - 2)
    yield made("recipients", Part(PartKind.ATTACHMENTS, len(data), digest(data), PLAIN_BYTES, None), data)
    for name, said in {"manifest_deep": deep(1 << 19), "manifest_wide": b"\x9a\x00\x07\xff\xf0" + b"\x80" * 0x7FFF0,
                       "manifest_huge": bytes(64 << 20)}.items():
        yield lay_down(honest | {FILE: said}, folder / f"{name}.skb")
    yield from zips(honest, folder, size)
    desk.engine.dispose()


def zips(honest, folder, size):
    many = io.BytesIO()
    with zipfile.ZipFile(many, "w") as packed:
        for number in range(100_000):
            packed.writestr(f"{number}", b"")
    (folder / "many.skb").write_bytes(many.getvalue())
    yield folder / "many.skb"
    for name in (FILE, part_name(1)):
        path = folder / f"deflated-{name[:4]}.skb"
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as packed:
            for other, data in honest.items():
                if other != name:
                    packed.writestr(zipfile.ZipInfo(other), data)
            with packed.open(name, "w", force_zip64=True) as file:
                for _ in range(size >> 20):
                    file.write(bytes(1 << 20))
        yield path


DEFUSE = """
import json, sys
from pathlib import Path
from appraisal.catalogue import load_schemes
from appraisal.domain.errors import EnvironmentFault, RuleViolation
from db.bundle_files import open_bundle
from db.centre import system_clock
from db.engine import open_sqlite
from library.intake import take_in
from library.opening import open_library
import os
library = open_library(open_sqlite(Path(sys.argv[1])), load_schemes(), system_clock, os.urandom)
said = []
for path in map(Path, sys.argv[2:]):
    try:
        said.append([path.name, list(map(list, take_in(library, open_bundle(path)).receipt.quarantined))])
    except (RuleViolation, EnvironmentFault) as refusal:
        said.append([path.name, refusal.code])
# Not getrusage's: that one remembers the process that started this one.
peak = next(int(line.split()[1]) for line in open("/proc/self/status") if line.startswith("VmHWM"))
print(json.dumps({"said": said, "peak": peak}))
"""


def defuse(library: Path, *bombs_: Path):
    """In a process of its own."""
    done = subprocess.run([sys.executable, "-c", DEFUSE, library, *bombs_], check=True, capture_output=True, text=True,
                          env=os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])})
    return json.loads(done.stdout)


PEAK_IS_SAID = pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="Linux says the peak of memory there")


@PEAK_IS_SAID
def test_bombs(tmp_path):
    defused(tmp_path, {}, 260 << 20)


@PEAK_IS_SAID
@pytest.mark.long
def test_bombs_and_crowds(tmp_path, counts):
    number, peak = defused(tmp_path, SLOW_BOMBS | CROWDS, 1 << 30)
    counts(f"{number} bombs: the peak of all is {peak >> 10} MB")


def defused(tmp_path, crowds, size):
    association = SimulatedLibrary(open_sqlite(tmp_path / "library.db"))
    paths = list(bombs(association, tmp_path, crowds, size))
    association.library.engine.dispose()
    found = defuse(tmp_path / "library.db", *paths)
    assert len(found["said"]) == len(paths) == len(PLAIN_BOMBS) + len(crowds) + len(FRAME_BOMBS) + 1 + 3 + 3
    for name, said in found["said"]:
        if name.removesuffix(".skb") in CROWDS:
            assert said == []
        else:
            assert said in ("bundle_malformed", "not_a_bundle") or [part for part, _ in said] in ([2], [1]), name
    assert found["peak"] < MOST_MEMORY
    with association.library.engine.begin() as connection:
        kinds = connection.scalars(select(journal.c.kind).order_by(journal.c.seq)).all()
        assert kinds == ["centre.founded", "candidate.registered", "consent.given"]  # once, of the honest part
    return len(paths), found["peak"]
