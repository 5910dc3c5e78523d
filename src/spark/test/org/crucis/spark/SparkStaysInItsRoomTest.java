package org.crucis.spark;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "org.crucis", importOptions = SparkStaysInItsRoomTest.ProgramOnly.class)
class SparkStaysInItsRoomTest {

    static final class ProgramOnly implements ImportOption {
        @Override
        public boolean includes(Location location) {
            return !location.contains("test-classes");
        }
    }

    @ArchTest
    static final ArchRule noOtherRoomKnowsSpark = noClasses()
            .that()
            .resideOutsideOfPackage("org.crucis.spark..")
            .should()
            .dependOnClassesThat(resideInAnyPackage("org.crucis.spark..", "org.apache.spark..", "scala.."));

    @ArchTest
    static final ArchRule sparkKnowsEngineAndLab = classes()
            .that()
            .resideInAPackage("org.crucis.spark..")
            .should()
            .onlyDependOnClassesThat(resideOutsideOfPackage("org.crucis..")
                    .or(resideInAnyPackage("org.crucis.spark..", "org.crucis.engine..", "org.crucis.lab..")));
}
