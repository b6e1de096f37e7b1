// SPDX-License-Identifier: Apache-2.0
/**
 * What a run showed: meters that listen to the events, and the judge that turns measures and the final state into a verdict.
 *
 * <p>An exploration has {@link irqstorm.check.SafetyMonitor} in their place, whose memory is part of the state that is explored, and
 * which looks after the rules of the model too.
 *
 * <p>Meters and judge stand beside the model and read only its events and its state; no part of the model knows what a storm is.
 * Deciding on a storm by a rate threshold was rejected: honest devices interrupt faster than throttled storms do. What makes a storm
 * is that the same assertion is delivered over and over.
 */
@NullMarked
package irqstorm.check;

import org.jspecify.annotations.NullMarked;
