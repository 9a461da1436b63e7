"""SM2 with SM3 (GB/T 32918.2 on the curve of GB/T 32918.5, GB/T 32905): the second suite's points and signatures.

Keys and signatures are bytes as docs/formats/certificate-qr.md has them. gmalg multiplies points and refuses r and s
that are out of their range, or whose sum is n; whether a key lies on the curve it does not ask, so it is asked here.
"""

import secrets
from collections.abc import Callable
from typing import Any

from cryptography.hazmat.primitives.hashes import SM3, Hash

P = 0xFFFFFFFE_FFFFFFFF_FFFFFFFF_FFFFFFFF_FFFFFFFF_00000000_FFFFFFFF_FFFFFFFF
A = P - 3
B = 0x28E9FA9E_9D9F5E34_4D5A9E4B_CF6509A7_F39789F5_15AB8F92_DDBCBD41_4D940E93
N = 0xFFFFFFFE_FFFFFFFF_FFFFFFFF_FFFFFFFF_7203DF6B_21C6052B_53BBF409_39D54123
G = (0x32C4AE2C_1F198119_5F990446_6A39C994_8FE30BBF_F2660BE1_715A4589_334C74C7,
     0xBC3736A2_F4F6779C_59BDCEE3_6B692153_D0A9877C_C62A4740_02DF32E5_2139F0A0)
USER = b"1234567812345678"
"""Whose signature Z says it is: GM/T 0009's default, for the kid tells whose it is."""


def is_weak_point(public: bytes) -> bool:
    """True for a wrong length, a coordinate that is not reduced, or a point that is not on the curve.

    The curve's order is prime: on it, every point but the one at infinity, which has no such spelling, is of order n.
    """
    x, y = _point(public)
    return len(public) != 64 or x >= P or y >= P or (y * y - x * x * x - A * x - B) % P != 0


def verifies(public: bytes, signature: bytes, data: bytes) -> bool:
    """`public`: no weak point. Some 20 ms."""
    r, s = _point(signature)
    return len(signature) == 64 and bool(_core().verify(data, r, s, USER, _point(public)))


def public_key(private: bytes) -> bytes:
    """`private`: 32 bytes, 1 … n-2 as GB/T 32918.1 wants it. Raises ValueError for any other."""
    d = int.from_bytes(private)
    if len(private) != 32 or not 0 < d < N - 1:
        raise ValueError("no private key of SM2")
    return _bytes(*_core().generate_pk(d))


def sign(private: bytes, data: bytes, random: Callable[[int], bytes] = secrets.token_bytes) -> bytes:
    """`random(32)` is the nonce. Whoever can guess it, or gets it for two messages, has the private key."""
    core = _core(lambda bits: int.from_bytes(random(bits // 8)))
    return _bytes(*core.sign(data, int.from_bytes(private), USER, _point(public_key(private))))


class _Sm3:
    """OpenSSL's, as gmalg asks a hash: its own takes a second for 300 KB, and lists may be of megabytes."""

    def reset(self) -> None:
        self._hash = Hash(SM3())

    def update(self, data: bytes) -> None:
        self._hash.update(bytes(data))

    def value(self) -> bytes:
        return self._hash.finalize()


def _core(random: Callable[[int], int] | None = None) -> Any:
    """A new one each time: its hash keeps a state, which threads must not share."""
    from gmalg.ellipticcurve import ECDLP  # type: ignore[import-untyped]  # noqa: PLC0415 - 20 ms: only who meets SM2
    from gmalg.sm2 import SM2Core  # type: ignore[import-untyped]  # noqa: PLC0415 - as above

    return SM2Core(ECDLP(P, A, B, G, N), _Sm3(), random)


def _point(data: bytes) -> tuple[int, int]:
    return int.from_bytes(data[:32]), int.from_bytes(data[32:])


def _bytes(one: int, other: int) -> bytes:
    return one.to_bytes(32) + other.to_bytes(32)
