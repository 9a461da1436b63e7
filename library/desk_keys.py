"""Whose signature a desk's manifest needs: its keys through their rotations (docs/formats/bundle.md, Rotation)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, func, insert, select, update

from appraisal.canonical import Malformed
from appraisal.credential.cose import ED25519, BadSignature, VerifyingKey, read1, verifying_key
from appraisal.domain.errors import RuleViolation
from appraisal.exchange.manifest import ChainRange, Manifest, read_manifest
from appraisal.exchange.rotation import KeyOf, Rotation, read_rotation
from library.opening import Library
from library.publish import alone, sign_lists
from library.schema import desk, inbox, past_key


@dataclass(frozen=True, slots=True)
class Followed:
    """A desk's keys once the rotations that begin at its known ones are followed."""

    transport: VerifyingKey
    certificates: VerifyingKey
    rotations: tuple[tuple[Rotation, bytes], ...]
    """New ones, in their order, and their letters."""


def follow(row: Any, letters: Sequence[bytes]) -> Followed:
    """`row`: of enrolled_desk. A letter that is known already, or another's, is passed over."""
    transport, certificates = verifying_key(ED25519, row.key), verifying_key(ED25519, row.certificate_key)
    found: list[tuple[Rotation, bytes]] = []
    for letter in letters:
        try:
            rotation = read_rotation(letter, transport)
        except (Malformed, BadSignature):
            continue
        if rotation.desk != row.desk:
            continue
        if rotation.what is KeyOf.TRANSPORT:
            transport = rotation.new
        elif rotation.old == certificates:
            certificates = rotation.new
        else:
            continue
        found.append((rotation, letter))
    return Followed(transport, certificates, tuple(found))


def check_signed(connection: Connection, row: Any, signed: bytes, said: Manifest) -> Manifest:
    """`said` once its desk's key in force, or an older one for what was before, is known to have signed it.

    Raises RuleViolation bundle_not_signed, key_rotated; Malformed."""
    name = said.desk[:8]
    try:
        return read_manifest(signed, follow(row, said.rotations).transport)
    except BadSignature as fault:
        for past in connection.execute(select(past_key).where(
                past_key.c.desk == said.desk, past_key.c.what == int(KeyOf.TRANSPORT))):
            if read1(signed, max_bytes=len(signed)).kid == verifying_key(ED25519, past.key).kid:
                return _by_past_key(connection, past, signed)
        raise RuleViolation("bundle_not_signed", desk=name) from fault


def keep_rotations(library: Library, manifest: Manifest) -> None:
    """What `follow` found, for ever; the trust list names a new certificate key at once."""
    if not manifest.rotations:
        return
    with library.engine.begin() as connection:
        alone(connection)
        row = connection.execute(select(desk).where(desk.c.desk == manifest.desk).with_for_update()).one()
        followed = follow(row, manifest.rotations)
        for rotation, letter in followed.rotations:
            connection.execute(insert(past_key).values(
                desk=row.desk, what=int(rotation.what), key=rotation.old.public, epoch=rotation.after.epoch,
                seq=rotation.after.seq, at=library.clock(), letter=letter))
        connection.execute(update(desk).where(desk.c.desk == row.desk).values(
            key=followed.transport.public, certificate_key=followed.certificates.public))
        if any(rotation.what is KeyOf.CERTIFICATES for rotation, _ in followed.rotations):
            sign_lists(library, connection)


def transport_key(connection: Connection, name: str) -> VerifyingKey | None:
    """The key in force of an enrolled desk."""
    public = connection.scalar(select(desk.c.key).where(desk.c.desk == name))
    return None if public is None else verifying_key(ED25519, public)


def _by_past_key(connection: Connection, past: Any, signed: bytes) -> Manifest:
    try:
        manifest = read_manifest(signed, verifying_key(ED25519, past.key))
    except BadSignature as fault:
        raise RuleViolation("bundle_not_signed", desk=past.desk[:8]) from fault
    for chain in manifest.chains:
        if chain.last > (past.seq if chain.epoch == past.epoch else _known(connection, past.desk, chain)):
            raise RuleViolation("key_rotated", desk=past.desk[:8], seq=past.seq)
    return manifest


def _known(connection: Connection, name: str, chain: ChainRange) -> int:
    return connection.scalar(
        select(func.max(inbox.c.seq)).where(inbox.c.desk == name, inbox.c.epoch == chain.epoch)) or 0
