package dev.rendezvous.playground;

import static com.tngtech.archunit.core.domain.JavaModifier.ABSTRACT;
import static com.tngtech.archunit.core.domain.JavaModifier.PUBLIC;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Who may know whom. It stands in the last module that others use, and reads their classes where
 * the build has put them; the poms of those built after it name none of ours but this one.
 */
class ArchitectureTest {

  /** Each module's package, and those of ours that it may use. */
  private static final Map<String, List<String>> MAY_USE =
      Map.of(
          "chassis", List.of(),
          "discovery", List.of(),
          "user", List.of("chassis", "discovery"),
          "order", List.of("chassis", "discovery"),
          "gateway", List.of("chassis", "discovery"),
          "playground", List.of());

  private static final Set<String> BUILT_LATER = Set.of("load-tests", "compose");

  private static JavaClasses ours;

  @BeforeAll
  static void readTheBuiltClasses() throws IOException {
    List<Path> built =
        Repository.modules().stream()
            .filter(module -> !BUILT_LATER.contains(module.getFileName().toString()))
            .map(module -> module.resolve("target/classes"))
            .toList();
    ours = new ClassFileImporter().importPaths(built.toArray(new Path[0]));
  }

  @Test
  void everyModuleIsRead() {
    assertThat(ours.stream().map(ArchitectureTest::module).distinct())
        .containsExactlyInAnyOrderElementsOf(MAY_USE.keySet());
  }

  @Test
  void aModuleKnowsOnlyThoseThatTheDesignAllows() {
    MAY_USE.forEach(
        (module, allowed) -> {
          String[] forbidden =
              MAY_USE.keySet().stream()
                  .filter(other -> !other.equals(module) && !allowed.contains(other))
                  .map(ArchitectureTest::packages)
                  .toArray(String[]::new);
          noClasses()
              .that()
              .resideInAPackage(packages(module))
              .should()
              .dependOnClassesThat()
              .resideInAnyPackage(forbidden)
              .check(ours);
        });
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching("dev.rendezvous.(**)").should().beFreeOfCycles().check(ours);
  }

  @Test
  void packagesAreNamedByTheirConcern() {
    noClasses()
        .should()
        .resideInAnyPackage("..util..", "..utils..", "..common..", "..base..", "..helper..")
        .check(ours);
  }

  @Test
  void classesAreNamedByTheirDuty() {
    noClasses()
        .should()
        .haveNameMatching(".*(Impl|Util|Utils|Helper|Base|Manager)(\\$.*)?")
        .check(ours);
  }

  @Test
  void theChassisOffersNothingToExtend() {
    noClasses()
        .that()
        .resideInAnyPackage(packages("chassis"), packages("discovery"))
        .and()
        .areNotInterfaces()
        .should()
        .haveModifier(ABSTRACT)
        .andShould()
        .haveModifier(PUBLIC)
        .check(ours);
  }

  @Test
  void theChassisKnowsNoWordOfTheServices() {
    noClasses()
        .that()
        .resideInAPackage(packages("chassis"))
        .should()
        .haveNameMatching(".*\\.(User|Order|Route|Gateway)\\w*")
        .check(ours);
  }

  @Test
  void onlyTheChassisAndTheTablesSpeakToTheDatabase() {
    classes()
        .that()
        .resideInAnyPackage(packages("user"), packages("order"))
        .and()
        .haveSimpleNameEndingWith("Routes")
        .should()
        .onlyDependOnClassesThat()
        .resideOutsideOfPackage("io.vertx.sqlclient..")
        .check(ours);
    noClasses()
        .that()
        .resideInAnyPackage(packages("gateway"), packages("discovery"))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.vertx.sqlclient..", "io.vertx.pgclient..", "java.sql..")
        .check(ours);
  }

  private static String packages(String module) {
    return "dev.rendezvous." + module + "..";
  }

  private static String module(JavaClass javaClass) {
    return Arrays.asList(javaClass.getPackageName().split("\\.")).get(2);
  }
}
