// SPDX-License-Identifier: Apache-2.0
package irqstorm.apic;

import irqstorm.apic.IoApicOutput.Delivery;
import irqstorm.apic.IoApicOutput.HeldBack;
import irqstorm.apic.IoApicProfile.Broadcast;
import irqstorm.apic.IoApicProfile.Edge;
import irqstorm.apic.IoApicProfile.EoiMatch;
import irqstorm.apic.IoApicProfile.LineModel;
import irqstorm.apic.IoApicProfile.MaskedEdge;
import irqstorm.apic.IoApicProfile.MaskedLevel;
import irqstorm.apic.IoApicProfile.OnEoiAsserted;
import irqstorm.apic.IoApicProfile.Polarity;
import irqstorm.apic.IoApicProfile.RemoteIrrSet;
import irqstorm.apic.IoApicProfile.RteWrite;
import irqstorm.state.StateStore;

/**
 * An I/O APIC: input lines, redirection table, Remote IRR, the end of an interrupt and the re-injection throttle, as {@link
 * IoApicProfile} says a real one behaves.
 *
 * <p>The hardware is the 82093AA (version 0x11) and, for the EOI register, its successors (version 0x20); the deviations are those of
 * {@code arch/x86/kvm/ioapic.c}, QEMU's {@code hw/intc/ioapic.c} and other VMMs. Registers are reached through {@link IoApicWindow}.
 */
public final class IoApic {
    /** The line's level as the sources drive it. */
    private static final long LINE = 1;
    /** Something is to be delivered: an asserted level, or a latched edge. */
    private static final long PENDING = 2;

    private static final int ENTRY = 0;
    private static final int FLAGS = 1;
    private static final int SUCCESSIVE_EOIS = 2;
    private static final int WORDS_PER_PIN = 3;

    private final IoApicProfile profile;
    private final IoApicOutput output;
    private final StateStore store;
    private final int base;

    /** An I/O APIC after reset: every pin masked, every line low. */
    public IoApic(StateStore store, IoApicProfile profile, IoApicOutput output) {
        this.profile = profile;
        this.output = output;
        this.store = store;
        this.base = store.reserve(WORDS_PER_PIN * profile.pins());
        for (int pin = 0; pin < profile.pins(); pin++) {
            setEntry(pin, RedirectionEntry.RESET);
        }
    }

    /** How this I/O APIC behaves. */
    public IoApicProfile profile() {
        return profile;
    }

    /** The 64 bits of the redirection entry of {@code pin}. */
    public long entry(int pin) {
        return store.get(word(pin, ENTRY));
    }

    /** Whether the sources of {@code pin} hold its line high. */
    public boolean isLineHigh(int pin) {
        return flag(pin, LINE);
    }

    /** How many EOIs in a row have found the line of {@code pin} asserted. */
    public int successiveEois(int pin) {
        return (int) store.get(word(pin, SUCCESSIVE_EOIS));
    }

    /**
     * The sources of {@code pin} drive its line to a level. A call that repeats a level counts: an emulated bus calls whenever one of
     * several sources changes.
     */
    public void setLine(int pin, boolean high) {
        long entry = entry(pin);
        boolean was = flag(pin, LINE);
        setFlag(pin, LINE, high);
        boolean activeLow = (entry & polarityBit()) != 0;
        boolean active = high != activeLow;
        if (RedirectionEntry.isLevel(entry)) {
            levelChanged(pin, entry, active);
        } else {
            edgeCalled(pin, entry, active, was != activeLow);
        }
    }

    private void levelChanged(int pin, long entry, boolean active) {
        if (!active) {
            boolean remembered = profile.maskedLevel() == MaskedLevel.DEFERRED || profile.line() == LineModel.EVENTFD;
            if (!remembered) {
                setFlag(pin, PENDING, false);
            }
            return;
        }
        if (RedirectionEntry.isMasked(entry) && profile.maskedLevel() == MaskedLevel.LOST) {
            output.heldBack(pin, RedirectionEntry.vector(entry), HeldBack.MASKED);
            return;
        }
        setFlag(pin, PENDING, true);
        service(pin);
    }

    private void edgeCalled(int pin, long entry, boolean active, boolean wasActive) {
        if (!active) {
            if (profile.maskedEdge() == MaskedEdge.KEPT_NOT_REPLAYED) {
                setFlag(pin, PENDING, false);
            }
            return;
        }
        if (wasActive && profile.edge() == Edge.RISING_ONLY) {
            return;
        }
        if (RedirectionEntry.isMasked(entry)) {
            setFlag(pin, PENDING, profile.maskedEdge() != MaskedEdge.LOST);
            output.heldBack(
                    pin,
                    RedirectionEntry.vector(entry),
                    profile.maskedEdge() == MaskedEdge.DEFERRED ? HeldBack.MASKED : HeldBack.EDGE_LOST);
            return;
        }
        setFlag(pin, PENDING, true);
        service(pin);
    }

    /** Delivers what is pending on the pin, unless the mask or Remote IRR holds it back. */
    private void service(int pin) {
        long entry = entry(pin);
        int vector = RedirectionEntry.vector(entry);
        boolean level = RedirectionEntry.isLevel(entry);
        if (RedirectionEntry.isMasked(entry)) {
            output.heldBack(pin, vector, HeldBack.MASKED);
            return;
        }
        if (level && profile.remoteIrrGates() && RedirectionEntry.hasRemoteIrr(entry)) {
            output.heldBack(pin, vector, HeldBack.REMOTE_IRR);
            return;
        }
        if (!level || profile.line() == LineModel.EVENTFD) {
            setFlag(pin, PENDING, false);
        }
        if (level && profile.remoteIrrSet() == RemoteIrrSet.BEFORE_DELIVERY) {
            setRemoteIrr(pin, true);
        }
        Delivery delivery = output.deliver(pin, RedirectionEntry.message(entry));
        if (level && setsRemoteIrrAfter(delivery)) {
            setRemoteIrr(pin, true);
        }
        if (!level && delivery == Delivery.REFUSED) {
            output.heldBack(pin, vector, HeldBack.EDGE_LOST);
        }
    }

    private boolean setsRemoteIrrAfter(Delivery delivery) {
        return switch (profile.remoteIrrSet()) {
            case IF_DELIVERED -> delivery != Delivery.REFUSED;
            case IF_ACCEPTED -> delivery == Delivery.ACCEPTED;
            case NEVER, BEFORE_DELIVERY -> false;
        };
    }

    /**
     * A local APIC's EOI arrives as a broadcast.
     *
     * @param vector the vector that was ended
     * @param level the local APIC's TMR bit of the vector
     * @throws FatalModelError if the model cannot take an EOI
     */
    public void broadcastEoi(int vector, boolean level) {
        if (profile.broadcast() == Broadcast.FATAL) {
            throw new FatalModelError(profile.name() + " stops on the EOI of vector " + vector);
        }
        if (profile.broadcast() == Broadcast.HONOURED || profile.broadcast() == Broadcast.HONOURED_IF_TMR && level) {
            end(vector, level);
        }
    }

    /**
     * Whether a write of {@code size} bytes to the EOI register is carried out, and not ignored.
     *
     * @throws FatalModelError if the model stops on it
     */
    public boolean takesDirectedEoi(int size) {
        return switch (profile.eoiRegister()) {
            case NONE -> false;
            case ANY_SIZE -> true;
            case DWORD_ONLY -> size == Integer.BYTES;
            case FATAL -> throw new FatalModelError(profile.name() + " stops on a write to its EOI register");
        };
    }

    /** The EOI register takes {@code vector}. */
    void directedEoi(int vector) {
        end(vector, true);
    }

    private void end(int vector, boolean level) {
        EoiMatch match = profile.eoiMatch();
        for (int pin = 0; pin < profile.pins(); pin++) {
            if (RedirectionEntry.vector(entry(pin)) != vector) {
                continue;
            }
            if (matches(pin, match, level)) {
                endPin(pin);
            }
            if (match.scope() == EoiMatch.Scope.FIRST_PIN) {
                break;
            }
        }
        if (match.scope() == EoiMatch.Scope.ALL_PINS_THEN_ACTIVE) {
            serviceAll(true, false);
        }
    }

    private boolean matches(int pin, EoiMatch match, boolean level) {
        long entry = entry(pin);
        return (!match.level() || RedirectionEntry.isLevel(entry))
                && (!match.remoteIrr() || RedirectionEntry.hasRemoteIrr(entry))
                && (!match.tmr() || level);
    }

    private void endPin(int pin) {
        setRemoteIrr(pin, false);
        long entry = entry(pin);
        boolean again = flag(pin, PENDING) && RedirectionEntry.isLevel(entry) && !RedirectionEntry.isMasked(entry);
        OnEoiAsserted reaction = profile.onEoiAsserted();
        if (reaction instanceof OnEoiAsserted.Throttled throttle) {
            endThrottled(pin, again, throttle);
        } else if (again && reaction instanceof OnEoiAsserted.Immediate) {
            service(pin);
        } else if (again && reaction instanceof OnEoiAsserted.Resample resample) {
            setFlag(pin, LINE | PENDING, false);
            output.resample(pin, resample.latencyNanos());
        }
    }

    private void endThrottled(int pin, boolean again, OnEoiAsserted.Throttled throttle) {
        int word = word(pin, SUCCESSIVE_EOIS);
        if (!again) {
            store.set(word, 0);
            return;
        }
        store.add(word, 1);
        if (store.get(word) >= throttle.limit()) {
            store.set(word, 0);
            output.throttle(pin, RedirectionEntry.vector(entry(pin)), throttle.delayNanos());
        } else {
            service(pin);
        }
    }

    /** The delay of the throttle is over: one timer serves every level pin that is asserted and not in service. */
    public void throttleExpired() {
        serviceAll(true, false);
    }

    private void serviceAll(boolean level, boolean edge) {
        for (int pin = 0; pin < profile.pins(); pin++) {
            if (flag(pin, PENDING)
                    && !RedirectionEntry.isMasked(entry(pin))
                    && (RedirectionEntry.isLevel(entry(pin))
                            ? level && !RedirectionEntry.hasRemoteIrr(entry(pin))
                            : edge)) {
                service(pin);
            }
        }
    }

    /** Writes the low or the high half of the entry of {@code pin}. */
    void writeEntry(int pin, boolean high, long value) {
        long old = entry(pin);
        long written = high ? old & 0xFFFF_FFFFL | value << 32 : old & 0xFFFF_FFFF_0000_0000L | value & 0xFFFF_FFFFL;
        long remoteIrr = switch (profile.rteWrite().remoteIrr()) {
            case PRESERVE -> old & RedirectionEntry.REMOTE_IRR;
            case ZERO -> high ? old & RedirectionEntry.REMOTE_IRR : 0;
            case GUEST_WRITABLE -> written & RedirectionEntry.REMOTE_IRR;
        };
        if (profile.rteWrite().edgeSwitchClears() && !RedirectionEntry.isLevel(written)) {
            remoteIrr = 0;
        }
        setEntry(pin, written & ~RedirectionEntry.READ_ONLY | old & RedirectionEntry.REMOTE_IRR);
        setRemoteIrr(pin, remoteIrr != 0);
        if (profile.onEoiAsserted() instanceof OnEoiAsserted.Throttled throttle && throttle.resetOnRteWrite()) {
            store.set(word(pin, SUCCESSIVE_EOIS), 0);
        }
        inputChanged(pin, old);
        output.entryWritten(pin, entry(pin));
        RteWrite.ReEvaluate again = profile.rteWrite().reEvaluate();
        boolean edges = profile.maskedEdge() == MaskedEdge.DEFERRED || again == RteWrite.ReEvaluate.LEVEL_AND_EDGE;
        serviceAll(again != RteWrite.ReEvaluate.NONE, edges && again != RteWrite.ReEvaluate.NONE);
    }

    /** A pin whose trigger mode or polarity changes sees its line anew; an edge-triggered one has no edge latched. */
    private void inputChanged(int pin, long old) {
        long entry = entry(pin);
        if (((entry ^ old) & (RedirectionEntry.LEVEL | polarityBit())) != 0 && profile.line() != LineModel.EVENTFD) {
            boolean active = flag(pin, LINE) != ((entry & polarityBit()) != 0);
            setFlag(pin, PENDING, RedirectionEntry.isLevel(entry) && active);
        }
    }

    /** RTE bit 13 where it has an effect, else no bit. */
    private long polarityBit() {
        return profile.polarity() == Polarity.HONOURED ? RedirectionEntry.ACTIVE_LOW : 0;
    }

    private void setRemoteIrr(int pin, boolean set) {
        long entry = entry(pin);
        if (RedirectionEntry.hasRemoteIrr(entry) != set) {
            setEntry(pin, entry ^ RedirectionEntry.REMOTE_IRR);
            output.remoteIrrChanged(pin, RedirectionEntry.vector(entry), set);
        }
    }

    private void setEntry(int pin, long entry) {
        store.set(word(pin, ENTRY), entry);
    }

    private boolean flag(int pin, long flag) {
        return (store.get(word(pin, FLAGS)) & flag) != 0;
    }

    private void setFlag(int pin, long flags, boolean on) {
        int word = word(pin, FLAGS);
        store.set(word, on ? store.get(word) | flags : store.get(word) & ~flags);
    }

    private int word(int pin, int field) {
        return base + pin * WORDS_PER_PIN + field;
    }
}
