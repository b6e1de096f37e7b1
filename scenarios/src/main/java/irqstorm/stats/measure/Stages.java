// SPDX-License-Identifier: Apache-2.0
package irqstorm.stats.measure;

import org.jspecify.annotations.Nullable;

/**
 * How long interrupts take, each stage counted from the assertion; null where a stage was never reached.
 *
 * @param accept until a local APIC accepts the interrupt
 * @param service until the guest services the device
 * @param eoi until the guest first ends the interrupt in its local APIC; before the service where the guest ends early
 */
public record Stages(
        @Nullable Latency accept,
        @Nullable Latency service,
        @Nullable Latency eoi) {}
