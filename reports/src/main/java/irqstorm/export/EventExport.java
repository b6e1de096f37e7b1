// SPDX-License-Identifier: Apache-2.0
package irqstorm.export;

import irqstorm.run.RunRecord;
import irqstorm.trace.TraceSink;

/** A file about the events of one run, written as they happen. */
public interface EventExport extends TraceSink {
    /** Writes what is left when the run is over, and flushes. */
    void finish(RunRecord run);
}
