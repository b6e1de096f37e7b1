// SPDX-License-Identifier: Apache-2.0
package irqstorm.kvm;

import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Which eventfds raise which GSIs of which VM (KVM_IRQFD; kernel {@code virt/kvm/eventfd.c}). An eventfd can back one irqfd on the
 * whole host, because KVM waits on it exclusively.
 */
public final class Irqfds {
    private final SortedMap<Integer, Assignment> assignments = new TreeMap<>();

    /**
     * Where an eventfd leads.
     *
     * @param vm the VM
     * @param gsi the interrupt it raises there
     */
    public record Assignment(int vm, int gsi) {}

    /** KVM_IRQFD: {@code eventfd} raises {@code gsi} of {@code vm} from now on. Empty on success. */
    public Optional<Errno> assign(int vm, int gsi, int eventfd) {
        return assignments.putIfAbsent(eventfd, new Assignment(vm, gsi)) == null
                ? Optional.empty()
                : Optional.of(Errno.EBUSY);
    }

    /**
     * KVM_IRQFD with KVM_IRQFD_FLAG_DEASSIGN: succeeds for any valid eventfd, whether or not it raised {@code gsi} of {@code vm}. Empty
     * on success.
     */
    public Optional<Errno> deassign(int vm, int gsi, int eventfd) {
        assignments.remove(eventfd, new Assignment(vm, gsi));
        return Optional.empty();
    }

    /** Where {@code eventfd} leads, if anywhere. */
    public Optional<Assignment> target(int eventfd) {
        return Optional.ofNullable(assignments.get(eventfd));
    }
}
