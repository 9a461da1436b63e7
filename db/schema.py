"""Tables. `journal` is the truth; the projected tables are what it says now; the vault is beside it.

Every projected row names the `position` of the journal entry that last touched it (docs/formats/journal.md).
"""

from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    UniqueConstraint,
)

metadata = MetaData(naming_convention={
    "ix": "ix_%(table_name)s_%(column_0_N_name)s", "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s", "pk": "pk_%(table_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s"})
Position = BigInteger().with_variant(Integer, "sqlite")
"""SQLite numbers rows by itself only in a column declared INTEGER."""

journal = Table(
    "journal", metadata,
    Column("position", Position, primary_key=True, autoincrement=True),
    Column("desk", String(32), nullable=False),
    Column("epoch", String(32), nullable=False),
    Column("seq", Integer, nullable=False),
    Column("hash", LargeBinary(32), nullable=False),
    Column("kind", String(40), nullable=False),
    Column("person", String(32)),
    Column("entry", LargeBinary, nullable=False),
    UniqueConstraint("desk", "epoch", "seq"),
    Index("ix_journal_person", "person", "position"),
)

# The vault: keys and sealed attachments. Not made from the journal; destroying a key here erases a person.
person_key = Table(
    "person_key", metadata,
    Column("person", String(32), primary_key=True), Column("key", LargeBinary(32), nullable=False))
attachment = Table(
    "attachment", metadata,
    Column("id", String(64), primary_key=True), Column("person", String(32), nullable=False, index=True),
    Column("sealed", LargeBinary, nullable=False))
adopted_file = Table(  # what the association gave and is too long for an entry; its digest stands in one
    "adopted_file", metadata, Column("digest", String(64), primary_key=True),
    Column("data", LargeBinary, nullable=False))
secret = Table(
    "secret", metadata,
    Column("name", String(40), primary_key=True), Column("value", LargeBinary, nullable=False))

PROJECTED: list[Table] = []


def projected(name: str, *columns: Any) -> Table:
    table = Table(name, metadata, *columns, Column("position", Position, nullable=False))
    PROJECTED.append(table)
    return table


def _id(name: str = "id") -> Column[str]:
    return Column(name, String(32), primary_key=True)


def _ref(target: str, name: str | None = None, **options: Any) -> Column[str]:
    return Column(name or target, String(32), ForeignKey(f"{target}.id"), nullable=False, **options)


centre = projected(
    "centre", _id(), Column("code", String, nullable=False), Column("name_zh", String, nullable=False),
    Column("name_en", String, nullable=False), Column("host", String, nullable=False),
    Column("demonstration", Boolean(name="demonstration"), nullable=False))

operator = projected(
    "operator", _id(), Column("login", String, nullable=False, unique=True), Column("name", String, nullable=False),
    Column("roles", String, nullable=False), Column("active", Boolean(name="active"), nullable=False))

batch = projected(
    "batch", _id(), Column("code", String, nullable=False, index=True), Column("title", String, nullable=False),
    Column("scheme", String, nullable=False), Column("scheme_version", String, nullable=False),
    Column("exam_day", Date, nullable=False), Column("places", Integer, nullable=False),
    Column("state", String, nullable=False))

person = projected(
    # The place on the list is the row's own number: a search that finds thousands reads it in the indexes, where it
    # stands anyway, and not each one's page of the table.
    "person", Column("registered", Position, primary_key=True, autoincrement=False),
    Column("id", String(32), nullable=False, unique=True),
    Column("name", String, nullable=False), Column("latin_name", String, nullable=False, index=True),
    Column("pinyin", String, nullable=False, index=True), Column("initials", String, nullable=False, index=True),
    Column("document_kind", String, nullable=False), Column("document_number", String, nullable=False),
    Column("number_reversed", String, nullable=False, index=True),
    Column("sex", String(1)), Column("birth", Date), Column("nationality", String(3), nullable=False),
    Column("phone", String, nullable=False, index=True), Column("email", String, nullable=False),
    Column("address", String, nullable=False), Column("ethnicity", String, nullable=False),
    Column("education", String, nullable=False), Column("employer", String, nullable=False),
    Column("prior_level", Integer), Column("prior_certificate", String, nullable=False),
    Column("extra", Text, nullable=False), Column("photo", String(64)), Column("same_as", String(32)),
    Index("ix_person_name_birth", "name", "birth"), Index("ix_person_document", "document_number", "document_kind"))
_linked = person.c.same_as.is_not(None)  # few are: the others cost the index nothing
Index("ix_person_same_as", person.c.same_as, sqlite_where=_linked, postgresql_where=_linked)

further_document = projected(
    "further_document", Column("person", ForeignKey("person.id"), nullable=False),
    Column("number", String, nullable=False, index=True), Column("kind", String, nullable=False),
    Column("nationality", String(3), nullable=False), Column("current", Boolean(name="current"), nullable=False),
    PrimaryKeyConstraint("person", "number"))

glyph = projected(
    "glyph", Column("person", ForeignKey("person.id"), nullable=False), Column("character", String(1), nullable=False),
    Column("picture", LargeBinary, nullable=False), PrimaryKeyConstraint("person", "character"))

told_apart = projected(  # both ids as the entry has them: the other's registration may be unknown to a library
    "told_apart", Column("person", String(32), nullable=False), Column("other", String(32), nullable=False, index=True),
    PrimaryKeyConstraint("person", "other"))

consent = projected(
    "consent", Column("person", ForeignKey("person.id"), nullable=False), Column("purpose", String, nullable=False),
    Column("given", Boolean(name="given"), nullable=False), Column("recipient", String, nullable=False),
    Column("text_version", String, nullable=False), Column("means", String, nullable=False),
    PrimaryKeyConstraint("person", "purpose"))

enrolment = projected(
    "enrolment", _id(), _ref("person", index=True), _ref("batch"),
    Column("level", Integer), Column("job", String, nullable=False), Column("condition", String, nullable=False),
    Column("exam_type", String, nullable=False), Column("state", String, nullable=False),
    Column("entered_by", String(32), nullable=False), Column("reviewed_by", String(32)),
    Column("reason", String), Column("admission_number", String), Column("room", String), Column("seat", String),
    Column("seen", Text), Column("payment", String), Column("receipt", String),  # empty until somebody has checked
    Index("ix_enrolment_batch", "batch", "state"), Index("ix_enrolment_admission_number", "admission_number"))

admission_given = projected(  # every admission number that anybody has had: it is never somebody else's
    "admission_given", Column("number", String, nullable=False), Column("enrolment", ForeignKey("enrolment.id"),
                                                                        nullable=False),
    PrimaryKeyConstraint("number", "enrolment"))

seating_plan = projected(
    "seating_plan", Column("batch", ForeignKey("batch.id"), primary_key=True), Column("rooms", Text, nullable=False),
    Column("mixed", Boolean(name="mixed"), nullable=False), Column("spread", Boolean(name="spread"), nullable=False),
    Column("pattern", String, nullable=False), Column("fields", Text, nullable=False))

seat_wish = projected(
    "seat_wish", Column("enrolment", ForeignKey("enrolment.id"), primary_key=True),
    Column("pinned", Boolean(name="pinned"), nullable=False),
    Column("accessible", Boolean(name="accessible"), nullable=False))

mark_entry = projected(
    "mark_entry", Column("enrolment", ForeignKey("enrolment.id"), nullable=False),
    Column("subject", String, nullable=False), Column("entry", Integer, nullable=False),
    Column("state", String, nullable=False), Column("value", String), Column("entered_by", String(32), nullable=False),
    PrimaryKeyConstraint("enrolment", "subject", "entry"))

mark_settled = projected(
    "mark_settled", Column("enrolment", ForeignKey("enrolment.id"), nullable=False),
    Column("subject", String, nullable=False), Column("state", String, nullable=False), Column("value", String),
    Column("settled_by", String(32), nullable=False), Column("reason", String),
    PrimaryKeyConstraint("enrolment", "subject"))

mark_carried = projected(  # the earlier enrolment as the entry has it: a library may not know it yet
    "mark_carried", Column("enrolment", ForeignKey("enrolment.id"), nullable=False),
    Column("subject", String, nullable=False), Column("value", String, nullable=False),
    Column("earlier", String(32), nullable=False), PrimaryKeyConstraint("enrolment", "subject"))

publicity = projected(
    "publicity", Column("batch", ForeignKey("batch.id"), primary_key=True), Column("starts", Date, nullable=False),
    Column("ends", Date, nullable=False), Column("passed", Text, nullable=False),
    Column("closed", Boolean(name="closed"), nullable=False))

objection = projected(
    "objection", _id(), _ref("batch", index=True), _ref("person"), Column("text", String, nullable=False),
    Column("upheld", Boolean(name="upheld")), Column("reason", String))

session = projected(
    "session", _id(), _ref("batch", index=True), Column("title", String, nullable=False),
    Column("subjects", Text, nullable=False), Column("starts", DateTime), Column("minutes", Integer, nullable=False),
    Column("rooms", Text, nullable=False), Column("replaces", String(32), nullable=False))

# A sitting that nobody planned has the id of its batch and no row: what follows names sittings without a key to them.
session_place = projected(
    "session_place", Column("enrolment", ForeignKey("enrolment.id"), nullable=False),
    Column("session", String(32), nullable=False), Column("room", String, nullable=False),
    Column("seat", String, nullable=False), PrimaryKeyConstraint("enrolment", "session"))

attendance = projected(
    "attendance", Column("enrolment", ForeignKey("enrolment.id"), nullable=False),
    Column("session", String(32), nullable=False), Column("subjects", Text, nullable=False),
    Column("state", String, nullable=False), Column("minutes", Integer),
    Column("recorded_by", String(32), nullable=False), Column("reason", String),
    PrimaryKeyConstraint("enrolment", "session"))

incident = projected(
    "incident", _id(), _ref("batch", index=True), _ref("person"), _ref("enrolment", index=True),
    Column("session", String(32), nullable=False), Column("subjects", Text, nullable=False),
    Column("tier", String, nullable=False), Column("text", String, nullable=False),
    Column("signatures", Text, nullable=False), Column("voided", Boolean(name="voided")), Column("reason", String))

papers = projected(
    "papers", _id(), _ref("batch", index=True), Column("session", String(32), nullable=False),
    Column("room", String, nullable=False), Column("handed_out", Integer, nullable=False),
    Column("returned", Integer, nullable=False), Column("counted_by", String(32), nullable=False),
    Column("checked_by", String(32), nullable=False), Column("reason", String))

mark_judged = projected(
    "mark_judged", Column("enrolment", ForeignKey("enrolment.id"), nullable=False),
    Column("subject", String, nullable=False), Column("turn", Integer, nullable=False),
    Column("judge", String(32), nullable=False), Column("scores", Text, nullable=False),
    Column("value", String, nullable=False), Column("entered_by", String(32), nullable=False),
    PrimaryKeyConstraint("enrolment", "subject", "turn", "judge"))

mark_corrected = projected(
    "mark_corrected", Column("enrolment", ForeignKey("enrolment.id"), nullable=False),
    Column("subject", String, nullable=False), Column("state", String, nullable=False), Column("value", String),
    Column("asked_by", String(32), nullable=False), Column("agreed_by", String(32), nullable=False),
    Column("reason", String), PrimaryKeyConstraint("enrolment", "subject"))

recheck = projected(
    "recheck", _id(), _ref("batch", index=True), _ref("person"), _ref("enrolment"),
    Column("subject", String, nullable=False), Column("until", Date, nullable=False),
    Column("text", String, nullable=False), Column("findings", Text), Column("answered_by", String(32)),
    Column("answer", String))

examiner = projected(
    "examiner", _id(), Column("duty", String, nullable=False), Column("expires", Date),
    Column("active", Boolean(name="active"), nullable=False), Column("name", String, nullable=False),
    Column("organisation", String, nullable=False), Column("card", String, nullable=False),
    Column("relatives", Text, nullable=False))

staff_draw = projected(
    "staff_draw", _id("session"), _ref("batch", index=True), Column("seed", LargeBinary, nullable=False),
    Column("assigned", Text, nullable=False), Column("reason", String))

certificate_number = projected(
    "certificate_number", Column("enrolment", ForeignKey("enrolment.id"), primary_key=True),
    Column("number", String, nullable=False), Column("face_date", Date, nullable=False),
    Index("ix_certificate_number_number", "number", unique=True))

certificate = projected(
    "certificate", _id(), _ref("enrolment"), _ref("person", index=True), _ref("batch", index=True),
    Column("number", String, nullable=False), Column("scheme", String, nullable=False),
    Column("template", String, nullable=False), Column("photo", String(64)),
    Column("cose", LargeBinary, nullable=False),
    Column("status_list", Integer), Column("status_index", Integer), Column("face", Text, nullable=False),
    Column("state", String, nullable=False), Column("reason", String), Column("glyphs", Text),
    Index("ix_certificate_number", "number", unique=True), Index("ix_certificate_enrolment", "enrolment", unique=True))

decision = projected(  # what the association's officers decided; a library's only
    "decision", _id("question"), Column("kind", String(12), nullable=False),
    Column("matter", String(120), nullable=False, index=True), Column("person", String(32)),
    Column("over", Text, nullable=False), Column("choice", String(120), nullable=False),
    Column("officer", String(40), nullable=False), Column("reason", String))

lease = projected(
    "lease", _id(), Column("scheme", String, nullable=False), Column("prefix", String, nullable=False),
    Column("first", Integer, nullable=False), Column("last", Integer, nullable=False),
    Column("status_list", Integer, nullable=False), Column("status_indices", Text, nullable=False),
    Column("epoch", String(32)))

trust_list = projected(
    "trust_list", Column("digest", String(64), primary_key=True), Column("version", Integer, nullable=False),
    Column("data", LargeBinary, nullable=False))

status_list = projected(
    "status_list", Column("digest", String(64), primary_key=True), Column("number", Integer, nullable=False),
    Column("issued", BigInteger, nullable=False), Column("data", LargeBinary, nullable=False))

library = projected(
    "library", _id(), Column("receipt_key", LargeBinary(32), nullable=False),
    Column("list_key", LargeBinary(32), nullable=False), Column("recipients", Text, nullable=False),
    Column("since", Position, nullable=False),  # what came before it was recognised is another library's
    Column("root", LargeBinary))  # of its repository of updates

update_taken = projected(
    "update_taken", _id(), _ref("library"), Column("issued", BigInteger, nullable=False))

adopted = projected(  # schemes and templates by the association: `name` is the path in its repository
    "adopted", Column("name", String(120), primary_key=True), Column("digest", String(64), nullable=False))

agreement = projected(  # what a supervisor has agreed to, so that certificates may be issued
    "agreement", _id(), Column("what", String(20), nullable=False), Column("until", BigInteger, nullable=False))

bundle = projected(
    "bundle", _id(), _ref("library"), Column("records", Integer, nullable=False),
    Column("attachments", Integer, nullable=False), Column("withheld", Integer, nullable=False),
    Column("digest", String(64), nullable=False))

bundle_span = projected(
    "bundle_span", _ref("bundle"), Column("epoch", String(32), nullable=False),
    Column("first", Integer, nullable=False), Column("last", Integer, nullable=False),
    PrimaryKeyConstraint("bundle", "epoch", "first"))

receipt = projected(
    "receipt", _id(), Column("desk", String(32), nullable=False), _ref("library"),
    Column("number", Integer, nullable=False), Column("digest", String(64), nullable=False),
    Column("short", Boolean(name="short"), nullable=False), Column("made_at", BigInteger, nullable=False),
    UniqueConstraint("desk", "library", "number", "short"))

receipt_span = projected(
    "receipt_span", _ref("receipt"), Column("epoch", String(32), nullable=False),
    Column("first", Integer, nullable=False), Column("last", Integer, nullable=False),
    Column("fate", String, nullable=False), Column("code", String, nullable=False),
    PrimaryKeyConstraint("receipt", "epoch", "first"))

key_rotation = projected(  # what a manifest carries so that the library follows this desk's keys
    "key_rotation", Column("digest", String(64), primary_key=True), Column("letter", LargeBinary, nullable=False))

receipt_head = projected(  # the last entry that the library knew of each chain
    "receipt_head", _ref("receipt"), Column("epoch", String(32), nullable=False),
    Column("seq", Integer, nullable=False), Column("hash", LargeBinary(32), nullable=False),
    PrimaryKeyConstraint("receipt", "epoch"))

epoch = projected(
    "epoch", _id(), Column("desk", String(32), nullable=False), Column("reason", String, nullable=False),
    Column("after_epoch", String(32), nullable=False), Column("after_seq", Integer, nullable=False),
    Column("after_hash", LargeBinary(32), nullable=False))

restoration = projected(
    "restoration", _id(), _ref("library"), Column("desk", String(32), nullable=False),
    Column("signed", LargeBinary, nullable=False))

restored_span = projected(  # `number`: of the library's newest receipt when it said so
    "restored_span", _ref("restoration"), Column("epoch", String(32), nullable=False),
    Column("first", Integer, nullable=False), Column("last", Integer, nullable=False),
    Column("fate", String, nullable=False), Column("code", String, nullable=False),
    Column("number", Integer, nullable=False), PrimaryKeyConstraint("restoration", "epoch", "first"))

gap = projected(  # entries lost with a desk, of which the library knows the hash only
    "gap", Column("desk", String(32), nullable=False), Column("epoch", String(32), nullable=False),
    Column("seq", Integer, nullable=False), Column("hash", LargeBinary(32), nullable=False), _ref("restoration"),
    PrimaryKeyConstraint("desk", "epoch", "seq"))

aside = projected(  # entries in the journal that change no table
    "aside", Column("desk", String(32), nullable=False), Column("epoch", String(32), nullable=False),
    Column("seq", Integer, nullable=False), Column("code", String(40), nullable=False),
    PrimaryKeyConstraint("desk", "epoch", "seq"))
