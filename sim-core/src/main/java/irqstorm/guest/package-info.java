// SPDX-License-Identifier: Apache-2.0
/**
 * Guests as data: programs of steps, one for each situation a guest reacts to, and the place where each level of a guest is in them.
 *
 * <p>In which order a guest ends its interrupts is not a property of a guest but a consequence of what it found at boot, so programs
 * have conditional steps and the boot program is run against the local APIC that the configuration shows. An enumeration of orderings
 * was rejected: it would decide in the input what the simulation is meant to find out.
 */
@NullMarked
package irqstorm.guest;

import org.jspecify.annotations.NullMarked;
