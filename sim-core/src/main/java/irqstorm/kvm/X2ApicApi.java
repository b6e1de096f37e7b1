// SPDX-License-Identifier: Apache-2.0
package irqstorm.kvm;

import irqstorm.state.StateStore;

/**
 * KVM_CAP_X2APIC_API of one VM: what KVM_CHECK_EXTENSION answers, which flags KVM_ENABLE_CAP takes, and the mode that follows
 * (kernel commit 6517dfbcc918, {@code kvm_vm_ioctl_enable_cap}).
 */
public final class X2ApicApi {
    private static final SuppressEoiBroadcastMode[] MODES = SuppressEoiBroadcastMode.values();
    private static final UapiRevision[] REVISIONS = UapiRevision.values();
    private static final int MODE = 0;
    private static final int REVISION = 1;
    private static final int WORDS = 2;

    private final StateStore store;
    private final int base;

    /** Which file descriptor KVM_CHECK_EXTENSION is called on. */
    public enum Scope {
        /** {@code /dev/kvm}. */
        SYSTEM,
        /** A VM. */
        VM
    }

    /** A VM that has not been told anything yet: {@link SuppressEoiBroadcastMode#QUIRKED}. */
    public X2ApicApi(StateStore store, UapiRevision revision) {
        this.store = store;
        this.base = store.reserve(WORDS);
        beginAnew(revision);
    }

    /** The VM goes on as one that has not been told anything yet, on a kernel of another {@code revision}. */
    public void beginAnew(UapiRevision revision) {
        store.set(base + MODE, SuppressEoiBroadcastMode.QUIRKED.ordinal());
        store.set(base + REVISION, revision.ordinal());
    }

    private UapiRevision revision() {
        return REVISIONS[(int) store.get(base + REVISION)];
    }

    /** The mode in force. */
    public SuppressEoiBroadcastMode mode() {
        return MODES[(int) store.get(base + MODE)];
    }

    /**
     * The flags that KVM_CHECK_EXTENSION reports. The merged revision hides ENABLE from a VM that is not split yet; the earlier ones
     * are not known to hide anything.
     */
    public long checkExtension(Scope scope, IrqchipMode irqchip) {
        boolean hidden = revision() == UapiRevision.MERGED && scope == Scope.VM && irqchip != IrqchipMode.SPLIT;
        return revision().knownFlags() & ~(hidden ? X2ApicApiFlag.KVM_X2APIC_ENABLE_SUPPRESS_EOI_BROADCAST.mask() : 0);
    }

    /**
     * KVM_ENABLE_CAP with {@code args0}, on a VM whose irqchip is {@code irqchip} at this moment. Neither flag leaves the mode as it
     * is, so that QUIRKED cannot be asked for again.
     */
    public EnableCapResult enable(long args0, IrqchipMode irqchip) {
        UapiRevision revision = revision();
        if ((args0 & ~revision.knownFlags()) != 0) {
            return EnableCapResult.invalid("args[0] = 0x" + Long.toHexString(args0) + " has an unknown bit");
        }
        boolean enable = X2ApicApiFlag.KVM_X2APIC_ENABLE_SUPPRESS_EOI_BROADCAST.isIn(args0);
        boolean disable = X2ApicApiFlag.KVM_X2APIC_DISABLE_SUPPRESS_EOI_BROADCAST.isIn(args0);
        EnableCapResult refused = check(revision, enable, disable, irqchip);
        if (refused.isOk() && (enable || disable)) {
            store.set(base + MODE, modeFor(enable, disable).ordinal());
        }
        return refused;
    }

    private static SuppressEoiBroadcastMode modeFor(boolean enable, boolean disable) {
        if (enable && disable) {
            return SuppressEoiBroadcastMode.HIDDEN_BUT_HONOURED;
        }
        return enable ? SuppressEoiBroadcastMode.ENABLED : SuppressEoiBroadcastMode.DISABLED;
    }

    private static EnableCapResult check(UapiRevision revision, boolean enable, boolean disable, IrqchipMode irqchip) {
        if (revision == UapiRevision.V3) {
            return EnableCapResult.OK;
        }
        if (enable && disable) {
            return EnableCapResult.invalid(
                    "KVM_X2APIC_ENABLE_SUPPRESS_EOI_BROADCAST and KVM_X2APIC_DISABLE_SUPPRESS_EOI_BROADCAST exclude each other");
        }
        boolean splitOnly = enable || disable && revision == UapiRevision.V4;
        if (splitOnly && irqchip != IrqchipMode.SPLIT) {
            return EnableCapResult.invalid((enable
                            ? "KVM_X2APIC_ENABLE_SUPPRESS_EOI_BROADCAST"
                            : "KVM_X2APIC_DISABLE_SUPPRESS_EOI_BROADCAST (" + revision.label() + ")")
                    + " needs split irqchip, and the VM has irqchip " + irqchip.label() + " at this point");
        }
        return EnableCapResult.OK;
    }
}
