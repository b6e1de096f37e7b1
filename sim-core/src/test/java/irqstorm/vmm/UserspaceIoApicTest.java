// SPDX-License-Identifier: Apache-2.0
package irqstorm.vmm;

import static org.assertj.core.api.Assertions.assertThat;

import irqstorm.apic.DeliveryMode;
import irqstorm.apic.InterruptMessage;
import irqstorm.apic.IoApicClock;
import irqstorm.apic.IoApicOutput.Delivery;
import irqstorm.apic.IoApicProfile;
import irqstorm.apic.IoApicProfile.OnEoiAsserted;
import irqstorm.apic.IoApicProfile.RemoteIrrSet;
import irqstorm.apic.IoApicWindow;
import irqstorm.apic.Profiles;
import irqstorm.apic.RedirectionEntry;
import irqstorm.state.StateStore;
import irqstorm.trace.EventLog;
import irqstorm.vmm.SplitRoutes.EoiExits;
import irqstorm.vmm.SplitRoutes.MaskedRoute;
import irqstorm.vmm.SplitRoutes.VectorZero;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The VMM's I/O APIC at the near end of its ioctls. */
class UserspaceIoApicTest implements LapicLink, IoApicClock {
    private static final long LEVEL_A1 = RedirectionEntry.LEVEL | 0xA1;
    private static final long MESSAGE_A1 = InterruptMessage.of(0xA1, DeliveryMode.FIXED, false, true, 0);

    private final List<String> heard = new ArrayList<>();
    private Delivery answer = Delivery.SENT;
    private final UserspaceIoApic ioApic = ioApic(Profiles.qemu20());

    @Test
    void anInterruptIsSentAsAMessage() {
        ioApic.window().writeEntry(21, LEVEL_A1);
        heard.clear();
        ioApic.chip().setLine(21, true);
        assertThat(heard).containsExactly("remote-irr-set 21", "ioapic-delivered 21", "sends " + MESSAGE_A1);
        assertThat(RedirectionEntry.hasRemoteIrr(ioApic.chip().entry(21))).isTrue();
    }

    @Test
    void whatTheLinkSaysOfAMessageDecidesRemoteIrrWhereItMustBeAccepted() {
        UserspaceIoApic waiting = ioApic(Profiles.with(Profiles.qemu20(), RemoteIrrSet.IF_ACCEPTED));
        waiting.window().writeEntry(21, LEVEL_A1);
        waiting.chip().setLine(21, true);
        assertThat(RedirectionEntry.hasRemoteIrr(waiting.chip().entry(21))).isFalse();
        answer = Delivery.ACCEPTED;
        waiting.chip().setLine(21, true);
        assertThat(RedirectionEntry.hasRemoteIrr(waiting.chip().entry(21))).isTrue();

        UserspaceIoApic sending = ioApic(Profiles.with(Profiles.qemu20(), RemoteIrrSet.IF_DELIVERED));
        sending.window().writeEntry(21, LEVEL_A1);
        sending.chip().setLine(21, true);
        assertThat(RedirectionEntry.hasRemoteIrr(sending.chip().entry(21))).isTrue();
    }

    @Test
    void anUnmaskedEntryRoutesItsPin() {
        ioApic.window().writeEntry(21, 0x0300_0000_0000_0000L | LEVEL_A1);
        long message = InterruptMessage.of(0xA1, DeliveryMode.FIXED, false, true, 3);
        assertThat(heard).contains("routes 21 as " + message);
    }

    @Test
    void aMaskedEntryKeepsTheRouteItHad() {
        ioApic.window().writeEntry(21, LEVEL_A1);
        heard.clear();
        ioApic.window().writeEntry(21, RedirectionEntry.MASKED | RedirectionEntry.LEVEL | 0xB1);
        assertThat(heard)
                .noneMatch(word ->
                        word.equals("routes 21 as " + InterruptMessage.of(0xB1, DeliveryMode.FIXED, false, true, 0)))
                .contains("rte-written 21");
    }

    @ParameterizedTest
    @CsvSource({"KEPT,    routes 21 as A1", "UPDATED, routes 21 as B1", "REMOVED, no route for 21"})
    void whatBecomesOfTheRouteOfAMaskedPinIsTheProfiles(MaskedRoute rule, String last) {
        UserspaceIoApic chip = ioApic(Profiles.qemu20(), new SplitRoutes(EoiExits.RESERVED, rule, VectorZero.IGNORED));
        chip.window().writeEntry(21, LEVEL_A1);
        chip.window().writeEntry(21, RedirectionEntry.MASKED | RedirectionEntry.LEVEL | 0xB1);
        List<String> routes =
                heard.stream().filter(word -> word.contains("route")).toList();
        assertThat(routes.get(routes.size() - 1))
                .isEqualTo(last.replace("A1", "" + MESSAGE_A1)
                        .replace("B1", "" + InterruptMessage.of(0xB1, DeliveryMode.FIXED, false, true, 0)));
    }

    @Test
    void routesThatAreNotReservedComeAfterTheReservedOnes() {
        UserspaceIoApic chip =
                ioApic(Profiles.qemu20(), new SplitRoutes(EoiExits.UNRESERVED, MaskedRoute.KEPT, VectorZero.IGNORED));
        chip.window().writeEntry(21, LEVEL_A1);
        assertThat(heard).contains("routes 45 as " + MESSAGE_A1);
    }

    @Test
    void whereTheLocalApicsAreNotTheKernelsThereAreNoRoutes() {
        ioApic(Profiles.qemu20(), null).window().writeEntry(21, LEVEL_A1);
        assertThat(heard).noneMatch(word -> word.contains("route"));
    }

    @Test
    void theRouteIsInPlaceBeforeTheInterruptThatWaitedForTheWriteIsSent() {
        ioApic.window().writeEntry(21, RedirectionEntry.MASKED | LEVEL_A1);
        ioApic.chip().setLine(21, true);
        heard.clear();
        ioApic.window().writeEntry(21, LEVEL_A1);
        assertThat(heard)
                .containsSubsequence("routes 21 as " + MESSAGE_A1, "ioapic-delivered 21", "sends " + MESSAGE_A1);
    }

    @Test
    void theThrottleAsksTheClock() {
        UserspaceIoApic throttled =
                ioApic(Profiles.with(Profiles.qemu20(), new OnEoiAsserted.Throttled(1, 7_000, true, false)));
        throttled.window().writeEntry(21, LEVEL_A1);
        throttled.chip().setLine(21, true);
        throttled.chip().broadcastEoi(0xA1, true);
        assertThat(heard).endsWith("throttle-armed 21", "timer 7000");
    }

    @Test
    void aResampledLineAsksTheClock() {
        UserspaceIoApic resampled = ioApic(Profiles.with(Profiles.qemu20(), new OnEoiAsserted.Resample(3_000)));
        resampled.window().writeEntry(21, LEVEL_A1);
        resampled.chip().setLine(21, true);
        resampled.chip().broadcastEoi(0xA1, true);
        assertThat(heard).endsWith("remote-irr-cleared 21", "resample 21 3000");
    }

    @Test
    void theRegistersAreTheChips() {
        assertThat(ioApic.window().readRegister(IoApicWindow.VERSION)).isEqualTo(0x0017_0020L);
        assertThat(ioApic.chip().profile()).isEqualTo(Profiles.qemu20());
    }

    private UserspaceIoApic ioApic(IoApicProfile profile) {
        return ioApic(profile, new SplitRoutes(EoiExits.RESERVED, MaskedRoute.KEPT, VectorZero.IGNORED));
    }

    private UserspaceIoApic ioApic(IoApicProfile profile, @Nullable SplitRoutes routes) {
        EventLog log = new EventLog(
                new StateStore(), (sequence, time, actor, kind, a, b, c, cause) -> heard.add(kind.label() + " " + a));
        return new UserspaceIoApic(new StateStore(), log, profile, routes, this, this);
    }

    @Override
    public Delivery sendMessage(long message) {
        heard.add("sends " + message);
        return answer;
    }

    @Override
    public void removeRoute(int gsi) {
        heard.add("no route for " + gsi);
    }

    @Override
    public void setRoute(int gsi, long message) {
        heard.add("routes " + gsi + " as " + message);
    }

    @Override
    public void startThrottleTimer(long delayNanos) {
        heard.add("timer " + delayNanos);
    }

    @Override
    public void acknowledged(int pin) {}

    @Override
    public void resample(int pin, long latencyNanos) {
        heard.add("resample " + pin + " " + latencyNanos);
    }
}
