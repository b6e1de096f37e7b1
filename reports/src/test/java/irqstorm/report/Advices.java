// SPDX-License-Identifier: Apache-2.0
package irqstorm.report;

import irqstorm.advise.AdviceCell;
import irqstorm.advise.AdvisedGuest;
import irqstorm.advise.HostAdvice;
import irqstorm.advise.Recommendation;
import irqstorm.advise.SuppressFlag;
import irqstorm.check.Verdict;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Advice made by hand, with figures that no simulation has to reproduce. */
public final class Advices {
    private static final AdvisedGuest BOOTED = new AdvisedGuest("guest", true, false);
    private static final AdvisedGuest RESUMED = new AdvisedGuest("guest-resumed", false, true);

    private Advices() {}

    /** A VMM that passes no flag today and should pass DISABLE beside another one. */
    public static HostAdvice disable() {
        return new HostAdvice(
                "my_vmm|x",
                "split",
                SuppressFlag.NONE,
                List.of(
                        cell(SuppressFlag.NONE, 1, BOOTED, Verdict.STORM, 49_136.98),
                        cell(SuppressFlag.ENABLE, 5, BOOTED, Verdict.STUCK, null),
                        cell(SuppressFlag.DISABLE, 9, BOOTED, Verdict.OK, null),
                        cell(SuppressFlag.NONE, 1, RESUMED, Verdict.STORM, 49_136.98),
                        cell(SuppressFlag.ENABLE, 5, RESUMED, Verdict.STUCK, null),
                        cell(SuppressFlag.DISABLE, 9, RESUMED, Verdict.STORM, 1234.5)),
                new Recommendation(
                        SuppressFlag.DISABLE,
                        true,
                        9,
                        List.of("KVM_X2APIC_API_USE_32BIT_IDS", "KVM_X2APIC_DISABLE_SUPPRESS_EOI_BROADCAST"),
                        "DISABLE hides LVR bit 24."));
    }

    /** A VMM that nothing helps. */
    public static HostAdvice nothing() {
        return new HostAdvice(
                "hopeless",
                "none",
                SuppressFlag.NONE,
                List.of(
                        cell(SuppressFlag.NONE, 0, BOOTED, Verdict.VMM_STOPPED, null),
                        cell(SuppressFlag.ENABLE, 4, BOOTED, Verdict.REFUSED, null),
                        cell(SuppressFlag.DISABLE, 8, BOOTED, Verdict.VMM_STOPPED, null)),
                new Recommendation(null, false, 0, List.of(), "No flag helps."));
    }

    /** A VMM for which the best flag is not right for every guest. */
    public static HostAdvice leastWrong() {
        return new HostAdvice(
                "unsure",
                "split",
                SuppressFlag.ENABLE,
                List.of(
                        cell(SuppressFlag.NONE, 0, BOOTED, Verdict.STUCK, null),
                        cell(SuppressFlag.ENABLE, 4, BOOTED, Verdict.LOST, null),
                        cell(SuppressFlag.DISABLE, 8, BOOTED, Verdict.STUCK, null)),
                new Recommendation(
                        SuppressFlag.ENABLE,
                        false,
                        4,
                        List.of("KVM_X2APIC_ENABLE_SUPPRESS_EOI_BROADCAST"),
                        "No flag is right."));
    }

    private static AdviceCell cell(
            SuppressFlag flag, long args0, AdvisedGuest guest, Verdict verdict, @Nullable Double rate) {
        String remark = rate == null ? "" : "So often.";
        return new AdviceCell(
                flag, args0, guest, verdict, "It is " + verdict + ".", remark, rate, null, "0123456789abcdef");
    }
}
