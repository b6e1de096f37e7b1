// SPDX-License-Identifier: Apache-2.0
package irqstorm.machine;

import static irqstorm.machine.MachineFixture.GSI;
import static irqstorm.machine.MachineFixture.plain;
import static irqstorm.machine.MachineFixture.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import irqstorm.apic.IoApicProfile;
import irqstorm.apic.Profiles;
import irqstorm.apic.RedirectionEntry;
import irqstorm.apic.TriggerMode;
import irqstorm.check.Damage;
import irqstorm.check.Verdict;
import irqstorm.event.EventKind;
import irqstorm.kvm.EoiSlotCheck;
import irqstorm.kvm.EoiVectorPolicy;
import irqstorm.machine.Hazard.Deed;
import irqstorm.machine.Hazard.EntryRewrite;
import irqstorm.machine.Hazard.SlotValue;
import irqstorm.machine.Hazard.When;
import irqstorm.trace.TraceEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a running machine lives through in its EOI slots and redirection entries, what becomes of it, and who is hurt. */
class HazardTest {
    private static final When IN_SERVICE = new When.InService(GSI);
    private static final Deed BAD_SLOT = new Deed.CorruptEoiSlot(new SlotValue.Fixed(256));

    // --- pending_ioapic_eoi

    @Test
    void aPanicTakesTheHostDownAndNothingHappensAfterwards() {
        MachineFixture.Outcome run =
                plain().causesAt(0, 500).hazard(0, BAD_SLOT).runFor(1000);

        assertThat(run.findings().verdict()).isEqualTo(Verdict.HOST_DOWN);
        assertThat(run.findings().reason()).contains("BUG_ON", "every guest on the host");
        TraceEvent down = run.first(EventKind.HOST_DOWN);
        assertThat(run.indexOf(down)).isEqualTo(run.events().size() - 1);
        assertThat(run.findings().damages())
                .containsExactly(new Damage("", Damage.Kind.HOST, down.timeNanos(), Damage.FOR_GOOD));
    }

    @Test
    void aKilledGuestIsHurtAlone() {
        MachineFixture.Outcome run = plain().eoiVectorPolicy(EoiVectorPolicy.KILL_GUEST)
                .causesAt(0)
                .hazard(0, BAD_SLOT)
                .runFor(1000);

        assertThat(run.findings().verdict()).isEqualTo(Verdict.GUEST_KILLED);
        assertThat(run.findings().reason()).startsWith("KVM kills the guest");
        assertThat(run.findings().damages()).extracting(Damage::kind).containsExactly(Damage.Kind.GUEST);
        assertThat(run.count(EventKind.GUEST_KILLED)).isOne();
    }

    @Test
    void aDroppedExitLeavesTheLineDeadAndTheOtherLineAlone() {
        MachineFixture.Outcome run = plain().eoiVectorPolicy(EoiVectorPolicy.DROP_EXIT)
                .pin(MachineFixture.levelPin(GSI + 1, 0x51))
                .levelDevice("uhci", GSI, 0, 300)
                .levelDevice("nic", GSI + 1, 100, 200, 400)
                .hazard(0, BAD_SLOT)
                .runFor(1000);

        assertThat(run.findings().verdict()).isEqualTo(Verdict.STUCK);
        assertThat(run.findings().lines().get(0).stuck()).isTrue();
        assertThat(run.findings().lines().get(1).serviced()).isEqualTo(3);
        assertThat(run.findings().eoiFaults().corrupted()).isOne();
        assertThat(run.findings().eoiFaults().lost()).isOne();
        assertThat(run.findings().eoiFaults().spuriousExits()).isZero();
        assertThat(run.findings().eoiFaults().laterExitsBlocked()).isZero();
        long lost = run.first(EventKind.EOI_EXIT_LOST).timeNanos();
        assertThat(run.findings().damages())
                .containsExactly(new Damage("uhci", Damage.Kind.LINE_BLOCKED, lost, Damage.FOR_GOOD));
        assertThat(run.happenings())
                .containsExactly(
                        "pending_ioapic_eoi holds 256 instead of vector 0xa1 (uhci)",
                        "the EOI exit of vector 0xa1 does not happen");
    }

    @Test
    void aDeadLineLivesOnceItsEntryIsProgrammedAnew() {
        MachineFixture.Outcome run = plain().eoiVectorPolicy(EoiVectorPolicy.DROP_EXIT)
                .causesAt(0, 300)
                .hazard(0, BAD_SLOT)
                .hazard(400, new Deed.RewriteEntry(GSI, EntryRewrite.EDGE_AND_BACK))
                .runFor(1000);

        assertThat(run.findings().verdict()).isEqualTo(Verdict.OK);
        assertThat(run.findings().lines().get(0).serviced()).isEqualTo(2);
        long lost = run.first(EventKind.EOI_EXIT_LOST).timeNanos();
        assertThat(run.findings().damages())
                .containsExactly(new Damage("uhci", Damage.Kind.LINE_BLOCKED, lost, 400_000));
    }

    @Test
    void vectorZeroIsIgnoredByOneVmmAndStopsAnother() {
        MachineFixture lenient =
                plain().eoiVectorPolicy(EoiVectorPolicy.REPORT_ZERO).causesAt(0).hazard(0, BAD_SLOT);
        MachineFixture.Outcome ignored = lenient.runFor(1000);
        assertThat(ignored.findings().verdict()).isEqualTo(Verdict.STUCK);
        assertThat(ignored.findings().eoiFaults().spuriousExits()).isOne();
        assertThat(ignored.findings().eoiFaults().lost()).isOne();

        MachineFixture.Outcome stopped =
                lenient.split(MachineFixture.strictRoutes()).runFor(1000);
        assertThat(stopped.findings().verdict()).isEqualTo(Verdict.VMM_STOPPED);
        assertThat(stopped.findings().reason()).contains("vector 0");
        assertThat(stopped.findings().damages()).extracting(Damage::kind).contains(Damage.Kind.GUEST);
    }

    @Test
    void clampedTo255AnotherLineIsEndedInItsService() {
        MachineFixture.Outcome run = plain().eoiVectorPolicy(EoiVectorPolicy.CLAMP_255)
                .pin(MachineFixture.levelPin(GSI + 1, 0xFF))
                .levelDevice("uhci", GSI, 0)
                .levelDevice("nic", GSI + 1, 8)
                .hazard(0, IN_SERVICE, BAD_SLOT)
                .runFor(1000);

        assertThat(run.findings().eoiFaults().wrongLinesEnded()).isOne();
        assertThat(run.findings().eoiFaults().spuriousExits()).isZero();
        assertThat(run.findings().damages())
                .extracting(Damage::who, Damage::kind)
                .contains(tuple("nic", Damage.Kind.LINE_ENDED_BY_MISTAKE));
        assertThat(run.findings().lines().get(1).redundantDeliveries()).isOne();
    }

    private static MachineFixture twoHundredCauses(EoiVectorPolicy policy) {
        return plain().eoiVectorPolicy(policy)
                .ioApic(Profiles.with(Profiles.qemu20(), IoApicProfile.RemoteIrrGates.NEVER))
                .device(
                        "uhci",
                        new Wire.Line(GSI, TriggerMode.LEVEL),
                        new Arrivals.Open(MachineFixture.micros(100), 200));
    }

    @Test
    void withAProbabilityEachEoiIsHitOrSparedAndTheSeedDecides() {
        MachineFixture fixture = twoHundredCauses(EoiVectorPolicy.REPORT_ZERO)
                .hazard(0, new Deed.CorruptEoiSlots(new SlotValue.AnyInvalid(), 250_000_000));
        MachineFixture.Outcome run = fixture.runFor(30_000);
        long corrupted = run.findings().eoiFaults().corrupted();

        assertThat(corrupted).isBetween(30L, 70L);
        assertThat(run.all(EventKind.EOI_SLOT_CORRUPTED))
                .allSatisfy(event -> assertThat(event.c())
                        .satisfiesAnyOf(
                                value -> assertThat(value).isNegative(),
                                value -> assertThat(value).isGreaterThan(255)));
        assertThat(fixture.runFor(30_000).timed().machine().fingerprint())
                .isEqualTo(run.timed().machine().fingerprint());
        assertThat(fixture.seed(2).runFor(30_000).timed().machine().fingerprint())
                .isNotEqualTo(run.timed().machine().fingerprint());
    }

    @Test
    void howeverManyAreHitNotMoreThanAHundredAreTold() {
        MachineFixture.Outcome run = twoHundredCauses(EoiVectorPolicy.DROP_EXIT)
                .hazard(0, new Deed.CorruptEoiSlots(new SlotValue.Fixed(256), Deed.CorruptEoiSlots.CERTAIN))
                .runFor(30_000);

        assertThat(run.findings().eoiFaults().lost()).isEqualTo(200);
        assertThat(run.findings().happenings()).hasSize(100);
        assertThat(run.findings().damages()).hasSizeLessThanOrEqualTo(100);
    }

    // --- redirection entries

    @ParameterizedTest
    @EnumSource(EntryRewrite.class)
    void rewritingAnEntryInServiceOnlyMattersWhereItClearsRemoteIrr(EntryRewrite how) {
        MachineFixture.Outcome run = plain().causesAt(0)
                .hazard(4, IN_SERVICE, new Deed.RewriteEntry(GSI, how))
                .runFor(1000);

        boolean ends = how == EntryRewrite.EDGE_AND_BACK;
        assertThat(run.findings().verdict()).isEqualTo(Verdict.OK);
        assertThat(run.findings().lines().get(0).redundantDeliveries()).isEqualTo(ends ? 1 : 0);
        assertThat(run.count(EventKind.RTE_WRITTEN)).isEqualTo(how == EntryRewrite.AS_READ ? 3 : 4);
        assertThat(run.first(EventKind.ENTRY_REWRITTEN).c()).isOne();
        assertThat(RedirectionEntry.isMasked(run.timed().machine().entry(GSI))).isFalse();
    }

    @Test
    void aVectorThatIsChangedInServiceLeavesAnEoiThatEndsNothing() {
        MachineFixture.Outcome run = plain().causesAt(0, 400)
                .hazard(4, IN_SERVICE, new Deed.ChangeVector(GSI, 0x82))
                .runFor(1000);

        assertThat(run.findings().verdict()).isEqualTo(Verdict.STUCK);
        assertThat(RedirectionEntry.vector(run.timed().machine().entry(GSI))).isEqualTo(0x82);
    }

    @Test
    void aVectorThatIsChangedAtRestIsServedUnderItsNewName() {
        MachineFixture.Outcome run = plain().causesAt(0, 400)
                .hazard(200, new Deed.ChangeVector(GSI, 0x82))
                .runFor(1000);

        assertThat(run.findings().verdict()).isEqualTo(Verdict.OK);
        assertThat(run.findings().lines().get(0).serviced()).isEqualTo(2);
        assertThat(run.first(EventKind.ENTRY_REWRITTEN).c()).isZero();
    }

    @Test
    void aHazardWaitsForWhatItWaitsForOrDoesNotHappen() {
        MachineFixture.Outcome run = plain().causesAt(500)
                .hazard(0, IN_SERVICE, new Deed.RewriteEntry(GSI, EntryRewrite.AS_READ))
                .hazard(0, new When.Throttled(), new Deed.DestroyVm())
                .runFor(1000);

        assertThat(run.times(EventKind.ENTRY_REWRITTEN)).containsExactly(500_000L);
        assertThat(run.count(EventKind.VM_DESTROYED)).isZero();
    }

    @Test
    void withoutHazardsNothingIsReportedOfThem() {
        MachineFixture.Outcome run = plain().slotCheck(new EoiSlotCheck(EoiVectorPolicy.DROP_EXIT, true))
                .causesAt(0)
                .runFor(1000);

        assertThat(run.findings().happenings()).isEmpty();
        assertThat(run.findings().eoiFaults().corrupted()).isZero();
    }
}
