/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The rows of the scenario credential-guard for Spin: a nested Hyper-V-like guest, one level-triggered line, KVM with APICv, and an
 * I/O APIC in QEMU or in the kernel. One option of the loop at the end is one event of the machine; there is no time, so any event
 * that is pending may be the next one. README.md says which macros there are, and what is left out.
 */

#ifndef K
#define K 1                 /* causes of each device */
#endif
#ifndef DEVICES
#define DEVICES 1           /* on the line, 1 or 2 */
#endif
#ifndef VCPUS
#define VCPUS 1             /* 1 or 2 */
#endif
#ifndef DESTINATION
#define DESTINATION 0       /* of the redirection entry: vCPU 0, vCPU 1, or 255 for both */
#endif
#ifndef SPLIT
#define SPLIT 1             /* 0: the I/O APIC is in the kernel */
#endif
#ifndef EOI_REGISTER_PRESENT
#define EOI_REGISTER_PRESENT 1 /* version 0x20; 0 for 0x11 */
#endif
#ifndef MODE
#define MODE 0
#endif
#ifndef TRIES_BIT
#define TRIES_BIT 1         /* the boot program writes SPIV bit 12 if LVR bit 24 is set */
#endif
#ifndef RESUMED
#define RESUMED 0           /* restored with SPIV bit 12 set, believing in directed EOI */
#endif
#ifndef LIMIT
#define LIMIT 2             /* successive EOIs that arm the throttle: 10000 in QEMU and KVM */
#endif
#ifndef STOP
#define STOP 0              /* 1: nothing happens after a violation */
#endif

/* MODE: what KVM_ENABLE_CAP(KVM_CAP_X2APIC_API) asked for. */
#define QUIRKED 0
#define ENABLED 1
#define DISABLED 2

/* What follows from it, as the preprocessor sees it: LVR bit 24, SPIV bit 12 as it sticks, who honours it, and the guest's order. */
#define ADVERTISED (SPLIT && MODE != DISABLED)
#define SPIV_BIT (RESUMED || ADVERTISED && TRIES_BIT)
#define SUPPRESSES (SPIV_BIT && (MODE == ENABLED || MODE == QUIRKED && !SPLIT))
#define DIRECTED_EOI SPIV_BIT

#define NOBODY VCPUS        /* in place of a vCPU whose thread waits */
#define SATURATED 3         /* redundant deliveries between two services that make a storm */

/* Where a vCPU is; it starts in L2's background program. */
#define GUEST 0
#define ON_THE_WAY 1
#define VMM 2

/* What a vCPU that is on its way, or busy with a step, arrives at. */
#define STEP_DONE 0
#define GUEST_ENTRY 1
#define NESTED_INTERRUPT 2
#define L1_ENTRY 3
#define MMIO_DECODED 4
#define USERSPACE 5
#define VMM_ACTION 6

/* L1's programs after an exit of L2: none, on an external interrupt, on L2's EOI, on an interrupt window. */
#define NO_PROGRAM 0
#define ON_EXTERNAL 1
#define ON_L2_EOI 2
#define ON_WINDOW 3

/* What an exit is for, and the argument of those that are about the vector. */
#define NO_ACCESS 0
#define DEVICE 1
#define EOI_REGISTER 2
#define IOAPIC_EOI 3
#define THE_VECTOR 3

/* There is one vector, so that a vector is one bit: the line's, or none. */
typedef Vcpu {
    bit kicked;                  /* a VCPU_KICK is pending */
    unsigned phase : 2;
    unsigned arrival : 3;
    bit runsL2 = 1;
    unsigned role : 2;           /* of the exit that was reflected last, with its vector */
    bit reflected;
    bit injected;                /* at the next entry */

    unsigned program : 2;        /* L1 is in the middle of it */
    unsigned step : 3;
    bit begun;                   /* the step takes time and has begun */
    bit vector;                  /* that the program handles */
    bit sti;                     /* the program has let interrupts in */
    bit interrupted;             /* by L1's own handler */
    unsigned handlerStep : 2;
    bit handlerBegun;

    bit handling;                /* L2 is in its handler, else in its background program */
    unsigned l2Step : 3;
    unsigned part : 2;
    bit l2Begun;
    bit windowWanted;

    bit virtualRequested;        /* L1's local APIC for L2 */
    bit virtualInService;

    unsigned access : 2;
    unsigned argument : 2;
    unsigned ioctls : 4;

    bit requested;               /* L1's local APIC: IRR, ISR, TMR */
    bit inService;
    bit level;
    bit eoiExit;                 /* KVM_REQ_IOAPIC_EOI_EXIT; the slot keeps the vector for ever once it had it */
    bit slotUsed;
};

Vcpu vcpu[VCPUS];

/* The I/O APIC: Remote IRR, the line, a level pending, successive EOIs; its throttle's timer. */
bit remoteIrr;
bit lineHigh;
bit pending;
byte successiveEois;
bit throttled;

/* The devices: whether there is a cause, and how many there were. */
bit cause[DEVICES];
byte arrived[DEVICES];

/* Events on their way, by the vCPU whose thread waits for them, or NOBODY. */
#if SPLIT
byte messages[VCPUS + 1];
#else
chan ioctls = [K * DEVICES + VCPUS] of { bit, byte };
#endif

/* The monitor: whether a level waits for its first delivery, and redundant deliveries since the last service. */
bit levelWaits;
unsigned redundant : 2;

/* Used within one event, and 0 between events, so that they tell no states apart. */
byte v;
byte i;
byte thread;
bit exits;
bit entering;
bit high;

#define V vcpu[v]

#if DEVICES > 1
#define HELD (cause[0] || cause[1])
#else
#define HELD cause[0]
#endif

#define IS_MEANT(n) (DESTINATION == 255 || DESTINATION == n)
#define IS_DELIVERABLE(n) (vcpu[n].requested && !vcpu[n].inService)
#define L1_TAKES(n) (IS_DELIVERABLE(n) && vcpu[n].sti && !vcpu[n].interrupted)
#define IS_BUSY(n) (vcpu[n].runsL2 && vcpu[n].l2Begun \
    || !vcpu[n].runsL2 && (vcpu[n].interrupted && vcpu[n].handlerBegun || !vcpu[n].interrupted && vcpu[n].begun))
#define ADVANCES(n) (vcpu[n].phase == ON_THE_WAY || vcpu[n].phase == GUEST && IS_BUSY(n))

#if SPLIT
#define IS_HOST_BUSY_FOR(n) (messages[n] != 0)
#define IS_HOST_BUSY IS_HOST_BUSY_FOR(NOBODY)
#else
#define IS_HOST_BUSY_FOR(n) false
#define IS_HOST_BUSY (len(ioctls) != 0)
#endif
#define IS_ACTIVE(n) (ADVANCES(n) || vcpu[n].kicked || IS_HOST_BUSY_FOR(n))
#if VCPUS > 1
#define IS_QUIESCENT (!IS_ACTIVE(0) && !IS_ACTIVE(1) && !IS_HOST_BUSY && !throttled)
#else
#define IS_QUIESCENT (!IS_ACTIVE(0) && !IS_HOST_BUSY && !throttled)
#endif

#define IS_STORM (redundant == SATURATED)
#define IS_STUCK (IS_QUIESCENT && remoteIrr)
#define IS_LOST (IS_QUIESCENT && !remoteIrr && levelWaits && HELD)

#if STOP
#define MAY_GO_ON (!IS_STORM && !IS_STUCK && !IS_LOST)
#else
#define MAY_GO_ON true
#endif

/* The end of every event. */
inline judge() {
    v = 0;
    i = 0;
    thread = 0;
    exits = 0;
    entering = 0;
    high = 0;
    assert(!IS_STORM);
    assert(!IS_STUCK);
    assert(!IS_LOST)
}

/* --- vCPUs: ways */

inline go(where) {
    V.phase = ON_THE_WAY;
    V.arrival = where
}

inline reflect(program_, vector_) {
    V.role = program_;
    V.reflected = vector_;
    go(L1_ENTRY)
}

inline mmio(access_, argument_) {
    V.access = access_;
    V.argument = argument_;
    go(MMIO_DECODED)
}

inline runAgain(n) {
    if
    :: vcpu[n].ioctls == 0 && vcpu[n].phase == VMM ->
        vcpu[n].phase = ON_THE_WAY;
        vcpu[n].arrival = GUEST_ENTRY
    :: else
    fi
}

inline ioctlDone() {
    if
    :: thread != NOBODY ->
        vcpu[thread].ioctls--;
        runAgain(thread)
    :: else
    fi
}

inline ioctlBegun() {
    if
    :: thread != NOBODY -> vcpu[thread].ioctls++
    :: else
    fi
}

/* --- the way of an interrupt */

/* A message reaches the local APICs; a vCPU in guest mode will notice. */
inline accept() {
    i = 0;
    do
    :: i == VCPUS -> break
    :: else ->
        if
        :: IS_MEANT(i) ->
            vcpu[i].requested = 1;
            vcpu[i].level = 1;
            if
            :: vcpu[i].phase == GUEST -> vcpu[i].kicked = 1
            :: else
            fi
        :: else
        fi;
        i++
    od
}

/* What is pending on the pin is sent, unless Remote IRR holds it back. */
inline service() {
    if
    :: remoteIrr
    :: else ->
        if
        :: levelWaits
        :: !levelWaits && redundant < SATURATED -> redundant++
        :: else
        fi;
        levelWaits = 0;
        remoteIrr = 1;
#if SPLIT
        messages[thread]++;
        ioctlBegun()
#else
        accept()
#endif
    fi
}

inline lineCalled() {
    lineHigh = high;
    pending = high;
    if
    :: high -> service()
    :: else
    fi
}

/* The sources now hold the line as the devices say. */
inline setGsi() {
    high = HELD;
#if SPLIT
    lineCalled()
#else
    ioctls ! high, thread;
    ioctlBegun()
#endif
}

inline endPin() {
    remoteIrr = 0;
    if
    :: !pending -> successiveEois = 0
    :: pending && successiveEois + 1 >= LIMIT ->
        successiveEois = 0;
        throttled = 1
    :: else ->
        successiveEois++;
        service()
    fi
}

inline accessDevice(device) {
    if
    :: cause[device] ->
        cause[device] = 0;
        redundant = 0;
        levelWaits = levelWaits || HELD;
        setGsi()
    :: else
    fi
}

/* L1's EOI, an MSR write that exits to L0. */
inline lapicEoi() {
    if
    :: V.inService ->
        V.inService = 0;
#if SPLIT
#if !SUPPRESSES
        V.eoiExit = 1;
        V.slotUsed = 1
#else
        skip
#endif
#else
#if !SUPPRESSES
        thread = NOBODY;
        if
        :: V.level -> endPin()
        :: else
        fi
#else
        skip
#endif
#endif
    :: else
    fi;
    go(GUEST_ENTRY)
}

/* KVM, or the VMM, does what the exit is for. */
inline perform() {
    if
    :: V.access == DEVICE -> accessDevice(V.argument)
    :: V.access == EOI_REGISTER ->
#if EOI_REGISTER_PRESENT
        if
        :: remoteIrr -> endPin()
        :: else
        fi
#else
        skip
#endif
    :: V.access == IOAPIC_EOI ->
        if
        :: remoteIrr -> endPin()
        :: else
        fi
    :: else
    fi;
    V.access = NO_ACCESS
}

/* --- vCPUs: guests */

inline takeInL1() {
    V.requested = 0;
    V.inService = 1;
    V.interrupted = 1;
    V.virtualRequested = 1
}

inline nestedInterrupt() {
    if
    :: IS_DELIVERABLE(v) ->
        V.requested = 0;
        V.inService = 1;
        reflect(ON_EXTERNAL, 1)
    :: else -> go(GUEST_ENTRY)
    fi
}

inline enterL1() {
    V.runsL2 = 0;
    V.program = V.role;
    V.vector = V.reflected;
    if
    :: V.role == ON_EXTERNAL && V.reflected -> V.virtualRequested = 1
    :: V.role == ON_L2_EOI -> V.virtualInService = 0
    :: else
    fi
}

inline resumeL2() {
    V.injected = !V.handling && V.virtualRequested && !V.virtualInService;
    if
    :: V.injected ->
        V.virtualRequested = 0;
        V.virtualInService = 1
    :: else
    fi;
    V.windowWanted = V.virtualRequested && !V.virtualInService;
    V.program = NO_PROGRAM;
    V.step = 0;
    V.vector = 0;
    V.sti = 0;
    go(GUEST_ENTRY);
    V.runsL2 = 1
}

inline enterGuest() {
    if
    :: V.eoiExit ->
        V.eoiExit = 0;
        V.access = IOAPIC_EOI;
        V.argument = THE_VECTOR;
        go(USERSPACE)
    :: else ->
        exits = V.runsL2 && IS_DELIVERABLE(v);
        if
        :: exits && !V.injected -> nestedInterrupt()
        :: else ->
            V.phase = GUEST;
            if
            :: V.injected ->
                V.injected = 0;
                V.handling = 1
            :: !V.injected && !V.runsL2 && L1_TAKES(v) -> takeInL1()
            :: else
            fi;
            if
            :: exits -> go(NESTED_INTERRUPT)
            :: else
            fi
        fi
    fi
}

/* RUN: the step takes time. */
inline busy(flag) {
    flag = 1;
    V.arrival = STEP_DONE;
}

/* run; lapic-eoi; run */
inline handlerStepOfL1() {
    if
    :: V.handlerStep == 1 ->
        V.handlerStep = 2;
        lapicEoi()
    :: V.handlerStep == 3 ->
        V.handlerStep = 0;
        V.interrupted = 0
    :: else -> busy(V.handlerBegun)
    fi
}

/* run; lapic-eoi and sti when directed-eoi; run; resume-l2 */
inline externalStep() {
    if
    :: V.step == 1 ->
        V.step = 2;
#if DIRECTED_EOI
        lapicEoi()
#endif
    :: V.step == 2 ->
        V.step = 3;
#if DIRECTED_EOI
        V.sti = 1
#endif
    :: V.step == 4 -> resumeL2()
    :: else -> busy(V.begun)
    fi
}

/* run; lapic-eoi unless directed-eoi; ioapic-eoi when directed-eoi and level; run; resume-l2 */
inline l2EoiStep() {
    if
    :: V.step == 1 ->
        V.step = 2;
#if !DIRECTED_EOI
        lapicEoi()
#endif
    :: V.step == 2 ->
        V.step = 3;
#if DIRECTED_EOI
        if
        :: V.vector -> mmio(EOI_REGISTER, THE_VECTOR)
        :: else
        fi
#endif
    :: V.step == 4 -> resumeL2()
    :: else -> busy(V.begun)
    fi
}

/* run; resume-l2 */
inline windowStep() {
    if
    :: V.step == 1 -> resumeL2()
    :: else -> busy(V.begun)
    fi
}

/* run; service; run; lapic-eoi */
inline handlerStepOfL2() {
    if
    :: V.l2Step == 1 && V.part < DEVICES ->
        V.part++;
        mmio(DEVICE, V.part - 1)
    :: V.l2Step == 1 && V.part == DEVICES ->
        V.part = 0;
        V.l2Step = 2
    :: V.l2Step == 3 ->
        V.l2Step = 4;
        reflect(ON_L2_EOI, V.virtualInService)
    :: V.l2Step == 4 ->
        V.l2Step = 0;
        V.handling = 0
    :: else -> busy(V.l2Begun)
    fi
}

/* The running level executes until something takes time or leaves guest mode. */
inline runGuest() {
    do
    :: V.phase != GUEST -> break
    :: V.phase == GUEST && !V.runsL2 && L1_TAKES(v) -> takeInL1()
    :: V.phase == GUEST && V.runsL2 && V.windowWanted && !V.handling && V.virtualRequested && !V.virtualInService ->
        V.windowWanted = 0;
        reflect(ON_WINDOW, 0)
    :: else ->
        if
        :: IS_BUSY(v) ->
            V.arrival = STEP_DONE;
            break
        :: V.runsL2 && !V.handling -> break
        :: !IS_BUSY(v) && V.runsL2 && V.handling -> handlerStepOfL2()
        :: !IS_BUSY(v) && !V.runsL2 && V.interrupted -> handlerStepOfL1()
        :: !IS_BUSY(v) && !V.runsL2 && !V.interrupted && V.program == ON_EXTERNAL -> externalStep()
        :: !IS_BUSY(v) && !V.runsL2 && !V.interrupted && V.program == ON_L2_EOI -> l2EoiStep()
        :: !IS_BUSY(v) && !V.runsL2 && !V.interrupted && V.program == ON_WINDOW -> windowStep()
        fi
    od
}

inline stepDone() {
    if
    :: V.runsL2 ->
        V.l2Step++;
        V.l2Begun = 0
    :: !V.runsL2 && V.interrupted ->
        V.handlerStep++;
        V.handlerBegun = 0
    :: else ->
        V.step++;
        V.begun = 0
    fi
}

/* --- events */

inline advance() {
    if
    :: V.phase == GUEST -> stepDone()
    :: V.phase == ON_THE_WAY && V.arrival == GUEST_ENTRY -> entering = 1
    :: V.phase == ON_THE_WAY && V.arrival == NESTED_INTERRUPT -> nestedInterrupt()
    :: V.phase == ON_THE_WAY && V.arrival == L1_ENTRY ->
        enterL1();
        entering = 1
    :: V.phase == ON_THE_WAY && V.arrival == MMIO_DECODED ->
#if SPLIT
        go(USERSPACE)
#else
        if
        :: V.access == DEVICE -> go(USERSPACE)
        :: else ->
            /* The in-kernel I/O APIC has no EOI register. */
            V.access = NO_ACCESS;
            go(GUEST_ENTRY)
        fi
#endif
    :: V.phase == ON_THE_WAY && V.arrival == USERSPACE -> go(VMM_ACTION)
    :: V.phase == ON_THE_WAY && V.arrival == VMM_ACTION ->
        V.phase = VMM;
        thread = v;
        perform();
        runAgain(v)
    fi;
    if
    :: entering -> enterGuest()
    :: else
    fi;
    runGuest();
    judge()
}

inline kick() {
    V.kicked = 0;
    if
    :: V.phase == GUEST && V.runsL2 && IS_DELIVERABLE(v) -> go(NESTED_INTERRUPT)
    :: V.phase == GUEST && !V.runsL2 && L1_TAKES(v) -> runGuest()
    :: else
    fi;
    judge()
}

inline arrive(device) {
    arrived[device]++;
    if
    :: cause[device]
    :: else ->
        cause[device] = 1;
        levelWaits = 1;
        thread = NOBODY;
        setGsi()
    fi;
    judge()
}

inline messageArrives() {
    messages[thread]--;
    accept();
    ioctlDone();
    judge()
}

inline lineAtKernel() {
    ioctls ? high, thread;
    lineCalled();
    ioctlDone();
    judge()
}

inline throttleExpired() {
    throttled = 0;
    thread = NOBODY;
    if
    :: pending -> service()
    :: else
    fi;
    judge()
}

active proctype machine() {
end:
    do
    :: d_step { ADVANCES(0) && MAY_GO_ON -> v = 0; advance() }
    :: d_step { vcpu[0].kicked && MAY_GO_ON -> v = 0; kick() }
    :: d_step { arrived[0] < K && MAY_GO_ON -> arrive(0) }
    :: d_step { throttled && MAY_GO_ON -> throttleExpired() }
#if VCPUS > 1
    :: d_step { ADVANCES(1) && MAY_GO_ON -> v = 1; advance() }
    :: d_step { vcpu[1].kicked && MAY_GO_ON -> v = 1; kick() }
#endif
#if DEVICES > 1
    :: d_step { arrived[1] < K && MAY_GO_ON -> arrive(1) }
#endif
#if SPLIT
    :: d_step { messages[0] && MAY_GO_ON -> thread = 0; messageArrives() }
    :: d_step { messages[NOBODY] && MAY_GO_ON -> thread = NOBODY; messageArrives() }
#if VCPUS > 1
    :: d_step { messages[1] && MAY_GO_ON -> thread = 1; messageArrives() }
#endif
#else
    :: d_step { nempty(ioctls) && MAY_GO_ON -> lineAtKernel() }
#endif
    od
}
