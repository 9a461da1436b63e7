"""Who signs what `certificates render` writes. Imported by a signing alone: pyHanko takes half a second."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from appraisal.documents.pades import DocumentSigner, Said, sign, signer_from_pkcs12, signer_of_centre
from appraisal.domain.events import Id
from appraisal.domain.operator import Role
from db.centre import Centre
from db.desk import CHINA
from db.files import read_file
from db.terminal import Passphrases
from desktop.errors import sentence
from desktop.i18n import current_language
from desktop.session import Session, require


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


@dataclass(frozen=True, slots=True)
class Hand:
    """A signer who is asked again and again, each time at that moment."""

    centre: Centre
    signer: DocumentSigner

    @property
    def name(self) -> str:
        return self.signer.name

    def signing(self) -> Signing:
        """Raises as `signing_now` does."""
        return signing_now(self.centre, self.signer)


def by_file(session: Session, file: Path, passphrases: Passphrases) -> Signing:
    """Asks for the file's passphrase. Raises EnvironmentFault file_unreadable, no_terminal, and RuleViolation as
    `signer_from_pkcs12` and `sign` do."""
    return signing_now(session.centre, file_as_signer(file, lambda: passphrases.ask(file.name)))


def by_centre(session: Session) -> Signing:
    """Raises as `centre_as_signer` and `signing_now` do."""
    centre = session.centre
    return signing_now(centre, centre_as_signer(centre, session.operator(Role.CERTIFICATE_OFFICER)))


def file_as_signer(file: Path, ask: Callable[[], str]) -> DocumentSigner:
    """Raises EnvironmentFault file_unreadable, RuleViolation as `signer_from_pkcs12` does."""
    data = read_file(file)
    return signer_from_pkcs12(data, ask())


def centre_as_signer(centre: Centre, who: Id) -> DocumentSigner:
    """For whoever may issue: it is the key that issues. Raises RuleViolation right_missing, and as `signer_of_centre`
    does."""
    require(centre, who, Role.CERTIFICATE_OFFICER)
    return signer_of_centre(centre.certificate_signer, centre.reads.trust())


def signing_now(centre: Centre, signer: DocumentSigner) -> Signing:
    """Refused here, before the first file is written, rather than in the middle of them. Raises as `sign` does."""
    moment = datetime.fromtimestamp(centre.clock() / 1000, CHINA)
    signer.require_valid_at(moment)
    name = centre.reads.centre().name
    said = Said(sentence("signature_reason"), name.zh if current_language() == "zh_CN" else name.en)
    return Signing(signer, said, moment)
