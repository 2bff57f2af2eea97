// SPDX-License-Identifier: Apache-2.0
package io.twinlog.local;

import io.twinlog.flink.Job;
import io.twinlog.flink.JobMain;
import io.twinlog.flink.KafkaOptions;
import io.twinlog.flink.SettingsException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.Configuration;

/**
 * The settings of jobs: the file of each, overlaid by settings of this run. A key that neither a
 * job nor Flink knows is refused; values are checked by whoever reads them.
 */
final class Settings {
  /** What the local run decides itself, and the option that has the say. */
  private static final Map<String, String> OWNED =
      Map.ofEntries(
          Map.entry(KafkaOptions.BOOTSTRAP.key(), "--kafka-port"),
          Map.entry(KafkaOptions.PREFIX.key(), "--prefix"),
          Map.entry("parallelism.default", "--parallelism"),
          Map.entry("rest.port", "--flink-port"),
          Map.entry("rest.bind-port", "--flink-port"),
          Map.entry("io.tmp.dirs", "--data"),
          Map.entry("state.backend.rocksdb.localdir", "--data"),
          Map.entry("execution.checkpointing.dir", "--data"),
          Map.entry("execution.checkpointing.savepoint-dir", "--data"),
          Map.entry("execution.state-recovery.path", "--data"));

  private Settings() {}

  /**
   * Checks settings given for this run.
   *
   * @throws SettingsException when one is known to no job nor to Flink, or is the run's own
   */
  static void check(Map<String, String> overlay, List<Job> jobs) {
    for (String key : overlay.keySet()) {
      if (OWNED.containsKey(key)) {
        throw new SettingsException(
            "--set %s: the local run sets this itself; use %s".formatted(key, OWNED.get(key)));
      }
      if (jobs.stream().noneMatch(job -> takes(job, key))) {
        throw new SettingsException(
            "--set %s: neither a job (%s) nor Flink has a setting of this name"
                .formatted(key, String.join(", ", jobs.stream().map(Job::name).toList())));
      }
    }
  }

  /**
   * Settings of one job: {@code <directory>/<job>/config.yaml}, then {@code own}, then those of
   * {@code overlay} that are the job's or Flink's.
   *
   * @throws SettingsException when the file is missing, cannot be read, or holds an unknown key
   */
  static Configuration of(
      Job job, Path directory, Map<String, String> own, Map<String, String> overlay) {
    Path file = directory.resolve(job.name()).resolve("config.yaml");
    Configuration settings;
    try {
      settings = JobMain.load(file.getParent());
      JobMain.checkKeys(job, settings.toMap());
    } catch (RuntimeException e) {
      // Flink's parser throws several of its own; none of them names the file.
      throw new SettingsException(file + ": " + RootCause.of(e), e);
    }
    own.forEach(settings::setString);
    overlay.forEach(
        (key, value) -> {
          if (takes(job, key)) {
            settings.setString(key, value);
          }
        });
    return settings;
  }

  private static boolean takes(Job job, String key) {
    try {
      JobMain.checkKeys(job, Map.of(key, ""));
      return true;
    } catch (SettingsException unknown) {
      return false;
    }
  }
}
