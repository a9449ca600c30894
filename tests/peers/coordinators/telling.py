"""What a reader of our exports says: one line of JSON for each coordinator and form.

Runs in each reader's own Python, so it imports nothing of theirs.
"""

import json
import sys
import traceback
from pathlib import Path

# What stands around the keys of a shared account, by the end of its path.
WRAPPED = {"45'": "sh({})", "1'": "sh(wsh({}))", "2'": "wsh({})"}


class Telling:
    """Counts what was read; keeps the first thing that went wrong."""

    def __init__(self):
        self.told = {}

    def tell(self, coordinator, form, library, work, *arguments):
        known = self.told.setdefault((coordinator, form, library), {"count": 0})
        try:
            work(*arguments)
            known["count"] += 1
        except Exception:
            known.setdefault("error", traceback.format_exc(limit=-3)[:800])

    def print(self):
        for (coordinator, form, library), known in self.told.items():
            names = {"coordinator": coordinator, "form": form, "library": library}
            print(json.dumps(names | known))


def read(name):
    return json.loads((Path(sys.argv[1]) / name).read_text())


def exports(*coordinators):
    """Coordinator, one account or wallet, form, and what is given in it."""
    for coordinator in read("coordinators.json"):
        if coordinator["name"] in coordinators:
            for one in coordinator["keys"] + coordinator["wallets"]:
                for form, given in one["exports"].items():
                    yield coordinator["name"], one, form, given


def wrapped(one):
    """The script around a shared account's `sortedmulti`."""
    return WRAPPED.get(one["path"].split("/")[-1], "wsh({})")


def has_leaves(one):
    """Taproot with a tree."""
    return one["descriptor"].startswith("tr(") and "," in one["descriptor"]


def every_address(one):
    """Chain, index, address."""
    for chain, addresses in enumerate(one["addresses"]):
        for index, address in addresses:
            yield chain, index, address


def refused(work, *arguments):
    """What a reader does not know: told when that changes."""
    try:
        work(*arguments)
    except Exception:
        return
    raise AssertionError("it is read now")


def same(text):
    """The two signs of a hardened step are one."""
    return text.replace("'", "h")
