// SPDX-License-Identifier: Apache-2.0
package irqstorm.machine;

/**
 * A time that is known only when a recorded transition is repeated, in one {@code long}, so that it goes where a time goes: through the
 * model while its transition is recorded.
 *
 * <p>A number of nanoseconds below 2<sup>56</sup>, more than two years, is a term. Registers are what the transition has drawn or asked
 * a clock for: bits 60:56 say how many there are, bits 55:36 which, one bit each, and below them is a number that is added to them. So
 * the sum of terms is the term of the sum, as long as none has the same register as another and numbers are plain; where bits and
 * count do not agree it is none. With bit 62 set a term is not for adding: a word of the times as it was before, the present moment, or
 * the handle of something just scheduled.
 */
final class TimeTerm {
    /** So many registers there are. */
    static final int REGISTERS = 20;

    /** No word, no step. */
    static final int NONE = -1;

    /** The present moment. */
    static final long NOW = 1L << 62;

    private static final long WORD = NOW | 1L << 32;
    private static final long HANDLE = NOW | 2L << 32;
    private static final long KIND = -1L << 32;
    private static final int REGISTER_SHIFT = 36;
    private static final int COUNT_SHIFT = REGISTER_SHIFT + REGISTERS;
    private static final int SUM_BITS = 61;

    /** Some dozens of plain numbers add up to less than the lowest register. */
    private static final int PLAIN_BITS = 30;

    private TimeTerm() {}

    /** Whether a number of nanoseconds is small enough to be added to others. */
    static boolean isPlain(long nanos) {
        return nanos >>> PLAIN_BITS == 0;
    }

    /** What is in register {@code number}. */
    static long register(int number) {
        return 1L << COUNT_SHIFT | 1L << REGISTER_SHIFT + number;
    }

    /** What was in word {@code index} of the times. */
    static long word(int index) {
        return WORD | index;
    }

    /** Whether a term is a sum of registers and a number. */
    static boolean isSum(long term) {
        return term >>> SUM_BITS == 0 && Integer.bitCount(registers(term)) == term >>> COUNT_SHIFT;
    }

    /** The registers in a sum, a bit each. */
    static int registers(long sum) {
        return isNumber(sum) ? 0 : (int) (sum >>> REGISTER_SHIFT) & (1 << REGISTERS) - 1;
    }

    /** The number in a sum, nanoseconds. */
    static long nanos(long sum) {
        return isNumber(sum) ? sum : sum & (1L << REGISTER_SHIFT) - 1;
    }

    private static boolean isNumber(long term) {
        return term >>> COUNT_SHIFT == 0;
    }

    /** The handle of what step {@code step} of the transition schedules. */
    static long handle(int step) {
        return HANDLE | step;
    }

    /** The word that a term is, or {@link #NONE}. */
    static int wordOf(long term) {
        return (term & KIND) == WORD ? (int) term : NONE;
    }

    /** The step that schedules what a term is the handle of, or {@link #NONE}. */
    static int stepOf(long term) {
        return (term & KIND) == HANDLE ? (int) term : NONE;
    }
}
