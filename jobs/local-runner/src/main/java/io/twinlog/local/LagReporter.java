// SPDX-License-Identifier: Apache-2.0
package io.twinlog.local;

import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
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
public final class LagReporter implements MetricReporter {
  /** Setting that tells the reporters of several clusters in one JVM apart. */
  static final String RUN = "run";

  private static final String PENDING = "pendingRecords";
  private static final String JOB = "<job_name>";
  private static final Map<String, LagReporter> OPEN = new ConcurrentHashMap<>();

  private final Map<Gauge<?>, String> jobs = new ConcurrentHashMap<>();
  private String run = "";

  /** Found by Flink through the service loader. */
  public static final class Factory implements MetricReporterFactory {
    @Override
    public MetricReporter createMetricReporter(Properties properties) {
      return new LagReporter();
    }
  }

  /** Records that the job has not read, over all its sources; 0 when it does not run. */
  static long of(String run, String job) {
    LagReporter reporter = OPEN.get(run);
    return reporter == null ? 0 : reporter.lag(job);
  }

  private long lag(String job) {
    return jobs.entrySet().stream()
        .filter(entry -> entry.getValue().equals(job))
        .map(entry -> entry.getKey().getValue())
        .mapToLong(value -> value instanceof Number number ? number.longValue() : 0)
        .sum();
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
    if (metric instanceof Gauge<?> gauge && name.equals(PENDING) && job != null) {
      jobs.put(gauge, job);
    }
  }

  @Override
  public void notifyOfRemovedMetric(Metric metric, String name, MetricGroup group) {
    if (metric instanceof Gauge<?> gauge) {
      jobs.remove(gauge);
    }
  }
}
