"""What each coordinator is given, read by that coordinator's own library, or by the ones that it is
built on, or, where neither can be had, by others of the same formats.

The Rust test `wallet_peers` writes every form that the program gives to each of the ten, with the
frames that cross the gap and the addresses that must come out. Each reader runs in its own
environment, as their pins do not go together.
"""

import json
import os
import subprocess
import tempfile
from pathlib import Path

import environment

ROOT = Path(__file__).resolve().parents[2]
HERE = Path(__file__).resolve().parent / "coordinators"
# Debian's own, for which Electrum's package is
SYSTEM_PYTHON = "/usr/bin/python3"
# Which readers are a coordinator's own code, or the code that it is built on.
OWN = {
    "Specter Desktop": "cryptoadvance-specter",
    "BlueWallet": "@keystonehq/bc-ur-registry",
    "Electrum": "Electrum",
    "Bitcoin Safe": "bitcoin-qr-tools",
    "Bitcoin Keeper": "@keystonehq/bc-ur-registry",
    "Cove": "bdkpython",
    "Liana": "liana",
}
# Why there is none for the others.
NOT_HAD = {
    "Sparrow": "drongo and hummingbird (Java) are in no registry",
    "Nunchuk": "libnunchuk (C++) is in no registry",
    "Bitcoin Core": "its library in the registries, the kernel, has no descriptors",
}
# A reader that puts frames together and does not look into what they carry says so.
UNREAD = "(frames)"
FRAMES = "frames"


def run(wanted):
    """Passed and failed cases, of those whose names contain the words."""
    if not all(any(word in name for name in names()) for word in wanted):
        return 0, 0
    passed = failed = 0
    with tempfile.TemporaryDirectory(prefix="coldlight-coordinators-") as folder:
        folder = Path(folder)
        said = make(folder)
        try:
            promised = promises(folder)
            told = [line for command in readers() for line in read(command, folder)]
            # Electrum has made wallet files of our keys meanwhile
            said = make(folder, "electrum")
            assert "test electrum ... ok" in " ".join(said.split()), "Electrum's files are not read"
        except Exception as error:
            print(f"FAILED  coordinators: {type(error).__name__}: {error}\n{said}", flush=True)
            return 0, 1
    for coordinator, library, forms in by_library(told):
        name = f"coordinators, {coordinator}, read by {library}"
        if not all(word in name for word in wanted):
            continue
        troubles = [trouble(promised, coordinator, form, one) for form, one in forms.items()]
        troubles = [trouble for trouble in troubles if trouble]
        own = ", its own" if library.startswith(OWN.get(coordinator, "?")) else ""
        counts = ", ".join(f"{form} {one['count']}" for form, one in sorted(forms.items()))
        print(f"{'FAILED' if troubles else 'ok    '}  {name}{own}: {counts}", flush=True)
        print("\n".join(troubles), end="\n" if troubles else "")
        passed, failed = (passed, failed + 1) if troubles else (passed + 1, failed)
    if not wanted:
        for coordinator, reason in NOT_HAD.items():
            print(f"        coordinators, {coordinator}: its own library cannot be had: {reason}")
        for missing in unread(promised, told):
            failed += 1
            print(f"FAILED  coordinators, {missing}: nobody has read it")
    return passed, failed


def names():
    coordinators = [*OWN, *NOT_HAD, FRAMES]
    return [f"coordinators, {coordinator}, read by" for coordinator in coordinators]


def readers():
    modules = environment.node_modules("peers-npm", HERE)
    specter, safe = (
        environment.python(f"peers-{name}", HERE / f"requirements-{name}.txt", "--no-deps")
        for name in ("specter", "bitcoin-safe")
    )
    subprocess.run(
        ["cargo", "build", "--locked", "--quiet", "--target-dir", environment.CACHE / "peers-liana"],
        cwd=HERE / "liana",
        check=True,
    )
    return [
        ["node", HERE / "read.mjs", modules],
        [specter, "-B", HERE / "by_specter.py"],
        [SYSTEM_PYTHON, "-B", HERE / "by_electrum.py"],
        [safe, "-B", HERE / "by_bitcoin_safe.py"],
        [environment.CACHE / "peers-liana/debug/read-by-liana"],
        [environment.CACHE / "peers-venv/bin/python", "-B", HERE / "by_libraries.py"],
    ]


def read(command, folder):
    done = subprocess.run([*command, folder], capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, f"{command[-1].name}: {done.stderr}"
    return [json.loads(line) for line in done.stdout.splitlines()]


def make(folder, *only):
    command = ["cargo", "test", "--locked", "--test", "wallet_peers", "--"]
    done = subprocess.run(
        command + (["--exact", *only] if only else []),
        cwd=ROOT,
        env=os.environ | {"COLDLIGHT_WALLET_PEERS": str(folder)},
        capture_output=True,
        text=True,
    )
    return done.stdout + (done.stderr if done.returncode else "")


def promises(folder):
    """How many exports there are of each coordinator's forms."""
    counts = {}
    for coordinator in json.loads((folder / "coordinators.json").read_text()):
        for one in coordinator["keys"] + coordinator["wallets"]:
            for form in one["exports"]:
                place = (coordinator["name"], form)
                counts[place] = counts.get(place, 0) + 1
    assert {name for name, _ in counts} == {*OWN, *NOT_HAD}, "other coordinators than are known here"
    return counts


def by_library(told):
    found = {}
    for line in told:
        place = found.setdefault((line["coordinator"], line["library"]), {})
        place[line["form"]] = line
    for (coordinator, library), forms in sorted(found.items()):
        yield coordinator, library, forms


def trouble(promised, coordinator, form, one):
    expected = promised.get((coordinator, form), 1)
    if "error" in one or one["count"] != expected:
        return f"{form}: {one['count']} of {expected}. {one.get('error', '')}"
    return None


def unread(promised, told):
    """Forms that no reader has understood; put together is not understood."""
    done = {(one["coordinator"], one["form"]) for one in told if UNREAD not in one["library"]}
    return [f"{coordinator}, {form}" for coordinator, form in sorted(promised.keys() - done)]
