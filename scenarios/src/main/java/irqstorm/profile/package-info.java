// SPDX-License-Identifier: Apache-2.0
/**
 * The I/O APICs that ship with irqstorm: what the machine acts on ({@link irqstorm.machine.VmmProfile}) together with who runs it, where
 * it was read and how sure the reading is.
 *
 * <p>The second half is kept out of the machine's profile because no simulation may depend on it; a patched profile of a scenario has
 * none of it, since nobody has read a patch in a source.
 */
@NullMarked
package irqstorm.profile;

import org.jspecify.annotations.NullMarked;
