// SPDX-License-Identifier: Apache-2.0
package irqstorm.performance;

import java.io.IOException;
import java.util.List;

/** Measures figures that belong together. */
interface Section {
    /** What they are about. */
    String title();

    /**
     * Measures them.
     *
     * @throws IOException if a program that it needs cannot be started or fails
     */
    List<Figure> measure(Tree tree) throws IOException, InterruptedException;
}
