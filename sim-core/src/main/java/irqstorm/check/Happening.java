// SPDX-License-Identifier: Apache-2.0
package irqstorm.check;

/**
 * What a hazard did to the machine.
 *
 * @param timeNanos when, nanoseconds of simulated time
 * @param text what, as a clause
 */
public record Happening(long timeNanos, String text) {}
