// SPDX-License-Identifier: Apache-2.0
package io.twinlog.wire.ingress;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/**
 * Finds event types by their bytes, and what the catalogue says of them. It remembers a bounded
 * number: types are chosen by strangers.
 */
final class EventTypes {
  private static final int SLOTS = 512;
  private static final int PROBES = 4;

  private final Catalogue catalogue;
  private final EventType[] slots = new EventType[SLOTS];

  EventTypes(Catalogue catalogue) {
    this.catalogue = catalogue;
  }

  /** A type that may be, with or without a schema. */
  EventType find(byte[] bytes, int from, int to) throws NotSure {
    int home = hash(bytes, from, to);
    for (int i = 0; i < PROBES; i++) {
      EventType type = slots[home + i & SLOTS - 1];
      if (type != null && type.is(bytes, from, to)) {
        return type;
      }
    }
    return remembered(home, known(new String(bytes, from, to - from, StandardCharsets.UTF_8)));
  }

  private static int hash(byte[] bytes, int from, int to) {
    int hash = 0;
    for (int i = from; i < to; i++) {
      hash = hash * 31 + bytes[i];
    }
    return hash ^ hash >>> 16;
  }

  private EventType remembered(int home, EventType type) {
    int free = home;
    for (int i = PROBES - 1; i >= 0; i--) {
      free = slots[home + i & SLOTS - 1] == null ? home + i : free;
    }
    slots[free & SLOTS - 1] = type;
    return type;
  }

  private EventType known(String text) throws NotSure {
    Map<String, PayloadSchema> versions = catalogue.versions(text);
    if (!EnvelopeRules.isEventType(text) || versions.isEmpty() && catalogue.mustKnow(text)) {
      throw NotSure.INSTANCE;
    }
    return new EventType(text, versions);
  }

  /** A type of events that may be. */
  static final class EventType {
    /** Where an envelope names none. */
    private static final byte[] FIRST_VERSION = {'1'};

    private final String text;
    private final byte[] utf8;
    private final byte[][] versions;
    private final Shape[] shapes;

    private EventType(String text, Map<String, PayloadSchema> schemas) {
      this.text = text;
      this.utf8 = text.getBytes(StandardCharsets.UTF_8);
      this.versions = new byte[schemas.size()][];
      this.shapes = new Shape[schemas.size()];
      int i = 0;
      for (Map.Entry<String, PayloadSchema> entry : schemas.entrySet()) {
        Optional<Shape> shape = entry.getValue().shape();
        versions[i] = entry.getKey().getBytes(StandardCharsets.UTF_8);
        shapes[i++] = shape.orElse(null);
      }
    }

    String text() {
      return text;
    }

    private boolean is(byte[] bytes, int from, int to) {
      return Arrays.equals(utf8, 0, utf8.length, bytes, from, to);
    }

    /** What payloads of a version must be; not sure where there is no such version. */
    Shape shape(byte[] bytes, Span version) throws NotSure {
      return version.isThere()
          ? shape(bytes, version.from(), version.to())
          : shape(FIRST_VERSION, 0, FIRST_VERSION.length);
    }

    private Shape shape(byte[] bytes, int from, int to) throws NotSure {
      if (versions.length == 0) {
        return Shape.ANY;
      }
      for (int i = 0; i < versions.length; i++) {
        if (shapes[i] != null
            && Arrays.equals(versions[i], 0, versions[i].length, bytes, from, to)) {
          return shapes[i];
        }
      }
      throw NotSure.INSTANCE;
    }
  }
}
