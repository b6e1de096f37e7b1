// SPDX-License-Identifier: Apache-2.0
package irqstorm.cli;

/** What {@code advise --format} takes; in lower case because that is what users write. */
enum AdviceFormat {
    /** For people. */
    text,
    /** A list of JSON objects. */
    json,
    /** GitHub tables. */
    markdown
}
