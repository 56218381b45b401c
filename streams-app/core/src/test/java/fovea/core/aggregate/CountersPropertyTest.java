package fovea.core.aggregate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;

class CountersPropertyTest {
  @Property(seed = "1", tries = 200)
  void mergeEqualsCountingAllOfBothAndSubtractUndoesIt(
      @ForAll @Size(max = 20) List<String> one, @ForAll @Size(max = 20) List<String> two) {
    Counters both = count(one);
    two.forEach(name -> both.add(name, 1));
    Counters merged = count(two);
    merged.merge(count(one));

    assertThat(merged.bytes()).isEqualTo(both.bytes());
    merged.subtract(count(two));
    assertThat(merged).isEqualTo(count(one));
    merged.subtract(count(one));
    assertThat(merged.isEmpty()).isTrue();
  }

  @Property(seed = "2", tries = 200)
  void bytesReadBack(@ForAll @Size(max = 20) List<String> names) {
    Counters counters = count(names);

    Counters read = Counters.read(counters.bytes());

    assertThat(read.snapshot()).isEqualTo(counters.snapshot());
    assertThat(read.bytes()).isEqualTo(counters.bytes());
  }

  @Example
  void whatIsMissingOrTooMuchIsRefused() {
    byte[] good = count(List.of("scored", "scored", "TEMPLATE")).bytes();

    for (int i = 0; i < good.length; i++) {
      byte[] cut = Arrays.copyOf(good, i);
      assertThatThrownBy(() -> Counters.read(cut)).isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> Counters.read(Arrays.copyOf(good, good.length + 1)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Counters().add("scored", -1)).hasMessageContaining("scored");
  }

  private static Counters count(List<String> names) {
    Counters counters = new Counters();
    names.forEach(name -> counters.add(name, 1));
    return counters;
  }
}
