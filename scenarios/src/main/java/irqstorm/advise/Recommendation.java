// SPDX-License-Identifier: Apache-2.0
package irqstorm.advise;

import org.jspecify.annotations.Nullable;

/**
 * What a VMM should do.
 *
 * @param flag the flag to use; null if none helps
 * @param safe whether every guest that boots with it is right
 * @param args0 args[0] of KVM_ENABLE_CAP(KVM_CAP_X2APIC_API): the flag and what the VMM passes today; 0 stands for no call
 * @param reason why, in one sentence
 */
public record Recommendation(@Nullable SuppressFlag flag, boolean safe, long args0, String reason) {}
