// SPDX-License-Identifier: Apache-2.0
package io.twinlog.simulator;

import io.twinlog.schemas.ServiceEndpoint;
import io.twinlog.schemas.ServiceEndpoints;
import io.twinlog.schemas.ServiceInstance;
import io.twinlog.schemas.ServiceLog;
import io.twinlog.simulator.Folded.Output;
import io.twinlog.wire.SingleObject;
import io.twinlog.wire.Topic;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Judges what the service job of a simulation has written: it is what an {@link Undisturbed} one
 * writes; the versions of each instance count up by one; who is listed at the end is known.
 */
final class ServiceVerdict {
  private static final String WRITER = "service";

  private final SingleObject singleObject = new SingleObject();
  private final List<String> problems = new ArrayList<>();

  private ServiceVerdict() {}

  /** What is wrong; empty: nothing. */
  static List<String> problems(SimulatedBroker broker, Setting setting) throws Exception {
    ServiceVerdict verdict = new ServiceVerdict();
    Folded found = Folded.of(broker, WRITER);
    verdict.problems.addAll(
        Undisturbed.problems(
            broker,
            found,
            WRITER,
            quiet -> SimulatedOperators.ofServiceJob(setting.withoutCache(), quiet.directory()),
            Defect.NONE.inAnyRun()));
    verdict.judgeVersions(found);
    verdict.judgeEndpoints(found);
    return verdict.problems;
  }

  private void judgeVersions(Folded found) {
    Map<String, Long> versions = new TreeMap<>();
    for (Output output : found.outputs()) {
      if (output.topic() == Topic.SERVICE_LOG) {
        ServiceLog log = singleObject.decode(output.entry().value(), ServiceLog.class);
        String id = log.getServiceId();
        long before = versions.getOrDefault(id, 0L);
        if (log.getVersion() != before + 1) {
          problems.add(id + " has version " + log.getVersion() + " after " + before);
        }
        versions.put(id, log.getEvent().equals("ServiceForgotten") ? 0 : log.getVersion());
      }
    }
  }

  /** All have been silent for long: who is listed is one that the guard holds, under its name. */
  private void judgeEndpoints(Folded found) {
    Map<String, ServiceInstance> registry = new TreeMap<>();
    Map<String, ServiceEndpoints> lists = new TreeMap<>();
    for (Output output : found.outputs()) {
      byte[] value = output.entry().value();
      String key = output.entry().keyText();
      if (output.topic() == Topic.SERVICE_REGISTRY) {
        registry.put(key, value == null ? null : singleObject.decode(value, ServiceInstance.class));
      } else if (output.topic() == Topic.SERVICE_ENDPOINTS) {
        lists.put(key, value == null ? null : singleObject.decode(value, ServiceEndpoints.class));
      }
    }
    for (Map.Entry<String, ServiceEndpoints> list : lists.entrySet()) {
      if (list.getValue() != null) {
        for (ServiceEndpoint listed : list.getValue().getInstances()) {
          if (!registry.containsKey(listed.getServiceId())) {
            problems.add(list.getKey() + " lists " + listed.getServiceId() + ", whom nobody knows");
          }
        }
      }
    }
    registry.forEach(
        (id, instance) -> {
          if (instance != null && instance.getHealth().equals("healthy")) {
            judgeListed(id, lists.get(instance.getName()));
          }
        });
  }

  private void judgeListed(String id, ServiceEndpoints list) {
    if (list == null
        || list.getInstances().stream().noneMatch(one -> one.getServiceId().equals(id))) {
      problems.add(id + " is healthy, and not in " + list);
    }
  }
}
