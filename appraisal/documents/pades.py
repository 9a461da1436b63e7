"""An optional PAdES signature on a finished PDF (docs/decisions/certificates-in-pdf.md: what it proves, and what not).

Level B-B of ETSI EN 319 142-1, by pyHanko, in an incremental update. Nothing here asks a network: no timestamps, no
revocation. Imported by a signing alone: pyHanko takes half a second.
"""

import asyncio
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any, TypeGuard

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.types import PrivateKeyTypes
from cryptography.hazmat.primitives.hashes import SHA256, SHA384, SHA512
from cryptography.hazmat.primitives.serialization import Encoding, pkcs12
from cryptography.x509.oid import NameOID, PublicKeyAlgorithmOID
from pyhanko.keys import load_certs_from_pemder_data
from pyhanko.pdf_utils.generic import ByteStringObject
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.signers import Signer
from pyhanko.sign.signers.cms_embedder import PdfCMSEmbedder, SigIOSetup, SigObjSetup
from pyhanko.sign.signers.constants import ESIC_EXTENSION_1
from pyhanko.sign.signers.pdf_byterange import SignatureObject
from pyhanko.sign.signers.pdf_cms import select_suitable_signing_md
from pyhanko_certvalidator.registry import SimpleCertificateStore

from appraisal.credential.cose import Ed25519Signer
from appraisal.credential.trust import CentreKey, TrustList
from appraisal.domain.errors import RuleViolation

FIELD = "Signature"
LEAST_RSA_BITS = 2048
LONGEST_NAME = 64
"""Characters of an organisation (RFC 5280, appendix A.1); of a common name bytes, for some readers count those."""
WITHOUT_END = datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC)
"""RFC 5280, 4.1.2.5: a certificate without a last day."""
HASHES = {"sha256": SHA256(), "sha384": SHA384(), "sha512": SHA512()}

Key = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey | ed25519.Ed25519PrivateKey


@dataclass(frozen=True, slots=True)
class DocumentSigner:
    """A private key and the X.509 certificate that says whose it is."""

    key: Key
    certificate: x509.Certificate
    name: str
    others: tuple[x509.Certificate, ...] = ()
    """Of the authorities above; they go into the file."""

    @property
    def fingerprint(self) -> str:
        """SHA-256 of the certificate, as readers show it: by it a person tells whose signature this is."""
        return self.certificate.fingerprint(SHA256()).hex(":").upper()

    def require_valid_at(self, moment: datetime) -> None:
        """Raises RuleViolation signature_certificate_not_valid."""
        since, until = self.certificate.not_valid_before_utc, self.certificate.not_valid_after_utc
        if not since <= moment <= until:
            raise RuleViolation("signature_certificate_not_valid", "sign", name=self.name, day=f"{moment:%Y-%m-%d}",
                                since=f"{since:%Y-%m-%d}", until=f"{until:%Y-%m-%d}")


@dataclass(frozen=True, slots=True)
class Said:
    """What readers show beside the signature."""

    reason: str
    location: str


def signer_from_pkcs12(data: bytes, passphrase: str) -> DocumentSigner:
    """Raises RuleViolation signature_file_unknown, signature_passphrase_wrong, signature_file_without_key,
    signature_key_unsuitable."""
    if not _looks_like_pkcs12(data):
        raise RuleViolation("signature_file_unknown", "sign")
    try:
        key, certificate, others = pkcs12.load_key_and_certificates(data, passphrase.encode() or None)
    except UnsupportedAlgorithm as fault:  # SM2 among others
        raise RuleViolation("signature_key_unsuitable", "sign") from fault
    except ValueError as fault:
        raise RuleViolation("signature_passphrase_wrong", "passphrase") from fault
    if key is None or certificate is None:
        raise RuleViolation("signature_file_without_key", "sign")
    if not _is_in_use(key) or not _may_sign(certificate):
        raise RuleViolation("signature_key_unsuitable", "sign")
    return DocumentSigner(key, certificate, _subject(certificate), tuple(others))


def signer_of_centre(signer: Ed25519Signer, trust: TrustList | None) -> DocumentSigner:
    """The key that signs the centre's certificates, under the name and in the window that the trust list gives it.

    Raises RuleViolation signature_key_unlisted, signature_key_compromised.
    """
    listed = trust.key_of(signer.kid) if trust else None
    if listed is None:
        raise RuleViolation("signature_key_unlisted", "sign")
    if listed.allowed is not None:
        raise RuleViolation("signature_key_compromised", "sign")
    return DocumentSigner(signer.key, _own_certificate(signer, listed), listed.centre.zh)


def sign(pdf: bytes, signer: DocumentSigner, said: Said, moment: datetime) -> bytes:
    """`pdf` as it is, and behind it the signature in a field that shows nothing. `moment`: with its time zone, the
    desk's own word. Of RSA and Ed25519 the same bytes each time.

    Raises RuleViolation signature_certificate_not_valid.
    """
    signer.require_valid_at(moment)
    writer = _Update(io.BytesIO(pdf))
    writer.give_id(sha256(pdf).digest()[:16])
    writer.register_extension(ESIC_EXTENSION_1)
    cms = _Cms(signer)
    steps = PdfCMSEmbedder(SigFieldSpec(FIELD)).write_cms(FIELD, writer)
    next(steps)
    steps.send(SigObjSetup(SignatureObject(
        moment.replace(microsecond=0), SigSeedSubFilter.PADES, name=signer.name, location=said.location,
        reason=said.reason, bytes_reserved=2 * cms.room())))
    digest, out = steps.send(SigIOSetup(cms.hash_name))
    steps.send(cms.over(digest.document_digest))
    return bytes(out.getbuffer())


class _Update(IncrementalPdfFileWriter):
    """Adds to a file and leaves its metadata as they were, without a moment of pyHanko's own and without its name."""

    def _update_meta(self) -> None:
        pass

    def give_id(self, changing: bytes) -> None:
        """The half of the document ID that is new with each update (ISO 32000-1, 14.4), in place of a random one."""
        self._document_id[1] = ByteStringObject(changing)


class _Cms(Signer):
    """Makes the CMS object for a digest, with a key that is open already: to open an RSA key costs 200 ms."""

    def __init__(self, signer: DocumentSigner) -> None:
        certificate, *others = _as_pyhanko(signer.certificate, *signer.others)
        store = SimpleCertificateStore()  # type: ignore[no-untyped-call]
        store.register_multiple(others)
        super().__init__(signing_cert=certificate, cert_registry=store)
        self._key = signer.key
        self.hash_name: str = select_suitable_signing_md(certificate.public_key)
        """For Ed25519 SHA-512, as RFC 8419 has it; else by the key's length."""

    def room(self) -> int:
        """Bytes of the longest CMS object."""
        empty = bytes(HASHES[self.hash_name].digest_size)
        return len(asyncio.run(self.async_sign(empty, self.hash_name, use_pades=True, dry_run=True)).dump())

    def over(self, digest: bytes) -> bytes:
        return bytes(asyncio.run(self.async_sign(digest, self.hash_name, use_pades=True)).dump())

    async def async_sign_raw(self, data: bytes, digest_algorithm: str, dry_run: bool = False) -> bytes:
        """pyHanko's hook for keys that it does not hold; a dry run asks for the length alone."""
        if dry_run:
            return bytes(_longest(self._key))
        if isinstance(self._key, rsa.RSAPrivateKey):
            return self._key.sign(data, PKCS1v15(), HASHES[digest_algorithm])
        if isinstance(self._key, ec.EllipticCurvePrivateKey):
            return self._key.sign(data, ec.ECDSA(HASHES[digest_algorithm]))
        return self._key.sign(data)


def _longest(key: Key) -> int:
    """Bytes of a signature; of ECDSA, whose length varies, the most: two numbers in DER, each with a sign byte."""
    if isinstance(key, rsa.RSAPrivateKey):
        return (key.key_size + 7) // 8
    if isinstance(key, ec.EllipticCurvePrivateKey):
        return 2 * (key.key_size // 8 + 4) + 4
    return 64


def _as_pyhanko(*certificates: x509.Certificate) -> Sequence[Any]:
    return [read for one in certificates for read in load_certs_from_pemder_data(one.public_bytes(Encoding.DER))]


def _looks_like_pkcs12(data: bytes) -> bool:
    """A sequence whose first element is the version 3 (RFC 7292, 4)."""
    return data[:1] == b"\x30" and b"\x02\x01\x03" in data[2:9]


def _is_in_use(key: PrivateKeyTypes) -> TypeGuard[Key]:
    if isinstance(key, rsa.RSAPrivateKey):
        return key.key_size >= LEAST_RSA_BITS
    if isinstance(key, ec.EllipticCurvePrivateKey):
        return isinstance(key.curve, ec.SECP256R1 | ec.SECP384R1 | ec.SECP521R1)
    return isinstance(key, ed25519.Ed25519PrivateKey)


def _may_sign(certificate: x509.Certificate) -> bool:
    if certificate.public_key_algorithm_oid == PublicKeyAlgorithmOID.RSASSA_PSS:
        return False  # pyHanko does not sign with a key that is bound to PSS
    try:
        usage = certificate.extensions.get_extension_for_class(x509.KeyUsage).value
    except x509.ExtensionNotFound:
        return True
    except (ValueError, x509.DuplicateExtension):  # extensions that cannot be read
        return False
    return usage.digital_signature or usage.content_commitment


def _subject(certificate: x509.Certificate) -> str:
    """The common name, or the whole name where there is none."""
    named = certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
    return str(named[0].value) if named else certificate.subject.rfc4514_string()


def _own_certificate(signer: Ed25519Signer, listed: CentreKey) -> x509.Certificate:
    """Signed by itself. The serial number begins with the key's name and goes on with what else the certificate says:
    two certificates of one key have two numbers."""
    ends = [one for one in (listed.sign_to, listed.trust_to) if one is not None]
    since = datetime.fromtimestamp(listed.sign_from, UTC)
    until = datetime.fromtimestamp(min(ends), UTC) if ends else WITHOUT_END
    filed = listed.centre.zh
    name = x509.Name([
        x509.NameAttribute(NameOID.ORGANIZATION_NAME, filed[:LONGEST_NAME]),
        x509.NameAttribute(NameOID.COMMON_NAME, filed.encode()[:LONGEST_NAME].decode(errors="ignore"))])
    says = sha256(name.public_bytes() + f"{since} {until}".encode()).digest()
    public = signer.key.public_key()
    usage = dict.fromkeys(("key_encipherment", "data_encipherment", "key_agreement", "key_cert_sign", "crl_sign",
                           "encipher_only", "decipher_only"), False)
    return (x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(public)
            .serial_number(int.from_bytes(signer.kid + says[:8]))
            .not_valid_before(since).not_valid_after(until)
            .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
            .add_extension(x509.KeyUsage(digital_signature=True, content_commitment=True, **usage), critical=True)
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
            .sign(signer.key, None))
