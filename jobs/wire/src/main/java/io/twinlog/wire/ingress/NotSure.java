// SPDX-License-Identifier: Apache-2.0
package io.twinlog.wire.ingress;

/**
 * Ends a reading on the fast road: the bytes may be wrong, or only unusual, and the slow one is to
 * say which. It is no error, so it has neither words nor a trace.
 */
final class NotSure extends Exception {
  static final NotSure INSTANCE = new NotSure();

  private NotSure() {
    super(null, null, false, false);
  }
}
