// SPDX-License-Identifier: Apache-2.0
package io.twinlog.wire.device;

import io.twinlog.domain.Cause;
import io.twinlog.domain.Moment;
import io.twinlog.domain.Patch;
import io.twinlog.domain.Recorded;
import io.twinlog.domain.Scalar;
import io.twinlog.domain.Values;
import io.twinlog.domain.device.DeviceEvent;
import io.twinlog.domain.device.DeviceState;
import io.twinlog.domain.device.DeviceState.Link;
import io.twinlog.domain.device.Fault;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;

/**
 * Draws values of the domain's records, component by component, so that no component can be
 * forgotten. All of it follows from the seed; it does not care whether a value makes sense.
 */
final class RandomRecords {
  private static final List<String> TEXTS =
      List.of("", "a", "s-1", "Gerät", "😀", "a\nb\u0000c", "x".repeat(300));
  private static final long[] NUMBERS = {0, 1, 7, 1_767_225_600_000L, 253_402_300_799_999L};

  private final Random random;

  RandomRecords(long seed) {
    this.random = new Random(seed);
  }

  <T> T draw(Class<T> type) {
    return type.cast(value(type));
  }

  Recorded<DeviceEvent> recorded(DeviceEvent event) {
    return new Recorded<>(
        1 + random.nextInt(1_000), draw(Moment.class), number(), draw(Cause.class), event);
  }

  private Object value(Class<?> type) {
    if (type == String.class) {
      return TEXTS.get(random.nextInt(TEXTS.size()));
    }
    if (type == long.class) {
      return number();
    }
    if (type == int.class) {
      return random.nextInt(1 << 21);
    }
    if (type == boolean.class) {
      return random.nextBoolean();
    }
    if (type.isEnum()) {
      Object[] constants = type.getEnumConstants();
      return constants[random.nextInt(constants.length)];
    }
    if (type == Values.class) {
      return values();
    }
    if (type == Patch.class) {
      return new Patch(values(), new TreeSet<>(random.nextBoolean() ? List.of("gone") : List.of()));
    }
    if (type == List.class) {
      return faults();
    }
    if (type == Link.class && random.nextInt(4) == 0) {
      return Link.NONE;
    }
    if (type.isRecord()) {
      return record(type);
    }
    throw new IllegalStateException("no rule for " + type);
  }

  private Object record(Class<?> type) {
    RecordComponent[] components = type.getRecordComponents();
    Class<?>[] types =
        Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    Object[] arguments = Arrays.stream(types).map(this::value).toArray();
    try {
      return type.getDeclaredConstructor(types).newInstance(arguments);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("cannot draw a " + type.getSimpleName(), e);
    }
  }

  private long number() {
    return NUMBERS[random.nextInt(NUMBERS.length)];
  }

  private List<Fault> faults() {
    List<Fault> faults = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      faults.add(draw(Fault.class));
    }
    return faults;
  }

  private Values values() {
    Map<String, Scalar> entries = new LinkedHashMap<>();
    List<String> names = new ArrayList<>(List.of("site", "floor", "é", "Z", "a.b"));
    Collections.shuffle(names, random);
    for (String name : names.subList(0, random.nextInt(names.size() + 1))) {
      entries.put(name, scalar());
    }
    return Values.of(entries);
  }

  private Scalar scalar() {
    return switch (random.nextInt(4)) {
      case 0 -> new Scalar.Text(draw(String.class));
      case 1 -> new Scalar.Whole(random.nextLong());
      case 2 -> new Scalar.Decimal(random.nextGaussian());
      default -> new Scalar.Flag(random.nextBoolean());
    };
  }

  /** The same state, with its maps filled in another order. */
  static DeviceState refilled(DeviceState state) {
    return new DeviceState(
        state.deviceId(),
        state.version(),
        state.lifecycle(),
        state.link(),
        state.since(),
        state.cause(),
        state.registration(),
        refilled(state.attributes()),
        new DeviceState.Configuration(
            state.configuration().version(),
            refilled(state.configuration().desired()),
            refilled(state.configuration().reported())),
        state.faults(),
        state.flapping(),
        state.announcedStatus(),
        state.decommissionedClock());
  }

  private static Values refilled(Values values) {
    List<String> names = new ArrayList<>(values.entries().keySet());
    Collections.reverse(names);
    Map<String, Scalar> entries = new LinkedHashMap<>();
    names.forEach(name -> entries.put(name, values.entries().get(name)));
    return Values.of(entries);
  }
}
