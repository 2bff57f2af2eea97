// SPDX-License-Identifier: Apache-2.0
package io.twinlog.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** docs/examples/cold-chain, built by its own pom as its reader builds it, against this build. */
class ExampleProjectTest {
  @TempDir Path directory;

  @Test
  void isOfTheVersionOfThisBuild() throws Exception {
    assertThat(Repository.page("docs/examples/cold-chain/pom.xml"))
        .contains("<twinlog.version>" + ReactorRepository.version() + "</twinlog.version>");
  }

  @Test
  void buildsAndItsTestsPass() throws Exception {
    Programs.require("mvn");
    ExampleProject project = ExampleProject.copied("cold-chain", directory);
    ReactorRepository repository = ReactorRepository.in(directory.resolve("repository"));
    Path output = directory.resolve("mvn.out");

    int exit =
        new ProcessBuilder(
                "mvn", "-B", "-o", "-Dmaven.repo.local=" + repository.directory(), "package")
            .directory(project.directory().toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start()
            .waitFor();

    String told = Files.readString(output);
    assertThat(exit).as(told).isZero();
    assertThat(told).containsPattern("Tests run: [1-9]");
    assertThat(project.directory().resolve("target/cold-chain-1.0.jar")).isRegularFile();
  }
}
