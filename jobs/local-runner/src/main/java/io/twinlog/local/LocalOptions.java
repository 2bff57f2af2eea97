// SPDX-License-Identifier: Apache-2.0
package io.twinlog.local;

import java.nio.file.Path;
import java.util.Map;

/**
 * What a local run can be told. It checks nothing: ports, directory and settings are checked where
 * they are used.
 *
 * @param data directory that keeps everything between runs
 * @param config directory with the settings of each job, {@code <job>/config.yaml}
 * @param kafkaPort port of the broker; 0 for any free one
 * @param flinkPort port of Flink's web UI; 0 for any free one
 * @param parallelism of each job
 * @param prefix of topic names
 * @param settings laid over those of the jobs' files
 */
public record LocalOptions(
    Path data,
    Path config,
    int kafkaPort,
    int flinkPort,
    int parallelism,
    String prefix,
    Map<String, String> settings) {
  public static final int PARALLELISM = 2;
  public static final String PREFIX = "twinlog.";

  public LocalOptions {
    settings = Map.copyOf(settings);
  }

  /** Any free ports, and otherwise what a run without options has. */
  public static LocalOptions onFreePorts(Path data, Path config) {
    return new LocalOptions(data, config, 0, 0, PARALLELISM, PREFIX, Map.of());
  }

  public LocalOptions withSettings(Map<String, String> other) {
    return new LocalOptions(data, config, kafkaPort, flinkPort, parallelism, prefix, other);
  }

  public LocalOptions withParallelism(int other) {
    return new LocalOptions(data, config, kafkaPort, flinkPort, other, prefix, settings);
  }
}
