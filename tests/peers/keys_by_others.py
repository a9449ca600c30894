"""The formats of keys against other libraries.

Each format's cases are made by them, from a fixed seed; the Rust test `key_peers` reads them, judges
what we make of them, and answers with what we make ourselves, which the libraries then judge.
"""

import json
import os
import subprocess
import tempfile
from pathlib import Path
from random import Random

import key_kef
import key_shares
import key_words

ROOT = Path(__file__).resolve().parents[2]
FORMATS = key_words.FORMATS | key_shares.FORMATS | key_kef.FORMATS


def run(wanted):
    """Passed and failed formats, of those whose names contain the words."""
    names = [name for name in FORMATS if all(word in f"keys, {name}" for word in wanted)]
    if not names:
        return 0, 0
    failed = 0
    with tempfile.TemporaryDirectory(prefix="coldlight-keys-") as folder:
        folder = Path(folder)
        cases = {}
        for name in names:
            make, _ = FORMATS[name]
            cases[name] = list(make(Random(name)))
            (folder / f"{name}.json").write_text(json.dumps(cases[name]))
        told = answers(folder, names)
        for name in names:
            try:
                judge(folder, name, cases[name])
                print(f"ok      keys, {name}: {len(cases[name])} cases", flush=True)
            except Exception as error:  # a peer's own failure is a failed format too
                failed += 1
                print(f"FAILED  keys, {name}: {type(error).__name__}: {error}", flush=True)
        if failed:
            print(told)
    return len(names) - failed, failed


def answers(folder, names):
    command = ["cargo", "test", "--locked", "--test", "key_peers", "--"]
    # one filter only: all formats, or the single one
    command += ["--exact", *names] if len(names) == 1 else []
    done = subprocess.run(
        command,
        cwd=ROOT,
        env=os.environ | {"COLDLIGHT_KEY_PEERS": str(folder)},
        capture_output=True,
        text=True,
    )
    return done.stdout + (done.stderr if done.returncode else "")


def judge(folder, name, cases):
    file = folder / f"{name}.answers.json"
    assert file.exists(), "no answers: what the libraries made is not read, or read otherwise"
    told = json.loads(file.read_text())
    assert len(told) == len(cases)
    _, judge_one = FORMATS[name]
    if judge_one:
        for case, answer in zip(cases, told):
            judge_one(case, answer)
