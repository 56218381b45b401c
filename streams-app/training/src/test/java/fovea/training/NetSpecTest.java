package fovea.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fovea.modelstore.Link;
import fovea.training.NetSpec.Stage;
import java.util.List;
import org.junit.jupiter.api.Test;

class NetSpecTest {
  @Test
  void theSmallNetSeesOnePatchPerCell() {
    NetSpec net = NetSpec.small(3);

    assertThat(net.grid()).isEqualTo(14);
    assertThat(net.receptiveField()).isEqualTo(14);
    assertThat(net.features()).isEqualTo(64);
  }

  @Test
  void aStageThatDoesNotFollowIsRefused() {
    assertThatThrownBy(() -> new NetSpec(32, 3, List.of(new Stage(4, 8, 3, 1, 1)), 1, Link.SIGMOID))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("in=4");
    assertThatThrownBy(() -> new Stage(3, 0, 3, 1, 1)).hasMessageContaining("3 to 0");
  }
}
