// SPDX-License-Identifier: Apache-2.0
package io.twinlog.wire;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Every topic of an installation: its name without the prefix, how it is cleaned, what its key is.
 */
public enum Topic {
  INGRESS(
      "ingress",
      Cleanup.DELETE,
      "device id, where a producer knows it",
      "events as producers wrote them"),
  COMMANDS("commands", Cleanup.DELETE, "aggregate id", "commands as clients wrote them"),
  EVENTS_DOMAIN(
      "events.domain",
      Cleanup.DELETE,
      "device id",
      "domain events and device commands: the inbox of devices"),
  EVENTS_SYSTEM(
      "events.system", Cleanup.DELETE, "service id", "system events: the inbox of services"),
  EVENTS_ERROR(
      "events.error",
      Cleanup.DELETE,
      "key of the alert",
      "errors and commands to alerts: the inbox of alerts"),
  EVENTS_USER("events.user", Cleanup.DELETE, "user id", "user events"),
  EVENTS_INTEGRATION("events.integration", Cleanup.DELETE, "event id", "all other events"),
  DEVICE_LOG(
      "device.log", Cleanup.KEEP, "device id", "the events of each device, versions 1, 2, 3 ..."),
  DEVICE_STATE(
      "device.state", Cleanup.COMPACT, "device id", "projection: the current value of each device"),
  DEVICE_SNAPSHOTS("device.snapshots", Cleanup.KEEP, "device id", "snapshots to fold on from"),
  DEVICE_STATUS("device.status", Cleanup.DELETE, "device id", "transitions of devices"),
  DEVICE_DOWNLINK(
      "device.downlink",
      Cleanup.DELETE,
      "device id",
      "desired configuration on its way to devices"),
  DEVICE_AVAILABILITY(
      "device.availability",
      Cleanup.COMPACT,
      "device id",
      "projection: how each device fared of late, day by day"),
  FLEET_COUNTS(
      "fleet.counts", Cleanup.COMPACT, "model", "projection: devices of each model by status"),
  TELEMETRY_RECORDS(
      "telemetry.records",
      Cleanup.DELETE,
      "device id",
      "measurements that were accepted, with score and flags"),
  TELEMETRY_REJECTED(
      "telemetry.rejected",
      Cleanup.DELETE,
      "device id",
      "measurements that were not, with all reasons"),
  TELEMETRY_STATS(
      "telemetry.stats",
      Cleanup.COMPACT,
      "device/metric/window/start",
      "projection: what the values of each minute, hour and day come to"),
  TELEMETRY_LATEST(
      "telemetry.latest",
      Cleanup.COMPACT,
      "device id",
      "projection: the newest value of each metric"),
  SERVICE_LOG(
      "service.log", Cleanup.DELETE, "service id", "the events of each instance of a service"),
  SERVICE_REGISTRY(
      "service.registry",
      Cleanup.COMPACT,
      "service id",
      "projection: each instance of a service as it is now"),
  SERVICE_ENDPOINTS(
      "service.endpoints",
      Cleanup.COMPACT,
      "service name",
      "projection: the instances of each service that may take load"),
  ERROR_RECORDS(
      "error.records", Cleanup.DELETE, "key of the alert", "every error, as it was reported"),
  ALERT_LOG("alert.log", Cleanup.DELETE, "alert id", "the events of each alert"),
  ALERT_STATE(
      "alert.state",
      Cleanup.COMPACT,
      "alert id",
      "projection: the newest alert of each source and code"),
  ALERT_SILENCES(
      "alert.silences",
      Cleanup.COMPACT,
      "silence id",
      "projection: what nobody is told of for a while"),
  NOTIFICATIONS("notifications", Cleanup.DELETE, "group id", "what somebody is to be told"),
  NOTIFICATION_RECEIPTS(
      "notification.receipts", Cleanup.DELETE, "group id", "what became of each notification"),
  RECOVERY_REQUESTS(
      "recovery.requests",
      Cleanup.DELETE,
      "key of the alert",
      "attempts to bring a source back that somebody is asked for"),
  COMMAND_RESULTS("command.results", Cleanup.DELETE, "command id", "what became of each command"),
  PARKED(
      "parked",
      Cleanup.KEEP,
      "aggregate id",
      "inputs that wait with their key, and what became of them"),
  LEDGER(
      "ledger",
      Cleanup.COMPACT,
      "job/topic/partition/first offset",
      "what each job read of a window of offsets, and what became of it"),
  RULES(
      "rules",
      Cleanup.COMPACT,
      "version, decimal",
      "the sets of rules that were published; one partition, nothing is ever deleted"),
  DEAD_LETTERS("dead-letters", Cleanup.DELETE, "as it was", "inputs that could not be processed");

  /** How Kafka cleans a topic up. */
  public enum Cleanup {
    /** cleanup.policy=delete, with the retention of the installation. */
    DELETE("delete"),
    /** cleanup.policy=delete without any end. */
    KEEP("delete"),
    /** cleanup.policy=compact. */
    COMPACT("compact");

    private final String policy;

    Cleanup(String policy) {
      this.policy = policy;
    }

    /** The value of cleanup.policy. */
    public String policy() {
      return policy;
    }
  }

  /** What the router reads. */
  public static final List<Topic> SOURCES = List.of(INGRESS, COMMANDS);

  /** What stateful jobs read; ticks are forwarded to every partition of each. */
  public static final List<Topic> INBOXES = List.of(EVENTS_DOMAIN, EVENTS_SYSTEM, EVENTS_ERROR);

  private final String text;
  private final Cleanup cleanup;
  private final String key;
  private final String holds;

  Topic(String text, Cleanup cleanup, String key, String holds) {
    this.text = text;
    this.cleanup = cleanup;
    this.key = key;
    this.holds = holds;
  }

  /** Name without the prefix. */
  public String text() {
    return text;
  }

  /** Name on the broker. The prefix ends in its own separator: {@code twinlog.}. */
  public String in(String prefix) {
    return prefix + text;
  }

  public Cleanup cleanup() {
    return cleanup;
  }

  public String key() {
    return key;
  }

  /** Whether it has one partition, whatever the installation: its records are in one order. */
  public boolean isOnePartition() {
    return this == RULES;
  }

  /** One line on what it holds. */
  public String holds() {
    return holds;
  }

  public static Optional<Topic> of(String text) {
    return Arrays.stream(values()).filter(topic -> topic.text.equals(text)).findFirst();
  }
}
