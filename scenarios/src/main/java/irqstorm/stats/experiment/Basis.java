// SPDX-License-Identifier: Apache-2.0
package irqstorm.stats.experiment;

/** What the figures of a configuration rest on. */
public enum Basis {
    /** KVM_ENABLE_CAP failed: nothing ran. */
    REFUSED,
    /** Nothing in the scenario is left to chance: one run says all. */
    DETERMINISTIC,
    /** The scenario has random distributions, but all replications came out the same to the last event. */
    IDENTICAL,
    /** One run of a scenario with random distributions: no interval can be given. */
    SINGLE,
    /** Several replications that differ. */
    REPLICATED
}
