// SPDX-License-Identifier: Apache-2.0
package io.twinlog.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinlog.cel.Conditions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;

/**
 * The jar of CEL brings its libraries under a name of ours, and no class path of ours has them
 * under their own.
 */
class ShadedJarTest {
  private static Path jar() {
    return Path.of(Conditions.class.getProtectionDomain().getCodeSource().getLocation().getPath());
  }

  @Test
  void holdsNothingUnderTheNamesOfOthers() throws IOException {
    try (JarFile jar = new JarFile(jar().toFile())) {
      List<String> foreign =
          jar.stream()
              .map(entry -> entry.getName())
              .filter(name -> !name.endsWith("/"))
              .filter(name -> !name.startsWith("io/twinlog/cel/"))
              .toList();

      assertThat(foreign)
          .containsExactlyInAnyOrder("META-INF/NOTICE", "META-INF/licenses/shaded-bsd.txt");
    }
  }

  @Test
  void bringsNoLibraryToTheClassPath() {
    for (String name :
        List.of(
            "dev.cel.runtime.CelRuntime",
            "com.google.protobuf.Message",
            "com.google.re2j.Pattern",
            "org.antlr.v4.runtime.Parser")) {
      assertThatThrownBy(() -> Class.forName(name)).isInstanceOf(ClassNotFoundException.class);
    }
  }
}
