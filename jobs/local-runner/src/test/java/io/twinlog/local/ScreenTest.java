// SPDX-License-Identifier: Apache-2.0
package io.twinlog.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinlog.local.Figures.Look;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

/** Which figures are printed, and how. */
class ScreenTest {
  private final StringWriter out = new StringWriter();
  private final Screen file = new Screen(new PrintWriter(out), false);
  private final Screen terminal = new Screen(new PrintWriter(out), true);

  @Test
  void printsEachLookThatMoved() {
    file.show(new Look("one", true));
    file.show(new Look("two", true));

    assertThat(out).hasToString("one\ntwo\n");
  }

  @Test
  void printsOneOfTenLooksAtWhichNothingMoved() {
    for (int second = 0; second < 21; second++) {
      file.show(new Look("at " + second, false));
    }

    assertThat(out).hasToString("at 0\nat 10\nat 20\n");
  }

  @Test
  void writesFiguresOverOnATerminalAndKeepsLines() {
    terminal.show(new Look("one", false));
    terminal.say("said");
    terminal.show(new Look("two", false));

    assertThat(out).hasToString("\r\u001b[Kone\r\u001b[Ksaid\n\r\u001b[Ktwo");
  }
}
