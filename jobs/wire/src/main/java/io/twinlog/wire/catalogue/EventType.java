// SPDX-License-Identifier: Apache-2.0
package io.twinlog.wire.catalogue;

import io.twinlog.domain.routing.Category;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An event type in one version, as a jar declares it. Whether the declaration is sound is for the
 * catalogue to say.
 *
 * @param jsonSchema of the payload, in JSON Schema 2020-12; it may refer to what Twinlog's own
 *     share: {@code urn:twinlog:catalogue:common#/$defs/id}
 * @param avroSchemas that payloads in AVRO may be written with
 * @param category null: the rules of routing say it
 */
public record EventType(
    String name,
    String schemaVersion,
    String jsonSchema,
    List<String> avroSchemas,
    Category category) {
  private static final String SUFFIX = ".json";

  public EventType {
    avroSchemas = List.copyOf(avroSchemas);
  }

  public static EventType of(String name, String schemaVersion, String jsonSchema) {
    return new EventType(name, schemaVersion, jsonSchema, List.of(), null);
  }

  /**
   * The type whose schema is a resource beside a class; name and version are those of the file:
   * {@code factory.setpoint-1.json}.
   *
   * @throws IllegalArgumentException when the file is not there, or its name is not of that form
   */
  public static EventType read(Class<?> beside, String file) {
    // An event type has no hyphen: what follows the first one is the version.
    int slash = file.lastIndexOf('/');
    int hyphen = file.indexOf('-', slash + 1);
    if (hyphen < 0 || !file.endsWith(SUFFIX)) {
      throw new IllegalArgumentException(file + " must be named TYPE-VERSION.json");
    }
    return of(
        file.substring(slash + 1, hyphen),
        file.substring(hyphen + 1, file.length() - SUFFIX.length()),
        text(beside, file));
  }

  /** The same of that category; a line for the type in the rules of routing holds before it. */
  public EventType in(Category category) {
    return new EventType(name, schemaVersion, jsonSchema, avroSchemas, category);
  }

  /** The same with one more schema of payloads in AVRO. */
  public EventType withAvro(String avroSchema) {
    return new EventType(
        name,
        schemaVersion,
        jsonSchema,
        Stream.concat(avroSchemas.stream(), Stream.of(avroSchema)).toList(),
        category);
  }

  /** The same, where the schema is a resource beside a class. */
  public EventType withAvro(Class<?> beside, String file) {
    return withAvro(text(beside, file));
  }

  public Optional<Category> declaredCategory() {
    return Optional.ofNullable(category);
  }

  private static String text(Class<?> beside, String file) {
    try (InputStream stream = beside.getResourceAsStream(file)) {
      if (stream == null) {
        throw new IllegalArgumentException(file + " is not beside " + beside.getName());
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
