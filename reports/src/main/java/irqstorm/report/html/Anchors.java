// SPDX-License-Identifier: Apache-2.0
package irqstorm.report.html;

import irqstorm.report.Page;

/**
 * The ids of a scenario's places on a page: as they are where it is the only scenario, so that links to an old page still lead somewhere,
 * and with the scenario's number where there are several.
 *
 * @param prefix what stands before each id
 */
public record Anchors(String prefix) {
    /** Those of the scenario of that place, from 0. */
    public static Anchors of(Page page, int place) {
        return new Anchors(page.hasSeveral() ? "s" + (place + 1) + "-" : "");
    }

    /** The id of {@code place}. */
    public String at(String place) {
        return prefix + place;
    }

    /** The id of {@code place} of the configuration of that number. */
    public String at(String place, int number) {
        return prefix + place + number;
    }
}
