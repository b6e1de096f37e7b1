// SPDX-License-Identifier: Apache-2.0
package irqstorm.report.json;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** Properties that are a number, or null where there is none. */
final class NumberJson {
    private NumberJson() {}

    /** JSON knows neither NaN nor infinity: they are null as well. */
    static void nullable(String name, @Nullable Double value, JsonGenerator json) {
        if (value == null || value.isNaN() || value.isInfinite()) {
            json.writeNullProperty(name);
        } else {
            json.writeNumberProperty(name, value);
        }
    }

    static void nullable(String name, @Nullable Long value, JsonGenerator json) {
        if (value == null) {
            json.writeNullProperty(name);
        } else {
            json.writeNumberProperty(name, value);
        }
    }

    static void nullable(String name, @Nullable Integer value, JsonGenerator json) {
        if (value == null) {
            json.writeNullProperty(name);
        } else {
            json.writeNumberProperty(name, value);
        }
    }
}
