// SPDX-License-Identifier: Apache-2.0
package irqstorm.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class DistributionLimitsTest {

    private static final long TOO_LONG = Distribution.MAX_NANOS + 1;

    @Test
    void aFixedDelayIsFromNothingToThirtyDays() {
        assertThat(new Fixed(0).compile().maxNanos()).isZero();
        assertThat(new Fixed(Distribution.MAX_NANOS).compile().maxNanos()).isEqualTo(Distribution.MAX_NANOS);
        refused(() -> new Fixed(-1), "delay -1ns is not from 0ns to 30 days");
        refused(() -> new Fixed(TOO_LONG), "delay 2592000.000000001s is not from 0ns to 30 days");
    }

    @Test
    void aUniformDelayHasItsEndsInOrder() {
        assertThat(new Uniform(5, 5).compile().maxNanos()).isEqualTo(5);
        refused(() -> new Uniform(3_000, 1_000), "min 3us is greater than max 1us");
        refused(() -> new Uniform(-1, 5), "min -1ns is not from 0ns to 30 days");
        refused(() -> new Uniform(5, TOO_LONG), "max 2592000.000000001s is not from 0ns to 30 days");
    }

    @Test
    void anExponentialDelayHasAMeanOfAtLeastANanosecond() {
        assertThat(new Exponential(1).compile().meanNanos()).isEqualTo(1);
        refused(() -> new Exponential(0), "mean 0ns is not from 1ns to 30 days");
    }

    @Test
    void aLogNormalDelayHasItsPercentileAboveTheMedianButNotAbsurdlyFar() {
        assertThat(new LogNormal(1, 2).compile().maxNanos()).isPositive();
        assertThat(new LogNormal(800, 799_999).compile().maxNanos()).isPositive();
        String rule = " is not above the median 800ns and below 1000 times it";
        refused(() -> new LogNormal(800, 800), "p95 800ns" + rule);
        refused(() -> new LogNormal(800, 799), "p95 799ns" + rule);
        refused(() -> new LogNormal(800, 800_000), "p95 800us" + rule);
        refused(() -> new LogNormal(0, 5), "median 0ns is not from 1ns to 30 days");
        refused(() -> new LogNormal(5, TOO_LONG), "p95 2592000.000000001s is not from 1ns to 30 days");
    }

    @Test
    void anEmpiricalDistributionHasAWeightForEachOfAFewValues() {
        List<Long> many = Collections.nCopies(Empirical.MAX_VALUES, 7L);
        assertThat(Empirical.ofValues(many).compile().meanNanos()).isEqualTo(7);
        assertThat(new Empirical(many, Collections.nCopies(Empirical.MAX_VALUES, Empirical.MAX_WEIGHT))
                        .compile()
                        .meanNanos())
                .isEqualTo(7);
        refused(() -> Empirical.ofValues(List.of()), "0 values are not from 1 to 2000");
        refused(() -> Empirical.ofValues(Collections.nCopies(2001, 7L)), "2001 values are not from 1 to 2000");
        refused(() -> new Empirical(List.of(1L, 2L), List.of(1)), "1 weights do not match 2 values");
        refused(() -> Empirical.ofValues(List.of(1L, -2L)), "value -2ns is not from 0ns to 30 days");
        refused(() -> new Empirical(List.of(1L), List.of(0)), "weight 0 is not from 1 to 1000000");
        refused(() -> new Empirical(List.of(1L), List.of(1_000_001)), "weight 1000001 is not from 1 to 1000000");
    }

    @Test
    void anEmpiricalDistributionDoesNotChangeWithTheListsItWasMadeOf() {
        List<Long> nanos = new ArrayList<>(List.of(1L, 2L));
        Empirical distribution = Empirical.ofValues(nanos);
        nanos.set(0, 500L);

        assertThat(distribution.nanos()).containsExactly(1L, 2L);
    }

    private static void refused(ThrowingCallable construction, String message) {
        assertThatIllegalArgumentException().isThrownBy(construction).withMessage(message);
    }
}
