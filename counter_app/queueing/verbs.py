"""The verbs of one ticket by name: what the hub's routes and the model both know."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from counter_app.domain.actor import Actor
from counter_app.problems import Problem
from counter_app.queueing import entry as steps
from counter_app.queueing import guide
from counter_app.queueing.entry import Entry, Step
from counter_app.queueing.rules import Rules, class_of

Run = Callable[[Entry, int, Actor, Rules, str, str], Step]

# Each gets (entry, now, actor, rules, why, to). `merge` needs a second ticket and stands in `line.act`.
VERBS: Mapping[str, Run] = {
    "recall": lambda e, now, actor, rules, why, to: steps.recall(e, now, actor, rules),
    "serve": lambda e, now, actor, rules, why, to: steps.serve(e, now, actor, actor.window or e.window),
    "park": lambda e, now, actor, rules, why, to: steps.park(e, now, actor, why),
    "transfer": lambda e, now, actor, rules, why, to: steps.transfer(e, now, actor, to, why, rules),
    "miss": lambda e, now, actor, rules, why, to: steps.miss(e, now, actor),
    "revive": lambda e, now, actor, rules, why, to: steps.revive(e, now, actor),
    "done": lambda e, now, actor, rules, why, to: steps.done(e, now, actor),
    "cancel": lambda e, now, actor, rules, why, to: steps.cancel(e, now, actor, why),
    "promote": lambda e, now, actor, rules, why, to: guide.promote(e, now, actor, class_of(to), why, rules),
    "describe": lambda e, now, actor, rules, why, to: guide.describe(e, now, actor, to, why),
    "assist": lambda e, now, actor, rules, why, to: guide.assist(e, now, actor, to),
    "reissue": lambda e, now, actor, rules, why, to: guide.reissue(e, now, actor, why),
    "carry": lambda e, now, actor, rules, why, to: guide.carry(e, now, actor, to, why),
}
MERGE = "merge"
NAMES = (*VERBS, MERGE)


def step(entry: Entry, verb: str, now: int, actor: Actor, rules: Rules, why: str = "", to: str = "") -> Step:
    """The step of a verb; shared with the hub, so that both know the same verbs."""
    if verb not in VERBS:
        raise Problem("verb-unknown", "verb", verb)
    return VERBS[verb](entry, now, actor, rules, why, to)
