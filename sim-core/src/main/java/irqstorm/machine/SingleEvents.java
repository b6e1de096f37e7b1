// SPDX-License-Identifier: Apache-2.0
package irqstorm.machine;

import java.util.Arrays;
import java.util.stream.LongStream;

/**
 * The events of a machine of which no second one is pending at the same time: what a vCPU is busy with, its kick, a device's next
 * cause and its timer, the throttle's timer, and each hazard. Each is a lane by itself. They are numbered from 0 in the order of lanes.
 */
final class SingleEvents {
    private final long[] payloads;

    SingleEvents(MachineConfig config) {
        LongStream.Builder events = LongStream.builder();
        for (int device = 0; device < config.devices().size(); device++) {
            events.add(Payload.of(Payload.DEVICE_ARRIVAL, device));
            events.add(Payload.of(Payload.DEVICE_TIMER, device));
        }
        for (int vcpu = 0; vcpu < config.vcpus(); vcpu++) {
            events.add(Payload.of(Payload.VCPU_ADVANCE, vcpu));
            events.add(Payload.of(Payload.VCPU_KICK, vcpu));
        }
        for (int hazard = 0; hazard < config.hazards().steps().size(); hazard++) {
            events.add(Payload.of(Payload.HAZARD, hazard));
        }
        events.add(Payload.of(Payload.THROTTLE_EXPIRED, 0));
        payloads = events.build().sorted().toArray();
    }

    int count() {
        return payloads.length;
    }

    long payload(int event) {
        return payloads[event];
    }

    /** The number of an event, or a negative one if there may be several like it. */
    int numberOf(long payload) {
        return Arrays.binarySearch(payloads, payload);
    }

    /** The number of the first event after {@code lane}, which is none of theirs. */
    int firstAfter(long lane) {
        return ~Arrays.binarySearch(payloads, lane);
    }
}
