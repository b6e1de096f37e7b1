// SPDX-License-Identifier: Apache-2.0
package irqstorm.machine;

/**
 * A device as configured.
 *
 * @param name its name, unique in the machine
 * @param wire how its interrupt leaves it
 * @param arrivals when it has a cause
 */
public record Device(String name, Wire wire, Arrivals arrivals) {}
