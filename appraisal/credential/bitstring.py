"""A status list for W3C's readers (Bitstring Status List v1.0): one bit a certificate, a credential a purpose.

Our two bits become two lists of 131,072 bits, the smallest that §5.1 allows: `revocation` for what was revoked or
replaced (a replaced certificate is no longer to be relied on, and there is no third word), `suspension`.
"""

import re
import zlib
from enum import StrEnum
from gzip import compress

from appraisal.canonical import Malformed
from appraisal.credential.claims import STATUS_LIST_LENGTH
from appraisal.credential.cose import Ed25519Signer
from appraisal.credential.integrity import did_key, moment, prove
from appraisal.credential.jose import base64url, from_base64url
from appraisal.credential.linked_data import CREDENTIALS, Json
from appraisal.credential.status import Status, StatusList
from appraisal.domain.errors import RuleViolation

BITS_BYTES = STATUS_LIST_LENGTH // 8
_URL = re.compile(r"https?://[A-Za-z0-9.:\[\]-]+(/[A-Za-z0-9._~%+-]+)*", re.ASCII)


class Purpose(StrEnum):
    REVOCATION = "revocation"
    SUSPENSION = "suspension"


SET_BY = {
    Purpose.REVOCATION: frozenset({Status.REVOKED, Status.REPLACED}), Purpose.SUSPENSION: frozenset({Status.SUSPENDED})}


def folder_url(given: str) -> str:
    """The address of a folder of exported lists, as it stands before `/status-3-revocation.json`.

    Raises RuleViolation status_url_bad for what is no plain address of a web folder.
    """
    url = given.rstrip("/")
    if len(url) > 200 or not _URL.fullmatch(url):
        raise RuleViolation("status_url_bad", "status_url", url=given)
    return url


def file_name(number: int, purpose: Purpose) -> str:
    return f"status-{number}-{purpose}.json"


def entries(status: tuple[int, int], url: str) -> list[Json]:
    """`credentialStatus` of a certificate at [list, index]: its bit in each list below `url`."""
    number, index = status
    return [{"id": f"{url}/{file_name(number, purpose)}#{index}", "type": "BitstringStatusListEntry",
             "statusPurpose": purpose.value, "statusListIndex": str(index),
             "statusListCredential": f"{url}/{file_name(number, purpose)}"} for purpose in Purpose]


def status_credential(status: StatusList, purpose: Purpose, url: str, list_signer: Ed25519Signer) -> Json:
    """A BitstringStatusListCredential with both proofs, as old as `status` and good for as long."""
    address = f"{url}/{file_name(status.number, purpose)}"
    return prove({
        "@context": [CREDENTIALS],
        "id": address,
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": did_key(list_signer.public),
        "validFrom": moment(status.issued),
        "validUntil": moment(status.expires),
        "credentialSubject": {
            "id": f"{address}#list", "type": "BitstringStatusList", "statusPurpose": purpose.value,
            "encodedList": encoded(bits_of(status, purpose))}}, list_signer, status.issued)


def bits_of(status: StatusList, purpose: Purpose) -> bytes:
    """16,384 bytes, the first certificate in the highest bit of the first."""
    bits, against = bytearray(BITS_BYTES), SET_BY[purpose]
    for place, four in enumerate(status.bits):
        if four:  # of four certificates; nearly all are 0
            for index in range(4 * place, 4 * place + 4):
                if status.state(index) in against:
                    bits[index >> 3] |= 0x80 >> (index & 7)
    return bytes(bits)


def is_set(bits: bytes, index: int) -> bool:
    return bool(bits[index >> 3] & 0x80 >> (index & 7))


def encoded(bits: bytes) -> str:
    """`encodedList`: gzip, base64url, and the multibase mark u. No time in it: equal lists read equal."""
    return "u" + base64url(compress(bits, 9, mtime=0))


def decoded(text: str) -> bytes:
    """Exactly 16,384 bytes, never more, whatever was put in. Raises Malformed."""
    if not text.startswith("u"):
        raise Malformed("not_multibase")
    inflate = zlib.decompressobj(zlib.MAX_WBITS | 16)
    try:
        bits = inflate.decompress(from_base64url(text[1:]), BITS_BYTES + 1)
    except zlib.error as fault:
        raise Malformed("bits") from fault
    if len(bits) != BITS_BYTES or not inflate.eof or inflate.unused_data:
        raise Malformed("bits")
    return bits
