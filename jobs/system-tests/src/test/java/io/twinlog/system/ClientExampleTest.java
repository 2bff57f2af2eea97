// SPDX-License-Identifier: Apache-2.0
package io.twinlog.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The Java of README and of docs/client.md, in a project of its own that knows the client alone: it
 * compiles, and there is no Flink on its class path.
 */
class ClientExampleTest {
  private static final Pattern JAVA = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
  private static final int LINES_OF_README_MAX = 12;
  private static final String SOURCE =
      """
      // SPDX-License-Identifier: Apache-2.0
      import io.twinlog.client.*;
      import io.twinlog.schemas.*;
      import io.twinlog.wire.handler.HandlerException.Severity;
      import java.nio.file.*;
      import java.time.Duration;
      import java.util.*;

      class Example%d {
        void run(List<Event> events) throws Exception {
      %s
        }
      }
      """;
  private static final String POM =
      """
      <project xmlns="http://maven.apache.org/POM/4.0.0">
        <modelVersion>4.0.0</modelVersion>
        <groupId>com.example</groupId><artifactId>client</artifactId><version>1</version>
        <properties>
          <maven.compiler.release>17</maven.compiler.release>
          <project.build.sourceEncoding>UTF-8</project.build.sourceEncoding>
        </properties>
        <dependencyManagement><dependencies><dependency>
          <groupId>io.twinlog</groupId><artifactId>twinlog</artifactId><version>%1$s</version>
          <type>pom</type><scope>import</scope>
        </dependency></dependencies></dependencyManagement>
        <dependencies><dependency>
          <groupId>io.twinlog</groupId><artifactId>twinlog-client</artifactId>
        </dependency></dependencies>
        <build><pluginManagement><plugins>
          <plugin><artifactId>maven-resources-plugin</artifactId><version>3.3.1</version></plugin>
          <plugin><artifactId>maven-compiler-plugin</artifactId><version>3.14.0</version></plugin>
          <plugin><artifactId>maven-dependency-plugin</artifactId><version>3.8.1</version></plugin>
        </plugins></pluginManagement></build>
      </project>
      """;

  @TempDir Path directory;

  private static List<String> examples(String page) throws Exception {
    List<String> examples = new ArrayList<>();
    Matcher block = JAVA.matcher(Repository.page(page));
    while (block.find()) {
      examples.add(block.group(1));
    }
    return examples;
  }

  @Test
  void theExamplesCompileAgainstTheClientAloneAndItBringsNoFlink() throws Exception {
    Programs.require("mvn");
    List<String> examples = new ArrayList<>(examples("README.md"));
    assertThat(examples).hasSize(1);
    assertThat(examples.get(0).lines()).hasSizeLessThanOrEqualTo(LINES_OF_README_MAX);
    examples.addAll(examples("docs/client.md"));
    Path sources = Files.createDirectories(directory.resolve("project/src/main/java"));
    for (int i = 0; i < examples.size(); i++) {
      Files.writeString(
          sources.resolve("Example" + i + ".java"), SOURCE.formatted(i, examples.get(i)));
    }
    Files.writeString(
        directory.resolve("project/pom.xml"), POM.formatted(ReactorRepository.version()));

    String told = maven("compile", "dependency:build-classpath", "-Dmdep.outputFile=path.txt");

    String classPath = Files.readString(directory.resolve("project/path.txt"));
    assertThat(classPath)
        .as(told)
        .contains("kafka-clients", "twinlog-wire")
        .doesNotContain("flink");
    assertThat(examples).hasSizeGreaterThanOrEqualTo(3);
  }

  private String maven(String... arguments) throws Exception {
    Path output = directory.resolve("mvn.out");
    ReactorRepository repository = ReactorRepository.in(directory.resolve("repository"));
    List<String> command =
        new ArrayList<>(List.of("mvn", "-B", "-o", "-Dmaven.repo.local=" + repository.directory()));
    command.addAll(List.of(arguments));
    int exit =
        new ProcessBuilder(command)
            .directory(directory.resolve("project").toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start()
            .waitFor();
    String told = Files.readString(output);
    assertThat(exit).as(told).isZero();
    return told;
  }
}
