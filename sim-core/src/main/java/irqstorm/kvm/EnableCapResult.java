// SPDX-License-Identifier: Apache-2.0
package irqstorm.kvm;

import org.jspecify.annotations.Nullable;

/**
 * What KVM_ENABLE_CAP answered.
 *
 * @param errno the error, or null on success
 * @param reason one sentence on why it was refused; empty on success
 */
public record EnableCapResult(@Nullable Errno errno, String reason) {
    /** The call succeeded. */
    public static final EnableCapResult OK = new EnableCapResult(null, "");

    /** The call failed with EINVAL because of {@code reason}. */
    public static EnableCapResult invalid(String reason) {
        return new EnableCapResult(Errno.EINVAL, reason);
    }

    /** Whether the call succeeded. */
    public boolean isOk() {
        return errno == null;
    }
}
