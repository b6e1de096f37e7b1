// SPDX-License-Identifier: Apache-2.0
package irqstorm;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** What may use what in this module. */
@AnalyzeClasses(packages = "irqstorm", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule onlyTheReadersSeeJackson = noClasses()
            .that()
            .resideOutsideOfPackage("irqstorm.scenario.json")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("tools.jackson..", "com.fasterxml.jackson..");

    @ArchTest
    static final ArchRule onlyDistributionsAndStatisticsSeeCommonsMath = noClasses()
            .that()
            .resideOutsideOfPackages("irqstorm.distribution", "irqstorm.stats..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.apache.commons.math3..");

    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().matching("irqstorm.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule nothingIsPrinted = NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;

    @ArchTest
    static final ArchRule theReadersRunNothing = noClasses()
            .that()
            .resideInAnyPackage("irqstorm.scenario..", "irqstorm.distribution", "irqstorm.units")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "irqstorm.run",
                    "irqstorm.compare",
                    "irqstorm.proof",
                    "irqstorm.explore",
                    "irqstorm.engine",
                    "irqstorm.stats..");

    @ArchTest
    static final ArchRule theCoreKnowsNothingOfScenarios = noClasses()
            .that()
            .resideInAnyPackage(
                    "irqstorm.engine..",
                    "irqstorm.machine..",
                    "irqstorm.check..",
                    "irqstorm.explore..",
                    "irqstorm.guest..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "irqstorm.scenario..",
                    "irqstorm.distribution",
                    "irqstorm.run",
                    "irqstorm.compare",
                    "irqstorm.proof",
                    "irqstorm.stats..");
}
