// SPDX-License-Identifier: Apache-2.0
package io.twinlog.wire.ingress;

/** Where a text stands in a document; it may stand nowhere. Used again for each document. */
final class Span {
  private int from = -1;
  private int to;

  void clear() {
    from = -1;
    to = 0;
  }

  void set(int first, int end) {
    from = first;
    to = end;
  }

  boolean isThere() {
    return from >= 0;
  }

  int from() {
    return from;
  }

  int to() {
    return to;
  }

  int length() {
    return isThere() ? to - from : 0;
  }
}
