// SPDX-License-Identifier: Apache-2.0
package irqstorm.conformance;

import irqstorm.apic.VectorSet;
import irqstorm.cpu.ActivityState;

/** What programs wait for and handlers check: expressions, and the phrases that cases use. */
final class Conditions {
    private Conditions() {}

    static boolean holds(Bench bench, Cpu cpu, String condition) {
        if (condition.equals("ipi received, woken and halted again")) {
            return allOthersHaltedAndServed(bench, cpu);
        }
        return new Expression(condition, bench.scope()).isTrue();
    }

    private static boolean allOthersHaltedAndServed(Bench bench, Cpu waiting) {
        for (Cpu cpu : bench.cpus()) {
            boolean settled = cpu.activity() == ActivityState.HALTED
                    && cpu.apic().requested().isEmpty()
                    && cpu.apic().deliverable() == VectorSet.NONE;
            if (cpu != waiting && !settled) {
                return false;
            }
        }
        return true;
    }
}
