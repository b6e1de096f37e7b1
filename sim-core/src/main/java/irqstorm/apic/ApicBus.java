// SPDX-License-Identifier: Apache-2.0
package irqstorm.apic;

/**
 * Carries a message to the local APICs it is meant for (SDM volume 3, section 12.6.2; kernel {@code kvm_irq_delivery_to_apic}).
 *
 * <p>Lowest Priority is resolved by vector hashing, which is KVM's default: candidate number (vector mod number of enabled
 * candidates). SMI, NMI, INIT, start-up and ExtINT messages are not modelled: they reach nobody.
 */
public final class ApicBus {
    private final LocalApic[] apics;
    private final Listener listener;

    /** Who is told what becomes of a message at each local APIC. */
    public interface Listener {
        /** The APIC of {@code vcpu} took the vector into its IRR. */
        void accepted(int vcpu, int vector, boolean level);

        /** The APIC of {@code vcpu} was meant, but is disabled. */
        void refused(int vcpu, int vector, boolean level);
    }

    /** A bus with the local APICs of vCPU 0, 1, …. */
    public ApicBus(LocalApic[] apics, Listener listener) {
        this.apics = apics.clone();
        this.listener = listener;
    }

    /** Delivers {@code message}, an {@link InterruptMessage}, and returns whether any local APIC accepted it. */
    public boolean send(long message) {
        DeliveryMode mode = InterruptMessage.deliveryMode(message);
        if (!mode.carriesVector()) {
            return false;
        }
        if (mode == DeliveryMode.LOWEST_PRIORITY) {
            int chosen = lowestPriority(message);
            return chosen >= 0 && offer(chosen, message);
        }
        boolean accepted = false;
        for (int vcpu = 0; vcpu < apics.length; vcpu++) {
            if (isMeant(vcpu, message)) {
                accepted |= offer(vcpu, message);
            }
        }
        return accepted;
    }

    /** Whether a local APIC that {@code message} is meant for is enabled, so that it would be accepted now. */
    public boolean accepts(long message) {
        if (!InterruptMessage.deliveryMode(message).carriesVector()) {
            return false;
        }
        for (int vcpu = 0; vcpu < apics.length; vcpu++) {
            if (isCandidate(vcpu, message)) {
                return true;
            }
        }
        return false;
    }

    /** Whether the local APIC of {@code vcpu} is among the destinations of {@code message}. */
    public boolean isMeant(int vcpu, long message) {
        return apics[vcpu].isDestination(InterruptMessage.destination(message), InterruptMessage.isLogical(message));
    }

    private boolean offer(int vcpu, long message) {
        int vector = InterruptMessage.vector(message);
        boolean level = InterruptMessage.isLevel(message);
        boolean accepted = apics[vcpu].accept(vector, level ? TriggerMode.LEVEL : TriggerMode.EDGE);
        if (accepted) {
            listener.accepted(vcpu, vector, level);
        } else {
            listener.refused(vcpu, vector, level);
        }
        return accepted;
    }

    private int lowestPriority(long message) {
        int candidates = 0;
        for (int vcpu = 0; vcpu < apics.length; vcpu++) {
            candidates += isCandidate(vcpu, message) ? 1 : 0;
        }
        int skip = candidates == 0 ? 0 : InterruptMessage.vector(message) % candidates;
        for (int vcpu = 0; vcpu < apics.length; vcpu++) {
            if (isCandidate(vcpu, message) && skip-- == 0) {
                return vcpu;
            }
        }
        return -1;
    }

    private boolean isCandidate(int vcpu, long message) {
        return apics[vcpu].isEnabled() && isMeant(vcpu, message);
    }
}
