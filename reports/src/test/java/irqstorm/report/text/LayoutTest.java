// SPDX-License-Identifier: Apache-2.0
package irqstorm.report.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LayoutTest {
    @Test
    void wordsAreWrappedAndLongOnesCut() {
        assertThat(Layout.wrap("one two  three\nfour", 9)).containsExactly("one two", "three", "four");
        assertThat(Layout.wrap("a 123456789012", 5)).containsExactly("a", "12345", "67890", "12");
        assertThat(Layout.wrap("", 5)).containsExactly("");
    }

    @Test
    void textHangsBesideItsLabel() {
        assertThat(Layout.hanging("key", "word ".repeat(25), 5))
                .containsExactly("key  " + "word ".repeat(18) + "word", "     " + "word ".repeat(5) + "word");
    }

    @Test
    void aLabelThatIsTooLongStandsAbove() {
        assertThat(Layout.hanging("1, 2", "because", 5)).containsExactly("1, 2 because");
        assertThat(Layout.hanging("1, 23", "because", 5)).containsExactly("1, 23", "     because");
    }

    @Test
    void nothingThatTheTerminalWouldObeyGetsThrough() {
        assertThat(Layout.printable("a\u001b[2Jb\u009bc\u202ed\re")).isEqualTo("a?[2Jb?c?d?e");
        assertThat(Layout.printable("µs ünï \u4f60")).isEqualTo("µs ünï \u4f60");
    }
}
