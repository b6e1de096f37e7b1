// SPDX-License-Identifier: Apache-2.0
package irqstorm.conformance;

import irqstorm.apic.LapicTimer;

/** The time on the bench, nanoseconds, and the timers that expire in it. */
final class Clock {
    static final long START_NANOS = 1_000_000_000;

    private static final long INSTRUCTION_NANOS = 20;

    private final Cpu[] cpus;
    private final Runnable throttleExpired;
    private long nowNanos = START_NANOS;
    private long throttleExpiry = LapicTimer.NEVER;
    private int expiries;

    Clock(Cpu[] cpus, Runnable throttleExpired) {
        this.cpus = cpus;
        this.throttleExpired = throttleExpired;
    }

    /** The I/O APIC wants to deliver what it has held back after a delay. */
    void startThrottleTimer(long delayNanos) {
        if (throttleExpiry == LapicTimer.NEVER) {
            throttleExpiry = nowNanos + delayNanos;
        }
    }

    /** How often timers of local APICs have expired. */
    int expiries() {
        return expiries;
    }

    long nowNanos() {
        return nowNanos;
    }

    void advance(long nanos) {
        long end = nowNanos + nanos;
        while (nextExpiry() <= end) {
            nowNanos = Math.max(nowNanos, nextExpiry());
            expireTimers();
        }
        nowNanos = end;
    }

    /** Lets time pass until the next timer expires; whether there is one. */
    boolean advanceToNextTimer() {
        long next = nextExpiry();
        if (next == LapicTimer.NEVER) {
            return false;
        }
        advance(Math.max(next - nowNanos, 0));
        return true;
    }

    boolean expireTimers() {
        boolean expired = false;
        for (Cpu cpu : cpus) {
            if (cpu.timer().expiry() <= nowNanos) {
                cpu.timer().expire();
                expiries++;
                expired = true;
            }
        }
        if (throttleExpiry <= nowNanos) {
            throttleExpiry = LapicTimer.NEVER;
            throttleExpired.run();
            expired = true;
        }
        return expired;
    }

    private long nextExpiry() {
        long next = throttleExpiry;
        for (Cpu cpu : cpus) {
            next = Math.min(next, cpu.timer().expiry());
        }
        return next;
    }

    /** Time that one instruction takes. */
    void instructionTakesTime() {
        nowNanos += INSTRUCTION_NANOS;
    }
}
