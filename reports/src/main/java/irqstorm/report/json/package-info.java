// SPDX-License-Identifier: Apache-2.0
/**
 * Runs and comparisons as JSON for other programs: one object, its members always in the same order, numbers in full.
 *
 * <p>Names of members are a contract; new ones may be added, none is renamed. The object is written member by member, so that the
 * contract can be read in one place. Binding the records to JSON by reflection was rejected: renaming a record's component would then
 * silently rename what other programs read.
 */
@NullMarked
package irqstorm.report.json;

import org.jspecify.annotations.NullMarked;
