// SPDX-License-Identifier: Apache-2.0
package irqstorm.nested;

import irqstorm.apic.LapicRegister;
import irqstorm.apic.VectorSet;
import irqstorm.state.StateStore;

/**
 * Virtual-interrupt delivery: requesting and servicing virtual interrupt (RVI and SVI), their evaluation and delivery, and the
 * virtualisation of task priority, EOI and self IPI (SDM volume 3, sections 30.1.2 to 30.2).
 */
public final class VirtualInterruptDelivery {
    private static final int RVI = 0;
    private static final int SVI = 1;
    private static final int WORDS = 2;

    private final VirtualApicPage page;
    private final VectorSet eoiExitBitmap;
    private final StateStore store;
    private final int base;

    /** Nothing requested, nothing in service, no EOI exits. */
    public VirtualInterruptDelivery(StateStore store, VirtualApicPage page) {
        this.page = page;
        this.eoiExitBitmap = new VectorSet(store);
        this.store = store;
        this.base = store.reserve(WORDS);
    }

    /** L2's registers. */
    public VirtualApicPage page() {
        return page;
    }

    /** The vectors whose EOI exits. */
    public VectorSet eoiExitBitmap() {
        return eoiExitBitmap;
    }

    /** The requesting virtual interrupt: bits 7:0 of the guest interrupt status. */
    public int requesting() {
        return (int) store.get(base + RVI);
    }

    /** The servicing virtual interrupt: bits 15:8 of the guest interrupt status. */
    public int servicing() {
        return (int) store.get(base + SVI);
    }

    /** Puts the guest interrupt status, as L1 does before an entry. */
    public void setStatus(int requesting, int servicing) {
        store.set(base + RVI, requesting);
        store.set(base + SVI, servicing);
        updatePriority();
    }

    /** PPR virtualisation. */
    public void updatePriority() {
        int task = page.taskPriority();
        int serviced = servicing();
        int priority = task >>> 4 >= serviced >>> 4 ? task : serviced & 0xF0;
        page.write(LapicRegister.PPR.offset(), priority);
    }

    /** Whether a virtual interrupt is pending: RVI's class is above VPPR's. */
    public boolean isPending() {
        return requesting() >>> 4 > page.processorPriority() >>> 4;
    }

    /** Delivers the pending virtual interrupt and returns its vector. */
    public int deliver() {
        int vector = requesting();
        page.inService().add(vector);
        store.set(base + SVI, vector);
        page.write(LapicRegister.PPR.offset(), vector & 0xF0);
        page.requested().remove(vector);
        store.set(base + RVI, Math.max(page.requested().highest(), 0));
        return vector;
    }

    /** TPR virtualisation: {@code value}, 0 to 255, is the task priority now. */
    public void writeTaskPriority(int value) {
        page.write(LapicRegister.TPR.offset(), value);
        updatePriority();
    }

    /**
     * EOI virtualisation: ends the virtual interrupt in service.
     *
     * @return the vector if its EOI has to exit, else {@link VectorSet#NONE}
     */
    public int endOfInterrupt() {
        int vector = servicing();
        page.inService().remove(vector);
        store.set(base + SVI, Math.max(page.inService().highest(), 0));
        updatePriority();
        return eoiExitBitmap.contains(vector) ? vector : VectorSet.NONE;
    }

    /** Self-IPI virtualisation, and the arrival of a posted interrupt: {@code vector} requests service. */
    public void request(int vector) {
        page.requested().add(vector);
        store.set(base + RVI, Math.max(requesting(), vector));
    }
}
