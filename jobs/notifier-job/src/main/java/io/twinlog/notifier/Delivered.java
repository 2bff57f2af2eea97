// SPDX-License-Identifier: Apache-2.0
package io.twinlog.notifier;

/**
 * What came of one attempt to deliver.
 *
 * @param httpStatus 0: there was no answer, or none of HTTP
 * @param error empty: it was taken
 */
record Delivered(Verdict verdict, int httpStatus, String error) {
  private static final int OK_FROM = 200;
  private static final int OK_TO = 299;
  private static final int TIMEOUT = 408;
  private static final int TOO_EARLY = 425;
  private static final int TOO_MANY = 429;
  private static final int SERVER_ERROR = 500;

  /** What is to be done next. */
  enum Verdict {
    /** Nothing: it is there. */
    TAKEN,
    /** Try it again: it may be taken later. */
    AGAIN,
    /** Nothing: it will never be taken as it is. */
    NEVER
  }

  static final Delivered TAKEN = new Delivered(Verdict.TAKEN, 0, "");

  /** By the status of an answer (RFC 9110): what the client did wrong will stay wrong. */
  static Delivered answered(int status) {
    if (status >= OK_FROM && status <= OK_TO) {
      return new Delivered(Verdict.TAKEN, status, "");
    }
    boolean again =
        status >= SERVER_ERROR || status == TIMEOUT || status == TOO_EARLY || status == TOO_MANY;
    return new Delivered(
        again ? Verdict.AGAIN : Verdict.NEVER, status, "answered with status " + status);
  }

  /** There was nothing that could be sent, and why. */
  static Delivered unsent(String why) {
    return new Delivered(Verdict.AGAIN, 0, why);
  }

  /** Nobody answered. The message of an exception is left out: it may have a secret in its URL. */
  static Delivered failed(Throwable why) {
    Throwable cause = why;
    while (cause.getCause() != null && cause.getClass().getName().startsWith("java.util.")) {
      cause = cause.getCause();
    }
    return new Delivered(Verdict.AGAIN, 0, cause.getClass().getSimpleName());
  }
}
