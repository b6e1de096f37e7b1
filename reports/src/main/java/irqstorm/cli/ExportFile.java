// SPDX-License-Identifier: Apache-2.0
package irqstorm.cli;

import irqstorm.export.ExportFormat;

/**
 * A file that the user wants to have.
 *
 * @param name its path
 * @param format what to write into it
 */
record ExportFile(String name, ExportFormat format) {}
