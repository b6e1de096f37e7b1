// SPDX-License-Identifier: Apache-2.0
package irqstorm.advise;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a VMM should do.
 *
 * @param flag the flag to use; null if none helps
 * @param safe whether every guest that boots with it is right
 * @param args0 args[0] of KVM_ENABLE_CAP(KVM_CAP_X2APIC_API): the flag and what the VMM passes today; 0 stands for no call
 * @param flags the names of the flags in {@code args0}
 * @param reason why, in one sentence
 */
public record Recommendation(@Nullable SuppressFlag flag, boolean safe, long args0, List<String> flags, String reason) {
    /** The number of KVM_CAP_X2APIC_API. */
    public static final int KVM_CAP_X2APIC_API = 129;

    /** Keeps its own copy. */
    public Recommendation {
        flags = List.copyOf(flags);
    }
}
