"""What Salesforce answers when its limits are reached."""

from __future__ import annotations

from orchestration.lib.destinations.contract import DestinationError
from orchestration.lib.destinations.replies import Reply, Verdict, usual_verdict


def judged(reply: Reply, *, destination: str) -> Verdict:
    """Whether an answer tells something; raises DestinationError where the day's calls are gone."""
    body = reply.body[0] if isinstance(reply.body, list) and reply.body else {}
    code = body.get("errorCode") if isinstance(body, dict) else None
    if code == "REQUEST_LIMIT_EXCEEDED":
        usage = reply.headers.get("sforce-limit-info", "no usage told")
        raise DestinationError(
            f"the calls that the org may make in 24 hours are used up ({usage})",
            f"destination {destination}",
            "run again when calls of a day ago no longer count, or raise the limit",
        )
    return "busy" if code == "SERVER_UNAVAILABLE" else usual_verdict(reply)
