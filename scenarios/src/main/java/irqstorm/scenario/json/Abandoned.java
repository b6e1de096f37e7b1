// SPDX-License-Identifier: Apache-2.0
package irqstorm.scenario.json;

/**
 * No value can be made of an object whose problems are already recorded. Thrown up to the nearest place that can do
 * without the value: the list it is an element of, or the whole document.
 */
final class Abandoned extends RuntimeException {

    private static final long serialVersionUID = 1L;

    Abandoned() {
        super("", null, false, false);
    }
}
