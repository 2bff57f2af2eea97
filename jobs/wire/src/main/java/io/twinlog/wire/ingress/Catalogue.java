// SPDX-License-Identifier: Apache-2.0
package io.twinlog.wire.ingress;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.twinlog.domain.routing.Category;
import io.twinlog.wire.catalogue.EventTypeProvider;
import io.twinlog.wire.ingress.DeclaredTypes.Declared;
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
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.SchemaNormalization;

/**
 * The schemas of all payloads and of all commands' arguments: {@code catalogue/} on the class path,
 * as its index lists it, and what users' jars declare beside it. Immutable once it is loaded;
 * threads may share it.
 */
public final class Catalogue {
  private static final String ROOT = "/catalogue/";
  private static final String COMMON = "common.json";

  /** What the ids of Twinlog's own schemas begin with. */
  static final String OWN_IDS = "urn:twinlog:";

  static final String COMMON_ID = "urn:twinlog:catalogue:common";
  private static final String COMMANDS = "commands/";
  private static final String AVRO = "avro/";
  private static final String JSON = ".json";

  private final boolean strict;
  private final Map<String, Map<String, PayloadSchema>> events = new HashMap<>();
  private final Map<String, PayloadSchema> commands = new HashMap<>();
  private final DeclaredTypes declared;
  private final Map<Long, org.apache.avro.Schema> avroWriters;

  /** Those that a process needs only once: they never change. */
  private static final Map<Boolean, Catalogue> INSTALLED = new ConcurrentHashMap<>();

  /**
   * The catalogue of this build with the types of the users' jars on the class path ({@link
   * EventTypeProvider}), loaded once; for any number of threads.
   *
   * @param strict as {@link #Catalogue}
   * @throws IllegalArgumentException when two jars declare the same type, or one what it may not,
   *     or a schema in JSON or Avro that is none; the message names them
   */
  public static Catalogue installed(boolean strict) {
    return INSTALLED.computeIfAbsent(strict, s -> new Catalogue(s, DeclaredTypes.installed()));
  }

  /**
   * The catalogue of this build with the types of these providers.
   *
   * @throws IllegalArgumentException as {@link #installed}
   */
  public static Catalogue of(boolean strict, Iterable<EventTypeProvider> providers) {
    return new Catalogue(strict, new DeclaredTypes(providers));
  }

  /**
   * Loads every schema of this build; takes a good part of a second.
   *
   * @param strict whether each event type must have a schema, not only those of a built-in prefix
   */
  public Catalogue(boolean strict) {
    this(strict, DeclaredTypes.NONE);
  }

  private Catalogue(boolean strict, DeclaredTypes declared) {
    this.strict = strict;
    this.declared = declared;
    Map<String, String> common = Map.of(COMMON_ID, text(COMMON));
    SchemaRegistry registry =
        SchemaRegistry.withDefaultDialect(
            SpecificationVersion.DRAFT_2020_12, builder -> builder.schemas(common));
    ShapeReader shapes = new ShapeReader(COMMON_ID, tree(common.get(COMMON_ID)));
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
    declared.all().forEach(one -> add(one, common, shapes));
    this.avroWriters = avroWriters(declared);
  }

  private void add(Declared one, Map<String, String> common, ShapeReader shapes) {
    try {
      JsonNode tree = DeclaredSchema.tree(one.type().jsonSchema());
      PayloadSchema schema =
          new PayloadSchema(DeclaredSchema.compile(tree, common), shapes.of(tree));
      add(one.type().name() + '-' + one.type().schemaVersion(), schema);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "the schema of %s is not sound: %s".formatted(one, e.getMessage()), e);
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
    return strict || DeclaredTypes.BUILT_IN.stream().anyMatch(eventType::startsWith);
  }

  /** Categories that users' jars declare, by the name of the type. */
  public SortedMap<String, Category> declaredCategories() {
    return declared.categories();
  }

  /** Schemas of payloads in Avro, by their fingerprint. */
  Map<Long, org.apache.avro.Schema> avroWriters() {
    return avroWriters;
  }

  /** The same without the schemas that payloads are checked by. */
  static Map<Long, org.apache.avro.Schema> avroWriters(DeclaredTypes declared) {
    Map<Long, org.apache.avro.Schema> writers = new HashMap<>();
    for (String file : index()) {
      if (file.startsWith(AVRO)) {
        addWriter(writers, text(file));
      }
    }
    for (Declared one : declared.all()) {
      for (String text : one.type().avroSchemas()) {
        try {
          addWriter(writers, text);
        } catch (AvroRuntimeException e) {
          throw new IllegalArgumentException(
              "an Avro schema of %s is not sound: %s".formatted(one, e.getMessage()), e);
        }
      }
    }
    return writers;
  }

  private static void addWriter(Map<Long, org.apache.avro.Schema> writers, String text) {
    org.apache.avro.Schema schema = new org.apache.avro.Schema.Parser().parse(text);
    writers.put(SchemaNormalization.parsingFingerprint64(schema), schema);
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
