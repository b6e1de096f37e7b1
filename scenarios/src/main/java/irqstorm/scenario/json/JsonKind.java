// SPDX-License-Identifier: Apache-2.0
package irqstorm.scenario.json;

/** The kind of a JSON value, for places where more than one is allowed. */
public enum JsonKind {
    /** A JSON object. */
    OBJECT,
    /** A JSON array. */
    ARRAY,
    /** A JSON string. */
    STRING,
    /** A JSON number. */
    NUMBER,
    /** {@code true} or {@code false}. */
    BOOLEAN,
    /** {@code null}. */
    NULL,
    /** Nothing stands there; the problem is already recorded. */
    MISSING
}
