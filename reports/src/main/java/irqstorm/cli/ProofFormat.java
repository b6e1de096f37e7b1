// SPDX-License-Identifier: Apache-2.0
package irqstorm.cli;

/** What {@code --format} of {@code explore} takes; in lower case because that is what users write. */
enum ProofFormat {
    /** For people. */
    text,
    /** One JSON object. */
    json,
    /** For a CI step's summary. */
    markdown,
    /** The counterexample as a sequence diagram. */
    mermaid
}
