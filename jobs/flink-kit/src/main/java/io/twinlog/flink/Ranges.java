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
