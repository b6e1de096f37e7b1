// SPDX-License-Identifier: Apache-2.0
package irqstorm.vmm;

import static irqstorm.apic.TriggerMode.EDGE;
import static irqstorm.apic.TriggerMode.LEVEL;
import static org.assertj.core.api.Assertions.assertThat;

import irqstorm.apic.IoApicClock;
import irqstorm.apic.IoApicOutput.Delivery;
import irqstorm.apic.LapicRegister;
import irqstorm.apic.LocalApic;
import irqstorm.apic.Profiles;
import irqstorm.apic.RedirectionEntry;
import irqstorm.event.Actor;
import irqstorm.state.StateStore;
import irqstorm.trace.EventLog;
import irqstorm.vmm.LapicModel.Broadcasts;
import irqstorm.vmm.LapicModel.IllegalVectors;
import irqstorm.vmm.LapicModel.Place;
import irqstorm.vmm.LapicModel.RepeatedVector;
import irqstorm.vmm.LapicModel.Suppression;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Local APICs that the VMM emulates itself: no KVM flag has a say. */
class UserspaceLapicsTest implements LapicLink, IoApicClock {
    private static final int SUPPRESSING = 0x11FF;

    private final List<String> notes = new ArrayList<>();
    private final LocalApic[] apics = new LocalApic[2];

    @ParameterizedTest
    @CsvSource({"NOT_ADVERTISED, 0x00050014", "ADVERTISED_IGNORED, 0x01050014", "STORED_IGNORED, 0x00050014"})
    void theVersionShowsBit24OnlyIfTheVmmAdvertisesIt(Suppression suppression, String lvr) {
        UserspaceLapics lapics = lapics(suppression);
        lapics.reset(1);
        assertThat(apics[1].lvr()).isEqualTo(Integer.decode(lvr));
    }

    @ParameterizedTest
    @CsvSource({"NOT_ADVERTISED, 0x1FF", "ADVERTISED_IGNORED, 0x11FF", "STORED_IGNORED, 0x11FF"})
    void aRestoredSpivKeepsBit12OnlyIfTheRegisterHasIt(Suppression suppression, String spiv) {
        UserspaceLapics lapics = lapics(suppression);
        lapics.reset(0);
        lapics.restore(0, SUPPRESSING);
        assertThat(apics[0].spiv()).isEqualTo(Integer.decode(spiv));
        assertThat(notes).containsExactly("VMM lapic-restored 0 " + Integer.decode(spiv) + " " + apics[0].lvr());
    }

    @ParameterizedTest
    @EnumSource(Suppression.class)
    void anEoiIsBroadcastToTheVmmsIoApicWhateverBit12Says(Suppression suppression) {
        UserspaceLapics lapics = lapics(suppression);
        lapics.reset(0);
        lapics.restore(0, SUPPRESSING);
        take(0xA1, true);
        notes.clear();

        lapics.endOfInterrupt(0, Actor.L1);

        int bit12 = suppression == Suppression.NOT_ADVERTISED ? 0 : 1;
        assertThat(notes)
                .containsExactly(
                        "L1 lapic-eoi 0 161 " + bit12, "VMM eoi-broadcast 0 161 1", "chip remote-irr-cleared 21 161 0");
        assertThat(apics[0].inService().isEmpty()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"LEVEL, true, true", "LEVEL, false, false", "ALL, true, true", "ALL, false, true", "NONE, true, false"})
    void whichEoisAreBroadcastIsTheLocalApics(Broadcasts broadcasts, boolean level, boolean broadcast) {
        UserspaceLapics lapics = lapics(model(Suppression.NOT_ADVERTISED, broadcasts));
        lapics.reset(0);
        apics[0].write(LapicRegister.SPIV.offset(), 0x1FF);
        take(0xA1, level);
        notes.clear();
        lapics.endOfInterrupt(0, Actor.L2);
        assertThat(notes).contains("L2 lapic-eoi 0 161 0");
        assertThat(notes.contains("VMM eoi-broadcast 0 161 " + (level ? 1 : 0))).isEqualTo(broadcast);
        assertThat(notes.contains("chip remote-irr-cleared 21 161 0")).isEqualTo(broadcast);
    }

    @ParameterizedTest
    @CsvSource({"NOT_ADVERTISED, false", "ADVERTISED_IGNORED, true", "STORED_IGNORED, true"})
    void aGuestCanSetBit12WhereItIsAdvertisedOrStored(Suppression suppression, boolean sticks) {
        UserspaceLapics lapics = lapics(suppression);
        lapics.reset(0);
        apics[0].write(LapicRegister.SPIV.offset(), SUPPRESSING);
        assertThat(apics[0].suppressBit()).isEqualTo(sticks);
    }

    @ParameterizedTest
    @EnumSource(RepeatedVector.class)
    void aVectorThatIsRequestedAlreadyIsAcceptedAgainOrNot(RepeatedVector rule) {
        apics[0] = new LocalApic(
                new StateStore(),
                new LapicModel(Place.VMM, 0x14, Suppression.NOT_ADVERTISED, Broadcasts.ALL, IllegalVectors.TAKEN, rule)
                        .traits(),
                0);
        apics[0].reset(false);
        apics[0].write(LapicRegister.SPIV.offset(), 0x1FF);
        assertThat(apics[0].accept(0xA1, LEVEL)).isTrue();
        assertThat(apics[0].accept(0xA1, LEVEL)).isEqualTo(rule == RepeatedVector.ACCEPTED);
    }

    @Test
    void anIllegalVectorIsRefusedWithAnErrorOrTakenWithout() {
        for (IllegalVectors rule : IllegalVectors.values()) {
            LapicModel model = new LapicModel(
                    Place.VMM, 0x10, Suppression.NOT_ADVERTISED, Broadcasts.ALL, rule, RepeatedVector.ACCEPTED);
            assertThat(model.traits().refusesIllegalVectors()).isEqualTo(rule == IllegalVectors.REFUSED);
            assertThat(model.traits().recordsErrors()).isEqualTo(rule == IllegalVectors.REFUSED);
            assertThat(model.traits().version()).isEqualTo(0x10);
        }
    }

    @Test
    void anEoiWithNothingInServiceIsBroadcastToNobody() {
        UserspaceLapics lapics = lapics(Suppression.NOT_ADVERTISED);
        lapics.reset(1);
        lapics.endOfInterrupt(1, Actor.L1);
        assertThat(notes).containsExactly("L1 lapic-eoi-spurious 1 0 0");
    }

    private static LapicModel model(Suppression suppression, Broadcasts broadcasts) {
        return new LapicModel(
                Place.VMM, 0x14, suppression, broadcasts, IllegalVectors.REFUSED, RepeatedVector.ACCEPTED);
    }

    private UserspaceLapics lapics(Suppression suppression) {
        return lapics(model(suppression, Broadcasts.ALL));
    }

    private UserspaceLapics lapics(LapicModel model) {
        StateStore store = new StateStore();
        EventLog log = new EventLog(
                store,
                (sequence, time, actor, kind, a, b, c, cause) ->
                        notes.add(actor.label() + " " + kind.label() + " " + a + " " + b + " " + c));
        for (int vcpu = 0; vcpu < apics.length; vcpu++) {
            apics[vcpu] = new LocalApic(store, model.traits(), vcpu);
        }
        UserspaceIoApic ioApic = new UserspaceIoApic(store, log, Profiles.qemu20(), null, this, this);
        ioApic.window().writeEntry(21, RedirectionEntry.LEVEL | 0xA1);
        ioApic.chip().setLine(21, true);
        ioApic.chip().setLine(21, false);
        notes.clear();
        return new UserspaceLapics(log, model, apics, ioApic);
    }

    private void take(int vector, boolean level) {
        apics[0].accept(vector, level ? LEVEL : EDGE);
        apics[0].acknowledge(vector);
    }

    @Override
    public Delivery sendMessage(long message) {
        return Delivery.SENT;
    }

    @Override
    public void setRoute(int gsi, long message) {}

    @Override
    public void removeRoute(int gsi) {}

    @Override
    public void startThrottleTimer(long delayNanos) {}

    @Override
    public void resample(int pin, long latencyNanos) {}

    @Override
    public void acknowledged(int pin) {}
}
