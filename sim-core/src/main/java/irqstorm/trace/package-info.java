// SPDX-License-Identifier: Apache-2.0
/**
 * The stream of what happened, told as it happens.
 *
 * <p>Sinks receive plain values, not objects, so that a storm of a million deliveries can be measured without garbage, and keep what
 * they need. A log that stores everything was rejected because a storm has no end.
 */
@NullMarked
package irqstorm.trace;

import org.jspecify.annotations.NullMarked;
