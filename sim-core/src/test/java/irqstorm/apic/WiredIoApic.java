// SPDX-License-Identifier: Apache-2.0
package irqstorm.apic;

import irqstorm.state.StateStore;
import java.util.ArrayList;
import java.util.List;

/** An I/O APIC with its registers, whose far side notes in words what it is told and answers as the test says. */
final class WiredIoApic implements IoApicOutput {
    private final StateStore store = new StateStore();
    private final List<String> notes = new ArrayList<>();
    private final List<Integer> acknowledgements = new ArrayList<>();
    private final IoApic chip;
    private final IoApicWindow window;
    private Delivery answer = Delivery.ACCEPTED;
    private int deliveries;
    private long lastMessage;

    WiredIoApic(IoApicProfile profile) {
        chip = new IoApic(store, profile, this);
        window = new IoApicWindow(store, chip);
    }

    /** One whose pin 21 is level-triggered and sends vector 0xA1. */
    static WiredIoApic level(IoApicProfile profile) {
        return new WiredIoApic(profile).program(21, 0xA1, TriggerMode.LEVEL);
    }

    /** That has delivered, with the line low again; what was noted is forgotten. */
    static WiredIoApic inService(IoApicProfile profile) {
        WiredIoApic wired = level(profile);
        wired.pulse(21);
        wired.notes();
        return wired;
    }

    IoApic chip() {
        return chip;
    }

    IoApicWindow window() {
        return window;
    }

    /** Software programs an unmasked Fixed pin for destination 0; what is noted meanwhile is forgotten. */
    WiredIoApic program(int pin, int vector, TriggerMode trigger) {
        window.writeEntry(pin, RedirectionEntry.of(vector, DeliveryMode.FIXED, false, trigger, false, 0));
        notes.clear();
        deliveries = 0;
        return this;
    }

    /** Deliveries end like this from now on. */
    WiredIoApic answering(Delivery delivery) {
        answer = delivery;
        return this;
    }

    void raise(int pin) {
        chip.setLine(pin, true);
    }

    void lower(int pin) {
        chip.setLine(pin, false);
    }

    void pulse(int pin) {
        raise(pin);
        lower(pin);
    }

    /** A level-triggered vector's EOI is broadcast. */
    void eoi(int vector) {
        chip.broadcastEoi(vector, true);
    }

    void mask(int pin) {
        writeLow(pin, chip.entry(pin) | RedirectionEntry.MASKED);
    }

    void unmask(int pin) {
        writeLow(pin, chip.entry(pin) & ~RedirectionEntry.MASKED);
    }

    void makeEdge(int pin) {
        writeLow(pin, chip.entry(pin) & ~RedirectionEntry.LEVEL);
    }

    void makeLevel(int pin) {
        writeLow(pin, chip.entry(pin) | RedirectionEntry.LEVEL);
    }

    void writeLow(int pin, long value) {
        chip.writeEntry(pin, false, value & 0xFFFF_FFFFL);
    }

    boolean remoteIrr(int pin) {
        return RedirectionEntry.hasRemoteIrr(chip.entry(pin));
    }

    /** How many messages were sent since this was last asked. */
    int deliveries() {
        int count = deliveries;
        deliveries = 0;
        return count;
    }

    /** The message that was sent last. */
    long lastMessage() {
        return lastMessage;
    }

    /** What the far side was told since this was last asked. */
    List<String> notes() {
        List<String> result = List.copyOf(notes);
        notes.clear();
        return result;
    }

    /** The pins whose event sources were told to look again since this was last asked. */
    List<Integer> acknowledgements() {
        List<Integer> result = List.copyOf(acknowledgements);
        acknowledgements.clear();
        return result;
    }

    @Override
    public Delivery deliver(int pin, long message) {
        deliveries++;
        lastMessage = message;
        notes.add("pin " + pin + " sends " + hex(InterruptMessage.vector(message)));
        return answer;
    }

    @Override
    public void remoteIrrChanged(int pin, int vector, boolean set) {
        notes.add("pin " + pin + (set ? " sets" : " clears") + " Remote IRR of " + hex(vector));
    }

    @Override
    public void heldBack(int pin, int vector, HeldBack reason) {
        notes.add("pin " + pin + " holds " + hex(vector) + " back: " + reason);
    }

    @Override
    public void resample(int pin, long latencyNanos) {
        notes.add("pin " + pin + " is resampled in " + latencyNanos + " ns");
    }

    @Override
    public void acknowledged(int pin) {
        acknowledgements.add(pin);
    }

    @Override
    public void throttle(int pin, int vector, long delayNanos) {
        notes.add("pin " + pin + " pauses " + hex(vector) + " for " + delayNanos + " ns");
    }

    @Override
    public void entryWritten(int pin, long entry) {
        notes.add("pin " + pin + " is written");
    }

    private static String hex(int vector) {
        return "0x" + Integer.toHexString(vector);
    }
}
