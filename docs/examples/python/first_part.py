#!/usr/bin/env python3
"""The first part of XX: shards that place by price and wait, and machines that run the highest class."""

import json
import sys
from collections import defaultdict, deque
from types import SimpleNamespace


class Scheduler:
    def __init__(self, config):
        self.config, self.now, self.decisions = config, 0, []
        self.invocations = {}  # those that live, by id
        self.queues = defaultdict(deque)  # by shard and class
        self.machines = [new_machine(number, m) for number, m in enumerate(config["machines"])]

    def answer(self, message):
        return self.step(message["at"], message["stimulus"])

    def step(self, at, stimulus):
        """First the answer to the stimulus, then all kills that are due, then who runs."""
        self.now, self.decisions = at, []
        getattr(self, "on_" + stimulus["type"])(stimulus)
        for machine in self.machines:
            self.kill_what_does_not_fit(machine)
        for machine in self.machines:
            self.settle(machine)
        return self.decisions

    def decide(self, type, **fields):
        self.decisions.append({"type": type, **fields})

    def on_boot(self, _):
        pass

    on_tick = on_boot

    def on_submit(self, s):
        self.enqueue(self.create(s, s["tenant"], s["class"], False))

    def on_turn(self, s):
        heads = [queue[0] for (shard, _), queue in self.queues.items() if shard == s["shard"] and queue]
        if heads:
            i = max(heads, key=lambda i: (self.price(i) * (self.now - i.enqueued_at), i.cls))
            self.place(i, *self.least_loaded(s["shard"]))

    def on_resize(self, s):
        i = self.invocations[s["id"]]
        i.demand = s["demand"]
        self.change(i, resident=i.demand)

    def on_finish(self, s):
        i = self.invocations[s["id"]]
        self.decide("complete", id=i.id, bill=self.bill(i))
        self.end(i, "ok")

    def create(self, s, tenant, cls, degraded):
        i = SimpleNamespace(id=s["id"], tenant=tenant, cls=cls, degraded=degraded, shard=s["shard"])
        i.phase, i.machine, i.demand, i.resident = "queued", None, 0, 0
        self.invocations[i.id] = i
        return i

    def enqueue(self, i):
        i.enqueued_at = self.now
        self.queues[i.shard, i.cls].append(i)
        self.decide("enqueue", id=i.id, shard=i.shard, **{"class": i.cls}, degraded=i.degraded)

    def least_loaded(self, shard):
        up = [m for m in self.machines if m.status == "up"]
        polled = up[: self.config["kMachines"]]
        best = min(polled, key=lambda m: len(m.live))
        return best, {"via": "poll", "polled": [m.number for m in polled]}

    def place(self, i, machine, how):
        self.decide("place", id=i.id, shard=i.shard, machine=machine.number, **how)
        self.queues[i.shard, i.cls].popleft()
        machine.live.append(i)
        i.machine, i.demand = machine, self.config["initialMemory"]
        self.change(i, phase="ready", resident=i.demand)

    def end(self, i, outcome):
        self.depart(i)
        del self.invocations[i.id]

    def depart(self, i):
        self.change(i, phase="queued", resident=0)
        i.machine.live.remove(i)
        i.machine, i.demand = None, 0

    def settle(self, machine):
        chosen = self.will_run(machine, self.ranked(machine))
        self.preempt_all_but(chosen, machine)
        self.start(chosen)

    def kill_what_does_not_fit(self, machine):
        while sum(i.demand for i in machine.live) > machine.usable:
            ranked = self.ranked(machine)
            oversized = [i for i in ranked if i.demand > machine.usable]
            victim, reason = (oversized[-1], "exceeds-machine") if oversized else (ranked[-1], "memory")
            self.kill(victim, reason)

    def kill(self, i, reason):
        self.decide("kill", id=i.id, reason=reason, bill=self.bill(i))
        self.end(i, "failed")

    def ranked(self, machine):
        return sorted(machine.live, key=lambda i: -i.cls)  # the sort is stable: by arrival within a class

    def will_run(self, machine, ranked):
        return ranked[: machine.cores]

    def preempt_all_but(self, chosen, machine):
        for i in machine.live:
            if i.phase == "running" and i not in chosen:
                self.change(i, phase="ready")
                self.decide("preempt", id=i.id)

    def start(self, chosen):
        for i in chosen:
            if i.phase == "ready":
                self.change(i, phase="running")
                self.decide("start", id=i.id)

    def change(self, i, **values):
        """Every change of whether `i` runs, and of how many MB it has in RAM."""
        vars(i).update(values)

    def price(self, i):
        return self.config["classes"][i.cls]["price"]

    def bill(self, i):
        return {"cpuMs": 0, "mbMs": 0, "cost": 0}


def new_machine(number, m):
    return SimpleNamespace(**m, number=number, usable=m["ram"], status="up", live=[])


def serve(scheduler_class, name, without):
    print(json.dumps({"hello": name, "without": without}), flush=True)
    for line in sys.stdin:
        message = json.loads(line)
        if "format" in message:
            scheduler = scheduler_class(message["config"])
        else:
            print(json.dumps(scheduler.answer(message)), flush=True)


if __name__ == "__main__":
    serve(Scheduler, "first part", "calls budgets faults antagonists idle-lists swap shrink paging overflow".split())
