// SPDX-License-Identifier: Apache-2.0
package io.twinlog.rules.read;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.twinlog.domain.Reason;
import io.twinlog.domain.rules.Condition;
import io.twinlog.domain.telemetry.QualityRules.Action;
import io.twinlog.domain.telemetry.QualityRules.Trigger;
import io.twinlog.rules.FindingCode;
import io.twinlog.rules.RuleLimits;
import io.twinlog.rules.Vocabularies;
import io.twinlog.rules.text.Node.Fields;
import io.twinlog.wire.ingress.CatalogueCheck;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads {@code quality.triggers}; what they send must be as the catalogue has it, while it is not
 * published.
 */
final class TriggerReader {
  /** The commands of devices, which a trigger may give. */
  static final List<String> COMMANDS =
      List.of(
          "RegisterDevice",
          "ConfigureDevice",
          "SetAttributes",
          "ReportFault",
          "ClearFault",
          "DecommissionDevice");

  private static final String LOOPING = "data.";
  private static final int TYPE_MAX = 128;

  private final Findings findings;
  private final Values values;
  private final ConditionReader conditions;
  private final Optional<CatalogueCheck> catalogue;

  /**
   * @param catalogue by which what is sent is judged; empty: it is not, as it was when published
   */
  TriggerReader(Findings findings, ConditionReader conditions, Optional<CatalogueCheck> catalogue) {
    this.findings = findings;
    this.values = new Values(findings);
    this.conditions = conditions;
    this.catalogue = catalogue;
  }

  List<Trigger> read(Section quality) {
    List<Trigger> triggers = new ArrayList<>();
    Taken taken = new Taken(findings);
    for (Value item : quality.items("triggers", RuleLimits.TRIGGERS_MAX)) {
      Section.of(item, values).flatMap(section -> trigger(section, taken)).ifPresent(triggers::add);
    }
    return triggers;
  }

  private Optional<Trigger> trigger(Section section, Taken taken) {
    section.only("name", "when", "command", "event");
    Optional<Value> given = section.required("name");
    Optional<String> name = given.flatMap(value -> values.name(value, RuleLimits.NAME_MAX));
    name.ifPresent(text -> taken.take(given.orElseThrow().spot(), text));
    Optional<Condition> when =
        section.required("when").flatMap(value -> conditions.read(value, Vocabularies.TRIGGER));
    if (section.has("command") == section.has("event")) {
      findings.add(
          section.spot(),
          section.has("event") ? FindingCode.CONTRADICTION : FindingCode.MISSING_FIELD,
          "a trigger does one thing: give command or event");
    }
    Optional<Action> command = section.section("command").flatMap(this::command);
    Optional<Action> event = section.section("event").flatMap(this::event);
    Optional<Action> action = command.isPresent() ? command : event;
    return name.isPresent() && when.isPresent() && action.isPresent()
        ? Optional.of(new Trigger(name.get(), when.get(), action.get()))
        : Optional.empty();
  }

  private Optional<Action> command(Section section) {
    section.only("name", "data");
    Optional<String> name =
        section.required("name").flatMap(value -> values.choice(value, COMMANDS));
    if (name.isEmpty()) {
      return Optional.empty();
    }
    Optional<JsonValue> data = json(section, "data");
    JsonNode arguments = data.map(JsonValue::json).orElse(JsonNodeFactory.instance.objectNode());
    data.orElseGet(() -> nothing(section, "data"))
        .report(
            catalogue.map(check -> check.command(name.get(), arguments)).orElse(List.of()),
            CatalogueCheck.COMMAND_DATA);
    return Optional.of(new Action.Command(name.get(), arguments.toString()));
  }

  private Optional<Action> event(Section section) {
    section.only("event_type", "payload");
    Optional<String> type =
        section.required("event_type").flatMap(value -> values.text(value, TYPE_MAX));
    if (type.isEmpty() || !isAllowed(section.value("event_type").orElseThrow(), type.get())) {
      return Optional.empty();
    }
    Optional<JsonValue> given = json(section, "payload");
    JsonNode payload = given.map(JsonValue::json).orElse(JsonNodeFactory.instance.objectNode());
    Spot typeSpot = section.value("event_type").orElseThrow().spot();
    List<Reason> reasons =
        catalogue.map(check -> check.event(type.get(), payload)).orElse(List.of());
    reasons.stream()
        .filter(reason -> reason.path().equals(CatalogueCheck.EVENT_TYPE))
        .forEach(reason -> findings.add(typeSpot, reason.code(), reason.message()));
    given
        .orElseGet(() -> nothing(section, "payload"))
        .report(reasons, CatalogueCheck.EVENT_PAYLOAD);
    return Optional.of(new Action.Event(type.get(), payload.toString()));
  }

  private boolean isAllowed(Value value, String type) {
    if (!CatalogueCheck.isEventType(type)) {
      findings.add(
          value.spot(),
          FindingCode.BAD_FORMAT,
          "must be an event type such as order.note, is '" + type + "'");
      return false;
    }
    if (type.startsWith(LOOPING)) {
      findings.add(
          value.spot(),
          FindingCode.LOOP,
          "results of data trigger this: an event "
              + type
              + " could go round for ever. Choose a type outside of data.*");
      return false;
    }
    return true;
  }

  /** The fields of a part that is taken as it stands; empty: left out, or none, which is told. */
  private Optional<JsonValue> json(Section section, String name) {
    Optional<Value> value = section.value(name);
    if (value.isPresent() && !(value.get().node() instanceof Fields)) {
      values.wrongType(value.get(), "fields");
      return Optional.empty();
    }
    return value.map(given -> new JsonValue(given, findings));
  }

  private JsonValue nothing(Section section, String name) {
    Spot spot = section.spot();
    return new JsonValue(
        new Value(new Fields(spot.place(), List.of()), Spot.child(spot.path(), name), null),
        findings);
  }
}
