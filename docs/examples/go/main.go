// XX, whole, in one file: a scheduler that speaks the protocol of docs/protocol.md, and needs nothing but Go.
//
//	go build -o xx-scheduler docs/examples/go/*.go
//	npx xx fuzz --runs 1000 --seed 1 --exec ./xx-scheduler
//
// Read it from top to bottom: lines in and out, what there is, what each stimulus does, what a shard decides, what a
// machine decides, how its disk carries that out where paging takes time, what is metered, and last what is impossible. A
// function that keeps one of the rules in docs/rules.md has its name. The types of the lines are in types.go, beside this
// file. -fault=oversized-keep-their-pages turns on a fault, for the suite to find.
package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"log"
	"math/big"
	"os"
	"sort"
)

const maxExact = 1<<53 - 1 // 64 bits hold more, but the numbers of a file end here.

var fault = flag.String("fault", "", "do this wrong: oversized-keep-their-pages")

// ---- Lines in and out ------------------------------------------------------------------------------------------------

// Somebody may send a line and wait, or thousands at once. So answers are kept while another whole line is here, and
// leave before anything is waited for.
func main() {
	log.SetFlags(0)
	flag.Parse()
	if *fault != "" && *fault != "oversized-keep-their-pages" {
		log.Fatalf("there is no fault %s", *fault)
	}
	in, out := bufio.NewReaderSize(os.Stdin, 1<<16), bufio.NewWriterSize(os.Stdout, 1<<16)
	answers := json.NewEncoder(out)
	answers.Encode(Hello{Hello: "XX in Go"}) // It lacks nothing.
	var xx *scheduler
	for {
		if here, _ := in.Peek(in.Buffered()); bytes.IndexByte(here, '\n') < 0 {
			if err := out.Flush(); err != nil {
				log.Fatal(err)
			}
		}
		line, err := in.ReadBytes('\n')
		if err == io.EOF {
			return
		}
		var l Line
		if err == nil {
			err = json.Unmarshal(line, &l)
		}
		var noInt *json.UnmarshalTypeError
		switch {
		case l.Stimulus != nil && errors.As(err, &noInt): // Somebody sends 0.5, or a number of thirty digits.
			answers.Encode(Impossible{err.Error()})
		case err != nil:
			log.Fatal(err)
		case l.Config != nil: // A header has no answer.
			xx = newScheduler(l.Config)
		case l.Stimulus == nil || xx == nil:
			log.Fatalf("neither a header nor a stimulus after one: %s", line)
		default:
			if decisions, refusal := xx.step(l.At, *l.Stimulus); refusal != nil {
				answers.Encode(Impossible{refusal.Error()})
			} else {
				answers.Encode(decisions)
			}
		}
	}
}

// ---- What there is ---------------------------------------------------------------------------------------------------

type invocation struct {
	ID, Tenant, Shard       int
	Class                   int    // the effective one, by which it is queued, ranked and billed
	Degraded                bool   // by its budget, or by that of the root of its chain
	Phase                   string // queued, ready, running or blocked; one that has ended is forgotten
	EnqueuedAt, Attempt     int
	Caller, Callee, Machine int // who waits for it, for whom it waits, where it lives; or none
	Demand, Resident        int // MB; the RAM that it holds, also of a chunk that the disk moves either way
	Fresh                   int // MB that it asks for, and that are nowhere yet; the rest of its demand is in swap
	Incoming, Outgoing      int // MB that the disk moves
	MeteredAt, CPUMs        int // what it has used in this attempt, until then
	MbMs                    *big.Int
}

// What it will have in RAM when the disk is done; what it lacks then; what it has there that does not move.
func (i *invocation) kept() int    { return i.Resident - i.Outgoing }
func (i *invocation) lack() int    { return i.Demand - i.kept() }
func (i *invocation) staying() int { return i.Resident - i.Incoming - i.Outgoing }
func (i *invocation) swapped() int { return i.Demand - i.Resident - i.Fresh }

type machine struct {
	Number, Cores, RAM, Swap int
	Usable                   int    // what the antagonist leaves of its RAM: RAM′ in the rules
	Status                   string // up, draining or down
	Live                     []int  // the invocations there, in order of arrival
	List                     int    // the shard whose idle list it is on, or none
	Available, Functions     int    // what is written there
	Moving, Owner            int    // MB that its disk moves, and whose they are; or none, if it was killed meanwhile
}

type shard struct {
	Number int
	Queues [][]int // of invocations, by effective class
	Idle   []int   // machines
}

const none = -1

// A state has ids in place of pointers, and exported fields, so that it can be copied as JSON.
type state struct {
	Now         int
	Booted      bool
	Invocations map[int]*invocation // those that live
	Machines    []*machine
	Shards      map[int]*shard // those that were needed, of perhaps 200,000
	Accounts    []*account     // nil for a tenant without a budget
	Random      uint64
}

type scheduler struct {
	config *Configuration
	state
	used       map[int]bool // every id there ever was
	decisions  []Decision
	refusal    error    // why this step is impossible, if that shows halfway
	unsettled  []int    // machines where somebody may have to run, stop, move or die
	touched    []int    // machines whose entry on an idle list may be wrong
	mostPerMs  *big.Int // for sumsAreSmall: the most that can be spent in a ms, on all machines
	mostDemand int      // and be demanded of one
}

func newScheduler(c *Configuration) *scheduler {
	x := &scheduler{config: c, used: map[int]bool{}, mostPerMs: new(big.Int)}
	x.state = state{Invocations: map[int]*invocation{}, Shards: map[int]*shard{}, Random: uint64(c.Seed)}
	for _, t := range c.Tenants {
		var a *account
		if t.Budget != nil {
			a = &account{*t.Budget, t.Period, t.BurstPercent, 0, 0, new(big.Int), new(big.Int)}
		}
		x.Accounts = append(x.Accounts, a)
	}
	for number, size := range c.Machines {
		x.join(number, size)
	}
	return x
}

func (x *scheduler) shard(number int) *shard {
	if x.Shards[number] == nil {
		x.Shards[number] = &shard{Number: number, Queues: make([][]int, len(x.config.Classes))}
	}
	return x.Shards[number]
}

func (x *scheduler) price(class int) int { return x.config.Classes[class].Price }

func (x *scheduler) decide(d Decision) { x.decisions = append(x.decisions, d) }

func (x *scheduler) demandOn(m *machine) int {
	return x.sumOn(m, func(i *invocation) int { return i.Demand })
}

func (x *scheduler) sumOn(m *machine, of func(*invocation) int) int {
	sum := 0
	for _, id := range m.Live {
		sum += of(x.Invocations[id])
	}
	return sum
}

// Best first: the higher class, then not blocked before blocked, then (the sort is stable) by arrival.
func (x *scheduler) ranked(m *machine) []*invocation {
	all := make([]*invocation, len(m.Live))
	for n, id := range m.Live {
		all[n] = x.Invocations[id]
	}
	sort.SliceStable(all, func(a, b int) bool {
		if all[a].Class != all[b].Class {
			return all[a].Class > all[b].Class
		}
		return all[a].Phase != "blocked" && all[b].Phase == "blocked"
	})
	return all
}

// ---- A step: the answer, then every machine, then the idle lists -----------------------------------------------------

// The decisions of a step, or why it is impossible; then nothing has changed.
func (x *scheduler) step(at int, s Stimulus) ([]Decision, error) {
	if !x.isPossible(at, s) {
		return nil, fmt.Errorf("%s is not possible now", s.Type)
	}
	backup := x.backUp(at)
	x.Now, x.decisions, x.refusal = at, []Decision{}, nil
	x.answer(s)
	for len(x.unsettled) > 0 {
		number := x.unsettled[0]
		x.unsettled = x.unsettled[1:]
		x.settle(x.Machines[number])
	}
	sort.Ints(x.touched)
	for _, number := range x.touched {
		x.idleListTrue(x.Machines[number])
	}
	x.touched = nil
	if x.refusal != nil {
		x.restore(backup)
	}
	return x.decisions, x.refusal
}

func (x *scheduler) answer(s Stimulus) {
	switch s.Type {
	case "boot":
		x.Booted = true // The machines have joined when they were made.
	case "submit":
		x.submit(s)
	case "call":
		x.call(x.Invocations[s.Caller], s)
	case "turn":
		x.turn(x.shard(s.Shard))
	case "resize":
		x.resize(x.Invocations[s.ID], s.Demand)
	case "finish":
		i := x.Invocations[s.ID]
		x.decide(Complete{Type: "complete", ID: i.ID, Bill: x.billExact(i)})
		x.end(i, "ok")
	case "antagonist":
		m := x.Machines[s.Machine]
		m.Usable = max(0, m.RAM-s.Memory)
		x.disturb(m.Number)
	case "join":
		x.join(s.Machine, MachineSize{s.Cores, s.RAM, s.Swap})
	case "drain":
		x.drain(x.Machines[s.Machine])
	case "crash":
		x.crash(x.Machines[s.Machine])
	case "restart":
		x.restart(x.shard(s.Shard))
	case "paged":
		x.endTransfer(x.Machines[s.Machine])
	} // After a tick, or a timeout, only the time is another.
}

func (x *scheduler) disturb(machine int) {
	x.unsettled, x.touched = append(x.unsettled, machine), append(x.touched, machine)
}

// ---- Machines come and go, and shards start again --------------------------------------------------------------------

func (x *scheduler) join(number int, s MachineSize) {
	m := &machine{Number: number, Cores: s.Cores, RAM: s.RAM, Swap: s.Swap, Usable: s.RAM}
	m.Status, m.List, m.Owner = "up", none, none
	if number == len(x.Machines) {
		x.Machines = append(x.Machines, nil)
	}
	x.Machines[number] = m
	x.touched = append(x.touched, number)
	cores, memory := product(m.Cores, x.price(len(x.config.Classes)-1)), product(m.RAM, max(1, x.config.MemoryPrice))
	x.mostPerMs = sum(x.mostPerMs, sum(cores, memory))
	x.mostDemand = max(x.mostDemand, m.RAM+m.Swap+x.config.InitialMemory)
}

func (x *scheduler) drain(m *machine) {
	m.Status = "draining"
	m.goDownIfDrained()
	x.touched = append(x.touched, m.Number)
}

func (m *machine) goDownIfDrained() {
	if m.Status == "draining" && len(m.Live) == 0 {
		m.goDown()
	}
}

func (m *machine) goDown() {
	m.Status, m.Moving, m.Owner = "down", 0, none
}

// All that live there are lost together: before the first is answered, none of them waits for anybody.
func (x *scheduler) crash(m *machine) {
	lost := x.ranked(m)
	sort.Slice(lost, func(a, b int) bool { return lost[a].ID < lost[b].ID })
	m.goDown()
	x.touched = append(x.touched, m.Number)
	for _, i := range lost {
		x.depart(i)
		x.orphanCallee(i)
	}
	for _, i := range lost {
		x.retry(i)
	}
}

// It knows its queues still, but no idle machines; these join a list again.
func (x *scheduler) restart(s *shard) {
	for _, number := range s.Idle {
		x.Machines[number].List = none
	}
	x.touched = append(x.touched, s.Idle...)
	s.Idle = nil
}

// ---- How invocations come in, and end --------------------------------------------------------------------------------

func (x *scheduler) submit(s Stimulus) {
	switch x.admit(x.Accounts[s.Tenant]) {
	case asAsked:
		x.enqueue(x.create(s, s.Tenant, s.Class, false))
	case degraded:
		x.enqueue(x.create(s, s.Tenant, 0, true))
	case throttled:
		x.used[s.ID] = true
		x.decide(Throttle{Type: "throttle", ID: s.ID})
	}
}

func (x *scheduler) call(caller *invocation, s Stimulus) {
	callee := x.create(s, caller.Tenant, inherit(caller, s.Class), caller.Degraded)
	caller.Callee, callee.Caller = callee.ID, caller.ID
	x.change(caller, "blocked", caller.Resident)
	x.disturb(caller.Machine)
	x.enqueue(callee)
}

// Nobody waits for one of a lower class. In a degraded chain nobody rises, either.
func inherit(caller *invocation, asked int) int {
	if caller.Degraded {
		return caller.Class
	}
	return max(caller.Class, asked)
}

func (x *scheduler) create(s Stimulus, tenant, class int, degraded bool) *invocation {
	i := &invocation{ID: s.ID, Tenant: tenant, Shard: s.Shard, Class: class, Degraded: degraded}
	i.Phase, i.Attempt, i.Caller, i.Callee, i.Machine, i.MbMs = "queued", 1, none, none, none, new(big.Int)
	x.Invocations[i.ID] = i
	x.used[i.ID] = true
	return i
}

func (x *scheduler) enqueue(i *invocation) {
	i.EnqueuedAt = x.Now
	queue := &x.shard(i.Shard).Queues[i.Class]
	*queue = append(*queue, i.ID)
	x.decide(Enqueue{Type: "enqueue", ID: i.ID, Shard: i.Shard, Class: i.Class, Degraded: i.Degraded})
}

// One that a crash has lost is queued again as it was, until it has had all its attempts.
func (x *scheduler) retry(i *invocation) {
	if i.Attempt == x.config.MaxAttempts {
		x.decide(Kill{Type: "kill", ID: i.ID, Reason: "attempts", Bill: Bill{}})
		x.end(i, "failed")
		return
	}
	i.Attempt++
	x.enqueue(i)
}

// Forgets one that has its bill, and wakes its caller.
func (x *scheduler) end(i *invocation, outcome string) {
	if i.Machine != none {
		x.depart(i)
	}
	x.orphanCallee(i)
	delete(x.Invocations, i.ID)
	if i.Caller != none {
		x.wakeCaller(x.Invocations[i.Caller], outcome)
	}
}

// It goes to the end of the line on its machine, as one that has slept.
func (x *scheduler) wakeCaller(caller *invocation, outcome string) {
	x.decide(Wake{Type: "wake", ID: caller.ID, Outcome: outcome})
	caller.Callee, caller.Phase = none, "ready"
	m := x.Machines[caller.Machine]
	m.Live = append(without(m.Live, caller.ID), caller.ID)
	x.disturb(m.Number)
}

// The one that i waits for goes on, and wakes nobody.
func (x *scheduler) orphanCallee(i *invocation) {
	if i.Callee != none {
		x.Invocations[i.Callee].Caller = none
		i.Callee = none
	}
}

func (x *scheduler) depart(i *invocation) {
	m := x.Machines[i.Machine]
	x.change(i, "queued", 0)
	if m.Owner == i.ID {
		m.Owner = none // Its chunk goes on, for nobody.
	}
	m.Live = without(m.Live, i.ID)
	i.Machine, i.Demand, i.Fresh, i.Incoming, i.Outgoing = none, 0, 0, 0, 0
	m.goDownIfDrained()
	x.disturb(m.Number)
}

// It runs, so all of it is in RAM, and so is what it grows by, if paging takes no time.
func (x *scheduler) resize(i *invocation, demand int) {
	if x.config.Paging != nil {
		i.Fresh = max(0, demand-i.Demand)
	}
	i.Demand = demand
	x.change(i, i.Phase, i.Demand-i.Fresh)
	x.disturb(i.Machine)
}

// ---- What a shard decides: whom to place, and where ------------------------------------------------------------------

func (x *scheduler) turn(s *shard) {
	i := x.placeGreatest(s)
	if i == nil {
		return
	}
	m, polled := x.placeLeastLoaded(s)
	if m == nil {
		return
	}
	d := Place{Type: "place", ID: i.ID, Shard: s.Number, Machine: m.Number, Via: "poll", Polled: polled}
	if polled == nil {
		d.Via = "idle-list"
		m.Functions++ // The shard counts its own placements.
	}
	x.decide(d)
	s.Queues[i.Class] = s.Queues[i.Class][1:]
	x.arrive(i, m)
}

func (x *scheduler) arrive(i *invocation, m *machine) {
	m.Live = append(m.Live, i.ID)
	i.Machine, i.Demand = m.Number, x.config.InitialMemory
	i.CPUMs, i.MbMs, i.MeteredAt = 0, new(big.Int), x.Now
	if x.config.Paging != nil {
		i.Fresh = i.Demand
	}
	x.change(i, "ready", i.Demand-i.Fresh)
	x.disturb(m.Number)
	if demand := x.demandOn(m); demand > maxExact {
		x.refusal = fmt.Errorf("the demand on machine %d would be %d MB", m.Number, demand)
	}
}

// Of the heads of the queues, the one with the greatest price × wait; among equals the highest class.
func (x *scheduler) placeGreatest(s *shard) (best *invocation) {
	var greatest *big.Int
	for class := len(s.Queues) - 1; class >= 0; class-- {
		if len(s.Queues[class]) == 0 {
			continue
		}
		head := x.Invocations[s.Queues[class][0]]
		if p := product(x.price(class), x.Now-head.EnqueuedAt); best == nil || p.Cmp(greatest) > 0 {
			best, greatest = head, p
		}
	}
	return best
}

// The machine with the fewest functions: by the idle list if it is not empty, else of those polled. (Of several any will
// do; these are the ones that the reference takes.)
func (x *scheduler) placeLeastLoaded(s *shard) (best *machine, polled []int) {
	for _, number := range s.Idle {
		if m := x.Machines[number]; best == nil || m.isBefore(best) {
			best = m
		}
	}
	if best != nil {
		return best, nil
	}
	var up []*machine
	for _, m := range x.Machines {
		if m.Status == "up" {
			up = append(up, m)
		}
	}
	for _, n := range x.sample(len(up), x.config.KMachines) {
		m := up[n]
		polled = append(polled, m.Number)
		if best == nil || len(m.Live) < len(best.Live) {
			best = m
		}
	}
	return best, polled
}

func (m *machine) isBefore(other *machine) bool {
	if m.Functions != other.Functions {
		return m.Functions < other.Functions
	}
	if m.Available != other.Available {
		return m.Available > other.Available
	}
	return m.Number < other.Number
}

// k of the numbers below n, or all of them, without looking at the others (Floyd 1987).
func (x *scheduler) sample(n, k int) []int {
	var sample []int
	seen := map[int]bool{}
	for last := max(0, n-k); last < n; last++ {
		number := int(x.random() % uint64(last+1))
		if seen[number] {
			number = last
		}
		seen[number] = true
		sample = append(sample, number)
	}
	sort.Ints(sample)
	return sample
}

// SplitMix64 (Steele, Lea and Flood 2014), whose state is one number and so a part of ours: a step that is refused
// must not have drawn anything.
func (x *scheduler) random() uint64 {
	x.Random += 0x9e3779b97f4a7c15
	z := x.Random
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}

// ---- What a machine decides: who dies, who runs, and whose memory is in RAM ------------------------------------------

func (x *scheduler) settle(m *machine) {
	x.killIff(m)
	ranked := x.ranked(m)
	chosen := willRun(m, ranked)
	isChosen := map[*invocation]bool{}
	for _, i := range chosen {
		isChosen[i] = true
	}
	if x.config.Paging != nil {
		x.settleInTime(m, ranked, chosen, isChosen)
		return
	}
	x.preemptOutranked(ranked, isChosen)
	x.pageOutLowest(m, ranked, chosen, isChosen)
	x.pageInToRun(chosen)
	x.startHighest(chosen)
}

// First those that could never run here, then the lowest, while all together exceed RAM and swap.
func (x *scheduler) killIff(m *machine) {
	space := m.Usable + m.Swap
	if x.config.Paging != nil { // Some swap is kept free, so that memory can always be exchanged.
		space = m.Usable + max(0, m.Swap-x.config.Paging.Reserve)
	}
	for x.demandOn(m) > min(m.RAM, space) {
		ranked := x.ranked(m)
		victim, reason := ranked[len(ranked)-1], "memory"
		for _, i := range ranked {
			if i.Demand > min(m.RAM, space) {
				victim, reason = i, "exceeds-machine"
			}
		}
		if reason == "memory" && x.demandOn(m) <= space {
			return
		}
		x.decide(Kill{Type: "kill", ID: victim.ID, Reason: reason, Bill: x.billExact(victim)})
		x.end(victim, "failed")
	}
}

// Those that should run, best first: whoever fits beside those taken, and beside the memory in RAM of all that were not
// taken in higher classes. So one too large is passed over, but keeps its RAM from the classes below. (One larger than
// all of the RAM left cannot run, and keeps nothing.)
func willRun(m *machine, ranked []*invocation) (chosen []*invocation) {
	room, kept, class := m.Usable, 0, none
	for _, i := range ranked {
		if i.Class != class {
			room, kept, class = room-kept, 0, i.Class
		}
		if i.Phase != "blocked" && i.Demand <= room && len(chosen) < m.Cores {
			chosen = append(chosen, i)
			room -= i.Demand
		} else if i.Demand <= m.Usable {
			kept += i.kept()
		}
	}
	return chosen
}

func (x *scheduler) preemptOutranked(ranked []*invocation, isChosen map[*invocation]bool) {
	for _, i := range ranked {
		if i.Phase == "running" && !isChosen[i] {
			x.change(i, "ready", i.Resident)
			x.decide(Preempt{Type: "preempt", ID: i.ID})
		}
	}
}

// Makes room in RAM for those that will run, and no more.
func (x *scheduler) pageOutLowest(m *machine, ranked, chosen []*invocation, isChosen map[*invocation]bool) {
	excess := x.over(m, chosen)
	for _, i := range pageOutOrder(m, ranked, isChosen) {
		if memory := min(excess, i.Resident); memory > 0 {
			x.change(i, i.Phase, i.Resident-memory)
			x.decide(PageOut{Type: "pageOut", ID: i.ID, Memory: memory})
			excess -= memory
		}
	}
}

// The MB by which RAM is over-committed, once those that will run have all that they lack.
func (x *scheduler) over(m *machine, chosen []*invocation) int {
	over := x.sumOn(m, (*invocation).kept) - m.Usable
	for _, i := range chosen {
		over += i.lack()
	}
	return over
}

// First those that could not run now anyway, then the rest, from the lowest up.
func pageOutOrder(m *machine, ranked []*invocation, isChosen map[*invocation]bool) []*invocation {
	var oversized, rest []*invocation
	for n := len(ranked) - 1; n >= 0; n-- {
		switch i := ranked[n]; {
		case isChosen[i] || i.staying() == 0:
		case i.Demand > m.Usable && *fault != "oversized-keep-their-pages":
			oversized = append(oversized, i)
		default:
			rest = append(rest, i)
		}
	}
	return append(oversized, rest...)
}

func (x *scheduler) pageInToRun(chosen []*invocation) {
	for _, i := range chosen {
		if memory := i.Demand - i.Resident; memory > 0 {
			x.change(i, i.Phase, i.Demand)
			x.decide(PageIn{Type: "pageIn", ID: i.ID, Memory: memory})
		}
	}
}

func (x *scheduler) startHighest(chosen []*invocation) {
	for _, i := range chosen {
		if i.Phase == "ready" {
			x.change(i, "running", i.Resident)
			x.decide(Start{Type: "start", ID: i.ID})
		}
	}
}

// ---- Where paging takes time: what one disk, which moves one chunk at a time, does about all that --------------------

// As far as it goes now. Who will run is settled: the disk only carries it out, and each paged goes on.
func (x *scheduler) settleInTime(m *machine, ranked, chosen []*invocation, isChosen map[*invocation]bool) {
	x.grantToRun(m, chosen)
	over, order := x.over(m, chosen), pageOutOrder(m, ranked, isChosen)
	run := runNow(m, ranked, isChosen, victims(order, over))
	isRunning := map[*invocation]bool{}
	for _, i := range run {
		isRunning[i] = true
	}
	x.preemptOutranked(ranked, isRunning)
	if m.Moving == 0 && !x.beginPageIn(m, chosen) && len(order) > 0 {
		x.beginPageOut(m, order[0], over)
	}
	x.startHighest(run)
}

// RAM that nobody holds. A chunk of one that was killed is in no account but the machine's.
func (x *scheduler) room(m *machine) int {
	room := m.Usable - x.sumOn(m, func(i *invocation) int { return i.Resident })
	if m.Owner == none {
		room -= m.Moving
	}
	return max(0, room)
}

// Memory that was never anywhere needs no disk, only room that nobody better lacks.
func (x *scheduler) grantToRun(m *machine, chosen []*invocation) {
	share := x.room(m)
	for _, i := range chosen {
		lack := i.lack()
		if memory := min(i.Fresh, share); memory > 0 {
			i.Fresh -= memory
			x.change(i, i.Phase, i.Resident+memory)
			x.decide(Allocate{Type: "allocate", ID: i.ID, Memory: memory})
		}
		share -= lack
	}
}

// The first of the order that have what is over-committed: they must not run, or it could not go out.
func victims(order []*invocation, over int) map[*invocation]bool {
	are := map[*invocation]bool{}
	for _, i := range order {
		if over > 0 {
			are[i] = true
			over -= i.staying()
		}
	}
	return are
}

// Those of the chosen that are wholly in RAM, and the best others that are, on the cores of those that are not.
func runNow(m *machine, ranked []*invocation, isChosen, isVictim map[*invocation]bool) []*invocation {
	var run, fillers []*invocation
	for _, i := range ranked {
		switch {
		case i.Phase == "blocked" || i.staying() < i.Demand:
		case isChosen[i]:
			run = append(run, i)
		case !isVictim[i]:
			fillers = append(fillers, i)
		}
	}
	return append(run, fillers[:min(len(fillers), m.Cores-len(run))]...)
}

// For the best that has anything in swap, and for nobody else.
func (x *scheduler) beginPageIn(m *machine, chosen []*invocation) bool {
	share := x.room(m)
	for _, i := range chosen {
		if i.swapped() > 0 {
			memory := min(min(i.swapped(), share), x.config.Paging.Chunk)
			if memory <= 0 {
				return false
			}
			i.Incoming = memory
			x.change(i, i.Phase, i.Resident+memory) // Its room is held from now on.
			x.decide(PageIn{Type: "pageIn", ID: i.ID, Memory: memory})
			m.Moving, m.Owner = memory, i.ID
			return true
		}
		share -= i.lack()
	}
	return false
}

func (x *scheduler) beginPageOut(m *machine, i *invocation, over int) {
	free := m.Swap - x.sumOn(m, (*invocation).swapped)
	if memory := min(min(over, x.config.Paging.Chunk), min(i.staying(), free)); memory > 0 {
		i.Outgoing = memory // In RAM and in swap until it has arrived.
		x.decide(PageOut{Type: "pageOut", ID: i.ID, Memory: memory})
		m.Moving, m.Owner = memory, i.ID
	}
}

func (x *scheduler) endTransfer(m *machine) {
	if i := x.Invocations[m.Owner]; i != nil {
		x.change(i, i.Phase, i.Resident-i.Outgoing)
		i.Incoming, i.Outgoing = 0, 0
	}
	m.Moving, m.Owner = 0, none
	x.disturb(m.Number)
}

// ---- Idle lists ------------------------------------------------------------------------------------------------------

// A machine with enough memory is on one list, one with too little on none, and an entry is never far off.
func (x *scheduler) idleListTrue(m *machine) {
	idle, available, functions := x.config.Idle, max(0, m.Usable-x.demandOn(m)), len(m.Live)
	isOff := abs(available-m.Available) >= idle.MemoryDrift || abs(functions-m.Functions) >= idle.FunctionsDrift
	switch {
	case m.List == none && m.Status == "up" && available >= idle.Enter && !x.lacks("idle-lists"):
		polled := x.sample(x.config.Shards, x.config.KShards)
		s := x.shard(polled[0])
		for _, number := range polled {
			if other := x.shard(number); len(other.Idle) < len(s.Idle) {
				s = other
			}
		}
		s.Idle, m.List = append(s.Idle, m.Number), s.Number
		m.Available, m.Functions = available, functions
		x.decide(List{
			Type: "list", Machine: m.Number, Shard: s.Number, Available: available, Functions: functions, Polled: polled,
		})
	case m.List != none && (m.Status != "up" || available < idle.Leave):
		s := x.shard(m.List)
		x.decide(Unlist{Type: "unlist", Machine: m.Number, Shard: s.Number})
		s.Idle, m.List = without(s.Idle, m.Number), none
	case m.List != none && isOff:
		m.Available, m.Functions = available, functions
		x.decide(Relist{
			Type: "relist", Machine: m.Number, Shard: m.List, Available: available, Functions: functions,
		})
	}
}

// ---- What is metered -------------------------------------------------------------------------------------------------

// Every change of what an invocation uses: what it has used until now is added up first, then the rate moves.
func (x *scheduler) change(i *invocation, phase string, resident int) {
	i.CPUMs, i.MbMs = i.usedBy(x.Now)
	i.MeteredAt = x.Now
	a := x.Accounts[i.Tenant]
	if a != nil {
		a.update(x.Now)
		a.Rate = difference(a.Rate, x.costPerMs(i))
	}
	i.Phase, i.Resident = phase, resident
	if a != nil {
		a.Rate = sum(a.Rate, x.costPerMs(i))
	}
}

func (x *scheduler) costPerMs(i *invocation) *big.Int {
	memory := product(i.Resident, x.config.MemoryPrice)
	if i.Phase != "running" {
		return memory
	}
	return sum(memory, product(1, x.price(i.Class)))
}

func (i *invocation) usedBy(at int) (cpuMs int, mbMs *big.Int) {
	elapsed := at - i.MeteredAt
	mbMs = sum(i.MbMs, product(i.Resident, elapsed))
	if i.Phase == "running" {
		return i.CPUMs + elapsed, mbMs
	}
	return i.CPUMs, mbMs
}

// What this attempt costs: time on a core at the price of the effective class, and MB in RAM × ms.
func (x *scheduler) billExact(i *invocation) Bill {
	cpuMs, mbMs := i.usedBy(x.Now)
	cost := sum(product(cpuMs, x.price(i.Class)), times(mbMs, x.config.MemoryPrice))
	if !isExact(mbMs) || !isExact(cost) {
		x.refusal = fmt.Errorf("the bill of invocation %d would be %d", i.ID, cost)
	}
	return Bill{cpuMs, int(mbMs.Int64()), int(cost.Int64())}
}

// What a tenant with a budget has spent in its period. Its rate changes seldom, so it is added up only then.
type account struct {
	Budget, Period, BurstPercent int
	StartedAt, UpdatedAt         int
	Spent, Rate                  *big.Int
}

func (a *account) update(now int) {
	if now-a.StartedAt >= a.Period {
		a.StartedAt = now - now%a.Period
		a.Spent, a.UpdatedAt = new(big.Int), a.StartedAt
	}
	a.Spent = sum(a.Spent, times(a.Rate, now-a.UpdatedAt))
	a.UpdatedAt = now
}

type verdict int

const (
	asAsked verdict = iota
	degraded
	throttled
)

// What the budget of a tenant does to a root: throttled if it is spent, degraded if it is ahead of its pace.
func (x *scheduler) admit(a *account) verdict {
	if a == nil {
		return asAsked
	}
	a.update(x.Now)
	if a.Spent.Cmp(product(1, a.Budget)) >= 0 {
		return throttled
	}
	// spent > budget · elapsed / period + budget · burst / 100, without the fractions
	share := sum(product(100, x.Now-a.StartedAt), product(a.BurstPercent, a.Period))
	if times(times(a.Spent, 100), a.Period).Cmp(times(share, a.Budget)) > 0 {
		return degraded
	}
	return asAsked
}

// ---- What is impossible ----------------------------------------------------------------------------------------------

// Whether a stimulus can happen in this state. Its integers may be any.
func (x *scheduler) isPossible(at int, s Stimulus) bool {
	if at < x.Now || at > maxExact || x.Booted == (s.Type == "boot") || !x.spendingIsExact(at) || x.lacks(partOf[s.Type]) {
		return false
	}
	switch s.Type {
	case "boot", "tick":
		return true
	case "submit":
		return x.isNew(s) && isIndex(s.Tenant, len(x.config.Tenants))
	case "call":
		return x.isNew(s) && x.runs(s.Caller)
	case "turn", "restart":
		return isIndex(s.Shard, x.config.Shards)
	case "finish":
		return x.runs(s.ID)
	case "resize":
		return x.runs(s.ID) && isWhole(s.Demand, 1) && x.mayChange(s) && x.demandWith(s) <= maxExact
	case "antagonist":
		return x.is(s.Machine, "up", "draining") && isWhole(s.Memory, 0)
	case "drain":
		return x.is(s.Machine, "up")
	case "crash":
		return x.is(s.Machine, "up", "draining")
	case "join":
		isNext := s.Machine == len(x.Machines)
		isSize := isWhole(s.Cores, 1) && isWhole(s.RAM, 1) && isWhole(s.Swap, 0) && (s.Swap == 0 || !x.lacks("swap"))
		return (isNext || x.is(s.Machine, "down")) && isSize
	case "paged":
		return isIndex(s.Machine, len(x.Machines)) && x.Machines[s.Machine].Moving > 0
	case "timeout":
		return contains(x.config.Words, "timeouts") && x.Invocations[s.ID] != nil
	}
	return false
}

var partOf = map[string]string{
	"call": "calls", "antagonist": "antagonists", "join": "faults", "drain": "faults", "crash": "faults", "restart": "faults",
}

func (x *scheduler) lacks(part string) bool { return contains(x.config.Without, part) }

func (x *scheduler) mayChange(s Stimulus) bool {
	return !x.lacks("shrink") || s.Demand >= x.Invocations[s.ID].Demand
}

func (x *scheduler) isNew(s Stimulus) bool {
	isTarget := isIndex(s.Class, len(x.config.Classes)) && isIndex(s.Shard, x.config.Shards)
	return isTarget && isWhole(s.ID, 0) && !x.used[s.ID]
}

func (x *scheduler) runs(id int) bool {
	i := x.Invocations[id]
	return i != nil && i.Phase == "running"
}

func (x *scheduler) is(number int, statuses ...string) bool {
	return isIndex(number, len(x.Machines)) && contains(statuses, x.Machines[number].Status)
}

func (x *scheduler) demandWith(s Stimulus) int {
	i := x.Invocations[s.ID]
	return x.demandOn(x.Machines[i.Machine]) - i.Demand + s.Demand
}

func isWhole(n, least int) bool { return least <= n && n <= maxExact }
func isIndex(n, of int) bool    { return 0 <= n && n < of }

// ---- Sums that leave the exact numbers -------------------------------------------------------------------------------

// Whether no bill, spending or demand can be beyond the exact numbers yet, whatever happens in this step.
func (x *scheduler) sumsAreSmall(at int) bool {
	return x.mostDemand <= maxExact && isExact(times(x.mostPerMs, at))
}

// Whether no tenant has spent more than can be said, until then, in this period or in one that has ended.
func (x *scheduler) spendingIsExact(at int) bool {
	if x.sumsAreSmall(at) {
		return true
	}
	for _, a := range x.Accounts {
		if a == nil {
			continue
		}
		end := a.StartedAt + a.Period
		spent, after := sum(a.Spent, times(a.Rate, min(at, end)-a.UpdatedAt)), min(a.Period, max(0, at-end))
		if at > a.UpdatedAt && !(isExact(spent) && isExact(times(a.Rate, after))) {
			return false
		}
	}
	return true
}

// A copy of the state, if this step may be refused halfway: if a bill, or a demand, may turn out too large.
func (x *scheduler) backUp(at int) []byte {
	if x.sumsAreSmall(at) {
		return nil
	}
	text, err := json.Marshal(x.state)
	if err != nil {
		log.Fatal(err)
	}
	return text
}

func (x *scheduler) restore(backup []byte) {
	x.state = state{}
	if err := json.Unmarshal(backup, &x.state); err != nil {
		log.Fatal(err)
	}
}

// ---- Arithmetic, and lists -------------------------------------------------------------------------------------------

func isExact(n *big.Int) bool           { return n.IsInt64() && n.Int64() <= maxExact }
func product(a, b int) *big.Int         { return times(big.NewInt(int64(a)), b) }
func times(a *big.Int, b int) *big.Int  { return new(big.Int).Mul(a, big.NewInt(int64(b))) }
func sum(a, b *big.Int) *big.Int        { return new(big.Int).Add(a, b) }
func difference(a, b *big.Int) *big.Int { return new(big.Int).Sub(a, b) }

func min(a, b int) int {
	if a < b {
		return a
	}
	return b
}

func max(a, b int) int { return -min(-a, -b) }
func abs(a int) int    { return max(a, -a) }

func contains[T comparable](list []T, one T) bool {
	for _, other := range list {
		if other == one {
			return true
		}
	}
	return false
}

func without(list []int, one int) []int {
	rest := make([]int, 0, len(list))
	for _, other := range list {
		if other != one {
			rest = append(rest, other)
		}
	}
	return rest
}
