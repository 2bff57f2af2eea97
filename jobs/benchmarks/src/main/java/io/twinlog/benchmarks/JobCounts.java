// SPDX-License-Identifier: Apache-2.0
package io.twinlog.benchmarks;

import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Metric;
import org.apache.flink.metrics.MetricConfig;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.reporter.MetricReporter;
import org.apache.flink.metrics.reporter.MetricReporterFactory;

/**
 * The counters of the job in this JVM, to be read at any moment. They are the job's own: nothing is
 * put into its way to be counted.
 */
public final class JobCounts implements MetricReporter {
  /** Records that the sources have handed to the job. */
  static final String READ = "numRecordsIn";

  static final String APPLIED = "twinlog_applied";
  static final String DUPLICATES = "twinlog_duplicates";

  /** Events that a router has sent on their way; ticks are none. */
  static final String ROUTED = "twinlog_events";

  private static final Set<String> KEPT = Set.of(READ, APPLIED, DUPLICATES, ROUTED);
  private static final String OPERATOR = "<operator_name>";
  private static final String SOURCE = "Source: ";
  private static final Map<Counter, String> COUNTERS = new ConcurrentHashMap<>();

  /** Found by Flink through the service loader. */
  public static final class Factory implements MetricReporterFactory {
    @Override
    public MetricReporter createMetricReporter(Properties properties) {
      return new JobCounts();
    }
  }

  /** Sum over the tasks of the job; 0 while there is none. */
  static long sum(String name) {
    long sum = 0;
    for (Map.Entry<Counter, String> entry : COUNTERS.entrySet()) {
      if (entry.getValue().equals(name)) {
        sum += entry.getKey().getCount();
      }
    }
    return sum;
  }

  /** Whether no job has counters. */
  static boolean isEmpty() {
    return COUNTERS.isEmpty();
  }

  @Override
  public void open(MetricConfig config) {
    // Nothing to open.
  }

  @Override
  public void close() {
    COUNTERS.clear();
  }

  @Override
  public void notifyOfAddedMetric(Metric metric, String name, MetricGroup group) {
    if (metric instanceof Counter counter && KEPT.contains(name) && isOf(name, group)) {
      COUNTERS.put(counter, name);
    }
  }

  /** Every operator counts what comes in; what a source reads is counted by its own. */
  private static boolean isOf(String name, MetricGroup group) {
    String operator = group.getAllVariables().get(OPERATOR);
    return !name.equals(READ) || operator != null && operator.startsWith(SOURCE);
  }

  @Override
  public void notifyOfRemovedMetric(Metric metric, String name, MetricGroup group) {
    if (metric instanceof Counter counter) {
      COUNTERS.remove(counter);
    }
  }
}
