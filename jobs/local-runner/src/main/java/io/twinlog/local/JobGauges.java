// SPDX-License-Identifier: Apache-2.0
package io.twinlog.local;

import java.util.Map;
import java.util.OptionalLong;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.LongStream;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Metric;
import org.apache.flink.metrics.MetricConfig;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.reporter.MetricReporter;
import org.apache.flink.metrics.reporter.MetricReporterFactory;

/**
 * Keeps the records that each job has yet to read at hand, for the line of live figures. Everything
 * else that jobs measure goes to the Prometheus reporter.
 */
public final class JobGauges implements MetricReporter {
  /** Setting that tells the reporters of several clusters in one JVM apart. */
  static final String RUN = "run";

  /** Records that a source has not read. */
  static final String PENDING = "pendingRecords";

  /** Clock of the last tick that every source partition has acknowledged. */
  static final String CLOCK = "twinlog_clock";

  /** Tick records written since the start; -1 while a tick is under way. */
  static final String TICK_RECORDS = "twinlog_tick_records";

  private static final Set<String> KEPT = Set.of(PENDING, CLOCK, TICK_RECORDS);
  private static final String JOB = "<job_name>";
  private static final Map<String, JobGauges> OPEN = new ConcurrentHashMap<>();

  private final Map<Gauge<?>, Named> gauges = new ConcurrentHashMap<>();
  private String run = "";

  /** Found by Flink through the service loader. */
  public static final class Factory implements MetricReporterFactory {
    @Override
    public MetricReporter createMetricReporter(Properties properties) {
      return new JobGauges();
    }
  }

  /** Of which job, and what it shows. */
  private record Named(String job, String name) {}

  /** Sum of a job's gauges of that name; empty while there is none. */
  static OptionalLong of(String run, String job, String name) {
    JobGauges reporter = OPEN.get(run);
    return reporter == null ? OptionalLong.empty() : reporter.sum(new Named(job, name));
  }

  private OptionalLong sum(Named named) {
    long[] values =
        gauges.entrySet().stream()
            .filter(entry -> entry.getValue().equals(named))
            .mapToLong(entry -> entry.getKey().getValue() instanceof Number n ? n.longValue() : 0)
            .toArray();
    return values.length == 0 ? OptionalLong.empty() : OptionalLong.of(LongStream.of(values).sum());
  }

  @Override
  public void open(MetricConfig config) {
    run = config.getString(RUN, "");
    OPEN.put(run, this);
  }

  @Override
  public void close() {
    OPEN.remove(run, this);
  }

  @Override
  public void notifyOfAddedMetric(Metric metric, String name, MetricGroup group) {
    String job = group.getAllVariables().get(JOB);
    if (metric instanceof Gauge<?> gauge && KEPT.contains(name) && job != null) {
      gauges.put(gauge, new Named(job, name));
    }
  }

  @Override
  public void notifyOfRemovedMetric(Metric metric, String name, MetricGroup group) {
    if (metric instanceof Gauge<?> gauge) {
      gauges.remove(gauge);
    }
  }
}
