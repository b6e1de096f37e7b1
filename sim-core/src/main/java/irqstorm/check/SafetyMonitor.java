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
import irqstorm.state.StateStore;
import irqstorm.trace.TraceSink;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Says of a state of a machine that is explored whether something is wrong in it. What it has to remember is part of that state, so
 * that two ways to a state leave the same memory.
 *
 * <p>The rules are those of {@link Judge}, so that a timed run in the same order has the same verdict. A stuck line and a lost level are
 * looked for where the machine is at rest: before that, what is under way can still help.
 *
 * <p>An EOI names a vector and not a pin. So an EOI clears the wrong pin if it clears one whose vector no guest has ended since the I/O
 * APIC last heard of an EOI of it, or one that was delivered only because of this EOI. Of pins that share a vector it may clear all,
 * also one that was delivered while it was on its way: an EOI message is matched by its vector, and what is still asserted is delivered
 * again.
 */
public final class SafetyMonitor implements TraceSink {
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

    private @Nullable UntimedMachine machine;

    /** A monitor with its memory in {@code store}. */
    public SafetyMonitor(MachineConfig config, StateStore store) {
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
    }

    /** The monitor judges states of {@code explored} from now on, and what it hears is from there. */
    public void watch(UntimedMachine explored) {
        machine = explored;
    }

    /** What is recorded from now on comes of the next choice. */
    public void beginMove() {
        eoi = VectorSet.NONE;
        stormBegan = false;
        store.set(stormed, 0);
    }

    @Override
    public void record(long sequence, long timeNanos, Actor actor, EventKind kind, long a, long b, long c, long cause) {
        switch (kind) {
            case LINE_ASSERTED -> ofDevice(a).asserted();
            case LINE_DEASSERTED -> ofDevice(a).deasserted();
            case EDGE_SENT -> ofDevice(a).edgeSent();
            case DEVICE_SERVICED -> serviced(ofDevice(a));
            case IOAPIC_DELIVERED -> {
                delivered(map.ofGsi((int) a));
                if (machine != null
                        && RedirectionEntry.isMasked(machine.machine().entry((int) a))) {
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
        Machine judged = Objects.requireNonNull(machine).machine();
        FatalModelError.Cause stoppedAt = judged.stoppedAt();
        if (stoppedAt != null) {
            return switch (stoppedAt.victim()) {
                case HOST -> Violation.HOST_DOWN;
                case GUEST -> Violation.GUEST_KILLED;
                case VMM -> Violation.VMM_STOPPED;
            };
        }
        if (judged.isDestroyed()) {
            return null;
        }
        if (machine.isAtRest()) {
            Violation atRest = violationAtRest(judged, machine.isQuiescent());
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

    private @Nullable Violation violationAtRest(Machine judged, boolean quiescent) {
        Violation found = null;
        for (int line = 0; line < lines.size(); line++) {
            int gsi = map.lines().get(line).gsi();
            if (gsi >= 0 && (quiescent ? judged.waitsForEoi(gsi) : judged.isStuck(gsi))) {
                return Violation.STUCK;
            }
            boolean open = gsi < 0 || !RedirectionEntry.isMasked(judged.entry(gsi));
            if (open && lines.get(line).isUndelivered()) {
                found = Violation.LOST;
            }
        }
        return found;
    }
}
