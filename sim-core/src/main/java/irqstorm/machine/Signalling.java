// SPDX-License-Identifier: Apache-2.0
package irqstorm.machine;

/** How a device signals its causes on a line, and what the guest has to do to service one. */
public sealed interface Signalling {
    /** A line that is high while a cause is pending, and that one access services. */
    Signalling LEVEL = new Level(1, 0);

    /** A pulse for every cause, with one access that services it. */
    Signalling PULSE = new Pulse(1);

    /** How many register accesses of the guest service a cause; the last one does. 0 where none does. */
    int accesses();

    /**
     * The line is high while a cause is pending.
     *
     * @param accesses how many accesses service a cause, at least 1
     * @param minimumRiseGapNanos the least time from one rise of the line to the next, nanoseconds
     */
    record Level(int accesses, long minimumRiseGapNanos) implements Signalling {
        /** Checks that something lowers the line again. */
        public Level {
            if (accesses < 1 || minimumRiseGapNanos < 0) {
                throw new IllegalArgumentException(
                        "level line of " + accesses + " accesses and " + minimumRiseGapNanos + " ns between rises");
            }
        }
    }

    /**
     * A cause is a pulse on the line, whether or not an older one is pending.
     *
     * @param accesses how many accesses service a cause, or 0 if none does
     */
    record Pulse(int accesses) implements Signalling {
        /** Checks the range. */
        public Pulse {
            if (accesses < 0) {
                throw new IllegalArgumentException("pulse of " + accesses + " accesses");
            }
        }
    }

    /**
     * A cause is signalled once; then the source is masked where it is real, in the host, until it is unmasked. Unmasking ends the
     * signal, and a cause that is still there is signalled again after a while (kernel {@code vfio_intx_handler} and {@code
     * vfio_pci_intx_unmask_handler}, {@code irqfd_resampler_ack}; Xen {@code hvm_dpci_eoi}; ACRN {@code ptirq_intx_ack}).
     *
     * @param accesses how many accesses service a cause, at least 1
     * @param unmask what unmasks the source
     * @param unmaskLatencyNanos from what unmasks it until it is unmasked and may signal again, nanoseconds
     */
    record EventPerUnmask(int accesses, Unmask unmask, long unmaskLatencyNanos) implements Signalling {
        /** Checks the ranges. */
        public EventPerUnmask {
            if (accesses < 1 || unmaskLatencyNanos < 0) {
                throw new IllegalArgumentException(
                        "events of " + accesses + " accesses and " + unmaskLatencyNanos + " ns to unmask");
            }
        }
    }

    /** What unmasks a source of events. */
    enum Unmask {
        /** An EOI, if the I/O APIC tells sources of it. */
        EOI,
        /** Any access to the device's registers, before it services anything. */
        ANY_ACCESS
    }
}
