// SPDX-License-Identifier: Apache-2.0
package irqstorm.apic;

/** What a message asks a local APIC to do (RTE and MSI data bits 10:8; 82093AA section 3.2.4, SDM volume 3 section 12.11.2). */
public enum DeliveryMode {
    /** The vector, to every destination. */
    FIXED(0),
    /** The vector, to one of the destinations. */
    LOWEST_PRIORITY(1),
    /** System management interrupt. */
    SMI(2),
    /** Reserved; nothing is delivered. */
    RESERVED_3(3),
    /** Non-maskable interrupt; the vector is ignored. */
    NMI(4),
    /** INIT; the vector is ignored. */
    INIT(5),
    /** Start-up IPI in an ICR; reserved in an RTE. */
    STARTUP(6),
    /** The vector comes from an external 8259A. */
    EXTINT(7);

    private static final DeliveryMode[] BY_CODE = values();

    private final int code;

    DeliveryMode(int code) {
        this.code = code;
    }

    /** The three bits. */
    public int code() {
        return code;
    }

    /** The mode of three bits, 0 to 7. */
    public static DeliveryMode of(int code) {
        return BY_CODE[code];
    }

    /** Whether the message carries a vector into an IRR. */
    public boolean carriesVector() {
        return this == FIXED || this == LOWEST_PRIORITY;
    }
}
