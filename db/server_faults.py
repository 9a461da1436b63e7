"""What a PostgreSQL server answers when it does not do as asked, as the sentences that an operator reads."""

from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError

from appraisal.domain.errors import EnvironmentFault

_NOT_THERE = object()
_BUSY = frozenset({"55P03", "40001", "40P01"})
"""PostgreSQL's SQLSTATE (appendix A of its manual): lock_not_available, serialization_failure, deadlock_detected."""
_LOST = ("08", "57P", "XX")
_ROOM = ("53",)


def of_server(fault: DBAPIError, *, at_connecting: bool = False) -> EnvironmentFault | None:
    """None where it is no server's fault: SQLite's, or a statement that was refused for what it says."""
    state = getattr(fault.orig, "sqlstate", _NOT_THERE)
    if state is _NOT_THERE:
        return None
    reason = str(fault.orig).strip().partition("\n")[0]
    if at_connecting:
        return EnvironmentFault("server_unreachable", reason=reason)
    if state in _BUSY:
        return EnvironmentFault("centre_busy")
    if _begins(state, _ROOM):
        return EnvironmentFault("disk_full" if state == "53100" else "database_fault", reason=reason)
    if _begins(state, _LOST) or (state is None and (fault.connection_invalidated or _is_operational(fault))):
        return EnvironmentFault("server_lost", reason=reason)
    return None


def _begins(state: object, classes: tuple[str, ...]) -> bool:
    return isinstance(state, str) and state.startswith(classes)


def _is_operational(fault: DBAPIError) -> bool:
    """Without an SQLSTATE the fault is the connection's: the server did not say anything."""
    return isinstance(fault, OperationalError | InterfaceError)
