// SPDX-License-Identifier: Apache-2.0
package irqstorm.report;

import irqstorm.event.Actor;
import irqstorm.event.EventKind;
import irqstorm.run.RunRecord;
import irqstorm.scenario.ScenarioLibrary;
import java.util.List;
import java.util.Optional;

/** Events made by hand, a microsecond apart, each caused by the one before it. */
final class Moments {
    private Moments() {}

    static Report.Moment moment(int number, Actor who, EventKind kind, String lane, String what) {
        return new Report.Moment(number, number * 1000L, number - 1L, who, kind, lane, what);
    }

    static Report.Moment raised(int number) {
        return moment(number, Actor.DEVICE, EventKind.LINE_ASSERTED, "usb", "usb raises GSI 19");
    }

    static Report.Moment delivered(int number) {
        return moment(number, Actor.CHIP, EventKind.IOAPIC_DELIVERED, "pin 19", "pin 19 delivers");
    }

    static Report.Moment held(int number) {
        return moment(number, Actor.CHIP, EventKind.REMOTE_IRR_SET, "pin 19", "Remote IRR becomes 1");
    }

    static Report.Moment suppressed(int number) {
        return moment(number, Actor.L0_KVM, EventKind.EOI_SUPPRESSED, "L0", "EOI is suppressed");
    }

    static Report.Moment broadcast(int number) {
        return moment(number, Actor.L0_KVM, EventKind.EOI_BROADCAST, "L0", "EOI reaches the I/O APIC");
    }

    static Report.Moment released(int number) {
        return moment(number, Actor.CHIP, EventKind.REMOTE_IRR_CLEARED, "pin 19", "Remote IRR becomes 0");
    }

    static Report.Moment lowered(int number) {
        return moment(number, Actor.DEVICE, EventKind.LINE_DEASSERTED, "usb", "usb lowers GSI 19");
    }

    static Report.Section section(RunRecord run, Report.Moment... events) {
        List<Report.Moment> all = List.of(events);
        return new Report.Section(Measured.of(run), Rates.none(), FirstTurn.of(all), all, Optional.empty());
    }

    static Report report(Report.Section... sections) {
        List<Report.Section> all = List.of(sections);
        return new Report(
                ScenarioLibrary.open("plain-level"),
                Measured.report(1, all.stream().map(Report.Section::measured).toList()),
                new Overview(all.stream().map(Report.Section::run).toList()),
                all,
                List.of());
    }
}
