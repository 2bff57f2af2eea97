// SPDX-License-Identifier: Apache-2.0
package io.twinlog.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class ThrownTest {
  /** What a user may throw. */
  private static final class Hostile extends RuntimeException {
    private final Supplier<String> message;

    Hostile(Supplier<String> message) {
      this.message = message;
    }

    @Override
    public String getMessage() {
      return message.get();
    }

    @Override
    public String toString() {
      throw new IllegalStateException("no text");
    }
  }

  @Test
  void saysTheClassAndTheMessage() {
    IllegalStateException thrown = new IllegalStateException("no table");

    assertThat(Thrown.text(thrown)).isEqualTo("java.lang.IllegalStateException: no table");
    assertThat(Thrown.message(thrown)).isEqualTo("no table");
    assertThat(Thrown.text(new IllegalStateException()))
        .isEqualTo("java.lang.IllegalStateException");
    assertThat(Thrown.message(new IllegalStateException()))
        .isEqualTo("java.lang.IllegalStateException");
  }

  @Test
  void leavesOutWhatIsAnotherOneAfterARestart() {
    Runnable lambda = () -> {};

    assertThat(Thrown.text(new IllegalStateException("of " + new Object() + ", " + new int[0])))
        .isEqualTo("java.lang.IllegalStateException: of java.lang.Object, [I");
    assertThat(Thrown.message(new IllegalStateException("of " + lambda)))
        .isEqualTo("of io.twinlog.domain.ThrownTest$$Lambda");
    assertThat(Thrown.message(new IllegalStateException("ann@example.org")))
        .isEqualTo("ann@example.org");
  }

  @Test
  void leavesOutWhatTheMachineSaysAsItPleases() {
    assertThat(Thrown.text(new NullPointerException("Cannot invoke \"a.b()\"")))
        .isEqualTo("java.lang.NullPointerException");
    assertThat(Thrown.text(new ClassCastException("class A cannot be cast to class B")))
        .isEqualTo("java.lang.ClassCastException");
    assertThat(Thrown.text(new ArithmeticException("/ by zero")))
        .isEqualTo("java.lang.ArithmeticException");
  }

  @Test
  void survivesAnExceptionThatThrows() {
    String name = Hostile.class.getName();

    assertThat(Thrown.text(new Hostile(() -> "words"))).isEqualTo(name + ": words");
    assertThat(
            Thrown.text(
                new Hostile(
                    () -> {
                      throw new IllegalStateException("no message");
                    })))
        .isEqualTo(name);
    assertThat(
            Thrown.text(
                new Hostile(
                    () -> {
                      throw new StackOverflowError();
                    })))
        .isEqualTo(name);
  }
}
