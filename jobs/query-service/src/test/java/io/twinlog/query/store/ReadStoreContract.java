// SPDX-License-Identifier: Apache-2.0
package io.twinlog.query.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinlog.query.store.ReadStore.Change;
import io.twinlog.query.store.ReadStore.Order;
import io.twinlog.query.store.ReadStore.Page;
import io.twinlog.query.store.ReadStore.Part;
import io.twinlog.query.store.ReadStore.Row;
import io.twinlog.query.store.Table.Column;
import io.twinlog.query.store.Table.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What every store must do. */
abstract class ReadStoreContract {
  static final Table DEVICES =
      new Table(
          "devices",
          List.of(
              new Column("status", Kind.TEXT),
              new Column("version", Kind.WHOLE),
              new Column("flapping", Kind.FLAG)));

  private static final Part PART = new Part("id", 3);
  private static final List<String> STATUS = List.of("ONLINE", "OFFLINE", "FAULTED");
  private static final List<String> SITES = List.of("north", "south", "o'brien", "%");

  /** A store with {@link #DEVICES}; the same one each time that a test asks. */
  abstract ReadStore store();

  /** The same after a restart. */
  abstract ReadStore again();

  private static Order order(long major) {
    return new Order("device/i/0", major, 0);
  }

  private static Change change(String key, long major, String status) {
    return new Change(
        DEVICES,
        key,
        order(major),
        "{\"status\":\"" + status + "\"}",
        Map.of("status", status, "version", major, "flapping", false));
  }

  private String json(ReadStore store, String key) {
    return store.row(DEVICES, key).map(Row::json).orElse("-");
  }

  @Test
  void keepsTheNewestOfARowWhateverComesAgain() {
    ReadStore store = store();
    store.apply(List.of(change("d-1", 1, "ONLINE"), change("d-1", 5, "OFFLINE")), Map.of());
    store.apply(List.of(change("d-1", 3, "FAULTED"), change("d-1", 5, "FAULTED")), Map.of());

    assertThat(json(store, "d-1")).contains("OFFLINE");
  }

  @Test
  void whatIsGoneStaysGoneForWhatIsOlder() {
    ReadStore store = store();
    store.apply(
        List.of(change("d-1", 1, "ONLINE"), Change.gone(DEVICES, "d-1", order(4))), Map.of());
    store.apply(List.of(change("d-1", 3, "FAULTED")), Map.of());
    assertThat(store.row(DEVICES, "d-1")).isEmpty();
    assertThat(store.count(DEVICES, List.of())).isZero();

    store.apply(List.of(change("d-1", 5, "ONLINE")), Map.of());
    assertThat(json(store, "d-1")).contains("ONLINE");
  }

  @Test
  void anotherLaneTakesThePlaceOfTheOneBefore() {
    ReadStore store = store();
    store.apply(List.of(change("d-1", 9, "ONLINE")), Map.of());
    Change other =
        new Change(DEVICES, "d-1", new Order("device/j/0", 1, 0), "{}", Map.of("status", "NEW"));
    store.apply(List.of(other), Map.of());

    assertThat(store.count(DEVICES, List.of(Filter.is("status", "NEW")))).isEqualTo(1);
  }

  @Test
  void rowsAndPositionsChangeTogetherOrNotAtAll() {
    ReadStore store = store();
    store.apply(List.of(change("d-1", 1, "ONLINE")), Map.of(PART, 7L));
    Change broken = new Change(new Table("nowhere", List.of()), "d-2", order(1), "{}", Map.of());

    assertThatThrownBy(
            () -> store.apply(List.of(change("d-2", 1, "ONLINE"), broken), Map.of(PART, 9L)))
        .isInstanceOf(StoreException.class);

    assertThat(store.row(DEVICES, "d-2")).isEmpty();
    assertThat(store.positions()).isEqualTo(Map.of(PART, 7L));
    store.apply(List.of(change("d-2", 1, "ONLINE")), Map.of(PART, 9L));
    assertThat(store.positions()).isEqualTo(Map.of(PART, 9L));
  }

  @Test
  void isThereAfterARestart() {
    store().apply(List.of(change("d-1", 1, "ONLINE")), Map.of(PART, 7L));

    ReadStore again = again();

    assertThat(json(again, "d-1")).contains("ONLINE");
    assertThat(again.positions()).isEqualTo(Map.of(PART, 7L));
  }

  @Test
  void takesNothingThatIsGivenForAPartOfTheQuestion() {
    ReadStore store = store();
    store.apply(List.of(change("d-1", 1, "ONLINE")), Map.of());
    String evil = "x' OR '1'='1";

    assertThat(store.count(DEVICES, List.of(Filter.is("status", evil)))).isZero();
    assertThat(store.count(DEVICES, List.of(Filter.is("attributes.\\'; DROP", "x")))).isZero();
    for (String field : List.of("status; DROP TABLE t_devices", "json", "a.\"b", "1=1")) {
      assertThatThrownBy(() -> store.count(DEVICES, List.of(Filter.is(field, "x"))))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("there is no field");
    }
    assertThatThrownBy(() -> store.rows(DEVICES, Query.of(5).sortedBy("json", false)))
        .hasMessageContaining("nothing is sorted by json");
    assertThatThrownBy(() -> store.rows(DEVICES, Query.of(5).after("x")))
        .hasMessageContaining("no page has ended at x");
    assertThatThrownBy(() -> Query.of(1_001)).hasMessageContaining("1 to 1000 rows");
  }

  /** A row as a scan sees it. */
  private record Device(String key, String status, Long version, Boolean flapping, String site) {
    Change change(long major) {
      Map<String, Object> columns = new HashMap<>();
      put(columns, "status", status);
      put(columns, "version", version);
      put(columns, "flapping", flapping);
      String json = site == null ? "{}" : "{\"attributes\":{\"site\":\"" + site + "\"}}";
      return new Change(DEVICES, key, order(major), json, columns);
    }

    private static void put(Map<String, Object> columns, String name, Object value) {
      if (value != null) {
        columns.put(name, value);
      }
    }

    Object field(String name) {
      return switch (name) {
        case "status" -> status;
        case "version" -> version;
        case "flapping" -> flapping;
        case "key" -> key;
        default -> site;
      };
    }
  }

  private static boolean fits(Filter filter, Device device) {
    Object actual = device.field(filter.field());
    return switch (filter.op()) {
      case IS -> filter.value().equals(actual);
      case IS_NOT -> !filter.value().equals(actual);
      case BEGINS -> actual instanceof String text && text.startsWith((String) filter.value());
      case ABOVE -> actual instanceof Long number && number > (Long) filter.value();
      case BELOW -> actual instanceof Long number && number < (Long) filter.value();
    };
  }

  private static Filter filter(Random random) {
    return switch (random.nextInt(7)) {
      case 0 -> Filter.is("status", STATUS.get(random.nextInt(3)));
      case 1 -> new Filter("status", Filter.Op.IS_NOT, STATUS.get(random.nextInt(3)));
      case 2 -> new Filter("version", Filter.Op.ABOVE, (long) random.nextInt(20));
      case 3 -> new Filter("version", Filter.Op.BELOW, (long) random.nextInt(20));
      case 4 -> Filter.is("flapping", random.nextBoolean());
      case 5 -> new Filter("key", Filter.Op.BEGINS, "d-" + random.nextInt(4));
      default -> Filter.is("attributes.site", SITES.get(random.nextInt(4)));
    };
  }

  private static Comparator<Device> inOrder(Optional<String> sort, boolean descending) {
    Comparator<Device> byKey = Comparator.comparing(Device::key);
    Comparator<Device> order =
        sort.isEmpty()
            ? byKey
            : Comparator.<Device, Comparable<Object>>comparing(
                    device -> comparable(device.field(sort.get())),
                    Comparator.nullsFirst(Comparator.naturalOrder()))
                .thenComparing(byKey);
    return descending ? order.reversed() : order;
  }

  @SuppressWarnings("unchecked") // columns hold one kind each
  private static Comparable<Object> comparable(Object value) {
    return (Comparable<Object>) value;
  }

  @Test
  void answersEveryQuestionAsAScanOfAllRowsDoes() {
    Random random = new Random(7);
    Map<String, Device> devices = new TreeMap<>();
    List<Change> changes = new ArrayList<>();
    for (int i = 0; i < 600; i++) {
      String key = "d-" + random.nextInt(300);
      Device device =
          new Device(
              key,
              random.nextInt(8) == 0 ? null : STATUS.get(random.nextInt(3)),
              random.nextInt(8) == 0 ? null : (long) random.nextInt(20),
              random.nextInt(8) == 0 ? null : random.nextBoolean(),
              random.nextInt(4) == 0 ? null : SITES.get(random.nextInt(4)));
      devices.put(key, device);
      changes.add(device.change(i));
    }
    ReadStore store = store();
    store.apply(changes, Map.of());

    for (int i = 0; i < 300; i++) {
      List<Filter> filters = new ArrayList<>();
      for (int left = random.nextInt(3); left > 0; left--) {
        filters.add(filter(random));
      }
      Optional<String> sort =
          Optional.of(List.of("status", "version", "flapping", "-").get(random.nextInt(4)))
              .filter(name -> !name.equals("-"));
      boolean descending = random.nextBoolean();
      List<String> expected =
          devices.values().stream()
              .filter(device -> filters.stream().allMatch(filter -> fits(filter, device)))
              .sorted(inOrder(sort, descending))
              .map(Device::key)
              .toList();

      Query query = new Query(filters, sort, descending, Optional.empty(), 1 + random.nextInt(40));
      assertThat(keys(store, query)).as(query.toString()).isEqualTo(expected);
      assertThat(store.count(DEVICES, filters)).isEqualTo(expected.size());
    }
  }

  /** Of all pages. */
  private static List<String> keys(ReadStore store, Query first) {
    List<String> keys = new ArrayList<>();
    Query query = first;
    while (true) {
      Page page = store.rows(DEVICES, query);
      page.rows().forEach(row -> keys.add(row.key()));
      if (page.next().isEmpty()) {
        return keys;
      }
      assertThat(page.rows()).hasSize(query.limit());
      query = query.after(page.next().get());
    }
  }

  @Test
  void aPageGoesOnWhereTheLastOneEndedThoughRowsComeAndGo() {
    ReadStore store = store();
    for (int i = 0; i < 10; i++) {
      store.apply(List.of(change("d-" + i, 1, "ONLINE")), Map.of());
    }
    Page first = store.rows(DEVICES, Query.of(4));
    store.apply(
        List.of(Change.gone(DEVICES, "d-1", order(2)), change("c-0", 1, "ONLINE")), Map.of());

    Page second = store.rows(DEVICES, Query.of(4).after(first.next().orElseThrow()));

    assertThat(second.rows()).extracting(Row::key).containsExactly("d-4", "d-5", "d-6", "d-7");
  }
}
