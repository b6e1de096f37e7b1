// SPDX-License-Identifier: Apache-2.0
package irqstorm.vmm;

import static irqstorm.apic.TriggerMode.EDGE;
import static irqstorm.apic.TriggerMode.LEVEL;
import static org.assertj.core.api.Assertions.assertThat;

import irqstorm.apic.IoApicClock;
import irqstorm.apic.IoApicProfile;
import irqstorm.apic.IoApicProfile.Broadcast;
import irqstorm.apic.IoApicProfile.LapicSuppression;
import irqstorm.apic.LapicRegister;
import irqstorm.apic.LapicTraits;
import irqstorm.apic.LocalApic;
import irqstorm.apic.Profiles;
import irqstorm.apic.RedirectionEntry;
import irqstorm.event.Actor;
import irqstorm.state.StateStore;
import irqstorm.trace.EventLog;
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
    @CsvSource({"NOT_ADVERTISED, 0x00050014", "ADVERTISED_IGNORED, 0x01050014", "KVM_MODE, 0x00050014"})
    void theVersionShowsBit24OnlyIfTheVmmAdvertisesIt(LapicSuppression suppression, String lvr) {
        UserspaceLapics lapics = lapics(suppression, Profiles.qemu20());
        lapics.reset(1);
        assertThat(apics[1].lvr()).isEqualTo(Integer.decode(lvr));
    }

    @ParameterizedTest
    @CsvSource({"NOT_ADVERTISED, 0x1FF", "ADVERTISED_IGNORED, 0x11FF", "KVM_MODE, 0x1FF"})
    void aRestoredSpivKeepsBit12OnlyIfTheRegisterHasIt(LapicSuppression suppression, String spiv) {
        UserspaceLapics lapics = lapics(suppression, Profiles.qemu20());
        lapics.reset(0);
        lapics.restore(0, SUPPRESSING);
        assertThat(apics[0].spiv()).isEqualTo(Integer.decode(spiv));
        assertThat(notes).containsExactly("VMM lapic-restored 0 " + Integer.decode(spiv) + " " + apics[0].lvr());
    }

    @Test
    void aGuestCanSetBit12WhereItIsAdvertised() {
        UserspaceLapics lapics = lapics(LapicSuppression.ADVERTISED_IGNORED, Profiles.qemu20());
        lapics.reset(0);
        apics[0].write(LapicRegister.SPIV.offset(), SUPPRESSING);
        assertThat(apics[0].suppressBit()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(LapicSuppression.class)
    void anEoiIsBroadcastToTheVmmsIoApicWhateverBit12Says(LapicSuppression suppression) {
        UserspaceLapics lapics = lapics(suppression, Profiles.qemu20());
        lapics.reset(0);
        lapics.restore(0, SUPPRESSING);
        take(0xA1, true);
        notes.clear();

        lapics.endOfInterrupt(0, Actor.L1);

        int bit12 = suppression == LapicSuppression.ADVERTISED_IGNORED ? 1 : 0;
        assertThat(notes)
                .containsExactly(
                        "L1 lapic-eoi 0 161 " + bit12, "VMM eoi-broadcast 0 161 1", "chip remote-irr-cleared 21 161 0");
        assertThat(apics[0].inService().isEmpty()).isTrue();
    }

    @Test
    void theBroadcastCarriesTheTriggerModeOfTheLocalApic() {
        UserspaceLapics lapics =
                lapics(LapicSuppression.NOT_ADVERTISED, Profiles.with(Profiles.qemu20(), Broadcast.HONOURED_IF_TMR));
        lapics.reset(0);
        apics[0].write(LapicRegister.SPIV.offset(), 0x1FF);
        take(0xA1, false);
        notes.clear();
        lapics.endOfInterrupt(0, Actor.L2);
        assertThat(notes).containsExactly("L2 lapic-eoi 0 161 0", "VMM eoi-broadcast 0 161 0");
    }

    @Test
    void anEoiWithNothingInServiceIsBroadcastToNobody() {
        UserspaceLapics lapics = lapics(LapicSuppression.NOT_ADVERTISED, Profiles.qemu20());
        lapics.reset(1);
        lapics.endOfInterrupt(1, Actor.L1);
        assertThat(notes).containsExactly("L1 lapic-eoi-spurious 1 0 0");
    }

    private UserspaceLapics lapics(LapicSuppression suppression, IoApicProfile profile) {
        StateStore store = new StateStore();
        EventLog log = new EventLog(
                store,
                (sequence, time, actor, kind, a, b, c, cause) ->
                        notes.add(actor.label() + " " + kind.label() + " " + a + " " + b + " " + c));
        for (int vcpu = 0; vcpu < apics.length; vcpu++) {
            apics[vcpu] = new LocalApic(store, LapicTraits.ARCHITECTURAL, vcpu);
        }
        UserspaceIoApic ioApic = new UserspaceIoApic(store, log, profile, this, this);
        ioApic.window().writeEntry(21, RedirectionEntry.LEVEL | 0xA1);
        ioApic.chip().setLine(21, true);
        ioApic.chip().setLine(21, false);
        notes.clear();
        return new UserspaceLapics(log, suppression, apics, ioApic);
    }

    private void take(int vector, boolean level) {
        apics[0].accept(vector, level ? LEVEL : EDGE);
        apics[0].acknowledge(vector);
    }

    @Override
    public void sendMessage(long message) {}

    @Override
    public void setRoute(int gsi, long message) {}

    @Override
    public void startThrottleTimer(long delayNanos) {}

    @Override
    public void resample(int pin, long latencyNanos) {}
}
