// SPDX-License-Identifier: Apache-2.0
package io.twinlog.benchmarks.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinlog.benchmarks.plot.Series.Point;
import io.twinlog.benchmarks.plot.Series.Window;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** What is in a drawing, and that it is drawn the same each time. */
class SeriesPlotTest {
  private static final long BEGIN = Instant.parse("2014-01-01T00:00:00Z").toEpochMilli();
  private static final long MINUTE = 60_000;

  @Test
  void drawsWindowsFlagsAndTheLine() throws Exception {
    List<Point> points = new ArrayList<>(minutes(60));
    points.set(10, new Point(BEGIN + 10 * MINUTE, 50, true));
    points.set(40, new Point(BEGIN + 40 * MINUTE, 60, true));
    Series series =
        new Series("pump", "°C", points, List.of(new Window(BEGIN, BEGIN + 20 * MINUTE)));

    Document drawn = parsed(SeriesPlot.svg(series));

    // One of each kind is in the legend.
    assertThat(withClass(drawn, "rect", "window")).hasSize(2);
    assertThat(withClass(drawn, "circle", "flag")).hasSize(3);
    assertThat(withClass(drawn, "polyline", "line")).hasSize(1);
    assertThat(drawn.getElementsByTagName("desc").item(0).getTextContent())
        .isEqualTo("60 values, 1 windows, 1 flags within them and 1 outside");
    assertThat(drawn.getDocumentElement().getTextContent())
        .contains("pump", "°C", "01-01 00:15", "20", "60");
  }

  @Test
  void drawsAFlagWhereItsValueIs() throws Exception {
    List<Point> points =
        List.of(
            new Point(BEGIN, 0, false),
            new Point(BEGIN + 50, 100, true),
            new Point(BEGIN + 100, 0, false));

    Element flag = withClass(parsed(SeriesPlot.svg(series(points))), "circle", "flag").get(0);

    assertThat(flag.getAttribute("cx")).isEqualTo("504.0");
    // 100 of -5 to 105, of 232 units from above.
    assertThat(flag.getAttribute("cy")).isEqualTo("66.5");
  }

  @Test
  void drawsTheSameBytesInEachPlace() {
    Series series = series(minutes(1_000));
    String here = SeriesPlot.svg(series);
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
      assertThat(SeriesPlot.svg(series)).isEqualTo(here);
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void staysWithinItsFrameAndSmallForManyPoints() throws Exception {
    List<Point> points =
        IntStream.range(0, 200_000)
            .mapToObj(i -> new Point(BEGIN + i * MINUTE, i % 977 * (i % 2 == 0 ? 1 : -1), false))
            .toList();

    String drawn = SeriesPlot.svg(series(points));

    assertThat(drawn.length()).isLessThan(64 * 1024);
    for (double[] place : line(drawn)) {
      assertThat(place[0]).isBetween(64.0, 944.0);
      assertThat(place[1]).isBetween(56.0, 288.0);
    }
  }

  @Test
  void keepsTheLowestAndTheHighestWhenItThins() {
    List<Point> points = new ArrayList<>(minutes(10_000));
    points.set(5_003, new Point(BEGIN + 5_003 * MINUTE, 999, false));
    points.set(5_004, new Point(BEGIN + 5_004 * MINUTE, -999, false));

    List<Point> thinned = series(points).thinned(100);

    assertThat(thinned)
        .hasSizeLessThanOrEqualTo(404)
        .contains(points.get(5_003), points.get(5_004));
    assertThat(thinned.get(0)).isEqualTo(points.get(0));
    assertThat(thinned.get(thinned.size() - 1)).isEqualTo(points.get(9_999));
    assertThat(thinned).isSortedAccordingTo((a, b) -> Long.compare(a.at(), b.at()));
  }

  @Test
  void drawsASinglePointAndAConstant() throws Exception {
    assertThat(line(SeriesPlot.svg(series(List.of(new Point(BEGIN, 7, true)))))).hasSize(1);
    assertThat(
            line(SeriesPlot.svg(series(List.of(new Point(0, 45, false), new Point(9, 45, false))))))
        .allSatisfy(place -> assertThat(place[1]).isEqualTo(172.0));
  }

  @Test
  void leavesOutAWindowWithoutPoints() throws Exception {
    Series series = new Series("", "", minutes(10), List.of(new Window(0, 1)));

    assertThat(withClass(parsed(SeriesPlot.svg(series)), "rect", "window")).hasSize(1);
  }

  @Test
  void quotesWhatIsMarkup() throws Exception {
    Series series = new Series("<b> & \"c\"", "", minutes(2), List.of());

    assertThat(
            parsed(SeriesPlot.svg(series)).getElementsByTagName("title").item(0).getTextContent())
        .isEqualTo("<b> & \"c\"");
  }

  @Test
  void putsPointsInTheOrderOfTheirTimes() {
    Point first = new Point(4, 1, false);
    Point doubled = new Point(5, 2, false);
    Point last = new Point(5, 3, false);

    assertThat(series(List.of(doubled, last, first)).points())
        .containsExactly(first, doubled, last);
  }

  @Test
  void refusesWhatCannotBeDrawn() {
    assertThatThrownBy(() -> series(List.of())).hasMessage("a series needs a point");
    assertThatThrownBy(() -> series(List.of(new Point(0, Double.NaN, false))))
        .hasMessage("point 0 is NaN");
  }

  private static Series series(List<Point> points) {
    return new Series("s", "", points, List.of());
  }

  private static List<Point> minutes(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> new Point(BEGIN + i * MINUTE, 20 + i % 7, false))
        .toList();
  }

  private static List<double[]> line(String drawn) throws Exception {
    String points = withClass(parsed(drawn), "polyline", "line").get(0).getAttribute("points");
    return Pattern.compile("([-0-9.]+),([-0-9.]+)")
        .matcher(points)
        .results()
        .map(SeriesPlotTest::place)
        .toList();
  }

  private static double[] place(MatchResult found) {
    return new double[] {Double.parseDouble(found.group(1)), Double.parseDouble(found.group(2))};
  }

  private static Document parsed(String drawn) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(drawn.getBytes(StandardCharsets.UTF_8)));
  }

  private static List<Element> withClass(Document drawn, String tag, String kind) {
    NodeList all = drawn.getElementsByTagName(tag);
    return IntStream.range(0, all.getLength())
        .mapToObj(i -> (Element) all.item(i))
        .filter(element -> element.getAttribute("class").equals(kind))
        .toList();
  }
}
