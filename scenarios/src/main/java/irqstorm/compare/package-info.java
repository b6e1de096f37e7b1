// SPDX-License-Identifier: Apache-2.0
/**
 * Running one scenario under several configurations, with common random numbers.
 *
 * <p>Each configuration is a machine of its own that draws the same numbers for the same sources, so differences between results come
 * from the configurations. Sharing a machine between configurations was rejected; it would save what costs nothing.
 */
@NullMarked
package irqstorm.compare;

import org.jspecify.annotations.NullMarked;
