// SPDX-License-Identifier: Apache-2.0
package io.twinlog.wire;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;

/**
 * Schemas of earlier releases, kept for ever so that what they wrote can be read: {@code released/}
 * in schemas.
 */
final class ReleasedSchemas {
  private static final String INDEX = "/released/index.txt";

  private ReleasedSchemas() {}

  /** Every schema that the index lists. */
  static List<Schema> all() {
    List<Schema> schemas = new ArrayList<>();
    try (InputStream index = ReleasedSchemas.class.getResourceAsStream(INDEX)) {
      if (index == null) {
        throw new IllegalStateException(INDEX + " is not on the class path");
      }
      for (String file : lines(index)) {
        try (InputStream text = ReleasedSchemas.class.getResourceAsStream("/released/" + file)) {
          if (text == null) {
            throw new IllegalStateException(INDEX + " names " + file + ", which is not there");
          }
          schemas.add(new Schema.Parser().parse(text));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return schemas;
  }

  private static List<String> lines(InputStream stream) throws IOException {
    try (BufferedReader reader =
        new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
      return reader.lines().filter(line -> !line.isBlank()).toList();
    }
  }
}
