// SPDX-License-Identifier: Apache-2.0
package io.twinlog.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import com.datadoghq.sketch.ddsketch.DDSketch;
import com.datadoghq.sketch.ddsketch.store.Bin;
import com.datadoghq.sketch.ddsketch.store.CollapsingLowestDenseStore;
import com.datadoghq.sketch.ddsketch.store.Store;
import io.twinlog.domain.telemetry.Buckets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Our counts are those of the library's sketch, bucket by bucket. */
class LibrarySketchTest {
  private static final double[] RANKS = {0, 0.01, 0.25, 0.5, 0.75, 0.95, 0.99, 1};

  private final DdSketches sketches = new DdSketches();

  private static DDSketch library(double[] values) {
    DDSketch sketch =
        new DDSketch(
            DdSketches.MAPPING, () -> new CollapsingLowestDenseStore(DdSketches.BUCKETS_MAX));
    for (double value : values) {
      sketch.accept(value);
    }
    return sketch;
  }

  /** Both signs, zeros, and a spread that grows with the run, until buckets have to fold. */
  private static double[] draw(Random random, int run) {
    double[] values = new double[1 + random.nextInt(400)];
    double spread = run / 4.0;
    Arrays.setAll(
        values,
        i -> {
          double size = Math.exp(spread * random.nextGaussian());
          int kind = random.nextInt(8);
          return kind == 0 ? 0 : kind < 3 ? -size : size;
        });
    return values;
  }

  private Buckets inPortions(double[] values) {
    Buckets buckets = Buckets.EMPTY;
    for (int from = 0; from < values.length; from += 16) {
      int to = Math.min(values.length, from + 16);
      buckets = sketches.with(buckets, Arrays.copyOfRange(values, from, to));
    }
    return buckets;
  }

  private static List<String> counts(int[] indices, long[] counts) {
    List<String> all = new ArrayList<>();
    for (int i = 0; i < indices.length; i++) {
      all.add(indices[i] + ": " + counts[i]);
    }
    return all;
  }

  private static List<String> counts(Store store) {
    List<String> all = new ArrayList<>();
    for (Iterator<Bin> bins = store.getAscendingIterator(); bins.hasNext(); ) {
      Bin bin = bins.next();
      all.add(bin.getIndex() + ": " + (long) bin.getCount());
    }
    return all;
  }

  @Test
  void hasTheSameBucketsAndTheSamePercentiles() {
    Random random = new Random(3);
    for (int run = 0; run < 60; run++) {
      double[] values = draw(random, run);
      DDSketch library = library(values);
      Buckets buckets = inPortions(values);

      assertThat(counts(buckets.negative(), buckets.negativeCounts()))
          .as("run %d", run)
          .isEqualTo(counts(library.getNegativeValueStore()));
      assertThat(counts(buckets.positive(), buckets.positiveCounts()))
          .as("run %d", run)
          .isEqualTo(counts(library.getPositiveValueStore()));
      assertThat(sketches.percentiles(buckets, RANKS))
          .as("run %d", run)
          .isEqualTo(library.getValuesAtQuantiles(RANKS));
    }
  }
}
