// SPDX-License-Identifier: Apache-2.0
/**
 * Interrupt hardware alone: the local APIC and the I/O APIC, with the registers and rules of the SDM and of the 82093AA datasheet.
 *
 * <p>Nothing here knows a hypervisor. How real I/O APICs deviate from the datasheet is a value, {@link irqstorm.apic.IoApicProfile},
 * and one {@link irqstorm.apic.IoApic} acts on it; a subclass per VMM was rejected, because then two models that behave alike cannot
 * be seen to, and a deviation is a method body instead of a row in a table. The profile lives here and not with the VMM because the
 * chip is what it describes: KVM's in-kernel I/O APIC is one of the profiles.
 */
@NullMarked
package irqstorm.apic;

import org.jspecify.annotations.NullMarked;
