// SPDX-License-Identifier: Apache-2.0
package irqstorm.explore;

/** A way to go through a space of states. */
interface Strategy {
    /** Visits states until there are no more, in which case it is true, or something is wrong, or a bound is reached. */
    boolean run();

    /** How many events the longest way had that was tried. */
    int depth();
}
