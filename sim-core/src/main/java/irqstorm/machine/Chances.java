// SPDX-License-Identifier: Apache-2.0
package irqstorm.machine;

/** What is left to chance besides durations. */
interface Chances {
    /** Whether something happens that has a probability of {@code perBillion} in 10<sup>9</sup>, at least 1. */
    boolean happens(int perBillion);

    /** A number that is no vector: not from 0 to 255. */
    int noVector();
}
