// SPDX-License-Identifier: Apache-2.0
package irqstorm.trace;

import irqstorm.event.Actor;
import irqstorm.event.EventKind;
import irqstorm.state.Hash64;
import irqstorm.state.StateStore;

/**
 * Numbers the events of a run, folds each into the run's fingerprint and tells the sinks.
 *
 * <p>The fingerprint covers the time, the actor, the kind and the arguments of every event, whether or not anybody listens; two runs
 * with the same fingerprint did the same things at the same times.
 */
public final class EventLog {
    private static final int SEQUENCE = 0;
    private static final int HASH = 1;
    private static final int WORDS = 2;

    private final StateStore store;
    private final int base;
    private final boolean fingerprinted;
    private final TraceSink[] sinks;
    private long timeNanos;
    private long cause;

    /** A log that keeps its counters in {@code store} and tells {@code sinks}, in their order. */
    public EventLog(StateStore store, TraceSink... sinks) {
        this(store, true, sinks);
    }

    /**
     * A log that keeps its counters in {@code store} and tells {@code sinks}, in their order.
     *
     * @param fingerprinted whether there is a fingerprint; an exploration, which never asks for it, goes without
     */
    public EventLog(StateStore store, boolean fingerprinted, TraceSink... sinks) {
        this.store = store;
        this.fingerprinted = fingerprinted;
        this.base = store.reserve(WORDS);
        this.sinks = sinks.clone();
    }

    /** The events that follow happen at {@code timeNanos} because of event {@code cause}. */
    public void moment(long timeNanos, long cause) {
        this.timeNanos = timeNanos;
        this.cause = cause;
    }

    /** Records one event; it becomes the cause of what follows at this moment. */
    public void record(Actor actor, EventKind kind, long a, long b, long c) {
        long sequence = store.get(base + SEQUENCE) + 1;
        store.set(base + SEQUENCE, sequence);
        if (fingerprinted) {
            store.set(base + HASH, mix(store.get(base + HASH), hash(actor, kind, a, b, c)));
        }
        tell(sequence, actor, kind, a, b, c);
    }

    /** Records the events of {@code batch}; the last one becomes the cause of what follows at this moment. */
    public void record(EventBatch batch) {
        long sequence = store.get(base + SEQUENCE);
        store.set(base + SEQUENCE, sequence + batch.size());
        if (fingerprinted) {
            long hash = store.get(base + HASH);
            for (long event : batch.hashes) {
                hash = mix(hash, event);
            }
            store.set(base + HASH, hash);
        }
        // Apart from the rest, which nothing slows down then where nobody listens.
        if (sinks.length > 0) {
            tell(batch, sequence);
        } else if (batch.size() > 0) {
            cause = sequence + batch.size();
        }
    }

    /** What happens in an event, whenever it does, as the fingerprint has it. */
    static long hash(Actor actor, EventKind kind, long a, long b, long c) {
        long what = Hash64.mix(0, (long) actor.ordinal() << 32 | kind.ordinal());
        return Hash64.mix(Hash64.mix(Hash64.mix(what, a), b), c);
    }

    /** Takes in an event. Only the last step waits for the event before: the fingerprint is a chain through all events of a run. */
    private long mix(long hash, long event) {
        return Hash64.mix(hash, Hash64.mix(event, timeNanos));
    }

    private void tell(EventBatch batch, long before) {
        for (int i = 0; i < batch.size(); i++) {
            int at = i * EventBatch.ARGUMENTS;
            tell(
                    before + 1 + i,
                    batch.actors[i],
                    batch.kinds[i],
                    batch.arguments[at],
                    batch.arguments[at + 1],
                    batch.arguments[at + 2]);
        }
    }

    private void tell(long sequence, Actor actor, EventKind kind, long a, long b, long c) {
        for (TraceSink sink : sinks) {
            sink.record(sequence, timeNanos, actor, kind, a, b, c, cause);
        }
        cause = sequence;
    }

    /** The number of the event that whatever is scheduled now will have as its cause. */
    public long cause() {
        return cause;
    }

    /** The number of events so far. */
    public long count() {
        return store.get(base + SEQUENCE);
    }

    /** The fingerprint of the events so far. */
    public long fingerprint() {
        return Hash64.finish(store.get(base + HASH));
    }
}
