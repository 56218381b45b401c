package fovea.app;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The house as it is drawn: one rule per sentence. */
@AnalyzeClasses(packages = "fovea", importOptions = ImportOption.DoNotIncludeTests.class)
class HouseTest {
  @ArchTest
  static final ArchRule coreKnowsTheJdkAlone =
      noClasses()
          .that()
          .resideInAPackage("fovea.core..")
          .should()
          .dependOnClassesThat(
              resideOutsideOfPackages("fovea.core..", "java..", "javax..", "org.jspecify.."));

  @ArchTest
  static final ArchRule theWireStandsOnNothingOfFovea =
      noClasses()
          .that()
          .resideInAnyPackage("fovea.wire..", "fovea.schema..")
          .should()
          .dependOnClassesThat(
              resideInAPackage("fovea..")
                  .and(resideOutsideOfPackages("fovea.wire..", "fovea.schema..")));

  @ArchTest
  static final ArchRule theModelStoreStandsOnCoreAlone =
      noClasses()
          .that()
          .resideInAPackage("fovea.modelstore..")
          .should()
          .dependOnClassesThat(
              resideInAPackage("fovea..")
                  .and(resideOutsideOfPackages("fovea.modelstore..", "fovea.core..")));

  @ArchTest
  static final ArchRule roomsNeverImportEachOther =
      slices()
          .matching("fovea.(inference|streams|query|embedded|gateway|training)..")
          .should()
          .notDependOnEachOther();

  @ArchTest
  static final ArchRule onlyTheRoofSeesTheRooms =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              "fovea.app..",
              "fovea.bench..",
              "fovea.inference..",
              "fovea.streams..",
              "fovea.query..",
              "fovea.embedded..",
              "fovea.gateway..",
              "fovea.training..")
          .should()
          .dependOnClassesThat(
              resideInAnyPackage(
                  "fovea.app..",
                  "fovea.inference..",
                  "fovea.streams..",
                  "fovea.query..",
                  "fovea.embedded..",
                  "fovea.gateway.."));

  @ArchTest
  static final ArchRule nothingDependsOnTheRoof =
      noClasses()
          .that()
          .resideOutsideOfPackages("fovea.app..", "fovea.bench..")
          .should()
          .dependOnClassesThat(resideInAPackage("fovea.app.."));

  @ArchTest
  static final ArchRule onlyInferenceHasSeenAnEngine =
      noClasses()
          .that()
          .resideOutsideOfPackages("fovea.inference..", "fovea.training..", "fovea.bench..")
          .should()
          .dependOnClassesThat(resideInAnyPackage("ai.djl..", "ai.onnxruntime.."));

  @ArchTest
  static final ArchRule onlyStreamsAndTheRoofKnowKafkaStreams =
      noClasses()
          .that()
          .resideOutsideOfPackages("fovea.streams..", "fovea.app..", "fovea.bench..")
          .should()
          .dependOnClassesThat(resideInAPackage("org.apache.kafka.streams.."));

  @ArchTest
  static final ArchRule timeIsAnArgumentOnTheFloorAndInStreams =
      noClasses()
          .that()
          .resideInAnyPackage("fovea.core..", "fovea.modelstore..")
          .should()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(java.time.Instant.class, "now")
          .orShould()
          .callMethod(Thread.class, "sleep", long.class)
          .orShould()
          .callMethod(Math.class, "random");

  @ArchTest
  static final ArchRule noStaticsThatHoldState =
      fields()
          .that()
          .areStatic()
          .and()
          .areDeclaredInClassesThat(
              resideInAPackage("fovea..").and(resideOutsideOfPackages("fovea.schema..")))
          .should()
          .beFinal();

  @ArchTest
  static final ArchRule namesSayWhatThingsAre =
      classes()
          .that()
          .resideInAPackage("fovea..")
          .should()
          .haveNameNotMatching(".*(Util|Utils|Common|Impl|Helper|Manager)$")
          .andShould(
              com.tngtech.archunit.lang.conditions.ArchConditions.not(
                  com.tngtech.archunit.lang.conditions.ArchConditions.resideInAnyPackage(
                      "..util..", "..common..", "..impl..", "..helper..", "..manager..")));
}
