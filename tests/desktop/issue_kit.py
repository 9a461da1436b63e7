"""The Certificates page over a real centre and the real press, as the window makes it."""

from desktop.page_builders import PAGES
from desktop.page_parts import PageParts


def certificates_page(centre, press, tasks, settings, login="certificate_officer"):
    operator = next(one for one in centre.reads.operators() if one.login == login)
    build = next(build for name, _, build in PAGES if name == "certificates")
    return build(PageParts(centre, operator, tasks, settings, _press=press))
