"""What the pages show of the association, over a real centre, as the window makes it."""

from desktop.page_builders import association_panel as panel_of
from desktop.page_parts import PageParts


def association_panel(centre, tasks, settings, *, login="supervisor", always=False):
    """`login`: who has signed in."""
    own = next(one for one in centre.reads.operators() if one.login == login)
    return panel_of(PageParts(centre, own, tasks, settings), always=always)
