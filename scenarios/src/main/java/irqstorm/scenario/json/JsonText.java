// SPDX-License-Identifier: Apache-2.0
package irqstorm.scenario.json;

import tools.jackson.core.PrettyPrinter;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.core.util.Separators.Spacing;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Writes JSON for people: indented, with line feeds on every system. */
final class JsonText {
    private static final DefaultIndenter INDENTER = new DefaultIndenter("  ", "\n");
    private static final JsonMapper MAPPER = new JsonMapper();

    private JsonText() {}

    /** {@code node} as a text that ends with a line feed. */
    static String of(JsonNode node) {
        DefaultPrettyPrinter printer = new DefaultPrettyPrinter(
                        PrettyPrinter.DEFAULT_SEPARATORS.withObjectNameValueSpacing(Spacing.AFTER))
                .withObjectIndenter(INDENTER)
                .withArrayIndenter(INDENTER);
        return MAPPER.writer().with(printer).writeValueAsString(node) + "\n";
    }
}
