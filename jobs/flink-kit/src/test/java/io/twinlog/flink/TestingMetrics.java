// SPDX-License-Identifier: Apache-2.0
package io.twinlog.flink;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.flink.api.common.JobID;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.runtime.clusterframework.types.ResourceID;
import org.apache.flink.runtime.executiongraph.ExecutionGraphTestUtils;
import org.apache.flink.runtime.metrics.groups.TaskManagerMetricGroup;
import org.apache.flink.runtime.metrics.groups.TaskMetricGroup;
import org.apache.flink.runtime.metrics.util.TestingMetricRegistry;
import org.apache.flink.runtime.operators.testutils.MockEnvironment;
import org.apache.flink.runtime.operators.testutils.MockEnvironmentBuilder;

/** Keeps the counters and gauges that an operator registers, for a test to read. */
final class TestingMetrics {
  private record Named<T>(String name, T metric) {}

  private final List<Named<Counter>> counters = new CopyOnWriteArrayList<>();
  private final List<Named<Gauge<?>>> gauges = new CopyOnWriteArrayList<>();

  MockEnvironment environment(int parallelism, int subtask) {
    return new MockEnvironmentBuilder()
        .setTaskName("test")
        .setMaxParallelism(JobEnvironment.MAX_PARALLELISM)
        .setParallelism(parallelism)
        .setSubtaskIndex(subtask)
        .setMetricGroup(group())
        .build();
  }

  private TaskMetricGroup group() {
    TestingMetricRegistry registry =
        TestingMetricRegistry.builder()
            .setRegisterConsumer(
                (metric, name, group) -> {
                  if (metric instanceof Counter counter) {
                    counters.add(new Named<>(name, counter));
                  } else if (metric instanceof Gauge<?> gauge) {
                    gauges.add(new Named<>(name, gauge));
                  }
                })
            .build();
    return TaskManagerMetricGroup.createTaskManagerMetricGroup(
            registry, "localhost", ResourceID.generate())
        .addJob(new JobID(), "job")
        .addTask(ExecutionGraphTestUtils.createExecutionAttemptId(), "task");
  }

  /** Sum of all counters of that name. */
  long count(String name) {
    return counters.stream()
        .filter(named -> named.name.equals(name))
        .mapToLong(named -> named.metric.getCount())
        .sum();
  }

  /** What the gauge of that name says. */
  Object gauge(String name) {
    return gauges.stream()
        .filter(named -> named.name.equals(name))
        .findFirst()
        .orElseThrow()
        .metric
        .getValue();
  }
}
