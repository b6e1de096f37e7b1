// SPDX-License-Identifier: Apache-2.0
package irqstorm.check;

import irqstorm.apic.FatalModelError;
import irqstorm.apic.RedirectionEntry;
import irqstorm.apic.VectorSet;
import irqstorm.event.Actor;
import irqstorm.event.EventKind;
import irqstorm.machine.Machine;
import irqstorm.machine.MachineConfig;
import irqstorm.machine.Pin;
import irqstorm.machine.UntimedMachine;
import irqstorm.state.ReversibleStore;
import irqstorm.state.StateStore;
import irqstorm.trace.TraceSink;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A machine whose events are chosen, and what is wrong in the state that it is in. What the monitor has to remember is part of that
 * state, so that two ways to a state leave the same memory. Where {@link ModelRules} are broken, an event cannot happen.
 *
 * <p>The rules are those of {@link Judge}, so that a timed run in the same order has the same verdict. A stuck line and a lost level are
 * looked for where the machine is at rest: before that, what is under way can still help.
 *
 * <p>An EOI names a vector and not a pin. So an EOI clears the wrong pin if it clears one whose vector no guest has ended since the I/O
 * APIC last heard of an EOI of it, or one that was delivered only because of this EOI. Of pins that share a vector it may clear all,
 * also one that was delivered while it was on its way: an EOI message is matched by its vector, and what is still asserted is delivered
 * again.
 */
public final class SafetyMonitor {
    private static final int NO_WORD = -1;

    private final LineMap map;
    private final List<LineProgress> lines;
    private final StateStore store;
    private final int edgesLost;
    private final int stormed;
    private final int wrongPins;
    private final int maskedDeliveries;
    private final int[] endedOfVector = new int[VectorSet.VECTORS];

    /** The vector of the EOI that the I/O APIC is hearing of, or {@link VectorSet#NONE}, and whether a guest has ended it. */
    private int eoi = VectorSet.NONE;

    private boolean isEoiDue;

    private boolean stormBegan;

    /** The pins that were delivered since it did, for which that EOI is not. */
    private final BitSet deliveredSince = new BitSet();

    private final UntimedMachine untimed;
    private final Machine machine;

    /**
     * A machine that has not started, with its state and the monitor's in {@code store}.
     *
     * @param bounded whether only orders are possible that the ranges of the latencies allow
     * @param sinks are told of each event before the monitor is
     */
    public SafetyMonitor(MachineConfig config, ReversibleStore store, boolean bounded, TraceSink... sinks) {
        this.map = new LineMap(config);
        this.lines = map.lines().stream().map(line -> new LineProgress(store)).toList();
        this.store = store;
        this.edgesLost = store.reserve(1);
        this.stormed = store.reserve(1);
        this.wrongPins = store.reserve(1);
        this.maskedDeliveries = store.reserve(1);
        Arrays.fill(endedOfVector, NO_WORD);
        config.everyPin().stream()
                .mapToInt(Pin::vector)
                .distinct()
                .forEach(vector -> endedOfVector[vector] = store.reserve(1));
        TraceSink[] all = Arrays.copyOf(sinks, sinks.length + 1);
        all[sinks.length] = this::record;
        this.untimed = new UntimedMachine(config, store, bounded, all);
        this.machine = untimed.machine();
    }

    /** The machine; its choices are taken by {@link #take}. */
    public UntimedMachine machine() {
        return untimed;
    }

    /**
     * What {@code choice} stands for happens.
     *
     * @throws IllegalStateException if that breaks a rule of the model
     */
    public void take(int choice) {
        eoi = VectorSet.NONE;
        stormBegan = false;
        store.set(stormed, 0);
        untimed.take(choice);
    }

    private void record(
            long sequence, long timeNanos, Actor actor, EventKind kind, long a, long b, long c, long cause) {
        switch (kind) {
            case LINE_ASSERTED -> ofDevice(a).asserted();
            case LINE_DEASSERTED -> ofDevice(a).deasserted();
            case EDGE_SENT -> ofDevice(a).edgeSent();
            case DEVICE_SERVICED -> serviced(ofDevice(a));
            case IOAPIC_DELIVERED -> {
                delivered(map.ofGsi((int) a));
                if (RedirectionEntry.isMasked(machine.entry((int) a))) {
                    store.set(maskedDeliveries, 1);
                }
            }
            case ROUTE_DELIVERED -> delivered(map.ofGsi((int) a));
            case LAPIC_ACCEPTED -> delivered(c == 0 ? map.ofMessage((int) b) : LineMap.NONE);
            case LAPIC_REFUSED -> edgeLost(map.ofVector((int) b));
            case EDGE_LOST -> edgeLost(map.ofGsi((int) a));
            case LAPIC_EOI -> setEnded((int) b, true);
            case DIRECTED_EOI -> reachesIoApic((int) b, true);
            case EOI_BROADCAST -> reachesIoApic((int) b, isEnded((int) b));
            case ENTRY_REWRITTEN -> eoi = VectorSet.NONE;
            case REMOTE_IRR_SET -> deliveredSince.set((int) a);
            case REMOTE_IRR_CLEARED -> remoteIrrCleared((int) a, (int) b);
            default -> {}
        }
        ModelRules.check(machine, kind, a, b, c);
    }

    private LineProgress ofDevice(long device) {
        return lines.get(map.ofDevice((int) device));
    }

    private void delivered(int line) {
        if (line != LineMap.NONE) {
            lines.get(line).delivered();
            stormBegan |= lines.get(line).isStorm();
        }
    }

    /** A storm that the same event begins and ends was one all the same, in the state after it. */
    private void serviced(LineProgress line) {
        if (stormBegan && line.isStorm()) {
            store.set(stormed, 1);
        }
        line.serviced();
    }

    private void edgeLost(int line) {
        if (line != LineMap.NONE) {
            lines.get(line).edgeLost();
            store.set(edgesLost, 1);
        }
    }

    /** Whether a guest has ended {@code vector}, and the I/O APIC has not heard of it. */
    private boolean isEnded(int vector) {
        return isOfPin(vector) && store.get(endedOfVector[vector]) != 0;
    }

    private void setEnded(int vector, boolean ended) {
        if (isOfPin(vector)) {
            store.set(endedOfVector[vector], ended ? 1 : 0);
        }
    }

    private boolean isOfPin(int vector) {
        return vector >= 0 && vector < endedOfVector.length && endedOfVector[vector] != NO_WORD;
    }

    private void reachesIoApic(int vector, boolean isDue) {
        eoi = vector;
        isEoiDue = isDue;
        deliveredSince.clear();
        setEnded(vector, false);
    }

    private void remoteIrrCleared(int pin, int vector) {
        if (eoi == VectorSet.NONE) {
            setEnded(vector, false);
        } else if (!isEoiDue || vector != eoi || deliveredSince.get(pin)) {
            store.set(wrongPins, 1);
        }
    }

    /** The worst that is wrong in the state that the machine is in, or null. */
    public @Nullable Violation violation() {
        FatalModelError.Cause stoppedAt = machine.stoppedAt();
        if (stoppedAt != null) {
            return switch (stoppedAt.victim()) {
                case HOST -> Violation.HOST_DOWN;
                case GUEST -> Violation.GUEST_KILLED;
                case VMM -> Violation.VMM_STOPPED;
            };
        }
        if (machine.isDestroyed()) {
            return null;
        }
        if (untimed.isAtRest()) {
            Violation atRest = violationAtRest(untimed.isQuiescent());
            if (atRest != null) {
                return atRest;
            }
        }
        if (store.get(edgesLost) != 0) {
            return Violation.LOST;
        }
        if (isStormy()) {
            return Violation.STORM;
        }
        if (store.get(wrongPins) != 0) {
            return Violation.WRONG_PIN_EOI;
        }
        return store.get(maskedDeliveries) != 0 ? Violation.MASKED_DELIVERY : null;
    }

    private boolean isStormy() {
        for (int line = 0; line < lines.size(); line++) {
            if (lines.get(line).isStorm()) {
                return true;
            }
        }
        return store.get(stormed) != 0;
    }

    private @Nullable Violation violationAtRest(boolean quiescent) {
        Violation found = null;
        for (int line = 0; line < lines.size(); line++) {
            int gsi = map.lines().get(line).gsi();
            if (gsi >= 0 && (quiescent ? machine.waitsForEoi(gsi) : machine.isStuck(gsi))) {
                return Violation.STUCK;
            }
            boolean open = gsi < 0 || !RedirectionEntry.isMasked(machine.entry(gsi));
            if (open && lines.get(line).isUndelivered()) {
                found = Violation.LOST;
            }
        }
        return found;
    }
}
