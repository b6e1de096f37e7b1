// SPDX-License-Identifier: Apache-2.0
package irqstorm.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import irqstorm.engine.Priority;
import irqstorm.event.Actor;
import irqstorm.event.EventKind;
import irqstorm.random.DelayTable;
import irqstorm.state.StateStore;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** What does not follow from the state alone is not recorded. */
class TransitionRecorderTest {
    private static final int HANDLE = 0;
    private static final int LANE = 1;
    private static final int SINCE = 2;
    private static final int SUM = 3;
    private static final int WORDS = 4;

    private final StateStore times = new StateStore();
    private final DelayStream stream =
            new DelayStream(DelayTable.uniform(0, 9), 1, Durations.DRAWN, new StateStore(), null);
    private final TransitionRecorder recorder = new TransitionRecorder(times, number -> stream);

    TransitionRecorderTest() {
        times.reserve(WORDS);
        for (int word = 0; word < WORDS; word++) {
            times.set(word, TimeTerm.word(word));
        }
    }

    private static void assertNotRepeatable(String reason, ThrowingCallable step) {
        assertThatThrownBy(step).isInstanceOf(NotRepeatable.class).hasMessageContaining(reason);
    }

    private long schedule(long delay, long cause) {
        return recorder.schedule(delay, Priority.INPUT, 1, cause);
    }

    private void happens(long sequence) {
        recorder.record(sequence, 0, Actor.DEVICE, EventKind.LINE_ASSERTED, 0, 0, 0, sequence - 1);
    }

    @Test
    void chancesTalliesAndTimesToComeDecideNothing() {
        assertNotRepeatable("chance", () -> recorder.happens(1));
        assertNotRepeatable("chance", recorder::noVector);
        assertNotRepeatable("tally", () -> recorder.asked(0));
        assertNotRepeatable("how long", () -> recorder.waitNanos(TimeTerm.word(LANE)));
        assertNotRepeatable("how long", () -> recorder.untilNanos(5));
    }

    @Test
    void aTallyChangesOnce() {
        assertThat(recorder.counts(0, 1)).isFalse();
        recorder.cleared(1);

        assertNotRepeatable("tally", () -> recorder.cleared(0));
        assertNotRepeatable("tally", () -> recorder.counts(0, 9));
        assertNotRepeatable("tally", () -> recorder.counts(1, 9));
        assertThatCode(() -> recorder.counts(2, 9)).doesNotThrowAnyException();
    }

    @Test
    void whatIsScheduledIsBecauseOfTheLastEventOrOfNothing() {
        happens(7);
        schedule(0, 7);
        schedule(0, 0);
        happens(8);

        assertNotRepeatable("earlier cause", () -> schedule(0, 7));
    }

    @Test
    void aClockIsAskedForTimesAsTheyWereOnly() {
        times.set(HANDLE, recorder.now());
        times.set(SINCE, TimeTerm.word(LANE));
        times.set(LANE, 12);

        assertNotRepeatable("has changed", () -> recorder.cancel(TimeTerm.word(HANDLE)));
        assertNotRepeatable("has changed", () -> recorder.remainingNanos(TimeTerm.word(HANDLE)));
        assertNotRepeatable("has changed", () -> recorder.addSince(times, SUM, SINCE));
        assertNotRepeatable("has changed", () -> recorder.inTurn(times, LANE, 5));
    }

    @Test
    void whatWasJustScheduledIsNotCancelledNorReadWhereItsHandleIs() {
        long handle = schedule(5, 0);
        times.set(HANDLE, handle);

        assertNotRepeatable("computed", () -> recorder.cancel(handle));
        assertNotRepeatable("computed", () -> recorder.remainingNanos(handle));
        assertNotRepeatable("out of date", () -> schedule(TimeTerm.word(HANDLE), 0));
    }

    @Test
    void nothingIsAddedToAWordToTheMomentNorBeyondTheWords() {
        assertNotRepeatable("computed", () -> schedule(recorder.now(), 0));
        assertNotRepeatable("computed", () -> schedule(TimeTerm.word(WORDS), 0));
        assertNotRepeatable("computed", () -> recorder.cancel(0));
        assertNotRepeatable("computed", () -> recorder.cancel(-1));
    }

    @Test
    void thereAreAsManyTimesAsRegisters() {
        long sum = 0;
        for (int register = 0; register < TimeTerm.REGISTERS; register++) {
            sum += recorder.draw(0);
        }
        schedule(sum, 0);

        assertNotRepeatable("registers", () -> recorder.draw(0));
        assertNotRepeatable("registers", () -> recorder.remainingNanos(TimeTerm.word(HANDLE)));
        assertNotRepeatable("registers", () -> schedule(TimeTerm.word(HANDLE), 0));
    }
}
