// SPDX-License-Identifier: Apache-2.0
package irqstorm.profile;

import static irqstorm.profile.MicroRig.A;
import static irqstorm.profile.MicroRig.B;

import irqstorm.apic.IoApicProfile;
import irqstorm.apic.IoApicProfile.OnEoiAsserted;
import irqstorm.apic.RedirectionEntry;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Ten small sequences on an I/O APIC alone, after which two models that behave alike have said the same ({@link MicroRig}). Every axis
 * of {@link IoApicProfile} but the number of pins shows in at least one.
 */
public enum MicroScenario {
    /** Level EOIs with the line high and low; the polarity bit; an event source; a message that is refused. */
    LEVEL_EOI("level EOI"),
    /** Ten thousand EOIs and one more; another pin's rise; an entry rewritten on the way. */
    MANY_EOIS("10 001 EOIs"),
    /** Trigger mode switched to edge and back, idle, in service and with an event source. */
    EDGE_SWITCH("edge to level"),
    /** Masked and unmasked in service; unmasked with another vector; written back with Remote IRR clear. */
    MASK_IN_SERVICE("mask in service"),
    /** Two pins with one vector: one edge and one level; both level. */
    SHARED_VECTOR("two pins, one vector"),
    /** The version; the EOI register, four bytes and one, line low and high. */
    EOI_REGISTER("EOI register"),
    /** Edges on a masked pin, falling or staying; a rise on a pin never programmed. */
    MASKED_EDGE("masked edge"),
    /** Asserted again in service; levels on a masked pin; calls that repeat or do not match. */
    RE_ASSERT("re-assert"),
    /** Saved and restored with the line high, low, and while throttled. */
    SAVE_RESTORE("save and restore"),
    /** The VM destroyed while the throttle timer runs. */
    DESTROY("destroy, timer armed");

    /** The vector of pin A. */
    static final int VECTOR = 0xA1;

    private static final int OTHER_VECTOR = 0x51;
    private static final int NEW_VECTOR = 0xA2;
    private static final int THROTTLE_LIMIT = 10_000;
    private static final long MASKED_LEVEL = RedirectionEntry.LEVEL | RedirectionEntry.MASKED;

    private final String title;

    MicroScenario(String title) {
        this.title = title;
    }

    /** What it is about, in a few words. */
    public String title() {
        return title;
    }

    /** What an I/O APIC of that profile does: tokens, by sequence separated by {@code |}. */
    public String outcome(IoApicProfile profile) {
        return switch (this) {
            case LEVEL_EOI -> levelEoi(profile);
            case MANY_EOIS -> manyEois(profile);
            case EDGE_SWITCH -> edgeSwitch(profile);
            case MASK_IN_SERVICE -> maskInService(profile);
            case SHARED_VECTOR -> sharedVector(profile);
            case EOI_REGISTER -> eoiRegister(profile);
            case MASKED_EDGE -> maskedEdge(profile);
            case RE_ASSERT -> reAssert(profile);
            case SAVE_RESTORE -> saveRestore(profile);
            case DESTROY -> destroy(profile);
        };
    }

    private static String texts(MicroRig... rigs) {
        return List.of(rigs).stream().map(MicroRig::text).collect(Collectors.joining(" | "));
    }

    private static MicroRig level(IoApicProfile profile) {
        return new MicroRig(profile).program(A, VECTOR, true);
    }

    private static String levelEoi(IoApicProfile p) {
        MicroRig high = level(p).raise(A).eoi().eoi().lower(A).eoi();
        MicroRig activeLow = new MicroRig(p)
                .program(A, VECTOR, RedirectionEntry.LEVEL | RedirectionEntry.ACTIVE_LOW)
                .raise(A)
                .lower(A);
        MicroRig event = level(p).eventSource(A, true)
                .event(A)
                .eoi()
                .eventSource(A, false)
                .eoi();
        MicroRig refused = level(p).accepting(false).raise(A).accepting(true).eoi();
        return texts(high, activeLow, event, refused);
    }

    private static String manyEois(IoApicProfile p) {
        MicroRig rewritten = level(p).raiseQuietly(A);
        rewritten.step(() -> {
            rewritten.eois(THROTTLE_LIMIT - 1);
            rewritten.writeLow(A, rewritten.low(A));
            rewritten.eois(1);
        });
        return texts(storm(p, THROTTLE_LIMIT).raise(B).expire(), storm(p, THROTTLE_LIMIT + 1), rewritten);
    }

    private static MicroRig storm(IoApicProfile p, int eois) {
        MicroRig rig = new MicroRig(p, A, B)
                .program(A, VECTOR, true)
                .program(B, OTHER_VECTOR, true)
                .raiseQuietly(A);
        return rig.step(() -> rig.eois(eois));
    }

    private static String edgeSwitch(IoApicProfile p) {
        MicroRig idle =
                level(p).raise(A).lower(A).makeEdge(A).makeLevel(A).raise(A).eoi();
        MicroRig inService = level(p).raise(A).makeEdge(A).eoi().makeLevel(A);
        MicroRig event = level(p).eventSource(A, true).event(A).makeEdge(A).makeLevel(A);
        return texts(idle, inService, event);
    }

    private static String maskInService(IoApicProfile p) {
        MicroRig masked = level(p).raise(A).mask(A).unmask(A).eoi();
        MicroRig rerouted = new MicroRig(p).program(A, VECTOR, MASKED_LEVEL).raise(A);
        rerouted.step(() -> rerouted.writeLow(A, NEW_VECTOR | RedirectionEntry.LEVEL), NEW_VECTOR);
        MicroRig writtenBack = level(p).raise(A).rewrite(A, entry -> entry & ~RedirectionEntry.REMOTE_IRR);
        return texts(masked, rerouted, writtenBack);
    }

    private static String sharedVector(IoApicProfile p) {
        MicroRig mixed = new MicroRig(p, B, A)
                .program(B, VECTOR, false)
                .program(A, VECTOR, true)
                .raise(A)
                .raise(B)
                .lower(B)
                .eoi(false)
                .eoi();
        MicroRig levels = new MicroRig(p, B, A)
                .program(B, VECTOR, true)
                .program(A, VECTOR, true)
                .raise(B)
                .raise(A)
                .lower(B)
                .eoi()
                .lower(A)
                .eoi();
        return texts(mixed, levels);
    }

    private static String eoiRegister(IoApicProfile p) {
        MicroRig dword = level(p).raise(A).lower(A).eoiRegister(Integer.BYTES);
        MicroRig singleByte = level(p).raise(A).lower(A).eoiRegister(Byte.BYTES);
        MicroRig high = level(p).raise(A).eoiRegister(Integer.BYTES);
        return String.format("0x%02x | ", p.version()) + texts(dword, singleByte, high);
    }

    private static String maskedEdge(IoApicProfile p) {
        MicroRig pulse = new MicroRig(p)
                .program(A, OTHER_VECTOR, RedirectionEntry.MASKED)
                .raise(A)
                .lower(A)
                .unmask(A);
        MicroRig held = new MicroRig(p)
                .program(A, OTHER_VECTOR, RedirectionEntry.MASKED)
                .raise(A)
                .unmask(A)
                .raise(A)
                .rewrite(A, entry -> entry)
                .lower(A)
                .raise(A);
        return texts(pulse, held, new MicroRig(p).raise(A));
    }

    private static String reAssert(IoApicProfile p) {
        MicroRig inService = level(p).raise(A).lower(A).raise(A).eoi();
        MicroRig pulse = new MicroRig(p)
                .program(A, VECTOR, MASKED_LEVEL)
                .raise(A)
                .lower(A)
                .unmask(A);
        MicroRig repeated = new MicroRig(p)
                .program(A, VECTOR, MASKED_LEVEL)
                .raise(A)
                .unmask(A)
                .raise(A);
        MicroRig twice = level(p).raise(A).raise(A).lower(A).eoi();
        return texts(inService, pulse, repeated, twice, level(p).lower(A).raise(A));
    }

    private static String saveRestore(IoApicProfile p) {
        MicroRig high = level(p).raiseQuietly(A);
        MicroRig highAfter = new MicroRig(p).restore(high.saved());
        highAfter.asserts(A).eoi();
        MicroRig low = level(p).raiseQuietly(A).lowerQuietly(A);
        MicroRig lowAfter = new MicroRig(p).restore(low.saved()).eoi();
        if (!(p.onEoiAsserted() instanceof OnEoiAsserted.Throttled)) {
            return texts(highAfter, lowAfter);
        }
        return texts(highAfter, lowAfter, new MicroRig(p).restore(throttled(p).saved()));
    }

    private static String destroy(IoApicProfile p) {
        if (!(p.onEoiAsserted() instanceof OnEoiAsserted.Throttled throttle)
                || !throttled(p).isThrottleArmed()) {
            return "never armed";
        }
        return throttle.outlivesVm() ? "fires after the VM is gone" : "cancelled";
    }

    private static MicroRig throttled(IoApicProfile p) {
        MicroRig rig = level(p).raiseQuietly(A);
        return rig.quietly(() -> rig.eois(THROTTLE_LIMIT));
    }
}
