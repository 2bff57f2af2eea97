// SPDX-License-Identifier: Apache-2.0
package io.twinlog.system.prove;

import io.twinlog.device.DeviceJob;
import io.twinlog.flink.InboxReader;
import io.twinlog.flink.InboxRecord;
import io.twinlog.flink.JobEnvironment;
import io.twinlog.flink.KafkaEnds;
import io.twinlog.flink.LedgerTally;
import io.twinlog.flink.OutputRecord;
import io.twinlog.flink.StatefulTopology;
import io.twinlog.flink.TopicChecks;
import io.twinlog.flink.TopicDirectory;
import io.twinlog.wire.Topic;
import org.apache.flink.api.common.functions.FilterFunction;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * A build of the device job with a defect: between reader and aggregate it loses one record. All
 * else is the job's own, but for the second stages, which are left out.
 */
final class LossyDeviceJob {
  private static final String NAME = "device";

  /** Loses the record at one place. */
  private record Loss(int partition, long offset) implements FilterFunction<InboxRecord> {
    private static final long serialVersionUID = 1;

    @Override
    public boolean filter(InboxRecord record) {
      return record.place().partition() != partition || record.place().offset() != offset;
    }
  }

  private LossyDeviceJob() {}

  /** Starts it on a cluster in this JVM. */
  static JobClient start(Configuration settings, int partition, long offset) throws Exception {
    TopicDirectory topics = TopicChecks.run(settings, DeviceJob.TOPICS);
    TopicDirectory.Entry inbox = topics.entry(Topic.EVENTS_DOMAIN);
    StreamExecutionEnvironment environment = JobEnvironment.create(settings);
    SingleOutputStreamOperator<InboxRecord> read =
        StatefulTopology.inbox(environment, NAME, inbox, settings)
            .transform("device-reader", InboxRecord.TYPE, new InboxReader(inbox))
            .uid("device-reader");
    SingleOutputStreamOperator<OutputRecord> outputs =
        read.filter(new Loss(partition, offset))
            .uid("device-defect")
            .keyBy(InboxRecord::key, Types.STRING)
            .transform(
                "device-aggregate",
                OutputRecord.TYPE,
                DeviceJob.operators(settings, topics).aggregate())
            .uid("device-aggregate");
    outputs.sinkTo(KafkaEnds.sink(NAME, settings)).uid("device-outputs");
    StatefulTopology.ledger(
            read.getSideOutput(LedgerTally.TALLIES)
                .union(outputs.getSideOutput(LedgerTally.TALLIES)),
            NAME,
            topics)
        .sinkTo(KafkaEnds.sink(NAME + "-ledger", settings))
        .uid("device-ledger-outputs");
    return environment.executeAsync(NAME);
  }
}
