#!/usr/bin/env python3
"""XX, whole, in one file: a scheduler that speaks the protocol of docs/protocol.md, and needs nothing but Python 3.9.

    npx xx fuzz --runs 1000 --seed 1 --exec 'python3 docs/examples/python/xx_scheduler.py'

Read it from top to bottom: what there is, what each stimulus does, what a shard decides, what a machine decides, how
its disk carries that out where paging takes time, what is metered, what is impossible, and last the lines in and out. A
function that keeps one of the rules in docs/rules.md has its name. The types of the lines are those of xx_types.py,
beside this file; only a type checker reads them. `--fault=retry-forgets-the-caller` turns on a fault, for the suite to
find.
"""

from __future__ import annotations

import argparse
import json
import os
import pickle
import random
import sys
from collections import defaultdict, deque
from typing import TYPE_CHECKING, Iterable, Literal, Sequence, Sized

if TYPE_CHECKING:
    import xx_types as xt

MAX_EXACT = 2**53 - 1  # Python counts on, but the numbers of a file end here.
NO_BILL: xt.Bill = {"cpuMs": 0, "mbMs": 0, "cost": 0}
# Parts that may be left out, by the stimuli that go with them.
PARTS = {"call": "calls", "antagonist": "antagonists", **dict.fromkeys(("join", "drain", "crash", "restart"), "faults")}


Phase = Literal["queued", "ready", "running", "blocked"]
Status = Literal["up", "draining", "down"]


class Impossible(Exception):
    """The stimulus cannot happen in this state. Nothing has changed."""


# ---- What there is -------------------------------------------------------------------------------------------------


class Invocation:
    def __init__(self, s: xt.Submit | xt.Call, tenant: int, cls: int, degraded: bool, now: int):
        self.id, self.tenant, self.asked, self.shard = s["id"], tenant, s["class"], s["shard"]
        self.cls, self.degraded = cls, degraded  # the effective class, by which it is queued, ranked and billed
        self.phase: Phase = "queued"  # one that has ended is forgotten
        self.enqueued_at, self.attempt = now, 1
        self.caller: int | None = None  # the id of the one that waits for it,
        self.callee: int | None = None  # and of the one that it waits for
        self.machine: int | None = None
        self.demand = self.resident = 0  # MB; the RAM that it holds, also of a chunk that the disk moves either way
        self.fresh = 0  # MB that it asks for, and that are nowhere yet; what is neither resident nor fresh is in swap
        self.incoming = self.outgoing = 0  # MB that the disk moves
        self.cpu_ms = self.mb_ms = 0  # of this attempt, until metered_at
        self.metered_at = now

    def swapped(self):
        return self.demand - self.resident - self.fresh

    def kept(self):
        """What it will have in RAM when the disk is done."""
        return self.resident - self.outgoing

    def lack(self):
        return self.demand - self.kept()

    def staying(self):
        """What it has in RAM that does not move."""
        return self.resident - self.incoming - self.outgoing


class Machine:
    def __init__(self, number: int, size: xt.MachineSize | xt.Join):
        self.number, self.cores, self.ram, self.swap = number, size["cores"], size["ram"], size["swap"]
        self.usable = self.ram  # what the antagonist leaves of it; RAM′ in the rules
        self.status: Status = "up"
        self.live: list[Invocation] = []  # in order of arrival
        self.shard: int | None = None  # the one on whose idle list it is
        self.moving = 0  # MB that its disk moves
        self.owner: Invocation | None = None  # whose they are; nobody's if it was killed meanwhile

    def demand(self):
        return sum(i.demand for i in self.live)

    def available(self):
        return max(0, self.usable - self.demand())

    def go_down(self):
        self.status, self.moving, self.owner = "down", 0, None

    def ranked(self):
        """Best first: the higher class, then not blocked before blocked, then (the sort is stable) by arrival."""
        return sorted(self.live, key=lambda i: (-i.cls, i.phase == "blocked"))


class Shard:
    def __init__(self):
        self.queues: defaultdict[int, deque[Invocation]] = defaultdict(deque)  # by effective class
        self.idle: dict[int, list[int]] = {}  # machine number → [available, functions]


class Account:
    """What a tenant with a budget has spent in its period. Its rate changes seldom, so it is added up only then."""

    def __init__(self, budget: int, period: int, burst_percent: int):
        self.budget, self.period, self.burst_percent = budget, period, burst_percent
        self.started_at = self.updated_at = self.spent = self.rate = 0

    def update(self, now: int):
        if now - self.started_at < self.period:
            self.spent += self.rate * (now - self.updated_at)
        else:
            self.started_at = now - now % self.period
            self.spent = self.rate * (now - self.started_at)
        self.updated_at = now

    def most_spent(self, now: int):
        """The most that was spent in any one period, from the last update until now."""
        end = self.started_at + self.period
        if now < end:
            return self.spent + self.rate * (now - self.updated_at)
        return max(self.spent + self.rate * (end - self.updated_at), self.rate * min(self.period, now - end))


class XX:
    fault: str | None = None

    def __init__(self, config: xt.Configuration):
        self.config = config
        self.prices = [c["price"] for c in config["classes"]]
        self.memory_price = config["memoryPrice"]
        self.paging = config.get("paging")  # None: memory moves at once
        self.reserve = self.paging["reserve"] if self.paging else 0  # MB of swap that are kept free
        self.without = config.get("without", ())  # parts of XX that whoever asks leaves out
        self.accounts = [
            None if t["budget"] is None else Account(t["budget"], t.get("period", 1), t.get("burstPercent", 0))
            for t in config["tenants"]
        ]
        self.random = random.Random(config["seed"])
        self.now = 0
        self.booted = False
        self.invocations: dict[int, Invocation] = {}  # those that live, by id
        self.used: set[int] = set()  # every id there ever was
        self.shards: defaultdict[int, Shard] = defaultdict(Shard)  # there may be 200,000, most of them idle
        self.machines: list[Machine] = []
        self.most_per_ms = self.most_demand = 0
        for size in config["machines"]:
            self.add_machine(len(self.machines), size)
        self.decisions: list[xt.Decision] = []
        self.unsettled: set[int] = set()  # machines on which somebody may have to run, stop, move or die
        self.touched: set[int] = set()  # machines whose entry on an idle list may be wrong

    def add_machine(self, number: int, size: xt.MachineSize | xt.Join):
        self.machines[number : number + 1] = [Machine(number, size)]
        # For `sums_are_small`: the most that can be spent on it in a ms, and be demanded of it.
        self.most_per_ms += size["cores"] * self.prices[-1] + size["ram"] * max(1, self.memory_price)
        self.most_demand = max(self.most_demand, size["ram"] + size["swap"] + self.config["initialMemory"])

    def decide(self, decision: xt.Decision):
        self.decisions.append(decision)

    # ---- A step: the answer, then every machine, then the idle lists -----------------------------------------------

    def step(self, at: int, stimulus: xt.Stimulus) -> list[xt.Decision]:
        """The decisions of a step. Raises Impossible, and then nothing has changed."""
        if not self.is_possible(at, stimulus):
            raise Impossible(f"{stimulus['type']} is not possible now")
        if self.sums_are_small(at):
            return self.play(at, stimulus)
        self.check_spending(at)
        backup = pickle.dumps(self.__dict__)
        try:
            return self.play(at, stimulus)
        except Impossible:
            self.__dict__ = pickle.loads(backup)
            raise

    def play(self, at: int, stimulus: xt.Stimulus):
        self.now, self.decisions = at, []
        getattr(self, "on_" + stimulus["type"])(stimulus)
        while self.unsettled:
            number = min(self.unsettled)  # a set has no order, and the same scenario has to be answered the same
            self.unsettled.remove(number)
            self.settle(self.machines[number])
        for number in sorted(self.touched):
            self.idle_list_true(self.machines[number])
        self.touched.clear()
        return self.decisions

    # ---- What each stimulus does -----------------------------------------------------------------------------------

    def on_boot(self, _: xt.Boot):
        self.booted = True
        self.touched.update(range(len(self.machines)))

    def on_submit(self, s: xt.Submit):
        verdict = self.admit(s["tenant"])
        if verdict == "throttled":
            self.used.add(s["id"])
            return self.decide({"type": "throttle", "id": s["id"]})
        degraded = verdict == "degraded"
        self.enqueue_new(s, s["tenant"], 0 if degraded else s["class"], degraded)

    def on_call(self, s: xt.Call):
        caller = self.invocations[s["caller"]]
        callee = self.enqueue_new(s, caller.tenant, self.inherit(caller, s["class"]), caller.degraded)
        caller.callee, callee.caller = callee.id, caller.id
        self.change(caller, phase="blocked")
        self.unsettled.add(self.machine_of(caller).number)

    def on_turn(self, s: xt.Turn):
        shard = self.shards[s["shard"]]
        if any(shard.queues.values()) and any(m.status == "up" for m in self.machines):
            self.place(s["shard"], shard)

    def on_resize(self, s: xt.Resize):
        i = self.invocations[s["id"]]  # it runs, so all of it is in RAM
        if self.paging and s["demand"] > i.demand:
            i.fresh = s["demand"] - i.demand
            i.demand = s["demand"]
        else:
            i.demand = s["demand"]
            self.change(i, resident=i.demand)
        self.disturb(self.machine_of(i).number)

    def on_finish(self, s: xt.Finish):
        i = self.invocations[s["id"]]
        self.decide({"type": "complete", "id": i.id, "bill": self.bill_exact(i)})
        self.end(i, "ok")

    def on_antagonist(self, s: xt.Antagonist):
        machine = self.machines[s["machine"]]
        machine.usable = max(0, machine.ram - s["memory"])
        self.disturb(machine.number)

    def on_join(self, s: xt.Join):
        self.add_machine(s["machine"], s)
        self.touched.add(s["machine"])

    def on_drain(self, s: xt.Drain):
        machine = self.machines[s["machine"]]
        machine.status = "draining"
        self.go_down_if_drained(machine)
        self.touched.add(machine.number)

    def go_down_if_drained(self, machine: Machine):
        if machine.status == "draining" and not machine.live:
            machine.go_down()

    def on_crash(self, s: xt.Crash):
        machine = self.machines[s["machine"]]
        lost = sorted(machine.live, key=lambda i: i.id)
        machine.go_down()
        self.touched.add(machine.number)
        # All are lost together: before the first is answered, none of them waits for anybody.
        for i in lost:
            self.depart(i)
            self.orphan_callee(i)
        for i in lost:
            self.retry(i)

    def on_restart(self, s: xt.Restart):
        shard = self.shards[s["shard"]]
        for number in shard.idle:
            self.machines[number].shard = None
        self.touched.update(shard.idle)
        shard.idle.clear()

    def on_paged(self, s: xt.Paged):
        self.end_transfer(self.machines[s["machine"]])

    def on_tick(self, _: xt.Tick):
        pass  # But time has passed.

    def on_timeout(self, _: xt.Timeout):
        pass  # XX lets one whose client has given up go on.

    # ---- How invocations come in, and end --------------------------------------------------------------------------

    def admit(self, tenant: int):
        """What the budget of a tenant does to a root: throttled if it is spent, degraded if it is ahead of its pace."""
        account = self.accounts[tenant]
        if account is None:
            return "as asked"
        account.update(self.now)
        if account.spent >= account.budget:
            return "throttled"
        # spent > budget · elapsed / period + budget · burst / 100, without the fractions
        elapsed = self.now - account.started_at
        pace = account.budget * (100 * elapsed + account.burst_percent * account.period)
        return "degraded" if account.spent * 100 * account.period > pace else "as asked"

    def inherit(self, caller: Invocation, asked: int):
        """Nobody waits for one of a lower class. In a degraded chain nobody rises, either."""
        return caller.cls if caller.degraded else max(caller.cls, asked)

    def enqueue_new(self, s: xt.Submit | xt.Call, tenant: int, cls: int, degraded: bool):
        i = Invocation(s, tenant, cls, degraded, self.now)
        self.invocations[i.id] = i
        self.used.add(i.id)
        self.enqueue(i)
        return i

    def enqueue(self, i: Invocation):
        self.shards[i.shard].queues[i.cls].append(i)
        self.decide({"type": "enqueue", "id": i.id, "shard": i.shard, "class": i.cls, "degraded": i.degraded})

    def retry(self, i: Invocation):
        """One that a crash has lost is queued again as it was, until it has had all its attempts."""
        if i.attempt == self.config["maxAttempts"]:
            self.decide({"type": "kill", "id": i.id, "reason": "attempts", "bill": NO_BILL})
            return self.end(i, "failed")
        if self.fault == "retry-forgets-the-caller" and not i.degraded:
            i.cls = i.asked  # wrong: whoever waits for it may be of a higher class
        i.attempt += 1
        i.enqueued_at = self.now
        self.enqueue(i)

    def end(self, i: Invocation, outcome: Literal["ok", "failed"]):
        """Forgets one that has its bill, and wakes its caller."""
        if i.machine is not None:
            self.depart(i)
        self.orphan_callee(i)
        del self.invocations[i.id]
        if i.caller is not None:
            self.wake_caller(self.invocations[i.caller], outcome)

    def wake_caller(self, caller: Invocation, outcome: Literal["ok", "failed"]):
        """It goes to the end of the line on its machine, as one that has slept."""
        self.decide({"type": "wake", "id": caller.id, "outcome": outcome})
        caller.callee = None
        caller.phase = "ready"
        machine = self.machine_of(caller)
        machine.live.remove(caller)
        machine.live.append(caller)
        self.unsettled.add(machine.number)

    def orphan_callee(self, i: Invocation):
        """The one that `i` waits for goes on, and wakes nobody."""
        if i.callee is not None:
            self.invocations[i.callee].caller = None
            i.callee = None

    def depart(self, i: Invocation):
        machine = self.machine_of(i)
        self.change(i, phase="queued", resident=0)
        if machine.owner is i:
            machine.owner = None  # its chunk goes on, for nobody
        i.fresh = i.incoming = i.outgoing = 0
        machine.live.remove(i)
        i.machine, i.demand = None, 0
        self.go_down_if_drained(machine)
        self.disturb(machine.number)

    def machine_of(self, i: Invocation):
        assert i.machine is not None
        return self.machines[i.machine]

    def disturb(self, number: int):
        self.unsettled.add(number)
        self.touched.add(number)

    # ---- What a shard decides: whom to place, and where ------------------------------------------------------------

    def place(self, number: int, shard: Shard):
        i = self.place_greatest(shard)
        machine, polled = self.place_least_loaded(shard)
        if machine.demand() + self.config["initialMemory"] > MAX_EXACT:
            raise Impossible(f"the demand on machine {machine.number} would be more than can be said")
        decision: xt.Place = {"type": "place", "id": i.id, "shard": number, "machine": machine.number, "via": "poll"}
        if polled is None:
            decision["via"] = "idle-list"
        else:
            decision["polled"] = polled
        self.decide(decision)
        if machine.number in shard.idle:
            shard.idle[machine.number][1] += 1  # the shard counts its own placements
        shard.queues[i.cls].popleft()
        machine.live.append(i)
        i.machine, i.demand = machine.number, self.config["initialMemory"]
        i.cpu_ms, i.mb_ms, i.metered_at = 0, 0, self.now
        i.fresh = i.demand if self.paging else 0
        self.change(i, phase="ready", resident=i.demand - i.fresh)
        self.disturb(machine.number)

    def place_greatest(self, shard: Shard):
        """Of the heads of the queues, the one with the greatest price × wait; among equals the highest class."""
        heads = [queue[0] for queue in shard.queues.values() if queue]
        return max(heads, key=lambda i: (self.prices[i.cls] * (self.now - i.enqueued_at), i.cls))

    def place_least_loaded(self, shard: Shard) -> tuple[Machine, list[int] | None]:
        """The machine with the fewest functions: by the idle list if it is not empty, else of those polled."""
        if shard.idle:
            best = min(shard.idle, key=lambda m: (shard.idle[m][1], -shard.idle[m][0], m))
            return self.machines[best], None
        up = [m.number for m in self.machines if m.status == "up"]
        polled = self.sample(up, self.config["kMachines"])
        best = min(polled, key=lambda m: (len(self.machines[m].live), m))
        return self.machines[best], polled

    def sample(self, population: Sequence[int], k: int):
        return self.random.sample(population, k) if k < len(population) else list(population)

    # ---- What a machine decides: who dies, who runs, and whose memory is in RAM ------------------------------------

    def settle(self, machine: Machine):
        self.kill_iff(machine)
        ranked = machine.ranked()
        chosen = self.will_run(machine, ranked)
        if self.paging:
            return self.settle_in_time(machine, ranked, chosen, self.paging["chunk"])
        self.preempt_outranked(ranked, chosen)
        self.page_out_lowest(machine, ranked, chosen)
        self.page_in_to_run(chosen)
        self.start_highest(chosen)

    def kill_iff(self, machine: Machine):
        """First those that could never run here, then the lowest, while all together exceed RAM and swap."""
        space = machine.usable + max(0, machine.swap - self.reserve)
        while machine.demand() > min(machine.ram, space):
            ranked = machine.ranked()
            oversized = [i for i in ranked if i.demand > min(machine.ram, space)]
            if oversized:
                self.kill(oversized[-1], "exceeds-machine")
            elif machine.demand() > space:
                self.kill(ranked[-1], "memory")
            else:
                return

    def kill(self, i: Invocation, reason: Literal["exceeds-machine", "memory"]):
        self.decide({"type": "kill", "id": i.id, "reason": reason, "bill": self.bill_exact(i)})
        self.end(i, "failed")

    def will_run(self, machine: Machine, ranked: list[Invocation]) -> dict[Invocation, bool]:
        """Those that should run, best first: whoever fits beside those taken, and beside the memory in RAM of all that
        were not taken in higher classes. So one too large is passed over, but keeps its RAM from those below. (One
        larger than all of the RAM left cannot run, and keeps nothing.)
        """
        chosen, room, kept, cls = {}, machine.usable, 0, None  # a dict is a set that keeps its order
        for i in ranked:
            if i.cls != cls:
                room, kept, cls = room - kept, 0, i.cls
            if i.phase != "blocked" and i.demand <= room and len(chosen) < machine.cores:
                chosen[i] = True
                room -= i.demand
            elif i.demand <= machine.usable:
                kept += i.kept()
        return chosen

    def preempt_outranked(self, ranked: list[Invocation], chosen: dict[Invocation, bool]):
        for i in reversed(ranked):
            if i.phase == "running" and i not in chosen:
                self.change(i, phase="ready")
                self.decide({"type": "preempt", "id": i.id})

    def page_out_lowest(self, machine: Machine, ranked: list[Invocation], chosen: dict[Invocation, bool]):
        """Makes room in RAM for those that will run, and no more."""
        excess = self.over(machine, chosen)
        for i in self.page_out_order(machine, ranked, chosen):
            memory = min(excess, i.resident)
            if memory <= 0:
                return
            self.change(i, resident=i.resident - memory)
            self.decide({"type": "pageOut", "id": i.id, "memory": memory})
            excess -= memory

    def over(self, machine: Machine, chosen: dict[Invocation, bool]):
        """The MB by which RAM is over-committed, once those that will run have all that they lack."""
        return sum(i.kept() for i in machine.live) + sum(i.lack() for i in chosen) - machine.usable

    def page_out_order(self, machine: Machine, ranked: list[Invocation], chosen: dict[Invocation, bool]):
        """First those that could not run now anyway, then the rest, from the lowest up."""
        order = [i for i in reversed(ranked) if i.staying() > 0 and i not in chosen]
        return sorted(order, key=lambda i: i.demand <= machine.usable)

    def page_in_to_run(self, chosen: Iterable[Invocation]):
        for i in chosen:
            if i.resident < i.demand:
                self.decide({"type": "pageIn", "id": i.id, "memory": i.demand - i.resident})
                self.change(i, resident=i.demand)

    def start_highest(self, chosen: Iterable[Invocation]):
        for i in chosen:
            if i.phase == "ready":
                self.change(i, phase="running")
                self.decide({"type": "start", "id": i.id})

    # ---- Where paging takes time: what one disk, which moves one chunk at a time, does about all that ----------------

    def settle_in_time(self, machine: Machine, ranked: list[Invocation], chosen: dict[Invocation, bool], chunk: int):
        """As far as it goes now. Who will run is settled: the disk only carries it out, and each `paged` goes on."""
        self.grant_to_run(machine, chosen)
        over = self.over(machine, chosen)
        order = self.page_out_order(machine, ranked, chosen)
        run = self.run_now(machine, ranked, chosen, self.victims(order, over))
        self.preempt_outranked(ranked, run)
        if machine.moving == 0 and not self.begin_page_in(machine, chosen, chunk) and order:
            self.begin_page_out(machine, order[0], min(over, chunk))
        self.start_highest(run)

    def room(self, machine: Machine):
        """RAM that nobody holds. A chunk of one that was killed is in no account but the machine's."""
        dying = machine.moving if machine.owner is None else 0
        return max(0, machine.usable - sum(i.resident for i in machine.live) - dying)

    def grant_to_run(self, machine: Machine, chosen: Iterable[Invocation]):
        """Memory that was never anywhere needs no disk, only room that nobody better lacks."""
        share = self.room(machine)
        for i in chosen:
            memory, lack = min(i.fresh, share), i.lack()
            if memory > 0:
                i.fresh -= memory
                self.change(i, resident=i.resident + memory)
                self.decide({"type": "allocate", "id": i.id, "memory": memory})
            share -= lack

    def victims(self, order: list[Invocation], over: int):
        """The first of the order that have what is over-committed: they must not run, or it could not go out."""
        victims = set()
        for i in order:
            if over <= 0:
                break
            victims.add(i)
            over -= i.staying()
        return victims

    def run_now(
        self, machine: Machine, ranked: list[Invocation], chosen: dict[Invocation, bool], victims: set[Invocation]
    ):
        """Those of the chosen that are wholly in RAM. Others borrow the cores of those that are not."""
        whole = [i for i in ranked if i.staying() == i.demand and i.phase != "blocked"]
        fillers = [i for i in whole if i not in chosen and i not in victims]
        return dict.fromkeys(([i for i in whole if i in chosen] + fillers)[: machine.cores], True)

    def begin_page_in(self, machine: Machine, chosen: Iterable[Invocation], chunk: int):
        """For the best that has anything in swap, and for nobody else."""
        share = self.room(machine)
        for i in chosen:
            if i.swapped() > 0:
                memory = min(i.swapped(), share, chunk)
                if memory <= 0:
                    return False
                i.incoming = memory
                self.change(i, resident=i.resident + memory)  # its room is held from now on
                self.decide({"type": "pageIn", "id": i.id, "memory": memory})
                machine.moving, machine.owner = memory, i
                return True
            share -= i.lack()
        return False

    def begin_page_out(self, machine: Machine, i: Invocation, most: int):
        memory = min(most, i.staying(), machine.swap - sum(other.swapped() for other in machine.live))
        if memory > 0:
            i.outgoing = memory  # in RAM and in swap until it has arrived
            self.decide({"type": "pageOut", "id": i.id, "memory": memory})
            machine.moving, machine.owner = memory, i

    def end_transfer(self, machine: Machine):
        i = machine.owner
        if i is not None:
            self.change(i, resident=i.resident - i.outgoing)
            i.incoming = i.outgoing = 0
        machine.moving, machine.owner = 0, None
        self.disturb(machine.number)

    # ---- Idle lists ------------------------------------------------------------------------------------------------

    def idle_list_true(self, machine: Machine):
        """A machine with enough memory is on one list, one with too little on none, and an entry is never far off."""
        idle, number, shard = self.config["idle"], machine.number, machine.shard
        available, functions = machine.available(), len(machine.live)
        if shard is None:
            if machine.status == "up" and available >= idle["enter"] and "idle-lists" not in self.without:
                polled = self.sample(range(self.config["shards"]), self.config["kShards"])
                shard = machine.shard = min(polled, key=lambda s: (len(self.shards[s].idle), s))
                self.shards[shard].idle[number] = [available, functions]
                self.decide(
                    {
                        "type": "list",
                        "machine": number,
                        "shard": shard,
                        "available": available,
                        "functions": functions,
                        "polled": polled,
                    }
                )
            return
        entry = self.shards[shard].idle[number]
        if machine.status != "up" or available < idle["leave"]:
            self.decide({"type": "unlist", "machine": number, "shard": shard})
            del self.shards[shard].idle[number]
            machine.shard = None
        elif abs(available - entry[0]) >= idle["memoryDrift"] or abs(functions - entry[1]) >= idle["functionsDrift"]:
            self.shards[shard].idle[number] = [available, functions]
            self.decide(
                {
                    "type": "relist",
                    "machine": number,
                    "shard": shard,
                    "available": available,
                    "functions": functions,
                }
            )

    # ---- What is metered -------------------------------------------------------------------------------------------

    def change(self, i: Invocation, phase: Phase | None = None, resident: int | None = None):
        """Every change of what one uses: what it has used until now is added up first, then the rate moves."""
        i.cpu_ms, i.mb_ms = self.used_by(i, self.now)
        i.metered_at = self.now
        before = self.cost_per_ms(i)
        i.phase = i.phase if phase is None else phase
        i.resident = i.resident if resident is None else resident
        account = self.accounts[i.tenant]
        if account is not None:
            account.update(self.now)
            account.rate += self.cost_per_ms(i) - before

    def cost_per_ms(self, i: Invocation):
        return self.prices[i.cls] * (i.phase == "running") + i.resident * self.memory_price

    def used_by(self, i: Invocation, at: int):
        elapsed = at - i.metered_at
        return i.cpu_ms + elapsed * (i.phase == "running"), i.mb_ms + elapsed * i.resident

    def bill_exact(self, i: Invocation) -> xt.Bill:
        """What this attempt costs: time on a core at the price of the effective class, and MB in RAM × ms."""
        cpu_ms, mb_ms = self.used_by(i, self.now)
        cost = cpu_ms * self.prices[i.cls] + mb_ms * self.memory_price
        if max(mb_ms, cost) > MAX_EXACT:
            raise Impossible(f"the bill of invocation {i.id} would be more than can be said")
        return {"cpuMs": cpu_ms, "mbMs": mb_ms, "cost": cost}

    # ---- What is impossible ----------------------------------------------------------------------------------------

    def is_possible(self, at: int, s: xt.Stimulus) -> bool:
        """Whether a stimulus can happen in this state. Numbers in it may be anything."""
        if not (is_whole(at) and at >= self.now and self.booted != (s["type"] == "boot")):
            return False
        if PARTS.get(s["type"]) in self.without:
            return False
        if s["type"] == "boot" or s["type"] == "tick":
            return True
        if s["type"] == "submit":
            return self.is_new(s) and is_index(s["tenant"], self.accounts)
        if s["type"] == "call":
            return self.is_new(s) and self.runs(s["caller"])
        if s["type"] == "turn" or s["type"] == "restart":
            return is_index(s["shard"], range(self.config["shards"]))
        if s["type"] == "finish":
            return self.runs(s["id"])
        if s["type"] == "resize":
            least = self.invocations[s["id"]].demand if "shrink" in self.without and self.runs(s["id"]) else 1
            return self.runs(s["id"]) and is_whole(s["demand"], least) and self.demand_with(s) <= MAX_EXACT
        if s["type"] == "antagonist":
            return self.machine_is(s["machine"], "up", "draining") and is_whole(s["memory"])
        if s["type"] == "drain":
            return self.machine_is(s["machine"], "up")
        if s["type"] == "crash":
            return self.machine_is(s["machine"], "up", "draining")
        if s["type"] == "paged":
            return is_index(s["machine"], self.machines) and self.machines[s["machine"]].moving > 0
        if s["type"] == "join":
            is_free = s["machine"] == len(self.machines) or self.machine_is(s["machine"], "down")
            may_swap = s["swap"] == 0 or "swap" not in self.without
            return is_free and is_whole(s["cores"], 1) and is_whole(s["ram"], 1) and is_whole(s["swap"]) and may_swap
        if s["type"] == "timeout":
            return "timeouts" in self.config.get("words", []) and s["id"] in self.invocations
        return False

    def is_new(self, s: xt.Submit | xt.Call):
        is_target = is_index(s["class"], self.prices) and is_index(s["shard"], range(self.config["shards"]))
        return is_target and is_whole(s["id"]) and s["id"] not in self.used

    def runs(self, id: int):
        return id in self.invocations and self.invocations[id].phase == "running"

    def machine_is(self, number: int, *statuses: Status):
        return is_index(number, self.machines) and self.machines[number].status in statuses

    def demand_with(self, s: xt.Resize):
        i = self.invocations[s["id"]]
        return self.machine_of(i).demand() - i.demand + s["demand"]

    # ---- Sums that leave the exact numbers -------------------------------------------------------------------------

    def sums_are_small(self, at: int):
        """Whether no bill, spending or demand can be beyond the exact numbers yet, whatever happens in this step."""
        return max(at * self.most_per_ms, self.most_demand) <= MAX_EXACT

    def check_spending(self, at: int):
        for account in self.accounts:
            if account is not None and account.most_spent(at) > MAX_EXACT:
                raise Impossible("a tenant would have spent more than can be said")


def is_whole(value: object, least=0):
    return type(value) is int and least <= value <= MAX_EXACT


def is_index(value: int, of: Sized):
    return is_whole(value) and value < len(of)


# ---- Lines in and out ----------------------------------------------------------------------------------------------

encode = json.JSONEncoder(separators=(",", ":"), ensure_ascii=False).encode


def answer(xx: XX, message: xt.TimedStimulus) -> xt.Answer:
    try:
        return xx.step(message["at"], message["stimulus"])
    except Impossible as refusal:
        return {"impossible": str(refusal)}


def serve(source: int, sink: int):
    """Answers line by line. The answers to all the lines that have come at once leave at once, and always before it
    waits for more: so whoever sends a line and waits gets its answer, and whoever sends thousands is not held up.
    """
    xx, rest = None, b""
    while chunk := os.read(source, 1 << 16):
        *lines, rest = (rest + chunk).split(b"\n")
        answers = []
        for line in lines:
            message: xt.Header | xt.TimedStimulus = json.loads(line)
            if "format" in message:
                xx = XX(message["config"])  # a header has no answer
            elif xx is not None:
                answers.append(encode(answer(xx, message)) + "\n")
        write_all(sink, "".join(answers).encode())


def write_all(sink: int, data: bytes):
    while data:
        data = data[os.write(sink, data) :]


if __name__ == "__main__":
    options = argparse.ArgumentParser(description="XX, behind the protocol of docs/protocol.md.")
    options.add_argument("--fault", choices=["retry-forgets-the-caller"], help="do this wrong")
    XX.fault = options.parse_args().fault
    hello: xt.Hello = {"hello": "XX in Python"}  # it lacks nothing
    write_all(sys.stdout.fileno(), (encode(hello) + "\n").encode())
    serve(sys.stdin.fileno(), sys.stdout.fileno())
