// SPDX-License-Identifier: Apache-2.0
package irqstorm.check;

import irqstorm.event.EventKind;
import irqstorm.kvm.SuppressEoiBroadcastMode;
import irqstorm.machine.MachineConfig;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;

/** Notes what hazards did, and who was hurt by it for how long. Its memory is bounded by {@link #MOST}. */
final class HazardMeter {
    /** The most happenings that are kept, and the most damages; what comes after is like them. */
    static final int MOST = 100;

    private static final SuppressEoiBroadcastMode[] MODES = SuppressEoiBroadcastMode.values();
    private static final long NEVER = -1;

    private final EoiFaultMeter eoiFaults;
    private final IntFunction<String> lineOfVector;
    private final IntFunction<String> lineOfGsi;
    private final long[] blockedSince;
    private final int[] gsiOfVector = new int[256];
    private final List<Happening> happenings = new ArrayList<>();
    private final List<Damage> damages = new ArrayList<>();

    /**
     * A meter for a machine of this configuration.
     *
     * @param lineOfVector the name of the line of a vector, or an empty string
     * @param lineOfGsi the name of the line of a pin, or an empty string
     */
    HazardMeter(MachineConfig config, IntFunction<String> lineOfVector, IntFunction<String> lineOfGsi) {
        this.eoiFaults = new EoiFaultMeter(config);
        this.lineOfVector = lineOfVector;
        this.lineOfGsi = lineOfGsi;
        this.blockedSince = new long[config.ioApic().pins()];
        Arrays.fill(blockedSince, NEVER);
        Arrays.fill(gsiOfVector, -1);
        config.everyPin().forEach(pin -> gsiOfVector[pin.vector()] = pin.gsi());
    }

    /** An event; {@code a}, {@code b} and {@code c} as its kind has them. */
    void record(long timeNanos, EventKind kind, long a, long b, long c) {
        if (kind == EventKind.REMOTE_IRR_CLEARED && eoiFaults.isEndingWrongLine()) {
            hurt(new Damage(lineOfGsi.apply((int) a), Damage.Kind.LINE_ENDED_BY_MISTAKE, timeNanos, timeNanos));
        }
        eoiFaults.record(kind, a, b, c);
        switch (kind) {
            case REMOTE_IRR_CLEARED, IOAPIC_DELIVERED -> unblock((int) a, timeNanos);
            case EOI_EXIT_LOST, EOI_EXIT_MISREPORTED -> block(gsiOfVector[(int) b], timeNanos);
            case LINE_LOST -> block((int) a, timeNanos);
            case HOST_DOWN -> hurt(new Damage("", Damage.Kind.HOST, timeNanos, Damage.FOR_GOOD));
            case GUEST_KILLED, VMM_STOPPED -> hurt(new Damage("", Damage.Kind.GUEST, timeNanos, Damage.FOR_GOOD));
            default -> {}
        }
        String text = text(kind, a, b, c);
        if (!text.isEmpty() && happenings.size() < MOST) {
            happenings.add(new Happening(timeNanos, text));
        }
    }

    private void block(int gsi, long timeNanos) {
        if (gsi >= 0 && blockedSince[gsi] == NEVER) {
            blockedSince[gsi] = timeNanos;
        }
    }

    private void unblock(int gsi, long timeNanos) {
        if (blockedSince[gsi] != NEVER) {
            hurt(new Damage(lineOfGsi.apply(gsi), Damage.Kind.LINE_BLOCKED, blockedSince[gsi], timeNanos));
            blockedSince[gsi] = NEVER;
        }
    }

    private void hurt(Damage damage) {
        if (damages.size() < MOST) {
            damages.add(damage);
        }
    }

    /** At the end the pin of {@code gsi} turned out to be dead since {@code sinceNanos}. */
    void dead(int gsi, long sinceNanos) {
        long since = blockedSince[gsi] == NEVER ? sinceNanos : blockedSince[gsi];
        blockedSince[gsi] = NEVER;
        hurt(new Damage(lineOfGsi.apply(gsi), Damage.Kind.LINE_BLOCKED, since, Damage.FOR_GOOD));
    }

    private String text(EventKind kind, long a, long b, long c) {
        return switch (kind) {
            case FLAGS_CHANGED ->
                c < 0
                        ? "the VMM's call with args[0] " + hex(b) + " fails, and the mode stays"
                        : "the VMM sets args[0] " + hex(b) + ": the mode becomes " + MODES[(int) c]
                                + ", and LVR stays as it is";
            case EOI_SLOT_CORRUPTED ->
                "pending_ioapic_eoi holds " + c + " instead of " + vector(b) + named(lineOfVector.apply((int) b));
            case EOI_EXIT_LOST -> "the EOI exit of " + vector(b) + " does not happen";
            case EOI_EXIT_MISREPORTED -> "the EOI exit of " + vector(b) + " reports " + vector(c);
            case ENTRY_REWRITTEN ->
                "the guest rewrites the entry of pin " + a + (c == 0 ? "" : " while its interrupt is in service");
            case VM_MIGRATED -> "the VM moves to another host: mode " + MODES[(int) b] + ", I/O APIC version " + hex(c);
            case MIGRATION_REFUSED -> "the VM stays where it is, since the other host refuses args[0] " + hex(b);
            case REMOTE_IRR_LOST -> "pin " + a + " loses Remote IRR" + named(lineOfGsi.apply((int) a));
            case LINE_LOST -> "pin " + a + " loses its level, which is asserted" + named(lineOfGsi.apply((int) a));
            case VM_DESTROYED ->
                "the VM is destroyed" + (b == 0 ? "" : " while the I/O APIC's throttle timer is running");
            default -> "";
        };
    }

    private static String named(String line) {
        return line.isEmpty() ? "" : " (" + line + ")";
    }

    private static String vector(long vector) {
        return "vector " + hex(vector);
    }

    private static String hex(long value) {
        return String.format("0x%02x", value);
    }

    EoiFaults eoiFaults() {
        return eoiFaults.result();
    }

    List<Happening> happenings() {
        return List.copyOf(happenings);
    }

    List<Damage> damages() {
        return List.copyOf(damages);
    }
}
