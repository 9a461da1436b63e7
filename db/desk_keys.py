"""The private keys of a desk as they change: `desk_seed` for what leaves, `centre_seed` for certificates."""

from collections.abc import Callable

from sqlalchemy import Connection

from appraisal.credential.cose import Ed25519Signer
from appraisal.domain.errors import RuleViolation
from appraisal.exchange.rotation import KeyOf
from db import repositories
from db.secrets import drop_secret, keep_secret, secret_of, secrets_of

NEXT = "centre_seed_next"
"""Waits for the trust list that names it."""


def new_key(connection: Connection, what: KeyOf, random: Callable[[int], bytes]) -> Ed25519Signer:
    """Kept within the caller's transaction. Raises RuleViolation rotation_pending."""
    seed = random(32)
    if what is KeyOf.TRANSPORT:
        keep_secret(connection, "desk_seed", seed)
    elif secret_of(connection, NEXT) is None:
        keep_secret(connection, NEXT, seed)
    else:
        raise RuleViolation("rotation_pending")
    return Ed25519Signer.from_seed(seed)


def certificate_signer(connection: Connection) -> Ed25519Signer:
    """The key that signs certificates from now on: a new one once the trust list names it."""
    seeds = secrets_of(connection, "centre_seed", NEXT)
    if NEXT in seeds:
        fresh, trust = Ed25519Signer.from_seed(seeds[NEXT]), repositories.trust(connection)
        if trust is not None and trust.key_of(fresh.kid) is not None:
            keep_secret(connection, "centre_seed", seeds[NEXT])
            drop_secret(connection, NEXT)
            return fresh
    return Ed25519Signer.from_seed(seeds["centre_seed"])
