"""The private keys of a desk as they change: `desk_seed` for what leaves, `centre_seed` for certificates."""

from collections.abc import Callable

from sqlalchemy import Connection, delete, select

from appraisal.credential.cose import Ed25519Signer
from appraisal.domain.errors import RuleViolation
from appraisal.exchange.rotation import KeyOf
from db import repositories
from db.desk import keep_secret
from db.schema import secret

NEXT = "centre_seed_next"
"""Waits for the trust list that names it."""


def new_key(connection: Connection, what: KeyOf, random: Callable[[int], bytes]) -> Ed25519Signer:
    """Kept within the caller's transaction. Raises RuleViolation rotation_pending."""
    seed = random(32)
    if what is KeyOf.TRANSPORT:
        keep_secret(connection, "desk_seed", seed)
    elif connection.scalar(select(secret.c.name).where(secret.c.name == NEXT)) is None:
        keep_secret(connection, NEXT, seed)
    else:
        raise RuleViolation("rotation_pending")
    return Ed25519Signer.from_seed(seed)


def certificate_signer(connection: Connection) -> Ed25519Signer:
    """The key that signs certificates from now on: a new one once the trust list names it."""
    seeds = dict(connection.execute(
        select(secret.c.name, secret.c.value).where(secret.c.name.in_(("centre_seed", NEXT)))).all())
    if NEXT in seeds:
        fresh, trust = Ed25519Signer.from_seed(seeds[NEXT]), repositories.trust(connection)
        if trust is not None and trust.key_of(fresh.kid) is not None:
            keep_secret(connection, "centre_seed", seeds[NEXT])
            connection.execute(delete(secret).where(secret.c.name == NEXT))
            return fresh
    return Ed25519Signer.from_seed(seeds["centre_seed"])
