// SPDX-License-Identifier: Apache-2.0
package io.twinlog.flink;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class KeyTableTest {
  /** Two strings of the same hash. */
  private static final List<String> SAME_HASH = List.of("AaAa", "BBBB", "AaBB");

  private final KeyTable<String, String> table = new KeyTable<>();

  /** Of a store that has nothing. */
  @SuppressWarnings("unchecked")
  private static KeyEntry<String, String> entry(String key) throws Exception {
    KeyEntry.Store<String, String> nothing =
        (KeyEntry.Store<String, String>)
            Proxy.newProxyInstance(
                KeyTableTest.class.getClassLoader(),
                new Class<?>[] {KeyEntry.Store.class},
                (proxy, method, arguments) ->
                    method.getName().equals("newHot") ? new Hot<>(0, "") : null);
    return new KeyEntry<>(key, nothing);
  }

  private KeyEntry<String, String> added(String key) throws Exception {
    KeyEntry<String, String> entry = entry(key);
    entry.used = true;
    table.add(entry);
    return entry;
  }

  @Test
  void tellsKeysOfTheSameHashApart() throws Exception {
    assertThat(SAME_HASH.stream().map(String::hashCode).distinct()).hasSize(1);
    List<KeyEntry<String, String>> entries = new ArrayList<>();
    for (String key : SAME_HASH) {
      entries.add(added(key));
    }

    for (int i = 0; i < SAME_HASH.size(); i++) {
      assertThat(table.get(SAME_HASH.get(i))).isSameAs(entries.get(i));
    }
    table.remove(entries.get(1));
    assertThat(table.get(SAME_HASH.get(0))).isSameAs(entries.get(0));
    assertThat(table.get(SAME_HASH.get(1))).isNull();
    assertThat(table.get(SAME_HASH.get(2))).isSameAs(entries.get(2));
  }

  @Test
  void isAMapWhateverIsDoneToIt() throws Exception {
    Random random = new Random(1);
    Set<String> there = new HashSet<>();
    for (int i = 0; i < 50_000; i++) {
      String key = "device-" + random.nextInt(2_000);
      KeyEntry<String, String> entry = table.get(key);
      assertThat(entry != null).isEqualTo(there.contains(key));
      if (entry == null) {
        added(key);
        there.add(key);
      } else {
        assertThat(entry.key()).isEqualTo(key);
        table.remove(entry);
        there.remove(key);
      }
      assertThat(table.size()).isEqualTo(there.size());
    }
  }

  @Test
  void pushesOutEachOneOnceAndTheCurrentOneNever() throws Exception {
    KeyEntry<String, String> current = added("current");
    Set<String> left = new HashSet<>();
    for (int i = 0; i < 500; i++) {
      left.add(added("k-" + i).key());
    }

    while (table.size() > 1) {
      assertThat(left.remove(table.pushOut(current).key())).isTrue();
    }

    assertThat(left).isEmpty();
    assertThat(table.get("current")).isSameAs(current);
  }

  @Test
  void givesWhatWasUsedASecondChance() throws Exception {
    for (int i = 0; i < 100; i++) {
      added("k-" + i);
    }
    table.pushOut(null);
    KeyEntry<String, String> used = null;
    for (int i = 0; used == null; i++) {
      used = table.get("k-" + i);
    }
    used.used = true;

    for (int i = 0; i < 98; i++) {
      assertThat(table.pushOut(null)).isNotSameAs(used);
    }
  }
}
