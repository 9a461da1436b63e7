"""The Certificates page over a real centre and the real press, as the window makes it."""

from association_kit import association_panel
from import_marks_kit import operators

from appraisal.usecases.import_numbers import ImportNumbers, PreviewNumbers, import_numbers, preview_numbers
from appraisal.usecases.issue_certificates import IssueCertificates, issue_certificates
from desktop.pages.certificates import CertificatesPage
from desktop.viewmodels.certificates import CertificatesViewModel
from desktop.viewmodels.certificates_numbers import NumbersViewModel


def certificates_page(centre, press, tasks, settings, login="certificate_officer"):
    officer, desk, reads = operators(centre)[login], centre.desk, centre.reads

    def issue(batch, enrolments, step):
        return issue_certificates(IssueCertificates(batch, officer, enrolments), desk, press, step)

    def render(certificates):
        issued = [reads.certificate(one) for one in certificates]
        return press.print_issued(
            issued, [reads.picture(one.photo) if one.photo else None for one in issued], reads.centre())

    numbers = NumbersViewModel(
        tasks, lambda batch, data, name: preview_numbers(PreviewNumbers(batch, data, name, officer), desk),
        lambda batch, rows, step: import_numbers(ImportNumbers(batch, rows, officer), desk, step))
    return CertificatesPage(
        CertificatesViewModel(reads, tasks, desk.schemes, issue, render), numbers,
        association_panel(centre, tasks, settings, login=login), tasks, settings)
