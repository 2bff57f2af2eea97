// SPDX-License-Identifier: Apache-2.0
package io.twinlog.query.store;

/** The store fails: its disk, or its file. */
public final class StoreException extends RuntimeException {
  private static final long serialVersionUID = 1;

  StoreException(String message, Throwable cause) {
    super(message + ": " + cause.getMessage(), cause);
  }
}
