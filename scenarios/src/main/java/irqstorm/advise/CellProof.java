// SPDX-License-Identifier: Apache-2.0
package irqstorm.advise;

import irqstorm.proof.ConfigurationProof;

/**
 * What is proven of one guest with one flag.
 *
 * @param flag the flag
 * @param guest the guest
 * @param proof what was found
 */
public record CellProof(SuppressFlag flag, AdvisedGuest guest, ConfigurationProof proof) implements GuestCell {}
