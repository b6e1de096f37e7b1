// SPDX-License-Identifier: Apache-2.0
/**
 * Strict reading of JSON, and writing of what was changed in it: the only package that sees Jackson.
 *
 * <p>{@link irqstorm.scenario.json.JsonSource} turns bytes into a {@link irqstorm.scenario.json.JsonDocument} under hard
 * limits, {@link irqstorm.scenario.json.JsonCursor} and {@link irqstorm.scenario.json.JsonFields} read it value by value
 * and know the JSON path of each, and {@link irqstorm.scenario.json.MergePatch} applies a configuration to a scenario
 * (RFC 7396). {@link irqstorm.scenario.json.ScenarioReader} and a reader for each part of a scenario make the values of the
 * model from it. A problem does not end the reading: it is collected, reading goes on with a harmless placeholder, and the
 * whole list is thrown at the end. Rejected: data binding to annotated classes, whose errors name Java classes, stop at
 * the first problem and, in Jackson 3, let unknown keys pass unless told otherwise; a JSON Schema validator at run time,
 * whose messages name schema keywords rather than what to write instead.
 */
@NullMarked
package irqstorm.scenario.json;

import org.jspecify.annotations.NullMarked;
