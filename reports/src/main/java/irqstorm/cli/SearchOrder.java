// SPDX-License-Identifier: Apache-2.0
package irqstorm.cli;

import irqstorm.explore.Search;

/** What {@code --search} takes; in lower case because that is what users write. */
enum SearchOrder {
    /** The nearest states first. */
    breadth(Search.BREADTH_FIRST),
    /** As far as possible first. */
    depth(Search.DEPTH_FIRST),
    /** Random walks. */
    random(Search.RANDOM);

    private final Search search;

    SearchOrder(Search search) {
        this.search = search;
    }

    Search search() {
        return search;
    }
}
