// SPDX-License-Identifier: Apache-2.0
package io.twinlog.flink;

import io.twinlog.wire.Header;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.connector.kafka.sink.KafkaSinkBuilder;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.DataStreamSink;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeader;

/**
 * The source and the sink of every job: bytes in, bytes out. What delivery rests on is set here and
 * cannot be set otherwise; reasons: docs/decisions/0003-effectively-once.md.
 */
public final class KafkaEnds {
  /**
   * A batch is never given up: a producer that gives one up writes the next, and readers would see
   * a hole.
   */
  static final int DELIVERY_TIMEOUT_MILLIS = Integer.MAX_VALUE;

  private static final long MAX_BLOCK_MILLIS = 60L * 60 * 1000;

  /** Properties that Twinlog sets itself: refused in {@link KafkaOptions#PROPERTIES}. */
  static final List<String> FIXED =
      List.of(
          ProducerConfig.ACKS_CONFIG,
          ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
          ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
          ProducerConfig.MAX_BLOCK_MS_CONFIG,
          ProducerConfig.RETRIES_CONFIG,
          ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
          ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION,
          ProducerConfig.TRANSACTIONAL_ID_CONFIG,
          ProducerConfig.TRANSACTION_TIMEOUT_CONFIG,
          ProducerConfig.LINGER_MS_CONFIG,
          ProducerConfig.BATCH_SIZE_CONFIG,
          ProducerConfig.PARTITIONER_CLASS_CONFIG,
          ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG,
          ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG,
          ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG,
          ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG,
          ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
          ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
          ConsumerConfig.GROUP_ID_CONFIG,
          ConsumerConfig.ISOLATION_LEVEL_CONFIG,
          CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG,
          "commit.offsets.on.checkpoint",
          "partition.discovery.interval.ms");

  private KafkaEnds() {}

  /**
   * A source of whole topics from their beginning. Without a restored state it begins there; an
   * offset that the broker no longer has stops the job rather than skip.
   */
  public static KafkaSource<SourceRecord> source(
      String job, List<String> topics, ReadableConfig settings) {
    return KafkaSource.<SourceRecord>builder()
        .setBootstrapServers(settings.get(KafkaOptions.BOOTSTRAP))
        .setTopics(topics)
        .setGroupId(settings.get(KafkaOptions.PREFIX) + job)
        .setStartingOffsets(new Beginning())
        .setDeserializer(new Opening())
        .setProperties(common(settings))
        .setProperty("partition.discovery.interval.ms", "-1")
        .setProperty("commit.offsets.on.checkpoint", "true")
        .setProperty(ConsumerConfig.ISOLATION_LEVEL_CONFIG, isolation(settings))
        .build();
  }

  /** With exactly-once a job must not read what the one before it may yet take back. */
  static String isolation(ReadableConfig settings) {
    return switch (settings.get(KafkaOptions.DELIVERY)) {
      case EFFECTIVELY_ONCE -> "read_uncommitted";
      case EXACTLY_ONCE -> "read_committed";
    };
  }

  /**
   * Writes what a job puts out.
   *
   * @param uid of the sink, and its name
   * @param writer in whose name transactions are written, if any are
   */
  public static DataStreamSink<OutputRecord> write(
      DataStream<OutputRecord> outputs, String uid, String writer, ReadableConfig settings) {
    return outputs.sinkTo(sink(writer, settings)).name(uid).uid(uid);
  }

  /** The one sink of a job. */
  public static KafkaSink<OutputRecord> sink(String job, ReadableConfig settings) {
    KafkaSinkBuilder<OutputRecord> builder =
        KafkaSink.<OutputRecord>builder()
            .setBootstrapServers(settings.get(KafkaOptions.BOOTSTRAP))
            .setKafkaProducerConfig(producer(settings))
            .setRecordSerializer(new Closing());
    return switch (settings.get(KafkaOptions.DELIVERY)) {
      case EFFECTIVELY_ONCE ->
          builder.setDeliveryGuarantee(DeliveryGuarantee.AT_LEAST_ONCE).build();
      case EXACTLY_ONCE ->
          builder
              .setDeliveryGuarantee(DeliveryGuarantee.EXACTLY_ONCE)
              .setTransactionalIdPrefix(transactionalIdPrefix(job, settings))
              .build();
    };
  }

  /** Of one job in one installation; never changed, as a job finds its open transactions by it. */
  static String transactionalIdPrefix(String job, ReadableConfig settings) {
    return settings.get(KafkaOptions.PREFIX) + job + "-";
  }

  /** What the sink's producers run with. */
  static Properties producer(ReadableConfig settings) {
    Properties properties = common(settings);
    properties.setProperty(ProducerConfig.ACKS_CONFIG, "all");
    properties.setProperty(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, "true");
    properties.setProperty(
        ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, Integer.toString(DELIVERY_TIMEOUT_MILLIS));
    properties.setProperty(ProducerConfig.MAX_BLOCK_MS_CONFIG, Long.toString(MAX_BLOCK_MILLIS));
    properties.setProperty(
        ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Integer.toString(TopicChecks.OUTPUT_BYTES_MAX));
    properties.setProperty(
        ProducerConfig.LINGER_MS_CONFIG,
        Long.toString(settings.get(KafkaOptions.LINGER).toMillis()));
    properties.setProperty(
        ProducerConfig.BATCH_SIZE_CONFIG,
        Long.toString(settings.get(KafkaOptions.BATCH).getBytes()));
    properties.putIfAbsent(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
    if (settings.get(KafkaOptions.DELIVERY) == Delivery.EXACTLY_ONCE) {
      properties.setProperty(
          ProducerConfig.TRANSACTION_TIMEOUT_CONFIG,
          Long.toString(settings.get(KafkaOptions.TRANSACTION_TIMEOUT).toMillis()));
    }
    return properties;
  }

  /** Where the brokers are, and how to speak to them: for a client beside source and sink. */
  public static Properties connection(ReadableConfig settings) {
    Properties properties = common(settings);
    properties.setProperty(
        CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, settings.get(KafkaOptions.BOOTSTRAP));
    return properties;
  }

  /**
   * Properties that an operator gave.
   *
   * @throws SettingsException when one of them is among {@link #FIXED}
   */
  public static Properties common(ReadableConfig settings) {
    Properties properties = new Properties();
    for (Map.Entry<String, String> entry : settings.get(KafkaOptions.PROPERTIES).entrySet()) {
      if (FIXED.contains(entry.getKey())) {
        throw new SettingsException(
            "kafka.properties: "
                + entry.getKey()
                + " cannot be set; delivery rests on what Twinlog sets, or it has a setting of its own");
      }
      properties.setProperty(entry.getKey(), entry.getValue());
    }
    return properties;
  }

  /** From the first offset that there is; a lost one is an error. */
  private static final class Beginning implements OffsetsInitializer {
    private static final long serialVersionUID = 1;

    @Override
    public Map<TopicPartition, Long> getPartitionOffsets(
        Collection<TopicPartition> partitions, PartitionOffsetsRetriever retriever) {
      return retriever.beginningOffsets(partitions);
    }

    @Override
    @SuppressWarnings("deprecation") // the connector's own signature
    public OffsetResetStrategy getAutoOffsetResetStrategy() {
      return OffsetResetStrategy.NONE;
    }
  }

  /** Hands bytes on; never throws for what a producer sent. */
  private static final class Opening implements KafkaRecordDeserializationSchema<SourceRecord> {
    private static final long serialVersionUID = 1;

    @Override
    public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<SourceRecord> out)
        throws IOException {
      out.collect(
          new SourceRecord(
              record.topic(),
              record.partition(),
              record.offset(),
              record.key(),
              record.value(),
              headers(record.headers().toArray())));
    }

    private static List<Header> headers(org.apache.kafka.common.header.Header[] given) {
      if (given.length == 0) {
        return List.of();
      }
      List<Header> headers = new ArrayList<>(given.length);
      for (org.apache.kafka.common.header.Header header : given) {
        headers.add(new Header(header.key(), header.value()));
      }
      return headers;
    }

    @Override
    public TypeInformation<SourceRecord> getProducedType() {
      return SourceRecord.TYPE;
    }
  }

  /** Topic, partition and headers are the record's own. */
  private static final class Closing implements KafkaRecordSerializationSchema<OutputRecord> {
    private static final long serialVersionUID = 1;

    @Override
    public ProducerRecord<byte[], byte[]> serialize(
        OutputRecord record, KafkaSinkContext context, Long timestamp) {
      ProducerRecord<byte[], byte[]> result =
          new ProducerRecord<>(record.topic(), record.partition(), record.key(), record.value());
      Headers headers = result.headers();
      for (Header header : record.headers()) {
        headers.add(new RecordHeader(header.key(), header.value()));
      }
      return result;
    }
  }
}
