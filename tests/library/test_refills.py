"""New numbers before the old ones are used up, for the epoch that the desk is in, and never one twice."""

import pyrage
import pytest
from kit.desks import new_desk
from updates_kit import Publisher, Reader, new_centre

from appraisal.domain.certificate import Bilingual, CertificateFace, CertificateIssued
from appraisal.domain.epochs import Beginning
from appraisal.domain.errors import RuleViolation
from appraisal.domain.operator import Role
from appraisal.exchange.updates import leases_path, read_refill
from appraisal.usecases.export_bundle import ExportBundle, export_bundle
from db.bundle_files import BundleFolders
from db.outbox import SqlExchange
from library.leases import BLOCK, give_lease
from library.offering import offer
from library.refilling import LEAST_LEFT, present_epoch
from library.repository import write_state
from library.schema import given_lease

NOTHING = Bilingual("", "")
SCHEME = "innovation-talent"


@pytest.fixture
def sealed(tmp_path, association):
    """A desk that has named a key to seal for, and what opens it."""
    identity = pyrage.x25519.Identity.generate()
    desk = new_desk(tmp_path)
    desk.exchange = SqlExchange(desk.desk, desk.exchange._signer, str(identity.to_public()))
    desk.join(association.enrol)
    yield desk, identity
    desk.engine.dispose()


def use(desk, count):
    """So many certificates in the journal, as issuing leaves them."""
    batch = desk.open_batch(f"B{count}", SCHEME)
    desk.people(count, batch, level=None)
    with desk.desk.work(desk.operators[Role.SUPERVISOR]) as work:
        slots = work.certificates.free_slots(SCHEME)
        for enrolment, slot in zip(work.enrolments.in_batch(batch), list(slots), strict=False):
            face = CertificateFace(slot.number, "张三", "ZHANG San", "resident_id", "1", SCHEME, NOTHING, NOTHING,
                                   NOTHING, NOTHING, None, NOTHING, (), (), work.today, None, "")
            work.record(CertificateIssued(work.new_id(), enrolment.id, enrolment.person, slot.number, SCHEME, batch,
                                          "t@1", None, b"", slot.status, face))


def numbers(leases):
    return [f"{one.prefix}{serial:06d}" for one in leases if one.scheme == SCHEME
            for serial in range(one.first, one.last + 1)]


def refill_of(association, desk, identity):
    letter = pyrage.decrypt(offer(association.library)[leases_path(desk.id)], [identity])
    return read_refill(letter, [association.library.receipt_key])


def test_a_request_in_the_same_epoch_brings_another_block_where_few_are_left(association, sealed, tmp_path):
    desk, _ = sealed
    assert desk.join(association.enrol).leases == 0
    use(desk, BLOCK - LEAST_LEFT + 1)
    assert desk.join(association.enrol).leases == 0  # the library has not heard of them
    association.take_in(desk.export(tmp_path / "1").bundle)
    assert desk.join(association.enrol).leases == 1
    assert desk.join(association.enrol).leases == 0


def test_a_block_nearly_used_up_brings_another(association, sealed, tmp_path):
    desk, identity = sealed
    use(desk, BLOCK - LEAST_LEFT)
    association.take_in(desk.export(tmp_path / "1").bundle)
    assert len(refill_of(association, desk, identity).leases) == 2  # a hundred are left: not yet
    use(desk, 1)
    association.take_in(desk.export(tmp_path / "2").bundle)
    leases = refill_of(association, desk, identity).leases
    assert sorted(one.scheme for one in leases) == ["ai-trainer", SCHEME, SCHEME]
    assert len(set(numbers(leases))) == len(numbers(leases)) == 2 * BLOCK
    slots = [(one.status_list, slot) for one in leases for slot in one.status_indices]
    assert len(set(slots)) == len(slots) == 3 * BLOCK
    assert len(refill_of(association, desk, identity).leases) == 3  # and no third for the asking


def test_refills_are_sealed_for_their_desk(association, sealed):
    desk, _ = sealed
    with pytest.raises(pyrage.DecryptError):
        refill_of(association, desk, pyrage.x25519.Identity.generate())


def test_two_epochs_of_one_desk_never_share_a_number(association, tmp_path):
    publisher = Publisher(association, tmp_path / "repository")
    centre = new_centre(tmp_path, association.clock)
    reader = Reader(centre)
    reader.join(association)
    publisher.publish()
    assert reader.take(publisher.folder)["leases"] == 0
    with centre.desk.work(reader.operator) as work:
        first = next(work.certificates.free_slots(SCHEME))
    centre.desk.begin_epoch(Beginning.CLONED)
    with centre.desk.work(reader.operator) as work:
        assert list(work.certificates.free_slots(SCHEME)) == []
        assert work.certificates.why_no_slot(SCHEME) == "leases_of_earlier_epoch"
    library, name = association.library, centre.origin.desk.hex()
    with library.engine.begin() as connection:
        before = present_epoch(connection, name)
        give_lease(library, connection, name, 1, library.schemes["ai-trainer"], before)
    publisher.publish()
    assert reader.take(publisher.folder)["leases"] == 0  # the library has not heard of the new epoch
    done = export_bundle(ExportBundle(tmp_path, reader.operator), centre.desk, centre.exchange, BundleFolders())
    association.take_in(done.bundle)
    publisher.publish()
    assert reader.take(publisher.folder)["leases"] == 2
    with centre.desk.work(reader.operator) as work:
        fresh = [one.number for one in work.certificates.free_slots(SCHEME)]
        everything = numbers(work.leases)
    assert (len(fresh), first.number in fresh) == (BLOCK, False)
    assert len(set(everything)) == len(everything) == 2 * BLOCK
    with association.library.engine.begin() as connection:
        epochs = {row.epoch for row in connection.execute(given_lease.select())}
    assert len(epochs) == 2
    reader.take((publisher.publish(), publisher.folder)[1])
    with centre.desk.work(reader.operator) as work:
        assert len(work.leases) == 4  # nothing more for nothing used
    centre.close()


def test_leases_for_another_desk_under_our_name_are_refused(association, tmp_path):
    publisher = Publisher(association, tmp_path / "repository")
    centre, other = new_centre(tmp_path / "a", association.clock), new_centre(tmp_path / "b", association.clock, 2)
    one, two = Reader(centre), Reader(other)
    one.join(association)
    two.join(association)
    files = offer(association.library)
    files[leases_path(centre.origin.desk.hex())] = files[leases_path(other.origin.desk.hex())]


    write_state(association.library, publisher.folder, files)
    before = one.adopted()
    with pytest.raises(RuleViolation, match="updates_file_malformed"):  # it does not open it
        one.take(publisher.folder)
    assert one.adopted() == before
    centre.close()
    other.close()
