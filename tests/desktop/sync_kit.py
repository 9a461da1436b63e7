"""The Sync page's view-model over a real centre, as the window makes it."""

from association_kit import association_panel
from certificate_kit import exchange_of
from import_marks_kit import operators

from appraisal.exchange.enrolment import fingerprint
from appraisal.exchange.words import spoken
from appraisal.usecases.adopt_grant import AskToJoin, ask_to_join
from db.files import write_durably
from db.queries.transfers import transfers
from db.settings import library_address
from desktop.commands.exchange import export, take_in_short
from desktop.commands.sending import send_in_window
from desktop.commands.taking import take_in_all
from desktop.i18n import current_language
from desktop.pages.sync import SyncPage
from desktop.viewmodels.sync import Requested, SyncCommands, SyncViewModel


def view_model(centre, tasks, slow=None, sticks=()):
    """`sticks`: those that are plugged in."""
    who = operators(centre)

    def sending(folder, step):
        if slow is not None:
            step(0, 10)
            slow.wait(5)
            step(5, 10)
        return export(centre, who["certificate_officer"], folder, step)

    def asking(folder):
        file = folder / "request.cose"
        data = ask_to_join(AskToJoin(who["supervisor"]), centre.desk, exchange_of(centre))
        write_durably(file, data)
        return Requested(file, spoken(fingerprint(data), current_language()))

    def send(address, progress, waits):
        return send_in_window(centre, who["certificate_officer"], address, progress, waits, tasks.on_writer)

    def address():
        kept = library_address(centre.reader)
        return kept.url if kept else ""

    return SyncViewModel(centre.reads, lambda: transfers(centre.reader), tasks, SyncCommands(
        sending, send, lambda path: take_in_all(centre, who["supervisor"], path),
        lambda text: take_in_short(centre, who["certificate_officer"], text), asking, address, lambda: sticks))


def sync_page(centre, tasks, settings, model=None, **how):
    panel = association_panel(centre, tasks, settings, login="supervisor", always=True)
    return SyncPage(model or view_model(centre, tasks, **how), panel, tasks, settings)


def kind_of_entry(centre, seq):
    with centre.reader.connect() as connection:
        return connection.exec_driver_sql("SELECT kind FROM journal WHERE seq = ?", (seq,)).scalar()
