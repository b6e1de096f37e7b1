// SPDX-License-Identifier: Apache-2.0
package irqstorm;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noCodeUnits;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What the simulation's core may know: the JDK without clocks, files, threads and hash order, and of its packages the ones below. */
class SimCoreArchitectureTest {
    /** Which packages of the core each one may see. One that is not named here may see none. */
    private static final Map<String, List<String>> MAY_SEE = Map.ofEntries(
            Map.entry("engine", List.of()),
            Map.entry("state", List.of()),
            Map.entry("event", List.of()),
            Map.entry("random", List.of()),
            Map.entry("trace", List.of("event", "state")),
            Map.entry("apic", List.of("event", "state", "trace")),
            Map.entry("kvm", List.of("apic", "event", "state", "trace")),
            Map.entry("vmm", List.of("apic", "event", "state", "trace")),
            Map.entry("cpu", List.of("apic", "state")),
            Map.entry("nested", List.of("apic", "cpu", "state")),
            Map.entry("guest", List.of("apic", "random", "state")),
            Map.entry("machine", List.of("apic", "engine", "event", "guest", "kvm", "random", "state", "trace", "vmm")),
            Map.entry("check", List.of("apic", "event", "guest", "kvm", "machine", "state", "trace", "vmm")),
            Map.entry("explore", List.of("apic", "check", "engine", "machine", "random", "state", "trace")));

    private static final JavaClasses CORE = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("irqstorm");

    private static String packageOf(JavaClass type) {
        return type.getPackageName().replaceFirst("^irqstorm\\.?", "");
    }

    @Test
    void everyPackageOfTheCoreIsKnownToTheseRules() {
        Set<String> packages =
                CORE.stream().map(SimCoreArchitectureTest::packageOf).collect(Collectors.toCollection(TreeSet::new));

        assertThat(packages).containsExactlyElementsOf(new TreeSet<>(MAY_SEE.keySet()));
        assertThat(CORE.size()).isGreaterThan(100);
    }

    @TestFactory
    List<DynamicTest> aPackageSeesOnlyTheOnesItMay() {
        return MAY_SEE.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(entry -> DynamicTest.dynamicTest(
                        entry.getKey() + " sees " + entry.getValue(), () -> seesOnly(entry.getKey(), entry.getValue())))
                .toList();
    }

    private static void seesOnly(String seer, List<String> seen) {
        String[] own = {"irqstorm." + seer, "java..", "org.jspecify.annotations"};
        String[] others = seen.stream().map(name -> "irqstorm." + name).toArray(String[]::new);
        String[] allowed = Arrays.copyOf(own, own.length + others.length);
        System.arraycopy(others, 0, allowed, own.length, others.length);
        classes()
                .that()
                .resideInAPackage("irqstorm." + seer)
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(allowed).or(arraysOfPrimitives()))
                .check(CORE);
    }

    private static DescribedPredicate<JavaClass> arraysOfPrimitives() {
        return DescribedPredicate.describe(
                "are primitives or arrays of them",
                type -> type.getBaseComponentType().isPrimitive());
    }

    @Test
    void noTwoPackagesKnowEachOther() {
        slices().matching("irqstorm.(*)..").should().beFreeOfCycles().check(CORE);
    }

    @Test
    void theCoreTouchesNoFileNoClockAndNoThread() {
        noClasses()
                .should()
                .dependOnClassesThat(resideInAnyPackage(
                        "java.io..",
                        "java.nio..",
                        "java.net..",
                        "java.time..",
                        "java.util.concurrent..",
                        "java.util.logging..",
                        "java.util.prefs.."))
                .check(CORE);
        noClasses()
                .should()
                .accessTargetWhere(
                        memberOf(System.class, "nanoTime|currentTimeMillis|getenv|getProperty|identityHashCode|exit"))
                .check(CORE);
        noClasses()
                .should()
                .accessTargetWhere(memberOf(System.class, "in|out|err"))
                .check(CORE);
        noClasses().should().dependOnClassesThat(assignableTo(Thread.class)).check(CORE);
    }

    @Test
    void theCoreDrawsNoRandomNumberButFromItsOwnStreams() {
        noClasses()
                .should()
                .dependOnClassesThat(nameMatching("java\\.util\\.(Random|SplittableRandom|UUID|random\\..*)"))
                .check(CORE);
        noClasses().should().accessTargetWhere(memberOf(Math.class, "random")).check(CORE);
    }

    @Test
    void nothingStaticCanChange() {
        fields().that().areStatic().should().beFinal().check(CORE);
    }

    @Test
    void noFieldOfAnInstanceIsPublic() {
        noFields().that().areNotStatic().should().bePublic().check(CORE);
    }

    /** A hash table's order, and that of Map.of and Map.copyOf, differs from one JVM to the next. */
    @Test
    void noHashOrderCanReachARun() {
        noClasses()
                .should()
                .dependOnClassesThat(nameMatching("java\\.util\\.(Identity|Weak)?Hash(Map|Set|table)"))
                .check(CORE);
        noClasses()
                .should()
                .accessTargetWhere(memberOf(Map.class, "entrySet|keySet|values|forEach|replaceAll"))
                .check(CORE);
        noClasses()
                .should()
                .accessTargetWhere(memberOf(Set.class, "iterator|stream|forEach|toArray|spliterator"))
                .check(CORE);
    }

    private static DescribedPredicate<JavaAccess<?>> memberOf(Class<?> type, String namePattern) {
        return DescribedPredicate.describe(
                "the target is " + namePattern + " of " + type.getName(),
                access -> access.getTarget().getOwner().isAssignableTo(type)
                        && access.getTarget().getName().matches(namePattern));
    }

    @Test
    void timeIsNeverAFloatingPointNumber() {
        noFields()
                .should()
                .haveRawType(double.class)
                .orShould()
                .haveRawType(float.class)
                .check(CORE);
        noCodeUnits()
                .should()
                .haveRawReturnType(double.class)
                .orShould()
                .haveRawReturnType(float.class)
                .check(CORE);
        assertThat(CORE.stream().flatMap(type -> type.getCodeUnits().stream()).filter(takeFloatingPoint()))
                .isEmpty();
    }

    private static DescribedPredicate<JavaCodeUnit> takeFloatingPoint() {
        return DescribedPredicate.describe(
                "take a double or a float",
                unit -> unit.getRawParameterTypes().stream()
                        .anyMatch(type -> type.isEquivalentTo(double.class) || type.isEquivalentTo(float.class)));
    }
}
