// SPDX-License-Identifier: Apache-2.0
package irqstorm.scenario;

import irqstorm.profile.ProfileRecord;

/**
 * A bundled profile as a scenario uses it.
 *
 * @param profile the profile as it is bundled
 * @param asBundled whether the scenario changes no field of its I/O APIC
 */
public record ProfileUse(ProfileRecord profile, boolean asBundled) {}
