"""Bad input on the portal: a clear page, the right status, and nothing else changed."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from tests.contexts.cases.city import City
from tests.terminals.portal.conftest import Filing, Office, posted

pytestmark = pytest.mark.django_db


def test_a_file_that_is_not_what_it_says_is_refused(filing: Filing) -> None:
    draft = filing.start()
    got = filing.attach(draft, "layout", b"MZ not a picture", "图.png")
    assert got.status_code == 422
    assert got.context["errors"][0]["href"] == "#layout"
    assert got.context["papers"]["bring"][0]["file"] is None


def test_a_file_too_large_is_refused(filing: Filing) -> None:
    got = filing.attach(filing.start(), "layout", b"%PDF-1.4" + b"0" * (21 * 1024 * 1024), "大.pdf")
    assert got.status_code == 422
    assert "20" in got.content.decode()


def test_a_file_can_be_replaced_and_removed(filing: Filing) -> None:
    draft = filing.start()
    filing.attach(draft, "layout", name="一.png")
    filing.attach(draft, "layout", name="二.png")
    address = reverse("portal:materials", args=[draft])
    page = filing.client.get(address).content.decode()
    assert "二.png" in page
    assert "一.png" not in page
    filing.client.post(address, {"remove": "layout"})
    assert "二.png" not in filing.client.get(address).content.decode()


def test_wrong_answers_come_back_with_a_summary_that_links_to_them(filing: Filing) -> None:
    draft = filing.start()
    address = reverse("portal:step", args=[draft, "shop"])
    asked = filing.client.get(address).context["asked"]
    values = posted(filing.item, contact_phone="12", contact_name="")
    got = filing.client.post(address, {"asked": asked, **values})
    assert got.status_code == 422
    page = got.content.decode()
    assert 'href="#contact_phone-field"' in page
    assert 'href="#contact_name-field"' in page
    assert "shop" not in str(got.context["draft"].steps_done)


@pytest.mark.django_db(transaction=True)  # a refusal takes back what the attempt did
def test_submitting_too_early_names_every_gap_with_its_page(filing: Filing) -> None:
    draft = filing.start()
    got = filing.submit(draft)
    assert got.status_code == 422
    hrefs = [line["href"] for line in got.context["errors"]]
    assert f"{reverse('portal:step', args=[draft, 'shop'])}#shop_address" in hrefs
    filing.fill(draft)
    got = filing.submit(draft)
    assert got.status_code == 422
    assert f"{reverse('portal:materials', args=[draft])}#layout" in [line["href"] for line in got.context["errors"]]


def test_without_the_promise_nothing_is_filed(filing: Filing) -> None:
    draft = filing.start()
    filing.fill(draft)
    filing.upload(draft)
    got = filing.client.post(reverse("portal:check", args=[draft]), {"request_id": "no-promise"})
    assert got.status_code == 422
    assert filing.client.get(reverse("portal:draft", args=[draft])).status_code == 303


def test_a_strangers_guess_finds_nothing(filing: Filing, stranger: Client, office: Office) -> None:
    draft = filing.start()
    for name in ("draft", "materials", "check", "discard"):
        assert stranger.get(reverse(f"portal:{name}", args=[draft])).status_code == 404, name
    filing.fill(draft)
    filing.upload(draft)
    (brought, *_others) = filing.client.get(reverse("portal:materials", args=[draft])).context["papers"]["bring"]
    assert filing.client.get(brought["file"]["href"]).status_code == 200
    assert stranger.get(brought["file"]["href"]).status_code == 404
    filing.submit(draft)
    assert filing.client.get(brought["file"]["href"]).status_code == 404  # it is the case's now
    for name in ("case", "receipt", "supplement", "withdraw", "rate"):
        assert stranger.get(reverse(f"portal:{name}", args=[draft])).status_code == 404, name
    file = office.state(draft).materials[0].file_id
    assert filing.client.get(reverse("portal:material", args=[draft, file])).status_code == 200
    assert stranger.get(reverse("portal:material", args=[draft, file])).status_code == 404
    assert stranger.post(reverse("portal:withdraw", args=[draft]), {"reason": ""}).status_code == 404
    assert office.state(draft).phase.value == "submitted"


def test_an_item_that_is_not_listed_or_not_handled(owner: Client, city: City) -> None:
    assert owner.get("/guide/NO-SUCH/").status_code == 404
    assert owner.get("/apply/NO-SUCH/").status_code == 404
    assert owner.get("/guide/MARRY/").status_code == 200
    assert owner.get("/apply/MARRY/").status_code == 404


def test_a_party_one_may_not_act_for_is_no_choice(owner: Client, city: City) -> None:
    other = city.stranger.party_id
    got = owner.post("/apply/SS-CARD/", {"principal": other, "division": "429901"})
    assert got.status_code == 422


def test_pages_of_ones_own_send_visitors_to_the_login(city: City) -> None:
    for path in ("/cases/", "/wallet/", "/apply/FOOD/"):
        got = Client().get(path)
        assert got.status_code == 303
        assert got["Location"].startswith("/login/?next=")


def test_a_form_needs_its_token(owner: Client, city: City) -> None:
    strict = Client(enforce_csrf_checks=True)
    assert strict.post("/progress/", {"number": "1", "code": "2"}).status_code == 403
