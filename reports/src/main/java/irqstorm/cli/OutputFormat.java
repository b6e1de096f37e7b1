// SPDX-License-Identifier: Apache-2.0
package irqstorm.cli;

/** What {@code --format} takes; in lower case because that is what users write. */
enum OutputFormat {
    /** For people. */
    text,
    /** One JSON object. */
    json
}
