// SPDX-License-Identifier: Apache-2.0
package irqstorm.random;

/**
 * Streams of random bits that are functions of a key and an index.
 *
 * <p>The generator is SplitMix64 (Steele, Lea and Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014):
 * a Weyl sequence with the golden ratio as its increment, each term passed through David Stafford's "Mix13" variant of
 * the MurmurHash3 finaliser. Draw {@code i} of key {@code k} is thus the {@code i}-th {@code nextLong()} of
 * {@code new java.util.SplittableRandom(k)}. All streams are parts of one sequence of period 2<sup>64</sup>; with hashed
 * keys the chance that any two of 1000 streams of 2<sup>32</sup> draws overlap is below 10<sup>-3</sup>.
 */
public final class RandomStreams {

    /** 2<sup>64</sup> divided by the golden ratio, rounded to odd. */
    private static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L;

    /** The 64-bit prime of the FNV hash (Fowler, Noll, Vo). */
    private static final long FNV_PRIME = 0x100000001b3L;

    private RandomStreams() {}

    /**
     * A draw of a stream.
     *
     * @param streamKey the stream, see {@link #key}
     * @param index which draw, from 0
     * @return 64 uniformly distributed bits
     */
    public static long bits(long streamKey, long index) {
        return mix(streamKey + (index + 1) * GOLDEN_GAMMA);
    }

    /**
     * The key of a source's stream: seed and replication, mixed one after the other, start an FNV-1a hash over the
     * UTF-16 units of the name, which is mixed once more.
     *
     * @param seed the seed of the experiment
     * @param replication which repetition of the experiment, from 0
     * @param source the source's name, for example {@code "eoi-exit"}; two sources that must be independent need two
     *     names
     */
    public static long key(long seed, long replication, String source) {
        long hash = mix(mix(seed + GOLDEN_GAMMA) + (replication + 1) * GOLDEN_GAMMA);
        for (int i = 0; i < source.length(); i++) {
            hash = (hash ^ source.charAt(i)) * FNV_PRIME;
        }
        return mix(hash + GOLDEN_GAMMA);
    }

    private static long mix(long z) {
        long first = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        long second = (first ^ (first >>> 27)) * 0x94d049bb133111ebL;
        return second ^ (second >>> 31);
    }
}
