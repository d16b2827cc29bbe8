"""Runs a fake: in a thread for a test, or in the foreground for a person."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from time import monotonic, sleep

import uvicorn

from orchestration.fakes.fake import Fake
from orchestration.fakes.guarding import application

HOST = "127.0.0.1"
START_SECONDS = 10.0


@dataclass(frozen=True, kw_only=True)
class Running:
    """A fake that answers at `base_url`."""

    fake: Fake
    base_url: str


@contextmanager
def running(fake: Fake, *, port: int = 0) -> Iterator[Running]:
    """The fake in a thread of this process, on a free port unless one is named, until the end."""
    with socket.create_server((HOST, port)) as listener:
        server = uvicorn.Server(_config(fake))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        _await_start(server, thread)
        try:
            yield Running(fake=fake, base_url=base_url(fake, listener.getsockname()[1]))
        finally:
            server.should_exit = True
            thread.join(START_SECONDS)


def serve(fake: Fake, listener: socket.socket) -> None:
    """The fake in the foreground, until it is interrupted."""
    uvicorn.Server(_config(fake)).run(sockets=[listener])


def base_url(fake: Fake, port: int) -> str:
    """Where a fake on a port is called."""
    return f"http://{HOST}:{port}{fake.prefix}"


def _config(fake: Fake) -> uvicorn.Config:
    return uvicorn.Config(
        application(fake),
        lifespan="off",
        log_level="critical",
        access_log=False,
        timeout_graceful_shutdown=1,
    )


def _await_start(server: uvicorn.Server, thread: threading.Thread) -> None:
    ends_at = monotonic() + START_SECONDS
    while not server.started:
        if monotonic() > ends_at or not thread.is_alive():
            raise RuntimeError("the fake does not start")
        sleep(0.005)
