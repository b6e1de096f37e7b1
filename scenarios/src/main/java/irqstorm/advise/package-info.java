// SPDX-License-Identifier: Apache-2.0
/**
 * Which KVM_CAP_X2APIC_API flag is right for a VMM: every guest of a bundled scenario is run on the VMM's profile, in each irqchip mode
 * in which it is found, with each flag, and the advice follows from what came of it.
 *
 * <p>Nothing here knows a profile by its name, and no verdict is written down: a profile that is changed gets other advice. A table of
 * known-good flags was rejected, because it could not be asked about a VMM that is not in it, or about one that was mended.
 */
@NullMarked
package irqstorm.advise;

import org.jspecify.annotations.NullMarked;
