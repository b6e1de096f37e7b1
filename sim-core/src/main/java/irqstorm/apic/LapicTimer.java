// SPDX-License-Identifier: Apache-2.0
package irqstorm.apic;

import irqstorm.state.StateStore;

/**
 * The timer of a local APIC: one-shot, periodic and TSC-deadline (SDM volume 3, section 12.5.4; kernel {@code lapic.c}, {@code
 * start_apic_timer}, {@code apic_update_lvtt}). Registers are the {@link LocalApic}'s; time is what the caller says, in nanoseconds.
 */
public final class LapicTimer {
    /** No expiry is due. */
    public static final long NEVER = Long.MAX_VALUE;

    private static final long LVT_MASKED = 1L << 16;
    private static final int MODE_SHIFT = 17;
    private static final Mode[] MODES = Mode.values();

    private static final int EXPIRY = 0;
    private static final int PERIOD = 1;
    private static final int DEADLINE = 2;
    private static final int WORDS = 3;

    private final LocalApic apic;
    private final long busCycleNanos;
    private final StateStore store;
    private final int base;

    /** LVT timer bits 18:17. */
    public enum Mode {
        /** Counts down once. */
        ONE_SHOT,
        /** Starts over at zero. */
        PERIODIC,
        /** Fires when the time-stamp counter passes IA32_TSC_DEADLINE. */
        TSC_DEADLINE,
        /** Reserved; the timer does not run. */
        RESERVED
    }

    /** A timer that is not running; the bus clock ticks once in {@code busCycleNanos} nanoseconds. */
    public LapicTimer(StateStore store, LocalApic apic, long busCycleNanos) {
        this.apic = apic;
        this.busCycleNanos = busCycleNanos;
        this.store = store;
        this.base = store.reserve(WORDS);
        reset();
    }

    /** Stops, as a reset of the local APIC does. */
    public void reset() {
        set(EXPIRY, NEVER);
        set(PERIOD, 0);
        set(DEADLINE, 0);
    }

    /** The mode in the LVT entry. */
    public Mode mode() {
        return MODES[(int) (register(LapicRegister.LVT_TIMER) >>> MODE_SHIFT) & 3];
    }

    /** Nanoseconds between two counts: bus cycle times divider. */
    public long tickNanos() {
        return busCycleNanos * divider();
    }

    /** TDCR bits 3, 1 and 0: 0 divides by 2, 1 by 4, …, 6 by 128, 7 by 1. */
    private int divider() {
        long divide = register(LapicRegister.TIMER_DIVIDE);
        int code = (int) (divide & 3 | (divide & 8) >>> 1);
        return 1 << (code + 1 & 7);
    }

    /** The initial count was written: the count starts over; 0 stops it. */
    void initialCountWritten(long nowNanos) {
        long count = register(LapicRegister.TIMER_INITIAL);
        set(PERIOD, count * tickNanos());
        set(EXPIRY, count == 0 ? NEVER : nowNanos + get(PERIOD));
    }

    /** The LVT entry was written: only a switch from or to TSC-deadline stops the count. */
    void lvtWritten(Mode before) {
        Mode now = mode();
        if (now != before && (now == Mode.TSC_DEADLINE || before == Mode.TSC_DEADLINE)) {
            reset();
            apic.restore(LapicRegister.TIMER_INITIAL, 0);
        }
    }

    /** The divide configuration was written: what is left of the count takes its time anew. */
    void divideWritten(long tickNanosBefore, long nowNanos) {
        set(PERIOD, get(PERIOD) / tickNanosBefore * tickNanos());
        if (get(EXPIRY) != NEVER) {
            long left = Math.max(get(EXPIRY) - nowNanos, 0) / tickNanosBefore;
            set(EXPIRY, nowNanos + left * tickNanos());
        }
    }

    /** IA32_TSC_DEADLINE is written; 0 disarms. The time-stamp counter ticks once a nanosecond. */
    void writeDeadline(long tsc) {
        if (mode() == Mode.TSC_DEADLINE) {
            set(DEADLINE, tsc);
            set(EXPIRY, tsc == 0 ? NEVER : tsc);
        }
    }

    /** What IA32_TSC_DEADLINE reads: the deadline that is armed, or 0. */
    public long deadline() {
        return get(DEADLINE);
    }

    /** The current count. A restored expiry that lies further away than the initial count allows counts as the whole of it. */
    public long currentCount(long nowNanos) {
        if (mode() == Mode.TSC_DEADLINE || get(EXPIRY) == NEVER) {
            return 0;
        }
        return Math.min(Math.max(get(EXPIRY) - nowNanos, 0), get(PERIOD)) / tickNanos();
    }

    /** Puts back a saved count that will expire at {@code expiryNanos}; the registers have been restored before. */
    public void restore(long expiryNanos) {
        set(PERIOD, register(LapicRegister.TIMER_INITIAL) * tickNanos());
        set(EXPIRY, expiryNanos);
    }

    /** When the timer expires, nanoseconds, or {@link #NEVER}. */
    public long expiry() {
        return get(EXPIRY);
    }

    /** The expiry has come: requests the interrupt unless the LVT entry is masked, and starts over if periodic. */
    public void expire() {
        long entry = register(LapicRegister.LVT_TIMER);
        set(EXPIRY, mode() == Mode.PERIODIC ? get(EXPIRY) + get(PERIOD) : NEVER);
        set(DEADLINE, 0);
        if ((entry & LVT_MASKED) == 0) {
            apic.accept((int) entry & 0xFF, TriggerMode.EDGE);
        }
    }

    private long register(LapicRegister register) {
        return apic.read(register.offset());
    }

    private long get(int word) {
        return store.get(base + word);
    }

    private void set(int word, long value) {
        store.set(base + word, value);
    }
}
