// SPDX-License-Identifier: Apache-2.0
package io.twinlog.domain.escalation;

import io.twinlog.domain.escalation.AlertCommand.Author;
import java.util.List;

/**
 * Somebody wants not to be told of some alerts for a while, or, with an end that is past, to be
 * told again.
 *
 * @param by who says it, and why
 * @param endsAt log time, epoch ms; {@link #NO_TIME}: what was said is none
 */
public record SilenceCommand(List<Matcher> matchers, long endsAt, Author by) {
  public static final long NO_TIME = Long.MIN_VALUE;

  public SilenceCommand {
    matchers = List.copyOf(matchers);
  }
}
