"""Where the concrete parts are built: for each command, and for the window (desktop.gui)."""

import argparse
import sys
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from PySide6.QtCore import QLocale

from appraisal.catalogue import load_schemes
from appraisal.domain.consent import Purpose
from appraisal.domain.errors import EnvironmentFault, RuleViolation
from db.centre import Surroundings, system_clock
from db.files import read_file
from db.folder import is_here
from db.terminal import Passphrases
from db.turns import Holder
from desktop.commands import certificates, exchange, imports, keys, operators, restoring, setup, upkeep, verify
from desktop.commands.answer import Answer
from desktop.errors import sentence
from desktop.press import DeskPress
from desktop.session import Session, session
from desktop.waiting import waiting_words


def choose_command_language(language: str | None) -> None:
    """What was asked for, else what the system speaks."""
    if language is not None:
        QLocale.setDefault(QLocale("zh_CN" if language == "zh_CN" else "en_GB"))


def surroundings() -> Surroundings:
    return Surroundings(load_schemes(), waiting=_WaitingSaid())


class _WaitingSaid:
    """Said once for each who has the turn meanwhile, not at every look."""

    def __init__(self) -> None:
        self._said = ""

    def __call__(self, holder: Holder | None) -> None:
        words = waiting_words(holder)
        if words and words != self._said:
            _tell(words)
        self._said = words


@contextmanager
def _session(given: argparse.Namespace) -> Iterator[Session]:
    with session(given.data, given.around()) as opened:
        if opened.centre.began is not None:
            _tell(sentence(f"epoch_began_{opened.centre.began}"))
        yield opened


def run_demo(given: argparse.Namespace) -> Answer:
    from desktop.commands import demo  # noqa: PLC0415 - drawing and photos, which no other command loads
    from desktop.demonstration.day import Given  # noqa: PLC0415

    files = Given(given.roster, given.admissions, given.marks, given.photos)
    wanted = demo.Wanted(given.out, given.data_given or given.out / "desk", given.library, given.seed)
    return demo.run(wanted, files, given.around(), DeskPress(), _tell)


def _tell(line: str) -> None:
    sys.stderr.write(f"{line}\n")
    sys.stderr.flush()


def run_init(given: argparse.Namespace) -> Answer:
    passphrases = Passphrases(from_input=given.passphrase_stdin)
    if given.join:
        return setup.join(given.data, given.around(), passphrases, given.desk)
    if given.demo:
        return setup.init_demonstration(given.data, given.around())
    return setup.init_centre(given.data, given.centre, given.around(), passphrases)


def run_roster(given: argparse.Namespace) -> Answer:
    try:
        consents = [Purpose(one) for one in given.consent]
    except ValueError as fault:
        raise RuleViolation("unknown_purpose", "consent", purpose=", ".join(given.consent)) from fault
    columns = tomllib.loads(read_file(given.preset).decode("utf-8")) if given.preset else {}
    with _session(given) as opened:
        return imports.roster(opened, given.file, opened.batch(given.batch), consents,
                              dry_run=given.dry_run, every_row=given.every_row, refused=given.refused,
                              can_draw=DeskPress().can_draw, columns=columns)


def run_admissions(given: argparse.Namespace) -> Answer:
    with _session(given) as opened:
        return imports.admissions(opened, given.file, opened.batch(given.batch), dry_run=given.dry_run)


def run_marks(given: argparse.Namespace) -> Answer:
    with _session(given) as opened:
        return imports.marks(opened, given.file, opened.batch(given.batch),
                             1 if given.entry == "first" else 2, dry_run=given.dry_run)


def run_photos(given: argparse.Namespace) -> Answer:
    with _session(given) as opened:
        return imports.photos(opened, given.file, opened.batch(given.batch), dry_run=given.dry_run,
                              replace_old=given.replace)


def run_numbers(given: argparse.Namespace) -> Answer:
    with _session(given) as opened:
        return imports.numbers(opened, given.file, opened.batch(given.batch), dry_run=given.dry_run)


def run_issue(given: argparse.Namespace) -> Answer:
    with _session(given) as opened:
        return certificates.issue(opened, opened.batch(given.batch), DeskPress())


def run_issuing_agree(given: argparse.Namespace) -> Answer:
    with _session(given) as opened:
        return certificates.agree(opened, given.what, given.reason)


def run_render(given: argparse.Namespace) -> Answer:
    with _session(given) as opened:
        batch = opened.batch(given.batch)
        return certificates.render(opened, batch, DeskPress(), given.out, _signing(given, opened), single=given.single)


def _signing(given: argparse.Namespace, opened: Session) -> certificates.Signs | None:
    if given.sign is None and not given.sign_by_centre:
        return None
    from desktop.commands import signing  # noqa: PLC0415 - a library of signatures, which no other command loads

    if given.sign_by_centre:
        return signing.by_centre(opened)
    return signing.by_file(opened, given.sign, Passphrases(from_input=given.passphrase_stdin))


def run_badge(given: argparse.Namespace) -> Answer:
    from desktop.commands import badges  # noqa: PLC0415 - canonical JSON and JSON-LD, which no other command loads

    with _session(given) as opened:
        return badges.badges(opened, given.numbers, given.out, given.status_url, jwt=given.jwt)


def run_registers_render(given: argparse.Namespace) -> Answer:
    from desktop.commands import registers  # noqa: PLC0415 - documents, which few commands draw

    with _session(given) as opened:
        return registers.render(opened, opened.batch(given.batch), given.only, given.out, sheets=given.sheets)


def run_archive_make(given: argparse.Namespace) -> Answer:
    from desktop.commands import registers  # noqa: PLC0415 - documents, which few commands draw

    with _session(given) as opened:
        return registers.make(opened, opened.batch(given.batch), given.out)


def run_archive_check(given: argparse.Namespace) -> Answer:
    from desktop.commands import registers  # noqa: PLC0415 - documents, which few commands draw

    return registers.check(given.path)


def run_verify(given: argparse.Namespace) -> Answer:
    """Needs no centre; with one, its lists count."""
    known, clock = verify.Lists(None, {}), system_clock
    if is_here(given.data):
        with _session(given) as opened:
            reads, clock = opened.centre.reads, opened.centre.clock
            known = verify.Lists(reads.trust(), reads.statuses(), reads.list_keys())
    lists = verify.lists_from(verify.ListFiles(given.trust, given.status, given.root), known)
    return verify.verify_command(given.inputs, lists, given.identity, clock, given.csv)


def run_bundle_request(given: argparse.Namespace) -> Answer:
    with _session(given) as opened:
        return exchange.request(opened, given.out, given.qr)


def run_bundle_export(given: argparse.Namespace) -> Answer:
    with _session(given) as opened:
        return exchange.export_command(opened, given.out)


def run_bundle_import(given: argparse.Namespace) -> Answer:
    with _session(given) as opened:
        if given.short is not None:
            return exchange.import_short_command(opened, given.short)
        if restoring.is_restoration(given.path):
            return restoring.from_library(opened, given.path)
        return exchange.import_command(opened, given.path, replace=given.replace)


def run_key_rotate(given: argparse.Namespace) -> Answer:
    with _session(given) as opened:
        return keys.rotate(opened, certificates=given.certificates)


def run_bundle_send(given: argparse.Namespace) -> Answer:
    from desktop.commands import sending  # noqa: PLC0415 - an HTTP client, which no other command loads

    wanted = sending.Wanted(given.to, given.ca, given.bundle)
    with _session(given) as opened:
        return sending.send_command(opened, wanted, sending.patience(given.patience, _tell), system_clock, _tell)


def run_updates_import(given: argparse.Namespace) -> Answer:
    from desktop.commands import updates  # noqa: PLC0415 - a client of The Update Framework, which no other loads

    with _session(given) as opened:
        return updates.import_command(opened, given.source, given.ca)


def run_bundle_inspect(given: argparse.Namespace) -> Answer:
    return exchange.inspect_command(given.path)


def run_operators_list(given: argparse.Namespace) -> Answer:
    with _session(given) as opened:
        return operators.list_operators(opened)


def run_operators_enrol(given: argparse.Namespace) -> Answer:
    with _session(given) as opened:
        return operators.enrol(opened, given.login, given.name, given.roles,
                               Passphrases(from_input=given.passphrase_stdin))


def run_operators_withdraw(given: argparse.Namespace) -> Answer:
    with _session(given) as opened:
        return operators.withdraw(opened, given.login, given.reason)


def run_trust(given: argparse.Namespace) -> Answer:
    with _session(given) as opened:
        return upkeep.trust_show(opened.centre.reads.trust())


def run_journal_verify(given: argparse.Namespace) -> Answer:
    with _session(given) as opened:
        return upkeep.journal_verify(opened.centre)


def run_journal_rebuild(given: argparse.Namespace) -> Answer:
    with _session(given) as opened:
        return upkeep.journal_rebuild_check(opened.centre)


def run_journal_kinds(_given: argparse.Namespace) -> Answer:
    return upkeep.journal_kinds()


def run_backup_create(given: argparse.Namespace) -> Answer:
    with _session(given) as opened:
        return upkeep.backup_create(opened.centre, given.path)


def run_backup_check(given: argparse.Namespace) -> Answer:
    with session(given.path, given.around(), only_look=True) as opened:
        return upkeep.journal_verify(opened.centre)


def run_backup_restore(given: argparse.Namespace) -> Answer:
    return upkeep.backup_restore(given.path, given.data)


def run_doctor(given: argparse.Namespace) -> Answer:
    return upkeep.doctor(given.data, _epochs(given))


def _epochs(given: argparse.Namespace) -> Sequence[Mapping[str, Any]] | None:
    """None where they cannot be seen: no passphrase, or another process has the centre open."""
    if not (is_here(given.data) and restoring.may_look(given.data)):
        return None
    try:
        with session(given.data, given.around(), only_look=True) as opened, opened.centre.reader.begin() as connection:
            return restoring.epochs_of(connection)
    except (RuleViolation, EnvironmentFault):
        return None


def run_restore(given: argparse.Namespace) -> Answer:
    if (given.backup is None) == (given.given_back is None):
        raise RuleViolation("restore_one_source")
    if given.backup is not None:
        return restoring.from_backup(given.backup, given.data, given.around())
    with _session(given) as opened:
        return restoring.from_library(opened, given.given_back)


def run_self_test(_given: argparse.Namespace) -> Answer:
    return upkeep.self_test()
