"""What the library refused or holds opens at its record, on the record's own page, with the remedy beside it."""

from types import SimpleNamespace

import pytest
from certificate_kit import certified_batch, give_numbers, receipt_for
from import_marks_kit import operators
from PySide6.QtCore import Qt

from appraisal.usecases.import_receipt import ImportReceipt, import_receipt
from appraisal.usecases.issue_certificates import IssueCertificates, issue_certificates
from appraisal.usecases.reads import NeedsYou
from desktop.main_window import main_window
from desktop.viewmodels.sync_records import Whereabouts, whereabouts

NAMES = ("张伟", "欧阳娜娜", "陈𬱖")
KINDS = ("candidate.registered", "mark.entered", "certificate.issued", "batch.opened")


@pytest.fixture
def centre(centre, press):
    """One record of each kind is held."""
    batch, officer = certified_batch(centre, NAMES), operators(centre)["certificate_officer"]
    give_numbers(centre, batch, NAMES)
    ready = tuple(one.enrolment for one in centre.reads.to_issue(batch) if one.blocked is None)
    issue_certificates(IssueCertificates(batch, officer, ready), centre.desk, press)
    with centre.reader.connect() as connection:
        held = {connection.exec_driver_sql("SELECT max(seq) FROM journal WHERE kind = ?", (kind,)).scalar()
                for kind in KINDS}
    import_receipt(ImportReceipt(receipt_for(centre, held=held), officer), centre.desk, centre.exchange)
    return centre


@pytest.fixture
def window(centre, tasks, settings, qtbot):
    made = main_window(SimpleNamespace(
        tasks=tasks, settings=settings, operator=operators(centre)["supervisor"], paint=print, later=print), centre)
    qtbot.addWidget(made)
    made.resize(1366, 768)
    made.show()
    made.show_page("sync")
    qtbot.waitUntil(lambda: len(made.page("sync").needs._needs) == len(KINDS))
    return made


def open_record(window, qtbot, kind):
    """By keys: the row, then Enter."""
    window.show_page("sync")
    needs = window.page("sync").needs
    qtbot.waitUntil(lambda: needs.table.model().row_at(0) is not None)
    row = next(at for at, one in enumerate(needs._needs) if one.kind == kind)
    needs.table.go_to(row)
    qtbot.keyClick(needs.table, Qt.Key.Key_Return)
    return needs._needs[row]


def test_each_opens_on_its_page_with_what_to_do(window, centre, qtbot):
    one = open_record(window, qtbot, "candidate.registered")
    assert window.current_key() == "candidates"
    form = window.page("candidates").form
    qtbot.waitUntil(lambda: form.fields["name"].text() == one.name)
    assert window.fault.isVisible()
    assert "officer of the association decides" in window.fault.text.text()

    window.fault.action.click()
    assert window.current_key() == "sync"
    assert not window.fault.isVisible()

    one = open_record(window, qtbot, "certificate.issued")
    issued = window.page("certificates").issued
    qtbot.waitUntil(lambda: issued.selected_ids() == [one.subject])
    assert window.page("certificates").tabs.currentWidget() is issued

    one = open_record(window, qtbot, "mark.entered")
    results = window.page("marks").results
    qtbot.waitUntil(lambda: results.table.selected_ids() == [one.subject])
    assert results.isVisible()

    one = open_record(window, qtbot, "batch.opened")
    assert window.current_key() == "batches"
    assert window.fault.isVisible()
    window.show_page("today")
    assert not window.fault.isVisible()


def need(kind, person=None, batch=None):
    return NeedsYou(kind, "5" * 32, person, "", "held", "", batch)


def test_where_each_kind_is_opened():
    person, batch, subject = "1" * 32, "2" * 32, "5" * 32
    for kind in ("candidate.corrected", "consent.withdrawn", "photo.attached", "enrolment.seated"):
        assert whereabouts(need(kind, person, batch)) == Whereabouts("candidates", record=person)
    assert whereabouts(need("mark.settled", person, batch)) == Whereabouts("marks", batch, subject)
    assert whereabouts(need("certificate.revoked", person, batch)) == Whereabouts("certificates", batch, subject)
    assert whereabouts(need("publicity.opened", None, batch)) == Whereabouts("batches", batch)
    for kind in ("session.planned", "session.placed", "attendance.recorded", "incident.voided", "papers.counted"):
        assert whereabouts(need(kind, person, batch)) == Whereabouts("exam-day", batch)
    assert whereabouts(need("recheck.asked", person, batch)) == Whereabouts("batches", batch)
    assert whereabouts(need("epoch.began")) is None
    assert whereabouts(need("mark.entered", person)) is None
