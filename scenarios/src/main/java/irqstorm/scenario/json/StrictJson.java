// SPDX-License-Identifier: Apache-2.0
package irqstorm.scenario.json;

import irqstorm.scenario.ScenarioFormatException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.UnexpectedEndOfInputException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;

/** Parses JSON as RFC 8259 has it and nothing more, refusing repeated keys, within limits. */
final class StrictJson {

    /** How deep objects and arrays may be nested. */
    static final int MAX_DEPTH = 32;

    /** The longest string or key, in UTF-16 units. */
    static final int MAX_STRING_LENGTH = 64 * 1024;

    /** The longest number, in characters. */
    static final int MAX_NUMBER_LENGTH = 40;

    /** How many values, keys and brackets there may be. */
    static final int MAX_TOKENS = 200_000;

    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxStringLength(MAX_STRING_LENGTH)
                    .maxNameLength(MAX_STRING_LENGTH)
                    .maxNumberLength(MAX_NUMBER_LENGTH)
                    .maxTokenCount(MAX_TOKENS)
                    .build())
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .build();

    private StrictJson() {}

    /**
     * Parses a text that holds exactly one JSON value.
     *
     * @throws ScenarioFormatException with the line and column of the first thing wrong
     */
    static JsonNode parse(String source, String text) {
        SyntaxProblem problem = new SyntaxProblem(source, text);
        if (text.isBlank()) {
            throw problem.isBlank();
        }
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), text)) {
            return parse(parser, problem);
        }
    }

    private static JsonNode parse(JsonParser parser, SyntaxProblem problem) {
        try {
            JsonNode root = JsonTree.next(parser);
            if (parser.nextToken() != null) {
                throw problem.stoppedAt(tokenStart(parser));
            }
            return root;
        } catch (StreamConstraintsException e) {
            throw beyondLimit(parser, problem);
        } catch (UnexpectedEndOfInputException e) {
            throw problem.endsTooEarly();
        } catch (JsonTree.RepeatedKey e) {
            throw problem.repeatedKey(e.key(), tokenStart(parser));
        } catch (JacksonException e) {
            throw problem.stoppedAt((int) e.getLocation().getCharOffset());
        } catch (NumberFormatException e) {
            throw problem.beyondLimit(tokenStart(parser), "a number with an enormous exponent", "a smaller number");
        }
    }

    private static ScenarioFormatException beyondLimit(JsonParser parser, SyntaxProblem problem) {
        if (parser.streamReadContext().getNestingDepth() > MAX_DEPTH) {
            return problem.beyondLimit(
                    position(parser) - 1, "one more level of objects and arrays", "at most " + MAX_DEPTH + " levels");
        }
        if (parser.currentTokenCount() > MAX_TOKENS) {
            return problem.beyondLimit(
                    tokenStart(parser),
                    "more than " + MAX_TOKENS + " values, keys and brackets",
                    "at most " + MAX_TOKENS);
        }
        return problem.tooLong(position(parser));
    }

    private static int position(JsonParser parser) {
        return (int) parser.currentLocation().getCharOffset();
    }

    private static int tokenStart(JsonParser parser) {
        return (int) parser.currentTokenLocation().getCharOffset();
    }
}
