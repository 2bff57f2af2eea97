// SPDX-License-Identifier: Apache-2.0
package io.twinlog.wire.ingress;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaException;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.twinlog.wire.json.ExactJson;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The schema of a type that a user's jar declares: in the one dialect, sound by that dialect's own
 * schema, and whole by itself, so that the same bytes are judged the same everywhere.
 */
final class DeclaredSchema {
  private static final String DIALECT = "https://json-schema.org/draft/2020-12/schema";

  private DeclaredSchema() {}

  /**
   * The tree of its text.
   *
   * @throws IllegalArgumentException when it is not as it must be
   */
  static JsonNode tree(String text) {
    JsonNode tree;
    try {
      tree = ExactJson.read(text);
    } catch (RuntimeException e) {
      throw new IllegalArgumentException("it is no JSON: " + e.getMessage(), e);
    }
    require(tree.isObject(), "it must be an object");
    String dialect = tree.path("$schema").asText(DIALECT);
    require(dialect.equals(DIALECT), "$schema is " + dialect + ", must be " + DIALECT);
    String id = tree.path("$id").asText();
    require(!id.startsWith(Catalogue.OWN_IDS), "$id begins with " + Catalogue.OWN_IDS);
    references(tree, DeclaredSchema::requireInside);
    return tree;
  }

  /**
   * Compiles it, in a registry of its own: what one jar calls something is nothing to another.
   *
   * @param common what every schema may refer to, by its id
   * @throws IllegalArgumentException when it is not as it must be
   */
  static Schema compile(JsonNode tree, Map<String, String> common) {
    try {
      SchemaRegistry registry =
          SchemaRegistry.withDefaultDialect(
              SpecificationVersion.DRAFT_2020_12, builder -> builder.schemas(common));
      requireSound(tree, registry.getSchema(SchemaLocation.of(DIALECT)));
      Schema schema = registry.getSchema(tree);
      schema.initializeValidators();
      return schema;
    } catch (SchemaException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  private static void requireSound(JsonNode tree, Schema dialect) {
    List<String> flaws = new PayloadSchema(dialect, Optional.empty()).flaws(tree);
    require(flaws.isEmpty(), String.join("; ", flaws));
  }

  private static void references(JsonNode node, Consumer<String> reference) {
    for (String keyword : new String[] {"$ref", "$dynamicRef"}) {
      if (node.path(keyword).isTextual()) {
        reference.accept(node.get(keyword).textValue());
      }
    }
    node.forEach(child -> references(child, reference));
  }

  private static void requireInside(String reference) {
    require(
        reference.startsWith("#") || reference.startsWith(Catalogue.COMMON_ID + "#"),
        "$ref "
            + reference
            + " leads out of it; it may begin with # or with "
            + Catalogue.COMMON_ID
            + "#");
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException(otherwise);
    }
  }
}
