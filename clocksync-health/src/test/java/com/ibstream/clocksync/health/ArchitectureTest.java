package com.ibstream.clocksync.health;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

  private static final String ROOT = "com.ibstream.clocksync";
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages(ROOT + ".health");

  @Test
  void shouldHaveNoCyclesWhenPackagesImportEachOther() {
    slices().matching(ROOT + ".(**)").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void shouldBeFrameworkFreeWhenItMapsAStatus() {
    classes()
        .that()
        .resideInAPackage(ROOT + ".health")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "java..",
            "org.slf4j",
            ROOT + ".health",
            ROOT + ".verdict",
            ROOT + ".facts",
            ROOT + ".time")
        .check(CLASSES);
  }

  @Test
  void shouldKnowNoMonitorWhenItServesHttp() {
    classes()
        .that()
        .resideInAPackage(ROOT + ".health.http")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "java..",
            "org.slf4j",
            "com.fasterxml.jackson..",
            "com.sun.net.httpserver",
            ROOT + ".health",
            ROOT + ".health.http",
            ROOT + ".verdict",
            ROOT + ".facts",
            ROOT + ".time")
        .check(CLASSES);
  }

  @Test
  void shouldOnlyTieThingsTogetherWhenItIsThePlugIn() {
    classes()
        .that()
        .resideInAPackage(ROOT + ".health.plugin")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage("java..", ROOT, ROOT + ".health..", ROOT + ".verdict")
        .check(CLASSES);
  }
}
