// SPDX-License-Identifier: Apache-2.0
package irqstorm.machine;

import irqstorm.apic.IoApicProfile;
import irqstorm.apic.IoApicProfile.OnEoiAsserted;
import irqstorm.apic.Profiles;
import irqstorm.apic.TriggerMode;
import irqstorm.kvm.EoiSlotCheck;
import irqstorm.kvm.IrqchipMode;
import irqstorm.kvm.UapiRevision;
import irqstorm.machine.Hazard.Deed;
import irqstorm.machine.Hazard.EntryRewrite;
import irqstorm.machine.Hazard.SlotValue;
import irqstorm.machine.Hazard.When;
import irqstorm.machine.Signalling.Unmask;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** What makes a random machine stranger: I/O APICs that nobody built, every way to signal, hazards. */
final class Oddities {
    private final SplittableRandom random;

    Oddities(SplittableRandom random) {
        this.random = random;
    }

    /** A wire to {@code pin}, with signalling of its trigger mode, or none that goes past it. */
    Wire wire(Pin pin, int vcpus) {
        if (random.nextInt(8) == 0) {
            return new Wire.Message(0x35 + 0x10 * random.nextInt(12), random.nextInt(vcpus));
        }
        if (pin.trigger() == TriggerMode.EDGE) {
            return new Wire.Line(pin.gsi(), new Signalling.Pulse(random.nextInt(2)));
        }
        int accesses = 1 + random.nextInt(2);
        return new Wire.Line(
                pin.gsi(),
                switch (random.nextInt(5)) {
                    case 0 -> new Signalling.EventPerUnmask(accesses, Unmask.EOI, 10_000);
                    case 1 -> new Signalling.EventPerUnmask(accesses, Unmask.ANY_ACCESS, 10_000);
                    case 2 -> new Signalling.Level(accesses, 50_000);
                    default -> Signalling.LEVEL;
                });
    }

    /** The profile with other values on some axes. */
    IoApicProfile ioApic(IoApicProfile profile) {
        List<Object> values = new ArrayList<>();
        while (random.nextInt(4) != 0) {
            values.add(axis());
        }
        return Profiles.with(profile, values.toArray());
    }

    private Object axis() {
        return switch (random.nextInt(17)) {
            case 0 -> one(IoApicProfile.EoiRegister.class);
            case 1 ->
                new IoApicProfile.EoiMatch(
                        random.nextBoolean(),
                        random.nextBoolean(),
                        random.nextBoolean(),
                        one(IoApicProfile.EoiMatch.Scope.class));
            case 2 -> one(IoApicProfile.Broadcast.class);
            case 3 -> reaction();
            case 4 ->
                new IoApicProfile.EventSources(
                        one(IoApicProfile.EventSources.Told.class), random.nextBoolean(), random.nextBoolean());
            case 5 -> one(IoApicProfile.RemoteIrrSet.class);
            case 6 -> one(IoApicProfile.RemoteIrrGates.class);
            case 7 ->
                new IoApicProfile.RteWrite(
                        one(IoApicProfile.RteWrite.RemoteIrrOnWrite.class),
                        random.nextBoolean(),
                        one(IoApicProfile.RteWrite.ReEvaluate.class),
                        random.nextBoolean());
            case 8 -> one(IoApicProfile.Service.class);
            case 9 -> one(IoApicProfile.LevelTriggered.class);
            case 10 -> one(IoApicProfile.MaskedLevel.class);
            case 11 -> one(IoApicProfile.MaskedEdge.class);
            case 12 -> one(IoApicProfile.Level.class);
            case 13 -> one(IoApicProfile.Edge.class);
            case 14 -> one(IoApicProfile.Polarity.class);
            case 15 -> one(IoApicProfile.LineModel.class);
            default -> new IoApicProfile.Save(random.nextBoolean(), random.nextBoolean(), random.nextBoolean());
        };
    }

    private OnEoiAsserted reaction() {
        return switch (random.nextInt(5)) {
            case 0 -> new OnEoiAsserted.None();
            case 1 -> new OnEoiAsserted.Immediate();
            case 2 -> new OnEoiAsserted.ImmediateAnyTrigger();
            case 3 -> new OnEoiAsserted.Resample(10_000);
            default -> new OnEoiAsserted.NextService();
        };
    }

    /** At most {@code most} hazards, all at time 0. */
    Hazards hazards(int most, IrqchipMode irqchip, VmmProfile vmm, List<Pin> pins) {
        List<Hazard> steps = new ArrayList<>();
        while (steps.size() < most && random.nextInt(3) == 0) {
            int gsi = pins.get(random.nextInt(pins.size())).gsi();
            When when = switch (random.nextInt(4)) {
                case 0 -> new When.InService(gsi);
                case 1 -> new When.Throttled();
                default -> new When.AtOnce();
            };
            steps.add(new Hazard(0, when, deed(irqchip, vmm, gsi)));
        }
        return new Hazards(EoiSlotCheck.AS_TODAY, steps);
    }

    private Deed deed(IrqchipMode irqchip, VmmProfile vmm, int gsi) {
        return switch (random.nextInt(8)) {
            case 0 -> new Deed.ChangeFlags(random.nextBoolean() ? MachineFixture.ENABLE : MachineFixture.DISABLE);
            case 1 -> new Deed.CorruptEoiSlot(slotValue());
            case 5 -> new Deed.CorruptEoiSlots(slotValue(), Deed.CorruptEoiSlots.CERTAIN / 2);
            case 2 -> new Deed.ChangeVector(gsi, 0x3e + 0x10 * random.nextInt(12));
            case 3 -> new Deed.DestroyVm();
            case 4 -> {
                VmmProfile there = irqchip == IrqchipMode.SPLIT && random.nextBoolean()
                        ? vmm.withIoApic(ioApic(Profiles.qemu11()))
                        : null;
                yield new Deed.Migrate(new Hazard.Destination(UapiRevision.MERGED, 0, false, there));
            }
            default -> new Deed.RewriteEntry(gsi, one(EntryRewrite.class));
        };
    }

    private SlotValue slotValue() {
        return random.nextInt(3) == 0
                ? new SlotValue.AnyInvalid()
                : new SlotValue.Fixed(random.nextBoolean() ? 0 : 0x61);
    }

    private <T extends Enum<T>> T one(Class<T> type) {
        T[] values = type.getEnumConstants();
        return values[random.nextInt(values.length)];
    }
}
