// SPDX-License-Identifier: Apache-2.0
package irqstorm.nested;

import irqstorm.apic.VectorSet;
import irqstorm.state.StateStore;

/** A posted-interrupt descriptor: 256 requests (PIR) and the outstanding-notification bit (SDM volume 3, section 30.6). */
public final class PostedInterruptDescriptor {
    private final VectorSet requests;
    private final StateStore store;
    private final int outstanding;

    /** Nothing is posted. */
    public PostedInterruptDescriptor(StateStore store) {
        this.requests = new VectorSet(store);
        this.store = store;
        this.outstanding = store.reserve(1);
    }

    /** Posts {@code vector}; the poster sets ON and sends the notification. */
    public void post(int vector) {
        requests.add(vector);
    }

    /** The vectors that are posted. */
    public VectorSet requests() {
        return requests;
    }

    /** The ON bit: a notification has been sent and not been processed. */
    public boolean isOutstanding() {
        return store.get(outstanding) != 0;
    }

    /** Sets or clears ON. */
    public void setOutstanding(boolean on) {
        store.set(outstanding, on ? 1 : 0);
    }

    /** Posted-interrupt processing: the notification arrived, and every posted vector requests service of {@code delivery}. */
    public void process(VirtualInterruptDelivery delivery) {
        setOutstanding(false);
        for (int vector = requests.highest(); vector != VectorSet.NONE; vector = requests.highest()) {
            requests.remove(vector);
            delivery.request(vector);
        }
    }
}
