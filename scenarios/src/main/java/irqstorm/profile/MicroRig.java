// SPDX-License-Identifier: Apache-2.0
package irqstorm.profile;

import irqstorm.apic.FatalModelError;
import irqstorm.apic.InterruptMessage;
import irqstorm.apic.IoApic;
import irqstorm.apic.IoApicOutput;
import irqstorm.apic.IoApicProfile;
import irqstorm.apic.IoApicWindow;
import irqstorm.apic.RedirectionEntry;
import irqstorm.apic.SavedIoApic;
import irqstorm.state.StateStore;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongUnaryOperator;

/**
 * An I/O APIC alone, whose every step leaves a token: how many messages it sent, what else it did (T throttled, S asked a source,
 * K told an event source to look again, b set Remote IRR before a refused message), and R or - for Remote IRR of each watched pin.
 * {@code !} stands for a model that stopped; nothing follows it.
 */
final class MicroRig implements IoApicOutput {
    /** The pin that the scenarios are about; the smallest table has 16 pins. */
    static final int A = 12;
    /** Another pin. */
    static final int B = 3;

    private static final String STOPPED = "!";
    private static final long LOW_HALF = 0xFFFF_FFFFL;

    private final IoApicProfile profile;
    private final IoApic chip;
    private final IoApicWindow window;
    private final int[] watched;
    private final List<String> tokens = new ArrayList<>();
    private final Set<Integer> asserting = new LinkedHashSet<>();
    private final Set<Integer> eventSources = new LinkedHashSet<>();
    private final Deque<Integer> asked = new ArrayDeque<>();
    private final Deque<Integer> told = new ArrayDeque<>();
    private final StringBuilder flags = new StringBuilder();
    private final List<Integer> vectors = new ArrayList<>();
    private int deliveries;
    private boolean accepting = true;
    private boolean armed;

    MicroRig(IoApicProfile profile, int... watched) {
        StateStore store = new StateStore();
        this.profile = profile;
        this.chip = new IoApic(store, profile, this);
        this.window = new IoApicWindow(store, chip);
        this.watched = watched.length == 0 ? new int[] {A} : watched;
    }

    /** The tokens so far. */
    String text() {
        return String.join(" ", tokens);
    }

    boolean isThrottleArmed() {
        return armed;
    }

    SavedIoApic saved() {
        return chip.save();
    }

    // --- steps

    MicroRig step(Runnable action) {
        return step(action, -1);
    }

    /** A step in which messages with another vector than {@code expected} are named, unless that is negative. */
    MicroRig step(Runnable action, int expected) {
        if (!tokens.isEmpty() && tokens.get(tokens.size() - 1).equals(STOPPED)) {
            return this;
        }
        try {
            action.run();
            answer();
        } catch (FatalModelError stopped) {
            tokens.add(STOPPED);
            return this;
        }
        StringBuilder token = new StringBuilder().append(deliveries).append(flags);
        for (int pin : watched) {
            token.append(RedirectionEntry.hasRemoteIrr(chip.entry(pin)) ? 'R' : '-');
        }
        List<String> others = vectors.stream()
                .filter(vector -> expected >= 0 && vector != expected)
                .map(vector -> String.format("%02x", vector))
                .toList();
        if (!others.isEmpty()) {
            token.append('@').append(String.join(",", others));
        }
        tokens.add(token.toString());
        return forget();
    }

    /** An action that leaves no token. */
    MicroRig quietly(Runnable action) {
        try {
            action.run();
        } catch (FatalModelError stopped) {
            return forget();
        }
        return forget();
    }

    private MicroRig forget() {
        deliveries = 0;
        flags.setLength(0);
        vectors.clear();
        return this;
    }

    /** The sources answer what they were asked during the step. */
    private void answer() {
        answerResamples();
        while (!told.isEmpty()) {
            int pin = told.removeLast();
            if (asserting.contains(pin)) {
                signalEvent(pin);
            }
        }
    }

    private void answerResamples() {
        while (!asked.isEmpty()) {
            int pin = asked.removeLast();
            if (asserting.contains(pin)) {
                chip.setLine(pin, true);
            }
        }
    }

    MicroRig program(int pin, int vector, boolean level) {
        return program(pin, vector, level ? RedirectionEntry.LEVEL : 0);
    }

    MicroRig program(int pin, int vector, long bits) {
        return quietly(() -> window.writeEntry(pin, vector | bits));
    }

    MicroRig raise(int pin) {
        asserting.add(pin);
        return step(() -> chip.setLine(pin, true));
    }

    MicroRig lower(int pin) {
        asserting.remove(pin);
        return step(() -> chip.setLine(pin, false));
    }

    /** The source of the pin asserts, which the chip is not told. */
    MicroRig asserts(int pin) {
        asserting.add(pin);
        return this;
    }

    MicroRig raiseQuietly(int pin) {
        asserting.add(pin);
        return quietly(() -> chip.setLine(pin, true));
    }

    MicroRig lowerQuietly(int pin) {
        asserting.remove(pin);
        return quietly(() -> chip.setLine(pin, false));
    }

    MicroRig eoi() {
        return eoi(true);
    }

    MicroRig eoi(boolean level) {
        return step(() -> chip.broadcastEoi(MicroScenario.VECTOR, level));
    }

    /** So many EOIs, whose questions to the sources are answered at once. */
    void eois(int count) {
        for (int i = 0; i < count; i++) {
            chip.broadcastEoi(MicroScenario.VECTOR, true);
            answerResamples();
        }
    }

    MicroRig eoiRegister(int size) {
        return step(() -> window.write(IoApicWindow.EOI_REGISTER, size, MicroScenario.VECTOR));
    }

    MicroRig rewrite(int pin, LongUnaryOperator change) {
        return step(() -> writeLow(pin, change.applyAsLong(chip.entry(pin) & LOW_HALF)));
    }

    void writeLow(int pin, long value) {
        window.write(IoApicWindow.IOREGSEL, Integer.BYTES, IoApicWindow.FIRST_ENTRY + 2L * pin);
        window.write(IoApicWindow.IOWIN, Integer.BYTES, value);
    }

    /** The low half of the entry, as software reads it. */
    long low(int pin) {
        return chip.entry(pin) & LOW_HALF;
    }

    MicroRig mask(int pin) {
        return rewrite(pin, entry -> entry | RedirectionEntry.MASKED);
    }

    MicroRig unmask(int pin) {
        return rewrite(pin, entry -> entry & ~RedirectionEntry.MASKED);
    }

    MicroRig makeEdge(int pin) {
        return rewrite(pin, entry -> entry & ~RedirectionEntry.LEVEL);
    }

    MicroRig makeLevel(int pin) {
        return rewrite(pin, entry -> entry | RedirectionEntry.LEVEL);
    }

    MicroRig accepting(boolean accepts) {
        accepting = accepts;
        return this;
    }

    /** The pin's source signals events, and asserts or not from now on. */
    MicroRig eventSource(int pin, boolean asserts) {
        eventSources.add(pin);
        if (asserts) {
            asserting.add(pin);
        } else {
            asserting.remove(pin);
        }
        return this;
    }

    MicroRig event(int pin) {
        return step(() -> signalEvent(pin));
    }

    private void signalEvent(int pin) {
        if (!profile.eventSources().bypassesChip()) {
            chip.setLine(pin, true);
        } else if (!RedirectionEntry.isMasked(chip.entry(pin))) {
            deliver(pin, RedirectionEntry.message(chip.entry(pin)));
        }
    }

    MicroRig restore(SavedIoApic saved) {
        return step(() -> chip.restore(saved));
    }

    /** The throttle timer expires, if it runs. */
    MicroRig expire() {
        if (!armed) {
            tokens.add("none");
            return this;
        }
        armed = false;
        return step(chip::throttleExpired);
    }

    // --- the chip's far side

    private void flag(char flag) {
        if (flags.indexOf(String.valueOf(flag)) < 0) {
            flags.append(flag);
        }
    }

    @Override
    public Delivery deliver(int pin, long message) {
        deliveries++;
        vectors.add(InterruptMessage.vector(message));
        if (!accepting && RedirectionEntry.hasRemoteIrr(chip.entry(pin))) {
            flag('b');
        }
        return accepting ? Delivery.ACCEPTED : Delivery.REFUSED;
    }

    @Override
    public void acknowledged(int pin) {
        if (!eventSources.contains(pin)) {
            return;
        }
        if (chip.isLineHigh(pin)) {
            chip.setLine(pin, false);
        }
        if (!told.contains(pin)) {
            told.addLast(pin);
        }
        flag('K');
    }

    @Override
    public void resample(int pin, long latencyNanos) {
        asked.addLast(pin);
        flag('S');
    }

    @Override
    public void throttle(int pin, int vector, long delayNanos) {
        armed = true;
        flag('T');
    }

    @Override
    public void remoteIrrChanged(int pin, int vector, boolean set) {}

    @Override
    public void heldBack(int pin, int vector, HeldBack reason) {}

    @Override
    public void entryWritten(int pin, long entry) {}
}
