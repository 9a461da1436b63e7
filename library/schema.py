"""What a library keeps beside journal and projections. Keys lead with the desk (docs/decisions/library-keys.md)."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
)

from db.schema import metadata as house

metadata = MetaData(naming_convention=house.naming_convention)


def _desk() -> Column[str]:
    return Column("desk", String(32), nullable=False)


inbox = Table(
    "inbox", metadata, _desk(), Column("epoch", String(32), nullable=False), Column("seq", Integer, nullable=False),
    Column("hash", LargeBinary(32), nullable=False),
    Column("state", String(10), nullable=False),  # applied, parked, held, rejected, withheld
    Column("code", String(40), nullable=False),
    Column("intake", String(32), nullable=False),  # the run that brought it
    PrimaryKeyConstraint("desk", "epoch", "seq"), sqlite_with_rowid=False)  # the table is its own index

kept = Table(  # raw bytes of what is not applied, or not yet
    "kept", metadata, _desk(), Column("epoch", String(32), nullable=False), Column("seq", Integer, nullable=False),
    Column("hash", LargeBinary(32), nullable=False), Column("state", String(10), nullable=False),
    Column("kind", String(60), nullable=False), Column("entry", LargeBinary, nullable=False),
    PrimaryKeyConstraint("desk", "epoch", "seq", "hash"), Index("ix_kept_state", "state", "desk", "epoch", "seq"))

news = Table(  # fates that changed after a receipt; `told`: number of the first one that says so
    "news", metadata, _desk(), Column("epoch", String(32), nullable=False), Column("seq", Integer, nullable=False),
    Column("told", Integer), PrimaryKeyConstraint("desk", "epoch", "seq"))

desk = Table(
    "enrolled_desk", metadata, Column("desk", String(32), primary_key=True),
    Column("key", LargeBinary(32), nullable=False), Column("certificate_key", LargeBinary(32), nullable=False),
    Column("ordinal", Integer, nullable=False, unique=True), Column("code", String, nullable=False),
    Column("name_zh", String, nullable=False), Column("name_en", String, nullable=False),
    Column("sign_from", BigInteger, nullable=False), Column("state", String(10), nullable=False),
    Column("recipient", String(128)))  # age: for what is given back to the desk

cursor = Table(  # the row that one intake of a desk holds locked
    "cursor", metadata, Column("desk", String(32), primary_key=True), Column("receipts", Integer, nullable=False),
    Column("last_digest", LargeBinary, nullable=False))

receipt = Table(
    "given_receipt", metadata, _desk(), Column("number", Integer, nullable=False),
    Column("made_at", BigInteger, nullable=False), Column("data", LargeBinary, nullable=False),
    Column("manifest", LargeBinary(32), nullable=False),  # SHA-256 of its bundle's
    PrimaryKeyConstraint("desk", "number"), Index("ix_given_receipt_manifest", "desk", "manifest"))

quarantine = Table(
    "quarantine", metadata, _desk(), Column("bundle", String(32), nullable=False),
    Column("name", String, nullable=False), Column("digest", String(64), nullable=False),
    Column("at", BigInteger, nullable=False), Column("code", String(40), nullable=False),
    Column("data", LargeBinary, nullable=False), PrimaryKeyConstraint("desk", "bundle", "name", "digest"))

key_conflict = Table(  # another data key for a person who has one: a question for an officer
    "key_conflict", metadata, _desk(), Column("person", String(32), nullable=False),
    Column("key", LargeBinary(32), nullable=False), PrimaryKeyConstraint("desk", "person", "key"))

given_lease = Table(
    "given_lease", metadata, _desk(), Column("lease", String(32), nullable=False),
    Column("scheme", String, nullable=False), Column("prefix", String, nullable=False),
    Column("first", Integer, nullable=False), Column("last", Integer, nullable=False),
    Column("status_list", Integer, nullable=False), Column("status_indices", Text, nullable=False),
    Column("epoch", String(32)),  # of the desk's chain that may use it
    PrimaryKeyConstraint("desk", "lease"))

published = Table(  # every signed list: `what` is trust or status-<n>, `version` counts up
    "published", metadata, Column("what", String(20), nullable=False), Column("version", Integer, nullable=False),
    Column("issued", BigInteger, nullable=False), Column("data", LargeBinary, nullable=False),
    PrimaryKeyConstraint("what", "version"))

revocation = Table(
    "revocation", metadata, Column("number", String, nullable=False), Column("at", BigInteger, nullable=False),
    Column("status_list", Integer, nullable=False), Column("status_index", Integer, nullable=False),
    Column("reason", String, nullable=False), PrimaryKeyConstraint("status_list", "status_index"))

suspension = Table(  # `ended_at`: when it was lifted; a certificate may be suspended again
    "suspension", metadata, Column("number", String, nullable=False), Column("at", BigInteger, nullable=False),
    Column("status_list", Integer, nullable=False), Column("status_index", Integer, nullable=False),
    Column("reason", String, nullable=False), Column("ended_at", BigInteger), Column("ended_reason", String),
    PrimaryKeyConstraint("status_list", "status_index", "at"))

officer = Table(  # who decides for the association; the signing key is wrapped under the officer's passphrase
    "officer", metadata, Column("name", String(40), primary_key=True), Column("key", LargeBinary(32), nullable=False),
    Column("slot", Text, nullable=False), Column("demonstration", Boolean(name="demonstration"), nullable=False),
    Column("added_at", BigInteger, nullable=False), Column("withdrawn_at", BigInteger))

approval = Table(  # each officer's signature on each matter; `matter`: its SHA-256 in hexadecimal
    "approval", metadata, Column("matter", String(64), nullable=False), Column("officer", String(40), nullable=False),
    Column("what", String(20), nullable=False), Column("at", BigInteger, nullable=False),
    Column("data", LargeBinary, nullable=False), PrimaryKeyConstraint("matter", "what", "officer"))

past_key = Table(  # a desk's key before a rotation, and the last entry that it may have signed for
    "past_key", metadata, _desk(), Column("what", Integer, nullable=False),
    Column("key", LargeBinary(32), nullable=False), Column("epoch", String(32), nullable=False),
    Column("seq", Integer, nullable=False), Column("at", BigInteger, nullable=False),
    Column("letter", LargeBinary, nullable=False), PrimaryKeyConstraint("desk", "what", "key"))

withdrawal = Table(  # `points`: JSON [[epoch, seq, hash], ...], up to where its entries count
    "withdrawal", metadata, Column("desk", String(32), primary_key=True), Column("at", BigInteger, nullable=False),
    Column("reason", String, nullable=False), Column("compromised", Boolean(name="compromised"), nullable=False),
    Column("points", Text, nullable=False))

question = Table(  # what an officer has to decide, and what was decided (docs/decisions/merging.md)
    "question", metadata, Column("id", String(32), primary_key=True), Column("kind", String(12), nullable=False),
    Column("matter", String(120), nullable=False, index=True), Column("person", String(32), index=True),
    Column("other", String(32), index=True), Column("desk", String(32)), Column("over", Text, nullable=False),
    Column("opened_at", BigInteger, nullable=False), Column("state", String(8), nullable=False),  # open, decided
    Index("ix_question_state", "state", "opened_at", "id"))

own_chain = Table(  # the epoch of the library's own chain; who appends to it holds this row
    "own_chain", metadata, Column("id", Integer, primary_key=True, autoincrement=False),
    Column("epoch", String(32), nullable=False))

looking = Table(  # an intake whose entries have not been looked through yet; one that was killed stays here
    "looking", metadata, Column("run", String(32), primary_key=True), _desk(),
    Column("since", BigInteger, nullable=False))

unsettled = Table(  # people whose entries may contradict each other; `mark` is new with every reason to look again
    "unsettled", metadata, Column("person", String(32), primary_key=True), Column("mark", String(32), nullable=False))

shared = Table(  # people of whom more than one chain has written
    "shared", metadata, Column("person", String(32), primary_key=True))

likeness = Table(  # `likeness`: eight bytes of the hash of name and birth date
    "likeness", metadata, Column("likeness", BigInteger, nullable=False), Column("centre", String, nullable=False),
    Column("person", String(32), nullable=False), PrimaryKeyConstraint("likeness", "centre", "person"))

batch_reach = Table(  # the furthest state of a batch that any chain has told
    "batch_reach", metadata, Column("batch", String(32), primary_key=True), Column("state", String, nullable=False))

given_restoration = Table(  # what was given back of a desk's records, and to which desk
    "given_restoration", metadata, Column("id", String(32), primary_key=True), _desk(),
    Column("given_to", String(32), nullable=False), Column("at", BigInteger, nullable=False),
    Column("digest", String(64), nullable=False))
