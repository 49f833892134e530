package io.refugium.conformance;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.equivalentTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.refugium.storage.Direction;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The arrows of the house point down (ARCHITECTURE.md), also where the poms cannot see:
 * transitively and to libraries.
 */
class ArchitectureTest {

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.refugium");

  /** A module and the modules it may use. */
  record Room(String name, List<String> uses) {}

  static Stream<Room> rooms() {
    return Stream.of(
        new Room("model", List.of()),
        new Room("storage", List.of()),
        new Room("database", List.of("storage", "model")),
        new Room("access", List.of("database", "model")),
        new Room("fql4", List.of("access", "database", "model")),
        new Room("fql10", List.of("access", "database", "model")),
        new Room("fsl", List.of("fql10", "access", "database", "model")),
        new Room("server", List.of("fql4", "fql10", "fsl", "access", "database", "model")));
  }

  @ParameterizedTest
  @MethodSource("rooms")
  void usesOnlyWhatIsBelow(Room room) {
    String[] allowed =
        Stream.concat(Stream.of(room.name()), room.uses().stream())
            .map(ArchitectureTest::everythingIn)
            .toArray(String[]::new);
    noClasses()
        .that()
        .resideInAPackage(everythingIn(room.name()))
        .should()
        .dependOnClassesThat(
            resideInAPackage("io.refugium..")
                .and(not(resideInAnyPackage(allowed)))
                .and(not(equivalentTo(Direction.class)))) // a word, not a door to the store
        .allowEmptyShould(true)
        .check(CLASSES);
  }

  @Test
  void packagesOfTheDatabaseAreInOrder() {
    slices().matching("io.refugium.(database.*)").should().beFreeOfCycles().check(CLASSES);
    noClasses()
        .that()
        .resideInAnyPackage("io.refugium.database.*")
        .and()
        .resideOutsideOfPackage("io.refugium.database.sets")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.refugium.database", "io.refugium.database.sets")
        .check(CLASSES);
  }

  @Test
  void nobodySeesKeysButTheDatabase() {
    onlyIn("io.refugium.database..", "io.refugium.database.keys..");
    onlyIn("io.refugium.database..", "io.refugium.database.view..");
  }

  @Test
  void packagesOfFql4AreInOrder() {
    slices().matching("io.refugium.fql4.(*)..").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void keepsRocksDbInItsRoom() {
    onlyIn("io.refugium.storage.rocks..", "org.rocksdb..");
  }

  @Test
  void keepsJettyInTheServer() {
    onlyIn("io.refugium.server..", "org.eclipse.jetty..");
  }

  @Test
  void keepsCryptographyOfSecretsInAccess() {
    onlyIn("io.refugium.access..", "at.favre.lib..", "com.nimbusds..");
  }

  @Test
  void hasNoStaticMutableState() {
    fields().that().areStatic().should().beFinal().check(CLASSES);
  }

  private static void onlyIn(String home, String... library) {
    classes()
        .that()
        .resideOutsideOfPackage(home)
        .should()
        .onlyDependOnClassesThat(not(resideInAnyPackage(library)))
        .check(CLASSES);
  }

  private static String everythingIn(String room) {
    return "io.refugium." + room + "..";
  }
}
