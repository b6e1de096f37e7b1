// SPDX-License-Identifier: Apache-2.0
package irqstorm.apic;

import static org.assertj.core.api.Assertions.assertThat;

import irqstorm.apic.IoApicOutput.Delivery;
import irqstorm.apic.IoApicOutput.HeldBack;
import irqstorm.event.Actor;
import irqstorm.state.StateStore;
import irqstorm.trace.EventLog;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What an I/O APIC does is recorded and handed on. */
class TracedIoApicOutputTest implements IoApicPort, IoApicClock {
    private final List<String> heard = new ArrayList<>();
    private final TracedIoApicOutput output = new TracedIoApicOutput(
            new EventLog(new StateStore(), (sequence, time, actor, kind, a, b, c, cause) -> {
                assertThat(actor).isEqualTo(Actor.CHIP);
                heard.add(kind.label() + " " + a + " " + b + " " + c);
            }),
            this,
            this);

    @Test
    void aDeliveryIsRecordedBeforeItIsMadeAndItsFateReturned() {
        long message = InterruptMessage.of(0xA1, DeliveryMode.FIXED, false, true, 0);
        assertThat(output.deliver(21, message)).isEqualTo(Delivery.SENT);
        assertThat(heard).containsExactly("ioapic-delivered 21 161 0", "port delivers 21 " + message);
    }

    @Test
    void remoteIrrIsRecordedBothWays() {
        output.remoteIrrChanged(21, 0xA1, true);
        output.remoteIrrChanged(21, 0xA1, false);
        assertThat(heard).containsExactly("remote-irr-set 21 161 0", "remote-irr-cleared 21 161 0");
    }

    @Test
    void whatIsHeldBackIsRecordedByItsReason() {
        for (HeldBack reason : HeldBack.values()) {
            output.heldBack(21, 0xA1, reason);
        }
        assertThat(heard)
                .containsExactly(
                        "pin-masked 21 161 0",
                        "remote-irr-blocked 21 161 0",
                        "edge-lost 21 161 0",
                        "level-refused 21 161 0");
    }

    @Test
    void theThrottleStartsTheTimer() {
        output.throttle(21, 0xA1, 10_000_000);
        assertThat(heard).containsExactly("throttle-armed 21 161 10000000", "timer 10000000");
    }

    @Test
    void aResampleIsHandedToTheClock() {
        output.resample(21, 5_000);
        assertThat(heard).containsExactly("resample 21 5000");
    }

    @Test
    void aWriteIsRecordedWithItsValueAndHandedOn() {
        output.entryWritten(21, 0x80A1);
        assertThat(heard).containsExactly("rte-written 21 161 32929", "port entry 21 32929");
    }

    @Test
    void anAcknowledgementIsHandedOnAndIsNoEventOfItsOwn() {
        output.acknowledged(21);
        assertThat(heard).containsExactly("clock: pin 21 is acknowledged");
    }

    @Override
    public Delivery deliver(int pin, long message) {
        heard.add("port delivers " + pin + " " + message);
        return Delivery.SENT;
    }

    @Override
    public void entryWritten(int pin, long entry) {
        heard.add("port entry " + pin + " " + entry);
    }

    @Override
    public void startThrottleTimer(long delayNanos) {
        heard.add("timer " + delayNanos);
    }

    @Override
    public void acknowledged(int pin) {
        heard.add("clock: pin " + pin + " is acknowledged");
    }

    @Override
    public void resample(int pin, long latencyNanos) {
        heard.add("resample " + pin + " " + latencyNanos);
    }
}
