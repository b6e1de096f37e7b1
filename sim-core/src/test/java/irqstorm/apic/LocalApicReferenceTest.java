// SPDX-License-Identifier: Apache-2.0
package irqstorm.apic;

import static org.assertj.core.api.Assertions.assertThat;

import irqstorm.state.StateStore;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random sequences of acceptances, acknowledgements, EOIs and priority changes, against 256 booleans for each of IRR, ISR and TMR and
 * the sentences of the SDM about them.
 */
class LocalApicReferenceTest {
    private static final int SEQUENCES = 1_000;
    private static final int OPERATIONS = 60;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void theApicAgreesWithTheReferenceAfterEveryOperation(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int sequence = 0; sequence < SEQUENCES; sequence++) {
            new Pair(random).run();
        }
    }

    /** One APIC and its reference. */
    private static final class Pair {
        private final SplittableRandom random;
        private final LocalApic apic = new LocalApic(new StateStore(), LapicTraits.KVM, 0);
        private final boolean[] irr = new boolean[256];
        private final boolean[] isr = new boolean[256];
        private final boolean[] tmr = new boolean[256];
        private final Deque<Integer> taken = new ArrayDeque<>();
        private int tpr;
        private boolean enabled;

        Pair(SplittableRandom random) {
            this.random = random;
        }

        void run() {
            enable(true);
            for (int i = 0; i < OPERATIONS; i++) {
                int priorityBefore = apic.processorPriority();
                boolean mayFall = false;
                switch (random.nextInt(10)) {
                    case 0, 1, 2, 3 -> accept(random.nextInt(256), random.nextBoolean());
                    case 4, 5 -> acknowledge();
                    case 6, 7 -> {
                        endOfInterrupt();
                        mayFall = true;
                    }
                    case 8 -> {
                        writeTaskPriority(random.nextInt(8) == 0 ? random.nextInt(256) : random.nextInt(0x60));
                        mayFall = true;
                    }
                    default -> enable(random.nextInt(4) != 0);
                }
                check();
                if (!mayFall && apic.processorPriority() < priorityBefore) {
                    throw new AssertionError("only an EOI or a write of TPR lowers PPR");
                }
            }
        }

        private void accept(int vector, boolean level) {
            boolean accepted = apic.accept(vector, level ? TriggerMode.LEVEL : TriggerMode.EDGE);
            if (accepted != enabled) {
                throw new AssertionError("exactly an enabled APIC accepts");
            }
            if (enabled) {
                irr[vector] = true;
                tmr[vector] = level;
            }
        }

        private void acknowledge() {
            int vector = apic.deliverable();
            if (vector == VectorSet.NONE) {
                return;
            }
            if (!taken.isEmpty() && vector >>> 4 <= taken.peek() >>> 4) {
                throw new AssertionError("only a higher class interrupts a handler");
            }
            apic.acknowledge(vector);
            irr[vector] = false;
            isr[vector] = true;
            taken.push(vector);
            if (apic.processorPriority() < (vector & 0xF0)) {
                throw new AssertionError("PPR covers what is in service");
            }
        }

        /** Handlers nest, so EOIs come in the reverse order of acknowledgements. */
        private void endOfInterrupt() {
            int expected = taken.isEmpty() ? VectorSet.NONE : taken.pop();
            int ended = apic.endOfInterrupt();
            if (ended != expected) {
                throw new AssertionError("ended " + ended + " instead of " + expected);
            }
            if (ended != VectorSet.NONE) {
                isr[ended] = false;
            }
        }

        private void writeTaskPriority(int value) {
            if (random.nextBoolean()) {
                tpr = value;
                apic.write(LapicRegister.TPR.offset(), value);
            } else {
                tpr = value & 0xF0;
                apic.writeCr8(value >>> 4);
            }
        }

        private void enable(boolean on) {
            enabled = on;
            apic.write(LapicRegister.SPIV.offset(), on ? 0x1FF : 0xFF);
        }

        private void check() {
            int serviced = Math.max(highest(isr), 0);
            int priority = (tpr & 0xF0) >= (serviced & 0xF0) ? tpr : serviced & 0xF0;
            int candidate = highest(irr);
            int expected = enabled && candidate >= 0 && (candidate & 0xF0) > priority ? candidate : VectorSet.NONE;
            if (apic.processorPriority() != priority || apic.deliverable() != expected) {
                assertThat(apic.processorPriority()).isEqualTo(priority);
                assertThat(apic.deliverable()).isEqualTo(expected);
            }
            for (int word = 0; word < 8; word++) {
                if (apic.read(0x200 + 16 * word) != register(irr, word)
                        || apic.read(0x100 + 16 * word) != register(isr, word)
                        || apic.read(0x180 + 16 * word) != register(tmr, word)) {
                    throw new AssertionError("IRR, ISR or TMR word " + word + " differs");
                }
            }
        }

        private static int highest(boolean[] vectors) {
            int highest = -1;
            for (int vector = 0; vector < vectors.length; vector++) {
                highest = vectors[vector] ? vector : highest;
            }
            return highest;
        }

        private static long register(boolean[] vectors, int word) {
            long bits = 0;
            for (int bit = 0; bit < 32; bit++) {
                bits |= vectors[32 * word + bit] ? 1L << bit : 0;
            }
            return bits;
        }
    }
}
