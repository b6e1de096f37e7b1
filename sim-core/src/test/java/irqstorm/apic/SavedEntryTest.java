// SPDX-License-Identifier: Apache-2.0
package irqstorm.apic;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Read-only bits of an entry that only a saved state can bring. */
class SavedEntryTest {
    private static final int PIN = 5;
    private static final long ENTRY = 0x0000_0000_0000_8051L;

    private final WiredIoApic wired = new WiredIoApic(Profiles.kvmInKernel());
    private final IoApic chip = wired.chip();

    private void restore(long entry) {
        chip.restore(chip.save().withEntry(PIN, entry));
    }

    @Test
    void onlyThatEntryChanges() {
        chip.setLine(7, true);
        long other = chip.entry(7);
        restore(ENTRY | RedirectionEntry.REMOTE_IRR);
        assertThat(chip.entry(PIN)).isEqualTo(ENTRY | RedirectionEntry.REMOTE_IRR);
        assertThat(chip.entry(7)).isEqualTo(other);
        assertThat(chip.isLineHigh(7)).isTrue();
    }

    @Test
    void aRestoredDeliveryStatusCannotBeWritten() {
        restore(ENTRY | RedirectionEntry.DELIVERY_STATUS);
        wired.window().writeEntry(PIN, ENTRY);
        assertThat(chip.entry(PIN)).isEqualTo(ENTRY | RedirectionEntry.DELIVERY_STATUS);
        wired.window().writeEntry(PIN + 1, ENTRY | RedirectionEntry.DELIVERY_STATUS);
        assertThat(chip.entry(PIN + 1)).isEqualTo(ENTRY);
    }

    @Test
    void aRestoredRemoteIrrHoldsThePinBack() {
        restore(ENTRY | RedirectionEntry.REMOTE_IRR);
        chip.setLine(PIN, true);
        assertThat(chip.entry(PIN)).isEqualTo(ENTRY | RedirectionEntry.REMOTE_IRR);
        chip.setLine(PIN, false);
        chip.broadcastEoi(0x51, true);
        assertThat(chip.entry(PIN)).isEqualTo(ENTRY);
    }
}
