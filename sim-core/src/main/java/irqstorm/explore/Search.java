// SPDX-License-Identifier: Apache-2.0
package irqstorm.explore;

/** In which order states are visited. */
public enum Search {
    /** The nearest ones first: what is found has a shortest path. */
    BREADTH_FIRST,
    /** As far as possible first: in less time and memory, but what is found may be far away. */
    DEPTH_FIRST,
    /**
     * Random walks by probabilistic concurrency testing, for what is too big to be visited as a whole: lanes have random priorities that
     * change a few times on the way (Burckhardt et al., ASPLOS 2010). They never prove that anything holds.
     */
    RANDOM
}
