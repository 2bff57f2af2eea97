// SPDX-License-Identifier: Apache-2.0
package io.twinlog.flink;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.GlobalConfiguration;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * How a job is started by Flink's own client: {@code flink run -c CLASS JAR [--config DIR] [--set
 * KEY=VALUE ...]}.
 */
public final class JobMain {
  /** What Flink's own keys begin with; they are passed on, and Flink judges them. */
  private static final List<String> FLINK_PREFIXES =
      List.of(
          "pipeline.",
          "execution.",
          "state.",
          "restart-strategy.",
          "parallelism.",
          "metrics.",
          "taskmanager.",
          "jobmanager.",
          "rest.",
          "web.",
          "io.",
          "env.",
          "cluster.",
          "heartbeat.",
          "high-availability.",
          "s3.",
          "fs.");

  private JobMain() {}

  /** Reads the settings, lays the job out and submits it. Throws whatever goes wrong. */
  public static void run(Job job, String[] arguments) throws Exception {
    Configuration settings = settings(job, arguments);
    StreamExecutionEnvironment environment = JobEnvironment.create(settings);
    define(job, environment, settings);
    environment.execute(job.name());
  }

  /**
   * Lays a job out; a value that Flink cannot read is a setting that is not as it must be, too.
   *
   * @throws SettingsException as {@link Job#define}
   */
  public static void define(
      Job job, StreamExecutionEnvironment environment, ReadableConfig settings) {
    try {
      job.define(environment, settings);
    } catch (IllegalArgumentException e) {
      throw new SettingsException(e.getMessage(), e);
    }
  }

  /**
   * The settings of a job from its arguments.
   *
   * @throws SettingsException when an argument or a key is not known
   */
  static Configuration settings(Job job, String[] arguments) {
    Configuration settings = new Configuration();
    for (int i = 0; i < arguments.length; i += 2) {
      String value = i + 1 < arguments.length ? arguments[i + 1] : "";
      switch (arguments[i]) {
        case "--config" -> settings.addAll(load(Path.of(value)));
        case "--set" -> set(settings, value);
        default ->
            throw new SettingsException(
                "unknown argument "
                    + arguments[i]
                    + "; there are --config DIR and --set KEY=VALUE");
      }
    }
    checkKeys(job, settings.toMap());
    return settings;
  }

  /** The settings in {@code directory/config.yaml}. */
  public static Configuration load(Path directory) {
    if (!Files.isReadable(directory.resolve("config.yaml"))) {
      throw new SettingsException(directory + " holds no readable config.yaml");
    }
    return GlobalConfiguration.loadConfiguration(directory.toString());
  }

  /** Puts {@code KEY=VALUE} into the settings. */
  public static void set(Configuration settings, String assignment) {
    int equals = assignment.indexOf('=');
    if (equals < 1) {
      throw new SettingsException("--set takes KEY=VALUE, not " + assignment);
    }
    settings.setString(
        assignment.substring(0, equals).strip(), assignment.substring(equals + 1).strip());
  }

  /**
   * Refuses keys that neither the job nor Flink has.
   *
   * @throws SettingsException naming the first such key and those that there are
   */
  public static void checkKeys(Job job, Map<String, String> settings) {
    List<ConfigOption<?>> options =
        Stream.concat(KafkaOptions.ALL.stream(), job.options().stream()).toList();
    for (String key : settings.keySet().stream().sorted().toList()) {
      boolean ours = options.stream().anyMatch(option -> names(option, key));
      if (!ours && FLINK_PREFIXES.stream().noneMatch(key::startsWith)) {
        throw new SettingsException(
            "unknown setting "
                + key
                + "; job "
                + job.name()
                + " has "
                + String.join(", ", options.stream().map(ConfigOption::key).sorted().toList()));
      }
    }
  }

  /** A map may also be given entry by entry: {@code kafka.properties.security.protocol}. */
  private static boolean names(ConfigOption<?> option, String key) {
    return key.equals(option.key())
        || (option.defaultValue() instanceof Map && key.startsWith(option.key() + "."));
  }
}
