"""An officer at the console, and what a page's form has in it."""

import re
from contextlib import contextmanager
from html import unescape

import httpx
from service_kit import Service

from db.folder import DEMONSTRATION_PASSPHRASE
from library.officers import DEMONSTRATION_OFFICERS
from library.web.console import console_routes

ONE, TWO = DEMONSTRATION_OFFICERS


class Hands:
    """Of a clock that is moved."""

    def __init__(self):
        self.now = 1000.0

    def __call__(self):
        return self.now


class Visitor:
    """A browser without a screen: cookies, no redirects, forms with what was in the page."""

    def __init__(self, url, language="en", **headers):
        self.http = httpx.Client(base_url=url, timeout=20, trust_env=False,
                                 headers={"Accept-Language": language, **headers})

    def get(self, path):
        return self.http.get(path)

    def post(self, path, **form):
        return self.http.post(path, data=form)

    def submit(self, path, **form):
        """The form of the page at `path`, with its hidden fields."""
        return self.post(path, **(hidden(self.get(path).text) | form))

    def sign_in(self, name=ONE, passphrase=DEMONSTRATION_PASSPHRASE, **form):
        return self.post("/console/sign-in", name=name, passphrase=passphrase, **form)


def hidden(page):
    """Of the last form: the first one of a page signs out."""
    form = page.rpartition("<form")[2]
    return {name: unescape(value) for name, value in re.findall(
        r'<input type="hidden" name="(\w+)" value="([^"]*)">', form)}


class Console:
    def __init__(self, association, folder, secure=False):
        self.clock, self.association = Hands(), association
        association.officers()
        self.service = Service(association, folder, routes=console_routes(
            association.library, secure=secure, clock=self.clock))
        self._open = []

    @contextmanager
    def running(self):
        with self.service.running():
            try:
                yield self
            finally:
                for one in self._open:
                    one.http.close()

    def visitor(self, *args, **headers):
        self._open.append(Visitor(self.service.url, *args, **headers))
        return self._open[-1]

    def officer(self, name=ONE):
        one = self.visitor()
        assert one.sign_in(name).status_code == 303
        return one
