// SPDX-License-Identifier: Apache-2.0
/**
 * Runs in the formats of the tools that people already use: kernel trace text, VCD, Chrome trace JSON, Mermaid, CSV, HdrHistogram logs,
 * JUnit XML and Markdown.
 *
 * <p>An export of events is a {@link irqstorm.trace.TraceSink} that writes as the run goes on and keeps only what is open (an asserted
 * line, the last exit of a vCPU), so that a storm of a million deliveries takes no more memory than one of ten. Keeping the events and
 * rendering them afterwards was rejected for that reason. Names and titles come from scenario files and are escaped for each format.
 */
@NullMarked
package irqstorm.export;

import org.jspecify.annotations.NullMarked;
