"""Certificates and the numbers that the province has given."""

from appraisal.domain.certificate import CertificateDrawn, CertificateIssued, CertificateRevoked, CertificateState
from appraisal.domain.numbers import CertificateNumberGiven
from db.projections.apply import Apply, Projection, text
from db.schema import certificate, certificate_number


def number_given(do: Apply, e: CertificateNumberGiven) -> None:
    do.put(certificate_number, {"enrolment": e.enrolment}, number=e.number, face_date=e.face_date)


def issued(do: Apply, e: CertificateIssued) -> None:
    status_list, status_index = e.status or (None, None)
    do.add(certificate, id=e.certificate, enrolment=e.enrolment, person=e.person, batch=e.batch, number=e.number,
           scheme=e.scheme, template=e.template, photo=e.photo, cose=e.cose, status_list=status_list,
           status_index=status_index, face=text(e.face), state=CertificateState.ISSUED.value)


def drawn(do: Apply, e: CertificateDrawn) -> None:
    do.change(certificate, {"id": e.certificate}, glyphs=text(e.glyphs))


def revoked(do: Apply, e: CertificateRevoked) -> None:
    do.change(certificate, {"id": e.certificate}, state=CertificateState.REVOKED.value, reason=do.why)


PROJECTIONS: dict[type, Projection] = {
    CertificateNumberGiven: number_given, CertificateIssued: issued, CertificateDrawn: drawn,
    CertificateRevoked: revoked}
