"""Key slots: the database's raw key, wrapped once for each operator under a passphrase of their own.

`centre.keys` beside the database, JSON: `{"format": 1, "slots": [{"login", "salt", "time", "memory", "lanes", "nonce",
"wrapped"}]}`, bytes in hexadecimal. A slot is argon2id (RFC 9106) of the passphrase, then AES-256-GCM over the key with
the login as associated data. Withdrawing an operator deletes the slot.
"""

import os
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Protocol

import msgspec
from argon2.exceptions import HashingError
from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from appraisal.domain.errors import EnvironmentFault, RuleViolation
from appraisal.domain.operator import SHORTEST_PASSPHRASE
from db.files import write_durably


@dataclass(frozen=True, slots=True)
class Cost:
    """argon2id: passes, memory in KiB, lanes. The default takes about a third of a second on an office machine."""

    time: int = 3
    memory: int = 64 * 1024
    lanes: int = 4


@dataclass(frozen=True, slots=True)
class Slot:
    login: str
    salt: str
    time: int
    memory: int
    lanes: int
    nonce: str
    wrapped: str


@dataclass(frozen=True, slots=True)
class _File:
    format: int
    slots: tuple[Slot, ...]


Change = Callable[[tuple[Slot, ...]], tuple[Slot, ...]]


class Slots(Protocol):
    """Where the slots are kept."""

    name: str
    """For sentences."""

    def read(self) -> bytes | None: ...
    def change(self, change: Callable[[bytes | None], bytes]) -> None:
        """What was read and what is written are one step: two who change at once both count."""


class KeySlots:
    def __init__(self, kept: Path | Slots, random: Callable[[int], bytes] = os.urandom,
                 cost: Cost | None = None) -> None:
        self._kept: Slots = SlotFile(kept) if isinstance(kept, Path) else kept
        self._random, self._cost = random, cost or Cost()

    def logins(self) -> tuple[str, ...]:
        return tuple(slot.login for slot in self._read())

    def open(self, login: str, passphrase: str) -> bytes:
        """The raw key. The refusal does not say whether the login or the passphrase is wrong."""
        for slot in self._read():
            if slot.login == login:
                return self._unwrap(slot, passphrase)
        raise RuleViolation("passphrase_wrong", "passphrase")

    def add(self, login: str, passphrase: str, key: bytes) -> None:
        """A new slot, or a new passphrase for one that is there."""
        slot = wrap(login, passphrase, key, self._random, self._cost)
        self._change(lambda slots: (*(one for one in slots if one.login != login), slot))

    def withdraw(self, login: str) -> None:
        def without(slots: tuple[Slot, ...]) -> tuple[Slot, ...]:
            left = tuple(one for one in slots if one.login != login)
            if not left:
                raise RuleViolation("last_key_slot", "login")
            return left

        self._change(without)

    def _unwrap(self, slot: Slot, passphrase: str) -> bytes:
        try:
            return unwrap(slot, passphrase)
        except (ValueError, OverflowError, HashingError) as fault:
            raise EnvironmentFault("key_file_damaged", file=self._kept.name) from fault

    def _read(self) -> tuple[Slot, ...]:
        return self._decoded(self._kept.read())

    def _change(self, change: Change) -> None:
        self._kept.change(lambda data: encode(change(self._decoded(data))))

    def _decoded(self, data: bytes | None) -> tuple[Slot, ...]:
        try:
            return () if data is None else msgspec.json.decode(data, type=_File).slots
        except (msgspec.MsgspecError, UnicodeDecodeError) as fault:
            raise EnvironmentFault("key_file_damaged", file=self._kept.name) from fault


class SlotFile:
    """`centre.keys` beside the database: one process changes it, the one that holds the folder."""

    def __init__(self, path: Path) -> None:
        self._path, self.name = path, str(path)

    def read(self) -> bytes | None:
        try:
            return self._path.read_bytes() if self._path.exists() else None
        except OSError as fault:
            raise EnvironmentFault("file_unreadable", file=self.name, reason=str(fault.strerror)) from fault

    def change(self, change: Callable[[bytes | None], bytes]) -> None:
        write_durably(self._path, change(self.read()), mode=0o600)


def encode(slots: Iterable[Slot]) -> bytes:
    return msgspec.json.format(msgspec.json.encode(asdict(_File(1, tuple(slots)))))


def wrap(login: str, passphrase: str, key: bytes, random: Callable[[int], bytes], cost: Cost) -> Slot:
    """Raises RuleViolation passphrase_short."""
    if len(passphrase) < SHORTEST_PASSPHRASE:
        raise RuleViolation("passphrase_short", "passphrase", shortest=SHORTEST_PASSPHRASE)
    salt, nonce = random(16), random(12)
    wrapped = AESGCM(_derive(passphrase, salt, cost)).encrypt(nonce, key, login.encode())
    return Slot(login, salt.hex(), cost.time, cost.memory, cost.lanes, nonce.hex(), wrapped.hex())


def unwrap(slot: Slot, passphrase: str) -> bytes:
    """Raises RuleViolation passphrase_wrong; ValueError, OverflowError, HashingError for a slot that is damaged."""
    kek = _derive(passphrase, bytes.fromhex(slot.salt), Cost(slot.time, slot.memory, slot.lanes))
    try:
        return AESGCM(kek).decrypt(bytes.fromhex(slot.nonce), bytes.fromhex(slot.wrapped), slot.login.encode())
    except InvalidTag:
        raise RuleViolation("passphrase_wrong", "passphrase") from None


def _derive(passphrase: str, salt: bytes, cost: Cost) -> bytes:
    """NFC first: the same passphrase typed through two input methods is the same."""
    return hash_secret_raw(unicodedata.normalize("NFC", passphrase).encode(), salt, cost.time, cost.memory, cost.lanes,
                           32, Type.ID)
