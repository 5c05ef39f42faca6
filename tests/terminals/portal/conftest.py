"""A city with its catalogue, and browsers of two of the demo's people; officers act through the actions."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import Settings

from tests.conftest import HandClock
from tests.contexts.cases.city import City, build, decide, png, request, review_all
from tests.contexts.cases.world import answers
from tests.terminals.people import demo_identity, log_in
from tongban.contexts.cases import actions, queries
from tongban.contexts.catalogue import queries as catalogue
from tongban.contexts.parties.core import system


@pytest.fixture(autouse=True)
def site(settings: Settings, clock: HandClock) -> Iterator[None]:
    settings.ROOT_URLCONF = "tests.terminals.portal.portal_urls"
    settings.TONGBAN_DEMO = True
    cache.clear()
    with demo_identity():
        yield


@pytest.fixture
def city(db: None) -> City:
    return build()


def browser(person: str = "", language: str = "zh-hans") -> Client:
    """A browser, logged in as one of the demo's people unless nobody is named."""
    client = Client()
    client.cookies["language"] = language
    return log_in(client, person, "/cases/") if person else client


@pytest.fixture
def owner(city: City) -> Client:
    """周敏's browser."""
    return browser("zhou-min")


@pytest.fixture
def stranger(city: City) -> Client:
    """王浩's browser."""
    return browser("wang-hao")


@dataclass
class Filing:
    """What an owner does on the pages to file an application."""

    client: Client
    city: City
    code: str = "FOOD"

    @property
    def item(self) -> Any:
        return catalogue.current(self.code).item

    def start(self) -> str:
        """Answers the draft's id."""
        page = self.client.get(reverse("portal:apply", args=[self.code]))
        principal = page.context["fields"][0].options[-1].value
        got = self.client.post(
            reverse("portal:apply", args=[self.code]), {"principal": principal, "division": "429901"}
        )
        assert got.status_code == 303, got.context["errors"]
        return str(got["Location"]).strip("/").split("/")[-1]

    def fill(self, draft: str, **changes: Any) -> None:
        """Every topic of the form, and every paper the answers call for."""
        values = posted(self.item, **changes)
        for step in self.item.handling.form:
            address = reverse("portal:step", args=[draft, step.id])
            for _round in range(3):
                asked = self.client.get(address).context["asked"]
                got = self.client.post(address, {"asked": asked, **values})
                assert got.status_code == 303, got.context["errors"]
                if got["Location"] != address:
                    break

    def upload(self, draft: str) -> None:
        page = self.client.get(reverse("portal:materials", args=[draft]))
        for paper in page.context["papers"]["bring"]:
            self.attach(draft, paper["id"])

    def attach(self, draft: str, material: str, data: bytes | None = None, name: str = "图.png") -> Any:
        from django.core.files.uploadedfile import SimpleUploadedFile

        file = SimpleUploadedFile(name, png() if data is None else data)
        return self.client.post(reverse("portal:materials", args=[draft]), {f"file-{material}": file, "go": "stay"})

    def submit(self, draft: str, request_id: str = "") -> Any:
        address = reverse("portal:check", args=[draft])
        request_id = request_id or self.client.get(address).context["request_id"]
        return self.client.post(address, {"promise": "yes", "request_id": request_id})

    def file(self, **changes: Any) -> str:
        """Start to end; the case's id."""
        draft = self.start()
        self.fill(draft, **changes)
        self.upload(draft)
        got = self.submit(draft)
        assert got.status_code == 303, got.context["errors"]
        return draft


def posted(item: Any, **changes: Any) -> dict[str, Any]:
    """Plausible answers, as a browser posts them."""
    values = answers(item)
    for step in item.handling.form:
        for field in step.fields:
            if field.kind == "date":
                values |= dict(
                    zip((f"{field.id}-{p}" for p in ("year", "month", "day")), ("2026", "3", "2"), strict=True)
                )
            elif field.kind == "phone":
                values[field.id] = "13900000001"
            elif field.kind == "citizen_id":
                values[field.id] = "429901198705120140"
            elif field.kind == "credit_code":
                values[field.id] = "91429901MA4KFXD668"
    return values | changes


@pytest.fixture
def filing(owner: Client, city: City) -> Filing:
    return Filing(owner, city)


@dataclass
class Office:
    """What officers do between two looks of the applicant."""

    city: City

    def state(self, case_id: str) -> Any:
        return queries.case(case_id, actor=system("test")).state

    def accept(self, case_id: str) -> None:
        actions.accept(case_id=case_id, actor=self.city.window, request_id=request(), now=self.city.now)
        self.city.work()

    def review(self, case_id: str) -> None:
        review_all(self.city, case_id)

    def decide(self, case_id: str, outcome: str = "grant", reasons: str = "") -> None:
        decide(self.city, case_id, outcome, reasons)
        self.city.work()


@pytest.fixture
def office(city: City) -> Office:
    return Office(city)


@pytest.fixture
def move(city: City, clock: HandClock) -> Callable[..., None]:
    """Let time pass for officers and pages alike."""

    def go(**by: float) -> None:
        city.now = clock.advance(**by)

    return go
