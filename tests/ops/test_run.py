"""The script `run`, function by function, in a copy of its own."""

import os
import re
import shutil
import socket
import stat
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
Bash = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def clone() -> Iterator[Path]:
    """A copy of what `run` needs, where the account of PostgreSQL can come too."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        for part in ("run", "scripts", "deploy"):
            source = ROOT / part
            shutil.copytree(source, folder / part) if source.is_dir() else shutil.copy(source, folder / part)
        (folder / ".local" / "log").mkdir(parents=True)
        yield folder


@pytest.fixture
def bash(clone: Path) -> Bash:
    """Runs lines of bash with the functions of `run` at hand."""

    def run(script: str, **env: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            ["bash", "-c", f"source {clone}/run\n{script}"],
            env={"PATH": os.environ["PATH"], "HOME": str(clone), **env},
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
            cwd="/",
        )

    return run


def test_every_script_can_be_read() -> None:
    scripts = [
        ROOT / "run",
        ROOT / ".ci/run",
        ROOT / ".ci/night",
        ROOT / "deploy/web",
        *(ROOT / "scripts").glob("*.sh"),
    ]
    for script in scripts:
        subprocess.run(["bash", "-n", script], check=True)
    assert len(scripts) == 12
    for script in (*scripts[:4], ROOT / "deploy/postgres/prepare.sh"):
        assert os.access(script, os.X_OK), script


def test_help_names_every_command(bash: Bash) -> None:
    main = (ROOT / "run").read_text().split("case $command in")[1].split("esac")[0]
    commands = {
        word for line in re.findall(r"^    ([a-z |]+)\)", main, re.M) for word in line.split(" | ")
    } - {"help"}
    told = bash("usage").stdout
    assert commands >= {
        "serve",
        "stop",
        "code",
        "manage",
        "backup",
        "restore",
        "test",
        "check",
        "bench",
        "lock",
    }
    assert not [command for command in commands if command not in told]


def test_an_unknown_command_is_refused(bash: Bash) -> None:
    done = bash("main fly")
    assert done.returncode == 1
    assert "no command “fly”" in done.stderr
    assert "./run test" in done.stderr


@pytest.mark.parametrize("port", ["0", "65536", "http", "80a", "-1"])
def test_a_strange_port_is_refused(bash: Bash, port: str) -> None:
    done = bash(f"serve {port}")
    assert done.returncode == 1
    assert "A port is a number" in done.stderr


def test_the_next_free_port_when_one_is_taken(bash: Bash) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert int(bash(f"free_port {port}").stdout) > port
    assert int(bash(f"free_port {port}").stdout) == port


def test_a_second_start_tells_where_the_first_is(bash: Bash, clone: Path) -> None:
    (clone / ".local" / "address").write_text("http://localhost:8123/\n")
    done = bash('exec 8>"$LOCAL/serve.lock"; flock -n 8; serve')
    assert done.returncode == 0
    assert "runs here already: http://localhost:8123/" in done.stdout


def test_a_step_tells_what_and_how_long(bash: Bash) -> None:
    done = bash("step 'Doing this' true")
    assert re.fullmatch(r"  Doing this +\d+\.\d s\n", done.stdout)


def test_a_failed_step_shows_its_end_and_stops(bash: Bash) -> None:
    done = bash("work() { seq 100; false; echo never; }; step 'Doing this' work; echo after")
    assert done.returncode == 1
    assert "after" not in done.stdout
    assert "100\n" in done.stderr
    assert "never" not in done.stderr
    assert "60\n" not in done.stderr


def test_a_step_is_done_once_for_a_fingerprint(bash: Bash) -> None:
    done = bash(
        "a() { echo 1; }; b() { echo 2; }; for mark in a a b b a; do step_once thing $mark $mark true; done"
    )
    assert [line.split()[0] for line in done.stdout.splitlines()] == ["a", "b", "a"]


def test_a_step_is_not_done_again_for_what_it_made(bash: Bash) -> None:
    look = "look() { ls $LOCAL/made 2>/dev/null || true; }"
    done = bash(f"{look}; for time in 1 2; do step_once thing look Making touch $LOCAL/made; done")
    assert len(done.stdout.splitlines()) == 1


def test_a_fingerprint_of_what_is_not_there_yet_stops_nothing(bash: Bash) -> None:
    done = bash("look() { echo 1; false; }; step_once thing look Making true; echo after")
    assert done.returncode == 0
    assert done.stdout.endswith("after\n")


def test_a_failed_step_is_done_again(bash: Bash, clone: Path) -> None:
    assert bash("a() { echo 1; }; step_once thing a 'Doing this' false").returncode == 1
    assert not (clone / ".local" / "thing.stamp").exists()


def test_the_secret_key_is_made_once_and_private(bash: Bash, clone: Path) -> None:
    first, second = bash("secret_key").stdout, bash("secret_key").stdout
    assert first == second
    assert len(first) >= 50
    assert stat.S_IMODE((clone / ".local" / "secret_key").stat().st_mode) == 0o600


def test_what_is_set_already_is_left_alone(bash: Bash) -> None:
    given = {"SECRET_KEY": "k", "DEMO": "0", "DATABASE_URL": "postgis://elsewhere/x"}
    done = bash('set_environment; echo "$SECRET_KEY $DEMO $DATABASE_URL ${PRIVATE_CLUSTER:-none}"', **given)
    assert done.stdout == "k 0 postgis://elsewhere/x none\n"


def test_two_clones_have_two_sockets(bash: Bash) -> None:
    done = bash(
        "cluster_socket postgres; echo; ROOT=/elsewhere; cluster_socket postgres; echo; cluster_socket postgres-test"
    )
    assert len(set(done.stdout.split())) == 3


def test_only_the_cluster_of_tests_forgets(bash: Bash) -> None:
    assert "fsync" not in bash("cluster_settings postgres /tmp/x").stdout
    assert "fsync = off" in bash("cluster_settings postgres-test /tmp/x").stdout


def test_a_number_that_became_another_process_is_not_ended(bash: Bash, clone: Path) -> None:
    remembered = "sleep 30 & other=$!; printf '%s 1\\n' $other >\"$LOCAL/server.pid\""
    done = bash(f"{remembered}; end_process server 1; kill -0 $other && echo lives; kill $other")
    assert done.stdout == "lives\n"
    assert not (clone / ".local" / "server.pid").exists()


def test_a_remembered_process_is_ended(bash: Bash) -> None:
    done = bash(
        "sleep 30 & remember_process server $!; end_process server 5; kill -0 $! 2>/dev/null || echo gone"
    )
    assert done.stdout == "gone\n"


def test_a_deaf_process_is_ended_too(bash: Bash) -> None:
    done = bash(
        'bash -c \'trap "" TERM; echo deaf; while true; do sleep 0.1; done\' > "$LOCAL/said" & remember_process server $!\n'
        "until [[ -s $LOCAL/said ]]; do sleep 0.05; done; end_process server 1; sleep 0.1; kill -0 $! 2>/dev/null || echo gone"
    )
    assert done.stdout == "gone\n"


def test_the_worker_comes_back_with_longer_pauses(bash: Bash, clone: Path) -> None:
    python = clone / ".venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.write_text("#!/bin/sh\nexit 3\n")
    python.chmod(0o755)
    bash(
        'touch "$LOCAL/pauses"; sleep() { echo "$1" >>"$LOCAL/pauses"; command sleep 0.01; }; (supervise_worker) & '
        'until (($(wc -l <"$LOCAL/pauses") >= 8)); do command sleep 0.05; done; kill $!; wait'
    )
    pauses = (clone / ".local" / "pauses").read_text().split()
    assert pauses[:8] == ["1", "2", "4", "8", "16", "32", "60", "60"]
    assert (
        "the worker ended (3), starting it again in 1 s"
        in (clone / ".local" / "log" / "worker.log").read_text()
    )


def test_the_worker_ends_with_its_supervisor(bash: Bash, clone: Path) -> None:
    python = clone / ".venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.write_text(f"#!/bin/sh\necho $$ >{clone}/worker\nexec sleep 30\n")
    python.chmod(0o755)
    bash(f"(supervise_worker) & until [[ -s {clone}/worker ]]; do sleep 0.05; done; kill $!; wait")
    with pytest.raises(ProcessLookupError):
        os.kill(int((clone / "worker").read_text()), 0)


def test_a_library_that_is_here_is_seen(bash: Bash) -> None:
    done = bash("has_library libc.so.6 && echo here; has_library libnobody.so.1 || echo not")
    assert done.stdout == "here\nnot\n"


def test_what_is_missing_and_may_not_be_installed_is_told(bash: Bash) -> None:
    done = bash("can_install() { return 1; }; install_packages postgresql-postgis")
    assert done.returncode == 1
    assert "sudo apt-get install --no-install-recommends postgresql-postgis" in done.stderr
    assert "DATABASE_URL" in done.stderr


def test_stopping_nothing_says_so(bash: Bash) -> None:
    assert bash("stop_all").stdout == "Nothing runs here.\n"


@pytest.fixture
def cluster(bash: Bash) -> Iterator[str]:
    """A private cluster made by `run`, of the kind that forgets: the name of its socket's folder."""
    if bash("postgres_programs").returncode:
        pytest.skip("no PostgreSQL programs here")
    done = bash("ensure_cluster postgres-test; cluster_socket postgres-test")
    socket_folder = done.stdout.splitlines()[-1]
    yield socket_folder
    bash("stop_all")
    data = bash("cluster_data postgres-test").stdout
    shutil.rmtree(data, ignore_errors=True)
    shutil.rmtree(socket_folder, ignore_errors=True)


def query(socket_folder: str, user: str, sql: str, database: str = "gebiedsplein") -> str:
    command = ["psql", "-XAt", "-h", socket_folder, "-U", user, "-d", database, "-c", sql]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


def test_the_private_cluster(bash: Bash, cluster: str, clone: Path) -> None:
    assert stat.S_IMODE(Path(cluster).stat().st_mode) == 0o700
    assert query(cluster, "gebiedsplein", "SHOW listen_addresses") == ""
    assert query(cluster, "gebiedsplein", "SELECT rolsuper FROM pg_roles WHERE rolname = current_user") == "f"
    # A new database has the extensions at once, and the role may become the one that erases.
    query(cluster, "gebiedsplein", "CREATE DATABASE fresh")
    found = query(
        cluster, "gebiedsplein", "SELECT string_agg(extname, ' ' ORDER BY extname) FROM pg_extension", "fresh"
    )
    assert found == "btree_gist pg_trgm plpgsql postgis unaccent"
    role = query(cluster, "gebiedsplein", "SET ROLE gebiedsplein_erasure; SELECT current_user").splitlines()[
        -1
    ]
    assert role == "gebiedsplein_erasure"
    assert (
        query(cluster, "gebiedsplein", "CREATE TABLE mine (n int); SELECT count(*) FROM mine")
        == "CREATE TABLE\n0"
    )
    # It survives a stop, and what the database's container runs works on it as well.
    assert "Ending the private database server" in bash("stop_all").stdout
    assert "Starting the private database server" in bash("ensure_cluster postgres-test").stdout
    query(cluster, "postgres", "DROP DATABASE gebiedsplein", "postgres")
    subprocess.run(
        [ROOT / "deploy/postgres/prepare.sh"],
        env={
            **os.environ,
            "PGHOST": cluster,
            "SQL_FOLDER": str(ROOT / "deploy/postgres"),
            "SITE_PASSWORD": "it's",
        },
        check=True,
    )
    assert (
        query(cluster, "gebiedsplein", "SELECT count(*) FROM pg_extension WHERE extname = 'postgis'") == "1"
    )


def test_a_socket_folder_of_somebody_else_is_refused(bash: Bash, clone: Path) -> None:
    folder = Path(bash("cluster_socket postgres").stdout)
    folder.mkdir(mode=0o755)
    try:
        done = bash("start_cluster postgres")
    finally:
        folder.rmdir()
    assert done.returncode == 1
    assert "is not a private folder" in done.stderr
