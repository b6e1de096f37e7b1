// SPDX-License-Identifier: Apache-2.0
package irqstorm.machine;

import irqstorm.event.Actor;
import irqstorm.event.EventKind;
import irqstorm.kvm.IrqchipMode;
import irqstorm.kvm.X2ApicApi;
import irqstorm.state.StateStore;
import irqstorm.trace.EventLog;

/** What a VMM does to a VM that is running already: other flags, or another host. */
final class HostChange {
    /** The mode of a call that failed. */
    private static final int FAILED = -1;

    private final IrqchipMode irqchip;
    private final Board board;
    private final EventLog log;

    HostChange(IrqchipMode irqchip, Board board, EventLog log) {
        this.irqchip = irqchip;
        this.board = board;
        this.log = log;
    }

    /**
     * KVM_ENABLE_CAP(KVM_CAP_X2APIC_API) on the running VM. LVR stays as it is until KVM computes it anew; suppressing is asked at every
     * EOI, and so changes at once.
     */
    void changeFlags(long args0) {
        X2ApicApi api = board.x2ApicApi();
        boolean done = api.enable(args0, irqchip).isOk();
        log.record(
                Actor.VMM, EventKind.FLAGS_CHANGED, 0, args0, done ? api.mode().ordinal() : FAILED);
    }

    /**
     * The VM is saved and restored at {@code destination}: in a VM that has its own flags and routes, with local APICs whose version
     * follows from the flags, and with as much of the I/O APIC's state as was saved.
     */
    void migrate(Hazard.Destination destination) {
        boolean refused = !new X2ApicApi(new StateStore(), destination.uapi())
                .enable(destination.args0(), irqchip)
                .isOk();
        if (refused && !destination.goesOnIfRefused()) {
            log.record(Actor.VMM, EventKind.MIGRATION_REFUSED, 0, destination.args0(), 0);
            return;
        }
        X2ApicApi api = board.x2ApicApi();
        api.beginAnew(destination.uapi());
        api.enable(destination.args0(), irqchip);
        int version = destination.vmm() == null
                ? board.ioApic().profile().version()
                : destination.vmm().ioApic().version();
        log.record(Actor.VMM, EventKind.VM_MIGRATED, 0, api.mode().ordinal(), version);
        for (int vcpu = 0; vcpu < board.vcpus(); vcpu++) {
            board.restoreLapic(vcpu, board.apic(vcpu).spiv());
        }
        board.moveIoApic(destination);
    }
}
