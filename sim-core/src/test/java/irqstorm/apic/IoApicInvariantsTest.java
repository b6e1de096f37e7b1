// SPDX-License-Identifier: Apache-2.0
package irqstorm.apic;

import irqstorm.apic.IoApicProfile.Broadcast;
import irqstorm.apic.IoApicProfile.Edge;
import irqstorm.apic.IoApicProfile.EoiMatch;
import irqstorm.apic.IoApicProfile.LineModel;
import irqstorm.apic.IoApicProfile.MaskedEdge;
import irqstorm.apic.IoApicProfile.MaskedLevel;
import irqstorm.apic.IoApicProfile.OnEoiAsserted;
import irqstorm.apic.IoApicProfile.Polarity;
import irqstorm.apic.IoApicProfile.RemoteIrrGates;
import irqstorm.apic.IoApicProfile.RemoteIrrSet;
import irqstorm.apic.IoApicProfile.RteWrite;
import irqstorm.apic.IoApicProfile.RteWrite.RemoteIrrOnWrite;
import irqstorm.state.StateStore;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever the profile, some things never happen: random profiles, each under a random sequence of everything that can be done. */
class IoApicInvariantsTest {
    private static final int PROFILES = 2_000;
    private static final int OPERATIONS = 50;
    private static final int PINS = 4;
    private static final int LIMIT = 3;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void noProfileBreaksAnInvariant(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < PROFILES; i++) {
            new Observed(anyProfile(random)).disturb(random);
        }
    }

    private static IoApicProfile anyProfile(SplittableRandom random) {
        OnEoiAsserted[] reactions = {
            new OnEoiAsserted.None(),
            new OnEoiAsserted.Immediate(),
            new OnEoiAsserted.ImmediateAnyTrigger(),
            new OnEoiAsserted.Throttled(LIMIT, 1, random.nextBoolean(), false),
            new OnEoiAsserted.Resample(1),
            new OnEoiAsserted.NextService()
        };
        Broadcast[] broadcasts = {Broadcast.NONE, Broadcast.HONOURED};
        return Profiles.withPins(
                Profiles.with(
                        Profiles.qemu20(),
                        new EoiMatch(
                                random.nextBoolean(),
                                random.nextBoolean(),
                                random.nextBoolean(),
                                any(random, EoiMatch.Scope.values())),
                        any(random, broadcasts),
                        any(random, reactions),
                        any(random, RemoteIrrSet.values()),
                        any(random, RemoteIrrGates.values()),
                        new RteWrite(
                                any(random, RemoteIrrOnWrite.values()),
                                random.nextBoolean(),
                                any(random, RteWrite.ReEvaluate.values()),
                                false),
                        any(random, IoApicProfile.Service.values()),
                        any(random, IoApicProfile.Level.values()),
                        any(random, MaskedLevel.values()),
                        any(random, MaskedEdge.values()),
                        any(random, Edge.values()),
                        any(random, Polarity.values()),
                        any(random, LineModel.values())),
                PINS);
    }

    private static <T> T any(SplittableRandom random, T[] values) {
        return values[random.nextInt(values.length)];
    }

    /** A chip whose every word to the far side is checked. */
    private static final class Observed implements IoApicOutput {
        private final IoApicProfile profile;
        private final IoApic chip;
        private final boolean[] remoteIrr = new boolean[PINS];
        private final boolean[] inService = new boolean[PINS];
        private Delivery answer = Delivery.ACCEPTED;

        Observed(IoApicProfile profile) {
            this.profile = profile;
            this.chip = new IoApic(new StateStore(), profile, this);
        }

        void disturb(SplittableRandom random) {
            for (int i = 0; i < OPERATIONS; i++) {
                int pin = random.nextInt(PINS);
                switch (random.nextInt(9)) {
                    case 0, 1 -> chip.setLine(pin, true);
                    case 2 -> chip.setLine(pin, false);
                    case 3, 4 -> chip.broadcastEoi(0x41 | 16 * random.nextInt(2), random.nextInt(4) != 0);
                    case 5 -> chip.directedEoi(0x41 | 16 * random.nextInt(2));
                    case 6, 7 -> chip.writeEntry(pin, random.nextInt(5) == 0, anyLowHalf(random));
                    default -> {
                        chip.throttleExpired();
                        answer = any(random, Delivery.values());
                    }
                }
                check();
            }
        }

        private static long anyLowHalf(SplittableRandom random) {
            return 0x41
                    | 16L * random.nextInt(2)
                    | (random.nextInt(3) != 0 ? RedirectionEntry.LEVEL : 0)
                    | (random.nextInt(3) == 0 ? RedirectionEntry.MASKED : 0)
                    | (random.nextInt(3) == 0 ? RedirectionEntry.ACTIVE_LOW : 0)
                    | (random.nextBoolean() ? RedirectionEntry.READ_ONLY : 0);
        }

        private void check() {
            for (int pin = 0; pin < PINS; pin++) {
                require(
                        RedirectionEntry.hasRemoteIrr(chip.entry(pin)) == remoteIrr[pin],
                        "every change of Remote IRR is told");
                require(chip.successiveEois(pin) < LIMIT, "the count stays below the limit");
                require((chip.entry(pin) & RedirectionEntry.DELIVERY_STATUS) == 0, "delivery status reads 0");
            }
        }

        private void require(boolean holds, String invariant) {
            if (!holds) {
                throw new AssertionError(invariant + ": " + profile);
            }
        }

        @Override
        public Delivery deliver(int pin, long message) {
            long entry = chip.entry(pin);
            require(!RedirectionEntry.isMasked(entry), "a masked pin delivers nothing");
            require(message == RedirectionEntry.message(entry), "the message is the entry's");
            if (RedirectionEntry.isLevel(entry)) {
                require(
                        profile.line() == LineModel.EVENTFD
                                || profile.maskedLevel() == MaskedLevel.DEFERRED
                                || isActive(pin, entry),
                        "a level is delivered while it lasts");
                require(
                        profile.remoteIrrGates() != RemoteIrrGates.ALWAYS || !inService[pin],
                        "while Remote IRR gates, there is one delivery between two EOIs");
                inService[pin] = remoteIrr[pin];
            }
            return answer;
        }

        private boolean isActive(int pin, long entry) {
            boolean activeLow = profile.polarity() == Polarity.HONOURED && (entry & RedirectionEntry.ACTIVE_LOW) != 0;
            return chip.isLineHigh(pin) != activeLow;
        }

        @Override
        public void remoteIrrChanged(int pin, int vector, boolean set) {
            require(remoteIrr[pin] != set, "Remote IRR changes only to what it was not");
            require(
                    set == RedirectionEntry.hasRemoteIrr(chip.entry(pin)),
                    "what is told of Remote IRR is what the entry has");
            boolean writable = profile.rteWrite().remoteIrr() == RemoteIrrOnWrite.GUEST_WRITABLE;
            require(!set || writable || profile.remoteIrrSet() != RemoteIrrSet.NEVER, "never is never");
            remoteIrr[pin] = set;
            inService[pin] = set && profile.remoteIrrSet() != RemoteIrrSet.BEFORE_DELIVERY;
        }

        @Override
        public void heldBack(int pin, int vector, HeldBack reason) {
            boolean masked = RedirectionEntry.isMasked(chip.entry(pin));
            switch (reason) {
                case MASKED -> require(masked, "only a mask holds back as masked");
                case REMOTE_IRR ->
                    require(
                            profile.remoteIrrGates() != RemoteIrrGates.NEVER && remoteIrr[pin],
                            "only a gating Remote IRR holds back as such");
                case EDGE_LOST ->
                    require(
                            !RedirectionEntry.isLevel(chip.entry(pin)) && (masked || answer == Delivery.REFUSED),
                            "only an edge that a mask or a refusal meets is lost");
                case UNSUPPORTED -> require(false, "levels are supported");
            }
        }

        @Override
        public void acknowledged(int pin) {
            require(
                    profile.eventSources().told() != IoApicProfile.EventSources.Told.NONE,
                    "only who waits for an acknowledgement gets one");
        }

        @Override
        public void resample(int pin, long latencyNanos) {
            require(profile.onEoiAsserted() instanceof OnEoiAsserted.Resample, "only a resampled line is resampled");
            require(!chip.isLineHigh(pin), "a resampled line was forced low");
        }

        @Override
        public void throttle(int pin, int vector, long delayNanos) {
            require(profile.onEoiAsserted() instanceof OnEoiAsserted.Throttled, "only a throttle pauses");
            require(!remoteIrr[pin], "a pin that pauses is not in service");
        }

        @Override
        public void entryWritten(int pin, long entry) {
            require(entry == chip.entry(pin), "the entry that is told is the one that is stored");
        }
    }
}
