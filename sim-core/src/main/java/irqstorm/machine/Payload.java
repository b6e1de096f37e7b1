// SPDX-License-Identifier: Apache-2.0
package irqstorm.machine;

import irqstorm.apic.DeliveryMode;
import irqstorm.apic.InterruptMessage;

/**
 * The machine's events as plain data: bits 3:0 the kind, bits 12:4 the vCPU thread that waits for it plus one (0: nobody waits), the
 * rest as the kind says.
 *
 * <p>What a vCPU arrives at is its state, and so nothing that its event has to say. It says so all the same: an event's payload is known
 * long before the state of the vCPU is found and read, and it is where most events divide.
 */
final class Payload {
    /** A device has a cause; bits 63:13 are the device. */
    static final int DEVICE_ARRIVAL = 0;
    /** KVM_IRQ_LINE reaches the in-kernel I/O APIC; bit 13 is the level, bits 63:14 the GSI. */
    static final int LINE_AT_KERNEL = 1;
    /** A message reaches the local APICs; bits 28:13 and 60:29 are its low half and its destination. */
    static final int MESSAGE = 2;
    /** The I/O APIC's throttle timer expires. */
    static final int THROTTLE_EXPIRED = 3;
    /** The sources of a pin are asked for their level; bits 63:13 are the pin. */
    static final int RESAMPLE = 4;
    /** What a vCPU is busy with is finished; bits 63:13 are the vCPU, and bits 12:4 what it arrives at plus one (0: it knows). */
    static final int VCPU_ADVANCE = 5;
    /** A vCPU notices that its local APIC has an interrupt; bits 63:13 are the vCPU. */
    static final int VCPU_KICK = 6;
    /** A device's own timer expires; bits 63:13 are the device. */
    static final int DEVICE_TIMER = 7;
    /** A hazard is due; bits 63:13 are its number. */
    static final int HAZARD = 8;

    /** Nobody waits. */
    static final int NO_THREAD = -1;

    private static final int KIND_MASK = 0xF;
    private static final int THREAD_SHIFT = 4;
    private static final int ARGUMENT_SHIFT = 13;
    private static final int DESTINATION_SHIFT = 29;

    private Payload() {}

    static long of(int kind, long argument) {
        return kind | argument << ARGUMENT_SHIFT;
    }

    static long line(int gsi, boolean high, int thread) {
        return of(LINE_AT_KERNEL, (long) gsi << 1 | (high ? 1 : 0)) | (long) (thread + 1) << THREAD_SHIFT;
    }

    static long message(long message, int thread) {
        return MESSAGE
                | (long) (thread + 1) << THREAD_SHIFT
                | (message & 0xFFFF) << ARGUMENT_SHIFT
                | (InterruptMessage.destination(message) & 0xFFFF_FFFFL) << DESTINATION_SHIFT;
    }

    static long edgeMessage(int vector, int destination) {
        return message(InterruptMessage.of(vector, DeliveryMode.FIXED, false, false, destination), NO_THREAD);
    }

    static long advance(int vcpu, Arrival arrival) {
        return of(VCPU_ADVANCE, vcpu) | (long) (arrival.ordinal() + 1) << THREAD_SHIFT;
    }

    /** The ordinal of what a vCPU arrives at, or −1 if it has to be asked. */
    static int arrival(long payload) {
        return thread(payload);
    }

    /** The same event, without what it says of a vCPU's state. */
    static long withoutArrival(long payload) {
        return kind(payload) == VCPU_ADVANCE ? of(VCPU_ADVANCE, argument(payload)) : payload;
    }

    static int kind(long payload) {
        return (int) payload & KIND_MASK;
    }

    static int thread(long payload) {
        return ((int) (payload >>> THREAD_SHIFT) & 0x1FF) - 1;
    }

    static int argument(long payload) {
        return (int) (payload >>> ARGUMENT_SHIFT);
    }

    static long message(long payload) {
        return payload >>> ARGUMENT_SHIFT & 0xFFFF | (payload >>> DESTINATION_SHIFT & 0xFFFF_FFFFL) << 32;
    }
}
