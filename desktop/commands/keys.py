"""`key rotate`: this desk's own keys."""

from dataclasses import asdict

from appraisal.exchange.rotation import KeyOf
from appraisal.usecases.rotate_key import ROTATORS, RotateKey, rotate_key
from desktop.commands.answer import Answer
from desktop.errors import sentence
from desktop.session import Session


def rotate(session: Session, *, certificates: bool) -> Answer:
    what = KeyOf.CERTIFICATES if certificates else KeyOf.TRANSPORT
    done = rotate_key(RotateKey(what, session.operator(*ROTATORS)), session.centre.desk, session.centre.exchange)
    code = "certificate_key_waits" if certificates else "transport_key_changed"
    return Answer(asdict(done) | {"what": what.name.lower()}, [sentence(code, {"old": done.old, "new": done.new})])
