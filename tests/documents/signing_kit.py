"""Keys and certificates for signing PDFs in tests, and what pyHanko's own validator says of a file."""

import io
from datetime import UTC, datetime, timedelta, timezone
from functools import cache

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, Encoding, pkcs12
from cryptography.x509.oid import NameOID
from pyhanko.keys import load_certs_from_pemder_data
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from appraisal.credential.cose import ED25519, Ed25519Signer, verifying_key
from appraisal.credential.trust import CentreKey, TrustList
from appraisal.domain.certificate import Bilingual

PASSPHRASE = "十二 strokes"
CENTRE = Bilingual("示例市职业技能评价中心", "Example City Skills Appraisal Centre")
SIGNER = Ed25519Signer.from_seed(bytes([9]) * 32)
MOMENT = datetime(2026, 11, 22, 9, 30, tzinfo=timezone(timedelta(hours=8)))


@cache
def rsa_key(bits: int = 2048) -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(65537, bits)


@cache
def ec_key(curve: type[ec.EllipticCurve] = ec.SECP256R1) -> ec.EllipticCurvePrivateKey:
    return ec.generate_private_key(curve())


def certificate(key, since=MOMENT - timedelta(days=10), until=MOMENT + timedelta(days=10), usage=None):
    """Of `key`, signed by itself; `usage`: names of key usages, None for no such extension."""
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "示例印务 Example Press")])
    made = (x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
            .serial_number(7).not_valid_before(since.astimezone(UTC)).not_valid_after(until.astimezone(UTC)))
    if usage is not None:
        every = ("digital_signature", "content_commitment", "key_encipherment", "data_encipherment", "key_agreement",
                 "key_cert_sign", "crl_sign", "encipher_only", "decipher_only")
        made = made.add_extension(x509.KeyUsage(**{one: one in usage for one in every}), critical=True)
    return made.sign(key, SHA256())


def pkcs12_file(key=None, cert=None, passphrase=PASSPHRASE) -> bytes:
    key = key or rsa_key()
    made = cert or certificate(key, usage=("content_commitment",))
    return pkcs12.serialize_key_and_certificates(
        b"press", key, made, None, BestAvailableEncryption(passphrase.encode()))


def trust(signer=SIGNER, **window) -> TrustList:
    key = CentreKey(verifying_key(ED25519, signer.public), CENTRE, **({"sign_from": 1_760_000_000} | window))
    return TrustList(1, 1_760_000_000, 1_900_000_000, None, (key,), {})


def validated(data: bytes, trusted: x509.Certificate, moment: datetime = MOMENT):
    """pyHanko's judgement of the one signature in a file, with this certificate as the only trust root, offline."""
    (signature,) = PdfFileReader(io.BytesIO(data)).embedded_signatures
    (root,) = load_certs_from_pemder_data(trusted.public_bytes(Encoding.DER))
    context = ValidationContext(trust_roots=[root], allow_fetching=False, moment=moment)
    return validate_pdf_signature(signature, context)
