"""Due rows that wait and due rows that are taken get an index each, so that a claim never passes over taken ones.

With one index by time, every claim read past all rows taken before it: with a million due at once, the last claims read
a million rows each.
"""

from django.db import migrations

FORWARD = """
CREATE INDEX ledger_due_fresh ON ledger_due (queue, at) WHERE leased_until = '-infinity';
CREATE INDEX ledger_due_taken ON ledger_due (queue, leased_until) WHERE leased_until > '-infinity';
DROP INDEX ledger_due_next;
"""
BACK = """
CREATE INDEX ledger_due_next ON ledger_due (queue, at);
DROP INDEX ledger_due_fresh, ledger_due_taken;
"""


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_initial")]
    operations = [migrations.RunSQL(FORWARD, BACK)]
