// SPDX-License-Identifier: Apache-2.0
package irqstorm.kvm;

import static org.assertj.core.api.Assertions.assertThat;

import irqstorm.apic.TriggerMode;
import irqstorm.apic.VectorSet;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random sequences of routings, interrupts, EOIs, SPIV writes and flag calls on a split VM, against booleans and the sentences of {@code
 * apic_set_eoi}, {@code kvm_scan_ioapic_routes} and {@code vcpu_enter_guest}.
 */
class KvmReferenceTest {
    private static final int SEQUENCES = 1_000;
    private static final int OPERATIONS = 80;
    private static final int VCPUS = 2;
    private static final int GSIS = 4;
    private static final int[] VECTORS = {0x31, 0x51, 0xA1};

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void kvmAgreesWithTheReferenceAfterEveryOperation(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int sequence = 0; sequence < SEQUENCES; sequence++) {
            new Comparison(random).run();
        }
    }

    /** A VM and its reference. Vectors are numbered by their place in {@link #VECTORS}. */
    private static final class Comparison {
        private final SplittableRandom random;
        private final VirtualMachine vm = VirtualMachine.booted(IrqchipMode.SPLIT, VCPUS);
        private final int[] routedVector = {-1, -1, -1, -1};
        private final int[] routedVcpu = new int[GSIS];
        private final boolean[] routedLevel = new boolean[GSIS];
        private final boolean[][] irr = new boolean[VCPUS][VECTORS.length];
        private final boolean[][] isr = new boolean[VCPUS][VECTORS.length];
        private final boolean[][] handled = new boolean[VCPUS][VECTORS.length];
        private final int[] stale = {-1, -1};
        private final int[] exit = {-1, -1};
        private final boolean[] scan = new boolean[VCPUS];
        private final boolean[] bit12 = new boolean[VCPUS];
        private boolean honoured;

        Comparison(SplittableRandom random) {
            this.random = random;
        }

        void run() {
            for (int i = 0; i < OPERATIONS; i++) {
                int vcpu = random.nextInt(VCPUS);
                switch (random.nextInt(10)) {
                    case 0, 1 -> route();
                    case 2, 3 -> arrive(vcpu, random.nextInt(VECTORS.length));
                    case 4, 5 -> endOfInterrupt(vcpu);
                    case 6, 7, 8 -> handleRequests(vcpu);
                    default -> guestOrVmmChangesItsMind(vcpu);
                }
                check();
            }
        }

        private void route() {
            int gsi = random.nextInt(GSIS);
            routedVector[gsi] = random.nextInt(VECTORS.length);
            routedVcpu[gsi] = random.nextInt(VCPUS);
            routedLevel[gsi] = random.nextInt(4) != 0;
            TriggerMode trigger = routedLevel[gsi] ? TriggerMode.LEVEL : TriggerMode.EDGE;
            vm.kvm().setRoute(gsi, VirtualMachine.message(VECTORS[routedVector[gsi]], trigger, routedVcpu[gsi]));
            for (int vcpu = 0; vcpu < VCPUS; vcpu++) {
                scan[vcpu] = true;
            }
        }

        private void arrive(int vcpu, int vector) {
            vm.apic(vcpu).accept(VECTORS[vector], random.nextBoolean() ? TriggerMode.LEVEL : TriggerMode.EDGE);
            irr[vcpu][vector] = true;
            int taken = vm.apic(vcpu).deliverable();
            if (random.nextInt(3) != 0 && taken != VectorSet.NONE) {
                vm.apic(vcpu).acknowledge(taken);
                int number = numberOf(taken);
                irr[vcpu][number] = false;
                isr[vcpu][number] = true;
            }
        }

        private void endOfInterrupt(int vcpu) {
            int vector = VECTORS.length - 1;
            while (vector >= 0 && !isr[vcpu][vector]) {
                vector--;
            }
            EoiOutcome expected = EoiOutcome.SPURIOUS;
            if (vector >= 0) {
                isr[vcpu][vector] = false;
                expected = EoiOutcome.NOT_HANDLED;
                if (handled[vcpu][vector]) {
                    scan[vcpu] |= stale[vcpu] == vector;
                    expected = bit12[vcpu] && honoured ? EoiOutcome.SUPPRESSED : EoiOutcome.EXIT_REQUESTED;
                    exit[vcpu] = expected == EoiOutcome.SUPPRESSED ? exit[vcpu] : vector;
                }
            }
            assertThat(vm.endOfInterrupt(vcpu)).isEqualTo(expected);
        }

        private void handleRequests(int vcpu) {
            int expected = exit[vcpu] >= 0 && handled[vcpu][exit[vcpu]] ? VECTORS[exit[vcpu]] : VectorSet.NONE;
            exit[vcpu] = -1;
            if (expected == VectorSet.NONE && scan[vcpu]) {
                scan[vcpu] = false;
                scan(vcpu);
            }
            assertThat(vm.kvm().handleRequests(vcpu)).isEqualTo(expected);
        }

        private void scan(int vcpu) {
            handled[vcpu] = new boolean[VECTORS.length];
            stale[vcpu] = -1;
            for (int gsi = 0; gsi < GSIS; gsi++) {
                int vector = routedVector[gsi];
                if (vector < 0 || !routedLevel[gsi]) {
                    continue;
                }
                boolean here = routedVcpu[gsi] == vcpu;
                boolean inFlight = irr[vcpu][vector] || isr[vcpu][vector];
                handled[vcpu][vector] |= here || inFlight;
                if (!here && inFlight) {
                    stale[vcpu] = Math.max(stale[vcpu], vector);
                }
            }
        }

        private void guestOrVmmChangesItsMind(int vcpu) {
            if (random.nextBoolean()) {
                bit12[vcpu] = random.nextBoolean();
                vm.kvm().restoreLapic(vcpu, bit12[vcpu] ? VirtualMachine.SUPPRESSING : VirtualMachine.ENABLED);
            } else {
                honoured = random.nextBoolean();
                vm.enableCap(
                        honoured
                                ? X2ApicApiFlag.KVM_X2APIC_ENABLE_SUPPRESS_EOI_BROADCAST
                                : X2ApicApiFlag.KVM_X2APIC_DISABLE_SUPPRESS_EOI_BROADCAST);
            }
        }

        private void check() {
            for (int vcpu = 0; vcpu < VCPUS; vcpu++) {
                for (int vector = 0; vector < VECTORS.length; vector++) {
                    if (vm.kvm().isHandled(vcpu, VECTORS[vector]) != handled[vcpu][vector]) {
                        assertThat(vm.kvm().isHandled(vcpu, VECTORS[vector])).isEqualTo(handled[vcpu][vector]);
                    }
                }
            }
        }

        private static int numberOf(int vector) {
            int number = 0;
            while (VECTORS[number] != vector) {
                number++;
            }
            return number;
        }
    }
}
