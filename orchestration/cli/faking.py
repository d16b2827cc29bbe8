"""`touchline fake`."""

from __future__ import annotations

import socket
from typing import Annotated

import typer

from orchestration.cli.output import print_facts, screen
from orchestration.lib.errors import TouchlineError

HEADER = (
    "destination,kind,base_url,account,secret_name,batch_size,requests_per_second,"
    "timeout_seconds,canary_share,new_member_status,is_automatic,is_silent,file_format,"
    "file_flavour,is_active,rule_version,note"
)

EXAMPLE = '[{"kind": "too_many", "times": 2}]'


def fake(
    tool: Annotated[
        str, typer.Argument(help="mailchimp, hubspot, activecampaign, salesforce or webhook.")
    ],
    port: Annotated[int, typer.Option("--port", min=0, max=65535, help="0 takes a free one.")] = 0,
) -> None:
    """Stand in for a tool on this machine, so that segments can be sent without one.

    It forgets everything when it ends. Its faults are switched by PUT /_faults.

    Example: [bold]touchline fake mailchimp --port 8025[/bold]
    """
    from orchestration.fakes.server import HOST, base_url, serve
    from orchestration.fakes.tools import FAKES, make_fake

    if tool not in FAKES:
        raise typer.BadParameter(f"'{tool}' is none of {', '.join(FAKES)}", param_hint="TOOL")
    standing_in = make_fake(tool)
    secret_name = f"FAKE_{tool.upper()}_KEY"
    try:
        listener = socket.create_server((HOST, port))
    except OSError as error:
        raise TouchlineError(
            f"the port cannot be used: {error.strerror}",
            f"{HOST}:{port}",
            "name another with --port, or none to take a free one",
        ) from None
    with listener:
        address = base_url(standing_in, listener.getsockname()[1])
        root = address.removesuffix(standing_in.prefix)
        print_facts(
            {
                "answers at": address,
                "set": f"export {secret_name}={standing_in.secret}",
                "faults": f"curl -X PUT {root}/_faults -d '{EXAMPLE}'",
            }
        )
        screen.print("in rules/destinations.csv of the home:", style="dim")
        account = standing_in.account or ""
        row = f"email_tool,{tool},{address},{account},{secret_name},,,,,,,,,,true,1,"
        for line in (HEADER, row):
            screen.print(line, markup=False, soft_wrap=True)
        screen.print("Ctrl-C ends it", style="dim")
        serve(standing_in, listener)
