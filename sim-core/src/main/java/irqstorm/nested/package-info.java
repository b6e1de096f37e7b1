// SPDX-License-Identifier: Apache-2.0
/**
 * Nested virtualisation as a guest hypervisor sees it: which controls may be combined, which event takes L2 out, which one it gets, and
 * the parts of a local APIC that the processor virtualises for it: TPR shadow, register accesses, virtual interrupts, posted ones.
 *
 * <p>These are rules over a few words of state; who runs L1 and L2, and how long anything takes, is the caller's business. One class
 * for a whole VMCS was rejected: most of its fields say nothing about interrupts, and a case or a scenario sets a handful of controls.
 */
@NullMarked
package irqstorm.nested;

import org.jspecify.annotations.NullMarked;
