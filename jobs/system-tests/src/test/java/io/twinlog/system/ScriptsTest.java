// SPDX-License-Identifier: Apache-2.0
package io.twinlog.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The shell scripts: what shellcheck has to say of them. What they do is tested elsewhere. */
class ScriptsTest {
  @Test
  void shellcheckFindsNothing() throws IOException, InterruptedException {
    Programs.require("shellcheck");
    List<String> command = new ArrayList<>(List.of("shellcheck", "--external-sources"));
    for (Path file : Repository.files()) {
      if (isScript(file)) {
        command.add(file.toString());
      }
    }

    Process shellcheck = new ProcessBuilder(command).redirectErrorStream(true).start();
    String findings =
        new String(shellcheck.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(findings).isEmpty();
    assertThat(shellcheck.waitFor()).isZero();
  }

  @Test
  void everyScriptCanBeExecuted() throws IOException {
    for (Path file : Repository.files()) {
      if (isScript(file)) {
        assertThat(file).isExecutable();
      }
    }
  }

  private static boolean isScript(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    String first = new String(bytes, 0, Math.min(bytes.length, 32), StandardCharsets.ISO_8859_1);
    return first.startsWith("#!") && first.lines().findFirst().orElseThrow().endsWith("sh");
  }
}
