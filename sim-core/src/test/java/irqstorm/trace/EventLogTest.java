// SPDX-License-Identifier: Apache-2.0
package irqstorm.trace;

import static org.assertj.core.api.Assertions.assertThat;

import irqstorm.event.Actor;
import irqstorm.event.EventKind;
import irqstorm.state.StateStore;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EventLogTest {
    private final StateStore store = new StateStore();
    private final List<TraceEvent> seen = new ArrayList<>();
    private final EventLog log = new EventLog(
            store,
            (sequence, time, actor, kind, a, b, c, cause) ->
                    seen.add(new TraceEvent(sequence, time, actor, kind, a, b, c, cause)));

    @Test
    void eventsAreNumberedFromOneAndCarryTheirMoment() {
        log.moment(500, 0);
        log.record(Actor.DEVICE, EventKind.LINE_ASSERTED, 1, 21, 7);

        assertThat(seen).containsExactly(new TraceEvent(1, 500, Actor.DEVICE, EventKind.LINE_ASSERTED, 1, 21, 7, 0));
        assertThat(log.count()).isEqualTo(1);
    }

    @Test
    void anEventIsTheCauseOfTheNextOneAtTheSameMoment() {
        log.moment(500, 40);
        log.record(Actor.CHIP, EventKind.IOAPIC_DELIVERED, 21, 0xA1, 0);
        log.record(Actor.CHIP, EventKind.LAPIC_ACCEPTED, 0, 0xA1, 1);

        assertThat(seen).extracting(TraceEvent::cause).containsExactly(40L, 1L);
        assertThat(log.cause()).isEqualTo(2);
    }

    @Test
    void aNewMomentBringsItsOwnCause() {
        log.record(Actor.CHIP, EventKind.IOAPIC_DELIVERED, 21, 0xA1, 0);
        log.moment(900, 0);

        assertThat(log.cause()).isZero();
        log.record(Actor.L1, EventKind.LAPIC_EOI, 0, 0xA1, 0);
        assertThat(seen.get(1).cause()).isZero();
        assertThat(seen.get(1).timeNanos()).isEqualTo(900);
        assertThat(seen.get(1).sequence()).isEqualTo(2);
    }

    @Test
    void everySinkIsToldInOrder() {
        List<String> order = new ArrayList<>();
        EventLog two = new EventLog(
                new StateStore(),
                (sequence, time, actor, kind, a, b, c, cause) -> order.add("first " + sequence),
                (sequence, time, actor, kind, a, b, c, cause) -> order.add("second " + sequence));
        two.record(Actor.VMM, EventKind.EOI_BROADCAST, 0, 1, 1);
        two.record(Actor.VMM, EventKind.EOI_BROADCAST, 0, 1, 1);

        assertThat(order).containsExactly("first 1", "second 1", "first 2", "second 2");
    }

    @Test
    void theFingerprintDoesNotDependOnWhetherAnybodyListens() {
        EventLog silent = new EventLog(new StateStore());
        for (EventLog each : new EventLog[] {log, silent}) {
            each.moment(3, 0);
            each.record(Actor.L2, EventKind.L2_EOI, 0, 0x51, 0);
        }
        assertThat(silent.fingerprint()).isEqualTo(log.fingerprint());
        assertThat(silent.count()).isEqualTo(1);
    }

    @Test
    void theFingerprintCoversTimeActorKindAndEveryArgument() {
        Set<Long> fingerprints = new HashSet<>();
        fingerprints.add(fingerprint(1, Actor.L1, EventKind.LAPIC_EOI, 2, 3, 4));
        fingerprints.add(fingerprint(9, Actor.L1, EventKind.LAPIC_EOI, 2, 3, 4));
        fingerprints.add(fingerprint(1, Actor.L2, EventKind.LAPIC_EOI, 2, 3, 4));
        fingerprints.add(fingerprint(1, Actor.L1, EventKind.L2_EOI, 2, 3, 4));
        fingerprints.add(fingerprint(1, Actor.L1, EventKind.LAPIC_EOI, 9, 3, 4));
        fingerprints.add(fingerprint(1, Actor.L1, EventKind.LAPIC_EOI, 2, 9, 4));
        fingerprints.add(fingerprint(1, Actor.L1, EventKind.LAPIC_EOI, 2, 3, 9));
        fingerprints.add(fingerprint(1, Actor.L1, EventKind.LAPIC_EOI, 2, 4, 3));
        assertThat(fingerprints).hasSize(8);
    }

    @Test
    void theFingerprintCoversTheOrderOfEventsAndWhichOfThemHappenedWhen() {
        Set<Long> fingerprints = new HashSet<>();
        fingerprints.add(fingerprintOfTwo(1, 21, 1, 22));
        fingerprints.add(fingerprintOfTwo(1, 22, 1, 21));
        fingerprints.add(fingerprintOfTwo(1, 21, 2, 22));
        fingerprints.add(fingerprintOfTwo(1, 22, 2, 21));
        fingerprints.add(fingerprintOfTwo(2, 21, 2, 22));
        assertThat(fingerprints).hasSize(5);
    }

    private static long fingerprintOfTwo(long time, long pin, long nextTime, long nextPin) {
        EventLog log = new EventLog(new StateStore());
        log.moment(time, 0);
        log.record(Actor.CHIP, EventKind.REMOTE_IRR_SET, pin, 0xA1, 0);
        log.moment(nextTime, 1);
        log.record(Actor.CHIP, EventKind.REMOTE_IRR_SET, nextPin, 0xA1, 0);
        return log.fingerprint();
    }

    @Test
    void aRestoredLogGoesOnWithTheSameNumbersAndFingerprint() {
        log.moment(5, 0);
        log.record(Actor.CHIP, EventKind.REMOTE_IRR_SET, 21, 0xA1, 0);
        StateStore.Snapshot snapshot = store.snapshot();
        log.moment(6, 1);
        log.record(Actor.CHIP, EventKind.REMOTE_IRR_CLEARED, 21, 0xA1, 0);
        long fingerprint = log.fingerprint();

        store.restore(snapshot);
        assertThat(log.count()).isEqualTo(1);
        log.moment(6, 1);
        log.record(Actor.CHIP, EventKind.REMOTE_IRR_CLEARED, 21, 0xA1, 0);

        assertThat(log.fingerprint()).isEqualTo(fingerprint);
        assertThat(seen.get(2)).isEqualTo(seen.get(1));
    }

    private static long fingerprint(long time, Actor actor, EventKind kind, long a, long b, long c) {
        EventLog log = new EventLog(new StateStore());
        log.moment(time, 0);
        log.record(actor, kind, a, b, c);
        return log.fingerprint();
    }

    @Test
    void aBatchIsRecordedAsItsEventsOneByOneWouldBe() {
        EventBatch batch = new EventBatch();
        batch.add(Actor.CHIP, EventKind.IOAPIC_DELIVERED, 21, 0xA1, 0);
        batch.add(Actor.CHIP, EventKind.LAPIC_ACCEPTED, 0, 0xA1, 1);
        batch.add(Actor.L1, EventKind.INTERRUPT_TAKEN, 0, 0xA1, 1);
        log.moment(500, 40);
        log.record(Actor.CHIP, EventKind.IOAPIC_DELIVERED, 21, 0xA1, 0);
        log.record(Actor.CHIP, EventKind.LAPIC_ACCEPTED, 0, 0xA1, 1);
        log.record(Actor.L1, EventKind.INTERRUPT_TAKEN, 0, 0xA1, 1);
        List<TraceEvent> oneByOne = List.copyOf(seen);
        seen.clear();

        EventLog batched = new EventLog(
                new StateStore(),
                (sequence, time, actor, kind, a, b, c, cause) ->
                        seen.add(new TraceEvent(sequence, time, actor, kind, a, b, c, cause)));
        batched.moment(500, 40);
        batched.record(batch);

        assertThat(batch.size()).isEqualTo(3);
        assertThat(seen).isEqualTo(oneByOne);
        assertThat(batched.count()).isEqualTo(log.count());
        assertThat(batched.cause()).isEqualTo(log.cause());
        assertThat(batched.fingerprint()).isEqualTo(log.fingerprint());
    }

    @Test
    void anEmptyBatchLeavesTheCauseAlone() {
        log.moment(500, 40);
        long before = log.fingerprint();

        log.record(new EventBatch());

        assertThat(log.cause()).isEqualTo(40);
        assertThat(log.count()).isZero();
        assertThat(log.fingerprint()).isEqualTo(before);
    }
}
