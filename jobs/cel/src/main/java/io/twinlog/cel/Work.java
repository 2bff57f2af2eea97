// SPDX-License-Identifier: Apache-2.0
package io.twinlog.cel;

import dev.cel.runtime.CelEvaluationException;
import java.util.Collection;
import java.util.Map;

/**
 * What one evaluation of a condition has looked at and made so far, which {@link Limits} bound. The
 * functions of CEL are not told of which evaluation they are part: so there is one a thread, which
 * begins anew with each evaluation.
 */
final class Work {
  /** Longer patterns and texts that are sought count more: each may be begun at each character. */
  private static final int SEARCH_UNIT = 64;

  private static final ThreadLocal<Work> NOW = ThreadLocal.withInitial(Work::new);

  private int items;
  private long characters;

  private Work() {}

  static Work now() {
    return NOW.get();
  }

  static void begin() {
    Work work = NOW.get();
    work.items = 0;
    work.characters = 0;
  }

  /** A list of so many items is made. */
  void list(long size) throws CelEvaluationException {
    if (size > Limits.LIST_MAX) {
      throw tooMuch("it makes a list of more than " + Limits.LIST_MAX + " items");
    }
  }

  /** A text of so many characters is made. */
  void text(long length) throws CelEvaluationException {
    if (length > Limits.TEXT_MAX) {
      throw tooMuch("it makes a text of more than " + Limits.TEXT_MAX + " characters");
    }
    characters(length);
  }

  /** Something is sought in a text. */
  void search(int length, int sought) throws CelEvaluationException {
    characters((long) length * (1 + sought / SEARCH_UNIT));
  }

  /** So many items of lists and maps are looked at. */
  void items(long more) throws CelEvaluationException {
    items += (int) Math.min(more, Limits.ITEMS_MAX + 1L);
    if (items > Limits.ITEMS_MAX) {
      throw tooMuch("it looks at more than " + Limits.ITEMS_MAX + " items of lists and fields");
    }
  }

  /** All that is in a value is looked at. */
  void all(Object value) throws CelEvaluationException {
    if (value instanceof Map<?, ?> map) {
      items(map.size());
      for (Object item : map.values()) {
        all(item);
      }
    }
    if (value instanceof Collection<?> list) {
      items(list.size());
      for (Object item : list) {
        all(item);
      }
    }
  }

  private void characters(long more) throws CelEvaluationException {
    characters += more;
    if (characters > Limits.CHARACTERS_MAX) {
      throw tooMuch("it looks at more than " + Limits.CHARACTERS_MAX + " characters of texts");
    }
  }

  /** CEL's own kind: of any other it makes a message with all values in it, however large. */
  private static CelEvaluationException tooMuch(String message) {
    return new CelEvaluationException(message, new TooMuch(message));
  }

  /** A bound is reached; the message says which. */
  static final class TooMuch extends RuntimeException {
    private static final long serialVersionUID = 1;

    TooMuch(String message) {
      super(message, null, false, false);
    }
  }
}
