"""The id tag: lets somebody with the person's document in hand confirm that the certificate is that person's.

Its limit (who knows area and birthday can confirm the rest by trying) stands in docs/formats/certificate-qr.md.
"""

import unicodedata
from hashlib import pbkdf2_hmac
from hmac import compare_digest

ITERATIONS = 600_000


def id_tag(document_number: str, kid: bytes, certificate_number: str) -> bytes:
    """3 bytes; takes about a third of a second on purpose."""
    password = "".join(unicodedata.normalize("NFKC", document_number).upper().split())
    salt = b"SKC1-ID" + kid + certificate_number.encode()
    return pbkdf2_hmac("sha256", password.encode(), salt, ITERATIONS)[:3]


def identity_matches(document_number: str, kid: bytes, certificate_number: str, tag: bytes | None) -> bool | None:
    """None: the certificate carries no tag."""
    return None if tag is None else compare_digest(id_tag(document_number, kid, certificate_number), tag)
