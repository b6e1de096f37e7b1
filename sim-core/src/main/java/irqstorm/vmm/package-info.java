// SPDX-License-Identifier: Apache-2.0
/**
 * The userspace side: a VMM's I/O APIC behind ioctls and exits, and its local APICs where the kernel has none.
 *
 * <p>What makes one VMM differ from another is its {@link irqstorm.apic.IoApicProfile}; what all VMMs have in common, that they are at
 * the far end of an ioctl, is here.
 */
@NullMarked
package irqstorm.vmm;

import org.jspecify.annotations.NullMarked;
