// SPDX-License-Identifier: Apache-2.0
package irqstorm.kvm;

/** What an ioctl can fail with. */
public enum Errno {
    /** Invalid argument. */
    EINVAL,
    /** Device or resource busy. */
    EBUSY,
    /** No such device or address. */
    ENXIO
}
