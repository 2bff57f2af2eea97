// SPDX-License-Identifier: Apache-2.0
package io.twinlog.benchmarks.peers;

import com.datadoghq.sketch.ddsketch.DDSketch;
import com.datadoghq.sketch.ddsketch.encoding.ByteArrayInput;
import com.datadoghq.sketch.ddsketch.encoding.GrowingByteArrayOutput;
import com.datadoghq.sketch.ddsketch.store.CollapsingLowestDenseStore;
import com.datadoghq.sketch.ddsketch.store.Store;
import io.twinlog.telemetry.DdSketches;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.flink.api.common.functions.AggregateFunction;

/**
 * Adds values up one by one, so that a window keeps sums and no values. Mean and squares as B. P.
 * Welford has them (Technometrics 4, 1962), which does not cancel out.
 */
final class Summing implements AggregateFunction<Reading, Sums, Sums> {
  private static final long serialVersionUID = 1;

  @Override
  public Sums createAccumulator() {
    return new Sums();
  }

  @Override
  public Sums add(Reading reading, Sums sums) {
    double value = reading.value();
    sums.count++;
    sums.min = Math.min(sums.min, value);
    sums.max = Math.max(sums.max, value);
    double distance = value - sums.mean;
    sums.mean += distance / sums.count;
    sums.squares += distance * (value - sums.mean);
    if (reading.time() >= sums.lastTime) {
      sums.lastTime = reading.time();
      sums.last = value;
    }
    DDSketch sketch = sketch(sums);
    sketch.accept(value);
    sums.sketch = bytes(sketch);
    return sums;
  }

  /** The sketch of a window, to be read or added to. */
  static DDSketch sketch(Sums sums) {
    try {
      return DDSketch.decode(ByteArrayInput.wrap(sums.sketch), Summing::store, DdSketches.MAPPING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Store store() {
    return new CollapsingLowestDenseStore(DdSketches.BUCKETS_MAX);
  }

  private static byte[] bytes(DDSketch sketch) {
    try {
      GrowingByteArrayOutput out = GrowingByteArrayOutput.withDefaultInitialCapacity();
      sketch.encode(out, true);
      return out.trimmedCopy();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Sums getResult(Sums sums) {
    return sums;
  }

  /** Only windows that merge need it, and these do not. */
  @Override
  public Sums merge(Sums one, Sums other) {
    throw new UnsupportedOperationException("tumbling windows do not merge");
  }
}
