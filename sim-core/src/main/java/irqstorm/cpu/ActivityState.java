// SPDX-License-Identifier: Apache-2.0
package irqstorm.cpu;

/** What a processor is doing (SDM volume 3, section 25.4.2). */
public enum ActivityState {
    /** It executes instructions. */
    ACTIVE,
    /** HLT: it waits for an event. */
    HALTED,
    /** After an INIT: only a start-up message wakes it. */
    WAIT_FOR_SIPI
}
