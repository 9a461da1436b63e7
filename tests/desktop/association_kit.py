"""What the pages show of the association, over a real centre, as the window makes it."""

from appraisal.usecases.agree_to_issue import AgreeToIssue, agree_to_issue
from db.queries.association import association_state
from desktop.commands.updates import take_updates_in_window
from desktop.pages.association import AssociationPanel
from desktop.viewmodels.association import AssociationCommands, AssociationViewModel, supervisors


def association_panel(centre, tasks, settings, *, login="supervisor", always=False):
    """`login`: who has signed in."""
    own = next(one for one in centre.reads.operators() if one.login == login)

    def agree(what, reason, chosen, passphrase):
        who = own.id if chosen == own.login else centre.sign_in(chosen, passphrase).id
        return agree_to_issue(AgreeToIssue(what, reason, who), centre.desk)

    model = AssociationViewModel(tasks, AssociationCommands(
        lambda: association_state(centre.reader, centre.clock()),
        lambda source, progress: take_updates_in_window(centre, own.id, source, progress, tasks.on_writer), agree,
        lambda: supervisors(centre.reads.operators(), own.login)))
    panel = AssociationPanel(model, centre.desk.schemes, settings, always=always)
    model.setParent(panel)
    return panel
