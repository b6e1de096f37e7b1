// SPDX-License-Identifier: Apache-2.0
package irqstorm.state;

/**
 * Remembers what actions did to a store. An action that reads the same words with the same values as once before does the same again;
 * so it need not be done, and where it leads is known before the store is changed. That is worth it as actions read few of the words:
 * of a million different transitions a few thousand are different in what they read (transition caching: Blom, van de Pol and Weber,
 * CAV 2010).
 *
 * <p>An action must depend on nothing but its number and the store, and read it by {@link StateStore#get} only.
 */
public final class TransitionCache {
    /** No effect. */
    public static final int UNKNOWN = FootprintTree.NONE;

    /** Those of many machines have ten thousands of words; so many take some ten megabytes. */
    private static final int MOST_WORDS = 1 << 19;

    private final ReversibleStore store;
    private final int mostWords;
    private final FootprintTree tree = new FootprintTree();
    private final Effects effects = new Effects();
    private long fingerprintBefore;

    /** A cache that knows nothing yet of what changes {@code store}. */
    public TransitionCache(ReversibleStore store) {
        this(store, MOST_WORDS);
    }

    /** A cache that forgets everything when the footprints of what it knows are longer than {@code mostWords}. */
    TransitionCache(ReversibleStore store, int mostWords) {
        this.store = store;
        this.mostWords = mostWords;
    }

    /** The number of what {@code action} does in the store's state, or {@link #UNKNOWN}. */
    public int find(int action) {
        return tree.find(action, store.words);
    }

    /** What is done with the store from now on is an unknown action. */
    public void begin() {
        store.watch(true);
        fingerprintBefore = store.fingerprint();
    }

    /** The action stops in the middle, and is not to be remembered. */
    public void abandon() {
        store.watch(false);
    }

    /**
     * The action is done; numbers of what others did may not be valid any more.
     *
     * @return the number of what it did
     * @throws IllegalStateException if it depends on something else than the store
     */
    public int end(int action, int note) {
        store.watch(false);
        if (tree.size() > mostWords) {
            tree.clear();
            effects.clear();
        }
        effects.add(store.footprint(), store.words, store.fingerprint() - fingerprintBefore, note);
        tree.add(action, store.footprint(), effects.size() - 1);
        return effects.size() - 1;
    }

    /** The store's fingerprint after {@code effect}, one that was found for its state. */
    public long fingerprintAfter(int effect) {
        return store.fingerprint() + effects.difference(effect);
    }

    /** What was noted of {@code effect}. */
    public int note(int effect) {
        return effects.note(effect);
    }

    /** The store changes by {@code effect}, one that was found for its state. */
    public void apply(int effect) {
        store.apply(effects, effect);
    }
}
