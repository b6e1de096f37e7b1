// SPDX-License-Identifier: Apache-2.0
/** The scenario format. */
@NullMarked
package irqstorm.scenario;

import org.jspecify.annotations.NullMarked;
