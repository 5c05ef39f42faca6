"""Tables of the parties context: installation data (accounts, agencies, windows) and read tables of two ledger kinds.

`Party`, `Mandate` and `Officer` are read tables: only the ledger writes them. Sealed columns hold ciphertext as text.
"""

from __future__ import annotations

import uuid

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.db import models


class AccountManager(BaseUserManager["Account"]):
    """Django asks for a manager; accounts are made by `actions.create_account` alone."""


class Account(AbstractBaseUser):
    """A login. A citizen's has no password: the identity provider vouches; an officer's has password and TOTP."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=64, unique=True)
    kind = models.CharField(max_length=10, choices=[("citizen", "citizen"), ("officer", "officer")])
    party_id = models.UUIDField(null=True, unique=True)  # citizens: stream of their natural person
    is_active = models.BooleanField(default=True)
    epoch = models.PositiveIntegerField(default=0)  # raised to end all sessions
    totp_secret = models.TextField(default="", blank=True)  # sealed
    totp_step = models.BigIntegerField(default=0)  # last 30-second step whose code was accepted
    failures = models.PositiveSmallIntegerField(default=0)
    locked_until = models.DateTimeField(null=True)
    last_login = None  # Django's column and its signal; ours is set by the action
    last_login_at = models.DateTimeField(null=True)

    USERNAME_FIELD = "name"
    objects = AccountManager()

    class Meta:
        db_table = "parties_account"
        constraints = [
            models.CheckConstraint(condition=models.Q(kind__in=["citizen", "officer"]), name="account_kind"),
            models.CheckConstraint(
                condition=models.Q(kind="officer") | models.Q(party_id__isnull=False), name="account_citizen_party"
            ),
        ]


class Agency(models.Model):
    """An organ, on one of four levels."""

    key = models.CharField(primary_key=True, max_length=64)
    base = models.CharField(max_length=64)
    name_zh = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200)
    short_zh = models.CharField(max_length=60)
    short_en = models.CharField(max_length=60)
    credit_code = models.CharField(max_length=18)
    level = models.CharField(max_length=10)
    division = models.CharField(max_length=12)
    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "parties_agency"
        constraints = [
            models.UniqueConstraint(fields=["base", "division"], name="agency_one_per_division"),
            models.CheckConstraint(
                condition=models.Q(level__in=["city", "district", "township", "village"]), name="agency_level"
            ),
        ]


class Window(models.Model):
    """A window of a service centre and the items it may receive."""

    id = models.CharField(primary_key=True, max_length=32)
    name_zh = models.CharField(max_length=100)
    name_en = models.CharField(max_length=100)
    agency = models.ForeignKey("parties.Agency", on_delete=models.PROTECT, related_name="+")
    items = ArrayField(models.TextField())

    class Meta:
        db_table = "parties_window"


class Party(models.Model):
    """Read table of the ledger kind "party"."""

    stream_id = models.UUIDField(primary_key=True)
    kind = models.TextField()
    name = models.TextField()
    id_type = models.TextField()
    number = models.TextField()
    lookup = models.TextField(unique=True, null=True)  # null once erased
    masked = models.TextField()
    phone = models.TextField()
    phone_masked = models.TextField()
    address = models.TextField()
    real_level = models.SmallIntegerField()

    class Meta:
        db_table = "parties_party"


class Mandate(models.Model):
    """Read table of the ledger kind "party": `stream_id` is the giving party."""

    id = models.UUIDField(primary_key=True)
    stream_id = models.UUIDField(db_index=True)
    to_party = models.UUIDField(db_index=True)
    items = ArrayField(models.TextField())
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    basis = models.TextField()
    revoked = models.BooleanField()

    class Meta:
        db_table = "parties_mandate"


class Officer(models.Model):
    """Read table of the ledger kind "officer"."""

    stream_id = models.UUIDField(primary_key=True)
    account = models.OneToOneField("parties.Account", on_delete=models.PROTECT, related_name="+")
    name = models.TextField()
    name_en = models.TextField()
    badge = models.TextField(unique=True)
    agency = models.ForeignKey("parties.Agency", on_delete=models.PROTECT, related_name="+")
    roles = ArrayField(models.TextField())
    window = models.ForeignKey("parties.Window", null=True, on_delete=models.PROTECT, related_name="+")
    active = models.BooleanField()

    class Meta:
        db_table = "parties_officer"


class Commission(models.Model):
    """Read table of the ledger kind "officer": what chief representatives may decide; `stream_id` is the officer."""

    id = models.UUIDField(primary_key=True)
    stream_id = models.UUIDField(db_index=True)
    agency = models.TextField()
    items = ArrayField(models.TextField())
    start = models.DateField()
    until = models.DateField()
    given_by_name = models.TextField()
    revoked_on = models.DateField(null=True)
    active = models.BooleanField()  # the officer is in service, as chief representative

    class Meta:
        db_table = "parties_commission"
