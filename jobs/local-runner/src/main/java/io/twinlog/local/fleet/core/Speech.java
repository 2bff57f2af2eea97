// SPDX-License-Identifier: Apache-2.0
package io.twinlog.local.fleet.core;

import io.twinlog.local.fleet.core.Envelopes.Head;
import io.twinlog.local.fleet.core.FleetMessage.Kind;
import java.util.function.Consumer;

/**
 * What devices say, and what others say of them: sessions, sequence numbers, ids, payloads. Who
 * speaks when is for {@link Fleet} to decide.
 */
final class Speech {
  private static final String[] SITES = {"north", "south", "east", "west", "harbour"};

  private final FleetPlan plan;
  private final Envelopes envelopes;
  private final Consumer<Fact> truth;
  private final Sensors sensors;
  private final Ascii payload = new Ascii();
  private final String[] names;
  private final int[] sessions;
  private final int[] sequences;
  private final int[] counts;

  private long message;
  private double offsetMillis;
  private long at;

  Speech(FleetPlan plan, Envelopes envelopes, Consumer<Fact> truth) {
    this.plan = plan;
    this.envelopes = envelopes;
    this.truth = truth;
    sensors = new Sensors(plan, truth);
    names = new String[plan.devices()];
    sessions = new int[plan.devices()];
    sequences = new int[plan.devices()];
    counts = new int[plan.devices()];
  }

  /** Sets the time of all that is said from now on. */
  void now(long message, double offsetMillis, long at) {
    this.message = message;
    this.offsetMillis = offsetMillis;
    this.at = at;
  }

  String name(int device) {
    if (names[device] == null) {
      names[device] = plan.device(device);
    }
    return names[device];
  }

  /** Sessions that the device has had. */
  int sessions(int device) {
    return sessions[device];
  }

  /** Whether the device has said nothing but that it is there. */
  boolean hasJustCome(int device) {
    return sessions[device] == 1 && sequences[device] == 1;
  }

  Fact fact(int device, String kind) {
    return Fact.of(at, name(device), kind);
  }

  FleetMessage register(int device, long now) {
    at = now;
    DeviceModel model = DeviceModel.of(device);
    String site = SITES[device % SITES.length];
    long interval = plan.heartbeatIntervalMillis();
    String id = name(device) + "-" + plan.run() + "-r";
    named(device).text(",\"model\":\"").text(model.text());
    payload.text("\",\"firmware\":\"1.").number(device % 4);
    payload.text("\",\"attributes\":{\"site\":\"").text(site);
    payload.text("\",\"line\":").number(device % 7);
    payload.text("},\"heartbeat_interval_ms\":").number(interval).text("}");
    truth.accept(
        fact(device, "registered")
            .with("id", id)
            .with("model", model.text())
            .with("site", site)
            .with("heartbeat_interval_ms", interval));
    return message(Kind.REGISTERED, device, Head.ofProvisioning(id, name(device), at));
  }

  /** Comes with a new session. */
  FleetMessage online(int device) {
    sessions[device]++;
    sequences[device] = 0;
    named(device).text("}");
    Head head = head(device, "device.online", at);
    truth.accept(fact(device, "session").with("session_id", head.session()).with("id", head.id()));
    return message(Kind.ONLINE, device, head);
  }

  FleetMessage heartbeat(int device) {
    named(device).text("}");
    return message(Kind.HEARTBEAT, device, head(device, "device.heartbeat", at));
  }

  /** Telemetry of now, or of so long ago. */
  FleetMessage telemetry(int device, long agoMillis) {
    Head head = head(device, "data.collected", at - agoMillis);
    named(device).text(",\"data\":");
    sensors.read(
        new Sensors.Look(
            device,
            name(device),
            head.id(),
            counts[device],
            message,
            offsetMillis - agoMillis,
            at - agoMillis),
        payload);
    payload.text("}");
    return message(Kind.TELEMETRY, device, head);
  }

  FleetMessage error(int device, FaultKind fault) {
    named(device).text(",\"error\":{\"code\":\"").text(fault.code);
    payload.text("\",\"severity\":\"").text(fault.severity);
    payload.text("\",\"message\":\"").text(fault.message).text("\"}}");
    Head head = head(device, "device.error", at).withPriority(fault.priority);
    truth.accept(
        fact(device, "fault_raised")
            .with("code", fault.code)
            .with("severity", fault.severity)
            .with("id", head.id()));
    return message(Kind.ERROR, device, head);
  }

  FleetMessage recovered(int device, FaultKind fault) {
    named(device).text(",\"code\":\"").text(fault.code).text("\"}");
    Head head = head(device, "device.recovered", at);
    truth.accept(fact(device, "fault_cleared").with("code", fault.code).with("id", head.id()));
    return message(Kind.RECOVERED, device, head);
  }

  /** Nothing is wrong with the device, whatever it said in another run. */
  FleetMessage allClear(int device) {
    named(device).text("}");
    Head head = head(device, "device.recovered", at);
    truth.accept(fact(device, "all_clear").with("id", head.id()));
    return message(Kind.RECOVERED, device, head);
  }

  /** The broker has noticed by now that a session, not the last one, has ended. */
  FleetMessage lastWill(int device, int session) {
    String ended = session(device, session);
    String id = "will-" + ended;
    named(device).text(",\"reason\":\"last will\"}");
    truth.accept(
        fact(device, "last_will_late")
            .with("session_id", ended)
            .with("current_session_id", session(device, sessions[device]))
            .with("id", id));
    return message(Kind.LAST_WILL, device, Head.ofBroker(id, name(device), at, ended));
  }

  /** Tells of what is wrong with sensors still. */
  void end(long now) {
    sensors.end(now);
  }

  private Ascii named(int device) {
    return payload.clear().text("{\"device_id\":\"").text(name(device)).text("\"");
  }

  private Head head(int device, String type, long eventTime) {
    String id = name(device) + "-" + plan.run() + "-" + counts[device]++;
    String session = session(device, sessions[device]);
    return Head.ofDevice(id, type, name(device), eventTime, session, ++sequences[device]);
  }

  private String session(int device, int number) {
    return name(device) + "-" + plan.run() + "-s" + number;
  }

  private FleetMessage message(Kind kind, int device, Head head) {
    DeviceModel.Form form =
        kind == Kind.REGISTERED || kind == Kind.LAST_WILL
            ? DeviceModel.Form.JSON
            : DeviceModel.of(device).form();
    return new FleetMessage(
        kind, device, name(device), head.id(), envelopes.write(head, payload, form));
  }
}
