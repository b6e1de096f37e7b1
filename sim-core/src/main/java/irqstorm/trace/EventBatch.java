// SPDX-License-Identifier: Apache-2.0
package irqstorm.trace;

import irqstorm.event.Actor;
import irqstorm.event.EventKind;
import java.util.Arrays;

/** Events of one moment, one after the other and each because of the one before, to be recorded whenever they happen. */
public final class EventBatch {
    /** How many words an event has: what it is, as {@link EventLog#what} says, and its arguments. */
    static final int WORDS = 4;

    long[] words = {};
    Actor[] actors = {};
    EventKind[] kinds = {};

    /** Adds an event; the parameters are those of {@link EventLog#record}. */
    public void add(Actor actor, EventKind kind, long a, long b, long c) {
        int size = size();
        actors = Arrays.copyOf(actors, size + 1);
        kinds = Arrays.copyOf(kinds, size + 1);
        actors[size] = actor;
        kinds[size] = kind;
        words = Arrays.copyOf(words, (size + 1) * WORDS);
        words[size * WORDS] = EventLog.what(actor, kind);
        words[size * WORDS + 1] = a;
        words[size * WORDS + 2] = b;
        words[size * WORDS + 3] = c;
    }

    /** How many events there are. */
    public int size() {
        return kinds.length;
    }
}
