// SPDX-License-Identifier: Apache-2.0
package irqstorm.scenario.json;

import irqstorm.distribution.Distribution;
import irqstorm.distribution.Fixed;
import irqstorm.distribution.LogNormal;
import irqstorm.machine.LatencyKind;

/**
 * How long each transition takes where a scenario does not say: medians and 95th percentiles for a 2.6 GHz class host, between the
 * figures that kernel commits and mails quote. docs/model.md lists the sources and which ones are assumptions.
 */
final class LatencyDefaults {
    private LatencyDefaults() {}

    static Distribution of(LatencyKind kind) {
        return switch (kind) {
            case LINE_TO_ACCEPT -> new LogNormal(700, 2_000);
            case INTERRUPT_KICK -> new LogNormal(500, 1_500);
            case EXTERNAL_INTERRUPT_EXIT -> new LogNormal(710, 1_500);
            case ENTRY_INJECTION -> new LogNormal(150, 300);
            case KERNEL_EXIT -> new LogNormal(550, 1_200);
            case LAPIC_EOI_EXIT -> new LogNormal(800, 1_500);
            case EOI_WITHOUT_EXIT -> new LogNormal(30, 80);
            case MMIO_EXIT -> new LogNormal(1_500, 4_000);
            case USERSPACE_EXIT -> new LogNormal(1_000, 3_000);
            case VMM_HANDLING -> new Fixed(400);
            case USERSPACE_ENTRY -> new LogNormal(1_000, 6_000);
            case NESTED_EXIT, NESTED_ENTRY -> new LogNormal(2_500, 5_000);
        };
    }
}
