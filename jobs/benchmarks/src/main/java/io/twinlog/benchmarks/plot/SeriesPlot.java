// SPDX-License-Identifier: Apache-2.0
package io.twinlog.benchmarks.plot;

import java.util.List;
import java.util.Locale;

/**
 * Draws a series: its line, its windows shaded, its flags as dots. Colours follow the reader's
 * light or dark scheme; it needs no font of its own, script or other file. Judges nothing.
 */
public final class SeriesPlot {
  private static final int WIDTH = 960;
  private static final int HEIGHT = 320;
  private static final int LEFT = 64;
  private static final int RIGHT = 16;
  private static final int TOP = 56;
  private static final int BOTTOM = 32;

  private static final int TICKS_TIME = 8;
  private static final int TICKS_VALUE = 6;

  /** Air above and below the values, as a share of their range. */
  private static final double AIR = 0.05;

  private static final String STYLE =
      """
      <style>
      svg { font: 12px sans-serif }
      .paper { fill: #ffffff } .text { fill: #24292f } .title { font-size: 14px; font-weight: bold }
      .grid { stroke: #d0d7de; stroke-width: 1 } .line { fill: none; stroke: #0969da; stroke-linejoin: round }
      .window { fill: #bf8700; fill-opacity: 0.22 } .flag { fill: #cf222e }
      @media (prefers-color-scheme: dark) {
      .paper { fill: #0d1117 } .text { fill: #e6edf3 } .grid { stroke: #30363d }
      .line { stroke: #58a6ff } .window { fill: #e3b341 } .flag { fill: #ff7b72 }
      }
      </style>
      """;

  private final Series series;
  private final Axis time;
  private final Axis value;
  private final StringBuilder svg = new StringBuilder();

  private SeriesPlot(Series series) {
    this.series = series;
    time = new Axis(series.from(), Math.max(series.to(), series.from() + 1), LEFT, WIDTH - RIGHT);
    double low = series.points().stream().mapToDouble(Series.Point::value).min().orElseThrow();
    double high = series.points().stream().mapToDouble(Series.Point::value).max().orElseThrow();
    double air = high > low ? AIR * (high - low) : Math.max(1, Math.abs(low) * AIR);
    value = new Axis(low - air, high + air, HEIGHT - BOTTOM, TOP);
  }

  /** The drawing, as the text of an SVG file. */
  public static String svg(Series series) {
    return new SeriesPlot(series).drawn();
  }

  private String drawn() {
    svg.append("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 ");
    svg.append(WIDTH).append(' ').append(HEIGHT).append("\" role=\"img\">\n");
    svg.append("<title>").append(escaped(series.title())).append("</title>\n");
    svg.append("<desc>").append(summary()).append("</desc>\n").append(STYLE);
    rectangle("paper", 0, 0, WIDTH, HEIGHT);
    windows();
    grid();
    line();
    for (Series.Point flag : series.flagged()) {
      dot(time.at(flag.at()), value.at(flag.value()));
    }
    head();
    return svg.append("</svg>\n").toString();
  }

  /** What is to be seen, for those who do not see it. */
  private String summary() {
    List<Series.Point> flagged = series.flagged();
    long within = flagged.stream().filter(series::inAWindow).count();
    return series.points().size()
        + " values, "
        + series.windows().size()
        + " windows, "
        + within
        + " flags within them and "
        + (flagged.size() - within)
        + " outside";
  }

  private void windows() {
    for (Series.Window window : series.windows()) {
      long from = Math.max(window.from(), series.from());
      long to = Math.min(window.to(), series.to());
      if (from <= to) {
        double x = time.at(from);
        // Wide enough to be seen.
        double width = Math.max(1, time.at(to) - x);
        rectangle("window", x, TOP, width, HEIGHT - TOP - BOTTOM);
      }
    }
  }

  private void grid() {
    for (Tick tick : Tick.ofNumbers(value.from(), value.to(), TICKS_VALUE)) {
      double y = value.at(tick.at());
      stroke(LEFT, y, WIDTH - RIGHT, y);
      text("text", "end", LEFT - 6, y + 4, tick.label());
    }
    for (Tick tick : Tick.ofTimes((long) time.from(), (long) time.to(), TICKS_TIME)) {
      double x = time.at(tick.at());
      stroke(x, HEIGHT - BOTTOM, x, HEIGHT - BOTTOM + 5);
      text("text", "middle", x, HEIGHT - BOTTOM + 20, tick.label());
    }
    stroke(LEFT, HEIGHT - BOTTOM, WIDTH - RIGHT, HEIGHT - BOTTOM);
  }

  private void line() {
    svg.append("<polyline class=\"line\" points=\"");
    String separator = "";
    for (Series.Point point : series.thinned(WIDTH - LEFT - RIGHT)) {
      svg.append(separator).append(place(time.at(point.at()))).append(',');
      svg.append(place(value.at(point.value())));
      separator = " ";
    }
    svg.append("\"/>\n");
  }

  /** Title, unit and legend. */
  private void head() {
    text("text title", "start", LEFT, 20, series.title());
    text("text", "start", LEFT, TOP - 10, series.unit());
    int x = WIDTH - RIGHT - 312;
    rectangle("window", x, TOP - 20, 16, 12);
    text("text", "start", x + 22, TOP - 10, "labelled as anomalous");
    dot(x + 170, TOP - 14);
    text("text", "start", x + 178, TOP - 10, "flagged by the rules");
  }

  private void rectangle(String kind, double x, double y, double width, double height) {
    svg.append("<rect class=\"").append(kind);
    svg.append("\" x=\"").append(place(x)).append("\" y=\"").append(place(y));
    svg.append("\" width=\"").append(place(width));
    svg.append("\" height=\"").append(place(height)).append("\"/>\n");
  }

  private void stroke(double fromX, double fromY, double toX, double toY) {
    svg.append("<line class=\"grid\" x1=\"").append(place(fromX));
    svg.append("\" y1=\"").append(place(fromY)).append("\" x2=\"").append(place(toX));
    svg.append("\" y2=\"").append(place(toY)).append("\"/>\n");
  }

  private void dot(double x, double y) {
    svg.append("<circle class=\"flag\" cx=\"").append(place(x));
    svg.append("\" cy=\"").append(place(y)).append("\" r=\"3\"/>\n");
  }

  private void text(String kind, String anchor, double x, double y, String said) {
    svg.append("<text class=\"").append(kind).append("\" text-anchor=\"").append(anchor);
    svg.append("\" x=\"").append(place(x)).append("\" y=\"").append(place(y)).append("\">");
    svg.append(escaped(said)).append("</text>\n");
  }

  private static String place(double place) {
    return String.format(Locale.ROOT, "%.1f", place);
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
