// SPDX-License-Identifier: Apache-2.0
package irqstorm.stats.detector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Each detector with a stream just below and just above its threshold. Times are in nanoseconds. */
class DetectorTest {
    private static final MachineShape GUEST = new MachineShape(List.of("nic", "disk"), 1, false);
    private static final MachineShape NESTED = new MachineShape(List.of("nic"), 1, true);
    private static final long MILLI = 1_000_000;
    private static final long SECOND = 1000 * MILLI;
    private static final int DISK = 1;

    private long time;

    private static Detector on(DetectorKind kind) {
        return DetectorChoice.of(kind).on(GUEST);
    }

    private void interrupts(Detector detector, int count, long gap, boolean handled) {
        for (int i = 0; i < count; i++) {
            detector.taken(DISK, 0, 1, time);
            if (handled) {
                detector.serviced(DISK, 1, time);
            }
            time += gap;
        }
    }

    private void deliveries(Detector detector, int count, long gap) {
        for (int i = 0; i < count; i++) {
            detector.delivered(DISK, time);
            time += gap;
        }
    }

    private void eois(Detector detector, int count) {
        for (int i = 0; i < count; i++) {
            detector.pinEnded(DISK, true, time++);
        }
    }

    private Detection finish(Detector detector) {
        detector.finished(time);
        return detector.result();
    }

    @Test
    void genirqFiresWhenMoreThan99900Of100000AreUnhandled() {
        Detector below = on(DetectorKind.LINUX_GENIRQ);
        interrupts(below, 100, 1000, true);
        interrupts(below, 99_900, 1000, false);
        assertThat(finish(below).fires()).isFalse();

        Detector above = on(DetectorKind.LINUX_GENIRQ);
        interrupts(above, 99, 1000, true);
        interrupts(above, 99_901, 1000, false);
        Detection detection = finish(above);
        assertThat(detection.fires()).isTrue();
        assertThat(detection.line()).isEqualTo("disk");
        assertThat(detection.firstNanos()).isEqualTo(time - 1000);
    }

    @Test
    void genirqBeginsAnewAfterATenthOfASecond() {
        Detector detector = on(DetectorKind.LINUX_GENIRQ);
        interrupts(detector, 100, 1000, false);
        time += 101 * MILLI;
        interrupts(detector, 99_900, 1000, false);
        assertThat(finish(detector).fires()).isFalse();

        Detector inTime = on(DetectorKind.LINUX_GENIRQ);
        interrupts(inTime, 100, 1000, false);
        time += 99 * MILLI;
        interrupts(inTime, 99_900, 1000, false);
        assertThat(finish(inTime).fires()).isTrue();
    }

    @Test
    void toGenirqInterruptsThatL1PassesOnAreNotThere() {
        Detector detector = DetectorChoice.of(DetectorKind.LINUX_GENIRQ).on(NESTED);
        for (int i = 0; i < 200_000; i++) {
            detector.taken(0, 0, 1, i);
        }
        assertThat(finish(detector).fires()).isFalse();
    }

    @Test
    void tpmTisFiresAtTheThousandAndFirstUnhandled() {
        Detector below = on(DetectorKind.TPM_TIS);
        interrupts(below, 1000, 5 * MILLI, false);
        interrupts(below, 5, 5 * MILLI, true);
        assertThat(finish(below).fires()).isFalse();

        Detector above = on(DetectorKind.TPM_TIS);
        interrupts(above, 3000, 5 * MILLI, false);
        assertThat(finish(above).firings()).isEqualTo(1);

        Detector slow = on(DetectorKind.TPM_TIS);
        interrupts(slow, 3000, 101 * MILLI, false);
        assertThat(finish(slow).fires()).isFalse();
    }

    @Test
    void softlockupFiresAboveHalfOfASample() {
        Detector below = on(DetectorKind.LINUX_SOFTLOCKUP);
        below.taken(DISK, 0, 1, 0);
        below.ended(DISK, 0, 1, 2 * SECOND);
        time = 4 * SECOND;
        assertThat(finish(below).fires()).isFalse();

        Detector above = on(DetectorKind.LINUX_SOFTLOCKUP);
        above.taken(DISK, 0, 1, 0);
        above.ended(DISK, 0, 1, 2 * SECOND + 1);
        assertThat(finish(above).firstNanos()).isEqualTo(4 * SECOND);
    }

    @Test
    void softlockupCountsAHandlerInEachSampleItRunsIn() {
        Detector detector = on(DetectorKind.LINUX_SOFTLOCKUP);
        detector.taken(DISK, 0, 1, 3 * SECOND);
        time = 12 * SECOND;
        assertThat(finish(detector).firings()).isEqualTo(2);

        Detector tooShort = on(DetectorKind.LINUX_SOFTLOCKUP);
        tooShort.taken(DISK, 0, 1, 0);
        time = SECOND;
        assertThat(finish(tooShort).closest()).isEqualTo("the run is shorter than one sample");
    }

    @Test
    void theIoApicsFireAtTheTenThousandthSuccessiveEoi() {
        for (DetectorKind kind : List.of(DetectorKind.KVM_IOAPIC, DetectorKind.QEMU_IOAPIC)) {
            Detector below = on(kind);
            eois(below, 9999);
            below.pinEnded(DISK, false, time);
            eois(below, 9999);
            assertThat(finish(below).fires()).isFalse();

            Detector above = on(kind);
            eois(above, 20_000);
            assertThat(finish(above).firings()).isEqualTo(2);
        }
    }

    @Test
    void onlyQemuBeginsAnewWhenTheEntryIsWritten() {
        Detector kvm = on(DetectorKind.KVM_IOAPIC);
        Detector qemu = on(DetectorKind.QEMU_IOAPIC);
        for (Detector detector : List.of(kvm, qemu)) {
            eois(detector, 9999);
            detector.entryWritten(DISK);
            eois(detector, 1);
        }

        assertThat(finish(kvm).fires()).isTrue();
        assertThat(finish(qemu).fires()).isFalse();
    }

    @Test
    void xenFiresWithMoreThanTenThousandInTenMillis() {
        Detector below = on(DetectorKind.XEN);
        deliveries(below, 10_000, 999);
        assertThat(finish(below).fires()).isFalse();

        time = 0;
        Detector slow = on(DetectorKind.XEN);
        deliveries(slow, 10_001, 1000);
        assertThat(finish(slow).fires()).isFalse();

        time = 0;
        Detector above = on(DetectorKind.XEN);
        deliveries(above, 10_001, 999);
        assertThat(finish(above).firstNanos()).isEqualTo(9_990_000);
    }

    @Test
    void xenTakesTheFirstTenThousandOfALateStormForTheBeginningOfAQuantum() {
        time = SECOND;
        Detector below = on(DetectorKind.XEN);
        deliveries(below, 20_001, 900);
        assertThat(finish(below).fires()).isFalse();

        time = SECOND;
        Detector above = on(DetectorKind.XEN);
        deliveries(above, 20_002, 900);
        assertThat(finish(above).firstNanos()).isEqualTo(SECOND + 20_001 * 900);
    }

    private void backToBack(Detector detector, int count) {
        for (int i = 0; i < count; i++) {
            detector.delivered(DISK, time);
            detector.taken(DISK, 0, 1, time++);
            detector.ended(DISK, 0, 1, time++);
        }
    }

    @Test
    void freebsdFiresAfterAThousandBackToBackAndTodayNever() {
        Detector below = on(DetectorKind.FREEBSD);
        below.asserted(DISK, 1, 0);
        backToBack(below, 999);
        below.serviced(DISK, 1, time);
        backToBack(below, 1);
        below.asserted(DISK, 1, time);
        backToBack(below, 1000);
        assertThat(finish(below).fires()).isFalse();

        Detector above = on(DetectorKind.FREEBSD);
        Detector today = on(DetectorKind.FREEBSD_TODAY);
        for (Detector detector : List.of(above, today)) {
            detector.asserted(DISK, 1, time);
            backToBack(detector, 1001);
        }
        assertThat(finish(above).firings()).isEqualTo(1);
        assertThat(finish(today).fires()).isFalse();
        assertThat(finish(today).closest()).isEqualTo("off");
    }

    @Test
    void acrnFiresWithMoreThanAHundredThousandBetweenTwoProbes() {
        Detector below = on(DetectorKind.ACRN);
        time = 10 * SECOND;
        deliveries(below, 100_000, 1000);
        time = 20 * SECOND;
        assertThat(finish(below).fires()).isFalse();

        Detector above = on(DetectorKind.ACRN);
        time = 10 * SECOND;
        deliveries(above, 100_001, 1000);
        time = 20 * SECOND;
        assertThat(finish(above).firstNanos()).isEqualTo(20 * SECOND);

        Detector beforeTheFirstProbe = on(DetectorKind.ACRN);
        time = 0;
        deliveries(beforeTheFirstProbe, 500_000, 1000);
        time = 20 * SECOND;
        assertThat(finish(beforeTheFirstProbe).fires()).isFalse();
    }

    @Test
    void aCustomDetectorFiresWithMoreThanItsCountInItsWindow() {
        DetectorChoice choice = DetectorChoice.parse("custom:3/1ms");
        Detector below = choice.on(GUEST);
        deliveries(below, 3, 1);
        time += MILLI;
        deliveries(below, 3, 1);
        assertThat(finish(below).fires()).isFalse();

        time = 0;
        Detector above = choice.on(GUEST);
        deliveries(above, 4, 333_000);
        assertThat(finish(above).firstNanos()).isEqualTo(999_000);
        assertThat(above.result().detector()).isEqualTo("custom:3/1ms");
        assertThat(above.result().rule()).isEqualTo("more than 3 deliveries of a line within 1ms");
    }

    @Test
    void everyDetectorIsKnownByItsNameAndNamesItsSource() {
        assertThat(DetectorChoice.all()).hasSize(9).allSatisfy(choice -> {
            assertThat(DetectorChoice.parse(choice.label())).isEqualTo(choice);
            assertThat(choice.kind().source()).isNotBlank();
        });
        for (String wrong : List.of("windows", "custom", "custom:0/1ms", "custom:5/soon", "custom:2000000/1ms")) {
            assertThatThrownBy(() -> DetectorChoice.parse(wrong)).isInstanceOf(IllegalArgumentException.class);
        }
    }
}
