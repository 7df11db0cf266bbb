"""The real proxy file and start command with Debian's nginx and redis-server: two web processes, as compose.yaml has them."""

import http.client
import json
import os
import re
import signal
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import NamedTuple

import pytest
from pytest_django import DjangoDbBlocker
from websockets.exceptions import InvalidStatus
from websockets.sync.client import ClientConnection, connect

from tests.needs import find_program
from tests.ops.databases import ROOT, database_url

# django_db: without it pytest-django makes no database, and the processes would open the one of the settings.
pytestmark = [pytest.mark.services, pytest.mark.django_db]

HOST = "plein.example"
MAIN = """
daemon off; worker_processes 1; pid {folder}/nginx.pid; error_log {folder}/error.log; {user}
events {{ }}
http {{
    log_format upstream '$upstream_addr'; access_log {folder}/upstreams.log upstream;
    client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/f; uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
    include {folder}/site.conf;
}}
"""


class Answer(NamedTuple):
    status: int
    headers: dict[str, str]
    body: bytes


class Site(NamedTuple):
    """A running site: the ports of the proxy and of the two web processes behind it, and of one that trusts no proxy."""

    http: int
    https: int
    web: list[int]
    alone: int
    folder: Path

    def ask(self, path: str, **headers: str) -> Answer:
        """The answer of the site over https."""
        context = ssl.create_default_context(cafile=str(self.folder / "certificate.pem"))
        with socket.create_connection(("127.0.0.1", self.https), timeout=20) as raw:
            made = http.client.HTTPConnection(HOST)
            made.sock = context.wrap_socket(raw, server_hostname=HOST)
            return read(made, path, headers)

    def upstreams(self) -> set[str]:
        """Who answered, by the proxy's log."""
        return set((self.folder / "upstreams.log").read_text().split()) - {"-"}


def ask_directly(port: int, path: str, **headers: str) -> Answer:
    return read(http.client.HTTPConnection("127.0.0.1", port, timeout=20), path, headers)


def read(made: http.client.HTTPConnection, path: str, headers: dict[str, str]) -> Answer:
    made.request(
        "GET",
        path,
        headers={"Host": HOST, **{name.replace("_", "-"): value for name, value in headers.items()}},
    )
    answer = made.getresponse()
    got = Answer(answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read())
    made.close()
    return got


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port: int = listening.getsockname()[1]
        return port


@contextmanager
def running(command: list[str | Path], port: int, log: Path, **env: str) -> Iterator[None]:
    """A program that listens on a port while the block lasts."""
    with log.open("wb") as stream:
        process = subprocess.Popen(command, cwd=ROOT, env={**os.environ, **env}, stdout=stream, stderr=stream)
    try:
        wait_for(port, process, log)
        yield
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def wait_for(port: int, process: "subprocess.Popen[bytes]", log: Path) -> None:
    for _ in range(600):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        assert process.poll() is None, log.read_text()
        time.sleep(0.1)
    raise AssertionError(f"nobody listens on {port}: {log.read_text()}")


def make_certificate(folder: Path) -> None:
    subject = ["-subj", f"/CN={HOST}", "-addext", f"subjectAltName=DNS:{HOST}"]
    files: list[str | Path] = ["-keyout", folder / "key.pem", "-out", folder / "certificate.pem"]
    command: list[str | Path] = [
        "openssl",
        "req",
        "-x509",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-days",
        "2",
        *subject,
        *files,
    ]
    subprocess.run(command, check=True, capture_output=True)


def write_proxy_files(folder: Path, http_port: int, https_port: int, web: list[int]) -> None:
    values = {
        "SERVER_NAME": HOST,
        "HTTP_PORT": f"127.0.0.1:{http_port}",
        "HTTPS_PORT": f"127.0.0.1:{https_port}",
        "UPSTREAMS": " ".join(f"server 127.0.0.1:{port};" for port in web),
        "CERTIFICATE": str(folder / "certificate.pem"),
        "CERTIFICATE_KEY": str(folder / "key.pem"),
        "MAX_UPLOAD": "100k",
        "MONITORS": "127.0.0.1",
    }
    template = (ROOT / "deploy/nginx.conf.template").read_text()
    (folder / "site.conf").write_text(re.sub(r"\$\{([A-Z_]+)\}", lambda found: values[found[1]], template))
    (folder / "nginx.conf").write_text(
        MAIN.format(folder=folder, user="user root;" if os.geteuid() == 0 else "")
    )


@pytest.fixture(scope="module")
def site(
    tmp_path_factory: pytest.TempPathFactory, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("site")
    redis, alone, web = free_port(), free_port(), [free_port(), free_port()]
    made = Site(http=free_port(), https=free_port(), web=web, alone=alone, folder=folder)
    make_certificate(folder)
    write_proxy_files(folder, made.http, made.https, web)
    production = {
        "DEMO": "",
        "DEBUG": "",
        "SECRET_KEY": "k" * 30 + "0123456789abcdefghijklmnop",
        "ALLOWED_HOSTS": HOST,
        "DATABASE_URL": database_url(),
        "REDIS_URL": f"redis://127.0.0.1:{redis}/0",
        "STATIC_ROOT": str(folder / "static"),
        "MEDIA_ROOT": str(folder / "media"),
        "APPLICATION": "tests.ops.application:application",
    }
    subprocess.run(
        [sys.executable, "manage.py", "collectstatic", "--noinput", "-v", "0"],
        cwd=ROOT,
        env={**os.environ, **production},
        check=True,
    )
    with ExitStack() as stack:
        start: Callable[..., None] = lambda *args, **env: stack.enter_context(running(*args, **env))  # noqa: E731 (typed, and named for what it does)
        redis_command = [
            find_program("redis-server"),
            "--port",
            str(redis),
            "--bind",
            "127.0.0.1",
            "--save",
            "",
        ]
        start(redis_command, redis, folder / "redis.log")
        for port in web:
            start(
                [ROOT / "deploy/web"],
                port,
                folder / f"{port}.log",
                PORT=str(port),
                BEHIND_PROXY="1",
                **production,
            )
        start(
            [ROOT / "deploy/web"], alone, folder / "alone.log", PORT=str(alone), BEHIND_PROXY="", **production
        )
        nginx = [
            find_program("nginx"),
            "-e",
            str(folder / "error.log"),
            "-c",
            str(folder / "nginx.conf"),
            "-p",
            str(folder),
        ]
        start(nginx, made.https, folder / "nginx.log")
        yield made


@contextmanager
def socket_to(
    site: Site, path: str = "/ws/echo/", origin: str = f"https://{HOST}"
) -> Iterator[ClientConnection]:
    context = ssl.create_default_context(cafile=str(site.folder / "certificate.pem"))
    raw = socket.create_connection(("127.0.0.1", site.https), timeout=20)
    with connect(
        f"wss://{HOST}{path}",
        sock=raw,
        ssl=context,
        server_hostname=HOST,
        additional_headers={"Origin": origin},
    ) as ws:
        yield ws


def test_alive_through_the_proxy_from_both_processes(site: Site) -> None:
    answers = [site.ask("/healthz").status for _ in range(6)]
    assert answers == [200] * 6
    assert site.upstreams() == {f"127.0.0.1:{port}" for port in site.web}


def test_ready_is_for_those_who_watch(site: Site) -> None:
    assert site.ask("/readyz").status in (200, 503)  # no worker runs in this test
    template = (ROOT / "deploy/nginx.conf.template").read_text()
    assert re.search(r"location = /readyz \{\s+allow \$\{MONITORS\};\s+deny all;", template)


def test_a_static_file(site: Site) -> None:
    names = json.loads((site.folder / "static" / "staticfiles.json").read_text())["paths"]
    answer = site.ask(f"/static/{names['admin/css/base.css']}", Accept_Encoding="gzip")
    assert answer.status == 200
    assert answer.headers["content-encoding"] == "gzip"
    assert "immutable" in answer.headers["cache-control"]


def test_plain_http_only_tells_where_to_go(site: Site) -> None:
    answer = ask_directly(site.http, "/kaart/?x=1")
    assert answer.status == 301
    assert answer.headers["location"] == f"https://{HOST}/kaart/?x=1"
    assert ask_directly(site.http, "/proxy-alive").status == 200


def test_https_is_known_behind_the_proxy(site: Site) -> None:
    answer = site.ask("/")
    assert answer.status < 300
    assert "max-age=" in answer.headers["strict-transport-security"]


def test_the_proxy_replaces_what_a_visitor_claims(site: Site) -> None:
    answer = site.ask("/", X_Forwarded_Proto="http", X_Forwarded_Host="evil.example", Forwarded="proto=http")
    assert answer.status < 300
    assert b"evil.example" not in answer.body


def test_without_a_proxy_the_header_is_worth_nothing(site: Site) -> None:
    claimed = ask_directly(site.alone, "/", X_Forwarded_Proto="https")
    assert claimed.status == 301
    assert claimed.headers["location"].startswith("https://")
    assert ask_directly(site.web[0], "/", X_Forwarded_Proto="https").status < 300
    assert ask_directly(site.web[0], "/").status == 301


def test_too_much_is_refused_by_the_proxy(site: Site) -> None:
    context = ssl.create_default_context(cafile=str(site.folder / "certificate.pem"))
    with socket.create_connection(("127.0.0.1", site.https), timeout=20) as raw:
        made = http.client.HTTPConnection(HOST)
        made.sock = context.wrap_socket(raw, server_hostname=HOST)
        made.request("POST", "/", body=b"x" * 200_000)
        assert made.getresponse().status == 413


def test_a_socket_reaches_people_at_the_other_process(site: Site) -> None:
    with ExitStack() as stack:
        hall = [stack.enter_context(socket_to(site)) for _ in range(4)]
        hall[0].send("Goeienavond")
        assert [person.recv(timeout=10) for person in hall] == ["Goeienavond"] * 4


def test_a_socket_of_another_site_is_refused(site: Site) -> None:
    with pytest.raises(InvalidStatus) as refused, socket_to(site, origin="https://evil.example"):
        pass
    assert refused.value.response.status_code == 403


def test_a_long_message_ends_the_socket(site: Site) -> None:
    with socket_to(site) as person:
        person.send("x" * 9000)
        with pytest.raises(Exception, match="1009"):
            person.recv(timeout=10)


def test_the_server_does_not_tell_what_it_is(site: Site) -> None:
    assert "uvicorn" not in ask_directly(site.web[0], "/healthz").headers.get("server", "")
    assert not re.search(r"\d", site.ask("/healthz").headers["server"])


def test_the_health_check_of_the_container(site: Site) -> None:
    def check(port: int, path: str) -> int:
        env = {**os.environ, "PORT": str(port), "ALLOWED_HOSTS": f"{HOST},other.example"}
        return subprocess.run(
            [sys.executable, ROOT / "deploy/healthy.py", path], env=env, check=False
        ).returncode

    assert check(site.web[0], "/healthz") == 0
    assert check(site.web[0], "/no-such-page") == 1
    assert check(free_port(), "/healthz") == 1
