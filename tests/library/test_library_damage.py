"""Bad bytes, strangers, copies and kinds from the future: each gets its name, the rest comes in."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pyrage
import pytest
import zstandard
from kit.branches import record
from kit.desks import new_desk
from kit.libraries import SimulatedLibrary, fates
from msgspec import structs
from sqlalchemy import func, insert, select, update

from appraisal.domain.errors import EnvironmentFault, RuleViolation
from appraisal.domain.events import kinds
from appraisal.domain.marks import MarkEntered, MarkState
from appraisal.domain.numbers import CertificateNumberGiven
from appraisal.domain.operator import Role
from appraisal.exchange.manifest import make_manifest, part_name, unverified
from appraisal.exchange.parts import LONGEST_PLAIN, Part, PartKind, seal
from appraisal.exchange.records import frame, read_records, unframe
from appraisal.journal import digest, read, write
from db.rebuild import differing
from db.schema import journal, person
from library import schema
from library.verify import verify


def manifest_of(sent):
    return unverified((sent.bundle / "manifest.cose").read_bytes())


def quarantined(association):
    with association.library.engine.begin() as connection:
        return connection.execute(select(schema.quarantine.c.name, schema.quarantine.c.code)).all()


def people_here(association):
    with association.library.engine.begin() as connection:
        return connection.scalar(select(func.count()).select_from(person))


def rewrite(by, sent, parts: dict[int, bytes] | None = None, **changes):
    """The bundle signed anew by its own desk, as a desk gone wrong would make it. `parts`: number -> plain records."""
    manifest = replace(manifest_of(sent), **changes)
    described = list(manifest.parts)
    for number, plain in (parts or {}).items():
        old = described[number - 1]
        described[number - 1], data = seal(plain, old.kind, manifest.recipients, old.range)
        (sent.bundle / part_name(number)).write_bytes(data)
    (sent.bundle / "manifest.cose").write_bytes(
        make_manifest(replace(manifest, parts=tuple(described)), by.exchange.signer))
    return sent.bundle


def plain_of(association, sent, number=1):
    from appraisal.exchange.parts import unseal  # noqa: PLC0415

    part = manifest_of(sent).parts[number - 1]
    return unseal(part, (sent.bundle / part_name(number)).read_bytes(), association.library.identity)


def entries_of(plain):
    """The records, each entry whole: to be changed, and sent by whoever does not cut them."""
    return [one if isinstance(one, bytes) else frame for frame, one in zip(unframe(plain), read_records(plain),
                                                                           strict=True)]


def test_one_byte_changed_in_a_part_keeps_that_part_out_and_no_other(association, joined, tmp_path):
    desk = joined()
    persons = desk.people(3)
    for one in persons:
        desk.photo(one, size=3 << 20)  # 9 MiB: two parts of attachments
    sent = desk.export(tmp_path)
    assert [p.kind for p in manifest_of(sent).parts] == [PartKind.RECORDS, PartKind.ATTACHMENTS, PartKind.ATTACHMENTS]
    damaged = sent.bundle / part_name(3)
    data = bytearray(damaged.read_bytes())
    data[len(data) // 2] ^= 1
    damaged.write_bytes(data)
    taken = association.take_in(sent.bundle)
    assert taken.receipt.quarantined == ((3, "part_changed"),)
    assert fates(taken) == {"applied": sent.records - 1, "parked": 1}
    assert quarantined(association) == [("part-0003", "part_changed")]
    desk.receive(taken.data)
    again = desk.export(tmp_path / "again")
    assert again.attachments == 1  # only what the library has not got
    repaired = association.take_in(again.bundle)
    assert repaired.receipt.quarantined == ()
    assert fates(repaired)["applied"] == 1
    assert "parked" not in fates(repaired)
    desk.receive(repaired.data)
    with pytest.raises(RuleViolation, match="nothing_to_send"):
        desk.export(tmp_path / "none")


def test_a_changed_record_part_is_missing_and_is_sent_again(association, joined, tmp_path):
    desk = joined()
    desk.people(2)
    sent = desk.export(tmp_path)
    (sent.bundle / part_name(1)).write_bytes((sent.bundle / part_name(1)).read_bytes()[:-1])
    taken = association.take_in(sent.bundle)
    assert taken.receipt.quarantined == ((1, "part_changed"),)
    assert (taken.receipt.fates, [(s.first, s.last) for s in taken.receipt.missing]) == ((), [(1, sent.last)])
    desk.receive(taken.data)
    again = desk.export(tmp_path / "again")
    assert again.records == sent.records
    assert fates(association.take_in(again.bundle)) == {"applied": sent.records}


def test_a_part_that_is_not_there_is_named(association, joined, tmp_path):
    desk = joined()
    desk.people(1)
    sent = desk.export(tmp_path)
    (sent.bundle / part_name(1)).unlink()
    assert association.take_in(sent.bundle).receipt.quarantined == ((1, "part_missing"),)


@pytest.mark.parametrize("place", [0, 40, 200, -1])
def test_a_changed_manifest_keeps_the_whole_bundle_out(association, joined, tmp_path, place):
    desk = joined()
    desk.people(2)
    sent = desk.export(tmp_path)
    data = bytearray((sent.bundle / "manifest.cose").read_bytes())
    data[place] ^= 0x10
    (sent.bundle / "manifest.cose").write_bytes(data)
    with pytest.raises(RuleViolation) as refused:
        association.take_in(sent.bundle)
    assert refused.value.code in ("bundle_malformed", "bundle_not_signed", "bundle_of_other_library", "desk_unknown")
    assert people_here(association) == 0
    assert [name for name, _ in quarantined(association)] == ["manifest.cose"]


def test_a_bundle_signed_by_another_desk_is_refused(association, joined, tmp_path):
    one, two = joined(1), joined(2)
    one.people(1)
    sent = one.export(tmp_path)
    (sent.bundle / "manifest.cose").write_bytes(make_manifest(manifest_of(sent), two.exchange.signer))
    with pytest.raises(RuleViolation, match="bundle_not_signed"):
        association.take_in(sent.bundle)


def test_strangers_and_other_libraries_are_refused(association, joined, tmp_path, sqlite_engine):
    desk, stranger = joined(), new_desk(tmp_path, 9)
    other = SimulatedLibrary(sqlite_engine, seed=8)
    stranger.join(other.enrol)
    stranger.people(1)
    with pytest.raises(RuleViolation, match="bundle_of_other_library"):
        association.take_in(stranger.export(tmp_path / "s").bundle)
    desk.people(1)
    bundle = rewrite(desk, desk.export(tmp_path / "d"), desk="ab" * 16)
    with pytest.raises(RuleViolation, match="desk_unknown"):
        association.take_in(bundle)
    with association.library.engine.begin() as connection:
        connection.execute(update(schema.desk).where(schema.desk.c.desk == desk.id).values(state="withdrawn"))
    with pytest.raises(RuleViolation, match="desk_withdrawn"):
        association.take_in(desk.export(tmp_path / "w").bundle)
    stranger.engine.dispose()


def test_a_part_sealed_for_somebody_else_is_put_aside(association, joined, tmp_path):
    desk = joined()
    desk.people(1)
    sent = desk.export(tmp_path)
    somebody = str(pyrage.x25519.Identity.generate().to_public())
    old = manifest_of(sent).parts[0]
    part, data = seal(plain_of(association, sent), old.kind, [somebody], old.range)
    (sent.bundle / part_name(1)).write_bytes(data)
    taken = association.take_in(_signed(desk, sent, (part,)))
    assert taken.receipt.quarantined == ((1, "part_not_for_us"),)


def _signed(desk, sent, parts: tuple[Part, ...]):
    (sent.bundle / "manifest.cose").write_bytes(
        make_manifest(replace(manifest_of(sent), parts=parts), desk.exchange.signer))
    return sent.bundle


@pytest.mark.parametrize("claimed", [1000, LONGEST_PLAIN])
def test_a_bomb_is_refused_by_its_header(association, joined, tmp_path, claimed):
    desk = joined()
    desk.people(1)
    sent = desk.export(tmp_path)
    bomb = zstandard.ZstdCompressor(level=1).compress(bytes(200 << 20))
    recipients = [pyrage.x25519.Recipient.from_str(one) for one in association.library.recipients]
    data = pyrage.encrypt(bomb, recipients)
    (sent.bundle / part_name(2)).write_bytes(data)
    bad = Part(PartKind.ATTACHMENTS, len(data), digest(data), claimed, None)
    taken = association.take_in(_signed(desk, sent, (*manifest_of(sent).parts, bad)))
    assert taken.receipt.quarantined == ((2, "part_expands"),)
    assert fates(taken) == {"applied": sent.records}


def test_a_broken_record_does_not_keep_the_others_out(association, joined, tmp_path):
    desk = joined()
    desk.people(3)
    sent = desk.export(tmp_path)
    records = entries_of(plain_of(association, sent))
    seqs = [read(one).seq if one[0] == 0x8C else None for one in records]
    last = max(n for n, seq in enumerate(seqs) if seq)
    records[last] = records[last][:-1] + b"\xf7"  # `undefined` at its end: no desk writes that
    manifest = manifest_of(sent)
    chains = (replace(manifest.chains[0], after=digest(records[-1])),)
    bundle = rewrite(desk, sent, {1: b"".join(map(frame, records))}, chains=chains)
    taken = association.take_in(bundle)
    assert fates(taken) == {"applied": sent.records - 1, "rejected": 1}
    assert [one.code for one in taken.receipt.fates if one.fate == "rejected"] == ["entry_malformed"]


def test_records_that_do_not_fill_their_range_are_put_aside(association, joined, tmp_path):
    desk = joined()
    desk.people(2)
    sent = desk.export(tmp_path)
    records = entries_of(plain_of(association, sent))
    for wrong in (records[:-1], [*records, b"\x80"], [*records[:-1], b"\x82\x01\x58\x20" + bytes(32)]):
        bundle = rewrite(desk, sent, {1: b"".join(map(frame, wrong))})
        assert association.take_in(bundle).receipt.quarantined == ((1, "part_malformed"),)
    assert people_here(association) == 0


def test_two_histories_of_one_desk_are_both_kept_and_the_desk_is_held(association, joined, tmp_path):
    desk = joined()
    desk.people(2)
    desk.engine.dispose()
    copy = tmp_path / "copy.db"
    copy.write_bytes((tmp_path / "desk-1.db").read_bytes())
    twin = desk.twin(copy)
    desk.people(1)
    twin.people(2)
    first, second = desk.export(tmp_path / "1"), twin.export(tmp_path / "2")
    assert "held" not in fates(association.take_in(first.bundle))
    before = association.digests()
    taken = association.take_in(second.bundle)
    codes = {one.code for one in taken.receipt.fates if one.fate == "held"}
    assert codes == {"fork", "desk_held"}
    assert association.digests() == before
    again = association.take_in(second.bundle)  # what contradicted is told as often as it comes
    assert {one.code for one in again.receipt.fates if one.fate == "held"} == codes
    assert again.receipt.digest == taken.receipt.digest
    with association.library.engine.begin() as connection:
        kept = connection.scalar(select(func.count()).select_from(schema.kept))
        assert kept == fates(taken)["held"]
        assert connection.scalar(select(schema.desk.c.state).where(schema.desk.c.desk == desk.id)) == "held"
        assert verify(connection).damage == ()
    desk.people(1)
    assert set(fates(association.take_in(desk.export(tmp_path / "3").bundle))) == {"duplicate", "held"}
    twin.engine.dispose()


def test_a_kind_from_the_future_waits_and_is_applied_after_an_upgrade(association, joined, tmp_path, monkeypatch):
    desk = joined()
    persons = desk.people(2)
    desk.photo(persons[0])
    sent = desk.export(tmp_path)
    future = ("photo.attached", 1)
    known = kinds()[future]
    monkeypatch.delitem(kinds(), future)
    taken = association.take_in(sent.bundle)
    assert fates(taken) == {"applied": sent.records - 1, "parked": 1}
    assert [one.code for one in taken.receipt.fates if one.fate == "parked"] == ["kind_unknown"]
    desk.receive(taken.data)
    monkeypatch.setitem(kinds(), future, known)
    desk.people(1)
    later = association.take_in(desk.export(tmp_path / "later").bundle)
    assert fates(later) == {"applied": 2 + 1}  # the new person, and the news of the photo
    desk.receive(later.data)
    with association.library.engine.begin() as connection:
        assert connection.scalar(select(func.count()).select_from(person).where(person.c.photo.is_not(None))) == 1
        assert connection.scalar(select(func.count()).select_from(schema.kept)) == 0
        assert verify(connection).damage == ()
        assert differing(connection) == ()


def test_news_is_repeated_until_the_desk_has_it(association, joined, tmp_path, monkeypatch):
    desk = joined()
    desk.photo(desk.people(1)[0])
    future = ("photo.attached", 1)
    known = kinds()[future]
    monkeypatch.delitem(kinds(), future)
    desk.receive(association.take_in(desk.export(tmp_path / "1").bundle).data)
    monkeypatch.setitem(kinds(), future, known)
    desk.people(1)
    association.take_in(desk.export(tmp_path / "2").bundle)  # this receipt is lost
    third = association.take_in(desk.export(tmp_path / "3").bundle)
    assert fates(third) == {"duplicate": 2, "applied": 1}
    desk.receive(third.data)
    desk.people(1)
    assert fates(association.take_in(desk.export(tmp_path / "4").bundle)) == {"applied": 2}


def test_what_refers_to_something_absent_waits_for_it(association, joined, tmp_path):
    one, two = joined(1), joined(2)
    batch = one.open_batch()
    two.people(1)
    two.record_enrolment(batch)
    waiting = association.take_in(two.export(tmp_path / "two").bundle)
    assert fates(waiting)["parked"] == 1
    assert [f.code for f in waiting.receipt.fates if f.fate == "parked"] == ["dependency_missing"]
    association.take_in(one.export(tmp_path / "one").bundle)
    with association.library.engine.begin() as connection:
        states = connection.scalars(select(schema.inbox.c.state).where(schema.inbox.c.desk == two.id)).all()
    assert set(states) == {"applied", "withheld"}


def test_another_key_for_a_known_person_is_held(association, joined, tmp_path):
    desk = joined()
    someone = desk.people(1)[0]
    sent = desk.export(tmp_path)
    with association.library.engine.begin() as connection:
        from db.schema import person_key as keys  # noqa: PLC0415

        connection.execute(insert(keys).values(person=someone, key=bytes(32)))
    taken = association.take_in(sent.bundle)
    assert {(f.fate, f.code) for f in taken.receipt.fates if f.fate != "applied"} == {
        ("held", "key_conflict"), ("parked", "dependency_missing")}


def test_a_number_used_twice_is_held_and_the_first_stays(association, joined, tmp_path):
    one, two = joined(1), joined(2)
    for desk in (one, two):
        batch = desk.open_batch(f"B{desk.seed}")
        desk.people(1, batch)
        desk.give_number(batch, "S000032110100000000001")
    assert set(fates(association.take_in(one.export(tmp_path / "1").bundle))) == {"applied"}
    taken = association.take_in(two.export(tmp_path / "2").bundle)
    assert [(f.fate, f.code) for f in taken.receipt.fates if f.fate != "applied"] == [("held", "conflict")]


def test_one_chain_alone_that_uses_a_number_twice_is_found_out(association, joined, tmp_path):
    """Its desk would have refused: whoever wrote this went past its rules."""
    desk = joined()
    batch = desk.open_batch()
    desk.people(2, batch)
    desk.receive(association.take_in(desk.export(tmp_path / "1").bundle).data)
    registrar = desk.operators[Role.REGISTRAR]
    with desk.desk.work(registrar) as work:
        for one in work.enrolments.in_batch(batch):
            work._chain.append(CertificateNumberGiven(one.id, one.person, "S000032110100000000001", date(2026, 11, 20)),
                               registrar, work.now, None)
    taken = association.take_in(desk.export(tmp_path / "2").bundle)
    assert [(f.fate, f.code) for f in taken.receipt.fates if f.fate != "applied"] == [("held", "conflict")]


def test_one_chain_alone_that_writes_over_a_mark_is_found_out(association, joined, tmp_path):
    desk = joined()
    batch = desk.open_batch()
    (name,) = desk.people(1, batch)
    desk.examine(batch)
    desk.receive(association.take_in(desk.export(tmp_path / "1").bundle).data)
    with desk.desk.work(desk.operators[Role.MARKS_A]) as work:
        (one,) = work.enrolments.in_batch(batch)
    record(desk, Role.MARKS_A, MarkEntered(one.id, name, "theory", 1, MarkState.PRESENT, Decimal(20),
                                           desk.operators[Role.MARKS_A]))
    taken = association.take_in(desk.export(tmp_path / "2").bundle)
    assert [(f.fate, f.code) for f in taken.receipt.fates] == [("rejected", "mark_correction_unfounded")]


def test_what_comes_late_is_looked_at_as_well(association, joined, tmp_path, monkeypatch):
    desk = joined()
    batch, moved = desk.open_batch(), ("batch.moved", 1)
    desk.people(1)
    known = kinds()[moved]
    monkeypatch.delitem(kinds(), moved)
    assert fates(association.take_in(desk.export(tmp_path / "1").bundle))["parked"] == 2
    monkeypatch.setitem(kinds(), moved, known)
    desk.people(1)
    assert "parked" not in fates(association.take_in(desk.export(tmp_path / "2").bundle))
    with association.library.engine.begin() as connection:
        reached = connection.execute(select(schema.batch_reach.c.batch, schema.batch_reach.c.state)).all()
    assert reached == [(batch, "published")]


def test_a_wrongly_joined_chain_is_refused_entry_by_entry(association, joined, tmp_path):
    desk = joined()
    desk.people(2)
    sent = desk.export(tmp_path)
    records = entries_of(plain_of(association, sent))
    place = max(n for n, one in enumerate(records) if one[0] == 0x8C)
    records[place] = write(structs.replace(read(records[place]), prev=bytes(32)))
    chains = (replace(manifest_of(sent).chains[0], after=digest(records[-1])),)
    taken = association.take_in(rewrite(desk, sent, {1: b"".join(map(frame, records))}, chains=chains))
    assert [f.code for f in taken.receipt.fates if f.fate == "rejected"] == ["entry_not_joined"]
    assert fates(taken)["applied"] == sent.records - 1


def test_a_full_stick_is_said_before_anything_is_written(joined, tmp_path, monkeypatch):
    desk = joined()
    desk.people(1)
    import shutil  # noqa: PLC0415

    real = shutil.disk_usage(tmp_path)
    monkeypatch.setattr("db.bundle_files.shutil.disk_usage", lambda _: real._replace(free=1000))
    with pytest.raises(EnvironmentFault, match="stick_full"):
        desk.export(tmp_path / "stick")
    assert list((tmp_path / "stick").iterdir()) == []


def test_an_export_that_is_cancelled_leaves_nothing(joined, tmp_path):
    desk = joined()
    desk.people(3)

    def cancel(done: int, total: int) -> None:
        if done == total:
            raise InterruptedError

    with desk.engine.begin() as connection:
        before = connection.scalar(select(func.count()).select_from(journal))
    with pytest.raises(InterruptedError):
        desk.export(tmp_path / "stick", cancel)
    assert list((tmp_path / "stick").iterdir()) == []
    with desk.engine.begin() as connection:
        assert connection.scalar(select(func.count()).select_from(journal)) == before
