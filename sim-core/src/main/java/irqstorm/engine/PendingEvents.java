// SPDX-License-Identifier: Apache-2.0
package irqstorm.engine;

import java.util.function.IntConsumer;
import java.util.function.IntPredicate;
import java.util.function.IntUnaryOperator;

/**
 * The slots of all events that are pending, and of the cancelled ones that have not been reached yet, in their order.
 *
 * <p>Few events are in an {@link EventTournament}. If there are more, those later than the base of an {@link EventWheel} wait in its lists,
 * and the earliest list is sorted into an {@link EventRun} when it is due; the tournament then has what is scheduled for times up
 * to the base, which is little. A list that is too long is dealt to finer ones first. If that is impossible, because all
 * its events share an instant, it becomes the {@link EventInstant}: the tournament then has earlier events, and the run none. Many
 * events on few instants are not moved to the wheel, but put into {@link EventChains} in the tournament.
 *
 * <p>Sequence numbers are needed in the tournament only, where they keep events of one time and priority in the order in which
 * they came. All lists are first-in-first-out, so that is the order of scheduling. The numbers begin again whenever the
 * tournament has been emptied into other places.
 *
 * <p>{@link EventQueue} extends this class rather than to have one of them: every event goes through one object less.
 */
class PendingEvents {
    /** So many entries in the tournament are too many. */
    private static final int MOST_IN_TOURNAMENT = 512;

    /** So few events are better off in the tournament. */
    private static final int FEW = 256;

    /** A run shorter than this is continued by the next list. */
    private static final int SHORT_RUN = 32;

    /** Where the data of the events are. */
    final EventSlots slots = new EventSlots();

    /** The links of the events that are in lists. */
    private final EventLinks links = new EventLinks();

    private final EventTournament tournament = new EventTournament();
    private final EventChains chains = new EventChains(slots);
    private final EventRun run = new EventRun();
    private final EventInstant instant = new EventInstant(slots, links);
    private final EventWheel wheel = new EventWheel(slots, links);

    /** One list, of what was in the tournament when it had too many entries. */
    private final EventLists sorted = new EventLists(links, 1);

    private long nextSequence;
    private int live;
    private int cancelled;

    /**
     * The event that followed in a chain the one removed last, or {@link EventLists#NONE}. It is the first of all, until
     * something is added to the tournament: what is added elsewhere is later.
     */
    private int tied = EventLists.NONE;

    /** Kept, because new ones for every use would be garbage. */
    private final IntConsumer addToTournament = this::addToTournament;

    private final IntConsumer addToChain = this::addToChain;
    private final IntConsumer addToRun = this::addToRun;
    private final IntConsumer addToWheel = this::addToWheel;
    private final IntPredicate freeIfCancelled = this::freeIfCancelled;
    private final IntUnaryOperator removeCancelled = chains::removeCancelled;

    /** Adds an event, and returns its handle. */
    long add(long time, int priority, long payload, long cause) {
        long handle = slots.add(time, priority, payload, cause);
        int slot = EventSlots.slotOf(handle);
        live++;
        if (time > wheel.base()) {
            wheel.add(time, slot);
        } else if (time == instant.time()) {
            instant.add(slot);
        } else if (!chains.areUsed() || !chains.extend(time, priority, handle)) {
            addEntry(time, priority, slot);
        }
        return handle;
    }

    /** Notes that the event of one of the slots has been cancelled. If most of the events are, they are taken out. */
    void addCancelled() {
        live--;
        cancelled++;
        if (cancelled > live) {
            sweep();
        }
    }

    /** How many events are pending. */
    int live() {
        return live;
    }

    /** The time of the first pending event, or {@link SimTime#NEVER} if there is none. */
    long firstTime() {
        while (true) {
            tournament.settle();
            long time = isRunFirst() ? run.time() : tournament.rootTime();
            if (time == SimTime.NEVER) {
                if (!instant.isEmpty()) {
                    time = instant.time();
                } else if (wheel.isEmpty()) {
                    return SimTime.NEVER;
                } else {
                    takeFromWheel();
                    continue;
                }
            }
            if (cancelled == 0 || slots.holdsPending(first())) {
                return time;
            }
            slots.free(takeFirst());
            tied = EventLists.NONE;
            cancelled--;
        }
    }

    /**
     * Removes the first event if it is the next in a chain, so that it has time and priority of the one removed last, and returns its
     * slot. If not, returns {@link EventLists#NONE}. That is quicker than to find out what is first.
     */
    int removeTied() {
        int slot = tied;
        if (slot == EventLists.NONE || !slots.holdsPending(slot)) {
            return EventLists.NONE;
        }
        live--;
        removeRoot(slot);
        return slot;
    }

    /** Removes the event whose time {@link #firstTime} has just told, and returns its slot. */
    int removeFirst() {
        live--;
        return takeFirst();
    }

    private int takeFirst() {
        int slot;
        if (isRunFirst()) {
            slot = run.slot();
            run.removeFirst();
        } else if (tournament.rootTime() != SimTime.NEVER) {
            slot = tournament.rootSlot();
            removeRoot(slot);
        } else {
            slot = instant.first();
            instant.removeFirst();
        }
        return slot;
    }

    /** For tests: as if at least so many sequence numbers had been given out, which leaves one at least. */
    void continueSequenceAt(long sequence) {
        nextSequence = Math.max(nextSequence, sequence);
    }

    void copyFrom(PendingEvents other) {
        slots.copyFrom(other.slots);
        links.copyFrom(other.links);
        tournament.copyFrom(other.tournament);
        chains.copyFrom(other.chains);
        run.copyFrom(other.run);
        instant.copyFrom(other.instant);
        wheel.copyFrom(other.wheel);
        nextSequence = other.nextSequence;
        live = other.live;
        tied = EventLists.NONE;
        cancelled = other.cancelled;
    }

    /** If an event of the run and one of the tournament have one time and priority, that of the run was scheduled before. */
    private boolean isRunFirst() {
        if (run.isEmpty()) {
            return false;
        }
        long difference = run.time() - tournament.rootTime();
        return difference < 0 || difference == 0 && run.priority() <= slots.priority(tournament.rootSlot());
    }

    private int first() {
        if (isRunFirst()) {
            return run.slot();
        }
        return tournament.rootTime() != SimTime.NEVER ? tournament.rootSlot() : instant.first();
    }

    private void removeRoot(int slot) {
        int next = chains.removeFirst(slot);
        if (next == EventLists.NONE) {
            tournament.removeRoot();
        } else {
            tournament.replaceRoot(next);
        }
        tied = next;
    }

    private void addEntry(long time, int priority, int slot) {
        boolean isOneMore = tournament.add(time, priority, nextSequence, slot);
        nextSequence++;
        if (isOneMore && tournament.size() == MOST_IN_TOURNAMENT || nextSequence == OrderKey.SEQUENCE_END) {
            relieveTournament();
        }
        tied = EventLists.NONE;
    }

    /** Moves the earliest events of the wheel to where they can be removed in order; the other places are empty. */
    private void takeFromWheel() {
        nextSequence = 0;
        instant.setTime(SimTime.NEVER);
        if (live + cancelled <= FEW) {
            takeAll();
            return;
        }
        while (true) {
            int list = wheel.earliest();
            if (EventRun.canHold(EventWheel.bitsOf(list)) && !wheel.lists().hasMoreThan(list, EventRun.CAPACITY)) {
                takeRun(list);
                return;
            }
            if (wheel.isOneInstant(list)) {
                takeInstant(list);
                return;
            }
            wheel.deal(list);
        }
    }

    private void takeAll() {
        while (!wheel.isEmpty()) {
            wheel.drain(wheel.earliest(), addToTournament);
        }
        wheel.raiseBase(SimTime.LATEST);
    }

    /**
     * Continues a short run only with lists of the same level: one of a coarser level may reach far into the future, and
     * everything scheduled before its last event would have to go to the tournament.
     */
    private void takeRun(int firstList) {
        run.begin(wheel.startOf(firstList));
        int list = firstList;
        do {
            wheel.drain(list, addToRun);
            list = wheel.isEmpty() ? EventLists.NONE : wheel.earliest();
        } while (run.size() < SHORT_RUN
                && EventWheel.areOfOneLevel(list, firstList)
                && !wheel.lists().hasMoreThan(list, EventRun.CAPACITY - SHORT_RUN));
        run.sort();
        if (run.size() > 0) {
            wheel.raiseBase(run.lastTime());
        }
    }

    /** Leaves cancelled events behind. */
    private void addToRun(int slot) {
        if (!freeIfCancelled(slot)) {
            run.add(slots.time(slot), slots.priority(slot), slot);
        }
    }

    private void takeInstant(int list) {
        instant.setTime(slots.time(wheel.lists().first(list)));
        wheel.drain(list, addToWheel);
        wheel.raiseBase(instant.time());
    }

    /**
     * Has fewer entries in the tournament. If most of the events share time and priority with another, chains of them are begun, until
     * there are too many entries again. If not, the model schedules more before the base than the tournament is good for: then
     * the first event is where the wheel starts again.
     */
    private void relieveTournament() {
        int ties = sortTournament();
        nextSequence = 0;
        if (!chains.areUsed() && 2 * ties > MOST_IN_TOURNAMENT) {
            chains.begin();
            sorted.drain(0, addToChain);
        } else {
            chains.end();
            long first = slots.time(sorted.first(0));
            startWheelAt(run.isEmpty() ? first : Math.min(first, run.time()));
            sorted.drain(0, addToWheel);
        }
    }

    /** Empties the tournament into a list. Returns how many of the events have time and priority of the one before. */
    private int sortTournament() {
        int ties = 0;
        int before = EventLists.NONE;
        while (tournament.size() > 0) {
            int slot = tournament.rootSlot();
            removeRoot(slot);
            tournament.settle();
            sorted.add(0, slot);
            if (before != EventLists.NONE && slots.areTied(before, slot)) {
                ties++;
            }
            before = slot;
        }
        return ties;
    }

    /** Returns the instant and the run to the wheel, whose base becomes this time, and the instant, too. */
    private void startWheelAt(long time) {
        wheel.lowerBase(time);
        long formerInstant = instant.time();
        while (!instant.isEmpty()) {
            int slot = instant.first();
            instant.removeFirst();
            wheel.add(formerInstant, slot);
        }
        instant.setTime(time);
        while (!run.isEmpty()) {
            int slot = run.slot();
            run.removeFirst();
            addToWheel(slot);
        }
    }

    private void addToWheel(int slot) {
        long time = slots.time(slot);
        if (time == instant.time()) {
            instant.add(slot);
        } else {
            wheel.add(time, slot);
        }
    }

    private void addToChain(int slot) {
        slots.link(slot, slot);
        if (!chains.extend(slots.time(slot), slots.priority(slot), slots.handle(slot))) {
            addEntry(slots.time(slot), slots.priority(slot), slot);
        }
    }

    private void addToTournament(int slot) {
        slots.link(slot, slot);
        addEntry(slots.time(slot), slots.priority(slot), slot);
    }

    /** Takes all cancelled events out. That is O(size), and there were size/2 cancellations since the last time. */
    private void sweep() {
        tied = EventLists.NONE;
        tournament.replaceAll(removeCancelled);
        run.removeIf(freeIfCancelled);
        instant.removeIf(freeIfCancelled);
        wheel.removeIf(freeIfCancelled);
        cancelled = 0;
    }

    private boolean freeIfCancelled(int slot) {
        if (slots.holdsPending(slot)) {
            return false;
        }
        slots.free(slot);
        cancelled--;
        return true;
    }
}
