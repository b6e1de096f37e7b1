// SPDX-License-Identifier: Apache-2.0
package irqstorm.stats.stream;

import irqstorm.check.LineMap;
import irqstorm.event.Actor;
import irqstorm.event.EventKind;
import irqstorm.event.ExitReason;
import irqstorm.machine.Device;
import irqstorm.machine.Signalling;
import irqstorm.machine.Wire;
import irqstorm.trace.TraceSink;
import java.util.List;
import java.util.stream.Stream;

/** Tells observers what the events of a run mean for its lines. Its memory does not grow with the run. */
public final class LineEvents implements TraceSink {
    private static final int L1 = 1;
    private static final int L2 = 2;

    /** RTE bit 16 masks the pin (82093AA datasheet, section 3.2.4). */
    private static final long MASKED = 1L << 16;

    private final LineMap lines;
    private final LineObserver[][] observersOf;
    private final List<LineObserver> observers;
    private final boolean[] signalsEvents;
    private final boolean[] holds;
    private final int[] holders;
    private final boolean[] masked;

    /**
     * Tells observers of {@code lines}.
     *
     * @param devices the devices that are on them, in the order of their numbers
     * @param ofLine one observer a line, who is told of that line only: a machine may have hundreds of lines
     * @param ofAll those who are told of every line
     */
    public LineEvents(
            LineMap lines,
            List<Device> devices,
            List<? extends LineObserver> ofLine,
            List<? extends LineObserver> ofAll) {
        this.lines = lines;
        observersOf = ofLine.stream()
                .map(own -> Stream.concat(Stream.of(own), ofAll.stream()).toArray(LineObserver[]::new))
                .toArray(LineObserver[][]::new);
        observers = Stream.concat(ofLine.stream(), ofAll.stream()).toList();
        signalsEvents = new boolean[devices.size()];
        for (int device = 0; device < signalsEvents.length; device++) {
            signalsEvents[device] = devices.get(device).wire() instanceof Wire.Line line
                    && line.signalling() instanceof Signalling.EventPerUnmask;
        }
        holds = new boolean[devices.size()];
        holders = new int[lines.lines().size()];
        masked = new boolean[holders.length];
    }

    private boolean isMessage(int vector) {
        return lines.ofMessage(vector) != LineMap.NONE;
    }

    @Override
    public void record(long sequence, long timeNanos, Actor actor, EventKind kind, long a, long b, long c, long cause) {
        switch (kind) {
            case LINE_ASSERTED,
                    EDGE_SENT,
                    EVENT_SIGNALLED,
                    LINE_DEASSERTED,
                    SOURCE_UNMASKED,
                    DEVICE_SERVICED,
                    DEVICE_ACCESSED -> device(kind, (int) a, timeNanos);
            case IOAPIC_DELIVERED, ROUTE_DELIVERED, RTE_WRITTEN, THROTTLE_ARMED -> pin(kind, (int) a, c, timeNanos);
            case LAPIC_ACCEPTED -> accepted((int) b, timeNanos);
            case INTERRUPT_TAKEN -> taken((int) b, (int) a, (int) c, timeNanos);
            case NESTED_EXIT -> {
                if (b == ExitReason.EXTERNAL_INTERRUPT.ordinal() && c >= 0) {
                    taken((int) c, (int) a, L1, timeNanos);
                }
            }
            case LAPIC_EOI -> ended((int) b, (int) a, actor == Actor.L2 ? L2 : L1, timeNanos);
            case L2_EOI -> ended((int) b, (int) a, L2, timeNanos);
            case EOI_BROADCAST -> {
                if (c != 0) {
                    pinEnded((int) b, timeNanos);
                }
            }
            case DIRECTED_EOI -> pinEnded((int) b, timeNanos);
            case THROTTLE_EXPIRED -> {
                for (LineObserver observer : observers) {
                    observer.throttleExpired(timeNanos);
                }
            }
            default -> {}
        }
    }

    private void device(EventKind kind, int device, long timeNanos) {
        int line = lines.ofDevice(device);
        boolean events = signalsEvents[device];
        switch (kind) {
            case LINE_ASSERTED, EDGE_SENT -> {
                hold(device, kind == EventKind.LINE_ASSERTED && !events || holds[device]);
                for (LineObserver observer : observersOf[line]) {
                    observer.asserted(line, device, timeNanos);
                }
            }
            case EVENT_SIGNALLED -> hold(device, true);
            case LINE_DEASSERTED -> hold(device, events && holds[device]);
            case SOURCE_UNMASKED -> hold(device, false);
            case DEVICE_SERVICED -> {
                for (LineObserver observer : observersOf[line]) {
                    observer.serviced(line, device, timeNanos);
                }
            }
            default -> {
                for (LineObserver observer : observersOf[line]) {
                    observer.accessed(line);
                }
            }
        }
    }

    private void hold(int device, boolean high) {
        if (holds[device] != high) {
            holds[device] = high;
            holders[lines.ofDevice(device)] += high ? 1 : -1;
        }
    }

    private void pin(EventKind kind, int gsi, long value, long timeNanos) {
        int line = lines.ofGsi(gsi);
        if (line == LineMap.NONE) {
            return;
        }
        for (LineObserver observer : observersOf[line]) {
            switch (kind) {
                case RTE_WRITTEN -> observer.entryWritten(line);
                case THROTTLE_ARMED -> observer.throttled(line, timeNanos);
                default -> observer.delivered(line, timeNanos);
            }
        }
        if (kind == EventKind.RTE_WRITTEN) {
            masked[line] = (value & MASKED) != 0;
        }
    }

    private void accepted(int vector, long timeNanos) {
        int line = lines.ofVector(vector);
        if (line == LineMap.NONE) {
            return;
        }
        for (LineObserver observer : observersOf[line]) {
            if (isMessage(vector)) {
                observer.delivered(line, timeNanos);
            }
            observer.accepted(line, timeNanos);
        }
    }

    private void taken(int vector, int vcpu, int level, long timeNanos) {
        int line = lines.ofVector(vector);
        if (line == LineMap.NONE) {
            return;
        }
        for (LineObserver observer : observersOf[line]) {
            observer.taken(line, vcpu, level, timeNanos);
        }
    }

    private void ended(int vector, int vcpu, int level, long timeNanos) {
        int line = vector < 0 ? LineMap.NONE : lines.ofVector(vector);
        if (line == LineMap.NONE) {
            return;
        }
        for (LineObserver observer : observersOf[line]) {
            observer.ended(line, vcpu, level, timeNanos);
        }
    }

    private void pinEnded(int vector, long timeNanos) {
        int line = lines.ofVector(vector);
        if (line == LineMap.NONE || isMessage(vector)) {
            return;
        }
        boolean pending = holders[line] > 0 && !masked[line];
        for (LineObserver observer : observersOf[line]) {
            observer.pinEnded(line, pending, timeNanos);
        }
    }

    /** The run ended at {@code timeNanos}. */
    public void finish(long timeNanos) {
        for (LineObserver observer : observers) {
            observer.finished(timeNanos);
        }
    }
}
