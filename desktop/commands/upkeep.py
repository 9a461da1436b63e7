"""What keeps a desk sound: the journal's checks, copies, the doctor, the self-test, the trust list."""

import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from appraisal.credential.cose import SUITES, Ed25519Signer, Signer, Sm2Signer, open1, sign1, verifying_key
from appraisal.credential.trust import TrustList
from appraisal.domain.errors import EnvironmentFault, RuleViolation
from appraisal.journal import describe
from db import backup, journal
from db.centre import Centre
from db.files import writing
from db.folder import DATABASE, KEYS, Place, Server, files_of, is_here
from db.gaps import signed_gaps
from db.rebuild import differing
from desktop.commands.answer import DONE, FAULT, REFUSED, Answer
from desktop.errors import sentence, sentence_of

_SEED = bytes.fromhex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60")
"""RFC 8032 §7.1, test 1."""
_SM2_PRIVATE = bytes.fromhex("3945208f7b2144b13f36e38ac6d39f95889393692860b51a42fb81ef4df7c5b8")
"""GB/T 32918.5-2017, Annex A."""
ENOUGH = 500 * 1024 * 1024
"""Bytes free."""


def journal_verify(centre: Centre) -> Answer:
    with centre.reader.begin() as connection:
        found = journal.verify(connection, gaps=signed_gaps(connection))
    said = [sentence("journal_intact" if found.intact else "journal_damaged",
                     {"entries": found.entries, "head": found.head, "damage": len(found.damage)}), *found.damage]
    return Answer({"entries": found.entries, "head": found.head, "intact": found.intact}, said,
                  DONE if found.intact else FAULT)


def journal_rebuild_check(centre: Centre) -> Answer:
    with centre.reader.begin() as connection:
        different = differing(connection)
    said = sentence("rebuild_differs" if different else "rebuild_equal", {"tables": ", ".join(different)})
    return Answer({"equal": not different, "differing": list(different)}, [said], FAULT if different else DONE)


def journal_kinds() -> Answer:
    lines = describe().splitlines()
    return Answer({"kinds": lines}, lines)


def trust_show(trust: TrustList | None) -> Answer:
    if trust is None:
        raise RuleViolation("no_trust_list")
    keys = [{"kid": one.key.kid.hex(), "public": one.key.public.hex(), "alg": one.key.alg, "suite": SUITES[one.key.alg],
             "centre_zh": one.centre.zh, "centre_en": one.centre.en,
             "sign_from": one.sign_from, "sign_to": one.sign_to, "trust_to": one.trust_to}
            for one in trust.keys]
    said = [sentence("trust_list_line", {"version": trust.version, "count": len(keys)}),
            *(f"{one['kid']}  {one['suite']:7}  {one['centre_zh']} / {one['centre_en']}" for one in keys)]
    return Answer({"version": trust.version, "issued": trust.issued, "expires": trust.expires,
                   "root_documents": len(trust.root_documents), "list_key": trust.signed_by.hex(), "keys": keys}, said)


def backup_create(centre: Centre, target: Path) -> Answer:
    """A folder with the encrypted copy and its key slots: whoever may open the centre may open the copy."""
    if centre.on_server:
        raise RuleViolation("backup_by_server")
    if target.resolve().is_relative_to(centre.folder.resolve()):
        raise RuleViolation("backup_inside_data", "folder", folder=str(centre.folder))
    with writing(target):
        target.mkdir(parents=True, exist_ok=True)
        if is_here(target):
            raise EnvironmentFault("file_exists", file=str(target / DATABASE))
        backup.copy_checked(centre.writer, target / DATABASE)
        shutil.copy2(centre.folder / KEYS, target / KEYS)
        centre.note_backup()
    size = (target / DATABASE).stat().st_size
    return Answer({"backup": str(target), "bytes": size}, [sentence("backup_made", {"file": str(target)})])


def require_folder(place: Place) -> Path:
    """Where the data are files. Raises RuleViolation backup_by_server."""
    if isinstance(place, Server):
        raise RuleViolation("backup_by_server")
    return place


def backup_restore(source: Path, place: Place) -> Answer:
    """Into a folder with no centre in it; the centre takes a new epoch when it is first opened there."""
    folder = require_folder(place)
    backup.put_back(source, folder)
    return Answer({"restored": str(folder)}, [sentence("backup_restored", {"folder": str(folder)})])


def doctor(place: Place, epochs: Sequence[Mapping[str, Any]] | None = None) -> Answer:
    """What a support call asks first; needs no passphrase and shows no personal data. `epochs`: None where the data
    could not be opened."""
    folder = files_of(place)
    free = shutil.disk_usage(folder if folder.exists() else Path.home()).free
    checks = {"centre": is_here(place), "key_slots": (folder / KEYS).exists(), "free_bytes": free,
              "free_enough": free > ENOUGH}
    if isinstance(place, Server):
        return _doctor_server(place, checks, epochs)
    sound = checks["free_enough"] and checks["centre"] == checks["key_slots"]
    said = [sentence("doctor_centre" if checks["centre"] else "doctor_no_centre", {"folder": str(folder)}),
            *([] if checks["centre"] == checks["key_slots"] else [sentence("doctor_keys_differ", {"file": KEYS})]),
            _space_said(free)]
    said += _epochs_said(epochs)
    return Answer(checks | {"epochs": epochs}, said, DONE if sound else FAULT)


def _doctor_server(server: Server, checks: Mapping[str, Any], epochs: Sequence[Mapping[str, Any]] | None) -> Answer:
    """Whether it answers, how many desks the centre there has, and whether this computer is one."""
    from db.several import look_at  # noqa: PLC0415 - with the driver, which no desk on a file loads

    try:
        seen = look_at(server)
    except EnvironmentFault as fault:
        return Answer({**checks, "server": False, "desks": None, "key_slots": None, "epochs": epochs},
                      [sentence_of(fault), _space_said(checks["free_bytes"])], FAULT)
    said = [sentence("doctor_server", {"server": str(server), "desks": seen.desks}),
            *([] if checks["centre"] else [sentence("desk_not_joined")]), _space_said(checks["free_bytes"]),
            *_epochs_said(epochs)]
    return Answer({**checks, "server": True, "desks": seen.desks, "key_slots": seen.key_slots, "epochs": epochs}, said,
                  DONE if checks["free_enough"] and seen.key_slots else FAULT)


def _space_said(free: int) -> str:
    return sentence("doctor_space" if free > ENOUGH else "doctor_little_space", {"free": f"{free / 1e9:.1f}"})


def _epochs_said(epochs: Sequence[Mapping[str, Any]] | None) -> list[str]:
    return [sentence("epochs_not_shown")] if epochs is None else [_epoch_said(one) for one in epochs]


def _epoch_said(one: Mapping[str, Any]) -> str:
    return sentence("doctor_epoch", {"epoch": str(one["epoch"])[:8], "after": one["after"][1],
                                     "why": sentence(f"epoch_why.{one['reason']}")})


def self_test() -> Answer:
    """Signing and reading with a known key of each suite, and the shipped files that nothing works without."""
    from appraisal.catalogue import load_schemes  # noqa: PLC0415 - a self-test that cannot import says so
    from appraisal.sentences import LANGUAGES, catalogue  # noqa: PLC0415

    signers = (Ed25519Signer.from_seed(_SEED), Sm2Signer.from_private(_SM2_PRIVATE))
    checks = {"signature": all(_signs(one, one.public) for one in signers), "schemes": len(load_schemes()) >= 2,
              "sentences": all(catalogue(language) for language in LANGUAGES)}
    passed = all(checks.values())
    said = [sentence(f"self_test.{'passed' if well else 'failed'}", {"what": sentence(f"self_test.{name}")})
            for name, well in checks.items()]
    return Answer(checks, said, DONE if passed else REFUSED)


def _signs(signer: Signer, public: bytes) -> bool:
    opened = open1(sign1(b"self-test", signer), verifying_key(signer.alg, public), max_bytes=4096)
    return opened == b"self-test"
