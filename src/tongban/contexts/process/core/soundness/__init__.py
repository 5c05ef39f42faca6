"""Whether a route can always come to its end: the structure first, then every state it can reach.

`judge` gives the verdict on a diagram, with the way that leads to each fault; `publishable` is the door of publishing.
"""

from tongban.contexts.process.core.soundness.explore import MOST_STATES
from tongban.contexts.process.core.soundness.publishing import publishable, sender_of, unready
from tongban.contexts.process.core.soundness.verdict import REASONS, Finding, Verdict, judge

__all__ = ["MOST_STATES", "REASONS", "Finding", "Verdict", "judge", "publishable", "sender_of", "unready"]
