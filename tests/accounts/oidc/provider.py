"""Starting the identity provider of the tests, and being a person in a browser that walks between it and our site."""

import json
import os
import re
import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path
from typing import Any

import requests
from django.test import Client

from tests.realdata import PROJECT

SECRET = "a secret between the two of us"
PASSWORD = "alleen bij de aanbieder"
ANN, BOB = "ann@hier.example", "bob@hier.example"
PATIENCE = 30  # seconds


@dataclass
class RunningProvider:
    """A provider in a process of its own."""

    folder: Path
    redirects: list[str]
    after_signing_out: list[str] = field(default_factory=list)
    port: int = 0
    people: dict[str, dict[str, Any]] = field(default_factory=dict)
    process: "subprocess.Popen[bytes] | None" = None

    @property
    def url(self) -> str:
        """How it calls itself."""
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Start it, and wait until it answers."""
        self.port = self.port or _free_port()
        self.forget()
        (self.folder / "clients.json").write_text(
            json.dumps(
                {
                    "gebiedsplein": {
                        "secret": SECRET,
                        "redirects": self.redirects,
                        "after": self.after_signing_out,
                    }
                }
            )
        )
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.accounts.oidc.provider_site", str(self.folder), str(self.port)],
            cwd=PROJECT,
            env={
                k: v for k, v in os.environ.items() if not k.startswith(("DJANGO_", "DATABASE_", "PYTEST_"))
            },
        )
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until and self.process.poll() is None:
            try:
                requests.get(f"{self.url}/.well-known/openid-configuration", timeout=1).raise_for_status()
            except requests.RequestException:
                time.sleep(0.05)
            else:
                return
        raise AssertionError("the provider of the tests does not start")

    def stop(self) -> None:
        """End it."""
        if self.process is not None:
            self.process.terminate()
            self.process.wait(10)

    def forget(self) -> None:
        """Know everybody, and say nothing special of anybody."""
        self.people = {name: {"password": PASSWORD} for name in (ANN, BOB)}
        for name in self.people:
            self.says(name, email=name, email_verified=True, name=name.partition("@")[0].title())

    def says(self, person: str, **claims: Any) -> None:
        """Let it say this of a person from now on."""
        self._tell(person, claims=claims)

    def signs(self, person: str, **id_token: Any) -> None:
        """Let it put this in the token of a person only."""
        self._tell(person, id_token=id_token)

    def forges(self, name: str) -> None:
        """Let it sign with a key that it does not publish."""
        self._tell(name, forged=True)

    def _tell(self, name: str, **what: Any) -> None:
        self.people[name].update(what)
        # In one step: the provider may be reading.
        fresh = self.folder / "people.json.new"
        fresh.write_text(json.dumps(self.people))
        fresh.replace(self.folder / "people.json")


class Person:
    """Somebody with one browser, for our site (the client of Django) and for the provider (over HTTP)."""

    def __init__(self, name: str = ANN, client: Client | None = None) -> None:
        self.name, self.here, self.there = name, client or Client(), requests.Session()

    def leave(self, provider: str = "staff", query: str = "") -> str:
        """Click the button; the address at the provider that the page leads to."""
        page = self.here.post(f"/account/aanmelden/{provider}/{query}")
        assert page.status_code == 200, page.content.decode()
        found = re.search(r'http-equiv="refresh" content="0;url=([^"]+)"', page.content.decode())
        assert found, page.content.decode()
        return unescape(found[1])

    def sign_in_there(self, address: str) -> str:
        """Sign in at the provider when it asks; the address that it sends the browser back to."""
        answer = self.there.get(address, allow_redirects=False, timeout=10)
        if "/login/" in answer.headers.get("Location", ""):
            login = requests.compat.urljoin(address, answer.headers["Location"])
            self.there.get(login, timeout=10)
            token = self.there.cookies["provider_csrf"]
            form = {"login": self.name, "password": PASSWORD, "csrfmiddlewaretoken": token}
            answer = self.there.post(login, data=form, allow_redirects=False, timeout=10)
            onward = requests.compat.urljoin(address, answer.headers["Location"])
            answer = self.there.get(onward, allow_redirects=False, timeout=10)
        assert answer.status_code == 302, answer.text[:2000]
        return str(answer.headers["Location"])

    def come_back(self, address: str) -> Any:
        """Open the address that the provider sent the browser to."""
        return self.here.get(address.removeprefix("http://testserver"))

    def sign_in(self, provider: str = "staff", query: str = "") -> Any:
        """The whole way."""
        return self.come_back(self.sign_in_there(self.leave(provider, query)))

    @property
    def user_id(self) -> str | None:
        """Who is signed in here."""
        return self.here.session.get("_auth_user_id")


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port
