// SPDX-License-Identifier: Apache-2.0
package irqstorm.profile;

import java.util.List;

/**
 * Where a behaviour was read.
 *
 * @param project the software
 * @param file the file in it
 * @param revision the commit or version that was read
 * @param date when it was current, as far as known
 * @param references commits, issues and mails
 * @param notes remarks, among them what the model leaves out
 */
public record Provenance(
        String project, String file, String revision, String date, List<String> references, List<String> notes) {
    /** Keeps its own copies. */
    public Provenance {
        references = List.copyOf(references);
        notes = List.copyOf(notes);
    }
}
