package com.ibstream.clocksync.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What is in force after every place has spoken: per key the text of the strongest place.
 * Immutable.
 */
public final class Settings {

  private final Map<String, Setting> byKey;

  private Settings(Map<String, Setting> byKey) {
    this.byKey = byKey;
  }

  /**
   * Lays places over each other.
   *
   * @param weakestFirst later ones win
   * @throws IllegalArgumentException if a key is unknown, or set twice in one place; the message
   *     names it and its origin
   */
  static Settings layered(KnownKeys known, List<Layers.Layer> weakestFirst) {
    Map<String, Setting> byKey = new TreeMap<>();
    for (Layers.Layer layer : weakestFirst) {
      byKey.putAll(byKey(known, layer));
    }
    return new Settings(byKey);
  }

  private static Map<String, Setting> byKey(KnownKeys known, Layers.Layer layer) {
    Map<String, Setting> byKey = new LinkedHashMap<>();
    for (Setting setting : layer.settings()) {
      Setting before = byKey.put(known.keyOf(setting, layer.notation()), setting);
      if (before != null) {
        throw new IllegalArgumentException(
            setting.name() + " is set twice: " + quoted(before) + ", and " + quoted(setting));
      }
    }
    return byKey;
  }

  private static String quoted(Setting setting) {
    return "\"" + setting.value() + "\" " + setting.origin();
  }

  /**
   * The value of one of the core's keys.
   *
   * @return within the key's range
   * @throws IllegalArgumentException if what is in force is not allowed
   */
  public <T> T value(Key<T> key) {
    Setting setting = byKey.get(key.name());
    return setting == null ? key.defaultValue() : key.read(setting);
  }

  /**
   * Whether any place says something of a key.
   *
   * @return false where its default is in force
   */
  public boolean isSet(Key<?> key) {
    return byKey.containsKey(key.name());
  }

  /**
   * Says what is in force and since where, for messages.
   *
   * @return for example {@code poll.max = 5m (clocksync.poll.max in clock.properties line 3)}
   */
  public String describe(Key<?> key) {
    Setting setting = byKey.get(key.name());
    return setting == null
        ? key.name() + " = " + key.defaultText() + " (the default)"
        : key.name() + " = " + setting.value().strip() + " (" + setting.where() + ")";
  }

  /**
   * The values of the plug-ins' keys, as they were written.
   *
   * @return by bare key, in alphabetical order; only keys that were set
   */
  public Map<String, String> pluginSettings() {
    Map<String, String> values = new LinkedHashMap<>();
    byKey.forEach(
        (key, setting) -> {
          if (Keys.named(key).isEmpty()) {
            values.put(key, setting.value());
          }
        });
    return values;
  }
}
