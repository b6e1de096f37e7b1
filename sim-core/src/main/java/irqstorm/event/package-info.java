// SPDX-License-Identifier: Apache-2.0
/**
 * The closed vocabulary of what may happen to an interrupt, and who does it.
 *
 * <p>Everything that reports, measures or checks a run reads these events and nothing else of the model, so that a verdict can be
 * traced to what happened. An open set of string-named events was rejected: a checker that waits for a misspelt name never fires.
 */
@NullMarked
package irqstorm.event;

import org.jspecify.annotations.NullMarked;
