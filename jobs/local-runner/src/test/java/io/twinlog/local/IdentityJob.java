// SPDX-License-Identifier: Apache-2.0
package io.twinlog.local;

import io.twinlog.flink.Job;
import io.twinlog.flink.KafkaOptions;
import io.twinlog.wire.Topic;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.api.common.serialization.SimpleStringSchema;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

/**
 * The smallest job there is, for tests of what runs jobs: copies {@code ingress} to {@code
 * events.user}, each record with its number in front. It knows no ticks and no rules.
 */
final class IdentityJob implements Job {
  static final ConfigOption<String> POISON =
      ConfigOptions.key("identity.poison")
          .stringType()
          .defaultValue("")
          .withDescription("A value at which the job throws.");

  private final String name;

  IdentityJob(String name) {
    this.name = name;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public List<ConfigOption<?>> options() {
    return List.of(POISON);
  }

  @Override
  public void define(StreamExecutionEnvironment environment, ReadableConfig settings) {
    String bootstrap = settings.get(KafkaOptions.BOOTSTRAP);
    String prefix = settings.get(KafkaOptions.PREFIX);
    createTopics(bootstrap, prefix);
    environment
        .fromSource(
            KafkaSource.<String>builder()
                .setBootstrapServers(bootstrap)
                .setTopics(Topic.INGRESS.in(prefix))
                .setGroupId(name)
                .setStartingOffsets(OffsetsInitializer.earliest())
                .setValueOnlyDeserializer(new SimpleStringSchema())
                .build(),
            WatermarkStrategy.noWatermarks(),
            name + "-source",
            Types.STRING)
        .uid(name + "-source")
        .filter(value -> value.startsWith("e"))
        .uid(name + "-filter")
        .map(new Numbered(settings.get(POISON)))
        .returns(Types.STRING)
        .uid(name + "-numbered")
        .setParallelism(1)
        .sinkTo(
            KafkaSink.<String>builder()
                .setBootstrapServers(bootstrap)
                .setDeliveryGuarantee(DeliveryGuarantee.AT_LEAST_ONCE)
                .setRecordSerializer(
                    KafkaRecordSerializationSchema.<String>builder()
                        .setTopic(Topic.EVENTS_USER.in(prefix))
                        .setValueSerializationSchema(new SimpleStringSchema())
                        .build())
                .build())
        .uid(name + "-sink")
        .setParallelism(1);
  }

  private static void createTopics(String bootstrap, String prefix) {
    List<Topic> wanted = List.of(Topic.INGRESS, Topic.COMMANDS, Topic.EVENTS_USER);
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
      List<String> existing = List.copyOf(admin.listTopics().names().get());
      admin
          .createTopics(
              wanted.stream()
                  .map(topic -> topic.in(prefix))
                  .filter(topic -> !existing.contains(topic))
                  .map(topic -> new NewTopic(topic, 2, (short) 1))
                  .toList())
          .all()
          .get();
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  private static final class Numbered extends RichMapFunction<String, String>
      implements CheckpointedFunction {
    private final String poison;
    private transient ListState<Long> state;
    private long number;

    private Numbered(String poison) {
      this.poison = poison;
    }

    @Override
    public void open(OpenContext context) {}

    @Override
    public String map(String value) {
      if (value.equals(poison)) {
        throw new IllegalArgumentException("poisoned by " + value);
      }
      return ++number + ":" + value;
    }

    @Override
    public void snapshotState(FunctionSnapshotContext context) throws Exception {
      List<Long> one = new ArrayList<>();
      one.add(number);
      state.update(one);
    }

    @Override
    public void initializeState(FunctionInitializationContext context) throws Exception {
      state =
          context
              .getOperatorStateStore()
              .getListState(new ListStateDescriptor<>("number", Types.LONG));
      for (Long restored : state.get()) {
        number = restored;
      }
    }
  }
}
