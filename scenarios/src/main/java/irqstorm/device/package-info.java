// SPDX-License-Identifier: Apache-2.0
/**
 * The kinds of interrupting devices that ship with irqstorm: how each drives its line ({@link irqstorm.machine.Signalling}) together with
 * where that was read and how sure the reading is.
 *
 * <p>A kind is data and not a class: devices differ, as far as interrupts go, in one of three line models and a few numbers. Their
 * registers are not modelled, since only the access that services a cause matters to the line.
 */
@NullMarked
package irqstorm.device;

import org.jspecify.annotations.NullMarked;
