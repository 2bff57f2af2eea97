// SPDX-License-Identifier: Apache-2.0
package io.twinlog.clock;

import java.io.IOException;
import java.util.Properties;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;

/** Where pulses become ticks; the work is {@link TickWriter}'s. */
record TickSink(Properties connection, String prefix, ClockJobSettings settings)
    implements Sink<Long> {
  private static final long serialVersionUID = 1;

  @Override
  public SinkWriter<Long> createWriter(WriterInitContext context) throws IOException {
    return TickWriter.open(this, context.metricGroup());
  }
}
