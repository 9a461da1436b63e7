"""The repository of updates (docs/formats/updates.md): its root, signed by officers' keys, and each published state.

The same officers' keys sign which list key is good (docs/formats/trust-list.md, root documents)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    PrivateFormat,
    load_pem_private_key,
)
from securesystemslib.signer import CryptoSigner
from sqlalchemy import Connection, func, insert, select, update
from tuf.api.exceptions import RepositoryError
from tuf.api.metadata import Metadata, MetaFile, Root, Snapshot, TargetFile, Targets, Timestamp
from tuf.api.serialization.json import JSONSerializer

from appraisal.credential.cose import ED25519, Ed25519Signer, VerifyingKey, verifying_key
from appraisal.credential.root import RootDocument, make_root, read_root
from appraisal.domain.errors import RuleViolation
from db.files import read_file, write_durably, writing
from db.schema import secret
from library.opening import LIST_SEED, Library, list_signer
from library.publish import ROOT, ROOT_DOCUMENT, alone, keep, newest, sign_lists
from library.schema import published

ROOT_KEYS, THRESHOLD = 3, 2
ROOT_DAYS, TARGETS_DAYS, SNAPSHOT_DAYS, TIMESTAMP_DAYS = 730, 180, 180, 60
ONLINE = (Targets.type, Snapshot.type, Timestamp.type)
STATE = "tuf-state"
"""In `published`; a state has one number for targets, snapshot and timestamp."""
ISSUED = "x-appraisal-issued"
_PLAIN = JSONSerializer(compact=True)
S = TypeVar("S", Targets, Snapshot, Timestamp)


@dataclass(frozen=True, slots=True)
class Written:
    """A published state: its number, and the paths of its targets."""

    version: int
    root: int
    issued: int
    targets: tuple[str, ...]


# the root


def new_root_key(random: bytes) -> CryptoSigner:
    return CryptoSigner(Ed25519PrivateKey.from_private_bytes(random))


def root_key_to_pem(key: CryptoSigner, passphrase: str) -> bytes:
    return _private(key).private_bytes(
        Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(passphrase.encode()))


def root_key_from(path: Path, passphrase: str) -> CryptoSigner:
    """Raises RuleViolation root_key_wrong."""
    try:
        key = load_pem_private_key(read_file(path), passphrase.encode())
    except (ValueError, TypeError) as fault:
        raise RuleViolation("root_key_wrong", "key", file=str(path)) from fault
    if not isinstance(key, Ed25519PrivateKey):
        raise RuleViolation("root_key_wrong", "key", file=str(path))
    return CryptoSigner(key)


def begin(library: Library, keys: Sequence[CryptoSigner]) -> bytes:
    """Root 1, signed by all of `keys`. Raises RuleViolation repository_exists."""
    with library.engine.begin() as connection:
        alone(connection)
        if newest(connection, ROOT) is not None:
            raise RuleViolation("repository_exists")
        root = Root(version=1, expires=_in_days(library, ROOT_DAYS), consistent_snapshot=True)
        for key in keys:
            root.add_key(key.public_key, Root.type)
        root.roles[Root.type].threshold = THRESHOLD
        for role in ONLINE:
            root.add_key(_online(library, connection, role, new=True).public_key, role)
        data = _keep_root(library, connection, root, keys)
        _sign_document(library, connection, root, keys)
        return data


def renew(library: Library, keys: Sequence[CryptoSigner], *, in_place: Mapping[str, CryptoSigner] | None = None,
          new_keys: bool = False, new_list_key: bool = False) -> bytes:
    """The next root, good for another while. `in_place`: by the id of a root key that is lost, the one that follows it.
    `new_keys`: the library's own three are made anew; `new_list_key`: the key of the lists is, and all lists are signed
    by it. Raises RuleViolation no_repository, root_keys_missing."""
    with library.engine.begin() as connection:
        alone(connection)
        before = _root(connection)
        root: Root = Metadata[Root].from_bytes(before).signed
        old = set(root.roles[Root.type].keyids)
        if len(old & {key.public_key.keyid for key in keys}) < THRESHOLD:
            raise RuleViolation("root_keys_missing", "key", needed=THRESHOLD)
        root.version, root.expires = root.version + 1, _in_days(library, ROOT_DAYS)
        added = []
        for lost, key in (in_place or {}).items():
            if lost not in old:
                raise RuleViolation("root_key_unknown", "replace", key=lost[:16])
            root.revoke_key(lost, Root.type)
            root.add_key(key.public_key, Root.type)
            added.append(key)
        if new_keys:
            for role in ONLINE:
                for one in list(root.roles[role].keyids):
                    root.revoke_key(one, role)
                root.add_key(_online(library, connection, role, new=True).public_key, role)
        if new_list_key:
            connection.execute(update(secret).where(secret.c.name == LIST_SEED).values(value=library.random(32)))
        data = _keep_root(library, connection, root, [*keys, *added])
        if _sign_document(library, connection, root, [*keys, *added]):
            sign_lists(library, connection)
        return data


def root_key_ids(connection: Connection) -> Sequence[str]:
    root: Root = Metadata[Root].from_bytes(_root(connection)).signed
    return root.roles[Root.type].keyids


def _root(connection: Connection) -> bytes:
    found = newest(connection, ROOT)
    if found is None:
        raise RuleViolation("no_repository")
    return found


def _keep_root(library: Library, connection: Connection, root: Root, keys: Sequence[CryptoSigner]) -> bytes:
    signed = Metadata(root)
    for key in keys:
        signed.sign(key, append=True)
    data = signed.to_bytes(_PLAIN)
    try:
        Metadata[Root].from_bytes(data).verify_delegate(Root.type, signed)
    except RepositoryError as fault:
        raise RuleViolation("root_keys_missing", "key", needed=THRESHOLD) from fault
    _keep(connection, ROOT, root.version, library.clock(), data)
    return data


def _sign_document(library: Library, connection: Connection, root: Root, keys: Sequence[CryptoSigner]) -> bool:
    """The next root document, of the keys of `root` and the list key of today; False where the last one says just
    that."""
    role, last = root.roles[Root.type], newest(connection, ROOT_DOCUMENT)
    old = read_root(last) if last is not None else None
    root_keys = tuple(_verifying(bytes.fromhex(root.keys[one].keyval["public"])) for one in role.keyids)
    list_keys = (_verifying(list_signer(connection).public),)
    new = RootDocument((old.version if old else 0) + 1, library.clock() // 1000, old.digest if old else None, root_keys,
                       role.threshold, list_keys)
    if old is not None and (set(old.root_keys), old.threshold, old.list_keys) == (
            set(new.root_keys), new.threshold, new.list_keys):
        return False
    data = make_root(new, [Ed25519Signer.from_seed(_private(key).private_bytes_raw()) for key in keys])
    keep(connection, ROOT_DOCUMENT, new.issued, data)
    return True


def _verifying(public: bytes) -> VerifyingKey:
    return verifying_key(ED25519, public)


# a state


def write_state(library: Library, folder: Path, targets: Mapping[str, bytes]) -> Written:
    """All files under their hashes, then what names them, the timestamp last: killed at any step, the folder is the
    state before or this one. Raises RuleViolation no_repository; EnvironmentFault file_not_written."""
    with library.engine.begin() as connection:
        alone(connection)
        roots = _roots(connection)
        if not roots:
            raise RuleViolation("no_repository")
        version = (connection.scalar(select(func.max(published.c.version)).where(published.c.what == STATE)) or 0) + 1
        state = _State(library, connection, version)
        signed = state.sign(targets)
        _keep(connection, STATE, version, state.issued, signed[f"{Timestamp.type}.json"])
    for path, data in targets.items():
        _put(folder / "targets" / _hashed(path, signed_file(path, data)), data)
    for number, data in roots.items():
        _put(folder / "metadata" / f"{number}.root.json", data)
    for name, data in signed.items():  # the timestamp stands last
        _put(folder / "metadata" / name, data)
    _clear_away(folder, version)
    return Written(version, max(roots), state.issued, tuple(sorted(targets)))


class _State:
    def __init__(self, library: Library, connection: Connection, version: int) -> None:
        self._library, self._version = library, version
        self._signers = {role: _online(library, connection, role) for role in ONLINE}
        self.issued = library.clock()

    def sign(self, files: Mapping[str, bytes]) -> dict[str, bytes]:
        """By file name."""
        listed = {path: signed_file(path, data) for path, data in files.items()}
        targets = self._sign(Targets(self._version, expires=_in_days(self._library, TARGETS_DAYS), targets=listed))
        snapshot = self._sign(Snapshot(self._version, expires=_in_days(self._library, SNAPSHOT_DAYS),
                                       meta={"targets.json": self._meta(targets)}))
        timestamp = self._sign(Timestamp(self._version, expires=_in_days(self._library, TIMESTAMP_DAYS),
                                         snapshot_meta=self._meta(snapshot), unrecognized_fields={ISSUED: self.issued}))
        return {f"{self._version}.targets.json": targets, f"{self._version}.snapshot.json": snapshot,
                "timestamp.json": timestamp}

    def _sign(self, signed: S) -> bytes:
        metadata = Metadata(signed)
        metadata.sign(self._signers[signed.type])
        return metadata.to_bytes(_PLAIN)

    def _meta(self, data: bytes) -> MetaFile:
        return MetaFile.from_data(self._version, data, ["sha256"])


def signed_file(path: str, data: bytes) -> TargetFile:
    return TargetFile.from_data(path, data, ["sha256"])


def _hashed(path: str, file: TargetFile) -> str:
    folder, slash, name = path.rpartition("/")
    return f"{folder}{slash}{file.hashes['sha256']}.{name}"


def _roots(connection: Connection) -> dict[int, bytes]:
    rows = connection.execute(select(published.c.version, published.c.data).where(published.c.what == ROOT))
    return {row.version: row.data for row in rows}


def _put(path: Path, data: bytes) -> None:
    with writing(path):
        if path.exists() and path.read_bytes() == data:
            return
        path.parent.mkdir(parents=True, exist_ok=True)
    write_durably(path, data)


def _clear_away(folder: Path, version: int) -> None:
    """What neither this state nor the one before names. Somebody may be reading the one before."""
    used = set()
    for number in (version, version - 1):
        listing = folder / "metadata" / f"{number}.targets.json"
        if listing.exists():
            targets = Metadata[Targets].from_bytes(read_file(listing)).signed.targets
            used |= {_hashed(path, file) for path, file in targets.items()}
    for file in (folder / "targets").rglob("*"):
        if file.is_file() and file.relative_to(folder / "targets").as_posix() not in used:
            file.unlink(missing_ok=True)
    for kind in (Targets.type, Snapshot.type):
        for file in (folder / "metadata").glob(f"*.{kind}.json"):
            of = file.name.partition(".")[0]
            if of.isdigit() and int(of) < version - 1:
                file.unlink(missing_ok=True)


def _keep(connection: Connection, what: str, version: int, issued: int, data: bytes) -> None:
    connection.execute(insert(published).values(what=what, version=version, issued=issued // 1000, data=data))


def _online(library: Library, connection: Connection, role: str, *, new: bool = False) -> CryptoSigner:
    name = f"updates_{role}_seed"
    seed: Any = connection.scalar(select(secret.c.value).where(secret.c.name == name))
    if new or seed is None:
        known, seed = seed is not None, library.random(32)
        statement = update(secret).where(secret.c.name == name) if known else insert(secret)
        connection.execute(statement.values(name=name, value=seed))
    return new_root_key(seed)


def _private(key: CryptoSigner) -> Ed25519PrivateKey:
    found = load_pem_private_key(key.private_bytes, None)
    assert isinstance(found, Ed25519PrivateKey)
    return found


def _in_days(library: Library, days: int) -> datetime:
    return datetime.fromtimestamp(library.clock() // 1000, UTC) + timedelta(days=days)
