#!/usr/bin/env python3
"""Cuts of power while the signer makes a vault and writes it, on FAT, exFAT and ext4.

usage: power_cuts.py [number of cuts, 2,000 unless told] [seed]
The signer is a test build of the image; its sticks are watched block by block. After each cut an
independent reader takes the vault's file off the file system, and the signer's own code, from
READ_VAULTS (target/debug/examples/read_vaults unless told), opens it: it has to hold what it held
before or what was being written, and what was acknowledged has to be there.
"""

import sys

sys.dont_write_bytecode = True  # nothing beside the sources
import environment

environment.enter()

import random
import tempfile
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from cuts import Cutter
from judge import Reader, fault, found
from vault_writes import written

CUTS, SEED = 2000, 20260301
# how many of a hundred cuts fall into each phase
SHARES = {"create": 25, "write": 40, "mirror": 25, "rest": 10}
# Cuts of a stick that forgets its flushes, in a hundred: with them the test tests itself.
FORGETFUL = 10


def main():
    cuts = int(sys.argv[1].replace(",", "")) if len(sys.argv) > 1 else CUTS
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else SEED
    with tempfile.TemporaryDirectory(prefix="coldlight-cuts-") as folder:
        return 0 if judged(Path(folder), cuts, seed) else 1


def judged(folder, cuts, seed):
    """True when every cut leaves what it may leave, and the test shows that it would see others."""
    sticks = written(folder)
    began = time.monotonic()
    each = [cuts // len(sticks) + (at < cuts % len(sticks)) for at in range(len(sticks))]
    with ThreadPoolExecutor(len(sticks)) as pool:
        jobs = [pool.submit(Trial(stick, seed).run, count) for stick, count in zip(sticks, each)]
        trials = [job.result() for job in jobs]
    faults = [line for trial in trials for line in trial.told()]
    print(f"        {cuts:,} cuts, seed {seed}, {time.monotonic() - began:.0f} s", flush=True)
    for line in faults[:20]:
        print(f"        FAULT: {line}", flush=True)
    return not faults


class Trial:
    """All cuts of one stick."""

    def __init__(self, stick, seed):
        self.stick, self.seed = stick, seed
        self.outcomes, self.faults = Counter(), []
        self.unsure = 0
        self.forgotten = Counter()

    def run(self, count):
        chosen = random.Random(f"{self.seed} {self.stick.system}")
        with Reader(self.stick.part.parent / f"{self.stick.system}-work") as reader:
            self._honest(chosen, count, reader)
            self._forgetful(chosen, max(count * FORGETFUL // 100, 20), reader)
        return self

    def _honest(self, chosen, count, reader):
        cutter = Cutter(self._copy(), self.stick.log, self.stick.start)
        for moment, seed in self._moments(chosen, count, SHARES):
            with cutter.cut(moment, seed) as unsure:
                states = found(self.stick.system, cutter.file.name, reader)
            self.unsure += unsure > 0
            for way, state in states.items():
                self.outcomes[moment.phase, way, state.against(moment)] += 1
                if why := fault(moment, state):
                    self.faults.append(f"{moment}, seed {seed}, {way}: {why}")
        cutter.close()

    def _forgetful(self, chosen, count, reader):
        """A stick that has done nothing for sure since the last write began."""
        cutter = Cutter(self._copy(), self.stick.log, self.stick.start)
        moments = self._moments(chosen, count, {"mirror": 50, "rest": 50})
        for moment, seed in sorted(moments, key=lambda each: (each[0].number, each[0].at)):
            if moment.number == 0:
                continue
            sure = self.stick.log.begun[f"write {moment.number}"]
            with cutter.cut(moment, seed, sure):
                states = found(self.stick.system, cutter.file.name, reader)
            for state in states.values():
                if fault(moment, state):
                    self.forgotten[state.against(moment)] += 1
        cutter.close()

    def _moments(self, chosen, count, shares):
        """So many, each with a seed, in the order of the log: first a phase is chosen, then one of
        the times between two flushes in it, then a moment in that."""
        times = {phase: {} for phase in shares}
        for moment in self.stick.log.moments:
            if moment.phase in times:
                between = moment.mark, self.stick.log.sure(moment.at)
                times[moment.phase].setdefault(between, []).append(moment)
        moments = []
        for phase in chosen.choices(list(shares), weights=shares.values(), k=count):
            between = chosen.choice(list(times[phase].values()))
            moments.append((chosen.choice(between), chosen.getrandbits(32)))
        return sorted(moments, key=lambda each: each[0].at)

    def _copy(self):
        work = self.stick.part.with_name(f"{self.stick.system}-cut.img")
        work.write_bytes(self.stick.part.read_bytes())
        return work

    def told(self):
        """Prints what was found; gives what is wrong."""
        system = self.stick.system
        print(f"        {system}: {self.unsure} cuts with writes that were not flushed")
        for (phase, way, state), count in sorted(self.outcomes.items()):
            print(f"          {phase:<7} {way:<10} {state:<22} {count:>5}")
        print(f"          a stick that forgets flushes: {dict(self.forgotten)}", flush=True)
        seen = {(phase, state.split(",")[0]) for phase, _, state in self.outcomes}
        both = [("create", "none"), ("create", "new"), ("write", "old"), ("write", "new")]
        wrong = [f"{phase}, {state}: never seen" for phase, state in both if (phase, state) not in seen]
        wrong += [] if self.forgotten["nothing opens"] else ["a loss would not be seen"]
        wrong += [] if self.forgotten["old"] else ["an old content would not be seen"]
        return [f"{system}: {line}" for line in [*self.faults, *wrong]]


if __name__ == "__main__":
    sys.exit(main())
