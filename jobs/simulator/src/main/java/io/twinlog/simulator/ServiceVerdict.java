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
import java.util.Set;
import java.util.TreeMap;
import org.apache.avro.specific.SpecificRecordBase;

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
    verdict.judgeEndpoints(found, setting.services().instancesMax());
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

  /**
   * At the end all that are known are well: they are listed, as far as there is room. Who is listed
   * and not known was given up while the guard held it.
   */
  private void judgeEndpoints(Folded found, int instancesMax) {
    Map<String, ServiceInstance> registry = new TreeMap<>();
    Map<String, ServiceEndpoints> lists = new TreeMap<>();
    Map<String, String> newest = new TreeMap<>();
    for (Output output : found.outputs()) {
      byte[] value = output.entry().value();
      String key = output.entry().keyText();
      if (output.topic() == Topic.SERVICE_REGISTRY) {
        put(registry, key, value, ServiceInstance.class);
      } else if (output.topic() == Topic.SERVICE_ENDPOINTS) {
        put(lists, key, value, ServiceEndpoints.class);
      } else if (output.topic() == Topic.SERVICE_LOG) {
        newest.put(key, singleObject.decode(value, ServiceLog.class).getEvent());
      }
    }
    for (ServiceEndpoints list : lists.values()) {
      for (ServiceEndpoint listed : list.getInstances()) {
        String id = listed.getServiceId();
        boolean givenUp = Set.of("ServiceExpired", "ServiceForgotten").contains(newest.get(id));
        if (registry.containsKey(id) ? !isAs(registry.get(id), listed, list) : !givenUp) {
          problems.add(
              list.getName()
                  + " lists "
                  + listed
                  + ", which is "
                  + registry.get(id)
                  + newest.get(id));
        }
      }
    }
    registry.values().forEach(instance -> judgeListed(instance, lists, instancesMax));
  }

  private static boolean isAs(
      ServiceInstance instance, ServiceEndpoint listed, ServiceEndpoints list) {
    return instance.getHealth().equals("healthy")
        && instance.getName().equals(list.getName())
        && instance.getEndpoint().equals(listed.getEndpoint());
  }

  private void judgeListed(
      ServiceInstance instance, Map<String, ServiceEndpoints> lists, int instancesMax) {
    ServiceEndpoints list = lists.get(instance.getName());
    boolean listed =
        list != null
            && (list.getInstances().size() >= instancesMax
                || list.getInstances().stream()
                    .anyMatch(one -> one.getServiceId().equals(instance.getServiceId())));
    if (!listed || !instance.getHealth().equals("healthy")) {
      problems.add(instance + " is well, and not in " + list);
    }
  }

  private <T extends SpecificRecordBase> void put(
      Map<String, T> all, String key, byte[] value, Class<T> type) {
    if (value == null) {
      all.remove(key);
    } else {
      all.put(key, singleObject.decode(value, type));
    }
  }
}
