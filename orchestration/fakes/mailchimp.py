"""A stand-in for the Mailchimp Marketing API, as far as segments of an audience go."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from orchestration.fakes import mailchimp_fields, mailchimp_segments
from orchestration.fakes.calls import given_secret
from orchestration.fakes.fake import Fake
from orchestration.fakes.faults import Fault
from orchestration.fakes.mailchimp_audience import FakeAudience, MailchimpState, RefusedError
from orchestration.fakes.mailchimp_batches import done, has_address, is_lax
from orchestration.fakes.mailchimp_problems import invalid, not_found, problem
from orchestration.fakes.mailchimp_replies import LARGEST_BATCH, accepted, member_json, page

CONNECTIONS = 10
Handler = Callable[[FakeAudience, Request, Any], Response]


class FakeMailchimp(Fake):
    """One account with one audience. `state` holds it; people of another account are unknown."""

    kind = "mailchimp"
    prefix = "/3.0"
    account = "f4k3aud13n"
    secret = "0123456789abcdef0123456789abcdef-us1"
    token = "an-oauth-token"
    state: MailchimpState

    def __init__(self) -> None:
        super().__init__()
        self.state = MailchimpState(audiences={self.account: FakeAudience()})

    @property
    def audience(self) -> FakeAudience:
        """Its one audience."""
        return self.state.audiences[self.account]

    def routes(self) -> list[Route]:
        audience = "/lists/{list_id}"
        member = f"{audience}/members/{{who}}"
        segment = f"{audience}/segments/{{number:int}}"
        return [
            Route("/ping", self._ping),
            Route(audience, self._about),
            Route(audience, self._batch, methods=["POST"]),
            Route(f"{audience}/members", self._members),
            Route(f"{audience}/members", self._add, methods=["POST"]),
            Route(member, self._member),
            Route(member, self._upsert, methods=["PUT", "PATCH"]),
            Route(member, self._archive, methods=["DELETE"]),
            Route(f"{member}/actions/delete-permanent", self._forget, methods=["POST"]),
            Route(f"{member}/tags", self._tag, methods=["POST"]),
            Route(f"{audience}/segments", self._over(mailchimp_segments.segments)),
            Route(
                f"{audience}/segments",
                self._over(mailchimp_segments.make_segment),
                methods=["POST"],
            ),
            Route(segment, self._over(mailchimp_segments.move), methods=["POST"]),
            Route(f"{segment}/members", self._over(mailchimp_segments.segment_members)),
            Route(f"{audience}/merge-fields", self._over(mailchimp_fields.merge_fields)),
            Route(
                f"{audience}/merge-fields",
                self._over(mailchimp_fields.make_field),
                methods=["POST"],
            ),
            Route(f"{audience}/abuse-reports", self._over(mailchimp_fields.complaints)),
        ]

    def limited(self, request: Request) -> Response | None:
        """429 without a header beyond ten calls at once; 401 for another key; 404 for a list."""
        if self.open_calls > CONNECTIONS:
            return self.too_many(Fault(kind="too_many"))
        if given_secret(request) not in (self.token, self.secret):
            return self.token_expired()
        parts = request.url.path.removeprefix(self.prefix).split("/")
        if parts[1:2] == ["lists"] and parts[2] not in self.state.audiences:
            return not_found()
        return None

    def too_many(self, fault: Fault) -> Response:
        detail = "You have exceeded the limit of 10 simultaneous connections."
        headers = {} if fault.seconds is None else {"Retry-After": f"{fault.seconds:g}"}
        return problem(429, "Too Many Requests", detail, headers=headers)

    def token_expired(self) -> Response:
        return problem(401, "API Key Invalid", "The key is invalid, or of another data centre.")

    def delete_half(self) -> None:
        for key in list(self.audience.members)[::2]:
            del self.audience.members[key]

    def rename_field(self) -> None:
        self.audience.rename_field("FNAME", "GIVENNAME")

    def _of(self, request: Request) -> FakeAudience:
        return self.state.audiences[request.path_params["list_id"]]

    def _over(self, handler: Handler) -> Callable[[Request], Awaitable[Response]]:
        """A path that needs the audience alone."""

        async def answer(request: Request) -> Response:
            body = await request.body()
            return handler(self._of(request), request, json.loads(body) if body else {})

        return answer

    async def _ping(self, request: Request) -> Response:
        return accepted({"health_status": "Everything's Chimpy!"})

    async def _about(self, request: Request) -> Response:
        members = self._of(request).members.values()
        subscribed = sum(one.status == "subscribed" for one in members)
        stats = {"member_count": subscribed}
        return accepted({"id": request.path_params["list_id"], "name": "People", "stats": stats})

    async def _batch(self, request: Request) -> Response:
        body = await request.json()
        items = body.get("members")
        if not isinstance(items, list) or not 0 < len(items) <= LARGEST_BATCH:
            return invalid([("members", f"Give 1 to {LARGEST_BATCH} members")])
        faulty = [number for number, one in enumerate(items) if not has_address(one)]
        if faulty:
            return invalid([(f"members.item:{faulty[0]}.email_address", "Not a valid address")])
        is_partial = self.faults.take(f"POST {request.url.path}", "partial_success") is not None
        batch = done(self.state, self._of(request), request, body, is_partial=is_partial)
        return accepted(batch.told())

    async def _add(self, request: Request) -> Response:
        body, audience = await request.json(), self._of(request)
        if audience.find(str(body.get("email_address"))):
            return problem(400, "Member Exists", "This address is already a list member.")
        return self._upserted(request, body)

    async def _upsert(self, request: Request) -> Response:
        body, who = await request.json(), request.path_params["who"]
        known = self._of(request).find(who)
        if known is None and request.method == "PATCH":
            return not_found()
        if "email_address" not in body and (known or "@" in who):
            body["email_address"] = known.email if known else who
        return self._upserted(request, body)

    def _upserted(self, request: Request, body: dict[str, Any]) -> Response:
        audience = self._of(request)
        if not has_address(body):
            return invalid([("email_address", "Not a valid address")])
        try:
            member = audience.upsert(body, is_lax=is_lax(request), now=self.state.now)
        except RefusedError as error:
            if error.field:
                return invalid([(error.field, error.said)])
            return problem(400, error.title, error.said)
        return accepted(member_json(audience, member))

    async def _member(self, request: Request) -> Response:
        audience = self._of(request)
        member = audience.find(request.path_params["who"])
        return accepted(member_json(audience, member)) if member else not_found()

    async def _archive(self, request: Request) -> Response:
        member = self._of(request).find(request.path_params["who"])
        if member is None:
            return not_found()
        member.become("archived", now=self.state.now)
        return Response(status_code=204)

    async def _forget(self, request: Request) -> Response:
        audience = self._of(request)
        member = audience.find(request.path_params["who"])
        if member is None:
            return not_found()
        audience.forget(member)
        return Response(status_code=204)

    async def _tag(self, request: Request) -> Response:
        body, audience = await request.json(), self._of(request)
        member = audience.find(request.path_params["who"])
        if member is None:
            return not_found()
        for tag in body["tags"]:
            audience.tag(member, tag["name"], is_active=tag["status"] == "active")
        return Response(status_code=204)

    async def _members(self, request: Request) -> Response:
        audience, query = self._of(request), request.query_params
        found = audience.changed(query.get("status"), query.get("since_last_changed"))
        if query.get("sort_dir", "").upper() == "DESC":
            found = found[::-1]
        return page(request, "members", [member_json(audience, one) for one in found])
