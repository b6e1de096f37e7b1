// SPDX-License-Identifier: Apache-2.0
package irqstorm.check;

import static irqstorm.machine.MachineFixture.GSI;
import static irqstorm.machine.MachineFixture.VECTOR;
import static org.assertj.core.api.Assertions.assertThat;

import irqstorm.event.EventKind;
import irqstorm.event.UserspaceExitReason;
import irqstorm.machine.MachineFixture;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the meter makes of events, fed by hand. */
class RunMeterTest {
    private static final int OTHER_GSI = 5;
    private static final int OTHER_VECTOR = 0x51;

    @Test
    void aDeliveryForEachAssertionIsNotRedundant() {
        FedMeter meter = FedMeter.levelDevices(1);
        for (int i = 0; i < 5; i++) {
            meter.asserts(0).delivers().services(0);
        }

        assertThat(meter.line().assertions()).isEqualTo(5);
        assertThat(meter.line().deliveries()).isEqualTo(5);
        assertThat(meter.line().redundantDeliveries()).isZero();
        assertThat(meter.line().serviced()).isEqualTo(5);
    }

    @Test
    void aDeliveryAgainOfAnUnservicedAssertionIsRedundant() {
        FedMeter meter = FedMeter.levelDevices(1).asserts(0).delivers(4);

        assertThat(meter.line().redundantDeliveries()).isEqualTo(3);
    }

    @Test
    void aMergedCauseAddsNoAssertionAndJustifiesNoDelivery() {
        FedMeter meter =
                FedMeter.levelDevices(1).asserts(0).delivers().merges(0).delivers();

        assertThat(meter.line().assertions()).isEqualTo(1);
        assertThat(meter.line().mergedCauses()).isEqualTo(1);
        assertThat(meter.line().redundantDeliveries()).isEqualTo(1);
    }

    @Test
    void aDeviceThatJoinsAHeldLineJustifiesOneMoreDelivery() {
        FedMeter meter =
                FedMeter.levelDevices(2).asserts(0).delivers().asserts(1).delivers(2);

        assertThat(meter.line().redundantDeliveries()).isEqualTo(1);
    }

    @Test
    void whoeverStillHoldsALineAfterAServiceHasToBeDeliveredAgain() {
        FedMeter meter = FedMeter.levelDevices(3)
                .asserts(0)
                .asserts(1)
                .asserts(2)
                .delivers()
                .services(0)
                .delivers()
                .services(1)
                .delivers()
                .services(2)
                .finish();

        assertThat(meter.line().deliveries()).isEqualTo(3);
        assertThat(meter.line().redundantDeliveries()).isZero();
        assertThat(meter.storms().episodes()).isZero();
    }

    @Test
    void afterTheLastServiceNothingIsOwed() {
        FedMeter meter = FedMeter.levelDevices(2)
                .asserts(0)
                .delivers()
                .asserts(1)
                .services(0)
                .services(1);

        assertThat(meter.lineMeter().isUndelivered()).isFalse();
        assertThat(FedMeter.levelDevices(1).asserts(0).lineMeter().isUndelivered())
                .isTrue();
    }

    @Test
    void aLateFirstDeliveryOfACauseThatWasServicedAlreadyIsNotRedundant() {
        FedMeter meter = FedMeter.levelDevices(1).asserts(0).services(0).delivers();

        assertThat(meter.line().redundantDeliveries()).isZero();
    }

    @Test
    void eachEdgeJustifiesADelivery() {
        FedMeter meter = FedMeter.edgeDevices(1).pulses(0).pulses(0).delivers(3);

        assertThat(meter.line().assertions()).isEqualTo(2);
        assertThat(meter.line().redundantDeliveries()).isEqualTo(1);
    }

    @Test
    void edgesThatMergedAreDeliveredByOneDeliveryAfterTheLast() {
        assertThat(FedMeter.edgeDevices(1)
                        .pulses(0)
                        .pulses(0)
                        .delivers()
                        .lineMeter()
                        .isUndelivered())
                .isFalse();
        assertThat(FedMeter.edgeDevices(1)
                        .pulses(0)
                        .delivers()
                        .pulses(0)
                        .lineMeter()
                        .isUndelivered())
                .isTrue();
    }

    @Test
    void aLostEdgeIsRememberedAndJustifiesNoDelivery() {
        FedMeter meter = FedMeter.edgeDevices(1).pulses(0).event(EventKind.EDGE_LOST, GSI, VECTOR, 0);

        assertThat(meter.lineMeter().hasLost()).isTrue();
        assertThat(meter.delivers().line().redundantDeliveries()).isEqualTo(1);
    }

    @Test
    void twoRedundantDeliveriesAreNoStormAndThreeAreOne() {
        assertThat(FedMeter.levelDevices(1)
                        .asserts(0)
                        .delivers(3)
                        .services(0)
                        .storms()
                        .episodes())
                .isZero();
        assertThat(FedMeter.levelDevices(1)
                        .asserts(0)
                        .delivers(4)
                        .services(0)
                        .storms()
                        .episodes())
                .isEqualTo(1);
    }

    @Test
    void redundantDeliveriesOfDifferentAssertionsDoNotAddUpToAStorm() {
        FedMeter meter = FedMeter.levelDevices(1);
        for (int i = 0; i < 100; i++) {
            meter.asserts(0).delivers(3).services(0);
        }

        assertThat(meter.line().redundantDeliveries()).isEqualTo(200);
        assertThat(meter.finish().storms().episodes()).isZero();
    }

    @Test
    void anEpisodeReachesFromTheFirstDeliveryToTheService() {
        FedMeter meter = FedMeter.levelDevices(1);
        meter.at(1_000).asserts(0);
        for (int i = 0; i < 6; i++) {
            meter.at(3_000 + i * 400_000).delivers();
        }
        meter.at(5_000_000).services(0);

        StormResult storms = meter.storms();
        assertThat(storms.episodes()).isEqualTo(1);
        assertThat(storms.deliveries()).isEqualTo(6);
        assertThat(storms.totalNanos()).isEqualTo(4_997_000);
        assertThat(storms.longestNanos()).isEqualTo(4_997_000);
        assertThat(storms.peakPerMilli()).isEqualTo(3);
        assertThat(storms.first()).containsExactly(new StormEpisode("dev0", 3_000, 5_000_000, 6, 3));
        assertThat(storms.first().get(0).lengthNanos()).isEqualTo(4_997_000);
    }

    @Test
    void anEpisodeThatIsNotOverEndsWithTheRunAndIsCountedOnce() {
        FedMeter meter = FedMeter.levelDevices(1)
                .at(0)
                .asserts(0)
                .delivers(10)
                .at(7_000)
                .finish()
                .finish();

        assertThat(meter.storms().episodes()).isEqualTo(1);
        assertThat(meter.storms().totalNanos()).isEqualTo(7_000);
    }

    @Test
    void episodesAddUp() {
        FedMeter meter = FedMeter.levelDevices(1);
        meter.at(0).asserts(0).delivers(4).at(1_000).services(0);
        meter.at(2_000).asserts(0).delivers(9).at(2_500).services(0);
        meter.at(3_000).asserts(0).delivers(1).at(9_000).services(0);

        StormResult storms = meter.storms();
        assertThat(storms.episodes()).isEqualTo(2);
        assertThat(storms.deliveries()).isEqualTo(13);
        assertThat(storms.totalNanos()).isEqualTo(1_500);
        assertThat(storms.longestNanos()).isEqualTo(1_000);
        assertThat(storms.peakPerMilli()).isEqualTo(9);
        assertThat(storms.first()).hasSize(2);
    }

    @Test
    void ofManyEpisodesTheFirstAreKeptAndAllAreCounted() {
        FedMeter meter = FedMeter.levelDevices(1);
        for (int i = 0; i < 200; i++) {
            meter.at(i * 10L).asserts(0).delivers(4).at(i * 10L + 5).services(0);
        }

        assertThat(meter.storms().episodes()).isEqualTo(200);
        assertThat(meter.storms().first()).hasSize(StormResult.KEPT);
        assertThat(meter.storms().first().get(63).startNanos()).isEqualTo(630);
        assertThat(meter.storms().longestNanos()).isEqualTo(5);
    }

    /** The first storm ends after a hundred others on another line, or only with the run. */
    @Test
    void theStormThatBeganFirstIsTheFirstHoweverManyEndBeforeIt() {
        MachineFixture fixture = new MachineFixture().pin(MachineFixture.levelPin(OTHER_GSI, OTHER_VECTOR));
        fixture.levelDevice("quick", MachineFixture.GSI).levelDevice("slow", OTHER_GSI);
        FedMeter meter = new FedMeter(fixture.config());
        meter.at(5).event(EventKind.LINE_ASSERTED, 1, OTHER_GSI, 0);
        for (int i = 0; i < 4; i++) {
            meter.event(EventKind.IOAPIC_DELIVERED, OTHER_GSI, OTHER_VECTOR, 0);
        }
        for (int i = 1; i <= 100; i++) {
            meter.at(i * 10L).asserts(0).delivers(4).at(i * 10L + 5).services(0);
        }

        List<StormEpisode> first = meter.finish().storms().first();
        assertThat(first)
                .hasSize(StormResult.KEPT)
                .isSortedAccordingTo(Comparator.comparingLong(StormEpisode::startNanos));
        assertThat(first.get(0)).isEqualTo(new StormEpisode("slow", 5, 1005, 4, 4));
        assertThat(first.get(63).startNanos()).isEqualTo(630);
        assertThat(meter.storms().episodes()).isEqualTo(101);
    }

    @Test
    void remoteIrrIsHeldFromSetToCleared() {
        FedMeter meter = FedMeter.levelDevices(1);
        meter.at(100).remoteIrr(true).at(350).remoteIrr(false);
        meter.at(1_000).remoteIrr(true).at(1_001).remoteIrr(false);

        assertThat(meter.line().remoteIrrHeldNanos()).isEqualTo(251);
    }

    @Test
    void aRemoteIrrThatStaysSetCountsUntilTheEndOfTheRun() {
        FedMeter meter =
                FedMeter.levelDevices(1).at(100).remoteIrr(true).at(1_100).finish();

        assertThat(meter.line().remoteIrrHeldNanos()).isEqualTo(1_000);
    }

    @Test
    void theLatencyOfADeviceIsFromItsAssertionToItsService() {
        FedMeter meter = FedMeter.levelDevices(2);
        meter.at(100).asserts(0).at(150).asserts(1).delivers();
        meter.at(400).services(1).at(1_100).services(0);

        assertThat(meter.line().latencySumNanos()).isEqualTo(250 + 1_000);
        assertThat(meter.line().latencyMaxNanos()).isEqualTo(1_000);
    }

    @Test
    void theLatencyOfAnEdgeIsFromTheLastEdge() {
        FedMeter meter = FedMeter.edgeDevices(1).at(100).pulses(0).at(300).pulses(0);
        meter.at(350).event(EventKind.DEVICE_SERVICED, 0, GSI, 0);

        assertThat(meter.line().latencySumNanos()).isEqualTo(50);
    }

    @Test
    void pinsAndVectorsThatNoDeviceIsWiredToAreIgnored() {
        FedMeter meter = FedMeter.levelDevices(1)
                .event(EventKind.IOAPIC_DELIVERED, GSI + 1, 0x51, 0)
                .event(EventKind.REMOTE_IRR_SET, GSI + 1, 0x51, 0)
                .event(EventKind.EDGE_LOST, GSI + 1, 0x51, 0)
                .event(EventKind.LAPIC_ACCEPTED, 0, 0x51, 1)
                .event(EventKind.LAPIC_REFUSED, 0, 0x51, 1)
                .at(100)
                .finish();

        assertThat(meter.line().deliveries()).isZero();
        assertThat(meter.line().remoteIrrHeldNanos()).isZero();
        assertThat(meter.lineMeter().hasLost()).isFalse();
    }

    @Test
    void aMessageIsDeliveredWhenALocalApicAcceptsItAsAnEdge() {
        FedMeter meter =
                new FedMeter(new MachineFixture().messageDevice("nic", 0x51).config());
        meter.event(EventKind.EDGE_SENT, 0, -1, 0x51)
                .event(EventKind.LAPIC_ACCEPTED, 0, 0x51, 1)
                .event(EventKind.LAPIC_ACCEPTED, 0, 0x51, 0);

        assertThat(meter.line().name()).isEqualTo("nic");
        assertThat(meter.line().gsi()).isEqualTo(-1);
        assertThat(meter.line().deliveries()).isEqualTo(1);
        assertThat(meter.line().redundantDeliveries()).isZero();
    }

    @Test
    void aRefusedMessageIsLostToTheLineThatSentIt() {
        FedMeter message =
                new FedMeter(new MachineFixture().messageDevice("nic", 0x51).config());
        FedMeter pin = FedMeter.levelDevices(1);

        assertThat(message.event(EventKind.LAPIC_REFUSED, 0, 0x51, 0)
                        .lineMeter()
                        .hasLost())
                .isTrue();
        assertThat(pin.event(EventKind.LAPIC_REFUSED, 0, VECTOR, 1).lineMeter().hasLost())
                .isTrue();
    }

    @Test
    void throttleFiringsAndEoiExitsAreCounted() {
        FedMeter meter = FedMeter.levelDevices(1)
                .event(EventKind.THROTTLE_ARMED, GSI, VECTOR, 10)
                .event(EventKind.USERSPACE_EXIT, 0, UserspaceExitReason.KVM_EXIT_IOAPIC_EOI.ordinal(), VECTOR)
                .event(EventKind.USERSPACE_EXIT, 0, UserspaceExitReason.KVM_EXIT_IOAPIC_EOI.ordinal(), VECTOR)
                .event(EventKind.USERSPACE_EXIT, 0, UserspaceExitReason.KVM_EXIT_MMIO.ordinal(), 0);

        assertThat(meter.meter().throttleFirings()).isEqualTo(1);
        assertThat(meter.meter().eoiExits()).isEqualTo(2);
    }

    @Test
    void theWaysOfAnEoiAreRememberedByVector() {
        FedMeter meter = FedMeter.levelDevices(1)
                .asserts(0)
                .delivers()
                .event(EventKind.LAPIC_EOI, 0, VECTOR, 1)
                .event(EventKind.EOI_SUPPRESSED, 0, VECTOR, 0)
                .event(EventKind.DIRECTED_EOI, 0, VECTOR, 0);

        EoiPaths paths = meter.meter().eoiPaths(VECTOR);
        assertThat(paths.wasEnded()).isTrue();
        assertThat(paths.hadSuppressBit()).isTrue();
        assertThat(paths.wasEarly()).isTrue();
        assertThat(paths.wasSuppressed()).isTrue();
        assertThat(paths.wasDirected()).isTrue();
        assertThat(paths.wasDirectedInVain()).isFalse();
        assertThat(paths.wasBroadcast()).isFalse();
        assertThat(meter.meter().eoiPaths(VECTOR + 1).wasEnded()).isFalse();
    }

    @Test
    void anEoiAfterTheServiceIsNotEarly() {
        FedMeter meter = FedMeter.levelDevices(1)
                .asserts(0)
                .delivers()
                .services(0)
                .event(EventKind.LAPIC_EOI, 0, VECTOR, 0)
                .event(EventKind.EOI_BROADCAST, 0, VECTOR, 1)
                .event(EventKind.DIRECTED_EOI_IGNORED, 0, VECTOR, 0x11);

        EoiPaths paths = meter.meter().eoiPaths(VECTOR);
        assertThat(paths.wasEarly()).isFalse();
        assertThat(paths.hadSuppressBit()).isFalse();
        assertThat(paths.wasBroadcast()).isTrue();
        assertThat(paths.wasSuppressed()).isFalse();
        assertThat(paths.wasDirected()).isFalse();
        assertThat(paths.wasDirectedInVain()).isTrue();
    }

    @Test
    void eachPinIsALineAndEachDeviceBelongsToItsOwn() {
        FedMeter meter = new FedMeter(new MachineFixture()
                .levelDevice("a", GSI)
                .levelDevice("b", GSI + 1)
                .levelDevice("c", GSI)
                .config());
        meter.asserts(1).asserts(2);

        assertThat(meter.meter().lines()).extracting(LineMeter::name).containsExactly("a+c", "b");
        assertThat(meter.meter().lines())
                .extracting(line -> line.result(false, false).assertions())
                .containsExactly(1L, 1L);
    }
}
