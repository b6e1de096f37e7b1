// SPDX-License-Identifier: Apache-2.0
package irqstorm.advise;

/** Something that is known of one guest with one flag. */
public interface GuestCell {
    /** The guest. */
    AdvisedGuest guest();

    /** The flag. */
    SuppressFlag flag();
}
