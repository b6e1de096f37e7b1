// SPDX-License-Identifier: Apache-2.0
package irqstorm.conformance;

import irqstorm.apic.IoApicProfile;
import irqstorm.apic.IoApicProfile.EoiRegister;
import irqstorm.apic.IoApicProfile.EventSources;
import irqstorm.apic.IoApicProfile.OnEoiAsserted;
import irqstorm.apic.IoApicProfile.RemoteIrrSet;
import irqstorm.kvm.IrqchipMode;
import irqstorm.scenario.ProfileLibrary;
import irqstorm.vmm.LapicModel;
import irqstorm.vmm.SplitRoutes;

/**
 * What a case is run on: the merged kernel's behaviour, which is the default wherever suites disagree; in userspace with the
 * difference that nobody answers whether a message was accepted.
 */
final class ReferenceProfiles {
    private static final IoApicProfile KERNEL =
            ProfileLibrary.find("kvm-inkernel").orElseThrow().profile().ioApic();
    private static final int VERSION_WITH_EOI_REGISTER = 0x20;

    /** Routes as QEMU keeps them: pin n is GSI n of the reserved ones. */
    private static final SplitRoutes SPLIT_ROUTES = new SplitRoutes(
            SplitRoutes.EoiExits.RESERVED, SplitRoutes.MaskedRoute.KEPT, SplitRoutes.VectorZero.IGNORED);

    private ReferenceProfiles() {}

    /** How the routes of {@code irqchip} are kept in step; null where there are none. */
    static SplitRoutes routes(IrqchipMode irqchip) {
        return irqchip == IrqchipMode.SPLIT ? SPLIT_ROUTES : null;
    }

    /** The I/O APIC; {@code resampled} says that its lines are driven by eventfds that are signalled again at the EOI. */
    static IoApicProfile ioApic(IrqchipMode irqchip, int version, boolean resampled) {
        OnEoiAsserted reaction = resampled ? new OnEoiAsserted.Resample(0) : KERNEL.onEoiAsserted();
        return new IoApicProfile(
                KERNEL.name(),
                version,
                KERNEL.pins(),
                KERNEL.powerOnEntry(),
                version >= VERSION_WITH_EOI_REGISTER ? EoiRegister.DWORD_ONLY : EoiRegister.NONE,
                KERNEL.eoiMatch(),
                KERNEL.broadcast(),
                reaction,
                resampled ? new EventSources(EventSources.Told.ENDED, false, false) : KERNEL.eventSources(),
                irqchip == IrqchipMode.KERNEL ? KERNEL.remoteIrrSet() : RemoteIrrSet.IF_DELIVERED,
                KERNEL.remoteIrrGates(),
                KERNEL.rteWrite(),
                KERNEL.service(),
                KERNEL.levelTriggered(),
                KERNEL.maskedLevel(),
                KERNEL.maskedEdge(),
                KERNEL.level(),
                KERNEL.edge(),
                KERNEL.polarity(),
                KERNEL.line(),
                KERNEL.save());
    }

    /**
     * The local APICs of a VMM that has its own.
     *
     * @param strict whether they are to be as the SDM has it rather than as KVM has it
     */
    static LapicModel lapic(boolean strict) {
        return new LapicModel(
                LapicModel.Place.VMM,
                0x14,
                LapicModel.Suppression.NOT_ADVERTISED,
                LapicModel.Broadcasts.ALL,
                strict ? LapicModel.IllegalVectors.REFUSED : LapicModel.IllegalVectors.TAKEN,
                LapicModel.RepeatedVector.ACCEPTED);
    }
}
