// SPDX-License-Identifier: Apache-2.0
/**
 * KVM as L0, by the kernel's own names: irqchip modes, the KVM_CAP_X2APIC_API flags in their three revisions, the handled-vector
 * bitmap, the pending-EOI slot and the decision that the flags are about: whether an EOI reaches the I/O APIC.
 *
 * <p>KVM does not know the VMM; what it wants of it is an exit, and what the VMM wants of it is an ioctl. Time is not here either:
 * the rules act at once, and the machine knows how long a path takes. Putting the latencies into the rules was rejected because the
 * explorer needs the rules without a clock.
 */
@NullMarked
package irqstorm.kvm;

import org.jspecify.annotations.NullMarked;
