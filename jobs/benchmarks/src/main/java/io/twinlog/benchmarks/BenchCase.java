// SPDX-License-Identifier: Apache-2.0
package io.twinlog.benchmarks;

import io.twinlog.wire.Topic;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One job that is measured, and over which fleet's records. It does not know how.
 *
 * @param name as {@code --only} and the tables have it
 * @param devices of the fleet
 * @param other whether it runs in the build that this one is held against
 */
record BenchCase(String name, Kind kind, int devices, boolean other) {
  private static final String OTHER = "-other";

  private static final int THOUSAND = 1_000;
  private static final int MILLION = 1_000_000;

  /** What runs, and what it reads. */
  enum Kind {
    /** Bytes in, bytes out, over the events as producers wrote them. */
    IDENTITY_JSON,
    ROUTER,
    /** Bytes in, bytes out, over the inbox of devices. */
    IDENTITY_AVRO,
    DEVICE,
    TELEMETRY,
    /** What the telemetry job does to windows, by Flink's own. */
    WINDOWS,
    /** Bytes in, bytes out, over the inbox of services. */
    IDENTITY_SERVICES,
    SERVICE,
    /** Bytes in, bytes out, over the inbox of alerts. */
    IDENTITY_ERRORS,
    ESCALATION;

    /** Topics that it reads. */
    List<Topic> reads() {
      return switch (this) {
        case IDENTITY_JSON -> List.of(Topic.INGRESS);
        case ROUTER -> Topic.SOURCES;
        case IDENTITY_AVRO, DEVICE, TELEMETRY, WINDOWS -> List.of(Topic.EVENTS_DOMAIN);
        case IDENTITY_SERVICES, SERVICE -> List.of(Topic.EVENTS_SYSTEM);
        case IDENTITY_ERRORS, ESCALATION -> List.of(Topic.EVENTS_ERROR);
      };
    }

    /** Whose records it reads. */
    Fleet.Members members() {
      return switch (this) {
        case IDENTITY_SERVICES, SERVICE -> Fleet.Members.INSTANCES;
        case IDENTITY_ERRORS, ESCALATION -> Fleet.Members.SOURCES;
        case IDENTITY_JSON, ROUTER, IDENTITY_AVRO, DEVICE, TELEMETRY, WINDOWS ->
            Fleet.Members.DEVICES;
      };
    }

    /** Whether it reads what the router wrote, and not what producers did. */
    boolean readsInbox() {
      return this != IDENTITY_JSON && this != ROUTER;
    }

    /** Whether it goes on from what it knows of the fleet before the batch. */
    boolean knowsFleet() {
      return this == DEVICE || this == SERVICE || this == ESCALATION || hasStatistics();
    }

    boolean hasStatistics() {
      return this == TELEMETRY || this == WINDOWS;
    }

    boolean isIdentity() {
      return yardstick().isEmpty();
    }

    /** What it is measured by. */
    Optional<Kind> yardstick() {
      return switch (this) {
        case ROUTER -> Optional.of(IDENTITY_JSON);
        case DEVICE, TELEMETRY, WINDOWS -> Optional.of(IDENTITY_AVRO);
        case SERVICE -> Optional.of(IDENTITY_SERVICES);
        case ESCALATION -> Optional.of(IDENTITY_ERRORS);
        case IDENTITY_JSON, IDENTITY_AVRO, IDENTITY_SERVICES, IDENTITY_ERRORS -> Optional.empty();
      };
    }
  }

  /**
   * All that there are, in the order in which they take turns.
   *
   * @param devices sizes of fleets; all jobs but the device job are measured with the first
   */
  static List<BenchCase> all(List<Integer> devices) {
    int first = devices.get(0);
    List<BenchCase> all = new ArrayList<>();
    all.add(new BenchCase("identity-json", Kind.IDENTITY_JSON, first));
    all.add(new BenchCase("router", Kind.ROUTER, first));
    all.add(new BenchCase("identity-avro", Kind.IDENTITY_AVRO, first));
    devices.forEach(count -> all.add(new BenchCase("device-" + label(count), Kind.DEVICE, count)));
    all.add(new BenchCase("telemetry-" + label(first), Kind.TELEMETRY, first));
    all.add(new BenchCase("windows-" + label(first), Kind.WINDOWS, first));
    all.add(new BenchCase("identity-services", Kind.IDENTITY_SERVICES, first));
    all.add(new BenchCase("service-" + label(first), Kind.SERVICE, first));
    all.add(new BenchCase("identity-errors", Kind.IDENTITY_ERRORS, first));
    all.add(new BenchCase("escalation-" + label(first), Kind.ESCALATION, first));
    return all;
  }

  private BenchCase(String name, Kind kind, int devices) {
    this(name, kind, devices, false);
  }

  /** The same in the build that this one is held against. */
  BenchCase inOther() {
    return new BenchCase(name + OTHER, kind, devices, true);
  }

  private static String label(int count) {
    if (count % MILLION == 0) {
      return count / MILLION + "m";
    }
    return count % THOUSAND == 0 ? count / THOUSAND + "k" : Integer.toString(count);
  }

  /** Prefix of the topics that hold the records of the fleet. */
  String fleetPrefix() {
    String members =
        switch (kind.members()) {
          case DEVICES -> "fleet-";
          case INSTANCES -> "services-";
          case SOURCES -> "errors-";
        };
    return members + devices + ".";
  }

  /** Whether it writes to the topics that hold its fleet's records. */
  boolean sharesTopics() {
    return kind == Kind.DEVICE && !other;
  }

  /** Prefix of the topics that it writes. */
  String ownPrefix() {
    return sharesTopics() ? fleetPrefix() : name + ".";
  }
}
