package com.ibstream.clocksync.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Collects the places that may hold settings and lays them over each other: program over
 * environment over {@code .env} file over properties file. Mutable, for one thread.
 */
public final class Layers {

  private final Map<String, Setting> program = new LinkedHashMap<>();
  private Optional<Path> properties = Optional.empty();
  private Optional<Path> environmentFile = Optional.empty();
  private Optional<Map<String, String>> environment = Optional.empty();

  /** Starts without any place. */
  public Layers() {}

  /**
   * What one place says.
   *
   * @param notation how it spells keys
   * @param settings in the order in which it has them
   */
  record Layer(Notation notation, List<Setting> settings) {

    Layer {
      settings = List.copyOf(settings);
    }
  }

  /**
   * Takes a value from the program itself.
   *
   * @param key the bare key; whether somebody knows it is checked by {@link #inForce}
   * @throws IllegalArgumentException if it is the core's and does not allow the value
   * @throws IllegalStateException if the program set it before
   */
  public void program(String key, String value) {
    Objects.requireNonNull(key, "key");
    Objects.requireNonNull(value, key);
    Setting setting = new Setting(key, value, "set by the builder");
    Keys.named(key).ifPresent(known -> known.read(setting));
    Setting before = program.putIfAbsent(key, setting);
    if (before != null) {
      throw new IllegalStateException(
          key + " is set twice by the builder: \"" + before.value() + "\" and \"" + value + "\"");
    }
  }

  /**
   * Takes a properties file, read by {@link #inForce}.
   *
   * @throws IllegalStateException if there is one already
   */
  public void properties(Path file) {
    refuseSecond("properties file", properties, file);
    properties = Optional.of(file);
  }

  /**
   * Takes a file in the service's {@code .env} format, read by {@link #inForce}.
   *
   * @throws IllegalStateException if there is one already
   */
  public void environmentFile(Path file) {
    refuseSecond("environment file", environmentFile, file);
    environmentFile = Optional.of(file);
  }

  /**
   * Takes the variables of the process.
   *
   * @throws IllegalStateException if they were given before
   */
  public void environment(Map<String, String> variables) {
    if (environment.isPresent()) {
      throw new IllegalStateException("the environment is set twice");
    }
    environment = Optional.of(Map.copyOf(variables));
  }

  private static void refuseSecond(String what, Optional<Path> before, Path file) {
    if (before.isPresent()) {
      throw new IllegalStateException(
          "the " + what + " is set twice: " + before.get() + " and " + file);
    }
  }

  /**
   * Reads the files and lays everything over each other.
   *
   * @param pluginKeys the bare keys that plug-ins understand
   * @throws IllegalArgumentException if a file cannot be read, or a key is unknown, set twice in
   *     one place or contradicted by another one; the message names it, its value and its origin
   * @throws IllegalStateException if a plug-in's key cannot be one
   */
  public Settings inForce(Set<String> pluginKeys) {
    Map<String, String> variables = environment.orElse(Map.of());
    List<Layer> weakestFirst = new ArrayList<>();
    properties.ifPresent(
        file -> weakestFirst.add(new Layer(Notation.PROPERTIES, PropertiesFile.read(file))));
    environmentFile.ifPresent(
        file ->
            weakestFirst.add(
                new Layer(Notation.ENVIRONMENT, EnvironmentFile.read(file, variables))));
    weakestFirst.add(new Layer(Notation.ENVIRONMENT, ours(variables)));
    weakestFirst.add(new Layer(Notation.BUILDER, List.copyOf(program.values())));
    Settings settings = Settings.layered(KnownKeys.withPlugins(pluginKeys), weakestFirst);
    Contradictions.refuse(settings);
    return settings;
  }

  /** In alphabetical order, so that of several mistakes always the same one is reported. */
  private static List<Setting> ours(Map<String, String> variables) {
    List<Setting> settings = new ArrayList<>();
    new TreeMap<>(variables)
        .forEach(
            (name, value) -> {
              if (name.startsWith(Notation.ENVIRONMENT_PREFIX)) {
                settings.add(new Setting(name, value, "in the environment"));
              }
            });
    return settings;
  }
}
