// SPDX-License-Identifier: Apache-2.0
package irqstorm.trace;

import irqstorm.event.Actor;
import irqstorm.event.EventKind;
import java.util.Arrays;

/** Events of one moment, one after the other and each because of the one before, to be recorded whenever they happen. */
public final class EventBatch {
    /** How many arguments an event has. */
    static final int ARGUMENTS = 3;

    /** For each event what {@link EventLog#hash} says of it. */
    long[] hashes = {};

    Actor[] actors = {};
    EventKind[] kinds = {};
    long[] arguments = {};

    /** Adds an event; the parameters are those of {@link EventLog#record}. */
    public void add(Actor actor, EventKind kind, long a, long b, long c) {
        int size = size();
        actors = Arrays.copyOf(actors, size + 1);
        kinds = Arrays.copyOf(kinds, size + 1);
        actors[size] = actor;
        kinds[size] = kind;
        hashes = Arrays.copyOf(hashes, size + 1);
        hashes[size] = EventLog.hash(actor, kind, a, b, c);
        arguments = Arrays.copyOf(arguments, (size + 1) * ARGUMENTS);
        arguments[size * ARGUMENTS] = a;
        arguments[size * ARGUMENTS + 1] = b;
        arguments[size * ARGUMENTS + 2] = c;
    }

    /** How many events there are. */
    public int size() {
        return kinds.length;
    }
}
