// SPDX-License-Identifier: Apache-2.0
package io.twinlog.cli;

/** What the command tells the shell. Scripts depend on these numbers; they never change. */
final class ExitCode {
  static final int DONE = 0;

  /** Something could not be done. */
  static final int FAILED = 1;

  /** The command line itself is wrong; nothing was tried. */
  static final int USAGE = 2;

  /** Done as asked, and the answer was no: refused, rejected, invalid, residue. */
  static final int REFUSED = 3;

  /** Nobody answered in time. */
  static final int NO_ANSWER = 4;

  private ExitCode() {}
}
