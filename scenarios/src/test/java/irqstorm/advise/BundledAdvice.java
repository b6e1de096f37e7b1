// SPDX-License-Identifier: Apache-2.0
package irqstorm.advise;

import irqstorm.scenario.ProfileLibrary;
import java.util.List;

/** The advice for every bundled profile, worked out once for all tests. */
final class BundledAdvice {
    private static final List<HostAdvice> ALL =
            new Advisor(Runtime.getRuntime().availableProcessors()).advise(ProfileLibrary.all(), irqchip -> true);

    private BundledAdvice() {}

    static List<HostAdvice> all() {
        return ALL;
    }

    static HostAdvice of(String profile, String irqchip) {
        return ALL.stream()
                .filter(host -> host.profile().equals(profile) && host.irqchip().equals(irqchip))
                .findFirst()
                .orElseThrow();
    }

    static AdviceCell cell(HostAdvice host, String guest, SuppressFlag flag) {
        return host.cells().stream()
                .filter(cell -> cell.guest().name().equals(guest) && cell.flag() == flag)
                .findFirst()
                .orElseThrow();
    }
}
