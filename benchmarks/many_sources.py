"""Measure how soon many sources are visited when some of their partners hang at login and others refuse.

All of them become due at the same moment: the worst that a schedule can do. Starts an installation of its own with real
servers. Prints how long after its time the last healthy source was visited and how long the ticks of the sensor took;
exits 1 when a bar is missed.
"""

import argparse
import asyncio
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import asyncssh
from running_site import RunningSite, running_site

from budget_sync.cli.demo.partner import Login, Partner
from budget_sync.cli.ports import free_port
from budget_sync.cli.site import LOOPBACK
from budget_sync.importing.customers import Customer, create_customer
from budget_sync.sources.administration import add_source
from budget_sync.sources.sftp_configuration import SftpConfiguration, SftpSecrets

_MOST_DELAY_SECONDS = 120.0
_MOST_TICK_SECONDS = 60.0  # Dagster gives up a tick that takes longer
_GIVE_UP_SECONDS = 1200
_SHARE_OF_EACH_FAULT = 0.05
_EVERY_TWO_HOURS = 7200
_VISITS = """
    SELECT count(*) FILTER (WHERE last_sync_at IS NOT NULL), count(*) FILTER (WHERE consecutive_failures > 0),
           coalesce(extract(epoch FROM max(last_sync_at) - %(due)s::timestamptz), 0)
    FROM budget_data_source_config
"""


class _NeverAnswers(asyncssh.SSHServer):
    def password_auth_supported(self) -> bool:
        return True

    async def validate_password(self, username: str, password: str) -> bool:  # noqa: ARG002 - asyncssh's signature
        await asyncio.Event().wait()
        return False


async def _listen(key: asyncssh.SSHKey) -> asyncssh.SSHAcceptor:
    return await asyncssh.listen(LOOPBACK, 0, server_host_keys=[key], server_factory=_NeverAnswers, login_timeout=0)


@contextmanager
def hanging_partner() -> Iterator[Login]:
    """A server that takes every connection and never answers a login."""
    loop = asyncio.new_event_loop()
    threading.Thread(target=loop.run_forever, daemon=True).start()
    key = asyncssh.generate_private_key("ssh-ed25519")
    server = asyncio.run_coroutine_threadsafe(_listen(key), loop).result(10)
    host_key = " ".join(key.export_public_key().decode().split()[:2])
    yield Login(LOOPBACK, server.get_port(), "partner", "secret", host_key)
    loop.call_soon_threadsafe(server.close)


def add(running: RunningSite, customer: Customer, name: str, login: Login) -> None:
    """A source that is not due before ``make_due``."""
    connection = SftpConfiguration(
        host=login.host, port=login.port, username=login.user, host_key=login.host_key, folder="/"
    )
    add_source(
        running.database,
        customer.id,
        connection,
        SftpSecrets(password=login.password),
        name=name,
        poll_seconds=_EVERY_TWO_HOURS,
        active=False,
    )


def measure(running: RunningSite, sources: int, healthy_login: Login, hanging_login: Login) -> bool:
    """Whether every healthy source was visited in time, and every tick ended in time."""
    faulty = round(sources * _SHARE_OF_EACH_FAULT)
    healthy = sources - 2 * faulty
    refusing = Login(LOOPBACK, free_port(LOOPBACK), "partner", "secret", healthy_login.host_key)
    customer = create_customer(running.database, "many")
    for number in range(sources):
        login = hanging_login if number < faulty else refusing if number < 2 * faulty else healthy_login
        add(running, customer, f"source-{number:04}", login)
    with running.database.tenant(customer.id) as session:
        row = session.execute(
            "UPDATE budget_data_source_config SET active = true, next_due_at = clock_timestamp()"
            " RETURNING clock_timestamp()"
        ).fetchone()
    assert row is not None
    begun, visited, failed, delay = time.monotonic(), 0, 0, 0.0
    while visited < healthy or failed < 2 * faulty:
        if time.monotonic() - begun > _GIVE_UP_SECONDS:
            sys.exit(f"Only {visited} of {healthy} healthy sources were visited in {_GIVE_UP_SECONDS} s.")
        time.sleep(1)
        with running.database.tenant(customer.id) as session:
            visited, failed, delay = session.execute(_VISITS, {"due": row[0]}).fetchone() or (0, 0, 0.0)
    slowest = max(running.tick_seconds("sftp_sources"))
    print(f"{healthy} healthy sources, {faulty} that hang at login, {faulty} that refuse; all due at once")
    print(f"the last healthy one was visited {float(delay):.1f} s after its time (<= {_MOST_DELAY_SECONDS:g} s)")
    print(f"the longest tick took {slowest:.1f} s (Dagster ends it at {_MOST_TICK_SECONDS:g} s)")
    return float(delay) <= _MOST_DELAY_SECONDS and slowest < _MOST_TICK_SECONDS


def main() -> None:
    """Measure, print, say by the exit status whether the bars are met."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sources", type=int, default=1_000)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        partner_folder = Path(folder, "partner")
        partner_folder.mkdir()
        with (
            Partner(partner_folder) as partner,
            hanging_partner() as hanging,
            running_site(Path(folder, "home")) as running,
        ):
            met = measure(running, asked.sources, partner.login, hanging)
    sys.exit(0 if met else 1)


if __name__ == "__main__":
    main()
