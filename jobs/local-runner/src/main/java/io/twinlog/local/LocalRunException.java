// SPDX-License-Identifier: Apache-2.0
package io.twinlog.local;

/** The local run cannot go on. The message is one line that says why; it asks for no setting. */
public final class LocalRunException extends RuntimeException {
  LocalRunException(String message) {
    super(message);
  }
}
