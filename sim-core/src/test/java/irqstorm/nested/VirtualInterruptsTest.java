// SPDX-License-Identifier: Apache-2.0
package irqstorm.nested;

import static org.assertj.core.api.Assertions.assertThat;

import irqstorm.apic.LapicRegister;
import irqstorm.apic.VectorSet;
import irqstorm.state.StateStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** L2's virtual interrupts: requested, delivered, ended, posted. */
class VirtualInterruptsTest {
    private final StateStore store = new StateStore();
    private final VirtualApicPage page = new VirtualApicPage(store);
    private final VirtualInterruptDelivery delivery = new VirtualInterruptDelivery(store, page);

    @ParameterizedTest
    @CsvSource({"0x51,0x00,true", "0x51,0x4F,true", "0x51,0x50,false", "0x51,0xF0,false", "0x0F,0x00,false"})
    void aVectorIsPendingIfItsClassIsAboveThePriority(String vector, String priority, boolean pending) {
        delivery.writeTaskPriority(Integer.decode(priority));
        delivery.request(Integer.decode(vector));
        assertThat(delivery.isPending()).isEqualTo(pending);
        assertThat(delivery.requesting()).isEqualTo(Integer.decode(vector));
    }

    @Test
    void deliveryMovesTheVectorIntoServiceAndTheNextOneRequests() {
        delivery.request(0x51);
        delivery.request(0x31);
        assertThat(delivery.requesting()).isEqualTo(0x51);
        assertThat(delivery.deliver()).isEqualTo(0x51);
        assertThat(delivery.servicing()).isEqualTo(0x51);
        assertThat(page.inService().contains(0x51)).isTrue();
        assertThat(page.requested().contains(0x51)).isFalse();
        assertThat(page.processorPriority()).isEqualTo(0x50);
        assertThat(delivery.requesting()).isEqualTo(0x31);
        assertThat(delivery.isPending()).isFalse();
        delivery.request(0x61);
        assertThat(delivery.isPending()).as("a higher class").isTrue();
    }

    @Test
    void anEoiGoesBackToTheOneBeforeAndExitsByTheBitmap() {
        delivery.eoiExitBitmap().add(0x61);
        delivery.request(0x51);
        delivery.deliver();
        delivery.request(0x61);
        delivery.deliver();
        assertThat(delivery.endOfInterrupt()).isEqualTo(0x61);
        assertThat(delivery.servicing()).isEqualTo(0x51);
        assertThat(page.processorPriority()).isEqualTo(0x50);
        assertThat(page.inService().contains(0x61)).isFalse();
        assertThat(delivery.endOfInterrupt()).isEqualTo(VectorSet.NONE);
        assertThat(delivery.servicing()).isZero();
        assertThat(page.processorPriority()).isZero();
    }

    @Test
    void nothingLeftIsStatusZero() {
        delivery.request(0x51);
        delivery.deliver();
        assertThat(delivery.requesting()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"0x5C,0x40,0x5C", "0x5C,0x5F,0x5C", "0x5C,0x61,0x60", "0,0,0"})
    void thePriorityIsTheHigherOfTaskAndService(String task, String serviced, String priority) {
        page.write(LapicRegister.TPR.offset(), Integer.decode(task));
        delivery.setStatus(0x70, Integer.decode(serviced));
        assertThat(page.processorPriority()).isEqualTo(Integer.decode(priority));
        assertThat(delivery.requesting()).isEqualTo(0x70);
    }

    @Test
    void thePageShowsRequestsAndServiceAsRegisters() {
        page.write(0x210, 0x8000_0001L);
        assertThat(page.requested().contains(32)).isTrue();
        assertThat(page.requested().contains(63)).isTrue();
        assertThat(page.read(0x210)).isEqualTo(0x8000_0001L);
        page.write(0x170, 1);
        assertThat(page.inService().contains(224)).isTrue();
        assertThat(page.read(0x170)).isEqualTo(1);
        page.write(0x180, -1);
        assertThat(page.read(0x180)).as("TMR is memory").isEqualTo(0xFFFF_FFFFL);
        page.write(0x280, 7);
        assertThat(page.read(0x280)).isEqualTo(7);
        assertThat(page.inService().contains(0)).isFalse();
        page.write(0x80, 0x1A5);
        assertThat(page.taskPriority()).isEqualTo(0xA5);
    }

    @Test
    void theNotificationMovesWhatIsPostedAndClearsTheBit() {
        PostedInterruptDescriptor posted = new PostedInterruptDescriptor(store);
        assertThat(posted.isOutstanding()).isFalse();
        posted.post(0x51);
        posted.post(0xF1);
        posted.setOutstanding(true);
        assertThat(posted.isOutstanding()).isTrue();
        posted.process(delivery);
        assertThat(posted.isOutstanding()).isFalse();
        assertThat(posted.requests().isEmpty()).isTrue();
        assertThat(delivery.requesting()).isEqualTo(0xF1);
        assertThat(page.requested().contains(0x51)).isTrue();
    }
}
