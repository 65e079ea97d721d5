#!/usr/bin/env python3
"""XX, whole, in one file: a scheduler that speaks the protocol of docs/protocol.md, and needs nothing but Python 3.9.

    npx xx fuzz --runs 1000 --seed 1 --exec 'python3 docs/examples/python/xx_scheduler.py'

Read it from top to bottom: what there is, what each stimulus does, what a shard decides, what a machine decides, what
is metered, what is impossible, and last the lines in and out. A function that keeps one of the rules in docs/rules.md
has its name. `--fault=retry-forgets-the-caller` turns on a fault, for the suite to find.
"""

import argparse
import json
import os
import pickle
import random
import sys
from collections import defaultdict, deque

MAX_EXACT = 2**53 - 1  # Python counts on, but the numbers of a file end here.
OF_FAULTS = ("join", "drain", "crash", "restart")  # stimuli of the part `faults`, which may be left out


class Impossible(Exception):
    """The stimulus cannot happen in this state. Nothing has changed."""


# ---- What there is -------------------------------------------------------------------------------------------------


class Invocation:
    def __init__(self, id, tenant, asked, cls, degraded, shard, now):
        self.id, self.tenant, self.asked, self.shard = id, tenant, asked, shard
        self.cls, self.degraded = cls, degraded  # the effective class, by which it is queued, ranked and billed
        self.phase = "queued"  # then ready, running or blocked; one that has ended is forgotten
        self.enqueued_at, self.attempt = now, 1
        self.caller = self.callee = None  # the ids of the one that waits for it, and of the one that it waits for
        self.machine = None
        self.demand = self.resident = 0  # MB; what is not resident is in swap
        self.cpu_ms = self.mb_ms = 0  # of this attempt, until metered_at
        self.metered_at = now


class Machine:
    def __init__(self, number, cores, ram, swap):
        self.number, self.cores, self.ram, self.swap = number, cores, ram, swap
        self.usable = ram  # what the antagonist leaves of it; RAM′ in the rules
        self.status = "up"  # or draining, or down
        self.live = []  # in order of arrival
        self.shard = None  # the one on whose idle list it is

    def demand(self):
        return sum(i.demand for i in self.live)

    def available(self):
        return max(0, self.usable - self.demand())

    def ranked(self):
        """Best first: the higher class, then not blocked before blocked, then (the sort is stable) by arrival."""
        return sorted(self.live, key=lambda i: (-i.cls, i.phase == "blocked"))


class Shard:
    def __init__(self):
        self.queues = defaultdict(deque)  # by effective class
        self.idle = {}  # machine number → [available, functions]


class Account:
    """What a tenant with a budget has spent in its period. Its rate changes seldom, so it is added up only then."""

    def __init__(self, budget, period, burst_percent):
        self.budget, self.period, self.burst_percent = budget, period, burst_percent
        self.started_at = self.updated_at = self.spent = self.rate = 0

    def update(self, now):
        if now - self.started_at < self.period:
            self.spent += self.rate * (now - self.updated_at)
        else:
            self.started_at = now - now % self.period
            self.spent = self.rate * (now - self.started_at)
        self.updated_at = now

    def most_spent(self, now):
        """The most that was spent in any one period, from the last update until now."""
        end = self.started_at + self.period
        if now < end:
            return self.spent + self.rate * (now - self.updated_at)
        return max(self.spent + self.rate * (end - self.updated_at), self.rate * min(self.period, now - end))


class XX:
    fault = None

    def __init__(self, config):
        self.config = config
        self.prices = [c["price"] for c in config["classes"]]
        self.memory_price = config["memoryPrice"]
        self.without = config.get("without", ())  # parts of XX that whoever asks leaves out
        self.accounts = [
            None if t["budget"] is None else Account(t["budget"], t["period"], t["burstPercent"])
            for t in config["tenants"]
        ]
        self.random = random.Random(config["seed"])
        self.now = 0
        self.booted = False
        self.invocations = {}  # those that live, by id
        self.used = set()  # every id there ever was
        self.shards = defaultdict(Shard)  # there may be 200,000, most of them idle
        self.machines = []
        self.most_per_ms = self.most_demand = 0
        for m in config["machines"]:
            self.add_machine(len(self.machines), m["cores"], m["ram"], m["swap"])
        self.decisions = []
        self.unsettled = set()  # machines on which somebody may have to run, stop, move or die
        self.touched = set()  # machines whose entry on an idle list may be wrong

    def add_machine(self, number, cores, ram, swap):
        self.machines[number : number + 1] = [Machine(number, cores, ram, swap)]
        # For `sums_are_small`: the most that can be spent on it in a ms, and be demanded of it.
        self.most_per_ms += cores * self.prices[-1] + ram * max(1, self.memory_price)
        self.most_demand = max(self.most_demand, ram + swap + self.config["initialMemory"])

    def decide(self, type, **fields):
        self.decisions.append({"type": type, **fields})

    # ---- A step: the answer, then every machine, then the idle lists -----------------------------------------------

    def step(self, at, stimulus):
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

    def play(self, at, stimulus):
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

    def on_boot(self, _):
        self.booted = True
        self.touched.update(range(len(self.machines)))

    def on_submit(self, s):
        verdict = self.admit(s["tenant"])
        if verdict == "throttled":
            self.used.add(s["id"])
            return self.decide("throttle", id=s["id"])
        degraded = verdict == "degraded"
        self.enqueue_new(s, s["tenant"], 0 if degraded else s["class"], degraded)

    def on_call(self, s):
        caller = self.invocations[s["caller"]]
        callee = self.enqueue_new(s, caller.tenant, self.inherit(caller, s["class"]), caller.degraded)
        caller.callee, callee.caller = callee.id, caller.id
        self.change(caller, phase="blocked")
        self.unsettled.add(caller.machine)

    def on_turn(self, s):
        shard = self.shards[s["shard"]]
        if any(shard.queues.values()) and any(m.status == "up" for m in self.machines):
            self.place(s["shard"], shard)

    def on_resize(self, s):
        i = self.invocations[s["id"]]
        i.demand = s["demand"]
        self.change(i, resident=i.demand)  # it runs, so all of it is in RAM, and so is what it grows by
        self.disturb(i.machine)

    def on_finish(self, s):
        i = self.invocations[s["id"]]
        self.decide("complete", id=i.id, bill=self.bill_exact(i))
        self.end(i, "ok")

    def on_antagonist(self, s):
        machine = self.machines[s["machine"]]
        machine.usable = max(0, machine.ram - s["memory"])
        self.disturb(machine.number)

    def on_join(self, s):
        self.add_machine(s["machine"], s["cores"], s["ram"], s["swap"])
        self.touched.add(s["machine"])

    def on_drain(self, s):
        machine = self.machines[s["machine"]]
        machine.status = "draining" if machine.live else "down"
        self.touched.add(machine.number)

    def on_crash(self, s):
        machine = self.machines[s["machine"]]
        lost = sorted(machine.live, key=lambda i: i.id)
        machine.status = "down"
        self.touched.add(machine.number)
        # All are lost together: before the first is answered, none of them waits for anybody.
        for i in lost:
            self.depart(i)
            self.orphan_callee(i)
        for i in lost:
            self.retry(i)

    def on_restart(self, s):
        shard = self.shards[s["shard"]]
        for number in shard.idle:
            self.machines[number].shard = None
        self.touched.update(shard.idle)
        shard.idle.clear()

    def on_tick(self, _):
        pass  # But time has passed.

    on_timeout = on_tick  # XX lets one whose client has given up go on.

    # ---- How invocations come in, and end --------------------------------------------------------------------------

    def admit(self, tenant):
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

    def inherit(self, caller, asked):
        """Nobody waits for one of a lower class. In a degraded chain nobody rises, either."""
        return caller.cls if caller.degraded else max(caller.cls, asked)

    def enqueue_new(self, s, tenant, cls, degraded):
        i = Invocation(s["id"], tenant, s["class"], cls, degraded, s["shard"], self.now)
        self.invocations[i.id] = i
        self.used.add(i.id)
        self.enqueue(i)
        return i

    def enqueue(self, i):
        self.shards[i.shard].queues[i.cls].append(i)
        self.decide("enqueue", id=i.id, shard=i.shard, **{"class": i.cls}, degraded=i.degraded)

    def retry(self, i):
        """One that a crash has lost is queued again as it was, until it has had all its attempts."""
        if i.attempt == self.config["maxAttempts"]:
            self.decide("kill", id=i.id, reason="attempts", bill={"cpuMs": 0, "mbMs": 0, "cost": 0})
            return self.end(i, "failed")
        if self.fault == "retry-forgets-the-caller" and not i.degraded:
            i.cls = i.asked  # wrong: whoever waits for it may be of a higher class
        i.attempt += 1
        i.enqueued_at = self.now
        self.enqueue(i)

    def end(self, i, outcome):
        """Forgets one that has its bill, and wakes its caller."""
        if i.machine is not None:
            self.depart(i)
        self.orphan_callee(i)
        del self.invocations[i.id]
        if i.caller is not None:
            self.wake_caller(self.invocations[i.caller], outcome)

    def wake_caller(self, caller, outcome):
        """It goes to the end of the line on its machine, as one that has slept."""
        self.decide("wake", id=caller.id, outcome=outcome)
        caller.callee = None
        caller.phase = "ready"
        live = self.machines[caller.machine].live
        live.remove(caller)
        live.append(caller)
        self.unsettled.add(caller.machine)

    def orphan_callee(self, i):
        """The one that `i` waits for goes on, and wakes nobody."""
        if i.callee is not None:
            self.invocations[i.callee].caller = None
            i.callee = None

    def depart(self, i):
        machine = self.machines[i.machine]
        self.change(i, phase="queued", resident=0)
        machine.live.remove(i)
        i.machine, i.demand = None, 0
        if machine.status == "draining" and not machine.live:
            machine.status = "down"
        self.disturb(machine.number)

    def disturb(self, number):
        self.unsettled.add(number)
        self.touched.add(number)

    # ---- What a shard decides: whom to place, and where ------------------------------------------------------------

    def place(self, number, shard):
        i = self.place_greatest(shard)
        machine, how = self.place_least_loaded(shard)
        if machine.demand() + self.config["initialMemory"] > MAX_EXACT:
            raise Impossible(f"the demand on machine {machine.number} would be more than can be said")
        self.decide("place", id=i.id, shard=number, machine=machine.number, **how)
        if machine.number in shard.idle:
            shard.idle[machine.number][1] += 1  # the shard counts its own placements
        shard.queues[i.cls].popleft()
        machine.live.append(i)
        i.machine, i.demand = machine.number, self.config["initialMemory"]
        i.cpu_ms, i.mb_ms, i.metered_at = 0, 0, self.now
        self.change(i, phase="ready", resident=i.demand)
        self.disturb(machine.number)

    def place_greatest(self, shard):
        """Of the heads of the queues, the one with the greatest price × wait; among equals the highest class."""
        heads = [queue[0] for queue in shard.queues.values() if queue]
        return max(heads, key=lambda i: (self.prices[i.cls] * (self.now - i.enqueued_at), i.cls))

    def place_least_loaded(self, shard):
        """The machine with the fewest functions: by the idle list if it is not empty, else of those polled."""
        if shard.idle:
            best = min(shard.idle, key=lambda m: (shard.idle[m][1], -shard.idle[m][0], m))
            return self.machines[best], {"via": "idle-list"}
        up = [m.number for m in self.machines if m.status == "up"]
        polled = self.sample(up, self.config["kMachines"])
        best = min(polled, key=lambda m: (len(self.machines[m].live), m))
        return self.machines[best], {"via": "poll", "polled": polled}

    def sample(self, population, k):
        return self.random.sample(population, k) if k < len(population) else list(population)

    # ---- What a machine decides: who dies, who runs, and whose memory is in RAM ------------------------------------

    def settle(self, machine):
        self.kill_iff(machine)
        ranked = machine.ranked()
        chosen = self.will_run(machine, ranked)
        self.preempt_outranked(ranked, chosen)
        self.page_out_lowest(machine, ranked, chosen)
        self.page_in_to_run(chosen)
        self.start_highest(chosen)

    def kill_iff(self, machine):
        """First those that could never run here, then the lowest, while all together exceed RAM and swap."""
        space = machine.usable + machine.swap
        while machine.demand() > min(machine.ram, space):
            ranked = machine.ranked()
            oversized = [i for i in ranked if i.demand > min(machine.ram, space)]
            if oversized:
                self.kill(oversized[-1], "exceeds-machine")
            elif machine.demand() > space:
                self.kill(ranked[-1], "memory")
            else:
                return

    def kill(self, i, reason):
        self.decide("kill", id=i.id, reason=reason, bill=self.bill_exact(i))
        self.end(i, "failed")

    def will_run(self, machine, ranked):
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
                kept += i.resident
        return chosen

    def preempt_outranked(self, ranked, chosen):
        for i in reversed(ranked):
            if i.phase == "running" and i not in chosen:
                self.change(i, phase="ready")
                self.decide("preempt", id=i.id)

    def page_out_lowest(self, machine, ranked, chosen):
        """Makes room in RAM for those that will run, and no more: first of those that could not run now anyway, then of
        the rest, from the lowest up.
        """
        excess = sum(i.resident for i in ranked) + sum(i.demand - i.resident for i in chosen) - machine.usable
        if excess <= 0:
            return
        victims = [i for i in reversed(ranked) if i.resident > 0 and i not in chosen]
        victims.sort(key=lambda i: i.demand <= machine.usable)
        for i in victims:
            memory = min(excess, i.resident)
            if memory <= 0:
                return
            self.change(i, resident=i.resident - memory)
            self.decide("pageOut", id=i.id, memory=memory)
            excess -= memory

    def page_in_to_run(self, chosen):
        for i in chosen:
            if i.resident < i.demand:
                self.decide("pageIn", id=i.id, memory=i.demand - i.resident)
                self.change(i, resident=i.demand)

    def start_highest(self, chosen):
        for i in chosen:
            if i.phase == "ready":
                self.change(i, phase="running")
                self.decide("start", id=i.id)

    # ---- Idle lists ------------------------------------------------------------------------------------------------

    def idle_list_true(self, machine):
        """A machine with enough memory is on one list, one with too little on none, and an entry is never far off."""
        idle, available, functions = self.config["idle"], machine.available(), len(machine.live)
        if machine.shard is None:
            if machine.status == "up" and available >= idle["enter"] and "idle-lists" not in self.without:
                polled = self.sample(range(self.config["shards"]), self.config["kShards"])
                machine.shard = min(polled, key=lambda s: (len(self.shards[s].idle), s))
                self.write_entry("list", machine, available=available, functions=functions, polled=polled)
            return
        entry = self.shards[machine.shard].idle[machine.number]
        if machine.status != "up" or available < idle["leave"]:
            self.decide("unlist", machine=machine.number, shard=machine.shard)
            del self.shards[machine.shard].idle[machine.number]
            machine.shard = None
        elif abs(available - entry[0]) >= idle["memoryDrift"] or abs(functions - entry[1]) >= idle["functionsDrift"]:
            self.write_entry("relist", machine, available=available, functions=functions)

    def write_entry(self, type, machine, **figures):
        self.shards[machine.shard].idle[machine.number] = [figures["available"], figures["functions"]]
        self.decide(type, machine=machine.number, shard=machine.shard, **figures)

    # ---- What is metered -------------------------------------------------------------------------------------------

    def change(self, i, phase=None, resident=None):
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

    def cost_per_ms(self, i):
        return self.prices[i.cls] * (i.phase == "running") + i.resident * self.memory_price

    def used_by(self, i, at):
        elapsed = at - i.metered_at
        return i.cpu_ms + elapsed * (i.phase == "running"), i.mb_ms + elapsed * i.resident

    def bill_exact(self, i):
        """What this attempt costs: time on a core at the price of the effective class, and MB in RAM × ms."""
        cpu_ms, mb_ms = self.used_by(i, self.now)
        cost = cpu_ms * self.prices[i.cls] + mb_ms * self.memory_price
        if max(mb_ms, cost) > MAX_EXACT:
            raise Impossible(f"the bill of invocation {i.id} would be more than can be said")
        return {"cpuMs": cpu_ms, "mbMs": mb_ms, "cost": cost}

    # ---- What is impossible ----------------------------------------------------------------------------------------

    def is_possible(self, at, s):
        """Whether a stimulus can happen in this state."""
        kind = s["type"]
        if not (is_whole(at) and at >= self.now and self.booted != (kind == "boot")) or self.is_left_out(kind):
            return False
        if kind in ("boot", "tick"):
            return True
        if kind == "submit":
            return self.is_new(s) and is_index(s["tenant"], self.accounts)
        if kind == "call":
            return self.is_new(s) and self.runs(s["caller"])
        if kind in ("turn", "restart"):
            return is_index(s["shard"], range(self.config["shards"]))
        if kind == "finish":
            return self.runs(s["id"])
        if kind == "resize":
            least = self.invocations[s["id"]].demand if "shrink" in self.without and self.runs(s["id"]) else 1
            return self.runs(s["id"]) and is_whole(s["demand"], least) and self.demand_with(s) <= MAX_EXACT
        if kind == "antagonist":
            return self.machine_is(s, "up", "draining") and is_whole(s["memory"])
        if kind == "drain":
            return self.machine_is(s, "up")
        if kind == "crash":
            return self.machine_is(s, "up", "draining")
        if kind == "join":
            is_free = s["machine"] == len(self.machines) or self.machine_is(s, "down")
            may_swap = s["swap"] == 0 or "swap" not in self.without
            return is_free and is_whole(s["cores"], 1) and is_whole(s["ram"], 1) and is_whole(s["swap"]) and may_swap
        if kind == "timeout":
            return "timeouts" in self.config.get("words", []) and s["id"] in self.invocations
        return False

    def is_left_out(self, kind):
        part = {"call": "calls", "antagonist": "antagonists", **dict.fromkeys(OF_FAULTS, "faults")}.get(kind)
        return part in self.without

    def is_new(self, s):
        is_target = is_index(s["class"], self.prices) and is_index(s["shard"], range(self.config["shards"]))
        return is_target and is_whole(s["id"]) and s["id"] not in self.used

    def runs(self, id):
        return id in self.invocations and self.invocations[id].phase == "running"

    def machine_is(self, s, *statuses):
        return is_index(s["machine"], self.machines) and self.machines[s["machine"]].status in statuses

    def demand_with(self, s):
        i = self.invocations[s["id"]]
        return self.machines[i.machine].demand() - i.demand + s["demand"]

    # ---- Sums that leave the exact numbers -------------------------------------------------------------------------

    def sums_are_small(self, at):
        """Whether no bill, spending or demand can be beyond the exact numbers yet, whatever happens in this step."""
        return max(at * self.most_per_ms, self.most_demand) <= MAX_EXACT

    def check_spending(self, at):
        for account in self.accounts:
            if account is not None and account.most_spent(at) > MAX_EXACT:
                raise Impossible("a tenant would have spent more than can be said")


def is_whole(value, least=0):
    return type(value) is int and least <= value <= MAX_EXACT


def is_index(value, of):
    return is_whole(value) and value < len(of)


# ---- Lines in and out ----------------------------------------------------------------------------------------------

encode = json.JSONEncoder(separators=(",", ":"), ensure_ascii=False).encode


def answer(xx, message):
    try:
        return xx.step(message["at"], message["stimulus"])
    except Impossible as refusal:
        return {"impossible": str(refusal)}


def serve(source, sink):
    """Answers line by line. The answers to all the lines that have come at once leave at once, and always before it
    waits for more: so whoever sends a line and waits gets its answer, and whoever sends thousands is not held up.
    """
    xx, rest = None, b""
    while chunk := os.read(source, 1 << 16):
        *lines, rest = (rest + chunk).split(b"\n")
        answers = []
        for line in lines:
            message = json.loads(line)
            if "format" in message:
                xx = XX(message["config"])  # a header has no answer
            else:
                answers.append(encode(answer(xx, message)) + "\n")
        write_all(sink, "".join(answers).encode())


def write_all(sink, data):
    while data:
        data = data[os.write(sink, data) :]


if __name__ == "__main__":
    options = argparse.ArgumentParser(description="XX, behind the protocol of docs/protocol.md.")
    options.add_argument("--fault", choices=["retry-forgets-the-caller"], help="do this wrong")
    XX.fault = options.parse_args().fault
    hello = {"hello": "XX in Python", "without": ["paging"]}  # its pages move in no time
    write_all(sys.stdout.fileno(), (json.dumps(hello) + "\n").encode())
    serve(sys.stdin.fileno(), sys.stdout.fileno())
