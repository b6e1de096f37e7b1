// SPDX-License-Identifier: Apache-2.0
package irqstorm;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "irqstorm", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule onlyTheCommandLineTouchesStandardStreams = noClasses()
            .that()
            .resideOutsideOfPackage("irqstorm.cli")
            .should()
            .accessField(System.class, "out")
            .orShould()
            .accessField(System.class, "err")
            .orShould()
            .callMethod(System.class, "exit", int.class);

    @ArchTest
    static final ArchRule reportsDoNotReachIntoTheModel = noClasses()
            .that()
            .resideInAnyPackage("irqstorm.report..", "irqstorm.export..", "irqstorm.cli..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "irqstorm.machine..",
                    "irqstorm.apic..",
                    "irqstorm.kvm..",
                    "irqstorm.vmm..",
                    "irqstorm.guest..",
                    "irqstorm.scenario.json..");

    @ArchTest
    static final ArchRule onlyTheJsonRendererWritesJson = noClasses()
            .that()
            .resideInAnyPackage("irqstorm.report..", "irqstorm.cli..")
            .and()
            .resideOutsideOfPackage("irqstorm.report.json")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("tools.jackson..");

    @ArchTest
    static final ArchRule onlyTheCommandLineKnowsPicocli = noClasses()
            .that()
            .resideOutsideOfPackage("irqstorm.cli")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("picocli..");

    @ArchTest
    static final ArchRule renderersDoNotKnowOneAnother =
            slices().matching("irqstorm.report.(*)..").should().notDependOnEachOther();

    @ArchTest
    static final ArchRule reportsDoNotKnowTheCommandLine = noClasses()
            .that()
            .resideInAnyPackage("irqstorm.report..", "irqstorm.export..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("irqstorm.cli..");
}
