// SPDX-License-Identifier: Apache-2.0
package irqstorm.check;

import irqstorm.apic.FatalModelError;
import irqstorm.apic.RedirectionEntry;
import irqstorm.event.Actor;
import irqstorm.event.EventKind;
import irqstorm.machine.Machine;
import irqstorm.machine.MachineConfig;
import irqstorm.machine.Pin;
import irqstorm.machine.UntimedMachine;
import irqstorm.state.StateStore;
import irqstorm.trace.TraceSink;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Says of a state of a machine that is explored whether something is wrong in it. What it has to remember is part of that state, so
 * that two ways to a state leave the same memory.
 *
 * <p>The rules are those of {@link Judge}, so that a timed run in the same order has the same verdict. A stuck line and a lost level are
 * looked for where the machine is at rest: before that, what is under way can still help.
 */
public final class SafetyMonitor implements TraceSink {
    private final LineMap map;
    private final List<LineProgress> lines;
    private final StateStore store;
    private final int ended;
    private final int edgesLost;
    private final int stormed;
    private final int wrongPins;
    private final int maskedDeliveries;
    private final int[] pins;
    private boolean afterEoi;
    private @Nullable UntimedMachine machine;

    /** A monitor with its memory in {@code store}. */
    public SafetyMonitor(MachineConfig config, StateStore store) {
        this.map = new LineMap(config);
        this.lines = map.lines().stream().map(line -> new LineProgress(store)).toList();
        this.store = store;
        this.ended = store.reserve(config.ioApic().pins());
        this.edgesLost = store.reserve(1);
        this.stormed = store.reserve(1);
        this.wrongPins = store.reserve(1);
        this.maskedDeliveries = store.reserve(1);
        this.pins = config.pins().stream().mapToInt(Pin::gsi).toArray();
    }

    /** The monitor judges states of {@code explored} from now on, and what it hears is from there. */
    public void watch(UntimedMachine explored) {
        machine = explored;
    }

    /** What is recorded from now on comes of the next choice. */
    public void beginMove() {
        afterEoi = false;
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
            case LAPIC_REFUSED -> {
                int message = map.ofMessage((int) b);
                edgeLost(message == LineMap.NONE ? map.ofPinVector((int) b) : message);
            }
            case EDGE_LOST -> edgeLost(map.ofGsi((int) a));
            case LAPIC_EOI -> end((int) b);
            case DIRECTED_EOI -> {
                afterEoi = true;
                end((int) b);
            }
            case EOI_BROADCAST -> afterEoi = true;
            case REMOTE_IRR_SET -> store.set(ended + (int) a, 0);
            case REMOTE_IRR_CLEARED -> {
                if (afterEoi && store.get(ended + (int) a) == 0) {
                    store.set(wrongPins, 1);
                }
                store.set(ended + (int) a, 0);
            }
            default -> {}
        }
    }

    private LineProgress ofDevice(long device) {
        return lines.get(map.ofDevice((int) device));
    }

    private void delivered(int line) {
        if (line != LineMap.NONE) {
            lines.get(line).delivered();
        }
    }

    /** A storm that the same event begins and ends was one all the same. */
    private void serviced(LineProgress line) {
        if (line.isStorm()) {
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

    /** The guest ended {@code vector}: an EOI may clear the Remote IRR of the pins that have it. */
    private void end(int vector) {
        if (machine == null) {
            return;
        }
        for (int pin : pins) {
            long entry = machine.machine().entry(pin);
            if (RedirectionEntry.vector(entry) == vector && RedirectionEntry.hasRemoteIrr(entry)) {
                store.set(ended + pin, 1);
            }
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
