// SPDX-License-Identifier: Apache-2.0
package io.twinlog.flink;

import java.time.Duration;
import java.util.List;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.ReadableConfig;

/** What an operator can set of the shell of any stateful job. */
public final class AggregateOptions {
  /** What becomes of a rule that throws. */
  public enum OnDefect {
    PARK,
    FAIL
  }

  static final ConfigOption<MemorySize> CACHE_SIZE =
      ConfigOptions.key("cache.size")
          .memoryType()
          .defaultValue(MemorySize.ofMebiBytes(256))
          .withDescription(
              "Heap that each subtask of a stateful job may take for keys that it keeps decoded before RocksDB, about."
                  + " 0: none; each input then reads and writes RocksDB. It changes no output.");

  static final ConfigOption<Integer> CACHE_DIRTY_MAX =
      ConfigOptions.key("cache.dirty-max")
          .intType()
          .defaultValue(100_000)
          .withDescription(
              "Keys of a subtask that may differ from RocksDB. They are written back at the latest before a checkpoint,"
                  + " while the subtask stands still: some 5 microseconds each.");

  static final ConfigOption<Integer> CACHE_DIRTY_AT_BARRIER =
      ConfigOptions.key("cache.dirty-at-checkpoint")
          .intType()
          .defaultValue(8_000)
          .withDescription(
              "Of these, how many are meant to be left when a checkpoint comes; the others are written back before it,"
                  + " among the inputs. It bounds how long the subtask stands still in steady operation"
                  + " (twinlog_cache_barrier_pause_ms).");

  static final ConfigOption<Integer> CACHE_GROUP =
      ConfigOptions.key("cache.group")
          .intType()
          .defaultValue(16)
          .withDescription(
              "Inputs of a subtask that are taken together, in their order, so that it waits for main memory once for"
                  + " several keys. None waits for others longer than 5 ms. 1: none waits; 1024 at most. It changes no output.");

  static final ConfigOption<Integer> PARKED_RECORDS_MAX =
      ConfigOptions.key("parking.max-per-key")
          .intType()
          .defaultValue(1_000)
          .withDescription(
              "Inputs that wait of one parked key. What comes beyond becomes a dead letter parked_overflow.");

  static final ConfigOption<Integer> PARKED_KEYS_MAX =
      ConfigOptions.key("parking.max-keys")
          .intType()
          .defaultValue(12_800)
          .withDescription(
              "Keys of a job that may be parked. Each of Flink's key groups has an equal share, so that the bound is the"
                  + " same at any parallelism. What fails beyond becomes a dead letter parked_overflow.");

  static final ConfigOption<Integer> RETRIES =
      ConfigOptions.key("parking.retries")
          .intType()
          .defaultValue(5)
          .withDescription(
              "How often a handler that failed with MEDIUM is tried again before its key waits for a command. A rule"
                  + " that throws is not tried again: it would throw again.");

  static final ConfigOption<Duration> BACKOFF =
      ConfigOptions.key("parking.backoff")
          .durationType()
          .defaultValue(Duration.ofSeconds(1))
          .withDescription("Wait before the first retry; it doubles each time. On the clock.");

  static final ConfigOption<Duration> BACKOFF_MAX =
      ConfigOptions.key("parking.backoff-max")
          .durationType()
          .defaultValue(Duration.ofMinutes(5))
          .withDescription("Longest wait between two retries. On the clock.");

  static final ConfigOption<OnDefect> ON_DEFECT =
      ConfigOptions.key("parking.on-defect")
          .enumType(OnDefect.class)
          .defaultValue(OnDefect.PARK)
          .withDescription(
              "What becomes of a rule that throws: PARK parks the key of the input; FAIL fails the job, for tests.");

  public static final List<ConfigOption<?>> ALL =
      List.of(
          CACHE_SIZE,
          CACHE_DIRTY_MAX,
          CACHE_DIRTY_AT_BARRIER,
          CACHE_GROUP,
          PARKED_RECORDS_MAX,
          PARKED_KEYS_MAX,
          RETRIES,
          BACKOFF,
          BACKOFF_MAX,
          ON_DEFECT);

  /** More would lie on the heap beside the cache, and win nothing. */
  private static final int GROUP_MAX = 1_024;

  private AggregateOptions() {}

  /**
   * Reads how much the cache holds.
   *
   * @throws SettingsException when a value is out of its range
   */
  public static CacheSettings cache(ReadableConfig settings) {
    return new CacheSettings(
        settings.get(CACHE_SIZE).getBytes(),
        Ranges.atLeast(settings, CACHE_DIRTY_MAX, 1),
        Ranges.atLeast(settings, CACHE_DIRTY_AT_BARRIER, 0),
        settings
            .getOptional(CheckpointingOptions.CHECKPOINTING_INTERVAL)
            .map(Duration::toMillis)
            .orElse(0L),
        Ranges.between(settings, CACHE_GROUP, 1, GROUP_MAX));
  }

  /**
   * Reads how keys wait.
   *
   * @throws SettingsException when a value is out of its range
   */
  public static ParkingSettings parking(ReadableConfig settings) {
    return new ParkingSettings(
        Ranges.atLeast(settings, PARKED_RECORDS_MAX, 1),
        Ranges.atLeast(settings, PARKED_KEYS_MAX, 1),
        Ranges.atLeast(settings, RETRIES, 0),
        Ranges.millisAtLeast(settings, BACKOFF, 1),
        Ranges.millisAtLeast(settings, BACKOFF_MAX, 1),
        settings.get(ON_DEFECT) == OnDefect.FAIL);
  }
}
