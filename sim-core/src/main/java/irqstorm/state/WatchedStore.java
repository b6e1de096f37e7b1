// SPDX-License-Identifier: Apache-2.0
package irqstorm.state;

/** A store whose tallies stay where they are: somebody is told instead of what would become of them. */
public final class WatchedStore extends StateStore {
    private final TallyWatcher watcher;

    /** Who is told of tallies. */
    public interface TallyWatcher {
        /** A tally counts one more. Returns whether that is to make {@code limit}. */
        boolean counts(int number, long limit);

        /** A tally begins again from 0. */
        void cleared(int number);

        /** Somebody asks how far a tally has come. */
        long asked(int number);
    }

    /** An empty store. */
    public WatchedStore(TallyWatcher watcher) {
        this.watcher = watcher;
    }

    @Override
    public long tally(int number) {
        return watcher.asked(number);
    }

    @Override
    public boolean countTo(int number, long limit) {
        return watcher.counts(number, limit);
    }

    @Override
    public void clearTally(int number) {
        watcher.cleared(number);
    }
}
