// SPDX-License-Identifier: Apache-2.0
package irqstorm.machine;

import static org.assertj.core.api.Assertions.assertThat;

import irqstorm.apic.RedirectionEntry;
import irqstorm.event.Actor;
import irqstorm.event.EventKind;
import irqstorm.event.ExitReason;
import irqstorm.guest.Guest;
import irqstorm.trace.TraceEvent;
import irqstorm.trace.TraceSink;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What has to hold at every event of every machine. It follows the interrupts by itself, from the events alone, and asks the machine
 * for nothing but its redirection entries.
 */
final class InterruptRules implements TraceSink {
    private final MachineConfig config;
    private final Guest.Nested nested;
    private final List<TraceEvent> events = new ArrayList<>();
    private final Map<Integer, TreeSet<Integer>> requested = new HashMap<>();
    private final Map<Integer, TreeSet<Integer>> inService = new HashMap<>();
    private final Map<Integer, Boolean> inGuest = new HashMap<>();
    private final Map<Long, Boolean> remoteIrr = new HashMap<>();
    private final Map<Long, Long> asserting = new HashMap<>();
    private Machine machine;

    InterruptRules(MachineConfig config) {
        this.config = config;
        this.nested = config.guest().nested();
    }

    /** The machine whose events these are. */
    void watch(Machine watched) {
        machine = watched;
    }

    List<TraceEvent> events() {
        return events;
    }

    @Override
    public void record(long sequence, long time, Actor actor, EventKind kind, long a, long b, long c, long cause) {
        TraceEvent event = new TraceEvent(sequence, time, actor, kind, a, b, c, cause);
        assertThat(sequence).isEqualTo(events.size() + 1L);
        assertThat(cause).isBetween(0L, sequence - 1);
        if (!events.isEmpty()) {
            assertThat(time)
                    .isGreaterThanOrEqualTo(events.get(events.size() - 1).timeNanos());
        }
        events.add(event);
        switch (kind) {
            case IOAPIC_DELIVERED -> delivered(event);
            case REMOTE_IRR_SET, REMOTE_IRR_CLEARED -> {
                boolean set = kind == EventKind.REMOTE_IRR_SET;
                assertThat(remoteIrr.put(a, set))
                        .as("Remote IRR before %s", event)
                        .isNotEqualTo(set);
            }
            case LINE_ASSERTED ->
                assertThat(asserting.put(a, b)).as("%s", event).isNull();
            case LINE_DEASSERTED ->
                assertThat(asserting.remove(a)).as("%s", event).isEqualTo(b);
            case LAPIC_ACCEPTED -> vectors(requested, a).add((int) b);
            case INTERRUPT_TAKEN -> {
                if (c == 1 || !nested.externalInterruptExiting()) {
                    acknowledged(event, (int) b);
                }
            }
            case NESTED_EXIT -> {
                if (b == ExitReason.EXTERNAL_INTERRUPT.ordinal() && c >= 0) {
                    acknowledged(event, (int) c);
                }
            }
            case LAPIC_EOI ->
                assertThat(vectors(inService, a).pollLast()).as("%s", event).isEqualTo((int) b);
            case LAPIC_EOI_SPURIOUS ->
                assertThat(vectors(inService, a)).as("%s", event).isEmpty();
            case VM_ENTRY ->
                assertThat(inGuest.put((int) a, true)).as("%s", event).isNotEqualTo(true);
            case VM_EXIT ->
                assertThat(inGuest.put((int) a, false)).as("%s", event).isEqualTo(true);
            default -> {}
        }
    }

    private void delivered(TraceEvent event) {
        long entry = machine.entry((int) event.a());
        assertThat(RedirectionEntry.isMasked(entry)).as("%s", event).isFalse();
        assertThat((long) RedirectionEntry.vector(entry)).isEqualTo(event.b());
        if (RedirectionEntry.isLevel(entry) && remoteIrr.getOrDefault(event.a(), false)) {
            TraceEvent before = events.get(events.size() - 2);
            assertThat(before.kind()).as("the event before %s", event).isEqualTo(EventKind.REMOTE_IRR_SET);
            assertThat(before.a()).isEqualTo(event.a());
        }
    }

    private void acknowledged(TraceEvent event, int vector) {
        TreeSet<Integer> waiting = vectors(requested, event.a());
        assertThat(waiting).as("%s", event).isNotEmpty();
        assertThat(waiting.pollLast()).as("%s", event).isEqualTo(vector);
        TreeSet<Integer> serviced = vectors(inService, event.a());
        if (!serviced.isEmpty()) {
            assertThat(vector >>> 4).as("the class of %s", event).isGreaterThan(serviced.last() >>> 4);
        }
        serviced.add(vector);
    }

    private static TreeSet<Integer> vectors(Map<Integer, TreeSet<Integer>> sets, long vcpu) {
        return sets.computeIfAbsent((int) vcpu, none -> new TreeSet<>());
    }

    /** The I/O APIC sees each line as the devices drive it. */
    void linesAreDriven() {
        for (Pin pin : config.pins()) {
            assertThat(machine.isLineHigh(pin.gsi())).as("line %d", pin.gsi()).isEqualTo(asserting.containsValue((long)
                    pin.gsi()));
        }
    }

    /** Nothing is left to do: lines and Remote IRR are as the events say. */
    void atRest() {
        linesAreDriven();
        for (Pin pin : config.pins()) {
            assertThat(RedirectionEntry.hasRemoteIrr(machine.entry(pin.gsi())))
                    .isEqualTo(remoteIrr.getOrDefault((long) pin.gsi(), false));
        }
    }

    /** The pins whose line a device holds. */
    Set<Integer> pinsStillHeld() {
        return asserting.values().stream().map(Long::intValue).collect(Collectors.toSet());
    }
}
