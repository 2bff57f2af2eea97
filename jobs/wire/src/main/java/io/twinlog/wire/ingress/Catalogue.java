// SPDX-License-Identifier: Apache-2.0
package io.twinlog.wire.ingress;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.twinlog.wire.json.ExactJson;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.SchemaNormalization;

/**
 * The schemas of all payloads and of all commands' arguments: {@code catalogue/} on the class path,
 * as its index lists it. Immutable once it is loaded; threads may share it.
 */
public final class Catalogue {
  private static final String ROOT = "/catalogue/";
  private static final String COMMON = "common.json";
  private static final String COMMON_ID = "urn:twinlog:catalogue:common";
  private static final String COMMANDS = "commands/";
  private static final String AVRO = "avro/";
  private static final String JSON = ".json";

  /** What the types begin with that only Twinlog itself defines. */
  private static final List<String> BUILT_IN =
      List.of("device.", "data.", "service.", "health.", "system.", "recovery.");

  private final boolean strict;
  private final Map<String, Map<String, PayloadSchema>> events = new HashMap<>();
  private final Map<String, PayloadSchema> commands = new HashMap<>();

  /** Those that a process needs only once: they never change. */
  private static final Map<Boolean, Catalogue> LOADED = new ConcurrentHashMap<>();

  /** The catalogue of this build, loaded once; for any number of threads. */
  public static Catalogue builtIn(boolean strict) {
    return LOADED.computeIfAbsent(strict, Catalogue::new);
  }

  /**
   * Loads every schema; takes a good part of a second.
   *
   * @param strict whether each event type must have a schema, not only those of a built-in prefix
   */
  public Catalogue(boolean strict) {
    this.strict = strict;
    String common = text(COMMON);
    SchemaRegistry registry =
        SchemaRegistry.withDefaultDialect(
            SpecificationVersion.DRAFT_2020_12,
            builder -> builder.schemas(Map.of(COMMON_ID, common)));
    ShapeReader shapes = new ShapeReader(COMMON_ID, tree(common));
    for (String file : index()) {
      if (!file.startsWith(AVRO) && !file.equals(COMMON)) {
        String text = text(file);
        Schema schema = registry.getSchema(text, InputFormat.JSON);
        schema.initializeValidators();
        add(
            file.substring(0, file.length() - JSON.length()),
            new PayloadSchema(schema, shapes.of(tree(text))));
      }
    }
  }

  private void add(String name, PayloadSchema schema) {
    if (name.startsWith(COMMANDS)) {
      commands.put(name.substring(COMMANDS.length()), schema);
      return;
    }
    // An event type has no hyphen: what follows the first one is the version.
    int hyphen = name.indexOf('-');
    events
        .computeIfAbsent(name.substring(0, hyphen), type -> new HashMap<>())
        .put(name.substring(hyphen + 1), schema);
  }

  /** Every event type that has a schema, in order. */
  public Set<String> eventTypes() {
    return new TreeSet<>(events.keySet());
  }

  /** Every command that is known, in order. */
  public Set<String> commands() {
    return new TreeSet<>(commands.keySet());
  }

  /** Schemas by version; empty: the type is not known. */
  Map<String, PayloadSchema> versions(String eventType) {
    return events.getOrDefault(eventType, Map.of());
  }

  Optional<PayloadSchema> command(String name) {
    return Optional.ofNullable(commands.get(name));
  }

  /** Whether an event of this type is rejected when it has no schema. */
  boolean mustKnow(String eventType) {
    return strict || BUILT_IN.stream().anyMatch(eventType::startsWith);
  }

  /** Schemas of payloads in Avro, by their fingerprint. */
  static Map<Long, org.apache.avro.Schema> avroWriters() {
    Map<Long, org.apache.avro.Schema> writers = new HashMap<>();
    for (String file : index()) {
      if (file.startsWith(AVRO)) {
        org.apache.avro.Schema schema = new org.apache.avro.Schema.Parser().parse(text(file));
        writers.put(SchemaNormalization.parsingFingerprint64(schema), schema);
      }
    }
    return writers;
  }

  private static JsonNode tree(String text) {
    return ExactJson.read(text);
  }

  private static List<String> index() {
    return text("index.txt").lines().filter(line -> !line.isBlank()).toList();
  }

  private static String text(String file) {
    try (InputStream stream = Catalogue.class.getResourceAsStream(ROOT + file)) {
      if (stream == null) {
        throw new IllegalStateException(ROOT + file + " is not on the class path");
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
