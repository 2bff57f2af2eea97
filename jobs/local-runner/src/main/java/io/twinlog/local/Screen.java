// SPDX-License-Identifier: Apache-2.0
package io.twinlog.local;

import io.twinlog.local.Figures.Look;
import java.io.PrintWriter;

/**
 * Standard output of a local run: lines that stay, and one of live figures. On a terminal the
 * figures are written over; elsewhere they are a line each second while something moves, and every
 * ten seconds while nothing does.
 */
final class Screen {
  private static final int QUIET_LOOKS = 10;
  private static final String ERASE = "\r\u001b[K";

  private final PrintWriter out;
  private final boolean terminal;
  private int quiet = QUIET_LOOKS;

  Screen(PrintWriter out, boolean terminal) {
    this.out = out;
    this.terminal = terminal;
  }

  /** Prints a line that stays. */
  synchronized void say(String line) {
    out.print(terminal ? ERASE : "");
    out.println(line);
    out.flush();
  }

  /** Shows figures, or holds them back. */
  synchronized void show(Look look) {
    if (terminal) {
      out.print(ERASE + look.line());
      out.flush();
      return;
    }
    quiet = look.moved() ? QUIET_LOOKS : quiet + 1;
    if (quiet >= QUIET_LOOKS) {
      out.println(look.line());
      out.flush();
      quiet = 0;
    }
  }
}
