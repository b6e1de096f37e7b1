// SPDX-License-Identifier: Apache-2.0
package irqstorm.profile;

import irqstorm.apic.IoApicProfile;
import java.util.Arrays;
import java.util.List;

/**
 * What an I/O APIC does in the ten micro-scenarios: two profiles with equal fingerprints behave alike.
 *
 * @param outcomes by {@link MicroScenario}, in its order
 */
public record BehaviourFingerprint(List<String> outcomes) {
    private static final long FNV_BASIS = 0xcbf2_9ce4_8422_2325L;
    private static final long FNV_PRIME = 0x100_0000_01b3L;

    /** Keeps its own copy. */
    public BehaviourFingerprint {
        outcomes = List.copyOf(outcomes);
    }

    /** The fingerprint of {@code profile}. */
    public static BehaviourFingerprint of(IoApicProfile profile) {
        return new BehaviourFingerprint(Arrays.stream(MicroScenario.values())
                .map(scenario -> scenario.outcome(profile))
                .toList());
    }

    /** What came of {@code scenario}. */
    public String outcome(MicroScenario scenario) {
        return outcomes.get(scenario.ordinal());
    }

    /** The fingerprint as eight hexadecimal digits (FNV-1a over the outcomes, folded). */
    public String digest() {
        long hash = FNV_BASIS;
        for (char c : String.join("\n", outcomes).toCharArray()) {
            hash = (hash ^ c) * FNV_PRIME;
        }
        return String.format("%08x", (int) (hash ^ hash >>> 32));
    }
}
