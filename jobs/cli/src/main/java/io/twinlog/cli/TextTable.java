// SPDX-License-Identifier: Apache-2.0
package io.twinlog.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Lays rows out in columns that are as wide as their widest cell. It knows nothing of terminals.
 *
 * @param rows cells, as many as there are titles
 */
record TextTable(List<List<String>> rows) {
  private static final String GAP = "  ";

  List<String> lines(String... titles) {
    List<List<String>> all = new ArrayList<>();
    all.add(Arrays.asList(titles));
    all.addAll(rows);
    int[] widths = new int[titles.length];
    for (List<String> row : all) {
      for (int column = 0; column < widths.length; column++) {
        widths[column] = Math.max(widths[column], row.get(column).length());
      }
    }
    return all.stream().map(row -> line(row, widths)).toList();
  }

  private static String line(List<String> row, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int column = 0; column < widths.length; column++) {
      line.append(row.get(column));
      line.append(" ".repeat(widths[column] - row.get(column).length())).append(GAP);
    }
    return line.toString().stripTrailing();
  }
}
