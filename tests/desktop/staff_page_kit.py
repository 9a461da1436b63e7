"""The Administration page over a real desk."""

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).parents[1] / "usecases"))  # where the small centre is made

from staff_kit import PASSPHRASES, around, entries, found_small, ids, open_small

from desktop.commands.operators import staff_of
from desktop.page_parts import CentreBackups
from desktop.pages.administration import AdministrationPage
from desktop.viewmodels.administration import AdministrationViewModel

__all__ = ["PASSPHRASES", "around", "entries", "found_small", "ids", "make_page", "open_small"]


def make_page(centre, login, tasks, settings):
    me = next(one for one in centre.reads.operators() if one.login == login)
    view_model = AdministrationViewModel(staff_of(centre), me, CentreBackups(centre), tasks)
    return AdministrationPage(view_model, settings)
