"""What the IT department runs, read without Docker: compose.yaml, Dockerfile and the proxy file agree with each other."""

import os
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
SECRETS = ("SECRET_KEY", "DATABASE_PASSWORD", "DATABASE_ADMIN_PASSWORD", "REDIS_PASSWORD")


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    read: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text())
    return read


def test_the_services(compose: dict[str, Any]) -> None:
    services = compose["services"]
    assert set(services) == {"database", "redis", "migrate", "web", "worker", "proxy"}
    assert services["web"]["deploy"]["replicas"] == "${WEB_PROCESSES:-2}"
    assert [name for name, service in services.items() if "ports" in service] == ["proxy"]
    assert all(service["restart"] for service in services.values())


def test_nothing_starts_before_what_it_needs(compose: dict[str, Any]) -> None:
    for name in ("web", "worker"):
        assert {
            service: wait["condition"] for service, wait in compose["services"][name]["depends_on"].items()
        } == {
            "database": "service_healthy",
            "redis": "service_healthy",
            "migrate": "service_completed_successfully",
        }
    assert compose["services"]["proxy"]["depends_on"] == {"web": {"condition": "service_healthy"}}


def test_the_commands_exist(compose: dict[str, Any]) -> None:
    for name in ("migrate", "web", "worker"):
        command = compose["services"][name]["command"]
        program = ROOT / (command[1] if command[0] == "python" else command[0])
        assert os.access(program, os.X_OK), command


def test_every_secret_comes_from_outside() -> None:
    text = (ROOT / "compose.yaml").read_text()
    example = (ROOT / "deploy/env.example").read_text()
    for secret in SECRETS:
        assert re.search(rf"\$\{{{secret}:\?", text), f"{secret} is not required"
        assert re.search(rf"^{secret}=$", example, re.M), f"{secret} has a value in the example"


def test_every_variable_of_compose_is_in_the_example() -> None:
    wanted = set(re.findall(r"(?<!\$)\$\{([A-Z_]+)", (ROOT / "compose.yaml").read_text()))
    told = set(re.findall(r"^([A-Z_]+)=", (ROOT / "deploy/env.example").read_text(), re.M))
    assert wanted - told <= {"VERSION", "MAX_UPLOAD"}
    assert told <= wanted


def test_the_proxy_gets_every_variable_of_its_file(compose: dict[str, Any]) -> None:
    wanted = set(re.findall(r"\$\{([A-Z_]+)\}", (ROOT / "deploy/nginx.conf.template").read_text()))
    assert set(compose["services"]["proxy"]["environment"]) == wanted


def test_the_demo_is_off_and_the_proxy_trusted(compose: dict[str, Any]) -> None:
    settings = compose["services"]["web"]["environment"]
    assert not {"DEMO", "DEBUG"} & set(settings)
    assert settings["BEHIND_PROXY"] == "1"


def test_the_image() -> None:
    lines = (ROOT / "Dockerfile").read_text()
    final = lines.rsplit("\nFROM ", 1)[1]
    assert "\nUSER gebiedsplein\n" in final
    assert lines.count("--require-hashes") == 2
    for source in re.findall(r"^COPY (?!--from)(.+) \S+$", lines, re.M):
        assert all((ROOT / name).exists() for name in source.split())
    assert not re.search(r"^ENV .*\b(SECRET_KEY|DEMO)\b", lines, re.M)
    left_out = (ROOT / ".dockerignore").read_text().split()
    assert {".git", ".local", ".venv", ".env"} <= set(left_out)
    assert "deploy" not in left_out
