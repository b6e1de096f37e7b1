// SPDX-License-Identifier: Apache-2.0
package irqstorm.apic;

import irqstorm.apic.InterruptCommand.Shorthand;

/**
 * Carries a message to the local APICs it is meant for (SDM volume 3, section 12.6.2; kernel {@code kvm_irq_delivery_to_apic}).
 *
 * <p>Lowest Priority is resolved by vector hashing, which is KVM's default: candidate number (vector mod number of enabled
 * candidates). SMI, NMI, INIT and start-up messages are the processors' business: the listener is told. ExtINT reaches nobody.
 */
public final class ApicBus {
    private static final int NOBODY = -1;

    private final LocalApic[] apics;
    private final Listener listener;

    /** Who is told what becomes of a message at each local APIC. */
    public interface Listener {
        /** The APIC of {@code vcpu} took the vector into its IRR. */
        void accepted(int vcpu, int vector, boolean level);

        /** The APIC of {@code vcpu} was meant, but is disabled. */
        void refused(int vcpu, int vector, boolean level);

        /**
         * An SMI, NMI, INIT or start-up message reaches {@code vcpu}, even if its local APIC is software-disabled.
         *
         * @return whether there is a processor that takes it
         */
        default boolean signalled(int vcpu, DeliveryMode mode, int vector) {
            return false;
        }
    }

    /** A bus with the local APICs of vCPU 0, 1, …. */
    public ApicBus(LocalApic[] apics, Listener listener) {
        this.apics = apics.clone();
        this.listener = listener;
    }

    /** Delivers {@code message}, an {@link InterruptMessage}, and returns whether any local APIC accepted it. */
    public boolean send(long message) {
        return distribute(message, NOBODY, Shorthand.NONE);
    }

    /** The local APIC of {@code sender} sends {@code command}, an {@link InterruptCommand}; whether anybody accepted it. */
    public boolean command(int sender, long command) {
        long message = InterruptCommand.message(command, apics[sender].mode());
        if (InterruptMessage.deliveryMode(message).carriesVector()
                && InterruptMessage.vector(message) < LocalApic.FIRST_LEGAL_VECTOR) {
            apics[sender].noteIllegalSend();
        }
        return !InterruptCommand.isDeassertion(command)
                && distribute(message, sender, InterruptCommand.shorthand(command));
    }

    private boolean distribute(long message, int sender, Shorthand shorthand) {
        DeliveryMode mode = InterruptMessage.deliveryMode(message);
        if (mode == DeliveryMode.LOWEST_PRIORITY) {
            int chosen = lowestPriority(message, sender, shorthand);
            return chosen >= 0 && offer(chosen, message);
        }
        boolean accepted = false;
        for (int vcpu = 0; vcpu < apics.length; vcpu++) {
            if (isMeant(vcpu, message, sender, shorthand)) {
                accepted |= mode == DeliveryMode.FIXED ? offer(vcpu, message) : signal(vcpu, mode, message);
            }
        }
        return accepted;
    }

    private boolean signal(int vcpu, DeliveryMode mode, long message) {
        return switch (mode) {
            case SMI, NMI, INIT, STARTUP -> listener.signalled(vcpu, mode, InterruptMessage.vector(message));
            case FIXED, LOWEST_PRIORITY, RESERVED_3, EXTINT -> false;
        };
    }

    private boolean isMeant(int vcpu, long message, int sender, Shorthand shorthand) {
        return switch (shorthand) {
            case NONE -> sender == NOBODY ? isMeant(vcpu, message) : isMeantByCommand(vcpu, message);
            case SELF -> vcpu == sender;
            case ALL -> true;
            case ALL_BUT_SELF -> vcpu != sender;
        };
    }

    /** Whether a local APIC that {@code message} is meant for is enabled, so that it would be accepted now. */
    public boolean accepts(long message) {
        if (!InterruptMessage.deliveryMode(message).carriesVector()) {
            return false;
        }
        for (int vcpu = 0; vcpu < apics.length; vcpu++) {
            if (isCandidate(vcpu, message, NOBODY, Shorthand.NONE)) {
                return true;
            }
        }
        return false;
    }

    private boolean isMeantByCommand(int vcpu, long message) {
        return apics[vcpu].isDestinationOfCommand(
                InterruptMessage.destination(message), InterruptMessage.isLogical(message));
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

    private int lowestPriority(long message, int sender, Shorthand shorthand) {
        int candidates = 0;
        for (int vcpu = 0; vcpu < apics.length; vcpu++) {
            candidates += isCandidate(vcpu, message, sender, shorthand) ? 1 : 0;
        }
        int skip = candidates == 0 ? 0 : InterruptMessage.vector(message) % candidates;
        for (int vcpu = 0; vcpu < apics.length; vcpu++) {
            if (isCandidate(vcpu, message, sender, shorthand) && skip-- == 0) {
                return vcpu;
            }
        }
        return -1;
    }

    private boolean isCandidate(int vcpu, long message, int sender, Shorthand shorthand) {
        return apics[vcpu].isEnabled() && isMeant(vcpu, message, sender, shorthand);
    }
}
