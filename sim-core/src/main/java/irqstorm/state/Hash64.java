// SPDX-License-Identifier: Apache-2.0
package irqstorm.state;

/**
 * The 64-bit hash behind every fingerprint: order-sensitive, without state of its own, the same on every JDK.
 *
 * <p>A multiply-and-rotate step per word, and the SplitMix64 finaliser (Stafford's variant 13) at the end. It is meant to notice
 * change, not to withstand an adversary.
 */
public final class Hash64 {
    private static final long MULTIPLIER = 0x9E3779B97F4A7C15L;

    private Hash64() {}

    /** The hash that follows {@code hash} when {@code word} is taken in. */
    public static long mix(long hash, long word) {
        return Long.rotateLeft((hash ^ word) * MULTIPLIER, 29) + word;
    }

    /** Spreads the last words over all 64 bits. */
    public static long finish(long hash) {
        long z = hash;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
