// SPDX-License-Identifier: Apache-2.0
package io.twinlog.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.twinlog.wire.handler.EventContext;
import io.twinlog.wire.handler.EventHandler;
import io.twinlog.wire.handler.HandlerResult;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServicesTest {
  @TempDir Path directory;

  /** A class path that names this handler among the services. */
  private URLClassLoader naming(String handler) throws IOException {
    Path services = Files.createDirectories(directory.resolve("META-INF/services"));
    Files.writeString(services.resolve(EventHandler.class.getName()), handler);
    URL[] path = {directory.toUri().toURL()};
    return new URLClassLoader(path, ServicesTest.class.getClassLoader());
  }

  @Test
  void findsNothingWhereNothingIsNamed() {
    assertThat(Services.load(EventHandler.class, ServicesTest.class.getClassLoader())).isEmpty();
  }

  @Test
  void saysWhatIsNamedAndNotThere() throws IOException {
    try (URLClassLoader classes = naming("com.example.Missing")) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Services.load(EventHandler.class, classes))
          .withMessageContainingAll("an extension cannot be loaded", "com.example.Missing");
    }
  }

  @Test
  void saysWhyOneCannotBeMade() throws IOException {
    try (URLClassLoader classes = naming(Broken.class.getName())) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Services.load(EventHandler.class, classes))
          .withMessageContainingAll("Broken", "its table is missing");
    }
  }

  /** Cannot be made. */
  public static final class Broken implements EventHandler {
    public Broken() {
      throw new IllegalStateException("its table is missing");
    }

    @Override
    public Set<String> eventTypes() {
      return Set.of();
    }

    @Override
    public HandlerResult handle(EventContext context) {
      return HandlerResult.unchanged(context);
    }
  }
}
