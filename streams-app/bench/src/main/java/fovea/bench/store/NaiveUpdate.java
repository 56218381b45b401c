package fovea.bench.store;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Optional;

/** The rival: the map upsampled to the image, mean and sum of squared deviations in float32. */
final class NaiveUpdate implements StoreRig.Update {
  private static final int SIDE = 224;
  private static final int PIXELS = SIDE * SIDE;
  private final short[][] maps = new short[SampleMaps.COUNT][];
  private final float[] state = new float[2 * PIXELS];

  NaiveUpdate() {
    for (int i = 0; i < maps.length; i++) {
      maps[i] = SampleMaps.cells(i);
    }
  }

  @Override
  public byte[] after(Optional<byte[]> before, int map) {
    byte[] out = new byte[4 + 4 * state.length];
    int n = before.map(b -> buffer(b).getInt(0)).orElse(0) + 1;
    if (before.isPresent()) {
      buffer(before.get()).position(4).asFloatBuffer().get(state);
    } else {
      Arrays.fill(state, 0);
    }
    add(maps[map % maps.length], n);
    buffer(out).putInt(0, n).position(4).asFloatBuffer().put(state);
    return out;
  }

  private static ByteBuffer buffer(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Welford's update of every pixel, upsampled bilinearly with half-pixel centres. */
  private void add(short[] cells, int n) {
    float scale = SampleMaps.GRID / (float) SIDE;
    for (int y = 0; y < SIDE; y++) {
      float fromY = Math.clamp((y + 0.5f) * scale - 0.5f, 0, SampleMaps.GRID - 1f);
      int top = Math.min((int) fromY, SampleMaps.GRID - 2);
      float down = fromY - top;
      for (int x = 0; x < SIDE; x++) {
        float fromX = Math.clamp((x + 0.5f) * scale - 0.5f, 0, SampleMaps.GRID - 1f);
        int left = Math.min((int) fromX, SampleMaps.GRID - 2);
        float right = fromX - left;
        int at = top * SampleMaps.GRID + left;
        float upper = cells[at] * (1 - right) + cells[at + 1] * right;
        float lower =
            cells[at + SampleMaps.GRID] * (1 - right) + cells[at + SampleMaps.GRID + 1] * right;
        int pixel = y * SIDE + x;
        float value = upper * (1 - down) + lower * down;
        float delta = value - state[pixel];
        state[pixel] += delta / n;
        state[PIXELS + pixel] += delta * (value - state[pixel]);
      }
    }
  }
}
