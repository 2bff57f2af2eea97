// SPDX-License-Identifier: Apache-2.0
package io.twinlog.schemas;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.Incompatibility;

/**
 * Whether a schema may follow a released one: each must read what the other wrote (FULL), and by
 * the same names and logical types, which Avro's own check does not ask for. It knows two schemas,
 * not releases.
 */
final class Compatibility {
  private Compatibility() {}

  /** All that speaks against it, one line each; empty: nothing does. */
  static List<String> problems(Schema released, Schema today) {
    List<String> problems = new ArrayList<>();
    reading(today, released, "today's does not read the released one's: ", problems);
    reading(released, today, "the released one does not read today's: ", problems);
    Map<String, String> before = new TreeMap<>();
    Map<String, String> after = new TreeMap<>();
    List<String> aliases = new ArrayList<>();
    walk("", released, before, new ArrayList<>());
    walk("", today, after, aliases);
    // An old reader knows no alias: it would take the default in the place of the value.
    aliases.forEach(path -> problems.add(path + " has an alias: a field is never renamed"));
    before.forEach(
        (path, type) -> {
          if (!after.getOrDefault(path, type).equals(type)) {
            problems.add(path + " was of the logical type " + type + ", is of " + after.get(path));
          }
        });
    return problems;
  }

  private static void reading(Schema reader, Schema writer, String what, List<String> problems) {
    for (Incompatibility found :
        SchemaCompatibility.checkReaderWriterCompatibility(reader, writer)
            .getResult()
            .getIncompatibilities()) {
      problems.add(what + found.getLocation() + " " + found.getMessage());
    }
  }

  private static void walk(
      String path, Schema schema, Map<String, String> types, List<String> aliases) {
    String type = schema.getProp("logicalType");
    types.merge(path, type == null ? "none" : type, (a, b) -> a.equals("none") ? b : a);
    switch (schema.getType()) {
      case RECORD -> {
        if (!schema.getAliases().isEmpty()) {
          aliases.add(path);
        }
        for (Schema.Field field : schema.getFields()) {
          String inner = path.isEmpty() ? field.name() : path + "." + field.name();
          if (!field.aliases().isEmpty()) {
            aliases.add(inner);
          }
          walk(inner, field.schema(), types, aliases);
        }
      }
      case UNION -> schema.getTypes().forEach(branch -> walk(path, branch, types, aliases));
      case ARRAY -> walk(path + "[]", schema.getElementType(), types, aliases);
      case MAP -> walk(path + "{}", schema.getValueType(), types, aliases);
      default -> {}
    }
  }
}
