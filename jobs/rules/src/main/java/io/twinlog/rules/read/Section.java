// SPDX-License-Identifier: Apache-2.0
package io.twinlog.rules.read;

import io.twinlog.cel.Names;
import io.twinlog.rules.FindingCode;
import io.twinlog.rules.text.Node;
import io.twinlog.rules.text.Node.Field;
import io.twinlog.rules.text.Node.Fields;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * The fields of one part of a document. What is asked for and wrong is reported, and answered as if
 * it were not there.
 */
final class Section {
  private final Values values;
  private final Spot spot;
  private final Map<String, Value> fields = new TreeMap<>();

  private Section(Values values, Spot spot, Fields node) {
    this.values = values;
    this.spot = spot;
    for (Field field : node.fields()) {
      String path = Spot.child(spot.path(), field.name());
      fields.put(field.name(), new Value(field.value(), path, field.key()));
    }
  }

  /** The fields of a value; empty: it is none of fields, which is reported. */
  static Optional<Section> of(Value value, Values values) {
    if (value.node() instanceof Fields node) {
      return Optional.of(new Section(values, value.spot(), node));
    }
    values.wrongType(value, "fields");
    return Optional.empty();
  }

  /** Where the whole of it stands. */
  Spot spot() {
    return spot;
  }

  /** Reports every field that is none of these. */
  Section only(String... names) {
    List<String> known = List.of(names);
    fields.forEach(
        (name, value) -> {
          if (!known.contains(name)) {
            values.report(
                value.keySpot(),
                FindingCode.UNKNOWN_FIELD,
                "there is no field '"
                    + name
                    + "' here, only "
                    + String.join(", ", known)
                    + Names.hint(name, known));
          }
        });
    return this;
  }

  boolean has(String name) {
    return fields.containsKey(name);
  }

  Optional<Value> value(String name) {
    return Optional.ofNullable(fields.get(name));
  }

  /** A field that must be there. */
  Optional<Value> required(String name) {
    if (!has(name)) {
      values.report(spot, FindingCode.MISSING_FIELD, "'" + name + "' must be given");
    }
    return value(name);
  }

  Optional<Section> section(String name) {
    return value(name).flatMap(value -> of(value, values));
  }

  /** Values by names that the user chose; those beyond the limit are reported and left out. */
  Map<String, Value> entries(String name, int most) {
    Optional<Section> section = section(name);
    if (section.isEmpty()) {
      return Map.of();
    }
    if (section.get().fields.size() > most) {
      values.tooMany(section.get().spot, section.get().fields.size(), most);
      return Map.of();
    }
    return section.get().fields;
  }

  /** Whether a field is a list of nothing. */
  boolean isEmptyList(String name) {
    return has(name)
        && fields.get(name).node() instanceof Node.Items items
        && items.items().isEmpty();
  }

  /** The values of a list; more than the limit are reported and left out. */
  List<Value> items(String name, int most) {
    Optional<Value> list = value(name);
    if (list.isEmpty()) {
      return List.of();
    }
    if (!(list.get().node() instanceof Node.Items items)) {
      values.wrongType(list.get(), "a list");
      return List.of();
    }
    if (items.items().size() > most) {
      values.tooMany(list.get().spot(), items.items().size(), most);
      return List.of();
    }
    List<Value> all = new ArrayList<>();
    for (Node item : items.items()) {
      all.add(new Value(item, list.get().path() + '[' + all.size() + ']', null));
    }
    return all;
  }

  OptionalDouble number(String name, double min, double max) {
    return has(name) ? values.number(fields.get(name), min, max) : OptionalDouble.empty();
  }

  double number(String name, double min, double max, double otherwise) {
    return number(name, min, max).orElse(otherwise);
  }

  int whole(String name, int min, int max, int otherwise) {
    OptionalLong whole =
        has(name) ? values.whole(fields.get(name), min, max) : OptionalLong.empty();
    return (int) whole.orElse(otherwise);
  }

  long duration(String name, long min, long max, long otherwise) {
    OptionalLong millis =
        has(name) ? values.duration(fields.get(name), min, max) : OptionalLong.empty();
    return millis.orElse(otherwise);
  }

  boolean bool(String name, boolean otherwise) {
    return value(name).flatMap(values::bool).orElse(otherwise);
  }

  String text(String name, int most, String otherwise) {
    return value(name).flatMap(value -> values.text(value, most)).orElse(otherwise);
  }
}
