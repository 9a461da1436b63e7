"""Who signs what `certificates render` writes. Imported by a signing alone: pyHanko takes half a second."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from appraisal.documents.pades import DocumentSigner, Said, sign, signer_from_pkcs12, signer_of_centre
from appraisal.domain.operator import Role
from db.desk import CHINA
from db.files import read_file
from db.terminal import Passphrases
from desktop.errors import sentence
from desktop.i18n import current_language
from desktop.session import Session


@dataclass(frozen=True, slots=True)
class Signing:
    """One signer and one moment for all files of a command."""

    signer: DocumentSigner
    said: Said
    moment: datetime

    @property
    def name(self) -> str:
        return self.signer.name

    @property
    def fingerprint(self) -> str:
        return self.signer.fingerprint

    def signed(self, pdf: bytes) -> bytes:
        return sign(pdf, self.signer, self.said, self.moment)


def by_file(session: Session, file: Path, passphrases: Passphrases) -> Signing:
    """Asks for the file's passphrase. Raises EnvironmentFault file_unreadable, no_terminal, and RuleViolation as
    `signer_from_pkcs12` and `sign` do."""
    data = read_file(file)
    return _now(session, signer_from_pkcs12(data, passphrases.ask(file.name)))


def by_centre(session: Session) -> Signing:
    """By whoever may issue: it is the key that issues. Raises RuleViolation right_missing, and as `signer_of_centre`
    and `sign` do."""
    who = session.operator(Role.CERTIFICATE_OFFICER)
    next(one for one in session.centre.reads.operators() if one.id == who).require(Role.CERTIFICATE_OFFICER)
    return _now(session, signer_of_centre(session.centre.certificate_signer, session.centre.reads.trust()))


def _now(session: Session, signer: DocumentSigner) -> Signing:
    """Refused here, before the first file is written, rather than in the middle of them."""
    moment = datetime.fromtimestamp(session.centre.clock() / 1000, CHINA)
    signer.require_valid_at(moment)
    name = session.centre.reads.centre().name
    said = Said(sentence("signature_reason"), name.zh if current_language() == "zh_CN" else name.en)
    return Signing(signer, said, moment)
