package com.ibstream.clocksync.health.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.base.Splitter;
import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The library on class paths that lack what is optional. */
class OptionalDependenciesTest {

  private static final Pattern NONE = Pattern.compile("$^");
  private static final Pattern FRAMEWORKS = Pattern.compile("(spring|micrometer|prometheus).*");
  private static final Pattern METRICS = Pattern.compile("(micrometer|prometheus).*");
  private static final Pattern HEALTH = Pattern.compile("spring-boot-health.*");

  private static URLClassLoader without(Pattern jars) throws MalformedURLException {
    List<URL> urls = new ArrayList<>();
    for (String entry :
        Splitter.on(File.pathSeparatorChar).split(System.getProperty("java.class.path"))) {
      if (!jars.matcher(Path.of(entry).getFileName().toString()).matches()) {
        urls.add(Path.of(entry).toUri().toURL());
      }
    }
    return new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
  }

  private static Object run(Class<?> program, Pattern lacking) throws Exception {
    ClassLoader before = Thread.currentThread().getContextClassLoader();
    try (URLClassLoader loader = without(lacking)) {
      Thread.currentThread().setContextClassLoader(loader);
      return loader.loadClass(program.getName()).getMethod("run").invoke(null);
    } finally {
      Thread.currentThread().setContextClassLoader(before);
    }
  }

  @Test
  void shouldServeHealthWithoutAnyFramework() throws Exception {
    try (URLClassLoader loader = without(FRAMEWORKS)) {
      assertThatThrownBy(() -> loader.loadClass("org.springframework.boot.SpringApplication"))
          .isInstanceOf(ClassNotFoundException.class);
      assertThatThrownBy(() -> loader.loadClass("io.micrometer.core.instrument.MeterRegistry"))
          .isInstanceOf(ClassNotFoundException.class);
    }

    assertThat(run(Programs.Plain.class, FRAMEWORKS)).isEqualTo("503 404");
    assertThat(run(Programs.Plain.class, NONE)).isEqualTo("503 200");
  }

  @Test
  void shouldConfigureItselfWithWhatIsThere() throws Exception {
    assertThat(run(Programs.Spring.class, NONE)).isEqualTo("1 true true");
    assertThat(run(Programs.Spring.class, METRICS)).isEqualTo("1 true false");
    assertThat(run(Programs.Spring.class, HEALTH)).isEqualTo("1 false true");
  }
}
