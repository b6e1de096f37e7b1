// SPDX-License-Identifier: Apache-2.0
package irqstorm.check;

import irqstorm.event.Actor;
import irqstorm.event.EventKind;
import irqstorm.event.UserspaceExitReason;
import irqstorm.machine.MachineConfig;
import irqstorm.trace.TraceSink;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Measures a run from its events: lines, storms, exits and how EOIs went. Its memory does not grow with the run. */
public final class RunMeter implements TraceSink {
    /** The mode that the VM started in; others are the ordinals of {@link irqstorm.kvm.SuppressEoiBroadcastMode}. */
    static final int FIRST_MODE = -1;

    private final LineMap map;
    private final LineMeter[] lines;
    private final long[] assertedAt;
    private final StormMeter storms = new StormMeter();
    private final EoiPaths[] eoiPaths = new EoiPaths[256];
    private final @Nullable HazardMeter hazards;
    private int mode = FIRST_MODE;
    private long throttleFirings;
    private long eoiExits;

    /** A meter for a machine of this configuration. */
    public RunMeter(MachineConfig config) {
        map = new LineMap(config);
        lines = map.lines().stream()
                .map(line -> new LineMeter(line.name(), line.gsi(), storms::add))
                .toArray(LineMeter[]::new);
        assertedAt = new long[config.devices().size()];
        for (int vector = 0; vector < eoiPaths.length; vector++) {
            eoiPaths[vector] = new EoiPaths();
        }
        hazards = config.hazards().steps().isEmpty()
                ? null
                : new HazardMeter(config, vector -> name(map.ofPinVector(vector)), gsi -> name(map.ofGsi(gsi)));
    }

    private String name(int line) {
        return line == LineMap.NONE ? "" : lines[line].name();
    }

    private LineMeter ofDevice(long device) {
        return lines[map.ofDevice((int) device)];
    }

    private @Nullable LineMeter ofGsi(long gsi) {
        return at(map.ofGsi((int) gsi));
    }

    private @Nullable LineMeter at(int line) {
        return line == LineMap.NONE ? null : lines[line];
    }

    @Override
    public void record(long sequence, long timeNanos, Actor actor, EventKind kind, long a, long b, long c, long cause) {
        if (hazards != null) {
            hazards.record(timeNanos, kind, a, b, c);
        }
        switch (kind) {
            case LINE_ASSERTED -> {
                assertedAt[(int) a] = timeNanos;
                ofDevice(a).asserted();
            }
            case LINE_DEASSERTED -> ofDevice(a).deasserted();
            case EDGE_SENT -> {
                assertedAt[(int) a] = timeNanos;
                ofDevice(a).edgeSent();
            }
            case RISE_POSTPONED -> assertedAt[(int) a] = timeNanos;
            case CAUSE_MERGED -> ofDevice(a).causeMerged();
            case DEVICE_SERVICED -> ofDevice(a).serviced(timeNanos, assertedAt[(int) a]);
            case IOAPIC_DELIVERED, ROUTE_DELIVERED -> {
                LineMeter line = ofGsi(a);
                if (line != null) {
                    line.delivered(timeNanos);
                }
            }
            case LAPIC_ACCEPTED -> accepted((int) b, c != 0, timeNanos);
            case LAPIC_REFUSED -> refused((int) b);
            case EDGE_LOST -> {
                LineMeter line = ofGsi(a);
                if (line != null) {
                    line.edgeLost();
                }
            }
            case REMOTE_IRR_SET, REMOTE_IRR_CLEARED -> {
                LineMeter line = ofGsi(a);
                if (line != null) {
                    line.remoteIrr(kind == EventKind.REMOTE_IRR_SET, timeNanos);
                }
            }
            case THROTTLE_ARMED -> throttleFirings++;
            case USERSPACE_EXIT -> eoiExits += b == UserspaceExitReason.KVM_EXIT_IOAPIC_EOI.ordinal() ? 1 : 0;
            case LAPIC_EOI -> eoiPaths[(int) b].lapicEoi(c != 0, isUnserviced((int) b));
            case EOI_SUPPRESSED -> eoiPaths[(int) b].suppress(mode);
            case EOI_BROADCAST -> eoiPaths[(int) b].broadcast(mode);
            case DIRECTED_EOI -> eoiPaths[(int) b].direct();
            case DIRECTED_EOI_IGNORED -> eoiPaths[(int) b].directInVain(c);
            case FLAGS_CHANGED -> mode = c < 0 ? mode : (int) c;
            case VM_MIGRATED -> mode = (int) b;
            default -> {}
        }
    }

    private void accepted(int vector, boolean level, long timeNanos) {
        LineMeter line = at(map.ofMessage(vector));
        if (line != null && !level) {
            line.delivered(timeNanos);
        }
    }

    private void refused(int vector) {
        LineMeter line = at(map.ofVector(vector));
        if (line != null) {
            line.edgeLost();
        }
    }

    private boolean isUnserviced(int vector) {
        LineMeter line = at(map.ofPinVector(vector));
        return line != null && line.isBetweenDeliveryAndService();
    }

    /** The run ended at {@code timeNanos}. */
    public void finish(long timeNanos) {
        for (LineMeter line : lines) {
            line.finish(timeNanos);
        }
    }

    /** How often the I/O APIC postponed a delivery. */
    public long throttleFirings() {
        return throttleFirings;
    }

    /** How many KVM_EXIT_IOAPIC_EOI there were. */
    public long eoiExits() {
        return eoiExits;
    }

    /** The storms, once the run is finished. */
    public StormResult storms() {
        return storms.result();
    }

    /** What hazards did; null where there are none. */
    @Nullable
    HazardMeter hazards() {
        return hazards;
    }

    List<LineMeter> lines() {
        return List.of(lines);
    }

    EoiPaths eoiPaths(int vector) {
        return eoiPaths[vector];
    }
}
