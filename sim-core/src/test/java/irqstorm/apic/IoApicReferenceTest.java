// SPDX-License-Identifier: Apache-2.0
package irqstorm.apic;

import static org.assertj.core.api.Assertions.assertThat;

import irqstorm.apic.IoApicOutput.Delivery;
import irqstorm.apic.IoApicProfile.OnEoiAsserted;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random sequences of line changes, EOIs, entry writes and timer expiries on the QEMU and the KVM profile, against references that
 * follow the text of the two sources with one boolean a bit.
 */
class IoApicReferenceTest {
    private static final int PINS = 4;
    private static final int LIMIT = 3;
    private static final int SEQUENCES = 2_000;
    private static final int OPERATIONS = 60;
    private static final int[] VECTORS = {0x51, 0x61, 0xA1};

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void theKvmProfileDoesWhatKvmDoes(long seed) {
        IoApicProfile profile = Profiles.withPins(
                Profiles.with(Profiles.kvmInKernel(), new OnEoiAsserted.Throttled(LIMIT, 1, false, false)), PINS);
        SplittableRandom random = new SplittableRandom(seed);
        for (int sequence = 0; sequence < SEQUENCES; sequence++) {
            new Comparison(random, profile, new KvmReference()).run();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {4, 5, 6})
    void theQemuProfileDoesWhatQemuDoes(long seed) {
        IoApicProfile profile = Profiles.withPins(
                Profiles.with(Profiles.qemu20(), new OnEoiAsserted.Throttled(LIMIT, 1, true, false)), PINS);
        SplittableRandom random = new SplittableRandom(seed);
        for (int sequence = 0; sequence < SEQUENCES; sequence++) {
            new Comparison(random, profile, new QemuReference()).run();
        }
    }

    /** One chip and its reference under the same operations. */
    private static final class Comparison {
        private final SplittableRandom random;
        private final WiredIoApic chip;
        private final Reference reference;

        Comparison(SplittableRandom random, IoApicProfile profile, Reference reference) {
            this.random = random;
            this.chip = new WiredIoApic(profile);
            this.reference = reference;
        }

        void run() {
            for (int i = 0; i < OPERATIONS; i++) {
                int pin = random.nextInt(PINS);
                switch (random.nextInt(8)) {
                    case 0, 1 -> setLine(pin, true);
                    case 2 -> setLine(pin, false);
                    case 3, 4 -> endOfInterrupt(VECTORS[random.nextInt(VECTORS.length)], random.nextInt(5) != 0);
                    case 5, 6 -> writeEntry(pin);
                    default -> other();
                }
                compare();
            }
        }

        private void setLine(int pin, boolean high) {
            chip.chip().setLine(pin, high);
            reference.setLine(pin, high);
        }

        private void endOfInterrupt(int vector, boolean level) {
            chip.chip().broadcastEoi(vector, level);
            reference.endOfInterrupt(vector, level);
        }

        private void writeEntry(int pin) {
            // QEMU's pending bit follows the line only while the trigger mode does not change under a line that is
            // high.
            boolean level = reference instanceof QemuReference && reference.line[pin]
                    ? reference.level[pin]
                    : random.nextInt(4) != 0;
            int vector = VECTORS[random.nextInt(VECTORS.length)];
            boolean masked = random.nextInt(3) == 0;
            chip.writeLow(
                    pin,
                    vector
                            | (level ? RedirectionEntry.LEVEL : 0)
                            | (masked ? RedirectionEntry.MASKED : 0)
                            | (random.nextBoolean() ? RedirectionEntry.READ_ONLY : 0));
            reference.writeEntry(pin, vector, level, masked);
        }

        private void other() {
            if (random.nextBoolean()) {
                chip.chip().throttleExpired();
                reference.timer();
            } else {
                reference.accepting = random.nextInt(3) != 0;
                chip.answering(reference.accepting ? Delivery.ACCEPTED : Delivery.REFUSED);
            }
        }

        private void compare() {
            List<String> notes = new ArrayList<>(chip.notes());
            notes.removeIf(note -> !note.contains("sends") && !note.contains("pauses"));
            if (!notes.equals(reference.notes)) {
                assertThat(notes).isEqualTo(reference.notes);
            }
            reference.notes.clear();
            for (int pin = 0; pin < PINS; pin++) {
                if (chip.remoteIrr(pin) != reference.remoteIrr[pin]
                        || chip.chip().successiveEois(pin) != reference.eois[pin]
                        || chip.chip().isLineHigh(pin) != reference.line[pin]) {
                    assertThat(chip.remoteIrr(pin)).isEqualTo(reference.remoteIrr[pin]);
                    assertThat(chip.chip().successiveEois(pin)).isEqualTo(reference.eois[pin]);
                    assertThat(chip.chip().isLineHigh(pin)).isEqualTo(reference.line[pin]);
                }
            }
        }
    }

    /** What the two sources have in common. */
    private abstract static class Reference {
        final boolean[] line = new boolean[PINS];
        final boolean[] remoteIrr = new boolean[PINS];
        final boolean[] masked = {true, true, true, true};
        final boolean[] level = new boolean[PINS];
        final int[] vector = new int[PINS];
        final int[] eois = new int[PINS];
        final List<String> notes = new ArrayList<>();
        boolean accepting = true;

        boolean waits(int pin) {
            return level[pin] && line[pin] && !masked[pin] && !remoteIrr[pin];
        }

        void send(int pin) {
            notes.add("pin " + pin + " sends 0x" + Integer.toHexString(vector[pin]));
        }

        void pause(int pin) {
            notes.add("pin " + pin + " pauses 0x" + Integer.toHexString(vector[pin]) + " for 1 ns");
        }

        void store(int pin, int newVector, boolean newLevel, boolean newMasked) {
            vector[pin] = newVector;
            level[pin] = newLevel;
            masked[pin] = newMasked;
            if (!newLevel) {
                remoteIrr[pin] = false;
            }
        }

        void timer() {
            for (int pin = 0; pin < PINS; pin++) {
                if (waits(pin)) {
                    service(pin);
                }
            }
        }

        void endPin(int pin) {
            remoteIrr[pin] = false;
            if (!level[pin] || masked[pin] || !line[pin]) {
                eois[pin] = 0;
                return;
            }
            eois[pin]++;
            if (eois[pin] == LIMIT) {
                eois[pin] = 0;
                pause(pin);
            } else {
                deliverAgain(pin);
            }
        }

        /** An EOI found the line asserted. */
        void deliverAgain(int pin) {
            service(pin);
        }

        abstract void service(int pin);

        abstract void setLine(int pin, boolean high);

        abstract void writeEntry(int pin, int newVector, boolean newLevel, boolean newMasked);

        abstract void endOfInterrupt(int ended, boolean tmr);
    }

    /** arch/x86/kvm/ioapic.c. Its bit "irr" is the line for level and edge pins alike. */
    private static final class KvmReference extends Reference {
        @Override
        void setLine(int pin, boolean high) {
            boolean risen = high && !line[pin];
            line[pin] = high;
            if (high && (level[pin] || risen)) {
                service(pin);
            }
        }

        @Override
        void service(int pin) {
            if (!masked[pin] && !(level[pin] && remoteIrr[pin])) {
                send(pin);
                remoteIrr[pin] |= level[pin] && accepting;
            }
        }

        @Override
        void writeEntry(int pin, int newVector, boolean newLevel, boolean newMasked) {
            store(pin, newVector, newLevel, newMasked);
            if (level[pin] && line[pin]) {
                service(pin);
            }
        }

        @Override
        void endOfInterrupt(int ended, boolean tmr) {
            for (int pin = 0; pin < PINS; pin++) {
                if (vector[pin] == ended && tmr) {
                    endPin(pin);
                }
            }
        }
    }

    /** hw/intc/ioapic.c. */
    private static final class QemuReference extends Reference {
        @Override
        void setLine(int pin, boolean high) {
            line[pin] = high;
            if (high) {
                service(pin);
                if (level[pin] || !masked[pin]) {
                    timer();
                }
            }
        }

        /** ioapic_service looks at every pin. */
        @Override
        void deliverAgain(int pin) {
            service(pin);
            timer();
        }

        @Override
        void service(int pin) {
            if (!masked[pin] && !(level[pin] && remoteIrr[pin])) {
                remoteIrr[pin] |= level[pin];
                send(pin);
            }
        }

        @Override
        void writeEntry(int pin, int newVector, boolean newLevel, boolean newMasked) {
            store(pin, newVector, newLevel, newMasked);
            eois[pin] = 0;
            timer();
        }

        @Override
        void endOfInterrupt(int ended, boolean tmr) {
            for (int pin = 0; pin < PINS; pin++) {
                if (vector[pin] == ended && level[pin] && remoteIrr[pin]) {
                    endPin(pin);
                }
            }
        }
    }
}
