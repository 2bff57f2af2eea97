// SPDX-License-Identifier: Apache-2.0
package io.twinlog.wire.ingress;

import io.twinlog.domain.routing.Category;
import io.twinlog.wire.Services;
import io.twinlog.wire.catalogue.EventType;
import io.twinlog.wire.catalogue.EventTypeProvider;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The event types of the users' own jars: each declared once, none of them Twinlog's own. It does
 * not read their schemas.
 */
final class DeclaredTypes {
  static final DeclaredTypes NONE = new DeclaredTypes(List.of());

  /** What the types begin with that only Twinlog itself defines. */
  static final List<String> BUILT_IN =
      List.of("device.", "data.", "service.", "health.", "system.", "recovery.");

  /**
   * A declaration.
   *
   * @param by name of the class that declares it
   */
  record Declared(EventType type, String by) {
    @Override
    public String toString() {
      return "event type %s, version %s, of %s".formatted(type.name(), type.schemaVersion(), by);
    }
  }

  private static DeclaredTypes installed;

  private final SortedMap<String, Declared> declared = new TreeMap<>();
  private final SortedMap<String, Declared> categories = new TreeMap<>();

  /**
   * @throws IllegalArgumentException when two declare the same, or one what it may not
   */
  DeclaredTypes(Iterable<EventTypeProvider> providers) {
    for (EventTypeProvider provider : providers) {
      String by = provider.getClass().getName();
      for (EventType type : typesOf(provider, by)) {
        add(new Declared(type, by));
      }
    }
  }

  /** Those on the class path of this build, found once. */
  static synchronized DeclaredTypes installed() {
    if (installed == null) {
      installed =
          new DeclaredTypes(
              Services.load(EventTypeProvider.class, DeclaredTypes.class.getClassLoader()));
    }
    return installed;
  }

  private static List<EventType> typesOf(EventTypeProvider provider, String by) {
    try {
      return provider.eventTypes();
    } catch (RuntimeException | LinkageError e) {
      throw new IllegalArgumentException(by + " cannot tell its event types: " + e, e);
    }
  }

  private void add(Declared one) {
    String name = one.type().name();
    if (!EnvelopeRules.isEventType(name)
        || !Texts.isName(one.type().schemaVersion(), EnvelopeRules.SCHEMA_VERSION_MAX)) {
      throw new IllegalArgumentException(
          one
              + ": a type is two or more segments of a-z, 0-9 and _ joined by dots, and a version 1"
              + " to 64 characters");
    }
    Optional<String> prefix = BUILT_IN.stream().filter(name::startsWith).findFirst();
    if (prefix.isPresent()) {
      throw new IllegalArgumentException(
          "%s: types that begin with %s are Twinlog's own".formatted(one, prefix.get()));
    }
    Declared other = declared.putIfAbsent(name + '-' + one.type().schemaVersion(), one);
    if (other != null) {
      throw new IllegalArgumentException("%s: %s has it, too".formatted(one, other.by()));
    }
    one.type().declaredCategory().ifPresent(category -> categorise(one, category));
  }

  private void categorise(Declared one, Category category) {
    Declared other = categories.putIfAbsent(one.type().name(), one);
    if (other != null && other.type().category() != category) {
      throw new IllegalArgumentException(
          "%s is %s, but %s is %s".formatted(one, category, other, other.type().category()));
    }
  }

  /** In the order of their names. */
  List<Declared> all() {
    return new ArrayList<>(declared.values());
  }

  /** By the name of the type, where one is declared. */
  SortedMap<String, Category> categories() {
    SortedMap<String, Category> byName = new TreeMap<>();
    categories.forEach((name, one) -> byName.put(name, one.type().category()));
    return Collections.unmodifiableSortedMap(byName);
  }
}
