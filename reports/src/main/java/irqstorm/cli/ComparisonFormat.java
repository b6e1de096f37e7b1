// SPDX-License-Identifier: Apache-2.0
package irqstorm.cli;

/** What {@code compare --format} takes; in lower case because that is what users write. */
enum ComparisonFormat {
    /** For people. */
    text,
    /** One JSON object. */
    json,
    /** For a CI step's summary or a mail. */
    markdown,
    /** A row for each line of each configuration. */
    csv
}
