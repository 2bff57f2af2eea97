// SPDX-License-Identifier: Apache-2.0
package io.twinlog.rules.read;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.twinlog.domain.Reason;
import io.twinlog.rules.FindingCode;
import io.twinlog.rules.text.Node;
import io.twinlog.rules.text.Node.Field;
import io.twinlog.rules.text.Node.Fields;
import io.twinlog.rules.text.Node.Items;
import io.twinlog.rules.text.Node.Text;
import io.twinlog.rules.text.Place;
import io.twinlog.rules.text.Scalars;
import io.twinlog.rules.text.Scalars.Meaning;
import java.math.BigInteger;

/** A part of a document that is taken as it stands, as JSON. */
final class JsonValue {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final int DIGITS_MAX = 30;

  private final Value value;
  private final Findings findings;
  private final JsonNode json;

  JsonValue(Value value, Findings findings) {
    this.value = value;
    this.findings = findings;
    this.json = json(value.node(), value.path());
  }

  JsonNode json() {
    return json;
  }

  private JsonNode json(Node node, String path) {
    if (node instanceof Fields fields) {
      ObjectNode object = JSON.objectNode();
      for (Field field : fields.fields()) {
        object.set(field.name(), json(field.value(), Spot.child(path, field.name())));
      }
      return object;
    }
    if (node instanceof Items items) {
      ArrayNode array = JSON.arrayNode();
      items.items().forEach(item -> array.add(json(item, path + '[' + array.size() + ']')));
      return array;
    }
    return single((Text) node, path);
  }

  private JsonNode single(Text text, String path) {
    if (Scalars.is(text, Meaning.NULL)) {
      return JSON.nullNode();
    }
    if (Scalars.is(text, Meaning.BOOLEAN)) {
      return JSON.booleanNode(Scalars.bool(text));
    }
    if (Scalars.is(text, Meaning.WHOLE) && text.value().length() <= DIGITS_MAX) {
      BigInteger whole = new BigInteger(text.value());
      return whole.bitLength() < Long.SIZE
          ? JSON.numberNode(whole.longValue())
          : JSON.numberNode(whole);
    }
    if (Scalars.isNumber(text)) {
      double number = Scalars.number(text);
      if (!Double.isFinite(number)) {
        findings.add(
            new Spot(text.place(), path),
            FindingCode.OUT_OF_RANGE,
            "must be a finite number, is " + text.shown());
      }
      return JSON.numberNode(number);
    }
    return JSON.textNode(text.value());
  }

  /** Reports what the catalogue has against this part, each where it stands. */
  void report(Iterable<Reason> reasons, String part) {
    for (Reason reason : reasons) {
      if (!reason.path().startsWith(part)) {
        continue;
      }
      boolean inside = reason.path().startsWith(part + '.');
      String way = inside ? reason.path().substring(part.length() + 1) : "";
      findings.add(spot(way), reason.code(), reason.message());
    }
  }

  /** The spot of a value inside; of the last one on the way that is there. */
  private Spot spot(String way) {
    String path = value.path();
    Place place = value.node().place();
    Node at = value.node();
    for (String name : way.isEmpty() ? new String[0] : way.split("\\.")) {
      path = Spot.child(path, name);
      at = at == null ? null : inside(at, name);
      place = at == null ? place : at.place();
    }
    return new Spot(place, path);
  }

  private static Node inside(Node node, String name) {
    return node instanceof Fields fields
        ? fields.fields().stream()
            .filter(field -> field.name().equals(name))
            .map(Field::value)
            .findFirst()
            .orElse(null)
        : null;
  }
}
