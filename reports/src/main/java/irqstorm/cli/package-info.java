// SPDX-License-Identifier: Apache-2.0
/**
 * The command line: it puts scenarios, runs and renderers together, and is the only place that knows standard output and exit codes.
 *
 * <p>Only the command that is asked for is built, and {@code --version} is answered before picocli is loaded, because most of the time
 * of a short command goes into loading classes. Declaring all commands as picocli subcommands of an annotated root was rejected for
 * that reason.
 */
@NullMarked
package irqstorm.cli;

import org.jspecify.annotations.NullMarked;
