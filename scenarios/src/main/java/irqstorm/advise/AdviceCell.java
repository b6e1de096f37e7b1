// SPDX-License-Identifier: Apache-2.0
package irqstorm.advise;

import irqstorm.check.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * What came of one guest with one flag.
 *
 * @param flag the flag
 * @param args0 args[0] of KVM_CAP_X2APIC_API with that flag and what else the VMM passes today; 0 stands for no call
 * @param guest the guest
 * @param verdict the verdict
 * @param cause why, in one sentence
 * @param remark how fast a storm is, and what the verdict rests on that nobody has verified; may be empty
 * @param deliveriesPerSecond the mean rate of deliveries over all storms, pauses of a throttle included; null without a storm
 * @param otherwise the verdict if what the profile is least sure of is the other way round ({@link Doubt}); null if it is sure
 * @param fingerprint sixteen hexadecimal digits over all events; empty if KVM refuses the flag
 */
public record AdviceCell(
        SuppressFlag flag,
        long args0,
        AdvisedGuest guest,
        Verdict verdict,
        String cause,
        String remark,
        @Nullable Double deliveriesPerSecond,
        @Nullable Verdict otherwise,
        String fingerprint)
        implements GuestCell {
    /** The cause and the remark. */
    public String reason() {
        return remark.isEmpty() ? cause : cause + " " + remark;
    }

    /** Whether nothing went wrong. */
    boolean isOk() {
        return verdict == Verdict.OK;
    }
}
