"""Trials: cuts of power by the hundred, and how often they leave what."""

import random
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from cuts import Cutter
from judge import Reader, State, fault, found, said
from vault_writes import signer, went_on, written

SEED = 20260301
# cuts of a run among the other tests of the image
FEW = 200
# how many of a hundred cuts fall into each phase
SHARES = {"create": 25, "write": 40, "mirror": 25, "rest": 10}
# Cuts of a stick that forgets its flushes, in a hundred: with them the test tests itself.
FORGETFUL = 10
# what the signer says of a stick that has to be repaired before it is written
NOT_WRITTEN = "not written: "
TO_REPAIR = "file system is damaged. Let another computer check and repair it"
# Cuts of a hundred after which the signer itself goes on.
GO_ON = 5
# Where a cut may leave what no kernel reads before a repair: ext4 in any write to its superblock,
# FAT only while a file is being made (a name that goes on in a sector of its own: the kernel writes
# nothing to a folder with an entry behind its end, which other readers do not see).
MAY_NEED_REPAIR = [("fat", "create"), *(("ext4", phase) for phase in SHARES)]
# A time between two flushes is chosen the more often the more moments it has, up to so many.
MOMENTS = 6


def judged(folder, cuts, seed):
    """True when every cut leaves what it may leave, and the test shows that it would see others."""
    with signer() as vm:
        sticks = written(vm, folder)
        began = time.monotonic()
        each = [cuts // len(sticks) + (at < cuts % len(sticks)) for at in range(len(sticks))]
        trials = [Trial(stick, seed) for stick in sticks]
        with ThreadPoolExecutor(len(sticks)) as pool:
            # to the list, so that a failure in one of them is told
            list(pool.map(Trial.run, trials, each))
        for trial, count in zip(trials, each):
            if not trial.go_on(vm, max(count * GO_ON // 100, 2)):
                break
    faults = [line for trial in trials for line in trial.told()] + unproven(trials)
    print(f"        {cuts:,} cuts, seed {seed}, {time.monotonic() - began:.0f} s", flush=True)
    for line in faults[:20]:
        print(f"        FAULT: {line}", flush=True)
    return not faults


class Trial:
    """All cuts of one stick."""

    def __init__(self, stick, seed):
        self.stick, self.seed = stick, seed
        self.outcomes, self.faults = Counter(), []
        # cuts after which no kernel reads the stick by its first superblock, or writes it
        self.torn = []
        self.unsure = 0
        self.forgotten, self.gone_on = Counter(), Counter()

    def run(self, count):
        """So many cuts, and some more of a stick that forgets its flushes."""
        chosen = self._chosen("cuts")
        with self._reader() as reader:
            self._honest(chosen, count, reader)
            self._forgetful(chosen, max(count * FORGETFUL // 100, 20), reader)
        return self

    def _honest(self, chosen, count, reader):
        cutter = Cutter(self._copy(), self.stick.log, self.stick.start)
        for moment, seed in self._moments(chosen, count, SHARES):
            with cutter.cut(moment, seed) as unsure:
                states = found(self.stick.system, cutter.file.name, reader)
            self.unsure += unsure > 0
            if "repaired" in states:
                self.torn.append((moment, seed))
            for way, state in states.items():
                self.outcomes[moment.phase, way, state.against(moment)] += 1
                why = fault(moment, state)
                if way == "repaired" and (self.stick.system, moment.phase) not in MAY_NEED_REPAIR:
                    why = "its file system has to be repaired"
                if why:
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

    def go_on(self, vm, count):
        """After so many cuts, and after those that need a repair, the signer finds what may be there,
        and can go on from it, or says that the stick has to be repaired before it is written. False
        when it has stopped over one of them."""
        cutter = Cutter(self._copy(), self.stick.log, self.stick.start)
        moments = self._moments(self._chosen("go on"), count, SHARES) + self.torn
        for moment, seed in sorted(moments, key=lambda each: each[0].at):
            with cutter.cut(moment, seed):
                try:
                    ends = went_on(vm, self.stick, Path(cutter.file.name))
                except AssertionError as error:
                    self.faults.append(f"{moment}, seed {seed}, by the signer: {error}")
                    return False
            before, after = said(ends[0]), ends[1]
            why = fault(moment, before) or self._misgone(moment, before, after)
            if why:
                self.faults.append(f"{moment}, seed {seed}, by the signer: {why}")
            end = ", not written before a repair" if TO_REPAIR in after else ""
            self.gone_on[moment.phase, before.against(moment) + end] += 1
        cutter.close()
        return True

    def _misgone(self, moment, before, after):
        """Why the signer may not have ended so; None where it may."""
        if after.startswith(NOT_WRITTEN):
            may = (self.stick.system, moment.phase) in MAY_NEED_REPAIR and TO_REPAIR in after
            return None if may else after
        right = State(0 if before.number is None else before.number + 1)
        return None if said(after) == right else f"found well, then {after}"

    def _chosen(self, what):
        return random.Random(f"{self.seed} {self.stick.system} {what}")

    def _reader(self):
        return Reader(self.stick.part.parent / f"{self.stick.system}-work")

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
            inside = list(times[phase].values())
            [between] = chosen.choices(inside, [min(len(each), MOMENTS) for each in inside])
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
        for (phase, state), count in sorted(self.gone_on.items()):
            print(f"          {phase:<7} the signer finds: {state:<50} {count:>5}")
        print(f"          a stick that forgets flushes: {dict(self.forgotten)}", flush=True)
        return [f"{system}: {line}" for line in self.faults]


def unproven(trials):
    """What these trials, all together, have not seen, so that they prove nothing."""
    outcomes, forgotten = Counter(), Counter()
    for trial in trials:
        outcomes += trial.outcomes
        forgotten += trial.forgotten
    seen = {(phase, state.split(",")[0]) for phase, _, state in outcomes}
    both = [("create", "none"), ("create", "new"), ("write", "old"), ("write", "new")]
    lines = [f"{' '.join(each)}: never seen" for each in both if each not in seen]
    lines += [] if forgotten["nothing opens"] else ["a loss would not be seen"]
    return lines + ([] if forgotten["old"] else ["an old content would not be seen"])


def two_hundred_cuts_of_power_leave_the_old_or_the_new_vault(folder):
    assert judged(folder, FEW, SEED), "a cut of power leaves something else"


TESTS = [two_hundred_cuts_of_power_leave_the_old_or_the_new_vault]
