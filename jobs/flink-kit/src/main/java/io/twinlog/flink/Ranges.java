// SPDX-License-Identifier: Apache-2.0
package io.twinlog.flink;

import java.time.Duration;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ReadableConfig;

/** Settings that have a least value. Each says which setting is out of its range, and how far. */
public final class Ranges {
  private Ranges() {}

  /**
   * A number.
   *
   * @throws SettingsException when it is smaller
   */
  public static int atLeast(ReadableConfig settings, ConfigOption<Integer> option, int least) {
    int value = settings.get(option);
    if (value < least) {
      throw new SettingsException(option.key() + ": " + value + " is too small; at least " + least);
    }
    return value;
  }

  /**
   * A number within a range, its ends included.
   *
   * @throws SettingsException when it is outside
   */
  public static int between(
      ReadableConfig settings, ConfigOption<Integer> option, int least, int most) {
    int value = atLeast(settings, option, least);
    if (value > most) {
      throw new SettingsException(option.key() + ": " + value + " is too large; at most " + most);
    }
    return value;
  }

  /**
   * A duration, in milliseconds.
   *
   * @throws SettingsException when it is shorter
   */
  public static long millisAtLeast(
      ReadableConfig settings, ConfigOption<Duration> option, long least) {
    long value = settings.get(option).toMillis();
    if (value < least) {
      throw new SettingsException(
          option.key() + ": " + value + " ms is too short; at least " + least + " ms");
    }
    return value;
  }
}
