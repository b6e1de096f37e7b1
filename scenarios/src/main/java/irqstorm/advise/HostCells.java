// SPDX-License-Identifier: Apache-2.0
package irqstorm.advise;

import irqstorm.check.Verdict;
import irqstorm.kvm.IrqchipMode;
import irqstorm.machine.MachineConfig;
import irqstorm.machine.VmmProfile;
import irqstorm.profile.ProfileEntry;
import irqstorm.proof.Prover;
import irqstorm.run.RunRecord;
import irqstorm.run.ScenarioRunner;
import irqstorm.scenario.Scenario;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

/** The cells of one profile in one irqchip mode, each of which can be run on its own. */
final class HostCells {
    private final ProfileEntry entry;
    private final IrqchipMode irqchip;
    private final Optional<Doubt> doubt;
    private final List<Scenario> guests;

    HostCells(ProfileEntry entry, IrqchipMode irqchip, Guests guests) {
        this.entry = entry;
        this.irqchip = irqchip;
        this.doubt = Doubt.of(entry, irqchip);
        this.guests = guests.on(entry.profile(), irqchip);
    }

    ProfileEntry entry() {
        return entry;
    }

    IrqchipMode irqchip() {
        return irqchip;
    }

    /** args[0] of KVM_CAP_X2APIC_API as the VMM passes it today; 0, for no call, where the irqchip is not split. */
    long todaysArgs0() {
        return irqchip == IrqchipMode.SPLIT ? entry.todaysArgs0() : 0;
    }

    /** A task for each guest and flag: guest by guest, flag by flag. */
    List<Callable<AdviceCell>> tasks() {
        List<Callable<AdviceCell>> tasks = new ArrayList<>();
        for (Scenario guest : guests) {
            for (SuppressFlag flag : SuppressFlag.values()) {
                tasks.add(() -> cell(guest, flag));
            }
        }
        return tasks;
    }

    /** A task for each guest and flag that tries every order of events instead of running one. */
    List<Callable<CellProof>> proofs(Prover prover) {
        List<Callable<CellProof>> tasks = new ArrayList<>();
        for (Scenario guest : guests) {
            for (SuppressFlag flag : SuppressFlag.values()) {
                tasks.add(() -> new CellProof(
                        flag, AdvisedGuest.of(guest), prover.prove(scenario(guest, flag, entry.profile()))));
            }
        }
        return tasks;
    }

    private AdviceCell cell(Scenario guest, SuppressFlag flag) {
        RunRecord run = run(guest, flag, entry.profile());
        Verdict otherwise =
                doubt.map(of -> run(guest, flag, of.otherwise()).verdict()).orElse(null);
        return new AdviceCell(
                flag,
                flag.in(todaysArgs0()),
                AdvisedGuest.of(guest),
                run.verdict(),
                run.reason(),
                new CellRemark(entry, run).text(doubt, otherwise),
                run.verdict() == Verdict.STORM ? run.storm().meanRatePerSecond() : null,
                otherwise,
                run.fingerprint());
    }

    private RunRecord run(Scenario guest, SuppressFlag flag, VmmProfile profile) {
        return ScenarioRunner.run(scenario(guest, flag, profile));
    }

    private Scenario scenario(Scenario guest, SuppressFlag flag, VmmProfile profile) {
        return guest.withMachine(machine(guest.machine(), flag.in(todaysArgs0()), profile));
    }

    /** The guest's machine with the VMM and the flags that are asked about. */
    private MachineConfig machine(MachineConfig guest, long args0, VmmProfile profile) {
        return new MachineConfig(
                irqchip,
                guest.uapi(),
                new MachineConfig.X2ApicApiCall(args0, false),
                guest.apicv(),
                guest.apicMode(),
                guest.guestHasX2Apic(),
                guest.vcpus(),
                profile,
                irqchip == IrqchipMode.KERNEL ? profile.ioApic() : guest.kernelIoApic(),
                guest.pins(),
                guest.devices(),
                guest.guest(),
                guest.latencies(),
                guest.hazards(),
                guest.seed(),
                guest.replication());
    }
}
