// SPDX-License-Identifier: Apache-2.0
package irqstorm.report.text;

import irqstorm.advise.AdviceCell;
import irqstorm.advise.HostAdvice;
import irqstorm.advise.Recommendation;
import irqstorm.advise.SuppressFlag;
import irqstorm.report.Figures;
import irqstorm.report.text.TextTable.Cell;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Advice as text: for each profile and irqchip mode what to do, the call, why, and what came of each guest with each flag. */
public final class AdviceText {
    private static final int INDENT = 9;

    private final HostAdvice host;
    private final SuppressFlag chosen;
    private final boolean chosenIsAsked;
    private final Paint paint;
    private final List<String> lines = new ArrayList<>();

    private AdviceText(HostAdvice host, Optional<SuppressFlag> asked, Paint paint) {
        this.host = host;
        this.chosen = asked.orElse(host.today());
        this.chosenIsAsked = asked.isPresent();
        this.paint = paint;
    }

    /**
     * The lines of {@code advice}. If it is about one profile, every verdict is explained.
     *
     * @param asked the flag whose safety is asked about; empty for what each VMM passes today
     */
    public static List<String> lines(List<HostAdvice> advice, Optional<SuppressFlag> asked, Paint paint) {
        boolean explained = advice.stream().map(HostAdvice::profile).distinct().count() == 1;
        List<String> lines = new ArrayList<>();
        for (HostAdvice host : advice) {
            if (!lines.isEmpty()) {
                lines.add("");
            }
            AdviceText text = new AdviceText(host, asked, paint);
            text.recommendation();
            text.table();
            if (explained) {
                text.lines.add("");
                text.lines.addAll(GuestTable.reasons(host.cells(), AdviceCell::reason));
            }
            lines.addAll(text.lines);
        }
        return lines;
    }

    private void recommendation() {
        Recommendation recommendation = host.recommendation();
        lines.add(paint.heading(host.profile() + ", irqchip " + host.irqchip() + ": " + advice(recommendation)));
        lines.addAll(Layout.hanging("  call", call(recommendation), INDENT));
        lines.addAll(Layout.hanging("  why", recommendation.reason(), INDENT));
        lines.addAll(Layout.hanging(
                chosenIsAsked ? "  asked" : "  today",
                (chosen == SuppressFlag.NONE ? "no flag" : chosen.label())
                        + (host.isSafe(chosen)
                                ? ": safe, every guest that boots is right"
                                : ": unsafe, a guest that boots is not right"),
                INDENT));
        lines.add("");
    }

    private static String advice(Recommendation recommendation) {
        SuppressFlag flag = recommendation.flag();
        if (flag == null) {
            return "none is safe";
        }
        String use = flag == SuppressFlag.NONE ? "no flag needed" : "use " + flag.shortLabel();
        return recommendation.safe() ? use : use + ", which is the best there is and unsafe";
    }

    private static String call(Recommendation recommendation) {
        if (recommendation.args0() == 0) {
            return "none";
        }
        return "ioctl(vm_fd, KVM_ENABLE_CAP, {.cap = " + Recommendation.KVM_CAP_X2APIC_API + ", .args[0] = "
                + Figures.hex(recommendation.args0(), 1) + "}) after KVM_CAP_SPLIT_IRQCHIP and before the first"
                + " KVM_CREATE_VCPU: KVM_CAP_X2APIC_API with " + String.join(" | ", recommendation.flags());
    }

    private void table() {
        GuestTable.lines(host.cells(), this::shown, paint).forEach(line -> lines.add("  " + line));
    }

    private Cell shown(AdviceCell cell) {
        return new Cell(verdict(cell), text -> paint.verdict(cell.verdict(), text));
    }

    private static String verdict(AdviceCell cell) {
        Double rate = cell.deliveriesPerSecond();
        return cell.verdict().name() + (rate == null ? "" : " " + Figures.rate(rate) + "/s");
    }
}
