// SPDX-License-Identifier: Apache-2.0
package irqstorm.machine;

/** What the durations of a machine's latencies and steps are. */
enum Durations {
    /** One is drawn each time. */
    DRAWN,
    /** Any: nothing is said of them, and what stands for them is 0. */
    ANY,
    /** Any within the range of their distribution: what stands for them is a {@link DelayRange}. */
    RANGES,
    /** One is drawn each time that what happens is repeated: what stands for it is a {@link TimeTerm}. */
    RECORDED
}
