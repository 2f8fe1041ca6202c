"""Load on a served app, by Locust, in a process of its own: reads a plan, writes what every request took.

    python benchmarks/serving_load.py PLAN.json FIGURES.json

The plan: ``host`` and ``pid`` of the app; ``walk``: kinds with their addresses, asked for one after the other
by one reader, each kind for so many ``seconds`` at most.  Or ``readers`` who ask for any address of ``kinds``
with ``pause`` seconds between, and ``judge``: what one writer judges meanwhile, for ``seconds``.
"""

from __future__ import annotations

import gevent.monkey

gevent.monkey.patch_all()

import json  # noqa: E402 - after the patch, as gevent asks
import os  # noqa: E402
import random  # noqa: E402
import sys  # noqa: E402
import time  # noqa: E402
from itertools import cycle  # noqa: E402
from pathlib import Path  # noqa: E402
from typing import Any  # noqa: E402
from urllib.parse import parse_qs, urlencode, urlsplit  # noqa: E402

import gevent  # noqa: E402
from locust import FastHttpUser, task  # noqa: E402
from locust.env import Environment  # noqa: E402
from locust.exception import StopUser  # noqa: E402
from lxml import html  # noqa: E402

STOP_SECONDS = 90.0
"""How long what was begun may take at the end."""

NETWORK_SECONDS = 120.0


class _User(FastHttpUser):
    """What both have in common."""

    abstract = True
    connection_timeout = NETWORK_SECONDS
    network_timeout = NETWORK_SECONDS
    plan: dict[str, Any]
    requests: list[dict[str, Any]]

    def ask(self, kind: str, address: str, **more: Any) -> Any:
        """An answer, noted with what it took."""
        method = "POST" if "data" in more else "GET"
        start = time.perf_counter()
        with self.client.request(method, address, name=kind, catch_response=True, **more) as answer:
            took = time.perf_counter() - start
            ok = 200 <= answer.status_code < 400
            (answer.success if ok else lambda: answer.failure(f"status {answer.status_code}"))()
            self.requests.append(
                {
                    "kind": kind,
                    "address": address,
                    "ms": took * 1000,
                    "status": answer.status_code,
                    "error": None if ok else str(answer.error or answer.text[:500]),
                    "bytes": len(answer.content or b""),
                    "at": time.time(),
                }
            )
        return answer


class Walker(_User):
    """One reader who sees every address of every kind once."""

    fixed_count = 1

    @task
    def walk(self) -> None:
        for kind, addresses in self.plan["walk"].items():
            end, before, number = time.monotonic() + self.plan["seconds"], _used(self.plan["pid"]), 0
            for address in addresses:
                self.ask(kind, address, allow_redirects=False)
                number += 1
                if time.monotonic() > end:
                    break
            if number:
                used = _used(self.plan["pid"]) - before
                self.plan.setdefault("cpu", {})[kind] = used / number * 1000
        raise StopUser


class Reader(_User):
    """One of many readers: any kind, any address of it."""

    def on_start(self) -> None:
        self.chance = random.Random(f"{self.plan['seed']} {len(self.plan.setdefault('begun', []))}")
        self.plan["begun"].append(1)
        self.kinds = [kind for kind, found in self.plan["kinds"].items() if found]

    def wait_time(self) -> float:
        return self.chance.uniform(*self.plan["pause"])

    @task
    def read(self) -> None:
        kind = self.chance.choice(self.kinds)
        self.ask(kind, self.chance.choice(self.plan["kinds"][kind]))


class Writer(_User):
    """One who judges through the forms on the pages."""

    fixed_count = 1

    def on_start(self) -> None:
        self.kept: list[str] = []
        self.number = 0
        self.deeds = cycle(self.plan["deeds"])
        self.left = {name: iter(found) for name, found in self.plan["judge"].items()}

    @task
    def judge(self) -> None:
        deed, self.number = next(self.deeds), self.number + 1
        if deed == "undo":
            self._undo()
        elif deed in ("same", "not_same"):
            self._send(deed, self._next("pairs"), _is_pair, kind=deed)
        elif deed == "note":
            self._send(deed, self._next("documents"), _is_note)
        else:
            self._send(deed, self._next("transfers"), lambda told: told.get("kind") == deed)

    def _next(self, sort: str) -> str:
        """A page of a sort that was not judged yet; where there is none left, the writer is done."""
        for address in self.left[sort]:
            return str(address)
        raise StopUser

    def _send(self, deed: str, address: str, is_it: Any, **more: str) -> None:
        """Open a page, fill its form, send it, and look at what came of it."""
        page = self.ask("page with forms", address)
        if page.status_code != 200:
            return
        found = [dict(one.form_values()) for one in html.fromstring(page.text).forms if one.method == "POST"]
        told = next((one for one in found if is_it(one)), None)
        if told is None:
            self.plan.setdefault("without", []).append(f"{deed}: {address}")
            return
        told |= {"why": f"load {deed} {self.number}", **more}
        if "named" not in told or not told["named"]:
            told["named"] = self._choice(page.text, deed)
        if deed == "correct":
            told["quantity"] = str(1000 + self.number)
        elif _is_pair(told):
            told["named"] = urlsplit(address).path.split("/")[2:]  # both of them
        answer = self._post(deed, "/judgements", told)
        where = answer.headers.get("location", "") if answer.status_code == 303 else ""
        names = parse_qs(urlsplit(where).query).get("noted", [])
        if answer.status_code == 303:
            self.plan.setdefault("kept", []).append({"deed": deed, "id": names[0], "why": told["why"]})
            self.kept += names
            self.ask("page after", where.partition("#")[0])

    def _undo(self) -> None:
        """Take the last judgement back, by the form on the page of judgements."""
        page = self.ask("page with forms", "/judgements")
        wanted = f"/judgements/{self.kept[-1]}/undo" if self.kept else None
        forms = {one.action: dict(one.form_values()) for one in html.fromstring(page.text).forms}
        if wanted not in forms:
            self.plan.setdefault("without", []).append(f"undo: {wanted}")
            return
        answer = self._post("undo", wanted, forms[wanted])
        if answer.status_code == 303:
            self.plan.setdefault("kept", []).append({"deed": "undo", "id": self.kept.pop()})

    def _post(self, deed: str, address: str, told: dict[str, Any]) -> Any:
        headers = {"Origin": self.plan["host"], "Content-Type": "application/x-www-form-urlencoded"}
        body = urlencode(told, doseq=True)
        return self.ask(f"judge: {deed}", address, data=body, headers=headers, allow_redirects=False)

    @staticmethod
    def _choice(page: str, deed: str) -> str:
        """What can be chosen first in the form."""
        for form in html.fromstring(page).forms:
            kinds = dict(form.form_values()).get("kind")
            options = form.xpath(".//select[@name='named']/option[@value!='']/@value")
            if kinds == deed and options:
                return str(options[0])
        return ""


def _used(pid: int) -> float:
    """Seconds of processor time that a process has used."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _is_pair(told: dict[str, str]) -> bool:
    return "relation" in told and "other" not in told


def _is_note(told: dict[str, str]) -> bool:
    return told.get("kind") == "note"


def main() -> None:
    """Do what the plan says."""
    plan_file, figures_file = map(Path, sys.argv[1:])
    plan = json.loads(plan_file.read_text(encoding="utf-8"))
    _User.plan, _User.requests = plan, []
    users = [Walker] if "walk" in plan else [Reader, Writer] if plan.get("judge") else [Reader]
    number = 1 if "walk" in plan else plan["readers"] + len(users) - 1
    environment = Environment(user_classes=users, host=plan["host"], stop_timeout=STOP_SECONDS)
    runner = environment.create_local_runner()
    start = time.perf_counter()
    runner.start(number, spawn_rate=number)
    if "walk" in plan:
        gevent.sleep(1)
        while runner.user_count:
            gevent.sleep(0.2)
        runner.quit()
    else:
        gevent.spawn_later(plan["seconds"], runner.quit)
    runner.greenlet.join()
    told = {
        "requests": _User.requests,
        "seconds": time.perf_counter() - start,
        "cpu": plan.get("cpu", {}),
        "kept": plan.get("kept", []),
        "without": plan.get("without", []),
        "exceptions": [
            f"{one['count']} times: {one['msg']} {one['traceback']}" for one in runner.exceptions.values()
        ],
    }
    figures_file.write_text(json.dumps(told), encoding="utf-8")


if __name__ == "__main__":
    main()
