// SPDX-License-Identifier: Apache-2.0
/**
 * A logical processor as far as interrupts are concerned: what blocks them, what has been signalled to it besides its local APIC's
 * vectors, and which event it takes at the next instruction boundary.
 *
 * <p>Executing instructions is somebody else's business: the machine runs programs of steps, tests run lists of instructions, and both
 * need the same answer to "what happens now?". Putting these rules into the machine's vCPU was rejected, because there they would be
 * tied to its phases and its clock.
 */
@NullMarked
package irqstorm.cpu;

import org.jspecify.annotations.NullMarked;
