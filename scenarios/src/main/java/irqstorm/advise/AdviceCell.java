// SPDX-License-Identifier: Apache-2.0
package irqstorm.advise;

import irqstorm.check.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * What came of one guest with one flag.
 *
 * @param flag the flag
 * @param guest the guest
 * @param verdict the verdict
 * @param reason why, in a sentence or two
 * @param deliveriesPerSecond the mean rate of deliveries over all storms, pauses of a throttle included; null without a storm
 * @param fingerprint sixteen hexadecimal digits over all events; empty if KVM refuses the flag
 */
public record AdviceCell(
        SuppressFlag flag,
        AdvisedGuest guest,
        Verdict verdict,
        String reason,
        @Nullable Double deliveriesPerSecond,
        String fingerprint) {}
