// SPDX-License-Identifier: Apache-2.0
package irqstorm.performance;

import java.nio.file.Path;

/**
 * The source tree whose figures are measured, after it was built.
 *
 * @param root its directory
 */
record Tree(Path root) {
    /** What users start. */
    String launcher() {
        return root.resolve("irqstorm").toString();
    }

    /** The benchmarks of the core. */
    String benchmarks() {
        return root.resolve("sim-core/target/benchmarks.jar").toString();
    }

    /** The Java that this runs on. */
    static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }
}
