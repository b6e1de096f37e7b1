// SPDX-License-Identifier: Apache-2.0
package irqstorm.vmm;

/**
 * How a VMM with split irqchip keeps KVM's MSI routes in step with its I/O APIC, and takes KVM's EOI exits.
 *
 * @param eoiExits which GSIs the routes of the pins have
 * @param maskedRoute what becomes of the route of a pin that is masked
 * @param vectorZero what an EOI exit with vector 0 does
 */
public record SplitRoutes(EoiExits eoiExits, MaskedRoute maskedRoute, VectorZero vectorZero) {
    /** Which GSIs the routes of the pins have; KVM looks for EOI exits among the reserved ones only (kernel {@code irq_comm.c}). */
    public enum EoiExits {
        /** Those that KVM_CAP_SPLIT_IRQCHIP reserved. */
        RESERVED,
        /** Others: no EOI exit is ever produced for them. */
        UNRESERVED
    }

    /** What becomes of the route of a pin that is masked. */
    public enum MaskedRoute {
        /** It stays as it was. */
        KEPT,
        /** It follows the entry. */
        UPDATED,
        /** It is taken away, and with it the EOI exits of its vector. */
        REMOVED
    }

    /** What an EOI exit with vector 0 does. */
    public enum VectorZero {
        /** What an exit with any vector does that no pin has. */
        IGNORED,
        /** The VMM takes it for an error and stops. */
        ERROR
    }
}
