#!/usr/bin/env python3
"""XX, part by part: each class adds one part to the one before. docs/implement.md goes through them.

    npx xx fuzz --exec 'python3 docs/examples/python/part_by_part.py swap'

tries a scheduler that has all parts up to `swap`; what it is without, it says in its first line.
"""

import argparse
import pickle
from collections import defaultdict
from types import SimpleNamespace

from first_part import Scheduler as FirstPart, new_machine, serve

MAX_EXACT = 2**53 - 1


# part: bills
class Bills(FirstPart):
    def place(self, i, machine, how):
        i.cpu_ms, i.mb_ms, i.metered_at = 0, 0, self.now
        super().place(i, machine, how)

    def change(self, i, **values):
        i.cpu_ms, i.mb_ms = self.used(i, self.now)
        i.metered_at = self.now
        super().change(i, **values)

    def used(self, i, at):
        elapsed = at - i.metered_at
        return i.cpu_ms + elapsed * (i.phase == "running"), i.mb_ms + elapsed * i.resident

    def bill(self, i):
        cpu_ms, mb_ms = self.used(i, self.now)
        cost = cpu_ms * self.price(i) + mb_ms * self.config["memoryPrice"]
        return {"cpuMs": cpu_ms, "mbMs": mb_ms, "cost": cost}


# part: refusals
class Refusals(Bills):
    def __init__(self, config):
        super().__init__(config)
        self.booted, self.used_ids = False, set()

    def answer(self, message):
        at, stimulus = message["at"], message["stimulus"]
        can = getattr(self, "can_" + stimulus["type"], None)
        if not (can and can(stimulus) and is_whole(at) and at >= self.now):
            return {"impossible": f"{stimulus['type']} is not possible now"}
        decisions = super().answer(message)
        self.booted = True
        self.used_ids.add(stimulus.get("id"))
        return decisions

    def can_boot(self, _):
        return not self.booted

    def can_tick(self, _):
        return self.booted

    def can_submit(self, s):
        return self.is_new(s) and is_index(s["tenant"], self.config["tenants"])

    def is_new(self, s):
        is_target = is_index(s["class"], self.config["classes"]) and is_index(s["shard"], range(self.config["shards"]))
        return is_target and is_whole(s["id"]) and s["id"] not in self.used_ids

    def can_turn(self, s):
        return is_index(s["shard"], range(self.config["shards"]))

    def can_resize(self, s):
        return self.runs(s["id"]) and is_whole(s["demand"], self.invocations[s["id"]].demand)

    def can_finish(self, s):
        return self.runs(s["id"])

    def runs(self, id):
        return id in self.invocations and self.invocations[id].phase == "running"


def is_whole(value, least=0):
    return type(value) is int and least <= value <= MAX_EXACT


def is_index(value, of):
    return is_whole(value) and value < len(of)


# part: shrink
class Shrink(Refusals):
    def can_resize(self, s):
        return self.runs(s["id"]) and is_whole(s["demand"], 1)


# part: antagonists
class Antagonists(Shrink):
    def can_antagonist(self, s):
        return is_index(s["machine"], self.machines) and is_whole(s["memory"])

    def on_antagonist(self, s):
        machine = self.machines[s["machine"]]
        machine.usable = max(0, machine.ram - s["memory"])


# part: calls
class Calls(Antagonists):
    def create(self, s, tenant, cls, degraded):
        i = super().create(s, tenant, cls, degraded)
        i.caller = i.callee = None
        return i

    def can_call(self, s):
        return self.is_new(s) and self.runs(s["caller"])

    def on_call(self, s):
        caller = self.invocations[s["caller"]]
        cls = caller.cls if caller.degraded else max(caller.cls, s["class"])
        callee = self.create(s, caller.tenant, cls, caller.degraded)
        caller.callee, callee.caller = callee.id, caller.id
        self.change(caller, phase="blocked")
        self.enqueue(callee)

    def ranked(self, machine):
        return sorted(machine.live, key=lambda i: (-i.cls, i.phase == "blocked"))

    def end(self, i, outcome):
        super().end(i, outcome)
        self.orphan_callee(i)
        if i.caller is not None:
            self.wake(self.invocations[i.caller], outcome)

    def orphan_callee(self, i):
        if i.callee is not None:
            self.invocations[i.callee].caller = i.callee = None

    def will_run(self, machine, ranked):
        return super().will_run(machine, [i for i in ranked if i.phase != "blocked"])

    def wake(self, i, outcome):
        self.decide("wake", id=i.id, outcome=outcome)
        i.callee = None
        self.change(i, phase="ready")
        i.machine.live.remove(i)
        i.machine.live.append(i)


# part: idle-lists
class IdleLists(Calls):
    def __init__(self, config):
        super().__init__(config)
        self.lists = defaultdict(dict)  # by shard: machine number → [available, functions]

    def least_loaded(self, shard):
        entries = self.lists[shard]
        if not entries:
            return super().least_loaded(shard)
        best = min(entries, key=lambda number: entries[number][1])
        entries[best][1] += 1  # the shard counts its own placements
        return self.machines[best], {"via": "idle-list"}

    def step(self, at, stimulus):
        super().step(at, stimulus)
        for machine in self.machines:
            self.update_entry(machine)
        return self.decisions

    def update_entry(self, machine):
        idle, functions = self.config["idle"], len(machine.live)
        available = max(0, machine.usable - sum(i.demand for i in machine.live))
        shard = next((shard for shard, entries in self.lists.items() if machine.number in entries), None)
        if shard is None:
            if machine.status == "up" and available >= idle["enter"]:
                polled = list(range(min(self.config["shards"], self.config["kShards"])))
                shard = min(polled, key=lambda s: len(self.lists[s]))
                self.write_entry("list", machine, shard, available=available, functions=functions, polled=polled)
            return
        entry = self.lists[shard][machine.number]
        if not machine.status == "up" or available < idle["leave"]:
            del self.lists[shard][machine.number]
            self.decide("unlist", machine=machine.number, shard=shard)
        elif abs(available - entry[0]) >= idle["memoryDrift"] or abs(functions - entry[1]) >= idle["functionsDrift"]:
            self.write_entry("relist", machine, shard, available=available, functions=functions)

    def write_entry(self, type, machine, shard, **figures):
        self.lists[shard][machine.number] = [figures["available"], figures["functions"]]
        self.decide(type, machine=machine.number, shard=shard, **figures)


# part: swap
class Swap(IdleLists):
    def kill_what_does_not_fit(self, machine):
        space = machine.usable + self.swap_for_demand(machine)
        while machine.live:
            ranked = self.ranked(machine)
            oversized = [i for i in ranked if i.demand > min(machine.ram, space)]
            if not oversized and sum(i.demand for i in ranked) <= space:
                return
            victim, reason = (oversized[-1], "exceeds-machine") if oversized else (ranked[-1], "memory")
            self.kill(victim, reason)

    def swap_for_demand(self, machine):
        return machine.swap

    def settle(self, machine):
        ranked = self.ranked(machine)
        chosen = self.will_run(machine, ranked)
        self.preempt_all_but(chosen, machine)
        self.page_out(machine, ranked, chosen)
        self.page_in(chosen)
        self.start(chosen)

    def will_run(self, machine, ranked):
        chosen, room, kept, cls = [], machine.usable, 0, None
        for i in ranked:
            if i.cls != cls:  # what was passed over in the classes above keeps its RAM from this one
                room, kept, cls = room - kept, 0, i.cls
            if i.phase != "blocked" and i.demand <= room and len(chosen) < machine.cores:
                chosen.append(i)
                room -= i.demand
            elif i.demand <= machine.usable:  # one larger than all that is left cannot run, and keeps nothing
                kept += self.kept(i)
        return chosen

    def kept(self, i):
        return i.resident

    def page_out(self, machine, ranked, chosen):
        excess = self.excess(machine, ranked, chosen)
        for i in self.page_out_order(machine, ranked, chosen):
            memory = min(excess, i.resident)
            if memory > 0:
                self.change(i, resident=i.resident - memory)
                self.decide("pageOut", id=i.id, memory=memory)
                excess -= memory

    def excess(self, machine, ranked, chosen):
        return sum(i.demand if i in chosen else self.kept(i) for i in ranked) - machine.usable

    def page_out_order(self, machine, ranked, chosen):
        others = [i for i in reversed(ranked) if i not in chosen]
        return sorted(others, key=lambda i: i.demand <= machine.usable)

    def page_in(self, chosen):
        for i in chosen:
            if i.resident < i.demand:
                self.decide("pageIn", id=i.id, memory=i.demand - i.resident)
                self.change(i, resident=i.demand)


# part: faults
class Faults(Swap):
    def create(self, s, tenant, cls, degraded):
        i = super().create(s, tenant, cls, degraded)
        i.attempt = 1
        return i

    def has_status(self, s, *statuses):
        return is_index(s["machine"], self.machines) and self.machines[s["machine"]].status in statuses

    def can_antagonist(self, s):
        return self.has_status(s, "up", "draining") and super().can_antagonist(s)

    def can_join(self, s):
        is_free = s["machine"] == len(self.machines) or self.has_status(s, "down")
        return is_free and is_whole(s["cores"], 1) and is_whole(s["ram"], 1) and is_whole(s["swap"])

    def on_join(self, s):
        size = {"cores": s["cores"], "ram": s["ram"], "swap": s["swap"]}
        self.machines[s["machine"] : s["machine"] + 1] = [new_machine(s["machine"], size)]

    def can_drain(self, s):
        return self.has_status(s, "up")

    def on_drain(self, s):
        machine = self.machines[s["machine"]]
        machine.status = "draining" if machine.live else "down"

    def depart(self, i):
        machine = i.machine
        if machine is None:  # it is queued
            return
        super().depart(i)
        if machine.status == "draining" and not machine.live:
            machine.status = "down"

    def can_crash(self, s):
        return self.has_status(s, "up", "draining")

    def on_crash(self, s):
        machine = self.machines[s["machine"]]
        machine.status = "down"
        lost = sorted(machine.live, key=lambda i: i.id)
        for i in lost:  # all are lost together: before the first is answered, none of them waits for anybody
            self.depart(i)
            self.orphan_callee(i)
        for i in lost:
            self.retry(i)

    def retry(self, i):
        if i.attempt == self.config["maxAttempts"]:
            self.decide("kill", id=i.id, reason="attempts", bill={"cpuMs": 0, "mbMs": 0, "cost": 0})
            self.end(i, "failed")
        else:
            i.attempt += 1
            self.enqueue(i)

    def on_turn(self, s):
        if any(machine.status == "up" for machine in self.machines):
            super().on_turn(s)

    def can_restart(self, s):
        return self.can_turn(s)

    def on_restart(self, s):
        self.lists.pop(s["shard"], None)


# part: budgets
class Budgets(Faults):
    def __init__(self, config):
        super().__init__(config)
        self.accounts = [
            None if t["budget"] is None else SimpleNamespace(**t, since=0, updated_at=0, spent=0, rate=0)
            for t in config["tenants"]
        ]

    def on_submit(self, s):
        account = self.accounts[s["tenant"]]
        if account is None:
            return super().on_submit(s)
        self.update(account)
        if account.spent >= account.budget:
            return self.decide("throttle", id=s["id"])
        # Ahead of its pace: spent > budget · elapsed / period + budget · burst / 100, without the fractions.
        pace = account.budget * (100 * (self.now - account.since) + account.burstPercent * account.period)
        degraded = account.spent * 100 * account.period > pace
        self.enqueue(self.create(s, s["tenant"], 0 if degraded else s["class"], degraded))

    def change(self, i, **values):
        account, before = self.accounts[i.tenant], self.cost_per_ms(i)
        super().change(i, **values)
        if account is not None:
            self.update(account)
            account.rate += self.cost_per_ms(i) - before

    def cost_per_ms(self, i):
        return self.price(i) * (i.phase == "running") + i.resident * self.config["memoryPrice"]

    def update(self, account):
        """Adds up what was spent at the same rate until now. A period that has ended is forgotten."""
        start = self.now - self.now % account.period
        if start > account.since:
            account.since = account.updated_at = start
            account.spent = 0
        account.spent += account.rate * (self.now - account.updated_at)
        account.updated_at = self.now


# part: paging
class Paging(Budgets):
    def __init__(self, config):
        super().__init__(config)
        self.paging = config.get("paging")  # if there is none, memory moves at once
        self.disks = defaultdict(new_disk)  # by machine number

    def create(self, s, tenant, cls, degraded):
        i = super().create(s, tenant, cls, degraded)
        i.fresh = i.incoming = i.outgoing = 0  # asked for and nowhere yet; what the disk moves
        return i

    def place(self, i, machine, how):
        super().place(i, machine, how)
        if self.paging:
            i.fresh = i.demand
            self.change(i, resident=0)

    def on_resize(self, s):
        i = self.invocations[s["id"]]
        before = i.demand
        super().on_resize(s)
        if self.paging and i.demand > before:
            i.fresh = i.demand - before
            self.change(i, resident=before)

    def swap_for_demand(self, machine):
        return max(0, machine.swap - self.paging["reserve"]) if self.paging else machine.swap

    def kept(self, i):
        return i.resident - i.outgoing  # what it will have in RAM when the disk is done

    def settle(self, machine):
        if not self.paging:
            return super().settle(machine)
        ranked, disk = self.ranked(machine), self.disks[machine.number]
        chosen = self.will_run(machine, ranked)
        self.allocate(chosen, self.room(machine, disk))
        over = self.excess(machine, ranked, chosen)
        order = [i for i in self.page_out_order(machine, ranked, chosen) if staying(i) > 0]
        run = self.run_now(machine, ranked, chosen, victims(order, over))
        self.preempt_all_but(run, machine)
        if disk.mb == 0 and not self.begin_page_in(disk, chosen, self.room(machine, disk)) and order:
            in_swap = sum(i.demand - i.resident - i.fresh for i in machine.live)
            self.begin_page_out(disk, order[0], min(over, machine.swap - in_swap))
        self.start(run)

    def room(self, machine, disk):
        dying = disk.mb if disk.owner is None else 0
        return max(0, machine.usable - sum(i.resident for i in machine.live) - dying)

    def allocate(self, chosen, share):
        for i in chosen:
            memory, lack = min(i.fresh, share), i.demand - self.kept(i)
            if memory > 0:
                i.fresh -= memory
                self.change(i, resident=i.resident + memory)
                self.decide("allocate", id=i.id, memory=memory)
            share -= lack  # a lower one has only what the better ones do not lack

    def run_now(self, machine, ranked, chosen, victims):
        whole = [i for i in ranked if i.phase != "blocked" and staying(i) == i.demand]
        fillers = [i for i in whole if i not in chosen and i not in victims]  # on cores of those that wait
        return ([i for i in whole if i in chosen] + fillers)[: machine.cores]

    def begin_page_in(self, disk, chosen, share):
        for i in chosen:
            swapped = i.demand - i.resident - i.fresh
            if swapped > 0:
                memory = min(swapped, share, self.paging["chunk"])
                if memory > 0:
                    i.incoming = disk.mb = memory
                    disk.owner = i
                    self.change(i, resident=i.resident + memory)
                    self.decide("pageIn", id=i.id, memory=memory)
                return memory > 0
            share -= i.demand - self.kept(i)
        return False

    def begin_page_out(self, disk, i, most):
        memory = min(most, staying(i), self.paging["chunk"])
        if memory > 0:
            i.outgoing = disk.mb = memory
            disk.owner = i
            self.decide("pageOut", id=i.id, memory=memory)

    def can_paged(self, s):
        return self.has_status(s, "up", "draining") and self.disks[s["machine"]].mb > 0

    def on_paged(self, s):
        disk = self.disks.pop(s["machine"])
        if disk.owner is not None:
            self.change(disk.owner, resident=disk.owner.resident - disk.owner.outgoing)
            disk.owner.incoming = disk.owner.outgoing = 0

    def depart(self, i):
        super().depart(i)
        i.fresh = i.incoming = i.outgoing = 0
        for disk in self.disks.values():
            if disk.owner is i:
                disk.owner = None  # its chunk goes on, for nobody

    def on_join(self, s):
        super().on_join(s)
        self.disks.pop(s["machine"], None)  # one that was down has forgotten what it moved


def new_disk():
    return SimpleNamespace(mb=0, owner=None)


def staying(i):
    return i.resident - i.incoming - i.outgoing


def victims(order, over):
    """The first that have what is over-committed: they must not run, or it could not go out."""
    taken = []
    for i in order:
        if over > 0:
            taken.append(i)
            over -= staying(i)
    return taken


# part: overflow
class Overflow(Paging):
    def answer(self, message):
        try:
            return super().answer(message)
        except OverflowError as refusal:
            return {"impossible": str(refusal)}

    def step(self, at, stimulus):
        for account in filter(None, self.accounts):
            check(self.most_spent(account, at))
        if self.sums_are_small(at):
            return super().step(at, stimulus)
        backup = pickle.dumps(vars(self))
        try:
            return super().step(at, stimulus)
        except OverflowError:
            vars(self).update(pickle.loads(backup))
            raise

    def most_spent(self, account, at):
        """In any one period since the last update."""
        end = account.since + account.period
        until_end = account.spent + account.rate * (min(at, end) - account.updated_at)
        return max(until_end, account.rate * min(account.period, max(0, at - end)))

    def sums_are_small(self, at):
        """Whether no bill and no demand can be too large, whoever ends or is placed in this step."""
        self.most_ram = max([getattr(self, "most_ram", 0), *(machine.ram for machine in self.machines)])
        most_per_ms = self.config["classes"][-1]["price"] + self.most_ram * max(1, self.config["memoryPrice"])
        most_demand = max(machine.ram + machine.swap for machine in self.machines) + self.config["initialMemory"]
        return max(at * most_per_ms, most_demand) <= MAX_EXACT

    def bill(self, i):
        bill = super().bill(i)
        check(max(bill.values()))
        return bill

    def can_resize(self, s):
        if not super().can_resize(s):
            return False
        i = self.invocations[s["id"]]
        return sum(other.demand for other in i.machine.live) - i.demand + s["demand"] <= MAX_EXACT

    def place(self, i, machine, how):
        check(sum(other.demand for other in machine.live) + self.config["initialMemory"])
        super().place(i, machine, how)


def check(sum):
    if sum > MAX_EXACT:
        raise OverflowError("a sum would be more than can be said")


# end

PARTS = [Bills, Refusals, Shrink, Antagonists, Calls, IdleLists, Swap, Faults, Budgets, Paging, Overflow]
NAMES = "bills refusals shrink antagonists calls idle-lists swap faults budgets paging overflow".split()

if __name__ == "__main__":
    options = argparse.ArgumentParser(description="XX up to a part, behind the protocol of docs/protocol.md.")
    options.add_argument("last", choices=NAMES, help="the last part that it has")
    options.add_argument("--claim", choices=NAMES, help="say that it has this one, too, to see what is refused")
    options.add_argument("--lacking", help="leave this method out of the last part, to see what is refused")
    asked = options.parse_args()
    had = NAMES.index(asked.last) + 1
    if asked.lacking:
        delattr(PARTS[had - 1], asked.lacking)
        if not hasattr(PARTS[had - 1], asked.lacking):
            setattr(PARTS[had - 1], asked.lacking, lambda self, *_: None)
    without = [part for part in NAMES[had:] if part not in ("bills", "refusals", asked.claim)]
    serve(PARTS[had - 1], f"up to {asked.last}", without)
