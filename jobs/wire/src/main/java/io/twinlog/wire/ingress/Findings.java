// SPDX-License-Identifier: Apache-2.0
package io.twinlog.wire.ingress;

import io.twinlog.domain.Reason;
import io.twinlog.wire.DeadLetterReason;
import io.twinlog.wire.ErrorCode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Collects what is wrong with one record, in the order in which it is found, once per code and
 * path. Decides nothing but which error is the gravest.
 */
final class Findings {
  /** Errors that are listed; a garbled record may have as many as it has bytes. */
  static final int LISTED_MAX = 100;

  private static final List<DeadLetterReason> GRAVEST_FIRST =
      List.of(
          DeadLetterReason.MALFORMED,
          DeadLetterReason.TOO_LARGE,
          DeadLetterReason.INVALID_ENVELOPE,
          DeadLetterReason.UNKNOWN_EVENT_TYPE,
          DeadLetterReason.UNSUPPORTED_SCHEMA_VERSION,
          DeadLetterReason.INVALID_PAYLOAD);

  private final Map<String, Reason> errors = new LinkedHashMap<>();
  private int gravest = GRAVEST_FIRST.size();
  private int unlisted;
  private UnaryOperator<String> terms = UnaryOperator.identity();

  /** From now on the paths that come in are those of our envelope, and are told in other terms. */
  void speak(UnaryOperator<String> other) {
    terms = other;
  }

  void add(DeadLetterReason reason, ErrorCode code, String ours, String message) {
    String path = terms.apply(ours);
    gravest = Math.min(gravest, GRAVEST_FIRST.indexOf(reason));
    if (errors.size() < LISTED_MAX) {
      errors.putIfAbsent(code.text() + '@' + path, code.at(path, message));
    } else if (!errors.containsKey(code.text() + '@' + path)) {
      unlisted++;
    }
  }

  void envelope(ErrorCode code, String path, String message) {
    add(DeadLetterReason.INVALID_ENVELOPE, code, path, message);
  }

  boolean isEmpty() {
    return errors.isEmpty();
  }

  /** Whether anything is wrong with the value at exactly this path, or may be, unlisted. */
  boolean at(String ours) {
    String path = terms.apply(ours);
    return unlisted > 0 || errors.values().stream().anyMatch(error -> error.path().equals(path));
  }

  <T> Decoded.Rejected<T> rejected() {
    return new Decoded.Rejected<>(GRAVEST_FIRST.get(gravest), all(), Optional.empty());
  }

  /** A rejection that can be answered: see {@link Decoded.Rejected#errors}. */
  <T> Decoded.Rejected<T> refused(CommandHead head) {
    List<Reason> reasons =
        all().stream()
            .map(
                error ->
                    ErrorCode.INVALID_COMMAND.at(
                        error.path(), error.code() + ": " + error.message()))
            .toList();
    return new Decoded.Rejected<>(GRAVEST_FIRST.get(gravest), reasons, Optional.of(head));
  }

  List<Reason> all() {
    List<Reason> all = new ArrayList<>(errors.values());
    if (unlisted > 0) {
      all.add(ErrorCode.MORE_ERRORS.at("", unlisted + " more errors are not listed"));
    }
    return all;
  }
}
