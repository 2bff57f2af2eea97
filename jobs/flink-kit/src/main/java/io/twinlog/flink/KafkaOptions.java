// SPDX-License-Identifier: Apache-2.0
package io.twinlog.flink;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.MemorySize;

/**
 * Settings that every job shares: where Kafka is, what the topics are called, how records are
 * written.
 */
public final class KafkaOptions {
  public static final ConfigOption<String> BOOTSTRAP =
      ConfigOptions.key("kafka.bootstrap")
          .stringType()
          .noDefaultValue()
          .withDescription("Addresses of the brokers, HOST:PORT, comma-separated.");

  public static final ConfigOption<Map<String, String>> PROPERTIES =
      ConfigOptions.key("kafka.properties")
          .mapType()
          .defaultValue(Map.of())
          .withDescription(
              "Properties of the Kafka clients, for TLS and SASL. Those that delivery rests on are refused.");

  public static final ConfigOption<String> PREFIX =
      ConfigOptions.key("topics.prefix")
          .stringType()
          .defaultValue("twinlog.")
          .withDescription("What every topic name begins with. One prefix is one tenant.");

  public static final ConfigOption<Boolean> CREATE =
      ConfigOptions.key("topics.create")
          .booleanType()
          .defaultValue(false)
          .withDescription("Whether topics that are missing are created at the start.");

  public static final ConfigOption<Integer> PARTITIONS =
      ConfigOptions.key("topics.partitions")
          .intType()
          .defaultValue(4)
          .withDescription(
              "Partitions of a topic that is created. Those of an inbox can never change.");

  public static final ConfigOption<Integer> REPLICATION =
      ConfigOptions.key("topics.replication")
          .intType()
          .defaultValue(3)
          .withDescription("Replicas of a topic that is created.");

  public static final ConfigOption<Duration> RETENTION =
      ConfigOptions.key("topics.retention")
          .durationType()
          .defaultValue(Duration.ofDays(7))
          .withDescription(
              "How long topics that are neither compacted nor kept for ever hold their records, when created.");

  public static final ConfigOption<Duration> LINGER =
      ConfigOptions.key("sink.linger")
          .durationType()
          .defaultValue(Duration.ofMillis(10))
          .withDescription("How long the sink waits for a batch to fill.");

  public static final ConfigOption<MemorySize> BATCH =
      ConfigOptions.key("sink.batch")
          .memoryType()
          .defaultValue(MemorySize.parse("128kb"))
          .withDescription("Size of a batch of the sink, per partition.");

  public static final ConfigOption<Delivery> DELIVERY =
      ConfigOptions.key("delivery")
          .enumType(Delivery.class)
          .defaultValue(Delivery.EFFECTIVELY_ONCE)
          .withDescription(
              "effectively-once: outputs are written at least once, and readers drop repeats by their origins."
                  + " exactly-once (experimental): in Kafka's transactions, for readers of committed records;"
                  + " set it for all jobs or for none.");

  public static final ConfigOption<Duration> TRANSACTION_TIMEOUT =
      ConfigOptions.key("delivery.transaction-timeout")
          .durationType()
          .defaultValue(Duration.ofMinutes(15))
          .withDescription(
              "With exactly-once: how long the brokers keep a transaction open. What expires is lost, so a job"
                  + " must not be down for longer.");

  /** All of them, for documentation and for the check of unknown keys. */
  public static final List<ConfigOption<?>> ALL =
      List.of(
          BOOTSTRAP,
          PROPERTIES,
          PREFIX,
          CREATE,
          PARTITIONS,
          REPLICATION,
          RETENTION,
          LINGER,
          BATCH,
          DELIVERY,
          TRANSACTION_TIMEOUT);

  private KafkaOptions() {}
}
