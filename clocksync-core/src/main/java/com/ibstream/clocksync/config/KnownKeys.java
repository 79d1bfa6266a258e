package com.ibstream.clocksync.config;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * All keys that somebody in this process understands: the core's and those of its plug-ins.
 * Immutable.
 */
final class KnownKeys {

  private static final Pattern WELL_FORMED = Pattern.compile("[a-z][a-z0-9-]*(?:\\.[a-z0-9-]+)*");

  private final Set<String> names;

  private KnownKeys(Set<String> names) {
    this.names = names;
  }

  /**
   * The core's keys and those of plug-ins.
   *
   * @param pluginKeys bare keys
   * @throws IllegalStateException if a plug-in's key is malformed, is the core's, or cannot be told
   *     from another one in the environment; the message names it
   */
  static KnownKeys withPlugins(Set<String> pluginKeys) {
    Set<String> names = new LinkedHashSet<>();
    Keys.ALL.forEach(key -> names.add(key.name()));
    for (String key : new TreeSet<>(pluginKeys)) {
      if (!WELL_FORMED.matcher(key).matches()) {
        throw new IllegalStateException(
            "a plug-in declares the key \""
                + key
                + "\", but keys are lower-case words with dots between");
      }
      if (!names.add(key)) {
        throw new IllegalStateException(
            "a plug-in declares the key \"" + key + "\", which is the core's");
      }
    }
    KnownKeys known = new KnownKeys(names);
    known.refuseEqualSpelling();
    return known;
  }

  private void refuseEqualSpelling() {
    Map<String, String> keyByVariable = new LinkedHashMap<>();
    for (String key : names) {
      String other = keyByVariable.put(Notation.ENVIRONMENT.write(key), key);
      if (other != null) {
        throw new IllegalStateException(
            "the keys \""
                + other
                + "\" and \""
                + key
                + "\" would be the same environment variable");
      }
    }
  }

  /**
   * Finds the key that a setting means.
   *
   * @param notation how its place spells keys
   * @return the bare key
   * @throws IllegalArgumentException if nobody understands it; the message holds its name, its
   *     origin and the nearest known name
   */
  String keyOf(Setting setting, Notation notation) {
    Map<String, String> keyByName = new LinkedHashMap<>();
    names.forEach(key -> keyByName.put(notation.write(key), key));
    String key = keyByName.get(setting.name());
    if (key == null) {
      String nearest = NearestName.of(setting.name(), keyByName.keySet());
      throw new IllegalArgumentException(
          "unknown key \""
              + setting.name()
              + "\" "
              + setting.origin()
              + "; did you mean \""
              + nearest
              + "\"?");
    }
    return key;
  }
}
