// SPDX-License-Identifier: Apache-2.0
package irqstorm.trace;

import irqstorm.event.Actor;
import irqstorm.event.EventKind;

/** One event of a run as a value, for whoever keeps events; the parameters are those of {@link TraceSink#record}. */
public record TraceEvent(
        long sequence, long timeNanos, Actor actor, EventKind kind, long a, long b, long c, long cause) {}
