package com.ibstream.clocksync;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.ibstream.clocksync.time.WallClock;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Holds the arrows between the rooms. */
class ArchitectureTest {

  private static final String ROOT = "com.ibstream.clocksync";

  /** Read once: an instance of this class is made for every test. */
  private static final JavaClasses OURS =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages(ROOT);

  @ParameterizedTest
  @CsvSource({
    "time,",
    "stats,",
    "config,",
    "seam,time",
    "facts,time",
    "host,time seam",
    "ntp,time seam facts stats",
    "system,time seam facts stats",
    "rtc,time seam facts stats",
    "service,service.answers time seam facts stats",
    "service.answers,time seam facts stats",
    "service.config,time seam facts stats",
    "market,time seam facts stats",
    "estimate,ntp facts stats time",
    "verdict,estimate facts time",
    "repair,verdict facts market time",
    "history.chain,",
    "history.read,history.chain time",
    "history.stamps,history.read time",
    "history.compliance,history.report history.read",
    "history.publish,history.report facts",
    "history.report,history.read history.chain facts stats time",
    "history,history.chain history.report history.publish verdict facts market stats time",
    "watch,service rtc repair history verdict facts market seam time"
  })
  void shouldImportOnlyWhatTheRoomMay(String room, String allowed) {
    List<String> packages = new ArrayList<>(List.of(ROOT + "." + room));
    if (allowed != null) {
      Arrays.stream(allowed.split(" ")).map(name -> ROOT + "." + name).forEach(packages::add);
    }

    noClasses()
        .that()
        .resideInAPackage(ROOT + "." + room)
        .should()
        .dependOnClassesThat(
            com.tngtech.archunit.base.DescribedPredicate.describe(
                "are ours and not in " + packages,
                type ->
                    type.getPackageName().startsWith(ROOT)
                        && !packages.contains(type.getPackageName())))
        .allowEmptyShould(true)
        .check(OURS);
  }

  @Test
  void shouldHaveNoCycles() {
    slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(OURS);
  }

  @Test
  void shouldNotUseFakesInPrograms() {
    noClasses()
        .that()
        .resideOutsideOfPackage(ROOT + ".testing")
        .should()
        .dependOnClassesThat()
        .resideInAPackage(ROOT + ".testing")
        .check(OURS);
  }

  @Test
  void shouldNeverReadTheWallClockInNtp() {
    noClasses()
        .that()
        .resideInAPackage(ROOT + ".ntp")
        .should()
        .dependOnClassesThat()
        .belongToAnyOf(WallClock.class, Instant.class, java.time.Clock.class)
        .check(OURS);
  }

  @Test
  void shouldReadTheMachinesTimeOnlyBehindRulerAndWallClock() {
    noClasses()
        .that()
        .haveSimpleNameNotEndingWith("SystemRuler")
        .should()
        .callMethod(System.class, "nanoTime")
        .check(OURS);
    noClasses()
        .that()
        .haveSimpleNameNotEndingWith("SystemWallClock")
        .should()
        .callMethod(Instant.class, "now")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .check(OURS);
  }

  @Test
  void shouldKeepNoMutableStaticState() {
    classes().should(new NoMutableStatics()).check(OURS);
  }

  @Test
  void shouldSayInEveryPackageWhatLivesThere() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
      List<Path> without =
          files
              .filter(
                  file -> file.toString().endsWith(".java") && !file.endsWith("module-info.java"))
              .map(Path::getParent)
              .distinct()
              .filter(folder -> !Files.exists(folder.resolve("package-info.java")))
              .toList();

      assertThat(without).isEmpty();
    }
  }
}
