// SPDX-License-Identifier: Apache-2.0
package io.twinlog.system;

import io.twinlog.flink.AggregateOptions;
import io.twinlog.flink.Job;
import io.twinlog.flink.JobEnvironment;
import io.twinlog.flink.KafkaEnds;
import io.twinlog.flink.KafkaOptions;
import io.twinlog.flink.SettingsException;
import io.twinlog.local.LocalStack;
import java.lang.reflect.Field;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.description.HtmlFormatter;
import org.apache.flink.util.TimeUtils;

/**
 * Renders docs/reference/configuration.md from the options themselves. What is said there beside
 * the tables is kept here, as nothing else may write the page.
 */
final class ConfigurationReference {
  /** Why each of Flink's settings is as {@link JobEnvironment} sets it. */
  private static final Map<String, String> REASONS =
      Map.ofEntries(
          Map.entry("pipeline.generic-types", "no state and no record may fall back to Kryo"),
          Map.entry(
              "pipeline.auto-generate-uids",
              "state is found by the uid of its operator, so each has one that is written down"),
          Map.entry("pipeline.object-reuse", "records are immutable: copying them is wasted"),
          Map.entry(
              "pipeline.max-parallelism",
              "key groups; state is kept by them, so the number can never change"),
          Map.entry("state.backend.type", "state may be larger than memory"),
          Map.entry("execution.checkpointing.incremental", "only what is new is written each time"),
          Map.entry(
              "execution.checkpointing.interval",
              "how much is read again after a crash; repeats are dropped"),
          Map.entry(
              "execution.checkpointing.tolerable-failed-checkpoints",
              "one slow disk does not restart the job"),
          Map.entry("execution.checkpointing.num-retained", "there are older ones to go back to"),
          Map.entry(
              "execution.checkpointing.externalized-checkpoint-retention",
              "a job that was cancelled can go on"),
          Map.entry(
              "execution.checkpointing.unaligned.enabled",
              "a checkpoint overtakes records that are jammed"),
          Map.entry("execution.checkpointing.aligned-checkpoint-timeout", "after so long in a jam"),
          Map.entry("restart-strategy.type", "infrastructure comes back; the job waits for it"));

  private static final String INTRODUCTION =
      """
      # Configuration

      <!-- Generated from the options. To write it anew:
           mvn -pl jobs/system-tests -am test -Dtest=ConfigurationReferenceTest \\
             -Dsurefire.failIfNoSpecifiedTests=false -Dtwinlog.docs.write=true -->

      Each job reads `deploy/config/<job>/config.yaml`; `--set KEY=VALUE` of `deploy/local/run.sh`, or of
      the job itself (`flink run -c CLASS JAR --config DIR --set KEY=VALUE`), goes over it.

      ```yaml
      device.silence.timeout: 120 s
      device.silence.model-timeouts:
        T20: 30 s
      ```

      A key that neither the job nor Flink knows is refused at the start, with the keys that there are; so is
      a value that is out of its range. Durations are a number with `ms`, `s`, `min`, `h` or `d`; sizes a
      number with `b`, `kb`, `mb`. *On the clock*: counted by the ticks in the log
      ([concepts](../concepts.md#time)).

      A setting that decides about events or devices (all of `router.*`, `catalogue.*` and `device.*`) is
      part of what makes the same log give the same bytes. Change one only between a stop with savepoint and
      the next start, never on the way back to an older checkpoint:
      [0011](../decisions/0011-settings-and-checkpoints.md).
      """;

  private static final String KAFKA =
      """

      `kafka.properties` takes any property of Kafka's clients but those that delivery rests on
      ([0003](../decisions/0003-effectively-once.md)), or that have a setting of their own:
      %s.
      """;

  private static final String TRANSACTIONS =
      """

      With `delivery: exactly-once` set `execution.checkpointing.timeout: 3 min`, or shorter, too. What a job writes is
      seen at its next checkpoint, by readers with `isolation.level=read_committed`. A job that is down for longer than
      the transaction timeout loses what it had written and not committed, and only its counter `failedCommittables`
      tells: [0015](../decisions/0015-exactly-once-beside.md).
      """;

  private static final String FLINK =
      """

      Every other key of Flink can be set in `config.yaml`, too. These are what every job runs with where
      nobody says otherwise; the ones marked *fixed* cannot be set otherwise, and a job that is told to
      refuses to start.
      """;

  private ConfigurationReference() {}

  static String render() {
    StringBuilder page = new StringBuilder(INTRODUCTION);
    table(page, "Every job", KafkaOptions.ALL);
    table(page, "Every stateful job", AggregateOptions.ALL);
    page.append(KAFKA.formatted(refusedProperties()));
    page.append(TRANSACTIONS);
    for (Job job : LocalStack.jobs()) {
      table(page, "Job `" + job.name() + "`", ownOptions(job));
    }
    flink(page);
    return page.toString();
  }

  private static List<ConfigOption<?>> ownOptions(Job job) {
    return job.options().stream().filter(o -> !AggregateOptions.ALL.contains(o)).toList();
  }

  /** The list is no one else's business, so it is not public. */
  private static String refusedProperties() {
    try {
      Field fixed = KafkaEnds.class.getDeclaredField("FIXED");
      fixed.setAccessible(true);
      return ((List<?>) fixed.get(null))
          .stream().map(name -> code((String) name)).collect(Collectors.joining(", "));
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void table(StringBuilder page, String title, List<ConfigOption<?>> options) {
    page.append("\n## ").append(title).append("\n\n");
    page.append("| key | default | kind | what it does |\n|---|---|---|---|\n");
    for (ConfigOption<?> option : options) {
      row(
          page,
          code(option.key()),
          option.hasDefaultValue() ? text(option.defaultValue()) : "none: must be set",
          kind(option.defaultValue()),
          new HtmlFormatter().format(option.description()).replace("*", "\\*"));
    }
  }

  private static void flink(StringBuilder page) {
    page.append("\n## Flink's own settings\n").append(FLINK);
    page.append("\n| key | value | | why |\n|---|---|---|---|\n");
    Map<String, String> settings =
        new TreeMap<>(JobEnvironment.complete(new Configuration()).toMap());
    settings.forEach(
        (key, value) ->
            row(
                page,
                code(key),
                code(value),
                isFixed(key, value) ? "fixed" : "default",
                reason(key)));
  }

  private static String reason(String key) {
    if (!REASONS.containsKey(key)) {
      throw new IllegalStateException(
          "say in ConfigurationReference.REASONS why " + key + " is set");
    }
    return REASONS.get(key);
  }

  private static boolean isFixed(String key, String value) {
    Configuration other = new Configuration();
    other.setString(key, another(value));
    try {
      JobEnvironment.complete(other);
      return false;
    } catch (SettingsException e) {
      return true;
    } catch (IllegalArgumentException e) {
      return false; // judged by Flink, not refused by us
    }
  }

  private static String another(String value) {
    return switch (value) {
      case "true" -> "false";
      case "false" -> "true";
      default -> value.matches("\\d+") ? value + "0" : "another";
    };
  }

  private static void row(StringBuilder page, String... cells) {
    page.append("| ").append(String.join(" | ", cells)).append(" |\n");
  }

  private static String code(String text) {
    return "`" + text + "`";
  }

  private static String text(Object value) {
    if (value instanceof Duration duration) {
      return duration.isZero() ? code("0 ms") : code(TimeUtils.formatWithHighestUnit(duration));
    }
    if (value instanceof Map<?, ?> map && map.isEmpty()
        || value instanceof List<?> list && list.isEmpty()) {
      return "empty";
    }
    return code(value.toString());
  }

  /** The kind of a value by its default; without one it is text. */
  private static String kind(Object value) {
    if (value instanceof Duration) {
      return "duration";
    }
    if (value instanceof MemorySize) {
      return "size";
    }
    if (value instanceof Number) {
      return "number";
    }
    if (value instanceof Boolean) {
      return "true or false";
    }
    if (value instanceof Map) {
      return "map";
    }
    return value instanceof List ? "list" : "text";
  }
}
