// SPDX-License-Identifier: Apache-2.0
/**
 * How quantities are written for people: durations with their unit and numbers in hexadecimal.
 *
 * <p>Writing and reading stand side by side so that each undoes the other. The package depends on nothing, since the
 * scenario format, the distributions and the reports all use it. Rejected: ISO 8601 durations ({@code PT0.000059S}),
 * which nobody writes for microseconds; bare numbers with an implied unit, where a factor of 1000 passes silently.
 */
@NullMarked
package irqstorm.units;

import org.jspecify.annotations.NullMarked;
