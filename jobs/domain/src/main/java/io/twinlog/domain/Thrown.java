// SPDX-License-Identifier: Apache-2.0
package io.twinlog.domain;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What was thrown, in words that are the same each time: records that hold them are written again
 * after a crash. It never throws what a user's exception does, and does not say where it happened.
 */
public final class Thrown {
  /** Of an object in its default text, and the number of a lambda's class before it. */
  private static final Pattern IDENTITY =
      Pattern.compile("(\\$\\d+)?/0x[0-9a-f]+(?=@)|@[0-9a-f]{1,16}\\b");

  /** The JVM itself words them, as its flags and its compiler will have it: or not at all. */
  private static final Set<Class<?>> OF_THE_JVM =
      Set.of(
          ArithmeticException.class,
          ArrayIndexOutOfBoundsException.class,
          ArrayStoreException.class,
          ClassCastException.class,
          NegativeArraySizeException.class,
          NullPointerException.class);

  private Thrown() {}

  /** The name of its class, and its message where it has one of its own. */
  public static String text(Throwable thrown) {
    String name = thrown.getClass().getName();
    return ownMessage(thrown).map(message -> name + ": " + message).orElse(name);
  }

  /** Its message alone; the name of its class where it has none of its own. */
  public static String message(Throwable thrown) {
    return ownMessage(thrown).orElseGet(() -> thrown.getClass().getName());
  }

  private static Optional<String> ownMessage(Throwable thrown) {
    if (OF_THE_JVM.contains(thrown.getClass())) {
      return Optional.empty();
    }
    try {
      return Optional.ofNullable(thrown.getMessage())
          .map(message -> IDENTITY.matcher(message).replaceAll(""));
    } catch (StackOverflowError e) {
      return Optional.empty();
    } catch (VirtualMachineError e) {
      // Not of its making, or not for it alone to bear.
      throw e;
    } catch (Throwable e) {
      return Optional.empty();
    }
  }
}
