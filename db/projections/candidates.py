"""Candidates, their documents, consents and photos, and who is one person."""

from typing import Any

from sqlalchemy import bindparam, select

from appraisal.domain.consent import ConsentGiven, ConsentWithdrawn
from appraisal.domain.glyph import GlyphDrawn
from appraisal.domain.latin_names import search_letters
from appraisal.domain.person import (
    CandidateCorrected,
    CandidateLinked,
    CandidateRegistered,
    CandidateToldApart,
    DocumentRecorded,
    PhotoAttached,
    corrected,
)
from db import words
from db.projections.apply import Apply, Projection, text
from db.rows import person_of
from db.schema import consent, further_document, glyph, person, told_apart

_PERSON = select(person).where(person.c.id == bindparam("id"))


def _letters(do: Apply, name: str) -> dict[str, str]:
    pinyin, initials = search_letters(name) if do.searched else ("", "")
    return {"pinyin": pinyin, "initials": initials}


def _columns(one: CandidateRegistered) -> dict[str, Any]:
    """All but the letters, which take longer than all the others."""
    who, reach, past = one.identity, one.contact, one.background
    return {
        "name": who.name, "latin_name": who.latin_name, "document_kind": who.document_kind,
        "document_number": who.document_number,
        "number_reversed": who.document_number[::-1], "sex": who.sex, "birth": who.birth,
        "nationality": who.nationality, "phone": reach.phone, "email": reach.email, "address": reach.address,
        "ethnicity": past.ethnicity, "education": past.education, "employer": past.employer,
        "prior_level": past.prior_level, "prior_certificate": past.prior_certificate, "extra": text(past.extra)}


def registered(do: Apply, e: CandidateRegistered) -> None:
    do.add(person, id=e.person, registered=do.position, **_columns(e), **_letters(do, e.identity.name))
    if do.searched:
        words.write(do.index, do.position, e.identity.name, e.background.employer)


def candidate_corrected(do: Apply, e: CandidateCorrected) -> None:
    changed = corrected(e.changes)  # and no other column is named: an index is written only where its column is
    if "document_number" in changed:
        changed["number_reversed"] = changed["document_number"][::-1]
    if "extra" in changed:
        changed["extra"] = text(changed["extra"])
    if "name" in changed:
        changed |= _letters(do, changed["name"])
    do.change(person, {"id": e.person}, **changed)
    if do.searched and not words.COLUMNS.isdisjoint(changed):
        row = do.read(_PERSON, id=e.person)
        words.rewrite(do.index, row.registered, person_of(row))


def photo_attached(do: Apply, e: PhotoAttached) -> None:
    do.change(person, {"id": e.person}, photo=e.attachment)


def document_recorded(do: Apply, e: DocumentRecorded) -> None:
    one = e.document
    do.put(further_document, {"person": e.person, "number": one.number}, kind=one.kind, nationality=one.nationality,
           current=one.current)


def glyph_drawn(do: Apply, e: GlyphDrawn) -> None:
    do.put(glyph, {"person": e.person, "character": e.glyph.character}, picture=e.glyph.picture)


def linked(do: Apply, e: CandidateLinked) -> None:
    do.change(person, {"id": e.person}, same_as=e.same_as)


def set_apart(do: Apply, e: CandidateToldApart) -> None:
    do.put(told_apart, {"person": e.person, "other": e.other})


def consent_given(do: Apply, e: ConsentGiven) -> None:
    do.put(consent, {"person": e.person, "purpose": e.purpose.value}, given=True, recipient=e.recipient,
           text_version=e.text_version, means=e.means)


def consent_withdrawn(do: Apply, e: ConsentWithdrawn) -> None:
    do.change(consent, {"person": e.person, "purpose": e.purpose.value}, given=False)


PROJECTIONS: dict[type, Projection] = {
    CandidateRegistered: registered, CandidateCorrected: candidate_corrected, DocumentRecorded: document_recorded,
    CandidateLinked: linked, CandidateToldApart: set_apart, PhotoAttached: photo_attached,
    GlyphDrawn: glyph_drawn,
    ConsentGiven: consent_given, ConsentWithdrawn: consent_withdrawn}
