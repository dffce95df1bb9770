"""The review desk: a queue by doubt and importance, one decision at a time, an audit log. Works by keyboard and without JavaScript."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import parse_qsl, quote, urlsplit

import numpy as np
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from reportedly.errors import NotFound, QueryError
from reportedly.ledger.columns import person_readings
from reportedly.model import Certainty, Form, Relation
from reportedly.publish import subjects
from reportedly.publish.answers import json_answer
from reportedly.publish.auth import Person, Tokens, same
from reportedly.publish.decisions import EDITABLE, Decisions
from reportedly.publish.filters import Filters, parse_number
from reportedly.publish.site import Site
from reportedly.publish.table import FIXED, NOWHERE

__all__ = ["COOKIE", "Desk"]

COOKIE = "reportedly"
FORM = "application/x-www-form-urlencoded"


def refuse_other_sites(request: Request) -> None:
    """Raise 403 where a browser says that another site made it send the request."""
    origin = request.headers.get("origin")
    try:
        ours = not origin or origin == "null" or urlsplit(origin).netloc == request.headers.get("host")
    except ValueError:  # "http://[" is nobody's origin
        ours = False
    if not ours:
        raise HTTPException(403, "The request comes from another site.")


class Desk:
    """Handlers of the desk; writing needs a person with the role of a reviewer."""

    def __init__(self, site: Site, tokens: Tokens) -> None:
        self.site, self.views, self.tokens = site, site.views, tokens
        self.decisions = Decisions(self.views.ledger, self.views.place)

    def routes(self) -> list[Route]:
        """Addresses and who answers them."""
        return [
            Route("/desk", self.queue), Route("/desk/log", self.log), Route("/desk/add", self.add_page),
            Route("/desk/decide", self.decide, methods=["POST"]), Route("/desk/add", self.add, methods=["POST"]),
            Route("/readings", self.readings, methods=["POST"]), Route("/login", self.login_page),
            Route("/login", self.login, methods=["POST"]), Route("/logout", self.logout, methods=["POST"]),
        ]  # fmt: skip

    # -- who asks ----------------------------------------------------------------------------------------------------

    @staticmethod
    def person(request: Request, role: str) -> Person:
        """Who asks, with at least that role; raises 401 or 403."""
        person: Person | None = request.state.person
        if person is None:
            raise HTTPException(401, "Sign in with a token: `reportedly token add NAME` makes one.")
        if not person.may(role):
            raise HTTPException(403, f"This needs the role {role}; yours is {person.role}.")
        return person

    @staticmethod
    async def form(request: Request) -> dict[str, str]:
        """The fields of a posted form."""
        if request.headers.get("content-type", "").split(";")[0].strip() != FORM:
            raise HTTPException(415, "Send a form.")
        try:
            return dict(parse_qsl((await request.body()).decode("utf-8"), keep_blank_values=True, max_num_fields=40))
        except ValueError:
            raise HTTPException(400, "The form cannot be read.") from None

    @staticmethod
    def unforged(request: Request, person: Person, given: str) -> None:
        """Refuse requests that another site made the browser send."""
        refuse_other_sites(request)
        if person.csrf is not None and not same(person.csrf, given):
            raise HTTPException(403, "The form is out of date: load the page again.")

    # -- signing in --------------------------------------------------------------------------------------------------

    def login_page(self, request: Request) -> Response:
        """The form for a token."""
        return self.site.pages.html(
            request, "login.html", {"wrong": False, "then": self._local(request.query_params.get("then", ""))}
        )

    @staticmethod
    def _local(address: str) -> str:
        """An address of ours, else the desk: no redirect leads away."""
        return address if address.startswith("/desk") and "\\" not in address and "\n" not in address else "/desk"

    async def login(self, request: Request) -> Response:
        """Begin a session."""
        refuse_other_sites(request)
        fields = await self.form(request)
        cookie = await run_in_threadpool(self.tokens.begin, fields.get("token", "").strip()[:200])
        then = self._local(fields.get("then", ""))
        if cookie is None:
            return self.site.pages.html(request, "login.html", {"wrong": True, "then": then}, status=401)
        answer = RedirectResponse(then, 303)
        answer.set_cookie(
            COOKIE,
            cookie,
            httponly=True,
            samesite="strict",
            secure=request.url.scheme == "https",
            max_age=12 * 3600,
            path="/",
        )
        return answer

    async def logout(self, request: Request) -> Response:
        """End the session."""
        person = self.person(request, "reader")
        self.unforged(request, person, (await self.form(request)).get("csrf", ""))
        await run_in_threadpool(self.tokens.end, request.cookies.get(COOKIE, ""))
        answer = RedirectResponse("/", 303)
        answer.delete_cookie(COOKIE, path="/")
        return answer

    # -- the queue ---------------------------------------------------------------------------------------------------

    def ranking(self) -> tuple[Any, Any]:
        """Rows of claims that no person has decided on, the most doubtful and important first, with their scores."""
        snapshot = self.views.snapshot()
        if "queue" not in snapshot.tables:
            table = snapshot.table
            rows = self.views.select(Filters())
            c = table.columns
            people = [i for i, w in enumerate(table.words["reader"].words) if w.startswith("person:")]
            rows = rows[~np.isin(c["reader"][rows], people)]
            size = np.array([p.population if (p := self.views.place(int(i))) else 0 for i in table.places], dtype=float)
            weight = 0.3 + np.log10(size[c["spot"][rows]] + 10) / 7 if len(rows) else np.empty(0)
            doubt = 0.1 + (1 - c["sure"][rows].astype(float)) + 0.5 * (table.place_of(rows) == NOWHERE)
            doubt += 0.3 * c["disputed"][rows]
            doubt += 0.15 * (c["form"][rows] == FIXED["form"].index(Form.PRESUPPOSED))
            doubt += 0.2 * (c["certainty"][rows] == FIXED["certainty"].index(Certainty.POSSIBLE))
            score = doubt * weight
            order = np.argsort(-score, kind="stable")
            snapshot.tables["queue"] = (rows[order], score[order])
        found: tuple[Any, Any] = snapshot.tables["queue"]
        return found

    def queue(self, request: Request) -> Response:
        """One claim to decide on."""
        person: Person | None = request.state.person
        rows, scores = self.ranking()
        at = parse_number(request.query_params.get("at") or "0", "at", 0, 10**9)
        at = min(at, max(0, len(rows) - 1))
        wanted = request.query_params.get("claim")
        name = wanted or (self.views.snapshot().table.ids[rows[at]].decode() if len(rows) else None)
        values: dict[str, Any] = {
            "left": len(rows), "at": at, "claim": None, "score": float(scores[at]) if len(rows) and not wanted else None,
            "csrf": person.csrf if person else "", "may": bool(person and person.may("reviewer")), "wanted": wanted,
            "relations": list(Relation), "certainties": list(Certainty), "forms": list(Form),
            "editing": request.query_params.get("edit") == "1", "done": request.query_params.get("done", "")[:40],
            "last_report": request.query_params.get("report", "")[:60], "q": request.query_params.get("q", "")[:100], "found": [],
        }  # fmt: skip
        if name:
            values |= subjects.claim_subject(self.views, name[:60])
            claim = values["claim"]
            words = values["q"] or claim.place.name or claim.place.words
            values["found"] = self.site.found_places(
                words[:100], day=self.site.last_day(), policy=self.site.policy(request), most=8
            )
        return self.site.pages.html(request, "desk.html", values)

    async def decide(self, request: Request) -> Response:
        """One decision from the desk's form."""
        person = self.person(request, "reviewer")
        fields = await self.form(request)
        self.unforged(request, person, fields.get("csrf", ""))
        action, at = fields.get("action", ""), fields.get("at", "0")
        at = at if at.isdigit() and len(at) < 9 else "0"
        if action == "skip":
            return RedirectResponse(f"/desk?at={int(at) + 1}&done=skipped", 303)
        if action == "undo":
            reading = await run_in_threadpool(self.decisions.undo, name=person.name, report_id=fields.get("report", ""))
            await run_in_threadpool(self.views.fresh)
            claim = json.loads(reading.note or "{}").get("claim") or ""
            return RedirectResponse(f"/desk?claim={quote(claim)}&done=undone" if claim else "/desk?done=undone", 303)
        edits = {k: fields[k] for k in EDITABLE if k in fields} if action == "edit" else {}
        reading = await run_in_threadpool(
            self.decisions.decide, name=person.name, claim_id=fields.get("claim", ""), action=action, fields=edits,
            why=fields.get("why", ""),
        )  # fmt: skip
        await run_in_threadpool(self.views.fresh)
        return RedirectResponse(f"/desk?at={at}&done={action}ed&report={quote(reading.report_id)}", 303)

    # -- adding ------------------------------------------------------------------------------------------------------

    def add_page(self, request: Request) -> Response:
        """A report whose words can be selected for a new claim."""
        person: Person | None = request.state.person
        report = self.views.ledger.report(request.query_params.get("report", ""))
        words = request.query_params.get("q", "")[:100]
        day, policy = self.site.last_day(), self.site.policy(request)
        values = {
            "report": report, "csrf": person.csrf if person else "", "may": bool(person and person.may("reviewer")),
            "relations": list(Relation), "certainties": list(Certainty), "forms": list(Form), "q": words,
            "found": self.site.found_places(words, day=day, policy=policy, most=8) if words else [],
        }  # fmt: skip
        return self.site.pages.html(request, "desk_add.html", values)

    async def add(self, request: Request) -> Response:
        """A new claim from selected words."""
        person = self.person(request, "reviewer")
        fields = await self.form(request)
        self.unforged(request, person, fields.get("csrf", ""))
        start, end = await run_in_threadpool(self._selected, fields)
        chosen = {k: fields[k] for k in EDITABLE if fields.get(k)}
        reading = await run_in_threadpool(
            self.decisions.add, name=person.name, report_id=fields.get("report", ""), start=start, end=end, fields=chosen,
            why=fields.get("why", ""),
        )  # fmt: skip
        await run_in_threadpool(self.views.fresh)
        claim = json.loads(reading.note or "{}")["result"]
        return RedirectResponse(f"/claims/{claim}", 303)

    def _selected(self, fields: dict[str, str]) -> tuple[int, int]:
        """Offsets of the selection; without JavaScript the words themselves, which must stand in the report once or first."""
        if fields.get("start") and fields.get("end"):
            return tuple(parse_number(fields[k], k, 0, 10**8) for k in ("start", "end"))  # type: ignore[return-value]
        words = fields.get("words", "").strip()
        text = self.views.ledger.report(fields.get("report", "")).text
        at = text.find(words) if words else -1
        if at < 0:
            raise QueryError("Those words do not stand in the report: copy them exactly as they are there.")
        return at, at + len(words)

    # -- log and API -------------------------------------------------------------------------------------------------

    def log(self, request: Request) -> Response:
        """Every decision, newest first."""
        offset = parse_number(request.query_params.get("offset") or "0", "offset", 0, 10**9)
        entries = []
        for row in person_readings(self.views.ledger, limit=100, offset=offset):
            try:
                note = json.loads(row.note or "{}")
            except ValueError:
                note = {"action": "reading", "why": row.note}
            entries.append({**row._asdict(), "note": note if isinstance(note, dict) else {}})
        person: Person | None = request.state.person
        tokens = self.tokens.rows() if person and person.may("admin") else ()
        return self.site.pages.html(request, "desk_log.html", {"entries": entries, "offset": offset, "tokens": tokens})

    async def readings(self, request: Request) -> Response:
        """A decision by the API: JSON with a bearer token."""
        person = self.person(request, "reviewer")
        if request.headers.get("content-type", "").split(";")[0].strip() != "application/json":
            raise HTTPException(415, "Send JSON.")
        if person.csrf is not None:
            self.unforged(request, person, request.headers.get("x-csrf", ""))
        try:
            body = json.loads(await request.body())
            json.dumps(body, ensure_ascii=False).encode()  # half a surrogate is no text and cannot be kept
        except (ValueError, RecursionError):
            raise HTTPException(400, "The body is not JSON in UTF-8.") from None
        wanted = {"report_id": str, "claim_id": str, "action": str}
        if not isinstance(body, dict) or any(not isinstance(body.get(k), t) or not body[k] for k, t in wanted.items()):
            raise HTTPException(400, "The body needs report_id, claim_id and action as text.")
        if set(body) - {*wanted, "fields", "why"} or not isinstance(body.get("why", ""), str):
            raise HTTPException(400, "The body has unknown fields.")
        fields = body.get("fields", {})
        if not isinstance(fields, dict) or any(not isinstance(v, str) for v in fields.values()):
            raise HTTPException(400, "fields must be an object of texts.")
        claim = await run_in_threadpool(self.views.ledger.claim, body["claim_id"])
        if claim.report_id != body["report_id"]:
            raise NotFound("That claim is not of that report.")
        reading = await run_in_threadpool(
            self.decisions.decide, name=person.name, claim_id=body["claim_id"], action=body["action"], fields=fields,
            why=body.get("why", ""),
        )  # fmt: skip
        await run_in_threadpool(self.views.fresh)
        note = json.loads(reading.note or "{}")
        return json_answer(
            request, {"reading": reading.id, "reader": reading.reader, "claim": note.get("result")}, status=201
        )
