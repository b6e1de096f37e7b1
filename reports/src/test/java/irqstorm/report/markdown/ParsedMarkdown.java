// SPDX-License-Identifier: Apache-2.0
package irqstorm.report.markdown;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.commonmark.ext.gfm.tables.TableBlock;
import org.commonmark.ext.gfm.tables.TableBody;
import org.commonmark.ext.gfm.tables.TableCell;
import org.commonmark.ext.gfm.tables.TableHead;
import org.commonmark.ext.gfm.tables.TableRow;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.BulletList;
import org.commonmark.node.Code;
import org.commonmark.node.Document;
import org.commonmark.node.Heading;
import org.commonmark.node.ListItem;
import org.commonmark.node.Node;
import org.commonmark.node.Paragraph;
import org.commonmark.node.StrongEmphasis;
import org.commonmark.node.Text;
import org.commonmark.parser.Parser;

/** Markdown as a reader of CommonMark with GitHub's tables understands it. */
final class ParsedMarkdown {
    private static final Parser PARSER =
            Parser.builder().extensions(List.of(TablesExtension.create())).build();

    /** What irqstorm means by its own markup. Anything else came out of a text. */
    private static final Set<Class<? extends Node>> MEANT = Set.of(
            Document.class,
            Heading.class,
            Paragraph.class,
            Text.class,
            Code.class,
            StrongEmphasis.class,
            BulletList.class,
            ListItem.class,
            TableBlock.class,
            TableHead.class,
            TableBody.class,
            TableRow.class,
            TableCell.class);

    private final Node document;

    ParsedMarkdown(List<String> lines) {
        document = PARSER.parse(String.join("\n", lines) + "\n");
    }

    /** Fails if there is a link, an image, HTML, a rule, a quotation or anything else that irqstorm never writes. */
    void hasOnlyWhatIsMeant() {
        assertThat(all(document, Node.class))
                .allSatisfy(node -> assertThat(MEANT).contains(node.getClass()));
    }

    /** The texts of the headings. */
    List<String> headings() {
        return texts(all(document, Heading.class));
    }

    /** The texts of the items of every list. */
    List<String> items() {
        return texts(all(document, ListItem.class));
    }

    /** The texts that are strong. */
    List<String> strong() {
        return texts(all(document, StrongEmphasis.class));
    }

    /** The tables, each with its rows, the head first, each with the texts of its cells. */
    List<List<List<String>>> tables() {
        return all(document, TableBlock.class).stream()
                .map(table -> all(table, TableRow.class).stream()
                        .map(row -> texts(all(row, TableCell.class)))
                        .toList())
                .toList();
    }

    private static List<String> texts(List<? extends Node> nodes) {
        return nodes.stream().map(ParsedMarkdown::text).toList();
    }

    private static String text(Node node) {
        return all(node, Node.class).stream()
                .map(part -> part instanceof Text text
                        ? text.getLiteral()
                        : part instanceof Code code ? code.getLiteral() : "")
                .collect(Collectors.joining());
    }

    private static <T extends Node> List<T> all(Node parent, Class<T> kind) {
        List<T> found = new ArrayList<>();
        for (Node child = parent.getFirstChild(); child != null; child = child.getNext()) {
            if (kind.isInstance(child)) {
                found.add(kind.cast(child));
            }
            found.addAll(all(child, kind));
        }
        return found;
    }
}
