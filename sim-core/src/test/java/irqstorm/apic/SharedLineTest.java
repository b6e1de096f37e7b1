// SPDX-License-Identifier: Apache-2.0
package irqstorm.apic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import irqstorm.state.StateStore;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A wire with several sources and inputs. */
class SharedLineTest {
    private final SharedLine line = new SharedLine(new StateStore());
    private final List<Boolean> seen = new ArrayList<>();

    @Test
    void itIsHighWhileAnySourceHoldsItAndInputsSeeOnlyChanges() {
        line.attach(seen::add);
        line.drive(0, true);
        line.drive(63, true);
        line.drive(0, true);
        assertThat(line.isHigh()).isTrue();
        line.drive(0, false);
        assertThat(line.isHigh()).isTrue();
        line.remove(63);
        assertThat(line.isHigh()).isFalse();
        line.drive(5, false);
        assertThat(seen).containsExactly(true, false);
    }

    @Test
    void aLateInputSeesTheLevelAsItIs() {
        line.attach(seen::add);
        assertThat(seen).isEmpty();
        line.drive(1, true);
        List<Boolean> late = new ArrayList<>();
        line.attach(late::add);
        assertThat(late).containsExactly(true);
        line.drive(1, false);
        assertThat(late).containsExactly(true, false);
        assertThat(seen).containsExactly(true, false);
    }

    @Test
    void thereAreSixtyFourSources() {
        assertThatThrownBy(() -> line.drive(64, true)).hasMessageContaining("64");
        assertThatThrownBy(() -> line.drive(-1, true)).isInstanceOf(IllegalArgumentException.class);
    }
}
