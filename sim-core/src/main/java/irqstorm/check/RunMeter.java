// SPDX-License-Identifier: Apache-2.0
package irqstorm.check;

import irqstorm.event.Actor;
import irqstorm.event.EventKind;
import irqstorm.event.UserspaceExitReason;
import irqstorm.machine.Device;
import irqstorm.machine.MachineConfig;
import irqstorm.machine.Wire;
import irqstorm.trace.TraceSink;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Measures a run from its events: lines, storms, exits and how EOIs went. Its memory does not grow with the run. */
public final class RunMeter implements TraceSink {
    /** The mode that the VM started in; others are the ordinals of {@link irqstorm.kvm.SuppressEoiBroadcastMode}. */
    static final int FIRST_MODE = -1;

    private final List<LineMeter> lines = new ArrayList<>();
    private final LineMeter[] lineOfDevice;
    private final LineMeter[] lineOfGsi;
    private final LineMeter[] messageLineOfVector = new LineMeter[256];
    private final LineMeter[] pinLineOfVector = new LineMeter[256];
    private final long[] assertedAt;
    private final StormMeter storms = new StormMeter();
    private final EoiPaths[] eoiPaths = new EoiPaths[256];
    private final @Nullable HazardMeter hazards;
    private int mode = FIRST_MODE;
    private long throttleFirings;
    private long eoiExits;

    /** A meter for a machine of this configuration. */
    public RunMeter(MachineConfig config) {
        List<Device> devices = config.devices();
        lineOfDevice = new LineMeter[devices.size()];
        assertedAt = new long[devices.size()];
        lineOfGsi = new LineMeter[config.ioApic().pins()];
        for (int vector = 0; vector < eoiPaths.length; vector++) {
            eoiPaths[vector] = new EoiPaths();
        }
        for (int i = 0; i < devices.size(); i++) {
            Wire wire = devices.get(i).wire();
            if (wire instanceof Wire.Line line) {
                if (lineOfGsi[line.gsi()] == null) {
                    lineOfGsi[line.gsi()] = add(names(devices, other -> isOnPin(other, line.gsi())), line.gsi());
                }
                lineOfDevice[i] = lineOfGsi[line.gsi()];
            } else if (wire instanceof Wire.Message message) {
                if (messageLineOfVector[message.vector()] == null) {
                    messageLineOfVector[message.vector()] =
                            add(names(devices, other -> sends(other, message.vector())), -1);
                }
                lineOfDevice[i] = messageLineOfVector[message.vector()];
            }
        }
        config.everyPin().forEach(pin -> pinLineOfVector[pin.vector()] = lineOfGsi[pin.gsi()]);
        hazards = config.hazards().steps().isEmpty()
                ? null
                : new HazardMeter(config, vector -> name(pinLineOfVector[vector]), gsi -> name(lineOfGsi[gsi]));
    }

    private static String name(@Nullable LineMeter line) {
        return line == null ? "" : line.name();
    }

    private LineMeter add(String name, int gsi) {
        LineMeter line = new LineMeter(name, gsi, storms::add);
        lines.add(line);
        return line;
    }

    private static boolean isOnPin(Device device, int gsi) {
        return device.wire() instanceof Wire.Line line && line.gsi() == gsi;
    }

    private static boolean sends(Device device, int vector) {
        return device.wire() instanceof Wire.Message message && message.vector() == vector;
    }

    private static String names(List<Device> devices, Predicate<Device> onTheLine) {
        return devices.stream().filter(onTheLine).map(Device::name).collect(Collectors.joining("+"));
    }

    @Override
    public void record(long sequence, long timeNanos, Actor actor, EventKind kind, long a, long b, long c, long cause) {
        if (hazards != null) {
            hazards.record(timeNanos, kind, a, b, c);
        }
        switch (kind) {
            case LINE_ASSERTED -> {
                assertedAt[(int) a] = timeNanos;
                lineOfDevice[(int) a].asserted();
            }
            case LINE_DEASSERTED -> lineOfDevice[(int) a].deasserted();
            case EDGE_SENT -> {
                assertedAt[(int) a] = timeNanos;
                lineOfDevice[(int) a].edgeSent();
            }
            case RISE_POSTPONED -> assertedAt[(int) a] = timeNanos;
            case CAUSE_MERGED -> lineOfDevice[(int) a].causeMerged();
            case DEVICE_SERVICED -> lineOfDevice[(int) a].serviced(timeNanos, assertedAt[(int) a]);
            case IOAPIC_DELIVERED, ROUTE_DELIVERED -> {
                if (lineOfGsi[(int) a] != null) {
                    lineOfGsi[(int) a].delivered(timeNanos);
                }
            }
            case LAPIC_ACCEPTED -> accepted((int) b, c != 0, timeNanos);
            case LAPIC_REFUSED -> refused((int) b);
            case EDGE_LOST -> {
                if (lineOfGsi[(int) a] != null) {
                    lineOfGsi[(int) a].edgeLost();
                }
            }
            case REMOTE_IRR_SET, REMOTE_IRR_CLEARED -> {
                if (lineOfGsi[(int) a] != null) {
                    lineOfGsi[(int) a].remoteIrr(kind == EventKind.REMOTE_IRR_SET, timeNanos);
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
        LineMeter line = messageLineOfVector[vector];
        if (line != null && !level) {
            line.delivered(timeNanos);
        }
    }

    private void refused(int vector) {
        LineMeter line = messageLineOfVector[vector] != null ? messageLineOfVector[vector] : pinLineOfVector[vector];
        if (line != null) {
            line.edgeLost();
        }
    }

    private boolean isUnserviced(int vector) {
        LineMeter line = pinLineOfVector[vector];
        return line != null && line.isBetweenDeliveryAndService();
    }

    /** The run ended at {@code timeNanos}. */
    public void finish(long timeNanos) {
        lines.forEach(line -> line.finish(timeNanos));
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
        return lines;
    }

    EoiPaths eoiPaths(int vector) {
        return eoiPaths[vector];
    }
}
